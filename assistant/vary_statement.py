"""Other ways of putting a statement or a provision that say the same, for the search to try."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.paraphrase_rules import load_paraphrase_rules

_BODY = r"[^,。;:\n]{2,24}?(?:局|委|办|办公室|中心|小组|部门|单位|政府)"
# 预算管理由县财政局负责: 县财政局负责预算管理.
_PASSIVE = re.compile(
    rf"(?P<what>[^,。;:\n]{{2,40}}?)(?:应当|应|是|须)?由(?P<who>{_BODY})(?:来)?负责[。]?"
)
_MUST = "(?P<must>应当|应该|应|须|需|要|必须)"
# 建设单位应当在建成6个月内组织验收: 建成6个月内,建设单位应当组织验收; and the other way round.
_TIME_INSIDE = re.compile(
    rf"(?P<who>[^,。;:\n]{{2,16}}?(?:单位|部门)){_MUST}(?:在|于)(?P<time>[^,。;:\n]{{3,30}}?(?:内|前|后))"
    r"(?P<what>[^,].*)"
)
_TIME_BEFORE = re.compile(
    rf"(?:在|于)?(?P<time>[^,。;:\n]{{3,30}}?(?:内|前|后)),(?P<who>[^,。;:\n]{{2,16}}?(?:单位|部门)){_MUST}(?P<what>.+)"
)
# 验收需要A、B等材料: 验收材料包括A、B等.
_NEEDED = re.compile(
    r"(?P<what>[^,。;:\n]{2,24}?)(?:时)?(?:需要|需|要|应当|应)(?:提交|提供|准备)?"
    r"(?P<list>[^,。;:\n]*、[^,。;:\n]*?)(?P<rest>等)?(?P<kind>材料|资料|文件)?。?"
)
_LABEL = re.compile(r"^[(][一二三四五六七八九十]+[)]")


def vary_statement(folded: str) -> Iterator[str]:
    """The statement as it is, and in the active voice where it is in the passive."""
    yield folded
    if (found := _PASSIVE.fullmatch(folded)) is not None:
        yield f"{found['who']}负责{found['what']}。"
    if (found := _TIME_INSIDE.fullmatch(folded)) is not None:
        yield f"{found['time']},{found['who']}{found['must']}{found['what']}"
    if (found := _TIME_BEFORE.fullmatch(folded)) is not None:
        yield f"{found['who']}{found['must']}在{found['time']},{found['what']}"
    if (found := _NEEDED.fullmatch(folded)) is not None:
        yield f"{found['what']}{found['kind'] or '材料'}包括{found['list']}{found['rest'] or ''}。"


def vary_provision(folded: str) -> Iterator[str]:
    """The provision as it is, and its items one by one, each put in where the list is announced.

    ``有下列情形之一的，不予安排：(一)未完成`` says ``未完成的，不予安排``; only where any one of
    the items is enough.
    """
    yield folded
    lines = folded.split("\n")
    header = ""
    for line in lines:
        label = _LABEL.match(line)
        if label is None:
            header = line if line.endswith(":") else ""
        elif header and (announced := _find_announcement(header)) is not None:
            item = line[label.end() :].rstrip(";。")
            tail = "," if announced.group().endswith((",", "的", ":")) else ""
            put = item.removesuffix("的") + "的"
            start, rest = header[: announced.start()], header[announced.end() :].lstrip(",")
            yield f"{start}{put}{tail}{rest.rstrip(':')}。"


def _find_announcement(header: str) -> re.Match[str] | None:
    """Where a list is announced any one of whose entries is enough."""
    return load_paraphrase_rules().any_of.search(header)
