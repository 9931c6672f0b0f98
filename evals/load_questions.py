"""Case files in YAML -> question cases, checked against the library.

The part of a case follows from its file: ``working_*.yaml`` is there to work with,
``measured_*.yaml`` is only ever measured.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Outcome, Status
from corpus.article_ref import ArticleRef
from corpus.errors import CorpusError
from corpus.library import Library
from corpus.regulation import Regulation
from evals.errors import CaseFileRejected

QUESTIONS_FOLDER = Path(__file__).parent / "questions"

Part = Literal["working", "measured"]
PARTS: tuple[Part, ...] = get_args(Part)
Kind = Literal[
    "list",
    "deadline",
    "percentage",
    "body",
    "procedure",
    "condition",
    "scope",
    "definition",
    "penalty",
    "duty",
    "prohibition",
    "principle",
    "validity",
    "yes_no",
    "article_lookup",
    "comparison",
    "not_covered",
    "out_of_scope",
    "follow_up",
    "false_premise",
    "scenario",
    "checklist",
    "stages",
    "injection",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Style = Literal["formal", "colloquial", "terse", "abbreviated", "typo"]
STYLES: tuple[Style, ...] = get_args(Style)

_REFERENCE = re.compile(r"([a-z0-9-]+):(\d+)(?:\.(\d+))?(?:\.(\d+))?")


class _QuestionRecord(BaseModel):
    """One mapping of a case file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    history: tuple[str, ...] = ()
    region: str | None = None
    kind: Kind
    style: Style
    status: Status
    regions: tuple[str, ...] = ()
    must_cite: tuple[str, ...] = ()
    may_cite: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    outcomes: Mapping[str, Outcome] = Field(default_factory=dict)
    carried: tuple[str, ...] = ()
    today: date | None = None
    group: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCase:
    """A question with what a right answer holds.

    Attributes:
        part: whether the case may be worked with or is only ever measured.
        history: earlier questions of the conversation.
        region: id set by the region selector; None where it is not set.
        regions: regulations that the answer must speak of.
        asked: regulations that the question is about: those it names or the selector sets;
            all where it names none. A citation from any other is foreign.
        must_cite: whole articles; each must be found, the most direct one first.
        may_cite: whole articles that also support a complete answer.
        facts: strings that must occur in the text; ``a|b`` are alternatives.
        outcomes: of each regulation, which side of its threshold the figures of the question lie.
        carried: strings of which each must occur in what the answer says it carried over.
        today: the day on which the question is asked; None where it does not matter.
        group: name shared by several wordings of one question.
    """

    id: str
    part: Part
    question: str
    history: tuple[str, ...] = ()
    region: str | None = None
    kind: Kind
    style: Style
    status: Status
    regions: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    must_cite: tuple[ArticleRef, ...] = ()
    may_cite: tuple[ArticleRef, ...] = ()
    facts: tuple[str, ...] = ()
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    carried: tuple[str, ...] = ()
    today: date | None = None
    group: str | None = None
    note: str | None = None

    @property
    def region_row(self) -> str:
        """Row of the table by region: one id, ``several`` or ``none``."""
        if len(self.regions) == 1:
            return self.regions[0]
        return "several" if self.regions else "none"


def load_questions(library: Library, folder: Path = QUESTIONS_FOLDER) -> tuple[QuestionCase, ...]:
    """Load every case of a folder, in the order of file names and of the files.

    Raises:
        CaseFileRejected: with all problems of all files.
    """
    cases, problems = read_questions(library, folder)
    if problems:
        raise CaseFileRejected(problems)
    return cases


def read_questions(
    library: Library, folder: Path = QUESTIONS_FOLDER
) -> tuple[tuple[QuestionCase, ...], tuple[str, ...]]:
    """Read the cases that can be used, and the problems of the others, one sentence each."""
    cases: list[QuestionCase] = []
    problems: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        part = _tell_part(path)
        if part is None:
            problems.append(f"{path.name}：文件名应以working_或measured_开头。")
            continue
        cases.extend(_read_file(path, part, library, problems))
    problems.extend(_find_doubled(cases))
    return tuple(cases), tuple(problems)


def parse_reference(text: str) -> ArticleRef:
    """Parse ``xichuan:17.2.1`` (article, paragraph, item).

    Raises:
        ValueError: for anything else.
    """
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise ValueError(f"“{text}”不是“办法:条.款.项”的写法")
    regulation, *numbers = found.groups()
    article, paragraph, item = (int(number or 0) for number in numbers)
    return ArticleRef(regulation=regulation, article=article, paragraph=paragraph, item=item)


