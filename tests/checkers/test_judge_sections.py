"""One chapter or section of its own hand in a plain report: all four verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from checkers.check_report import check_outline
from checkers.load_rules import Rules
from checkers.outline_notation import parse_outline
from corpus.library import Library

SECTIONS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("sections.yaml").read_text(encoding="utf-8")
)
PLACES = {1: "# 第三章 ", 2: "## 2.3 "}
REPORT = """
@title 某县某某项目可行性研究报告
# 第一章 项目概述
项目建设周期十二个月。
# 第二章 建设方案
建设三个子系统，服务窗口四十个。
{place}{heading}
{body}
# 第九章 投资估算
总投资三百万元。
"""


@pytest.mark.parametrize(
    "section", [pytest.param(part, id=f"{part['heading']}:{part['body'][:8]}") for part in SECTIONS]
)
def test_heading_and_body_together_decide(
    section: dict[str, Any], library: Library, rules: Rules
) -> None:
    text = REPORT.format(
        place=PLACES[section["depth"]], heading=section["heading"], body=section["body"].strip()
    )
    result = check_outline(parse_outline(text), profile="xiangxi", library=library, rules=rules)
    wrong = {
        finding.topic: (finding.verdict, finding.evidence)
        for finding in result.topics
        if finding.verdict not in allow(section["verdicts"].get(finding.topic, "missing"))
    }
    assert not wrong


def allow(verdict: str | list[str]) -> list[str]:
    return [verdict] if isinstance(verdict, str) else verdict
