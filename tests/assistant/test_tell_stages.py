from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant, open_assistant
from assistant.place_articles import place_articles
from assistant.read_stage_question import read_stage_question
from assistant.settings import Settings
from assistant.stage_vocabulary import load_stages
from corpus.add_regulation import add_regulation
from corpus.library import Library


@pytest.mark.parametrize(
    "question",
    [
        "从头到尾流程",
        "项目全流程是什么",
        "建一个系统要走哪些步骤",
        # 建设 names a stage, but here the project as a whole.
        "建设一个信息化项目从头到尾要走哪些流程",
        "项目建设流程",
        "项目全生命周期管理要求",
        "一个项目要经过哪几个阶段",
        "信息化项目怎么搞",
    ],
)
def test_a_question_for_the_whole_way_asks_for_all_stages(question: str) -> None:
    asked = read_stage_question(question)
    assert asked is not None
    assert asked.whole


@pytest.mark.parametrize(
    ("question", "stages"),
    [
        ("验收阶段有哪些规定", ["验收"]),
        ("运维这块都有什么要求", ["运维"]),
        ("采购方面有什么规定", ["采购"]),
        ("建设阶段要注意什么", ["建设"]),
        ("关于绩效都规定了什么", ["绩效"]),
        ("申报审批的总体流程", ["申报", "审批"]),
        # From one stage to another: all between them.
        ("项目从申报到验收的流程", ["申报", "审批", "采购", "建设", "调整", "验收"]),
        # Both ends are narrower words that stand for their stages.
        ("项目从评审到签合同的流程", ["审批", "采购"]),
        ("申报到终验 全流程", ["申报", "审批", "采购", "建设", "调整", "验收"]),
    ],
)
def test_a_question_for_stages_as_a_whole_is_read(question: str, stages: list[str]) -> None:
    asked = read_stage_question(question)
    assert asked is not None
    assert [stage.name for stage in asked.stages] == stages
    assert not asked.whole


@pytest.mark.parametrize(
    "question",
    [
        # Steps of one thing: one provision answers.
        "验收流程是什么",
        "审批一般包含哪些环节",
        "验收分几个阶段",
        # Narrower than the stage.
        "验收材料有什么要求",
        "运维费用有什么要求",
        "办公电脑采购走啥程序",
        "密码应用有什么要求",
        "重大项目怎么走手续",
        "项目监管谁负责",
        # Nothing is named at all.
        "怎么办",
        # Another subject.
        "装修流程",
        "装修全流程",
        # A date, not a way.
        "申报截止到什么时候",
        "从签合同到验收最长多久",
    ],
)
def test_a_narrower_question_is_none_for_stages(question: str) -> None:
    assert read_stage_question(question) is None


@pytest.mark.parametrize(
    ("regulation", "stage", "first"),
    [
        ("xx-county", "申报", 7),
        ("xx-county", "验收", 20),
        ("xichuan", "申报", 7),
        ("xichuan", "调整", 17),
        ("xichuan", "运维", 20),
        ("jinzhai", "验收", 16),
        ("jinzhai", "绩效", 18),
        # No chapters: told from the sentences alone.
        ("xiangxi", "采购", 9),
        ("erenhot", "采购", 15),
        ("erenhot", "验收", 19),
    ],
)
def test_articles_stand_under_their_stage(
    shipped: Library, regulation: str, stage: str, first: int
) -> None:
    wanted = next(s for s in load_stages().stages if s.name == stage)
    placed = place_articles(shipped.regulation(regulation), wanted)
    assert placed[0].article.number == first


def test_articles_on_the_regulation_itself_stand_under_no_stage(shipped: Library) -> None:
    regulation = shipped.regulation("xichuan")
    placed = {p.article.number for s in load_stages().stages for p in place_articles(regulation, s)}
    # Purpose, definition, principles, duties; interpretation, date of effect.
    assert not placed & {1, 2, 3, 5, 38, 39, 40}


