"""The whole set of question cases: what protects the scores from faults in their own gold."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from corpus.article_ref import ArticleRef
from corpus.library import Library, load_library
from evals.check_gold import find_unsupported_facts
from evals.fold_text import fold_text
from evals.load_questions import (
    KINDS,
    PARTS,
    QUESTIONS_FOLDER,
    STYLES,
    QuestionCase,
    load_questions,
    parse_reference,
)

# What the issue asks for: 120 questions over all five regulations, in two parts.
LEAST_QUESTIONS = 120
LEAST_MEASURED = 50


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def cases(library: Library) -> tuple[QuestionCase, ...]:
    return load_questions(library)


def test_there_are_enough_questions_in_both_parts(cases: tuple[QuestionCase, ...]) -> None:
    counts = Counter(case.part for case in cases)
    assert counts.total() >= LEAST_QUESTIONS
    assert counts["measured"] >= LEAST_MEASURED


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_every_kind_style_and_regulation(
    cases: tuple[QuestionCase, ...], library: Library, part: str
) -> None:
    chosen = [case for case in cases if case.part == part]
    assert {case.kind for case in chosen} == set(KINDS)
    assert {case.style for case in chosen} == set(STYLES)
    told = {name for case in chosen for name in case.regions}
    assert told == {regulation.id for regulation in library.regulations}


def test_every_fact_stands_in_the_articles_that_the_case_cites(
    cases: tuple[QuestionCase, ...], library: Library
) -> None:
    unsupported = [(case.id, fact) for case, fact in find_unsupported_facts(cases, library)]
    assert unsupported == []


def test_no_question_of_the_measured_part_is_asked_in_the_working_part(
    cases: tuple[QuestionCase, ...],
) -> None:
    asked = {part: _list_questions(cases, part) for part in PARTS}
    assert asked["working"] & asked["measured"] == set()


def test_no_group_of_wordings_reaches_over_both_parts(cases: tuple[QuestionCase, ...]) -> None:
    groups = {part: {case.group for case in cases if case.part == part} for part in PARTS}
    assert groups["working"] & groups["measured"] <= {None}


def test_wordings_of_one_group_expect_the_same(cases: tuple[QuestionCase, ...]) -> None:
    expected: dict[str, set[object]] = {}
    for case in cases:
        if case.group:
            key = (case.status, frozenset(case.regions), frozenset(case.must_cite))
            expected.setdefault(case.group, set()).add(key)
    assert {group: keys for group, keys in expected.items() if len(keys) > 1} == {}


def test_every_paragraph_and_item_that_a_case_names_is_there(library: Library) -> None:
    for path in sorted(QUESTIONS_FOLDER.glob("*.yaml")):
        for record in yaml.safe_load(path.read_text(encoding="utf-8")):
            for text in (*record.get("must_cite", ()), *record.get("may_cite", ())):
                assert _has_provision(library, parse_reference(text)), (record["id"], text)


def test_an_answered_case_has_facts_or_an_article_to_find(cases: tuple[QuestionCase, ...]) -> None:
    bare = [case.id for case in cases if case.status == "answered" and not case.must_cite]
    assert bare == []


def _list_questions(cases: tuple[QuestionCase, ...], part: str) -> set[tuple[str, ...]]:
    return {
        (*map(fold_text, case.history), fold_text(case.question), case.region or "")
        for case in cases
        if case.part == part
    }


def _has_provision(library: Library, ref: ArticleRef) -> bool:
    paragraphs = library.article(ref.whole_article).paragraphs
    if ref.paragraph > len(paragraphs):
        return False
    return not ref.item or ref.item <= len(paragraphs[ref.paragraph - 1].items)
