"""The shipped model: what it must be on disk, and what it must know."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest

from index.encoder import SETTINGS_FILE, SHIPPED_FOLDER, SHIPPED_NAME, SentenceEncoder, load_encoder


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return load_encoder(SHIPPED_NAME)


def test_it_is_small_and_holds_no_pickle() -> None:
    files = [path for path in SHIPPED_FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 45_000_000
    assert {path.suffix for path in files} <= {".json", ".safetensors", ".md"}
    assert (SHIPPED_FOLDER / "MODEL_CARD.md").is_file()


def test_its_weights_are_half_precision_and_as_large_as_the_settings_say() -> None:
    with (SHIPPED_FOLDER / "model.safetensors").open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    settings = json.loads((SHIPPED_FOLDER / SETTINGS_FILE).read_text(encoding="utf-8"))
    vocabulary = json.loads((SHIPPED_FOLDER / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    assert header["embedding.weight"]["dtype"] == "F16"
    assert header["embedding.weight"]["shape"] == [len(vocabulary), settings["dim"]]


def test_sentence_transformers_opens_it_by_its_path_alone(
    encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sentence_transformers import SentenceTransformer

    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    plain = SentenceTransformer(str(SHIPPED_FOLDER), device="cpu")
    (ours,) = encoder.encode_passages(["đoàn viên"])
    theirs = plain.encode(["đoàn_viên đoàn viên"], normalize_embeddings=True)[0].astype(np.float32)
    np.testing.assert_allclose(ours, theirs, atol=2e-3)


def test_its_name_names_the_model_and_a_digest(encoder: SentenceEncoder) -> None:
    name, _, digest = encoder.name.partition("@")
    assert (name, len(digest)) == (SHIPPED_NAME, 12)


# Each question is nearer the first passage than any other, though they share few words or none.
MEANING = [
    (
        "công nhân mất việc được giúp gì",
        [
            "Hỗ trợ người lao động bị chấm dứt hợp đồng do doanh nghiệp cắt giảm đơn hàng",
            "Tổ chức hội thao chào mừng ngày thành lập",
            "Tỷ lệ nộp kinh phí đúng hạn",
        ],
    ),
    (
        "tiền lương tháng đầu tiên",
        ["Thu nhập của người lao động mới vào làm", "Bầu cử đại biểu Quốc hội", "Trồng cây đầu xuân"],
    ),
    (
        "bị ốm có được nghỉ không",
        ["Chế độ ốm đau, thai sản", "Công tác văn thư, lưu trữ", "Thi tay nghề thợ giỏi"],
    ),
]


@pytest.mark.parametrize(("question", "passages"), MEANING, ids=[question for question, _ in MEANING])
def test_it_knows_what_is_meant(encoder: SentenceEncoder, question: str, passages: list[str]) -> None:
    scores = encoder.encode_passages(passages) @ encoder.encode_queries([question])[0]
    assert int(np.argmax(scores)) == 0
    assert scores[0] > scores[1:].max() + 0.05


def test_abbreviations_mean_what_they_stand_for(encoder: SentenceEncoder) -> None:
    short, full, other = encoder.encode_queries(["BHXH", "bảo hiểm xã hội", "bảo vệ môi trường"])
    assert short @ full > short @ other


def test_vectors_do_not_depend_on_their_company(encoder: SentenceEncoder) -> None:
    texts = ["đoàn viên mới", "", "kế hoạch năm 2021", "x" * 5000]
    together = encoder.encode_passages(texts)
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
