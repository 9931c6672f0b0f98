"""Wording -> one spelling for what reads the same: width, spaces, numerals of measures."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from corpus.chinese_numerals import parse_numeral

_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
# NFKC leaves these apart although they are one character to a reader.
_SAME = str.maketrans("〔〕【】「」『』", "[][]“”“”")
_NUMERAL = "[〇零一二两三四五六七八九十百千]"
_MEASURE = (
    r"个?工作日|个月|月底|月份|月|年(?!度)|日|天|周|小时|名|人|位|家|份|倍|次|个(?!人)|"
    r"亿元?|万元?|元|级(?!政)"
)
# 统一年度, 第一次, 下一年 and 某一方 are no measures.
_NO_MEASURE = "[第统下同上专单唯另任之某零一二两三四五六七八九十百千]"
_MEASURED = re.compile(rf"(?<!{_NO_MEASURE})({_NUMERAL}+)(?={_MEASURE})")
_PERCENT = re.compile(rf"百分之({_NUMERAL}+)")
_HALF_YEAR = re.compile(r"(?<![每上下两])半年(?!度)")
_PLAIN_UNITS = ((re.compile(r"(?<=[0-9])月份"), "月"), (re.compile(r"(?<=[0-9])([万亿])元"), r"\1"))
_UP_TO = re.compile(r"([0-9.]+(?:%|万|亿|元))(?:及以下|以内|之内|以下\(含\))")


@lru_cache(maxsize=4096)
def fold_wording(text: str) -> str:
    """Fold a text; line breaks stay, since they part paragraphs and items.

    ``百分之十五`` becomes ``15%``, ``六个月`` and ``半年`` become ``6个月``, ``30万元`` becomes
    ``30万``. Numerals that measure nothing (``统一``, ``之一``) are left alone.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_SAME)
    folded = _LINES.sub("\n", _SPACES.sub("", folded)).strip("\n")
    folded = _HALF_YEAR.sub("6个月", folded)
    folded = _PERCENT.sub(lambda found: _figure(found.group(1), "%"), folded)
    folded = _MEASURED.sub(lambda found: _figure(found.group(1)), folded)
    for pattern, plain in _PLAIN_UNITS:
        folded = pattern.sub(plain, folded)
    return folded


def front_bounds(folded: str) -> str:
    """``15%以内`` as ``不超过15%``."""
    return _UP_TO.sub(r"不超过\1", folded)


def _figure(numeral: str, unit: str = "") -> str:
    try:
        return f"{parse_numeral(numeral)}{unit}"
    except ValueError:
        # 一二 is no number; it then counts as the characters that it is.
        return numeral + unit
