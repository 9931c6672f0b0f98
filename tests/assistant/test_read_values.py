from __future__ import annotations

import pytest

from assistant.read_values import ValueKind, read_values


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("建成后半年内,项目建设单位应当", "建成6个月内,项目建设单位应当", "time"),
        ("一年内完成整改", "十二个月内完成整改", "time"),
        ("每年6月底前报送", "每年六月末前报送", "time"),
        ("不超过概算总投资15%", "不得超过概算总投资百分之十五", "percent"),
        ("单项50万元以下", "单项五十万元以下", "money"),
        ("五名专家", "5人组成", "people"),
    ],
)
def test_two_ways_of_writing_a_value_have_one_key(one: str, other: str, kind: ValueKind) -> None:
    (first,), (second,) = read_values(one, kind), read_values(other, kind)
    assert first.key == second.key


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        # Within and after are no two sizes of one thing.
        ("6个月内验收", "6个月后验收", "time"),
        ("每年6月底前", "每年6月30日前", "time"),
        ("不超过概算15%", "超过概算15%", "percent"),
        ("不少于5人", "至多3人", "people"),
    ],
)
def test_values_that_differ_have_two_keys(one: str, other: str, kind: ValueKind) -> None:
    (first,), (second,) = read_values(one, kind), read_values(other, kind)
    assert first.key != second.key


@pytest.mark.parametrize(
    ("provision", "kind", "texts"),
    [
        ("每年9月30日前报大数据主管部门", "time", ["每年9月30日前"]),
        ("每年第四季度前,制定计划书", "time", ["每年第四季度前"]),
        # A calendar year and 下一年 are no periods.
        ("根据2025年印发的文件,编制下一年计划", "time", []),
        ("执行率50%，次年达到90%", "percent", ["50%", "90%"]),
        ("本办法由县智慧办负责解释", "body", ["县智慧办"]),
        ("由县智慧城市工作领导小组办公室负责", "body", ["县智慧城市工作领导小组办公室"]),
        # A body left open tells nothing.
        ("由有关部门依法处理", "body", []),
    ],
)
def test_values_are_read_verbatim(provision: str, kind: ValueKind, texts: list[str]) -> None:
    assert [value.text for value in read_values(provision, kind)] == texts


def test_a_formula_left_by_a_pdf_reads_as_its_figure() -> None:
    (value,) = read_values(r"投标保证金不得超过项目估算价的$2\%$", "percent")
    assert value.key == "至多2%"
    assert value.text == r"2\%"
