from __future__ import annotations

import logging

import pytest
from pydantic import BaseModel, ValidationError

from corpus.errors import ArticleNotFound, RegulationRejected
from ui.explain_error import error_to_json, explain_error, explain_misuse


class Wanted(BaseModel):
    data_folder: int


def test_problems_are_listed_once() -> None:
    error = RegulationRejected("不完整：缺第三条。", ("缺第三条。", "没有施行日期。"))
    assert explain_error(error).splitlines() == ["不完整：缺第三条。", "  - 没有施行日期。"]
    fault = error_to_json(error)["error"]
    assert fault["problems"] == ["缺第三条。", "没有施行日期。"]


def test_an_error_on_purpose_speaks_for_itself() -> None:
    assert explain_error(ArticleNotFound("没有这一条。")) == "没有这一条。"
    assert error_to_json(ArticleNotFound("无"))["error"]["code"] == "article_not_found"


def test_an_unexpected_error_is_logged_and_named(caplog: pytest.LogCaptureFixture) -> None:
    sentence = explain_error(ZeroDivisionError("secret"))
    assert "ZeroDivisionError" in sentence
    assert "secret" not in sentence
    assert caplog.records[0].levelno == logging.ERROR


def test_wrong_settings_are_named() -> None:
    with pytest.raises(ValidationError) as wrong:
        Wanted.model_validate({"data_folder": "x"})
    assert "data_folder" in explain_error(wrong.value)


def test_an_unknown_complaint_is_passed_on() -> None:
    assert explain_misuse("Something else") == "命令写法有误：Something else"
