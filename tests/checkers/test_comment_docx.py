"""Comments and skeletons in the author's own document."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree
from make_docx import level, numbered, numbering, p, style, styled, table, write_docx

from checkers.check_report import check_report
from checkers.comment_docx import AUTHOR, comment_docx
from checkers.errors import ReportUnreadable
from checkers.finding import CheckResult, HeadingPlace, RuleFinding
from checkers.load_rules import Rules
from checkers.outline import Place
from checkers.read_report import read_report
from corpus.library import Library

CHAPTERS = {
    "第一章 项目概述": ["项目名称为智慧水务平台，由县水利局建设，总投资320万元，工期10个月。"],
    "第二章 需求分析": ["现有水位监测点46处，数据每小时上报一次，值班人员靠电话核对。"],
    "第三章 建设方案": ["平台部署在县政务云，采用微服务架构，建设监测、调度、巡检三个子系统。"],
    "第四章 网络安全": [
        "系统按网络安全等级保护第三级建设，已完成定级备案，部署防火墙、入侵检测和日志审计设备。",
        "每年开展一次等级测评和一次应急演练，数据每日增量备份、每周全量备份，异地保存。",
    ],
    "第五章 投资估算": ["软件开发180万元，硬件90万元，监理与测评30万元，预备费20万元。"],
    "第六章 效益分析": ["调度响应时间由40分钟缩短到10分钟，每年减少人工巡查1800人次。"],
}
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of six chapters with sections, typed numbers and no chapter on three of the topics."""
    document = docx.Document()
    document.add_heading("智慧水务平台可行性研究报告", level=0)
    for chapter, (title, lines) in enumerate(CHAPTERS.items(), 1):
        document.add_heading(title, level=1)
        for section, line in enumerate(lines, 1):
            document.add_heading(f"{chapter}.{section} 基本情况", level=2)
            document.add_paragraph(line)
    path = tmp_path_factory.mktemp("report") / "水务.docx"
    document.save(str(path))
    return path


@pytest.fixture(scope="module")
def checked(report: Path, library: Library, rules: Rules) -> CheckResult:
    return check(report, library, rules)


def check(path: Path, library: Library, rules: Rules) -> CheckResult:
    return check_report(path, profile="xichuan", library=library, rules=rules, reader=read_report)


