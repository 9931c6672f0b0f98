"""Candidates of a region -> the first article that names what several regions are asked about.

Beside other regions, one that names the subject is not silent (第十七条 asks for the 密评 report),
and an article that does not name it (由市大数据主管部门负责解释) says nothing on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.concepts import Concept
from assistant.rank_sentences import speaks_of
from assistant.score_articles import Candidate
from assistant.stage_vocabulary import load_stages
from assistant.understand_question import Query
from corpus.article_ref import ArticleRef
from corpus.library import Library

# Who asks for one of these wants no article that only names the subject.
_OPEN_FACETS = frozenset({"permission", "list", "definition", "procedure"})
_OPEN_WORDS = re.compile(
    "各地|各个|地方|地区|县市|要求|规定|哪里|哪些|不同|区别|对比|比较|测评|应用"
)
_TELLING_WEIGHT = 0.6
_LOOKED_AT = 5


def is_open(query: Query) -> bool:
    """Whether all that is said on one subject is asked for (各地密评要求), not one thing of it."""
    words = [word for word in query.words if not _OPEN_WORDS.search(word)]
    return not words and query.facets <= _OPEN_FACETS and len(_narrow(query)) == 1


def find_named(
    query: Query, candidates: Sequence[Candidate], library: Library
) -> ArticleRef | None:
    """The first of the best articles that names every subject of the question.

    None where nothing does, and where the best one may answer in words of its own.
    """
    concepts = _narrow(query)
    texts = [(one.ref, library.article(one.ref).text) for one in candidates[:_LOOKED_AT]]
    is_general = bool(texts) and load_stages().general_article.search(texts[0][1])
    if not (is_open(query) or is_general):
        return None
    naming = (ref for ref, text in texts if all(speaks_of(c, text) for c in concepts))
    return next(naming, None) if concepts else None


def _narrow(query: Query) -> list[Concept]:
    """The telling concepts of a question, without those that a narrower one implies."""
    broader = {name for match in query.concepts for name in match.concept.broader}
    return [
        match.concept
        for match in query.concepts
        if match.concept.weight >= _TELLING_WEIGHT and match.concept.name not in broader
    ]
