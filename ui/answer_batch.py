"""Lines of JSON with questions -> lines of JSON with answers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Protocol, TypedDict

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import Answer
from corpus.library import Library
from ui.answer_json import AnswerJson, answer_to_json
from ui.clean_question import clean_question
from ui.decode_batch import BatchLine
from ui.errors import BatchLineInvalid, InterfaceError
from ui.resolve_region import resolve_region

CaseId = str | int | float | None


class Answerer(Protocol):
    """What a batch needs of the assistant."""

    @property
    def library(self) -> Library:
        """The regulations that are searched."""

    def ask(
        self, question: str, *, region: str | None = None, history: tuple[str, ...] = ()
    ) -> Answer:
        """Answer one question."""


class BatchQuestion(BaseModel):
    """One line of a batch; keys beyond these are the caller's own and are let pass."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    question: str
    history: tuple[str, ...] | None = None
    region: str | None = None


class ErrorJson(TypedDict):
    """A fault as programs get it."""

    code: str
    message: str


class FailedLineJson(TypedDict):
    """What stands in the output for a line that could not be asked; ``line`` is from 1."""

    id: CaseId
    line: int
    error: ErrorJson


def answer_lines(
    lines: Iterable[BatchLine], assistant: Answerer
) -> Iterator[AnswerJson | FailedLineJson]:
    """Yield an object for each non-blank line; a bad line yields an error and the rest goes on."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer_line(number, line, assistant)


def _answer_line(number: int, line: BatchLine, assistant: Answerer) -> AnswerJson | FailedLineJson:
    try:
        return _ask(_read_line(number, line), assistant)
    except InterfaceError as error:
        fault = ErrorJson(code=error.code, message=str(error))
        return FailedLineJson(id=_find_id(line), line=number, error=fault)


def _find_id(line: BatchLine) -> CaseId:
    """The caller's id, whatever else is wrong with the line; None where there is none."""
    text = line if isinstance(line, str) else line.decode(errors="replace")
    try:
        values = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    found = values.get("id") if isinstance(values, dict) else None
    if isinstance(found, float):
        return found if math.isfinite(found) else None
    return found if isinstance(found, str | int) and "\ufffd" not in str(found) else None


def _ask(case: BatchQuestion, assistant: Answerer) -> AnswerJson:
    answer = assistant.ask(
        clean_question(case.question),
        region=resolve_region(case.region, assistant.library),
        history=tuple(clean_question(earlier) for earlier in case.history or ()),
    )
    return answer_to_json(answer, question=clean_question(case.question), id=case.id)


def _read_line(number: int, line: BatchLine) -> BatchQuestion:
    if isinstance(line, bytes):
        raise BatchLineInvalid(
            f"第{number}行的文字既不是UTF-8也不是GB18030编码，请另存为UTF-8后再试。"
        )
    try:
        return BatchQuestion.model_validate(json.loads(line.lstrip("\ufeff")))
    except (ValueError, RecursionError) as error:
        raise BatchLineInvalid(f"第{number}行{_explain(error)}") from error


def _explain(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return '不是一个JSON对象，请写成 {"id": …, "question": …} 的形式。'
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if not key:
        return '不是JSON对象，请写成 {"id": …, "question": …} 的形式。'
    if first["type"] == "missing":
        return f"缺少“{key}”。"
    return f"的“{key}”类型不对，请按 id、question、history（问题列表）、region 的约定填写。"
