"""Regulation and day -> what to say of its trial period and its age."""

from __future__ import annotations

from datetime import date

from assistant.answer import Remark
from assistant.name_place import name_text
from assistant.print_date import print_date
from assistant.understand_question import Query
from assistant.validity_words import load_validity_words
from corpus.read_validity import Validity, add_months, read_validity
from corpus.regulation import Regulation

# The end of a term is told this long before it; an age from so many years on.
_SOON_MONTHS = 6
_OLD_YEARS = 10
_MONTHS_A_YEAR = 12

_ASK = "是否继续有效请向印发机关核实"
_ASK_OLD = "是否仍有效、有无新办法替代请向当地核实"


def remark_validity(query: Query, regulation: Regulation, today: date) -> tuple[Remark, ...]:
    """Remarks on whether the regulation is still in force on a day.

    In full where the question asks for it; else one short line, and only where the term is over
    or nearly so, or the regulation is old.
    """
    validity = read_validity(regulation)
    if asks_validity(query):
        text = _tell_all(validity, regulation, _asked_day(query.text, today) or today)
    else:
        text = _warn(validity, today)
    if not text:
        return ()
    told = f"{name_text(regulation)}{text}。"
    return (Remark(kind="validity", text=told, regulation=regulation.id),)


def asks_validity(query: Query) -> bool:
    """Whether a question asks since when, until when or whether the regulation holds."""
    words = load_validity_words()
    core = words.title_words.sub("", query.core)
    if words.of_something_else.search(core) or not words.of_regulation.search(core):
        return False
    if words.other_law.search(core) and not query.regions:
        return False
    return bool(words.asks.search(query.text) or words.asks.search(core))


def asks_term(query: Query) -> bool:
    """Whether a question asks for the length or the end of a trial or of validity."""
    pattern = load_validity_words().asks_term
    return bool(pattern.search(query.text) or pattern.search(query.core))


def _asked_day(text: str, today: date) -> date | None:
    """The day to come that a question is asked for; None where it names none."""
    found = load_validity_words().asked_day.search(text)
    if found is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
    except ValueError:
        return None
    return day if day > today else None


def _warn(validity: Validity, today: date) -> str:
    """The short line; empty where there is nothing to warn of."""
    if validity.ends is not None:
        if today > validity.ends:
            return f"{_term(validity)}，已经期满，{_ASK}"
        if today >= add_months(validity.ends, -_SOON_MONTHS):
            return f"{_term(validity)}，即将期满，请留意是否延续或修订"
    if _years_old(validity, today) >= _OLD_YEARS:
        return f"{_age(validity, today)}，{_ASK_OLD}"
    return ""


def _tell_all(validity: Validity, regulation: Regulation, today: date) -> str:
    return "；".join(
        part
        for part in (
            _issue(validity, regulation),
            _state(validity, today),
        )
        if part
    )


def _issue(validity: Validity, regulation: Regulation) -> str:
    number = f"（{regulation.document_number}）" if regulation.document_number else ""
    if validity.issued is None:
        return f"{number}在本库的来源中没有印发日期"
    return f"{number}于{print_date(validity.issued)}印发"


def _state(validity: Validity, today: date) -> str:
    """What follows for the day."""
    if validity.since is not None and today < validity.since:
        return f"自{print_date(validity.since)}起施行，到{print_date(today)}尚未施行"
    if validity.ends is not None:
        if today > validity.ends:
            return f"{_term(validity)}，到{print_date(today)}已经期满，{_ASK}"
        return f"{_term(validity)}，到{print_date(today)}仍在期内，到期后{_ASK}"
    if validity.term_months is not None:
        return f"写明的期限是{_print_months(validity.term_months)}，起算日不明，{_ASK}"
    if validity.is_on_trial:
        return f"标明试行但没有写试行期限，{_ASK}"
    if _years_old(validity, today) >= _OLD_YEARS:
        return f"至今已{_years_old(validity, today)}年，没有写有效期，{_ASK_OLD}"
    return f"没有写有效期或试行期，本库不掌握其后有无修订或废止，{_ASK}"


def _term(validity: Validity) -> str:
    if validity.ends is None:
        return ""
    length = f"期限{_print_months(validity.term_months)}，" if validity.term_months else ""
    if validity.is_end_printed:
        return f"{length}有效期至{print_date(validity.ends)}"
    return f"{length}推算至{print_date(validity.ends)}（推定）"


def _age(validity: Validity, today: date) -> str:
    if validity.issued is None:
        return ""
    return f"于{validity.issued.year}年印发，至今已{_years_old(validity, today)}年"


def _years_old(validity: Validity, today: date) -> int:
    if validity.issued is None:
        return 0
    had_day = (today.month, today.day) >= (validity.issued.month, validity.issued.day)
    return today.year - validity.issued.year - (0 if had_day else 1)


def _print_months(months: int) -> str:
    years, rest = divmod(months, _MONTHS_A_YEAR)
    return f"{years}年" if not rest else f"{months}个月"
