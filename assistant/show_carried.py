"""An answer -> the same answer, saying first what was taken over from earlier questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Block, Carried

_SHOWN = "（{}；不是这个意思请说“重新问”，或把地区、事项写全。）"
_THANKS = "不客气。还可以接着问，例如“那验收呢”；换别的事请说“换个问题”。"
_RESTART = "好的，前面的内容不再沿用，请输入新的问题。"
_PLACE = "好的，接下来的问题按{}的办法回答。请输入问题，例如“验收要提交哪些材料”。"
_NO_ARTICLE = "前面的回答没有引用条文，请说明是哪部办法的第几条，例如“淅川办法第十八条”。"


def show_carried(answer: Answer, carried: Carried) -> Answer:
    """The answer with what was carried over in front; unchanged where nothing was."""
    if not carried.sentence:
        return answer
    notice = Block(kind="carried", text=_SHOWN.format(carried.sentence))
    rest = answer.blocks or (Block(kind="notice", text=answer.text),)
    return replace(
        answer,
        text=f"{notice.text}\n\n{answer.text}",
        blocks=(notice, *rest),
        carried=carried,
    )


def compose_thanks() -> Answer:
    """The reply to 谢谢 and 好的."""
    return Answer(status="out_of_scope", text=_THANKS, regions=())


def compose_restart() -> Answer:
    """The reply to 换个问题 without a question."""
    return Answer(status="out_of_scope", text=_RESTART, regions=())


def compose_place(places: Sequence[str]) -> Answer:
    """The reply to 我是金寨的 where nothing was asked yet."""
    return Answer(status="out_of_scope", text=_PLACE.format("、".join(places)), regions=())


def compose_no_article() -> Answer:
    """The reply to 下一条呢 where no article was quoted before."""
    return Answer(status="out_of_scope", text=_NO_ARTICLE, regions=())
