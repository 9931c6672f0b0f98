"""What a click, a question or a file on the page does: plain values in, HTML out."""

from __future__ import annotations

import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answer import Answer
from assistant.assistant import Assistant
from checkers.compare_checks import EarlierCheck, summarize_check
from checkers.load_rules import DEFAULT_PROFILE, Rules
from checkers.watch_reading import ReadingWatch
from corpus.add_regulation import add_regulation, remove_regulation
from corpus.article_ref import ArticleRef
from corpus.errors import ArticleNotFound
from corpus.load_sources import ADDED_FOLDER
from ui.check_uploads import ReportProgress, Upload, UploadChecker, word_progress
from ui.clean_question import clean_question
from ui.conversation import (
    Conversation,
    Turn,
    earlier_questions,
    latest_report,
    render_notice,
    render_success,
)
from ui.errors import RequestRefused
from ui.explain_error import explain_error
from ui.follow_check import FollowedCheck
from ui.grow_blocks import grow_blocks, list_blocks
from ui.keep_checked import keep_checked
from ui.kept_results import (
    CheckedReport,
    CheckedReports,
    KeptBatches,
    KeptChecklists,
    KeptStops,
)
from ui.render_answer import render_answer, render_unfinished
from ui.render_article import find_quotes, find_words, render_article
from ui.render_batch_card import render_batch_card
from ui.render_library import render_matches, render_regulation, render_tree
from ui.render_report_card import render_report_card
from ui.search_articles import search_articles, split_words

SENTENCE_PAUSE = 0.03
"""Seconds between two sentences, so that the eye can follow; the answer is there at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What the person sent.

    Attributes:
        text: a question; empty where only files were sent.
        files: reports to check.
        region: id of the regulation selected; None: all.
        alone: the question is asked without what was said before.
        previous: key of the earlier version that a file is to be compared with; empty for none.
    """

    text: str
    files: tuple[Path, ...] = ()
    region: str | None = None
    alone: bool = False
    previous: str = ""


