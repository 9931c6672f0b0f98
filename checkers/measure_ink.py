"""The picture of a line -> where its ink begins and ends, how large and how bold it is set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Shares of the type size: the ink of a line of Chinese characters, and of capitals and digits.
_CHINESE_INK = 0.93
_LATIN_INK = 0.72
# A bracket or a stop fills half of its square; the ink lies so far from the square's edge.
_HALF_SQUARE = 0.5
_WIDE_GAP = 0.3
# The box that is found around a line is so many times as high as its type.
_BOX_HEIGHT = 1.6
_CHINESE = re.compile(r"[㐀-鿿]")
# These are flat and say nothing of the height of a line.
_FLAT = re.compile(r"[一二\W_]")
_OPENS = tuple("（《“【〔「『〈")
_ENDS = tuple("，。、；：）》”】〕」』〉？！")
# Of the span from paper to ink: what is darker is ink.
_INK_FROM = 0.35
# Of the strongest row or column: what is weaker is dirt. Fuller rows are borders of tables.
_ROW_DIRT, _COLUMN_DIRT = 0.06, 0.04
_BORDER = 0.92
_LEAST_SPAN = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """Measures of a line, in pixels of its picture.

    Attributes:
        left, right: where the writing begins and ends, with the empty half of a bracket.
        size: type size.
        shift: how far the middle of the ink lies below the middle of the picture.
        weight: thickness of the strokes over the type size.
        gap: where the first wide gap begins, from ``left``; 0 for none.
    """

    left: float
    right: float
    size: float
    shift: float
    weight: float
    gap: float


def measure_ink(crop: NDArray[np.uint8], text: str) -> Ink:
    """Measure the picture of a line, of which the text is known."""
    height = crop.shape[0]
    dark = _find_dark(crop)
    top, bottom = _find_band(dark)
    first, last = _find_ends(dark[top:bottom])
    is_chinese = bool(_CHINESE.search(text))
    size = (bottom - top) / (_CHINESE_INK if is_chinese else _LATIN_INK)
    shift = (top + bottom - height) / 2
    if not _FLAT.sub("", text):
        # 一、 is no more than a stroke; the box around it is all there is to go by.
        size, shift = height / _BOX_HEIGHT, 0.0
    left = first - _HALF_SQUARE * size if text.startswith(_OPENS) else float(first)
    right = last + _HALF_SQUARE * size if text.endswith(_ENDS) else float(last)
    return Ink(
        left=left,
        right=right,
        size=size,
        shift=shift,
        weight=_measure_strokes(dark) / max(size, 1.0),
        gap=_find_gap(dark[top:bottom], first, last, _WIDE_GAP * size),
    )


def _find_dark(crop: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return how dark each pixel is, 0 for paper to 1 for ink."""
    paper = float(np.percentile(crop, 85))
    ink = float(np.percentile(crop, 2))
    span = max(paper - ink, _LEAST_SPAN)
    darkness = (np.float32(paper) - crop.astype(np.float32)) / np.float32(span)
    darkness[darkness < _INK_FROM] = 0
    return np.asarray(np.minimum(darkness, 1), np.float32)


def _find_band(dark: NDArray[np.float32]) -> tuple[int, int]:
    """Return the first row of the writing and the one behind its last."""
    rows = dark.sum(axis=1)
    rows[(dark > 0).mean(axis=1) > _BORDER] = 0
    inked = np.flatnonzero(rows > rows.max(initial=0.0) * _ROW_DIRT)
    if not inked.size:
        return 0, dark.shape[0]
    # What touches the edge beyond a white row belongs to the line above or below.
    pieces = np.split(inked, np.flatnonzero(np.diff(inked) > 1) + 1)
    middle = dark.shape[0] / 2
    kept = [p for p in pieces if len(p) > 1 or abs(float(p[0]) - middle) < middle / 2]
    inner = [p for p in kept if not _is_cut_off(p, dark.shape[0], rows)] or kept or pieces
    return int(inner[0][0]), int(inner[-1][-1]) + 1


def _is_cut_off(piece: NDArray[np.intp], height: int, rows: NDArray[np.float32]) -> bool:
    at_edge = piece[0] == 0 or piece[-1] == height - 1
    return bool(at_edge and len(piece) < height / 4 and rows[piece].sum() < rows.sum() / 4)


def _find_ends(band: NDArray[np.float32]) -> tuple[int, int]:
    columns = band.sum(axis=0)
    inked = np.flatnonzero(columns > columns.max(initial=0.0) * _COLUMN_DIRT)
    if not inked.size:
        return 0, band.shape[1]
    return int(inked[0]), int(inked[-1]) + 1


def _find_gap(band: NDArray[np.float32], first: int, last: int, wide: float) -> float:
    columns = band[:, first:last].sum(axis=0)
    inked = np.flatnonzero(columns > columns.max(initial=0.0) * _COLUMN_DIRT)
    gaps = np.flatnonzero(np.diff(inked) > wide)
    return float(inked[gaps[0]]) if gaps.size else 0.0


def _measure_strokes(dark: NDArray[np.float32]) -> float:
    """Return the mean thickness of strokes: their area over half of the length of their edges."""
    edges = float(np.abs(np.diff(dark, axis=0)).sum() + np.abs(np.diff(dark, axis=1)).sum())
    return 2 * float(dark.sum()) / edges if edges else 0.0
