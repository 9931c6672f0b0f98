"""Users add regulations, profiles and rules in their data folder; no code is needed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checkers.check_report import check_outline
from checkers.load_rules import ADDED_FOLDER, RULES_FOLDER, Rules, load_rules
from checkers.outline_notation import parse_outline
from checkers.read_rule_file import RulesInvalid
from checkers.try_fixtures import try_file, try_rule
from corpus.add_regulation import add_regulation
from corpus.library import Library, load_library

ADDED_RULES = Path(__file__).parent / "added_rules"
REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "regulations"
STATE_REGULATION = "国家政务信息化项目建设管理办法_国办发2019_57号.txt"
REPORT = """
@title 某部政务信息系统可行性研究报告
# 第一章 概述
项目总投资860万元，建设期12个月。
# 第二章 需求分析
覆盖28个司局，日均办件4千件。
# 第三章 建设方案
操作系统、数据库选用安全可靠的国产产品。
# 第四章 网络安全
系统定为等级保护三级，部署防火墙、日志审计、堡垒机，安全设施同步规划、同步建设、同步运行。
# 第五章 投资估算
软件开发费600万元，云资源租用费200万元，等保测评费60万元。
"""


def add_file(data_folder: Path, kind: str, name: str) -> Path:
    folder = data_folder / ADDED_FOLDER / kind
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(ADDED_RULES / name, folder / name))


@pytest.fixture
def state(tmp_path: Path) -> tuple[Library, Rules]:
    """The library and the rules after a user added 国办发〔2019〕57号 and a profile for it."""
    if not REFERENCE.is_dir():
        pytest.skip(f"no reference material beside the repository: {REFERENCE}")
    add_regulation(REFERENCE / STATE_REGULATION, tmp_path, id="state-2019-57")
    add_file(tmp_path, "profiles", "state-2019-57.yaml")
    library = load_library(tmp_path)
    return library, load_rules(library=library, data_folder=tmp_path)


def test_a_report_is_checked_under_a_regulation_that_a_user_added(
    state: tuple[Library, Rules],
) -> None:
    library, rules = state
    result = check_outline(
        parse_outline(REPORT), profile="state-2019-57", library=library, rules=rules
    )
    sharing = result.topics[0]
    assert (sharing.level, sharing.verdict) == ("required", "missing")
    assert sharing.citations[0].label == "《国家政务信息化项目建设管理办法》第十一条第一款"
    assert [topic.level for topic in result.topics] == [
        "required",
        "expected",
        "expected",
        "not_regulated",
    ]


def test_the_added_profile_says_how_grave_the_shipped_rules_are(
    state: tuple[Library, Rules],
) -> None:
    library, rules = state
    result = check_outline(
        parse_outline(REPORT), profile="state-2019-57", library=library, rules=rules
    )
    graver = {
        finding.rule: finding.citations[0].ref.article
        for finding in result.findings
        if finding.severity != "note"
    }
    # The report has no supervision in its budget; the other two demands are met.
    assert graver == {"budget_supervision": 19}


def test_the_shipped_profiles_stay_as_they_are_beside_an_added_one(
    state: tuple[Library, Rules], rules: Rules
) -> None:
    assert {**state[1].profiles, "state-2019-57": None} == {
        **rules.profiles,
        "state-2019-57": None,
    }


def test_an_added_rule_takes_part_in_the_checks(tmp_path: Path, library: Library) -> None:
    add_file(tmp_path, "checks", "performance_targets.yaml")
    rules = load_rules(library=library, data_folder=tmp_path)
    result = check_outline(parse_outline(REPORT), profile="xx-county", library=library, rules=rules)
    finding = next(part for part in result.findings if part.rule == "performance_targets")
    assert finding.severity == "warning"
    assert finding.message == "没有写到绩效目标。"
    assert finding.citations[0].ref.article == 24


def test_the_fixtures_of_an_added_rule_are_run(tmp_path: Path, library: Library) -> None:
    add_file(tmp_path, "checks", "performance_targets.yaml")
    rules = load_rules(library=library, data_folder=tmp_path)
    results = try_rule("performance_targets", rules, library)
    assert [result.problem for result in results] == [None, None]


def test_a_rule_file_can_be_tried_before_it_is_in_use(rules: Rules, library: Library) -> None:
    results = try_file(ADDED_RULES / "performance_targets.yaml", rules, library)
    assert [result.problem for result in results] == [None, None]
    assert "performance_targets" not in rules.checks.by_id


def test_a_fixture_that_does_not_hold_is_told_with_the_message(
    tmp_path: Path, rules: Rules, library: Library
) -> None:
    text = (ADDED_RULES / "performance_targets.yaml").read_text(encoding="utf-8")
    path = tmp_path / "performance_targets.yaml"
    path.write_text(text.replace("绩效<目标|指标>", "绩效目标"), encoding="utf-8")
    problems = [result.problem for result in try_file(path, rules, library)]
    assert problems == ["不应发现问题，却报告：没有写到绩效目标。", None]


@pytest.mark.parametrize(
    ("kind", "file", "old", "new", "said"),
    [
        # A shipped rule can't be replaced in silence.
        (
            "checks",
            "performance_targets.yaml",
            "id: performance_targets",
            "id: triple_sync",
            r"performance_targets\.yaml 第1行 id：编号“triple_sync”已由自带的规则使用",
        ),
        (
            "checks",
            "performance_targets.yaml",
            "  xx-county:",
            "  xxcounty:",
            r"performance_targets\.yaml 第4行 demands\.xxcounty：没有这个.*允许的值：erenhot",
        ),
        (
            "checks",
            "performance_targets.yaml",
            "绩效目标执行情况",
            "绩效目标完成情况",
            r"performance_targets\.yaml 第7行 demands\.xx-county\.basis\.0：引文不在《XX县",
        ),
        # The profile's own regulation is not in the library.
        (
            "profiles",
            "state-2019-57.yaml",
            "id: state-2019-57",
            "id: nation",
            r"state-2019-57\.yaml 第8行 topics\.sharing\.basis\.0：库中没有编号为“state-2019-57”",
        ),
        (
            "profiles",
            "state-2019-57.yaml",
            "  triple_sync:",
            "  three_sync:",
            r"state-2019-57\.yaml 第\d+行 checks\.three_sync：没有这条规则，允许的值：ai_",
        ),
    ],
)
def test_a_fault_in_an_added_file_is_named_with_its_place(
    tmp_path: Path, library: Library, kind: str, file: str, old: str, new: str, said: str
) -> None:
    path = add_file(tmp_path, kind, file)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesInvalid, match=said):
        load_rules(library=library, data_folder=tmp_path)


def test_faults_of_several_files_are_told_together(tmp_path: Path, library: Library) -> None:
    for name in ("one", "two"):
        path = add_file(tmp_path, "checks", "performance_targets.yaml")
        text = path.read_text(encoding="utf-8").replace("kind: terms", "kind: words")
        path.with_name(f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesInvalid) as caught:
        load_rules(library=library, data_folder=tmp_path)
    assert [problem.split()[0] for problem in caught.value.problems] == ["one.yaml", "two.yaml"]


def test_a_data_folder_without_rules_changes_nothing(tmp_path: Path, rules: Rules) -> None:
    assert load_rules(data_folder=tmp_path) is rules


def test_the_example_of_the_guide_is_a_rule_that_holds(
    tmp_path: Path, rules: Rules, library: Library
) -> None:
    guide = (RULES_FOLDER / "README.md").read_text(encoding="utf-8")
    path = tmp_path / "example.yaml"
    path.write_text(guide.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert [result.problem for result in try_file(path, rules, library)] == [None, None]
