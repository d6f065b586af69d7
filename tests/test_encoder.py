"""Encoders: what a model is given to read, what comes out, and what happens when it is not there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import EncoderError, EncoderMismatchError
from index import preparation
from index.encoder import SETTINGS_FILE, SentenceEncoder, folder_digest, is_current, load_encoder
from index.preparation import (
    BELOW,
    UNKNOWN,
    Preparation,
    _within,
    preparation_of,
    prepare,
    words_and_syllables,
)
from index.training.export import export_model

TOKENS = [UNKNOWN, "công", "đoàn", "công_đoàn", "viên", "đoàn_viên", "nước"]
ROWS = np.array(
    [[0, 0, 1e-3, 0], [1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 0, 1], [0, 0, 2, 0], [0, 1, 2, 0], [0, 0, 0, -3]],
    dtype=np.float32,
)


class RecordingModel:
    """Stands for a SentenceTransformer: keeps what it was given, returns its letters' counts."""

    def __init__(self, prompts: dict[str, str] | None = None) -> None:
        self.prompts = prompts
        self.read: list[str] = []

    def get_embedding_dimension(self) -> int:
        return 3

    def encode(self, texts: Sequence[str], **_: Any) -> np.ndarray:
        self.read += texts
        return np.array([[t.count("a"), t.count("b"), t.count("c")] for t in texts], dtype=np.float64)


@pytest.fixture
def static_model(tmp_path: Path) -> Path:
    export_model(tmp_path / "static", TOKENS, ROWS, {"steps": 0})
    return tmp_path / "static"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bkai-foundation-models/vietnamese-bi-encoder", Preparation("words")),
        ("VoVanPhuc/sup-SimCSE-VietNamese-phobert-base", Preparation("words")),
        ("intfloat/multilingual-e5-base", Preparation("none", "query: ", "passage: ")),
        ("BAAI/bge-m3", Preparation()),
        ("sentence-transformers/all-MiniLM-L6-v2", Preparation()),
    ],
)
def test_each_family_gets_its_own_preparation(name: str, expected: Preparation) -> None:
    assert preparation_of(name) == expected


def test_instruction_models_get_their_instruction_on_questions_only() -> None:
    preparation = preparation_of("intfloat/multilingual-e5-large-instruct")
    assert preparation.query_prefix.startswith("Instruct: ")
    assert preparation.query_prefix.endswith("\nQuery: ")
    assert preparation.passage_prefix == ""


@pytest.mark.parametrize(
    ("segmented", "expected"),
    [
        pytest.param("Đoàn_viên , 12 người !", "đoàn_viên 12 người đoàn viên", id="words-then-syllables"),
        pytest.param("1.200.000 đồng", "1 200 000 đồng", id="figures"),
        pytest.param(" - ( ) …", UNKNOWN, id="no-word"),
        pytest.param("", UNKNOWN, id="empty"),
    ],
)
def test_words_and_syllables(segmented: str, expected: str) -> None:
    assert words_and_syllables(segmented) == expected


def test_document_numbers_and_markup_are_left_out_before_segmentation() -> None:
    (read,) = prepare(["**CÔNG ĐOÀN** theo 02-NQ/TW và 145/2020/NĐ-CP"], "words+syllables")
    assert read == "công_đoàn theo và công đoàn"


def test_capitals_change_nothing_for_the_static_model() -> None:
    upper, lower = prepare(
        ["KẾ HOẠCH PHÁT TRIỂN ĐOÀN VIÊN", "kế hoạch phát triển đoàn viên"], "words+syllables"
    )
    assert upper == lower


def test_a_heading_takes_the_words_it_has_in_its_passage() -> None:
    apart = prepare(["giới thiệu đảng viên", "1. giới thiệu đảng viên, quý I"], "words+syllables")
    (below,) = prepare(
        [BELOW.join(["Giới thiệu đảng viên:", "1. Giới thiệu đảng viên, quý I"])], "words+syllables"
    )
    assert sorted(below.split()) == sorted(" ".join(apart).split())
    assert prepare([BELOW.join(["Mục", "văn"])], "none") == ["Mục văn"]
    assert prepare([BELOW.join(["Đảng viên", "mới"])], "words") == ["Đảng_viên mới"]


