"""Claimed figures against those of the provision found: 20% against 15%, 一年 against 6个月."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Remark, RemarkKind
from assistant.find_passages import Passage, cut_clause, find_passages, other_passages
from assistant.name_place import name_place, name_text
from assistant.premise_words import load_premise_words
from assistant.read_bounds import Bound, read_bounds
from assistant.read_claim import Claim
from assistant.region_answer import RegionAnswer
from assistant.understand_question import Query
from corpus.regulation import Regulation

_DIFFERS = "{place}写的是{printed}，不是“{claimed}”。"
_OUTSIDE = "{place}写的是{printed}；“{claimed}”的不在其内。"
_INSIDE = "{place}写的是{printed}；“{claimed}”的在其内。"
_AGREES = "“{claimed}”与{place}的原文一致。"
_MEANS_SAME = "“{claimed}”与{place}写的{printed}意思一致。"
_PRINTS = "{place}写的是{printed}。"
_NOWHERE = "{region}里没有“{claimed}”的规定，以所引原文为准。"
# A count or a year may stand in many words; that a text holds none is told of these only.
_TOLD_MISSING = frozenset({"percent", "duration", "date", "money"})
_MOST_PRINTED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """A figure that a provision prints, and the sentence that it stands in."""

    bound: Bound
    passage: Passage

    @property
    def clause(self) -> str:
        return cut_clause(self.passage.text, self.bound.start, self.bound.end)


def correct_bounds(claim: Claim, query: Query, region: RegionAnswer) -> tuple[Remark, ...]:
    """What is wrong, or right, with the figures of a claim; empty where it can't be told."""
    remarks = [
        remark
        for bound in claim.bounds
        if bound.kind != "year"
        and _is_claimed(bound, claim)
        and (remark := _judge(bound, claim, query, region)) is not None
    ]
    wrong = [remark for remark in remarks if remark.kind == "correction"]
    return tuple(wrong or remarks)


def _is_claimed(bound: Bound, claim: Claim) -> bool:
    """Whether a figure is claimed to be the rule: where it is only asked, it may be a case."""
    if claim.is_presumed or bound.side != "plain":
        return True
    return load_premise_words().rules.search(claim.text) is not None


def _judge(bound: Bound, claim: Claim, query: Query, region: RegionAnswer) -> Remark | None:
    article = region.articles[0].citations[0].article
    rules = _rules_like(bound, find_passages(query, article))
    if not rules:
        return _tell_missing(bound, claim, region.regulation)
    place = f"{name_place(region.regulation)}{article.label}"
    best = max(rule.passage.relevance for rule in rules)
    rules = [rule for rule in rules if rule.passage.relevance == best]
    same = [rule for rule in rules if rule.bound.equals(bound)]
    if any(rule.bound.value != bound.value and _is_vague(rule.bound, bound) for rule in same):
        return None
    if same:
        return _tell_same(bound, claim, same, place, region.regulation)
    elsewhere = _rules_like(bound, other_passages(query, region.regulation, article))
    doubtful = any(
        rule.passage.relevance > best
        or (rule.passage.relevance == best and (best == 0 or _says_same(rule.bound, bound)))
        for rule in elsewhere
    )
    if doubtful:
        return None
    if not _contradicts(bound, claim.text, [rule.bound for rule in rules]):
        return _tell_inside(bound, claim, rules, place, region.regulation)
    text = _DIFFERS.format(place=place, printed=_print(rules), claimed=bound.text)
    return Remark(kind="correction", text=text, regulation=region.regulation.id)


def _rules_like(bound: Bound, passages: Iterable[Passage]) -> list[_Rule]:
    return [
        _Rule(bound=printed, passage=passage)
        for passage in passages
        for printed in read_bounds(passage.text)
        if printed.is_like(bound)
    ]


def _tell_missing(bound: Bound, claim: Claim, regulation: Regulation) -> Remark | None:
    """The provision found gives no such figure: told only where the whole regulation has none."""
    text = "\n".join(article.text for article in regulation.articles)
    # The same digits under a sign that is not read may be the same figure.
    digits = re.findall(r"\d+", bound.text)
    held = any(printed.equals(bound) for printed in read_bounds(text)) or any(
        re.search(rf"(?<!\d){number}(?!\d)", text) for number in digits
    )
    if held or not claim.is_presumed or bound.kind not in _TOLD_MISSING:
        return None
    told = _NOWHERE.format(region=name_text(regulation), claimed=bound.text)
    return Remark(kind="correction", text=told, regulation=regulation.id)


