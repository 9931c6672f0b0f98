from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from assistant.answer import Answer
from ui.errors import CommandMisused
from ui.save_answer import require_suffix, save_answer


def test_a_checklist_becomes_a_document(listing: Answer, tmp_path: Path) -> None:
    target = tmp_path / "new" / "清单.docx"
    save_answer(listing, "甲", target)
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(target.read_bytes())).paragraphs)
    assert all(entry.text in text for entry in listing.checklists[0].entries)


def test_a_checklist_becomes_markdown(listing: Answer, tmp_path: Path) -> None:
    target = tmp_path / "清单.MD"
    save_answer(listing, "甲", target)
    assert "- [ ] 财务报告（第十八条）" in target.read_text(encoding="utf-8")


def test_an_answer_without_a_checklist_becomes_markdown_with_its_sources(
    reckoning: Answer, tmp_path: Path
) -> None:
    target = tmp_path / "回答.md"
    save_answer(reckoning, "要报批吗", target)
    text = target.read_text(encoding="utf-8")
    assert text.startswith("# 要报批吗\n")
    assert reckoning.workings[0].conclusion in text
    assert f"[1] {reckoning.citations[0].label}" in text


def test_an_answer_without_a_checklist_is_no_document(reckoning: Answer, tmp_path: Path) -> None:
    with pytest.raises(CommandMisused, match="没有清单"):
        save_answer(reckoning, "甲", tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["清单", "清单.pdf", ".docx", ""])
def test_a_name_that_says_no_format_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(CommandMisused, match="结尾"):
        require_suffix(tmp_path / name)
