"""The pixels of a page -> its lines of text, by rapidocr.

rapidocr finds the lines on a smaller picture and reads each of them from the full one. Measured
on report pages (one processor): finding takes 0.65 s at 960 pixels against 1.8 s at the size that
rapidocr takes by default, with the same lines found; reading takes 0.08 s a line.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np

from checkers.draw_page import Drawing
from checkers.errors import ReportUnreadable
from checkers.find_recogniser import NOT_INSTALLED, NOT_RUNNING, RECOGNISER
from checkers.measure_ink import measure_ink
from checkers.recognised_page import RecognisedLine, RecognisedPage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Corners = NDArray[np.float32]
    """Of a line: upper left, upper right, lower right, lower left; x and y in pixels."""


class _Found(Protocol):
    boxes: Sequence[Corners] | None


class _Read(Protocol):
    txts: Sequence[str]
    scores: Sequence[float]


class _Told(Protocol):
    cls_res: Sequence[tuple[str, float]] | None


class _Engine(Protocol):
    """What is used of rapidocr, which has no types of its own."""

    def __call__(
        self, picture: Pixels, *, use_det: bool, use_cls: bool, use_rec: bool
    ) -> _Found: ...

    def cls_and_rotate(self, crops: list[Pixels]) -> tuple[list[Pixels], _Told]: ...

    def recognize_txt(self, crops: list[Pixels]) -> _Read: ...


_FINDING_SIDE = 960
_LINE_HEIGHT = 48
_SETTINGS = {
    "Global.log_level": "critical",
    "Global.use_cls": False,
    "Det.limit_type": "max",
    "Det.limit_side_len": _FINDING_SIDE,
    # Lines one by one need less memory and no filling up to the longest of a batch.
    "Rec.rec_batch_num": 1,
    # Pages are read in several processes at once; more threads in each only wait for each other.
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
# Long Chinese lines are read better somewhat narrower; much narrower and digits are lost.
_NARROWED = 0.9
_WIDEST_LINE = 3_200
# What is seen in a picture is text from this score on; the recogniser's own default.
_LEAST_SCORE = 0.5
# Lines so much longer than high tell how the page lies.
_LONG = 5.0
_TALL = 1.5
_ASKED_LINES = 5
_UPSIDE_DOWN = "180"
# Where fewer of the lines found can be read, the page is not.
_FEWEST_FOUND = 5
_LEGIBLE_SHARE = 0.3
# Table borders and noise may be found as lines by the thousand.
_MOST_LINES = 400


def recognise_page(drawing: Drawing, number: int) -> RecognisedPage | None:
    """Return what stands on a page; None where there is writing that can't be read.

    Raises:
        ReportUnreadable: rapidocr is not installed, or can't run here.
    """
    # Before OpenCV is used here: it is the one that lacks a library of the system.
    _load_engine()
    upright, boxes = _turn_upright(drawing.pixels)
    is_turned = (upright.shape[0] > upright.shape[1]) != (drawing.height > drawing.width)
    width, height = drawing.width, drawing.height
    if is_turned and upright.shape != drawing.pixels.shape:
        width, height = height, width
    scale = width / upright.shape[1]
    lines = _read_lines(upright, boxes, scale)
    if len(boxes) >= _FEWEST_FOUND and len(lines) < len(boxes) * _LEGIBLE_SHARE:
        return None
    return RecognisedPage(number=number, width=width, height=height, lines=tuple(lines))


@cache
def _load_engine() -> _Engine:
    """Return rapidocr, loaded once a process.

    Raises:
        ReportUnreadable: it is not installed, or a library of the system is missing.
    """
    try:
        import cv2
        from rapidocr import RapidOCR
    except ImportError as fault:
        if fault.name is not None and fault.name.split(".")[0] == RECOGNISER:
            raise ReportUnreadable("ocr_missing", NOT_INSTALLED) from None
        raise ReportUnreadable("ocr_broken", NOT_RUNNING) from None
    cv2.setNumThreads(1)
    return cast("_Engine", RapidOCR(params=_SETTINGS))


def _find_boxes(pixels: Pixels) -> list[Corners]:
    """Return the corners of each line in the picture."""
    import cv2

    scale = min(1.0, _FINDING_SIDE / max(pixels.shape))
    size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    found = _load_engine()(_to_colour(small), use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return []
    return [np.asarray(box, np.float32) / np.float32(scale) for box in found.boxes[:_MOST_LINES]]


def _turn_upright(pixels: Pixels) -> tuple[Pixels, list[Corners]]:
    """Return a page that may lie on its side or head as it should stand, with its lines."""
    boxes = _find_boxes(pixels)
    if _lies_on_side(boxes):
        pixels = np.ascontiguousarray(np.rot90(pixels))
        boxes = _find_boxes(pixels)
    if _is_upside_down(pixels, boxes):
        pixels = np.ascontiguousarray(np.rot90(pixels, 2))
        boxes = _find_boxes(pixels)
    return pixels, boxes


def _lies_on_side(boxes: list[Corners]) -> bool:
    sides = [_measure_box(box) for box in boxes]
    upright = sum(width for width, height in sides if width >= height * _TALL)
    lying = sum(height for width, height in sides if height > width * _TALL)
    return lying > upright


def _measure_box(corners: Corners) -> tuple[float, float]:
    upper_left, upper_right, _, lower_left = corners
    width = float(np.linalg.norm(upper_right - upper_left))
    return width, float(np.linalg.norm(lower_left - upper_left))


def _is_upside_down(pixels: Pixels, boxes: list[Corners]) -> bool:
    """Ask rapidocr's classifier which way the longest lines stand."""
    longest = sorted(boxes, key=lambda box: -_measure_box(box)[0])[:_ASKED_LINES]
    crops = [_to_colour(crop) for box in longest if (crop := _cut_line(pixels, box)) is not None]
    if not crops:
        return False
    _, told = _load_engine().cls_and_rotate(crops)
    turned = sum(label == _UPSIDE_DOWN for label, _ in told.cls_res or ())
    return turned * 2 > len(crops)


