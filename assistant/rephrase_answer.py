"""Extractive answer + language model -> the same answer in the model's words, each verified.

Only the leads are put in other words. A lead that the model's statements cover is replaced by
them; one that they cover in part stands below them, so that no fact is lost; one that they do not
touch stays. Everything else of the answer is as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import Answer, Block, Remark
from assistant.compose_answer import join_blocks
from assistant.errors import ModelFailed
from assistant.fold_wording import fold_wording
from assistant.load_model import LanguageModel
from assistant.prepare_provision import BODY
from assistant.receive_text import receive_text
from assistant.split_statements import Statement, split_statements
from assistant.verify_statements import Source, find_source
from assistant.write_prompt import write_prompt
from corpus.library import Library

_FAILED = "{reason}，以下按条文原文作答。"
_CUT_SHORT = "{reason}，其余按条文原文作答。"
_SILENT = "语言模型没有给出回答"
_UNVERIFIED = "语言模型的表述与条文核对不上，未予采用"
_BOX = "- ☐"
_SIGNS = re.compile(r"\[\d+\]|\*\*|☐")
_FIGURE = re.compile(r"[0-9.]+(?:%|个?工作日|个月|月底|[年月日天周万亿元名人家次])?")
_ENTRY = re.compile(r"[^、,。;:\n]+(?=、)|(?<=、)[^、,。;:\n]+?(?=等|[,。;:\n]|$)")
_GOVERNING = re.compile("不得|不予|不再|可以|除外|原则上|之一")
# So much of the words of a lead has to stand in the statements for the lead to be covered.
_COVERED_FROM = 0.7


@dataclass
class _Lead:
    """One lead: its block, where it is taken from, and what the model says of it."""

    block: Block
    sources: tuple[Source, ...]
    said: list[str] = field(default_factory=list)
    folded: list[str] = field(default_factory=list)

    def add(self, statement: Statement, source: Source) -> None:
        """Take a verified statement; one that says nothing new is dropped."""
        folded = fold_wording(statement.readings[0]).strip("。")
        if any(folded in earlier for earlier in self.folded):
            return
        first, _, entries = statement.shown.partition("\n")
        self.said.append(f"{first} [{source.number}]" + (f"\n{entries}" if entries else ""))
        self.folded.append(folded)

    def compose(self, *, complete: bool) -> Block | None:
        """The block to show; None where a lead is still waited for."""
        if not self.said:
            return self.block if complete else None
        parts = list(self.said)
        if complete:
            parts += [self._boxes()] if self._is_covered() else [self.block.text]
        return replace(self.block, text="\n\n".join(filter(None, parts)))

    def _boxes(self) -> str:
        """A list that can be ticked stays, whatever else is said of it."""
        lines = self.block.text.split("\n")
        return "\n".join(line for line in lines if line.startswith(_BOX))

    def _is_covered(self) -> bool:
        """Whether the statements hold every fact of the lead."""
        lead = fold_wording(_SIGNS.sub("", self.block.text))
        told = "\n".join(self.folded)
        facts = [found.group().lstrip("-") for p in _FACTS for found in p.finditer(lead)]
        words = {lead[i : i + 2] for i in range(len(lead) - 1)}
        shared = sum(word in told for word in words) / (len(words) or 1)
        return all(fact in told for fact in facts) and shared >= _COVERED_FROM


_FACTS = (_FIGURE, _ENTRY, _GOVERNING, BODY, re.compile(r"(?<=\n-)[^\n]+"))


def rephrase_answer(
    question: str, answer: Answer, model: LanguageModel, library: Library, seconds: float
) -> Iterator[Answer]:
    """The answer as it grows, statement by statement; the last one is complete.

    Args:
        question: as asked.
        answer: extractive.
        model: see ``load_model``.
        library: for the names of regions.
        seconds: limit for all that the model says.
    """
    leads = _collect_leads(answer, library)
    sources = _list_sources(leads.values())
    if not sources:
        yield answer
        return
    heard: list[str] = []
    reason = ""
    try:
        pieces = receive_text(model, write_prompt(question, sources), seconds)
        for _ in _take_statements(split_statements(_listen(pieces, heard)), leads.values()):
            yield _compose(answer, leads, complete=False)
    except ModelFailed as error:
        reason = str(error)
    yield _conclude(answer, leads, reason, is_silent=not "".join(heard).strip())


def collect_sources(answer: Answer, library: Library) -> list[Source]:
    """What a model may rest on in this answer; empty where there is nothing to rephrase."""
    return _list_sources(_collect_leads(answer, library).values())


def _list_sources(leads: Iterable[_Lead]) -> list[Source]:
    return list({source.number: source for lead in leads for source in lead.sources}.values())


def add_notice(answer: Answer, text: str) -> Answer:
    """The answer with a notice of the program's own at its end."""
    remark = Remark(kind="notice", text=text)
    blocks = (*answer.blocks, Block(kind="notice", text=f"提示：{text}"))
    whole = "\n\n".join(part for part in (answer.text, blocks[-1].text) if part)
    return replace(answer, text=whole, blocks=blocks, remarks=(*answer.remarks, remark))


def _collect_leads(answer: Answer, library: Library) -> dict[int, _Lead]:
    """Number of the block -> lead, for the leads that have words to put otherwise."""
    leads = {}
    for number, block in enumerate(answer.blocks):
        if block.kind == "lead" and block.sources and block.regulation is not None:
            region = library.regulation(block.regulation).region
            places = (region.name, *region.aliases)
            leads[number] = _Lead(
                block=block,
                sources=tuple(
                    Source(number=n, citation=answer.citations[n - 1], places=places)
                    for n in block.sources
                ),
            )
    return leads


def _listen(pieces: Iterable[str], heard: list[str]) -> Iterator[str]:
    for piece in pieces:
        heard.append(piece)
        yield piece


def _take_statements(
    statements: Iterable[Statement], leads: Iterable[_Lead]
) -> Iterator[Statement]:
    """The statements that a source carries, each given to its lead."""
    owners = [(lead, source) for lead in leads for source in lead.sources]
    for statement in statements:
        found = find_source(statement, [source for _, source in owners])
        if found is not None:
            next(lead for lead, source in owners if source is found).add(statement, found)
            yield statement


def _compose(answer: Answer, leads: dict[int, _Lead], *, complete: bool) -> Answer:
    blocks: list[Block] = []
    for number, block in enumerate(answer.blocks):
        shown = leads[number].compose(complete=complete) if number in leads else block
        blocks += [shown] if shown is not None else []
    return replace(answer, text=_join_like(answer, blocks), blocks=tuple(blocks), mode="llm")


def _join_like(answer: Answer, blocks: Sequence[Block]) -> str:
    """The text of the blocks, with what the answer says before and behind its own blocks."""
    before, found, after = answer.text.partition(join_blocks(answer.blocks))
    return f"{before}{join_blocks(blocks)}{after}" if found else join_blocks(blocks)


def _conclude(answer: Answer, leads: dict[int, _Lead], reason: str, *, is_silent: bool) -> Answer:
    if any(lead.said for lead in leads.values()):
        whole = _compose(answer, leads, complete=True)
        return add_notice(whole, _CUT_SHORT.format(reason=reason)) if reason else whole
    reason = reason or (_SILENT if is_silent else _UNVERIFIED)
    return add_notice(answer, _FAILED.format(reason=reason))
