"""Marked report -> what it says of its own name, its owner and its total investment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from checkers.compile_terms import normalize_text
from checkers.find_budget import is_budget_title
from checkers.index_report import ReportIndex, SectionPath, shorten
from checkers.join_bodies import REPORT_SUFFIX
from checkers.money import NUMBER, UNIT, Amount, read_amount
from checkers.outline import Block, Outline, Place

COVER = "封面"
NAME_LABEL = re.compile(r"^项目(?:全|的)?名称$")
OWNER_LABELS = (
    re.compile(r"^(?:项目)?建设单位(?:名称|\(盖章\))?$"),
    re.compile(r"^(?:项目(?:业主|法人|责任|申报)?单位|业主单位|申报单位)(?:名称|\(盖章\))?$"),
)
LABEL_WORDS = ("名称", "单位")
"""Every label has one of them."""
LABELLED = re.compile(
    r"^(?:\(?[一二三四五六七八九十\d]+[)、.]\s*)?"
    r"(项目[全的]?名称|(?:项目)?建设单位|项目单位|(?:项目)?业主单位|(?:项目)?申报单位)(?:名称)?"
    r"\s*[:为]\s*([^:。;]+)[。;]?$"
)
TITLED_REPORT = re.compile(r"可行性研究|可研|项目建议书|初步设计|(?:建设|实施)方案")
# What the report says of other or earlier projects is no statement on this one.
OTHER_PROJECTS = re.compile(r"现状|已建|案例|业绩|同类|前期|历史|附件|附录|经验|基础|编制单位|咨询")
OTHER_TOTALS = re.compile(
    r"[一二三四五六七八九十]期|分期|年度|十[二三四五]五|已建|原[有批]|同类|全国|全省|全市|调整前|批复|"
    r"现有|历年|累计|以上|以下|超过|不超|不足|低于|高于|不少于|占|比|节约|其中|若|如果|每"
)
TOTAL_WORDS = ("总投资", "投资总额", "投资总概算", "投资总估算", "总概算")
TOTAL_BEFORE = re.compile(
    r"(?:经?(?:初步)?(?:估算|测算|概算|核算))?(?:[本该](?:次|期)?)?(?:■+)?"
    r"(?:项目|工程|建设项目|建设工程|信息化项目|平台|系统)?(?:建设)?的?"
    r"(?:概算|估算|预算|计划|预计|初步|静态)?$"
)
TOTAL_AFTER = re.compile(
    r"(?:额|规模|概算|估算|预算|金额|费用)*(?:\([^)\d]*\))?[\s:]*"
    rf"(?:共计|共|合计|总计|为|是|达|计|估算|概算|人民币)*[\s:]*(约)?(?:为|合)?\s*({NUMBER})\s*(亿元|万元|元)(左右)?"
)
TOTAL_ROW = re.compile(
    r"^(?:项目|工程|建设)?(?:总投资|总概算|投资总额|投资总计|投资合计)(?:估算|概算)?(?:\(.*\))?$"
)
CLAUSE_START = re.compile(r"[,;:。!?\n\t()]")
LONGEST_VALUE = 60
SHORTEST_VALUE = 4
FORM_CELLS = (2, 4)
"""A row of a form has a label and a value, or two pairs of them."""
FIRST_CHAPTERS = 2
"""Further back a label may name other projects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one place says.

    Attributes:
        value: as compared, normalised; of a sum, its text.
        text: as shown.
        amount: of a sum of money.
        path: the section; None for the cover.
    """

    value: str
    text: str
    amount: Amount | None = None
    path: SectionPath | None = None
    place: Place = field(default_factory=Place)

    @property
    def where(self) -> str:
        """The place for people."""
        return f"“{self.path[-1].section.heading}”" if self.path else COVER


def read_names(index: ReportIndex) -> tuple[Statement, ...]:
    """What cover, labels and the section 项目名称 call the project."""
    title = index.report.outline.title
    found = []
    if TITLED_REPORT.search(title) and _shows_title(index.report.outline):
        found.append(_state(REPORT_SUFFIX.sub("", normalize_text(title)), None, Place()))
    found.extend(_read_labels(index, (NAME_LABEL,), chapters=FIRST_CHAPTERS))
    return tuple(part for part in found if SHORTEST_VALUE <= len(part.value) <= LONGEST_VALUE)


def read_owners(index: ReportIndex) -> tuple[tuple[Statement, ...], ...]:
    """Who is said to build the project and who to apply for it; the two may differ."""
    return tuple(
        tuple(
            part
            for part in _read_labels(index, (label,), chapters=None)
            if SHORTEST_VALUE <= len(part.value) <= LONGEST_VALUE and "、" not in part.value
        )
        for label in OWNER_LABELS
    )


def read_totals(index: ReportIndex) -> tuple[Statement, ...]:
    """The sums that sentences and budget tables give as the total investment."""
    found = sorted((*_read_sentences(index), *_read_rows(index)), key=lambda pair: pair[0])
    return tuple(statement for _, statement in found)


def read_unit(cells: Sequence[str], around: str) -> str | None:
    """The unit that a table prints in its head, or the text before it does; else None."""
    for text in (*cells, around):
        found = UNIT.search(normalize_text(text))
        if found:
            return found[1]
    return None


def _shows_title(outline: Outline) -> bool:
    """Whether the title stands in the report; one in the file's properties may be a leftover."""
    shown = [block.text for block in outline.preamble]
    shown += [section.title for section in outline.sections[:1]]
    return outline.kind == "text" or _squeeze(outline.title) in _squeeze("".join(shown))