class PageActions:
    """The page's actions over one assistant; holds nothing of any single visitor."""

    def __init__(
        self,
        assistant: Assistant,
        rules: Rules,
        data_folder: Path,
        *,
        reports: CheckedReports,
        checklists: KeptChecklists,
        batches: KeptBatches | None = None,
    ) -> None:
        self._assistant = assistant
        self._rules = rules
        self._reports = reports
        self._batches = batches or KeptBatches()
        self._checklists = checklists
        self._stops = KeptStops()
        self._data_folder = data_folder
        self._checker = UploadChecker(assistant, rules, kept_in=data_folder)

    def reply(self, sent: Sent, turns: Conversation) -> Iterator[Conversation]:
        """Yield the growing conversation: the files checked, then the question answered."""
        if sent.files:
            turn = Turn(file_name=_name_files(sent.files), waiting="正在读取并检查报告")
            grown = turns
            for grown in _grow(turns, turn, self._check(turn, sent)):
                yield grown
            turns = grown
        question = clean_question(sent.text)
        if question:
            turn = Turn(question=question, waiting="正在查条文", alone=sent.alone)
            yield from _grow(turns, turn, self._answer((*turns, turn), sent.region))

    def stop(self, key: str) -> None:
        """End a check that is under way; it shows what it has by then."""
        event = self._stops.find(key)
        if event is not None:
            event.set()

    def open_article(self, address: str, *, quotes: str = "", words: str = "") -> str:
        """Return the article at ``regulation:number:suffix`` with quotes or words marked."""
        return _told(lambda: self._render_article(address, quotes, words))

    def open_regulation(self, regulation_id: str) -> str:
        """Return a whole regulation."""
        return _told(lambda: self._render_regulation(regulation_id))

    def browse(self, query: str | None = "") -> str:
        """Return the matches of a query, or the tree of the library where it is blank."""
        words = split_words(clean_question(query or ""))
        if not words:
            return render_tree(self._assistant.library)
        return render_matches(search_articles(" ".join(words), self._assistant.library), words)

    def regions(self) -> list[tuple[str, str]]:
        """Return names and ids for the region selector, all regions first."""
        regulations = self._assistant.library.regulations
        regions = Counter(regulation.region.name for regulation in regulations)
        named = (
            (r.region.name if regions[r.region.name] == 1 else f"{r.region.name}：{r.title}", r.id)
            for r in regulations
        )
        return [("全部地区", ""), *named]

    def add(self, path: Path | None, *, region: str, title: str) -> str:
        """Add a regulation and return what to show: success, or every problem that was found."""
        if path is None:
            return render_notice("请先选择办法全文的文件。")
        return _told(lambda: self._add(path, region.strip() or None, title.strip() or None))

    def remove(self, regulation_id: str) -> str:
        """Remove a regulation that was added and return what to show."""
        return _told(lambda: self._remove(regulation_id))

    def _answer(self, turns: Conversation, region: str | None) -> Iterator[Turn]:
        """Yield the last turn with its growing reply.

        A language model's words come as they are verified; without one the answer is there at
        once, and is only shown step by step.
        """
        turn = turns[-1]
        *history, question = earlier_questions(turns)
        report = self._reports.find(latest_report(turns))
        answers = self._assistant.stream(question, region=region, history=history, report=report)
        written = False
        for answer in answers:
            if answer.mode == "llm":
                written = True
                yield replace(turn, reply=render_unfinished(answer, list_blocks(answer)))
        if not written:
            for blocks in grow_blocks(list_blocks(answer)):
                yield replace(turn, reply=render_unfinished(answer, blocks), waiting="")
                time.sleep(SENTENCE_PAUSE)
        yield replace(turn, reply=self._render_complete(question, answer), waiting="")

    def _render_complete(self, question: str, answer: Answer) -> str:
        keys = [self._checklists.keep(checklist) for checklist in answer.checklists]
        return render_answer(answer, question=question, keys=keys)

    def _check(self, turn: Turn, sent: Sent) -> Iterator[Turn]:
        stop = threading.Event()
        key = self._stops.keep(stop)
        # Whoever leaves early leaves a reader behind that may hold a file open for a moment.
        with TemporaryDirectory(prefix="zhengxin-page-", ignore_cleanup_errors=True) as folder:
            taken = replace(sent, files=_take_over(sent.files, Path(folder)))
            with FollowedCheck(
                lambda watch, tell: self._check_files(taken, watch, tell), stop
            ) as check:
                for progress in check.progress():
                    stops = key if progress.takes_long and not stop.is_set() else ""
                    yield replace(turn, waiting=word_progress(progress, stop), stop=stops)
                checked = check.result()
        yield self._render_checked(turn, checked)

    def _check_files(
        self, sent: Sent, watch: ReadingWatch, tell: ReportProgress
    ) -> tuple[CheckedReport, ...]:
        earlier = self._find_earlier(sent.previous)
        profile = sent.region if sent.region in self._rules.profiles else None
        if earlier is not None:
            profile = earlier.profile
        uploads = [Upload(path=path, name=path.name) for path in sent.files]
        checked = self._checker.check(
            uploads, profile or DEFAULT_PROFILE, watch=watch, report_progress=tell
        )
        if earlier is None or len(checked) != 1:
            return checked
        (one,) = checked
        return (replace(one, result=self._checker.compare(one.result, earlier)),)

    def _find_earlier(self, key: str) -> EarlierCheck | None:
        if not key:
            return None
        result = self._reports.find(key)
        if result is None:
            raise RequestRefused("上一版的检查结果已过期，请先重新上传上一版，再上传新版。")
        return summarize_check(result)

    def _render_checked(self, turn: Turn, checked: Sequence[CheckedReport]) -> Turn:
        regions = {r.id: r.region.name for r in self._assistant.library.regulations}
        kept = keep_checked(checked, self._reports, self._batches)
        if len(checked) == 1:
            (key,) = kept.reports
            reply = render_report_card(checked[0], key=key, regions=regions)
            return replace(turn, reply=reply, waiting="", stop="", report=key)
        reply = render_batch_card(checked, kept, regions=regions)
        return replace(turn, reply=reply, waiting="", stop="")

    def _render_article(self, address: str, quotes: str, words: str) -> str:
        library = self._assistant.library
        article = library.article(_read_address(address))
        marked = find_quotes(article.text, quotes) or find_words(article.text, split_words(words))
        return render_article(article, library.regulation(article.regulation), marked=marked)

    def _render_regulation(self, regulation_id: str) -> str:
        regulation = self._assistant.library.regulation(regulation_id)
        is_added = (self._data_folder / ADDED_FOLDER / regulation.id).is_dir()
        return render_regulation(regulation, removable=is_added)

    def _add(self, path: Path, region: str | None, title: str | None) -> str:
        added = add_regulation(path, self._data_folder, region=region, title=title)
        self._assistant.reload()
        return render_success(
            f"已添加《{added.title}》，适用地区{added.region.name}，共{len(added.articles)}条，"
            "现在就可以提问。"
        )

    def _remove(self, regulation_id: str) -> str:
        # What comes from a browser names a folder only once the library knows it.
        regulation = self._assistant.library.regulation(regulation_id)
        remove_regulation(regulation.id, self._data_folder)
        self._assistant.reload()
        return render_success("已移除，这部办法不再参与回答。")


def _grow(turns: Sequence[Turn], turn: Turn, versions: Iterator[Turn]) -> Iterator[Conversation]:
    """Yield the conversation with the turn waiting, then with each version of it."""
    yield (*turns, turn)
    try:
        for version in versions:
            yield (*turns, version)
    except Exception as error:  # noqa: BLE001 - the page's edge: shown here, logged by explain_error
        yield (*turns, replace(turn, reply=render_notice(explain_error(error)), waiting=""))


def _take_over(files: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Move uploads to a folder of this check alone.

    Gradio gives the same path to all who send the same file; the check of one that ends would
    take it away from the others.
    """
    taken = []
    for count, path in enumerate(files):
        target = folder / str(count) / path.name
        target.parent.mkdir()
        # What is gone already is told by the check, in its own words.
        taken.append(Path(shutil.move(path, target)) if path.exists() else target)
    return tuple(taken)


def _name_files(files: Sequence[Path]) -> str:
    return files[0].name if len(files) == 1 else f"{files[0].name} 等{len(files)}份文件"


def _told(action: Callable[[], str]) -> str:
    """Return what the action shows, or the sentence that says why it failed."""
    try:
        return action()
    except Exception as error:  # noqa: BLE001 - the page's edge: shown here, logged by explain_error
        return render_notice(explain_error(error))


def _read_address(address: str) -> ArticleRef:
    regulation, _, numbers = address.partition(":")
    number, _, suffix = numbers.partition(":")
    if not (number.isdecimal() and (suffix or "0").isdecimal()):
        raise ArticleNotFound(f"没有“{address[:40]}”这一条。")
    return ArticleRef(regulation=regulation, article=int(number), suffix=int(suffix or 0))
