from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from tell_lies import LIES, tell_lies

from assistant.split_statements import Statement
from assistant.verify_statements import Source, find_source
from corpus.article_ref import ArticleRef
from corpus.library import Library

HERE = Path(__file__).parent
# A verifier that rejects everything is useless; this share of honest restatements has to pass.
FAIR_SHARE = 0.7
# Of the printed sentences, one in so many is lied about.
EVERY = 4


def read_statements(name: str) -> list[tuple[str, str]]:
    by_article = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return [(key, text) for key, texts in by_article.items() for text in texts]


def cite(library: Library, key: str) -> Source:
    id, _, number = key.partition(":")
    region = library.regulation(id).region
    return Source(
        number=1,
        citation=library.cite(ArticleRef(regulation=id, article=int(number))),
        places=(region.name, *region.aliases),
    )


def is_carried(library: Library, key: str, text: str) -> bool:
    statement = Statement(shown=text, readings=(text,))
    return find_source(statement, [cite(library, key)]) is not None


@pytest.fixture(scope="module")
def true_statements(shipped: Library) -> list[tuple[str, str]]:
    """Honest restatements, and printed sentences of all regulations, that pass."""
    printed = [
        (f"{article.regulation}:{article.number}", f"{sentence.strip()}。")
        for article in shipped.articles()
        for paragraph in article.paragraphs
        for sentence in paragraph.text.split("。")
    ]
    candidates = [*read_statements("honest_paraphrases.yaml"), *printed[::EVERY]]
    return [(key, text) for key, text in candidates if is_carried(shipped, key, text)]


def test_most_honest_restatements_pass(
    shipped: Library, record_property: Callable[[str, object], None]
) -> None:
    honest = read_statements("honest_paraphrases.yaml")
    passed = sum(is_carried(shipped, key, text) for key, text in honest)
    record_property("honest restatements that pass", f"{passed} of {len(honest)}")
    assert passed >= FAIR_SHARE * len(honest)


def test_honest_restatements_of_every_region_pass(shipped: Library) -> None:
    passed: Counter[str] = Counter()
    for key, text in read_statements("honest_paraphrases.yaml"):
        passed[key.partition(":")[0]] += is_carried(shipped, key, text)
    assert all(passed[regulation.id] >= 7 for regulation in shipped.regulations), passed


def test_nearly_every_sentence_passes_as_it_is_printed(shipped: Library) -> None:
    printed = [
        (f"{article.regulation}:{article.number}", f"{sentence}。")
        for article in shipped.articles()
        for paragraph in article.paragraphs
        for sentence in paragraph.text.rstrip("。").split("。")
        if len(sentence) < 380
    ]
    passed = sum(is_carried(shipped, key, text) for key, text in printed)
    assert passed >= 0.95 * len(printed)


@pytest.mark.parametrize("name", LIES)
def test_no_lie_of_its_kind_passes(
    name: str, true_statements: list[tuple[str, str]], shipped: Library
) -> None:
    lies = [
        (key, false) for key, text in true_statements for false in LIES[name](text) if false != text
    ]
    assert lies
    assert [(key, false) for key, false in lies if is_carried(shipped, key, false)] == []


def test_there_are_more_than_twenty_five_ways_to_lie() -> None:
    assert len(LIES) >= 25
    assert next(tell_lies("项目建设单位应当在6个月内组织验收。"))


def test_statements_pieced_together_from_true_words_do_not_pass(shipped: Library) -> None:
    false = read_statements("false_statements.yaml")
    assert [(key, text) for key, text in false if is_carried(shipped, key, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "根据《淅川县政务信息化项目建设管理暂行办法》第十八条，项目建成6个月内，建设单位应当组织验收。",
        "根据第18条的规定，项目建成6个月内，建设单位应当组织验收。",
        "淅川县规定，项目建成6个月内，建设单位应当组织验收。",
        "在淅川，项目建成6个月内，建设单位应当组织验收。",
    ],
)
def test_a_true_indication_of_source_may_stand_in_front(text: str, shipped: Library) -> None:
    assert is_carried(shipped, "xichuan:18", text)


@pytest.mark.parametrize(
    "text",
    [
        # the number of another article, a prefix of the true one
        "根据第十条，项目建成6个月内，建设单位应当组织验收。",
        "根据第八条，项目建成6个月内，建设单位应当组织验收。",
        # a paragraph that the citation does not name
        "根据第十八条第二款，项目建成6个月内，建设单位应当组织验收。",
        "根据《金寨县政务信息化项目管理办法》第十八条，项目建成6个月内，建设单位应当组织验收。",
        "金寨县规定，项目建成6个月内，建设单位应当组织验收。",
        "根据第四章，项目建成6个月内，建设单位应当组织验收。",
    ],
)
def test_a_false_indication_of_source_fails(text: str, shipped: Library) -> None:
    assert not is_carried(shipped, "xichuan:18", text)


def test_words_in_quotation_marks_must_be_the_articles_own(shipped: Library) -> None:
    assert is_carried(shipped, "xichuan:18", "“项目建设单位应当按照有关规定组织验收”。")
    # 须 for 应当 is no falsehood, but no quotation either
    assert not is_carried(shipped, "xichuan:18", "“项目建设单位须按照有关规定组织验收”。")


def test_a_statement_rests_on_one_source_only(shipped: Library) -> None:
    one, other = (
        "项目建成6个月内，建设单位应当组织验收",
        "未通过验收的项目，一个月内完成整改后，重新组织验收",
    )
    both = f"{one}，{other}。"
    statement = Statement(shown=both, readings=(both,))
    sources = [cite(shipped, "xichuan:18"), cite(shipped, "xichuan:19")]
    assert find_source(statement, sources) is None


def test_the_source_that_carries_it_is_found_among_many(shipped: Library) -> None:
    text = "项目确需调整的，可由项目建设单位向县政府申请调整。"
    keys = ("xichuan:17", "xx-county:27", "jinzhai:15", "erenhot:18")
    found = find_source(
        Statement(shown=text, readings=(text,)), [cite(shipped, key) for key in keys]
    )
    assert found is not None
    assert found.citation.article.regulation == "jinzhai"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "项目。",
        "抱歉，我无法回答这个问题。",
        "<html><body>502 Bad Gateway</body></html>",
        "The project must be accepted within six months.",
        "验收验收验收验收验收验收验收验收验收",
        "项目" * 5000,
        "(" * 300 + "、" * 300,
    ],
)
def test_what_is_no_statement_of_the_article_fails(text: str, shipped: Library) -> None:
    assert not is_carried(shipped, "xichuan:18", text)
