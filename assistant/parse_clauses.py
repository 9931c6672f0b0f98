"""A provision -> its clauses: which have a subject, which bind what follows, which make exceptions.

The reading errs on the side of binding: a clause is taken to be free, so that a restatement may
leave it out, only where it begins like a predicate and carries no condition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.paraphrase_rules import load_paraphrase_rules

# Full stops and line ends part sentences; semicolons part clauses, like commas.
_PIECE = re.compile(r"[^,。;:\n!?]+")
_SENTENCE_END = "。\n!?"
_ITEM_LABEL = re.compile(r"[(][一二三四五六七八九十]+[)]")
# 的 and the like that mark the whole clause as the condition of what follows.
_CONDITION_END = re.compile(r"(?:的|时|后|前|内|下|(?<!除)外)$")
# 对已列入规划的项目 is a condition; 不予安排新的项目 is none.
_TOPIC = re.compile(r"^(?!.*(?:适用于|指|包括)).*的[^,]{0,16}项目$")
# 但 and the like bind a sentence to the one before.
_CONTINUES = re.compile("^(?:但|其中)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause of a provision.

    Attributes:
        start, end: offsets in the folded provision; the punctuation mark stands at ``end``.
        sentence: number of the sentence.
        part: number of the part between semicolons.
        line: number of the line (款 or 项).
        subject_end: offset behind its own subject; ``start`` where it has none.
        is_condition: it says when or for what the rest of its sentence holds.
        is_free: a restatement may leave it out.
        is_exception: it takes something out of the rest of its sentence.
        is_item: it begins a 项.
        is_deadline: it only sets a time.
        is_hanging: it waits for a verb.
    """

    start: int
    end: int
    sentence: int
    part: int
    line: int
    subject_end: int
    is_condition: bool
    is_free: bool
    is_exception: bool
    is_item: bool
    is_deadline: bool
    is_hanging: bool

    @property
    def has_subject(self) -> bool:
        """Whether it names who acts."""
        return self.subject_end > self.start


@dataclass(frozen=True)
class ParsedProvision:
    """A folded provision with its clauses in order."""

    text: str
    clauses: tuple[Clause, ...]

    @cached_property
    def by_start(self) -> dict[int, int]:
        """Offset -> number of the clause that begins there."""
        return {clause.start: number for number, clause in enumerate(self.clauses)}

    @cached_property
    def by_end(self) -> dict[int, int]:
        """Offset -> number of the clause that ends there."""
        return {clause.end: number for number, clause in enumerate(self.clauses)}

    def text_of(self, clause: Clause) -> str:
        """Its words, without the mark at its end."""
        return self.text[clause.start : clause.end]

    def clause_at(self, offset: int) -> Clause | None:
        """The clause that an offset lies in, its ends included."""
        return next((c for c in self.clauses if c.start <= offset <= c.end), None)

    def may_begin(self, number: int) -> bool:
        """Whether a statement may begin with this clause, leaving out what stands before it."""
        clause = self.clauses[number]
        before = [c for c in self.clauses[:number] if self._depends_on(clause, c)]
        if not all(c.is_deadline or self._is_left_out(c) for c in before):
            return False
        if any(map(self._names_other, before)) and not clause.has_subject:
            return False
        return self._stands_alone(number)

    def _depends_on(self, clause: Clause, earlier: Clause) -> bool:
        """Whether an earlier clause may say when or who for this one.

        Behind a semicolon it may not where that part has a condition or a subject of its own.
        """
        if earlier.sentence != clause.sentence or earlier.part == clause.part:
            return earlier.sentence == clause.sentence
        first = next(c for c in self.clauses if c.part == clause.part)
        return not (first.is_condition or first.has_subject)

    def _names_other(self, clause: Clause) -> bool:
        """Whether somebody acts in it who can't go unnamed."""
        subject = self.text[clause.start : clause.subject_end]
        return clause.has_subject and subject not in load_paraphrase_rules().default_subjects

    def may_end(self, number: int) -> bool:
        """Whether a statement may end with this clause, leaving out what follows."""
        clause = self.clauses[number]
        rest = [c for c in self.clauses[number + 1 :] if c.sentence == clause.sentence]
        # An item of a list of cases ends in 的 and is complete all the same.
        waits = (clause.is_condition or clause.is_hanging) and not self._is_in_item(clause)
        return not waits and not any(c.is_exception for c in rest)

    def may_leap(self, origin: int, target: int) -> bool:
        """Whether a statement may go on from the end of one clause with a later one."""
        start, goal = self.clauses[origin], self.clauses[target]
        if target <= origin + 1:
            return target == origin + 1
        skipped = self.clauses[origin + 1 : target]
        if start.sentence == goal.sentence:
            subject_lost = any(c.has_subject for c in skipped) and not goal.has_subject
            return all(map(self._is_left_out, skipped)) and not subject_lost
        if start.is_condition or not self._stands_alone(target):
            return False
        if any(c.is_exception for c in skipped if c.sentence == start.sentence):
            return False
        return self._keeps_subject(origin, target) and all(
            self._is_left_out(c) for c in skipped if c.sentence == goal.sentence
        )

    def _is_left_out(self, clause: Clause) -> bool:
        return clause.is_free and not clause.is_exception

    def _keeps_subject(self, origin: int, target: int) -> bool:
        """A clause without subject acts for the last one named: it must be the same in between."""
        if self.clauses[target].has_subject:
            return True
        return not any(c.has_subject for c in self.clauses[origin + 1 : target])

    def _stands_alone(self, number: int) -> bool:
        """An item (项) says something by itself only where it has a subject of its own."""
        clause = self.clauses[number]
        first = next(c for c in self.clauses if c.line == clause.line)
        if not first.is_item or first.has_subject:
            return True
        leading = [c for c in self.clauses if c.line < clause.line and not self._is_in_item(c)]
        return not leading or self.text[leading[-1].end : leading[-1].end + 1] != ":"

    def _is_in_item(self, clause: Clause) -> bool:
        return any(c.is_item for c in self.clauses if c.line == clause.line)


