"""The automatic numbers of a DOCX, beside those that LibreOffice prints for the same file."""

from __future__ import annotations

import subprocess
from pathlib import Path
from random import Random

import pytest
from make_docx import level, numbered, numbering, write_docx

from checkers.convert_legacy import find_office
from checkers.read_docx import read_docx

OFFICE = find_office()
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

# Forms that both print alike; for the others LibreOffice falls back to decimal.
FORMS = (
    "decimal", "chineseCounting", "chineseCountingThousand", "japaneseCounting", "decimalZero",
    "chineseLegalSimplified", "ideographTraditional", "decimalEnclosedCircle", "upperLetter",
    "lowerLetter", "upperRoman", "lowerRoman",
)  # fmt: skip
TEXTS = (
    ("第%1章", "第%1部分", "%1、", "%1", "（%1）"),
    ("%1.%2", "第%2节", "（%2）", "%2．"),
    ("%1.%2.%3", "%3)", "（%3）", "第%3条"),
)
DOCUMENTS = 12
PARAGRAPHS = 40


def draw_numbering(random: Random) -> str:
    # Without w:isLgl, which LibreOffice doesn't know.
    levels = [
        level(index, random.choice(texts), form=random.choice(FORMS))
        for index, texts in enumerate(TEXTS)
    ]
    start = f'<w:startOverride w:val="{random.randint(1, 4)}"/>'
    overrides = f'<w:lvlOverride w:ilvl="0">{start}</w:lvlOverride>'
    return numbering(*levels, overrides=overrides if random.random() < 0.5 else "")


def draw_body(random: Random) -> str:
    return "".join(
        numbered("题", random.choice((0, 1, 1, 2, 2)), list_id=random.choice((1, 1, 1, 2)))
        for _ in range(PARAGRAPHS)
    )


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Documents by seed, each with what LibreOffice makes of it beside it."""
    folder = tmp_path_factory.mktemp("office")
    paths = []
    for seed in range(DOCUMENTS):
        random = Random(seed)
        path = folder / f"{seed}.docx"
        paths.append(write_docx(path, draw_body(random), numbering=draw_numbering(random)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    command += ["--outdir", str(folder), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return paths


@pytest.mark.parametrize("seed", range(DOCUMENTS))
def test_numbers_are_those_that_libreoffice_prints(documents: list[Path], seed: int) -> None:
    path = documents[seed]
    lines = path.with_suffix(".txt").read_text("utf-8-sig").split("\n")
    expected = ["".join(line.split()).removesuffix("题") for line in lines if line.strip()]
    assert [block.number for block in read_docx(path).blocks] == expected
