"""Since when a regulation is in force and for how long, read from its closing provisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.library import Library
from corpus.read_validity import add_months, read_validity
from corpus.regulation import Article, Paragraph, Region, Regulation


def make_regulation(
    closing: str, *, title: str = "青山县管理办法", issued: str | None
) -> Regulation:
    articles = tuple(
        Article(
            regulation="added",
            number=number,
            label=f"第{number}条",
            chapter=None,
            paragraphs=(Paragraph(text=text),),
        )
        for number, text in enumerate(("项目验收后三个月内实施评价。", closing), start=1)
    )
    return Regulation(
        id="added",
        title=title,
        region=Region(name="青山县"),
        document_number=None,
        issued=issued,
        chapters=(),
        articles=articles,
    )


def test_the_trial_period_of_xichuan_is_reckoned_from_the_day_of_issue(library: Library) -> None:
    found = read_validity(library.regulation("xichuan"))
    assert (found.issued, found.since) == (date(2025, 8, 29), date(2025, 8, 29))
    assert (found.term_months, found.ends) == (24, date(2027, 8, 28))
    assert not found.is_end_printed
    assert found.is_on_trial


@pytest.mark.parametrize(
    ("id", "article", "issued", "is_on_trial"),
    [
        ("xx-county", 44, None, False),
        ("xichuan", 40, date(2025, 8, 29), True),
        ("jinzhai", 24, date(2022, 6, 16), False),
        ("xiangxi", 19, date(2013, 10, 15), False),
        ("erenhot", 34, None, True),
    ],
)
def test_every_shipped_regulation_names_the_article_that_brings_it_into_force(
    library: Library, id: str, article: int, issued: date | None, is_on_trial: bool
) -> None:
    found = read_validity(library.regulation(id))
    assert found.article is not None
    assert found.article.number == article
    assert (found.issued, found.is_on_trial) == (issued, is_on_trial)


@pytest.mark.parametrize(
    ("closing", "issued", "since", "ends"),
    [
        ("本办法自2026年1月1日起施行。", None, date(2026, 1, 1), None),
        (
            "本办法自2024年3月1日起施行，有效期5年。",
            "2024-01-20",
            date(2024, 3, 1),
            date(2029, 2, 28),
        ),
        ("本办法自印发之日起施行，试行期为六个月。", None, None, None),  # no date, no end
        (
            "本办法自发布之日起施行，有效期至2026年12月31日。",
            "2024-01-20",
            date(2024, 1, 20),
            date(2026, 12, 31),
        ),
        ("本办法自二○二四年三月一日起实施，试行一年。", None, date(2024, 3, 1), date(2025, 2, 28)),
    ],
)
def test_the_term_of_an_added_regulation_is_read_from_its_text(
    closing: str, issued: str | None, since: date | None, ends: date | None
) -> None:
    found = read_validity(make_regulation(closing, issued=issued))
    assert (found.since, found.ends) == (since, ends)


def test_a_regulation_without_a_closing_provision_tells_nothing() -> None:
    found = read_validity(make_regulation("本办法由县数据局负责解释。", issued=None))
    assert found.article is None
    assert (found.since, found.ends, found.term_months) == (None, None, None)


def test_a_date_of_issue_that_is_no_date_is_left_out() -> None:
    regulation = make_regulation("本办法自发布之日起施行。", issued=None)
    assert read_validity(replace(regulation, issued="2024年")).issued is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 8, 29), 24, date(2027, 8, 29)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),  # no 31st of February
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
    ],
)
def test_months_are_added_by_the_calendar(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
