"""A user's file -> a regulation in the library, kept in the user's data folder."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from pathlib import Path

from corpus.clean_source import GENERAL_STEPS
from corpus.describe_regulation import Description, describe_regulation
from corpus.errors import ArticleNotFound, RegulationRejected
from corpus.library import load_library
from corpus.load_sources import ADDED_FOLDER, ADDED_MANIFEST, ADDED_SOURCE, SHIPPED_ORDER
from corpus.manifest import Manifest, RegionEntry
from corpus.name_regulation import normalize_name
from corpus.parse_regulation import ParsedSource, parse_regulation
from corpus.read_source import read_source
from corpus.regulation import Regulation
from corpus.verify_library import verify_source

_ID = re.compile(r"[a-z0-9一-龥][a-z0-9一-龥_-]{0,59}")
_DERIVED_ID_DIGITS = 8
_DRAFT = Manifest(
    id="draft",
    title="",
    region=RegionEntry(name=""),
    source_name="",
    sha256="",
    article_count=0,
    chapter_count=0,
)


def add_regulation(
    path: Path,
    data_folder: Path,
    *,
    id: str | None = None,
    region: str | None = None,
    title: str | None = None,
) -> Regulation:
    """Read, check and keep a regulation; it takes part in answers from the next load on.

    Args:
        path: TXT, Markdown, HTML, DOCX or PDF.
        data_folder: the user's; the regulation goes to ``regulations/<id>`` in it.
        id: for the command line and the answers; derived from the title where None.
        region: place it applies to; derived from the title where None.
        title: without 《》; derived from the text where None.

    Raises:
        SourceUnreadable: the file can't be read as text.
        RegulationRejected: its numbering, ending or closing provision is not whole, or the
            library holds it already.
    """
    source = read_source(path)
    draft = _require_whole(parse_regulation(source, _DRAFT), path.name)
    front, tail = _surroundings(draft)
    description = describe_regulation(front, tail, path.stem, title=title, region=region)
    manifest = _make_manifest(description, draft, path.name, id)
    _require_new(manifest, data_folder)
    parsed = parse_regulation(source, manifest)
    problems = verify_source(parsed).problems
    if problems:
        raise RegulationRejected(f"文件“{path.name}”核对未通过：{'；'.join(problems)}", problems)
    _keep(path, source, manifest, data_folder)
    return parsed.regulation


def remove_regulation(id: str, data_folder: Path) -> None:
    """Take an added regulation out of the library.

    Raises:
        RegulationRejected: it came with the program.
        ArticleNotFound: no regulation with this id has been added.
    """
    if id in SHIPPED_ORDER:
        raise RegulationRejected(f"“{id}”是随程序提供的规定，不能移除。")
    folder = data_folder / ADDED_FOLDER / id
    if not _ID.fullmatch(id) or not folder.is_dir():
        raise ArticleNotFound(f"没有添加过编号为“{id}”的规定，可用 zhengxin corpus list 查看编号。")
    doomed = Path(tempfile.mkdtemp(prefix=".removed-", dir=folder.parent))
    # The rename takes it out of the library at once, even if deleting is interrupted.
    folder.rename(doomed / id)
    shutil.rmtree(doomed)


def _require_whole(draft: ParsedSource, file_name: str) -> ParsedSource:
    if draft.problems:
        listed = "".join(f"\n  {number}. {text}" for number, text in enumerate(draft.problems, 1))
        raise RegulationRejected(
            f"文件“{file_name}”不完整或条号有误，没有添加。请对照原件补全后再试：{listed}",
            draft.problems,
        )
    return draft


def _surroundings(draft: ParsedSource) -> tuple[str, str]:
    """Source text before the first heading and behind the last article, less page marks."""
    article_names = ("chapter_heading", "article_label", "article_text")
    body = [piece for piece in draft.ledger.pieces() if piece[2] in article_names]
    return draft.source[: body[0][0]], draft.source[body[-1][1] :]


def _make_manifest(
    description: Description, draft: ParsedSource, file_name: str, given_id: str | None
) -> Manifest:
    if given_id is not None and not _ID.fullmatch(given_id):
        raise RegulationRejected(
            f"编号“{given_id}”不能用，请只用小写字母、数字、汉字、“-”和“_”，不超过60个字符。"
        )
    digest = hashlib.sha256(normalize_name(description.title).encode()).hexdigest()
    return Manifest(
        id=given_id or f"added-{digest[:_DERIVED_ID_DIGITS]}",
        title=description.title,
        region=description.region,
        document_number=description.document_number,
        issued=description.issued,
        source_name=file_name,
        sha256=hashlib.sha256(draft.source.encode()).hexdigest(),
        article_count=len(draft.regulation.articles),
        chapter_count=len(draft.regulation.chapters),
        steps=GENERAL_STEPS,
    )


def _require_new(manifest: Manifest, data_folder: Path) -> None:
    for regulation in load_library(data_folder).regulations:
        if regulation.id == manifest.id:
            raise RegulationRejected(
                f"编号“{manifest.id}”已用于《{regulation.title}》，"
                "请先移除它，或用 --id 另指定编号。"
            )
        if normalize_name(regulation.title) == normalize_name(manifest.title):
            raise RegulationRejected(
                f"库中已有《{regulation.title}》（{regulation.id}），"
                "请先移除旧的，或用 --title 注明版本。"
            )
    if (data_folder / ADDED_FOLDER / manifest.id).exists():
        raise RegulationRejected(
            f"编号“{manifest.id}”的文件夹已存在但无法读取，请先移除它，或用 --id 另指定编号。"
        )


def _keep(path: Path, source: str, manifest: Manifest, data_folder: Path) -> None:
    """Write a folder under a passing name and rename it: a half-written one is never loaded."""
    regulations = data_folder / ADDED_FOLDER
    regulations.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".adding-", dir=regulations))
    try:
        shutil.copyfile(path, draft / f"original{path.suffix.lower()}")
        (draft / ADDED_SOURCE).write_bytes(source.encode())
        (draft / ADDED_MANIFEST).write_text(manifest.model_dump_json(indent=2), encoding="utf-8")
        draft.chmod(0o755)
        draft.rename(regulations / manifest.id)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
