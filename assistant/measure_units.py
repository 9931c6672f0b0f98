"""Units of measure: which one a question asks a number of, and which ones a provision gives.

"几天内" can only be answered by a provision that gives a number of days, months or years.
"""

from __future__ import annotations

import re

# Units of a kind answer for each other; the first one names the kind.
_KINDS = (
    ("日", "天", "号", "月", "年", "周", "小时", "时"),
    ("元", "钱", "万", "亿", "块"),
    ("%", "成", "点", "倍", "百分"),
    ("人", "名", "位", "专"),
    ("次", "回", "遍", "轮"),
    ("分",),
    ("级",),
    ("页", "字"),
    ("兆", "G", "M"),
    ("台", "套"),
    ("平", "米"),
)
_KIND_OF = {unit: kind[0] for kind in _KINDS for unit in kind}
_UNIT = "(" + "|".join(sorted(map(re.escape, _KIND_OF), key=len, reverse=True)) + ")"
_ASKED = re.compile(rf"(?:几|多少)个?(?:工作)?{_UNIT}", re.IGNORECASE)
_PRINTED = re.compile(rf"(?:[0-9.]+|[一二两三四五六七八九十百半每]+)个?(?:工作)?{_UNIT}")


def asked_units(question: str) -> frozenset[str]:
    """Kinds of unit that a question asks a number of."""
    return frozenset(_KIND_OF[unit] for unit in _ASKED.findall(question) if unit in _KIND_OF)


def printed_units(provision: str) -> frozenset[str]:
    """Kinds of unit that a provision gives numbers of."""
    kinds = frozenset(_KIND_OF[unit] for unit in _PRINTED.findall(provision))
    # "How much money may be moved" is answered by a share of the budget estimate, too.
    return kinds | {"元"} if "%" in kinds else kinds
