"""Questions of a conversation -> the whole question that the last one means."""

from __future__ import annotations

import pytest

from assistant.concepts import load_thesaurus
from assistant.conversation_words import load_conversation_words
from assistant.find_regions import RegionFinder
from assistant.mend_typos import TypoMender
from assistant.read_turn import Reader, read_turn
from assistant.resume_conversation import Meant, resume_conversation
from assistant.understand_question import Query, understand_question
from corpus.library import Library


@pytest.fixture(scope="module")
def read(shipped: Library) -> Reader:
    finder, thesaurus = RegionFinder(shipped.regulations), load_thesaurus()
    mender = TypoMender(thesaurus.forms())

    def read_question(question: str) -> Query:
        return understand_question(question, finder, thesaurus, mender)

    return read_question


def mean(conversation: str, read: Reader, *, has_selection: bool = False) -> Meant:
    """What the last of several questions means; a bar stands between two."""
    return resume_conversation(
        [question.strip() for question in conversation.split("|")],
        read,
        has_selection=has_selection,
        is_known=lambda word: word not in {"今天天气", "天气", "讲个", "笑话", "中午", "吃"},
    )


@pytest.mark.parametrize(
    ("conversation", "regions"),
    [
        ("淅川验收要什么材料 | 那金寨呢", ["jinzhai"]),
        ("淅川验收要什么材料 | 换成湘西州", ["xiangxi"]),
        ("淅川验收要什么材料 | 什么时候申报", ["xichuan"]),
        ("淅川验收要什么材料 | 不是淅川,是金寨", ["jinzhai"]),
        ("淅川验收要什么材料 | 搞错了，是金寨", ["jinzhai"]),
        ("淅川验收要什么材料 | 是金寨，不是淅川", ["jinzhai"]),
        ("淅川验收要什么材料 | 二连浩特和金寨比呢", ["erenhot", "jinzhai"]),
        ("淅川验收要什么材料 | 和金寨比呢", ["xichuan", "jinzhai"]),  # sets one beside the other
        ("淅川验收要什么材料 | 跟金寨的一样吗", ["xichuan", "jinzhai"]),
        ("XX县内容调整上限是多少 | 淅川也是这个比例吗", ["xichuan"]),  # 比例 compares nothing
        ("淅川验收要什么材料 | 所有地区呢", []),
        ("淅川验收要什么材料 | 那北京呢", []),
        ("淅川验收要什么材料 | 那北京呢 | 那淅川呢", ["xichuan"]),
        ("淅川验收要什么材料 | 重新问：监理要不要", []),
        ("淅川验收要什么材料 | 不看前面的，监理要不要", []),
        ("淅川验收要什么材料 | 换个问题 | 监理要不要", []),
        ("淅川验收要什么材料 | 换个话题，监理要不要", ["xichuan"]),  # of subject, not of place
        ("淅川验收要什么材料 | 谢谢 | 几天", ["xichuan"]),
        ("淅川第十七条讲什么 | 第五条呢", ["xichuan"]),
        ("我是金寨的 | 验收要什么材料", ["jinzhai"]),
        ("我们单位在湘西州 | 你好 | 验收呢", ["xiangxi"]),
        ("我是金寨的 | 我是淅川的 | 验收呢", ["xichuan"]),
        ("各地申报时间 | 只看金寨和湘西 | 哪个早", ["jinzhai", "xiangxi"]),
        ("淅川要求可研写密码篇吗 | 那哪里要求", []),
        ("XX县要做密评吗 | 哪些地方有这个要求", []),
        ("淅川验收要什么材料 | 哪里交", ["xichuan"]),  # asks for an office, not for regions
        ("淅川验收要什么材料 | 那国家的呢", []),  # no national regulation is held
    ],
)
def test_the_place_is_taken_over_or_replaced(
    read: Reader, conversation: str, regions: list[str]
) -> None:
    assert list(mean(conversation, read).query.regions) == regions


