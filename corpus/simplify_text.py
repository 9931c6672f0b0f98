"""Traditional characters -> simplified ones, for matching; quotations keep what is printed."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC


def simplify_text(text: str) -> str:
    """Return a text in simplified characters, of the same length, so that offsets stay true."""
    simplified: str = _load_converter().convert(text)
    # Word by word a term may come out longer or shorter; then characters are taken singly.
    if len(simplified) == len(text):
        return simplified
    return "".join(_simplify_character(character) for character in text)


@cache
def _load_converter() -> OpenCC:
    return OpenCC("t2s")


def _simplify_character(character: str) -> str:
    simplified: str = _load_converter().convert(character)
    return simplified if len(simplified) == 1 else character
