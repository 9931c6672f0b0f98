"""OFD (GB/T 33190) -> paragraphs in reading order, with bookmarks taken as headings."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from checkers.drop_running_heads import drop_running_heads
from checkers.errors import ReportUnreadable
from checkers.join_pdf_lines import join_pdf_lines
from checkers.mark_bookmarks import Bookmark, mark_bookmarked
from checkers.page_line import PdfPage
from checkers.paged_text import DEEPEST_BOOKMARK, MOST_BOOKMARKS, PagedText
from checkers.read_ofd_page import FontFace, read_ofd_page
from checkers.read_package_xml import (
    Element,
    find_all,
    local_name,
    parse_package_xml,
    read_package_part,
    resolve_part,
)
from checkers.tell_scans import tell_scan

MOST_PAGES = 3_000
MOST_ENTRIES = 50_000
# All parts that are read of one file, unpacked.
LARGEST_TOTAL = 512 * 1024 * 1024

_ENTRY = "OFD.xml"
_ENCRYPTED_PARTS = frozenset({"encryptions.xml", "encryptentries.xml", "decryptseed.dat"})
# A4 in millimetres, where a file gives no size of page.
_PAGE_BOX = "0 0 210 297"


def read_ofd(path: Path) -> PagedText:
    """Return the text of an OFD without running heads, page numbers, seals and annotations.

    Raises:
        ReportUnreadable: encrypted, damaged, without pages or too large.
    """
    try:
        with zipfile.ZipFile(path) as package:
            return _OfdReader(package).read()
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError, ValueError):
        raise _damaged() from None
    except (RuntimeError, NotImplementedError):
        # zipfile speaks so of members with a password and of unknown compression.
        raise _encrypted() from None


def _damaged() -> ReportUnreadable:
    return ReportUnreadable(
        "damaged", "OFD文件已损坏或没有传完整，无法读取；请重新导出或重新上传。"
    )


def _encrypted() -> ReportUnreadable:
    return ReportUnreadable("encrypted", "OFD文件已加密，无法读取；请取消加密后重新上传。")


def _find_text(element: Element, name: str) -> str:
    found = next(find_all(element, name), None)
    return "" if found is None else (found.text or "").strip()


@dataclass(slots=True)
class _OfdReader:
    """Reads the documents of one package; usually there is one."""

    package: zipfile.ZipFile
    left: int = LARGEST_TOTAL
    pages: list[PdfPage] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    page_numbers: dict[str, int] = field(default_factory=dict)

    def read(self) -> PagedText:
        """Read everything."""
        names = self.package.namelist()
        if len(names) > MOST_ENTRIES:
            raise ReportUnreadable(
                "too_large", "文件内部的部件数目异常，疑似恶意文件，已拒绝读取。"
            )
        if any(posixpath.basename(name).lower() in _ENCRYPTED_PARTS for name in names):
            raise _encrypted()
        entry = self._require(_ENTRY)
        for root in find_all(entry, "DocRoot"):
            self._read_document(resolve_part("", root.text or ""))
        if not self.pages:
            raise _damaged()
        kept = drop_running_heads(self.pages)
        unread = tuple(p.number for p in kept if tell_scan(p, covered=0.0) != "text")
        unreadable = frozenset(unread)
        readable = [page for page in kept if page.number not in unreadable]
        return PagedText(
            blocks=tuple(mark_bookmarked(join_pdf_lines(readable), self.bookmarks)),
            title=_find_text(entry, "Title"),
            pages=len(self.pages),
            unread_pages=unread,
        )

    def _require(self, name: str) -> Element:
        root = self._parse(name)
        if root is None:
            raise _damaged()
        return root

    def _parse(self, name: str) -> Element | None:
        content = read_package_part(self.package, name)
        if content is None:
            return None
        self.left -= len(content)
        if self.left < 0:
            raise ReportUnreadable("too_large", "文件解压后过大，疑似压缩炸弹，已拒绝读取。")
        return parse_package_xml(content)

    def _read_document(self, name: str) -> None:
        document = self._require(name)
        folder = posixpath.dirname(name)
        fonts = self._read_fonts(document, folder)
        box = _find_text(document, "PhysicalBox") or _PAGE_BOX
        pages = [
            (str(page.get("ID", "")), resolve_part(folder, str(page.get("BaseLoc", ""))))
            for container in find_all(document, "Pages")
            for page in find_all(container, "Page")
        ]
        if len(self.pages) + len(pages) > MOST_PAGES:
            raise ReportUnreadable(
                "too_large", f"OFD有{len(pages)}页，超过{MOST_PAGES}页的上限，请拆分后再上传。"
            )
        for page_id, location in pages:
            content = self._require(location)
            number = len(self.pages) + 1
            own_box = _find_text(content, "PhysicalBox") or box
            self.page_numbers[page_id] = number
            self.pages.append(read_ofd_page(content, number=number, box=own_box, fonts=fonts))
        self._read_bookmarks(document)

    def _read_fonts(self, document: Element, folder: str) -> dict[str, FontFace]:
        """Return the typefaces by id."""
        fonts: dict[str, FontFace] = {}
        for kind in ("PublicRes", "DocumentRes"):
            for location in find_all(document, kind):
                resources = self._parse(resolve_part(folder, location.text or ""))
                if resources is None:
                    continue
                for font in find_all(resources, "Font"):
                    name = str(font.get("FamilyName") or font.get("FontName") or "")
                    is_bold = font.get("Bold") == "true"
                    fonts[str(font.get("ID", ""))] = FontFace(name=name, is_bold=is_bold)
        return fonts

    def _read_bookmarks(self, document: Element) -> None:
        named = {
            str(place.get("Name", "")): _find_page(place)
            for places in find_all(document, "Bookmarks")
            for place in find_all(places, "Bookmark")
        }
        for outlines in find_all(document, "Outlines"):
            self._add_bookmarks(outlines, named, level=1)

    def _add_bookmarks(self, parent: Element, named: dict[str, str], *, level: int) -> None:
        if level > DEEPEST_BOOKMARK:
            return
        for element in parent:
            if local_name(element) != "OutlineElem" or len(self.bookmarks) >= MOST_BOOKMARKS:
                continue
            title = str(element.get("Title", "")).strip()
            page = self.page_numbers.get(_find_target(element, named))
            if title and page is not None:
                self.bookmarks.append(Bookmark(level=level, title=title, page=page))
            self._add_bookmarks(element, named, level=level + 1)


def _find_target(bookmark: Element, named: dict[str, str]) -> str:
    """Return the id of the page that a bookmark leads to; empty where it leads nowhere."""
    for child in bookmark:
        if local_name(child) == "Actions":
            place = next(find_all(child, "Bookmark"), None)
            return _find_page(child) if place is None else named.get(str(place.get("Name")), "")
    return ""


def _find_page(element: Element) -> str:
    target = next(find_all(element, "Dest"), None)
    return "" if target is None else str(target.get("PageID", ""))
