"""The whole way from a file to its result, and what kind of document it is."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from docx import Document

from checkers.check_report import check_outline, check_report
from checkers.load_rules import ProfileUnknown, Rules
from checkers.outline import Outline
from checkers.outline_notation import parse_outline
from checkers.tell_feasibility_report import tell_feasibility_report
from corpus.library import Library


def write_report(path: Path) -> Path:
    document = Document()
    document.add_heading("项目概述", 1)
    document.add_paragraph("建设排水监测平台。")
    document.add_heading("网络安全", 1)
    document.add_paragraph("等保二级，部署防火墙、日志审计和堡垒机，每年测评一次，每日备份。")
    document.add_heading("投资估算", 1)
    document.add_paragraph("三百万元。")
    document.save(str(path))
    return path


def test_a_docx_report_is_read_and_checked(tmp_path: Path, library: Library, rules: Rules) -> None:
    path = write_report(tmp_path / "报告.docx")
    result = check_report(path, profile="xichuan", library=library, rules=rules)
    assert result.error is None
    assert (result.file, result.kind, result.profile) == ("报告.docx", "docx", "xichuan")
    assert [finding.verdict for finding in result.topics] == [
        "missing",
        "present",
        "missing",
        "missing",
    ]
    assert result.milliseconds > 0


def test_a_file_that_is_no_report_at_all_gives_an_error(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    path = tmp_path / "空.docx"
    path.write_bytes(b"")
    result = check_report(path, library=library, rules=rules)
    assert result.error is not None
    assert result.error.code == "empty_file"
    assert result.topics == ()
    assert result.exit_code == 2


def test_an_unknown_profile_is_refused_before_the_file_is_read(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    with pytest.raises(ProfileUnknown):
        check_report(tmp_path / "absent.docx", profile="nowhere", library=library, rules=rules)


def test_a_wholly_scanned_file_is_unreadable_not_missing(library: Library, rules: Rules) -> None:
    outline = Outline(kind="pdf", pages=3, unread_pages=(1, 2, 3))
    result = check_outline(outline, library=library, rules=rules)
    assert {finding.verdict for finding in result.topics} == {"unreadable"}
    assert result.error is not None
    assert result.exit_code == 2


def test_a_document_without_sections_says_so(library: Library, rules: Rules) -> None:
    result = check_outline(parse_outline("只有一段话。"), library=library, rules=rules)
    assert any("没有认出任何章节标题" in note for note in result.notes)
    assert not result.is_feasibility_report


@pytest.mark.parametrize(
    ("text", "is_report"),
    [
        ("@title 某县平台项目可行性研究报告\n# 项目概述\n# 投资估算", True),
        # No title could be read; the chapters tell.
        ("# 总论\n# 需求分析\n# 建设方案\n# 投资估算\n# 效益分析", True),
        ("@title 某县平台初步设计方案\n# 概述\n# 需求分析\n# 总体设计\n# 概算", True),
        # The project is about contracts; the document is a report.
        ("@title 合同管理系统项目可行性研究报告\n# 概述\n# 必要性\n# 投资估算", True),
        ("@title 某系统采购合同\n# 合同价款\n# 付款方式\n# 违约责任", False),
        ("@title 某项目验收报告\n# 项目概况\n# 建设内容完成情况\n# 验收结论", False),
        ("@title 某市数据管理办法\n# 总则\n# 项目管理\n# 资金管理\n# 附则", False),
        ("@title 某平台用户手册\n# 概述\n# 登录系统\n# 常见问题", False),
        # A title alone is not a report.
        ("@title 某县平台项目可行性研究报告\n正文缺失。", False),
    ],
)
def test_a_feasibility_report_is_told_from_its_title_and_chapters(
    text: str, is_report: bool, rules: Rules
) -> None:
    kind = tell_feasibility_report(parse_outline(text), rules.marks.file.report)
    assert kind.is_feasibility_report is is_report, kind.evidence


def test_a_document_of_another_kind_is_checked_all_the_same(library: Library, rules: Rules) -> None:
    outline = parse_outline("@title 运维合同\n# 合同价款\n十万元。\n# 违约责任\n千分之三。")
    result = check_outline(outline, library=library, rules=rules)
    assert len(result.topics) == 4
    assert any("不是可行性研究报告" in note for note in result.notes)


def test_the_collector_runs_again_after_a_check(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    check_report(tmp_path / "absent.docx", library=library, rules=rules)
    assert gc.isenabled()
