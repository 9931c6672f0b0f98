"""The report cases are many, real files, and say by construction what a check must find."""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import docx
import pypdfium2
import pytest
from pydantic import ValidationError

from evals.reports.cases import PROFILES, ReportCase, load_cases
from evals.reports.convert_report import find_office
from evals.reports.derive_verdicts import Profile, Verdict, derive_verdicts
from evals.reports.hard_cases import list_hard_makes, load_hard_cases
from evals.reports.list_contents import list_contents
from evals.reports.load_bases import load_bases, load_mutation_texts
from evals.reports.mutate_report import MUTATIONS, Workshop, apply_step
from evals.reports.number_headings import SCHEMES, number_nodes, print_chinese
from evals.reports.pdf_makes import PDF_MAKES
from evals.reports.report_tree import TOPICS, Report, Table, Topic
from evals.reports.write_docx import DOCX_MAKES, write_docx
from evals.reports.write_pdf import write_pdf

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
BASES = {base.base: base for base in load_bases()}
FEASIBILITY_BASES = [base for base in BASES.values() if base.is_feasibility_report]
STEPS_THAT_REMOVE = {"drop", "trap", "mention", "contents_trap", "tracked_delete"} | {
    "hide",
    "comment",
}
VERDICTS: tuple[Verdict, ...] = ("present", "subsection", "incomplete", "empty", "missing")


def mutate(base: str, *steps: str) -> Report:
    report = BASES[base]
    texts = load_mutation_texts()[report.subset]
    for step in steps:
        report = apply_step(report, step, Workshop(texts=texts, random=Random(step)))
    return report


def list_paragraphs(report: Report) -> list[str]:
    return [block for _, node in report.walk() for block in node.body if isinstance(block, str)]


def read_docx_text(path: Path) -> str:
    with zipfile.ZipFile(path) as packed:
        return packed.read("word/document.xml").decode("utf-8")


def read_pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return "".join("".join(pages).split())


# --- the set as a whole ---------------------------------------------------------------------


def test_there_are_over_two_hundred_cases_half_of_them_measured() -> None:
    parts = Counter(case.part for case in load_cases())
    assert sum(parts.values()) >= 200
    assert 0.4 <= parts["measured"] / sum(parts.values()) <= 0.6


def test_case_ids_are_unique() -> None:
    ids = [case.id for case in load_cases(full=True)]
    assert len(ids) == len(set(ids))


def test_loading_twice_gives_the_same_plan() -> None:
    first = [(case.id, case.make, case.profile) for case in load_cases(full=True)]
    assert first == [(case.id, case.make, case.profile) for case in load_cases(full=True)]


@pytest.mark.parametrize("part", ["working", "measured"])
def test_each_part_shows_every_mutation_make_and_profile(part: str) -> None:
    cases = [case for case in load_cases() if case.part == part]
    steps = {step.partition(":")[0] for case in cases for step in case.steps}
    assert steps == set(MUTATIONS)
    assert {case.make for case in cases} == {*DOCX_MAKES, *PDF_MAKES}
    assert {case.profile for case in cases} == set(PROFILES)


@pytest.mark.parametrize("part", ["working", "measured"])
@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("topic", TOPICS)
def test_each_part_shows_every_verdict_on_every_topic(
    part: str, verdict: Verdict, topic: Topic
) -> None:
    cases = [case for case in load_cases() if case.part == part]
    assert any(case.expected.get(topic, frozenset()) == {verdict} for case in cases)


def test_at_least_eight_bases_with_outlines_of_their_own() -> None:
    outlines = {tuple(node.title for node in base.chapters) for base in FEASIBILITY_BASES}
    assert len(outlines) == len(FEASIBILITY_BASES) >= 8


def test_no_paragraph_stands_in_two_bases() -> None:
    uses = Counter(text for base in BASES.values() for text in set(list_paragraphs(base)))
    assert [text for text, count in uses.items() if count > 1] == []


def test_the_parts_share_no_text_of_mutations() -> None:
    texts = load_mutation_texts()
    for field in ("placeholders", "hollow", "deferrals", "negations", "mentions", "traps"):
        working = str(getattr(texts["working"], field))
        measured = getattr(texts["measured"], field)
        values = measured.values() if isinstance(measured, dict) else [measured]
        assert all(str(item) not in working for value in values for item in value)


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference folder is absent")
def test_no_sentence_is_taken_from_the_reference_material() -> None:
    sources = [*(REFERENCE / "regulations").iterdir(), *(REFERENCE.parent / "seeds").iterdir()]
    known = "".join("".join(path.read_text(encoding="utf-8").split()) for path in sources)
    for base in BASES.values():
        for text in list_paragraphs(base):
            pieces = (text[start : start + 30] for start in range(len(text) - 30))
            assert not any(piece in known for piece in pieces), text


