"""A model's pieces of text as they come, within a time limit for the whole of it."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from assistant.errors import ModelFailed
from assistant.load_model import LanguageModel, Message

_log = logging.getLogger(__name__)

# Five regions take some 1,500 characters; what goes on beyond is a loop.
_MOST_CHARACTERS = 8000
_SLOW = "语言模型没有在{seconds:g}秒内答完"
_DOWN = "语言模型连接不上或出错（请检查ZHENGXIN_LLM_BASE_URL等设置）"


def receive_text(
    model: LanguageModel,
    messages: Sequence[Message],
    seconds: float,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[str]:
    """Pieces of text, as they come; ends early where the model writes without end.

    Args:
        model: asked in a thread of its own, so that one that hangs can be left behind.
        messages: what to say to it.
        seconds: limit for the whole answer.
        clock: seconds.

    Raises:
        ModelFailed: the model is slow, down or broken.
    """
    pieces: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
    given_up = threading.Event()
    threading.Thread(
        target=_pump, args=(model, messages, pieces, given_up), daemon=True, name="model"
    ).start()
    deadline = clock() + seconds
    received = 0
    try:
        while received < _MOST_CHARACTERS:
            piece = _wait(pieces, deadline - clock(), seconds)
            if piece is None:
                return
            received += len(piece)
            yield piece[:_MOST_CHARACTERS]
    finally:
        given_up.set()


def _wait(
    pieces: queue.SimpleQueue[str | BaseException | None], left: float, seconds: float
) -> str | None:
    try:
        piece = pieces.get(timeout=max(left, 0.0))
    except queue.Empty:
        raise ModelFailed(_SLOW.format(seconds=seconds)) from None
    if isinstance(piece, BaseException):
        raise ModelFailed(_DOWN) from piece
    if left <= 0:
        raise ModelFailed(_SLOW.format(seconds=seconds))
    return piece


def _pump(
    model: LanguageModel,
    messages: Sequence[Message],
    pieces: queue.SimpleQueue[str | BaseException | None],
    given_up: threading.Event,
) -> None:
    try:
        for chunk in model.stream(messages):
            if given_up.is_set():
                return
            pieces.put(chunk.text)
        pieces.put(None)
    except Exception as error:  # noqa: BLE001 - every provider raises errors of its own
        _log.debug("model failed", exc_info=True)
        pieces.put(error)
