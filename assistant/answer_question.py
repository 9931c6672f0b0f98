"""A question, with what was said before -> an answer from one state of the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Answer, Block, Carried, Remark
from assistant.article_index import ArticleIndex
from assistant.choose_quotes import choose_quotes
from assistant.choose_regulations import (
    add_notices,
    choose_asked,
    choose_searched,
    tell_left_out,
    tell_mended,
)
from assistant.compare_regions import compare_regions
from assistant.compose_answer import Extras, compose_answered
from assistant.compose_refusal import (
    compose_introduction,
    compose_missing_article,
    compose_no_question,
    compose_not_covered,
    compose_out_of_scope,
    compose_unknown_law,
    compose_unknown_place,
    compose_which_stage,
)
from assistant.conversation_words import load_conversation_words
from assistant.correct_premise import correct_premise
from assistant.discuss_report import discuss_report
from assistant.embed_texts import Encoder
from assistant.extract_lead import extract_lead
from assistant.find_claimed_articles import find_claimed_articles
from assistant.find_named import find_named, is_open
from assistant.join_parts import (
    PartAnswer,
    compare_parts,
    join_regions,
    list_parts,
    tell_uncovered,
)
from assistant.lead_with_consequence import lead_with_consequence
from assistant.look_up_articles import (
    LookedUp,
    look_up_articles,
    name_article_subject,
    step_from,
)
from assistant.make_checklists import make_checklists
from assistant.point_elsewhere import Pointer, point_elsewhere
from assistant.point_within import point_within
from assistant.read_request import read_request
from assistant.read_stage_question import lacks_stage
from assistant.read_turn import Reader
from assistant.region_answer import ArticleAnswer, RegionAnswer
from assistant.remark_damage import remark_damage
from assistant.remark_validity import asks_validity, remark_validity
from assistant.rerank_articles import Reranker, rerank_articles
from assistant.resume_conversation import Meant, resume_conversation
from assistant.score_articles import Candidate, Findings, score_articles
from assistant.show_carried import (
    compose_no_article,
    compose_place,
    compose_restart,
    compose_thanks,
    show_carried,
)
from assistant.split_question import Part, split_question
from assistant.tell_scope import weigh_scope
from assistant.tell_stages import tell_stages
from assistant.tell_validity import tell_validity
from assistant.turn_to_breach import turn_to_breach
from assistant.understand_question import Query, clean_question
from assistant.weigh_coverage import weigh_coverage
from assistant.work_out import asks_what_then, find_worked_articles, work_out
from checkers.finding import CheckResult
from corpus.article_ref import ArticleRef
from corpus.citation import Citation
from corpus.library import Library
from corpus.regulation import Article, Regulation

# Bounds on the fitted probabilities, read off the cross-validated tables that
# ``python -m evals.fit_ranking`` prints. A regulation provides for the question from the first one;
# where it is doubtful whether the question is about these projects at all, from the second one.
_COVERED_FROM, _SURELY_COVERED_FROM = 0.45, 0.8
# Below the first nothing is answered; below the second it is doubtful; a question that no
# regulation provides for needs the third to count as one on these projects.
_FOREIGN_BELOW, _DOUBTFUL_BELOW, _IN_SCOPE_FROM = 0.4, 0.6, 0.7
_REPLIES = {"thanks": compose_thanks, "restart": compose_restart, "blank": compose_no_question}
# Of 40 follow-ups taken by themselves (几天, 要盖章吗, 找谁签字) none lies lower than 0.3; of 20
# questions about something else 16 do.
_FOREIGN_TURN_BELOW = 0.25
_NOT_HELD = "本库没有收录{}的办法，这里没有回答。"
# Related provisions shown of each regulation: many where one is asked about, few where all are.
_RELATED_OF_ONE, _RELATED_OF_MANY = 5, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """A question with what was found for it."""

    query: Query
    findings: Findings
    coverage: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """Answers questions from one state of the library, which it never changes.

    Attributes:
        library: the regulations.
        index: what was built from them.
        encoder: text -> vector.
        read: reads a question by itself.
        clock: what day it is.
        reranker: reads the best candidates once more; None for none.
        notices: Chinese sentences that every answer tells.
    """

    library: Library
    index: ArticleIndex
    encoder: Encoder
    read: Reader
    clock: Callable[[], date]
    reranker: Reranker | None = None
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
            discussed = discuss_report(question, report, history=history, read=self.read)
            if discussed is not None:
                return discussed
            region = region or self._region_of(report)
        meant = resume_conversation(
            [*history, question],
            self.read,
            has_selection=region is not None,
            is_known=self.index.document_frequency.__contains__,
            is_foreign=self._is_foreign,
        )
        answer = self._show_carried(self._answer_meant(meant, region), meant)
        return add_notices(answer, self.notices)

    def _is_foreign(self, query: Query) -> bool:
        """Whether a short question by itself is about something else (离婚财产怎么分)."""
        search = self._search(query, self._asked_regulations(query, None))
        scope = weigh_scope(query, self.index, search.findings, goes_on=True)
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
                return self._tell_looked_up(meant.query, found, ())
        answer = self._answer_query(self._turn_to_breach(meant, selected), selected)
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
        answer = self._tell_looked_up(meant.query, found, asked)
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
                articles=(self._answer_article(query, article.ref),),
            )
            for id, article in reversed(firsts.items())
        ]
        answer = self._compose(query, regions, ())
        labels = tuple(dict.fromkeys(article.label for article in firsts.values()))
        return show_carried(answer, Carried(subjects=labels))

    def _ask_about(self, query: Query, article: Article) -> Answer:
        """Something on the subject of an article quoted before (违反了怎么办)."""
        breaches = load_conversation_words().breaches & query.concept_weights.keys()
        subject = "" if breaches else name_article_subject(article, self.read)
        joined = self.read(f"{subject} {query.core}".strip())
        answer = self._answer_query(replace(joined, regions=(article.regulation,)), None)
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

    def _answer_query(self, query: Query, region: str | None) -> Answer:
        if not query.text:
            return compose_no_question()
        if query.unknown_places and not query.regions:
            return compose_unknown_place(query.unknown_places, self.library.regulations)
        asked = self._asked_regulations(query, region)
        if lacks_stage(query.core, query.text):
            return compose_which_stage(asked, named=bool(query.regions or region))
        answer = self._answer_asked(query, asked)
        if answer.status == "out_of_scope":
            return answer
        named = query.regions or ((region,) if region else ())
        notices = (*tell_mended(query), *tell_left_out(named, asked, self.library))
        return add_notices(answer, notices)

    def _answer_asked(self, query: Query, asked: Sequence[Regulation]) -> Answer:
        looked_up = look_up_articles(
            query.text, asked, self.library, names_region=bool(query.regions)
        )
        if looked_up is not None:
            return self._tell_looked_up(query, looked_up, asked)
        in_force = tell_validity(query, asked, self.library)
        if in_force:
            silent = [r for r in asked if r.id not in {a.regulation.id for a in in_force}]
            return self._compose(query, in_force, silent if query.regions else ())
        staged = tell_stages(query, asked, self.library)
        if staged:
            told = {region.regulation.id for region in staged}
            untold = [r for r in asked if r.id not in told]
            return self._compose(query, staged, untold if query.regions else [], untold)
        parts = [self._answer_part(part, asked) for part in split_question(query, self.read)]
        if any(part.regions for part in parts):
            regions = join_regions(parts)
            told = {region.regulation.id for region in regions}
            silent = [r for r in asked if r.id not in told] if query.regions else []
            return self._compose(query, regions, silent, parts=parts)
        return self._search_and_answer(query, asked)

    def _answer_part(self, part: Part, asked: Sequence[Regulation]) -> PartAnswer:
        """What the regulations say on one of the questions that are asked in one."""
        named = part.query.regions
        own = [regulation for regulation in asked if not named or regulation.id in named]
        search = self._search(part.query, own)
        scope = weigh_scope(part.query, self.index, search.findings, goes_on=True)
        bound = _SURELY_COVERED_FROM if scope < _DOUBTFUL_BELOW else _COVERED_FROM
        is_foreign = scope < _FOREIGN_BELOW
        covered = [] if is_foreign else [r for r in own if search.coverage[r.id] >= bound]
        few = _RELATED_OF_ONE if len(covered) == 1 else _RELATED_OF_MANY
        return PartAnswer(
            query=part.query,
            words=part.words,
            regions=tuple(self._answer_region(search, regulation, few) for regulation in covered),
            silent=tuple(regulation for regulation in own if regulation not in covered),
        )

    def _tell_looked_up(self, query: Query, found: LookedUp, asked: Sequence[Regulation]) -> Answer:
        if found.unknown_law is not None:
            return compose_unknown_law(found.unknown_law, self.library.regulations)
        if not found.regions:
            return compose_missing_article(asked, found.missing)
        return self._compose(query, found.regions, ())

    def _asked_regulations(self, query: Query, region: str | None) -> list[Regulation]:
        ids = query.regions or ((region,) if region else ())
        return choose_asked(ids, self.library, self.index, lambda: self._embed(query))

    def _search_and_answer(self, query: Query, asked: Sequence[Regulation]) -> Answer:
        search = self._search(query, asked)
        scope = weigh_scope(query, self.index, search.findings)
        if scope < _FOREIGN_BELOW:
            return compose_out_of_scope(self.library.regulations)
        bound = _SURELY_COVERED_FROM if scope < _DOUBTFUL_BELOW else _COVERED_FROM
        claimed = find_claimed_articles(query, asked)
        worked = claimed | find_worked_articles(query, asked, self.library, self.clock())
        named = self._find_named(search, asked)
        covered = [r for r in asked if search.coverage[r.id] >= bound or r.id in worked]
        if covered and is_open(query):
            covered = [r for r in asked if r in covered or r.id in named]
        everywhere = len(asked) == len(self.library.regulations)
        if covered:
            few = _RELATED_OF_ONE if len(covered) == 1 else _RELATED_OF_MANY
            firsts = named if asks_what_then(query) else {**named, **worked}
            regions = [self._answer_region(search, r, few, firsts.get(r.id)) for r in covered]
            unanswered = [r for r in asked if r not in covered]
            silent = unanswered if query.regions else []
            return self._compose(query, regions, silent, unanswered)
        if scope < _IN_SCOPE_FROM:
            return compose_out_of_scope(self.library.regulations)
        elsewhere = point_elsewhere(query, self._best_elsewhere(search, asked))
        few = _RELATED_OF_ONE if len(asked) == 1 else 1
        related = [
            self.library.cite(candidate.ref)
            for regulation in asked
            for candidate in search.findings.candidates[regulation.id][:few]
        ]
        return compose_not_covered(
            asked,
            elsewhere,
            related,
            everywhere=everywhere,
            remarks=(
                *correct_premise(query, (), asked),
                *(point_within(query, related, asked[0]) if len(asked) == 1 else ()),
                *self._remark_term(query, asked),
            ),
        )

    def _find_named(self, search: _Search, asked: Sequence[Regulation]) -> dict[str, ArticleRef]:
        """The articles that name what several regions are asked about; empty for one region."""
        found = {
            one.id: find_named(search.query, search.findings.candidates[one.id], self.library)
            for one in asked[: len(asked) if len(asked) > 1 else 0]
        }
        return {id: ref for id, ref in found.items() if ref is not None}

    def _remark_term(self, query: Query, asked: Sequence[Regulation]) -> tuple[Remark, ...]:
        """What is known of the validity, where a term is asked for that the text does not set."""
        if not asks_validity(query):
            return ()
        today = self.clock()
        return tuple(
            remark for regulation in asked for remark in remark_validity(query, regulation, today)
        )

    def _best_elsewhere(self, search: _Search, asked: Sequence[Regulation]) -> Iterator[Pointer]:
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

    def _compose(
        self,
        query: Query,
        regions: Sequence[RegionAnswer],
        silent: Sequence[Regulation],
        unanswered: Sequence[Regulation] = (),
        parts: Sequence[PartAnswer] = (),
    ) -> Answer:
        """The text of the provisions, with all that is worked out from them.

        Args:
            query: the question.
            regions: what the regulations say that provide for it.
            silent: regulations that the question names and that do not provide for it.
            unanswered: these, and where none is named all others; rows of the table.
            parts: the questions that are asked in one.
        """
        today = self.clock()
        quoted = [c for region in regions for article in region.articles for c in article.citations]
        remarks = (
            *correct_premise(query, regions, silent),
            *remark_damage(quoted),
            *(r for region in regions for r in remark_validity(query, region.regulation, today)),
        )
        comparison = compare_parts(parts) or compare_regions(query, regions, unanswered)
        remarks = (*remarks, *tell_uncovered(parts, in_table=comparison is not None))
        extras = Extras(
            remarks=remarks,
            workings=work_out(query, regions, self.library, today),
            comparison=comparison,
            checklists=list_parts(parts, self.library)
            or make_checklists(query, regions, self.library),
        )
        return compose_answered(regions, silent, extras)

    def _embed(self, query: Query) -> Sequence[float]:
        return self.encoder.embed_query(query.core or query.text)

    def _search(self, query: Query, asked: Sequence[Regulation]) -> _Search:
        # Others are searched too: how well another one answers tells whether one is silent.
        ids = choose_searched(asked, self.library)
        findings = score_articles(query, self.index, self._embed(query), ids)
        coverage = weigh_coverage(query, self.index, findings)
        return _Search(query=query, findings=findings, coverage=coverage)

    def _answer_region(
        self, search: _Search, regulation: Regulation, few: int, first: ArticleRef | None = None
    ) -> RegionAnswer:
        found = self._rerank(search.query, search.findings.candidates[regulation.id])
        # The article that sets the bound of the figures asked about goes before all others.
        found = sorted(found, key=lambda candidate: candidate.ref != first)
        article = self._answer_article(search.query, found[0].ref)
        related = tuple(self.library.cite(near.ref) for near in found[1 : few + 1])
        region = RegionAnswer(regulation=regulation, articles=(article,), related=related)
        return lead_with_consequence(search.query, region, self.library, self.clock())

    def _rerank(self, query: Query, found: Sequence[Candidate]) -> Sequence[Candidate]:
        """The candidates of a regulation that provides for the question, in their last order."""
        if self.reranker is None:
            return found
        texts = [self.library.article(candidate.ref).text for candidate in found]
        return rerank_articles(query.core or query.text, found, texts, self.reranker)

    def _answer_article(self, query: Query, ref: ArticleRef) -> ArticleAnswer:
        article = self.library.article(ref)
        record = self.index.records[ref]
        citations = choose_quotes(query, article, record, self.library)
        return ArticleAnswer(lead=extract_lead(query, citations), citations=citations)
