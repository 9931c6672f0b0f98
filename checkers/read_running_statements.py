"""Running text -> what it says in passing of the project's name and of who builds it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checkers.index_report import ReportIndex
from checkers.join_bodies import REPORT_SUFFIX
from checkers.read_statements import FIRST_CHAPTERS, OTHER_PROJECTS, Statement

# 竹林县…: with the place in front a name or an office can't be a part (数据平台, 信息中心).
PLACE = r"(?![全各本我该])[\u4e00-\u9fff]{1,6}?[省市县区州旗盟镇乡]"
NAME = rf"[“\"《]?({PLACE}[^()“”\"《》,;:。\s]{{2,40}}?(?:项目|平台|系统|工程))[”\"》]?"
# Patterns that begin with plain characters are found fast in a long text.
LABELLED_NAME = re.compile(r"项目(?<![\u4e00-\u9fff]项目)[全的]?名称[:为]\s*([^:。;,\n\t]{4,60})")
# As in 本项目(竹林县智慧粮库建设项目).
SELF_NAME = re.compile(rf"[本该](?:项目|工程|平台|系统)\({NAME}\)")
# As in 竹林县智慧粮库建设项目(以下简称“本项目”).
SHORT_FORM = re.compile(r"\((?:以下)?简称[“\"]?(?:本?项目|本?工程|本平台|本系统)")
NAMED_SHORT = re.compile(rf"(?:^|[,;:。\s]){NAME}$", re.MULTILINE)
LONGEST_NAME = 60
OFFICE = (
    rf"{PLACE}[\u4e00-\u9fff]{{1,18}}?"
    r"(?:局|委员会|委|办公室|办|中心|院|馆|站|所|厅|政府|集团|公司|大学|学校|联合会|总队|支队|大队)"
)
OWNER = re.compile(
    rf"建设单位(?<![原各参共建]建设单位)(?:名称)?\s*(?:为|是|即|:)?\s*({OFFICE})"
    r"(?=$|[。,;:()\s]|负责|承担|组织|统筹|牵头|委托|将|应|具体|按|作为|主管|成立|安排)",
    re.MULTILINE,
)
# What a sentence says of another project or an earlier phase is no statement on this one.
OTHER_BEFORE = re.compile(
    r"已建|原(?:有|由|先|项目)|前期|同类|[一二三四]期|上期|案例|此前|曾|借鉴|参照|类似"
)
SENTENCE_ENDS = "。;\n"


def read_running_names(index: ReportIndex) -> Iterator[Statement]:
    """Names that sentences give the project: labelled ones in front, 本项目(…) anywhere."""
    text = index.report.plain
    for statement in _state_all(index, LABELLED_NAME.finditer(text)):
        if statement.path and statement.path[0] in index.report.chapters[:FIRST_CHAPTERS]:
            yield statement
    yield from _state_all(index, SELF_NAME.finditer(text))
    yield from _state_all(index, _find_named_short(text))


def read_running_owners(index: ReportIndex) -> Iterator[Statement]:
    """Offices that sentences call 建设单位."""
    yield from _state_all(index, OWNER.finditer(index.report.plain))


def _find_named_short(text: str) -> Iterator[re.Match[str]]:
    """Full names ahead of a short form; looking for the bracket first is what makes it fast."""
    for short in SHORT_FORM.finditer(text):
        name = NAMED_SHORT.search(text, max(0, short.start() - LONGEST_NAME), short.start())
        if name:
            yield name


def _state_all(index: ReportIndex, matches: Iterator[re.Match[str]]) -> Iterator[Statement]:
    text = index.report.plain
    for match in matches:
        path = index.path_at(match.start(1))
        start = max(text.rfind(end, 0, match.start(1)) for end in SENTENCE_ENDS) + 1
        if any(OTHER_PROJECTS.search(part.title) for part in path):
            continue
        if OTHER_BEFORE.search(text, start, match.start(1)):
            continue
        value = REPORT_SUFFIX.sub("", match[1].strip().strip('“”"《》')) or match[1]
        place = index.block_at(match.start(1)).place
        yield Statement(value=value, text=value, path=path, place=place)
