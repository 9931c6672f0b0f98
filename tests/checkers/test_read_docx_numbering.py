from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_docx import TEXT, level, numbered, numbering, p, style, styled, write_docx

from checkers.heading_numbers import parse_number
from checkers.print_numerals import print_numeral
from checkers.read_docx import read_docx
from checkers.read_report import read_report

THREE = (level(0, "%1"), level(1, "%1.%2"), level(2, "%1.%2.%3"))


def numbers(path: Path) -> list[str]:
    return [block.number for block in read_docx(path).blocks]


def write_levels(path: Path, levels: str, sequence: tuple[int, ...]) -> Path:
    return write_docx(path, "".join(numbered("题", i) for i in sequence), numbering=levels)


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [
        ((0, 1, 1, 2, 0, 1), ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]),
        # A level that is skipped counts as begun.
        ((0, 2, 1, 2), ["1", "1.1.1", "1.2", "1.2.1"]),
        ((1, 0, 1), ["1.1", "2", "2.1"]),
    ],
)
def test_levels_count_inside_each_other(
    tmp_path: Path, sequence: tuple[int, ...], expected: list[str]
) -> None:
    path = write_levels(tmp_path / "a.docx", numbering(*THREE), sequence)
    assert numbers(path) == expected


def test_a_level_may_begin_anew_below_one_level_only(tmp_path: Path) -> None:
    third = level(2, "（%3）", extra='<w:lvlRestart w:val="1"/>')
    path = write_levels(tmp_path / "a.docx", numbering(*THREE[:2], third), (0, 1, 2, 1, 2, 0, 2))
    assert numbers(path) == ["1", "1.1", "（1）", "1.2", "（2）", "2", "（1）"]


def test_a_number_below_a_level_without_one_does_not_begin_with_a_dot(tmp_path: Path) -> None:
    levels = numbering(level(0, "%1", form="none"), level(1, "%1.%2"))
    path = write_levels(tmp_path / "a.docx", levels, (0, 1, 1))
    assert numbers(path) == ["", "1", "2"]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("chineseCountingThousand", "第%1章", "第十二章"),
        ("japaneseCounting", "（%1）", "（十二）"),
        ("chineseLegalSimplified", "%1、", "壹拾贰、"),
        ("ideographTraditional", "%1、", "12、"),
        ("decimalEnclosedCircleChinese", "%1", "⑫"),
        ("decimalEnclosedParen", "%1", "⑿"),
        ("decimalFullWidth", "%1．", "\uff11\uff12．"),
        ("upperLetter", "附录%1", "附录L"),
        ("lowerRoman", "%1)", "xii)"),
        ("decimalZero", "%1.", "12."),
    ],
)
def test_the_twelfth_paragraph_has_its_number(
    tmp_path: Path, form: str, text: str, expected: str
) -> None:
    path = write_levels(tmp_path / "a.docx", numbering(level(0, text, form=form)), (0,) * 12)
    assert numbers(path)[-1] == expected


def test_a_custom_form_falls_back_to_the_one_for_old_readers(tmp_path: Path) -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="第%1章"/></w:lvl>'
    )
    path = write_levels(tmp_path / "a.docx", numbering(custom), (0, 0))
    assert numbers(path) == ["第1章", "第2章"]


def test_a_list_may_write_a_level_its_own_way(tmp_path: Path) -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "第%1章", form="chineseCounting")}</w:lvlOverride>'
    body = numbered("甲", 0) + numbered("乙", 0, list_id=2)
    path = write_docx(tmp_path / "a.docx", body, numbering=numbering(*THREE, overrides=own))
    assert numbers(path) == ["1", "第二章"]


@pytest.mark.parametrize("named_by", ["definition", "style"])
def test_a_definition_that_only_names_a_style_is_followed(tmp_path: Path, named_by: str) -> None:
    link = '<w:styleLink w:val="L"/>' if named_by == "definition" else ""
    definitions = (
        f'<w:abstractNum w:abstractNumId="1">{link}{level(0, "第%1章")}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="2"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="章列表"/><w:pPr><w:numPr>'
        '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    body = numbered("甲", 0) + numbered("乙", 0, list_id=2)
    path = write_docx(tmp_path / "a.docx", body, styles=styles, numbering=definitions)
    assert numbers(path) == ["第1章", "第2章"]


def test_a_derived_style_changes_only_the_level(tmp_path: Path) -> None:
    styles = style("1", "heading 1", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>') + style(
        "2", "heading 2", based_on="1", paragraph='<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    )
    body = styled("总论", "1") + styled("目标", "2") + p(TEXT)
    path = write_docx(tmp_path / "a.docx", body, styles=styles, numbering=numbering(*THREE))
    assert numbers(path) == ["1", "1.1", ""]


def test_a_derived_style_switches_the_number_off(tmp_path: Path) -> None:
    styles = style("1", "heading 1", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>') + style(
        "x", "无编号章", based_on="1", paragraph='<w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    body = styled("前言", "x") + p(TEXT) + styled("总论", "1") + p(TEXT)
    path = write_docx(
        tmp_path / "a.docx", body, styles=styles, numbering=numbering(level(0, "第%1章"))
    )
    assert [section.heading for section in read_report(path).walk()] == ["前言", "第1章 总论"]


@pytest.mark.parametrize(
    "broken",
    [
        '<w:lvl w:ilvl="x"><w:lvlText w:val="%1"/></w:lvl>',
        '<w:lvl w:ilvl="99"><w:start w:val="-5"/><w:numFmt/><w:lvlText w:val="%1"/></w:lvl>',
        '<w:lvl w:ilvl="0"><w:start w:val="99999999999"/><w:lvlText w:val="%9%1"/></w:lvl>',
        "<w:lvl/>",
    ],
)
def test_a_broken_definition_harms_nothing(tmp_path: Path, broken: str) -> None:
    path = write_levels(tmp_path / "a.docx", numbering(broken), (0, 8))
    assert [block.text for block in read_docx(path).blocks] == ["题", "题"]


@given(st.integers(min_value=1, max_value=99), st.sampled_from(["第{}章", "（{}）", "{}、"]))
def test_a_chinese_count_is_understood_again(count: int, form: str) -> None:
    number = parse_number(form.format(print_numeral(count, "chineseCountingThousand")))
    assert number is not None
    assert number.values == (count,)


@given(st.integers(min_value=-3, max_value=12_000), st.sampled_from([
    "chineseCounting", "chineseLegalSimplified", "ideographDigital", "decimalEnclosedCircle",
    "ideographTraditional", "upperRoman", "lowerLetter", "decimalFullWidth", "unknown",
]))  # fmt: skip
def test_every_count_is_printed_in_every_form(count: int, form: str) -> None:
    assert print_numeral(count, form)
