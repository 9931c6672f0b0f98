"""A question, with what was said before -> an answer from one state of the library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Block, Carried
from assistant.answer_query import QueryAnswering
from assistant.choose_regulations import add_notices
from assistant.compose_refusal import (
    compose_introduction,
    compose_no_question,
    compose_out_of_scope,
)
from assistant.conversation_words import load_conversation_words
from assistant.discuss_report import discuss_report
from assistant.look_up_articles import look_up_articles, name_article_subject, step_from
from assistant.read_request import read_request
from assistant.read_turn import Reader
from assistant.region_answer import RegionAnswer
from assistant.resume_conversation import Meant, resume_conversation
from assistant.search_provisions import ProvisionSearch
from assistant.show_carried import (
    compose_no_article,
    compose_place,
    compose_restart,
    compose_thanks,
    show_carried,
)
from assistant.turn_to_breach import turn_to_breach
from assistant.understand_question import Query, clean_question
from checkers.finding import CheckResult
from corpus.citation import Citation
from corpus.library import Library
from corpus.regulation import Article

_REPLIES = {"thanks": compose_thanks, "restart": compose_restart, "blank": compose_no_question}
# Of 40 follow-ups taken by themselves (几天, 要盖章吗, 找谁签字) none lies lower than 0.3; of 20
# questions about something else 16 do.
_FOREIGN_TURN_BELOW = 0.25
_NOT_HELD = "本库没有收录{}的办法，这里没有回答。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Answers questions from one state of the library, which it never changes.

    Attributes:
        library: the regulations.
        provisions: finds in them.
        queries: answers a question by itself.
        read: reads a question by itself.
        notices: Chinese sentences that every answer tells.
    """

    library: Library
    provisions: ProvisionSearch
    queries: QueryAnswering
    read: Reader
    notices: tuple[str, ...] = ()

    def answer(
        self,
        question: str,
        region: str | None,
        history: Sequence[str],
        report: CheckResult | None = None,
    ) -> Answer:
        """Answer a question; see ``Assistant.ask``."""
        request = read_request(clean_question(question))
        if request.kind in ("greeting", "about_us"):
            return compose_introduction(self.library.regulations)
        if request.kind == "thanks" and not history:
            return compose_thanks()
        if request.kind == "command":
            return compose_out_of_scope(self.library.regulations)
        if request.had_commands:
            question = request.question
        if report is not None:
            discussed = discuss_report(
                question, report, history=history, read=self.read, library=self.library
            )
            if discussed is not None:
                return discussed
            region = region or self._region_of(report)
        meant = resume_conversation(
            [*history, question],
            self.read,
            has_selection=region is not None,
            is_known=self.provisions.index.document_frequency.__contains__,
            is_foreign=self._is_foreign,
        )
        answer = self._show_carried(self._answer_meant(meant, region), meant)
        return add_notices(answer, self.notices)

    def _is_foreign(self, query: Query) -> bool:
        """Whether a short question by itself is about something else (离婚财产怎么分)."""
        found = self.provisions.search(query, self.provisions.choose_asked(query, None))
        scope = self.provisions.weigh_scope(found, goes_on=True)
        return scope < _FOREIGN_TURN_BELOW

    def _region_of(self, report: CheckResult) -> str | None:
        """The region that a report was checked for; None for the strictest profile."""
        known = [regulation.id for regulation in self.library.regulations]
        return report.profile if report.profile in known else None

    def _answer_meant(self, meant: Meant, region: str | None) -> Answer:
        if meant.reply == "place":
            regions = [self.library.regulation(id).region.name for id in meant.query.regions]
            return compose_place(regions)
        if meant.reply is not None:
            return _REPLIES[meant.reply]()
        selected = None if meant.everywhere else region
        if meant.step is not None and meant.before is not None:
            return self._answer_step(meant, selected)
        if meant.carried_regions:
            # 网络安全法第二十一条 names no region: it is not asked of the one before.
            found = look_up_articles(meant.query.text, (), self.library, names_region=False)
            if found is not None and found.unknown_law is not None:
                return self.queries.tell_looked_up(meant.query, found, ())
        answer = self.queries.answer(self._turn_to_breach(meant, selected), selected)
        places = [p for p in meant.query.unknown_places if p in answer.text]
        if meant.query.unknown_places and meant.query.regions and not places:
            told = _NOT_HELD.format("、".join(meant.query.unknown_places))
            notice = Block(kind="notice", text=told)
            return replace(answer, text=f"{answer.text}\n\n{told}", blocks=(*answer.blocks, notice))
        return answer

    def _answer_step(self, meant: Meant, region: str | None) -> Answer:
        """The provision next to those that the question before is answered with."""
        if meant.before is None or meant.step is None:
            return compose_no_article()
        quoted = self._quoted(meant.before, region)
        if not quoted:
            return compose_no_article()
        if meant.step.kind == "within":
            return self._ask_within(meant.query, quoted)
        if meant.step.kind == "about":
            return self._ask_about(meant.query, quoted[0].article)
        found = step_from(quoted, meant.step, self.library)
        asked = [self.library.regulation(citation.ref.regulation) for citation in quoted[:1]]
        answer = self.queries.tell_looked_up(meant.query, found, asked)
        firsts = {citation.ref.regulation: citation.article for citation in reversed(quoted)}
        places = tuple(self.library.regulation(id).region.name for id in firsts)
        labels = tuple(dict.fromkeys(article.label for article in firsts.values()))
        return show_carried(answer, Carried(regions=places[::-1], subjects=labels[::-1]))

    def _ask_within(self, query: Query, quoted: Sequence[Citation]) -> Answer:
        """What the articles quoted before say on a question (这一条对报告怎么要求)."""
        firsts = {citation.ref.regulation: citation.article for citation in reversed(quoted)}
        regions = [
            RegionAnswer(
                regulation=self.library.regulation(id),
                articles=(self.provisions.answer_article(query, article.ref),),
            )
            for id, article in reversed(firsts.items())
        ]
        answer = self.queries.compose(query, regions, ())
        labels = tuple(dict.fromkeys(article.label for article in firsts.values()))
        return show_carried(answer, Carried(subjects=labels))

    def _ask_about(self, query: Query, article: Article) -> Answer:
        """Something on the subject of an article quoted before (违反了怎么办)."""
        breaches = load_conversation_words().breaches & query.concept_weights.keys()
        subject = "" if breaches else name_article_subject(article, self.read)
        joined = self.read(f"{subject} {query.core}".strip())
        answer = self.queries.answer(replace(joined, regions=(article.regulation,)), None)
        name = self.library.regulation(article.regulation).region.name
        return show_carried(answer, Carried(regions=(name,), subjects=(article.label,)))

    def _turn_to_breach(self, meant: Meant, region: str | None) -> Query:
        if meant.before is None or not (meant.what_then or meant.exceeds):
            return meant.query
        return turn_to_breach(meant, self._answer_meant(meant.before, region), self.read)

    def _quoted(self, meant: Meant, region: str | None) -> tuple[Citation, ...]:
        """What a question was answered with; a step that led nowhere stays where it was."""
        quoted = self._answer_meant(meant, region).citations
        if quoted or meant.step is None or meant.before is None:
            return quoted
        return self._quoted(meant.before, region)

    def _show_carried(self, answer: Answer, meant: Meant) -> Answer:
        if answer.status == "out_of_scope" or answer.carried is not None:
            return answer
        regions = tuple(
            self.library.regulation(id).region.name
            for id in meant.carried_regions
            if id in answer.regions
        )
        return show_carried(answer, Carried(regions=regions, subjects=meant.carried_subjects))
