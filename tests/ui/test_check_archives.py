from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ui.command_line import app

REPORT = "第一章 总论\n" + "本项目依托县级政务云平台部署，服务全县各部门业务协同。" * 3


@pytest.mark.usefixtures("data_folder")
def test_each_report_in_an_archive_is_one_object_of_the_json(tmp_path: Path) -> None:
    archive, single = tmp_path / "报送.zip", tmp_path / "丙.txt"
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("甲.txt", REPORT)
        package.writestr("乙/乙.md", f"# 总论\n\n{REPORT}")
    single.write_text(REPORT, encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(archive), str(single), "--json"])
    assert result.exit_code == 1
    assert [(one["file"], one["kind"]) for one in json.loads(result.stdout)] == [
        (f"{archive}/甲.txt", "text"),
        (f"{archive}/乙/乙.md", "markdown"),
        (str(single), "text"),
    ]


@pytest.mark.usefixtures("data_folder")
def test_files_of_an_archive_that_are_no_reports_are_named(tmp_path: Path) -> None:
    archive = tmp_path / "报送.zip"
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("甲.txt", REPORT)
        package.writestr("表.xlsx", b"x")
        package.writestr("__MACOSX/._表.xlsx", b"x")
    result = CliRunner().invoke(app, ["check", str(archive), "--json"])
    assert "里有1个文件从名称看不是报告，没有检查：表.xlsx；" in result.stderr
