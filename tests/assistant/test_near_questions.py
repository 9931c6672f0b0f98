"""Adapting questions, and measuring what lies around them."""

from __future__ import annotations

from itertools import starmap

import numpy as np
import pytest

from assistant.adapt_question import adapt_question, load_adapter
from assistant.article_index import PassageHit
from assistant.facets import find_asked_facets
from assistant.measure_nearness import Nearness, measure_nearness
from assistant.measure_units import asked_units
from assistant.shipped_vectors import read_reference_vectors, shipped_passages
from assistant.split_passages import PassageKind
from assistant.text_keys import text_key
from corpus.article_ref import ArticleRef


def _hit(regulation: str, kind: PassageKind, similarity: float) -> PassageHit:
    ref = ArticleRef(regulation=regulation, article=1)
    return PassageHit(ref=ref, kind=kind, similarity=similarity)


def _measure(*hits: tuple[str, PassageKind, float]) -> Nearness:
    found = list(starmap(_hit, hits))
    return measure_nearness(found, ["here"], {"here", "there"})["here"]


def test_adapted_questions_have_length_1() -> None:
    _, known = read_reference_vectors()
    adapted = adapt_question(np.vstack(list(known.values())[:20]))
    assert np.allclose(np.linalg.norm(adapted, axis=1), 1.0, atol=1e-5)


def test_one_question_is_adapted_like_one_of_many() -> None:
    _, known = read_reference_vectors()
    rows = np.vstack(list(known.values())[:3])
    assert np.allclose(adapt_question(rows)[1], adapt_question(rows[1]), atol=1e-6)


def test_adapting_turns_away_from_what_all_passages_have_in_common() -> None:
    _, known = read_reference_vectors()
    common = np.vstack([known[text_key(p.text)] for p in shipped_passages()]).mean(axis=0)
    assert abs(float(adapt_question(next(iter(known.values()))) @ common)) < 0.02


def test_the_adapter_fits_the_shipped_encoder() -> None:
    _, known = read_reference_vectors()
    width = len(next(iter(known.values())))
    assert load_adapter().turn.shape == (width, width)


def test_near_phrasings_vote_on_whether_a_question_is_answered() -> None:
    mostly = _measure(("here", "asked", 0.9), ("here", "asked", 0.8), ("here", "unanswered", 0.4))
    hardly = _measure(("here", "unanswered", 0.9), ("here", "asked", 0.4))
    assert mostly.answered_share > 0.9
    assert hardly.answered_share < 0.1


def test_a_regulation_without_phrasings_is_undecided() -> None:
    found = [_hit("added", "article", 0.8), _hit("added", "unanswered", 0.9)]
    nearness = measure_nearness(found, ["added"], set())["added"]
    assert nearness.answered_share == 0.5
    assert nearness.unanswered_best == 0.0
    assert nearness.text == 0.8


def test_what_other_regulations_answer_is_told_apart_from_ones_own() -> None:
    nearness = _measure(("there", "asked", 0.9), ("here", "asked", 0.5))
    assert (nearness.asked, nearness.asked_elsewhere) == (0.5, 0.9)


def test_nothing_found_is_no_nearness() -> None:
    nearness = _measure()
    assert (nearness.answered_best, nearness.text, nearness.unanswered_elsewhere) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("几天内报送", {"日"}),
        ("多大金额才要入库", {"元"}),
        ("扣多少预算", {"元"}),
        ("质保金留百分之几", {"%"}),
        ("监理要甲级还是乙级", {"级"}),
        ("可研报告的页数", {"页"}),
        # Figures that are given are not asked for.
        ("概算500万，想改60万要重新批吗", set()),
    ],
)
def test_a_question_tells_the_units_it_asks_for(question: str, kinds: set[str]) -> None:
    assert asked_units(question) == kinds


@pytest.mark.parametrize("question", ["概算500万想改60万要不要重新批", "改动了12%还用报批吗"])
def test_a_figure_in_the_question_asks_for_no_figure(question: str) -> None:
    assert not find_asked_facets(question) & {"money", "percent"}
    assert "threshold" in find_asked_facets(question)
