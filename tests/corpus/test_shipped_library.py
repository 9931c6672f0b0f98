"""The five regulations against what a person reads in their sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from print_regulation import regulation_lines
from test_generated_regulations import bare, parse

from corpus.export_library import export_library
from corpus.library import Library, load_library
from corpus.regulation import Article

ARTICLES = {"xx-county": 44, "xichuan": 40, "jinzhai": 24, "xiangxi": 19, "erenhot": 34}
CHAPTERS = {"xx-county": 5, "xichuan": 8, "jinzhai": 6, "xiangxi": 0, "erenhot": 8}


def article(library: Library, regulation: str, number: int) -> Article:
    return library.regulation(regulation).articles[number - 1]


def shape(found: Article) -> list[int]:
    """Number of items in each paragraph."""
    return [len(paragraph.items) for paragraph in found.paragraphs]


def test_the_library_holds_161_articles_of_five_regulations(library: Library) -> None:
    assert [regulation.id for regulation in library.regulations] == list(ARTICLES)
    assert sum(1 for _ in library.articles()) == 161


@pytest.mark.parametrize("regulation", ARTICLES)
def test_every_article_number_is_there_once_and_in_order(library: Library, regulation: str) -> None:
    articles = library.regulation(regulation).articles
    assert [a.number for a in articles] == list(range(1, ARTICLES[regulation] + 1))


@pytest.mark.parametrize("regulation", CHAPTERS)
def test_every_chapter_is_there(library: Library, regulation: str) -> None:
    chapters = library.regulation(regulation).chapters
    assert [c.number for c in chapters] == list(range(1, CHAPTERS[regulation] + 1))


def test_the_sources_are_kept_byte_for_byte(library: Library, seeds_folder: Path) -> None:
    for source in library.sources:
        received = (seeds_folder / source.manifest.source_name).read_bytes()
        assert source.source.encode() == received


@pytest.mark.parametrize("regulation", ARTICLES)
def test_no_space_or_mark_is_left_inside_chinese_sentences(
    library: Library, regulation: str
) -> None:
    for found in library.regulation(regulation).articles:
        assert not any(c.isspace() for c in found.text.replace("\n", ""))
        assert found.text.endswith(("。", "；", ";")), found.label


@pytest.mark.parametrize(
    ("regulation", "number", "expected"),
    [
        ("xichuan", 5, [0, 0, 0, 0, 0, 0]),  # bodies in charge, a paragraph each, no labels
        ("xichuan", 17, [0, 3, 0, 0]),
        ("xichuan", 23, [3]),
        ("xichuan", 38, [0]),  # 39 and 40 have lost their heads and stand behind it
        ("jinzhai", 8, [0, 0, 0]),
        ("jinzhai", 9, [4]),
        ("jinzhai", 18, [0]),  # printed 第十八  条 with spaces inside
        ("jinzhai", 24, [0]),  # the forms behind it are annexes
        ("xiangxi", 7, [3]),  # items of several sentences
        ("xiangxi", 13, [0, 0, 0]),
        ("erenhot", 4, [0] * 7),
        ("erenhot", 8, [3]),
        ("erenhot", 18, [3, 0]),
        ("erenhot", 22, [0, 0]),
        ("erenhot", 28, [6]),
        ("xx-county", 5, [8, 0]),  # all in one line; behind item 8 begins a paragraph
        ("xx-county", 27, [3, 0]),  # a page mark splits （二 from ）
        ("xx-county", 29, [0]),
        ("xx-county", 32, [3]),  # the paragraph before the items ends in 。
    ],
)
def test_paragraphs_and_items_are_those_of_the_source(
    library: Library, regulation: str, number: int, expected: list[int]
) -> None:
    assert shape(article(library, regulation, number)) == expected


def test_items_bear_the_labels_as_printed(library: Library) -> None:
    ascii_labels = [i.label for i in article(library, "xichuan", 17).paragraphs[1].items]
    assert ascii_labels == ["(一)", "(二)", "(三)"]
    wide_labels = [i.label for i in article(library, "erenhot", 8).paragraphs[0].items]
    assert wide_labels == ["（一）", "（二）", "（三）"]


def test_spaces_inside_words_and_before_the_full_stop_are_gone(library: Library) -> None:
    items = article(library, "xichuan", 17).paragraphs[1].items
    assert items[0].text == "根据上级和县委、县政府新部署,确需改变建设内容的。"


def test_a_page_mark_inside_an_item_label_is_taken_out(library: Library) -> None:
    second = article(library, "xx-county", 27).paragraphs[0].items[1]
    assert (second.label, second.text) == ("(二)", "确需对原项目技术方案进行完善优化的;")


def test_the_paragraph_behind_inline_items_is_one_of_its_own(library: Library) -> None:
    paragraphs = article(library, "xx-county", 5).paragraphs
    assert paragraphs[0].items[7].text.endswith("各个环节法务保障。")
    assert paragraphs[1].text.startswith("各有关部门按照职责分工,")


def test_a_page_mark_in_mid_sentence_leaves_no_trace(library: Library) -> None:
    assert "安全风险评估报告(包括信息系统" in article(library, "xx-county", 29).text
    assert "提交验收申请报告时应当一并附上" in article(library, "xx-county", 29).text


def test_the_one_line_source_ends_where_the_last_article_ends(library: Library) -> None:
    assert article(library, "xx-county", 44).text == "本办法自印发之日起施行。"
    assert article(library, "xx-county", 1).text.startswith("为规范县级政务信息化建设管理,")


def test_misprints_stay_as_printed_and_are_noted(library: Library) -> None:
    found = article(library, "xiangxi", 9)
    assert "《中华人民共和国招标投标办法》" in found.text
    assert "《中华人民共和国招标投标法》" in found.notes[0]


def test_a_code_with_digits_keeps_its_form(library: Library) -> None:
    assert "（GB/T40692-2021）" in article(library, "erenhot", 2).text


def test_cut_and_lost_numbers_are_marked_as_such(library: Library) -> None:
    sources = {a.number: a.number_source for a in library.regulation("xichuan").articles}
    repaired = {*range(22, 29), *range(31, 39)}
    inferred = {29, 39, 40}
    assert {n for n, source in sources.items() if source == "repaired"} == repaired
    assert {n for n, source in sources.items() if source == "inferred"} == inferred
    others = [a for r in ARTICLES if r != "xichuan" for a in library.regulation(r).articles]
    assert {a.number_source for a in others} == {"as_printed"}


def test_every_number_that_is_not_as_printed_says_so_in_a_note(library: Library) -> None:
    for found in library.articles():
        assert (found.number_source == "as_printed") or "条号在原文中" in found.notes[0]


def test_certain_and_presumed_numbers_are_told_apart(library: Library) -> None:
    assert "确定" in article(library, "xichuan", 29).notes[0]
    assert "推定" in article(library, "xichuan", 39).notes[0]
    assert "推定" in article(library, "xichuan", 40).notes[0]


@pytest.mark.parametrize("number", [2, 4, 5, 7, 10, 11, 13, 15, 20, 22, 26])
def test_lost_punctuation_is_not_mended_but_noted(library: Library, number: int) -> None:
    assert any("疑缺标点" in note for note in article(library, "xichuan", number).notes)


def test_every_quotation_in_a_note_on_lost_punctuation_is_in_its_article(
    library: Library,
) -> None:
    for found in library.regulation("xichuan").articles:
        for note in found.notes:
            if "疑缺标点" in note:
                quoted = [part.split("”")[0] for part in note.split("“")[1:]]
                assert quoted
                assert all(words in found.text for words in quoted), found.label


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (15, "所有非政务信息化项目"),
        (17, "招标采购信息系统的"),
        (18, "信息资源的安全设施建设"),
        (29, "或者非信息系统网络安全等级保护测评报告"),
        (37, "应当严格遵守有关等法律、法规规定"),
    ],
)
def test_places_where_words_were_stripped_are_quoted_as_printed_and_noted(
    library: Library, number: int, printed: str
) -> None:
    found = article(library, "xx-county", number)
    assert printed in found.text
    assert any("涉密" in note or "保密" in note for note in found.notes)


def test_empty_chapter_titles_are_empty_and_no_words_of_an_article(library: Library) -> None:
    titles = [chapter.title for chapter in library.regulation("xichuan").chapters]
    assert titles[0] is None
    assert titles[7] is None
    assert titles[1] == "项目申报与审批管理"


def test_articles_stand_in_their_chapters(library: Library) -> None:
    chapters = {a.number: a.chapter for a in library.regulation("xichuan").articles}
    assert [chapters[n] for n in (5, 6, 10, 11, 19, 20, 23, 24, 29, 30, 34, 38, 40)] == [
        1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 8,
    ]  # fmt: skip
    assert {a.chapter for a in library.regulation("xiangxi").articles} == {None}


def test_titles_with_spaces_inside_are_read(library: Library) -> None:
    titles = [chapter.title for chapter in library.regulation("erenhot").chapters]
    assert titles == [
        "总则", "计划管理", "预算管理", "建设管理", "数据管理", "安全管理", "监督管理", "附则",
    ]  # fmt: skip


def test_the_forms_of_jinzhai_are_annexes_and_in_no_article(library: Library) -> None:
    regulation = library.regulation("jinzhai")
    titles = [annex.title for annex in regulation.annexes]
    assert titles == [
        "附件1 金寨县政务信息化建设项目申报表",
        "附件2 金寨县行政事业单位办公电脑采购申报表",
    ]
    assert "项目主管部门意见" in regulation.annexes[0].text
    assert not any("申报日期" in found.text for found in regulation.articles)
    assert regulation.articles[-1].text.endswith("同时废止。")


def test_web_page_and_letter_are_in_no_article(library: Library) -> None:
    for words in ("扫一扫", "首页", "会员分享", "各乡镇人民政府", "来源:", "打印"):
        assert not any(words in found.text for found in library.articles())


def test_trial_period_and_age_are_told(library: Library) -> None:
    assert any("2027年8月28日" in note for note in library.regulation("xichuan").notes)
    assert any("2013年" in note for note in library.regulation("xiangxi").notes)
    assert any("试行" in note for note in library.regulation("erenhot").notes)
    assert any("〔2018〕16号" in note for note in library.regulation("jinzhai").notes)


@pytest.mark.parametrize(
    ("regulation", "number", "issued"),
    [
        ("xichuan", "淅政办[2025]6号", "2025-08-29"),
        ("jinzhai", "金政办秘〔2022〕46号", "2022-06-16"),
        ("xiangxi", None, "2013-10-15"),
        ("erenhot", None, None),
        ("xx-county", None, None),
    ],
)
def test_document_number_and_date_are_those_printed(
    library: Library, regulation: str, number: str | None, issued: str | None
) -> None:
    found = library.regulation(regulation)
    assert (found.document_number, found.issued) == (number, issued)


def test_the_fingerprint_is_the_same_for_the_same_content(library: Library) -> None:
    assert library.fingerprint == load_library().fingerprint
    assert len(library.fingerprint) == 64


def test_the_export_has_the_keys_of_the_contract(library: Library) -> None:
    exported = export_library(library)["regulations"]
    assert {"id", "title", "region", "document_number", "issued", "chapters", "articles"} <= set(
        exported[0]
    )
    for regulation in exported:
        for found in regulation["articles"]:
            assert {"number", "label", "chapter", "text", "number_source", "notes"} <= set(found)
            parts = [
                part
                for paragraph in found["paragraphs"]
                for part in (
                    paragraph["text"],
                    *(item["label"] + item["text"] for item in paragraph["items"]),
                )
            ]
            assert "\n".join(parts) == found["text"]


@pytest.mark.parametrize("regulation", ARTICLES)
@pytest.mark.parametrize("layout", ["one line", "chopped lines", "page marks"])
def test_set_without_paragraphs_each_regulation_is_still_split(
    library: Library, regulation: str, layout: str
) -> None:
    expected = library.regulation(regulation)
    run = "".join(regulation_lines(expected)).replace(" ", "")
    source = {
        "one line": run,
        "chopped lines": "\n".join(run[n : n + 40] for n in range(0, len(run), 40)),
        "page marks": "转载自某网站"
        + "".join(f"\n{n // 300 + 1}、{run[n : n + 300]}" for n in range(0, len(run), 300)),
    }[layout]
    parsed = parse(source)
    assert parsed.problems == ()
    got = [(a.number, a.chapter, bare(a.text)) for a in parsed.regulation.articles]
    assert got == [(a.number, a.chapter, bare(a.text)) for a in expected.articles]
