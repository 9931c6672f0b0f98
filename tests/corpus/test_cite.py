"""Citations are verbatim, and their addresses lead to the words."""

from __future__ import annotations

import pytest

from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from corpus.errors import ArticleNotFound, QuoteNotVerbatim
from corpus.library import Library


def ref(regulation: str, article: int, paragraph: int = 0, item: int = 0) -> ArticleRef:
    return ArticleRef(regulation=regulation, article=article, paragraph=paragraph, item=item)


def test_every_article_paragraph_and_item_can_be_cited_whole(library: Library) -> None:
    for article in library.articles():
        assert library.cite(article.ref).quote == article.text
        for number, paragraph in enumerate(article.paragraphs, start=1):
            address = ref(article.regulation, article.number, number)
            assert library.cite(address).quote == paragraph.full_text
            for item_number, item in enumerate(paragraph.items, start=1):
                below = ref(article.regulation, article.number, number, item_number)
                assert library.cite(below).quote == item.label + item.text


@pytest.mark.parametrize(
    ("address", "label"),
    [
        (ref("xichuan", 26), "《淅川县政务信息化项目建设管理暂行办法》第二十六条"),
        (ref("xichuan", 17, 2), "《淅川县政务信息化项目建设管理暂行办法》第十七条第二款"),
        (
            ref("xichuan", 17, 2, 1),
            "《淅川县政务信息化项目建设管理暂行办法》第十七条第二款第(一)项",
        ),
        # one paragraph only: 款 is left out
        (ref("xichuan", 23, 1, 1), "《淅川县政务信息化项目建设管理暂行办法》第二十三条第(一)项"),
        (ref("xichuan", 26, 1), "《淅川县政务信息化项目建设管理暂行办法》第二十六条"),
    ],
)
def test_labels_name_the_provision(library: Library, address: ArticleRef, label: str) -> None:
    assert library.cite(address).label == label


@pytest.mark.parametrize(
    ("regulation", "number", "quote", "paragraph", "item"),
    [
        ("xichuan", 17, "根据信息技术发展新变化", 2, 2),
        ("xichuan", 17, "可以由项目建设单位调整", 2, 0),
        ("xichuan", 17, "不再重新报批", 3, 0),
        ("xx-county", 5, "县司法局负责", 1, 8),
        ("erenhot", 22, "数据提供方式包括服务接口", 2, 0),
        ("erenhot", 8, "（三）办公场所", 1, 3),  # the label is part of the item
        ("xichuan", 26, "信息资源目录", 1, 0),
    ],
)
def test_a_quotation_is_located_in_the_finest_provision(
    library: Library, regulation: str, number: int, quote: str, paragraph: int, item: int
) -> None:
    expected = ref(regulation, number, paragraph, item)
    assert library.locate(ref(regulation, number), quote) == expected
    assert library.cite(ref(regulation, number), quote).ref == expected


def test_a_quotation_over_two_paragraphs_is_located_in_the_article(library: Library) -> None:
    text = library.article(ref("jinzhai", 3)).text
    end = text.index("\n")
    assert library.locate(ref("jinzhai", 3), text[end - 5 : end + 5]) == ref("jinzhai", 3)


@pytest.mark.parametrize(
    ("address", "quote"),
    [
        (ref("xichuan", 26), "应当包括密码应用篇(章)"),  # of another regulation
        (ref("xichuan", 26), "信息资源共享应用分析、信息资源目录"),  # the lost comma mended
        (ref("xx-county", 15), "所有非涉密政务信息化项目"),  # the presumed wording
        (ref("xichuan", 17, 1), "不再重新报批"),  # of another paragraph
        (ref("xichuan", 17, 2, 1), "根据信息技术发展新变化"),  # of another item
        (ref("xichuan", 26), ""),
        (ref("xichuan", 26), " \n"),
    ],
)
def test_words_that_are_not_in_the_provision_cannot_be_cited(
    library: Library, address: ArticleRef, quote: str
) -> None:
    with pytest.raises(QuoteNotVerbatim):
        library.cite(address, quote)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (ref("xichuan", 41), "共至第四十条"),
        (ref("nowhere", 1), "现有：xx-county、xichuan"),
        (ref("xichuan", 17, 5), "共4款"),
        (ref("xichuan", 17, 2, 4), "共3项"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(
    library: Library, address: ArticleRef, words: str
) -> None:
    with pytest.raises(ArticleNotFound, match=words):
        library.cite(address)


def test_a_citation_cannot_be_made_by_hand_with_other_words(library: Library) -> None:
    article = library.article(ref("xichuan", 26))
    for quote in ("没有的话", "", " "):
        with pytest.raises(QuoteNotVerbatim):
            Citation(article=article, ref=article.ref, label="《…》", quote=quote)


def test_a_citation_cannot_be_made_for_another_article(library: Library) -> None:
    article = library.article(ref("xichuan", 26))
    with pytest.raises(QuoteNotVerbatim, match="不是同一条"):
        Citation(article=article, ref=ref("xichuan", 27), label="《…》", quote=article.text)
