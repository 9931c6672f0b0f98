from __future__ import annotations

import pytest
from hand_made_answers import make_answer, make_case, make_context, make_working

from assistant.answer import Answer, Carried, Outcome, Status
from evals.load_questions import QuestionCase
from evals.score_answers import (
    MEASURES,
    SCORERS,
    Score,
    score_answer,
    score_carried,
    score_citation_precision,
    score_facts,
    score_false_quotes,
    score_follow_ups,
    score_foreign_citations,
    score_groups,
    score_recall_at_1,
    score_recall_at_5,
    score_refusals,
    score_refusals_strict,
    score_regions,
    score_scenarios,
    score_wrong_refusals,
)

REFUSED = make_answer(status="not_covered", text="没有规定")


def share(score: Score | None) -> tuple[float, float]:
    assert score is not None
    return score.numerator, score.denominator


@pytest.mark.parametrize(
    ("cited", "hit"),
    [
        (["xichuan:18"], 1),
        (["xichuan:19", "xichuan:18"], 0),
        # any of the articles that must be cited may come first
        (["xichuan:20", "xichuan:18"], 1),
        ([], 0),
    ],
)
def test_recall_at_1_looks_at_the_first_citation_only(cited: list[str], hit: int) -> None:
    case = make_case("xichuan:18", "xichuan:20")
    assert share(score_recall_at_1(make_context(case, make_answer(*cited)))) == (hit, 1)


@pytest.mark.parametrize(
    ("cited", "related", "hit"),
    [
        (["xichuan:18"], ["xichuan:20"], 1),
        (["xichuan:18"], [], 0),
        # the sixth place is too late
        (["xichuan:1", "xichuan:2", "xichuan:3", "xichuan:18"], ["xichuan:5", "xichuan:20"], 0),
        # one article quoted over and over fills the places
        (["xichuan:18"] * 5, ["xichuan:20"], 0),
    ],
)
def test_recall_at_5_wants_every_article_in_five_places(
    cited: list[str], related: list[str], hit: int
) -> None:
    case = make_case("xichuan:18", "xichuan:20")
    answer = make_answer(*cited, related=related)
    assert share(score_recall_at_5(make_context(case, answer))) == (hit, 1)


def test_recall_at_5_gives_each_of_several_regions_five_places() -> None:
    case = make_case("xichuan:18", "jinzhai:17")
    answer = make_answer(*(f"xichuan:{number}" for number in (18, 1, 2, 3, 4)), "jinzhai:17")
    assert share(score_recall_at_5(make_context(case, answer))) == (1, 1)


def test_recall_at_5_of_one_region_counts_places_that_other_regions_take() -> None:
    case = make_case("xichuan:18")
    answer = make_answer(*(f"jinzhai:{number}" for number in range(1, 6)), "xichuan:18")
    assert share(score_recall_at_5(make_context(case, answer))) == (0, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("变更金额超过15%的，要项目建设总结", 2),
        # full width and spaces fold
        ("超过１５％， 项目 建设总结", 2),
        # marks for emphasis are no part of the words
        ("**15%**，**项目**建设总结", 2),
        # one of the alternatives is enough
        ("百分之十五", 1),
        ("", 0),
    ],
)
def test_facts_are_found_with_width_and_spacing_folded(text: str, found: int) -> None:
    case = make_case("xichuan:18", facts=["15%|百分之十五", "项目建设总结"])
    assert share(score_facts(make_context(case, make_answer(text=text)))) == (found, 2)


def test_citations_outside_must_and_may_lower_the_precision() -> None:
    case = make_case("xichuan:18", may_cite=["xichuan:19"])
    answer = make_answer("xichuan:18", "xichuan:19", "xichuan:20", "xichuan:20")
    score = score_citation_precision(make_context(case, answer))
    assert share(score) == (2, 4)
    assert score is not None
    assert "xichuan:20" in score.reason


def test_citations_of_an_answer_that_should_have_been_refused_are_wrong() -> None:
    case = make_case(status="not_covered")
    answer = make_answer("xichuan:18")
    assert share(score_citation_precision(make_context(case, answer))) == (0, 1)


def test_citations_under_a_refusal_are_left_out_of_the_precision() -> None:
    case = make_case(status="not_covered")
    answer = make_answer("xichuan:18", status="not_covered")
    assert score_citation_precision(make_context(case, answer)) is None


def test_a_citation_from_a_region_not_asked_for_is_foreign() -> None:
    case = make_case("xichuan:18")
    answer = make_answer("xichuan:18", "jinzhai:17")
    assert share(score_foreign_citations(make_context(case, answer))) == (1, 2)


def test_no_citation_is_foreign_to_a_question_that_names_no_region() -> None:
    case = make_case("xichuan:18", asked=["xichuan", "jinzhai"])
    answer = make_answer("xichuan:18", "jinzhai:17")
    assert share(score_foreign_citations(make_context(case, answer))) == (0, 2)


@pytest.mark.parametrize(
    ("cited", "right"),
    [
        (["xichuan:18", "jinzhai:17"], 1),
        (["xichuan:18"], 0),
        (["xichuan:18", "jinzhai:17", "xiangxi:15"], 0),
    ],
)
def test_regions_are_right_when_neither_more_nor_fewer_are_cited(
    cited: list[str], right: int
) -> None:
    case = make_case("xichuan:18", "jinzhai:17")
    assert share(score_regions(make_context(case, make_answer(*cited)))) == (right, 1)


