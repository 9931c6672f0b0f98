from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant, open_assistant
from assistant.settings import Settings
from corpus.library import Library, load_library


@pytest.fixture(scope="session")
def shipped() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The real assistant over the shipped library, its index built in an empty folder."""
    return open_assistant(Settings(data_folder=tmp_path_factory.mktemp("assistant")))


@pytest.fixture
def new_regulation(tmp_path: Path) -> Path:
    """A small regulation of a place that the library does not hold."""
    path = tmp_path / "青山县政务信息化项目管理办法.txt"
    path.write_text(
        "青山县政务信息化项目管理办法\n"
        "第一章 总则\n"
        "第一条 为规范青山县政务信息化项目管理，制定本办法。\n"
        "第二条 本办法适用于县级财政资金建设的政务信息化项目。\n"
        "第二章 验收\n"
        "第三条 项目建成后九个月内，建设单位应当向县数据局申请验收。\n"
        "第四条 验收专家组由五名以上单数专家组成。\n"
        "第三章 附则\n"
        "第五条 本办法自2026年1月1日起施行。\n",
        encoding="utf-8",
    )
    return path
