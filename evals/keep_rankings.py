"""Questions -> what a peer ranked for them, kept from run to run.

The peers never change while the assistant is worked on, and asking them takes longer than
asking the assistant.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError


class _Kept(BaseModel):
    """What is kept of one peer."""

    model_config = ConfigDict(extra="forbid")

    stamp: str
    rankings: dict[str, list[int]] = {}


_FILE = TypeAdapter(dict[str, _Kept])


class KeptRankings:
    """Positions of chunks per question, under a stamp of everything that they depend on.

    Saving drops what was kept of this peer under another stamp, and leaves other peers alone.
    """

    def __init__(self, path: Path, peer: str, stamp: str) -> None:
        self._path = path
        self._peer = peer
        kept = _read(path).get(peer)
        self._kept = kept if kept and kept.stamp == stamp else _Kept(stamp=stamp)

    def find(self, question: str) -> list[int] | None:
        """The ranking of a question; None where it was not asked yet."""
        return self._kept.rankings.get(question)

    def add(self, question: str, positions: list[int]) -> None:
        """Keep a ranking in memory; ``save`` writes it."""
        self._kept.rankings[question] = positions

    def save(self) -> None:
        """Write all rankings of this peer, beside those of the others."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        everything = {**_read(self._path), self._peer: self._kept}
        aside = self._path.with_suffix(".writing")
        aside.write_bytes(_FILE.dump_json(everything))
        aside.replace(self._path)


def _read(path: Path) -> dict[str, _Kept]:
    """What the file holds; nothing where it is missing or of another make."""
    try:
        return _FILE.validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return {}
