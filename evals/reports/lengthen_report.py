"""A report -> the same with a functional design of a hundred sections about other things."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from evals.reports.load_bases import FillerText
from evals.reports.mutation_workshop import Workshop
from evals.reports.report_tree import Node, Report, find_host

_MODULES = 12
_FUNCTIONS = 8
_SENTENCES = 3


def lengthen(report: Report, argument: str, workshop: Workshop) -> Report:
    """Add modules with their functions to the host chapter, as long reports have them."""
    filler, random = workshop.texts.filler, workshop.random
    modules = tuple(
        _describe_module(filler, name, random) for name in random.sample(filler.modules, _MODULES)
    )
    host = find_host(report)
    chapters = list(report.chapters)
    chapters[host] = replace(chapters[host], children=(*chapters[host].children, *modules))
    return replace(report, chapters=tuple(chapters))


def _describe_module(filler: FillerText, name: str, random: Random) -> Node:
    functions = tuple(
        Node(title=f"{name}{function}", body=_describe_function(filler, name, function, random))
        for function in random.sample(filler.functions, _FUNCTIONS)
    )
    return Node(title=f"{name}模块", body=(f"{name}模块由以下功能组成。",), children=functions)


def _describe_function(
    filler: FillerText, module: str, function: str, random: Random
) -> tuple[str, ...]:
    chosen = random.sample(filler.sentences, _SENTENCES)
    return tuple(sentence.format(module=module, function=function) for sentence in chosen)
