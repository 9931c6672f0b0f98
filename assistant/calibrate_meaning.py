"""Cosines of another encoder -> the range of the one that the ranking was fitted with.

The cosines of multilingual-e5 lie between 0.75 and 0.95, those of other encoders elsewhere. The
vectors that are shipped give the cosine of any two shipped texts under e5; the same pairs under
another encoder give the line that leads from its range to that of e5. An encoder that sees other
likenesses than e5 (a poor one, or one of another language) is trusted less: its line is flatter,
so that what it says counts little and words decide.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.adapt_question import adapt_question
from assistant.embed_texts import Encoder
from assistant.shipped_vectors import Vector, read_reference_vectors, shipped_passages
from assistant.text_keys import text_key

Matrix = npt.NDArray[np.float32]

# From this correlation with e5 on an encoder is trusted in full.
_TRUSTED_FROM = 0.6
# One in so many shipped phrasings is embedded as a question: about 100.
_EVERY = 16
_FEWEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningScale:
    """A line from an encoder's cosines to those of the shipped one.

    Attributes:
        offset: added.
        slope: multiplied with.
        agreement: correlation with the shipped encoder over the same pairs, -1 to 1.
    """

    offset: float = 0.0
    slope: float = 1.0
    agreement: float = 1.0

    @property
    def is_unchanged(self) -> bool:
        """Whether this is the scale of the shipped encoder itself."""
        return self == MeaningScale()

    def apply(self, cosines: Matrix) -> Matrix:
        """Cosines as the shipped encoder would print them."""
        scaled: Matrix = (self.offset + self.slope * cosines).astype(np.float32)
        return scaled


def calibrate_meaning(encoder: Encoder) -> MeaningScale:
    """The scale of an encoder; the unchanged one where it is the shipped encoder itself.

    Embeds about 260 texts.
    """
    name, reference = read_reference_vectors()
    if name == encoder.name:
        return MeaningScale()
    questions = _known_texts(reference, "asked")[::_EVERY]
    articles = _known_texts(reference, "article")
    if len(questions) < _FEWEST or len(articles) < _FEWEST:
        return MeaningScale()
    asked = np.array([encoder.embed_query(text) for text in questions], dtype=np.float32)
    held = np.array(encoder.embed_documents(articles), dtype=np.float32)
    # The ranking is fitted with questions that are adapted; so must be those compared with.
    shipped = adapt_question(_look_up(reference, questions))
    return fit_scale(asked @ held.T, shipped @ _look_up(reference, articles).T)


def fit_scale(cosines: Matrix, shipped: Matrix) -> MeaningScale:
    """The line from cosines to those of the shipped encoder for the same pairs of texts."""
    own, other = cosines.ravel().astype(np.float64), shipped.ravel().astype(np.float64)
    if own.std() < np.finfo(np.float32).eps:
        return MeaningScale(offset=float(other.mean()), slope=0.0, agreement=0.0)
    agreement = float(np.corrcoef(own, other)[0, 1])
    trust = min(max(agreement, 0.0) / _TRUSTED_FROM, 1.0)
    slope = trust * float(other.std() / own.std())
    offset = float(other.mean() - slope * own.mean())
    return MeaningScale(offset=offset, slope=slope, agreement=agreement)


def _known_texts(reference: dict[str, Vector], kind: str) -> list[str]:
    return [p.text for p in shipped_passages() if p.kind == kind and text_key(p.text) in reference]


def _look_up(reference: dict[str, Vector], texts: list[str]) -> Matrix:
    return np.vstack([reference[text_key(text)] for text in texts])
