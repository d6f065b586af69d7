"""A cross-encoder where one is set: a tiny real one, made here, and the ways in which one can be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from build_index import main as build
from corpus.errors import EncoderError
from index.preparation import Preparation
from search.engine import Engine
from search.ranking import crossencoder
from search.ranking.crossencoder import PAIRS, TransformerScorer, load_reranker, reordered
from search.retrieve import Lanes


class ByLength:
    """Prefers what is short, and remembers what it read."""

    def __init__(self, pairs: int = PAIRS) -> None:
        self.read: list[tuple[str, Sequence[str]]] = []
        self.pairs = pairs

    def scores(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        self.read.append((question, passages))
        return np.array([-len(text) for text in passages], dtype=np.float32)


class Predicts:
    """The one method of a CrossEncoder that is called; gives what it is told to give."""

    def __init__(self, found: Any) -> None:
        self.found, self.pairs = found, [("", "")]

    def predict(self, pairs: list[tuple[str, str]], batch_size: int, show_progress_bar: bool) -> Any:
        self.pairs = pairs
        return self.found


def lane(row: int, learned: float) -> Lanes:
    return Lanes(row, sparse=0.5, dense=0.4, cosine=0.3, learned=learned, relevance=0.2)


def cross_encoder(folder: Path, labels: int = 1) -> None:
    """Save a BERT of 2 x 8 that scores pairs, with a vocabulary of letters."""
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    source = folder.with_name("source")
    source.mkdir()
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (source / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(str(source / "vocab.txt")).save_pretrained(source)
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=300, num_labels=labels,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(source)
    CrossEncoder(str(source), device="cpu").save_pretrained(str(folder))


def test_the_lanes_read_come_first_in_the_order_of_their_scores() -> None:
    lanes = [lane(7, 0.9), lane(3, 0.8), lane(5, 0.7), lane(1, 0.6)]
    found = reordered(ByLength(), "hỏi", lanes, ["dài hơn cả", "vừa vừa", "ngắn"])
    assert [one.row for one in found] == [5, 3, 7, 1]
    assert [one.learned for one in found] == pytest.approx([1.0, 0.5, 0.0, 0.0])
    assert {(one.sparse, one.dense, one.cosine, one.relevance) for one in found} == {(0.5, 0.4, 0.3, 0.2)}


def test_equal_scores_keep_the_order_and_nothing_read_changes_nothing() -> None:
    lanes = [lane(2, 0.9), lane(1, 0.1)]
    assert [one.row for one in reordered(ByLength(), "hỏi", lanes, ["abc", "xyz"])] == [2, 1]
    assert reordered(ByLength(), "hỏi", lanes, []) == lanes


def test_the_family_of_the_model_decides_how_its_text_looks() -> None:
    model = Predicts([0.5])
    TransformerScorer(model, "PhoRanker", Preparation("words")).scores("đoàn viên", ["công đoàn cơ sở"])
    assert model.pairs == [("đoàn_viên", "công_đoàn cơ_sở")]


@pytest.mark.parametrize("found", [[1.0], [1.0, float("nan")], [[0.1, 0.9], [0.2, 0.8]]])
def test_scores_that_are_none_are_refused(found: Any) -> None:
    with pytest.raises(EncoderError, match=r"tiny không cho mỗi cặp .* một điểm số.*TRACUU_RERANKER"):
        TransformerScorer(Predicts(found), "tiny", Preparation()).scores("a", ["b", "c"])


def test_a_folder_with_a_cross_encoder_scores_as_the_library_does(tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    cross_encoder(tmp_path / "tiny")
    scorer = load_reranker(str(tmp_path / "tiny"))
    assert scorer is not None
    expected = CrossEncoder(str(tmp_path / "tiny"), device="cpu").predict(
        [("abc", "xyz"), ("abc", "k" * 900)]
    )
    np.testing.assert_allclose(scorer.scores("abc", ["xyz", "k" * 900]), expected, atol=1e-6)
    assert scorer.scores("abc", []).shape == (0,)


@pytest.mark.parametrize(
    ("seconds", "pairs"),
    [
        pytest.param([0.5, 0.09, 0.08, 0.4], 12, id="fast"),
        pytest.param([0.5, 0.2, 0.125, 0.3], 8, id="slower"),
        pytest.param([9.0, 8.0, 7.5, 9.9], 2, id="too-slow-for-any"),
    ],
)
def test_as_many_pairs_are_read_as_the_machine_reads_in_time(
    seconds: list[float], pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    left = iter(seconds)

    class Slow(Predicts):
        def predict(self, pairs: list[tuple[str, str]], batch_size: int, show_progress_bar: bool) -> Any:
            clock[0] += next(left)
            return np.zeros(len(pairs))

    monkeypatch.setattr(crossencoder, "perf_counter", lambda: clock[0])
    assert crossencoder.measure(TransformerScorer(Slow(None), "slow", Preparation())) == pairs


def test_a_model_that_sorts_into_classes_is_refused(tmp_path: Path) -> None:
    cross_encoder(tmp_path / "classes", labels=3)
    with pytest.raises(EncoderError, match=r"Không mở được mô hình xếp hạng .*3 labels"):
        load_reranker(str(tmp_path / "classes"))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"Không mở được mô hình xếp hạng .*TRACUU_RERANKER"):
        load_reranker(str(tmp_path))


@pytest.mark.parametrize("name", ["no-such-model", "./không có", "/no/such/folder"])
def test_a_name_that_is_neither_folder_nor_hub_model_is_refused(name: str) -> None:
    with pytest.raises(EncoderError, match=r"Không có mô hình xếp hạng .*TRACUU_RERANKER"):
        load_reranker(name)


def test_a_hub_model_is_not_fetched_when_offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(EncoderError, match=r"Không mở được mô hình xếp hạng 'nobody/nothing'"):
        load_reranker("nobody/nothing")


def test_none_is_set_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRACUU_RERANKER", raising=False)
    assert load_reranker() is None


def test_an_engine_lets_it_read_the_best_candidates_alone(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for n in range(PAIRS + 8):
        text = (
            f"KẾ HOẠCH\nThăm hỏi đoàn viên ốm đau\n\nI. NỘI DUNG\n\nThăm hỏi đoàn viên ốm đau, mức {n} đồng"
        )
        (folder / f"{n:02d}.txt").write_text(text + " cho mỗi người" * n, encoding="utf-8")
    assert build([str(folder), "--index-dir", str(tmp_path / "index")]) == 0
    plain = Engine.open(tmp_path / "index")
    scorer = ByLength()
    engine = Engine(plain.bundle, plain.glossary, cross=scorer)
    hits = engine.ask("thăm hỏi đoàn viên ốm đau").hits
    [(question, read)] = scorer.read
    assert question == "thăm hỏi đoàn viên ốm đau"
    assert len(read) == PAIRS
    shortest = min(read, key=len)
    assert hits[0].passage.text in shortest
