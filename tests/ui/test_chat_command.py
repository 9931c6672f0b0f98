from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sample_questions import FOLLOWING, LISTING

PROGRAM = "from ui.command_line import main; main()"


def chat(*lines: str, options: tuple[str, ...] = (), encoding: str = "utf-8") -> str:
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, "chat", *options],
        input="".join(f"{line}\n" for line in lines).encode(encoding),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout.decode()


def test_a_follow_up_goes_on_and_a_restart_leaves_it_behind(built: Path) -> None:
    first, followed, restarted, alone = chat(LISTING, FOLLOWING, "重新问。", FOLLOWING).split(
        "问> "
    )[1:]
    assert "第十八条" in first
    assert "按验收理解" in followed
    assert "第十七条" in followed
    assert "不再沿用" in restarted
    assert "第十七条" not in alone


def test_an_empty_line_ends_the_conversation(built: Path) -> None:
    assert chat(LISTING, "", FOLLOWING).count("问> ") == 1


def test_the_region_chosen_holds_for_every_question(built: Path) -> None:
    shown = chat("验收需要什么材料", "谁来组织", options=("--region", "金寨"))
    assert "《金寨县" in shown
    assert "《淅川县" not in shown


def test_a_report_is_talked_about(built: Path, report: Path) -> None:
    options = ("--region", "淅川", "--report", str(report))
    why, basis = chat("为什么缺密码应用篇", "按哪一条", options=options).split("问> ")[1:]
    assert "密码应用：缺少" in why
    assert "第三十一条" in basis


@pytest.mark.parametrize("lines", [(), ("",)])
def test_nothing_said_is_nothing_printed(lines: tuple[str, ...], built: Path) -> None:
    assert chat(*lines) == ""


def test_lines_in_another_encoding_are_read(built: Path) -> None:
    assert "第十八条" in chat(LISTING, encoding="gb18030")