def test_a_heading_that_ends_within_a_word_of_its_passage_is_segmented_by_itself() -> None:
    assert _within("giới thiệu đảng", "giới_thiệu đảng_viên") == ""
    assert _within("thiệu", "giới_thiệu") == ""
    assert _within("...", "giới_thiệu") == ""
    (read,) = prepare([BELOW.join(["Công đoàn", "công tác đoàn viên"])], "words+syllables")
    assert read.split()[:2] == ["công_đoàn", "công_tác"]


def test_no_clause_is_segmented_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    segmented: list[str] = []

    def segment(texts: list[str]) -> list[str]:
        segmented.extend(texts)
        return texts

    monkeypatch.setattr(preparation, "segment_words", segment)
    preparation._clause.cache_clear()
    text = "Tổ chức hội nghị, thu 1.500,5 đồng (đạt 98%); tổ chức hội nghị - báo cáo."
    try:
        first = prepare([BELOW.join(["Báo cáo:", "TỔ CHỨC hội nghị", text])], "words+syllables")
        assert first == prepare([BELOW.join(["Báo cáo:", "TỔ CHỨC hội nghị", text])], "words+syllables")
    finally:
        preparation._clause.cache_clear()  # what it holds now is not segmented
    assert sorted(segmented) == ["", "báo cáo", "thu 1.500,5 đồng", "tổ chức hội nghị", "đạt 98%"]


def test_words_are_joined_for_models_trained_on_them() -> None:
    assert prepare(["Chỉ tiêu đảng viên"], "words") == ["Chỉ_tiêu đảng_viên"]


def test_prefixes_reach_the_model_and_are_not_mixed_up() -> None:
    model = RecordingModel()
    encoder = SentenceEncoder(model, "tiny", Preparation("none", "query: ", "passage: "))
    encoder.encode_queries(["ab"])
    encoder.encode_passages(["bc"])
    assert model.read == ["query: ab", "passage: bc"]


def test_a_models_own_prompts_win_over_our_list() -> None:
    model = RecordingModel({"query": "q> ", "document": "d> "})
    encoder = SentenceEncoder(model, "tiny", Preparation("none", "query: ", "passage: "))
    encoder.encode_queries(["ab"])
    encoder.encode_passages(["bc"])
    assert model.read == ["q> ab", "d> bc"]


def test_vectors_are_float32_of_norm_one_in_the_order_given() -> None:
    vectors = SentenceEncoder(RecordingModel(), "tiny", Preparation()).encode_passages(["aaabbbb", "c", "ab"])
    expected = [[0.6, 0.8, 0], [0, 0, 1], [0.5**0.5, 0.5**0.5, 0]]
    np.testing.assert_allclose(vectors, expected, rtol=1e-6)
    assert vectors.dtype == np.float32


def test_no_texts_give_no_rows() -> None:
    assert SentenceEncoder(RecordingModel(), "tiny", Preparation()).encode_queries([]).shape == (0, 3)


def test_a_vector_without_direction_is_an_error_that_names_the_text() -> None:
    encoder = SentenceEncoder(RecordingModel(), "tiny", Preparation())
    with pytest.raises(EncoderError, match=r"véc-tơ rỗng với văn bản 'xyz'.*TRACUU_ENCODER"):
        encoder.encode_passages(["abc", "xyz"])


def test_a_static_vector_is_the_sum_of_its_rows(static_model: Path) -> None:
    encoder = load_encoder(str(static_model))
    (vector,) = encoder.encode_passages(["Đoàn viên công đoàn"])
    total = ROWS[[5, 3, 2, 4, 1, 2]].sum(axis=0)  # đoàn_viên công_đoàn đoàn viên công đoàn
    np.testing.assert_allclose(vector, total / np.linalg.norm(total), atol=1e-3)
    assert encoder.dim == 4


def test_a_text_alone_has_the_vector_it_has_among_others(static_model: Path) -> None:
    encoder = load_encoder(str(static_model))
    texts = ["công đoàn viên", "Đoàn viên công đoàn nước", "đoàn"]
    among = encoder.encode_passages(texts)
    for text, vector in zip(texts, among, strict=True):
        np.testing.assert_allclose(encoder.encode_queries([text])[0], vector, atol=1e-7)


def test_unknown_words_say_nothing_beside_known_ones(static_model: Path) -> None:
    encoder = load_encoder(str(static_model))
    known, mixed, unknown, empty = encoder.encode_queries(["nước", "nước xyzzy", "xyzzy", ""])
    np.testing.assert_allclose(known, mixed, atol=1e-3)
    np.testing.assert_allclose(unknown, [0, 0, 1, 0], atol=1e-3)
    np.testing.assert_array_equal(unknown, empty)


