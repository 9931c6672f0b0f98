"""What a reader of one format hands to the outline builder: blocks with their look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from checkers.outline import Place

NOWHERE = Place()

Role = Literal["body", "heading", "contents", "contents_title", "title", "caption"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a paragraph looks, as far as it tells headings from text.

    Attributes:
        size: points; 0 where unknown.
        bold: whether most of its characters are bold.
        centred: whether it stands in the middle of the line.
        family: typeface of its Chinese characters; empty where unknown.
    """

    size: float = 0.0
    bold: bool = False
    centred: bool = False
    family: str = ""


PLAIN = Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBlock:
    """A paragraph or a table as it stands in the file, before headings are told from text.

    Attributes:
        text: of a paragraph, without its automatic number; of a table, cells joined with tabs.
        number: the automatic number as Word prints it; empty where there is none.
        rows: cells of a table; empty for a paragraph.
        role: what the file itself says that it is: by style, field or bookmark.
        level: of a heading by style or bookmark, from 1; None otherwise.
        look: of a paragraph.
        starts_page: whether it begins a new page.
        listed: whether an automatic number or bullet stands before a paragraph that is no heading.
    """

    text: str
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    role: Role = "body"
    level: int | None = None
    look: Look = PLAIN
    place: Place = NOWHERE
    starts_page: bool = False
    listed: bool = False