# --- expectations ---------------------------------------------------------------------------

# Base, steps, topic, profile, verdicts. county_platform has four chapters; national_outline has
# sharing and security as sections, cryptography as a chapter and nothing on AI.
EXPECTATIONS: list[tuple[str, tuple[str, ...], Topic, Profile, set[Verdict]]] = [
    ("county_platform", ("wrap",), "crypto", "xichuan", {"present"}),
    ("county_platform", ("drop:crypto",), "crypto", "xichuan", {"missing"}),
    ("county_platform", ("drop:crypto",), "security", "xichuan", {"present"}),
    ("county_platform", ("demote:ai",), "ai", "strictest", {"subsection"}),
    ("county_platform", ("blank:ai",), "ai", "strictest", {"empty"}),
    ("county_platform", ("skeleton:sharing",), "sharing", "xichuan", {"empty"}),
    ("county_platform", ("placeholder:crypto",), "crypto", "erenhot", {"empty"}),
    ("county_platform", ("hollow:security",), "security", "jinzhai", {"incomplete"}),
    ("county_platform", ("defer:security",), "security", "jinzhai", {"incomplete"}),
    ("county_platform", ("rename:sharing",), "sharing", "xichuan", {"present"}),
    ("county_platform", ("contents_trap:ai",), "ai", "xichuan", {"missing"}),
    ("county_platform", ("trap:security",), "security", "xichuan", {"missing"}),
    ("county_platform", ("mention:crypto",), "crypto", "xx-county", {"missing"}),
    ("county_platform", ("merge:security+crypto",), "crypto", "xx-county", {"present"}),
    ("county_platform", ("drop_part:list",), "sharing", "xichuan", {"incomplete"}),
    # only 淅川 names the parts; whether the strictest profile takes them over is open
    ("county_platform", ("drop_part:list",), "sharing", "xx-county", {"present"}),
    ("county_platform", ("drop_part:list",), "sharing", "strictest", {"present", "incomplete"}),
    # a fault weighs more than the place
    ("county_platform", ("demote:ai", "hollow:ai"), "ai", "xichuan", {"incomplete"}),
    ("county_platform", ("demote:ai", "blank:ai"), "ai", "xichuan", {"empty"}),
    # there is no verdict for "there is none here", but it is no pass
    ("county_platform", ("negate:ai",), "ai", "xichuan", {"incomplete", "empty", "missing"}),
    # accepted changes: what is deleted is gone, what is inserted is there
    ("county_platform", ("tracked_delete:ai",), "ai", "xichuan", {"missing"}),
    ("county_platform", ("tracked_insert:ai",), "ai", "xichuan", {"present"}),
    # what is not printed, or stands in a comment, is not in the report
    ("county_platform", ("hide:ai",), "ai", "xichuan", {"missing"}),
    ("county_platform", ("comment:ai",), "ai", "xichuan", {"missing"}),
    ("national_outline", ("wrap",), "ai", "xichuan", {"missing"}),
    ("national_outline", ("wrap",), "security", "xichuan", {"subsection"}),
    ("national_outline", ("promote:security",), "security", "xichuan", {"present"}),
    # one chapter on two subjects goes with both
    ("health_wps", ("drop:crypto",), "security", "xx-county", {"missing"}),
    # a line on security under 需求分析 takes nothing from the chapter on it
    ("zhejiang_style", ("wrap",), "security", "xx-county", {"present"}),
    ("zhejiang_style", ("demote:security",), "security", "xx-county", {"subsection"}),
]


@pytest.mark.parametrize(("base", "steps", "topic", "profile", "verdicts"), EXPECTATIONS)
def test_verdicts_follow_from_the_mutation(
    base: str, steps: tuple[str, ...], topic: Topic, profile: Profile, verdicts: set[Verdict]
) -> None:
    assert derive_verdicts(mutate(base, *steps), profile)[topic] == verdicts


def test_only_what_the_design_leaves_open_has_several_verdicts() -> None:
    for case in load_cases(full=True):
        for verdicts in case.expected.values():
            is_open = len(verdicts) > 1
            assert not is_open or "drop_part" in case.mutation or "negate" in case.mutation, case.id


def test_no_trap_may_pass() -> None:
    for case in load_cases(full=True):
        for step in case.steps:
            name, _, topic = step.partition(":")
            if name in {
                "trap",
                "mention",
                "contents_trap",
                "drop",
                "tracked_delete",
                "hide",
                "comment",
            }:
                assert case.expected[topic] == {"missing"}, case.id  # type: ignore[index]


