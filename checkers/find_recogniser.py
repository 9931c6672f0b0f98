"""Whether text on pictures can be recognised here, and by what; loads nothing heavy."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

RECOGNISER = "rapidocr"
NOT_INSTALLED = (
    "这是扫描件，本机没有安装文字识别组件，读不出文字；"
    "请运行 pip install 'zhengxin[ocr]' 安装后重试，或提供可复制文字的文件。"
)
NOT_RUNNING = (
    "这是扫描件，文字识别组件缺少系统库，无法运行，读不出文字；"
    "请改装 opencv-python-headless（或安装 libgl1、libglib2.0-0）后重试，或提供可复制文字的文件。"
)
# Changes whenever the same page would give other lines.
_METHOD = 1


def is_recogniser_installed() -> bool:
    """Whether rapidocr can be looked for; whether it runs is told by the first page."""
    return find_spec(RECOGNISER) is not None


def name_recogniser() -> str:
    """Return name, version and method of what recognises, as a stamp on what it gave."""
    try:
        return f"{RECOGNISER} {version(RECOGNISER)} / {_METHOD}"
    except PackageNotFoundError:
        return f"{RECOGNISER} / {_METHOD}"
