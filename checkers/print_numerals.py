"""A count and a Word number format -> the numeral that Word prints."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_LEGAL_DIGITS = {
    "chineseLegalSimplified": "零壹贰叁肆伍陆柒捌玖",
    "ideographLegalTraditional": "零壹貳參肆伍陸柒捌玖",
}
_LETTERS = 26
_FULL_WIDTH_ZERO = 0xFF10
# Word repeats letters (aa, bbb) up to here.
_LAST_LETTER_COUNT = 780
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
# Formats that are single characters of a Unicode range: first character, last count.
_RANGES = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}
_CIRCLES = "①"
# Counts from which the circles stand elsewhere in Unicode, and where.
_LATER_CIRCLES = {21: 0x3251, 36: 0x32B1}
_CIRCLES_A_RANGE = 15
_STEMS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_COUNTING = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "koreanCounting",
}


def print_numeral(value: int, number_format: str) -> str:
    """Return a count as Word prints it in a number format of ``w:numFmt``.

    A format that isn't known is printed in decimal, and ``none`` as nothing.
    """
    if number_format in {"none", "bullet"}:
        return ""
    if number_format in _COUNTING:
        return count_in_chinese(value)
    if number_format in _LEGAL_DIGITS:
        digits, units = _LEGAL_DIGITS[number_format], ("", "拾", "佰", "仟")
        printed = count_in_chinese(value, digits=digits, units=units)
        # In full, 壹拾: a digit could be forged in front of 拾.
        return digits[1] + printed if printed.startswith(units[1]) else printed
    if number_format in {"ideographDigital", "taiwaneseDigital"}:
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(max(value, 0)))
    if number_format in _RANGES:
        return _print_enclosed(value, number_format)
    if number_format in _STEMS:
        stems = _STEMS[number_format]
        return stems[value - 1] if 1 <= value <= len(stems) else str(value)
    return _print_western(value, number_format)


def _print_enclosed(value: int, number_format: str) -> str:
    first, last = _RANGES[number_format]
    if 1 <= value <= last:
        return chr(ord(first) + value - 1)
    if first == _CIRCLES and value > last:
        start = next((s for s in _LATER_CIRCLES if s <= value < s + _CIRCLES_A_RANGE), None)
        return str(value) if start is None else chr(_LATER_CIRCLES[start] + value - start)
    return str(value)


def count_in_chinese(
    value: int, *, digits: str = _DIGITS, units: tuple[str, ...] = ("", "十", "百", "千")
) -> str:
    """Return a count below 10,000 in Chinese numerals: 12 -> 十二, 105 -> 一百零五."""
    if not 0 <= value < 10_000:
        return str(value)
    if value == 0:
        return digits[0]
    text = ""
    for position, digit in enumerate(reversed(str(value))):
        text = (digits[int(digit)] + units[position] if digit != "0" else digits[0]) + text
    while digits[0] * 2 in text:
        text = text.replace(digits[0] * 2, digits[0])
    text = text.rstrip(digits[0])
    # Ten to nineteen are written without the leading one.
    return text[1:] if text.startswith(digits[1] + units[1]) else text


def _print_western(value: int, number_format: str) -> str:
    if number_format == "decimalZero":
        return f"{value:02d}"
    if number_format.startswith("decimalFullWidth"):
        return "".join(
            chr(ord(digit) - ord("0") + _FULL_WIDTH_ZERO) for digit in str(max(value, 0))
        )
    if number_format in {"lowerLetter", "upperLetter"} and 1 <= value <= _LAST_LETTER_COUNT:
        letter = chr(ord("a") + (value - 1) % _LETTERS) * ((value - 1) // _LETTERS + 1)
        return letter.upper() if number_format == "upperLetter" else letter
    if number_format in {"lowerRoman", "upperRoman"} and 1 <= value < 4_000:
        roman = _print_roman(value)
        return roman.upper() if number_format == "upperRoman" else roman
    return str(value)


def _print_roman(value: int) -> str:
    text = ""
    for amount, letters in _ROMAN:
        while value >= amount:
            text += letters
            value -= amount
    return text