@pytest.mark.parametrize(
    ("conversation", "core"),
    [
        ("淅川验收要什么材料 | 那金寨呢", "验收要什么材料"),
        ("淅川验收要什么材料 | 那北京呢 | 那金寨呢", "验收要什么材料"),
        ("淅川验收要什么材料 | 所有地区呢", "验收要什么材料"),
        ("淅川验收要什么材料 | 如果我是金寨的呢", "验收要什么材料"),
        ("淅川验收要什么材料 | 同样的问题，湘西呢", "验收要什么材料"),
        ("淅川验收要什么材料 | 那湘西有没有这个要求", "验收要什么材料"),
        ("验收要什么材料 | 我们是淅川的", "验收要什么材料"),
        ("淅川验收要什么材料 | 放到金寨是怎么规定的", "验收要什么材料"),
        ("淅川验收要什么材料 | 金寨县的话呢", "验收要什么材料"),
        ("淅川验收要什么材料 | 金寨那边要求一样不", "验收要什么材料"),
        ("淅川验收要什么材料 | 别的地方怎么规定", "验收要什么材料"),
        ("淅川 验收 材料 | 期限", "验收 期限"),
        ("淅川验收要什么材料 | 没通过怎么办", "验收 没通过怎么办"),
        ("淅川验收要什么材料 | 没按时呢", "验收 没按时怎么办"),
        ("淅川验收要什么材料 | 好的，那几天", "验收 几天"),
        ("淅川验收要什么材料 | 明白了 那它由谁组织", "验收 它由谁组织"),
        ("淅川验收要什么材料 | 谁审批 | 那截止时间呢", "验收 审批 截止时间呢"),
        ("淅川申报要什么材料 | 那验收呢", "验收要什么材料"),  # one stage for another
        ("金寨申报材料有哪些 | 我问的是验收", "验收材料有哪些"),
        ("淅川可研里信息共享要写什么 | 密码那一块呢", "可研里密码要写什么"),
        ("湘西竣工验收谁组织 | 那涉密的呢", "竣工验收谁组织 涉密的呢"),  # asks the same again
        ("XX县涉密项目适用这个办法吗 | 那非涉密的呢", "非涉密项目适用这个办法吗"),
        ("淅川绩效评价不合格怎么办 | 会影响运维经费吗", "绩效评价不合格 会影响运维经费吗"),
        ("湘西竣工验收谁组织 | 涉密的归谁", "竣工验收 组织 涉密的归谁"),
        ("概算500万的项目 | 想改60万行不行", "概算500万的项目 想改60万行不行"),
        (
            "概算500万的项目 | 想改60万行不行 | 要是改80万呢",
            "概算500万的项目 想改80万行不行",
        ),
        ("概算500万的项目想改60万行不行 | 二连浩特呢", "概算500万的项目想改60万行不行"),
        ("淅川建成5个月了还没验收 | 要是7个月呢", "建成7个月了还没验收"),
        ("二连浩特概算300万，想调整40万要报批吗 | 如果调20万呢", "概算300万,想调整20万要报批吗"),
        # One stage of approval for another, unless it is an approval of what was spoken of.
        ("淅川怎么申报 | 不是，是审批", "怎么审批"),
        ("淅川怎么申报 | 不对，审批", "怎么审批"),
        ("淅川怎么申报 | 审批，不是申报", "怎么审批"),
        ("金寨怎么验收 | 审批呢 | 那采购呢 | 运维呢", "运维"),
        ("淅川申报由谁负责审批 | 那验收呢", "验收由谁负责审批"),
        ("淅川项目调整要什么条件 | 那审批呢", "调整 审批呢"),
        # A topic that a document treats.
        ("XX县可研要写什么 | 密码那一块呢", "可研要写什么 密码"),
        ("XX县可研要写什么 | 密码那一块呢 | 那网络安全呢", "可研要写什么 网络安全"),
        ("淅川可研要写什么 | 信息共享呢", "可研要写什么 信息共享"),
        # A case set against the bound of the question before.
        ("金寨项目调整 | 超过15%呢", "调整 超过15%怎么办"),
        ("淅川调整不超过15%怎么办 | 超过15%呢", "调整 超过15%怎么办"),
        ("淅川调整超过15%怎么办 | 超过20%呢", "调整超过20%怎么办"),
        ("湘西怎么申报 | 自筹资金的呢 | 涉密的呢", "怎么申报 涉密的呢"),  # one case for another
        ("二连浩特概算300万调40万行吗 | 那怎么办", "概算300万调40万行吗 怎么办"),
        # Who is to be told does not depend on the figures.
        ("淅川概算800万，想调整130万 | 备案找谁", "概算 ,想调整 备案找谁"),
        ("各地申报时间 | 只看金寨和湘西 | 哪个早", "申报时间"),
        ("各地验收期限 | 哪个最长", "验收期限"),
        ("各地验收期限 | 最短的是哪里", "验收期限"),
        ("各地验收期限 | 淅川和二连哪个更严", "验收期限"),
        ("淅川和金寨的验收材料 | 有什么不同", "和 的验收材料"),
        ("淅川验收要什么材料 | 天气怎么样 | 金寨的呢", "验收要什么材料"),
        ("淅川验收要什么材料 | 你好 | 金寨的呢", "验收要什么材料"),
    ],
)
def test_a_follow_up_becomes_a_whole_question(read: Reader, conversation: str, core: str) -> None:
    assert mean(conversation, read).query.core == core


