"""Rule files (YAML) -> checked, compiled rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from checkers.compile_terms import TRAP, TermMatcher, compile_terms, join_patterns
from checkers.errors import CheckerError
from checkers.finding import TOPICS, Topic
from checkers.rule_files import (
    Basis,
    MarksFile,
    Part,
    ProfileFile,
    ProfileTopic,
    RuleFile,
    Thresholds,
    TopicFile,
)
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from corpus.errors import CorpusError

if TYPE_CHECKING:
    from corpus.library import Library

# The C loader is as safe and ten times as fast, which a cold start feels.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
RULES_FOLDER = Path(__file__).parent / "rules"
DEFAULT_PROFILE = "strictest"

FileModel = TypeVar("FileModel", bound=RuleFile)


class RulesInvalid(CheckerError):
    """A rule file breaks the schema, or a basis is not verbatim in the library.

    Attributes:
        problems: one Chinese sentence each, with file, line and key.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("；".join(problems))
        self.problems = problems


class ProfileUnknown(CheckerError):
    """No profile has this id; the message lists those there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledPart:
    """A part of a chapter with its matchers."""

    part: Part
    headings: TermMatcher
    sentences: re.Pattern[str]
    columns: TermMatcher


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledTopic:
    """A topic with its matchers; names and concepts are told apart by an empty meaning."""

    file: TopicFile
    strong: TermMatcher
    medium: TermMatcher
    weak: TermMatcher
    shared: re.Pattern[str]
    names: TermMatcher
    words: TermMatcher
    parts: Mapping[str, CompiledPart]

    @property
    def id(self) -> Topic:
        """Id of the topic."""
        return self.file.id


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledMarks:
    """What is the same for all topics, compiled."""

    file: MarksFile
    placeholders: re.Pattern[str]
    fillers: re.Pattern[str]
    deferrals: re.Pattern[str]
    negations: re.Pattern[str]
    backgrounds: re.Pattern[str]
    hollow: TermMatcher
    cues: TermMatcher
    figures: re.Pattern[str]
    actions: re.Pattern[str]
    generic_headings: re.Pattern[str]
    background_headings: re.Pattern[str]
    background_exceptions: re.Pattern[str]
    foreign_ancestors: re.Pattern[str]
    weakening_ancestors: re.Pattern[str]
    general_chapters: re.Pattern[str]
    traps: TermMatcher

    @property
    def thresholds(self) -> Thresholds:
        """Where the verdicts part."""
        return self.file.thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules: the four topics, the profiles by id, and the common marks."""

    topics: Mapping[Topic, CompiledTopic]
    profiles: Mapping[str, ProfileFile]
    marks: CompiledMarks

    def profile(self, profile: str) -> ProfileFile:
        """The profile with this id.

        Raises:
            ProfileUnknown: there is none.
        """
        if profile not in self.profiles:
            known = "、".join(self.profiles)
            raise ProfileUnknown(f"没有名为“{profile}”的检查口径，可用的有：{known}。")
        return self.profiles[profile]


def load_rules(folder: Path | None = None, library: Library | None = None) -> Rules:
    """The rules of a folder, the shipped ones by default.

    With a library every basis is checked to be verbatim in its article.

    Raises:
        RulesInvalid: with file, line, key and what is allowed.
    """
    rules = _load_shipped() if folder is None else _load_folder(folder)
    if library is not None:
        problems = verify_bases(rules, library)
        if problems:
            raise RulesInvalid(problems)
    return rules


@cache
def _load_shipped() -> Rules:
    return _load_folder(RULES_FOLDER)


def _load_folder(folder: Path) -> Rules:
    topics = [read_rule_file(folder / "topics" / f"{topic}.yaml", TopicFile) for topic in TOPICS]
    marks = read_rule_file(folder / "marks.yaml", MarksFile)
    profiles = [
        read_rule_file(path, ProfileFile) for path in sorted((folder / "profiles").glob("*.yaml"))
    ]
    _require_known_parts(topics, profiles)
    return Rules(
        topics={topic.id: _compile_topic(topic) for topic in topics},
        profiles={profile.id: profile for profile in profiles},
        marks=_compile_marks(marks, topics),
    )


