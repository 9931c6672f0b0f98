"""The checks of two versions of a report -> what was mended, what is open, what is new."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from checkers.change import Change, Changes, Trend
from checkers.compare_projects import OTHER_PROJECT, are_other_projects, list_titles
from checkers.errors import EarlierCheckInvalid
from checkers.finding import CheckResult, Level, RuleFinding, Topic, Verdict
from checkers.heading_numbers import split_heading
from checkers.verdict_names import VERDICT_NAMES

Kind = Literal["mended", "open", "new"]
_GRADES: dict[Verdict, int] = {
    "missing": 0, "empty": 1, "incomplete": 2, "subsection": 2, "present": 3,
}  # fmt: skip
"""How far a report has come; what could not be read has no grade."""


class FindingWords(NamedTuple):
    """What a finding of a rule is told from others by; ``title`` is of its first heading."""

    rule: str
    name: str
    message: str
    title: str = ""


class _Lenient(BaseModel):
    """Part of a check's JSON; later versions may add keys."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _EarlierTopic(_Lenient):
    topic: Topic
    level: Level
    verdict: Verdict


class _EarlierHeading(_Lenient):
    text: str


class _EarlierFinding(_Lenient):
    rule: str
    name: str
    message: str
    headings: tuple[_EarlierHeading, ...] = ()


