"""Keys of kept results -> links to the files that can be downloaded of them."""

from __future__ import annotations

from html import escape

_MORE = (("markdown", "Markdown"), ("json", "JSON"), ("sarif", "SARIF"), ("xlsx", "Excel"))
_OF_BATCH = (
    ("xlsx", "下载Excel汇总"),
    ("markdown", "Markdown"),
    ("json", "JSON"),
    ("sarif", "SARIF"),
)
_NO_COMMENTS = "要得到带批注的报告，请上传单份 .docx。"


def render_downloads(key: str, *, takes_comments: bool, lacks_chapters: bool) -> str:
    """Return the links of one report.

    Args:
        key: of the result.
        takes_comments: whether its DOCX is kept.
        lacks_chapters: whether there is anything to insert a skeleton for.
    """
    links = [
        _link(key, "html", "下载检查结果（HTML）"),
        _link(key, "docx", "检查结果（Word）"),
        f'<a class="zx-download" href="{_address(key, "html")}&amp;view=1" target="_blank" '
        'rel="noopener">在新页打开</a>',
    ]
    if takes_comments:
        skeleton = _link(key, "comments", "批注并插入写作提纲", further="&amp;skeleton=1")
        comments = _link(key, "comments", "下载带批注的报告（Word）")
        links = [comments, *([skeleton] if lacks_chapters else []), *links]
    more = "".join(_link(key, name, title) for name, title in _MORE)
    hint = "" if takes_comments else f'<span class="zx-meta">{_NO_COMMENTS}</span>'
    return (
        f'<div class="zx-downloads">{"".join(links)}'
        f'<details class="zx-more"><summary>其他格式</summary>{more}</details>{hint}</div>'
    )


def render_batch_downloads(key: str) -> str:
    """Return the links of reports that were checked together."""
    links = "".join(_link(key, name, title) for name, title in _OF_BATCH)
    return f'<div class="zx-downloads">{links}</div>'


def _link(key: str, format_name: str, title: str, *, further: str = "") -> str:
    address = _address(key, format_name) + further
    return f'<a class="zx-download" href="{address}" download>{title}</a>'


def _address(key: str, format_name: str) -> str:
    return f"/api/results/{escape(key)}?format={format_name}"
