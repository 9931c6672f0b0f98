from __future__ import annotations

import builtins
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from scripted_models import say

from assistant.assistant import open_assistant
from assistant.errors import ModelUnusable
from assistant.load_model import load_model
from assistant.settings import Settings
from assistant.stream_answer import open_rephraser

LOCAL = "http://127.0.0.1:9/v1"


def test_a_model_at_an_address_of_ones_own_needs_no_key() -> None:
    model = load_model(Settings(llm="openai:qwen2.5", llm_base_url=LOCAL, llm_timeout=7))
    assert type(model).__name__ == "ChatOpenAI"
    assert str(getattr(model, "openai_api_base", "")) == LOCAL
    assert getattr(model, "request_timeout", None) == 7


@pytest.mark.parametrize("name", ["qwen2.5", "qwen2.5:7b", "deepseek-r1:1.5b"])
def test_a_bare_name_at_an_address_of_ones_own_is_taken_as_it_is(name: str) -> None:
    model = load_model(Settings(llm=name, llm_base_url=LOCAL))
    assert getattr(model, "model_name", None) == name


@pytest.mark.parametrize("name", ["nonsense", "nobody:model"])
def test_a_name_that_no_provider_knows_is_told_of(name: str) -> None:
    with pytest.raises(ModelUnusable, match="请检查ZHENGXIN_LLM"):
        load_model(Settings(llm=name))


def test_a_missing_key_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelUnusable, match="无法载入"):
        load_model(Settings(llm="openai:gpt-4o-mini"))


def test_a_missing_extra_is_told_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hide_langchain(monkeypatch)
    with pytest.raises(ModelUnusable, match=r'pip install "zhengxin\[llm\]"'):
        load_model(Settings(llm="openai:qwen2.5", llm_base_url=LOCAL))


def test_a_missing_extra_stops_nothing_and_is_told_in_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hide_langchain(monkeypatch)
    assistant = open_assistant(
        Settings(data_folder=tmp_path, llm="openai:qwen2.5", llm_base_url=LOCAL)
    )
    answer = assistant.ask("淅川验收需要什么材料")
    assert answer.status == "answered"
    assert answer.mode == "extractive"
    assert answer.blocks[-1].kind == "notice"
    assert "pip install" in answer.text


def test_without_a_model_nothing_is_loaded_and_nothing_is_said() -> None:
    code = (
        "import sys\n"
        "from assistant.settings import Settings\n"
        "from assistant.stream_answer import open_rephraser\n"
        "assert open_rephraser(Settings(llm='')).model is None\n"
        "print([m for m in sys.modules if m in ('langchain', 'langchain_openai', 'openai')])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"


def test_a_blank_name_is_no_model() -> None:
    assert open_rephraser(Settings(llm="  ")).problem == ""


def test_the_assistant_answers_in_the_words_of_its_model(tmp_path: Path) -> None:
    said = "项目建成后6个月内，建设单位应当组织验收。"
    assistant = open_assistant(Settings(data_folder=tmp_path), model=say(said))
    answer = assistant.ask("淅川县项目建成后多久要验收？")
    assert answer.mode == "llm"
    assert f"{said} [1]" in answer.text
    answers = list(assistant.stream("淅川县项目建成后多久要验收？"))
    assert answers[-1].text == answer.text
    assert answers[-1].milliseconds > 0


def test_a_question_beyond_the_library_is_not_put_to_the_model(tmp_path: Path) -> None:
    model = say("天气很好。")
    assistant = open_assistant(Settings(data_folder=tmp_path), model=model)
    (answer,) = assistant.stream("今天天气怎么样")
    assert answer.status == "out_of_scope"
    assert model.asked == []


def hide_langchain(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra is not installed."""
    real = builtins.__import__

    def without(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> ModuleType:
        if name.partition(".")[0] == "langchain":
            raise ModuleNotFoundError("No module named 'langchain'", name="langchain")
        return real(name, globals, locals, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", without)
