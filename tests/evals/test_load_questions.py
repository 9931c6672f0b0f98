from __future__ import annotations

from pathlib import Path

import pytest
from hand_made_answers import make_ref

from corpus.library import Library, load_library
from evals.errors import CaseFileRejected
from evals.load_questions import (
    find_named_regulations,
    load_questions,
    parse_reference,
    read_questions,
)

GOOD = """
- id: t-001
  question: 淅川县 验收时限
  kind: deadline
  style: terse
  status: answered
  regions: [xichuan]
  must_cite: ["xichuan:18"]
  may_cite: ["xichuan:19"]
  facts: ["6个月|六个月"]
"""


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def write_cases(folder: Path, text: str, name: str = "working_t.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_case_is_read_with_its_articles_and_the_part_of_its_file(
    tmp_path: Path, library: Library
) -> None:
    (case,) = load_questions(library, write_cases(tmp_path, GOOD, "measured_t.yaml"))
    assert (case.part, case.must_cite, case.may_cite) == (
        "measured",
        (make_ref("xichuan:18"),),
        (make_ref("xichuan:19"),),
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("xichuan:18", "xichuan:99", "第九十九条"),
        ("xichuan:18", "xichuan-18", "xichuan-18"),
        ("[xichuan]", "[xichuan, jinzhai]", "must_cite"),
        ("kind: deadline", "kind: when", "kind"),
        ("kind: deadline", "kind: follow_up", "history"),
        ("facts:", "fact:", "fact"),
        ("status: answered", "status: not_covered", "不作答"),
        ('["xichuan:19"]', '["xichuan:18"]', "同时"),
        ('"6个月|六个月"', '"6个月|"', "空白"),
        # a selected region has to exist as well
        ("kind: deadline", "region: nanyang\n  kind: deadline", "nanyang"),
    ],
)
def test_a_faulty_case_is_refused_with_its_file_and_id(
    tmp_path: Path, library: Library, old: str, new: str, said: str
) -> None:
    assert old in GOOD
    with pytest.raises(CaseFileRejected) as caught:
        load_questions(library, write_cases(tmp_path, GOOD.replace(old, new, 1)))
    (problem, *_) = caught.value.problems
    assert problem.startswith("working_t.yaml t-001：")
    assert said in problem


def test_the_good_cases_of_a_faulty_file_can_still_be_used(
    tmp_path: Path, library: Library
) -> None:
    bad = GOOD.replace("t-001", "t-002").replace("xichuan:18", "xichuan:99")
    cases, problems = read_questions(library, write_cases(tmp_path, GOOD + bad))
    assert [case.id for case in cases] == ["t-001"]
    assert len(problems) == 1


def test_an_id_used_twice_is_refused_across_files(tmp_path: Path, library: Library) -> None:
    write_cases(tmp_path, GOOD)
    write_cases(tmp_path, GOOD, "measured_t.yaml")
    with pytest.raises(CaseFileRejected, match="t-001出现了2次"):
        load_questions(library, tmp_path)


def test_a_file_of_no_part_is_refused(tmp_path: Path, library: Library) -> None:
    with pytest.raises(CaseFileRejected, match=r"more\.yaml"):
        load_questions(library, write_cases(tmp_path, GOOD, "more.yaml"))


@pytest.mark.parametrize("text", ["- id: [", "id: t-001"])
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, library: Library, text: str) -> None:
    with pytest.raises(CaseFileRejected, match=r"working_t\.yaml"):
        load_questions(library, write_cases(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("xx-county:5", (5, 0, 0)), ("xichuan:17.2", (17, 2, 0)), ("xichuan:17.2.1", (17, 2, 1))],
)
def test_references_go_down_to_paragraph_and_item(text: str, numbers: tuple[int, int, int]) -> None:
    ref = parse_reference(text)
    assert (ref.article, ref.paragraph, ref.item) == numbers


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("淅川 验收", ("xichuan",)),
        ("二连浩特市和金寨县哪个松", ("jinzhai", "erenhot")),
        # spaces inside a name do not hide it
        ("湘西 自治州 采购", ("xiangxi",)),
        ("验收要哪些材料", ()),
    ],
)
def test_regions_are_found_by_name_and_alias(
    library: Library, text: str, named: tuple[str, ...]
) -> None:
    assert find_named_regulations(text, library.regulations) == named


@pytest.mark.parametrize(
    ("old", "new", "asked"),
    [
        ("淅川县 验收时限", "淅川县 验收时限", {"xichuan"}),
        ("question: 淅川县 验收时限", "question: 验收时限\n  region: xichuan", {"xichuan"}),
        # none named, none selected: every regulation is asked
        (
            "淅川县 验收时限",
            "验收时限",
            {"xx-county", "xichuan", "jinzhai", "xiangxi", "erenhot"},
        ),
        # the last question that names a region decides
        (
            "question: 淅川县 验收时限\n  kind: deadline",
            "question: 那淅川呢\n  history: [金寨 验收时限]\n  kind: follow_up",
            {"xichuan"},
        ),
        (
            "question: 淅川县 验收时限\n  kind: deadline",
            "question: 那采购呢\n  history: [金寨验收, 那淅川呢]\n  kind: follow_up",
            {"xichuan"},
        ),
    ],
)
def test_the_regulations_asked_about_follow_from_question_selector_and_history(
    tmp_path: Path, library: Library, old: str, new: str, asked: set[str]
) -> None:
    assert old in GOOD
    (case,) = load_questions(library, write_cases(tmp_path, GOOD.replace(old, new)))
    assert set(case.asked) == asked
