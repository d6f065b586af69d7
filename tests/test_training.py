"""The training of the shipped encoder, on a library of a few sentences: small, but the whole way."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

import numpy as np
import pytest

from corpus.words.glossary import Entry, Glossary
from index.encoder import SETTINGS_FILE, load_encoder
from index.training.__main__ import main
from index.training.abbreviations import Abbreviator
from index.training.leakage import Benchmarks
from index.training.pairs import PairOptions, draw_many, span_to_rest
from index.training.table import Words, build_table, source_order
from index.training.vocabulary import build_vocabulary

SUBJECTS = ["tiền lương", "an toàn lao động", "bảo hiểm xã hội", "nhà ở công nhân", "đào tạo nghề", "thi đua"]
PARTS = ["mức hưởng", "điều kiện", "thủ tục", "trách nhiệm", "thời hạn", "kinh phí", "hồ sơ", "kiểm tra"]
QUESTION = "Doanh nghiệp nợ tiền thưởng tết thì người lao động cần khiếu nại ở đâu"


def sentence(rng: random.Random, subject: str) -> str:
    return f"{subject} {' '.join(rng.choice(PARTS) for _ in range(8))} của {rng.choice(SUBJECTS)}."


def write_jsonl(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(lzma.compress(lines.encode()) if path.suffix == ".xz" else lines.encode())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder laid out as the training data is, one news item of which copies a benchmark question."""
    root, rng = tmp_path_factory.mktemp("data"), random.Random(1)

    def items(n: int) -> list[dict[str, str]]:
        chosen = [rng.choice(SUBJECTS) for _ in range(n)]
        return [
            {
                "id": f"1.1.LQ.{i}",
                "title": f"{subject} và {rng.choice(PARTS)}",
                "text": "\n".join(sentence(rng, subject) for _ in range(6)),
            }
            for i, subject in enumerate(chosen)
        ]

    write_jsonl(root / "legal/phapdien_articles.jsonl.xz", items(40))
    (root / "legal/phapdien_related.tsv").write_text(
        "".join(f"1.1.LQ.{i}\t1.1.LQ.{i + 1}\n" for i in range(30)), encoding="utf-8"
    )
    copy = {"title": "Hỏi đáp", "text": f"Mở đầu.\n{QUESTION}?\nKết thúc."}
    write_jsonl(root / "general/vietnews.jsonl.xz", [*items(40), copy])
    write_jsonl(root / "general/vietnews2.jsonl.xz", items(20))
    write_jsonl(root / "general/wiki.jsonl.xz", items(20))
    for name in ("xquad_vi", "uit_regulations", "uit_wiki_small", "viquad_mini"):
        folder = root / "qa" / name
        write_jsonl(folder / "corpus.jsonl", items(10))
        write_jsonl(
            folder / "queries.jsonl", [{"id": f"q{i}", "text": f"{s} là gì?"} for i, s in enumerate(SUBJECTS)]
        )
        (folder / "qrels.tsv").write_text(
            "".join(f"q{i}\t1.1.LQ.{i}\t1\n" for i in range(6)), encoding="utf-8"
        )
    pairs = "".join(f"{sentence(rng, s)}\t{sentence(rng, s)}\t1\n" for s in SUBJECTS)
    (root / "qa/vnpara.tsv").write_text("sentence1\tsentence2\tlabel\n" + pairs, encoding="utf-8")
    write_jsonl(root / "benchmarks/some/queries.jsonl", [{"id": "1", "text": QUESTION}])
    return root


