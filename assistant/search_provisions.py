"""A question by itself -> the provisions of each regulation that answer it best."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.article_index import ArticleIndex
from assistant.choose_quotes import choose_quotes
from assistant.choose_regulations import choose_asked, choose_searched
from assistant.embed_texts import Encoder
from assistant.extract_lead import extract_lead
from assistant.find_named import find_named
from assistant.lead_with_consequence import lead_with_consequence
from assistant.point_elsewhere import Pointer
from assistant.region_answer import ArticleAnswer, RegionAnswer
from assistant.rerank_articles import Reranker, rerank_articles
from assistant.score_articles import Candidate, Findings, score_articles
from assistant.tell_scope import weigh_scope
from assistant.understand_question import Query
from assistant.weigh_coverage import weigh_coverage
from corpus.article_ref import ArticleRef
from corpus.library import Library
from corpus.regulation import Regulation


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A question with what was found for it.

    Attributes:
        query: the question.
        findings: candidates of each regulation that was searched, best first.
        coverage: by regulation, how surely it provides for the question, 0 to 1.
    """

    query: Query
    findings: Findings
    coverage: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionSearch:
    """Finds provisions in one state of the library, which it never changes.

    Attributes:
        library: the regulations.
        index: what was built from them.
        encoder: text -> vector.
        clock: what day it is.
        reranker: reads the best candidates once more; None for none.
    """

    library: Library
    index: ArticleIndex
    encoder: Encoder
    clock: Callable[[], date]
    reranker: Reranker | None = None

    def choose_asked(self, query: Query, region: str | None) -> list[Regulation]:
        """Return the regulations that a question asks: those named, else the selected one."""
        ids = query.regions or ((region,) if region else ())
        return choose_asked(ids, self.library, self.index, lambda: self._embed(query))

    def weigh_scope(self, found: Found, *, goes_on: bool = False) -> float:
        """Return how surely a question is about these projects, 0 to 1."""
        return weigh_scope(found.query, self.index, found.findings, goes_on=goes_on)

    def search(self, query: Query, asked: Sequence[Regulation]) -> Found:
        """Search some regulations; others too where that tells whether one of these is silent."""
        ids = choose_searched(asked, self.library)
        findings = score_articles(query, self.index, self._embed(query), ids)
        coverage = weigh_coverage(query, self.index, findings)
        return Found(query=query, findings=findings, coverage=coverage)

    def _embed(self, query: Query) -> Sequence[float]:
        return self.encoder.embed_query(query.core or query.text)

    def answer_region(
        self, search: Found, regulation: Regulation, few: int, first: ArticleRef | None = None
    ) -> RegionAnswer:
        """Answer for one regulation.

        Args:
            search: the question and what was found for it.
            regulation: one that was searched and provides for it.
            few: how many related provisions to tell.
            first: the article that goes before all others; None for the best one.
        """
        found = self._rerank(search.query, search.findings.candidates[regulation.id])
        # The article that sets the bound of the figures asked about goes before all others.
        found = sorted(found, key=lambda candidate: candidate.ref != first)
        article = self.answer_article(search.query, found[0].ref)
        related = tuple(self.library.cite(near.ref) for near in found[1 : few + 1])
        region = RegionAnswer(regulation=regulation, articles=(article,), related=related)
        return lead_with_consequence(search.query, region, self.library, self.clock())

    def _rerank(self, query: Query, found: Sequence[Candidate]) -> Sequence[Candidate]:
        """The candidates of a regulation that provides for the question, in their last order."""
        if self.reranker is None:
            return found
        texts = [self.library.article(candidate.ref).text for candidate in found]
        return rerank_articles(query.core or query.text, found, texts, self.reranker)

    def answer_article(self, query: Query, ref: ArticleRef) -> ArticleAnswer:
        """Quote what an article says on a question."""
        article = self.library.article(ref)
        record = self.index.records[ref]
        citations = choose_quotes(query, article, record, self.library)
        return ArticleAnswer(lead=extract_lead(query, citations), citations=citations)

    def list_elsewhere(self, search: Found, asked: Sequence[Regulation]) -> Iterator[Pointer]:
        """The best article of each regulation that was searched and not asked for."""
        known = {regulation.id for regulation in asked}
        for id, coverage in search.coverage.items():
            if id not in known and search.findings.candidates[id]:
                best = search.findings.candidates[id][0]
                yield Pointer(
                    regulation=self.library.regulation(id),
                    article=self.library.article(best.ref),
                    coverage=coverage,
                )

    def list_named(self, search: Found, asked: Sequence[Regulation]) -> dict[str, ArticleRef]:
        """The articles that name what several regions are asked about; empty for one region."""
        found = {
            one.id: find_named(search.query, search.findings.candidates[one.id], self.library)
            for one in asked[: len(asked) if len(asked) > 1 else 0]
        }
        return {id: ref for id, ref in found.items() if ref is not None}
