"""Folders of sources and manifests -> parsed regulations."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import RegulationRejected
from corpus.keep_parsed import ParsedFile, stamp_files
from corpus.manifest import Manifest
from corpus.parse_regulation import ParsedSource, parse_regulation
from corpus.read_yaml import read_yaml
from corpus.regulation import Regulation

SHIPPED_ORDER = ("xx-county", "xichuan", "jinzhai", "xiangxi", "erenhot")
SHIPPED_FOLDER = Path(__file__).parent

# An added regulation is a folder with these files, beside the file it was received in.
ADDED_FOLDER = "regulations"
ADDED_SOURCE = "source.txt"
ADDED_MANIFEST = "regulation.json"


def load_shipped(folder: Path = SHIPPED_FOLDER) -> tuple[ParsedSource, ...]:
    """Parse the sources that come with the program, in their fixed order.

    Raises:
        RegulationRejected: a source or its manifest has been damaged.
    """
    return tuple(_load_shipped_one(folder, id) for id in SHIPPED_ORDER)


def _load_shipped_one(folder: Path, regulation_id: str) -> ParsedSource:
    source = (folder / "sources" / f"{regulation_id}.txt").read_bytes().decode("utf-8")
    entries = read_yaml(folder / "manifests" / f"{regulation_id}.yaml")
    try:
        parsed = parse_regulation(source, Manifest.model_validate(entries))
    except ValueError as error:
        raise RegulationRejected(
            f"随程序提供的规定“{regulation_id}”与其清单不符：{error}", (str(error),)
        ) from error
    return _require_whole(parsed)


def load_added(data_folder: Path) -> tuple[tuple[Regulation, ...], tuple[str, ...]]:
    """The regulations that the user has added, by id; only what changed is parsed.

    Returns:
        The regulations, and a Chinese sentence for each that could not be loaded: one damaged
        folder must not take the others away.
    """
    folders = list_added(data_folder)
    if not folders:
        return (), ()
    file = ParsedFile(data_folder)
    held = file.read()
    loaded: dict[str, Regulation] = {}
    fresh: list[tuple[str, Regulation]] = []
    problems: list[str] = []
    for folder in folders:
        try:
            stamp = stamp_files((folder / ADDED_SOURCE, folder / ADDED_MANIFEST))
            held_stamp, stored = held.get(folder.name, ("", None))
            if stored is not None and held_stamp == stamp:
                loaded[folder.name] = stored
                continue
            loaded[folder.name] = load_added_one(folder).regulation
            fresh.append((stamp, loaded[folder.name]))
        except (OSError, ValueError, RegulationRejected) as error:
            problems.append(f"自行添加的规定“{folder.name}”无法载入，请移除后重新添加：{error}")
    loaded.update((regulation.id, regulation) for regulation in file.keep(fresh))
    return tuple(loaded.values()), tuple(problems)


def list_added(data_folder: Path) -> list[Path]:
    """Folders of the regulations that the user has added, by id."""
    # A dot marks a folder that is being written or removed.
    return [
        folder
        for folder in sorted((data_folder / ADDED_FOLDER).glob("*/"))
        if not folder.name.startswith(".") and (folder / ADDED_MANIFEST).is_file()
    ]


def load_added_one(folder: Path) -> ParsedSource:
    """Parse one added regulation.

    Raises:
        OSError: a file is missing.
        ValueError: the manifest is damaged.
        RegulationRejected: the source no longer gives a whole regulation.
    """
    source = (folder / ADDED_SOURCE).read_bytes().decode("utf-8")
    entries = json.loads((folder / ADDED_MANIFEST).read_text(encoding="utf-8"))
    try:
        manifest = Manifest.model_validate(entries)
    except ValidationError as error:
        raise ValueError(f"清单{ADDED_MANIFEST}的内容不对（{error.error_count()}处）。") from error
    return _require_whole(parse_regulation(source, manifest))


def _require_whole(parsed: ParsedSource) -> ParsedSource:
    if parsed.problems:
        title = parsed.regulation.title
        raise RegulationRejected(
            f"《{title}》不完整：{'；'.join(parsed.problems)}", parsed.problems
        )
    return parsed
