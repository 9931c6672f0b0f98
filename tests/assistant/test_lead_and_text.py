"""Quotations -> what is said first, and the text around it."""

from __future__ import annotations

import dataclasses

import pytest

from assistant.compose_answer import Extras, compose_answered
from assistant.compose_refusal import compose_not_covered
from assistant.concepts import load_thesaurus
from assistant.extract_lead import Lead, extract_lead
from assistant.find_regions import RegionFinder
from assistant.mend_typos import TypoMender
from assistant.point_elsewhere import Pointer
from assistant.region_answer import ArticleAnswer, RegionAnswer
from assistant.remark_damage import remark_damage
from assistant.understand_question import Query, understand_question
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from corpus.errors import QuoteNotVerbatim
from corpus.library import Library


def read(question: str, library: Library) -> Query:
    thesaurus = load_thesaurus()
    finder = RegionFinder(library.regulations)
    return understand_question(question, finder, thesaurus, TypoMender(thesaurus.forms()))


def cite(library: Library, regulation: str, article: int, paragraph: int = 0) -> Citation:
    return library.cite(ArticleRef(regulation=regulation, article=article, paragraph=paragraph))


@pytest.mark.parametrize(
    ("question", "address", "items"),
    [
        (
            "验收要什么材料",
            ("xichuan", 18),
            ("项目建设总结", "财务报告", "审计报告", "安全风险评估报告"),
        ),
        # 国家、省、市、县有关规定 stands before the list and is none.
        ("验收要附上哪些报告", ("xx-county", 29), ("项目验收报告", "财务报告")),
        ("建设原则有哪些", ("xichuan", 3), ("统筹规划", "集约建设", "资源共享")),
        ("申报材料", ("xiangxi", 7), ("项目工程计划书", "可行性研究报告", "初步设计方案")),
        # 其他需要提交的材料 ends the list, it does not begin one.
        ("竣工验收要交什么材料", ("xiangxi", 13, 3), ("电子政务工程建设立项文件", "实施方案")),
        # Items (项) are the list where the sentence itself enumerates nothing.
        ("哪些情形不予安排运维预算", ("xichuan", 23), ("(一)未按要求完成系统对接互通",)),
    ],
)
def test_the_list_asked_for_comes_as_a_list(
    shipped: Library,
    question: str,
    address: tuple[str, int] | tuple[str, int, int],
    items: tuple[str, ...],
) -> None:
    lead = extract_lead(read(question, shipped), [cite(shipped, *address)])
    assert [entry[: len(item)] for entry, item in zip(lead.items, items, strict=False)] == [*items]


@pytest.mark.parametrize(
    ("question", "address", "head", "item"),
    [
        # The item alone would say the opposite of what is meant.
        ("办公电脑能从信息化资金里出吗", ("erenhot", 8), "不得纳入", "办公电脑"),
        ("重复采集数据的系统还安排运维预算吗", ("xichuan", 23), "不予安排", "重复采集"),
    ],
)
def test_an_item_comes_with_the_words_that_announce_it(
    shipped: Library, question: str, address: tuple[str, int], head: str, item: str
) -> None:
    lead = extract_lead(read(question, shipped), [cite(shipped, *address)])
    assert head in lead.sentence
    assert any(item in entry for entry in lead.items)


def test_a_sentence_that_goes_on_with_the_matter_is_said_too(shipped: Library) -> None:
    query = read("可研要写信息资源共享分析篇吗", shipped)
    lead = extract_lead(query, [cite(shipped, "xichuan", 26)])
    assert lead.sentence.startswith("项目可行性研究报告")
    assert "咨询评估单位的评估报告应当包括" in lead.sentence


def test_the_sentence_with_the_date_comes_first(shipped: Library) -> None:
    lead = extract_lead(read("每年几月前申报", shipped), [cite(shipped, "xiangxi", 7)])
    assert "每年10月底前" in lead.sentence


