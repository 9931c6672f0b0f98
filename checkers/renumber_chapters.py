"""Chapters ahead of which others are inserted -> their numbers counted on, where that is safe."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from checkers import docx_names as w
from checkers.copy_heading_form import copy_heading_form, count_prefix, list_numerals
from checkers.heading_numbers import HeadingNumber, parse_number
from checkers.number_paragraphs import BodyParagraphs, list_texts, read_text
from checkers.outline import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Renumbered:
    """A heading whose typed number was changed.

    Attributes:
        paragraph: the heading.
        before: the heading as it was.
        after: the heading as it is.
        level: 1 for a chapter.
    """

    paragraph: w.Element
    before: str
    after: str
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterCounts:
    """The numbers of the chapters once others are inserted between them.

    Attributes:
        kept: number of each chapter as printed, by its index; unnumbered ones are left out.
        moved: number that it gets, by index, for those that get another one.
        doubt: why the numbers behind the insertion stay as they are, in Chinese; empty where they
            are counted on, or where there are none.
        doubtful: index of the first chapter that the doubt is about.
    """

    kept: Mapping[int, int]
    moved: Mapping[int, int] = field(default_factory=dict)
    doubt: str = ""
    doubtful: int | None = None

    def count_at(self, index: int) -> int:
        """The number that a chapter bears in the end; its place in the report where it has none."""
        return self.moved.get(index, self.kept.get(index, index + 1))

    def count_ahead(self, cut: int) -> int:
        """The number of the last chapter ahead of a place between chapters; 0 where there is none.

        Where no chapter ahead is numbered, the chapters behind say where the count begins.
        """
        ahead = [index for index in self.kept if index < cut]
        if ahead:
            return self.count_at(max(ahead))
        behind = [self.kept[index] for index in self.kept if index >= cut]
        return behind[0] - 1 if behind else cut


def count_chapters(
    chapters: Sequence[Section], inserted: Mapping[int, int], paragraphs: BodyParagraphs
) -> ChapterCounts:
    """Count the chapters on.

    Args:
        chapters: of the report, in order.
        inserted: how many chapters come in ahead of the one at an index.
        paragraphs: of the document.
    """
    numbers = {n: found for n, part in enumerate(chapters) if (found := _read_number(part))}
    kept = {index: found.values[-1] for index, found in numbers.items()}
    # Behind the last chapter nothing moves.
    cuts = [cut for cut in inserted if any(index >= cut for index in kept)]
    if not cuts:
        return ChapterCounts(kept=kept)
    concerned = {n: number for n, number in numbers.items() if n >= min(cuts)}
    ahead = max((index for index in numbers if index < min(cuts)), default=None)
    chain = [numbers[ahead]] if ahead is not None else []
    chain += concerned.values()
    indexes = [*([ahead] if ahead is not None else []), *concerned]
    doubt = _find_gap(chain) or _find_mixture([chapters[n] for n in indexes], paragraphs)
    if doubt:
        return ChapterCounts(kept=kept, doubt=doubt, doubtful=min(concerned))
    return ChapterCounts(
        kept=kept,
        moved={
            index: kept[index] + sum(many for cut, many in inserted.items() if cut <= index)
            for index in concerned
        },
    )


def renumber_chapters(
    chapters: Sequence[Section], counts: ChapterCounts, paragraphs: BodyParagraphs
) -> tuple[Renumbered, ...]:
    """Retype the numbers of the chapters that moved and of the sections below them.

    Numbers that Word counts by itself are left to it.
    """
    return tuple(
        changed
        for index, count in counts.moved.items()
        for changed in _renumber_chapter(chapters[index], counts.kept[index], count, paragraphs)
    )


def _read_number(chapter: Section) -> HeadingNumber | None:
    number = parse_number(chapter.number) if chapter.number else None
    return None if number is None or number.scheme == "appendix" else number


def _find_gap(chain: Sequence[HeadingNumber]) -> str:
    for before, after in pairwise(chain):
        if before.scheme != after.scheme:
            return f"“{before.printed}”之后是“{after.printed}”，编号写法不一"
        if after.values[-1] != before.values[-1] + 1:
            return f"“{before.printed}”之后是“{after.printed}”，编号不连续"
    return ""


def _find_mixture(chapters: Sequence[Section], paragraphs: BodyParagraphs) -> str:
    """Why typed and automatic numbers can't be counted on together; empty where they can."""
    typed = {_is_typed(chapter, paragraphs) for chapter in chapters}
    if len(typed) > 1:
        return "有的章号是手工录入的，有的是自动编号"
    if typed == {True}:
        for section in _list_decimals(chapters):
            if not _is_typed(section, paragraphs):
                return f"章号是手工录入的，而“{section.number}”是自动编号"
    return ""


def _list_decimals(chapters: Sequence[Section]) -> Iterator[Section]:
    """The sections below these chapters whose number begins with that of the chapter."""
    for chapter in chapters:
        number = _read_number(chapter)
        for section in chapter.walk():
            if number and section is not chapter and _continues(section, number.values[-1]):
                yield section


def _continues(section: Section, chapter: int) -> bool:
    number = parse_number(section.number) if section.number else None
    return (
        number is not None
        and number.scheme == "decimal"
        and number.depth > 1
        and number.values[0] == chapter
    )


def _is_typed(section: Section, paragraphs: BodyParagraphs) -> bool:
    paragraph = paragraphs.get(section.place.paragraph)
    return paragraph is not None and bool(copy_heading_form(paragraph, section).prefix)


def _renumber_chapter(
    chapter: Section, old: int, new: int, paragraphs: BodyParagraphs
) -> Iterator[Renumbered]:
    for section in chapter.walk():
        paragraph = paragraphs.get(section.place.paragraph)
        if paragraph is None or not (section is chapter or _continues(section, old)):
            continue
        prefix = copy_heading_form(paragraph, section).prefix
        if not prefix:
            continue
        counts = (new,) if section is chapter else _count_on(section, new)
        before = read_text(paragraph).strip()
        _retype(paragraph, prefix, count_prefix(prefix, counts))
        yield Renumbered(
            paragraph=paragraph,
            before=before,
            after=read_text(paragraph).strip(),
            level=1 if section is chapter else 2,
        )


def _count_on(section: Section, chapter: int) -> tuple[int, ...]:
    number = parse_number(section.number)
    return (chapter, *(number.values[1:] if number else ()))


def _retype(paragraph: w.Element, old: str, new: str) -> None:
    """Change the numerals at the head of a paragraph; the runs keep their look.

    Args:
        paragraph: whose text begins with ``old``.
        old: the typed number.
        new: the same with other numerals.
    """
    changes = zip(list_numerals(old), list_numerals(new), strict=True)
    for (start, end, before), (_, _, after) in reversed(list(changes)):
        if before != after:
            _replace_text(paragraph, start, end, after)


def _replace_text(paragraph: w.Element, start: int, end: int, text: str) -> None:
    """Put a text in the place of some characters, which may be spread over several runs."""
    offset = 0
    for part in list_texts(paragraph):
        content = part.text or ""
        first, last = max(start - offset, 0), min(end - offset, len(content))
        if first < last:
            part.text = content[:first] + text + content[last:]
            text = ""
        offset += len(content)
