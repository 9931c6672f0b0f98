"""Text -> a short name of its content."""

from __future__ import annotations

import hashlib

_BYTES = 10


def text_key(text: str) -> str:
    """Names a text by its content; 20 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()[: 2 * _BYTES]


def pack_keys(keys: list[str]) -> bytes:
    """Keys as bytes, one after the other."""
    return b"".join(bytes.fromhex(key) for key in keys)


def unpack_keys(packed: bytes) -> list[str]:
    """The keys that ``pack_keys`` packed."""
    return [packed[at : at + _BYTES].hex() for at in range(0, len(packed), _BYTES)]
