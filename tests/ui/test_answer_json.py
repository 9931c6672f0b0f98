from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.answer import Answer, Carried
from corpus.article_ref import ArticleRef
from corpus.library import Library
from ui.answer_json import AnswerJson, answer_to_json, citation_to_json


def dump(answer: Answer) -> AnswerJson:
    return answer_to_json(answer, question="甲")


@pytest.mark.parametrize("name", ["comparing", "reckoning", "listing", "following", "correcting"])
def test_every_answer_is_plain_json(name: str, request: pytest.FixtureRequest) -> None:
    shown = dump(request.getfixturevalue(name))
    assert json.loads(json.dumps(shown)) == shown


def test_an_answer_without_extras_has_all_keys(listing: Answer) -> None:
    bare = replace(listing, checklists=(), remarks=())
    shown = dump(bare)
    assert shown.keys() == AnswerJson.__annotations__.keys()
    assert (shown["carried"], shown["comparison"]) == (None, None)
    assert (shown["remarks"], shown["workings"], shown["checklists"]) == ([], [], [])


def test_a_table_has_a_row_a_region_with_its_citation(comparing: Answer) -> None:
    table = dump(comparing)["comparison"]
    assert table is not None
    cited = {row["regulation"]: row["citation"] for row in table["rows"]}
    assert cited.keys() == {"xx-county", "xichuan", "jinzhai", "xiangxi", "erenhot"}
    for row in table["rows"]:
        assert bool(row["silence"]) != bool(row["citation"])
        assert all(value in row["provision"] for value in row["values"])
    assert table["differences"]


def test_a_calculation_names_its_bound_and_its_conditions(reckoning: Answer) -> None:
    (working,) = dump(reckoning)["workings"]
    assert (working["regulation"], working["outcome"]) == ("xichuan", "within")
    assert "12%" in working["calculation"]
    assert working["threshold"] in working["citation"]["quote"]
    assert working["conditions"]


def test_a_checklist_has_its_place_for_each_entry(listing: Answer) -> None:
    (checklist,) = dump(listing)["checklists"]
    assert [entry["text"] for entry in checklist["entries"]][:2] == ["项目建设总结", "财务报告"]
    assert {entry["citation"]["article"] for entry in checklist["entries"]} == {18}


def test_what_was_carried_over_is_told_by_the_names_shown(listing: Answer) -> None:
    carried = Carried(regions=("淅川县",), subjects=("项目调整",))
    assert dump(replace(listing, carried=carried))["carried"] == {
        "regions": ["淅川县"],
        "subjects": ["项目调整"],
        "sentence": "按淅川县、项目调整理解",
    }


def test_a_correction_is_a_remark(correcting: Answer) -> None:
    assert dump(correcting)["remarks"][0]["kind"] == "correction"


def test_a_citation_has_the_notes_on_the_words_that_it_quotes(library: Library) -> None:
    ref = ArticleRef(regulation="xx-county", article=29)
    whole, part = library.cite(ref), library.cite(ref, quote="县级政务信息化项目建成后半年内")
    assert citation_to_json(whole)["notes"] == list(whole.article.notes) != []
    assert citation_to_json(part)["notes"] == []
