from __future__ import annotations

import pytest

from assistant.split_statements import split_statements


def readings(text: str, piece: int = 5) -> list[str]:
    pieces = [text[i : i + piece] for i in range(0, len(text), piece)]
    return [statement.readings[0] for statement in split_statements(pieces)]


@pytest.mark.parametrize("piece", [1, 3, 1000])
def test_sentences_come_out_one_by_one_however_they_come_in(piece: int) -> None:
    assert readings("甲应当报送。乙可以调整！丙不得转包", piece) == [
        "甲应当报送。",
        "乙可以调整！",
        "丙不得转包",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "应当组织验收[1]。",
        "应当组织验收【2】。",
        "**应当组织验收**[1,2]。",
        "## 应当组织验收。",
        "> 应当组织验收。",
        "- 应当组织验收。",
        "1. 应当组织验收。",
        "应当组织验收（见条文1）。",
    ],
)
def test_marks_of_the_model_are_taken_off(written: str) -> None:
    assert readings(written) == ["应当组织验收。"]


def test_a_number_at_the_beginning_that_is_no_label_stays() -> None:
    assert readings("6个月内组织验收。") == ["6个月内组织验收。"]


def test_a_list_becomes_one_statement() -> None:
    (statement,) = split_statements(["验收材料包括：\n1. 总结\n2. 财务报告；\n3. 审计报告。\n"])
    assert statement.readings == (
        "验收材料包括：总结、财务报告、审计报告",
        "验收材料包括：总结；财务报告；审计报告",
    )
    assert statement.shown == "验收材料包括：\n\n- 总结\n- 财务报告\n- 审计报告"


def test_a_sentence_behind_a_list_is_its_own() -> None:
    assert readings("材料包括：\n- 总结\n- 报告\n应当在6个月内验收。") == [
        "材料包括：总结、报告",
        "应当在6个月内验收。",
    ]


def test_an_announcement_without_a_list_is_dropped() -> None:
    assert readings("根据条文，答案如下：\n应当在6个月内验收。") == ["应当在6个月内验收。"]


def test_thoughts_are_not_shown() -> None:
    assert readings("<think>先看条文。应当报送。</think>可以调整。") == ["可以调整。"]
    assert readings("<think>一直在想。没有说完") == []


def test_a_statement_comes_out_before_the_next_one_comes_in() -> None:
    seen: list[str] = []

    def pieces() -> object:
        yield "甲应当报送。"
        seen.append("second asked for")
        yield "乙可以调整。"

    statements = split_statements(pieces())  # type: ignore[arg-type]
    assert next(statements).shown == "甲应当报送。"
    assert seen == []
