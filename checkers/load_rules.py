"""Rule files (YAML) -> checked, compiled rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from checkers.check_rule_file import CheckFile
from checkers.cite_rules import verify_bases
from checkers.compile_checks import CompiledChecks, compile_checks
from checkers.compile_terms import TRAP, TermMatcher, compile_terms, join_patterns
from checkers.errors import CheckerError
from checkers.finding import TOPICS, Topic
from checkers.read_rule_file import FileModel, Key, RulesInvalid, find_line, read_rule_file
from checkers.rule_files import (
    PHRASE,
    MarksFile,
    Part,
    ProfileFile,
    Thresholds,
    TopicFile,
)

if TYPE_CHECKING:
    from corpus.library import Library

RULES_FOLDER = Path(__file__).parent / "rules"
DEFAULT_PROFILE = "strictest"
GAP = "_"
GARBLED_LENGTH = 4
"""Characters of a term that is known although one is wrong; in shorter ones chance rules."""
ADDED_FOLDER = "rules"
"""Below a data folder; holds ``profiles/*.yaml`` and ``checks/*.yaml`` that a user added."""


class ProfileUnknown(CheckerError):
    """No profile has this id; the message lists those there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledPart:
    """A part of a chapter with its matchers."""

    part: Part
    headings: TermMatcher
    sentences: re.Pattern[str]
    contents: re.Pattern[str]
    unless: re.Pattern[str]
    aspects: tuple[re.Pattern[str], ...]
    traces: TermMatcher
    columns: TermMatcher
    telling_columns: TermMatcher


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledTopic:
    """A topic with its matchers; names and concepts are told apart by an empty meaning.

    ``firm`` are the labels of the concepts that are not soft; ``garbled`` has the strong terms of
    headings by each of their wordings with one character left open.
    """

    file: TopicFile
    strong: TermMatcher
    medium: TermMatcher
    weak: TermMatcher
    shared: re.Pattern[str]
    garbled: Mapping[str, str]
    names: TermMatcher
    firm: frozenset[str]
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
    confusions: Mapping[int, int]
    pictures: re.Pattern[str]
    reasons: re.Pattern[str]
    promises: re.Pattern[str]
    traps: TermMatcher

    @property
    def thresholds(self) -> Thresholds:
        """Where the verdicts part."""
        return self.file.thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules: the four topics, the profiles by id, the common marks, the other rules.

    Attributes:
        sources: the file that each profile (``profiles/<id>``) and rule (``checks/<id>``) is from.
    """

    topics: Mapping[Topic, CompiledTopic]
    profiles: Mapping[str, ProfileFile]
    marks: CompiledMarks
    checks: CompiledChecks
    sources: Mapping[str, Path]

    def profile(self, profile: str) -> ProfileFile:
        """The profile with this id.

        Raises:
            ProfileUnknown: there is none.
        """
        if profile not in self.profiles:
            known = "、".join(self.profiles)
            raise ProfileUnknown(f"没有名为“{profile}”的检查口径，可用的有：{known}。")
        return self.profiles[profile]


def load_rules(
    folder: Path | None = None, library: Library | None = None, *, data_folder: Path | None = None
) -> Rules:
    """The rules of a folder, the shipped ones by default, with those in a user's data folder.

    With a library every basis is checked to be verbatim in its article.

    Raises:
        RulesInvalid: with file, line, key and what is allowed.
    """
    rules = _load_shipped() if folder is None else _load_folder(folder)
    if data_folder is not None:
        rules = _add_rules(rules, data_folder / ADDED_FOLDER)
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
    profiles = _read_folder(folder / "profiles", ProfileFile)
    checks = _read_folder(folder / "checks", CheckFile)
    rules = Rules(
        topics={topic.id: _compile_topic(topic) for topic in topics},
        profiles={profile.id: profile for profile in profiles.values()},
        marks=_compile_marks(marks, topics),
        checks=compile_checks(checks.values()),
        sources=_list_sources(profiles, checks),
    )
    _require_known_names(rules)
    return rules


def _add_rules(rules: Rules, folder: Path) -> Rules:
    """The rules with those of a user's folder; a shipped id can't be taken again."""
    profiles = _read_folder(folder / "profiles", ProfileFile)
    checks = _read_folder(folder / "checks", CheckFile)
    if not profiles and not checks:
        return rules
    taken = (*rules.profiles, *rules.checks.by_id)
    read: list[tuple[Path, ProfileFile | CheckFile]] = [*profiles.items(), *checks.items()]
    problems = [
        f"{path.name} 第{find_line(path, ('id',))}行 id："
        f"编号“{file.id}”已由自带的规则使用，请换一个。"
        for path, file in read
        if file.id in taken
    ]
    if problems:
        raise RulesInvalid(tuple(problems))
    known = (check.file for check in rules.checks.by_id.values())
    added = replace(
        rules,
        profiles={**rules.profiles, **{profile.id: profile for profile in profiles.values()}},
        checks=compile_checks((*known, *checks.values())),
        sources={**rules.sources, **_list_sources(profiles, checks)},
    )
    _require_known_names(added)
    return added


def add_check(rules: Rules, check: CheckFile, path: Path, library: Library) -> Rules:
    """The rules with one more, or in the place of the one that has its id.

    Raises:
        RulesInvalid: it names what there is not, or a basis is not verbatim.
    """
    known = {id: compiled.file for id, compiled in rules.checks.by_id.items()}
    added = replace(
        rules,
        checks=compile_checks({**known, check.id: check}.values()),
        sources={**rules.sources, f"checks/{check.id}": path},
    )
    _require_known_names(added)
    problems = verify_bases(added, library)
    if problems:
        raise RulesInvalid(problems)
    return added


def _read_folder(folder: Path, model: type[FileModel]) -> dict[Path, FileModel]:
    """All rule files of a folder, by name; their faults are told together."""
    files: dict[Path, FileModel] = {}
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            files[path] = read_rule_file(path, model)
        except RulesInvalid as fault:
            problems.extend(fault.problems)
    if problems:
        raise RulesInvalid(tuple(problems))
    return files


def _list_sources(
    profiles: Mapping[Path, ProfileFile], checks: Mapping[Path, CheckFile]
) -> dict[str, Path]:
    return {
        **{f"profiles/{file.id}": path for path, file in profiles.items()},
        **{f"checks/{file.id}": path for path, file in checks.items()},
    }


def _require_known_names(rules: Rules) -> None:
    """Raise where a profile or a rule names something that there is not."""
    problems = (*_find_unknown_parts(rules), *_find_unknown_checks(rules))
    if problems:
        raise RulesInvalid(problems)


def _find_unknown_parts(rules: Rules) -> tuple[str, ...]:
    return tuple(
        f"{_locate(rules, f'profiles/{profile.id}', ('topics', topic, 'parts'))}："
        f"没有名为“{part}”的组成部分，"
        f"允许的值：{'、'.join(rules.topics[topic].parts) or '（无）'}。"
        for profile in rules.profiles.values()
        for topic, rule in profile.topics.items()
        for part in rule.parts
        if part not in rules.topics[topic].parts
    )


def _find_unknown_checks(rules: Rules) -> tuple[str, ...]:
    known = rules.checks.by_id
    in_profiles = (
        f"{_locate(rules, f'profiles/{profile.id}', ('checks', check))}："
        f"没有这条规则，允许的值：{'、'.join(known)}。"
        for profile in rules.profiles.values()
        for check in profile.checks
        if check not in known
    )
    in_checks = (
        f"{_locate(rules, f'checks/{check.id}', ('demands', profile))}："
        f"没有这个检查口径，允许的值：{'、'.join(rules.profiles)}。"
        for check in known.values()
        for profile in check.file.demands
        if profile not in rules.profiles
    )
    return (*in_profiles, *in_checks)


def _locate(rules: Rules, source: str, keys: tuple[Key, ...]) -> str:
    """File, line and key, as every sentence on a rule file begins."""
    path = rules.sources[source]
    return f"{path.name} 第{find_line(path, keys)}行 {'.'.join(map(str, keys))}"


def list_gaps(term: str) -> list[str]:
    """The term with each of its characters left open in turn."""
    return [f"{term[:place]}{GAP}{term[place + 1 :]}" for place in range(len(term))]


def _compile_topic(topic: TopicFile) -> CompiledTopic:
    concepts = [(concept.label, concept.terms) for concept in topic.concepts]
    strong = compile_terms([("strong", topic.headings.strong)])
    return CompiledTopic(
        file=topic,
        strong=strong,
        medium=compile_terms([("medium", topic.headings.medium)]),
        weak=compile_terms([("weak", topic.headings.weak)]),
        shared=join_patterns(topic.headings.shared),
        garbled={
            gap: word
            for _, word in strong.terms
            if len(word) == GARBLED_LENGTH
            for gap in list_gaps(word)
        },
        names=compile_terms([("name", topic.names)]),
        firm=frozenset(concept.label for concept in topic.concepts if not concept.soft),
        words=compile_terms([*concepts, ("", topic.names)]),
        parts={part.id: _compile_part(part, topic.phrases) for part in topic.parts},
    )


def _compile_part(part: Part, phrases: Mapping[str, str]) -> CompiledPart:
    def fill(patterns: Sequence[str]) -> tuple[str, ...]:
        return tuple(PHRASE.sub(lambda name: phrases[name[1]], pattern) for pattern in patterns)

    return CompiledPart(
        part=part,
        headings=compile_terms([(part.id, part.headings)]),
        sentences=join_patterns(fill(part.sentences)),
        contents=join_patterns(fill(part.contents)),
        unless=join_patterns(fill(part.unless)),
        aspects=tuple(map(re.compile, fill(part.aspects))),
        traces=compile_terms([(part.id, (*part.traces, *part.headings))]),
        columns=compile_terms([(part.id, (*part.columns, *part.telling_columns))]),
        telling_columns=compile_terms([(part.id, part.telling_columns)]),
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
        confusions={ord(wrong): ord(group[0]) for group in marks.confusions for wrong in group[1:]},
        pictures=join_patterns(marks.pictures),
        reasons=join_patterns(marks.reasons),
        promises=join_patterns(marks.promises),
        traps=compile_terms(
            [
                *((TRAP, topic.traps) for topic in topics),
                *(("kept", topic.kept) for topic in topics),
            ]
        ),
    )
