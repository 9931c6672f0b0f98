"""Library and question -> the regulations that are looked at.

In a small library those are all: how well another regulation answers tells whether one is silent.
In a library of thousands that would take seconds and fill pages, so a question that names a region
is contrasted with the regulations that come with the program, and one that names none is answered
from those and from the ones with the nearest articles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answer import Answer, Block, Remark
from assistant.article_index import ArticleIndex
from assistant.understand_question import Query
from corpus.library import Library
from corpus.regulation import Regulation

# Up to so many regulations all are looked at for every question.
SMALL_LIBRARY = 12
# Of a larger one so many of those added are looked at where no region is named.
NEAREST = 3
# Regions named by a question that are looked at; each takes a millisecond.
_MOST_ASKED = 12

_PARTLY = (
    "本库收录了{held}部办法，问题没有指明地区，这里只查了最相近的{seen}部（{names}）；"
    "请写明地区再问，可得到当地的规定。"
)
_MENDED = "没有“{typed}”这个地区的办法，这里按“{meant}”回答；如果问的是别的地区，请写明。"
_TOO_MANY = "问题涉及{asked}个地区，这里只查了前{seen}个，其余请分开再问。"


def choose_asked(
    named: Sequence[str],
    library: Library,
    index: ArticleIndex,
    embed: Callable[[], Sequence[float]],
) -> list[Regulation]:
    """The regulations that a question is answered from.

    Args:
        named: ids of those it names; empty for all.
        library: all regulations.
        index: of the library.
        embed: gives the question's vector; called only where the library is large.
    """
    if named:
        return [library.regulation(id) for id in named[:_MOST_ASKED]]
    if len(library.regulations) <= SMALL_LIBRARY:
        return list(library.regulations)
    shipped = [source.regulation for source in library.shipped]
    nearest = index.nearest_regulations(embed(), NEAREST, [regulation.id for regulation in shipped])
    return [*shipped, *(library.regulation(id) for id in nearest)]


def choose_searched(asked: Sequence[Regulation], library: Library) -> list[str]:
    """Ids of the regulations to be searched: those asked about, and those to contrast with."""
    if len(library.regulations) <= SMALL_LIBRARY:
        return [regulation.id for regulation in library.regulations]
    shipped = [source.regulation for source in library.shipped]
    return list(dict.fromkeys(regulation.id for regulation in (*shipped, *asked)))


def tell_mended(query: Query) -> tuple[str, ...]:
    """Which region a misspelt place was taken for; empty where none was."""
    if query.mended is None:
        return ()
    return (_MENDED.format(typed=query.mended.typed, meant=query.mended.meant),)


def tell_left_out(
    named: Sequence[str], asked: Sequence[Regulation], library: Library
) -> tuple[str, ...]:
    """Chinese sentences on what was not looked at; empty where nothing was left out."""
    if named:
        left_out = len(named) > len(asked)
        return (_TOO_MANY.format(asked=len(named), seen=len(asked)),) if left_out else ()
    if len(asked) == len(library.regulations):
        return ()
    names = "、".join(regulation.region.name for regulation in asked)
    return (_PARTLY.format(held=len(library.regulations), seen=len(asked), names=names),)


def add_notices(answer: Answer, notices: Sequence[str]) -> Answer:
    """The answer with sentences of the program's own behind it."""
    if not notices:
        return answer
    told = [f"提示：{notice}" for notice in notices]
    return replace(
        answer,
        text="\n\n".join([answer.text, *told]),
        blocks=(*answer.blocks, *(Block(kind="notice", text=text) for text in told)),
        remarks=(*answer.remarks, *(Remark(kind="notice", text=text) for text in notices)),
    )
