"""Lines of a report, with its headings known -> its title, as the cover or the text gives it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from checkers.report_line import ReportLine, find_body_look

REPORT_TITLE = re.compile(
    r"(?:报告书?|建议书|方案|规划|设计|说明书|计划书?|申报书|申请书|任务书|合同书?|招标文件)"
    r"(?:[（(].*[)）])?[）)]?$"
)
# What a heading has to end in to be taken for the title of the whole.
_SURE_TITLE = re.compile(
    r"(?:可行性研究报告|可研报告|项目建议书|(?:建设|实施|设计)方案|初步设计|申报书)"
    r"(?:[（(].*[)）])?[）)]?$"
)
# 可行性研究报告（报批稿） and the like, which name no project.
_LONGEST_DOCUMENT_KIND = 14
_COVER_ENTRY = re.compile(r"[:：]|^[\W\d]*$|编号|密级|版本|^附件")
_ORGANISATION = re.compile(r"(?:局|委员会|管委会|政府|办公室|公司|研究院|设计院|中心|[一-鿿]院)$")
_COVER_LINES = 25
_LONGEST_COVER_LINE = 60
_MOST_TITLE_LINES = 5
_LONGEST_TITLE = 100
# Sizes of one type, in points, as recognised or as rounded by a program.
_SAME_SIZE = 0.6
# Where a report without a cover names its project.
_OPENING_LINES = 60
_NAMED_PROJECT = re.compile(r"(?:^|[\s。；;|])项目名称\s*[:：\t]\s*([^。；;，,:：\t\n|]{4,60})")
_PLACEHOLDER = re.compile(r"[Xx×*_…\uff38\uff0a\uff3f]{2,}")
_BLANK_BETWEEN_CHINESE = re.compile(r"(?<=[一-鿿（）《》“”、])\s+(?=[一-鿿（）《》“”、])")
# Some PDFs give quotation marks in another typeface as a line of their own below the words.
_TORN_MARKS = re.compile(r"^[“”‘’《》「」\s]+$")
_CHINESE = re.compile(r"[一-鿿]")
_PROGRAM_TITLE = re.compile(
    r"^\W*(?:untitled|anonymous|unknown|none|title|document\s*\d*|无标题|未命名|文档\s*\d*|幻灯片\s*\d*)"
    r"\W*\d*\W*$"
    r"|microsoft (?:office )?word\b|\.(?:docx?|wps|pdf|ofd|md|txt|rtf|html?|indd)$",
    re.IGNORECASE,
)


def find_title(text: Sequence[ReportLine], heads: Container[int]) -> str:
    """Return the title on the cover, else that of a heading before all; empty where neither is.

    Args:
        text: lines of the report, less its contents pages.
        heads: ``index`` of the lines that are headings.
    """
    cover = list(_list_cover(text, heads))
    styled = _join_styled(cover)
    if styled:
        return styled
    grouped = _find_largest(cover, find_body_look(text).size)
    titled = [(line.block.look.size, -line.index, [line]) for line in cover if _is_titled([line])]
    if not grouped and not titled:
        return ""
    best = grouped or max(titled, key=lambda part: part[:2])[2]
    title = _join(best)
    if len(title) > _LONGEST_DOCUMENT_KIND:
        return title
    # The cover gives the project on one line and the kind of document on the next.
    return _project_above(cover, best[0]) + title


def find_named_project(text: Sequence[ReportLine]) -> str:
    """Return what the opening of a report, or a table there, gives as 项目名称; else nothing."""
    for line in text[:_OPENING_LINES]:
        found = _NAMED_PROJECT.search(line.block.text)
        if found is not None and not _PLACEHOLDER.search(found[1]):
            return _tidy(found[1])
    return ""


def clean_property_title(title: str) -> str:
    """Return the title in a file's properties, less what programs put there by themselves."""
    title = title.strip()
    is_file_name = not _CHINESE.search(title) and " " not in title
    return "" if is_file_name or _PROGRAM_TITLE.search(title) else title


