from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import pytest
from langchain_core.messages import AIMessageChunk
from sample_questions import FOLLOWING, LISTING

from assistant.assistant import Assistant, open_assistant
from assistant.settings import Settings
from checkers.load_rules import load_rules
from ui.conversation import (
    Conversation,
    earlier_questions,
    latest_report,
    render_conversation,
)
from ui.kept_results import CheckedReports, KeptChecklists
from ui.page_actions import PageActions, Sent


@pytest.fixture
def actions(built_folder: Path, tmp_path: Path) -> PageActions:
    folder = tmp_path / "data"
    shutil.copytree(built_folder, folder)
    assistant = open_assistant(Settings(data_folder=folder))
    return open_actions(assistant, folder)


def open_actions(assistant: Assistant, folder: Path) -> PageActions:
    return PageActions(
        assistant, load_rules(), folder, reports=CheckedReports(), checklists=KeptChecklists()
    )


def converse(
    actions: PageActions, text: str = "", files: tuple[Path, ...] = (), region: str | None = None
) -> list[Conversation]:
    return list(actions.reply(Sent(text=text, files=files, region=region), ()))


def go_on(
    actions: PageActions, turns: Conversation, text: str, *, alone: bool = False
) -> Conversation:
    *_, grown = actions.reply(Sent(text=text, alone=alone), turns)
    return grown


@pytest.fixture
def checked(actions: PageActions, report: Path, tmp_path: Path) -> Conversation:
    """A conversation that begins with the check of a report for 淅川."""
    upload = tmp_path / "可研.docx"
    shutil.copy(report, upload)
    return converse(actions, files=(upload,), region="xichuan")[-1]


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


def test_several_reports_are_one_turn_with_a_table_and_a_card_each(
    actions: PageActions, report: Path, tmp_path: Path
) -> None:
    pile = tmp_path / "一批.zip"
    with zipfile.ZipFile(pile, "w") as package:
        package.writestr("甲.docx", report.read_bytes())
        package.writestr("坏.docx", b"PK broken")
    single = tmp_path / "水务.docx"
    shutil.copy(report, single)
    versions = converse(actions, files=(single, pile), region="xichuan")
    (turn,) = versions[-1]
    assert turn.file_name == "水务.docx 等2份文件"
    assert "共3份：0份符合，2份需整改，1份未读成。" in turn.reply
    assert turn.reply.count('class="zx-findings"') == 2
    assert re.findall(r"format=xlsx", turn.reply)
    # Of a file in an archive there is no document to write comments into.
    assert turn.reply.count("下载带批注的报告") == 1
    waiting = [turn.waiting for (turn,) in versions if turn.waiting]
    assert any("第1份，共2份：水务.docx" in words for words in waiting)
    assert not single.exists()
    assert not pile.exists()


def test_the_same_file_sent_by_somebody_else_meanwhile_is_left_to_them(
    actions: PageActions, report: Path, tmp_path: Path
) -> None:
    upload = tmp_path / report.name
    shutil.copy(report, upload)
    versions = actions.reply(Sent(text="", files=(upload,)), ())
    begun = [next(versions), next(versions)]
    # Gradio stores it at the same path.
    shutil.copy(report, upload)
    *_, grown = chain(begun, versions)
    assert "zx-findings" in grown[-1].reply
    assert upload.exists()


def test_a_new_version_is_compared_under_the_profile_of_the_earlier_one(
    actions: PageActions, checked: Conversation, report: Path, tmp_path: Path
) -> None:
    upload = tmp_path / "新版.docx"
    shutil.copy(report, upload)
    (key,) = re.findall(r'data-again="([^"]+)"', checked[-1].reply)
    sent = Sent(text="", files=(upload,), region="jinzhai", previous=key)
    *_, grown = actions.reply(sent, checked)
    assert "与“可研.docx”相比，已整改0项" in grown[-1].reply
    assert "按“淅川县”检查" in grown[-1].reply


def test_a_forgotten_earlier_version_is_said_in_a_sentence(
    actions: PageActions, report: Path, tmp_path: Path
) -> None:
    upload = tmp_path / "新版.docx"
    shutil.copy(report, upload)
    *_, grown = actions.reply(Sent(text="", files=(upload,), previous="unknown"), ())
    assert "上一版的检查结果已过期" in grown[-1].reply
    assert not upload.exists()