def test_other_documents_expect_no_verdicts() -> None:
    others = [case for case in load_cases(full=True) if not case.expected_is_report]
    assert {case.base for case in others} == {"acceptance", "bid_notice", "contract", "minutes"}
    assert all(case.expected == {} for case in others)


def test_every_topic_section_of_a_base_has_text_and_another_title() -> None:
    for base in FEASIBILITY_BASES:
        for _, node in base.walk():
            if node.topics and node.state == "full":
                assert len("".join(list_paragraphs(replace(base, chapters=(node,))))) > 80
                assert node.renames, f"{base.base}: {node.title}"


def test_every_base_has_one_host_that_is_about_something_else() -> None:
    for base in FEASIBILITY_BASES:
        hosts = [node for _, node in base.walk() if node.is_host]
        assert len(hosts) == 1, base.base
        assert hosts[0].topics == ()


# --- mutations ------------------------------------------------------------------------------


def test_a_step_that_changes_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="changes nothing"):
        mutate("national_outline", "drop:ai")


def test_an_unknown_topic_is_an_error() -> None:
    with pytest.raises(ValueError, match="allowed: sharing, security, crypto, ai"):
        mutate("county_platform", "drop:privacy")


def test_a_contents_trap_lists_what_the_body_lacks() -> None:
    report = mutate("county_platform", "contents_trap:crypto")
    assert any("密码应用" in line.heading for line in list_contents(report))
    assert not any("密码应用" in node.title for _, node in report.walk())


def test_a_base_is_not_changed_by_its_mutations() -> None:
    before = BASES["rural_digital"]
    mutate("rural_digital", "drop:crypto", "demote:ai", "hollow:security")
    assert before == next(base for base in load_bases() if base.base == "rural_digital")


def test_an_unknown_key_in_a_base_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text("subset: working\ncolour: red\n", encoding="utf-8")
    with pytest.raises(ValidationError, match="colour"):
        load_bases(tmp_path)


# --- numbering ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "printed"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四")]
)
def test_numbers_are_printed_in_chinese(number: int, printed: str) -> None:
    assert print_chinese(number) == printed


@pytest.mark.parametrize(
    ("scheme", "chapter", "section"),
    [
        ("chapter_section_article", "第二章 建设单位与现状", "第一节 单位职能"),
        ("chinese", "二、建设单位与现状", "（一）单位职能"),
        ("chinese_decimal", "第二章 建设单位与现状", "二.1 单位职能"),
        ("ideographic_stop", "2 建设单位与现状", "2。1 单位职能"),
        ("glued", "第2章建设单位与现状", "2.1单位职能"),
        ("unnumbered", "建设单位与现状", "单位职能"),
    ],
)
def test_headings_are_numbered_by_scheme(scheme: str, chapter: str, section: str) -> None:
    headings = [n.heading for n in number_nodes(BASES["county_platform"].chapters, scheme)]
    assert headings[headings.index(chapter) + 1] == section


def test_every_base_names_a_known_scheme() -> None:
    assert {base.numbering for base in BASES.values()} <= set(SCHEMES)


# --- files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.id)
def test_every_case_writes_a_file_that_opens(case: ReportCase, tmp_path: Path) -> None:
    path = case.write(tmp_path)
    sentence = next(text for text in list_paragraphs(case.report) if len(text) > 12)[:12]
    if case.format == "pdf":
        assert "".join(sentence.split()) in read_pdf_text(path)
    else:
        docx.Document(str(path))
        assert sentence in read_docx_text(path)


@pytest.mark.parametrize("make", DOCX_MAKES)
def test_a_docx_is_the_same_bytes_each_time(make: str, tmp_path: Path) -> None:
    report = BASES["school_short"]
    first = write_docx(report, DOCX_MAKES[make], tmp_path / "first.docx").read_bytes()
    assert write_docx(report, DOCX_MAKES[make], tmp_path / "second.docx").read_bytes() == first


@pytest.mark.parametrize("make", PDF_MAKES)
def test_a_pdf_is_the_same_bytes_each_time(make: str, tmp_path: Path) -> None:
    report = BASES["school_short"]
    first = write_pdf(report, PDF_MAKES[make], tmp_path / "first.pdf").read_bytes()
    assert write_pdf(report, PDF_MAKES[make], tmp_path / "second.pdf").read_bytes() == first


@pytest.mark.parametrize("make", [name for name, m in DOCX_MAKES.items() if m.number != "typed"])
def test_automatic_numbers_are_not_in_the_text(make: str, tmp_path: Path) -> None:
    plain = replace(DOCX_MAKES[make], contents="none")
    path = write_docx(BASES["national_outline"], plain, tmp_path / "a.docx")
    document = docx.Document(str(path))
    assert "第六章" not in "".join(paragraph.text for paragraph in document.paragraphs)
    with zipfile.ZipFile(path) as packed:
        assert '"第%1章"' in packed.read("word/numbering.xml").decode("utf-8")


