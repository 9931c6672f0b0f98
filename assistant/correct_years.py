"""A claimed year of issue against the one that is known: 2025年发的 against 2013年10月15日."""

from __future__ import annotations

import re

from assistant.answer import Remark, RemarkKind
from assistant.name_place import name_text
from assistant.print_date import print_date
from assistant.read_claim import Claim
from assistant.validity_words import load_validity_words
from corpus.read_validity import read_validity
from corpus.regulation import Regulation

_DIFFERS = "{region}是{day}印发的，不是{claimed}。"
_AGREES = "{region}是{day}印发的，年份没有错。"
_UNKNOWN = "{region}在本库的来源中没有印发日期，{claimed}这一说法无法核实。"


def correct_years(claim: Claim, regulation: Regulation) -> tuple[Remark, ...]:
    """What is wrong, or right, with a claimed year of issue; empty where none is claimed."""
    years = [bound for bound in claim.bounds if bound.kind == "year"]
    if not years or not load_validity_words().issued_in.search(claim.text):
        return ()
    if _is_of_another(int(years[0].value), regulation):
        return ()
    issued = read_validity(regulation).issued
    region, claimed = name_text(regulation), years[0].text
    if issued is None:
        text = _UNKNOWN.format(region=region, claimed=claimed)
        return (Remark(kind="notice", text=text, regulation=regulation.id),)
    is_right = issued.year == years[0].value
    text = (_AGREES if is_right else _DIFFERS).format(
        region=region, day=print_date(issued), claimed=claimed
    )
    kind: RemarkKind = "notice" if is_right else "correction"
    return (Remark(kind=kind, text=text, regulation=regulation.id),)


def _is_of_another(year: int, regulation: Regulation) -> bool:
    """Whether the year is that of a document that the text names, such as the one it repeals."""
    issued = read_validity(regulation).issued
    named = any(re.search(rf"(?<!\d){year}(?!\d)", article.text) for article in regulation.articles)
    return named and (issued is None or issued.year != year)
