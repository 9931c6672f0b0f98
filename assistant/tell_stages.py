"""Question for a stage of a project, or for all of them -> the provisions stage by stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.extract_lead import Lead
from assistant.place_articles import Placed, place_articles
from assistant.read_stage_question import StageQuestion, read_stage_question
from assistant.region_answer import ArticleAnswer, RegionAnswer
from assistant.stage_vocabulary import Stage
from assistant.tell_chapters import tell_chapters
from assistant.understand_question import Query
from corpus.citation import Citation
from corpus.library import Library
from corpus.regulation import Regulation

# Articles of a stage: nearly all that are about it where one stage of one region is asked for,
# the most telling ones where there are several stages or regions.
_OF_ONE_STAGE, _OF_SEVERAL, _OF_MANY = 10, 3, 1
_FEW_REGIONS = 2
# Against the most telling paragraph of the stage.
_CLEARLY = 0.5
# Paragraphs of the only article of a stage.
_OF_ONE_ARTICLE = 3
# Against the most telling paragraph of the article.
_NEARLY = 0.75
# Among several stages a paragraph up to this length is told whole, not its best sentence.
_SHORT_PARAGRAPH = 200
# More regions than these make no table that can be read.
_MOST_REGIONS = 8
_RELATED = 5
# A paragraph is quoted whole up to this length.
_LONG_PARAGRAPH = 500


def tell_stages(
    query: Query, asked: Sequence[Regulation], library: Library
) -> tuple[RegionAnswer, ...]:
    """Provisions of every stage or chapter that is asked for as a whole; empty where none is."""
    regulations = asked[:_MOST_REGIONS]
    if chapters := tell_chapters(query, regulations, library):
        return chapters
    question = read_stage_question(query.core)
    if question is None:
        return ()
    most = _most_articles(question, len(regulations))
    answers = [_tell_region(question, regulation, library, most) for regulation in regulations]
    return tuple(answer for answer in answers if answer.articles)


def _most_articles(question: StageQuestion, regulations: int) -> int:
    if len(question.stages) == 1:
        return _OF_ONE_STAGE if regulations == 1 else _OF_SEVERAL
    return _OF_SEVERAL if regulations <= _FEW_REGIONS else _OF_MANY


def _tell_region(
    question: StageQuestion, regulation: Regulation, library: Library, most: int
) -> RegionAnswer:
    in_full = len(question.stages) == 1
    told: list[ArticleAnswer] = []
    left: list[Placed] = []
    for stage in question.stages:
        groups = _group_by_article(place_articles(regulation, stage))
        chosen = _pick_most_telling(groups, most)
        if not in_full:
            chosen = _take_apart(chosen, most)
        told += [_answer_article(group, stage, library, in_full=in_full) for group in chosen]
        left += [placed for group in groups for placed in group]
    shown = {answer.citations[0].article.ref for answer in told}
    near = dict.fromkeys(p.article.ref for p in left if p.article.ref not in shown)
    return RegionAnswer(
        regulation=regulation,
        articles=tuple(told),
        related=tuple(library.cite(ref) for ref in list(near)[:_RELATED]),
    )


def _group_by_article(placed: Sequence[Placed]) -> list[list[Placed]]:
    """The paragraphs of each article, the most telling one first; articles in their order."""
    groups: dict[int, list[Placed]] = {}
    for one in placed:
        groups.setdefault(id(one.article), []).append(one)
    return [sorted(group, key=lambda p: (-p.score, p.paragraph)) for group in groups.values()]


def _pick_most_telling(groups: Sequence[list[Placed]], most: int) -> list[list[Placed]]:
    """The articles that are most clearly about a stage, in their order."""
    best = max((group[0].score for group in groups), default=0.0)
    clear = [group for group in groups if group[0].score >= best * _CLEARLY]
    wanted = groups if most == _OF_ONE_STAGE else clear
    picked = sorted(wanted, key=lambda group: -group[0].score)[:most]
    return [group for group in groups if group in picked]


def _take_apart(groups: Sequence[list[Placed]], most: int) -> list[list[Placed]]:
    """The best paragraphs of each article; more of an article that stands alone."""
    if len(groups) == 1:
        best = sorted(groups[0][:_OF_ONE_ARTICLE], key=lambda placed: placed.paragraph)
        return [[placed] for placed in best]
    return [[placed] for group in groups for placed in _take_near(group, most)]


def _take_near(group: Sequence[Placed], most: int) -> list[Placed]:
    """The best paragraph, and those nearly as telling where one region is told of."""
    if most == _OF_MANY:
        return [group[0]]
    near = [placed for placed in group if placed.score >= group[0].score * _NEARLY]
    return sorted(near[:_OF_ONE_ARTICLE], key=lambda placed: placed.paragraph)


def _answer_article(
    group: Sequence[Placed], stage: Stage, library: Library, *, in_full: bool
) -> ArticleAnswer:
    if not in_full:
        group = [_tell_whole(placed) for placed in group]
    citations = tuple(_cite(placed, library, in_full=in_full) for placed in group)
    lead = Lead(sentence=group[0].sentence, items=_items_below(group[0]))
    return ArticleAnswer(lead=lead, citations=citations, stage=stage.name)


def _tell_whole(placed: Placed) -> Placed:
    """With all of a short paragraph: 初验 stands in the sentence before 终验."""
    paragraph = placed.article.paragraphs[placed.paragraph - 1]
    if paragraph.items or len(paragraph.text) > _SHORT_PARAGRAPH or "\n" in paragraph.text:
        return placed
    return replace(placed, sentence=paragraph.text)


def _cite(placed: Placed, library: Library, *, in_full: bool) -> Citation:
    """The whole paragraph where it is wanted or announces a list, else the sentence."""
    paragraph = placed.article.paragraphs[placed.paragraph - 1]
    is_short = len(paragraph.full_text) <= _LONG_PARAGRAPH
    if _items_below(placed) or (in_full and is_short):
        return library.cite(placed.ref)
    return library.cite(placed.ref, quote=placed.sentence)


def _items_below(placed: Placed) -> tuple[str, ...]:
    """The items of a paragraph, where the sentence announces them."""
    if not placed.sentence.endswith((":", "：")):
        return ()
    paragraph = placed.article.paragraphs[placed.paragraph - 1]
    return tuple(item.label + item.text for item in paragraph.items)
