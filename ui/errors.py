"""Errors of the ways in: command line, page, HTTP.

InterfaceError
├── CommandMisused    the call can't be carried out as written
├── RegionUnknown     a region that is not in the library
├── ReportUnreadable  a report that a question is about can't be read
├── BatchLineInvalid  a line of a batch file is no question
├── OutputNotWritten  a result can't be written where it should go
├── PortTaken         the address is in use or not allowed
└── RequestRefused    an HTTP request that can't be served

Every message is a Chinese sentence that can be shown to a user as it is.
"""


class InterfaceError(Exception):
    """Base of everything that the ways in raise on purpose.

    Attributes:
        code: short name for programs, in JSON error objects.
    """

    code = "interface"


class CommandMisused(InterfaceError):
    """The call can't be carried out as written."""

    code = "bad_call"


class RegionUnknown(InterfaceError):
    """A region that is not in the library."""

    code = "unknown_region"


class ReportUnreadable(InterfaceError):
    """A report that a question is about can't be read."""

    code = "bad_report"


class BatchLineInvalid(InterfaceError):
    """A line of a batch file is no question."""

    code = "bad_line"


class OutputNotWritten(InterfaceError):
    """A result can't be written where it should go."""

    code = "not_written"


class PortTaken(InterfaceError):
    """The address is in use or not allowed."""

    code = "port_taken"


class RequestRefused(InterfaceError):
    """An HTTP request that can't be served.

    Attributes:
        status: of the HTTP reply.
    """

    code = "bad_request"

    def __init__(self, message: str, *, status: int = 400, code: str = "bad_request") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
