from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from assistant.answer import Answer
from corpus.library import Library
from ui.answer_batch import answer_lines
from ui.decode_batch import BatchLine


class Recorder:
    """Answers with what it was asked, so that a test sees what reached the assistant."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def ask(
        self, question: str, *, region: str | None = None, history: tuple[str, ...] = ()
    ) -> Answer:
        return Answer(status="not_covered", text=repr((question, region, history)), regions=())


def run(lines: Sequence[BatchLine], library: Library) -> list[dict[str, object]]:
    return [json.loads(json.dumps(item)) for item in answer_lines(lines, Recorder(library))]


def test_question_region_and_history_reach_the_assistant(library: Library) -> None:
    line = {"id": "a", "question": " 那截止时间呢\x00", "history": ["淅川 申报"], "region": "淅川"}
    (answer,) = run([json.dumps(line)], library)
    assert answer["id"] == "a"
    assert answer["text"] == repr(("那截止时间呢", "xichuan", ("淅川 申报",)))


@pytest.mark.parametrize(
    "line",
    [
        '{"id": 7, "question": "甲"}',
        '{"id": 7, "question": "甲", "history": null, "region": null}',
        '{"id": 7, "question": "甲", "region": ""}',
        '\ufeff{"id": 7, "question": "甲"}',  # a file saved by Notepad
        '{"id": 7, "question": "甲", "kind": "list", "facts": []}',  # keys of the caller's own
    ],
)
def test_optional_and_foreign_keys_are_let_pass(line: str, library: Library) -> None:
    (answer,) = run([line], library)
    assert (answer["id"], answer["text"]) == (7, repr(("甲", None, ())))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("不是JSON", "第2行不是一个JSON对象"),
        ("[1, 2]", "第2行"),
        ('"甲"', "第2行"),
        ('{"id": 1}', "缺少“question”"),
        ('{"question": 5}', "“question”类型不对"),
        ('{"question": "甲", "history": "乙"}', "“history”类型不对"),
        ('{"question": "甲", "region": "佛山"}', "没有“佛山”这个地区"),
        ("[" * 100_000, "第2行"),  # nested deeper than the parser goes
    ],
)
def test_a_bad_line_gives_an_error_and_the_rest_goes_on(
    line: str, words: str, library: Library
) -> None:
    good = '{"id": "good", "question": "甲"}'
    first, bad, last = run([good, line, good], library)
    assert first["id"] == last["id"] == "good"
    assert bad["line"] == 2
    error = bad["error"]
    assert isinstance(error, dict)
    assert words in str(error["message"])


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ('{"id": "a"}', "a"),
        ('{"id": 7, "question": 5}', 7),
        ('{"id": "a", "question": "甲", "region": "佛山"}', "a"),  # refused after it was read
        ('{"id": 1.5, "question": "甲"}', 1.5),  # no id by our rules, yet the caller's own
        ('{"id": ["a"], "question": "甲"}', None),
        ('["id"]', None),
        (b'{"id": "a", "question": "\xff\xff"}', "a"),  # the id itself is legible
        (b'{"id": "\xff\xff", "question": "x"}', None),
    ],
)
def test_an_error_keeps_the_id_of_its_line(line: BatchLine, kept: object, library: Library) -> None:
    (failed,) = run([line], library)
    assert "error" in failed
    assert failed["id"] == kept


def test_a_line_that_fits_no_encoding_is_named(library: Library) -> None:
    _, failed = run(['{"question": "甲"}', b'{"question": "\xff\xff"}'], library)
    error = failed["error"]
    assert isinstance(error, dict)
    assert "第2行" in str(error["message"])
    assert "另存为UTF-8" in str(error["message"])


def test_blank_lines_are_passed_over(library: Library) -> None:
    assert run(["", "  \n"], library) == []
