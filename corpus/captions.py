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
def _load_phrasings(name: str) -> dict[str, dict[int, tuple[str, ...]]]:
    shape = TypeAdapter(dict[str, dict[int, tuple[str, ...]]])
    return shape.validate_python(_read_yaml(name))


def _phrasings(name: str, ref: ArticleRef) -> tuple[str, ...]:
    return () if ref.suffix else _load_phrasings(name).get(ref.regulation, {}).get(ref.article, ())


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
    return _phrasings("asked_as.yaml", ref)


def unanswered_phrasings(ref: ArticleRef) -> tuple[str, ...]:
    """Questions on the article's subject that its regulation leaves open."""
    return _phrasings("unanswered.yaml", ref)
