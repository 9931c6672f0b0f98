"""Question cases -> what is wrong with their gold: facts that their own articles do not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.library import Library
from corpus.regulation import Chapter
from evals.fold_text import fold_text, is_fact_in
from evals.load_questions import QuestionCase


def find_unsupported_facts(
    cases: Iterable[QuestionCase], library: Library
) -> Iterator[tuple[QuestionCase, str]]:
    """Facts of which no alternative stands in the articles that a case cites.

    Yields:
        (case, fact) for each fact that neither the articles nor what the library says of the
        regulations as a whole (title, number, date, chapters, notes) contains.
    """
    for case in cases:
        said = fold_text(gather_gold(case, library))
        for fact in case.facts:
            if not is_fact_in(fact, said):
                yield case, fact


def gather_gold(case: QuestionCase, library: Library) -> str:
    """All that a right answer to a case may draw on."""
    articles = [library.article(ref) for ref in (*case.must_cite, *case.may_cite)]
    pieces = [f"{article.label}\n{article.text}\n{''.join(article.notes)}" for article in articles]
    for name in case.regions:
        regulation = library.regulation(name)
        pieces += [regulation.title, regulation.document_number or "", regulation.issued or ""]
        pieces += [regulation.region.name, *regulation.notes]
        pieces += [_name_chapter(chapter) for chapter in regulation.chapters]
    return "\n".join(pieces)


def _name_chapter(chapter: Chapter) -> str:
    return chapter.title or ""
