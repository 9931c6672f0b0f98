from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
import typer
from typer.core import TyperGroup

from assistant.settings import Settings
from checkers.convert_legacy import OFFICE_VARIABLE
from checkers.errors import UnreadableCode
from checkers.load_rules import load_rules
from checkers.outline import FileKind
from checkers.render_json import (
    ChangeJson,
    ChangesJson,
    FaultJson,
    FindingJson,
    HeadingJson,
    ResultJson,
    TopicJson,
)
from checkers.render_json import CitationJson as CheckedCitationJson
from checkers.verdict_names import VERDICT_NAMES
from corpus.library import Library
from ui.answer_json import (
    AnswerJson,
    CarriedJson,
    ChecklistEntryJson,
    ChecklistJson,
    CitationJson,
    ComparisonJson,
    ComparisonRowJson,
    RemarkJson,
    WorkingJson,
)
from ui.check_files import FORMATS
from ui.command_line import app
from ui.resolve_region import resolve_profile

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")
LARGEST_PICTURE = 250_000
KEYS = sorted(
    {
        key
        for shape in (
            AnswerJson,
            CitationJson,
            CarriedJson,
            RemarkJson,
            WorkingJson,
            ComparisonJson,
            ComparisonRowJson,
            ChecklistJson,
            ChecklistEntryJson,
            CheckedCitationJson,
            ResultJson,
            FindingJson,
            ChangesJson,
            ChangeJson,
            TopicJson,
            HeadingJson,
            FaultJson,
        )
        for key in shape.__annotations__
    }
)

KINDS: tuple[str, ...] = get_args(FileKind)
# They lead to another way of reading and reach nobody.
INNER_CODES = {"archive", "ocr_missing", "ocr_broken"}
CODES = [code for code in get_args(UnreadableCode) if code not in INNER_CODES]

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE_SPAN = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"(?:^|[|&;(]\s*|/bin/)(zhengxin(?: [^|&;#>)]*)?)")
# `docker run … zhengxin` and `docker build -t zhengxin` name an image.
OTHER_PROGRAM = re.compile(r"^\$?\s*(?:docker|pip|python|make|git)\b")

Words = list[str]


def read(readme: str) -> str:
    return (ROOT / readme).read_text(encoding="utf-8")


def find_commands(text: str) -> list[Words]:
    """The arguments of every ``zhengxin …`` in fenced blocks and code spans."""
    blocks = [line for block in FENCE.findall(text) for line in block.splitlines()[1:-1]]
    lines = [*blocks, *CODE_SPAN.findall(FENCE.sub("", text))]
    calls = [
        found
        for line in lines
        if not OTHER_PROGRAM.match(line)
        for found in COMMAND.findall(line.removeprefix("$ ").strip())
    ]
    return [shlex.split(call)[1:] for call in calls]


def parse(words: Words) -> None:
    """Let the program's own parser read the call, without running it.

    A command by itself, as prose names it, needs no arguments.

    Raises:
        typer.TyperException: there is no such command or option, or an argument lacks.
    """
    command, rest = typer.main.get_command(app), words
    while isinstance(command, TyperGroup) and rest and not rest[0].startswith("-"):
        name, inner, rest = command.resolve_command(command.context_class(command), rest)
        assert inner is not None, name
        command = inner
    if rest and not isinstance(command, TyperGroup) and "--help" not in rest:
        command.make_context("zhengxin", list(rest))
    known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
    unknown = {word for word in rest if word.startswith("-") and word != "-"} - known
    if unknown:
        raise typer.TyperException(f"没有 {unknown} 这个选项。")


def list_leaves(group: TyperGroup, path: str) -> dict[str, list[str]]:
    """Every command with the long names of its options."""
    leaves: dict[str, list[str]] = {}
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            leaves |= list_leaves(command, f"{path} {name}")
        else:
            options = [p for p in command.params if p.param_type_name == "option"]
            leaves[f"{path} {name}"] = [p.opts[-1] for p in options if p.name != "help"]
    return leaves


def all_leaves() -> dict[str, list[str]]:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return list_leaves(group, "zhengxin")


CALLS = [(readme, words) for readme in READMES for words in find_commands(read(readme))]


@pytest.mark.parametrize(
    ("readme", "words"), CALLS, ids=[f"{readme}: {' '.join(words)}" for readme, words in CALLS]
)
def test_a_documented_call_is_one_that_the_program_takes(readme: str, words: Words) -> None:
    parse(words)


@pytest.mark.parametrize(
    "line",
    [
        "zhengxin answer 验收",
        "zhengxin ask 验收 --regoin 淅川",
        "zhengxin ask 验收 --region",  # the value lacks
        "zhengxin check --json",  # the file lacks
        "zhengxin corpus lst",
        "zhengxin serve --port 七",
        "zhengxin --verison",
    ],
)
def test_a_call_that_the_program_does_not_take_is_found(line: str) -> None:
    (words,) = find_commands(f"```sh\n{line}\n```")
    with pytest.raises(typer.TyperException):
        parse(words)


def test_calls_are_found_in_blocks_pipes_and_code_spans() -> None:
    text = "`zhengxin --version` 和\n```sh\n$ cat a | zhengxin ask --batch - --json > b\n```\n"
    assert find_commands(text) == [["ask", "--batch", "-", "--json"], ["--version"]]


@pytest.mark.parametrize("readme", READMES)
def test_every_command_and_option_is_documented(readme: str) -> None:
    text = read(readme)
    leaves = all_leaves()
    assert [name for name in leaves if name not in text] == []
    wanted = {option for options in leaves.values() for option in options}
    assert [option for option in sorted(wanted) if f"`{option}" not in text] == []


@pytest.mark.parametrize("readme", READMES)
def test_every_key_kind_code_verdict_and_format_is_documented(readme: str) -> None:
    text = read(readme)
    wanted = [*KEYS, *KINDS, *CODES, *VERDICT_NAMES, *FORMATS, *load_rules().profiles]
    assert [name for name in wanted if f"`{name}`" not in text] == []


@pytest.mark.parametrize("readme", READMES)
def test_the_environment_variables_are_those_of_the_settings(readme: str) -> None:
    prefix = Settings.model_config["env_prefix"]
    known = {f"{prefix}{name}".upper() for name in Settings.model_fields} | {OFFICE_VARIABLE}
    assert set(re.findall(r"ZHENGXIN_[A-Z_]+[A-Z]", read(readme))) == known


NAMED = sorted(
    {
        after
        for _, words in CALLS
        if "corpus" not in words  # a regulation is added for a new place
        for word, after in pairwise(words)
        if word in {"--region", "--profile"}
    }
)


@pytest.mark.parametrize("name", NAMED)
def test_a_region_in_a_documented_call_is_in_the_library(name: str, library: Library) -> None:
    assert resolve_profile(name, load_rules(), library) in load_rules().profiles


@pytest.mark.parametrize("readme", READMES)
def test_pictures_and_linked_files_exist_and_pictures_are_small(readme: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", read(readme))
    pictures = [ROOT / link for link in links if link.endswith(".png")]
    assert len(pictures) == 2
    assert [link for link in links if not (ROOT / link).is_file()] == []
    assert [path.name for path in pictures if path.stat().st_size > LARGEST_PICTURE] == []
