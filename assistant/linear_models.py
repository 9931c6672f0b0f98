"""Fitted linear models over named features; the weights are data, not code."""

from __future__ import annotations

import json
import math
from dataclasses import Field, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar, Literal, Protocol

ModelName = Literal["article", "article_plain", "coverage", "coverage_plain", "scope"]
# ``words`` is for an index without vectors: nothing is found by meaning there.
RankingName = Literal["full", "words"]
RANKING_FILES: dict[RankingName, str] = {"full": "ranking.json", "words": "ranking_words.json"}

_BIAS = "bias"


class FeatureRow(Protocol):
    """A frozen dataclass whose fields are all floats."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def as_row(features: FeatureRow) -> list[float]:
    """Values of the features, in the order of their definition."""
    return [float(getattr(features, name)) for name in feature_names(features)]


def feature_names(features: FeatureRow | type[FeatureRow]) -> list[str]:
    """Names of the features, in the order of their definition."""
    return list(features.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A weighted sum of features; what has no weight does not count."""

    weights: dict[str, float]

    def score(self, features: FeatureRow) -> float:
        """Weighted sum, with the bias if there is one."""
        total = self.weights.get(_BIAS, 0.0)
        for name in features.__dataclass_fields__:
            total += self.weights.get(name, 0.0) * float(getattr(features, name))
        return total

    def probability(self, features: FeatureRow) -> float:
        """The score through the logistic function, 0 to 1."""
        return 1.0 / (1.0 + math.exp(-self.score(features)))


@cache
def load_model(name: ModelName, ranking: RankingName = "full") -> LinearModel:
    """One of the fitted models in ``data/``.

    ``python -m evals.fit_ranking`` writes the full ranking, with ``--words`` the one by words only.
    """
    raw = json.loads((files("assistant") / "data" / RANKING_FILES[ranking]).read_text("utf-8"))
    return LinearModel({str(key): float(value) for key, value in raw[name].items()})
