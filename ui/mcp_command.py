"""``zhengxin mcp``: the tools over standard input and output, for programs that start it."""

from __future__ import annotations

from assistant.settings import Settings
from ui.errors import CommandMisused
from ui.show_progress import open_with_progress

_SDK = {"mcp", "mcp_types"}
_NOT_INSTALLED = '没有安装MCP接口需要的组件，请运行 pip install "zhengxin[mcp]" 后再试。'


def serve_tools() -> None:
    """Serve until standard input is closed.

    Raises:
        CommandMisused: the extra is not installed, or an older SDK is.
    """
    try:
        from ui.mcp_interface import McpInterface
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _SDK:
            raise
        raise CommandMisused(_NOT_INSTALLED) from error
    from checkers.load_rules import load_rules
    from ui.kept_results import CheckedReports

    settings = Settings()
    rules = load_rules(data_folder=settings.data_folder)
    interface = McpInterface(
        open_with_progress(settings), rules, CheckedReports(), kept_in=settings.data_folder
    )
    interface.build_server().run("stdio")
