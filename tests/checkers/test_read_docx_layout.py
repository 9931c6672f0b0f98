from __future__ import annotations

from pathlib import Path

import pytest
from make_docx import TEXT, level, numbered, numbering, p, style, styled, table, write_docx

from checkers.outline import Outline
from checkers.read_docx import read_docx
from checkers.read_report import read_report

HEADINGS = style("1", "heading 1") + style("2", "heading 2")
LONG = TEXT * 2


def headings(outline: Outline) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in outline.walk()]


def drawn(content: str) -> str:
    """A text box as Word writes it today: for new readers and for old ones."""
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{box}'
        f"</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def old_box(content: str) -> str:
    """A text box as WPS and Word 2007 write it: VML and nothing else."""
    return (
        f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r>"
    )


@pytest.mark.parametrize("box", [drawn, old_box])
def test_a_heading_in_a_text_box_is_a_heading(tmp_path: Path, box: object) -> None:
    assert callable(box)
    body = styled("总论", "1") + p(TEXT) + p(inner=box(styled("网络安全", "1"))) + p(TEXT)
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=HEADINGS))
    assert headings(outline) == [(1, "总论"), (1, "网络安全")]
    assert [block.text for block in outline.sections[1].body] == [TEXT]


def test_boxes_of_a_group_and_boxes_in_boxes_are_read_once(tmp_path: Path) -> None:
    group = (
        "<w:r><w:drawing><wps:wgp>"
        f"<wps:wsp><wps:txbx><w:txbxContent>{p('左')}</w:txbxContent></wps:txbx></wps:wsp>"
        f"<wps:wsp><wps:txbx><w:txbxContent>{p('右', inner=old_box(p('内')))}"
        "</w:txbxContent></wps:txbx></wps:wsp></wps:wgp></w:drawing></w:r>"
    )
    blocks = read_docx(write_docx(tmp_path / "a.docx", p("锚", inner=group))).blocks
    assert [block.text for block in blocks] == ["锚", "左", "右", "内"]


def test_a_table_in_a_text_box_and_a_box_in_a_cell_are_read(tmp_path: Path) -> None:
    body = p(inner=drawn(table(("名称", "值"), ("甲", "1")))) + table(
        ("指标", "说明"), ("乙", p("文", inner=drawn(p("框"))))
    )
    blocks = read_docx(write_docx(tmp_path / "a.docx", body)).blocks
    assert [block.rows for block in blocks] == [
        (("名称", "值"), ("甲", "1")), (("指标", "说明"), ("乙", "文\n框")),
    ]  # fmt: skip


def test_a_whole_report_in_one_cell_has_its_sections(tmp_path: Path) -> None:
    cell = "".join(styled(title, "1") + p(TEXT) for title in ("总论", "网络安全"))
    outline = read_report(write_docx(tmp_path / "a.docx", table((cell,)), styles=HEADINGS))
    assert headings(outline) == [(1, "总论"), (1, "网络安全")]


def test_automatic_numbers_count_on_through_the_cells_of_a_layout(tmp_path: Path) -> None:
    first, second = (numbered(t, 0, outline=0) + p(TEXT) for t in ("总论", "网络安全"))
    body = table((first,)) + table((second,))
    path = write_docx(tmp_path / "a.docx", body, numbering=numbering(level(0, "第%1章")))
    assert headings(read_report(path)) == [(1, "第1章 总论"), (1, "第2章 网络安全")]


def test_a_form_holds_its_report_below_its_entries(tmp_path: Path) -> None:
    """An application form: entries above, and the report in wide cells, title above text."""
    parts = ("一、项目概述", "二、建设必要性", "三、网络安全", "四、投资估算")
    rows = [("项目名称", "某县政务服务平台"), ("申报单位", "县数据局", "联系人", "办公室")]
    body = table(*rows, *((p(title) + p(LONG) + p(TEXT),) for title in parts))
    outline = read_report(write_docx(tmp_path / "a.docx", body))
    assert headings(outline) == [(1, title) for title in parts]
    assert outline.preamble[0].rows == tuple(rows)


def test_a_form_with_titles_and_texts_in_rows_of_their_own_has_its_sections(tmp_path: Path) -> None:
    rows = [("项目名称", "某县政务服务平台")]
    for title in ("一、项目概述", "二、网络安全"):
        rows += [(title,), (LONG,)]
    outline = read_report(write_docx(tmp_path / "a.docx", table(*rows)))
    assert headings(outline) == [(1, "一、项目概述"), (1, "二、网络安全")]


def test_a_list_of_functions_with_long_descriptions_stays_a_table(tmp_path: Path) -> None:
    description = p("1、数据采集") + p(LONG) + p("2、数据治理") + p(LONG)
    rows = table(("序号", "模块", "功能描述"), ("1", "数据平台", description), ("2", "门户", LONG))
    blocks = read_docx(write_docx(tmp_path / "a.docx", rows)).blocks
    assert [len(block.rows) for block in blocks] == [3]


