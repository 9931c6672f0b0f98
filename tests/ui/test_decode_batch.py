from __future__ import annotations

import pytest

from ui.decode_batch import BatchLine, decode_batch, decode_stream

LINES = ["验收要交什么材料", "plain", "概算超出多少要报批"]
BROKEN = b"\xe9\xaa"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_of_either_encoding_gives_its_lines(encoding: str, newline: str) -> None:
    assert list(decode_batch(newline.join(LINES).encode(encoding))) == LINES


@pytest.mark.parametrize(
    ("lines", "decoded"),
    [
        # "联通" in GBK is valid UTF-8 by chance; the other lines decide
        (
            ["联通".encode("gbk"), "验收材料".encode("gbk"), "申报".encode("gbk")],
            ["联通", "验收材料", "申报"],
        ),
        # one broken line in UTF-8 does not turn the others into other characters
        (["验收".encode(), BROKEN, "申报".encode()], ["验收", BROKEN, "申报"]),
        (["验收".encode("gbk"), b"\xff\xff"], ["验收", b"\xff\xff"]),
        ([], []),
    ],
)
def test_the_encoding_that_fits_more_lines_is_that_of_the_file(
    lines: list[bytes], decoded: list[BatchLine]
) -> None:
    assert list(decode_batch(b"\n".join(lines))) == decoded


def test_a_stream_is_decoded_line_by_line() -> None:
    lines = iter(["\ufeff验收\n".encode(), "申报\n".encode("gbk"), b"\xff\xff\n"])
    assert list(decode_stream(lines)) == ["验收\n", "申报\n", b"\xff\xff\n"]
