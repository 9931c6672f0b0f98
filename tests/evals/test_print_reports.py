from __future__ import annotations

import re
from io import StringIO

from rich.console import Console

from checkers.finding import TOPICS
from evals.eval_result import EvalResult
from evals.print_reports import build_report_tables, target_group
from evals.render_report_scores import render_reports
from evals.score_reports import (
    REPORT_MEASURES,
    JudgedTopic,
    ReportRun,
    ScoredReport,
    SkippedReport,
)

WRONG_EVIDENCE = "只有一行目录"


def make_report(name: str, got: str, *, part: str = "working", group: str = "docx") -> ScoredReport:
    """A trap on cryptography in a report that is well otherwise."""
    topics = tuple(
        JudgedTopic(
            topic=topic,
            accepted=frozenset({"missing" if topic == "crypto" else "present"}),
            got=got if topic == "crypto" else "present",
            is_trap=topic == "crypto",
            is_touched=topic == "crypto",
        )
        for topic in TOPICS
    )
    return ScoredReport(
        case_id=name,
        part=part,  # type: ignore[arg-type]
        rows={
            "profile": ("xichuan",),
            "group": (group,),
            "format": (group,),
            "make": ("styled",),
            "mutation": ("contents_trap", *(["scan"] if group == "scan" else [])),
            "base": ("county_platform",),
        },
        topics=topics,
        is_report=(True, True),
        evidence={"crypto": WRONG_EVIDENCE},
        milliseconds=1.0,
    )


RESULT = EvalResult(
    parts=("working", "measured"),
    reports=ReportRun(
        scored=(
            make_report("w-1", "present"),
            make_report("w-2", "missing"),
            make_report("w-3", "missing", group="scan"),
            make_report("m-1", "present", part="measured"),
        ),
        crashed=(),
        skipped=(SkippedReport(case_id="w-4", part="working", group="other", missing=("office",)),),
    ),
)


def print_tables() -> str:
    shown = StringIO()
    console = Console(file=shown, width=140)
    for table in build_report_tables(RESULT):
        console.print(table)
    return shown.getvalue()


def read_rows(text: str, title: str) -> list[list[str]]:
    """The rows of the table whose title begins so, cell by cell."""
    lines = text[text.index(title) :].splitlines()
    end = next(place for place, line in enumerate(lines) if line.startswith("└"))
    return [
        [cell.strip() for cell in line.strip("│").split("│")]
        for line in lines[:end]
        if line.startswith("│")
    ]


def test_the_table_by_format_group_counts_cases_skipped_ones_and_traps() -> None:
    text = print_tables()
    docx, scan, other = read_rows(text, "报告检查 working：按格式组")
    assert docx[:3] == ["docx", "2", "—"]
    assert docx[-2].split() == ["1/2"]
    assert scan[-2].split() == ["0/1"]
    assert other[:3] == ["其他格式 other", "0", "1"]
    assert "本机缺少：office" in text


def test_the_table_by_mutation_counts_the_topics_that_it_is_about() -> None:
    rows = {row[0]: row[1:] for row in read_rows(print_tables(), "报告检查：变异所涉主题")}
    # present twice, missing twice, over both parts
    assert rows["contents_trap"] == ["2/3 | 0/1", "2", "—", "—", "—", "2", "—"]
    # what was done to the file is about all topics
    assert rows["扫描件 scan"][0] == "4/4 | 0/0"


def test_each_part_has_a_confusion_table_by_topic_and_by_format_group() -> None:
    text = print_tables()
    rows = read_rows(text, "判定对照 working：按主题")
    crypto = next(place for place, row in enumerate(rows) if row[0].endswith("crypto"))
    assert rows[crypto][1:] == ["missing", "1", "—", "—", "—", "2", "—"]
    assert read_rows(text, "判定对照 measured：按格式组")[0][:3] == ["docx", "present", "3"]


def test_a_format_group_has_the_target_of_the_issue() -> None:
    recall = next(measure for measure in REPORT_MEASURES if measure.key == "present_recall")
    targets = [
        target_group(group, recall).target for group in ("docx", "text_pdf", "scan", "other")
    ]
    assert targets == [1.0, 0.98, 0.95, None]
    verdicts = next(measure for measure in REPORT_MEASURES if measure.key == "verdicts")
    assert target_group("other", verdicts).target == 0.96


def test_the_page_shows_the_same_tables() -> None:
    page = render_reports(RESULT)
    captions = re.findall(r"<caption>(.*?)</caption>", page)
    assert {"按格式组 working", "变异所涉主题（判定为各部分合计）", "判定对照 working：docx"} <= {
        *captions
    }
    assert "2/3" in page
    assert "本机缺少：office" in page


def test_the_page_tells_of_a_measured_fault_by_id_alone() -> None:
    page = render_reports(RESULT)
    assert page.count(WRONG_EVIDENCE) == 1  # that of w-1
    assert "m-1" in page
