from __future__ import annotations

import errno
import os
import socket

import pytest

from ui.explain_os_error import explain_os_error


@pytest.mark.parametrize("number", [*errno.errorcode, None])
def test_no_english_of_the_system_is_shown(number: int | None) -> None:
    error = OSError() if number is None else OSError(number, os.strerror(number))
    told = explain_os_error(error)
    assert told
    assert "None" not in told
    assert number is None or os.strerror(number) not in told


def test_an_unknown_host_is_said() -> None:
    error = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    assert explain_os_error(error) == "找不到这个主机名"
