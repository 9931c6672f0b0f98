from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.assistant import open_assistant
from assistant.settings import Settings
from checkers.load_rules import load_rules
from ui.checked_reports import CheckedReports
from ui.conversation import Conversation, earlier_questions, render_conversation
from ui.page_actions import PageActions, Sent


@pytest.fixture
def actions(built_folder: Path, tmp_path: Path) -> PageActions:
    folder = tmp_path / "data"
    shutil.copytree(built_folder, folder)
    assistant = open_assistant(Settings(data_folder=folder))
    return PageActions(assistant, load_rules(), CheckedReports(), folder)


def converse(
    actions: PageActions, text: str = "", files: tuple[Path, ...] = (), region: str | None = None
) -> list[Conversation]:
    return list(actions.reply(Sent(text=text, files=files, region=region), ()))


def test_an_answer_grows_and_ends_with_its_sources(actions: PageActions) -> None:
    versions = converse(actions, "淅川县项目验收需要哪些材料？")
    assert versions[0][0].waiting
    assert not versions[-1][0].waiting
    assert len(versions) > 2
    assert 'data-open="xichuan:18:0"' in versions[-1][0].reply
    assert earlier_questions(versions[-1]) == ("淅川县项目验收需要哪些材料？",)


def test_the_region_selected_decides_where_is_searched(actions: PageActions) -> None:
    (turn,) = converse(actions, "验收需要哪些材料", region="jinzhai")[-1]
    assert 'data-open="jinzhai:' in turn.reply
    assert 'data-open="xichuan:' not in turn.reply


def test_a_report_is_checked_then_the_question_answered_and_the_upload_is_gone(
    actions: PageActions, report: Path, tmp_path: Path
) -> None:
    upload = tmp_path / report.name
    shutil.copy(report, upload)
    card, answer = converse(actions, "验收材料", (upload,), "xichuan")[-1]
    assert "zx-findings" in card.reply
    assert answer.question == "验收材料"
    assert not upload.exists()
    html = render_conversation((card, answer))
    assert "可研&lt;b&gt;.docx" in html


def test_an_unreadable_upload_is_one_sentence(actions: PageActions, tmp_path: Path) -> None:
    upload = tmp_path / "a.pdf"
    upload.write_bytes(b"%PDF-1.7 broken")
    (turn,) = converse(actions, files=(upload,))[-1]
    assert 'class="zx-notice"' in turn.reply
    assert not upload.exists()


def test_nothing_sent_is_nothing_done(actions: PageActions) -> None:
    assert converse(actions, "  ") == []


def test_words_of_a_question_are_escaped(actions: PageActions) -> None:
    html = render_conversation(converse(actions, "<img src=x onerror=alert(1)>")[-1])
    assert "<img" not in html


@pytest.mark.parametrize(
    "address", ["", "xichuan", "xichuan:99:0", "../x:1:0", "xichuan:1:x", "::"]
)
def test_a_strange_address_opens_a_sentence(address: str, actions: PageActions) -> None:
    assert 'class="zx-notice"' in actions.open_article(address)


def test_an_added_regulation_is_answered_from_shown_and_removed(
    actions: PageActions, regulation_file: Path
) -> None:
    told = actions.add(regulation_file, region="", title="")
    assert "zx-fine" in told
    (added,) = [value for _, value in actions.regions() if value not in ("", *SHIPPED)]
    (turn,) = converse(actions, "云溪县数字项目竣工后多久提交材料")[-1]
    assert f'data-open="{added}:4:0"' in turn.reply
    assert "data-remove" in actions.open_regulation(added)
    assert "zx-fine" in actions.remove(added)
    assert added not in actions.browse()


def test_a_broken_regulation_is_refused_with_its_place(
    actions: PageActions, tmp_path: Path, regulation_file: Path
) -> None:
    broken = tmp_path / "缺条.txt"
    text = regulation_file.read_text(encoding="utf-8").replace("第三条", "第三十条")
    broken.write_text(text, encoding="utf-8")
    told = actions.add(broken, region="", title="")
    assert 'role="alert"' in told
    assert "行" in told


def test_adding_without_a_file_says_what_to_do(actions: PageActions) -> None:
    assert "请先选择" in actions.add(None, region="", title="")


@pytest.mark.parametrize("regulation", ["xichuan", "../..", "nowhere"])
def test_only_an_added_regulation_can_be_removed(regulation: str, actions: PageActions) -> None:
    assert 'role="alert"' in actions.remove(regulation)


SHIPPED = ("xx-county", "xichuan", "jinzhai", "xiangxi", "erenhot")
