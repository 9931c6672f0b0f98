"""CheckResults -> a workbook: one row a file, all findings, and the list of what to mend."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

from checkers.finding import TOPICS, CheckResult, RuleFinding, Severity, TopicFinding
from checkers.list_rectifications import URGENCY_NAMES, Urgency, list_rectifications
from checkers.place_chapter import name_topic_places
from checkers.render_badge import (
    NOT_A_REPORT,
    SEVERITY_NAMES,
    Badge,
    choose_badge,
    name_badge,
    name_evidence,
    name_outcome,
    name_rule_places,
)
from checkers.verdict_names import LEVEL_NAMES, summarize_result

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_000
"""Characters; Excel takes 32,767."""
TOPIC_COLUMNS = ("信息资源共享", "网络安全", "密码应用", "人工智能应用")
SUMMARY_COLUMNS = (
    ("序号", 6), ("文件", 34), ("题名", 34), ("检查口径", 12), ("结论", 10),
    *((name, 14) for name in TOPIC_COLUMNS),
    ("不符合", 8), ("可能不符合", 11), ("提示", 7), ("说明", 60),
)  # fmt: skip
FINDING_COLUMNS = (
    ("序号", 6), ("文件", 28), ("检查项", 22), ("要求", 10), ("结论", 12), ("位置", 30),
    ("说明", 48), ("缺少部分", 22), ("条文", 60), ("需人工复核", 28),
)  # fmt: skip
TODO_COLUMNS = (
    ("完成", 6), ("文件", 22), ("轻重", 11), ("事项", 18), ("结论", 12), ("位置", 22),
    ("问题", 30), ("怎么改", 52), ("依据", 28), ("责任人", 10), ("完成时间", 11),
)  # fmt: skip
FILLS: dict[Badge | Severity, tuple[str, str]] = {
    "present": ("#DDF1E4", "#1D7A46"),
    "subsection": ("#FCEBCF", "#8A5200"),
    "incomplete": ("#FCEBCF", "#8A5200"),
    "warning": ("#FCEBCF", "#8A5200"),
    "empty": ("#F8D9D6", "#B3261E"),
    "missing": ("#F8D9D6", "#B3261E"),
    "error": ("#F8D9D6", "#B3261E"),
    "unreadable": ("#E3E7EC", "#4A5562"),
    "unregulated": ("#E3E7EC", "#4A5562"),
    "note": ("#E3E7EC", "#4A5562"),
}
"""Background and text colour, the same as in the other outputs."""
URGENCY_KINDS: dict[Urgency, Badge | Severity] = {
    "must": "error",
    "should": "warning",
    "confirm": "note",
}
_NOT_A_REPORT_REMEDY = "确认是否可行性研究报告；如果是，各项结论见“全部结论”。"
Cell = tuple[str | int, Badge | Severity | None]


def write_workbook(results: Sequence[CheckResult]) -> bytes:
    """The workbook as bytes; rows are in the order of the results."""
    # Loaded here, since only this output needs it.
    from xlsxwriter.workbook import Workbook

    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": "可行性研究报告检查汇总", "author": "政信"})
    formats = _Formats(book)
    numbered = tuple(enumerate(results, 1))
    summary = [_list_file(number, result) for number, result in numbered]
    findings = [row for number, result in numbered for row in _list_findings(number, result)]
    todo = [row for result in results for row in _list_todo(result)]
    _write_sheet(book.add_worksheet("汇总"), SUMMARY_COLUMNS, summary, formats)
    _write_sheet(book.add_worksheet("全部结论"), FINDING_COLUMNS, findings, formats)
    _write_sheet(book.add_worksheet("整改清单"), TODO_COLUMNS, todo, formats)
    book.close()
    return stream.getvalue()


class _Formats:
    """The formats of one workbook, made when first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._add: Callable[[dict[str, object]], Format] = book.add_format
        self._made: dict[Badge | Severity | None, Format] = {}
        frame: dict[str, object] = {"border": 1, "border_color": "#D9DFE6", "text_wrap": True}
        self._frame = {**frame, "valign": "top", "font_name": "宋体", "font_size": 10}
        self.header = self._add(
            {
                **self._frame,
                "bold": True,
                "bg_color": "#1F4E8C",
                "font_color": "#FFFFFF",
                "valign": "vcenter",
            }
        )

    def pick(self, kind: Badge | Severity | None) -> Format:
        """The format of a cell that shows a verdict, or of plain text."""
        if kind not in self._made:
            colours: dict[str, object] = {}
            if kind is not None:
                fill, ink = FILLS[kind]
                colours = {"bg_color": fill, "font_color": ink, "bold": True}
            self._made[kind] = self._add({**self._frame, **colours})
        return self._made[kind]


