"""A verdict -> the same in view of the pages that were not read, or were read by recognition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from checkers.heading_numbers import split_heading
from checkers.load_rules import CompiledTopic
from checkers.mark_report import MarkedReport
from checkers.name_pages import name_pages, name_unit
from checkers.outline import Outline, Section, UnreadReason

if TYPE_CHECKING:
    from checkers.judge_topic import Judgement

FEWEST_CONTENTS_LINES = 5
UNREAD_CONFIDENCE = 0.5
# Recognition gets a character in a hundred wrong; a heading that it is unsure of is worth little.
_RECOGNISED_FACTOR = 0.95
_UNSURE_CONFIDENCE = 0.6
_ABSENT_CONFIDENCE = 0.85
_UNSURE_SHARE = 0.15
_SECTION_SCHEMES = frozenset({"section", "chinese_paren", "arabic_paren"})
_REMEDIES: dict[UnreadReason | None, str] = {
    None: "请先做文字识别（OCR）或提供可复制文字的文件。",
    "not_supported": "请另存为DOCX或PDF后再检查，就会识别。",
    "not_wanted": "去掉 --no-ocr 可识别扫描页，或提供可复制文字的文件。",
    "not_installed": "请运行 pip install 'zhengxin[ocr]' 安装文字识别组件后重新检查。",
    "not_running": "文字识别组件缺少系统库，请改装 opencv-python-headless 后重新检查。",
    "stopped": "检查中途停止，再检查一次会接着识别其余页面。",
    "failed": "这些页识别不出文字，请重新扫描，或提供可复制文字的文件。",
}


def allow_for_scans(report: MarkedReport, topic: CompiledTopic, judgement: Judgement) -> Judgement:
    """Return the judgement that can be upheld although pages are unread or recognised.

    What unread pages could change is ``unreadable``; ``present`` they can't change.
    """
    outline = report.outline
    if outline.unread_pages and judgement.verdict != "present":
        judgement = _allow_for_unread(report, topic, judgement)
    if outline.recognised_pages and judgement.verdict != "unreadable":
        judgement = _allow_for_recognised(outline, judgement)
    return judgement


def _allow_for_unread(
    report: MarkedReport, topic: CompiledTopic, judgement: Judgement
) -> Judgement:
    outline = report.outline
    if judgement.verdict == "missing":
        if _contents_deny(outline, topic, sections=True):
            return judgement
        return _unreadable(outline, judgement, "其中可能有这一章")
    if judgement.verdict == "subsection":
        if _contents_deny(outline, topic, sections=False) or not _may_hide_chapter(report):
            return judgement
        return _unreadable(outline, judgement, "不能排除其中另有专章")
    if _has_unread_page_within(report, judgement.sections[0].marked.section):
        return _unreadable(outline, judgement, "这一章没有读全")
    return judgement


def _unreadable(outline: Outline, judgement: Judgement, reason: str) -> Judgement:
    pages = name_pages(outline.unread_pages, unit=name_unit(outline.kind))
    return replace(
        judgement,
        verdict="unreadable",
        confidence=UNREAD_CONFIDENCE,
        doubt=f"{pages}没有读到文字，{reason}；{_REMEDIES[outline.unread_reason]}",
    )


def _contents_deny(outline: Outline, topic: CompiledTopic, *, sections: bool) -> bool:
    """Whether contents that were read in full list no chapter on a topic, and no section."""
    lines = outline.contents_lines
    first = next((part.place.page for part in outline.sections), None)
    if len(lines) < FEWEST_CONTENTS_LINES:
        return False
    if first is not None and any(page < first for page in outline.unread_pages):
        return False  # It may be a page of the contents.
    if sections and not any(map(_names_section, lines)):
        return False
    return not any(
        matcher.occurs_in(line) for line in lines for matcher in (topic.strong, topic.medium)
    )


def _names_section(line: str) -> bool:
    number, _ = split_heading(line)
    return number is not None and (number.depth > 1 or number.scheme in _SECTION_SCHEMES)


def _may_hide_chapter(report: MarkedReport) -> bool:
    """Whether the numbers of the chapters leave room for another one on an unread page."""
    starts = [(chapter.section.place.page, _count(chapter.section)) for chapter in report.chapters]
    known = [(page, count) for page, count in starts if page is not None]
    return any(_leaves_room(known, page) for page in report.outline.unread_pages)


def _leaves_room(chapters: Sequence[tuple[int, int]], page: int) -> bool:
    before = next((count for start, count in reversed(chapters) if start <= page), 0)
    after = next((count for start, count in chapters if start > page), None)
    return after is None or after != before + 1


def _count(chapter: Section) -> int:
    """Return the count in a chapter's number; -1, which nothing follows, where it has none."""
    number, _ = split_heading(chapter.heading)
    return -1 if number is None else number.values[0]


def _has_unread_page_within(report: MarkedReport, section: Section) -> bool:
    first = section.place.page
    if first is None:
        return True  # Where pictures stand among paragraphs, their place is not known by page.
    later = [
        chapter.section.place.page
        for chapter in report.chapters
        if chapter.section.place.page is not None and chapter.section.place.page > first
    ]
    last = min(later, default=report.outline.pages or first)
    return any(first <= page <= last for page in report.outline.unread_pages)


def _allow_for_recognised(outline: Outline, judgement: Judgement) -> Judgement:
    """Lower the confidence in what was recognised, and name a heading that is in doubt."""
    if not judgement.sections:
        return _doubt_absence(outline, judgement)
    section = judgement.sections[0].marked.section
    if section.place.paragraph in outline.unsure_paragraphs:
        doubt = f"标题“{section.heading}”由扫描页识别得到，识别把握不大，请对照原件复核。"
        return replace(
            judgement,
            confidence=min(judgement.confidence, _UNSURE_CONFIDENCE),
            doubt=judgement.doubt or doubt,
        )
    if section.place.page is not None and section.place.page not in outline.recognised_pages:
        return judgement
    return replace(judgement, confidence=round(judgement.confidence * _RECOGNISED_FACTOR, 2))


def _doubt_absence(outline: Outline, judgement: Judgement) -> Judgement:
    """A heading that is badly recognised is not found."""
    blocks = sum(1 + len(section.body) for section in outline.walk()) + len(outline.preamble)
    if len(outline.unsure_paragraphs) > blocks * _UNSURE_SHARE:
        return replace(
            judgement,
            confidence=min(judgement.confidence, _UNSURE_CONFIDENCE),
            doubt=judgement.doubt or "扫描页识别的把握不大，可能有标题没有认出，请对照原件复核。",
        )
    return replace(judgement, confidence=min(judgement.confidence, _ABSENT_CONFIDENCE))
