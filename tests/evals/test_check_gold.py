from __future__ import annotations

import pytest
from hand_made_answers import make_case

from corpus.library import Library, load_library
from evals.check_gold import find_unsupported_facts
from evals.fold_text import fold_text


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.mark.parametrize(
    ("fact", "supported"),
    [
        ("项目建设总结", True),
        # one alternative in the article is enough
        ("项目总结报告|项目建设总结", True),
        # it stands in the article after the one that is cited
        ("一个月", False),
        ("项目总结报告", False),
    ],
)
def test_a_fact_is_supported_when_the_cited_article_says_it(
    library: Library, fact: str, supported: bool
) -> None:
    case = make_case("xichuan:18", facts=[fact])
    assert (list(find_unsupported_facts([case], library)) == []) is supported


def test_the_document_number_supports_a_question_about_validity(library: Library) -> None:
    case = make_case("xichuan:40", facts=["淅政办〔2025〕6号"])
    assert list(find_unsupported_facts([case], library)) == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１５％", "15%"),  # noqa: RUF001 - full width is the point
        ("（一） 项目\n建设", "(一)项目建设"),
        ("淅政办〔2025〕6号", "淅政办[2025]6号"),
        ("A、B。", "A,B."),
    ],
)
def test_width_brackets_and_spaces_fold(text: str, folded: str) -> None:
    assert fold_text(text) == folded
