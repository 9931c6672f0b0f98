from __future__ import annotations

import pytest

from evals.score_headings import HeadingScore, TrueHeading, add_heading_scores, score_headings

TITLE = "某县政务平台可行性研究报告"
TRUE = [
    TrueHeading(level=1, number="第一章", title="项目概述"),
    TrueHeading(level=2, number="1.1", title="建设目标"),
    TrueHeading(level=1, number="第二章", title="网络安全"),
    TrueHeading(level=2, number="2.1", title="建设目标"),
]


def test_headings_count_with_their_number_and_without() -> None:
    found = [
        (1, "第一章 项目概述"),
        (2, "建设目标"),
        (1, "**第二章** 网络安全"),
        (2, "2.1 建设目标"),
    ]
    score = score_headings(TRUE, found, TITLE)
    assert score == HeadingScore(true=4, found=4, right=4, level=4)
    assert (score.precision, score.recall, score.level_share) == (1, 1, 1)


def test_a_body_line_told_as_a_heading_costs_precision_and_a_lost_heading_recall() -> None:
    score = score_headings(
        TRUE, [(1, "项目概述"), (1, "本项目由县数据局建设"), (1, "网络安全")], TITLE
    )
    assert (score.found, score.right) == (3, 2)
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == 0.5


def test_a_heading_in_the_wrong_place_is_right_only_once() -> None:
    score = score_headings(TRUE, [(1, "网络安全"), (1, "项目概述")], TITLE)
    assert score.right == 1


def test_the_title_of_the_report_and_the_word_contents_are_forgiven() -> None:
    score = score_headings(TRUE, [(1, TITLE), (1, "目  录"), (1, "项目概述")], TITLE)
    assert (score.found, score.right) == (1, 1)


def test_levels_count_from_the_most_frequent_offset() -> None:
    found = [(2, "项目概述"), (3, "建设目标"), (2, "网络安全"), (2, "建设目标")]
    assert score_headings(TRUE, found, TITLE).level == 3


def test_a_sentence_that_ends_in_a_title_is_no_heading() -> None:
    assert score_headings(TRUE, [(1, "本章说明系统建成以后的网络安全")], TITLE).right == 0


def test_a_reader_without_headings_has_no_precision() -> None:
    score = score_headings(TRUE, [], TITLE)
    assert (score.precision, score.recall, score.level_share) == (None, 0, None)


def test_scores_of_files_add_up() -> None:
    one = HeadingScore(true=4, found=3, right=2, level=1)
    assert add_heading_scores([one, one]) == HeadingScore(true=8, found=6, right=4, level=2)
