"""Figures of the scale benchmark -> a plot of four panels, sizes on a logarithmic axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_PANELS = (
    ("ask, ms", (("p50_ms", "p50"), ("p95_ms", "p95"), ("p95_unnamed_ms", "p95, no region")), 80.0),
    ("memory while asking, MB", (("memory_mb", "peak"),), 1500.0),
    (
        "recall@1 of the planted originals",
        (("recall_named", "region named"), ("recall_unnamed", "no region named")),
        None,
    ),
)


def draw_scale(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Draw the rows of ``out/scale.json`` into a PNG."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    sizes = [row["articles"] for row in rows]
    figure, axes = plt.subplots(2, 2, figsize=(10, 7), constrained_layout=True)
    for axis, (title, lines, target) in zip(axes.flat, _PANELS, strict=False):
        for key, name in lines:
            axis.plot(sizes, [row["answers"][key] for row in rows], marker="o", label=name)
        if target is not None:
            axis.axhline(target, color="gray", linestyle="--", label="target")
        axis.set_title(title)
        axis.set_ylim(bottom=0)
    builds = axes.flat[len(_PANELS)]
    builds.plot(sizes, [row["build_seconds"] for row in rows], marker="o", label="build")
    builds.plot(sizes, [row["open_seconds"] for row in rows], marker="o", label="open")
    builds.set_title("build from nothing and open, s")
    builds.set_yscale("log")
    for axis in axes.flat:
        axis.set_xscale("log")
        axis.set_xlabel("articles")
        axis.legend()
    figure.savefig(path, dpi=120)
    plt.close(figure)
