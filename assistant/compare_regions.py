"""Answers of several regions -> a table with the differences named.

Every value in a difference stands verbatim in the provision of its row. Only values of the kind
that the question asks for are compared: a wrong difference is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Comparison, ComparisonRow
from assistant.compare_lists import RegionList, tell_list_differences
from assistant.compare_values import Told, asked_kinds, tell_differences
from assistant.extract_lead import split_sentences
from assistant.make_checklists import asks_for_list
from assistant.name_regions import name_regions
from assistant.number_citations import name_place
from assistant.rank_sentences import directness, rank_sentences, speaks_of
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
# 应当包括信息资源共享分析篇(章)。: a list of one.
_SINGLE_ENTRY = re.compile(
    "(?:应|须|应当|必须)(?:包括|包含|提交|附上)([^、，,。；;：:]{2,24})[。；;，,]"
)
# A sentence that lists what is to be brought, though not in one row of entries.
_LISTS = re.compile("(?:应|须|当|必须|材料|资料)(?:包括|包含|提交|附上|明确)[^。；;]*、[^。；;]*、")
_LIST_STARTS, _LIST_ENDS = "，,。；;\n", "，,。；;：:\n"
_LONGEST_LIST = 200
# Where no kind of figure is asked for, so many of the regions have to give one.
_MOST_OF_ALL = 0.5


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
    regions = [_put_first(query, region) for region in regions]
    if len(silent) > _MOST_SILENT:
        silent = ()
    names = name_regions([*(region.regulation for region in regions), *silent])
    kind, told = _choose_kind(query, regions)
    told = [
        replace(one, region=names[region.regulation.id])
        for region, one in zip(regions, told, strict=True)
    ]
    rows = [_make_row(region, one) for region, one in zip(regions, told, strict=True)] + [
        _make_silent_row(query, one, names[one.id]) for one in silent
    ]
    differences = tell_differences(kind, told) if kind else ()
    if not differences and asks_for_list(query):
        lists = [_read_list(region, one.region) for region, one in zip(regions, told, strict=True)]
        differences = tell_list_differences(lists, of_all=not silent)
    return Comparison(rows=tuple(rows), differences=differences)


def _answers_question(region: RegionAnswer) -> bool:
    """Whether it is an answer to a question, not an article looked up or several stages told."""
    first = region.articles[0]
    stages = {article.stage for article in region.articles}
    return len(stages) == 1 and first.lead.sentence != first.citations[0].label


def _put_first(query: Query, region: RegionAnswer) -> RegionAnswer:
    """Of the articles of a stage, which stand in their order, the one that says most on it."""
    if not region.articles[0].stage:
        return region
    ranked = sorted(region.articles, key=lambda one: -_says(query, one))
    return replace(region, articles=tuple(ranked))


def _says(query: Query, article: ArticleAnswer) -> float:
    figures = any(read_values(one.quote, "percent") for one in article.citations)
    return directness(query, article.lead.sentence) + figures


def _choose_kind(
    query: Query, regions: Sequence[RegionAnswer]
) -> tuple[ValueKind | None, list[Told]]:
    """The kind of value that most regions give, and what each of them says."""
    kinds = asked_kinds(query)
    in_general = not kinds and not asks_for_list(query)
    in_general = in_general or (not kinds and bool(_ASKS_FOR_DIFFERENCES.search(query.core)))
    best: tuple[ValueKind | None, list[Told]] = (None, [_tell(query, one) for one in regions])
    for kind in _FIGURES if in_general else kinds:
        told = [_tell(query, region, kind) for region in regions]
        if in_general and any(len(one.values) > 1 for one in told):
            continue
        if in_general and _count_giving(told) < _MOST_OF_ALL * len(told):
            continue
        if _count_giving(told) > _count_giving(best[1]):
            best = (kind, told)
    return best


def _count_giving(told: Sequence[Told]) -> int:
    return sum(bool(one.values) for one in told)


def _tell(query: Query, region: RegionAnswer, kind: ValueKind | None = None) -> Told:
    """The words of a region that answer: those that hold a value of the kind, else the lead."""
    article = region.articles[0]
    provision = (asks_for_list(query) and _listing_words(article)) or _lead_words(article)
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


def _listing_words(article: ArticleAnswer) -> str:
    """The sentences that list what is needed, where the lead is another one; else empty."""
    if article.lead.items or _LISTS.search(article.lead.sentence):
        return ""
    for citation in article.citations:
        sentences = split_sentences(citation.quote)
        listing = [one for one in sentences if _LISTS.search(one)]
        if listing and (joined := "".join(listing)) in citation.quote:
            return joined if len(joined) <= _LONGEST_LIST else listing[0]
    return ""


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


def _make_silent_row(query: Query, regulation: Regulation, name: str) -> ComparisonRow:
    """Silence is only told for sure where the text does not name what is asked about at all."""
    silence = _NOTHING_DIRECT
    if _never_names_it(query, regulation):
        silence = _SILENT
    elif query.concepts:
        lacking = [k for k in asked_kinds(query)[:1] if not _gives_value(query, regulation, k)]
        silence = f"没有写明{KIND_NAMES[lacking[0]]}" if lacking else _NOTHING_DIRECT
    return ComparisonRow(regulation=regulation.id, region=name, silence=silence)


def _never_names_it(query: Query, regulation: Regulation) -> bool:
    """Whether something that is asked about is named in no article."""
    broader = {name for match in query.concepts for name in match.concept.broader}
    concepts = [match.concept for match in query.concepts if match.concept.name not in broader]
    texts = [article.text for article in regulation.articles]
    return any(not any(concept.printed.search(text) for text in texts) for concept in concepts)


def _read_list(region: RegionAnswer, name: str) -> RegionList:
    article = region.articles[0]
    citation = _citation_of(article, article.lead.sentence)
    single = _SINGLE_ENTRY.search(article.lead.sentence)
    return RegionList(
        region=name,
        place=name_place(citation),
        entries=article.lead.items or (single.groups() if single else ()),
        quote="\n".join(one.quote for one in article.citations),
    )
