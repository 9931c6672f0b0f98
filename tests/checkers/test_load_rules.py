"""Rule files: what is wrong in them is named with file, line, key and the allowed values."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from checkers.load_rules import RULES_FOLDER, ProfileUnknown, Rules, load_rules
from checkers.read_rule_file import RulesInvalid
from corpus.library import Library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(RULES_FOLDER, tmp_path / "rules"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "profiles/xichuan.yaml",
            "level: required",
            "level: must",
            r"xichuan\.yaml 第6行 topics\.sharing\.level：值不在允许的范围内，"
            "允许的值：required、expected、not_regulated",
        ),
        (
            "profiles/xichuan.yaml",
            "regulation: xichuan",
            "regulation: xichuan\nregoin: 1",
            r"xichuan\.yaml 第4行 regoin：没有这个键，允许的值：id、name、regulation、",
        ),
        (
            "profiles/jinzhai.yaml",
            "parts: [catalogue]",
            "parts: [catalog]",
            r"jinzhai\.yaml 第12行 topics\.sharing\.parts.*“catalog”.*catalogue",
        ),
        ("topics/ai.yaml", "id: ai\n", "", r"ai\.yaml 第1行 id：缺少这个键"),
        (
            "topics/sharing.yaml",
            "  部门: ",
            "  部们: ",
            r"sharing\.yaml 第\d+行.*“部门”不在 phrases 中（现有：部们、",
        ),
        ("marks.yaml", "score: 4", "score: viel", r"marks\.yaml 第\d+行 thresholds\.score"),
        # An expression that can't be compiled is found on load, not in mid-check.
        ("marks.yaml", "'LOREM IPSUM'", "'LOREM ('", r"marks\.yaml 第\d+行 .*正则表达式"),
        ("topics/ai.yaml", "id: ai", "id: [ai", r"ai\.yaml 第\d+行第\d+列：不是有效的 YAML"),
        # A topic that is regulated needs its article, one that is not must have none.
        (
            "profiles/xiangxi.yaml",
            "level: not_regulated",
            "level: expected",
            r"xiangxi\.yaml 第5行 topics\.sharing：.*basis",
        ),
        (
            "checks/triple_sync.yaml",
            "kind: terms",
            "kind: words",
            r"triple_sync\.yaml 第\d+行 look：没有“words”这一种，"
            "允许的值：terms、table、budget_item、forbidden、leftovers、consistency",
        ),
        # What pydantic puts in for the kind of a rule stands nowhere in the file.
        (
            "checks/triple_sync.yaml",
            "label: 同步规划",
            "lable: 同步规划",
            r"triple_sync\.yaml 第\d+行 look\.groups\.0\.label：缺少这个键",
        ),
        (
            "checks/triple_sync.yaml",
            "缺少{missing}",
            "缺少{absent}",
            r"triple_sync\.yaml 第\d+行 message：不能填入“absent”，.*允许的值：missing、found",
        ),
        (
            "checks/triple_sync.yaml",
            "severity: warning",
            "severity: grave",
            r"triple_sync\.yaml 第5行 demands\.xx-county\.severity：.*：error、warning、note",
        ),
        (
            "checks/own_screen.yaml",
            "finds: true",
            "finds: false",
            r"own_screen\.yaml 第1行 （整个文件）：fixtures 至少要有一个 finds: true",
        ),
        (
            "checks/triple_sync.yaml",
            "      beside:",
            "      besides:",
            r"triple_sync\.yaml 第\d+行 look\.groups\.0\.besides：没有这个键，"
            "允许的值：label、terms、beside",
        ),
        (
            "checks/ai_needs.yaml",
            "fewest: 2",
            "fewest: viele",
            r"ai_needs\.yaml 第\d+行 look\.fewest：应为整数",
        ),
    ],
)
def test_a_broken_rule_file_is_named_with_its_place(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    change(folder / file, old, new)
    with pytest.raises(RulesInvalid, match=said):
        load_rules(folder)


def test_an_absent_rule_file_is_named(folder: Path) -> None:
    (folder / "topics" / "crypto.yaml").unlink()
    with pytest.raises(RulesInvalid, match=r"crypto\.yaml"):
        load_rules(folder)


def test_a_basis_that_is_not_verbatim_is_refused(folder: Path, library: Library) -> None:
    change(folder / "profiles" / "xichuan.yaml", "严格落实等级保护要求", "严格落实等保要求")
    with pytest.raises(RulesInvalid, match=r"xichuan\.yaml 第21行 topics\.security\.basis\.1"):
        load_rules(folder, library)


def test_a_profile_for_another_regulation_needs_no_code(folder: Path, library: Library) -> None:
    text = (folder / "profiles" / "xx-county.yaml").read_text(encoding="utf-8")
    added = text.replace("id: xx-county", "id: another", 1)
    (folder / "profiles" / "another.yaml").write_text(added, encoding="utf-8")
    assert "another" in load_rules(folder, library).profiles


def test_an_unknown_profile_lists_the_known_ones(rules: Rules) -> None:
    with pytest.raises(ProfileUnknown, match="xichuan"):
        rules.profile("beijing")


def test_every_cue_list_covers_its_patterns(rules: Rules) -> None:
    """A sentence of each kind must hold a cue, or it would be taken for live text."""
    sentences = {
        "placeholders": ["内容待补充", "此处填写方案", "${系统名称}", "本章应说明现状", "XXXXXX"],
        "deferrals": ["方案另行编制", "详见附件2", "将在初步设计阶段补充", "该方案将包括四个层面"],
        "negations": ["本项目不涉及密码应用", "暂无引入大模型的必要", "留待二期建设"],
        "backgrounds": ["产业规模持续扩大", "我公司曾承建多个平台", "近年来技术快速发展"],
    }
    for group, texts in sentences.items():
        pattern: re.Pattern[str] = getattr(rules.marks, group)
        for text in texts:
            assert pattern.search(text), (group, text)
            assert rules.marks.cues.occurs_in(text), (group, text)
