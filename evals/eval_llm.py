"""The language model against the articles' own words: ``python -m evals.eval_llm``.

Asks some of the questions in both modes and prints the scores side by side. The model is the one
that ``ZHENGXIN_LLM`` and its companions name. Nothing of a measured case is printed but totals.

Exit code 0: the model's answers are no worse than the bound allows; 1: they are worse; 2: no model
is set up, or it can't be loaded.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.answer import Answer
from assistant.assistant import Assistant, open_assistant
from assistant.errors import ModelUnusable
from assistant.load_model import LanguageModel, load_model
from assistant.settings import Settings
from evals.ask_questions import CaseDay, QuestionRun, ask_questions
from evals.count_statements import CountingModel, count_statements
from evals.load_questions import QuestionCase, load_questions
from evals.print_evals import open_console
from evals.score_answers import MEASURE_BY_KEY
from evals.tally_scores import ScoredCase, Tally, find_percentile, total_scores

# Answers in the model's words may score this much lower, no more.
BOUND = 0.02
BOUND_KEYS = ("citation_precision", "facts")
_KEYS = (*BOUND_KEYS, "recall_at_1", "refusals", "wrong_refusals")
_DEFAULT_QUESTIONS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelEval:
    """Both runs over the same cases, and what the model said in the second.

    Attributes:
        extractive: the articles' own words.
        rephrased: with the model.
        said: statements that the model wrote.
        accepted: those of them that were carried by a provision.
    """

    extractive: QuestionRun
    rephrased: QuestionRun
    said: int
    accepted: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.eval_llm", description=__doc__)
    parser.add_argument("--questions", type=int, default=_DEFAULT_QUESTIONS, help="问多少题")
    parser.add_argument("--out", type=Path, default=None, help="把结果另存为JSON文件")
    options = parser.parse_args(arguments)
    settings = Settings()
    if not settings.llm:
        print(
            "没有设置语言模型，请先设置ZHENGXIN_LLM（参见make eval-llm的说明）。", file=sys.stderr
        )
        return 2
    try:
        model = load_model(settings)
    except ModelUnusable as error:
        print(error, file=sys.stderr)
        return 2
    result = run_model_eval(settings, model, options.questions)
    console = open_console()
    print_model_eval(console, result)
    if options.out is not None:
        text = json.dumps(export_model_eval(result), ensure_ascii=False, indent=1)
        options.out.write_text(text + "\n", encoding="utf-8")
    return 0 if is_within_bound(result) else 1


def run_model_eval(settings: Settings, model: LanguageModel, questions: int) -> ModelEval:
    """Ask the same questions without and with the model."""
    day = CaseDay()
    plain = open_assistant(settings.model_copy(update={"llm": ""}), clock=day)
    cases = choose_cases(plain, day, questions)
    counting = CountingModel(model)
    told = open_assistant(settings, clock=day, model=counting)
    extractive = ask_questions(cases, plain, day=day)
    rephrased = ask_questions(cases, told, day=day)
    answers = [scored.answer for scored in rephrased.scored]
    said, accepted = count_statements(counting.texts, answers, plain.library)
    return ModelEval(extractive=extractive, rephrased=rephrased, said=said, accepted=accepted)


def choose_cases(assistant: Assistant, day: CaseDay, questions: int) -> tuple[QuestionCase, ...]:
    """Cases spread evenly over the set, of those whose answer a model may put in other words."""
    cases = load_questions(assistant.library)
    step = max(len(cases) // max(questions, 1), 1)
    spread = (case for start in range(step) for case in cases[start::step])
    chosen: list[QuestionCase] = []
    for case in spread:
        if len(chosen) >= questions:
            break
        day.day = case.today
        if has_leads(assistant.ask(case.question, region=case.region, history=case.history)):
            chosen.append(case)
    return tuple(chosen)


def has_leads(answer: Answer) -> bool:
    """Whether there is anything in an answer for a model to rephrase."""
    return any(block.sources for block in answer.blocks)


def is_within_bound(result: ModelEval) -> bool:
    """Whether the model's answers lose no more than the bound."""
    before, after = _total(result.extractive), _total(result.rephrased)
    return all(
        (_share(after, key) or 0.0) >= (_share(before, key) or 0.0) - BOUND for key in BOUND_KEYS
    )


def export_model_eval(result: ModelEval) -> dict[str, object]:
    """Totals only, for a file."""
    runs = {"extractive": result.extractive, "llm": result.rephrased}
    return {
        "cases": len(result.extractive.scored),
        "statements": {"said": result.said, "accepted": result.accepted},
        "modes": {
            name: {
                **{key: _share(_total(run), key) for key in _KEYS},
                "rephrased": _count_rephrased(run.scored),
                "seconds_p50": _seconds(run, 50),
                "seconds_p95": _seconds(run, 95),
                "crashed": len(run.crashed),
            }
            for name, run in runs.items()
        },
    }


def print_model_eval(console: Console, result: ModelEval) -> None:
    """Both modes side by side."""
    runs = (result.extractive, result.rephrased)
    title = f"语言模型对照：{len(result.extractive.scored)}题"
    table = Table(title=title, title_justify="left")
    for column in ("指标", "条文原文", "语言模型"):
        table.add_column(column, justify="left" if column == "指标" else "right")
    for key in _KEYS:
        shares = (_share(_total(run), key) for run in runs)
        told = ("—" if share is None else f"{share:.3f}" for share in shares)
        table.add_row(MEASURE_BY_KEY[key].title, *told)
    table.add_row("用上模型表述的题", *(str(_count_rephrased(run.scored)) for run in runs))
    for percent in (50, 95):
        table.add_row(f"用时p{percent}", *(f"{_seconds(run, percent):.2f}秒" for run in runs))
    table.add_row("出错", *(str(len(run.crashed)) for run in runs))
    console.print(table)
    share = result.accepted / result.said if result.said else 0.0
    console.print(f"模型说了{result.said}句，核对通过{result.accepted}句（{share:.1%}）。")
    verdict = "不低于" if is_within_bound(result) else "低于"
    console.print(f"引用准确率和要点{verdict}条文原文减{BOUND}。")


def _total(run: QuestionRun) -> dict[str, Tally]:
    return total_scores(run.scored)


def _share(totals: dict[str, Tally], key: str) -> float | None:
    return totals[key].share if key in totals else None


def _count_rephrased(scored: Sequence[ScoredCase]) -> int:
    return sum(case.answer.mode == "llm" for case in scored)


def _seconds(run: QuestionRun, percent: float) -> float:
    return find_percentile([case.milliseconds for case in run.scored], percent) / 1000


if __name__ == "__main__":
    sys.exit(main())
