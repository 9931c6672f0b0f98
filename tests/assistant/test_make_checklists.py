from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from docx.shared import Cm

from assistant.answer import Checklist
from assistant.assistant import Assistant
from assistant.export_checklist import render_checklist_docx, render_checklist_markdown


def _checklist(answering: Assistant, question: str) -> Checklist:
    (checklist,) = answering.ask(question).checklists
    return checklist


def test_materials_become_a_checklist(answering: Assistant) -> None:
    checklist = _checklist(answering, "淅川验收需要什么材料")
    assert checklist.title == "淅川县 验收材料清单"
    texts = [entry.text for entry in checklist.entries]
    assert texts == ["项目建设总结", "财务报告", "审计报告", "安全风险评估报告"]


def test_every_entry_stands_in_its_own_quotation(answering: Assistant) -> None:
    for checklist in answering.ask("验收需要什么材料").checklists:
        assert all(entry.text in entry.citation.quote for entry in checklist.entries)


def test_items_are_cited_down_to_the_item(answering: Assistant) -> None:
    checklist = _checklist(answering, "淅川项目调整要符合哪些条件")
    assert [entry.citation.ref.item for entry in checklist.entries] == [1, 2, 3]
    assert checklist.introduction is not None
    # Whether all or one of them is needed stands only there.
    assert "下列情形之一" in checklist.introduction.text


def test_one_checklist_is_made_for_each_region(answering: Assistant) -> None:
    checklists = answering.ask("淅川和金寨验收需要什么材料").checklists
    assert [checklist.regulation for checklist in checklists] == ["xichuan", "jinzhai"]


def test_a_date_is_no_checklist(answering: Assistant) -> None:
    assert answering.ask("二连浩特申报截止到什么时候").checklists == ()


def test_a_checklist_in_the_text_has_boxes(answering: Assistant) -> None:
    assert "- ☐ 财务报告" in answering.ask("淅川验收需要什么材料").text


def test_markdown_is_a_task_list_with_sources(answering: Assistant) -> None:
    checklist = _checklist(answering, "淅川验收需要什么材料")
    text = render_checklist_markdown([checklist])
    assert text.startswith("## 淅川县 验收材料清单\n")
    assert "- [ ] 财务报告（第十八条）\n" in text
    assert "依据：《淅川县政务信息化项目建设管理暂行办法》" in text


def test_the_document_holds_every_entry_with_box_and_source(answering: Assistant) -> None:
    checklist = _checklist(answering, "淅川项目调整要符合哪些条件")
    document = Document(BytesIO(render_checklist_docx([checklist])))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == checklist.title
    for entry in checklist.entries:
        below = lines[lines.index(f"☐\t{entry.text}") + 1]
        assert below == f"依据：{entry.citation.label.partition('》')[2]}"


def test_the_document_is_a4(answering: Assistant) -> None:
    checklist = _checklist(answering, "淅川验收需要什么材料")
    page = Document(BytesIO(render_checklist_docx([checklist]))).sections[0]
    assert page.page_width is not None
    assert abs(page.page_width - Cm(21)) < Cm(0.01)


def test_each_checklist_begins_a_page(answering: Assistant) -> None:
    checklists = answering.ask("淅川和金寨验收需要什么材料").checklists
    document = Document(BytesIO(render_checklist_docx(checklists)))
    begin = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert begin == [checklists[1].title]


def test_what_a_step_needs_is_no_step(answering: Assistant) -> None:
    # 第七条第(一)项 names materials inside one step.
    for checklist in answering.ask("湘西申报要走哪些程序").checklists:
        assert all(entry.text.startswith("(") for entry in checklist.entries)


def test_a_question_for_a_body_gets_no_list_of_materials(answering: Assistant) -> None:
    assert answering.ask("淅川初验是哪个单位的事").checklists == ()


def test_a_question_for_yes_or_no_gets_no_checklist(answering: Assistant) -> None:
    assert answering.ask("淅川验收材料里包括审计报告吧").checklists == ()


@pytest.mark.parametrize(
    "question",
    [
        # What a need is named in, no things to bring.
        "淅川人工智能有哪些要求",
        # Conditions of a sum that is worked out.
        "概算500万调60万，淅川怎么办",
    ],
)
def test_what_is_no_list_of_things_makes_no_checklist(answering: Assistant, question: str) -> None:
    assert not answering.ask(question).checklists


def test_a_checklist_for_checking_is_not_named_after_supervision(answering: Assistant) -> None:
    (checklist,) = answering.ask("淅川验收的检查清单").checklists
    assert checklist.title == "淅川县 验收清单"
