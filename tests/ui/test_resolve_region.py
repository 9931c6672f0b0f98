from __future__ import annotations

import pytest

from checkers.load_rules import load_rules
from corpus.library import Library
from ui.errors import RegionUnknown
from ui.resolve_region import resolve_profile, resolve_region


@pytest.mark.parametrize(
    ("wanted", "region"),
    [
        ("xichuan", "xichuan"),
        ("XICHUAN", "xichuan"),
        ("淅川", "xichuan"),
        (" 金寨县 ", "jinzhai"),
        ("《湘西自治州电子政务工程建设管理办法》", "xiangxi"),
        (None, None),
        ("", None),
    ],
)
def test_a_region_is_known_by_id_name_alias_and_title(
    wanted: str | None, region: str | None, library: Library
) -> None:
    assert resolve_region(wanted, library) == region


def test_an_unknown_region_is_refused_with_the_ids_there_are(library: Library) -> None:
    with pytest.raises(RegionUnknown) as refused:
        resolve_region("佛山", library)
    assert all(regulation.id in str(refused.value) for regulation in library.regulations)


@pytest.mark.parametrize(
    ("wanted", "profile"),
    [("strictest", "strictest"), (None, "strictest"), ("淅川", "xichuan"), ("erenhot", "erenhot")],
)
def test_a_profile_is_known_by_id_and_by_region(
    wanted: str | None, profile: str, library: Library
) -> None:
    assert resolve_profile(wanted, load_rules(), library) == profile


def test_an_unknown_profile_is_refused_with_the_ids_there_are(library: Library) -> None:
    with pytest.raises(RegionUnknown, match="strictest"):
        resolve_profile("南阳", load_rules(), library)
