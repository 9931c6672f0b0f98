"""Editorial aids to finding shipped articles: captions (条旨) and phrasings of askers.

Neither is ever quoted as law. Regulations that a user added have none; the results are then empty.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

from corpus.article_ref import ArticleRef

_SEPARATOR = "；"


@cache
def _load_captions() -> dict[str, dict[int, str]]:
    return TypeAdapter(dict[str, dict[int, str]]).validate_python(_read_yaml("captions.yaml"))


@cache
def _load_phrasings() -> dict[str, dict[int, tuple[str, ...]]]:
    shape = TypeAdapter(dict[str, dict[int, tuple[str, ...]]])
    return shape.validate_python(_read_yaml("asked_as.yaml"))


def _read_yaml(name: str) -> object:
    return yaml.load((files("corpus") / name).read_bytes(), Loader=yaml.CSafeLoader)


def caption_parts(ref: ArticleRef) -> tuple[str, ...]:
    """The matters that an article settles, one short Chinese phrase each."""
    if ref.suffix:
        return ()
    caption = _load_captions().get(ref.regulation, {}).get(ref.article, "")
    return tuple(part for part in caption.split(_SEPARATOR) if part)


def asked_phrasings(ref: ArticleRef) -> tuple[str, ...]:
    """Phrasings in which people look for the article, without place names."""
    if ref.suffix:
        return ()
    return _load_phrasings().get(ref.regulation, {}).get(ref.article, ())
