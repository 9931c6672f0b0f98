"""A question -> the words of its subject; the same question with other words in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.concepts import ConceptMatch
from assistant.facets import load_facets
from assistant.understand_question import Query

# Amounts, shares and lengths of time, as digits or in Chinese numerals.
_FIGURE = re.compile(
    r"(?:[0-9][0-9,.]*|[一二两三四五六七八九十百千半]+)\s*"
    r"(?P<unit>个?(?:工作日|星期|月|年|天|日|周|万元|亿元|万|亿|元|块|w|%|点|成|百万|千万))"
    r"|百分之[一二三四五六七八九十0-9]+",
    re.IGNORECASE,
)
# 几年, 第一年, 那一块: no figures that were given.
_NO_FIGURE = re.compile(r"(?:[几多每第这那哪]|多少)$")
# What asks for something is short (几月底, 哪天); longer matches of that kind also hold what it is
# asked of (不合格怎么办).
_ASKING = 5
# What says on which side of a figure something lies.
_COMPARED = (
    r"(?:不|未|没有?)?(?:超过|超出|超|高于|低于|大于|小于|少于|多于|不足|达到|满|够)?(?:了)?\s*"
)
_NEGATIONS = frozenset("不没未非无")
# Characters before a figure among which the word for its role stands: 想调整60万.
_ROLE_REACH = 3
_SAME_UNIT = {
    "万元": "万",
    "w": "万",
    "亿元": "亿",
    "块": "元",
    "星期": "周",
    "日": "天",
}


def has_figure(text: str) -> bool:
    """Whether a text gives an amount, a share or a length of time."""
    return bool(_find_figures(text))


def drop_figures(text: str, like: str = "") -> str:
    """The text without its figures and what they are compared by (不超过15%).

    Args:
        text: any.
        like: a text; figures of other units than it gives stay. All go where it is empty.
    """
    units = {_unit_of(figure) for figure in _find_figures(like)}
    for figure in reversed(_find_figures(text)):
        if units and _unit_of(figure) not in units:
            continue
        compared = re.search(f"{_COMPARED}$", text[: figure.start()])
        start = compared.start() if compared else figure.start()
        text = f"{text[:start]} {text[figure.end() :]}"
    return " ".join(text.split())


def compares_alike(text: str, other: str) -> bool:
    """Whether a figure of the one text is compared as the first one of the other: 超过, 不超过."""
    figures = _find_figures(other)
    if not figures:
        return False
    side = _side_of(other, figures[0])
    return any(_side_of(text, figure) == side for figure in _find_figures(text))


def _side_of(text: str, figure: re.Match[str]) -> str:
    compared = re.search(f"{_COMPARED}$", text[: figure.start()])
    return compared.group().strip() if compared else ""


def find_subject(query: Query) -> str:
    """The words of a question that say what it is about, in order, without what is asked of it."""
    core = query.core
    spans = [span for match in query.concepts for span in match.spans if span[1] <= len(core)]
    asked = [
        m.span()
        for facet in load_facets()
        for m in facet.asked.finditer(core)
        if m.end() - m.start() <= _ASKING
    ]
    spans += [s for s in _word_spans(query) if not _touches(s, asked)]
    spans += [figure.span() for figure in _find_figures(core)]
    negated = [(s - 1, e) if core[s - 1 : s] in _NEGATIONS else (s, e) for s, e in spans]
    return " ".join(core[start:end] for start, end in _merge(negated))


def replace_spans(query: Query, old: Sequence[ConceptMatch], new: str) -> str:
    """The core of a question with new words for some of its concepts."""
    core = query.core
    spans = [s for match in old for s in match.spans if s[1] <= len(core)]
    others = [s for match in query.concepts for s in match.spans if s[1] <= len(core)]
    spans = _merge([*spans, *(s for s in others if _touches(s, spans))])
    # 信息共享 where only 共享 is known: the noun beside belongs to it.
    nouns = [s for s in _word_spans(query) if core[s[0] : s[1]].lower() in query.nouns]
    spans = _merge([*spans, *(s for s in nouns if _adjoins(s, spans))])
    if not spans:
        return f"{new} {core}"
    for number, (start, end) in reversed(list(enumerate(spans))):
        core = core[:start] + (new if number == 0 else "") + core[end:]
    return core


def replace_figure(core: str, new: str, ignored: re.Pattern[str]) -> str | None:
    """The core with a new figure for the last one of its unit and role; None where there is none.

    Args:
        core: of the question before.
        new: words that hold the figure; 概算800万 and 想改60万 play other roles, 80万 plays any.
        ignored: words before the figure that give it no role.
    """
    figures = _find_figures(new)
    if not figures:
        return None
    role = ignored.sub("", new[: figures[0].start()])[-1:]
    olds = [
        old
        for old in _find_figures(core)
        if _unit_of(old) == _unit_of(figures[0]) and role in core[: old.start()][-_ROLE_REACH:]
    ]
    if not olds:
        return None
    return core[: olds[-1].start()] + figures[0].group() + core[olds[-1].end() :]


def _find_figures(text: str) -> list[re.Match[str]]:
    return [m for m in _FIGURE.finditer(text) if not _NO_FIGURE.search(text[: m.start()])]


def _unit_of(figure: re.Match[str]) -> str:
    unit = (figure["unit"] or "%").lower().removeprefix("个")
    return _SAME_UNIT.get(unit, unit)


def _word_spans(query: Query) -> list[tuple[int, int]]:
    """Where the words stand that no concept covers."""
    spans, position = [], 0
    lowered = query.core.lower()
    for word in query.words:
        start = lowered.find(word, position)
        if start >= 0:
            spans.append((start, start + len(word)))
            position = start + len(word)
    return spans


def _touches(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _adjoins(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[1] == start or end == span[0] for start, end in others)


def _merge(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order; those that overlap or adjoin become one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
