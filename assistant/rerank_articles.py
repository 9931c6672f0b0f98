"""Candidates of a regulation -> the same in the order of an optional cross-encoder.

The cross-encoder reads question and article together. Its verdict moves a candidate by at most
``_WEIGHT`` on the scale of the fitted scores, so it decides between near ones and can't lift what
the search holds for far off. Whether a regulation provides for the question is weighed before.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Protocol

from assistant.errors import ModelUnusable
from assistant.load_embedder import NOT_HERE, NOT_INSTALLED, NOT_LOADED, read_model_name
from assistant.score_articles import Candidate

_log = logging.getLogger(__name__)
_WITHOUT = "回答未经重排。"
_SETTING = "ZHENGXIN_RERANKER"
_WEIGHT = 1.5
# Candidates of each regulation that are read; the right one is among them nearly always.
_READ = 6
# A cross-encoder reads 512 tokens.
_LONGEST = 600


class Reranker(Protocol):
    """Tells how well texts answer a question."""

    def judge(self, question: str, texts: Sequence[str]) -> list[float]:
        """One figure a text, 0 to 1."""
        ...


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder, on a GPU where there is one.

    Raises:
        ModelUnusable: the extra ``models`` is not installed, or there is no such model here.
    """

    def __init__(self, model: str) -> None:
        named = {"setting": _SETTING, "value": model}
        try:
            from sentence_transformers import CrossEncoder

            self._model = CrossEncoder(model, local_files_only=True)
        except ImportError as error:
            raise ModelUnusable(NOT_LOADED.format(reason=NOT_INSTALLED, **named)) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelUnusable(NOT_LOADED.format(reason=NOT_HERE, **named)) from error
        if self._model.num_labels != 1:
            raise ModelUnusable(NOT_LOADED.format(reason="它不是给相关程度打分的模型", **named))

    def judge(self, question: str, texts: Sequence[str]) -> list[float]:
        """One figure a text, 0 to 1."""
        sigmoid = import_module("torch.nn").Sigmoid()
        pairs = [(question, text[:_LONGEST]) for text in texts]
        figures = self._model.predict(pairs, activation_fn=sigmoid, show_progress_bar=False)
        return [float(figure) for figure in figures]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedReranker:
    """What could be loaded.

    Attributes:
        reranker: None where none is wanted or it could not be loaded.
        notices: Chinese sentences on what could not be loaded.
    """

    reranker: Reranker | None = None
    notices: tuple[str, ...] = ()


def load_reranker(wanted: str) -> LoadedReranker:
    """The reranker that ``ZHENGXIN_RERANKER`` names; without one the answers go on."""
    if not wanted:
        return LoadedReranker()
    try:
        return LoadedReranker(reranker=CrossEncoderReranker(read_model_name(_SETTING, wanted)))
    except ModelUnusable as error:
        notice = f"{error}{_WITHOUT}"
        _log.warning(notice)
        return LoadedReranker(notices=(notice,))


def rerank_articles(
    question: str, found: Sequence[Candidate], texts: Sequence[str], reranker: Reranker
) -> list[Candidate]:
    """The candidates in their new order; those beyond the first few keep theirs.

    Args:
        question: as it is searched for.
        found: best first.
        texts: of the articles, in the same order.
        reranker: reads the first few.
    """
    read = found[:_READ]
    verdicts = reranker.judge(question, texts[:_READ])
    if not all(math.isfinite(verdict) for verdict in verdicts):
        return list(found)
    moved = [
        replace(candidate, score=candidate.score + _WEIGHT * verdict)
        for candidate, verdict in zip(read, verdicts, strict=True)
    ]
    order = sorted(range(len(moved)), key=lambda at: (-moved[at].score, moved[at].ref))
    return [*(read[at] for at in order), *found[_READ:]]
