from __future__ import annotations

import pytest

from assistant.fold_wording import fold_wording, front_bounds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("六个月内", "6个月内"),
        ("半年内", "6个月内"),
        ("百分之十五", "15％"),
        ("三十万元", "30万元"),
        ("30万", "30万元"),
        ("十月份前", "10月前"),
        ("第十条（一）", "第十条(一)"),
        ("五名以上专家", "5名以上专家"),
        ("　项目 建成", "项目建成"),
    ],
)
def test_what_reads_the_same_is_spelt_the_same(one: str, other: str) -> None:
    assert fold_wording(one) == fold_wording(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("十五", "五十"),
        ("6个月", "6月"),
        ("三个月", "三年"),
        ("30万元", "30元"),
        ("百分之五", "百分之五十"),
        # every half year, not within six months
        ("每半年", "每6个月"),
    ],
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert fold_wording(one) != fold_wording(other)


@pytest.mark.parametrize("word", ["统一年度", "下一年度", "之一", "第一次", "某一方", "第三方"])
def test_numerals_that_measure_nothing_are_left_alone(word: str) -> None:
    assert fold_wording(word) == word


def test_a_bound_behind_its_figure_is_put_in_front() -> None:
    assert front_bounds("概算15%以内") == "概算不超过15%"