def test_a_plain_docx_has_neither_styles_nor_looks_for_headings(tmp_path: Path) -> None:
    path = write_docx(BASES["school_short"], DOCX_MAKES["plain"], tmp_path / "a.docx")
    chapter = next(p for p in docx.Document(str(path)).paragraphs if p.text == "1. 基本情况")
    assert chapter.style is not None
    assert chapter.style.name == "Normal"
    assert not any(run.bold or run.font.size for run in chapter.runs)


def test_a_tracked_deletion_stays_in_the_file_as_deleted_text(tmp_path: Path) -> None:
    report = mutate("county_platform", "tracked_delete:crypto")
    path = write_docx(report, DOCX_MAKES["styled"], tmp_path / "a.docx")
    assert "<w:delText>七、密码应用</w:delText>" in read_docx_text(path)
    assert "密码应用" not in [p.text.strip("七、") for p in docx.Document(str(path)).paragraphs]


def test_hidden_text_is_marked_as_such(tmp_path: Path) -> None:
    report = mutate("county_platform", "hide:crypto")
    path = write_docx(report, DOCX_MAKES["styled"], tmp_path / "a.docx")
    hidden = [
        paragraph.text
        for paragraph in docx.Document(str(path)).paragraphs
        if any(run.font.hidden for run in paragraph.runs)
    ]
    assert hidden[0] == "七、密码应用"
    assert not any("人工智能" in text for text in hidden)


def test_a_comment_stands_beside_the_text(tmp_path: Path) -> None:
    report = mutate("county_platform", "comment:crypto")
    path = write_docx(report, DOCX_MAKES["styled"], tmp_path / "a.docx")
    assert "缺少密码应用篇章" in next(iter(docx.Document(str(path)).comments)).text
    assert "缺少密码应用篇章" not in read_docx_text(path)


def test_boxed_text_stands_in_a_table(tmp_path: Path) -> None:
    report = mutate("school_short", "box:crypto")
    path = write_docx(report, DOCX_MAKES["styled"], tmp_path / "a.docx")
    cells = [table.cell(0, 0).text for table in docx.Document(str(path)).tables]
    assert any("SM4加密存储" in cell and "测评费8万元" in cell for cell in cells)


def test_a_bookmarked_pdf_has_the_chapters_as_bookmarks(tmp_path: Path) -> None:
    path = write_pdf(BASES["rural_digital"], PDF_MAKES["bookmarked"], tmp_path / "a.pdf")
    document = pypdfium2.PdfDocument(path)
    chapters = [mark.get_title() for mark in document.get_toc() if mark.level == 0]
    document.close()
    expected = number_nodes(BASES["rural_digital"].chapters, BASES["rural_digital"].numbering)
    assert chapters == [numbered.heading for numbered in expected if numbered.level == 1]


def test_tables_of_a_base_reach_the_file(tmp_path: Path) -> None:
    base = BASES["county_platform"]
    tables = [b for _, node in base.walk() for b in node.body if isinstance(b, Table)]
    path = write_docx(base, DOCX_MAKES["wps"], tmp_path / "a.docx")
    assert len(docx.Document(str(path)).tables) == len(tables)


# --- hard cases -----------------------------------------------------------------------------


def test_hard_cases_are_planned_for_every_base_and_make() -> None:
    cases = load_hard_cases()
    assert len({case.id for case in cases}) == len(cases)
    planned = {(case.base, case.make) for case in cases}
    assert planned == {(base, make.name) for base in BASES for make in list_hard_makes()}


def test_office_makes_are_offered_only_where_there_is_an_office() -> None:
    has_office_makes = any(make.name.startswith("office") for make in list_hard_makes())
    assert has_office_makes == (find_office() is not None)


def test_a_scan_may_be_unreadable_and_holds_no_text(tmp_path: Path) -> None:
    case = next(
        case for case in load_hard_cases() if case.make == "scan_200" and case.expected_is_report
    )
    assert all("unreadable" in verdicts for verdicts in case.expected.values())
    assert read_pdf_text(case.write(tmp_path)) == ""


def test_two_columns_narrow_the_lines(tmp_path: Path) -> None:
    case = next(case for case in load_hard_cases() if case.make == "two_columns")
    document = pypdfium2.PdfDocument(case.write(tmp_path))
    page = document[len(document) - 1].get_textpage()
    widest = max(
        right - left for left, _, right, _ in map(page.get_rect, range(page.count_rects()))
    )
    document.close()
    assert widest < 240  # points; a full line has 451
