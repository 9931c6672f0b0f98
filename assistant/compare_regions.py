"""Answers of several regions -> a table with the differences named.

Every value in a difference stands verbatim in the provision of its row. Only values of the kind
that the question asks for are compared: a wrong difference is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Comparison, ComparisonRow
from assistant.compare_lists import RegionList, tell_list_differences
from assistant.compare_values import Told, asked_kinds, tell_differences
from assistant.extract_lead import split_sentences
from assistant.make_checklists import asks_for_list
from assistant.number_citations import name_place
from assistant.rank_sentences import rank_sentences, speaks_of
from assistant.read_values import KIND_NAMES, Value, ValueKind, read_values
from assistant.region_answer import ArticleAnswer, RegionAnswer
from assistant.understand_question import Query
from corpus.citation import Citation
from corpus.regulation import Regulation

# A question for differences in general; then any kind of figure may be compared.
_ASKS_FOR_DIFFERENCES = re.compile("不同|不一样|区别|差别|差异|一样|相同|一致|对比|比较|比一比")
_FIGURES: tuple[ValueKind, ...] = ("percent", "time", "money", "people")
_SILENT, _NOTHING_DIRECT = "本办法未规定", "没有找到直接的规定"
# In a library of very many regulations, rows that say nothing would hide those that do.
_MOST_SILENT = 12
_LIST_STARTS, _LIST_ENDS = "，,。；;\n", "，,。；;：:\n"
_LONGEST_LIST = 200


def compare_regions(
    query: Query, regions: Sequence[RegionAnswer], silent: Sequence[Regulation]
) -> Comparison | None:
    """The table; None where only one region was asked about.

    Args:
        query: the question.
        regions: what the regions say that provide for it.
        silent: regulations that were asked about and do not provide for it.
    """
    if len(regions) + len(silent) <= 1 or not all(map(_answers_question, regions)):
        return None
    kind, told = _choose_kind(query, regions)
    if len(silent) > _MOST_SILENT:
        silent = ()
    rows = [_make_row(region, one) for region, one in zip(regions, told, strict=True)] + [
        _make_silent_row(query, one) for one in silent
    ]
    differences = tell_differences(kind, told) if kind else ()
    if not differences and asks_for_list(query):
        differences = tell_list_differences(
            [_read_list(region) for region in regions], of_all=not silent
        )
    return Comparison(rows=tuple(rows), differences=differences)


def _answers_question(region: RegionAnswer) -> bool:
    """Whether it is an answer to a question, not an article looked up or a stage told."""
    first = region.articles[0]
    return not first.stage and first.lead.sentence != first.citations[0].label


def _choose_kind(
    query: Query, regions: Sequence[RegionAnswer]
) -> tuple[ValueKind | None, list[Told]]:
    """The kind of value that most regions give, and what each of them says."""
    kinds = asked_kinds(query)
    in_general = not kinds and bool(_ASKS_FOR_DIFFERENCES.search(query.core))
    best: tuple[ValueKind | None, list[Told]] = (None, [_tell(query, one) for one in regions])
    for kind in _FIGURES if in_general else kinds:
        told = [_tell(query, region, kind) for region in regions]
        if in_general and any(len(one.values) != 1 for one in told):
            continue
        if _count_giving(told) > _count_giving(best[1]):
            best = (kind, told)
    return best


def _count_giving(told: Sequence[Told]) -> int:
    return sum(bool(one.values) for one in told)


def _tell(query: Query, region: RegionAnswer, kind: ValueKind | None = None) -> Told:
    """The words of a region that answer: those that hold a value of the kind, else the lead."""
    article = region.articles[0]
    provision = _lead_words(article)
    values: tuple[Value, ...] = ()
    if kind is not None:
        # Which body does what can only be told from the words that answer.
        others = [] if kind == "body" else _other_sentences(query, article, kind)
        for words in (provision, *others):
            if values := read_values(words, kind):
                provision = words
                break
    return Told(
        region=region.regulation.region.name,
        provision=provision,
        citation=_citation_of(article, provision),
        values=values,
        lacks_value=kind is not None and not _gives_value(query, region.regulation, kind),
    )


def _gives_value(query: Query, regulation: Regulation, kind: ValueKind) -> bool:
    """Whether an article on the subject, found or not, holds a value of the kind."""
    concepts = [match.concept for match in query.concepts]
    return any(
        read_values(article.text, kind)
        for article in regulation.articles
        if not concepts or any(concept.printed.search(article.text) for concept in concepts)
    )


def _other_sentences(query: Query, article: ArticleAnswer, kind: ValueKind) -> list[str]:
    """The sentences quoted that hold values and speak of what is asked, or the only one."""
    quoted = [part for citation in article.citations for part in split_sentences(citation.quote)]
    giving = [sentence for sentence in quoted if read_values(sentence, kind)]
    concepts = [match.concept for match in query.concepts]
    about = [s for s in giving if any(speaks_of(concept, s) for concept in concepts)]
    if about:
        return rank_sentences(query, about)
    return giving if len(giving) == 1 else []


def _lead_words(article: ArticleAnswer) -> str:
    """The lead; of a list, only the clauses that hold it."""
    items = article.lead.items
    if len(items) > 1:
        sources = [article.lead.sentence, *(citation.quote for citation in article.citations)]
        for source in sources:
            if (words := _cut_list(source, items)) and len(words) <= _LONGEST_LIST:
                return words
    return article.lead.sentence


def _cut_list(source: str, items: Sequence[str]) -> str:
    """The clauses from the first entry to the last; empty where these are not on one line."""
    first = source.find(items[0])
    last = source.find(items[-1], first) + len(items[-1])
    if first < 0 or last < first or "\n" in source[first:last]:
        return ""
    start = max(source.rfind(end, 0, first) for end in _LIST_STARTS) + 1
    ends = [at for end in _LIST_ENDS if (at := source.find(end, last)) >= 0]
    return source[start : min(ends, default=len(source))].strip()


def _citation_of(article: ArticleAnswer, words: str) -> Citation:
    """The citation whose quotation holds the words."""
    return next((c for c in article.citations if words in c.quote), article.citations[0])


def _make_row(region: RegionAnswer, told: Told) -> ComparisonRow:
    return ComparisonRow(
        regulation=region.regulation.id,
        region=told.region,
        provision=told.provision,
        values=tuple(value.text for value in told.values),
        citation=told.citation,
    )


def _make_silent_row(query: Query, regulation: Regulation) -> ComparisonRow:
    silence = _SILENT
    if _speaks_of_it(query, regulation):
        lacking = [k for k in asked_kinds(query)[:1] if not _gives_value(query, regulation, k)]
        silence = f"没有写明{KIND_NAMES[lacking[0]]}" if lacking else _NOTHING_DIRECT
    return ComparisonRow(regulation=regulation.id, region=regulation.region.name, silence=silence)


def _speaks_of_it(query: Query, regulation: Regulation) -> bool:
    """Whether all that is asked about is named somewhere, though nothing was found to answer."""
    broader = {name for match in query.concepts for name in match.concept.broader}
    concepts = [match.concept for match in query.concepts if match.concept.name not in broader]
    texts = [article.text for article in regulation.articles]
    return bool(concepts) and all(
        any(concept.printed.search(text) for text in texts) for concept in concepts
    )


def _read_list(region: RegionAnswer) -> RegionList:
    article = region.articles[0]
    citation = _citation_of(article, article.lead.sentence)
    return RegionList(
        region=region.regulation.region.name,
        place=name_place(citation),
        entries=article.lead.items,
        quote="\n".join(one.quote for one in article.citations),
    )