@pytest.mark.parametrize(
    ("conversation", "core"),
    [
        ("淅川验收要什么材料 | 监理是不是必须请", "监理是不是必须请"),
        ("淅川验收要什么材料 | 这个项目要不要监理", "这个项目要不要监理"),
        ("淅川验收要什么材料 | 那运维方式有几种", "运维方式有几种"),
        ("淅川验收要什么材料 | 那个办法归谁解释", "那个办法归谁解释"),
        ("淅川验收要什么材料 | 那它规定了人工智能章节吗", "它规定了人工智能章节吗"),
        ("淅川验收要什么材料 | 今天天气怎么样", "今天天气怎么样"),
        ("淅川验收要什么材料 | 讲个笑话", "讲个笑话"),
        ("淅川验收要什么材料 | 你是谁", "你是谁"),
        ("淅川验收要什么材料 | 不对，我问的是监理要不要请", "监理要不要请"),
        ("淅川验收要什么材料 | 重新问：几天", "几天"),
        ("淅川调整不超过15%怎么办 | 验收超过6个月没做会怎样", "验收超过6个月没做会怎样"),
    ],
)
def test_a_question_with_a_subject_of_its_own_drags_nothing_in(
    read: Reader, conversation: str, core: str
) -> None:
    meant = mean(conversation, read)
    assert meant.query.core == core
    assert meant.carried_subjects == ()


def test_what_is_not_asked_anew_is_asked_for_as_before(read: Reader) -> None:
    assert "list" in mean("淅川申报要什么材料 | 那验收呢", read).query.facets


def test_what_is_asked_anew_replaces_what_was_asked_before(read: Reader) -> None:
    facets = mean("淅川申报要什么材料 | 那截止时间呢", read).query.facets
    assert "deadline" in facets
    assert "list" not in facets


def test_the_words_as_typed_stay_in_the_text(read: Reader) -> None:
    # A premise (也是15%吗) is corrected by what the person wrote.
    assert "也是15%吗" in mean("淅川内容调整能动多少钱 | 那金寨呢，也是15%吗", read).query.text


@pytest.mark.parametrize(
    ("conversation", "regions", "subjects"),
    [
        ("淅川内容调整能超过15%吗 | 超过了怎么办", ["xichuan"], ["项目调整"]),
        ("淅川验收要什么材料 | 那金寨呢", [], ["验收"]),
        ("淅川验收要什么材料 | 监理要不要", ["xichuan"], []),
        ("验收要什么材料 | 几天", [], ["验收"]),
        ("淅川验收要什么材料 | 淅川监理要不要", [], []),
        ("湘西竣工验收谁组织 | 那金寨呢", [], ["终验"]),  # the narrower of two names
        ("淅川验收要什么材料", [], []),
    ],
)
def test_what_was_carried_over_is_named(
    read: Reader, conversation: str, regions: list[str], subjects: list[str]
) -> None:
    meant = mean(conversation, read)
    assert (list(meant.carried_regions), list(meant.carried_subjects)) == (regions, subjects)


