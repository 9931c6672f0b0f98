"""Conversations from question to answer, with the real index."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import FrameType

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant, open_assistant
from assistant.settings import Settings
from corpus.add_regulation import add_regulation, remove_regulation


def converse(assistant: Assistant, conversation: str, region: str | None = None) -> Answer:
    """The answer to the last of several questions; a bar stands between two."""
    *history, question = (part.strip() for part in conversation.split("|"))
    return assistant.ask(question, region=region, history=history)


def cited(answer: Answer) -> list[str]:
    return [f"{c.ref.regulation}:{c.ref.article}" for c in answer.citations]


@pytest.mark.parametrize(
    ("conversation", "first"),
    [
        ("淅川验收要什么材料 | 那金寨呢", "jinzhai:17"),
        ("淅川验收要什么材料 | 那金寨呢 | 换成湘西州 | 谁组织", "xiangxi:13"),
        ("淅川验收要什么材料 | 没按时呢", "xichuan:19"),
        ("淅川申报要什么材料 | 什么时候截止 | 那验收呢 | 没通过怎么办", "xichuan:19"),
        ("淅川内容调整不超过15%怎么办 | 超过了怎么办", "xichuan:17"),
        ("淅川绩效评价什么时候做 | 监理必须请吗", "xichuan:16"),  # another subject, same place
        ("淅川验收要什么材料 | 不是淅川,是金寨", "jinzhai:17"),
        ("金寨申报材料有哪些 | 我问的是验收", "jinzhai:17"),
        ("淅川验收要什么材料 | 那北京呢 | 那金寨呢", "jinzhai:17"),
        ("湘西竣工验收谁组织 | 那涉密的呢", "xiangxi:13"),
        ("二连浩特服务采购谁来做 | 那个办法归谁解释", "erenhot:33"),
        ("淅川概算500万的项目 | 想改60万行不行", "xichuan:17"),
        ("淅川概算500万的项目 | 想改60万行不行 | 二连浩特呢", "erenhot:18"),
        ("淅川验收期限多久 | 下一条呢", "xichuan:19"),
        ("淅川验收期限多久 | 下一条呢 | 再下一条呢 | 上一条", "xichuan:19"),
        ("淅川办法第二十三条 | 第(二)项呢", "xichuan:23"),
        ("湘西第十六条 | 第十七条呢 | 前面那条", "xiangxi:16"),
        ("淅川验收期限多久 | 下一条呢 | 前面那条", "xichuan:18"),
        ("湘西第十六条 | 第十七条呢 | 违反了怎么办", "xiangxi:18"),
        ("淅川第十八条讲什么 | 没通过怎么办", "xichuan:19"),  # on the subject of the article
        ("淅川第十七条 | 备案找谁", "xichuan:17"),
        ("淅川怎么申报 | 不是，是审批", "xichuan:9"),
        ("XX县可研要写什么 | 密码那一块呢", "xx-county:14"),
        ("各地申报时间 | 只看金寨和湘西 | 哪个早 | 二连浩特呢", "erenhot:5"),
        ("淅川验收材料有哪些 | 天气怎么样 | 金寨的呢", "jinzhai:17"),
        ("淅川验收材料有哪些 | 离婚财产怎么分 | 金寨的呢", "jinzhai:17"),
        ("我是金寨的 | 验收要什么材料", "jinzhai:17"),
        ("淅川验收期限 | 建成八个月了 | 那怎么办", "xichuan:19"),
        ("淅川验收期限 | 建成八个月了 | 那怎么办 | 那XX县呢", "xx-county:29"),
        ("淅川验收期限 | 超过了怎么办", "xichuan:19"),
        ("淅川第十七条讲什么 | 第五条呢", "xichuan:5"),
        ("淅川第二十六条规定了什么 | 这一条对可研报告怎么要求", "xichuan:26"),
        (
            "淅川申报要什么材料 | 什么时候截止 | 报给谁 | 那验收呢 | 几个月内 | 没按时呢 | 那金寨呢"
            " | 谁组织 | 那二连浩特 | 运维谁负责 | 经费呢 | 那淅川的",
            "xichuan:22",
        ),
    ],
)
def test_a_conversation_leads_to_the_article(
    answering: Assistant, conversation: str, first: str
) -> None:
    answer = converse(answering, conversation)
    assert answer.status == "answered"
    assert cited(answer)[0] == first
    assert {c.ref.regulation for c in answer.citations} == {first.partition(":")[0]}


@pytest.mark.parametrize(
    ("conversation", "regions"),
    [
        ("淅川验收期限多久 | 二连浩特和淅川比呢", {"xichuan", "erenhot"}),
        ("淅川验收期限多久 | 和金寨比呢", {"xichuan", "jinzhai"}),
        (
            "淅川验收要什么材料 | 所有地区呢",
            {"xx-county", "xichuan", "jinzhai", "xiangxi", "erenhot"},
        ),
    ],
)
def test_several_places_may_be_set_side_by_side(
    answering: Assistant, conversation: str, regions: set[str]
) -> None:
    answer = converse(answering, conversation)
    assert {c.ref.regulation for c in answer.citations} <= regions
    assert answer.comparison is not None
    # 金寨 sets no such period: its row says so.
    assert {row.regulation for row in answer.comparison.rows} == regions


@pytest.mark.parametrize(
    ("conversation", "conclusion"),
    [
        ("淅川项目调整 | 超过了怎么办", "不符合上述情形的,应当按照有关规定履行相应手续"),
        ("淅川调整不超过15%怎么办 | 超过15%呢", "不符合上述情形的,应当按照有关规定履行相应手续"),
        ("XX县项目调整比例 | 超了怎么办", "不符合上述情形的"),
        ("XX县项目调整比例 | 超过了怎么办 | 那二连呢", "调整超过10%"),  # of the other place
        ("淅川概算500万，想调整80万 | 那怎么办", "不符合上述情形的"),
    ],
)
def test_what_follows_where_the_bound_spoken_of_is_passed_is_told(
    answering: Assistant, conversation: str, conclusion: str
) -> None:
    workings = converse(answering, conversation).workings
    assert [conclusion in working.conclusion for working in workings] == [True]


def test_who_is_to_be_told_is_answered_without_the_working_before(answering: Assistant) -> None:
    answer = converse(answering, "概算800万的淅川项目，想调整130万 | 备案找谁")
    assert answer.workings == ()
    assert "同时向县发改委备案" in answer.text


@pytest.mark.parametrize("conversation", ["我是金寨的", "金寨", "你好 | 我们单位在金寨县"])
def test_one_who_only_says_where_they_are_is_asked_for_the_question(
    answering: Assistant, conversation: str
) -> None:
    answer = converse(answering, conversation)
    assert answer.text.startswith("好的，接下来的问题按金寨县的办法回答。")
    assert answer.citations == ()


def test_a_turn_that_asks_where_it_is_so_is_asked_of_all_regions(answering: Assistant) -> None:
    answer = converse(answering, "淅川要求可研写密码篇吗 | 那哪里要求")
    assert cited(answer)[0] == "xx-county:14"
    assert answer.comparison is not None


def test_all_regions_go_before_the_selected_one(answering: Assistant) -> None:
    answer = converse(answering, "淅川验收要什么材料 | 所有地区呢", region="jinzhai")
    assert len(answer.regions) == 5


@pytest.mark.parametrize(
    "conversation",
    [
        "淅川验收要什么材料 | 那北京呢",
        "淅川验收要什么材料 | 那国家的呢",
        "淅川验收要什么材料 | 那北京呢 | 要几天",
        "淅川验收要什么材料 | 今天天气怎么样",
        "淅川验收要什么材料 | 讲个笑话",
        "淅川验收要什么材料 | 离婚财产怎么分",
        "淅川验收要什么材料 | 明天会下雨吗",
        "淅川验收要什么材料 | 附近有什么餐馆",
        "淅川验收要什么材料 | 网络安全法第二十一条怎么规定",
        "淅川验收要什么材料 | 谢谢",
        "今天天气怎么样 | 下一条呢",
    ],
)
def test_what_cannot_be_answered_is_refused_in_mid_conversation(
    answering: Assistant, conversation: str
) -> None:
    answer = converse(answering, conversation)
    assert (answer.status, answer.citations) == ("out_of_scope", ())


@pytest.mark.parametrize(
    "typed",
    ["从哪里选", "最晚哪天", "要盖章吗", "找谁签字", "找哪个科室", "错过了怎么办", "电子版行吗"],
)
def test_a_short_follow_up_of_unknown_words_is_no_other_matter(
    answering: Assistant, typed: str
) -> None:
    answer = converse(answering, f"淅川验收要什么材料 | {typed}")
    assert answer.status != "out_of_scope"
    assert answer.carried is not None
    assert answer.carried.subjects == ("验收",)


def test_what_was_carried_over_is_said_first(answering: Assistant) -> None:
    answer = converse(answering, "淅川内容调整能超过15%吗 | 超过了怎么办")
    assert answer.carried is not None
    assert answer.carried.sentence == "按淅川县、项目调整理解"
    assert answer.blocks[0].kind == "carried"
    assert answer.text.startswith("（按淅川县、项目调整理解；")


def test_nothing_is_said_to_be_carried_where_nothing_was(answering: Assistant) -> None:
    answer = converse(answering, "淅川验收要什么材料 | 金寨监理必须请吗")
    assert answer.carried is None
    assert not any(block.kind == "carried" for block in answer.blocks)


def test_asking_anew_leaves_the_place_behind(answering: Assistant) -> None:
    answer = converse(answering, "淅川验收要什么材料 | 重新问：监理必须请吗")
    assert len(answer.regions) > 1
    assert answer.carried is None


def test_the_article_before_is_named_where_one_steps_on(answering: Assistant) -> None:
    answer = converse(answering, "淅川验收期限多久 | 下一条呢")
    assert answer.carried is not None
    assert answer.carried.sentence == "按淅川县、第十八条理解"
    assert answer.citations[0].quote == answer.citations[0].article.text


@pytest.mark.parametrize(
    ("conversation", "told"),
    [
        ("淅川办法第四十条 | 下一条呢", "最后一条"),
        ("淅川办法第一条 | 上一条", "第一条"),
        ("淅川办法第九条 | 第二款呢", "共1款"),
    ],
)
def test_a_step_beyond_what_there_is_is_told(
    answering: Assistant, conversation: str, told: str
) -> None:
    answer = converse(answering, conversation)
    assert (answer.status, answer.citations) == ("not_covered", ())
    assert told in answer.text


def test_the_work_of_a_turn_grows_no_faster_than_the_conversation(answering: Assistant) -> None:
    turns = ["那金寨呢", "几天", "那淅川呢", "没按时呢", "谁组织"]
    short, long = (["淅川验收要什么材料", *turns * count] for count in (4, 20))
    for earlier in (short, long):
        answering.ask("那金寨呢", history=earlier)
    assert _count_calls(answering, long) < 6 * _count_calls(answering, short)


def _count_calls(answering: Assistant, earlier: list[str]) -> int:
    """Functions called for one more turn: unlike seconds, the same on a busy machine."""
    calls = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(note)
    try:
        answering.ask("那金寨呢", history=earlier)
    finally:
        sys.setprofile(None)
    return calls


def test_conversations_at_the_same_time_know_nothing_of_each_other(answering: Assistant) -> None:
    talks = {
        "xichuan": ["淅川验收要什么材料", "没按时呢"],
        "jinzhai": ["金寨申报要什么材料", "那验收呢"],
        "erenhot": ["二连浩特内容调整能超过10%吗", "超过了怎么办"],
    }
    wrong: list[str] = []

    def talk(region: str) -> None:
        for _ in range(5):
            *history, question = talks[region]
            if answering.ask(question, history=history).regions != (region,):
                wrong.append(region)

    threads = [threading.Thread(target=talk, args=(region,)) for region in talks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_questions_under_way_survive_a_change_of_the_library(
    tmp_path: Path, new_regulation: Path
) -> None:
    settings = Settings(data_folder=tmp_path / "data")
    assistant = open_assistant(settings)
    faults: list[Exception] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                assistant.ask("验收期限是多久")
            except Exception as fault:  # noqa: BLE001 - whatever it is, the test reports it
                faults.append(fault)

    asking = threading.Thread(target=ask)
    asking.start()
    for _ in range(2):
        added = add_regulation(new_regulation, settings.data_folder)
        assistant.reload()
        remove_regulation(added.id, settings.data_folder)
        assistant.reload()
    done.set()
    asking.join()
    assert faults == []
