"""Real regulations that the parser was not written for; they lie outside the project."""

from __future__ import annotations

from pathlib import Path

import pytest
from print_regulation import regulation_lines, write_docx, write_pdf
from test_generated_regulations import parse

from corpus.add_regulation import add_regulation
from corpus.errors import RegulationRejected
from corpus.library import load_library
from corpus.read_source import read_source
from corpus.verify_library import verify_library

WHOLE = [
    ("国家政务信息化项目建设管理办法", 36, 5, "国家"),
    ("密码法", 44, 5, "国家"),
    ("浙江省信息化促进条例", 49, 8, "浙江省"),
    ("招标投标法实施条例", 84, 7, "国家"),
]


def find_file(folder: Path, words: str) -> Path:
    (path,) = [path for path in folder.iterdir() if words in path.name]
    return path


@pytest.mark.parametrize(("words", "articles", "chapters", "region"), WHOLE)
def test_whole_regulations_are_taken_and_proved(
    reference_folder: Path, tmp_path: Path, words: str, articles: int, chapters: int, region: str
) -> None:
    added = add_regulation(find_file(reference_folder, words), tmp_path)
    assert [a.number for a in added.articles] == list(range(1, articles + 1))
    assert len(added.chapters) == chapters
    assert added.region.name == region
    assert words in added.title
    assert verify_library(load_library(tmp_path)).holds


@pytest.mark.parametrize(("words", "articles"), [(row[0], row[1]) for row in WHOLE])
@pytest.mark.parametrize("kind", ["docx", "automatic", "pdf"])
def test_printed_as_docx_and_pdf_they_give_the_same_articles(
    reference_folder: Path, tmp_path: Path, words: str, articles: int, kind: str
) -> None:
    expected = parse(read_source(find_file(reference_folder, words))).regulation
    lines = regulation_lines(expected)
    if kind == "pdf":
        path = write_pdf(lines, tmp_path / "printed.pdf")
    else:
        path = write_docx(lines, tmp_path / "a.docx", automatic_numbers=kind == "automatic")
    parsed = parse(read_source(path))
    assert parsed.problems == ()
    assert len(parsed.regulation.articles) == articles
    assert parsed.regulation.articles == expected.articles


def test_a_regulation_that_is_cut_off_is_rejected_with_the_place(
    reference_folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(RegulationRejected, match="第十八条") as raised:
        add_regulation(find_file(reference_folder, "山东省"), tmp_path)
    (problem,) = raised.value.problems
    assert "没有关于施行日期的条文" in problem
    assert load_library(tmp_path).regulations == load_library().regulations


@pytest.mark.parametrize(("words", "articles"), [(row[0], row[1]) for row in WHOLE])
def test_cut_off_in_the_middle_each_is_rejected(
    reference_folder: Path, words: str, articles: int
) -> None:
    source = read_source(find_file(reference_folder, words))
    for share in (0.2, 0.4, 0.6, 0.8, 0.95):
        assert parse(source[: int(len(source) * share)]).problems, share
