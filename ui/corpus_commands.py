"""``zhengxin corpus``: the commands on the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.chinese_help import ChineseCommand, ChineseGroup
from ui.write_json import write_json

if TYPE_CHECKING:
    from corpus.library import Library

corpus_app = typer.Typer(
    cls=ChineseGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="办法库：列出、查看、导出、核对、添加、移除。",
)
JsonOption = Annotated[bool, typer.Option("--json", help="在标准输出打印JSON")]


@corpus_app.command(name="list", cls=ChineseCommand)
def list_regulations(as_json: JsonOption = False) -> None:
    """列出库中的办法。"""
    regulations = _load().regulations
    if as_json:
        from ui.corpus_json import summarize_regulation

        write_json({"regulations": [summarize_regulation(r) for r in regulations]})
        return
    from ui.show_library import show_regulations

    show_regulations(regulations)


@corpus_app.command(cls=ChineseCommand)
def show(
    reference: Annotated[
        list[str], typer.Argument(metavar="条文", help="如 “淅川 第二十六条” 或 xichuan:17.2.1")
    ],
    as_json: JsonOption = False,
) -> None:
    """查看一条、一款或一项的原文。"""
    from corpus.read_reference import read_reference

    library = _load()
    ref = read_reference(" ".join(reference), library)
    if as_json:
        from ui.corpus_json import provision_to_json

        write_json(provision_to_json(ref, library))
        return
    from ui.show_library import show_provision

    show_provision(library.cite(ref))


@corpus_app.command(cls=ChineseCommand)
def export(as_json: JsonOption = False) -> None:
    """导出全部条文；不带 --json 时为Markdown。"""
    library = _load()
    if as_json:
        from corpus.export_library import export_library

        write_json(export_library(library))
        return
    from ui.show_library import format_library

    typer.echo(format_library(library))


@corpus_app.command(cls=ChineseCommand)
def verify(as_json: JsonOption = False) -> None:
    """逐字核对条文与原始来源；有出入时退出码为 1。"""
    from corpus.verify_library import verify_library

    verification = verify_library(_load())
    if as_json:
        from ui.corpus_json import verification_to_json

        write_json(verification_to_json(verification))
    else:
        from ui.show_library import show_verification

        show_verification(verification)
    raise typer.Exit(0 if verification.holds else 1)


@corpus_app.command(cls=ChineseCommand)
def add(
    file: Annotated[Path, typer.Argument(metavar="文件", help="办法全文，TXT、DOCX或PDF")],
    regulation_id: Annotated[
        str | None, typer.Option("--id", metavar="编号", help="办法的编号，不写则自动取")
    ] = None,
    region: Annotated[
        str | None, typer.Option(metavar="地区", help="适用地区，不写则从标题中取")
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="标题", help="办法的标题，不写则从正文中取")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """添加一部办法，立即参与回答；条文残缺时拒收并指明位置。"""
    from corpus.add_regulation import add_regulation
    from ui.corpus_json import summarize_regulation

    added = add_regulation(file, _data_folder(), id=regulation_id, region=region, title=title)
    if as_json:
        write_json(summarize_regulation(added))
        return
    typer.echo(
        f"已添加《{added.title}》：编号 {added.id}，地区 {added.region.name}，"
        f"共{len(added.articles)}条。"
    )


@corpus_app.command(cls=ChineseCommand)
def remove(
    regulation_id: Annotated[str, typer.Argument(metavar="编号", help="要移除的办法的编号")],
    as_json: JsonOption = False,
) -> None:
    """移除自行添加的办法；自带的五部不能移除。"""
    from corpus.add_regulation import remove_regulation

    remove_regulation(regulation_id, _data_folder())
    if as_json:
        write_json({"removed": regulation_id})
    else:
        typer.echo(f"已移除 {regulation_id}。")


def _load() -> Library:
    from corpus.library import load_library

    return load_library(_data_folder())


def _data_folder() -> Path:
    from assistant.settings import Settings

    return Settings().data_folder
