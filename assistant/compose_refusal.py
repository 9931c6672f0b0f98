"""The honest answers: not provided for, not in the library, not about these projects."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Block, Remark
from assistant.compose_answer import join_blocks
from assistant.name_regions import name_regions
from assistant.point_elsewhere import Pointer
from corpus.citation import Citation
from corpus.regulation import Regulation

# A library of thousands can't be listed in an answer.
_LISTED = 20
_NO_QUESTION = "请输入一个问题，例如“项目验收需要提交哪些材料”。"
_SUBJECTS = "项目申报、审批、采购、建设、调整、验收、运维、绩效、信息共享、网络安全和密码应用"
_SILENT = "{titles}没有规定这一点（本办法未规定）。"
_SILENT_EVERYWHERE = "本库收录的{count}部办法都没有规定这一点（本办法未规定）。"
_ELSEWHERE = "其他地区有相关规定的：{places}。不能作为{here}的依据；要看原文，请选择该地区再问。"
_NEAR = "相近但不直接回答的条文列在下方，仅供参考；具体要求请向主管部门核实。"
_INTRODUCTION = (
    "您好，我是“政信”，按各地现行的政务信息化项目管理办法回答问题：有规定的引用条文原文并注明出处，"
    "没有规定的如实说明，不作推测。\n\n"
    "- 可以问：{subjects}。\n"
    "- 目前收录的地区：{regions}。\n"
    "- 例如：{examples}。\n\n"
    "也可以上传可行性研究报告，对照办法检查篇章。"
)
_STAGE_EXAMPLES = ("项目申报需要什么材料", "项目验收需要什么材料", "项目调整要办什么手续")
_EXAMPLES = (
    "“{region}项目验收要提交哪些材料”",
    "“概算500万元，想调整60万元，要不要重新报批”",
    "“各地申报截止时间有什么不同”",
)


def compose_not_covered(
    asked: Sequence[Regulation],
    elsewhere: Sequence[Pointer],
    related: Sequence[Citation],
    *,
    everywhere: bool,
    remarks: Sequence[Remark] = (),
) -> Answer:
    """The honest answer that the regulations asked about do not provide for the question.

    Args:
        asked: the regulations asked about.
        elsewhere: articles of others that do provide for it; named in the text, never cited.
        related: the nearest provisions of those asked about.
        everywhere: no region was named, so all were asked.
        remarks: corrections of what the question takes for granted, come first; what the
            regulation does say of the same thing, and what is to be said of the validity, follow.
    """
    blocks = [
        Block(kind="correction", text=f"**更正**：{remark.text}", regulation=remark.regulation)
        for remark in remarks
        if remark.kind == "correction"
    ]
    blocks.append(Block(kind="notice", text=_tell_silent(asked, everywhere=everywhere)))
    heads = {"notice": "提示：", "validity": "说明："}
    blocks += [
        Block(kind="remark", text=heads[remark.kind] + remark.text, regulation=remark.regulation)
        for remark in remarks
        if remark.kind in heads
    ]
    if elsewhere:
        blocks.append(Block(kind="notice", text=_tell_elsewhere(asked, elsewhere)))
    if related:
        blocks.append(Block(kind="notice", text=_NEAR))
    return Answer(
        status="not_covered",
        text=join_blocks(blocks),
        regions=() if everywhere else tuple(regulation.id for regulation in asked),
        related=tuple(related),
        blocks=tuple(blocks),
        remarks=tuple(remarks),
    )


def _tell_silent(asked: Sequence[Regulation], *, everywhere: bool) -> str:
    if everywhere:
        return _SILENT_EVERYWHERE.format(count=len(asked))
    return _SILENT.format(titles="、".join(f"《{regulation.title}》" for regulation in asked))


def _tell_elsewhere(asked: Sequence[Regulation], elsewhere: Sequence[Pointer]) -> str:
    places = [pointer.label for pointer in elsewhere]
    here = "、".join(regulation.region.name for regulation in asked)
    return _ELSEWHERE.format(places="、".join(places), here=here)


def compose_missing_article(asked: Sequence[Regulation], missing: Sequence[str]) -> Answer:
    """The answer to a question on an article, paragraph or item that does not exist.

    Args:
        asked: the regulations asked about.
        missing: one Chinese sentence for each, with how many there are.
    """
    return Answer(
        status="not_covered",
        text="\n\n".join(dict.fromkeys(missing)),
        regions=tuple(regulation.id for regulation in asked),
    )


def compose_unknown_place(places: Sequence[str], held: Sequence[Regulation]) -> Answer:
    """The answer to a question on places that the library holds no regulation for."""
    names = "、".join(places)
    return Answer(
        status="out_of_scope",
        text=(
            f"本库没有收录{names}的办法，不能用其他地区的规定代替回答。"
            f"目前收录的地区：{_list_regions(held)}。"
            "可以在“办法库”中添加当地的办法后再问。"
        ),
        regions=(),
    )


def compose_unknown_law(name: str, held: Sequence[Regulation]) -> Answer:
    """The answer to a question for an article of a law that the library does not hold."""
    return Answer(
        status="out_of_scope",
        text=(
            f"本库没有收录《{name}》，不能回答它的条文。"
            f"目前收录的是以下地区的政务信息化项目办法：{_list_regions(held)}。"
            "可以在“办法库”中添加该文件后再问。"
        ),
        regions=(),
    )


def compose_out_of_scope(held: Sequence[Regulation]) -> Answer:
    """The answer to a question that is not about government IT projects."""
    return Answer(
        status="out_of_scope",
        text=(
            "这个问题不在政务信息化项目管理办法的范围内，无法依据条文回答。"
            f"可以问{_SUBJECTS}等方面的规定。目前收录的地区：{_list_regions(held)}。"
        ),
        regions=(),
    )


def compose_introduction(held: Sequence[Regulation]) -> Answer:
    """The answer to 你好, 你是谁, 你能做什么 and 怎么用."""
    region = held[0].region.name if held else ""
    text = _INTRODUCTION.format(
        subjects=_SUBJECTS,
        regions=_list_regions(held),
        examples="、".join(_EXAMPLES).format(region=region),
    )
    return Answer(status="out_of_scope", text=text, regions=())


def compose_which_stage(asked: Sequence[Regulation], *, named: bool) -> Answer:
    """The answer that asks back to a question for materials or steps that says of nothing which.

    Args:
        asked: the regulations asked about.
        named: the question names them.
    """
    region = asked[0].region.name if asked else ""
    examples = "、".join(f"“{region}{example}”" for example in _STAGE_EXAMPLES)
    missing = "哪个阶段" if named else "哪个阶段、哪个地区"
    text = f"请说明是{missing}的，各阶段要准备的不同。例如：{examples}。"
    if not named:
        text += f"目前收录的地区：{_list_regions(asked)}。"
    return Answer(status="out_of_scope", text=text, regions=())


def compose_no_question() -> Answer:
    """The answer to an empty question."""
    return Answer(status="out_of_scope", text=_NO_QUESTION, regions=())


def _list_regions(held: Sequence[Regulation]) -> str:
    shown = name_regions(held)
    names = "、".join(list(shown.values())[:_LISTED])
    return f"{names}等{len(held)}个" if len(held) > _LISTED else names
