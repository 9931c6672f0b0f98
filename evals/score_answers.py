"""Case and answer -> scores, each with a value and a reason.

Every scorer gets one context and returns a Score, or None where it does not apply. Scores
add up by numerator and denominator, so a total is a share of questions (or of facts, or of
citations), never a mean of means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Answer
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from evals.fold_text import fold_markdown, is_fact_in
from evals.load_questions import QuestionCase

# "recall@5" looks at this many entries; the contract of the issue.
RECALL_DEPTH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a score is called and which way is better.

    Attributes:
        key: stable name in JSON and in the baseline.
        title: for people.
        better: ``high`` or ``low``.
        target: bound that the issue sets for the measured part; None where it sets none.
        unit: ``share`` prints as a percentage of the denominator, ``count`` as the numerator.
    """

    key: str
    title: str
    better: Literal["high", "low"] = "high"
    target: float | None = None
    unit: Literal["share", "count"] = "share"

    def is_met(self, value: float) -> bool:
        """Whether a value reaches the target; True where there is none."""
        if self.target is None:
            return True
        return value >= self.target if self.better == "high" else value <= self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One score of one case; ``reason`` is empty where nothing is wrong."""

    key: str
    numerator: float
    denominator: float
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerContext:
    """What a scorer may look at."""

    case: QuestionCase
    answer: Answer


Scorer = Callable[[AnswerContext], Score | None]

MEASURES: tuple[Measure, ...] = (
    Measure(key="recall_at_1", title="首条命中 recall@1", target=0.95),
    Measure(key="recall_at_5", title="前五命中 recall@5", target=0.995),
    Measure(key="facts", title="要点 facts", target=0.97),
    Measure(key="citation_precision", title="引用准确率", target=0.98),
    Measure(key="regions", title="地区齐全"),
    Measure(key="refusals", title="该拒则拒", target=0.98),
    Measure(key="refusals_strict", title="拒答类别正确"),
    Measure(key="wrong_refusals", title="误拒", better="low", target=0.01),
    Measure(key="foreign_citations", title="他地引用", better="low", target=0, unit="count"),
    Measure(key="false_quotes", title="失实引文", better="low", target=0, unit="count"),
    Measure(key="groups", title="同问同答"),
    Measure(key="follow_ups", title="追问", target=0.95),
    Measure(key="carried", title="沿用已说明"),
    Measure(key="scenarios", title="情景测算", target=1.0),
)
MEASURE_BY_KEY: Mapping[str, Measure] = {measure.key: measure for measure in MEASURES}


def score_answer(context: AnswerContext) -> tuple[Score, ...]:
    """Apply every scorer; those that do not apply to the case are left out."""
    return tuple(score for scorer in SCORERS if (score := scorer(context)) is not None)


def score_recall_at_1(context: AnswerContext) -> Score | None:
    """Whether the first citation is one of the articles that must be cited."""
    case, answer = context.case, context.answer
    if case.status != "answered":
        return None
    cited = _list_articles(answer.citations)
    return score_first(case, cited)


def score_recall_at_5(context: AnswerContext) -> Score | None:
    """Whether all articles that must be cited are among the first five.

    An answer across several regions has five places for each. Entries count as they are
    listed, citations before related: one article quoted five times over fills the places.
    """
    case, answer = context.case, context.answer
    if case.status != "answered":
        return None
    ranked = _list_articles((*answer.citations, *answer.related))
    if len(case.regions) > 1:
        return score_found(case, _cut_per_region(ranked, RECALL_DEPTH))
    return score_found(case, ranked[:RECALL_DEPTH])


def score_first(case: QuestionCase, ranked: Sequence[ArticleRef]) -> Score:
    """Score recall@1 of any ranking of articles."""
    hit = bool(ranked) and ranked[0] in case.must_cite
    first = format_articles(ranked[:1]) or "无"
    reason = "" if hit else f"首条是{first}，应是{format_articles(case.must_cite)}"
    return Score(key="recall_at_1", numerator=hit, denominator=1, reason=reason)


def score_found(case: QuestionCase, found: Iterable[ArticleRef]) -> Score:
    """Score recall@5 of what any retrieval found."""
    absent = sorted(set(case.must_cite) - set(found))
    reason = f"缺{format_articles(absent)}" if absent else ""
    return Score(key="recall_at_5", numerator=not absent, denominator=1, reason=reason)


def score_facts(context: AnswerContext) -> Score | None:
    """Share of the facts that occur in the text, width and spacing folded."""
    case = context.case
    if case.status != "answered" or not case.facts:
        return None
    text = fold_markdown(context.answer.text)
    absent = [fact for fact in case.facts if not is_fact_in(fact, text)]
    return Score(
        key="facts",
        numerator=len(case.facts) - len(absent),
        denominator=len(case.facts),
        reason=f"正文缺：{'；'.join(absent)}" if absent else "",
    )


def score_citation_precision(context: AnswerContext) -> Score | None:
    """Share of the citations that support the answer.

    Citations under a refusal are pointers, not support, and are left out; those of an
    answer to a question that should have been refused are all wrong.
    """
    case, answer = context.case, context.answer
    if answer.status != "answered" or not answer.citations:
        return None
    cited = _list_articles(answer.citations)
    wrong = [ref for ref in cited if ref not in (*case.must_cite, *case.may_cite)]
    return Score(
        key="citation_precision",
        numerator=len(cited) - len(wrong),
        denominator=len(cited),
        reason=f"多引{format_articles(dict.fromkeys(wrong))}" if wrong else "",
    )


def score_regions(context: AnswerContext) -> Score | None:
    """Whether the citations come from exactly the regulations that provide for it."""
    case, answer = context.case, context.answer
    if case.status != "answered" or answer.status != "answered":
        return None
    cited = {citation.ref.regulation for citation in answer.citations}
    right = cited == set(case.regions)
    reason = "" if right else f"引了{sorted(cited)}，应是{sorted(case.regions)}"
    return Score(key="regions", numerator=right, denominator=1, reason=reason)


def score_refusals(context: AnswerContext) -> Score | None:
    """Whether a question that can't be answered is not answered."""
    case, answer = context.case, context.answer
    if case.status == "answered":
        return None
    right = answer.status != "answered"
    reason = "" if right else f"应为{case.status}，却作了回答"
    return Score(key="refusals", numerator=right, denominator=1, reason=reason)


