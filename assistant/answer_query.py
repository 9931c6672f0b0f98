"""A question by itself -> an answer in the words of the regulations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer, Remark
from assistant.choose_regulations import add_notices, tell_left_out, tell_mended
from assistant.compare_regions import compare_regions
from assistant.compose_answer import Extras, compose_answered
from assistant.compose_refusal import (
    compose_missing_article,
    compose_no_question,
    compose_not_covered,
    compose_out_of_scope,
    compose_unknown_law,
    compose_unknown_place,
    compose_which_stage,
)
from assistant.correct_premise import correct_premise
from assistant.find_claimed_articles import find_claimed_articles
from assistant.find_named import is_open
from assistant.join_parts import (
    PartAnswer,
    compare_parts,
    join_regions,
    list_parts,
    tell_uncovered,
)
from assistant.look_up_articles import LookedUp, look_up_articles
from assistant.make_checklists import make_checklists
from assistant.point_elsewhere import point_elsewhere
from assistant.point_within import point_within
from assistant.read_stage_question import lacks_stage
from assistant.read_turn import Reader
from assistant.region_answer import RegionAnswer
from assistant.remark_damage import remark_damage
from assistant.remark_validity import asks_validity, remark_validity
from assistant.search_provisions import Found, ProvisionSearch
from assistant.split_question import Part, split_question
from assistant.tell_stages import tell_stages
from assistant.tell_validity import tell_validity
from assistant.understand_question import Query
from assistant.work_out import asks_what_then, find_worked_articles, work_out
from corpus.article_ref import ArticleRef
from corpus.library import Library
from corpus.regulation import Regulation

# Bounds on the fitted probabilities, read off the cross-validated tables that
# ``python -m evals.fit_ranking`` prints. A regulation provides for the question from the first one;
# where it is doubtful whether the question is about these projects at all, from the second one.
_COVERED_FROM, _SURELY_COVERED_FROM = 0.45, 0.8
# Below the first nothing is answered; below the second it is doubtful; a question that no
# regulation provides for needs the third to count as one on these projects.
_FOREIGN_BELOW, _DOUBTFUL_BELOW, _IN_SCOPE_FROM = 0.4, 0.6, 0.7
# Related provisions shown of each regulation: many where one is asked about, few where all are.
_RELATED_OF_ONE, _RELATED_OF_MANY = 5, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryAnswering:
    """Answers questions that have been read, each by itself.

    Attributes:
        library: the regulations.
        provisions: finds in them.
        read: reads a question by itself.
        clock: what day it is.
    """

    library: Library
    provisions: ProvisionSearch
    read: Reader
    clock: Callable[[], date]

    def answer(self, query: Query, region: str | None) -> Answer:
        """Answer a question, for the regulation selected where it names none."""
        if not query.text:
            return compose_no_question()
        if query.unknown_places and not query.regions:
            return compose_unknown_place(query.unknown_places, self.library.regulations)
        asked = self.provisions.choose_asked(query, region)
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
            return self.tell_looked_up(query, looked_up, asked)
        in_force = tell_validity(query, asked, self.library)
        if in_force:
            silent = [r for r in asked if r.id not in {a.regulation.id for a in in_force}]
            return self.compose(query, in_force, silent if query.regions else ())
        staged = tell_stages(query, asked, self.library)
        if staged:
            told = {region.regulation.id for region in staged}
            untold = [r for r in asked if r.id not in told]
            return self.compose(query, staged, untold if query.regions else [], untold)
        parts = [self._answer_part(part, asked) for part in split_question(query, self.read)]
        if any(part.regions for part in parts):
            regions = join_regions(parts)
            told = {region.regulation.id for region in regions}
            silent = [r for r in asked if r.id not in told] if query.regions else []
            return self.compose(query, regions, silent, parts=parts)
        return self._search_and_answer(query, asked)

    def _answer_part(self, part: Part, asked: Sequence[Regulation]) -> PartAnswer:
        """What the regulations say on one of the questions that are asked in one."""
        named = part.query.regions
        own = [regulation for regulation in asked if not named or regulation.id in named]
        found = self.provisions.search(part.query, own)
        scope = self.provisions.weigh_scope(found, goes_on=True)
        bound = _SURELY_COVERED_FROM if scope < _DOUBTFUL_BELOW else _COVERED_FROM
        is_foreign = scope < _FOREIGN_BELOW
        covered = [] if is_foreign else [r for r in own if found.coverage[r.id] >= bound]
        few = _RELATED_OF_ONE if len(covered) == 1 else _RELATED_OF_MANY
        return PartAnswer(
            query=part.query,
            words=part.words,
            regions=tuple(
                self.provisions.answer_region(found, regulation, few) for regulation in covered
            ),
            silent=tuple(regulation for regulation in own if regulation not in covered),
        )

    def tell_looked_up(self, query: Query, found: LookedUp, asked: Sequence[Regulation]) -> Answer:
        """Answer with provisions that were asked for by number, or say that there are none."""
        if found.unknown_law is not None:
            return compose_unknown_law(found.unknown_law, self.library.regulations)
        if not found.regions:
            return compose_missing_article(asked, found.missing)
        return self.compose(query, found.regions, ())

    def _search_and_answer(self, query: Query, asked: Sequence[Regulation]) -> Answer:
        found = self.provisions.search(query, asked)
        scope = self.provisions.weigh_scope(found)
        if scope < _FOREIGN_BELOW:
            return compose_out_of_scope(self.library.regulations)
        bound = _SURELY_COVERED_FROM if scope < _DOUBTFUL_BELOW else _COVERED_FROM
        claimed = find_claimed_articles(query, asked)
        worked = claimed | find_worked_articles(query, asked, self.library, self.clock())
        named = self.provisions.list_named(found, asked)
        covered = [r for r in asked if found.coverage[r.id] >= bound or r.id in worked]
        if covered and is_open(query):
            covered = [r for r in asked if r in covered or r.id in named]
        if covered:
            firsts = named if asks_what_then(query) else {**named, **worked}
            return self._answer_covered(found, asked, covered, firsts)
        if scope < _IN_SCOPE_FROM:
            return compose_out_of_scope(self.library.regulations)
        return self._tell_not_covered(found, asked)

    def _answer_covered(
        self,
        found: Found,
        asked: Sequence[Regulation],
        covered: Sequence[Regulation],
        firsts: Mapping[str, ArticleRef],
    ) -> Answer:
        few = _RELATED_OF_ONE if len(covered) == 1 else _RELATED_OF_MANY
        regions = [self.provisions.answer_region(found, r, few, firsts.get(r.id)) for r in covered]
        unanswered = [r for r in asked if r not in covered]
        silent = unanswered if found.query.regions else []
        return self.compose(found.query, regions, silent, unanswered)

    def _tell_not_covered(self, found: Found, asked: Sequence[Regulation]) -> Answer:
        """Say that none provides for it, with what is near and who else does."""
        query = found.query
        few = _RELATED_OF_ONE if len(asked) == 1 else 1
        related = [
            self.library.cite(candidate.ref)
            for regulation in asked
            for candidate in found.findings.candidates[regulation.id][:few]
        ]
        return compose_not_covered(
            asked,
            point_elsewhere(query, self.provisions.list_elsewhere(found, asked)),
            related,
            everywhere=len(asked) == len(self.library.regulations),
            remarks=(
                *correct_premise(query, (), asked),
                *(point_within(query, related, asked[0]) if len(asked) == 1 else ()),
                *self._remark_term(query, asked),
            ),
        )

    def _remark_term(self, query: Query, asked: Sequence[Regulation]) -> tuple[Remark, ...]:
        """What is known of the validity, where a term is asked for that the text does not set."""
        if not asks_validity(query):
            return ()
        today = self.clock()
        return tuple(
            remark for regulation in asked for remark in remark_validity(query, regulation, today)
        )

    def compose(
        self,
        query: Query,
        regions: Sequence[RegionAnswer],
        silent: Sequence[Regulation],
        unanswered: Sequence[Regulation] = (),
        parts: Sequence[PartAnswer] = (),
    ) -> Answer:
        """Write the text of the provisions, with all that is worked out from them.

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
