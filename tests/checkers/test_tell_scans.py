"""Which pages have to be recognised, and which pictures are refused."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from make_docx import TEXT
from make_pdf import PageBreak, Text, write_pdf
from make_scan import Scanner, has_chinese_font, scan_pdf
from PIL import Image

from checkers.detect_kind import detect_kind
from checkers.draw_page import MOST_PIXELS_A_SIDE, count_pictures, draw_pdf_page, draw_picture
from checkers.errors import ReportUnreadable
from checkers.page_line import PageLine, PdfPage
from checkers.read_report import read_report
from checkers.tell_scans import is_garbled, tell_scan

MOJIBAKE = "ÏîÄ¿½¨Éè±ØÒªÐÔÓë¿ÉÐÐÐÔ·ÖÎö£¬ÏØ¼¶ÕþÎñÔÆÆ½Ì¨"
RARE = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(60))


def page(text: str, *, hidden: bool = False, objects: bool = True) -> PdfPage:
    line = PageLine(
        page=1, text=text, left=90, right=500, bottom=400, top=412, size=12, bold=False, family=""
    )
    return PdfPage(
        number=1,
        width=595,
        height=842,
        lines=(line,) if text else (),
        has_objects=objects,
        hidden=hidden,
    )


@pytest.mark.parametrize(
    ("read", "covered", "state"),
    [
        (page("", objects=False), 0.0, "text"),  # A blank page.
        (page(""), 1.0, "picture"),
        (page("某县政府（印章）"), 1.0, "picture"),
        (page("扫描全能王 创建，第3页，仅供内部使用"), 0.98, "picture"),
        (page(TEXT), 0.2, "text"),  # A small picture beside a paragraph.
        (page(TEXT * 5), 1.0, "text"),  # A letterhead behind the text.
        (page(TEXT * 5, hidden=True), 1.0, "layered"),
        (page("l=J+ $%a tIiI] rn1" * 20, hidden=True), 1.0, "garbled"),
        (page(MOJIBAKE), 0.0, "garbled"),
        (page(RARE), 0.0, "garbled"),
        (page("\ue001\ue002\ue003\ue004" * 20), 0.0, "garbled"),
    ],
)
def test_a_page_is_told_by_its_text_and_its_pictures(
    read: PdfPage, covered: float, state: str
) -> None:
    assert tell_scan(read, covered) == state


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "AnEnglishabstractoftheprojectwithsomewords,figures(12.5)andmarks.",
        "1,250.0033%2025-11-1112,000.00×3=36,000.001.11.21.3",
        "政务服务ᠵᠠᠰᠠᠭᠤᠨᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡᠵᠠᠰᠠᠭᠤᠨᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡ",  # In Inner Mongolia, both scripts.
    ],
)
def test_text_of_other_kinds_is_not_garbled(text: str) -> None:
    assert not is_garbled(text)


def test_a_scan_with_a_footer_of_text_is_unread_and_a_text_page_with_a_picture_is_not(
    tmp_path: Path,
) -> None:
    source = write_pdf(tmp_path / "a.pdf", [Text(TEXT * 8), PageBreak(), Text("第二页" * 30)])
    if not has_chinese_font(source):
        pytest.skip("no Chinese typeface to write scans with")
    scan = scan_pdf(source, tmp_path / "b.pdf", Scanner(dots=72), only={2})
    assert read_report(scan).unread_pages == (2,)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
def test_a_picture_is_told_by_its_content(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "报告.pdf"  # As it was renamed by its owner.
    Image.new("L", (60, 80), 255).save(path, kind)
    assert detect_kind(path) == "image"
    outline = read_report(path)
    assert (outline.kind, outline.pages, outline.unread_pages) == ("image", 1, (1,))


def test_each_page_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    frames = [Image.new("1", (60 + n, 80), 1) for n in range(3)]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    assert count_pictures(path) == 3
    assert draw_picture(path, 3).pixels.shape == (80, 62)


def test_a_large_picture_is_reduced_and_keeps_its_size_on_paper(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("L", (4960, 7016), 255).save(path, dpi=(600, 600))
    drawing = draw_picture(path)
    assert max(drawing.pixels.shape) <= MOST_PIXELS_A_SIDE
    assert (round(drawing.width), round(drawing.height)) == (595, 842)


def test_a_photograph_is_turned_as_the_camera_says(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # Turned by a quarter.
    Image.new("RGB", (120, 80), "white").save(path, exif=exif)
    drawing = draw_picture(path)
    assert drawing.pixels.shape == (120, 80)
    assert drawing.height > drawing.width


def test_a_red_seal_fades_and_transparent_parts_are_white(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(path)
    assert draw_picture(path).pixels.min() == 255
    Image.new("RGB", (20, 20), (220, 40, 40)).save(path)
    assert draw_picture(path).pixels.max() > 130


def write_huge_png(path: Path) -> Path:
    """A PNG of a few bytes that says it has 60,000 x 60,000 pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + crc

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", b"x") + chunk(b"IEND", b""))
    return path


def write_huge_pdf(path: Path) -> Path:
    """A PDF of a few bytes with a picture of 60,000 x 60,000 pixels."""
    stream = zlib.compress(bytes(1000))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 26>>stream\n595 0 0 842 0 0 cm /I Do   \nendstream",
        b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8"
        b"/ColorSpace/DeviceGray/Filter/FlateDecode/Length %d>>stream\n"
        % len(stream)
        + stream
        + b"\nendstream",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj" % number + written + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    content += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    path.write_bytes(content)
    return path


def test_a_huge_picture_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    png = write_huge_png(tmp_path / "a.png")
    with pytest.raises(ReportUnreadable) as refused:
        draw_picture(png)
    assert refused.value.code == "too_large"
    pdf = write_huge_pdf(tmp_path / "a.pdf")
    assert read_report(pdf).unread_pages == (1,)
    with pytest.raises(ReportUnreadable) as refused:
        draw_pdf_page(pdf, 1)
    assert refused.value.code == "too_large"


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\0" + b"\xff" * 40]
)
def test_a_damaged_picture_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(content)
    with pytest.raises(ReportUnreadable) as refused:
        read_report(path)
    assert refused.value.code == "damaged"
