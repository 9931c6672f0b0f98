"""Chinese numerals to numbers and back: 二十三, 一百零五, 二○二五, 十, 10, and 10 in full width."""

from __future__ import annotations

FULL_WIDTH_ZERO = 0xFF10
IDEOGRAPHIC_ZERO = "\u3007"
DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("0123456789")},
    **{chr(FULL_WIDTH_ZERO + value): value for value in range(10)},
    IDEOGRAPHIC_ZERO: 0,
    "○": 0,
    "两": 2,
}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL_CHARACTERS = "".join(DIGITS) + "".join(UNITS)
LARGEST_NUMBER = 9999

_PRINTED_DIGITS = "零一二三四五六七八九"
_PRINTED_UNITS = ((1000, "千"), (100, "百"), (10, "十"))


def parse_numeral(numeral: str) -> int:
    """Read a numeral in Chinese or Arabic digits; white space inside is ignored.

    Raises:
        ValueError: it is empty, holds another character, or its units stand in a wrong order.
    """
    characters = "".join(numeral.split())
    if not characters:
        raise ValueError("数字为空。")
    if not any(character in UNITS for character in characters):
        return _parse_digits(characters)
    return _parse_units(characters)


def _parse_digits(characters: str) -> int:
    number = 0
    for character in characters:
        if character not in DIGITS:
            raise ValueError(f"“{characters}”不是数字。")
        number = number * 10 + DIGITS[character]
    return number


def _parse_units(characters: str) -> int:
    total, digit, smallest_unit = 0, None, 10_000
    for character in characters:
        unit = UNITS.get(character)
        if unit is None:
            if character not in DIGITS or digit:
                raise ValueError(f"“{characters}”不是数字。")
            digit = DIGITS[character]
            continue
        if unit >= smallest_unit:
            raise ValueError(f"“{characters}”中数位的次序不对。")
        # 十二 is 12 and 一百十二 is 112: a unit without a digit counts once.
        total += (1 if digit is None else digit) * unit
        digit, smallest_unit = None, unit
    return total + (digit or 0)


def format_numeral(number: int) -> str:
    """Write a number from 0 to 9999 as printed in headings: 10 is 十, 105 is 一百零五.

    Raises:
        ValueError: the number lies outside.
    """
    if not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(f"只能写出0至{LARGEST_NUMBER}的数字，不能写出{number}。")
    if number == 0:
        return _PRINTED_DIGITS[0]
    printed = ""
    rest, skipped = number, False
    for unit, name in _PRINTED_UNITS:
        digit, rest = divmod(rest, unit)
        if digit:
            printed += ("零" if skipped else "") + _PRINTED_DIGITS[digit] + name
            skipped = False
        else:
            skipped = bool(printed)
    if rest:
        printed += ("零" if skipped else "") + _PRINTED_DIGITS[rest]
    return printed.removeprefix("一") if printed.startswith("一十") else printed
