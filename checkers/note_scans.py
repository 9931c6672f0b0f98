"""An outline with scanned pages -> what the reader of the result has to know of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checkers.find_recogniser import NOT_INSTALLED, NOT_RUNNING
from checkers.finding import CheckFault
from checkers.name_pages import name_pages, name_unit
from checkers.outline import Outline, UnreadReason

# {pages} are the pages by their numbers; {read} and {all} count the scanned pages.
_UNREAD: dict[UnreadReason | None, str] = {
    None: "{pages}没有读到文字（可能是扫描页）",
    "not_supported": "{pages}没有读到文字（可能是扫描页），这种格式里的扫描页不能识别；"
    "另存为DOCX或PDF后可以识别",
    "not_wanted": "{pages}是扫描页，按要求没有识别文字；去掉 --no-ocr 再检查就会识别",
    "not_installed": "{pages}是扫描页，本机没有安装文字识别组件，没有读到文字；"
    "可运行 pip install 'zhengxin[ocr]' 安装",
    "not_running": "{pages}是扫描页，文字识别组件缺少系统库，无法运行，没有读到文字",
    "stopped": "检查中途停止，扫描页共{all}，识别了{read}，{pages}没有读到；再检查一次会接着识别",
    "failed": "{pages}没有识别出文字（图像模糊、损坏或过大）",
}
_CONSEQUENCE = "。与这些{unit}有关的结论标为“无法判断”。"
_UNJUDGED = "有{unit}没有读到，有没有写到下列内容没有检查：{names}；全部读到后再看。"
_MOST_NAMED = 5
_STOPPED = "检查已停止，还没有识别出任何一页；再检查一次会继续识别。"
_NOT_WANTED = "文件的每一页都是扫描图，按要求没有识别文字；去掉 --no-ocr 再检查，就会识别。"
_NOT_SUPPORTED = "文件里只有扫描图，这种格式里的扫描图不能识别；请另存为DOCX或PDF后再检查。"
_FAILED = "文件的每一页都是图像，没有识别出文字；请用200～300 dpi重新扫描，或提供可复制文字的文件。"
_NO_TEXT = "文件的每一页都没有可读的文字，像是扫描件；请先做文字识别（OCR）再检查。"

_NOTHING_READ: dict[UnreadReason | None, str] = {
    "not_installed": NOT_INSTALLED,
    "not_running": NOT_RUNNING,
    "failed": _FAILED,
    "not_wanted": _NOT_WANTED,
    "not_supported": _NOT_SUPPORTED,
}
# What the sentence calls pages and pictures where it doesn't count them.
_MEASURES = {"页": "页面", "张整页图片": "图片"}


def note_scans(outline: Outline) -> Iterator[str]:
    """Yield a sentence on the pages that were recognised, and one on those that were not read."""
    unit = name_unit(outline.kind)
    recognised, unread = outline.recognised_pages, outline.unread_pages
    if recognised:
        pages = name_pages(recognised, unit=unit)
        yield f"{pages}是扫描件，文字由识别（OCR）得到，可能有个别错字，请以原件为准。"
    if unread:
        told = _UNREAD[outline.unread_reason].format(
            pages=name_pages(unread, unit=unit),
            read=f"{len(recognised)}{unit}",
            all=f"{len(recognised) + len(unread)}{unit}",
        )
        yield told + _CONSEQUENCE.format(unit=_MEASURES.get(unit, unit))


def note_unjudged(outline: Outline, names: Sequence[str]) -> str:
    """Return a sentence on the rules that unread pages keep from being judged.

    Args:
        outline: with unread pages.
        names: of the rules, at least one.
    """
    named = "、".join(names[:_MOST_NAMED])
    more = f"等{len(names)}项" if len(names) > _MOST_NAMED else ""
    unit = name_unit(outline.kind)
    return _UNJUDGED.format(unit=_MEASURES.get(unit, unit), names=named + more)


def explain_unread(outline: Outline) -> CheckFault:
    """Return why nothing of a report could be read."""
    if outline.unread_reason == "stopped":
        return CheckFault(code="stopped", message=_STOPPED)
    return CheckFault(code="no_text", message=_NOTHING_READ.get(outline.unread_reason, _NO_TEXT))
