"""Articles asked for by number, or counted from those quoted before -> what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.conversation_words import load_conversation_words
from assistant.extract_lead import Lead
from assistant.read_turn import ArticleStep, Reader
from assistant.region_answer import ArticleAnswer, RegionAnswer
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from corpus.errors import ArticleNotFound
from corpus.library import Library
from corpus.name_regulation import short_titles
from corpus.read_reference import FoundReference, find_references
from corpus.regulation import Article, Regulation

# A law named right before 第N条; 办法 is what the library holds.
_LAW_BEFORE = re.compile(r"([一-鿿]{2,20}?(?:(?<!办)法|法典|条例))》?[的里中]?\s*$")
_NO_FURTHER = "{}已经是《{}》的{}一条。"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """What was found of the articles asked for by number.

    Attributes:
        regions: the articles that exist, by regulation.
        missing: one Chinese sentence for each that does not.
        unknown_law: a law that the library does not hold.
    """

    regions: tuple[RegionAnswer, ...] = ()
    missing: tuple[str, ...] = ()
    unknown_law: str | None = None


def look_up_articles(
    text: str, asked: Sequence[Regulation], library: Library, *, names_region: bool
) -> LookedUp | None:
    """Find the articles that a question names; None where it names none.

    Args:
        text: the question.
        asked: regulations that a bare 第N条 is looked up in.
        library: all regulations.
        names_region: a regulation is named besides; another law is then only spoken of.
    """
    references = find_references(text, library)
    laws = [law for r in references if (law := _other_law(text, r, library)) is not None]
    if laws:
        return None if names_region else LookedUp(unknown_law=laws[0])
    gathered = _Gathered(library=library)
    for reference in references:
        for regulation in asked:
            if reference.regulation in (None, regulation.id):
                gathered.add(_ref_of(reference, regulation.id))
    return gathered.result() if references and not gathered.is_empty else None


def step_from(quoted: Sequence[Citation], step: ArticleStep, library: Library) -> LookedUp:
    """The provisions that a step leads to from those quoted; of each regulation from the first."""
    gathered = _Gathered(library=library)
    firsts = {citation.ref.regulation: citation.ref for citation in reversed(quoted)}
    for ref in reversed(firsts.values()):
        if step.kind in ("next", "previous"):
            gathered.add_neighbour(ref, 1 if step.kind == "next" else -1)
        elif step.kind == "whole":
            gathered.add(ref.whole_article)
        else:
            gathered.add(_provision_of(ref, step, library))
    return gathered.result()


def name_article_subject(article: Article, read: Reader) -> str:
    """What an article is about, in its own words: its first stage or topic; may be empty."""
    words = load_conversation_words()
    subjects = {
        name for name, kind in words.kind_of.items() if kind != "body" and name not in words.aspects
    }
    for sentence in re.split("[。；;\n]", article.text):
        query = read(sentence)
        spans = [m.spans[0] for m in query.concepts if m.concept.name in subjects]
        spans = [span for span in spans if span[1] <= len(query.core)]
        if spans:
            start, end = min(spans)
            return query.core[start:end]
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gathered:
    """Articles found so far, by regulation."""

    library: Library
    answers: dict[str, list[ArticleAnswer]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.answers and not self.missing

    def add(self, ref: ArticleRef) -> None:
        try:
            citation = self.library.cite(ref)
        except ArticleNotFound as error:
            self.missing.append(str(error))
            return
        answer = ArticleAnswer(lead=Lead(sentence=citation.label), citations=(citation,))
        self.answers.setdefault(ref.regulation, []).append(answer)

    def add_neighbour(self, ref: ArticleRef, distance: int) -> None:
        regulation = self.library.regulation(ref.regulation)
        refs = [article.ref for article in regulation.articles]
        position = refs.index(ref.whole_article) + distance
        if 0 <= position < len(refs):
            self.add(refs[position])
            return
        here = self.library.article(ref).label
        end = "最后" if distance > 0 else "第"
        self.missing.append(_NO_FURTHER.format(here, regulation.title, end))

    def result(self) -> LookedUp:
        regions = tuple(
            RegionAnswer(regulation=self.library.regulation(id), articles=tuple(articles))
            for id, articles in self.answers.items()
        )
        return LookedUp(regions=regions, missing=tuple(self.missing))


def _provision_of(ref: ArticleRef, step: ArticleStep, library: Library) -> ArticleRef:
    """An item without its paragraph is one of the paragraph quoted, where that has so many."""
    paragraph = step.paragraph
    if not paragraph and ref.paragraph:
        items = library.article(ref).paragraphs[ref.paragraph - 1].items
        paragraph = ref.paragraph if step.item <= len(items) else 0
    return ArticleRef(
        regulation=ref.regulation,
        article=ref.article,
        suffix=ref.suffix,
        paragraph=paragraph,
        item=step.item,
    )


def _other_law(text: str, reference: FoundReference, library: Library) -> str | None:
    """The law or title that a reference belongs to, where the library does not hold it."""
    if reference.regulation is None and reference.named:
        return reference.named
    law = _LAW_BEFORE.search(text[: reference.start])
    if law is None or (reference.regulation and _is_title(law.group(1), reference, library)):
        return None
    return law.group(1)


def _is_title(law: str, reference: FoundReference, library: Library) -> bool:
    """Whether the law is the regulation that the reference was found to belong to."""
    regulation = library.regulation(reference.regulation or "")
    return law.endswith((regulation.title, *short_titles(regulation)))


def _ref_of(reference: FoundReference, regulation: str) -> ArticleRef:
    return ArticleRef(
        regulation=regulation,
        article=reference.article,
        suffix=reference.suffix,
        paragraph=reference.paragraph,
        item=reference.item,
    )