def open_commented(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def find_anchors(document: Document) -> dict[str, str]:
    """The text of the paragraph that each comment's range is in, by the comment's first line."""
    anchors = {}
    for mark in document.element.iter(qn("w:commentRangeStart")):
        comment = document.comments.get(int(mark.get(qn("w:id"))))
        assert comment is not None
        text = "".join(part.text or "" for part in mark.getparent().iter(qn("w:t")))
        anchors[comment.paragraphs[0].text] = text
    return anchors


def remove_marks(root: etree._Element) -> None:
    """Take the comments' ranges and references out of the text again."""
    marks = [*root.iter(qn("w:commentRangeStart")), *root.iter(qn("w:commentRangeEnd"))]
    marks += [run for run in root.iter(qn("w:r")) if run.find(qn("w:commentReference")) is not None]
    for mark in marks:
        parent = mark.getparent()
        assert parent is not None
        parent.remove(mark)


def list_headings(content: bytes) -> list[str]:
    document = open_commented(content)
    named = [(part.style, part.text) for part in document.paragraphs]
    return [text for style, text in named if style and str(style.name).startswith("Heading")]


def test_comments_stand_at_the_headings_and_a_missing_chapter_where_it_belongs(
    report: Path, checked: CheckResult
) -> None:
    document = open_commented(comment_docx(report.read_bytes(), checked))
    anchors = find_anchors(document)
    last_of_plan = CHAPTERS["第三章 建设方案"][0]
    assert anchors["可行性研究报告检查：淅川县"] == "智慧水务平台可行性研究报告"
    assert anchors["【缺少】信息资源共享（开放）（必须有）"] == last_of_plan
    assert anchors["【缺少】密码应用（应当写到）"] == CHAPTERS["第四章 网络安全"][1]
    assert "【已单列成章】网络安全（应当写到）" not in anchors


def test_a_comment_says_verdict_place_article_and_what_to_write(
    report: Path, checked: CheckResult
) -> None:
    document = open_commented(comment_docx(report.read_bytes(), checked, now=NOW))
    comment = next(part for part in document.comments if "信息资源共享" in part.paragraphs[0].text)
    text = "\n".join(part.text for part in comment.paragraphs)
    assert (comment.author, comment.initials, comment.timestamp) == (AUTHOR, "政", NOW)
    assert "“第三章 建设方案”之后、“第四章 网络安全”之前" in text
    (finding,) = [part for part in checked.topics if part.topic == "sharing"]
    assert f"{finding.citations[0].label}“{finding.citations[0].quote}”" in text
    assert all(part.label in text for part in finding.citations)
    assert all(line in text for line in finding.advice.splitlines()[:4])


def test_a_comment_is_short(report: Path, checked: CheckResult) -> None:
    document = open_commented(comment_docx(report.read_bytes(), checked))
    texts = ["".join(part.text for part in comment.paragraphs) for comment in document.comments]
    assert max(map(len, texts)) < 420


def test_a_finding_of_a_rule_is_put_at_its_paragraph_or_at_the_head(
    report: Path, checked: CheckResult
) -> None:
    heading = HeadingPlace(text="第五章 投资估算", place=Place(paragraph=16))
    rule = RuleFinding(rule="r", name="甲", severity="error", message="金额不一致。", remedy="改。")
    found = (
        replace(rule, place=Place(paragraph=4), evidence="320万元"),
        replace(rule, name="乙", headings=(heading,)),
        replace(rule, name="丙"),
        replace(rule, name="丁", place=Place(paragraph=9999)),  # not in this document
    )
    result = replace(checked, findings=found)
    anchors = find_anchors(open_commented(comment_docx(report.read_bytes(), result)))
    assert anchors["【不符合】甲"] == CHAPTERS["第一章 项目概述"][0]
    assert anchors["【不符合】乙"] == "第五章 投资估算"
    title = "智慧水务平台可行性研究报告"
    assert (anchors["【不符合】丙"], anchors["【不符合】丁"]) == (title, title)


def test_all_other_parts_keep_their_bytes_and_the_text_its_words(
    report: Path, checked: CheckResult
) -> None:
    source = report.read_bytes()
    with (
        zipfile.ZipFile(BytesIO(source)) as old,
        zipfile.ZipFile(BytesIO(comment_docx(source, checked))) as new,
    ):
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        added = set(new.namelist()) - set(old.namelist())
        assert changed <= {
            "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml",
            "word/comments.xml",
        }  # fmt: skip
        assert added <= {"word/comments.xml"}
        root = etree.fromstring(new.read("word/document.xml"))
        remove_marks(root)
        before = etree.fromstring(old.read("word/document.xml"))
        assert etree.tostring(root, method="c14n") == etree.tostring(before, method="c14n")


def test_comments_of_others_stay(report: Path, checked: CheckResult) -> None:
    document = docx.Document(str(report))
    paragraph = document.paragraphs[3]
    document.add_comment(paragraph.runs, text="请核对投资。", author="局办公室", initials="局")
    stream = BytesIO()
    document.save(stream)
    commented = open_commented(comment_docx(stream.getvalue(), checked))
    assert next(part.author for part in commented.comments) == "局办公室"
    numbers = [part.comment_id for part in commented.comments]
    assert len(numbers) == len(set(numbers)) > 3


def test_a_document_of_bare_xml_gets_a_comments_part(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    # No relationships and no styles, and the dangling link to comments that WPS leaves.
    plain = write_docx(tmp_path / "裸0.docx", p("第一章 总则") + p("正文。"))
    path = tmp_path / "裸.docx"
    links = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if name != links:
                new.writestr(name, old.read(name))
        new.writestr(
            links,
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="zx1" Target="NULL" Type="http://schemas.openxmlformats.org/'
            'officeDocument/2006/relationships/comments"/></Relationships>',
        )
    content = comment_docx(path.read_bytes(), check(path, library, rules))
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert AUTHOR in package.read("word/comments.xml").decode()
        assert b'Target="comments.xml"' in package.read("word/_rels/document.xml.rels")
        assert b"NULL" not in package.read("word/_rels/document.xml.rels")


def test_a_comment_on_a_text_box_hangs_on_the_paragraph_around_it(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    box = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        + p("密码应用", properties='<w:outlineLvl w:val="0"/>')
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    body = p("总则", properties='<w:outlineLvl w:val="0"/>') + p("正文。") + p("框外", inner=box)
    path = write_docx(tmp_path / "框.docx", body)
    content = comment_docx(path.read_bytes(), check(path, library, rules))
    with zipfile.ZipFile(BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    marks = list(root.iter(qn("w:commentRangeStart")))
    assert len(marks) > 2
    assert not any(list(mark.iterancestors(qn("w:txbxContent"))) for mark in marks)


def test_damage_in_another_part_is_said_in_a_sentence(
    report: Path, checked: CheckResult, tmp_path: Path
) -> None:
    path = tmp_path / "坏.docx"
    with zipfile.ZipFile(report) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            broken = name == "word/_rels/document.xml.rels"
            new.writestr(name, b"<Relationships" if broken else old.read(name))
    with pytest.raises(ReportUnreadable, match="已损坏"):
        comment_docx(path.read_bytes(), checked)


def test_the_strict_form_of_the_format_is_refused_in_a_sentence(
    tmp_path: Path, checked: CheckResult
) -> None:
    path = write_docx(tmp_path / "严格.docx", p("第一章 总则"))
    strict = path.with_name("严格2.docx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, content)
    with pytest.raises(ReportUnreadable, match="严格Open XML"):
        comment_docx(strict.read_bytes(), checked)


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"%PDF-1.7", "pdf", "另存为 .docx"),
        (b"\xd0\xcf\x11\xe0", "doc", "另存为 .docx"),
        (b"PK\x03\x04 broken", "docx", "已损坏"),
    ],
)
def test_what_can_not_take_comments_is_refused_in_a_sentence(
    content: bytes, kind: str, words: str, checked: CheckResult
) -> None:
    with pytest.raises(ReportUnreadable, match=words):
        comment_docx(content, replace(checked, kind=kind))  # type: ignore[arg-type]


def test_a_skeleton_follows_the_headings_and_numbers_of_the_document(
    report: Path, checked: CheckResult
) -> None:
    headings = list_headings(comment_docx(report.read_bytes(), checked, skeleton=True))
    start = headings.index("第四章 人工智能应用")
    assert headings[start - 1] == "3.1 基本情况"
    assert headings[start : start + 3] == [
        "第四章 人工智能应用", "4.1 应用场景与需求", "4.2 模型与算力选型",
    ]  # fmt: skip
    # Two skeletons at one place are counted one after the other.
    assert headings.index("第五章 信息资源共享开放分析") > start
    assert "5.2 信息资源目录" in headings
    assert headings[-13:] == [
        "第六章 网络安全", "6.1 基本情况", "6.2 基本情况", "第七章 密码应用",
        "7.1 密码应用需求分析", "7.2 密码应用技术方案", "7.3 密钥管理与安全管理",
        "7.4 同步规划、同步建设与同步运行安排", "7.5 密码应用安全性评估",
        "第八章 投资估算", "8.1 基本情况", "第九章 效益分析", "9.1 基本情况",
    ]  # fmt: skip


def test_a_page_break_ahead_of_each_chapter_is_kept_up(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    document = docx.Document()
    for title, lines in CHAPTERS.items():
        document.add_page_break()
        document.add_heading(title, level=1)
        for line in lines:
            document.add_paragraph(line)
    path = tmp_path / "分页.docx"
    document.save(str(path))
    content = comment_docx(path.read_bytes(), check(path, library, rules), skeleton=True)
    blocks = open_commented(content).paragraphs
    ahead = [
        "w:br " in above._element.xml and not above.text.strip()
        for above, part in pairwise(blocks)
        if part.style is not None and part.style.name == "Heading 1"
    ]
    # Of the two skeletons at one place, the first takes the break that was there.
    assert ahead == [True, True, True, True, True, True, True, True, True]


def test_a_skeleton_is_never_taken_for_a_chapter(
    report: Path, checked: CheckResult, tmp_path: Path, library: Library, rules: Rules
) -> None:
    path = tmp_path / "提纲.docx"
    path.write_bytes(comment_docx(report.read_bytes(), checked, skeleton=True))
    again = check(path, library, rules)
    assert [part.verdict for part in again.topics] == ["empty", "present", "empty", "empty"]


def test_prompts_are_marked_and_name_the_article(report: Path, checked: CheckResult) -> None:
    document = open_commented(comment_docx(report.read_bytes(), checked, skeleton=True))
    prompts = [part for part in document.paragraphs if "待编写" in part.text]
    assert all(part.text.startswith("【待编写：") and part.text.endswith("】") for part in prompts)
    assert all(part.runs[0].font.highlight_color is not None for part in prompts)
    catalogue = next(part.text for part in prompts if "信息资源名称、信息项" in part.text)
    assert "第二十六条要求" in catalogue


def test_the_look_of_headings_and_text_is_copied(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    """Of a document without heading styles: bold lines, and text with an indent."""
    document = docx.Document()
    for title, lines in CHAPTERS.items():
        run = document.add_paragraph().add_run(title)
        run.bold, run.font.size = True, Pt(16)
        for line in lines:
            document.add_paragraph(line).paragraph_format.first_line_indent = Pt(24)
    path = tmp_path / "直排.docx"
    document.save(str(path))
    commented = open_commented(
        comment_docx(path.read_bytes(), check(path, library, rules), skeleton=True)
    )
    heading = next(part for part in commented.paragraphs if part.text.endswith("密码应用"))
    prompt = next(part for part in commented.paragraphs if "密码应用等级" in part.text)
    assert (heading.runs[0].bold, heading.runs[0].font.size) == (True, Pt(16))
    assert prompt.paragraph_format.first_line_indent == Pt(24)


def test_automatic_numbers_are_left_to_the_document(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    body = "".join(
        numbered(title.split()[1], 0, outline=0)
        + numbered("基本情况", 1, outline=1)
        + "".join(p(line) for line in lines)
        for title, lines in CHAPTERS.items()
    )
    lists = numbering(level(0, "第%1章", form="chineseCounting"), level(1, "%1.%2"))
    path = write_docx(tmp_path / "自动.docx", body, numbering=lists)
    result = check(path, library, rules)
    path.write_bytes(comment_docx(path.read_bytes(), result, skeleton=True))
    outline = read_report(path)
    assert [part.heading for part in outline.sections] == [
        "第一章 项目概述", "第二章 需求分析", "第三章 建设方案", "第四章 人工智能应用",
        "第五章 信息资源共享开放分析", "第六章 网络安全", "第七章 密码应用", "第八章 投资估算",
        "第九章 效益分析",
    ]  # fmt: skip
    assert outline.sections[3].children[1].heading == "四.2 模型与算力选型"


def test_parts_that_the_article_names_are_added_at_the_end_of_their_chapter(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    styles = style("1", "heading 1") + style("2", "heading 2")
    body = p("智慧水务平台可行性研究报告") + "".join(
        styled(title, "1") + "".join(p(line) for line in lines)
        for title, lines in {
            "一、项目概述": ["总投资320万元，工期10个月，由县水利局建设智慧水务平台。"],
            "二、信息资源共享分析": [],
        }.items()
    )
    body += styled("（一）信息资源共享应用分析", "2") + p(
        "本项目需要从县气象局获取降雨预报、从县自然资源局获取地形数据，用于防汛调度，每小时更新一次，"
        "通过县政务数据共享平台以接口方式取得；向应急局提供水位数据12项。"
    )
    body += styled("（二）信息资源目录", "2") + table(
        ("信息资源名称", "信息项", "提供单位", "更新周期", "共享类型"),
        ("水位", "站名、水位、时间", "县水利局", "每小时", "无条件共享"),
        ("雨量", "站名、雨量、时间", "县气象局", "每小时", "有条件共享"),
    )
    body += styled("三、投资估算", "1") + p("软件开发180万元，硬件90万元，监理与测评30万元。")
    path = write_docx(tmp_path / "缺清单.docx", body, styles=styles)
    result = check(path, library, rules)
    assert result.topics[0].missing == ("数据共享开放清单",)
    path.write_bytes(comment_docx(path.read_bytes(), result, skeleton=True))
    chapter = next(part for part in read_report(path).sections if "共享" in part.title)
    assert [part.heading for part in chapter.children][-1] == "（三）数据共享开放清单"
    assert check(path, library, rules).topics[0].verdict == "incomplete"


def test_where_no_chapter_is_missing_the_author_is_told_why_there_is_no_skeleton(
    report: Path, checked: CheckResult
) -> None:
    content = comment_docx(report.read_bytes(), replace(checked, topics=()), skeleton=True)
    (told,) = [part.text for part in open_commented(content).comments if "提纲" in part.text]
    assert "没有缺少的篇章，没有插入写作提纲" in told
    assert list_headings(content) == list_headings(report.read_bytes())


def test_what_is_no_feasibility_report_gets_comments_but_no_skeleton(
    tmp_path: Path, library: Library, rules: Rules
) -> None:
    body = p("会议纪要") + p("一、会议听取的汇报") + p("县水利局汇报了进度。") + p("二、议定事项")
    path = write_docx(tmp_path / "纪要.docx", body + p("抓紧办理。"))
    result = check(path, library, rules)
    assert not result.is_feasibility_report
    with zipfile.ZipFile(BytesIO(comment_docx(path.read_bytes(), result, skeleton=True))) as new:
        assert "待编写" not in new.read("word/document.xml").decode()
        assert "没有插入写作提纲" in new.read("word/comments.xml").decode()