@pytest.mark.parametrize(
    ("expected", "got", "refused", "strict"),
    [
        ("not_covered", "not_covered", 1, 1),
        # a refusal of the other kind is still a refusal
        ("not_covered", "out_of_scope", 1, 0),
        ("out_of_scope", "not_covered", 1, 0),
        ("out_of_scope", "answered", 0, 0),
    ],
)
def test_refusals_count_loosely_and_strictly(
    expected: Status, got: Status, refused: int, strict: int
) -> None:
    context = make_context(make_case(status=expected), make_answer(status=got))
    assert share(score_refusals(context)) == (refused, 1)
    assert share(score_refusals_strict(context)) == (strict, 1)


def test_a_refused_question_that_has_an_answer_is_a_wrong_refusal() -> None:
    context = make_context(make_case("xichuan:18"), REFUSED)
    assert share(score_wrong_refusals(context)) == (1, 1)


def test_quotations_of_citations_and_related_are_all_looked_up() -> None:
    answer = make_answer("xichuan:18", related=["xichuan:19"])
    context = make_context(make_case("xichuan:18"), answer)
    assert share(score_false_quotes(context)) == (0, 2)


@pytest.mark.parametrize(
    ("case", "answer", "keys"),
    [
        (
            make_case("xichuan:18", facts=["6个月"]),
            make_answer("xichuan:18", text="6个月"),
            {
                "recall_at_1",
                "recall_at_5",
                "facts",
                "citation_precision",
                "regions",
                "wrong_refusals",
                "foreign_citations",
                "false_quotes",
            },
        ),
        # no facts and nothing cited: those measures stay out instead of counting as zero
        (make_case("xichuan:18"), REFUSED, {"recall_at_1", "recall_at_5", "wrong_refusals"}),
        (make_case(status="out_of_scope"), REFUSED, {"refusals", "refusals_strict"}),
    ],
)
def test_only_the_measures_that_apply_are_scored(
    case: QuestionCase, answer: Answer, keys: set[str]
) -> None:
    assert {score.key for score in score_answer(make_context(case, answer))} == keys


def test_a_perfect_answer_has_no_reasons() -> None:
    case = make_case("xichuan:18", facts=["6个月"])
    scores = score_answer(make_context(case, make_answer("xichuan:18", text="6 个月内")))
    assert [score.reason for score in scores if score.reason] == []


def test_every_scorer_has_a_measure() -> None:
    names = {scorer.__name__.removeprefix("score_") for scorer in SCORERS}
    assert names | {"groups"} == {measure.key for measure in MEASURES}


def test_wordings_of_one_question_need_the_same_first_citation_in_each_region() -> None:
    cases = [make_case("xichuan:18", name=name, group="acceptance") for name in "abc"]
    same = [make_context(case, make_answer("xichuan:18", "jinzhai:17")) for case in cases[:2]]
    # the order of the regions does not matter, the first article within each does
    turned = make_context(cases[2], make_answer("jinzhai:17", "xichuan:18", "xichuan:19"))
    ((_, score),) = score_groups([*same, turned])
    assert share(score) == (1, 1)
    other = make_context(cases[2], make_answer("xichuan:19", "jinzhai:17"))
    ((_, score),) = score_groups([*same, other])
    assert share(score) == (0, 1)


def test_a_group_of_one_wording_is_not_scored() -> None:
    context = make_context(make_case("xichuan:18", group="alone"), make_answer("xichuan:18"))
    assert score_groups([context]) == ()


@pytest.mark.parametrize(
    ("status", "answer", "right"),
    [
        ("answered", make_answer("xichuan:18"), 1),
        ("answered", make_answer("xichuan:19", "xichuan:18"), 0),
        ("answered", REFUSED, 0),
        ("not_covered", REFUSED, 1),
        # a follow-up has to be refused in the right way, too
        ("out_of_scope", REFUSED, 0),
    ],
)
def test_a_follow_up_is_right_by_its_first_article_or_by_its_refusal(
    status: Status, answer: Answer, right: int
) -> None:
    cited = ["xichuan:18"] if status == "answered" else []
    case = make_case(*cited, status=status, history=["淅川验收"])
    assert share(score_follow_ups(make_context(case, answer))) == (right, 1)


def test_a_question_without_history_is_no_follow_up() -> None:
    context = make_context(make_case("xichuan:18"), make_answer("xichuan:18"))
    assert score_follow_ups(context) is None


@pytest.mark.parametrize(
    ("told", "right"),
    [
        (Carried(regions=("淅川县",), subjects=("项目调整",)), 1),
        (Carried(regions=("淅川县",)), 0),
        (None, 0),
    ],
)
def test_what_was_carried_over_must_all_be_told(told: Carried | None, right: int) -> None:
    case = make_case("xichuan:18", history=["淅川调整"], carried=["淅川", "调整"])
    answer = make_answer("xichuan:18", carried=told)
    assert share(score_carried(make_context(case, answer))) == (right, 1)


@pytest.mark.parametrize(
    ("workings", "right"),
    [
        ([("xichuan:17", "within"), ("erenhot:18", "beyond")], 2),
        ([("xichuan:17", "beyond"), ("erenhot:18", "beyond")], 1),
        ([("xichuan:17", "within")], 1),
        # two workings of one region that contradict each other are not right
        ([("xichuan:17", "within"), ("xichuan:18", "beyond"), ("erenhot:18", "beyond")], 1),
        ([], 0),
    ],
)
def test_every_region_must_be_worked_out_to_the_right_side(
    workings: list[tuple[str, Outcome]], right: int
) -> None:
    outcomes: dict[str, Outcome] = {"xichuan": "within", "erenhot": "beyond"}
    case = make_case("xichuan:17", "erenhot:18", outcomes=outcomes)
    answer = make_answer("xichuan:17", workings=[make_working(*made) for made in workings])
    assert share(score_scenarios(make_context(case, answer))) == (right, 2)
