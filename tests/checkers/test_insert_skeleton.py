"""What inserting a chapter does to numbers, contents, references, breaks and tables."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from lxml import etree
from make_docx import level, p, write_docx

from checkers.check_report import check_report
from checkers.comment_docx import comment_docx
from checkers.find_spot import find_spot
from checkers.load_rules import Rules
from checkers.number_paragraphs import number_paragraphs
from checkers.outline import Outline, Place, Section
from checkers.read_report import read_report
from corpus.library import Library

OVERVIEW = "项目名称为智慧水务平台，由县水利局建设，总投资320万元，工期10个月。"
NEEDS = "现有水位监测点46处，数据每小时上报一次，值班人员靠电话核对。"
PLAN = "平台部署在县政务云，采用微服务架构，建设监测、调度、巡检三个子系统。"
COST = "软件开发180万元，硬件90万元，监理与测评30万元，预备费20万元。"
GAIN = "调度响应时间由40分钟缩短到10分钟，每年减少人工巡查1800人次。"
TITLES = ("项目概述", "需求分析", "建设方案", "投资估算", "效益分析")
TEXTS = (OVERVIEW, NEEDS, PLAN, COST, GAIN)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CHAPTER = '<w:outlineLvl w:val="0"/>'
SECTION = '<w:outlineLvl w:val="1"/>'
NAMED = ("人工智能应用", "信息资源共享开放分析", "网络安全保障措施", "密码应用")


class Filled:
    """A report that all four chapters were inserted into."""

    def __init__(self, content: bytes, path: Path) -> None:
        with zipfile.ZipFile(BytesIO(content)) as package:
            self.body = etree.fromstring(package.read("word/document.xml"))
            self.comments = _list_comments(etree.fromstring(package.read("word/comments.xml")))
        path.write_bytes(content)
        self.outline: Outline = read_report(path)

    @property
    def chapters(self) -> list[str]:
        return [part.heading for part in self.outline.sections]

    def find_comment(self, title: str) -> str:
        (found,) = [text for text in self.comments if text.startswith(title)]
        return found


def _list_comments(root: etree._Element) -> list[str]:
    texts = ["".join(str(part) for part in comment.itertext()) for comment in root]
    return [text for text in texts if text]


def fill(path: Path, library: Library, rules: Rules) -> Filled:
    result = check_report(path, profile="xichuan", library=library, rules=rules, reader=read_report)
    assert [part.verdict for part in result.topics] == ["missing"] * 4
    content = comment_docx(path.read_bytes(), result, skeleton=True)
    return Filled(content, path.with_name("已填.docx"))


def write_report(path: Path, numbers: list[str], *, further: str = "") -> Path:
    """A report of typed chapter numbers, each chapter with a paragraph."""
    body = p("智慧水务平台可行性研究报告")
    for number, title, text in zip(numbers, TITLES, TEXTS, strict=True):
        body += p(f"{number}{title}", properties=CHAPTER) + p(text)
    return write_docx(path, body + further)


@pytest.mark.parametrize(
    ("numbers", "after"),
    [
        ("第一章 |第二章 |第三章 |第四章 |第五章 ", ["第八章 投资估算", "第九章 效益分析"]),
        ("一、|二、|三、|四、|五、", ["八、投资估算", "九、效益分析"]),
        ("第1章　|第2章　|第3章　|第4章　|第5章　", ["第8章 投资估算", "第9章 效益分析"]),
        ("7 |8 |9 |10 |11 ", ["14 投资估算", "15 效益分析"]),
    ],
)
def test_typed_chapter_numbers_behind_are_counted_on(
    numbers: str, after: list[str], tmp_path: Path, library: Library, rules: Rules
) -> None:
    filled = fill(write_report(tmp_path / "手工.docx", numbers.split("|")), library, rules)
    assert filled.chapters[-2:] == after
    assert all(name in chapter for name, chapter in zip(NAMED, filled.chapters[3:7], strict=True))
    assert after[0] in filled.find_comment("【章号已顺延】").replace("　", " ")


def test_chapters_that_run_on_into_their_text_lend_their_number(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    body = p("智慧水务平台可行性研究报告")
    for number, title, text in zip("一二三四五", TITLES, TEXTS, strict=True):
        body += p(f"{number}、{title}：{text}")
    filled = fill(write_docx(tmp_path / "连写.docx", body), library, rules)
    written = [
        "".join(str(text) for text in part.itertext()) for part in filled.body.iter(qn("w:p"))
    ]
    assert [number for number in "一二三四五六七八九" if not _has_chapter(written, number)] == []
    assert "四、人工智能应用" in written
    assert COST not in filled.find_comment("【章号已顺延】")


def _has_chapter(written: list[str], number: str) -> bool:
    return any(text.startswith(f"{number}、") for text in written)


def test_section_numbers_follow_their_chapter_and_other_numbers_stay(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    body = p("智慧水务平台可行性研究报告")
    for count, (title, text) in enumerate(zip(TITLES, TEXTS, strict=True), 1):
        body += p(f"{count} {title}", properties=CHAPTER)
        body += p(f"{count}.1 概况", properties=SECTION) + p(text)
        body += p(f"{count}.1.1 细目", properties='<w:outlineLvl w:val="2"/>') + p("细说。")
        body += p("（一）其他", properties=SECTION) + p("另说4.1万元。")
    filled = fill(write_docx(tmp_path / "节号.docx", body), library, rules)
    cost = filled.outline.sections[-2]
    assert [part.heading for part in cost.walk()] == [
        "8 投资估算", "8.1 概况", "8.1.1 细目", "（一）其他"
    ]  # fmt: skip
    assert "4.1万元" in "".join(str(part) for part in filled.body.itertext())


def test_a_number_spread_over_runs_is_retyped_and_keeps_its_look(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    split = (
        f"<w:p><w:pPr>{CHAPTER}</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>第</w:t></w:r>"
        "<w:r><w:rPr><w:i/></w:rPr><w:t>四</w:t></w:r>"
        '<w:r><w:t xml:space="preserve">章 </w:t></w:r><w:r><w:t>投资估算</w:t></w:r></w:p>'
    )
    body = p("智慧水务平台可行性研究报告")
    for number, title, text in zip("一二三", TITLES, TEXTS, strict=False):
        body += p(f"第{number}章 {title}", properties=CHAPTER) + p(text)
    filled = fill(write_docx(tmp_path / "分段.docx", body + split + p(COST)), library, rules)
    assert filled.chapters[-1] == "第八章 投资估算"
    (italic,) = [
        run for run in filled.body.iter(qn("w:r")) if run.find(".//" + qn("w:i")) is not None
    ]
    assert "".join(str(part) for part in italic.itertext()) == "八"


def test_numbers_that_are_not_in_order_stay_and_the_author_is_told(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    numbers = ["第一章 ", "第二章 ", "第三章 ", "第五章 ", "第六章 "]
    filled = fill(write_report(tmp_path / "断号.docx", numbers), library, rules)
    assert filled.chapters[-2:] == ["第五章 投资估算", "第六章 效益分析"]
    assert "“第三章”之后是“第五章”，编号不连续" in filled.find_comment("【请核对章号】")
    assert "编号没有改动" in filled.find_comment("可行性研究报告检查")


def test_automatic_section_numbers_below_typed_chapters_are_left_to_the_author(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    body = p("智慧水务平台可行性研究报告")
    for count, (title, text) in enumerate(zip(TITLES, TEXTS, strict=True), 1):
        body += p(f"第{'一二三四五'[count - 1]}章 {title}", properties=CHAPTER)
        listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{count}"/></w:numPr>{SECTION}'
        body += p("概况", properties=listed) + p(text)
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{level(0, f"{n}.%1")}</w:abstractNum>'
        for n in range(1, 6)
    ) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, 6))
    filled = fill(write_docx(tmp_path / "混合.docx", body, numbering=lists), library, rules)
    assert filled.chapters[-1] == "第五章 效益分析"
    assert "自动编号" in filled.find_comment("【请核对章号】")


def test_references_in_the_text_stay_and_are_commented(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    further = (
        p("投资见第四章，效益见表5-1和5.2节，需求见第二章。")
        + p("按《中华人民共和国密码法》第四章执行。")
        + p("比上年增长4.5倍。")
    )
    numbers = ["第一章 ", "第二章 ", "第三章 ", "第四章 ", "第五章 "]
    filled = fill(write_report(tmp_path / "引用.docx", numbers, further=further), library, rules)
    told = filled.find_comment("【请核对引用】")
    assert "“第四章”“5-1”" in told.replace("表", "")
    assert "原第四章现为第八章，原第五章现为第九章" in told
    assert "第二章" not in told
    assert "投资见第四章" in "".join(str(part) for part in filled.body.itertext())


def test_a_contents_field_is_marked_for_update(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" '
        '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>目录</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    page = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    numbers = ["一、", "二、", "三、", "四、", "五、"]
    further = p(inner=field) + p(inner=page)
    filled = fill(write_report(tmp_path / "目录.docx", numbers, further=further), library, rules)
    dirty = [part.get(qn("w:dirty")) for part in filled.body.iter(qn("w:fldChar"))]
    assert dirty == ["true", None, None, None]
    assert "目录已标记为待更新" in filled.find_comment("可行性研究报告检查")


def test_a_chapter_goes_into_the_cell_of_the_form_that_the_report_is_in(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    inside = "".join(
        p(f"{number}、{title}", properties=CHAPTER) + p(text)
        for number, title, text in zip("一二三四五", TITLES, TEXTS, strict=True)
    )
    form = f"<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"
    path = write_docx(tmp_path / "表.docx", p("智慧水务平台可行性研究报告") + form + p())
    filled = fill(path, library, rules)
    (cell,) = filled.body.iter(qn("w:tc"))
    assert "四、人工智能应用" in "".join(str(part) for part in cell.itertext())
    assert filled.chapters[3] == "四、人工智能应用"
    assert filled.chapters[-1] == "九、效益分析"


def test_between_the_rows_of_a_form_there_is_no_room() -> None:
    rows = "".join(f"<w:tr><w:tc>{p(title)}{p(TEXTS[0])}</w:tc></w:tr>" for title in TITLES)
    body = etree.fromstring(f"<w:body {_W}><w:tbl>{rows}</w:tbl>{p()}</w:body>")
    chapters = [
        Section(level=1, title=title, place=Place(paragraph=number))
        for number, title in zip(range(1, 10, 2), TITLES, strict=True)
    ]
    paragraphs = number_paragraphs(body)
    assert find_spot(body, chapters, 3, paragraphs) is None
    assert find_spot(body, chapters[3:4], 0, paragraphs) is not None


def test_a_chapter_ahead_of_a_page_across_stands_upright(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    document = docx.Document()
    document.add_heading("智慧水务平台可行性研究报告", level=0)
    for title, text in zip(TITLES, TEXTS, strict=True):
        if title == "投资估算":
            section = document.add_section(WD_SECTION.NEW_PAGE)
            section.orientation = WD_ORIENT.LANDSCAPE
        document.add_heading(title, level=1)
        document.add_paragraph(text)
    path = tmp_path / "横版.docx"
    document.save(str(path))
    body = fill(path, library, rules).body
    across = [
        part.find(qn("w:pgSz")).get(qn("w:orient")) == "landscape"  # type: ignore[union-attr]
        for part in body.iter(qn("w:sectPr"))
    ]
    # Each of the four chapters ends with a break of its own, all upright.
    assert across == [False] * 5 + [True]


def test_a_preface_without_a_number_is_not_counted(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    body = p("智慧水务平台可行性研究报告") + p("前言", properties=CHAPTER) + p("说明。")
    body += p("第一章 投资估算", properties=CHAPTER) + p(COST)
    body += p("第二章 效益分析", properties=CHAPTER) + p(GAIN)
    filled = fill(write_docx(tmp_path / "前言.docx", body), library, rules)
    assert filled.chapters[1] == "第一章 人工智能应用"
    assert filled.chapters[-2:] == ["第五章 投资估算", "第六章 效益分析"]


def test_sections_that_a_chapter_lacks_stay_on_its_own_page(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    """The chapter on sharing is empty; a page break stands ahead of the next chapter."""
    document = docx.Document()
    document.add_heading("智慧水务平台可行性研究报告", level=0)
    for title, text in zip(
        (*TITLES[:3], "信息资源共享分析", *TITLES[3:]), "甲乙丙丁戊己", strict=True
    ):
        document.add_page_break()
        document.add_heading(title, level=1)
        if title in TITLES:
            document.add_paragraph(TEXTS[TITLES.index(title)] + text)
    path = tmp_path / "分页.docx"
    document.save(str(path))
    result = check_report(path, profile="xichuan", library=library, rules=rules, reader=read_report)
    assert result.topics[0].verdict == "empty"
    content = comment_docx(path.read_bytes(), result, skeleton=True)
    filled = Filled(content, tmp_path / "已填.docx")
    breaks_and_titles = [
        "|" if part.find(".//" + qn("w:br")) is not None else "".join(map(str, part.itertext()))
        for part in filled.body.iter(qn("w:p"))
    ]
    start = breaks_and_titles.index("信息资源共享分析")
    assert "信息资源共享应用分析" in breaks_and_titles[start + 1]
    following = breaks_and_titles.index("网络安全保障措施")
    assert breaks_and_titles[start:following].count("|") == 1
