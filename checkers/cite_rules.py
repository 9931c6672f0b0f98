"""What the profiles ask of the rules -> citations, verified to be verbatim in the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, get_args

from checkers.check_rule_file import CheckFile
from checkers.finding import Severity
from checkers.read_rule_file import Key, find_line
from checkers.rule_files import Basis, Demand, ProfileFile
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from corpus.errors import CorpusError

if TYPE_CHECKING:
    from checkers.load_rules import Rules
    from corpus.library import Library

GRAVITY: tuple[Severity, ...] = get_args(Severity)
"""Gravest first."""


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


def find_demand(rules: Rules, profile: ProfileFile, check: CheckFile) -> Demand | None:
    """What a profile asks of a rule; None where it is not looked at.

    A profile without a regulation of its own asks for the gravest that any regulation does.
    """
    own = profile.checks.get(check.id) or check.demands.get(profile.id)
    if own is not None:
        return own
    if profile.regulation is None and check.demands:
        return _join_demands(rules, check)
    return Demand(severity="note") if check.otherwise == "note" else None


def _join_demands(rules: Rules, check: CheckFile) -> Demand:
    gravest = min((part.severity for part in check.demands.values()), key=GRAVITY.index)
    return Demand(
        severity=gravest,
        basis=tuple(
            basis.model_copy(
                update={"regulation": basis.regulation or rules.profiles[id].regulation}
            )
            for id, demand in check.demands.items()
            if demand.severity == gravest
            for basis in demand.basis
        ),
    )


def verify_bases(rules: Rules, library: Library) -> tuple[str, ...]:
    """One Chinese sentence for each basis that is not verbatim in the library."""
    problems: list[str] = []
    for source, keys, profile, bases in _list_bases(rules):
        for index, basis in enumerate(bases):
            try:
                cite_basis(profile, basis, library)
            except CorpusError as fault:
                path = rules.sources[source]
                place = (*keys, "basis", index)
                line = find_line(path, place)
                said = str(fault).rstrip("。")
                problems.append(f"{path.name} 第{line}行 {'.'.join(map(str, place))}：{said}。")
    return tuple(problems)


def _list_bases(
    rules: Rules,
) -> Iterator[tuple[str, tuple[Key, ...], ProfileFile, Iterable[Basis]]]:
    """The file, the keys, the profile and the bases of every demand."""
    for profile in rules.profiles.values():
        for topic, rule in profile.topics.items():
            yield f"profiles/{profile.id}", ("topics", topic), profile, rule.basis
        for id, demand in profile.checks.items():
            yield f"profiles/{profile.id}", ("checks", id), profile, demand.basis
    for check in rules.checks.by_id.values():
        for id, demand in check.file.demands.items():
            yield f"checks/{check.id}", ("demands", id), rules.profiles[id], demand.basis
