"""The proof holds for what is shipped, and fails for whatever is changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.library import Library
from corpus.manifest import Manifest, NoteEntry
from corpus.parse_regulation import ParsedSource, parse_regulation
from corpus.verify_library import RegulationVerification, verify_library, verify_source

SHIPPED = ("xx-county", "xichuan", "jinzhai", "xiangxi", "erenhot")


def parsed_source(library: Library, regulation: str) -> ParsedSource:
    return next(s for s in library.sources if s.regulation.id == regulation)


def reverify(source: str, manifest: Manifest) -> RegulationVerification:
    return verify_source(parse_regulation(source, manifest))


def test_the_proof_holds_for_all_161_articles(library: Library) -> None:
    found = verify_library(library)
    assert found.holds
    assert found.articles == 161


def test_every_character_of_every_source_is_accounted_for(library: Library) -> None:
    for found in verify_library(library).regulations:
        named = sum(count for _, count in found.debris)
        assert found.unaccounted == 0
        assert found.article_characters + named == found.source_characters


def test_the_counts_are_those_of_the_sources(library: Library) -> None:
    counts = {found.id: dict(found.debris) for found in verify_library(library).regulations}
    page_marks = sum(len(f"\n{n}、") for n in range(1, 22)) - 1  # the first line end stays
    assert counts["xx-county"]["文库分页标记"] == page_marks
    source = parsed_source(library, "xichuan").source
    outside = source.count("\u00a0") - counts["xichuan"]["不间断空格"]
    # The others stand before the first heading, in chapter headings and behind the end.
    assert 0 < outside < 40


def change_word(source: str) -> str:
    return source.replace("建设", "建筑", 1)


def drop_sentence(source: str) -> str:
    end = source.rindex("。", 0, len(source) // 2)
    start = source.rindex("。", 0, end)
    return source[:start] + source[end:]


def add_sentence(source: str) -> str:
    middle = source.index("。", len(source) // 2) + 1
    return source[:middle] + "另外增加一句话。" + source[middle:]


def drop_article_number(source: str) -> str:
    return source.replace("第五条", "", 1)


@pytest.mark.parametrize("regulation", SHIPPED)
@pytest.mark.parametrize("damage", [change_word, drop_sentence, add_sentence, drop_article_number])
def test_an_edited_source_is_found(
    library: Library, regulation: str, damage: Callable[[str], str]
) -> None:
    parsed = parsed_source(library, regulation)
    assert damage(parsed.source) != parsed.source
    assert reverify(damage(parsed.source), parsed.manifest).problems


@pytest.mark.parametrize(
    ("regulation", "change"),
    [
        ("xx-county", {"steps": ()}),  # page marks stay in the text
        ("xx-county", {"debris": {"page_mark": 20}}),
        ("xichuan", {"cut_headings": False}),
        ("xichuan", {"article_count": 39}),
        ("xichuan", {"chapter_count": 7}),
        ("jinzhai", {"sha256": "0" * 64}),
        ("jinzhai", {"article_notes": {25: (NoteEntry(note="没有这一条。"),)}}),
        # the note is on words that the article does not hold
        ("jinzhai", {"article_notes": {5: (NoteEntry(note="缺字。", words=("没有的字",)),)}}),
    ],
)
def test_a_manifest_that_no_longer_fits_is_found(
    library: Library, regulation: str, change: dict[str, object]
) -> None:
    parsed = parsed_source(library, regulation)
    manifest = parsed.manifest.model_copy(update=change)
    assert reverify(parsed.source, manifest).problems


def test_a_manifest_without_the_lost_heads_gives_no_whole_regulation(library: Library) -> None:
    parsed = parsed_source(library, "xichuan")
    manifest = parsed.manifest.model_copy(update={"headless": ()})
    assert any("缺第二十九条" in problem for problem in reverify(parsed.source, manifest).problems)


def test_text_hidden_under_another_name_is_found(library: Library) -> None:
    parsed = parsed_source(library, "xiangxi")
    ledger = parsed.ledger
    origin = parsed.origins[4][0]
    fates = list(ledger.fates)
    fates[origin] = "space"
    ledger_of_liar = parse_regulation(parsed.source, parsed.manifest).ledger
    ledger_of_liar._fates = fates
    liar = ParsedSource(
        regulation=parsed.regulation,
        manifest=parsed.manifest,
        source=parsed.source,
        ledger=ledger_of_liar,
        origins=parsed.origins,
        problems=(),
    )
    assert any("却被当作它去掉了" in problem for problem in verify_source(liar).problems)


def test_an_article_whose_words_are_not_the_sources_is_found(library: Library) -> None:
    parsed = parsed_source(library, "xiangxi")
    swapped = ParsedSource(
        regulation=parsed.regulation,
        manifest=parsed.manifest,
        source=parsed.source,
        ledger=parsed.ledger,
        origins=(parsed.origins[1], parsed.origins[0], *parsed.origins[2:]),
        problems=(),
    )
    problems = verify_source(swapped).problems
    assert "第一条的文字与来源不一致。" in problems
    assert "第二条的文字在来源中的次序不对。" in problems