def parse_clauses(folded: str) -> ParsedProvision:
    """Parse the folded text of a provision; items begin with their label on a line of their own."""
    clauses: list[Clause] = []
    sentence = part = line = position = 0
    for piece in _PIECE.finditer(folded):
        between = folded[position : piece.start()]
        line += between.count("\n")
        if any(mark in between for mark in _SENTENCE_END) and not _CONTINUES.match(piece.group()):
            sentence += 1
        # What a colon announces belongs to its sentence, item by item.
        if clauses and folded[clauses[-1].end : clauses[-1].end + 1] == ":":
            sentence = clauses[-1].sentence if "\n" not in between else sentence
        part += sentence > clauses[-1].sentence or ";" in between if clauses else 0
        clauses.append(_read_clause(piece, sentence, part, line))
        position = piece.end()
    return ParsedProvision(folded, tuple(clauses))


def _read_clause(piece: re.Match[str], sentence: int, part: int, line: int) -> Clause:
    rules = load_paraphrase_rules()
    label = _ITEM_LABEL.match(piece.group())
    start = piece.start() + (label.end() if label else 0)
    text = piece.string[start : piece.end()]
    subject = rules.subject.match(text)
    begins = subject is not None or rules.predicate.match(text) is not None
    behind = text[subject.end() :] if subject else text
    binds = rules.binding.search(behind) is not None or rules.hedge.search(text) is not None
    return Clause(
        start=start,
        end=piece.end(),
        sentence=sentence,
        part=part,
        line=line,
        subject_end=start + (subject.end() if subject else 0),
        is_condition=_is_condition(text, behind),
        is_deadline=rules.deadline.search(text) is not None,
        is_hanging=rules.hanging.match(behind) is not None,
        is_free=begins and not binds,
        is_exception=rules.exception.search(text) is not None,
        is_item=label is not None,
    )


def _is_condition(text: str, behind: str) -> bool:
    """Whether a clause only says when or for what; ``behind``: what follows its subject."""
    if _CONDITION_END.search(text):
        return True
    rules = load_paraphrase_rules()
    tells = rules.governing.search(behind) or any(m in behind for m in rules.modals["must"])
    return _TOPIC.search(text) is not None and not tells