def read_rule_file(path: Path, model: type[FileModel]) -> FileModel:
    """One rule file, checked against its model.

    Raises:
        RulesInvalid: the file is absent, no YAML, or breaks the schema.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return model.model_validate(yaml.load(text, Loader=LOADER))
    except OSError as fault:
        raise RulesInvalid((f"{path.name}：规则文件读不到（{fault.strerror}）。",)) from fault
    except yaml.YAMLError as fault:
        raise RulesInvalid((f"{path.name}：不是有效的 YAML（{fault}）。",)) from fault
    except ValidationError as fault:
        node = yaml.compose(text, Loader=LOADER)
        problems = tuple(_describe_problem(path.name, node, error) for error in fault.errors())
        raise RulesInvalid(problems) from fault


def _describe_problem(name: str, root: yaml.Node | None, error: ErrorDetails) -> str:
    keys = [key for key in error["loc"] if key != "[key]"]
    node = _find_node(root, keys)
    line = node.start_mark.line + 1 if node else 1
    key = ".".join(str(key) for key in keys) or "（整个文件）"
    expected = error.get("ctx", {}).get("expected")
    allowed = f"，允许的值：{expected}" if expected else ""
    reasons = {"extra_forbidden": "没有这个键", "missing": "缺少这个键"}
    reason = reasons.get(error["type"], error["msg"].removeprefix("Value error, "))
    return f"{name} 第{line}行 {key}：{reason}{allowed}。"


def _find_node(node: yaml.Node | None, keys: list[int | str]) -> yaml.Node | None:
    """The deepest node on the way to the keys, so that an absent key gets its parent's line."""
    for key in keys:
        step: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            step = next((k for k, v in node.value if k.value == str(key)), None)
            value = next((v for k, v in node.value if k.value == str(key)), None)
            if value is not None and key != keys[-1]:
                step = value
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            step = node.value[key]
        if step is None:
            return node
        node = step
    return node


def _require_known_parts(topics: list[TopicFile], profiles: list[ProfileFile]) -> None:
    known = {topic.id: [part.id for part in topic.parts] for topic in topics}
    problems = tuple(
        f"{profile.id}.yaml topics.{topic}.parts：没有名为“{part}”的组成部分，"
        f"允许的值：{'、'.join(known[topic]) or '（无）'}。"
        for profile in profiles
        for topic, rule in profile.topics.items()
        for part in rule.parts
        if part not in known[topic]
    )
    if problems:
        raise RulesInvalid(problems)


def _compile_topic(topic: TopicFile) -> CompiledTopic:
    concepts = [(concept.label, concept.terms) for concept in topic.concepts]
    return CompiledTopic(
        file=topic,
        strong=compile_terms([("strong", topic.headings.strong)]),
        medium=compile_terms([("medium", topic.headings.medium)]),
        weak=compile_terms([("weak", topic.headings.weak)]),
        shared=join_patterns(topic.headings.shared),
        names=compile_terms([("name", topic.names)]),
        words=compile_terms([*concepts, ("", topic.names)]),
        parts={part.id: _compile_part(part) for part in topic.parts},
    )


def _compile_part(part: Part) -> CompiledPart:
    return CompiledPart(
        part=part,
        headings=compile_terms([(part.id, part.headings)]),
        sentences=join_patterns(part.sentences),
        columns=compile_terms((column, [column]) for column in part.columns),
    )


def _compile_marks(marks: MarksFile, topics: list[TopicFile]) -> CompiledMarks:
    return CompiledMarks(
        file=marks,
        placeholders=join_patterns(marks.placeholders),
        fillers=join_patterns(marks.fillers),
        deferrals=join_patterns(marks.deferrals),
        negations=join_patterns(marks.negations),
        backgrounds=join_patterns(marks.backgrounds),
        hollow=compile_terms([("hollow", marks.hollow)]),
        cues=compile_terms([("cue", marks.cues)], whole_words=False),
        figures=join_patterns(marks.figures),
        actions=join_patterns(marks.actions),
        generic_headings=join_patterns(marks.generic_headings),
        background_headings=join_patterns(marks.background_headings),
        background_exceptions=join_patterns(marks.background_exceptions),
        foreign_ancestors=join_patterns(marks.foreign_ancestors),
        weakening_ancestors=join_patterns(marks.weakening_ancestors),
        general_chapters=join_patterns(marks.general_chapters),
        traps=compile_terms(
            [
                *((TRAP, topic.traps) for topic in topics),
                *(("kept", topic.kept) for topic in topics),
            ]
        ),
    )


def cite_basis(profile: ProfileFile, basis: Basis, library: Library) -> Citation:
    """The citation of a basis; it can't be made unless the quotation is verbatim.

    Raises:
        CorpusError: the library lacks the article, or the words are not in it.
    """
    ref = ArticleRef(
        regulation=basis.regulation or profile.regulation or "",
        article=basis.article,
        suffix=basis.suffix,
        paragraph=basis.paragraph,
        item=basis.item,
    )
    return library.cite(ref, basis.quote)


def verify_bases(rules: Rules, library: Library) -> tuple[str, ...]:
    """One Chinese sentence for each basis that is not verbatim in the library."""
    problems: list[str] = []
    for profile in rules.profiles.values():
        for topic, rule in profile.topics.items():
            problems.extend(_verify_topic(profile, topic, rule, library))
    return tuple(problems)


def _verify_topic(
    profile: ProfileFile, topic: Topic, rule: ProfileTopic, library: Library
) -> list[str]:
    problems = []
    for index, basis in enumerate(rule.basis):
        try:
            cite_basis(profile, basis, library)
        except CorpusError as fault:
            problems.append(f"{profile.id}.yaml topics.{topic}.basis.{index}：{fault}")
    return problems
