"""Pieces of text on a page of a form -> its labels on the left, each before the text beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from checkers.find_columns import Columns, find_right_end, holds_sentences
from checkers.page_line import PageLine

# The labels of a form take up to this share of its width; the text begins behind them.
_WIDEST_LABELS = 0.35
_NARROWEST_LABELS = 0.06
# Share of the pieces on the page that begin at the left end of the text, or farther right.
_TEXT_SHARE = 0.6
_MOST_ACROSS_SHARE = 0.15
_LONGEST_PIECE = 12
_FEWEST_PIECES = 8
# In points: left ends that count as the same, and the room between a label and its text.
_SAME_LEFT = 2.5
_NARROWEST_GAP = 4.0
_LABEL = re.compile(r"[一-鿿]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLabels:
    """A form with labels on the left, in points.

    Attributes:
        columns: the labels' and the text's.
        rules: heights of the lines ruled between its rows, downwards; empty where none are known.
    """

    columns: Columns
    rules: tuple[float, ...] = ()


def find_form_labels(pieces: Sequence[PageLine]) -> FormLabels | None:
    """Return where the labels and the text of a form stand; None where the page is no such form.

    The text beside the labels is running text; rows of short entries are a table.
    """
    if len(pieces) < _FEWEST_PIECES:
        return None
    start = min(piece.left for piece in pieces)
    end = max(piece.right for piece in pieces)
    starts = Counter(round(piece.left) for piece in pieces)
    edge = max(starts.items(), key=lambda item: (item[1], -item[0]))[0] - _SAME_LEFT
    if not _NARROWEST_LABELS * (end - start) < edge - start < _WIDEST_LABELS * (end - start):
        return None
    text = [piece for piece in pieces if piece.left >= edge]
    labels = [piece for piece in pieces if piece.right < edge - _NARROWEST_GAP + _SAME_LEFT]
    across = len(pieces) - len(text) - len(labels)
    fits = (
        len(text) >= len(pieces) * _TEXT_SHARE
        and across <= len(pieces) * _MOST_ACROSS_SHARE
        and any(_LABEL.search(piece.text) for piece in labels)
        and all(len(piece.text) <= _LONGEST_PIECE for piece in labels)
        and holds_sentences(text)
    )
    if not fits:
        return None
    return FormLabels(
        columns=Columns(
            left=(start, max(piece.right for piece in labels)),
            right=(edge, find_right_end(text)),
            bottom=min(piece.bottom for piece in text),
            top=max(piece.top for piece in text),
        )
    )


def read_form(pieces: Sequence[PageLine], form: FormLabels) -> Iterator[list[PageLine]]:
    """Yield the pieces of a form in the order in which they are read.

    Each row gives its label, joined to one line, and then its text. Without rules, a row begins
    where its label does.
    """
    edge = form.columns.right[0]
    labels = [piece for piece in pieces if piece.right < edge]
    ends = list(form.rules) or _find_label_tops(labels)
    heights = [float("inf"), *ends, float("-inf")]
    for top, bottom in pairwise(heights):
        row = [piece for piece in pieces if bottom < (piece.top + piece.bottom) / 2 <= top]
        label = sorted(
            (piece for piece in row if piece.right < edge), key=lambda piece: -piece.bottom
        )
        text = [
            replace(piece, column=form.columns.right) if piece.left >= edge else piece
            for piece in row
            if piece.right >= edge
        ]
        yield from (part for part in (_join_label(label), text) if part)


def _find_label_tops(labels: Sequence[PageLine]) -> list[float]:
    """Return the heights above each label, downwards; its own lines stand close together."""
    tops: list[float] = []
    last: PageLine | None = None
    for piece in sorted(labels, key=lambda piece: -piece.bottom):
        if last is None or last.bottom - piece.top > piece.size:
            tops.append(piece.top + piece.size / 2)
        last = piece
    return tops


def _join_label(pieces: Sequence[PageLine]) -> list[PageLine]:
    if not pieces:
        return []
    first = pieces[0]
    text = "".join(piece.text for piece in pieces)
    return [replace(first, text=text, right=max(piece.right for piece in pieces))]
