"""Words for a provision -> ArticleRef: ``淅川 第二十六条``, ``xichuan:17.2.1``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.article_ref import ArticleRef
from corpus.chinese_numerals import NUMERAL_CHARACTERS, format_numeral, parse_numeral
from corpus.errors import ArticleNotFound, ReferenceNotUnderstood
from corpus.library import Library
from corpus.name_regulation import ends_with_name, find_named, names_of, normalize_name
from corpus.regulation import Regulation

# Spaces are bounded: a question may be thousands of them.
_GAP = r"\s{0,4}"
_NUMERAL = rf"{_GAP}([{NUMERAL_CHARACTERS}]+){_GAP}"
_SUFFIX = rf"(?:{_GAP}之{_GAP}([一二三四五六七八九十]+|\d+))?"
_PARAGRAPH = rf"(?:{_GAP}[的之]?{_GAP}第{_NUMERAL}款)?"
_ITEM = rf"(?:{_GAP}[的之]?{_GAP}第?{_GAP}(?:[（(]{_NUMERAL}[)）]{_GAP}(?:项)?|{_NUMERAL}项))?"
_PROVISION = re.compile(rf"第{_NUMERAL}条{_SUFFIX}{_PARAGRAPH}{_ITEM}")
_BARE_PROVISION = re.compile(
    rf"(?<![{NUMERAL_CHARACTERS}.．])([{NUMERAL_CHARACTERS}]+){_GAP}条{_PARAGRAPH}{_ITEM}"
)
_NUMBERS = re.compile(r"^(.*?)[\s:：/#]+(\d+)(?:[-_](\d+))?(?:\.(\d+))?(?:\.(\d+))?$", re.DOTALL)
_TITLE_BEFORE = re.compile(r"《([^《》]{2,60})》(?:[（(][^（）()]{1,12}[)）])?[的之中里\s]*$")
LONGEST_REFERENCE = 300
EXCERPT = 40
# More references than this are no question, and a name stands near its reference.
MOST_REFERENCES = 30
LONGEST_QUESTION = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundReference:
    """A reference inside a question.

    Attributes:
        regulation: id; None where none is named or the one named is not in the library.
        named: the name as it stands in the question; None where there is none.
        start: offset of its first character, the name left out.
        end: offset behind its last character.
    """

    regulation: str | None
    named: str | None
    article: int
    suffix: int = 0
    paragraph: int = 0
    item: int = 0
    start: int
    end: int

    @property
    def ref(self) -> ArticleRef | None:
        """The address; None where the regulation is not known."""
        if self.regulation is None:
            return None
        return ArticleRef(
            regulation=self.regulation,
            article=self.article,
            suffix=self.suffix,
            paragraph=self.paragraph,
            item=self.item,
        )


def read_reference(text: str, library: Library) -> ArticleRef:
    """Read a text that is a reference and nothing else.

    Raises:
        ReferenceNotUnderstood: it is no reference, or the regulation can't be told.
        ArticleNotFound: the regulation has no such article, paragraph or item.
    """
    name, numbers = _split_reference(text.strip()[:LONGEST_REFERENCE])
    regulation = _one_regulation(name, numbers, text, library)
    article, suffix, paragraph, item = numbers
    ref = ArticleRef(
        regulation=regulation.id,
        article=article,
        suffix=suffix,
        paragraph=paragraph or (1 if item else 0),
        item=item,
    )
    if item and not paragraph:
        ref = _find_item(ref, library)
    library.provision(ref)
    return ref


def find_references(text: str, library: Library) -> tuple[FoundReference, ...]:
    """All references inside a question, in order.

    A reference belongs to the title before it, else to the place named last before it, else to the
    only place named in the question.
    """
    found = []
    text = text[:LONGEST_QUESTION]
    for match in _matches_in(text, library):
        numbers = _numbers_of(match)
        if numbers is None:
            continue
        named, regulation = _named_before(text, match.start(), library)
        reference = FoundReference(
            regulation=regulation,
            named=named,
            article=numbers[0],
            suffix=numbers[1],
            paragraph=numbers[2],
            item=numbers[3],
            start=match.start(),
            end=match.end(),
        )
        found.append(_with_paragraph(reference, library))
    return tuple(found)


def _matches_in(text: str, library: Library) -> list[re.Match[str]]:
    """第N条 anywhere, and N条 right behind the name of a regulation (淅川26条)."""
    matches = list(_PROVISION.finditer(text))
    matches += [
        match
        for match in _BARE_PROVISION.finditer(text)
        if ends_with_name(text[: match.start()], library.regulations)
    ]
    return sorted(matches, key=lambda match: match.start())[:MOST_REFERENCES]


def _with_paragraph(reference: FoundReference, library: Library) -> FoundReference:
    """第N条第(K)项 without 款 gets the 款 that has such an item, where the library has one."""
    if reference.ref is None or not reference.item or reference.paragraph:
        return reference
    try:
        return replace(reference, paragraph=_find_item(reference.ref, library).paragraph)
    except ArticleNotFound:
        return reference


def _split_reference(text: str) -> tuple[str, tuple[int, int, int, int]]:
    for pattern in (_PROVISION, _BARE_PROVISION):
        match = pattern.search(text)
        if match and not text[match.end() :].strip(" 。？?"):
            numbers = _numbers_of(match)
            if numbers:
                return text[: match.start()].strip(), numbers
    match = _NUMBERS.match(text.translate(_FULL_WIDTH))
    if match:
        name, article, suffix, paragraph, item = match.groups(default="0")
        return name.strip(), (int(article), int(suffix), int(paragraph), int(item))
    raise ReferenceNotUnderstood(
        f"看不懂“{text[:EXCERPT]}”指的是哪一条，请写成“淅川 第二十六条”、“xichuan:26”或"
        "“《…办法》第十七条第二款第(一)项”。"
    )


_FULL_WIDTH = str.maketrans("：．", ":.")


def _numbers_of(match: re.Match[str]) -> tuple[int, int, int, int] | None:
    groups = list(match.groups())
    if len(groups) == 4:
        # Without 第 there is no 之一.
        groups.insert(1, None)
    article, suffix, paragraph, bracketed, item = groups
    try:
        values = [parse_numeral(value) if value else 0 for value in (article, suffix, paragraph)]
        return values[0], values[1], values[2], parse_numeral(bracketed or item or "0")
    except ValueError:
        return None


def _one_regulation(
    name: str, numbers: tuple[int, int, int, int], text: str, library: Library
) -> Regulation:
    regulations = library.regulations
    if not normalize_name(name):
        if len(regulations) == 1:
            return regulations[0]
        known = "、".join(f"{item.region.name}（{item.id}）" for item in regulations)
        raise ReferenceNotUnderstood(
            f"“{text[:EXCERPT]}”没有说明是哪个规定的第{format_numeral(numbers[0])}条，可选：{known}。"
        )
    found = find_named(name, regulations)
    if len(found) == 1:
        return found[0]
    known = "、".join(f"《{item.title}》（{item.id}）" for item in found or regulations)
    reason = "同时符合多个规定" if found else "不在库中"
    raise (ReferenceNotUnderstood if found else ArticleNotFound)(
        f"“{name[:EXCERPT]}”{reason}，可选：{known}。"
    )


def _find_item(ref: ArticleRef, library: Library) -> ArticleRef:
    """第N条第(K)项 without 款: the paragraph that has items, where there is only one."""
    article = library.article(ref)
    with_items = [n for n, p in enumerate(article.paragraphs, start=1) if len(p.items) >= ref.item]
    if not with_items:
        counts = sum(len(paragraph.items) for paragraph in article.paragraphs)
        raise ArticleNotFound(
            f"{library.label(article.ref)}没有第{format_numeral(ref.item)}项，该条共{counts}项。"
        )
    return ArticleRef(
        regulation=ref.regulation,
        article=ref.article,
        suffix=ref.suffix,
        paragraph=with_items[0],
        item=ref.item,
    )


def _named_before(text: str, start: int, library: Library) -> tuple[str | None, str | None]:
    """The name that a reference belongs to, and its regulation where the library has it."""
    title = _TITLE_BEFORE.search(text[:start])
    if title:
        found = find_named(title.group(1), library.regulations)
        return title.group(1), found[0].id if len(found) == 1 else None
    return _place_near(text, start, library)


def _place_near(text: str, start: int, library: Library) -> tuple[str | None, str | None]:
    mentions = [
        (position, name, regulation.id)
        for regulation in library.regulations
        for name in names_of(regulation)
        if (position := text.lower().rfind(name.lower(), 0, start)) >= 0
    ]
    if mentions:
        last = max(mentions, key=lambda mention: (mention[0], len(mention[1])))
        at_place = {id for position, name, id in mentions if (position, name) == last[:2]}
        return last[1], last[2] if len(at_place) == 1 else None
    anywhere = {
        (name, regulation.id)
        for regulation in library.regulations
        for name in names_of(regulation)
        if name.lower() in text.lower()
    }
    if len({id for _, id in anywhere}) == 1:
        return max(anywhere, key=lambda mention: len(mention[0]))
    return None, None