def test_a_selected_region_goes_before_a_carried_one_where_a_question_stands_alone(
    read: Reader,
) -> None:
    assert mean("淅川验收要什么材料 | 监理要不要请", read, has_selection=True).query.regions == ()


def test_a_follow_up_keeps_its_place_beside_a_selected_region(read: Reader) -> None:
    meant = mean("淅川验收要什么材料 | 没通过怎么办", read, has_selection=True)
    assert meant.query.regions == ("xichuan",)


def test_a_place_that_is_not_held_stays_refused_until_another_is_named(read: Reader) -> None:
    meant = mean("淅川验收要什么材料 | 那北京呢 | 要几天", read)
    assert meant.query.regions == ()
    assert meant.query.unknown_places == ("北京",)


def test_undoing_asks_the_last_question_by_itself(read: Reader) -> None:
    meant = mean("淅川验收要什么材料 | 监理必须请吗 | 撤销", read)
    assert (meant.query.core, meant.query.regions) == ("监理必须请吗", ())


@pytest.mark.parametrize(
    ("conversation", "reply"),
    [
        ("淅川验收要什么材料 | 谢谢", "thanks"),
        ("淅川验收要什么材料 | 好的，明白了", "thanks"),
        ("淅川验收要什么材料 | 换个问题", "restart"),
        ("淅川验收要什么材料 | 重新问", None),
        ("淅川验收要什么材料 | ", "blank"),
        ("我是金寨的", "place"),
        ("金寨县", "place"),
        ("我们单位在湘西州", "place"),
        ("淅川验收要什么材料 | 我是金寨的", None),  # asks the same of 金寨
        ("我是金寨的，验收要什么材料", None),
        ("我是北京的", None),  # is refused
    ],
)
def test_turns_that_ask_nothing_are_told(
    read: Reader, conversation: str, reply: str | None
) -> None:
    assert mean(conversation, read).reply == reply


@pytest.mark.parametrize(
    ("typed", "kind", "paragraph", "item"),
    [
        ("下一条呢", "next", 0, 0),
        ("再下一条", "next", 0, 0),
        ("做完方案下一步干嘛", "next", 0, 0),
        ("上一条", "previous", 0, 0),
        ("第二款呢", "provision", 2, 0),
        ("第(三)项是什么", "provision", 0, 3),
        ("第三项呢", "provision", 0, 3),
        ("第二款第（一）项", "provision", 2, 1),
        ("这一条全文", "whole", 0, 0),
        ("原文", "whole", 0, 0),
        ("哪一条规定的", "whole", 0, 0),
        ("再详细点", "whole", 0, 0),
        ("这一条对可研报告怎么要求", "within", 0, 0),
        ("前面那条", "earlier", 0, 0),
        ("之前说的那条呢", "earlier", 0, 0),
    ],
)
def test_steps_between_provisions_are_read(
    read: Reader, typed: str, kind: str, paragraph: int, item: int
) -> None:
    step = read_turn(typed, read).step
    assert step is not None
    assert (step.kind, step.paragraph, step.item) == (kind, paragraph, item)


@pytest.mark.parametrize(
    "typed", ["淅川第五条", "第五条呢", "几项条件", "三年内完成", "下一年度计划怎么报", "验收条件"]
)
def test_other_questions_are_no_steps(read: Reader, typed: str) -> None:
    assert read_turn(typed, read).step is None


def test_names_in_the_data_are_concepts_of_the_thesaurus() -> None:
    words = load_conversation_words()
    named = {*words.kind_of, *words.aspects, *words.cases, *words.of_regulation}
    named |= words.approved | words.parts_of | words.breaches
    assert named <= {concept.name for concept in load_thesaurus().concepts}