def _tell_same(
    bound: Bound, claim: Claim, rules: Sequence[_Rule], place: str, regulation: Regulation
) -> Remark | None:
    """The provision prints the figure claimed: the claim is right, unless it is of what exceeds."""
    printed = _print(rules)
    told = {"place": place, "printed": printed, "claimed": bound.text}
    if _is_opposite(bound, [rule.bound for rule in rules]):
        frees, binds = _tell_effect(claim.text)
        if claim.is_presumed and frees == binds:
            return None
        # What lies under a bound from above on is free, what lies above one up to there is bound.
        is_wrong = claim.is_presumed and frees == (bound.side == "beyond")
        kind: RemarkKind = "correction" if is_wrong else "notice"
        return Remark(kind=kind, text=_OUTSIDE.format(**told), regulation=regulation.id)
    if any(bound.text in rule.clause or rule.bound.text in bound.text for rule in rules):
        template = _AGREES
    elif bound.kind == "date" or {rule.bound.side for rule in rules} == {bound.side}:
        template = _MEANS_SAME if bound.side == "plain" else _PRINTS
    else:
        template = _AGREES
    return Remark(kind="notice", text=template.format(**told), regulation=regulation.id)


def _is_opposite(bound: Bound, printed: Sequence[Bound]) -> bool:
    """Whether a claim is of the other side of the same figure: 30万以下 against 超过30万."""
    others = {other.side for other in printed}
    return bound.side != "plain" and others == {"within" if bound.side == "beyond" else "beyond"}


def _tell_inside(
    bound: Bound, claim: Claim, rules: Sequence[_Rule], place: str, regulation: Regulation
) -> Remark | None:
    """A smaller figure than the one printed is allowed too; the one printed is told beside it."""
    sides = {rule.bound.side for rule in rules}
    if not claim.is_presumed or sides != {"within"} or bound.side != "within":
        return None
    text = _INSIDE.format(place=place, printed=_print(rules), claimed=bound.text)
    return Remark(kind="notice", text=text, regulation=regulation.id)


def _is_vague(first: Bound, second: Bound) -> bool:
    # 9月底 may be what 10月份前 means, or may not.
    return first.is_vague or second.is_vague


def _says_same(first: Bound, second: Bound) -> bool:
    """Whether two figures are equal and do not bound opposite sides (满半年, 半年内)."""
    return first.equals(second) and {first.side, second.side} != {"within", "beyond"}


def _contradicts(bound: Bound, claim: str, printed: Sequence[Bound]) -> bool:
    """Whether a claim with this figure is wrong where the provision prints others.

    Less than what is allowed is allowed, and more than what needs leave needs it: such claims
    are true though the figures differ, unless the claim says that this bound alone holds.
    """
    words = load_premise_words()
    if words.only.search(claim) or words.quotes_rule.search(claim):
        return True
    frees, binds = _tell_effect(claim)
    values = [other.value for other in printed]
    if all(other.side == "beyond" for other in printed):
        if bound.side == "within" and bound.kind in ("money", "percent"):
            # 超过30万 is what is held to something; what is said of less holds up to there.
            return bound.value > max(values) if frees else binds
        # 试运行3个月后: a longer one is allowed, a shorter one is not.
        return not frees or binds or bound.value < max(values)
    if frees and not binds and bound.value < min(values):
        return bound.side == "beyond"
    if bound.side == "beyond" and binds and not frees:
        return bound.value < max(values)
    return True


def _tell_effect(claim: str) -> tuple[bool, bool]:
    """Whether a claim lets do something, and whether it holds one to something."""
    words = load_premise_words()
    rest = words.frees.sub(" ", claim)
    return rest != claim, words.binds.search(rest) is not None


def _print(rules: Sequence[_Rule]) -> str:
    clauses = dict.fromkeys(rule.clause for rule in rules)
    return "、".join(f"“{clause}”" for clause in list(clauses)[:_MOST_PRINTED])