def _list_cover(text: Sequence[ReportLine], heads: Container[int]) -> Iterator[ReportLine]:
    """Yield the short lines before the first heading, and that one where it is the title."""
    before: ReportLine | None = None
    for line in text[:_COVER_LINES]:
        if line.index in heads:
            if line.number is None and _SURE_TITLE.search(_tidy(line.title)):
                yield line
            return
        if line.block.rows or len(line.block.text) > _LONGEST_COVER_LINE:
            continue
        if before is not None and _TORN_MARKS.match(line.block.text):
            continue
        before = line
        yield line


def _join_styled(cover: Sequence[ReportLine]) -> str:
    """Return the first lines in a row that bear the style of a title."""
    styled = [line for line in cover if line.block.role == "title"]
    kept = styled[:1]
    for line in styled[1:_MOST_TITLE_LINES]:
        if line.index != kept[-1].index + 1 or REPORT_TITLE.search(_join(kept)):
            break
        kept.append(line)
    joined = _join(kept)
    return joined if REPORT_TITLE.search(joined) else _join(styled[:1])


def _find_largest(cover: Sequence[ReportLine], body_size: float) -> list[ReportLine]:
    """Return the lines of the largest type that end like a title, without who wrote it."""
    largest = max((line.block.look.size for line in cover), default=0.0)
    if largest <= body_size or largest <= 0:
        return []
    large = [line for line in cover if abs(line.block.look.size - largest) <= _SAME_SIZE]
    runs = (_cut_to_title(run) for run in _split_runs(large))
    return next((run for run in runs if run), [])


def _split_runs(lines: Sequence[ReportLine]) -> Iterator[list[ReportLine]]:
    """Yield lines that follow each other on one page; torn marks may stand between them."""
    run: list[ReportLine] = []
    for line in lines:
        near = bool(run) and line.index - run[-1].index <= 2 and _is_same_page(run[-1], line)
        entry = bool(_COVER_ENTRY.search(line.block.text))
        if run and (entry or not near):
            yield run
            run = []
        if not entry:
            run.append(line)
    if run:
        yield run


def _is_same_page(above: ReportLine, line: ReportLine) -> bool:
    return above.block.place.page == line.block.place.page and not line.block.starts_page


def _cut_to_title(run: list[ReportLine]) -> list[ReportLine]:
    """Return the lines up to the last one that ends like a title; empty where none does."""
    ends = [end for end in range(1, len(run) + 1) if _is_titled(run[:end])]
    kept = run[: ends[-1]] if ends else []
    while len(kept) > 1 and _ORGANISATION.search(_join(kept[:1])):
        if len(_join(kept[1:])) <= _LONGEST_DOCUMENT_KIND:
            break
        kept = kept[1:]
    kept = kept[-_MOST_TITLE_LINES:]
    return kept if len(_join(kept)) <= _LONGEST_TITLE else kept[-1:]


def _is_titled(lines: Sequence[ReportLine]) -> bool:
    return bool(REPORT_TITLE.search(_join(lines)))


def _join(lines: Sequence[ReportLine]) -> str:
    return _tidy("\n".join(line.block.text for line in lines))


def _tidy(text: str) -> str:
    """Join lines, and words set wide; blanks beside Latin words stay."""
    return _BLANK_BETWEEN_CHINESE.sub("", text.replace("\n", "")).strip()


def _project_above(cover: Sequence[ReportLine], kind: ReportLine) -> str:
    """Return the line above the kind of document where it names the project."""
    above = next((line for line in cover if line.index == kind.index - 1), None)
    if above is None or _COVER_ENTRY.search(above.block.text):
        return ""
    # The first line of a wrapped title fills the page, so that only its size is that of the last.
    same = (
        above.block.look.centred == kind.block.look.centred
        or 0 < above.block.look.size == kind.block.look.size
    )
    return _join([above]) if same else ""