def test_a_table_of_numbers_between_the_parts_of_a_form_stays_a_table(tmp_path: Path) -> None:
    budget = table(("科目", "金额"), ("软件", "120"), ("硬件", "80"))
    cell = styled("投资估算", "1") + p(TEXT) + budget
    outline = read_report(write_docx(tmp_path / "a.docx", table((cell,)), styles=HEADINGS))
    assert outline.sections[0].body[1].rows == (("科目", "金额"), ("软件", "120"), ("硬件", "80"))


def test_merged_cells_are_read_once(tmp_path: Path) -> None:
    def cell(text: str, properties: str) -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    rows = (
        "<w:tbl><w:tr>" + cell("资源目录", '<w:gridSpan w:val="2"/>') + "</w:tr><w:tr>"
        + cell("人口库", '<w:vMerge w:val="restart"/>') + cell("公安局", "") + "</w:tr><w:tr>"
        + cell("", "<w:vMerge/>") + cell("民政局", "") + "</w:tr></w:tbl>"
    )  # fmt: skip
    blocks = read_docx(write_docx(tmp_path / "a.docx", rows)).blocks
    assert blocks[0].rows == (("资源目录",), ("人口库", "公安局"), ("", "民政局"))


def test_rows_and_cells_in_content_controls_are_read(tmp_path: Path) -> None:
    row = (
        f"<w:tr><w:tc>{p('甲')}</w:tc><w:sdt><w:sdtContent><w:tc>{p('乙')}</w:tc></w:sdtContent>"
        "</w:sdt></w:tr>"
    )
    rows = f"<w:tbl>{row}<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt></w:tbl>"
    blocks = read_docx(write_docx(tmp_path / "a.docx", rows)).blocks
    assert blocks[0].rows == (("甲", "乙"), ("甲", "乙"))


@pytest.mark.parametrize(
    "gone",
    [
        f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>{p("弃")}</w:tc></w:tr>',
        f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p('弃')}</w:tc></w:tr>",
        f'<w:tr><w:tc><w:tcPr><w:cellDel w:id="1"/></w:tcPr>{p("弃")}</w:tc></w:tr>',
    ],
)
def test_deleted_and_hidden_rows_and_cells_are_left_out(tmp_path: Path, gone: str) -> None:
    cells = "".join(f"<w:tc>{p(text)}</w:tc>" for text in "甲乙")
    kept = f'<w:tr><w:trPr><w:ins w:id="1"/></w:trPr>{cells}</w:tr>'
    blocks = read_docx(write_docx(tmp_path / "a.docx", f"<w:tbl>{gone}{kept}</w:tbl>")).blocks
    assert blocks[0].rows == (("甲", "乙"),)


def test_the_labels_of_a_form_that_holds_the_report_are_its_chapters(tmp_path: Path) -> None:
    """Titles without numbers on the left; what is numbered beside them stands below."""
    inside = p("1. 现状", run="<w:b/>") + p(LONG) + p("2. 设计", run="<w:b/>") + p(LONG)
    titles = ("项目概述", "网络安全", "密码应用")
    rows = [("项目名称", "某县政务服务平台"), *((title, inside) for title in titles)]
    rows.append(("投资估算", "总投资320万元。"))
    outline = read_report(write_docx(tmp_path / "a.docx", table(*rows)))
    assert headings(outline) == [
        (1, "项目概述"), (2, "1. 现状"), (2, "2. 设计"),
        (1, "网络安全"), (2, "1. 现状"), (2, "2. 设计"),
        (1, "密码应用"), (2, "1. 现状"), (2, "2. 设计"),
        (1, "投资估算"),
    ]  # fmt: skip


def test_a_table_of_modules_inside_a_report_makes_no_chapters(tmp_path: Path) -> None:
    modules = table(*((name, LONG) for name in ("数据采集", "数据治理", "数据服务", "运行监测")))
    body = "".join(styled(t, "1") + p(LONG) * 4 for t in ("总论", "应用系统", "网络安全")) + modules
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=HEADINGS))
    assert headings(outline) == [(1, "总论"), (1, "应用系统"), (1, "网络安全")]
    assert outline.sections[2].body[-1].is_table


def test_typed_numbers_that_begin_anew_below_styled_chapters_stand_below_them(
    tmp_path: Path,
) -> None:
    body = "".join(
        styled(title, "1")
        + "".join(p(f"{n}. {t}", run="<w:b/>") + p(TEXT) for n, t in ((1, "现状"), (2, "设计")))
        for title in ("总论", "网络安全", "密码应用")
    )
    outline = read_report(write_docx(tmp_path / "a.docx", body, styles=HEADINGS))
    assert [section.title for section in outline.sections] == ["总论", "网络安全", "密码应用"]
    assert {child.level for section in outline.sections for child in section.children} == {2}