def score_refusals_strict(context: AnswerContext) -> Score | None:
    """Whether a refusal also says which kind it is: not covered, or out of scope."""
    case, answer = context.case, context.answer
    if case.status == "answered":
        return None
    right = answer.status == case.status
    reason = "" if right else f"应为{case.status}，得{answer.status}"
    return Score(key="refusals_strict", numerator=right, denominator=1, reason=reason)


def score_wrong_refusals(context: AnswerContext) -> Score | None:
    """Whether a question that has an answer is refused."""
    case, answer = context.case, context.answer
    if case.status != "answered":
        return None
    refused = answer.status != "answered"
    reason = f"应作答，得{answer.status}" if refused else ""
    return Score(key="wrong_refusals", numerator=refused, denominator=1, reason=reason)


def score_foreign_citations(context: AnswerContext) -> Score | None:
    """Number of citations from a regulation that was not asked about."""
    case, answer = context.case, context.answer
    if answer.status != "answered" or not answer.citations:
        return None
    cited = _list_articles(answer.citations)
    foreign = [ref for ref in cited if case.asked and ref.regulation not in case.asked]
    return Score(
        key="foreign_citations",
        numerator=len(foreign),
        denominator=len(cited),
        reason=f"引了他地的{format_articles(dict.fromkeys(foreign))}" if foreign else "",
    )


def score_false_quotes(context: AnswerContext) -> Score | None:
    """Number of quotations that are not word for word in their article.

    A Citation checks itself when it is made; this looks again, from outside.
    """
    citations = (*context.answer.citations, *context.answer.related)
    if not citations:
        return None
    false = [citation.label for citation in citations if not _is_verbatim(citation)]
    return Score(
        key="false_quotes",
        numerator=len(false),
        denominator=len(citations),
        reason=f"引文不符：{'；'.join(false)}" if false else "",
    )


