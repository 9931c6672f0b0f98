"""A model's statement -> the provision that carries it, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.derive_statement import is_derivable
from assistant.fold_wording import fold_wording, front_bounds
from assistant.prepare_provision import Provision, prepare_provision
from assistant.split_statements import Statement
from assistant.vary_statement import vary_provision, vary_statement
from corpus.chinese_numerals import format_numeral, parse_numeral
from corpus.citation import Citation

# Where a statement says it comes from, before it says anything.
_PREAMBLE = re.compile(
    r"(?:根据|按照|依据|依照|按)?(?:在)?(?P<place>PLACES)?(?:的)?(?:规定)?"
    r"(?:《(?P<title>[^》]+)》)?(?:的)?"
    r"(?P<reference>第[0-9一二三四五六七八九十百]+条(?:第[0-9一二三四五六七八九十]+款)?"
    r"(?:第[(]?[0-9一二三四五六七八九十]+[)]?项)?)?(?:的)?(?:规定|要求|明确规定|明确)?[,:]?"
)
_FIGURE = re.compile(r"第[(]?([0-9]+)[)]?(?=[条款项])")
_QUOTED = re.compile(r"“([^”]{4,})”")
_ITEM_LABEL = re.compile(r"(?:^|(?<=[,。;:、\n]))[(][一二三四五六七八九十]+[)]")
_PUNCTUATION = re.compile(r"[,.。;:、\n“”《》]")
_SHORTEST, _LONGEST = 6, 420


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A citation that statements may rest on.

    Attributes:
        number: its number in the answer, from 1.
        places: names of the region it applies to, the full one first.
    """

    number: int
    citation: Citation
    places: tuple[str, ...]


def find_source(statement: Statement, sources: Sequence[Source]) -> Source | None:
    """The first source that carries a statement; None where none does.

    A statement is carried by one source alone, see ``derive_statement``.
    """
    readings = [fold_wording(reading) for reading in statement.readings]
    return next(
        (source for source in sources if any(_is_carried(said, source) for said in readings)),
        None,
    )


def _is_carried(said: str, source: Source) -> bool:
    if not _SHORTEST <= len(said) <= _LONGEST or not _has_true_quotes(said, source):
        return False
    said = _ITEM_LABEL.sub("", front_bounds(said))
    bodies = [said, *_cut_preamble(said, source)]
    provisions = _prepare(source)
    return any(
        len(variant) >= _SHORTEST and is_derivable(variant, provision)
        for body in bodies
        for variant in vary_statement(body)
        for provision in provisions
    )


def _prepare(source: Source) -> list[Provision]:
    folded = front_bounds(fold_wording(source.citation.quote))
    return [prepare_provision(text, source.places[:1]) for text in vary_provision(folded)]


def _cut_preamble(said: str, source: Source) -> list[str]:
    """The statement without its true indication of source; empty where it has none."""
    places = "|".join(map(re.escape, sorted(source.places, key=len, reverse=True)))
    found = re.match(_PREAMBLE.pattern.replace("PLACES", places), said)
    if found is None or not found.group() or not _is_true(found, source):
        return []
    return [said[found.end() :]]


def _is_true(found: re.Match[str], source: Source) -> bool:
    """Whether title and number in a preamble are those of the source."""
    title, _, reference = fold_wording(source.citation.label).removeprefix("《").partition("》")
    named = found["reference"]
    if found["title"] and found["title"] != title:
        return False
    return named is None or _is_within(_print_reference(named), _print_reference(reference))


def _is_within(named: str, actual: str) -> bool:
    return actual == named or (actual.startswith(named) and actual[len(named)] == "第")


def _print_reference(reference: str) -> str:
    """``第18条第2款`` as ``第十八条第二款``, ``第(一)项`` as ``第一项``."""
    plain = reference.replace("(", "").replace(")", "")
    return _FIGURE.sub(lambda found: "第" + format_numeral(parse_numeral(found[1])), plain)


def _has_true_quotes(said: str, source: Source) -> bool:
    """Words in quotation marks must be the provision's own, letter by letter."""
    printed = _PUNCTUATION.sub("", fold_wording(source.citation.quote))
    return all(_PUNCTUATION.sub("", words) in printed for words in _QUOTED.findall(said))
