"""``zhengxin rules``: what people and programs see of the rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ui.command_line import run_command_line

ADDED = """
id: performance_targets
name: 绩效目标
demands:
  xx-county:
    severity: warning
    basis:
      - article: 24
        quote: 项目建设单位应当对项目绩效目标执行情况进行评价
look:
  kind: terms
  groups:
    - label: 绩效目标
      terms: [绩效目标]
message: 没有写到{missing}。
remedy: 写明项目绩效目标。
fixtures:
  - {name: 写了, finds: false, report: "# 一、效益\\n绩效目标：网办率90%。"}
  - {name: 没有写, finds: true, report: "# 一、效益\\n网办率90%。"}
"""


def run_json(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    code = run_command_line(["rules", *words, "--json"])
    value: dict[str, object] = json.loads(capsys.readouterr().out)
    return code, value


def add_rule(data_folder: Path, text: str = ADDED) -> Path:
    folder = data_folder / "rules" / "checks"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "performance_targets.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_list_names_each_rule_with_its_regulations(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, value = run_json(capsys, "list")
    rules = {rule["id"]: rule for rule in value["rules"]}  # type: ignore[attr-defined]
    assert code == 0
    assert rules["sharing"]["kind"] == "topic"
    assert rules["sharing"]["profiles"]["xichuan"] == "required"
    assert rules["budget_excluded_items"]["profiles"] == {"erenhot": "error", "strictest": "error"}


def test_the_list_for_people_is_in_chinese(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["rules", "list"]) == 0
    out = capsys.readouterr().out
    assert "自建机房或数据中心" in out
    assert "共" in out.splitlines()[-1]


def test_a_rule_is_shown_with_quotations_and_fixtures(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["rules", "show", "own_machine_room"]) == 0
    out = capsys.readouterr().out
    assert (
        "《二连浩特市信息化项目建设管理办法（试行）》第三条第二款：“不再新建独立的机房或数据中心”"
        in out
    )
    assert "应发现问题：新建机房" in out


def test_a_topic_is_shown_like_any_rule(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, value = run_json(capsys, "show", "crypto")
    assert code == 0
    assert value["looks_for"] is None
    assert value["fixtures"]


def test_an_unknown_rule_lists_the_known_ones(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command_line(["rules", "show", "nothing"]) == 2
    assert "triple_sync" in capsys.readouterr().err


def test_fixtures_that_hold_end_in_zero(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, shown = run_json(capsys, "show", "triple_sync")
    code, value = run_json(capsys, "test", "triple_sync")
    assert (code, value["failed"]) == (0, 0)
    assert value["passed"] == len(value["results"]) >= len(shown["fixtures"]) > 0


def test_an_added_rule_is_listed_and_tried(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_rule(data_folder)
    code, value = run_json(capsys, "show", "performance_targets")
    assert (code, value["origin"]) == (0, "added")
    assert run_command_line(["rules", "test", "performance_targets"]) == 0
    assert "1条规则的2个例子，2个相符。" in capsys.readouterr().out


def test_a_fixture_that_fails_ends_in_one(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(ADDED.replace("terms: [绩效目标]", "terms: [考核目标]"), encoding="utf-8")
    code, value = run_json(capsys, "test", str(path))
    assert (code, value["failed"]) == (1, 1)


def test_a_broken_rule_file_stops_with_its_place(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_rule(data_folder, ADDED.replace("severity: warning", "severity: grave"))
    assert run_command_line(["rules", "list"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("performance_targets.yaml 第6行 demands.xx-county.severity：")
    assert "error、warning、note" in said
