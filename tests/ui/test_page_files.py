from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from assistant.assistant import open_assistant
from assistant.settings import Settings
from ui.package_files import read_package_file


@pytest.mark.parametrize("name", ["page.css", "page.js", "page.yaml"])
def test_no_file_of_the_page_names_an_outside_address(name: str) -> None:
    assert not re.search(r"https?:|//[\w-]+\.\w|@import|url\(", read_package_file(name))


def test_every_example_on_the_page_is_answered(built_folder: Path) -> None:
    assistant = open_assistant(Settings(data_folder=built_folder))
    examples = yaml.safe_load(read_package_file("page.yaml"))["welcome"]["examples"]
    refused = [question for question in examples if assistant.ask(question).status != "answered"]
    assert refused == []
