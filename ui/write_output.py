"""Result -> file where the caller wants it."""

from __future__ import annotations

from pathlib import Path

from ui.errors import OutputNotWritten
from ui.explain_os_error import explain_os_error


def write_output(content: bytes, target: Path) -> None:
    """Write the file, and its folder where it lacks.

    Raises:
        OutputNotWritten: with the reason.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except OSError as error:
        raise OutputNotWritten(
            f"写不了 {target}：{explain_os_error(error)}，请换一个路径。"
        ) from error
