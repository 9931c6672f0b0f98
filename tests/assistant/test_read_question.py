"""Question -> query: places, misspelt terms, concepts, facets, units."""

from __future__ import annotations

import pytest

from assistant.concepts import load_thesaurus
from assistant.facets import find_asked_facets, find_printed_facets, load_facets
from assistant.find_regions import RegionFinder
from assistant.measure_units import asked_units, printed_units
from assistant.mend_typos import TypoMender
from assistant.split_words import find_nouns, split_words
from assistant.understand_question import MAX_QUESTION, clean_question
from corpus.library import Library


@pytest.fixture(scope="module")
def finder(shipped: Library) -> RegionFinder:
    return RegionFinder(shipped.regulations)


@pytest.fixture(scope="module")
def mender() -> TypoMender:
    return TypoMender(load_thesaurus().forms())


@pytest.mark.parametrize(
    ("question", "regions"),
    [
        ("淅川县项目验收期限", ["xichuan"]),
        ("淅川 验收 期限", ["xichuan"]),
        ("河南省南阳市淅川县的验收期限", ["xichuan"]),  # the places it lies in are no others
        ("《金寨县政务信息化项目管理办法（修订版）》的申报材料", ["jinzhai"]),
        ("湘西州和二连浩特哪家要监理", ["xiangxi", "erenhot"]),
        ("湘西土家族苗族自治州 申报", ["xiangxi"]),
        ("二连 验收", ["erenhot"]),
        ("XX县验收材料", ["xx-county"]),
        ("浙川县验收", ["xichuan"]),  # how the name is most often misread
        ("验收要什么材料", []),
    ],
)
def test_regions_are_found_in_order(
    finder: RegionFinder, question: str, regions: list[str]
) -> None:
    found = finder.find(question)
    assert list(found.regions) == regions
    assert found.unknown_places == ()


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("佛山 概算编制指南", "佛山"),
        ("北京市政务信息化项目管理办法", "北京市"),
        ("南阳市的验收期限", "南阳市"),  # holds 淅川, but is not 淅川
        ("杭州的项目怎么申报", "杭州"),
        ("兰考县验收", "兰考县"),
        ("青山县验收期限是多久", "青山县"),  # in no list; told by its build
        ("这个办法在云岭县管用吗", "云岭县"),
    ],
)
def test_a_place_outside_the_library_is_told(
    finder: RegionFinder, question: str, place: str
) -> None:
    found = finder.find(question)
    assert found.regions == ()
    assert found.unknown_places == (place,)


@pytest.mark.parametrize(
    "question",
    [
        "新建区块链项目要审批吗",  # 新建区 is a district
        "信息资源县级共享怎么做",  # 资源县 is a county
        "公安部门管什么",  # 公安县 is a county
        "长江三角洲一体化",
        "项目资金市财政给吗",  # no place called 资金市
        "由县发改委批还是市里批",
        "同县不同单位合建",
        "我县下面的乡镇要不要报",
    ],
)
def test_words_that_look_like_places_are_none(finder: RegionFinder, question: str) -> None:
    assert finder.find(question).unknown_places == ()


def test_the_rest_keeps_the_question_without_its_places(finder: RegionFinder) -> None:
    assert finder.find("淅川县的验收期限").rest == "验收期限"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("验受材料", "验收材料"),
        ("例项要几月前报", "立项要几月前报"),
        ("项目监里要不要请", "项目监理要不要请"),
        ("绩孝自评", "绩效自评"),
        ("信息资原目录怎么编", "信息资源目录怎么编"),  # one wrong character in a long term
        ("政府彩购", "政府采购"),
    ],
)
def test_terms_misspelt_by_sound_are_mended(mender: TypoMender, typed: str, meant: str) -> None:
    assert mender.mend(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "要带齐哪几份报告",  # 份报 sounds like a term, but 报告 is a word
        "每个项目要不要定一个责任人",
        "方案里想带个大屏",  # 里想 sounds like 立项
        "可研要不要写密码篇",
        "验收需要什么材料",
    ],
)
def test_words_that_are_right_stay(mender: TypoMender, question: str) -> None:
    assert mender.mend(question) == question


def test_every_broader_concept_exists_and_names_are_unique() -> None:
    concepts = load_thesaurus().concepts
    names = [concept.name for concept in concepts]
    assert len(names) == len(set(names))
    assert {b for concept in concepts for b in concept.broader} <= set(names)


@pytest.mark.parametrize(
    ("question", "concept"),
    [
        ("密评多久做一次", "密评"),
        ("系统没人用了咋办", "系统关停"),
        ("剩下的钱要不要交回去", "结余资金"),
        ("能不能租阿里云", "第三方云"),
        ("项目中途想变更", "项目调整"),
    ],
)
def test_everyday_words_lead_to_the_concept(question: str, concept: str) -> None:
    assert concept in {match.concept.name for match in load_thesaurus().find_asked(question)}


def test_a_report_is_no_complaint() -> None:
    # 报告 holds the character 告 (to sue).
    found = {match.concept.name for match in load_thesaurus().find_asked("要交哪些报告")}
    assert "舆情投诉" not in found


@pytest.mark.parametrize(
    ("question", "facet"),
    [
        ("什么时候申报", "deadline"),
        ("多久做一次", "frequency"),
        ("调整比例是多少", "percent"),
        ("要什么材料", "list"),
        ("归谁管", "body"),
        ("能不能自建机房", "permission"),
    ],
)
def test_what_is_asked_for_is_told(question: str, facet: str) -> None:
    assert facet in find_asked_facets(question)


def test_facets_of_a_provision_are_told() -> None:
    said = find_printed_facets("项目建成6个月内,资金调整数额不超过概算总投资15%的")
    assert {"deadline", "duration", "percent"} <= said


def test_facet_names_are_unique() -> None:
    names = [facet.name for facet in load_facets()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("question", "provision", "answers"),
    [
        ("要几个人", "由五名以上专家组成", True),
        ("要几个人", "项目建成6个月内", False),
        ("几天答复", "在一个月内完成整改", True),  # any length of time answers a question for one
        ("多少分合格", "不超过概算总投资15%", False),
        ("变动几成", "不超过概算总投资10%", True),
    ],
)
def test_a_number_is_looked_for_in_the_unit_asked(
    question: str, provision: str, answers: bool
) -> None:
    asked = asked_units(question)
    assert asked
    assert (asked <= printed_units(provision)) is answers


def test_stopwords_and_punctuation_are_no_words() -> None:
    assert split_words("请问，这个项目的档案要怎么归档？") == ["档案", "归档"]


def test_nouns_are_told_from_other_words() -> None:
    nouns = find_nouns("专家费用由谁来支付")
    assert "专家" in nouns
    assert "由" not in nouns


@pytest.mark.parametrize("question", ["", "   ", "\x00\x1f\u200b", "\ufffd"])
def test_a_question_of_nothing_is_empty(question: str) -> None:
    assert clean_question(question) == ""


def test_a_long_question_is_cut_and_full_width_is_folded() -> None:
    assert clean_question("\uff38" * 10_000) == "X" * MAX_QUESTION


def test_a_question_in_traditional_characters_reads_like_one_in_simplified_ones() -> None:
    assert clean_question("金寨縣項目調整要不要重新報批") == "金寨县项目调整要不要重新报批"
