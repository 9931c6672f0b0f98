from __future__ import annotations

import pytest

from checkers.compile_terms import compile_cues, compile_terms
from checkers.search_ahead import search_ahead

SENTENCE = "本项目依托政务云部署，按网络安全等级保护第三级的要求设计。\n"
SHORT, LONG = SENTENCE * 2, SENTENCE * 1000
SECURITY = compile_terms([("security", ("网络安全", "等级保护"))])
CLOUD = compile_terms([("cloud", ("政务云",))])


@pytest.mark.parametrize("text", [SHORT, LONG])
def test_a_search_ahead_finds_what_a_search_on_the_spot_does(text: str) -> None:
    searched = search_ahead([(SECURITY, text), (CLOUD, text)])
    for finder in (CLOUD, SECURITY):
        found = finder.name_matches(text, searched.match(finder, text))
        assert found == finder.find(text)
        assert found


def test_what_was_not_searched_for_ahead_is_searched_for_when_asked() -> None:
    searched = search_ahead([(SECURITY, LONG)])
    assert searched.match(CLOUD, LONG) == CLOUD.match(LONG)
    other = LONG + SENTENCE
    assert searched.match(SECURITY, other) == SECURITY.match(other)


def test_cues_are_told_by_line_and_overlap() -> None:
    cues = compile_cues(
        [(("a", 0), ("安全",)), (("a", 1), ("安全等级", "SM2")), (("b", 0), ("无",))]
    )
    lines = ["网络安全等级", "按SM2与SM2S", "安全与安全"]
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    assert cues.find_lines(text, starts, cues.match(text)) == {
        ("a", 0): [0, 2],
        # A Latin word counts as a whole only; the second SM2 is part of another word.
        ("a", 1): [0, 1],
    }
