"""Changes since an earlier version -> titles and lines for people, the same in every output."""

from __future__ import annotations

from dataclasses import dataclass

from checkers.change import Change, Changes
from checkers.verdict_names import VERDICT_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """Changes of one kind: its Chinese title and a line for each."""

    kind: str
    title: str
    lines: tuple[str, ...]


def summarize_changes(changes: Changes) -> str:
    """One Chinese sentence on all changes, behind a warning where there is one."""
    return changes.warning + _count_changes(changes)


def _count_changes(changes: Changes) -> str:
    worse = sum(change.trend == "worse" for change in changes.open)
    aside = f"（其中{worse}项比上一版更差）" if worse else ""
    if not (changes.mended or changes.open or changes.new):
        return f"与“{changes.previous}”相比，两版都没有发现需要整改的内容。"
    return (
        f"与“{changes.previous}”相比，已整改{len(changes.mended)}项，"
        f"仍未解决{len(changes.open)}项{aside}，新出现{len(changes.new)}项。"
    )


def group_changes(changes: Changes) -> tuple[ChangeGroup, ...]:
    """The groups that have any changes: what is new first, what is mended last."""
    groups = (
        ChangeGroup(kind="new", title="新出现", lines=_word(changes.new)),
        ChangeGroup(kind="open", title="仍未解决", lines=_word(changes.open)),
        ChangeGroup(kind="mended", title="已整改", lines=_word(changes.mended)),
    )
    return tuple(group for group in groups if group.lines)


def _word(changes: tuple[Change, ...]) -> tuple[str, ...]:
    return tuple(f"{change.name}：{_word_step(change)}" for change in changes)


def _word_step(change: Change) -> str:
    if change.before == change.after:
        return change.after
    if change.topic is None:
        return change.after or change.before
    step = " → ".join(part for part in (change.before, change.after) if part)
    is_open = change.before and change.after
    remark = {"better": "，有改进", "worse": "，比上一版更差", "same": ""}[change.trend]
    return step + remark if is_open and change.after != VERDICT_NAMES["present"] else step
