from __future__ import annotations

import pytest

from corpus.chinese_numerals import LARGEST_NUMBER, format_numeral, parse_numeral


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十五", 35),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百十二", 112),  # spoken form without 一
        ("两百", 200),
        ("一千二百六十", 1260),
        ("一千零一", 1001),
        ("\u3007", 0),  # the zero of years
        ("二〇二五", 2025),  # digit by digit, as in years
        ("二○二五", 2025),  # with a circle for the zero
        ("一〇", 10),
        ("10", 10),
        ("\uff11\uff10", 10),  # full width
        ("二 十\u3000三", 23),  # spaces inside, as in damaged headings
    ],
)
def test_numerals_of_every_form_are_read(numeral: str, number: int) -> None:
    assert parse_numeral(numeral) == number


@pytest.mark.parametrize("numeral", ["", " ", "甲", "十百", "二三十", "十甲", "1a"])
def test_what_is_no_numeral_is_refused(numeral: str) -> None:
    with pytest.raises(ValueError, match=r"[数不]"):
        parse_numeral(numeral)


@pytest.mark.parametrize(
    ("number", "printed"),
    [(0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"),
     (110, "一百一十"), (115, "一百一十五"), (1005, "一千零五"), (1010, "一千零一十")],
)  # fmt: skip
def test_numbers_are_printed_as_in_headings(number: int, printed: str) -> None:
    assert format_numeral(number) == printed


def test_every_number_that_can_be_printed_is_read_back() -> None:
    assert all(parse_numeral(format_numeral(n)) == n for n in range(LARGEST_NUMBER + 1))


@pytest.mark.parametrize("number", [-1, LARGEST_NUMBER + 1])
def test_numbers_outside_the_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        format_numeral(number)
