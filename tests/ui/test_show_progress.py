from __future__ import annotations

import pytest

from ui.show_progress import index_progress


def test_nothing_is_drawn_where_nothing_is_built(capsys: pytest.CaptureFixture[str]) -> None:
    with index_progress():
        pass
    assert capsys.readouterr() == ("", "")


def test_the_bar_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with index_progress() as report:
        report(0, 161, "计算条文向量")
        report(161, 161, "计算条文向量")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "计算条文向量" in captured.err
    assert "161/161" in captured.err
