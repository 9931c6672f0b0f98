"""Who is claimed to act against who does: 运维费是发改委审核的 against 县行政审批局审核."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer import Remark
from assistant.concepts import load_thesaurus
from assistant.find_passages import (
    Passage,
    find_passages,
    narrow_concepts,
    other_passages,
)
from assistant.name_place import name_place, name_text
from assistant.premise_words import load_premise_words
from assistant.read_claim import Claim
from assistant.region_answer import RegionAnswer
from assistant.understand_question import Query
from corpus.regulation import Region

_DIFFERS = "{place}写的是“{printed}”，没有写“{claimed}”。"
_ACTS_NOT = "{place}写的是“{printed}”，没有写由“{claimed}”{act}。"
_AGREES = "“{claimed}”与{place}的原文一致：“{printed}”。"
_NOWHERE = "{region}里没有提到“{claimed}”，以所引原文为准。"
_LONGEST = 70
_SENTENCE = re.compile(r"[^。；;\n]+")
_CLAUSE_ENDS = re.compile("[,，]")
_CLAUSE = re.compile(r"[^,，:：]+[,，:：]?")


def correct_bodies(claim: Claim, query: Query, region: RegionAnswer) -> tuple[Remark, ...]:
    """A correction where the provision found names others than the body claimed."""
    words = load_premise_words()
    remarks: list[Remark] = []
    for act in words.acts.finditer(claim.text):
        body = _without_place(act["body"], region.regulation.region)
        if not words.anyone.search(body) and not words.open_words.search(body):
            remarks += _judge(body, act["act"], query, region)
    wrong = [remark for remark in remarks if remark.kind == "correction"]
    return tuple(wrong or (remarks if claim.is_presumed else ()))


def _without_place(body: str, region: Region) -> str:
    """金寨智慧办 is 智慧办 to the regulation of 金寨."""
    names = sorted((region.name, *region.aliases), key=len, reverse=True)
    return next((body.removeprefix(name) for name in names if body.startswith(name)), body)


def _judge(body: str, act: str, query: Query, region: RegionAnswer) -> list[Remark]:
    article = region.articles[0].citations[0].article
    named = _name_pattern(body)
    printed = load_premise_words().acts_printed.get(act) or re.compile(re.escape(act))
    if _may_act(article.text, named, printed):
        return _confirm(body, named, printed, query, region)
    told = _best_acting(find_passages(query, article), printed)
    if told is None or told.relevance == 0:
        return _tell_missing(body, named, region)
    rivals = (
        passage
        for passage in other_passages(query, region.regulation, article)
        if named.search(passage.text) and printed.search(passage.text)
    )
    if any(rival.relevance >= told.relevance for rival in rivals):
        return []
    # Where the sentence names the body as well, only the clause that tells who acts is quoted.
    longest = 0 if named.search(told.text) else _LONGEST
    quoted = _shorten(told.text, printed, longest)
    text = (_DIFFERS if longest else _ACTS_NOT).format(
        place=f"{name_place(region.regulation)}{article.label}",
        printed=quoted,
        claimed=body,
        act=act,
    )
    return [Remark(kind="correction", text=text, regulation=region.regulation.id)]


def _confirm(
    body: str, named: re.Pattern[str], act: re.Pattern[str], query: Query, region: RegionAnswer
) -> list[Remark]:
    """That the claim is right, where the clause on the act begins with the body."""
    article = region.articles[0].citations[0].article
    narrow = narrow_concepts(query)
    told = _best_acting(find_passages(query, article), act)
    for clause in _CLAUSE.findall(told.text) if told is not None and narrow else ():
        acts, bodies = list(act.finditer(clause)), list(named.finditer(clause))
        is_agent = acts and bodies and bodies[0].start() < acts[0].start()
        if is_agent and all(concept.printed.search(clause) for concept in narrow):
            place = f"{name_place(region.regulation)}{article.label}"
            text = _AGREES.format(claimed=body, place=place, printed=clause.strip(",，:： "))
            return [Remark(kind="notice", text=text, regulation=region.regulation.id)]
    return []


def _may_act(text: str, named: re.Pattern[str], printed: re.Pattern[str]) -> bool:
    """Whether a sentence that prints the act names the body not only in a clause behind it.

    项目建设单位组织验收,县财政局等部门可参与验收 names 县财政局, but not as the one who organises.
    """
    for sentence in _SENTENCE.findall(text):
        acts = [found.end() for found in printed.finditer(sentence)]
        bodies = [found.start() for found in named.finditer(sentence)]
        if bodies and (not acts or min(bodies) < max(acts) or not _CLAUSE_ENDS.search(sentence)):
            return True
    return False


def _tell_missing(body: str, named: re.Pattern[str], region: RegionAnswer) -> list[Remark]:
    """The provision found names nobody: told only where the regulation never names the body."""
    regulation = region.regulation
    if any(named.search(article.text) for article in regulation.articles):
        return []
    text = _NOWHERE.format(region=name_text(regulation), claimed=body)
    return [Remark(kind="correction", text=text, regulation=regulation.id)]


def _best_acting(passages: Iterable[Passage], act: re.Pattern[str]) -> Passage | None:
    """The most relevant sentence on the act; None where it does not tell who acts."""
    agents = load_premise_words().agents
    acting = [p for p in passages if act.search(p.text)]
    best = max((p.relevance for p in acting), default=0.0)
    telling = [p for p in acting if p.relevance == best]
    return telling[0] if telling and all(agents.search(p.text) for p in telling) else None


def _name_pattern(body: str) -> re.Pattern[str]:
    """The body as typed or by any of its names (发改委, 发展和改革局)."""
    names = [
        match.concept.printed.pattern
        for match in load_thesaurus().find_asked(body)
        if body[match.spans[0][0] : match.spans[-1][1]].endswith(body[-1:])
    ]
    return re.compile("|".join([re.escape(body), *names]), re.MULTILINE)


def _shorten(sentence: str, act: re.Pattern[str], longest: int) -> str:
    """Whole clauses around the act, verbatim."""
    if len(sentence) <= longest:
        return sentence
    agents = load_premise_words().agents
    clauses: list[str] = _CLAUSE.findall(sentence)
    acting = [c for c in clauses if act.search(c) and agents.search(c)]
    clause = (acting or [c for c in clauses if act.search(c)])[0].strip(",，:： ")
    named = agents.search(clause)
    # Where the source has lost its commas, a clause may be as long as the sentence.
    return clause if len(clause) <= _LONGEST or named is None else clause[: named.end()]
