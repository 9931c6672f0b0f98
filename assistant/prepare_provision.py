"""A folded provision -> what a restatement of it may exchange and leave out, place by place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from assistant.paraphrase_rules import load_paraphrase_rules
from assistant.parse_clauses import Clause, ParsedProvision, parse_clauses

# What a statement has to make good that has left something out: 等 behind a list that is not
# complete; the last one of the items that were announced; a bound that stands elsewhere.
OWES_ETC, OWES_ITEMS, OWES_MOVED = 1, 2, 4
# Names of bodies, as they are printed with their place or level.
BODY = re.compile(
    r"[县市州省区国中][^,。;:、\n()的对由应向报]{0,14}?"
    r"(?:局|委(?![员托])|办公室|办(?![理公])|中心|小组|部门|政府)"
)
_LISTED = re.compile(r"、(?:[^、,。;:\n()和及与或等]|[(][^()\n]*[)])+(?=[、和及与等])")
_IN_BRACKETS = re.compile(r"[(][^()\n]*[)]")
_ITEM_LABEL = re.compile(r"(?:^|(?<=[\n:;]))[(][一二三四五六七八九十]+[)]")
_AND = ("、", "和", "与", "及", "以及", ",", "及其")
_JOINTS = ("、", "以及", "和", "与", "及")
_IN_CHARGE = "负责"

# From where, to where, and what is owed for it.
Leap = tuple[int, int, int]
# From where, to where, and what may be read instead.
Swap = tuple[int, int, tuple[str, ...]]
Leaps = dict[int, tuple[tuple[int, int], ...]]
Swaps = dict[int, tuple[tuple[int, tuple[str, ...]], ...]]


@dataclass(frozen=True)
class Provision:
    """A provision ready for the search.

    Attributes:
        parsed: its clauses.
        borders: offsets between words.
        leaps: offset -> offsets that may be gone to without reading, and what is owed for it.
        swaps: offset -> where a word ends that begins there, and what may be read in its place.
    """

    parsed: ParsedProvision
    borders: frozenset[int]
    leaps: Leaps
    swaps: Swaps

    @property
    def text(self) -> str:
        """Folded."""
        return self.parsed.text


@lru_cache(maxsize=512)
def prepare_provision(folded: str, names: tuple[str, ...] = ()) -> Provision:
    """Work out what a restatement of a provision may exchange and leave out.

    Args:
        folded: see ``fold_wording``.
        names: names of the region, which may stand for 县, 我县 and the like.
    """
    parsed = parse_clauses(folded)
    bodies = [found.span() for found in BODY.finditer(folded)]
    borders = frozenset(_borders(folded, bodies))
    return Provision(
        parsed=parsed,
        borders=borders,
        leaps=_collect_leaps(parsed, borders),
        swaps=_collect_swaps(parsed, borders, names),
    )


def _borders(text: str, bodies: list[tuple[int, int]]) -> Iterator[int]:
    position = 0
    for word in rjieba.cut(text):
        if not any(start < position < end for start, end in bodies):
            yield position
        position += len(word)
    yield position
    for found in load_paraphrase_rules().sure_word.finditer(text):
        inside = any(start < found.start() < end for start, end in bodies)
        if found.lastindex is not None and not inside:
            yield from found.span(found.lastindex)


def _collect_leaps(parsed: ParsedProvision, borders: frozenset[int]) -> Leaps:
    leaps: dict[int, list[tuple[int, int]]] = {}
    for start, end, debt in (
        *_leap_words(parsed.text, borders),
        *_leap_passages(parsed.text),
        *_leap_clauses(parsed),
    ):
        leaps.setdefault(start, []).append((end, debt))
    return {start: tuple(ends) for start, ends in leaps.items()}


def _leap_words(text: str, borders: frozenset[int]) -> Iterator[Leap]:
    rules = load_paraphrase_rules()
    must = rules.modals["must"]
    for start in borders:
        if start and text[start - 1] in rules.negations:
            continue
        for word in (*rules.droppable, *must):
            # 入库的项目 is a phrase whose head can't go.
            is_head = word.endswith("项目") and text[start - 1 : start] == "的"
            whole = text.startswith(word, start) and start + len(word) in borders
            if whole and not is_head:
                yield start, start + len(word), 0


def _leap_passages(text: str) -> Iterator[Leap]:
    rules = load_paraphrase_rules()
    for found in rules.manner.finditer(text):
        if not found.start() or text[found.start() - 1] not in rules.negations:
            yield found.start(), found.end(), 0
    for found in _IN_BRACKETS.finditer(text):
        if not rules.strict_brackets.search(found.group()):
            yield found.start(), found.end(), 0
    for found in _ITEM_LABEL.finditer(text):
        yield found.start(), found.end(), 0
    for found in _LISTED.finditer(text):
        yield found.start(), found.end(), OWES_ETC


def _leap_clauses(parsed: ParsedProvision) -> Iterator[Leap]:
    for origin, clause in enumerate(parsed.clauses):
        for target in range(origin + 1, len(parsed.clauses)):
            if parsed.may_leap(origin, target):
                goal = parsed.clauses[target]
                yield clause.end, goal.start, _owed_for_items(parsed, clause, goal)
        yield from _leap_from_subject(parsed, origin)


def _owed_for_items(parsed: ParsedProvision, clause: Clause, goal: Clause) -> int:
    """Who goes from an announcement into its items has to name them all."""
    announced = parsed.text[clause.end : clause.end + 1] == ":" and goal.is_item
    return OWES_ITEMS if announced else 0


def _leap_from_subject(parsed: ParsedProvision, origin: int) -> Iterator[Leap]:
    """``X应当A，B，并C`` says that X should do C."""
    rules = load_paraphrase_rules()
    clause = parsed.clauses[origin]
    if not clause.has_subject or rules.hedge.search(parsed.text_of(clause)):
        return
    begin = clause.subject_end
    duties = (*rules.modals["must"], _IN_CHARGE, *(m + _IN_CHARGE for m in rules.modals["must"]))
    found = [begin + len(duty) for duty in duties if parsed.text.startswith(duty, begin)]
    starts = [begin, *found]
    for target in range(origin + 1, len(parsed.clauses)):
        goal = parsed.clauses[target]
        passed = parsed.clauses[origin + 1 : target]
        if goal.sentence != clause.sentence or goal.has_subject:
            return
        if rules.governing.search(parsed.text_of(clause)) or not all(c.is_free for c in passed):
            return
        if goal.is_free:
            yield from ((start, goal.start, 0) for start in starts)


def _collect_swaps(
    parsed: ParsedProvision, borders: frozenset[int], names: tuple[str, ...]
) -> Swaps:
    """Offset -> what may be read there in other words: where that ends, and the other words."""
    swaps: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
    for start, end, forms in (
        *_swap_words(parsed.text, borders),
        *_swap_modals(parsed, borders),
        *_swap_joints(parsed),
        *_swap_tails(parsed),
        *_swap_places(parsed.text, names),
    ):
        swaps.setdefault(start, []).append((end, forms))
    return {start: tuple(ends) for start, ends in swaps.items()}


def _swap_words(text: str, borders: frozenset[int]) -> Iterator[Swap]:
    alike = load_paraphrase_rules().alike
    longest = max(map(len, alike))
    for start in borders:
        for size in range(1, longest + 1):
            forms = alike.get(text[start : start + size])
            if forms is not None and start + size in borders:
                yield start, start + size, forms


def _swap_modals(parsed: ParsedProvision, borders: frozenset[int]) -> Iterator[Swap]:
    rules = load_paraphrase_rules()
    text = parsed.text
    for clause in parsed.clauses:
        if text[clause.end - 1] == "的":
            # 需要租用专线的 is a condition, no duty.
            continue
        for start in range(clause.start, clause.end):
            for form, kind in rules.printed_modals.items():
                end = start + len(form)
                whole = start in borders and end in borders
                turned = start > 0 and text[start - 1] in rules.negations
                if whole and not turned and text.startswith(form, start):
                    yield start, end, rules.modals[kind]


def _swap_joints(parsed: ParsedProvision) -> Iterator[Swap]:
    """``A、B和C`` as ``A、B、C``; not where the entries are alternatives, nor inside names."""
    rules = load_paraphrase_rules()
    text = parsed.text
    bodies = [found.span() for found in BODY.finditer(text)]
    for clause in parsed.clauses:
        if rules.alternatives.search(parsed.text_of(clause)):
            continue
        for start in range(clause.start, clause.end):
            if any(begin < start < end for begin, end in bodies):
                continue
            for joint in _JOINTS:
                if text.startswith(joint, start):
                    yield start, start + len(joint), _AND


def _swap_tails(parsed: ParsedProvision) -> Iterator[Swap]:
    tails = load_paraphrase_rules().condition_tails
    for clause in parsed.clauses:
        if clause.is_condition and parsed.text[clause.end - 1] == "的":
            yield clause.end - 1, clause.end, tails


def _swap_places(text: str, names: tuple[str, ...]) -> Iterator[Swap]:
    """``县`` as ``淅川县``, ``我县`` as ``淅川县``."""
    for name in names:
        kind = name[-1]
        for found in re.finditer(f"[我全本]?{kind}(?!级)", text):
            yield found.start(), found.end(), (name,)
