"""The result of a check: one finding a topic, and what is known of the whole report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from checkers.change import Changes
from checkers.outline import FileKind, Outline, Place
from corpus.citation import Citation

Topic = Literal["sharing", "security", "crypto", "ai"]
Level = Literal["required", "expected", "not_regulated"]
Severity = Literal["error", "warning", "note"]
Verdict = Literal["present", "subsection", "incomplete", "empty", "missing", "unreadable"]

TOPICS: tuple[Topic, ...] = get_args(Topic)
"""In the order in which every output lists them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingPlace:
    """A heading that a verdict rests on, as printed, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFinding:
    """The verdict on one topic under one profile.

    Attributes:
        topic: which one.
        name: in Chinese, as shown.
        level: what the regulation asks.
        verdict: what the report offers.
        headings: the sections the verdict rests on; empty when there is none.
        missing: names of the parts that the article asks for and the chapter lacks.
        evidence: one or two Chinese sentences that say why.
        terms: the words that decided, most telling first, as normalised for matching.
        confidence: 0 to 1, how far the evidence lies from the line between two verdicts.
        needs_person: why a person has to decide; None where the program is sure enough.
        citations: the articles behind the topic; empty where it is not regulated.
        requirement: what the articles ask, in one Chinese sentence.
        advice: what to write, in Chinese, line by line.
    """

    topic: Topic
    name: str
    level: Level
    verdict: Verdict
    headings: tuple[HeadingPlace, ...] = ()
    missing: tuple[str, ...] = ()
    evidence: str
    terms: tuple[str, ...] = ()
    confidence: float
    needs_person: str | None = None
    citations: tuple[Citation, ...] = ()
    requirement: str = ""
    advice: str

    @property
    def falls_short(self) -> bool:
        """Whether the topic is asked for and has no chapter of its own with substance."""
        return self.level != "not_regulated" and self.verdict != "present"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFinding:
    """What a rule beside the four topics found.

    Attributes:
        rule: id of the rule.
        name: what it looks at, in Chinese.
        severity: ``error``: an article is not met; ``warning``: likely so; ``note``: advice.
        message: to the author, one Chinese sentence that says what is wrong.
        remedy: what to write or change, in Chinese.
        evidence: the words of the report that decided; empty where something is absent.
        headings: the sections it rests on; empty where it concerns the whole report.
        place: where the words stand; None where something is absent.
        citations: the articles behind the rule; empty for plain consistency.
    """

    rule: str
    name: str
    severity: Severity
    message: str
    remedy: str
    evidence: str = ""
    headings: tuple[HeadingPlace, ...] = ()
    place: Place | None = None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFault:
    """Why a file could not be read: a stable code and a Chinese sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """Everything that a check found.

    Attributes:
        file: name as given.
        kind: type by content.
        profile: id of the profile.
        profile_name: as shown.
        title: of the report, as far as it can be told.
        is_feasibility_report: whether the document is one at all.
        report_evidence: why it is taken for one or not, a Chinese sentence.
        topics: in the order of ``TOPICS``; empty when the file could not be read.
        findings: of the rules beside the topics, gravest first.
        notes: Chinese sentences on the whole document.
        outline: what was read; None when the file could not be read.
        error: set when the file, or every page of it, could not be read.
        changes: since an earlier version, where the check was asked to compare with one.
        milliseconds: time taken, reading included.
    """

    file: str
    kind: FileKind
    profile: str
    profile_name: str
    title: str = ""
    is_feasibility_report: bool = False
    report_evidence: str = ""
    topics: tuple[TopicFinding, ...] = ()
    findings: tuple[RuleFinding, ...] = ()
    notes: tuple[str, ...] = ()
    outline: Outline | None = None
    error: CheckFault | None = None
    changes: Changes | None = None
    milliseconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0: all that is asked for is present; 1: something falls short; 2: not readable."""
        if self.error is not None:
            return 2
        return int(any(finding.falls_short for finding in self.topics))