def find_named_regulations(text: str, regulations: Iterable[Regulation]) -> tuple[str, ...]:
    """Ids of the regulations whose region a text names, plainly or by an alias."""
    squeezed = "".join(text.split()).lower()
    return tuple(
        regulation.id
        for regulation in regulations
        if any(
            name.lower() in squeezed
            for name in (regulation.region.name, *regulation.region.aliases, regulation.title)
        )
    )


def _tell_part(path: Path) -> Part | None:
    return next((part for part in PARTS if path.stem.startswith(f"{part}_")), None)


def _read_file(
    path: Path, part: Part, library: Library, problems: list[str]
) -> Iterator[QuestionCase]:
    try:
        records = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as error:
        problems.append(f"{path.name}：不是有效的YAML：{error}")
        return
    if not isinstance(records, list):
        problems.append(f"{path.name}：应是一个列表，每题一项。")
        return
    for position, record in enumerate(records, start=1):
        name = record.get("id") if isinstance(record, dict) else None
        where = f"{path.name} {name or f'第{position}题'}"
        try:
            case = _build_case(_QuestionRecord.model_validate(record), part, library)
        except ValidationError as error:
            problems.extend(
                f"{where}：{'.'.join(map(str, fault['loc']))}：{fault['msg']}"
                for fault in error.errors()
            )
            continue
        except (CorpusError, ValueError) as error:
            problems.append(f"{where}：{error}")
            continue
        faults = [f"{where}：{fault}" for fault in _find_contradictions(case, library)]
        problems.extend(faults)
        if not faults:
            yield case


def _build_case(record: _QuestionRecord, part: Part, library: Library) -> QuestionCase:
    return QuestionCase(
        id=record.id,
        part=part,
        question=record.question,
        history=record.history,
        region=record.region,
        kind=record.kind,
        style=record.style,
        status=record.status,
        regions=record.regions,
        asked=_tell_asked(record, library),
        must_cite=_resolve(record.must_cite, library),
        may_cite=_resolve(record.may_cite, library),
        facts=record.facts,
        outcomes=record.outcomes,
        carried=record.carried,
        today=record.today,
        group=record.group,
        note=record.note,
    )


def _resolve(texts: Iterable[str], library: Library) -> tuple[ArticleRef, ...]:
    """Whole articles in order, each once; every one is looked up in the library."""
    references = [library.article(parse_reference(text).whole_article).ref for text in texts]
    return tuple(dict.fromkeys(references))


def _tell_asked(record: _QuestionRecord, library: Library) -> tuple[str, ...]:
    """The latest question that names a region decides, as in a conversation."""
    said = (record.question, *reversed(record.history))
    namings = (find_named_regulations(text, library.regulations) for text in said)
    named = next(filter(None, namings), ())
    if record.region is None and not named:
        return tuple(regulation.id for regulation in library.regulations)
    selected = () if record.region is None else (record.region,)
    return tuple(dict.fromkeys((*selected, *named, *record.regions)))


def _find_contradictions(case: QuestionCase, library: Library) -> Iterator[str]:
    known = {regulation.id for regulation in library.regulations}
    named = {*case.regions, *({case.region} if case.region else ())}
    for unknown in sorted(named - known):
        yield f"没有编号为“{unknown}”的办法"
    cited = {ref.regulation for ref in case.must_cite}
    if case.status == "answered" and cited != set(case.regions):
        yield f"regions是{sorted(case.regions)}，must_cite涉及的却是{sorted(cited)}"
    if case.status != "answered" and (case.must_cite or case.facts):
        yield "不作答的题不应有must_cite或facts"
    if case.status == "out_of_scope" and case.regions:
        yield "超出范围的题regions应为空"
    if case.kind == "follow_up" and not case.history:
        yield "追问（follow_up）要有history"
    if case.carried and not case.history:
        yield "carried要有history"
    if strange := sorted(set(case.outcomes) - set(case.regions)):
        yield f"outcomes中的{strange}不在regions里"
    if both := set(case.must_cite) & set(case.may_cite):
        yield f"{sorted(both)}同时在must_cite和may_cite中"
    if any(not part.strip() for fact in case.facts for part in fact.split("|")):
        yield "facts中有空白项"


def _find_doubled(cases: Iterable[QuestionCase]) -> list[str]:
    counts = Counter(case.id for case in cases)
    return [f"编号{name}出现了{count}次。" for name, count in counts.items() if count > 1]
