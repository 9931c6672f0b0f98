"""What the reading processes are asked and what they answer, over pipes.

Requests and answers are plain values: names of jobs, strings, numbers, tuples and lists. Of what
a worker answers nothing else is loaded, so that a file that takes the worker over gets no further.
"""

from __future__ import annotations

import io
import pickle
import struct
from typing import BinaryIO, Literal

from checkers.pack_outline import PackedOutline
from checkers.recognised_page import PackedPage

ReadRequest = tuple[Literal["read"], str, list[PackedPage]]
"""The file, and the pages of it that were recognised before."""
RecogniseRequest = tuple[Literal["recognise"], str, int]
"""The file, and the number of a page."""
UnpackRequest = tuple[Literal["unpack"], str, str]
"""The archive, and the folder for its members."""
Request = ReadRequest | RecogniseRequest | UnpackRequest

PackedMember = tuple[str, str | None, str | None, str]
Answer = (
    tuple[Literal["outline"], PackedOutline]
    # None where there is writing that can't be read.
    | tuple[Literal["page"], PackedPage | None]
    | tuple[Literal["members"], list[PackedMember]]
    # Code and message of a ``ReportUnreadable``.
    | tuple[Literal["refused"], str, str]
    # The trace of an unforeseen fault, for the log.
    | tuple[Literal["failed"], str]
)

_LENGTH = struct.Struct("<Q")
# An outline of 3,000 pages of text has some 20 MB.
LARGEST_MESSAGE = 512 * 1024 * 1024


class _PlainLoader(pickle.Unpickler):
    """Loads plain values and no object of any class."""

    def find_class(self, module_name: str, global_name: str) -> object:
        message = f"{module_name}.{global_name} is no part of a message"
        raise pickle.UnpicklingError(message)


def send_message(stream: BinaryIO, message: Request | Answer) -> None:
    """Write one message with its length in front."""
    content = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive_message(stream: BinaryIO) -> tuple[object, ...]:
    """Read one message.

    Raises:
        EOFError: the other side is gone.
        pickle.UnpicklingError: what it wrote is no message.
    """
    size: int = _LENGTH.unpack(_read_exactly(stream, _LENGTH.size))[0]
    if size > LARGEST_MESSAGE:
        raise pickle.UnpicklingError(f"a message of {size} bytes is too large")
    try:
        message = _PlainLoader(io.BytesIO(_read_exactly(stream, size))).load()
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError) as fault:
        # What pickle raises on bytes that are none.
        raise pickle.UnpicklingError(f"no message: {fault!r}") from None
    if not isinstance(message, tuple) or not message:
        raise pickle.UnpicklingError("a message is a tuple")
    return message


def _read_exactly(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content
