"""What ``zhengxin check`` gives to work with: comments, skeletons, workbook, second versions."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import docx
import pytest

from ui.command_line import run_command_line

PROFILE = ("--profile", "xichuan")


def check(*arguments: object) -> int:
    return run_command_line(["check", *(str(part) for part in arguments), *PROFILE])


@pytest.fixture
def mended(report: Path, tmp_path: Path) -> Path:
    """The report with a chapter on cryptography."""
    document = docx.Document(str(report))
    document.add_heading("第八章 密码应用", level=1)
    document.add_paragraph(
        "系统按密码应用第三级设计，登录采用数字证书和智能密码钥匙，传输采用国密SSL VPN，"
        "重要数据用SM4加密存储，密钥由服务器密码机生成和管理，投运前完成密评，经费12万元。"
    )
    path = tmp_path / "第二版.docx"
    document.save(str(path))
    return path


def test_the_report_comes_back_with_comments(
    report: Path, data_folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "批注.docx"
    assert check(report, "--format", "comments", "-o", target) == 1
    document = docx.Document(str(target))
    assert {comment.author for comment in document.comments} == {"政信"}
    assert not any("待编写" in paragraph.text for paragraph in document.paragraphs)


def test_skeleton_alone_means_comments_with_skeletons(
    report: Path, data_folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "提纲.docx"
    assert check(report, "--skeleton", "-o", target) == 1
    document = docx.Document(str(target))
    assert any(paragraph.text.endswith("密码应用") for paragraph in document.paragraphs)
    assert check(target) == 1  # A skeleton is no chapter.


def test_of_several_reports_those_that_can_not_be_commented_are_named(
    report: Path, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "可研.txt"
    text.write_text(
        "智慧水务平台可行性研究报告\n第一章 项目概述\n总投资320万元。\n", encoding="utf-8"
    )
    folder = tmp_path / "out"
    assert check(report, text, "--format", "comments", "-o", folder) == 2
    assert [path.name for path in folder.iterdir()] == [f"{report.stem}-批注.docx"]
    assert "可研.txt：批注只能写进Word文档" in capsys.readouterr().err


def test_reports_of_one_name_do_not_overwrite_each_other(
    report: Path, data_folder: Path, tmp_path: Path
) -> None:
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "可研.docx").write_bytes(report.read_bytes())
    folder = tmp_path / "out"
    check(tmp_path / "甲", tmp_path / "乙", "--format", "html", "-o", folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "可研-检查结果.html", "可研（2）-检查结果.html",
    ]  # fmt: skip


def test_the_suffix_tells_workbook_and_markdown(
    report: Path, data_folder: Path, tmp_path: Path
) -> None:
    check(report, "-o", tmp_path / "汇总.xlsx")
    with zipfile.ZipFile(tmp_path / "汇总.xlsx") as package:
        assert "xl/workbook.xml" in package.namelist()
    check(report, "-o", tmp_path / "结果.md")
    assert (tmp_path / "结果.md").read_text(encoding="utf-8").startswith("# 可行性研究报告检查结果")


def test_a_second_version_shows_what_was_mended(
    report: Path, mended: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check(mended, "--previous", report, "--json")
    (result,) = json.loads(capsys.readouterr().out)
    changes = result["changes"]
    assert changes["previous"] == str(report)
    assert "密码应用" in [change["name"] for change in changes["mended"]]
    assert "人工智能应用" in [change["name"] for change in changes["open"]]


def test_the_json_of_the_first_check_serves_as_well(
    report: Path,
    mended: Path,
    data_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    earlier = tmp_path / "上次.json"
    check(report, "-o", earlier)
    check(mended, "--previous", earlier)
    assert "密码应用：缺少 → 已单列成章" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "xlsx"), "请用 -o"),
        (("--format", "comments"), "请用 -o"),
        (("--skeleton",), "请用 -o"),
        (("--skeleton", "--format", "html"), "只能与 --format comments 同用"),
        (("--previous", "没有.docx"), "旧版报告"),
        (("--previous", "没有.json"), "读不了"),
    ],
)
def test_a_call_that_can_not_be_carried_out_is_explained(
    arguments: tuple[str, ...],
    words: str,
    report: Path,
    data_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert check(report, *arguments) == 2
    assert words in capsys.readouterr().err


def test_a_comparison_is_of_one_report(
    report: Path, mended: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(report, mended, "--previous", report) == 2
    assert "只能用于一份报告" in capsys.readouterr().err


def test_reports_in_an_archive_need_a_folder_and_take_no_comments(
    report: Path, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packed = tmp_path / "一批.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(report, "一.docx")
        archive.write(report, "二.docx")
    assert check(packed, "-o", tmp_path / "a.html") == 2
    assert "一个文件夹" in capsys.readouterr().err
    assert check(packed, "--format", "comments", "-o", tmp_path / "out") == 2
    assert "请解压后再检查" in capsys.readouterr().err
