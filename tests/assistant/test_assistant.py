"""The whole way, with the real index and the real encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant, open_assistant
from assistant.errors import RegionUnknown
from assistant.settings import Settings
from corpus.add_regulation import add_regulation, remove_regulation
from evals.load_questions import load_questions


def cited(answer: Answer) -> list[str]:
    return [f"{c.ref.regulation}:{c.ref.article}" for c in answer.citations]


@pytest.mark.parametrize(
    ("question", "first", "fact"),
    [
        ("淅川县项目建成后多久要组织验收", "xichuan:18", "6个月内"),
        ("淅川 验收 材料", "xichuan:18", "项目建设总结"),
        ("金寨终验之后多长时间做绩效自评价", "jinzhai:18", "6个月内"),
        ("二连浩特调整不能超过百分之几", "erenhot:18", "10%"),
        ("湘西州每年几月底前申报立项", "xiangxi:7", "10月底前"),
        ("XX县谁负责解释这个办法", "xx-county:43", "县智慧城市工作领导小组办公室"),
        ("淅川可研里要写哪些信息共享的内容", "xichuan:26", "数据共享开放清单"),
    ],
)
def test_a_question_on_one_place_is_answered_from_it(
    answering: Assistant, question: str, first: str, fact: str
) -> None:
    answer = answering.ask(question)
    assert answer.status == "answered"
    assert cited(answer)[0] == first
    assert fact in answer.text
    assert answer.regions == (first.partition(":")[0],)


def test_the_selected_region_counts_where_none_is_named(answering: Assistant) -> None:
    assert answering.ask("验收要什么材料", region="jinzhai").regions == ("jinzhai",)


def test_the_named_region_goes_before_the_selected_one(answering: Assistant) -> None:
    assert answering.ask("淅川验收要什么材料", region="jinzhai").regions == ("xichuan",)


def test_without_a_region_every_regulation_that_provides_answers(answering: Assistant) -> None:
    answer = answering.ask("项目验收要提交哪些材料")
    assert set(answer.regions) == {"xx-county", "xichuan", "jinzhai", "xiangxi", "erenhot"}
    assert {c.ref.regulation for c in answer.citations} == set(answer.regions)


@pytest.mark.parametrize(
    "question",
    ["金寨的可研要写人工智能章节吗", "湘西州密码应用有什么要求", "淅川会把企业列入黑名单吗"],
)
def test_what_the_regulation_is_silent_on_is_told_so(answering: Assistant, question: str) -> None:
    answer = answering.ask(question)
    assert answer.status == "not_covered"
    assert answer.citations == ()
    assert "本办法未规定" in answer.text


@pytest.mark.parametrize(
    "question", ["今天天气怎么样", "帮我写一首诗", "离婚财产怎么分", "网络安全法第二十一条怎么规定"]
)
def test_what_is_about_something_else_is_out_of_scope(answering: Assistant, question: str) -> None:
    assert answering.ask(question).status == "out_of_scope"


@pytest.mark.parametrize("question", ["佛山 概算编制指南", "北京市政务信息化项目怎么验收"])
def test_another_place_is_refused_naming_the_places_held(
    answering: Assistant, question: str
) -> None:
    answer = answering.ask(question)
    assert answer.status == "out_of_scope"
    assert "淅川县" in answer.text
    assert answer.citations == ()


def test_an_article_named_is_shown_whole(answering: Assistant) -> None:
    answer = answering.ask("淅川办法第二十六条讲什么")
    assert cited(answer) == ["xichuan:26"]
    assert answer.citations[0].quote == answer.citations[0].article.text


def test_an_article_that_does_not_exist_is_told_with_the_last_one(answering: Assistant) -> None:
    answer = answering.ask("金寨办法第九十九条是什么")
    assert answer.status == "not_covered"
    assert "第二十四条" in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("淅川第二十三条第四项", "共3项"),
        ("淅川第九条第二款", "第九条没有第二款，该条共1款"),
        ("湘西办法第四条第（五）项", "共3项"),
    ],
)
def test_a_paragraph_or_item_that_does_not_exist_is_never_cited(
    answering: Assistant, question: str, told: str
) -> None:
    answer = answering.ask(question)
    assert (answer.status, answer.citations) == ("not_covered", ())
    assert told in answer.text


def test_an_item_named_without_its_paragraph_is_quoted(answering: Assistant) -> None:
    answer = answering.ask("淅川第二十三条第(一)项")
    assert answer.citations[0].quote.startswith("(一)未按要求完成系统对接互通")


def test_a_follow_up_takes_the_subject_from_before(answering: Assistant) -> None:
    answer = answering.ask("那金寨呢", history=["淅川验收要什么材料"])
    assert cited(answer)[0] == "jinzhai:17"


def test_a_follow_up_keeps_the_region(answering: Assistant) -> None:
    answer = answering.ask("什么时候申报", history=["淅川验收要什么材料"])
    assert answer.regions == ("xichuan",)


@pytest.mark.parametrize(
    "question",
    [
        "",
        " \n ",
        "\x00\x01",
        "？！",
        "啊" * 10_000,
        "验收材料" * 2_500,
        "<script>alert(1)</script>",
    ],
)
def test_odd_questions_never_fault(answering: Assistant, question: str) -> None:
    assert answering.ask(question).text


def test_an_unknown_region_is_refused_with_the_ids(answering: Assistant) -> None:
    with pytest.raises(RegionUnknown, match="xichuan"):
        answering.ask("验收", region="nowhere")


def test_no_answer_to_a_working_question_quotes_or_cites_what_is_not_there(
    answering: Assistant,
) -> None:
    cases = [case for case in load_questions(answering.library) if case.part == "working"]
    for case in cases[::7]:
        answer = answering.ask(case.question, region=case.region, history=case.history)
        for citation in (*answer.citations, *answer.related):
            assert citation.quote in answering.library.article(citation.ref).text, case.id
        if case.regions and not case.history:
            named = set(case.asked) or set(answer.regions)
            assert {c.ref.regulation for c in answer.citations} <= named, case.id


def test_the_same_question_gets_the_same_answer(answering: Assistant) -> None:
    first, second = (answering.ask("湘西验收要哪些材料") for _ in range(2))
    assert (first.text, first.citations) == (second.text, second.citations)


def test_an_added_regulation_answers_at_once_and_after_a_restart(
    tmp_path: Path, new_regulation: Path
) -> None:
    settings = Settings(data_folder=tmp_path / "data")
    assistant = open_assistant(settings)
    assert assistant.ask("青山县验收期限是多久").status != "answered"
    added = add_regulation(new_regulation, settings.data_folder)
    for asked in (assistant, open_assistant(settings)):
        answer = asked.ask("青山县项目建成后多久申请验收")
        assert answer.regions == (added.id,)
        assert "九个月内" in answer.text
    remove_regulation(added.id, settings.data_folder)
    assert assistant.ask("青山县项目建成后多久申请验收").status != "answered"


def test_a_word_such_as_national_secret_names_no_region(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "data")
    path = tmp_path / "国家政务信息化项目管理办法.txt"
    path.write_text(
        "国家政务信息化项目管理办法\n"
        "第一条 为规范国家政务信息化项目管理，制定本办法。\n"
        "第二条 国家政务信息化项目应当在一年内申请验收。\n"
        "第三条 本办法自2026年1月1日起施行。\n",
        encoding="utf-8",
    )
    added = add_regulation(path, settings.data_folder)
    assistant = open_assistant(settings)
    assert assistant.ask("涉及国家秘密的项目按什么办", region="xichuan").regions == ("xichuan",)
    assert assistant.ask("国家政务信息化项目多久申请验收").regions == (added.id,)