def test_the_same_command_gives_the_same_model_to_the_byte(data: Path, tmp_path: Path) -> None:
    common = ["--data", str(data), "--cache", str(tmp_path / "cache"), "--steps", "5", "--processes", "1"]
    for name in ("one", "two"):
        assert main([*common, "--out", str(tmp_path / name)]) == 0
    assert main([*common, "--out", str(tmp_path / "other"), "--seed", "8"]) == 0
    one, two, other = ((tmp_path / n / "model.safetensors").read_bytes() for n in ("one", "two", "other"))
    assert one == two != other
    settings = json.loads((tmp_path / "one" / SETTINGS_FILE).read_text(encoding="utf-8"))
    assert settings["training"]["left_out_as_near_copies"]["news"] == 1
    encoder = load_encoder(str(tmp_path / "one"))
    same, near, far = encoder.encode_passages(["bảo hiểm xã hội", "Bảo hiểm xã hội", "đào tạo nghề"])
    assert same @ near == pytest.approx(1, abs=1e-5)
    assert same @ far < 0.9


@pytest.mark.parametrize(
    ("line", "copied"),
    [
        pytest.param(QUESTION, True, id="the-question-itself"),
        pytest.param(
            "doanh_nghiệp nợ tiền thưởng tết thì người_lao_động làm sao", True, id="half-of-it-segmented"
        ),
        pytest.param("DOANH NGHIEP NO TIEN THUONG TET THI NGUOI LAO DONG", True, id="without-diacritics"),
        pytest.param(
            "Người lao động khiếu nại doanh nghiệp về tiền thưởng", False, id="same-words-other-order"
        ),
        pytest.param("", False, id="empty"),
    ],
)
def test_near_copies_of_a_benchmark_question_are_found(line: str, copied: bool) -> None:
    assert Benchmarks([QUESTION, "Thế nào là tiền lương tối thiểu vùng?"]).stand_in(line) is copied


def test_abbreviated_lines_stand_beside_the_full_ones() -> None:
    abbreviator = Abbreviator(Glossary([Entry("CĐCS", "công đoàn cơ sở"), Entry("CĐ", "công đoàn")]))
    lines = ["tiêu_đề", "thăm công_đoàn cơ_sở ở huyện", "dòng sau"]
    (item,) = abbreviator.pairs([("news/1", lines), ("news/2", ["x", "không có gì"])])
    assert item.lines[0].split() == ["thăm", "cđcs", "ở", "huyện"]
    assert item.lines[1] == "thăm công_đoàn cơ_sở ở huyện dòng sau"


def test_a_word_is_read_by_its_own_row_and_its_syllables() -> None:
    words = Words()
    table = build_table([("a", ["", "công_đoàn việt_nam công_đoàn , công_đoàn công_đoàn"])], words)
    vocabulary = build_vocabulary(words.listed(), [table], size=100, syllable_count=1)
    rows, per_word = vocabulary.expand(table.line(1))
    read = [vocabulary.tokens[row] for row in rows]
    assert read[:5] == ["công_đoàn", "công", "đoàn", "việt", "nam"]  # "việt_nam" is too rare for a row
    assert per_word.tolist() == [3, 2, 3, 3, 3]
    assert vocabulary.counts[vocabulary.tokens.index("đoàn")] == 4


def test_articles_of_a_law_stand_in_a_row() -> None:
    ids = ["legal/1.1.LQ.10", "legal/1.1.LQ.9", "legal/1.10.LQ.1", "legal/1.2.LQ.1"]
    assert sorted(ids, key=source_order) == [ids[1], ids[0], ids[3], ids[2]]


def test_a_span_and_its_rest_make_up_the_passage() -> None:
    words = Words()
    body = " ".join(f"từ{n}" for n in range(60))
    table = build_table([("a", ["tiêu đề", body])], words)
    options = PairOptions(span=(5, 5), passage=(40, 40))
    for span, rest in draw_many(span_to_rest(table, options), 50, np.random.default_rng(0)):
        assert len(span) == 5
        assert len(set(span.tolist()) | set(rest.tolist()) - {0, 1}) == 40


def test_drawing_from_nothing_says_so() -> None:
    table = build_table([("a", ["tiêu đề", "ngắn"])], Words())
    with pytest.raises(ValueError, match="only 0 of 2 pairs"):
        draw_many(span_to_rest(table, PairOptions()), 2, np.random.default_rng(0))
