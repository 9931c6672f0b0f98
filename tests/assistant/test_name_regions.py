from __future__ import annotations

from dataclasses import replace

from assistant.name_regions import name_regions
from corpus.library import Library
from corpus.regulation import Region


def test_a_place_is_called_by_its_name(shipped: Library) -> None:
    assert name_regions(shipped.regulations)["xichuan"] == "淅川县"


def test_laws_of_one_place_are_told_apart_by_their_titles(shipped: Library) -> None:
    state = Region(name="国家")
    first, second, other = shipped.regulations[:3]
    laws = [replace(first, title="甲法", region=state), replace(second, title="乙法", region=state)]
    assert list(name_regions([*laws, other]).values()) == [
        "《甲法》",
        "《乙法》",
        other.region.name,
    ]
