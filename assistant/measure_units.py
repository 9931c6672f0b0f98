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
# Sums and shares that are asked of without a unit (多大金额, 占多少, 扣多少预算).
_ASKED_PLAINLY = (
    (re.compile("(?:多少|多大|几许)的?(?:金额|预算|资金|经费|费用|投资|罚款|补助|额度)"), "元"),
    (re.compile("百分之(?:几|多少)|几个点|的多少(?:[?？]|$)|多少比例|多大比例|比例是多少"), "%"),
    (re.compile("页数|多少篇幅|篇幅.{0,3}(?:多|限)|字数"), "页"),
    (re.compile("[甲乙丙一二三]级还是"), "级"),
)
# How often something is done is no length of time: 定期 and 每年 answer for 几年一次.
_HOW_OFTEN = re.compile(
    r"(?:隔|每)?(?:多久|多长时间|(?:几|多少)个?(?:年|月|天|日|季度?|周)).{0,6}[一1](?:次|回|遍)"
    r"|(?:隔|每)(?:多久|多长时间|(?:几|多少)个?(?:年|月|天|日|季度?|周))"
)
_OFTEN = re.compile(r"不?定期|每[^个项家]{0,2}(?:年|月|季|周)|年度|周期")
_TIMES = "次"
_PRINTED = re.compile(rf"(?:[0-9.]+|[一二两三四五六七八九十百半每]+)个?(?:工作)?{_UNIT}")


def asked_units(question: str) -> frozenset[str]:
    """Kinds of unit that a question asks a number of."""
    rest, often = _HOW_OFTEN.subn("", question)
    units = {_KIND_OF[unit] for unit in _ASKED.findall(rest) if unit in _KIND_OF}
    units |= {kind for words, kind in _ASKED_PLAINLY if words.search(rest)}
    return frozenset(units | {_TIMES} if often else units)


def printed_units(provision: str) -> frozenset[str]:
    """Kinds of unit that a provision gives numbers of."""
    kinds = frozenset(_KIND_OF[unit] for unit in _PRINTED.findall(provision))
    if _OFTEN.search(provision):
        kinds |= {_TIMES}
    # "How much money may be moved" is answered by a share of the budget estimate, too.
    return kinds | {"元"} if "%" in kinds else kinds