def score_follow_ups(context: AnswerContext) -> Score | None:
    """Whether a follow-up gets the right first article, or the right refusal."""
    case, answer = context.case, context.answer
    if not case.history:
        return None
    if case.status == "answered":
        first = score_first(case, _list_articles(answer.citations))
        right, reason = bool(first.numerator), first.reason
    else:
        right = answer.status == case.status
        reason = "" if right else f"应为{case.status}，得{answer.status}"
    return Score(key="follow_ups", numerator=right, denominator=1, reason=reason)


def score_carried(context: AnswerContext) -> Score | None:
    """Whether the answer says what it took over from earlier questions."""
    case, answer = context.case, context.answer
    if not case.carried:
        return None
    told = answer.carried.sentence if answer.carried else ""
    absent = [words for words in case.carried if words not in told]
    reason = f"沿用说明“{told}”缺：{'；'.join(absent)}" if absent else ""
    return Score(key="carried", numerator=not absent, denominator=1, reason=reason)


def score_scenarios(context: AnswerContext) -> Score | None:
    """Share of the regions whose threshold was worked out to the right side."""
    case, answer = context.case, context.answer
    if not case.outcomes:
        return None
    told: defaultdict[str, set[str]] = defaultdict(set)
    for working in answer.workings:
        told[working.regulation].add(working.outcome)
    wrong = {id: side for id, side in case.outcomes.items() if told[id] != {side}}
    reason = "；".join(f"{id}应为{side}，得{sorted(told[id])}" for id, side in wrong.items())
    total = len(case.outcomes)
    return Score(key="scenarios", numerator=total - len(wrong), denominator=total, reason=reason)


SCORERS: tuple[Scorer, ...] = (
    score_recall_at_1,
    score_recall_at_5,
    score_facts,
    score_citation_precision,
    score_regions,
    score_refusals,
    score_refusals_strict,
    score_wrong_refusals,
    score_foreign_citations,
    score_false_quotes,
    score_follow_ups,
    score_carried,
    score_scenarios,
)


def score_groups(contexts: Iterable[AnswerContext]) -> tuple[tuple[str, Score], ...]:
    """Per group of wordings, whether all get the same first citation in each region.

    Returns:
        (group, score) for each group with two or more answers.
    """
    groups: defaultdict[str, list[AnswerContext]] = defaultdict(list)
    for context in contexts:
        if context.case.group:
            groups[context.case.group].append(context)
    return tuple(
        (group, _score_group(members)) for group, members in groups.items() if len(members) > 1
    )


def _score_group(members: Sequence[AnswerContext]) -> Score:
    firsts = {member.case.id: _find_first_per_region(member.answer) for member in members}
    same = len(set(firsts.values())) == 1
    told = "；".join(f"{name}→{format_articles(first)}" for name, first in firsts.items())
    return Score(key="groups", numerator=same, denominator=1, reason="" if same else told)


def _find_first_per_region(answer: Answer) -> tuple[ArticleRef, ...]:
    cited = _list_articles(answer.citations) if answer.status == "answered" else ()
    return tuple(sorted(_cut_per_region(cited, 1)))


def format_articles(references: Iterable[ArticleRef]) -> str:
    """Short addresses for people: ``xichuan:18、jinzhai:8``."""
    return "、".join(
        f"{ref.regulation}:{ref.article}" + (f"之{ref.suffix}" if ref.suffix else "")
        for ref in references
    )


def _list_articles(citations: Iterable[Citation]) -> tuple[ArticleRef, ...]:
    return tuple(citation.ref.whole_article for citation in citations)


def _cut_per_region(ranked: Iterable[ArticleRef], depth: int) -> tuple[ArticleRef, ...]:
    taken: defaultdict[str, list[ArticleRef]] = defaultdict(list)
    for ref in ranked:
        if len(taken[ref.regulation]) < depth:
            taken[ref.regulation].append(ref)
    return tuple(ref for references in taken.values() for ref in references)


def _is_verbatim(citation: Citation) -> bool:
    return bool(citation.quote.strip()) and citation.quote in citation.article.text
