"""A question beside a checked report -> what of the report it is about, or None."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.quote_report import find_fact, find_sections
from assistant.read_turn import Reader, Turn, read_turn
from assistant.report_talk import Fact, load_report_talk
from checkers.compile_terms import normalize_text
from checkers.finding import CheckResult, Topic
from checkers.load_rules import DEFAULT_PROFILE, load_rules

# What is left of a question without fillers, up to which it asks of nothing else.
_NOTHING_ELSE = 1
# Shorter words stand in too many headings to tell which chapter is meant.
_SECTION_WORDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportQuestion:
    """A question on the report; one without any subject is about the whole result.

    Attributes:
        text: the question, without the name of a region.
        topics: those it names, or those that were spoken of before.
        rules: ids of the rules beside the topics; likewise.
        fact: what the report states; likewise.
        section: words that name a chapter; likewise.
        region: id of the regulation by which the report is to be judged; None for that of the
            check.
    """

    text: str
    topics: tuple[Topic, ...] = ()
    rules: tuple[str, ...] = ()
    fact: Fact | None = None
    section: str = ""
    region: str | None = None

    @property
    def has_subject(self) -> bool:
        """Whether it is about a part of the result."""
        return bool(self.topics or self.rules or self.fact or self.section)

    def asks(self, *patterns: re.Pattern[str]) -> bool:
        """Whether any of the patterns is in the question."""
        return any(pattern.search(self.text) for pattern in patterns)


def read_report_question(
    questions: Sequence[str], report: CheckResult, read: Reader
) -> ReportQuestion | None:
    """The last question as one on the report; None where it is about something else.

    Args:
        questions: as typed, oldest first; a question such as 第几页 goes on from the one before.
        report: the result of the check.
        read: reads a question by itself.
    """
    found: ReportQuestion | None = None
    for number, asked in enumerate(questions):
        turn = read_turn(asked, read)
        if not turn.says_nothing:
            if turn.query.unknown_places:
                turn = _unname_places(turn, read)
            found = _read_question(turn, found, report, is_first=number == 0)
    return found


def _read_question(
    turn: Turn, before: ReportQuestion | None, report: CheckResult, *, is_first: bool
) -> ReportQuestion | None:
    if turn.query.unknown_places or turn.everywhere or turn.start != "goes_on":
        return None
    strictest = load_report_talk().names_strictest.sub("", turn.query.core)
    if turn.query.regions or strictest != turn.query.core:
        region = turn.query.regions[0] if turn.query.regions else DEFAULT_PROFILE
        own = replace(_find_subject(strictest, report), region=region)
        return _read_rejudged(turn, own, before)
    own = _find_subject(turn.query.text, report)
    if _asks_procedure(own):
        return None
    if own.asks(load_report_talk().names_report):
        return _complete_named(own, before)
    return _read_unnamed(turn, own, before, report, is_first=is_first)


def _unname_places(turn: Turn, read: Reader) -> Turn:
    """The turn without a place that is only part of a rule's name: 等保定级 isn't in 保定."""
    text = turn.asked
    for pattern in load_report_talk().rules.values():
        text = pattern.sub("", text)
    if read(text).unknown_places:
        return turn
    query = replace(turn.query, text=turn.asked, core=turn.asked, unknown_places=())
    return replace(turn, query=query)


def _read_rejudged(
    turn: Turn, own: ReportQuestion, before: ReportQuestion | None
) -> ReportQuestion | None:
    """按淅川的办法还差什么; 那金寨呢 after a question on the report."""
    if len(turn.query.regions) > 1:
        return None
    words = load_report_talk()
    # The name of what is judged by asks for no procedure: 按淅川的办法呢.
    plain = replace(own, text=words.names_basis.sub("", own.text))
    if own.fact or (_asks_procedure(plain) and not own.asks(words.asks_rejudge)):
        return None
    left = _strip(own, words.asks_rejudge, *_finding_asks())
    if len(left) > _NOTHING_ELSE and not own.asks(words.names_report):
        return None
    if own.asks(words.asks_rejudge, words.names_report) and not _asks_of_regulation(own):
        return own
    if before is None or (own.has_subject and not turn.links):
        return None
    return own if own.has_subject else _carry(own, before)


def _asks_of_regulation(own: ReportQuestion) -> bool:
    """淅川的密码应用怎么样 names neither the report nor a way of judging it."""
    words = load_report_talk()
    return own.has_subject and not own.asks(words.names_report, words.asks_why, words.asks_fix)


def _find_subject(text: str, report: CheckResult) -> ReportQuestion:
    """The question with what it names itself."""
    words = load_report_talk()
    fact = next((fact for fact in words.facts if fact.asks.search(text)), None)
    topics = _find_topics(text)
    rules = _find_rules(text, report)
    known = {finding.rule for finding in report.findings}
    if rules and (not topics or known.intersection(rules)):
        return ReportQuestion(text=text, rules=rules)
    # A rule that found nothing has less to say than the topic that it belongs to.
    return ReportQuestion(text=text, topics=topics, fact=None if topics else fact)


def _find_rules(text: str, report: CheckResult) -> tuple[str, ...]:
    """Rules named in the ways people do, or by the names of findings (a user may add rules)."""
    found = [rule for rule, words in load_report_talk().rules.items() if words.search(text)]
    found += [finding.rule for finding in report.findings if finding.name in text]
    return tuple(dict.fromkeys(found))


def _find_topics(text: str) -> tuple[Topic, ...]:
    """The topics that a question names, by short words or by the names that the rules know."""
    found = [topic for topic, words in load_report_talk().topics.items() if words.search(text)]
    if "crypto" in found and "security" in found and "密码应用安全性" in text:
        found.remove("security")
    if found:
        return tuple(found)
    plain = normalize_text(text)
    return tuple(id for id, topic in load_rules().topics.items() if topic.names.find(plain))


def _asks_procedure(own: ReportQuestion) -> bool:
    """Whether only a regulation can answer: who approves, by when, with which papers."""
    words = load_report_talk()
    if own.asks(words.asks_written, words.asks_profile):
        return False
    return bool(words.asks_procedure.search(words.asks_whole.sub("", own.text)))


def _complete_named(own: ReportQuestion, before: ReportQuestion | None) -> ReportQuestion:
    """A question that names the report, with its subject, own or carried over."""
    words = load_report_talk()
    if own.has_subject:
        return _keep_region(own, before)
    if own.asks(*_whole_asks()) and not own.asks(words.asks_written):
        return _keep_region(own, before)
    left = _strip(own, words.names_report, words.asks_written, *_finding_asks())
    if len(left) >= _SECTION_WORDS:
        return replace(own, section=left)
    return _carry(own, before)


def _read_unnamed(
    turn: Turn,
    own: ReportQuestion,
    before: ReportQuestion | None,
    report: CheckResult,
    *,
    is_first: bool,
) -> ReportQuestion | None:
    """A question that doesn't name the report: it is on it only if it asks of nothing else."""
    words = load_report_talk()
    if (own.topics or own.rules) and own.asks(words.names_chapter):
        return _keep_region(own, before)
    if own.fact is not None:
        left = _strip(own, words.asks_fact, words.asks_where)
        is_stated = own.fact.always or bool(find_fact(own.fact, report))
        return own if len(left) <= _NOTHING_ELSE and is_stated else None
    if numbered := _find_number(own, report):
        return replace(own, section=numbered)
    if own.asks(words.asks_where) and not own.has_subject:
        left = _strip(own, words.asks_written, *_finding_asks())
        if len(left) >= _SECTION_WORDS:
            return replace(own, section=left) if find_sections(left, report) else None
    asks_finding = own.asks(*_finding_asks())
    asks_whole = own.asks(*_whole_asks())
    if not asks_finding and not asks_whole and not (before and own.has_subject and turn.links):
        return None
    if len(_strip(own, *_whole_asks(), *_finding_asks())) > _NOTHING_ELSE:
        return None
    goes_on = asks_finding and before is not None and before.has_subject
    if own.has_subject or (asks_whole and not goes_on):
        return _keep_region(own, before)
    return _carry(own, before) if before is not None or is_first else None


