"""What every mutation is given beside the report and the argument of its step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from evals.reports.load_bases import TextsOfSubset
from evals.reports.report_tree import TOPICS, Report, Topic

TOPIC_NAMES: dict[Topic, str] = {
    "sharing": "信息资源共享",
    "security": "网络安全",
    "crypto": "密码应用",
    "ai": "人工智能应用",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What a mutation may draw from: texts of the report's own part, and a seeded generator."""

    texts: TextsOfSubset
    random: Random


Mutation = Callable[[Report, str, Workshop], Report]


def read_topic(argument: str) -> Topic:
    """The argument of a step as a topic.

    Raises:
        ValueError: there is no such topic.
    """
    if argument not in TOPIC_NAMES:
        raise ValueError(f"unknown topic {argument!r}; allowed: {', '.join(TOPICS)}")
    return argument
