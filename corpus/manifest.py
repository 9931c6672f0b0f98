"""What is known of a source beside its text: a YAML (shipped) or JSON (added) file each."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpus.clean_source import GENERAL_STEPS, CleaningStep
from corpus.regulation import Region, SourceNote
from corpus.traced_text import Debris


class RegionEntry(BaseModel):
    """The place a regulation applies to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    aliases: tuple[str, ...] = ()
    within: tuple[str, ...] = ()

    def to_region(self) -> Region:
        """The value the library holds."""
        return Region(name=self.name, aliases=self.aliases, within=self.within)


class HeadlessArticle(BaseModel):
    """An article whose printed head is gone.

    Attributes:
        begins: its first words, which occur once in the source.
        certainty: ``certain`` where the numbers around it leave one place only.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: int
    begins: str
    certainty: Literal["certain", "presumed"]


class NoteEntry(BaseModel):
    """A sentence on damage; ``words`` are the damaged words, verbatim from the article."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    note: str
    words: tuple[str, ...] = ()

    def to_note(self) -> SourceNote:
        """The value the library holds."""
        return SourceNote(text=self.note, words=self.words)


class Manifest(BaseModel):
    """Everything about a regulation that its text does not say or says damaged.

    Attributes:
        source_name: file name under which the source was received.
        sha256: of the source text in UTF-8; an edited source is found by it.
        article_count: what the parse must give.
        chapter_count: what the parse must give.
        steps: cleaning steps in order.
        debris: how many runs of a kind of debris the parse must find.
        cut_headings: whether 第二十 may stand for 第二十一条 to 第二十九条.
        headless: articles whose heads are gone.
        article_notes: notes by article number.
        notes: notes on the whole regulation.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    region: RegionEntry
    document_number: str | None = None
    issued: str | None = None
    source_name: str
    sha256: str
    article_count: int
    chapter_count: int
    steps: tuple[CleaningStep, ...] = GENERAL_STEPS
    debris: dict[Debris, int] = {}
    cut_headings: bool = False
    headless: tuple[HeadlessArticle, ...] = ()
    article_notes: dict[int, tuple[NoteEntry, ...]] = {}
    notes: tuple[str, ...] = ()
