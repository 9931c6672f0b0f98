from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.read_figures import (
    LARGE_NUMERAL,
    PLAIN_NUMERAL,
    about,
    exact,
    fold_numerals,
    print_money,
    print_share,
    read_figure,
    read_number,
)
from corpus.chinese_numerals import format_numeral

NUMERALS = [
    ("500万", 5_000_000),
    ("500w", 5_000_000),
    ("500个W", 5_000_000),
    ("五百万", 5_000_000),
    ("两千三百万", 23_000_000),
    ("3百万", 3_000_000),
    ("5千万", 50_000_000),
    ("0.5亿", 50_000_000),
    ("1亿2000万", 120_000_000),
    # A lone digit behind a unit counts the unit below.
    ("一亿二", 120_000_000),
    ("一万二", 12_000),
    ("三百五", 350),
    ("三百零五", 305),
    ("一点五万", 15_000),
    ("1,200,000", 1_200_000),
    ("十二", 12),
    ("一百二十", 120),
]


@pytest.mark.parametrize(("numeral", "value"), NUMERALS)
def test_a_numeral_is_read_as_spoken(numeral: str, value: int) -> None:
    assert read_number(numeral) == value


@pytest.mark.parametrize("text", ["千万别忘了", "百姓", "万一"])
def test_a_word_that_only_looks_like_a_unit_is_no_numeral(text: str) -> None:
    assert re.match(LARGE_NUMERAL, text) is None


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=9999))
def test_a_printed_chinese_numeral_is_read_back(number: int) -> None:
    assert read_number(format_numeral(number)) == number


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=9999), st.sampled_from(["万", "亿"]))
def test_a_unit_multiplies_whatever_digits_it_follows(number: int, unit: str) -> None:
    scale = {"万": 10**4, "亿": 10**8}[unit]
    assert read_number(f"{format_numeral(number)}{unit}") == number * scale
    assert read_number(f"{number}{unit}") == number * scale


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=999_999_999))
def test_a_number_with_commas_is_the_number_without(number: int) -> None:
    assert read_number(f"{number:,}") == number


@settings(deadline=None)
@given(st.decimals(min_value="0.01", max_value="9999", places=2))
def test_decimals_are_read_exactly(number: object) -> None:
    assert read_number(f"{number}万") == Fraction(str(number)) * 10**4


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=9999))
def test_the_pattern_takes_in_the_whole_numeral(number: int) -> None:
    assert re.fullmatch(PLAIN_NUMERAL, format_numeral(number))
    assert re.fullmatch(LARGE_NUMERAL, f"{format_numeral(number)}万")


@settings(deadline=None)
@given(st.text(alphabet="零一二三四五六七八九十百千万亿点两0123456789.多来", max_size=12))
def test_any_characters_of_numerals_are_read_or_refused(text: str) -> None:
    try:
        figure = read_figure(text)
    except ValueError:
        return
    assert figure.low <= figure.high


def test_a_vague_numeral_lies_between_round_numbers() -> None:
    figure = read_figure("60多万")
    assert (int(figure.value), figure.prefix) == (600_000, "超过")
    assert 600_000 < figure.low < figure.high < 700_000


def test_two_digits_side_by_side_mean_either() -> None:
    figure = read_figure("六七十万")
    assert (int(figure.low), int(figure.high), figure.prefix) == (600_000, 700_000, "约")


def test_formal_numerals_are_folded_in_place() -> None:
    assert fold_numerals("叁佰万元整") == "三百万元整"


PRINTED = [
    (600_000, "60万元"),
    (120_000_000, "1.2亿元"),
    (800, "800元"),
    (500_001, "50.0001万元"),
]


@pytest.mark.parametrize(("yuan", "printed"), PRINTED)
def test_a_sum_is_printed_in_the_unit_people_use(yuan: int, printed: str) -> None:
    assert print_money(Fraction(yuan)) == printed


def test_a_share_just_over_the_bound_never_looks_like_the_bound() -> None:
    bound = Fraction(15, 100)
    assert print_share(bound + Fraction(1, 10**6), bound) != "15%"
    assert print_share(bound, bound) == "15%"


def test_a_share_of_vague_figures_spans_all_that_it_may_be() -> None:
    share = exact(60).share_of(about(Fraction(500)))
    assert share.low < Fraction(12, 100) < share.high