def _write_sheet(
    sheet: Worksheet,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Cell]],
    formats: _Formats,
) -> None:
    for index, (name, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, name, formats.header)
    for number, row in enumerate(rows, 1):
        for index, (value, kind) in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, index, value, formats.pick(kind))
            else:
                sheet.write_string(number, index, value[:LONGEST_CELL], formats.pick(kind))
    sheet.set_row(0, 22)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _list_file(number: int, result: CheckResult) -> list[Cell]:
    word, kind = name_outcome(result)
    topics = {finding.topic: finding for finding in result.topics}
    verdicts: list[Cell] = [
        (name_badge(topics[topic]), choose_badge(topics[topic])) if topic in topics else ("", None)
        for topic in TOPICS
    ]
    counts: list[Cell] = [
        _count_findings(result, severity) for severity in ("error", "warning", "note")
    ]
    remark = " ".join([summarize_result(result), *result.notes])
    head: list[Cell] = [(number, None), (result.file, None), (result.title, None)]
    return [*head, (result.profile_name, None), (word, kind), *verdicts, *counts, (remark, None)]


def _count_findings(result: CheckResult, severity: Severity) -> Cell:
    count = sum(finding.severity == severity for finding in result.findings)
    return count, severity if count else None


def _list_findings(number: int, result: CheckResult) -> list[list[Cell]]:
    name = _name_file(result)
    if result.error is not None and not result.topics:
        unread: list[Cell] = [(number, None), (name, None), ("读取文件", None), ("", None)]
        unread += [("未读成", "unreadable"), ("", None), (result.error.message, None)]
        return [unread + [("", None)] * 3]
    rows = [_list_topic(number, name, finding, result) for finding in result.topics]
    return rows + [_list_rule(number, name, finding) for finding in result.findings]


def _list_topic(number: int, name: str, finding: TopicFinding, result: CheckResult) -> list[Cell]:
    return [
        (number, None),
        (name, None),
        (finding.name, None),
        (LEVEL_NAMES[finding.level], None),
        (name_badge(finding), choose_badge(finding)),
        ("\n".join(name_topic_places(finding, result)), None),
        (finding.evidence, None),
        ("、".join(finding.missing), None),
        (_quote(finding) or finding.requirement, None),
        (finding.needs_person or "", None),
    ]


def _list_rule(number: int, name: str, finding: RuleFinding) -> list[Cell]:
    problem = "\n".join(filter(None, (finding.message, name_evidence(finding))))
    return [
        (number, None),
        (name, None),
        (finding.name, None),
        ("", None),
        (SEVERITY_NAMES[finding.severity], finding.severity),
        ("\n".join(name_rule_places(finding)), None),
        (problem, None),
        ("", None),
        (_quote(finding), None),
        ("", None),
    ]


def _list_todo(result: CheckResult) -> list[list[Cell]]:
    """What is to be done; of what is no report, only to say whether it is one."""
    name = _name_file(result)
    if name_outcome(result)[0] == NOT_A_REPORT:
        texts = (NOT_A_REPORT, "", result.report_evidence, _NOT_A_REPORT_REMEDY, "", "", "")
        head: list[Cell] = [("□", None), (name, None), (URGENCY_NAMES["confirm"], "note")]
        return [[*head, ("文种", None), *((text, None) for text in texts)]]
    return [
        [
            ("□", None),
            (name, None),
            (URGENCY_NAMES[part.urgency], URGENCY_KINDS[part.urgency]),
            (part.name, None),
            (part.status, part.kind),
            ("\n".join(part.places), None),
            (part.problem, None),
            ("\n".join(filter(None, (part.remedy, *_number(part.steps)))), None),
            ("\n".join(part.basis), None),
            ("", None),
            ("", None),
        ]
        for part in list_rectifications(result)
    ]


def _number(steps: Sequence[str]) -> list[str]:
    return [f"{count}. {step}" for count, step in enumerate(steps, 1)]


def _name_file(result: CheckResult) -> str:
    """The name of the file, for a report in an archive with the path inside."""
    path = PurePath(result.file)
    archive = next((part for part in path.parents if part.suffix.lower() == ".zip"), None)
    return path.name if archive is None else str(path.relative_to(archive.parent))


def _quote(finding: TopicFinding | RuleFinding) -> str:
    return "\n".join(f"{part.label}“{part.quote}”" for part in finding.citations)
