"""Findings -> what the comments in the author's document say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checkers.finding import CheckResult, RuleFinding, TopicFinding
from checkers.render_badge import SEVERITY_NAMES, count_findings, list_advice, name_badge
from checkers.verdict_names import LEVEL_NAMES, summarize_result
from corpus.citation import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentText:
    """The text of a comment: a bold first line and the lines below it."""

    title: str
    lines: tuple[str, ...] = ()


NO_SKELETON = "这份文件看来不是可行性研究报告，没有插入写作提纲。"


def word_summary(result: CheckResult, *, without_skeleton: bool = False) -> CommentText:
    """The comment at the head of the document."""
    return CommentText(
        title=f"可行性研究报告检查（{result.profile_name}）",
        lines=(
            summarize_result(result),
            *([f"其他检查：{counted}。"] if (counted := count_findings(result)) else []),
            *result.notes,
            *([NO_SKELETON] if without_skeleton else []),
            "批注由规则自动生成，条文引文逐字取自办法原文；改完后可删除批注，再检查一次。",
        ),
    )


def word_topic(finding: TopicFinding, *, where: str = "") -> CommentText:
    """The comment on one topic; ``where`` says where a missing chapter belongs."""
    lines = [where, finding.evidence]
    if finding.missing:
        lines.append(f"缺少部分：{'、'.join(finding.missing)}")
    lines += _word_basis(finding.citations)
    advice = list_advice(finding)
    if advice:
        lines += [f"建议：{advice[0]}", *advice[1:]]
    if finding.needs_person:
        lines.append(f"需人工复核：{finding.needs_person}")
    title = f"【{name_badge(finding)}】{finding.name}（{LEVEL_NAMES[finding.level]}）"
    return CommentText(title=title, lines=tuple(line for line in lines if line))


def word_further_place(finding: TopicFinding) -> CommentText:
    """The comment at the second and further headings that a verdict rests on."""
    return CommentText(
        title=f"【{name_badge(finding)}】{finding.name}",
        lines=(f"这一节也写到{finding.name}，见“{finding.headings[0].text}”处的批注。",),
    )


def word_rule(finding: RuleFinding) -> CommentText:
    """The comment on a finding of a rule beside the four topics."""
    lines = [finding.message]
    if finding.evidence:
        lines.append(f"原文：“{finding.evidence}”")
    lines += _word_basis(finding.citations)
    lines.append(f"修改：{finding.remedy}" if finding.remedy else "")
    title = f"【{SEVERITY_NAMES[finding.severity]}】{finding.name}"
    return CommentText(title=title, lines=tuple(line for line in lines if line))


def _word_basis(citations: Iterable[Citation]) -> list[str]:
    return [f"依据：{citation.label}“{citation.quote}”" for citation in citations]
