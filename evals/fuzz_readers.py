"""Damage report files in thousands of ways and read them: nothing may break, hang or be misread.

A file that is read after all may not show a topic as ``present`` whose chapter is empty, hollow or
gone in the undamaged original, nor one whose chapter the damage has destroyed (``judge_damage``).
Run by ``make fuzz``; the same seed gives the same files.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from checkers.convert_legacy import OFFICE_VARIABLE
from checkers.errors import ReportUnreadable
from checkers.finding import Topic
from checkers.isolate_reading import ReadingLimits, ReadingPool
from checkers.load_rules import load_rules
from checkers.outline import Outline
from checkers.recognise_scans import read_with_scans
from checkers.watch_reading import RECOGNISE, ScanOptions
from corpus.library import load_library
from evals.fuzz_seeds import FORMATS, write_seeds
from evals.judge_damage import DamageJudge, Misreading, Original
from evals.mutate_file import (
    BYTE_MUTATIONS,
    PACKAGE_MUTATIONS,
    XML_MUTATIONS,
    Mutation,
    change_attributes,
    swap_parts,
)

DEFAULT_COUNT = 5_000
_SEED = 20_260_101
_LIMITS = ReadingLimits(seconds=60.0, workers=1)
# Outcomes that must not happen, gravest first.
FAULTS = ("misread", "timeout", "reader_failed")
_PROGRESS_EVERY = 100
# Of damaged pictures so many are looked at for one that is recognised, which takes seconds.
_RECOGNISED_EVERY = 50
_UNRECOGNISED = ScanOptions(recognise=False)

# These can make a chapter of sound text that was none, as its author could.
_MOVING = frozenset({swap_parts, change_attributes})

_MUTATIONS: dict[str, tuple[Mutation, ...]] = {
    "docx": BYTE_MUTATIONS[:2] + PACKAGE_MUTATIONS + XML_MUTATIONS * 2,
    "ofd": BYTE_MUTATIONS[:2] + PACKAGE_MUTATIONS + XML_MUTATIONS * 2,
    "zip": BYTE_MUTATIONS + PACKAGE_MUTATIONS,
}


@dataclass(slots=True)
class FuzzRun:
    """What became of the damaged files.

    Attributes:
        outcomes: how often each happened: ``read``, the code of a refusal, ``misread``, and
            ``joined`` where two chapters have become one (see ``judge_damage``).
        faults: what must not happen, for a person to look at.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def broken(self) -> int:
        """Number of files with an outcome that must not happen."""
        return sum(self.outcomes[name] for name in FAULTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuzzer:
    """Reads damaged files of one format and looks at what comes out."""

    pool: ReadingPool
    judge: DamageJudge
    folder: Path

    def fuzz(self, format_name: str, count: int, keep: Path | None) -> FuzzRun:
        """Damage and read ``count`` files; those that break something are kept where told."""
        run = FuzzRun()
        paths = write_seeds(self.folder, format_name)
        seeds = [(path, self.judge.learn(list(self._read(path, RECOGNISE)))) for path in paths]
        mutations = _MUTATIONS.get(format_name, BYTE_MUTATIONS)
        random = Random(f"{_SEED}-{format_name}")
        for number in range(count if seeds else 0):
            path, original = seeds[number % len(seeds)]
            mutation = random.choice(mutations)
            target = self.folder / f"damaged{path.suffix}"
            target.write_bytes(mutation(path.read_bytes(), random))
            scans = _UNRECOGNISED if number % _RECOGNISED_EVERY else RECOGNISE
            outcome, told = self._find_outcome(
                target, original, scans, may_move=mutation in _MOVING
            )
            run.outcomes[outcome] += 1
            if outcome in FAULTS:
                run.faults.append(f"{number} {path.name} {mutation.__name__}：{outcome} {told}")
                if keep is not None:
                    target.replace(keep / f"{format_name}-{number}-{outcome}{path.suffix}")
            if number % _PROGRESS_EVERY == 0:
                sys.stderr.write(f"\r{format_name} {number}/{count}")
        sys.stderr.write("\r")
        return run

    def _find_outcome(
        self, path: Path, original: Original, scans: ScanOptions, *, may_move: bool
    ) -> tuple[str, str]:
        """Return the outcome, and on which topics it is misread and how."""
        misread: dict[Topic, Misreading] = {}
        try:
            for outline in self._read(path, scans):
                misread |= self.judge.find_misreadings(outline, original)
        except ReportUnreadable as refused:
            return refused.code, ""
        if not misread or may_move:
            return "read", ""
        told = " ".join(f"{topic}:{how}" for topic, how in misread.items())
        return ("joined" if set(misread.values()) == {"joined"} else "misread"), told

    def _read(self, path: Path, scans: ScanOptions) -> Iterator[Outline]:
        try:
            yield read_with_scans(self.pool, path, watch=None, scans=scans)
        except ReportUnreadable as refused:
            if refused.code != "archive":
                raise
            with TemporaryDirectory() as folder:
                for member in self.pool.unpack(path, Path(folder)):
                    yield from self._read_member(member.path)

    def _read_member(self, path: str | None) -> Iterator[Outline]:
        """Yield the outline of a member; one that is refused is one less."""
        if path is None:
            return
        try:
            yield self.pool.read(Path(path))
        except ReportUnreadable as refused:
            if refused.code in FAULTS:
                raise


def print_runs(runs: dict[str, FuzzRun]) -> str:
    """Return a table of outcomes by format."""
    names = sorted({name for run in runs.values() for name in run.outcomes})
    lines = ["\t".join(["format", *names])]
    for format_name, run in runs.items():
        lines.append("\t".join([format_name, *(str(run.outcomes[name]) for name in names)]))
    faults = [f"{name} {fault}" for name, run in runs.items() for fault in run.faults]
    return "\n".join([*lines, *faults])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 1 where something broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=DEFAULT_COUNT, help="files of each format")
    parser.add_argument("--format", choices=FORMATS, action="append", help="only these formats")
    parser.add_argument("--keep", type=Path, help="folder for files that break something")
    options = parser.parse_args(arguments)
    # LibreOffice takes seconds a file; the converter in Python reads the damaged DOC files.
    os.environ[OFFICE_VARIABLE] = "none"
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
    runs: dict[str, FuzzRun] = {}
    pool = ReadingPool(_LIMITS)
    judge = DamageJudge(library=load_library(), rules=load_rules())
    started = time.monotonic()
    for format_name in options.format or FORMATS:
        with TemporaryDirectory() as folder:
            fuzzer = Fuzzer(pool=pool, judge=judge, folder=Path(folder))
            runs[format_name] = fuzzer.fuzz(format_name, options.count, options.keep)
    pool.close()
    print(print_runs(runs))
    print(f"{time.monotonic() - started:.0f} s")
    return int(any(run.broken for run in runs.values()))


if __name__ == "__main__":
    sys.exit(main())
