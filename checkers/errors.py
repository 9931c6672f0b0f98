"""Errors of the report checks.

CheckerError
├── ReportUnreadable     a report can't be read; ``code`` says why, the message is for the user
└── EarlierCheckInvalid  the result of an earlier check can't be compared with this one

Every message is a Chinese sentence that can be shown to a user as it is.
"""

from __future__ import annotations

from typing import Literal

UnreadableCode = Literal[
    "not_found",
    "not_a_file",
    "not_permitted",
    "empty_file",
    "too_large",
    "encrypted",
    "damaged",
    "wrong_type",
    "unsupported_type",
    "no_text",
    # The file is an archive, holds one, or holds no report.
    "archive",
    "nested_archive",
    "empty_archive",
    "has_macros",
    # LibreOffice or the converter could not make anything of an old document.
    "conversion_failed",
    # Reading it took too long, or ended the process that read it.
    "timeout",
    "reader_failed",
    # What recognises text on scanned pages is not installed, or lacks a library of the system.
    "ocr_missing",
    "ocr_broken",
]


class CheckerError(Exception):
    """Base of everything that the report checks raise on purpose."""


class ReportUnreadable(CheckerError):
    """A report can't be read.

    Attributes:
        code: the reason, for programs.
        message: the reason and the remedy, one Chinese sentence.
    """

    def __init__(self, code: UnreadableCode, message: str) -> None:
        super().__init__(message)
        self.code: UnreadableCode = code
        self.message = message


class EarlierCheckInvalid(CheckerError):
    """The result of an earlier check can't be compared with this one."""

    code = "bad_earlier_check"
