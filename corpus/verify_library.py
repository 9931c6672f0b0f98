"""Library -> proof that its articles are the sources' words, and that nothing else was lost.

The proof does not trust the parser: it reads the ledger and the origins that the parse left
behind, and checks each against the source itself.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass

from corpus.chinese_numerals import NUMERAL_CHARACTERS, parse_numeral
from corpus.library import Library
from corpus.manifest import Manifest
from corpus.parse_regulation import ParsedSource
from corpus.regulation import Article, Regulation
from corpus.traced_text import DEBRIS_NAMES, Debris

# What may be called by each name. A name that could hide a sentence has no place here; the free
# names (front matter, tail, annex) are searched for headings instead.
_SHAPES: dict[Debris, re.Pattern[str]] = {
    "article_label": re.compile(
        rf"第[\s{NUMERAL_CHARACTERS}]+(?:条(?:\s*之\s*[一二三四五六七八九十]+)?)?\s*[：:]?"
    ),
    "chapter_heading": re.compile(rf"第[\s{NUMERAL_CHARACTERS}]+章[^。；]{{0,60}}"),
    "section_heading": re.compile(
        rf"\s*(?:第[\s{NUMERAL_CHARACTERS}]+[节编][^。；]{{0,40}}"
        r"|(?:[一二三四五六七八九十]{1,3}、)?[^。；：，、]{2,24})\s*"
    ),
    "line_break": re.compile(r"[\n\f\v]+"),
    "no_break_space": re.compile("\u00a0+"),
    "space": re.compile(r"[^\S\n\u00a0]+"),
    "invisible_character": re.compile(r"[^\S\n]*[^\w\n。，、；：]+"),
    "page_mark": re.compile(r"\n?\d{1,4}、"),
    "page_number": re.compile(r"[\s\d第页共/,，\-—–－·•~～]+"),
    "list_leader": re.compile(r"[\s\-–—*•·●■◆▪]+"),
    "html_mark": re.compile(r"(?:<[^<>\n]+>|&[a-z#0-9]+;)+"),
}
_LINE_HEADING = re.compile(rf"^\s*第[{NUMERAL_CHARACTERS}]+条\s", re.MULTILINE)
EXCERPT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationVerification:
    """What the proof found for one regulation.

    Attributes:
        articles: number of articles.
        source_characters: length of the source.
        article_characters: how many of them are article text.
        debris: how many characters bear each other name, in Chinese, most first.
        unaccounted: characters with no name; 0 where the proof holds.
        problems: Chinese sentences; empty where the proof holds.
    """

    id: str
    title: str
    articles: int
    source_characters: int
    article_characters: int
    debris: tuple[tuple[str, int], ...]
    unaccounted: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The proof for the whole library.

    Attributes:
        problems: of the library itself, e.g. added regulations that could not be loaded.
    """

    regulations: tuple[RegulationVerification, ...]
    problems: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong anywhere."""
        return not self.problems and not any(item.problems for item in self.regulations)

    @property
    def articles(self) -> int:
        """Number of articles in all."""
        return sum(item.articles for item in self.regulations)


def verify_library(library: Library) -> Verification:
    """Check every regulation against its source."""
    return Verification(
        regulations=tuple(verify_source(source) for source in library.sources),
        problems=library.problems,
    )


def verify_source(parsed: ParsedSource) -> RegulationVerification:
    """Check one regulation against its source."""
    fates = parsed.ledger.fates
    counts = Counter(fate for fate in fates if fate is not None)
    article_characters = counts.pop("article_text", 0)
    regulation = parsed.regulation
    return RegulationVerification(
        id=regulation.id,
        title=regulation.title,
        articles=len(regulation.articles),
        source_characters=len(parsed.source),
        article_characters=article_characters,
        debris=tuple((DEBRIS_NAMES[name], count) for name, count in counts.most_common()),
        unaccounted=fates.count(None),
        problems=(
            *parsed.problems,
            *_manifest_problems(parsed),
            *_article_problems(parsed),
            *_debris_problems(parsed),
        ),
    )


def _manifest_problems(parsed: ParsedSource) -> list[str]:
    manifest, regulation = parsed.manifest, parsed.regulation
    problems = []
    if hashlib.sha256(parsed.source.encode()).hexdigest() != manifest.sha256:
        problems.append("来源文本与清单登记的校验值不符，来源被改动过。")
    expected = {
        "条": (manifest.article_count, len(regulation.articles)),
        "章": (manifest.chapter_count, len(regulation.chapters)),
    }
    problems += [
        f"清单登记{wanted}{unit}，实际得到{got}{unit}。"
        for unit, (wanted, got) in expected.items()
        if wanted != got
    ]
    runs = Counter(name for _, _, name in parsed.ledger.pieces())
    problems += [
        f"清单登记“{DEBRIS_NAMES[name]}”{wanted}处，实际得到{runs[name]}处。"
        for name, wanted in manifest.debris.items()
        if wanted != runs[name]
    ]
    return problems + _note_problems(manifest, regulation)


def _note_problems(manifest: Manifest, regulation: Regulation) -> list[str]:
    known = {article.number for article in regulation.articles}
    unknown = sorted(set(manifest.article_notes) - known)
    problems = [f"清单为第{number}条写了说明，但没有这一条。" for number in unknown]
    for article in regulation.articles:
        words = [words for note in article.source_notes for words in note.words]
        problems += [
            f"清单为{article.label}的“{part}”写了说明，但该条没有这些字。"
            for part in words
            if part not in article.text
        ]
    return problems


def _article_problems(parsed: ParsedSource) -> list[str]:
    problems = []
    behind = -1
    for article, origins in zip(parsed.regulation.articles, parsed.origins, strict=True):
        rebuilt = "".join(parsed.source[origin] for origin in origins)
        if _comparable(rebuilt) != _comparable(article.text):
            problems.append(f"{article.label}的文字与来源不一致。")
        if list(origins) != sorted(set(origins)) or (origins and origins[0] <= behind):
            problems.append(f"{article.label}的文字在来源中的次序不对。")
        if origins and article.number_source == "as_printed":
            problems += _label_problems(parsed, article, origins[0])
        behind = origins[-1] if origins else behind
    return problems


def _comparable(text: str) -> str:
    """Paragraph ends are set by the split, and a line end between Latin words is a space."""
    return "".join(text.split())


def _label_problems(parsed: ParsedSource, article: Article, first: int) -> list[str]:
    """The number printed before an article is its number."""
    printed = [
        parsed.source[start:end]
        for start, end, name in parsed.ledger.pieces()
        if name == "article_label" and end <= first
    ][-1:]
    head = "".join("".join(printed).split()).rstrip("：:")
    match = re.fullmatch(r"第(.+)条(?:之(.+))?", head)
    if match and parse_numeral(match.group(1)) == article.number:
        return []
    return [f"{article.label}之前印出的条号是“{head}”。"]


def _debris_problems(parsed: ParsedSource) -> list[str]:
    problems = []
    for start, end, name in parsed.ledger.pieces():
        text = parsed.source[start:end]
        if name is None:
            problems.append(f"第{_line(parsed, start)}行“{text[:EXCERPT]}”没有归入任何条文。")
        elif name in _SHAPES and not _SHAPES[name].fullmatch(text):
            problems.append(
                f"第{_line(parsed, start)}行“{text[:EXCERPT]}”"
                f"不像{DEBRIS_NAMES[name]}，却被当作它去掉了。"
            )
        elif name in ("front_matter", "tail") and _LINE_HEADING.search(text):
            problems.append(f"第{_line(parsed, start)}行起的{DEBRIS_NAMES[name]}里还有条号。")
    return problems


def _line(parsed: ParsedSource, offset: int) -> int:
    return parsed.source.count("\n", 0, offset) + 1