def test_the_name_carries_a_digest_and_loads_the_same_model_again(static_model: Path) -> None:
    encoder = load_encoder(str(static_model))
    assert encoder.name == f"{static_model}@{folder_digest(static_model)[:12]}"
    assert load_encoder(encoder.name).name == encoder.name
    assert is_current(encoder.name, str(static_model))


def test_a_model_that_has_changed_since_is_refused(static_model: Path) -> None:
    old = load_encoder(str(static_model)).name
    export_model(static_model, TOKENS, ROWS * 2 + 1, {"steps": 1})
    assert not is_current(old, str(static_model))
    with pytest.raises(EncoderMismatchError, match=r"static@.* nhưng chương trình đang đặt .*static@"):
        load_encoder(old)


def test_the_variable_names_the_model(static_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACUU_ENCODER", str(static_model))
    assert load_encoder().dim == 4


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_a_half_copied_model_is_refused_with_a_remedy(static_model: Path, file: str) -> None:
    whole = (static_model / file).read_bytes()
    (static_model / file).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EncoderError, match=rf"{file} bị mất hoặc chép dở.*chép lại"):
        load_encoder(str(static_model))
    (static_model / file).unlink()
    with pytest.raises(EncoderError, match=rf"{file}.*chép lại"):
        load_encoder(str(static_model))


def test_a_cut_model_without_our_digests_is_refused_too(static_model: Path) -> None:
    (static_model / SETTINGS_FILE).unlink()
    weights = static_model / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-8])
    with pytest.raises(EncoderError, match="Không mở được mô hình"):
        load_encoder(str(static_model))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"segmentation": "letters", "sha256": {}}'])
def test_damaged_settings_are_named(static_model: Path, content: str) -> None:
    (static_model / SETTINGS_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(EncoderError, match=rf"{SETTINGS_FILE} bị hỏng"):
        load_encoder(str(static_model))


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"không có mô hình \(thiếu modules.json\).*TRACUU_ENCODER"):
        load_encoder(str(tmp_path))


@pytest.mark.parametrize("name", ["no-such-model", "./không có", "/no/such/folder"])
def test_a_name_that_is_neither_folder_nor_hub_model_is_refused(name: str) -> None:
    with pytest.raises(EncoderError, match=r"Không có mô hình .*TRACUU_ENCODER"):
        load_encoder(name)


def test_a_hub_model_is_not_fetched_when_offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(EncoderError, match=r"Không mở được mô hình 'nobody/nothing'.*khi máy có mạng"):
        load_encoder("nobody/nothing")


def tiny_transformer(folder: Path) -> None:
    """Save a BERT of 2 x 8 with a vocabulary of letters, as SentenceTransformer folders are."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    source = folder.with_name("source")
    source.mkdir()
    letters = "abcdefghijklmnopqrstuvwxyz:"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (source / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(str(source / "vocab.txt")).save_pretrained(source)
    config = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(source)
    transformer = Transformer(str(source), max_seq_length=64)
    SentenceTransformer(modules=[transformer, Pooling(8)], device="cpu").save(str(folder))


def test_a_transformer_in_a_folder_gets_the_prefixes_of_its_family(tmp_path: Path) -> None:
    tiny_transformer(tmp_path / "my-e5-small")
    shutil.copytree(tmp_path / "my-e5-small", tmp_path / "plain")
    with_prefix, plain = load_encoder(str(tmp_path / "my-e5-small")), load_encoder(str(tmp_path / "plain"))
    assert with_prefix.dim == 8
    np.testing.assert_allclose(
        with_prefix.encode_queries(["abc"]), plain.encode_queries(["query: abc"]), atol=1e-6
    )
    np.testing.assert_allclose(
        with_prefix.encode_passages(["abc"]), plain.encode_passages(["passage: abc"]), atol=1e-6
    )
    np.testing.assert_allclose(np.linalg.norm(plain.encode_passages(["abc", "b"]), axis=1), 1, atol=1e-6)


def test_settings_say_how_the_model_was_trained(static_model: Path) -> None:
    settings = json.loads((static_model / SETTINGS_FILE).read_text(encoding="utf-8"))
    assert settings["training"] == {"steps": 0}
    assert settings["segmentation"] == "words+syllables"