def _squeeze(text: str) -> str:
    return "".join(normalize_text(text).split())


def _state(value: str, path: SectionPath | None, place: Place) -> Statement:
    text = value.strip().strip('“”"《》【】。;, ')
    return Statement(value=text, text=text, path=path, place=place)


def _read_labels(
    index: ReportIndex, labels: tuple[re.Pattern[str], ...], *, chapters: int | None
) -> Iterator[Statement]:
    for block in index.report.outline.preamble:
        yield from _read_block(block, None, labels)
    allowed = {id(chapter) for chapter in index.report.chapters[:chapters]}
    for path in index.paths:
        if id(path[0]) not in allowed or any(OTHER_PROJECTS.search(part.title) for part in path):
            continue
        body = path[-1].section.body
        title = normalize_text(path[-1].section.title)
        if body and not body[0].is_table and any(label.match(title) for label in labels):
            yield from _read_titled(body[0], path)
        for block in body:
            yield from _read_block(block, path, labels)


def _read_titled(block: Block, path: SectionPath) -> Iterator[Statement]:
    """The name that stands alone below the heading 项目名称."""
    text = normalize_text(block.text).strip().rstrip("。")
    if len(text) <= LONGEST_VALUE and not re.search("[。;:,]", text):
        yield _state(text, path, block.place)


def _read_block(
    block: Block, path: SectionPath | None, labels: tuple[re.Pattern[str], ...]
) -> Iterator[Statement]:
    for label, value in _list_pairs(block):
        if any(pattern.match(label) for pattern in labels):
            yield _state(value, path, block.place)


def _list_pairs(block: Block) -> Iterator[tuple[str, str]]:
    """Labels and values, normalised: of a labelled line, or of the rows of a form."""
    if not any(word in block.text for word in LABEL_WORDS):
        return
    if not block.is_table:
        if len(block.text) <= 2 * LONGEST_VALUE:
            match = LABELLED.match(normalize_text(block.text).strip().split(",")[0])
            if match:
                yield match[1], match[2].strip()
        return
    for row in block.rows:
        cells = [normalize_text(cell).strip().rstrip(":") for cell in row]
        cells = [cell for cell in cells if cell]
        if len(cells) in FORM_CELLS:
            yield from zip(cells[::2], cells[1::2], strict=True)


def _read_sentences(index: ReportIndex) -> Iterator[tuple[int, Statement]]:
    text = index.report.text
    for word in TOTAL_WORDS:
        start = text.find(word)
        while start >= 0:
            statement = _read_total(index, start, start + len(word))
            if statement:
                yield start, statement
            start = text.find(word, start + len(word))


def _read_total(index: ReportIndex, start: int, end: int) -> Statement | None:
    text = index.report.text
    after = TOTAL_AFTER.match(text, end)
    if after is None:
        return None
    line = text.rfind("\n", 0, start) + 1
    clause = [match.end() for match in CLAUSE_START.finditer(text, line, start)]
    before = text[clause[-1] if clause else line : start]
    path = index.path_at(start)
    sentence = text[max(line, start - 40) : after.end()]
    if not TOTAL_BEFORE.fullmatch(before) or OTHER_TOTALS.search(sentence):
        return None
    if any(OTHER_PROJECTS.search(part.title) for part in path):
        return None
    amount = read_amount(after[2], after[3], about=bool(after[1] or after[4]))
    return Statement(
        value=after[2] + after[3],
        text=shorten(text[start : after.end()]),
        amount=amount,
        path=path,
        place=index.block_at(start).place,
    )


def _read_rows(index: ReportIndex) -> Iterator[tuple[int, Statement]]:
    """Rows of budget tables that name the total investment."""
    for start, block in index.report.blocks:
        if not block.is_table:
            continue
        path = index.path_at(start)
        if not any(is_budget_title(part.title) for part in path):
            continue
        unit = read_unit(block.rows[0], index.report.text[max(0, start - 30) : start])
        for row in block.rows if unit else ():
            cells = [normalize_text(cell).strip() for cell in row]
            numbers = [cell for cell in cells if re.fullmatch(NUMBER, cell)]
            if unit and len(numbers) == 1 and any(map(TOTAL_ROW.match, cells)):
                yield (
                    start,
                    Statement(
                        value=numbers[0] + unit,
                        text=f"{next(filter(TOTAL_ROW.match, cells))} {numbers[0]}{unit}",
                        amount=read_amount(numbers[0], unit),
                        path=path,
                        place=block.place,
                    ),
                )
