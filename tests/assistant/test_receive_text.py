from __future__ import annotations

import time

import pytest
from scripted_models import DeadModel, ScriptedModel, say

from assistant.errors import ModelFailed
from assistant.receive_text import receive_text

MESSAGES = [("system", "转述"), ("human", "问题")]


def test_pieces_come_in_order() -> None:
    assert "".join(receive_text(say("一二三四五六七八九十"), MESSAGES, 5)) == "一二三四五六七八九十"


def test_a_model_that_says_nothing_ends_at_once() -> None:
    assert not "".join(receive_text(say(""), MESSAGES, 5))


def test_a_slow_model_is_given_up_when_the_time_is_over() -> None:
    model = ScriptedModel(text="慢" * 1000, piece=1, pause=0.05)
    start = time.monotonic()
    with pytest.raises(ModelFailed, match=r"没有在0\.3秒内答完"):
        list(receive_text(model, MESSAGES, 0.3))
    assert time.monotonic() - start < 2


def test_a_model_that_hangs_is_given_up() -> None:
    model = ScriptedModel(text="好", pause=3)
    start = time.monotonic()
    with pytest.raises(ModelFailed, match=r"没有在0\.2秒内答完"):
        list(receive_text(model, MESSAGES, 0.2))
    assert time.monotonic() - start < 1.5


def test_a_model_that_is_down_is_told_of() -> None:
    with pytest.raises(ModelFailed, match="连接不上"):
        list(receive_text(DeadModel(), MESSAGES, 5))


def test_what_came_before_the_connection_was_lost_is_kept() -> None:
    model = ScriptedModel(text="一二三四五六七八九十", piece=2, breaks_after=2)
    received = receive_text(model, MESSAGES, 5)
    assert [next(received), next(received)] == ["一二", "三四"]
    with pytest.raises(ModelFailed, match="连接不上"):
        next(received)


def test_a_model_that_writes_without_end_is_cut_off() -> None:
    endless = ScriptedModel(text="验收。" * 40_000, piece=300)
    assert len("".join(receive_text(endless, MESSAGES, 20))) < 9000
