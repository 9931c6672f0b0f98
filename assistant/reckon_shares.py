"""Sums of a question, bound on a share -> the share, and whether it keeps the bound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import ceil

from assistant.read_figures import Figure, print_figure, print_money, print_share
from assistant.read_sums import Money, Share, Sums
from assistant.read_thresholds import Threshold, Verdict
from assistant.scenario_words import BaseKind, Cue, load_scenario_words

_ASKS_LIMIT = re.compile("多少|最多|最大|上限|几")
# Kinds of base that may stand for each other; an open one stands for any.
_STANDS_FOR: dict[BaseKind, frozenset[BaseKind]] = {
    "any": frozenset({"any", "investment", "budget", "estimate", "contract"}),
    "investment": frozenset({"any", "investment", "budget"}),
    "budget": frozenset({"any", "budget"}),
    "estimate": frozenset({"any", "estimate"}),
    "contract": frozenset({"any", "contract"}),
}
_PLUS = "＋"  # noqa: RUF001
_NOT_SAID = "条文没有说明是单次还是累计，这里假定按合计计算"
_ALONE = "只算最后一次的{part}，占{share}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """A figure set against a bound.

    Attributes:
        verdict: whether the figure lies inside the bound.
        given: the figures of the question, as read.
        calculation: empty where nothing had to be reckoned.
        saying: the beginning of the conclusion: what came out.
        missing: what has to be known to decide; empty where nothing.
        notes: sentences without their full stop, said after the conclusion.
        is_edge: the figure is the bound itself.
        compared: how the figure stands to the bound, where that is not to be said by comparing
            the numbers.
        grows: the whole gets more.
    """

    verdict: Verdict
    given: str
    calculation: str = ""
    saying: str
    missing: str = ""
    notes: tuple[str, ...] = ()
    is_edge: bool = False
    compared: str = ""
    grows: bool = False


def matter_of(threshold: Threshold) -> str:
    """What a share is reckoned of; 调整 where only what it is taken of is named."""
    words = load_scenario_words()
    before = threshold.left.removesuffix(threshold.base + "的").removesuffix(threshold.base)
    clause = re.split("[,，；;]", before)[-1]
    named = _last_printed(words.matters, clause)
    named = named or _last_printed(words.matters, before)
    if named is not None:
        return named.name
    base = base_of(threshold)
    return words.matters[0].name if base is not None and base.kind != "budget" else ""


def base_of(threshold: Threshold) -> Cue | None:
    """What a share is taken of; None where the words are none that are known."""
    return _last_printed(load_scenario_words().bases, threshold.base)


def reckon_share(sums: Sums, threshold: Threshold, question: str) -> Reckoned | None:
    """Work out a share of the question against a bound; None where they are of other matters."""
    matter = matter_of(threshold)
    base_cue = base_of(threshold)
    if not matter or (threshold.base and base_cue is None):
        return None
    shares = [share for share in sums.shares if share.name == matter]
    if shares:
        return _set_against(shares[-1], threshold, matter)
    kind = base_cue.kind if base_cue is not None else "any"
    bases = [money for money in sums.moneys if money.role == "base"]
    fitting = _fitting_base(bases, kind)
    parts = [money for money in sums.moneys if money.role == "part" and money.name == matter]
    if len({part.lessens for part in parts}) > 1:
        return None
    if parts and any(money.role == "unknown" for money in sums.moneys):
        # A sum that may be a part as well would make the share wrong.
        return None
    if parts:
        return _reckon_parts(parts, fitting, bases, threshold)
    result = _result_of(sums, fitting, bases, kind)
    if (
        fitting is not None
        and result is not None
        and matter == load_scenario_words().matters[0].name
    ):
        return _reckon_result(fitting, result, threshold)
    asked = any(cue.name == matter and cue.asked.search(question) for cue in _matters())
    if fitting is not None and asked and _ASKS_LIMIT.search(question):
        return _reckon_limit(fitting, threshold)
    return None


def _matters() -> tuple[Cue, ...]:
    return load_scenario_words().matters


@lru_cache(maxsize=4096)
def _last_printed(cues: tuple[Cue, ...], text: str) -> Cue | None:
    ends = [
        (found[-1].end(), -number, cue)
        for number, cue in enumerate(cues)
        if (found := list(cue.printed.finditer(text)))
    ]
    return max(ends, key=lambda entry: entry[:2])[2] if ends else None


def _fitting_base(bases: Sequence[Money], kind: BaseKind) -> Money | None:
    same = [base for base in bases if base.kind == kind]
    near = [base for base in bases if base.kind in _STANDS_FOR[kind]]
    fitting = same or near
    return fitting[-1] if fitting else None


def _result_of(
    sums: Sums, base: Money | None, bases: Sequence[Money], kind: BaseKind
) -> Money | None:
    """What the base has become; a 概算 is what a 估算 becomes."""
    results = [money for money in sums.moneys if money.role == "result"]
    if results:
        return results[-1]
    others = [other for other in bases if other is not base and other.kind == "investment"]
    return others[-1] if others and kind == "estimate" and base is not None else None


def _set_against(share: Share, threshold: Threshold, matter: str) -> Reckoned:
    bound = _bound_value(threshold)
    printed = print_figure(share.figure, lambda value: print_share(value, bound))
    return Reckoned(
        verdict=threshold.bound.weigh(share.figure),
        given=f"{matter}{printed}",
        saying=f"{matter}{printed}",
        missing="" if share.figure.is_exact else "准确的比例",
        is_edge=threshold.bound.is_edge(share.figure),
    )


def _reckon_parts(
    parts: Sequence[Money], base: Money | None, bases: Sequence[Money], threshold: Threshold
) -> Reckoned:
    part = _sum_up(parts)
    name = parts[0].name
    if base is None or not base.figure.value:
        return _miss_base(part, name, bases, threshold)
    notes: tuple[str, ...] = ()
    if len(parts) > 1:
        alone = parts[-1].figure.share_of(base.figure)
        printed = print_figure(alone, lambda value: print_share(value, _bound_value(threshold)))
        notes = (_NOT_SAID, _ALONE.format(part=_print(parts[-1].figure), share=printed))
    sums = [_print(money.figure) for money in parts]
    left = f"（{_PLUS.join(sums)}）" if len(parts) > 1 else sums[0]
    given = f"{base.name}{_print(base.figure)}，{name}{'、'.join(sums)}"
    saying = f"{name}{_print(part)}占{base.name}{_print(base.figure)}的"
    return _compare(part, base, threshold, given, left, saying, notes)


def _reckon_result(base: Money, result: Money, threshold: Threshold) -> Reckoned | None:
    more = result.figure.value - base.figure.value
    if not more or not base.figure.value:
        return None
    high, low = (result, base) if more > 0 else (base, result)
    difference = Figure(
        value=abs(more),
        low=max(high.figure.low - low.figure.high, Fraction(0)),
        high=high.figure.high - low.figure.low,
    )
    change = "增加" if more > 0 else "减少"
    named = result.name if result.name and result.name != base.name else "变为"
    given = f"{base.name}{_print(base.figure)}，{named}{_print(result.figure)}"
    left = f"（{_print(high.figure)}－{_print(low.figure)}）"
    saying = f"{change}{_print(difference)}，占{base.name}{_print(base.figure)}的"
    reckoned = _compare(difference, base, threshold, given, left, saying, ())
    return replace(reckoned, grows=more > 0)


def _compare(
    part: Figure,
    base: Money,
    threshold: Threshold,
    given: str,
    left: str,
    saying: str,
    notes: tuple[str, ...],
) -> Reckoned:
    share = part.share_of(base.figure)
    bound = _bound_value(threshold)
    if base.kind != "investment" and threshold.base and base.name not in threshold.base:
        notes = (*notes, f"这里把{print_money(base.figure.value)}当作{threshold.base}")
    printed = print_figure(share, lambda value: print_share(value, bound)).replace("约约", "约")
    calculation = f"{left}÷{_print(base.figure)}＝{printed}"
    if bound is not None:
        at_bound = base.figure.prefix + print_money(bound * base.figure.value)
        calculation += f"；{base.name}的{threshold.number}为{at_bound}"
    return Reckoned(
        verdict=threshold.bound.weigh(share),
        given=given,
        calculation=calculation,
        saying=f"{saying}{printed}",
        missing="" if share.is_exact else "准确的数额",
        notes=(*notes, *_tell_limit(part, base, threshold)),
        is_edge=threshold.bound.is_edge(share),
    )


def _tell_limit(part: Figure, base: Money, threshold: Threshold) -> tuple[str, ...]:
    """Up to where the bound is kept, where the figures leave that open."""
    bound = _bound_value(threshold)
    share = part.share_of(base.figure)
    if not bound or threshold.bound.high is None or threshold.bound.weigh(share) != "undecided":
        return ()
    if base.figure.is_exact:
        most = print_money(bound * base.figure.value)
        number = threshold.number
        return (f"不超过{most}的，在{number}以内；超过{most}的，在{number}以外",)
    if part.is_exact:
        least = _print_least(part.value / bound)
        return (f"{base.name}不少于{least}的，{_print(part)}不超过其{threshold.number}",)
    return ()


def _miss_base(part: Figure, name: str, bases: Sequence[Money], threshold: Threshold) -> Reckoned:
    bound = _bound_value(threshold)
    base_name = threshold.base or "总投资"
    enough = _print_least(part.value / bound) if bound else ""
    given = f"{name}{_print(part)}"
    note = ""
    if enough and threshold.bound.high is not None:
        note = f"{base_name}不少于{enough}的，{print_money(part.value)}不超过其{threshold.number}"
    other = ""
    if bases:
        given = f"{bases[-1].name}{_print(bases[-1].figure)}，{given}"
        other = f"条文以{base_name}为基数，{bases[-1].name}不能代替"
    return Reckoned(
        verdict="undecided",
        given=given,
        calculation=f"{print_money(part.value)}÷{threshold.number}＝{enough}" if enough else "",
        saying=f"只知道{given}",
        missing=base_name,
        notes=tuple(note for note in (other, note) if note),
    )


def _print_least(yuan: Fraction) -> str:
    """A least sum, rounded up to the yuan where it has no end."""
    whole = Fraction(ceil(yuan))
    return print_money(yuan) if whole == yuan else f"约{print_money(whole)}"


def _reckon_limit(base: Money, threshold: Threshold) -> Reckoned | None:
    bound = _bound_value(threshold)
    if bound is None:
        return None
    limit = base.figure.prefix + print_money(bound * base.figure.value)
    given = f"{base.name}{_print(base.figure)}"
    return Reckoned(
        verdict="undecided",
        given=given,
        calculation=f"{_print(base.figure)}×{threshold.number}＝{limit}",
        saying=f"{given}的{threshold.number}是{limit}",
        missing="",
    )


def _sum_up(parts: Sequence[Money]) -> Figure:
    if len(parts) == 1:
        return parts[0].figure
    return Figure(
        value=sum((part.figure.value for part in parts), Fraction(0)),
        low=sum((part.figure.low for part in parts), Fraction(0)),
        high=sum((part.figure.high for part in parts), Fraction(0)),
    )


def _bound_value(threshold: Threshold) -> Fraction | None:
    """The number of a bound with one side; None where it has two."""
    bound = threshold.bound
    if bound.low is not None and bound.high is not None:
        return None
    return bound.high if bound.high is not None else bound.low


def _print(figure: Figure) -> str:
    return print_figure(figure, print_money)
