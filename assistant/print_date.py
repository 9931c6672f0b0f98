"""Date -> as people write it: 2027年8月28日."""

from __future__ import annotations

from datetime import date


def print_date(day: date) -> str:
    """The day in Chinese."""
    return f"{day.year}年{day.month}月{day.day}日"