def _find_number(own: ReportQuestion, report: CheckResult) -> str:
    """The number of a chapter of the report; what a 第三章 says may be asked of a regulation."""
    words = load_report_talk()
    numbered = words.numbers_chapter.search(own.text)
    if numbered is None or own.has_subject:
        return ""
    if not own.asks(words.asks_why, words.asks_fix, words.asks_where):
        return ""
    left = _strip(own, words.numbers_chapter, *_finding_asks())
    return numbered[0] if len(left) <= _NOTHING_ELSE and find_sections(numbered[0], report) else ""


def _carry(own: ReportQuestion, before: ReportQuestion | None) -> ReportQuestion:
    """The question on what was spoken of before, unless it asks of everything."""
    if before is None or own.asks(load_report_talk().asks_all):
        return _keep_region(own, before)
    return replace(before, text=own.text, region=own.region or before.region)


def _keep_region(own: ReportQuestion, before: ReportQuestion | None) -> ReportQuestion:
    return own if before is None else replace(own, region=own.region or before.region)


def _finding_asks() -> tuple[re.Pattern[str], ...]:
    words = load_report_talk()
    return (
        words.asks_outline,
        words.asks_contents,
        words.asks_why,
        words.asks_basis,
        words.asks_fix,
        words.asks_where,
    )


def _whole_asks() -> tuple[re.Pattern[str], ...]:
    words = load_report_talk()
    return (
        words.asks_profile,
        words.asks_others,
        words.asks_confirm,
        words.asks_good,
        words.asks_must,
        words.asks_whole,
    )


def _strip(own: ReportQuestion, *asks: re.Pattern[str]) -> str:
    """What is left of a question without its subject, what it asks and fillers, normalised."""
    words = load_report_talk()
    text = own.text
    for pattern in (*_subject_patterns(own), *asks, words.fillers):
        text = pattern.sub("", text)
    plain = normalize_text(text)
    for topic in own.topics:
        for _, (_, name) in load_rules().topics[topic].names.find(plain):
            plain = plain.replace(name, "")
    return plain


def _subject_patterns(own: ReportQuestion) -> Iterable[re.Pattern[str]]:
    words = load_report_talk()
    yield from words.rules.values()
    yield from (words.topics[topic] for topic in own.topics)
    if own.fact is not None:
        yield own.fact.asks
