"""Scans read by the real recogniser: what comes out is what the text would give."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from make_docx import TEXT, p, write_docx
from make_ofd import Picture, Words, write_ofd
from make_pdf import Cells, PageBreak, Piece, Text, write_pdf
from make_scan import Scanner, has_chinese_font, photograph, scan_pdf

from checkers.find_recogniser import is_recogniser_installed
from checkers.isolate_reading import ReadingPool
from checkers.outline import Outline
from checkers.read_report import read_report
from checkers.recognise_scans import read_with_scans
from checkers.watch_reading import ReadingWatch, ScanOptions

pytestmark = pytest.mark.skipif(not is_recogniser_installed(), reason="rapidocr is not installed")

BODY = Text(TEXT * 2, indent=True)
FIRST: list[Piece] = [
    Text("第一章 项目概述", size=18, centred=True),
    Text("1.1 建设目标", size=14),
    BODY,
    Text("一、数据资源共享（开放）"),
    BODY,
    Text("二、网络安全等级保护"),
    BODY,
]
SECOND: list[Piece] = [
    Text("第二章 投资估算", size=18, centred=True),
    Text("总投资1100.55万元，其中2022年220.33万元。", indent=True),
    Cells(("序号", "数据项名称", "提供部门")),
    Cells(("1", "人口信息", "县公安局")),
]


@pytest.fixture(scope="module")
def pool() -> Iterator[ReadingPool]:
    with closing(ReadingPool()) as pool:
        yield pool


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("text") / "text.pdf"
    write_pdf(path, [*FIRST, PageBreak(), *SECOND], numbered=True)
    if not has_chinese_font(path):
        pytest.skip("no Chinese typeface to write scans with")
    return path


def read(
    pool: ReadingPool, path: Path, *, watch: ReadingWatch | None = None, recognise: bool = True
) -> Outline:
    return read_with_scans(pool, path, watch=watch, scans=ScanOptions(recognise=recognise))


def headings(outline: Outline) -> list[tuple[int, str, int | None]]:
    return [(part.level, part.heading, part.place.page) for part in outline.walk()]


def test_a_crooked_and_noisy_scan_gives_the_outline_of_the_text(
    pool: ReadingPool, source: Path, tmp_path: Path
) -> None:
    scanner = Scanner(dots=150, degrees=1.8, noise=10, blur=0.5)
    progress: list[tuple[int, int]] = []
    watch = ReadingWatch(on_progress=lambda done, total: progress.append((done, total)))
    scanned = read(pool, scan_pdf(source, tmp_path / "scan.pdf", scanner), watch=watch)
    text = read_report(source)
    assert headings(scanned) == headings(text)
    assert (scanned.unread_pages, scanned.recognised_pages) == ((), (1, 2))
    assert progress == [(0, 2), (1, 2), (2, 2)]
    tables = [block.rows for part in scanned.walk() for block in part.body if block.is_table]
    assert tables == [(("序号", "数据项名称", "提供部门"), ("1", "人口信息", "县公安局"))]
    said = "".join(block.text for block in scanned.sections[1].body)
    assert "1100.55" in said
    assert "220.33" in said


def test_text_pages_and_scanned_pages_make_one_outline_in_page_order(
    pool: ReadingPool, source: Path, tmp_path: Path
) -> None:
    mixed = read(pool, scan_pdf(source, tmp_path / "mixed.pdf", only={2}))
    assert mixed.recognised_pages == (2,)
    assert headings(mixed) == headings(read_report(source))


@pytest.mark.parametrize("turned", [1, 2])
def test_a_page_on_its_side_or_head_is_turned(
    pool: ReadingPool, source: Path, tmp_path: Path, turned: int
) -> None:
    scan = scan_pdf(source, tmp_path / "turned.pdf", Scanner(turned=turned), only={1})
    assert headings(read(pool, scan)) == headings(read_report(source))


def test_a_text_layer_of_nonsense_gives_way_to_what_is_seen(
    pool: ReadingPool, source: Path, tmp_path: Path
) -> None:
    layer = "\n".join(["工程项目概况县级云府本顶日依扥县级攻务六平合部暑分为致据层"] * 12)
    scan = scan_pdf(source, tmp_path / "layered.pdf", Scanner(layer=layer), only={1})
    outline = read(pool, scan)
    assert outline.recognised_pages == (1,)
    assert headings(outline) == headings(read_report(source))


def test_a_good_text_layer_is_kept(pool: ReadingPool, source: Path, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(source)
    text = document[0].get_textpage().get_text_range().replace("\r", "")
    document.close()
    scan = scan_pdf(source, tmp_path / "layered.pdf", Scanner(layer=text), only={1})
    outline = read(pool, scan)
    assert outline.layered_pages == (1,)
    assert outline.unread_pages == ()


def test_a_picture_file_is_read(pool: ReadingPool, source: Path, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(source)
    picture = tmp_path / "扫描.jpg"
    picture.write_bytes(photograph(document[0]).read())
    document.close()
    outline = read(pool, picture)
    assert (outline.kind, outline.pages) == ("image", 1)
    assert headings(outline) == [h for h in headings(read_report(source)) if h[2] == 1]


def test_a_scan_pasted_into_word_is_read_at_its_place(
    pool: ReadingPool, source: Path, tmp_path: Path
) -> None:
    path = paste_scan(source, tmp_path / "a.docx")
    unread = read(pool, path, recognise=False)
    assert (unread.unread_pages, unread.unread_reason) == ((1,), "not_wanted")
    outline = read(pool, path)
    assert [part.heading for part in outline.sections] == ["第一章 项目概述", "第九章 附录"]
    assert [part.place.paragraph for part in outline.sections] == [2, 3]
    assert outline.recognised_pages == (1,)


def paste_scan(source: Path, path: Path) -> Path:
    """A DOCX with a cover line, a picture of the first page, and a chapter of text."""
    drawing = (
        "<w:r><w:drawing><wp:inline "
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="5270500" cy="7454900"/><a:graphic '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:blip r:embed="scan1"/></a:graphic></wp:inline></w:drawing></w:r>'
    )
    write_docx(path, p("某县政务平台项目") + p(inner=drawing) + p("第九章 附录") + p(TEXT))
    document = pypdfium2.PdfDocument(source)
    picture = photograph(document[0], Scanner(noise=4)).read()
    document.close()
    relation = (
        '<Relationship Id="scan1" Target="media/scan.jpg" Type="http://schemas.openxmlformats.org'
        '/officeDocument/2006/relationships/image"/></Relationships>'
    )
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relation.encode())
    with zipfile.ZipFile(path, "w") as package:
        for part, content in {**parts, "word/media/scan.jpg": picture}.items():
            package.writestr(part, content)
    return path


def test_a_picture_page_of_an_ofd_is_read(pool: ReadingPool, source: Path, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(source)
    picture = photograph(document[1]).read()
    document.close()
    resources = (
        '<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res"><ofd:MultiMedias>'
        '<ofd:MultiMedia ID="1" Type="Image"><ofd:MediaFile>scan.jpg</ofd:MediaFile>'
        "</ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    path = write_ofd(
        tmp_path / "a.ofd",
        [[Words("第一章 项目概述", size=6), Words(TEXT)], Picture()],
        extra={"Doc_0/DocumentRes.xml": resources},
    )
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = "Doc_0/Document.xml"
    parts[name] = parts[name].replace(
        b"</ofd:CommonData>", b"<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>"
    )
    with zipfile.ZipFile(path, "w") as package:
        for part, content in {**parts, "Doc_0/Res/scan.jpg": picture}.items():
            package.writestr(part, content)
    outline = read(pool, path)
    assert [(part.heading, part.place.page) for part in outline.sections] == [
        ("第一章 项目概述", 1),
        ("第二章 投资估算", 2),
    ]
    assert outline.recognised_pages == (2,)
