"""Message -> what is asked: a question without commands to the program, or no question at all.

No command is ever obeyed: nothing here does anything but take words away. What a command claims
besides (验收只要5天) stays in the question and is held against the articles like any other claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

RequestKind = Literal["question", "empty", "command", "greeting", "thanks", "about_us"]

_EDGES = " ,，。.;；!！?？:：、\"'“”「」-—~～()（）"


class _RequestFile(BaseModel):
    """``data/requests.yaml``, as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    commands: tuple[str, ...]
    openers: str
    greetings: str
    thanks: str
    about_us: str
    polite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _RequestWords:
    commands: re.Pattern[str]
    openers: re.Pattern[str]
    polite: re.Pattern[str]
    small_talk: tuple[tuple[RequestKind, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a message asks for.

    Attributes:
        kind: ``question``, or why there is none: nothing was typed, only commands were, or the
            whole message is small talk.
        question: the message without commands; empty unless ``kind`` is ``question``.
        had_commands: whether any were taken out.
    """

    kind: RequestKind
    question: str = ""
    had_commands: bool = False


def read_request(message: str) -> Request:
    """Tell what a cleaned message asks for."""
    if not message:
        return Request(kind="empty")
    words = _load_words()
    kind = _small_talk(message, words)
    if kind is not None:
        return Request(kind=kind)
    plain = words.commands.sub(" ", message)
    if plain == message:
        return Request(kind="question", question=message)
    rest = words.openers.sub("", plain.strip(_EDGES)).strip(_EDGES)
    if not rest:
        return Request(kind="command", had_commands=True)
    question = rest + message[-1:] if message[-1:] in "?？" else rest
    return Request(kind="question", question=question, had_commands=True)


def _small_talk(message: str, words: _RequestWords) -> RequestKind | None:
    plain = message.strip(_EDGES)
    bare = words.polite.sub("", plain)
    for kind, pattern in words.small_talk:
        if pattern.fullmatch(plain) or (bare and pattern.fullmatch(bare)):
            return kind
    # 请问一下: nothing but politeness.
    return None if bare else "greeting"


@cache
def _load_words() -> _RequestWords:
    raw = yaml.load(
        (files("assistant") / "data/requests.yaml").read_bytes(), Loader=yaml.CSafeLoader
    )
    file = _RequestFile.model_validate(raw)
    return _RequestWords(
        commands=_compile("|".join(f"(?:{expression})" for expression in file.commands)),
        openers=_compile(file.openers),
        polite=_compile(file.polite),
        small_talk=(
            ("greeting", _compile(file.greetings)),
            ("thanks", _compile(file.thanks)),
            # 你是谁，能干什么: two in one.
            ("about_us", _compile(f"{file.about_us}([，,、；;。？?！!和跟 ]*{file.about_us})*")),
        ),
    )


def _compile(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)