def test_a_regulation_without_a_stage_has_nothing_under_it(shipped: Library) -> None:
    operation = next(s for s in load_stages().stages if s.name == "运维")
    assert place_articles(shipped.regulation("xiangxi"), operation) == []


def test_the_whole_way_is_told_in_the_order_of_the_stages(answering: Assistant) -> None:
    text = answering.ask("淅川建一个系统要走哪些步骤").text
    positions = [text.index(f"#### {name}") for name in ("申报", "审批", "采购", "验收", "运维")]
    assert positions == sorted(positions)


def test_every_sentence_of_the_whole_way_is_quoted(answering: Assistant) -> None:
    answer = answering.ask("金寨项目全流程")
    quoted = "\n".join(citation.quote for citation in answer.citations)
    told = [line for line in answer.text.splitlines() if line.startswith("- ")]
    assert told
    assert all(line[2:].partition("（第")[0] in quoted for line in told)


def test_the_whole_way_of_one_region_cites_no_other(answering: Assistant) -> None:
    answer = answering.ask("二连浩特从头到尾流程")
    assert {citation.ref.regulation for citation in answer.citations} == {"erenhot"}


def test_without_a_region_the_whole_way_is_a_table_of_all(answering: Assistant) -> None:
    answer = answering.ask("项目全流程是什么")
    head = answer.text.splitlines()[0]
    assert all(r.region.name in head for r in answering.library.regulations)
    assert "说明一个地区" in answer.text


def test_one_stage_of_a_region_is_quoted_in_full(answering: Assistant) -> None:
    answer = answering.ask("淅川验收阶段有哪些规定")
    assert {18, 19} <= {citation.ref.article for citation in answer.citations}
    assert "安全风险评估报告" in answer.text


def test_a_stage_that_a_region_lacks_is_told_as_not_covered(answering: Assistant) -> None:
    assert answering.ask("湘西运维这块都有什么要求").status == "not_covered"


def test_the_stages_of_an_added_regulation_are_told(new_regulation: Path, tmp_path: Path) -> None:
    add_regulation(new_regulation, tmp_path, id="qingshan")
    answer = open_assistant(Settings(data_folder=tmp_path)).ask("青山县验收阶段有哪些规定")
    assert {citation.ref.article for citation in answer.citations} == {3, 4}


def test_a_chapter_can_be_asked_for_by_number(answering: Assistant) -> None:
    answer = answering.ask("淅川第四章讲了什么")
    assert [citation.ref.article for citation in answer.citations] == [20, 21, 22, 23]


def test_a_chapter_can_be_asked_for_by_its_title(answering: Assistant) -> None:
    answer = answering.ask("二连浩特市建设管理阶段有哪些步骤")
    assert {citation.ref.article for citation in answer.citations} == set(range(12, 20))


def test_one_matter_of_a_chapter_is_not_the_chapter(answering: Assistant) -> None:
    # 预算管理 is a chapter of 二连浩特; the question asks for one figure in it.
    answer = answering.ask("二连浩特预算执行率要达到多少")
    assert {citation.ref.article for citation in answer.citations} == {11}


@pytest.mark.parametrize(
    "question", ["需要什么材料", "材料清单", "要交哪些资料", "淅川需要什么材料"]
)
def test_materials_without_a_stage_are_asked_back(answering: Assistant, question: str) -> None:
    answer = answering.ask(question)
    assert answer.status == "out_of_scope"
    assert "哪个阶段" in answer.text
    assert "项目验收需要什么材料" in answer.text


def test_materials_are_those_of_the_stage_spoken_of_before(answering: Assistant) -> None:
    answer = answering.ask("需要什么材料", history=["淅川项目验收"])
    assert [one.ref.article for one in answer.citations] == [18]


def test_the_whole_way_tells_who_organises_the_first_acceptance(answering: Assistant) -> None:
    assert "初验由项目建设单位自行组织开展" in answering.ask("金寨从头到尾流程").text
