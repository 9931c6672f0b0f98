"""Short questions in YAML -> cases that the weights are fitted on; nothing is measured on them.

They are no part of the questions that the figures are taken from: those are whole questions with
the facts of a right answer; these only say which article answers, or that none does.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from corpus.article_ref import ArticleRef
from corpus.library import Library
from evals.load_questions import QuestionCase

_FILE = "short"
SHORT_QUESTIONS = Path(__file__).parent / "short_questions.yaml"


class _RegionQuestions(BaseModel):
    """The questions of one region, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answered: dict[int, tuple[str, ...]]
    open: tuple[str, ...]


def load_short_questions(library: Library, path: Path = SHORT_QUESTIONS) -> list[QuestionCase]:
    """The cases, in the order of the file; each names its region.

    Raises:
        ArticleNotFound: a question is said to be answered by an article that does not exist.
    """
    raw = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    regions = TypeAdapter(dict[str, _RegionQuestions]).validate_python(raw)
    return [
        case
        for id, questions in regions.items()
        for case in _read_region(id, library.regulation(id).region.name, questions, library)
    ]


def is_short(case: QuestionCase) -> bool:
    """Whether a case is one of these."""
    return case.id.startswith(f"{_FILE}-")


def _read_region(
    id: str, place: str, questions: _RegionQuestions, library: Library
) -> Iterator[QuestionCase]:
    answering: dict[str, list[ArticleRef]] = {}
    for number, asked in questions.answered.items():
        article = library.article(ArticleRef(regulation=id, article=number))
        for question in asked:
            answering.setdefault(question, []).append(article.ref)
    for position, question in enumerate([*answering, *questions.open], start=1):
        refs = tuple(answering.get(question, ()))
        yield QuestionCase(
            id=f"{_FILE}-{id}-{position}",
            part="working",
            question=f"{place}{question}",
            kind="duty" if refs else "not_covered",
            style="terse",
            status="answered" if refs else "not_covered",
            regions=(id,) if refs else (),
            asked=(id,),
            must_cite=refs,
        )