def test_a_batch_that_is_stopped_shows_what_was_checked_by_then(
    actions: PageActions, report: Path, tmp_path: Path
) -> None:
    uploads = tuple(tmp_path / f"{number}.docx" for number in range(40))
    for upload in uploads:
        shutil.copy(report, upload)
    for turns in actions.reply(Sent(text="", files=uploads), ()):
        if turns[-1].stop:
            actions.stop(turns[-1].stop)
    assert "检查已停止，没有检查这份报告" in turns[-1].reply
    assert re.search(r"[1-9]\d*份未读成", turns[-1].reply)
    assert not any(upload.exists() for upload in uploads)


def test_stopping_what_is_not_known_does_nothing(actions: PageActions) -> None:
    actions.stop("unknown")


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


def test_a_follow_up_takes_over_and_the_same_asked_alone_does_not(actions: PageActions) -> None:
    asked = converse(actions, LISTING)[-1]
    followed = go_on(actions, asked, FOLLOWING)
    assert 'data-open="jinzhai:17:0"' in followed[-1].reply
    assert "data-alone" in followed[-1].reply
    undone = go_on(actions, followed, FOLLOWING, alone=True)
    assert "jinzhai:17:0" not in undone[-1].reply
    assert len(undone) == 3
    assert "按原话" in render_conversation(undone)


def test_what_is_asked_after_an_undoing_goes_on_from_there(actions: PageActions) -> None:
    asked = converse(actions, LISTING)[-1]
    undone = go_on(actions, asked, "金寨县项目调整要报批吗？", alone=True)
    assert earlier_questions(undone) == ("金寨县项目调整要报批吗？",)


def test_a_question_after_a_check_is_answered_from_the_report(
    actions: PageActions, checked: Conversation
) -> None:
    reply = go_on(actions, checked, "为什么缺密码应用篇？")[-1].reply
    assert "密码应用：缺少" in reply
    assert 'data-open="xichuan:31:0"' in reply


def test_every_question_that_the_card_offers_is_answered_from_the_report(
    actions: PageActions, checked: Conversation
) -> None:
    offered = re.findall(r'data-ask="([^"]+)"', checked[-1].reply)
    assert len(offered) == 3
    turns = checked
    for question in offered:
        turns = go_on(actions, turns, question)
        assert "zx-answered" in turns[-1].reply
        assert "（应当写到）" in turns[-1].reply or "（必须有）" in turns[-1].reply


def test_the_report_of_another_conversation_is_not_known(
    actions: PageActions, checked: Conversation
) -> None:
    assert latest_report(checked)
    reply = converse(actions, "为什么缺密码应用篇？")[-1][-1].reply
    assert "密码应用：缺少" not in reply


def test_a_checklist_shown_is_kept_for_download(built_folder: Path, assistant: Assistant) -> None:
    checklists = KeptChecklists()
    actions = PageActions(
        assistant, load_rules(), built_folder, reports=CheckedReports(), checklists=checklists
    )
    reply = converse(actions, LISTING)[-1][-1].reply
    (key,) = re.findall(r'href="/checklists/([\w-]+)\.docx"', reply)
    kept = checklists.find(key)
    assert kept is not None
    assert kept.regulation == "xichuan"


class ScriptedModel:
    """Says what it is given, a piece at a time."""

    def __init__(self, *pieces: str) -> None:
        self._pieces = pieces

    def stream(self, input: Sequence[tuple[str, str]], /) -> Iterator[AIMessageChunk]:
        yield from (AIMessageChunk(content=piece) for piece in self._pieces)


def test_words_of_a_model_are_shown_only_once_they_are_verified(built_folder: Path) -> None:
    model = ScriptedModel(
        "验收材料应包括项目建设总结、财务报告、审计报告、安全风险评估报告等。",
        "项目建成9个月内应当组织验收。",  # the article says 6
        "项目建设单位应当按照有关规定组织验收。",
    )
    assistant = open_assistant(Settings(data_folder=built_folder), model=model)
    versions = converse(open_actions(assistant, built_folder), LISTING)
    replies = [turn.reply for (turn,) in versions]
    assert any("项目建设总结" in reply and "zx-sources" not in reply for reply in replies)
    assert not any("9个月" in reply for reply in replies)
    assert "zx-sources" in replies[-1]
    assert [bool(turn.waiting) for (turn,) in versions] == [True] * (len(versions) - 1) + [False]


def test_a_model_that_fails_leaves_the_answer_with_a_notice(built_folder: Path) -> None:
    assistant = open_assistant(Settings(data_folder=built_folder), model=ScriptedModel())
    (turn,) = converse(open_actions(assistant, built_folder), LISTING)[-1]
    assert "zx-remark-notice" in turn.reply
    assert 'data-open="xichuan:18:0"' in turn.reply


SHIPPED = ("xx-county", "xichuan", "jinzhai", "xiangxi", "erenhot")