def test_words_of_nobody_cannot_become_a_lead(shipped: Library) -> None:
    citation = cite(shipped, "xichuan", 18)
    with pytest.raises(QuoteNotVerbatim):
        ArticleAnswer(lead=Lead(sentence="验收必须在3个月内完成"), citations=(citation,))


def test_a_list_entry_of_nobody_cannot_be_shown(shipped: Library) -> None:
    citation = cite(shipped, "xichuan", 18)
    lead = Lead(sentence="验收材料应包括项目建设总结", items=("监理报告",))
    with pytest.raises(QuoteNotVerbatim):
        ArticleAnswer(lead=lead, citations=(citation,))


@pytest.mark.parametrize("change", ["15%", "16%、", "不超过概算总投资 15%。", ""])
def test_a_quote_with_one_character_changed_cannot_exist(shipped: Library, change: str) -> None:
    citation = cite(shipped, "erenhot", 18, 1)
    with pytest.raises(QuoteNotVerbatim):
        dataclasses.replace(citation, quote=change and citation.quote.replace("10%", change))


def test_a_citation_of_another_article_cannot_exist(shipped: Library) -> None:
    citation = cite(shipped, "erenhot", 18)
    with pytest.raises(QuoteNotVerbatim):
        dataclasses.replace(citation, article=cite(shipped, "erenhot", 19).article)


def test_regions_stand_side_by_side_each_with_its_citation(shipped: Library) -> None:
    regions = [
        RegionAnswer(
            regulation=shipped.regulation(regulation),
            articles=(ArticleAnswer(lead=Lead(sentence=citation.label), citations=(citation,)),),
        )
        for regulation, citation in (
            ("xichuan", cite(shipped, "xichuan", 17, 2)),
            ("erenhot", cite(shipped, "erenhot", 18, 1)),
        )
    ]
    answer = compose_answered(regions, [shipped.regulation("jinzhai")])
    assert answer.regions == ("xichuan", "erenhot")
    assert (
        answer.text.index("淅川县") < answer.text.index("二连浩特市") < answer.text.index("金寨县")
    )
    assert [c.ref.regulation for c in answer.citations] == ["xichuan", "erenhot"]
    assert "第十七条第二款 [1]" in answer.text
    assert "金寨县**：办法未作规定" in answer.text


def test_notes_on_damage_go_with_the_quotation(shipped: Library) -> None:
    citation = cite(shipped, "xx-county", 15)
    article = ArticleAnswer(lead=Lead(sentence=citation.label), citations=(citation,))
    region = RegionAnswer(regulation=shipped.regulation("xx-county"), articles=(article,))
    answer = compose_answered([region], (), Extras(remarks=remark_damage([citation])))
    assert f"注：{citation.article.notes[0]}" in answer.text


def test_silence_is_told_with_who_does_provide(shipped: Library) -> None:
    xichuan = shipped.regulation("xichuan")
    pointer = Pointer(regulation=xichuan, article=xichuan.articles[11])
    answer = compose_not_covered([shipped.regulation("jinzhai")], [pointer], (), everywhere=False)
    assert answer.status == "not_covered"
    assert "本办法未规定" in answer.text
    assert "淅川县（第十二条）" in answer.text
    assert answer.citations == ()


def test_each_region_is_cited_once_before_any_is_cited_twice(shipped: Library) -> None:
    quotes = {
        "xiangxi": [cite(shipped, "xiangxi", 13, 3), cite(shipped, "xiangxi", 13, 1)],
        "erenhot": [cite(shipped, "erenhot", 19)],
    }
    regions = [
        RegionAnswer(
            regulation=shipped.regulation(regulation),
            articles=(ArticleAnswer(lead=Lead(sentence=cited[0].label), citations=tuple(cited)),),
        )
        for regulation, cited in quotes.items()
    ]
    answer = compose_answered(regions, ())
    order = [(c.ref.regulation, c.ref.paragraph) for c in answer.citations]
    assert order == [("xiangxi", 3), ("erenhot", 0), ("xiangxi", 1)]
    assert "第十三条第一款 [3]" in answer.text
