"""styles.xml -> what each paragraph style says about headings, look and numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import yaml

from checkers import docx_names as w
from checkers.source_block import Role

# Word's own size where a document sets none, in points.
_DEFAULT_SIZE = 10.5
# Deeper chains than Word allows itself are loops or attacks.
_DEEPEST_CHAIN = 24
_BODY_TEXT_LEVEL = 9
_ON = {"1", "true", "on"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """A style with everything it inherits.

    Attributes:
        role: heading, contents, title, caption or body.
        level: of a heading, from 1; None for the others.
        size: points.
        bold: whether its text is bold.
        centred: whether its paragraphs are centred.
        family: typeface of its Chinese characters.
        hidden: whether its text is hidden.
        num_id: automatic numbering it brings along; None where it has none.
        num_level: level in that numbering, from 0; None where the numbering must tell.
        num_style: id of the style in the chain that brought the numbering.
        page_break: whether its paragraphs begin a new page.
    """

    role: Role = "body"
    level: int | None = None
    size: float = _DEFAULT_SIZE
    bold: bool = False
    centred: bool = False
    family: str = ""
    hidden: bool = False
    num_id: str | None = None
    num_level: int | None = None
    num_style: str | None = None
    page_break: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleSheet:
    """All styles of a document.

    Attributes:
        paragraphs: by style id; the id ``""`` stands for paragraphs that name none.
        hidden_runs: ids of character styles whose text is hidden.
        bold_runs: ids of character styles whose text is bold.
    """

    paragraphs: dict[str, ParagraphStyle]
    hidden_runs: frozenset[str] = frozenset()
    bold_runs: frozenset[str] = frozenset()

    def find(self, style_id: str | None) -> ParagraphStyle:
        """Return the style of an id, the default one where the id is unknown."""
        return self.paragraphs.get(style_id or "", self.paragraphs[""])


@cache
def _load_name_patterns() -> tuple[tuple[Role, int | None, re.Pattern[str]], ...]:
    """Return the patterns that tell a style's role from its name, first match wins."""
    text = resources.files("checkers").joinpath("style_names.yaml").read_text("utf-8")
    return tuple(
        (entry["role"], entry.get("level"), re.compile(entry["pattern"], re.IGNORECASE))
        for entry in yaml.safe_load(text)
    )


def read_styles(root: w.Element | None) -> StyleSheet:
    """Return the styles of a document; the plain default where it has no styles.xml."""
    if root is None:
        return StyleSheet(paragraphs={"": ParagraphStyle()})
    elements = {str(style.get(w.STYLE_ID, "")): style for style in root.iter(w.STYLE)}
    plain = _read_defaults(root)
    resolved: dict[str, ParagraphStyle] = {"": plain}
    for style_id, element in elements.items():
        if element.get(w.TYPE, "paragraph") == "paragraph":
            resolved[style_id] = _resolve_style(style_id, elements, plain)
            if str(element.get(w.DEFAULT, "0")) in _ON:
                resolved[""] = resolved[style_id]
    characters = {key: e for key, e in elements.items() if e.get(w.TYPE) == "character"}
    return StyleSheet(
        paragraphs=resolved,
        hidden_runs=_select_runs(characters, w.VANISH),
        bold_runs=_select_runs(characters, w.BOLD),
    )


def _select_runs(characters: dict[str, w.Element], switch: str) -> frozenset[str]:
    return frozenset(
        style_id
        for style_id, element in characters.items()
        if w.find_switch(element.find(w.RUN_PR), switch)
    )


def _read_defaults(root: w.Element) -> ParagraphStyle:
    default = next(root.iter(w.RUN_PR_DEFAULT), None)
    run = None if default is None else default.find(w.RUN_PR)
    size = w.find_number(run, w.SIZE)
    return ParagraphStyle(size=size / 2 if size else _DEFAULT_SIZE, family=w.find_family(run) or "")


def _resolve_style(
    style_id: str, elements: dict[str, w.Element], plain: ParagraphStyle
) -> ParagraphStyle:
    """Apply the chain of basedOn from its root down."""
    chain: list[w.Element] = []
    seen: set[str] = set()
    current: str | None = style_id
    while current in elements and current not in seen and len(chain) < _DEEPEST_CHAIN:
        seen.add(current)
        chain.append(elements[current])
        current = w.find_value(elements[current], w.BASED_ON)
    style = plain
    for element in reversed(chain):
        style = _apply_element(style, element)
    return style


def _apply_element(style: ParagraphStyle, element: w.Element) -> ParagraphStyle:
    """Return the style with what one w:style element sets."""
    style = _apply_role(style, element)
    paragraph, run = element.find(w.PARAGRAPH_PR), element.find(w.RUN_PR)
    size, bold = w.find_number(run, w.SIZE), w.find_switch(run, w.BOLD)
    hidden, centred = w.find_switch(run, w.VANISH), w.find_value(paragraph, w.JUSTIFY)
    page_break = w.find_switch(paragraph, w.PAGE_BREAK_BEFORE)
    style = replace(
        style,
        size=size / 2 if size else style.size,
        bold=style.bold if bold is None else bold,
        family=w.find_family(run) or style.family,
        hidden=style.hidden if hidden is None else hidden,
        centred=style.centred if centred is None else centred == "center",
        page_break=style.page_break if page_break is None else page_break,
    )
    numbering = None if paragraph is None else paragraph.find(w.NUM_PR)
    if numbering is None:
        return style
    return replace(
        style,
        num_id=w.find_value(numbering, w.NUM_ID) or style.num_id,
        num_level=w.find_number(numbering, w.LEVEL_ID),
        num_style=element.get(w.STYLE_ID),
    )


def _apply_role(style: ParagraphStyle, element: w.Element) -> ParagraphStyle:
    """Tell the role from the name, then let an explicit outline level decide."""
    name = (w.find_value(element, w.NAME) or "").strip()
    for role, level, pattern in _load_name_patterns():
        match = pattern.search(name)
        if match:
            digit = int(match["level"]) if "level" in pattern.groupindex else level
            style = replace(style, role=role, level=digit if role == "heading" else None)
            break
    outline = w.find_number(element.find(w.PARAGRAPH_PR), w.OUTLINE_LEVEL)
    if outline is None or style.role not in {"heading", "body"}:
        return style
    return apply_outline_level(style, outline)


def apply_outline_level(style: ParagraphStyle, outline: int) -> ParagraphStyle:
    """Return the style as an outline level (0 to 8; 9 means body text) makes it."""
    if 0 <= outline < _BODY_TEXT_LEVEL:
        return replace(style, role="heading", level=outline + 1)
    return replace(style, role="body", level=None)
