"""Findings -> what the comments in the author's document say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkers.find_references import Reference
from checkers.finding import CheckResult, RuleFinding, TopicFinding
from checkers.insert_skeleton import Skeletons
from checkers.print_numerals import count_in_chinese
from checkers.render_badge import (
    SEVERITY_NAMES,
    count_findings,
    list_advice,
    name_badge,
    name_evidence,
)
from checkers.verdict_names import LEVEL_NAMES, summarize_result
from corpus.citation import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentText:
    """The text of a comment: a bold first line and the lines below it."""

    title: str
    lines: tuple[str, ...] = ()


NO_SKELETON = "这份文件看来不是可行性研究报告，没有插入写作提纲。"
NO_ROOM = "报告的各章分写在表格的各行里，没有插入写作提纲，请自行加一行补写。"
NOTHING_LACKING = "没有缺少的篇章，没有插入写作提纲；要改的地方见各处批注。"
_CLOSING = "批注由规则自动生成，条文引文逐字取自办法原文；改完后可删除批注，再检查一次。"
REFERENCE_TITLE = "【请核对引用】"
_EXAMPLES_SHOWN = 2
_LONGEST_HEADING = 24
"""Characters of a heading that are named; the longest usual ones have some 20."""
MOST_STEPS = 3
"""A comment is narrow; more is said in the other outputs."""


def word_summary(result: CheckResult, *further: str) -> CommentText:
    """The comment at the head of the document; ``further`` sentences stand before the last."""
    counted = count_findings(result)
    lines = [summarize_result(result), f"其他检查：{counted}。" if counted else ""]
    lines += [*result.notes, *further, _CLOSING]
    title = f"可行性研究报告检查：{result.profile_name}"
    return CommentText(title=title, lines=tuple(line for line in lines if line))


def word_topic(finding: TopicFinding, *, where: str = "", inserted: str = "") -> CommentText:
    """The comment on one topic.

    Args:
        finding: on the topic.
        where: says where a missing chapter belongs.
        inserted: says what was inserted; the advice in detail then stands in the text itself.
    """
    lines = [where, inserted, finding.evidence]
    if finding.missing:
        lines.append(f"缺少部分：{'、'.join(finding.missing)}")
    lines += _word_basis(finding.citations)
    if not inserted:
        lines += _word_advice(finding)
    if finding.needs_person:
        lines.append(f"需人工复核：{finding.needs_person}")
    title = f"【{name_badge(finding)}】{finding.name}（{LEVEL_NAMES[finding.level]}）"
    return CommentText(title=title, lines=tuple(line for line in lines if line))


def word_skeletons(skeletons: Skeletons, contents: str, references: int) -> tuple[str, ...]:
    """What inserting did to the whole document.

    Args:
        skeletons: that were inserted.
        contents: what became of the document's contents, a sentence; empty where it has none.
        references: places of the text that name a chapter by its old number.
    """
    if not skeletons.inserted:
        return () if skeletons.refused else (NOTHING_LACKING,)
    lines = ["已在文中插入写作提纲，【待编写】是要补写的地方，写完后删去提示。"]
    if skeletons.counts.doubt:
        lines.append(f"后面各章的编号没有改动（{skeletons.counts.doubt}），请自行核对章号。")
    elif skeletons.counts.moved:
        lines.append("后面各章的编号已经顺延。")
    if references:
        lines.append(
            f"正文里有{references}处提到原来的章号或图表号，没有改动，已逐处批注，请核对。"
        )
    return (*lines, *([contents] if contents else []))


def word_renumbered(skeletons: Skeletons) -> CommentText:
    """The comment at the first chapter whose typed number was counted on."""
    chapters = [part for part in skeletons.renumbered if part.level == 1] or skeletons.renumbered
    named = "、".join(
        f"“{_cut_heading(part.before)}”改为“{_cut_heading(part.after)}”"
        for part in chapters[:_EXAMPLES_SHOWN]
    )
    rest = "，其余类推" if len(chapters) > _EXAMPLES_SHOWN else ""
    sections = any(part.level > 1 for part in skeletons.renumbered)
    below = "各节标题中的编号一并顺延。" if sections else ""
    return CommentText(
        title="【章号已顺延】", lines=(f"前面插入了提纲，章号依次后移：{named}{rest}。{below}",)
    )


def _cut_heading(text: str) -> str:
    """A heading may run on into its text, which is no part of its name."""
    return text if len(text) <= _LONGEST_HEADING else f"{text[:_LONGEST_HEADING]}…"


def word_doubtful_count(doubt: str) -> CommentText:
    """The comment at the first chapter whose number may have to be counted on by hand."""
    return CommentText(
        title="【请核对章号】",
        lines=(f"前面插入了提纲，从这一章起的编号没有改动：{doubt}，请自行核对并顺延。",),
    )


def word_reference(reference: Reference, moved: Mapping[int, int]) -> CommentText:
    """The comment where the text names a chapter by its old number.

    Args:
        reference: what it names.
        moved: new numbers of chapters by their old ones.
    """
    named = "".join(f"“{word}”" for word in reference.words)
    unit = "部分" if any(word.endswith("部分") for word in reference.words) else "章"
    steps = "，".join(
        f"原第{count_in_chinese(old)}{unit}现为第{count_in_chinese(moved[old])}{unit}"
        for old in reference.chapters
    )
    return CommentText(
        title=REFERENCE_TITLE, lines=(f"{named}按原来的章号书写：{steps}。请核对这里是否要改。",)
    )


def word_further_place(finding: TopicFinding) -> CommentText:
    """The comment at the second and further headings that a verdict rests on."""
    return CommentText(
        title=f"【{name_badge(finding)}】{finding.name}",
        lines=(f"这一节也写到{finding.name}，见“{finding.headings[0].text}”处的批注。",),
    )


def word_rule(finding: RuleFinding) -> CommentText:
    """The comment on a finding of a rule beside the four topics."""
    lines = [finding.message, name_evidence(finding)]
    lines += _word_basis(finding.citations)
    lines.append(f"修改：{finding.remedy}" if finding.remedy else "")
    title = f"【{SEVERITY_NAMES[finding.severity]}】{finding.name}"
    return CommentText(title=title, lines=tuple(line for line in lines if line))


def _word_advice(finding: TopicFinding) -> list[str]:
    """The advice, cut to what fits a comment."""
    first, *steps = list_advice(finding) or ("",)
    lines = [f"建议：{first}" if first else "", *steps[:MOST_STEPS]]
    left = len(steps) - MOST_STEPS
    return [*lines, f"（另有{left}条，见检查结果的整改清单）"] if left > 0 else lines


def _word_basis(citations: Sequence[Citation]) -> list[str]:
    """The first article in its words, and the labels of the others."""
    if not citations:
        return []
    first = citations[0]
    others = dict.fromkeys(part.label for part in citations if part.label != first.label)
    further = f"；另见{'、'.join(others)}" if others else ""
    return [f"依据：{first.label}“{first.quote}”{further}"]
