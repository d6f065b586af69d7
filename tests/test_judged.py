"""Judged sets and stored runs: what is read is what was written, and damage is told with its place."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from search.measuring.judged import Article, JudgedSet, JudgedSetError
from search.measuring.runs import Run, RunError, read_runs, write_runs

CORPUS = [
    {"id": "a", "title": "Nội quy - Điều 1. Nghỉ hằng năm", "text": "Nghỉ hằng năm\nMười hai ngày."},
    {"id": "b", "title": "", "text": "Không có tiêu đề."},
]
QUERIES = [
    {"id": "q1", "text": "nghỉ mấy ngày"},
    {"id": "q2", "text": "tiêu đề"},
    {"id": "q3", "text": "chưa đánh giá"},
]
QRELS = "q1\ta\t1\nq1\tb\t1\nq2\tb\t1\nq2\ta\t0\n"


def jsonl(rows: list[dict[str, str]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bo-nho"
    folder.mkdir()
    (folder / "corpus.jsonl.xz").write_bytes(lzma.compress(jsonl(CORPUS).encode()))
    (folder / "queries.jsonl").write_text(jsonl(QUERIES), encoding="utf-8")
    (folder / "qrels.tsv").write_text(QRELS, encoding="utf-8")
    return folder


def test_a_set_is_read_whole(folder: Path) -> None:
    judged = JudgedSet.read(folder)
    assert judged.name == "bo-nho"
    assert judged.articles == {
        "a": Article(CORPUS[0]["title"], CORPUS[0]["text"]),
        "b": Article("", "Không có tiêu đề."),
    }
    assert judged.articles["b"].line() == "Không có tiêu đề."
    assert judged.queries == {"q1": "nghỉ mấy ngày", "q2": "tiêu đề"}  # q3 has no judgement
    assert judged.qrels == {"q1": {"a", "b"}, "q2": {"b"}}


def test_the_digest_tells_other_data(folder: Path) -> None:
    before = JudgedSet.read(folder).digest
    assert JudgedSet.read(folder).digest == before
    (folder / "qrels.tsv").write_text(QRELS.replace("q2\ta\t0\n", ""), encoding="utf-8")
    assert JudgedSet.read(folder).digest != before


def write(name: str, content: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(content, encoding="utf-8")


def cut_short(folder: Path) -> None:
    path = folder / "corpus.jsonl.xz"
    path.write_bytes(path.read_bytes()[:-20])


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(lambda f: (f / "qrels.tsv").unlink(), r"bo-nho thiếu tệp .*qrels\.tsv", id="missing"),
        pytest.param(
            lambda f: (f / "corpus.jsonl.xz").unlink(), r"thiếu tệp .*corpus\.jsonl\.xz", id="corpus"
        ),
        pytest.param(cut_short, r"corpus\.jsonl\.xz bị hỏng sau dòng \d", id="cut-short"),
        pytest.param(
            lambda f: (f / "corpus.jsonl.xz").write_bytes(b"PK"), r"bị hỏng sau dòng 0", id="not-xz"
        ),
        pytest.param(
            lambda f: (f / "queries.jsonl").write_bytes(b"\xff\xfe"),
            r"queries\.jsonl bị hỏng",
            id="not-utf-8",
        ),
        pytest.param(
            write("queries.jsonl", '{"id": "q1", "text": "a"}\n{"id":'),
            r"queries\.jsonl dòng 2 không phải JSON",
            id="half-a-line",
        ),
        pytest.param(write("queries.jsonl", "[1]\n"), r"dòng 1 không phải một đối tượng", id="a-list"),
        pytest.param(write("queries.jsonl", '{"id": "q1"}'), r"dòng 1 thiếu trường 'text'", id="no-text"),
        pytest.param(write("queries.jsonl", '{"id": 7, "text": "a"}'), r"thiếu trường 'id'", id="id-number"),
        pytest.param(
            write("queries.jsonl", jsonl([QUERIES[0], QUERIES[0]])), r"dòng 2: mã 'q1' đã có", id="twice"
        ),
        pytest.param(write("qrels.tsv", "q1 a 1\n"), r"qrels\.tsv dòng 1 không có dạng", id="no-tabs"),
        pytest.param(write("qrels.tsv", "q9\ta\t1\n"), r"dòng 1: không có câu hỏi 'q9'", id="no-query"),
        pytest.param(write("qrels.tsv", "q1\ta\t1\nq1\tz\t1\n"), r"2: không có điều 'z'", id="no-article"),
        pytest.param(write("qrels.tsv", "q1\ta\t0\n"), r"không đánh giá câu hỏi nào", id="nothing-right"),
    ],
)
def test_damage_is_told_with_its_place(folder: Path, damage: Callable[[Path], object], message: str) -> None:
    damage(folder)
    with pytest.raises(JudgedSetError, match=message):
        JudgedSet.read(folder)


RUN = Run("bo-nho", "abc", "full", {"q1": ["a", "b"], "q2": []}, {"p50_ms": 1.5}, {"q1": [1, 0], "q2": []})


def test_a_run_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "run.json"
    write_runs(path, [RUN, Run("khác", "def", "dense", {})])
    assert read_runs(path) == [RUN, Run("khác", "def", "dense", {})]
    assert [p.name for p in path.parent.iterdir()] == ["run.json"]


def test_a_run_ranks_nothing_twice() -> None:
    with pytest.raises(ValueError, match="an id stands twice in the ranking of 'q1'"):
        Run("bo-nho", "abc", "full", {"q1": ["a", "a"]})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, r"Không có tệp kết quả .*run\.json", id="missing"),
        pytest.param('{"format', r"Không đọc được tệp kết quả", id="half"),
        pytest.param('{"format_version": 9}', r"có phiên bản 9, cần phiên bản 1", id="version"),
        pytest.param("[]", r"có phiên bản None", id="a-list"),
    ],
)
def test_a_run_that_cannot_be_used(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "run.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(RunError, match=message):
        read_runs(path)


def test_a_run_changed_by_hand_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    write_runs(path, [RUN])
    path.write_text(path.read_text(encoding="utf-8").replace('"a"', '"b2"'), encoding="utf-8")
    with pytest.raises(RunError, match="đã bị thay đổi: mã kiểm tra không khớp"):
        read_runs(path)
