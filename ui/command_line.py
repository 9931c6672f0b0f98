"""The program ``zhengxin``: its commands, its exit codes, its last word on errors."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from ui.chinese_help import ChineseCommand, ChineseGroup
from ui.corpus_commands import corpus_app
from ui.errors import CommandMisused
from ui.explain_error import error_to_json, explain_error, explain_misuse
from ui.rules_commands import rules_app
from ui.start_log import start_log
from ui.write_json import write_json

EXIT_FINE = 0
EXIT_FAILED = 2
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 7860

app = typer.Typer(
    name="zhengxin",
    cls=ChineseGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(corpus_app, name="corpus")
app.add_typer(rules_app, name="rules")

JsonOption = Annotated[bool, typer.Option("--json", help="在标准输出打印JSON")]
OcrOption = Annotated[
    bool,
    typer.Option("--ocr/--no-ocr", help="识别扫描页上的文字（默认），或不识别、只读有文字的页"),
]
RegionOption = Annotated[
    str | None,
    typer.Option(metavar="地区", help="只查这个地区，写编号或名称，如 xichuan、淅川"),
]
ReportOption = Annotated[
    Path | None,
    typer.Option(metavar="文件", help="先检查这份可研报告，再就它提问"),
]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(version("zhengxin"))
        raise typer.Exit


@app.callback()
def zhengxin(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="显示版本号")
    ] = False,
) -> None:
    """政信：政务信息化项目办法的有据问答与可研报告篇章检查，离线运行。"""


@app.command(cls=ChineseCommand)
def serve(
    host: Annotated[
        str, typer.Option(metavar="地址", help=f"监听地址，默认 {DEFAULT_HOST}")
    ] = DEFAULT_HOST,
    port: Annotated[
        int, typer.Option(metavar="端口", help=f"监听端口，默认 {DEFAULT_PORT}")
    ] = DEFAULT_PORT,
) -> None:
    """启动网页与HTTP接口。"""
    from ui.serve import serve_page

    serve_page(host, port, announce=typer.echo)


@app.command(cls=ChineseCommand)
def ask(
    question: Annotated[
        str | None, typer.Argument(metavar="问题", help="要问的话；批量提问时不写")
    ] = None,
    region: RegionOption = None,
    batch: Annotated[
        Path | None, typer.Option(metavar="文件", help="JSONL文件，一行一问；- 表示标准输入")
    ] = None,
    report: ReportOption = None,
    save: Annotated[
        Path | None,
        typer.Option(metavar="路径", help="另存为 .docx（清单）或 .md（清单；没有清单时为回答）"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """就政务信息化项目办法提问，回答逐句附条文。"""
    from ui.ask_command import ask_batch, ask_one

    if batch is not None and question is None:
        if report or save:
            raise CommandMisused("--report 和 --save 只用于一个问题，不能与 --batch 同用。")
        raise typer.Exit(ask_batch(batch))
    if question is None or batch is not None:
        raise CommandMisused("请写一个问题，或用 --batch 指定问题文件，二者取一。")
    ask_one(question, region, report=report, save=save, as_json=as_json)


@app.command(cls=ChineseCommand)
def chat(region: RegionOption = None, report: ReportOption = None) -> None:
    """在终端里连续提问，后一问接着前一问。"""
    from ui.chat_command import chat as converse

    converse(region, report)


@app.command(cls=ChineseCommand)
def mcp() -> None:
    """以MCP工具的形式供其他程序调用（标准输入输出）。"""
    from ui.mcp_command import serve_tools

    serve_tools()


@app.command(cls=ChineseCommand)
def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="文件...", help="报告或存放报告的文件夹，可写多个")
    ],
    profile: Annotated[
        str,
        typer.Option(metavar="地区", help="按哪个地区的办法检查，默认 strictest（从严，四项都查）"),
    ] = "strictest",
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="格式",
            help="text、json、html、markdown、docx、comments（带批注的原报告）、sarif 或 "
            "xlsx（汇总表）；不写时看 -o 的后缀，都没有则为 text",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="路径", help="结果存到文件；多份报告时存到文件夹"),
    ] = None,
    skeleton: Annotated[
        bool, typer.Option("--skeleton", help="批注时为缺少的篇章插入写作提纲")
    ] = False,
    previous: Annotated[
        Path | None,
        typer.Option(metavar="文件", help="上一版报告或它的检查结果（JSON），列出整改了哪些"),
    ] = None,
    ocr: OcrOption = True,
    as_json: JsonOption = False,
) -> None:
    """检查可研报告是否写了办法要求的篇章。"""
    from ui.check_files import CheckCall, check_files

    call = CheckCall(
        paths=files,
        profile=profile,
        format_name="json" if as_json else format_name,
        output=output,
        skeleton=skeleton,
        previous=previous,
        recognise=ocr,
    )
    raise typer.Exit(check_files(call))


@app.command(cls=ChineseCommand)
def evals(as_json: JsonOption = False) -> None:
    """用题库和报告样例测评，与基线比较。"""
    from evals.run_evals import run

    raise typer.Exit(run(as_json=as_json))


def main() -> NoReturn:
    """Run the program on the arguments of the process and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # JSON and Chinese leave as UTF-8 whatever the locale; broken bytes must not fault.
            stream.reconfigure(encoding="utf-8", errors="replace")
    start_log()
    sys.exit(run_command_line(sys.argv[1:]))


def run_command_line(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; every error ends here as one Chinese sentence."""
    try:
        code = app(list(arguments), prog_name="zhengxin", standalone_mode=False)
    except typer.TyperException as error:
        return _fail(explain_misuse(error.format_message()))
    except typer.Abort:
        return _fail("已中止。")
    except Exception as error:  # noqa: BLE001 - the edge: explain_error logs what it doesn't know
        if "--json" in arguments:
            write_json(error_to_json(error))
        return _fail(explain_error(error))
    return code if isinstance(code, int) else EXIT_FINE


def _fail(message: str) -> int:
    typer.echo(message, err=True)
    return EXIT_FAILED
