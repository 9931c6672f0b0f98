"""Printed sums of money -> amounts that can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

NUMBER = r"\d[\d,]*(?:\.\d+)?"
UNITS = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}
"""In 万元."""
UNIT = re.compile(r"[(（:：]\s*(?:人民币)?\s*(亿元|万元|元)")
APPROXIMATE_SHARE = Decimal("0.03")
"""How far two sums may lie apart where one of them is only said to be about so much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum in 万元.

    Attributes:
        step: what one in its last digit is worth.
        about: whether the text says 约.
    """

    value: Decimal
    step: Decimal
    about: bool = False

    def agrees(self, other: Amount) -> bool:
        """Whether the two can be the same sum, rounded differently."""
        apart = abs(self.value - other.value)
        if self.about or other.about:
            return apart <= APPROXIMATE_SHARE * max(self.value, other.value)
        # Writers cut digits off as often as they round.
        return apart < max(self.step, other.step) or apart == 0


def read_amount(number: str, unit: str, *, about: bool = False) -> Amount:
    """The amount of a number as printed (1,286.50) and its unit (元, 万元, 亿元)."""
    plain = number.replace(",", "")
    digits = len(plain.partition(".")[2])
    worth = UNITS[unit]
    return Amount(value=Decimal(plain) * worth, step=Decimal(10) ** -digits * worth, about=about)
