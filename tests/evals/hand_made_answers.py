"""Builders of cases and answers for the tests of the scorers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answer import Answer, Carried, Outcome, Status, Working
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from corpus.regulation import Article, Paragraph
from evals.load_questions import Kind, Part, QuestionCase
from evals.score_answers import AnswerContext
from evals.tally_scores import ScoredCase

ALL = ("xichuan", "jinzhai", "xiangxi")


def make_ref(text: str) -> ArticleRef:
    regulation, number = text.split(":")
    return ArticleRef(regulation=regulation, article=int(number))


def make_citation(text: str) -> Citation:
    ref = make_ref(text)
    words = f"{text}的条文。"
    article = Article(
        regulation=ref.regulation,
        number=ref.article,
        label=f"第{ref.article}条",
        chapter=None,
        paragraphs=(Paragraph(text=words),),
    )
    return Citation(article=article, ref=ref, label=text, quote=words)


def make_case(
    *must_cite: str,
    may_cite: Sequence[str] = (),
    facts: Sequence[str] = (),
    status: Status = "answered",
    asked: Sequence[str] | None = None,
    name: str = "case-1",
    kind: Kind = "list",
    group: str | None = None,
    part: Part = "working",
    history: Sequence[str] = (),
    carried: Sequence[str] = (),
    outcomes: Mapping[str, Outcome] | None = None,
    today: date | None = None,
) -> QuestionCase:
    regions = tuple(dict.fromkeys(text.split(":")[0] for text in must_cite))
    return QuestionCase(
        id=name,
        part=part,
        question="验收要哪些材料",
        kind=kind,
        style="terse",
        status=status,
        regions=regions,
        asked=tuple(asked) if asked is not None else regions or ALL,
        must_cite=tuple(map(make_ref, must_cite)),
        may_cite=tuple(map(make_ref, may_cite)),
        facts=tuple(facts),
        group=group,
        history=tuple(history),
        carried=tuple(carried),
        outcomes=outcomes or {},
        today=today,
    )


def make_answer(
    *citations: str,
    related: Sequence[str] = (),
    text: str = "",
    status: Status = "answered",
    carried: Carried | None = None,
    workings: Sequence[Working] = (),
) -> Answer:
    return Answer(
        status=status,
        text=text,
        regions=tuple(dict.fromkeys(name.split(":")[0] for name in citations)),
        citations=tuple(map(make_citation, citations)),
        related=tuple(map(make_citation, related)),
        carried=carried,
        workings=tuple(workings),
    )


def make_working(article: str, outcome: Outcome) -> Working:
    citation = make_citation(article)
    return Working(
        regulation=citation.ref.regulation,
        given="",
        calculation="",
        threshold=citation.quote,
        outcome=outcome,
        conclusion="",
        citation=citation,
    )


def make_context(case: QuestionCase, answer: Answer) -> AnswerContext:
    return AnswerContext(case=case, answer=answer)


def make_scored(case: QuestionCase, answer: Answer, milliseconds: float = 10.0) -> ScoredCase:
    from evals.score_answers import score_answer

    scores = score_answer(make_context(case, answer))
    return ScoredCase(case=case, answer=answer, scores=scores, milliseconds=milliseconds)
