"""Words for a provision, as people write them."""

from __future__ import annotations

import pytest

from corpus.article_ref import ArticleRef
from corpus.errors import ArticleNotFound, ReferenceNotUnderstood
from corpus.library import Library
from corpus.read_reference import find_references, read_reference


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("淅川 第二十六条", ("xichuan", 26, 0, 0)),
        ("淅川县第26条", ("xichuan", 26, 0, 0)),
        ("淅川26条", ("xichuan", 26, 0, 0)),  # no 第
        ("xichuan:26", ("xichuan", 26, 0, 0)),
        ("XICHUAN 26", ("xichuan", 26, 0, 0)),
        ("xichuan:17.2", ("xichuan", 17, 2, 0)),
        ("xichuan:17.2.1", ("xichuan", 17, 2, 1)),
        ("xichuan：17．2．1", ("xichuan", 17, 2, 1)),  # full width marks
        ("xx-county:5", ("xx-county", 5, 0, 0)),
        ("XX县 第五条第(八)项", ("xx-county", 5, 1, 8)),
        ("《淅川县政务信息化项目建设管理暂行办法》第二十三条第(一)项", ("xichuan", 23, 1, 1)),
        ("《淅川县政务信息化项目建设管理暂行办法》第十七条第（三）项", ("xichuan", 17, 2, 3)),
        ("《淅川县政务信息化项目建设管理暂行办法》第十七条第二款第一项", ("xichuan", 17, 2, 1)),
        ("金寨办法第8条第二款", ("jinzhai", 8, 2, 0)),
        ("金寨县的管理办法第八条的第二款", ("jinzhai", 8, 2, 0)),
        ("《金寨县政务信息化项目管理办法》(修订版)第十条", ("jinzhai", 10, 0, 0)),
        ("金寨县政务信息化项目管理办法第十条", ("jinzhai", 10, 0, 0)),  # edition left out
        ("湘西 7", ("xiangxi", 7, 0, 0)),
        ("湘西土家族苗族自治州第七条第(二)项", ("xiangxi", 7, 1, 2)),
        ("二连浩特第二十八条第（六）项", ("erenhot", 28, 1, 6)),
        ("二连 第\uff12\uff18条", ("erenhot", 28, 0, 0)),  # wide digits
        ("电子政务工程建设管理办法第九条", ("xiangxi", 9, 0, 0)),  # fits one title only
        ("XX县智慧城市办法 第14条", ("xx-county", 14, 0, 0)),  # shortened title
        ("  淅川 第 二十六 条？", ("xichuan", 26, 0, 0)),
    ],
)
def test_references_are_read(
    library: Library, text: str, address: tuple[str, int, int, int]
) -> None:
    regulation, article, paragraph, item = address
    assert read_reference(text, library) == ArticleRef(
        regulation=regulation, article=article, paragraph=paragraph, item=item
    )


def test_the_label_of_every_provision_is_read_back(library: Library) -> None:
    for article in library.articles():
        for number, paragraph in enumerate(article.paragraphs, start=1):
            for item in range(1, len(paragraph.items) + 1):
                ref = ArticleRef(
                    regulation=article.regulation,
                    article=article.number,
                    paragraph=number,
                    item=item,
                )
                assert read_reference(library.label(ref), library) == ref


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("第二十六条", "没有说明是哪个规定"),
        ("政务信息化项目 第3条", "同时符合多个规定"),
        ("验收需要什么材料", "看不懂"),
        ("", "看不懂"),
        ("淅川", "看不懂"),
        ("淅川 第二十三条第", "看不懂"),
        ("第" * 500, "看不懂"),
    ],
)
def test_what_is_no_reference_is_refused_with_advice(
    library: Library, text: str, words: str
) -> None:
    with pytest.raises(ReferenceNotUnderstood, match=words):
        read_reference(text, library)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("北京 第三条", "不在库中"),
        ("《北京市电子政务工程建设管理办法》第三条", "不在库中"),
        ("金寨 第99条", "共至第二十四条"),
        ("xichuan:17.9", "共4款"),
        ("xichuan:0", "没有第零条"),
        ("淅川第二十三条第(四)项", "该条共3项"),
        ("淅川第十条之一", "没有第十条之一"),
    ],
)
def test_what_is_not_in_the_library_is_named(library: Library, text: str, words: str) -> None:
    with pytest.raises(ArticleNotFound, match=words):
        read_reference(text, library)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("淅川第二十六条要求写什么？", [("xichuan", 26, 0, 0)]),
        ("第二十六条要求写什么？", [(None, 26, 0, 0)]),
        # the place stands behind
        ("第26条说了什么，我是淅川的", [("xichuan", 26, 0, 0)]),
        # each reference belongs to the place before it
        (
            "淅川第二十六条和金寨第八条第二款有什么不同",
            [("xichuan", 26, 0, 0), ("jinzhai", 8, 2, 0)],
        ),
        ("淅川办法第三条、第四条", [("xichuan", 3, 0, 0), ("xichuan", 4, 0, 0)]),
        # two places, none before the reference
        ("第八条在淅川和金寨各是什么", [(None, 8, 0, 0)]),
        ("淅川第十七条第(一)项", [("xichuan", 17, 2, 1)]),
        ("《某市管理办法》第三条，淅川呢", [(None, 3, 0, 0)]),
        ("验收需要什么材料", []),
        ("淅川26条和金寨办法十条", [("xichuan", 26, 0, 0), ("jinzhai", 10, 0, 0)]),  # no 第
        ("淅川一共有40条，收集了30条意见", []),
    ],
)
def test_references_inside_questions_are_found(
    library: Library, question: str, found: list[tuple[str | None, int, int, int]]
) -> None:
    references = find_references(question, library)
    assert [(r.regulation, r.article, r.paragraph, r.item) for r in references] == found
    assert all("条" in question[r.start : r.end] for r in references)


def test_a_title_that_is_not_in_the_library_is_told(library: Library) -> None:
    (found,) = find_references("《北京市政务信息化项目管理办法》第三条是什么", library)
    assert (found.regulation, found.named) == (None, "北京市政务信息化项目管理办法")
    assert found.ref is None


@pytest.mark.parametrize(
    "text",
    [" " * 100_000, "第一条 " * 30_000, "\n" * 100_000, "第" + "一" * 100_000, "《" * 100_000],
)
def test_a_question_of_any_length_is_read_to_its_end(library: Library, text: str) -> None:
    find_references(text, library)
    with pytest.raises((ReferenceNotUnderstood, ArticleNotFound)):
        read_reference(text, library)
