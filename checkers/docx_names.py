"""Names of WordprocessingML elements and attributes, in the form lxml compares them."""

from __future__ import annotations

from lxml import etree

Element = etree._Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

ALTERNATE = f"{_MC}AlternateContent"
CHOICE = f"{_MC}Choice"
FALLBACK = f"{_MC}Fallback"
MATH_TEXT = f"{_M}t"

NAMESPACE_PREFIX = _W
"""Of what has no name here: elements that are only written, or dropped by name."""
ABSTRACT_NUM = f"{_W}abstractNum"
ABSTRACT_NUM_ID = f"{_W}abstractNumId"
ALT_CHUNK = f"{_W}altChunk"
ANCHOR = f"{_W}anchor"
BASED_ON = f"{_W}basedOn"
BODY = f"{_W}body"
BOLD = f"{_W}b"
BREAK = f"{_W}br"
CARRIAGE_RETURN = f"{_W}cr"
CELL = f"{_W}tc"
CELL_DELETED = f"{_W}cellDel"
CELL_PR = f"{_W}tcPr"
CHARACTER = f"{_W}char"
DIRTY = f"{_W}dirty"
DEFAULT = f"{_W}default"
DELETED = f"{_W}del"
DOC_PART = f"{_W}docPartGallery"
DRAWING = f"{_W}drawing"
EAST_ASIA = f"{_W}eastAsia"
EAST_ASIA_THEME = f"{_W}eastAsiaTheme"
FIELD_CHAR = f"{_W}fldChar"
FIELD_CHAR_TYPE = f"{_W}fldCharType"
FIELD_INSTRUCTION = f"{_W}instrText"
FIELD_SIMPLE = f"{_W}fldSimple"
INSTRUCTION = f"{_W}instr"
FONTS = f"{_W}rFonts"
FONT = f"{_W}font"
HIDDEN_ROW = f"{_W}hidden"
HYPERLINK = f"{_W}hyperlink"
IS_LEGAL = f"{_W}isLgl"
JUSTIFY = f"{_W}jc"
LEVEL = f"{_W}lvl"
LEVEL_ID = f"{_W}ilvl"
LEVEL_OVERRIDE = f"{_W}lvlOverride"
LEVEL_RESTART = f"{_W}lvlRestart"
LEVEL_TEXT = f"{_W}lvlText"
MOVED_AWAY = f"{_W}moveFrom"
NAME = f"{_W}name"
NO_BREAK_HYPHEN = f"{_W}noBreakHyphen"
NUM = f"{_W}num"
NUM_FORMAT = f"{_W}numFmt"
NUM_ID = f"{_W}numId"
NUM_PR = f"{_W}numPr"
NUM_STYLE_LINK = f"{_W}numStyleLink"
ORIENTATION = f"{_W}orient"
OUTLINE_LEVEL = f"{_W}outlineLvl"
PAGE_BREAK_BEFORE = f"{_W}pageBreakBefore"
PAGE_HEIGHT = f"{_W}h"
PAGE_NUMBERS = f"{_W}pgNumType"
PAGE_SIZE = f"{_W}pgSz"
PAGE_WIDTH = f"{_W}w"
PARAGRAPH = f"{_W}p"
PARAGRAPH_PR = f"{_W}pPr"
PARAGRAPH_STYLE = f"{_W}pStyle"
POSITIONED_TAB = f"{_W}ptab"
ROW_PR = f"{_W}trPr"
PICTURE = f"{_W}pict"
OBJECT = f"{_W}object"
ROW = f"{_W}tr"
RUBY = f"{_W}ruby"
RUBY_BASE = f"{_W}rubyBase"
RUN = f"{_W}r"
RUN_PR = f"{_W}rPr"
RUN_PR_DEFAULT = f"{_W}rPrDefault"
RUN_STYLE = f"{_W}rStyle"
SDT = f"{_W}sdt"
SDT_CONTENT = f"{_W}sdtContent"
SDT_PR = f"{_W}sdtPr"
SECTION_PR = f"{_W}sectPr"
SIZE = f"{_W}sz"
START = f"{_W}start"
START_OVERRIDE = f"{_W}startOverride"
STYLE = f"{_W}style"
STYLE_ID = f"{_W}styleId"
STYLE_LINK = f"{_W}styleLink"
SUB_DOCUMENT = f"{_W}subDoc"
SYMBOL = f"{_W}sym"
TAB = f"{_W}tab"
TABLE = f"{_W}tbl"
TABLE_GRID = f"{_W}tblGrid"
TABLE_PR = f"{_W}tblPr"
TEXT = f"{_W}t"
TEXT_BOX = f"{_W}txbxContent"
TYPE = f"{_W}type"
VALUE = f"{_W}val"
VANISH = f"{_W}vanish"

_OFF = {"0", "false", "off", "none"}


def find_value(parent: Element | None, name: str) -> str | None:
    """Return ``w:val`` of a child element; None where the child or the value is absent."""
    child = None if parent is None else parent.find(name)
    return None if child is None else child.get(VALUE)


def find_number(parent: Element | None, name: str) -> int | None:
    """Return ``w:val`` of a child as a whole number; None where it is absent or none."""
    value = find_value(parent, name)
    try:
        return None if value is None else int(value)
    except ValueError:
        return None


def find_switch(parent: Element | None, name: str) -> bool | None:
    """Return an on/off property: None where it isn't set, True where it has no value."""
    child = None if parent is None else parent.find(name)
    if child is None:
        return None
    return str(child.get(VALUE, "1")).lower() not in _OFF


def find_family(run_properties: Element | None) -> str | None:
    """Return the typeface for Chinese characters that run properties set; None where none."""
    fonts = None if run_properties is None else run_properties.find(FONTS)
    if fonts is None:
        return None
    return fonts.get(EAST_ASIA) or fonts.get(EAST_ASIA_THEME)
