"""The short questions that the weights are fitted on."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import ArticleNotFound
from corpus.library import Library, load_library
from evals.load_short_questions import is_short, load_short_questions


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def test_every_region_has_questions_of_both_kinds(library: Library) -> None:
    cases = load_short_questions(library)
    kinds = {(case.asked[0], case.status) for case in cases}
    statuses = ("answered", "not_covered")
    assert kinds == {(r.id, status) for r in library.regulations for status in statuses}
    assert all(is_short(case) for case in cases)


def test_a_question_under_two_articles_is_one_case(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text("xichuan:\n  answered:\n    18: [验收]\n    19: [验收]\n  open: []\n", "utf-8")
    (case,) = load_short_questions(library, path)
    assert case.question == "淅川县验收"
    assert [ref.article for ref in case.must_cite] == [18, 19]


def test_an_article_that_does_not_exist_is_refused(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text("xichuan:\n  answered:\n    99: [验收]\n  open: []\n", "utf-8")
    with pytest.raises(ArticleNotFound):
        load_short_questions(library, path)
