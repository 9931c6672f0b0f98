"""Places: misspelt names of the library, laws by their titles, and places of others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.assistant import Assistant
from assistant.find_regions import RegionFinder
from corpus.library import Library, load_library
from corpus.regulation import Regulation


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def finder(library: Library) -> RegionFinder:
    return RegionFinder(library.regulations)


def _law(title: str, like: Regulation) -> Regulation:
    region = replace(like.region, name="国家", aliases=("全国",))
    return replace(like, id=title, title=title, region=region)


@pytest.mark.parametrize(
    ("question", "region", "typed"),
    [
        ("淅传县验收要什么材料", "xichuan", "淅传县"),
        ("请问淅穿怎么报", "xichuan", "淅穿"),
        ("金赛县什么时候报", "jinzhai", "金赛县"),
        ("金债项目什么时候报", "jinzhai", "金债"),  # the same sound
    ],
)
def test_a_misspelt_region_is_taken_for_the_one_of_the_library(
    finder: RegionFinder, question: str, region: str, typed: str
) -> None:
    found = finder.find(question)
    assert found.regions == (region,)
    assert found.mended is not None
    assert found.mended.typed == typed


@pytest.mark.parametrize(
    "question",
    [
        "四川验收要什么材料",  # a place of its own, one character from 淅川
        "金湖县什么时候报",
        "金砖项目什么时候报",  # a word
        "山川地形图怎么保管",
        "项目什么时候报",
        "某某县什么时候报",
    ],
)
def test_what_is_a_place_or_word_of_its_own_is_not_mended(
    finder: RegionFinder, question: str
) -> None:
    assert finder.find(question).regions == ()


def test_a_region_spelt_right_leaves_everything_as_it_stands(finder: RegionFinder) -> None:
    assert finder.find("金寨和淅穿的验收").mended is None


def test_the_counties_of_a_region_stay_in_the_question(finder: RegionFinder) -> None:
    assert finder.find("湘西县市要执行吗").rest.startswith("县市")


@pytest.mark.parametrize("asked", ["密码法 密评", "中华人民共和国密码法怎么规定密评"])
def test_a_law_named_by_its_short_title_is_the_only_one_selected(
    library: Library, asked: str
) -> None:
    like = library.regulations[0]
    laws = (_law("中华人民共和国密码法", like), _law("中华人民共和国招标投标法", like))
    assert RegionFinder((*library.regulations, *laws)).find(asked).regions == (laws[0].id,)


def test_the_longer_of_two_titles_is_meant(library: Library) -> None:
    like = library.regulations[0]
    law = _law("中华人民共和国招标投标法", like)
    rules = _law("中华人民共和国招标投标法实施条例", like)
    finder = RegionFinder((law, rules))
    assert finder.find("招标投标法实施条例 投标保证金最多多少").regions == (rules.id,)
    assert finder.find("招标投标法 投标保证金最多多少").regions == (law.id,)


def test_the_answer_tells_which_region_was_taken(answering: Assistant) -> None:
    text = answering.ask("淅穿验收要什么材料").text
    assert "没有“淅穿”这个地区的办法，这里按“淅川”回答" in text


def test_nothing_is_told_of_a_place_spelt_right(answering: Assistant) -> None:
    assert "这里按“" not in answering.ask("淅川验收要什么材料").text