class _EarlierFile(_Lenient):
    file: str
    profile: str
    profile_name: str = ""
    title: str = ""
    topics: tuple[_EarlierTopic, ...]
    findings: tuple[_EarlierFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCheck:
    """What matters of an earlier check.

    Attributes:
        file: name of the version that was checked.
        profile: id of the profile.
        profile_name: as shown; empty where an older program wrote the check.
        title: of the report, as far as it was told.
        headings: titles of its sections; empty where only the JSON of the check is left.
        topics: verdict by topic, where something fell short; None where it did not.
        findings: of the rules beside the topics.
    """

    file: str
    profile: str
    topics: dict[Topic, Verdict | None]
    profile_name: str = ""
    title: str = ""
    headings: frozenset[str] = frozenset()
    findings: tuple[FindingWords, ...] = ()


def summarize_check(result: CheckResult) -> EarlierCheck:
    """What matters of a check for the comparison with a later one."""
    return EarlierCheck(
        file=result.file,
        profile=result.profile,
        profile_name=result.profile_name,
        title=result.title,
        headings=list_titles(result.outline),
        topics={part.topic: part.verdict if part.falls_short else None for part in result.topics},
        findings=tuple(map(_word_finding, result.findings)),
    )


def _word_finding(part: RuleFinding | _EarlierFinding) -> FindingWords:
    # Two versions may number a heading differently.
    _, title = split_heading(part.headings[0].text) if part.headings else (None, "")
    return FindingWords(part.rule, part.name, part.message, title)


def read_earlier_check(text: str, *, file: str) -> EarlierCheck:
    """Read the JSON of an earlier check; of several reports, the one of the same name.

    Raises:
        EarlierCheckInvalid: it is no JSON of a check, or not of one report alone.
    """
    try:
        data = json.loads(text)
        entries = [_EarlierFile.model_validate(entry) for entry in _as_list(data)]
    except (ValueError, RecursionError):
        raise EarlierCheckInvalid(
            "上一次的检查结果读不懂；请用 zhengxin check 报告 --json 得到的文件，或直接给旧版报告。"
        ) from None
    same_name = [part for part in entries if _is_same_name(part.file, file)]
    chosen = entries if len(entries) == 1 else same_name
    if len(chosen) != 1:
        raise EarlierCheckInvalid(
            "上一次的检查结果里有多份报告，看不出哪一份是旧版；请给只含一份报告的结果，或旧版报告本身。"
        )
    return _to_earlier(chosen[0])


def compare_checks(earlier: EarlierCheck, result: CheckResult) -> Changes:
    """What changed from the earlier check to this one.

    Raises:
        EarlierCheckInvalid: the earlier check was made under another profile.
    """
    if earlier.profile != result.profile:
        raise EarlierCheckInvalid(
            f"上一次按“{earlier.profile_name or earlier.profile}”检查，"
            f"这一次按“{result.profile_name}”，口径不同，无法比较；"
            "请用 --profile 写明同一个口径。"
        )
    found = (*_compare_topics(earlier, result), *_compare_findings(earlier, result))
    return Changes(
        previous=earlier.file,
        warning=_warn_of_another(earlier, result),
        mended=tuple(change for kind, change in found if kind == "mended"),
        open=tuple(change for kind, change in found if kind == "open"),
        new=tuple(change for kind, change in found if kind == "new"),
    )


def _warn_of_another(earlier: EarlierCheck, result: CheckResult) -> str:
    now = list_titles(result.outline)
    differ = are_other_projects((earlier.title, result.title), (earlier.headings, now))
    return OTHER_PROJECT if differ else ""


def _compare_topics(earlier: EarlierCheck, result: CheckResult) -> Iterator[tuple[Kind, Change]]:
    for finding in result.topics:
        before = earlier.topics.get(finding.topic)
        if before is None and not finding.falls_short:
            continue
        kind: Kind = "new" if before is None else "open" if finding.falls_short else "mended"
        yield (
            kind,
            Change(
                topic=finding.topic,
                name=finding.name,
                before=VERDICT_NAMES[before] if before else "",
                after=VERDICT_NAMES[finding.verdict],
                trend=_compare_verdicts(before or "present", finding.verdict),
            ),
        )


def _compare_verdicts(before: Verdict, after: Verdict) -> Trend:
    old, new = _GRADES.get(before), _GRADES.get(after)
    if old is None or new is None or old == new:
        return "same"
    return "better" if new > old else "worse"


def _compare_findings(earlier: EarlierCheck, result: CheckResult) -> Iterator[tuple[Kind, Change]]:
    """Findings of one rule are paired by their words, then by their heading, then in order.

    A sum that was wrong and is wrong in another way is still open.
    """
    now = [_word_finding(part) for part in result.findings]
    same = Counter(map(_key, earlier.findings)) & Counter(map(_key, now))
    before = _leave_out(earlier.findings, same)
    for part in now:
        if same[_key(part)] > 0:
            same[_key(part)] -= 1
            yield "open", _make_change(part, before=part.message, after=part.message)
            continue
        partner = _find_partner(part, before)
        if partner is None:
            yield "new", _make_change(part, before="", after=part.message, trend="worse")
        else:
            before.remove(partner)
            yield "open", _make_change(part, before=partner.message, after=part.message)
    for part in before:
        yield "mended", _make_change(part, before=part.message, after="", trend="better")


def _find_partner(part: FindingWords, before: Sequence[FindingWords]) -> FindingWords | None:
    of_rule = [other for other in before if other.rule == part.rule]
    beside = [other for other in of_rule if part.title and other.title == part.title]
    return next(iter(beside or of_rule), None)


def _make_change(part: FindingWords, *, before: str, after: str, trend: Trend = "same") -> Change:
    return Change(rule=part.rule, name=part.name, before=before, after=after, trend=trend)


def _key(part: FindingWords) -> tuple[str, str]:
    return part.rule, part.message


def _leave_out(
    found: Sequence[FindingWords], taken: Counter[tuple[str, str]]
) -> list[FindingWords]:
    """The findings without those taken, in order."""
    left = taken.copy()
    kept = []
    for part in found:
        if left[_key(part)] > 0:
            left[_key(part)] -= 1
        else:
            kept.append(part)
    return kept


def _as_list(data: object) -> list[object]:
    return data if isinstance(data, list) else [data]


def _is_same_name(earlier: str, file: str) -> bool:
    return PurePath(earlier).name == PurePath(file).name


def _to_earlier(entry: _EarlierFile) -> EarlierCheck:
    short: dict[Topic, Verdict | None] = {
        part.topic: part.verdict
        if part.level != "not_regulated" and part.verdict != "present"
        else None
        for part in entry.topics
    }
    return EarlierCheck(
        file=entry.file,
        profile=entry.profile,
        profile_name=entry.profile_name,
        title=entry.title,
        topics=short,
        findings=tuple(map(_word_finding, entry.findings)),
    )
