"""Errors of the evaluation.

EvalsError
├── CaseFileRejected    a case file breaks the format, or names an article that is not there
└── BaselineUnreadable  the committed baseline is missing or breaks its format
"""


class EvalsError(Exception):
    """Base of everything that the evaluation raises on purpose."""


class CaseFileRejected(EvalsError):
    """A case file breaks the format, or names an article that is not there.

    Attributes:
        problems: one Chinese sentence each, with file, case and field.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("评测题有误：\n" + "\n".join(problems))
        self.problems = problems


class BaselineUnreadable(EvalsError):
    """The committed baseline is missing or breaks its format."""
