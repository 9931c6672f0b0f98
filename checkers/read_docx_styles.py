"""styles.xml -> what each paragraph style says about headings, look and numbering."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

import yaml

from checkers import docx_names as w
from checkers.source_block import Role

# Word's own size where a document sets none, in points.
_DEFAULT_SIZE = 10.5
# Deeper chains than Word allows itself are loops or attacks.
_DEEPEST_CHAIN = 24
BODY_TEXT_LEVEL = 9
_ON = {"1", "true", "on"}
# The properties of a run that a reader cares for.
_TELLING = frozenset({w.VANISH, w.BOLD, w.SIZE, w.FONTS})


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
class RunStyle:
    """What a run sets beside the style of its paragraph.

    Attributes:
        hidden: whether its text is hidden; None where it doesn't say.
        bold: whether it is bold; likewise.
        size: points; 0 where it doesn't say.
        family: typeface of its Chinese characters; empty where it doesn't say.
    """

    hidden: bool | None = None
    bold: bool | None = None
    size: float = 0.0
    family: str = ""


PLAIN_RUN = RunStyle()


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleSheet:
    """All styles of a document.

    Attributes:
        paragraphs: by style id, and by name where that is no id; the id ``""`` stands for
            paragraphs that name none.
        runs: character styles by id.
        lists: id of the list that a style of the numbering kind stands for.
    """

    paragraphs: dict[str, ParagraphStyle]
    runs: dict[str, RunStyle] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)

    def find(self, style_id: str | None) -> ParagraphStyle:
        """Return the style of an id; where it is unknown, what the id itself says."""
        style = self.paragraphs.get(style_id or "")
        if style is None:
            style = _name_role(self.paragraphs[""], style_id or "")
            self.paragraphs[style_id or ""] = style
        return style

    def find_run(self, properties: w.Element) -> RunStyle:
        """Return what the properties of a run say, its character style included."""
        children = {child.tag: child for child in properties}
        own = children.get(w.RUN_STYLE)
        base = PLAIN_RUN if own is None else self.runs.get(str(own.get(w.VALUE)), PLAIN_RUN)
        return _apply_run(base, properties, children) if _TELLING & children.keys() else base


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
    for style_id in list(resolved):
        # Some programs refer to a style by its name.
        name = w.find_value(elements.get(style_id), w.NAME)
        resolved.setdefault(name or "", resolved[style_id])
    kinds = {style_id: str(element.get(w.TYPE)) for style_id, element in elements.items()}
    return StyleSheet(
        paragraphs=resolved,
        runs={
            key: _resolve_run(key, elements) for key, kind in kinds.items() if kind == "character"
        },
        lists={
            key: number
            for key, kind in kinds.items()
            if kind == "numbering" and (number := _find_list(elements[key])) is not None
        },
    )


def _find_list(element: w.Element) -> str | None:
    paragraph = element.find(w.PARAGRAPH_PR)
    return w.find_value(None if paragraph is None else paragraph.find(w.NUM_PR), w.NUM_ID)


def _resolve_run(style_id: str, elements: dict[str, w.Element]) -> RunStyle:
    style = PLAIN_RUN
    for element in _list_chain(style_id, elements):
        properties = element.find(w.RUN_PR)
        if properties is not None:
            style = _apply_run(style, properties, [child.tag for child in properties])
    return style


def _apply_run(base: RunStyle, properties: w.Element, tags: Collection[object]) -> RunStyle:
    """Return what a run says with what its properties set; ``tags`` are of these."""
    hidden, bold, size, family = base.hidden, base.bold, base.size, base.family
    if w.VANISH in tags:
        hidden = w.find_switch(properties, w.VANISH)
    if w.BOLD in tags:
        bold = w.find_switch(properties, w.BOLD)
    if w.SIZE in tags:
        size = (w.find_number(properties, w.SIZE) or 0) / 2 or size
    if w.FONTS in tags:
        family = w.find_family(properties) or family
    return RunStyle(hidden=hidden, bold=bold, size=size, family=family)


def _read_defaults(root: w.Element) -> ParagraphStyle:
    default = next(root.iter(w.RUN_PR_DEFAULT), None)
    run = None if default is None else default.find(w.RUN_PR)
    size = w.find_number(run, w.SIZE)
    return ParagraphStyle(size=size / 2 if size else _DEFAULT_SIZE, family=w.find_family(run) or "")


def _resolve_style(
    style_id: str, elements: dict[str, w.Element], plain: ParagraphStyle
) -> ParagraphStyle:
    style = plain
    for element in _list_chain(style_id, elements):
        style = _apply_element(style, element)
    return style


def _list_chain(style_id: str, elements: dict[str, w.Element]) -> list[w.Element]:
    """Return a style and those that it is based on, the root first."""
    chain: list[w.Element] = []
    seen: set[str] = set()
    current: str | None = style_id
    while current in elements and current not in seen and len(chain) < _DEEPEST_CHAIN:
        seen.add(current)
        chain.append(elements[current])
        current = w.find_value(elements[current], w.BASED_ON)
    return chain[::-1]


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
    style = _name_role(style, (w.find_value(element, w.NAME) or "").strip())
    outline = w.find_number(element.find(w.PARAGRAPH_PR), w.OUTLINE_LEVEL)
    if outline is None or style.role not in {"heading", "body"}:
        return style
    return apply_outline_level(style, outline)


def _name_role(style: ParagraphStyle, name: str) -> ParagraphStyle:
    """Return the style with the role that a name tells; as it is where the name tells none."""
    for role, level, pattern in _load_name_patterns():
        match = pattern.search(name)
        if match:
            digit = int(match["level"]) if "level" in pattern.groupindex else level
            return replace(style, role=role, level=digit if role == "heading" else None)
    return style


def apply_outline_level(style: ParagraphStyle, outline: int) -> ParagraphStyle:
    """Return the style as an outline level (0 to 8; 9 means body text) makes it."""
    if 0 <= outline < BODY_TEXT_LEVEL:
        return replace(style, role="heading", level=outline + 1)
    return replace(style, role="body", level=None)
