"""Where warnings and unexpected errors are written down, so that no traceback meets a user."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_NAME = "zhengxin.log"
_LOG_BYTES = 1_000_000


def start_log(folder: Path | None = None) -> None:
    """Send warnings and errors of the process to ``zhengxin.log``, by default in the data folder.

    The file appears with its first entry. A folder that can't be written to costs the log, not
    the command.
    """
    if folder is None:
        from assistant.settings import Settings

        folder = Settings().data_folder
    logging.raiseExceptions = False
    handler = _LazyFolderHandler(
        folder / LOG_NAME, maxBytes=_LOG_BYTES, backupCount=1, delay=True, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


class _LazyFolderHandler(RotatingFileHandler):
    """Makes its folder when the first entry comes."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        super().emit(record)
