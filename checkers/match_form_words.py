"""The text of a form's cell -> whether it is a placeholder, an attribute or a column's name."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Literal

import yaml

_Kind = Literal["placeholder", "attribute", "column_left", "column_right"]
_BLANKS = re.compile(r"\s+")
# No cell of these kinds is longer; spares the search in running text.
_LONGEST = 30


def is_placeholder(text: str) -> bool:
    """Whether a cell stands for text still to be written, or says that there is none: 待补充."""
    return _matches("placeholder", text)


def is_attribute(text: str) -> bool:
    """Whether a cell names an entry (项目名称, 联系人), not a part of the report."""
    return text.rstrip().endswith((":", "：")) or _matches("attribute", text)


def is_column_head(left: str, right: str) -> bool:
    """Whether two cells name the columns of a table of data: 名称 | 金额."""
    return _matches("column_right", right) and _matches("column_left", left)


def _matches(kind: _Kind, text: str) -> bool:
    packed = _BLANKS.sub("", text)
    return len(packed) <= _LONGEST and _load_words()[kind].fullmatch(packed) is not None


@cache
def _load_words() -> dict[str, re.Pattern[str]]:
    text = resources.files("checkers").joinpath("form_words.yaml").read_text("utf-8")
    data: dict[str, list[str]] = yaml.safe_load(text)
    return {
        kind: re.compile("|".join(f"(?:{one})" for one in words)) for kind, words in data.items()
    }
