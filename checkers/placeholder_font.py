"""A font of one empty box that stands in for every font that a PDF names and does not hold."""

from __future__ import annotations

import struct
from functools import cache

_UNITS = 1000
_ASCENT, _DESCENT = 800, -200
_GLYPHS = 2
_LAST_CHARACTER = 0x2FFFF
_FIRST_CHARACTER = 0x20
# OpenType's own constants: version 1.0, the mark of the head table, a cmap of many to one.
_VERSION = 0x10000
_MAGIC = 0x5F0F3CF5
_MANY_TO_ONE = 13
_WINDOWS, _UNICODE, _UCS2 = 3, 10, 1
_ENGLISH = 0x409
_NAME = "Placeholder"


@cache
def make_placeholder_font() -> bytes:
    """Return a TrueType font in which every character is the same box, one em wide.

    pdfium leaves out a piece of text without any width, and a lone character of a face that it
    can't find has none. This font gives each a width at no cost; a real one takes seconds.
    """
    return _join_tables(
        {
            b"OS/2": _make_metrics(),
            b"cmap": _make_characters(),
            b"glyf": _make_box() * _GLYPHS,
            b"head": _make_head(),
            b"hhea": struct.pack(
                ">IhhhHhhhhhhhhhhhH",
                *(_VERSION, _ASCENT, _DESCENT, 0, _UNITS, 0, 0, _UNITS, 1),
                *(0, 0, 0, 0, 0, 0, 0, _GLYPHS),
            ),
            b"hmtx": struct.pack(">Hh", _UNITS, 0) * _GLYPHS,
            b"loca": struct.pack(">HHH", *(n * len(_make_box()) // 2 for n in range(_GLYPHS + 1))),
            b"maxp": struct.pack(">IHHHHHHHHHHHHHH", _VERSION, _GLYPHS, 4, 1, 0, 0, 1, *([0] * 8)),
            b"name": _make_names(),
            b"post": struct.pack(">IIhhIIIII", 3 * _VERSION, *([0] * 8)),
        }
    )


def _make_box() -> bytes:
    """Return the outline of a box: one contour of four points, each given by its step."""
    top, bottom = _ASCENT, _DESCENT
    bounds = struct.pack(">hhhhh", 1, 0, bottom, _UNITS, top)
    steps_x = struct.pack(">hhhh", 0, 0, _UNITS, 0)
    steps_y = struct.pack(">hhhh", bottom, top - bottom, 0, bottom - top)
    return bounds + struct.pack(">HH", 3, 0) + bytes([1] * 4) + steps_x + steps_y


def _make_characters() -> bytes:
    group = struct.pack(">III", _FIRST_CHARACTER, _LAST_CHARACTER, 1)
    table = struct.pack(">HHIII", _MANY_TO_ONE, 0, 16 + len(group), 0, 1) + group
    return struct.pack(">HHHHI", 0, 1, _WINDOWS, _UNICODE, 12) + table


def _make_head() -> bytes:
    return struct.pack(
        ">IIIIHHQQhhhhHHhhh",
        *(_VERSION, _VERSION, 0, _MAGIC, 0, _UNITS, 0, 0),
        *(0, _DESCENT, _UNITS, _ASCENT, 0, 8, 2, 0, 0),
    )


def _make_metrics() -> bytes:
    regular = struct.pack(">HhHHH", 1, _UNITS, 400, 5, 0)
    shapes = struct.pack(">11h10s4I4s", *([0] * 11), bytes(10), 0, 0, 0, 0, b"NONE")
    last = struct.pack(">HHHhhhHH", 0, _FIRST_CHARACTER, 0xFFFF, _ASCENT, _DESCENT, 0, 800, 200)
    return regular + shapes + last + struct.pack(">II", 1, 0)


def _make_names() -> bytes:
    text = _NAME.encode("utf-16-be")
    wanted = (1, 4, 6)  # family, full name, PostScript name
    records = b"".join(
        struct.pack(">HHHHHH", _WINDOWS, _UCS2, _ENGLISH, name, len(text), 0) for name in wanted
    )
    return struct.pack(">HHH", 0, len(wanted), 6 + len(records)) + records + text


def _join_tables(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    largest = 1 << (count.bit_length() - 1)
    head = struct.pack(
        ">IHHHH", _VERSION, count, largest * 16, largest.bit_length() - 1, (count - largest) * 16
    )
    directory, body = b"", b""
    start = len(head) + 16 * count
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += tag + struct.pack(">III", checksum, start + len(body), len(table))
        body += padded
    return head + directory + body
