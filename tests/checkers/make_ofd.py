"""A builder for the reader tests: OFD packages from text at given places."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
LEFT, TOP, PITCH, SIZE = 30.0, 40.0, 8.0, 4.2


@dataclass(frozen=True)
class Words:
    """A text object; lengths in millimetres from the upper left corner."""

    text: str
    left: float = LEFT
    size: float = SIZE
    deltas: str = ""
    weight: int = 400
    matrix: str = ""
    down: float = PITCH
    hidden: bool = False


class Picture:
    """A page that is one picture."""


Page = Sequence[Words] | Picture


def write_ofd(
    path: Path,
    pages: Sequence[Page],
    *,
    outlines: str = "",
    places: str = "",
    root: str = "Doc_0",
    location: str = "Pages/Page_{}/Content.xml",
    extra: dict[str, str] | None = None,
) -> Path:
    """Write pages whose lines stand one below the other; page ids are 100, 101 and so on."""
    listed = "".join(
        f'<ofd:Page ID="{100 + number}" BaseLoc={quoteattr(location.format(number))}/>'
        for number in range(len(pages))
    )
    parts = {
        "OFD.xml": (
            f"<ofd:OFD {_NAMESPACE}><ofd:DocBody><ofd:DocInfo><ofd:Title>标题</ofd:Title>"
            f"</ofd:DocInfo><ofd:DocRoot>/{root}/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
        f"{root}/Document.xml": (
            f"<ofd:Document {_NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>"
            "0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages><ofd:Outlines>{outlines}</ofd:Outlines>"
            f"<ofd:Bookmarks>{places}</ofd:Bookmarks></ofd:Document>"
        ),
    }
    for number, page in enumerate(pages):
        parts[f"{root}/Pages/Page_{number}/Content.xml"] = _write_page(page)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**parts, **(extra or {})}.items():
            package.writestr(name, content)
    return path


def bookmark(title: str, page: int, inner: str = "") -> str:
    """Return a bookmark that leads to a page, from 0."""
    return (
        f"<ofd:OutlineElem Title={quoteattr(title)}><ofd:Actions><ofd:Action><ofd:Goto>"
        f'<ofd:Dest PageID="{100 + page}"/></ofd:Goto></ofd:Action></ofd:Actions>{inner}'
        "</ofd:OutlineElem>"
    )


def _write_page(page: Page) -> str:
    if isinstance(page, Picture):
        content = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="1"/>'
    else:
        top = TOP
        pieces = []
        for words in page:
            pieces.append(_write_words(words, top))
            top += words.down
        content = "".join(pieces)
    return (
        f"<ofd:Page {_NAMESPACE}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>"
        "</ofd:Page>"
    )


def _write_words(words: Words, top: float) -> str:
    matrix = f' CTM="{words.matrix}"' if words.matrix else ""
    deltas = f' DeltaX="{words.deltas}"' if words.deltas else ""
    hidden = ' Visible="false"' if words.hidden else ""
    return (
        f'<ofd:TextObject{hidden} Boundary="{words.left} {top} 150 6" Size="{words.size}"'
        f' Weight="{words.weight}"{matrix}><ofd:TextCode X="0" Y="{words.size}"{deltas}>'
        f"{escape(words.text)}</ofd:TextCode></ofd:TextObject>"
    )
