"""What changed between two versions of a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Trend = Literal["better", "same", "worse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that an earlier check, this one, or both found wanting.

    Attributes:
        name: of the topic or of the rule, in Chinese.
        before: what the earlier check said; empty where it found nothing.
        after: what this check says; empty where it found nothing.
        topic: id of the topic; None for a rule beside the topics.
        rule: id of the rule; None for a topic.
        trend: whether this check is kinder than the earlier one; for a rule's finding that is
            still open, ``same``.
    """

    name: str
    before: str
    after: str
    trend: Trend = "same"
    topic: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All changes since an earlier version.

    Attributes:
        previous: name of the earlier file.
        mended: found then, no more now.
        open: found then and now.
        new: found only now.
        warning: a Chinese sentence where the two seem to be different projects; else empty.
    """

    previous: str
    warning: str = ""
    mended: tuple[Change, ...] = ()
    open: tuple[Change, ...] = ()
    new: tuple[Change, ...] = ()