def _to_colour(crop: Pixels) -> Pixels:
    return np.repeat(crop[:, :, None], 3, axis=2)


def _cut_line(pixels: Pixels, corners: Corners) -> Pixels | None:
    """Return the picture of a line, straightened; None where nothing is left of it."""
    import cv2

    width, height = (round(side) for side in _measure_box(corners))
    if width < 2 or height < 2:
        return None
    goal = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, goal)
    cut = cv2.warpPerspective(
        pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    # A column of writing from top to bottom.
    return np.ascontiguousarray(np.rot90(cut) if height >= width * _TALL else cut, np.uint8)


def _read_lines(pixels: Pixels, boxes: list[Corners], scale: float) -> list[RecognisedLine]:
    cut = [(box, crop) for box in boxes if (crop := _cut_line(pixels, box)) is not None]
    if not cut:
        return []
    read = _load_engine().recognize_txt([_shape_line(crop) for _, crop in cut])
    tilt = _find_tilt([box for box, _ in cut])
    return [
        _place_line(crop, box, str(text).strip(), float(score), pixels.shape, tilt, scale)
        for (box, crop), text, score in zip(cut, read.txts, read.scores, strict=True)
        if score >= _LEAST_SCORE and str(text).strip()
    ]


def _shape_line(crop: Pixels) -> Pixels:
    """Return the picture of a line in the height that the model reads."""
    import cv2

    height, width = crop.shape
    goal = math.ceil(_LINE_HEIGHT * width / height * _NARROWED)
    size = min(max(goal, _LINE_HEIGHT // 3), _WIDEST_LINE), _LINE_HEIGHT
    how = cv2.INTER_AREA if height > _LINE_HEIGHT else cv2.INTER_LINEAR
    return _to_colour(np.asarray(cv2.resize(crop, size, interpolation=how), np.uint8))


def _find_tilt(boxes: list[Corners]) -> float:
    """Return the angle in radians by which most of the writing rises to the left."""
    angles: list[tuple[float, float]] = []
    for box in boxes:
        width, height = _measure_box(box)
        if width >= height * _LONG:
            run, rise = box[1] - box[0]
            angles.append((math.atan2(rise, run), width))
    if not angles:
        return 0.0
    angles.sort()
    half, passed = sum(width for _, width in angles) / 2, 0.0
    for angle, width in angles:
        passed += width
        if passed >= half:
            return angle
    return 0.0


def _place_line(
    crop: Pixels,
    box: Corners,
    text: str,
    score: float,
    shape: tuple[int, ...],
    tilt: float,
    scale: float,
) -> RecognisedLine:
    """Measure a line and put it where it would stand on a straight page."""
    ink = measure_ink(crop, text)
    middle = box.mean(axis=0) - np.array([shape[1] / 2, shape[0] / 2])
    cos, sin = math.cos(tilt), math.sin(tilt)
    centre = float(middle[0] * cos + middle[1] * sin) + shape[1] / 2
    down = float(middle[1] * cos - middle[0] * sin) + shape[0] / 2 + ink.shift
    start = centre - crop.shape[1] / 2
    return RecognisedLine(
        text=text,
        score=round(score, 3),
        left=round((start + ink.left) * scale, 2),
        right=round((start + ink.right) * scale, 2),
        middle=round((shape[0] - down) * scale, 2),
        size=round(ink.size * scale, 2),
        weight=round(ink.weight, 4),
        gap=round(ink.gap * scale, 2),
    )
