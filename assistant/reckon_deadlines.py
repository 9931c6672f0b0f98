"""Day of a question, deadline of a provision -> in time or too late, and by how many days."""

from __future__ import annotations

import re
from datetime import date

from assistant.read_days import Days, GivenDay, print_day, print_days
from assistant.read_deadlines import Deadline, days_between
from assistant.read_thresholds import Verdict, read_thresholds
from assistant.reckon_shares import Reckoned
from assistant.scenario_words import asked_names, load_scenario_words, printed_names

# "Now" is a day to be judged only where the question is whether there is still time.
_ASKS_STILL = re.compile("还|能|可以|行不|行吗|晚|迟|来得及|来不及|赶|过了")
_FILING = "申报"
_CLOCK_WORDS = frozenset({"现在", "眼下", "目前", "这会儿", "如今"})


def reckon_deadline(days: Days, deadline: Deadline, question: str) -> Reckoned | None:
    """Set the day of the question against a deadline; None where it is one for something else."""
    asked = [day for day in days.days if _is_asked(day, question)]
    if not asked or not is_same_action(deadline, question):
        return None
    day = asked[-1]
    last_day = deadline.last_day(deadline.year or day.first.year)
    verdict, doubt = _weigh(day, last_day, deadline)
    printed = print_days(day.first, day.last)
    return Reckoned(
        verdict=verdict,
        given=f"{'今天是' if day.is_today else ''}{printed}",
        calculation=_print_distance(verdict, day, last_day),
        saying=printed,
        missing="" if doubt else "具体的日期",
        notes=tuple(note for note in (doubt, *_notes(verdict, deadline, last_day)) if note),
    )


def _is_asked(day: GivenDay, question: str) -> bool:
    if day.events or (day.actions and _FILING not in day.actions):
        return False
    return day.printed not in _CLOCK_WORDS or bool(_ASKS_STILL.search(question))


def is_same_action(deadline: Deadline, question: str) -> bool:
    """Whether both are about filing; a day by which a share has to be reached is no such one."""
    if any(threshold.kind == "share" for threshold in read_thresholds(deadline.sentence)):
        return False
    actions = load_scenario_words().actions
    asked = asked_names(actions, question)
    return bool(asked & printed_names(actions, deadline.right))


def _weigh(day: GivenDay, last_day: date, deadline: Deadline) -> tuple[Verdict, str]:
    if deadline.is_doubtful_on_the_day and day.first == day.last == last_day:
        doubt = f"条文写“{deadline.printed}”，当天算不算在内没有写明，宜提前一天或先问受理部门"
        return "undecided", doubt
    if day.last <= last_day:
        return "inside", ""
    return ("outside" if day.first > last_day else "undecided"), ""


def _print_distance(verdict: Verdict, day: GivenDay, last_day: date) -> str:
    until = print_day(last_day)
    if day.last == last_day:
        return f"{until}为最后一天"
    if verdict == "inside":
        return f"到{until}还有{days_between(day.last, last_day)}天"
    if verdict == "outside":
        least = "" if day.first == day.last else "至少"
        return f"截止{until}，已过{least}{days_between(last_day, day.first)}天"
    return f"截止日为{until}"


def _notes(verdict: Verdict, deadline: Deadline, last_day: date) -> list[str]:
    notes = []
    if deadline.is_literal:
        notes.append(f"“{deadline.printed}”按字面即{print_day(last_day)}以前")
    if verdict == "undecided" and not deadline.is_doubtful_on_the_day:
        notes.append(f"{print_day(last_day)}以前为期限以内，此后为逾期")
    return notes
