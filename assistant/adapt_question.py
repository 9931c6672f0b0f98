"""Vector of a question under the shipped encoder -> the same, moved to what answers it.

The shipped encoder was made for all languages and subjects: texts of this field lie close together
in it, whatever they say. A linear map, fitted on the phrasings that come with the articles
(``python -m evals.fit_adapter``), turns a question towards the passages that answer it. Passages
keep their vectors, so nothing is embedded anew when the map changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
ADAPTER = Path(__file__).parent / "data" / "question_adapter.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAdapter:
    """A linear map of the vectors of questions.

    Attributes:
        centre: mean vector of questions, (width,).
        turn: applied from the right to what is left of the centre, (width, width).
    """

    centre: Matrix
    turn: Matrix

    def apply(self, vectors: Matrix) -> Matrix:
        """Vectors of length 1, of the same shape: (width,) or (questions, width)."""
        moved = (vectors - self.centre) @ self.turn
        length = np.linalg.norm(moved, axis=-1, keepdims=True)
        turned: Matrix = (moved / np.maximum(length, np.finfo(np.float32).eps)).astype(np.float32)
        return turned


@cache
def load_adapter() -> QuestionAdapter:
    """The map that comes with the product."""
    with np.load(ADAPTER) as held:
        return QuestionAdapter(
            centre=held["centre"].astype(np.float32), turn=held["turn"].astype(np.float32)
        )


def adapt_question(vector: Matrix) -> Matrix:
    """The moved vector of a question, of length 1."""
    return load_adapter().apply(vector)
