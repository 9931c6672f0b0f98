"""A file -> the same file damaged in one way or another, as mail, disks and attackers do it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from random import Random

from lxml import etree

Mutation = Callable[[bytes, Random], bytes]

_MOST_FLIPS = 40
_LARGEST_CHUNK = 4096
_MOST_NODES = 30


def flip_bytes(content: bytes, random: Random) -> bytes:
    """Change some bytes anywhere."""
    changed = bytearray(content)
    for _ in range(random.randint(1, _MOST_FLIPS)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def truncate(content: bytes, random: Random) -> bytes:
    """Cut the end off."""
    return content[: random.randrange(1, len(content))]


def drop_chunk(content: bytes, random: Random) -> bytes:
    """Take a piece out of the middle."""
    start = random.randrange(len(content))
    return content[:start] + content[start + random.randint(1, _LARGEST_CHUNK) :]


def double_chunk(content: bytes, random: Random) -> bytes:
    """Say a piece twice."""
    start = random.randrange(len(content))
    end = start + random.randint(1, _LARGEST_CHUNK)
    return content[:end] + content[start:]


def blank_chunk(content: bytes, random: Random) -> bytes:
    """Overwrite a piece with zeros, as a disk that was not written to the end has it."""
    start = random.randrange(len(content))
    size = min(random.randint(1, _LARGEST_CHUNK), len(content) - start)
    return content[:start] + bytes(size) + content[start + size :]


def drop_part(content: bytes, random: Random) -> bytes:
    """Leave one part of a package out."""
    parts = _read_parts(content)
    del parts[random.choice(sorted(parts))]
    return _write_parts(parts)


def swap_parts(content: bytes, random: Random) -> bytes:
    """Give two parts of a package each other's content."""
    parts = _read_parts(content)
    if len(parts) < 2:
        return content
    one, two = random.sample(sorted(parts), 2)
    parts[one], parts[two] = parts[two], parts[one]
    return _write_parts(parts)


def damage_part(content: bytes, random: Random) -> bytes:
    """Damage one part of a package, and pack it well."""
    parts = _read_parts(content)
    name = random.choice(sorted(name for name, part in parts.items() if part) or sorted(parts))
    if parts[name]:
        parts[name] = random.choice(BYTE_MUTATIONS)(parts[name], random)
    return _write_parts(parts)


def drop_nodes(content: bytes, random: Random) -> bytes:
    """Take some elements out of an XML part."""
    return _change_xml(content, random, _drop_node)


def double_nodes(content: bytes, random: Random) -> bytes:
    """Repeat some elements of an XML part."""
    return _change_xml(content, random, _double_node)


def change_attributes(content: bytes, random: Random) -> bytes:
    """Give some attributes of an XML part values that nobody expects."""
    return _change_xml(content, random, _change_attribute)


BYTE_MUTATIONS: tuple[Mutation, ...] = (
    flip_bytes,
    truncate,
    drop_chunk,
    double_chunk,
    blank_chunk,
)
PACKAGE_MUTATIONS: tuple[Mutation, ...] = (drop_part, swap_parts, damage_part)
XML_MUTATIONS: tuple[Mutation, ...] = (drop_nodes, double_nodes, change_attributes)

_ODD_VALUES = (
    "",
    "-1",
    "0",
    "999999999999",
    "1e308",
    "nan",
    "inf",
    "\u4e00",
    "true",
    "../../x",
    "%",
)


def _read_parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _write_parts(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return target.getvalue()


def _change_xml(
    content: bytes, random: Random, change: Callable[[etree._Element, Random], None]
) -> bytes:
    parts = _read_parts(content)
    # Large parts hold the text; a share of the changes goes to the others.
    names = [name for name in sorted(parts) if name.endswith((".xml", ".rels"))]
    name = max(names, key=lambda name: len(parts[name]) * random.random())
    root = etree.fromstring(parts[name])
    for _ in range(random.randint(1, _MOST_NODES)):
        nodes = [node for node in root.iter() if node is not root and isinstance(node.tag, str)]
        if nodes:
            change(random.choice(nodes), random)
    parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return _write_parts(parts)


def _drop_node(node: etree._Element, _random: Random) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _double_node(node: etree._Element, _random: Random) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.insert(parent.index(node), etree.fromstring(etree.tostring(node)))


def _change_attribute(node: etree._Element, random: Random) -> None:
    if node.attrib:
        node.attrib[random.choice(sorted(map(str, node.attrib)))] = random.choice(_ODD_VALUES)
