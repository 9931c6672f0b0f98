"""Traditional questions and reports are matched like simplified ones."""

from __future__ import annotations

import pytest

from corpus.simplify_text import simplify_text


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("數據資源共享與網絡安全", "数据资源共享与网络安全"),
        ("項目調整要不要重新報批", "项目调整要不要重新报批"),
        ("乾燥後發現頭髮", "干燥后发现头发"),  # one simplified character for two
    ],
)
def test_traditional_characters_become_simplified_ones(traditional: str, simplified: str) -> None:
    assert simplify_text(traditional) == simplified


def test_simplified_text_stays_as_it_is() -> None:
    text = "密码应用方案（SM2、SM4）于验收前报县行政审批和政务信息管理局备案。"
    assert simplify_text(text) == text


def test_the_length_stays_whatever_the_text() -> None:
    text = "软體程式資料庫 AI\n\t①㈠ 𠮷 乾隆 著作權" * 50
    assert len(simplify_text(text)) == len(text)
