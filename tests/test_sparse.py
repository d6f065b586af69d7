"""BM25: a reference of ten lines is the oracle."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DamagedIndexError, IndexWriteError
from corpus.words.tokens import fold_tokens
from index.sparse import FIELDS, K1, B, Field, SparseIndex, SparseWriter, Term

Body, Head = list[str], list[str]
Record = tuple[int, int, Body, Head]  # key, document key, body, head

ROOT = Path(__file__).parent.parent
WORDS = ["chỉ_tiêu", "đảng", "đang", "viên", "2021", "234/kh-lđlđ", "hội", "nghị", "hoi"]
TOKENS = st.lists(st.sampled_from(WORDS), min_size=0, max_size=18)
RECORDS = st.lists(st.tuples(TOKENS, TOKENS), min_size=1, max_size=12)
TERMS = st.lists(
    st.builds(Term, st.sampled_from(FIELDS), st.sampled_from(WORDS), st.sampled_from([0.25, 1.0, 3.0])),
    min_size=1,
    max_size=5,
)


def write(
    folder: Path, records: Iterable[Record], base: Path | None = None, remove: Sequence[int] = ()
) -> Path:
    folder.mkdir(parents=True)
    with SparseWriter(folder, base) as writer:
        writer.remove(remove)
        for record in records:
            writer.add(*record)
    return folder


def tokens_of(record: Record, field: Field) -> list[str]:
    tokens = record[2] if field.startswith("body") else record[3]
    return fold_tokens(tokens) if field.endswith("folded") else tokens


def bm25(records: Sequence[Record], terms: Sequence[Term]) -> dict[int, float]:
    """BM25 with Lucene's idf; exact for fields of at most 40 tokens, whose lengths are kept as they are."""
    scores: dict[int, float] = {}
    for term in terms:
        lines = {record[0]: tokens_of(record, term.field) for record in records}
        holding = [key for key, tokens in lines.items() if term.token in tokens]
        average = sum(map(len, lines.values())) / len(lines)
        idf = log(1 + (len(lines) - len(holding) + 0.5) / (len(holding) + 0.5))
        for key in holding:
            tf, length = lines[key].count(term.token), len(lines[key])
            part = tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average))
            scores[key] = scores.get(key, 0.0) + term.weight * idf * part
    return scores


def ranked(scores: dict[int, float], k: int) -> list[tuple[int, float]]:
    return sorted(scores.items(), key=lambda pair: (-round(pair[1], 5), pair[0]))[:k]


@settings(deadline=None, max_examples=30)
@given(RECORDS, TERMS, st.integers(1, 12))
def test_scores_are_those_of_the_reference(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[Body, Head]], terms: list[Term], k: int
) -> None:
    records = [(key, key, body, head) for key, (body, head) in enumerate(lines)]
    sparse = SparseIndex(write(tmp_path_factory.mktemp("i") / "sparse", records))
    found, expected = dict(sparse.search(terms, len(records))), bm25(records, terms)
    assert found == pytest.approx(expected, rel=1e-5)
    top = sparse.search(terms, k)
    assert [s for _, s in top] == pytest.approx([s for _, s in ranked(expected, k)], rel=1e-5)


@pytest.fixture
def records() -> list[Record]:
    bodies = [
        ["giới", "thiệu", "đảng", "viên", "giới_thiệu", "đảng_viên"],
        ["thu", "chi", "công_đoàn", "234/kh-lđlđ"],
        ["đảng", "viên", "đảng_viên", "đảng_viên"],
        ["phong", "trào", "thi", "đua"],
        ["giới", "thiệu", "đảng", "viên", "giới_thiệu", "đảng_viên"],
    ]
    return [(10 + i, 10 if i < 2 else 12, body, ["kế", "hoạch"]) for i, body in enumerate(bodies)]


@pytest.fixture
def sparse(tmp_path: Path, records: list[Record]) -> SparseIndex:
    return SparseIndex(write(tmp_path / "sparse", records))


def test_equal_scores_come_in_key_order(sparse: SparseIndex) -> None:
    found = sparse.search([Term("body", "giới_thiệu")], 5)
    assert [key for key, _ in found] == [10, 14]
    assert found[0][1] == found[1][1]
    assert [key for key, _ in sparse.search([Term("head", "kế")], 3)] == [10, 11, 12]


def test_a_folded_field_finds_what_was_typed_without_diacritics(sparse: SparseIndex) -> None:
    assert sparse.search([Term("body", "dang_vien")], 5) == []
    assert {key for key, _ in sparse.search([Term("body_folded", "dang_vien")], 5)} == {10, 12, 14}


def test_a_document_number_is_one_token(sparse: SparseIndex) -> None:
    assert [key for key, _ in sparse.search([Term("body", "234/kh-lđlđ")], 5)] == [11]
    assert sparse.search([Term("body", "234")], 5) == []


def test_a_filter_acts_before_ranking_and_changes_no_score(sparse: SparseIndex) -> None:
    terms = [Term("body", "đảng_viên"), Term("body", "thiệu", 0.5), Term("head", "kế", 2.0)]
    scores = dict(sparse.search(terms, 5))
    inside = sparse.search(terms, 2, allowed=[12])
    assert [key for key, _ in inside] == [14, 12]
    assert dict(inside) == pytest.approx({key: scores[key] for key in (12, 14)}, rel=1e-6)
    assert sparse.search(terms, 2, allowed=[]) == []
    assert sparse.search(terms, 2, allowed=[999]) == []


def test_weights_multiply_and_a_term_given_twice_counts_twice(sparse: SparseIndex) -> None:
    once = dict(sparse.search([Term("body", "viên")], 5))
    for terms in ([Term("body", "viên", 2.0)], [Term("body", "viên")] * 2):
        assert dict(sparse.search(terms, 5)) == pytest.approx({k: 2 * s for k, s in once.items()}, rel=1e-6)
    assert sparse.search([Term("body", "viên", 0.0)], 5) == []
    assert sparse.search([], 5) == []


def test_frequency_counts_passages_not_occurrences(sparse: SparseIndex) -> None:
    assert sparse.frequency("body", "đảng_viên") == 3
    assert sparse.frequency("body", "không_có") == 0


def test_a_bad_term_names_itself() -> None:
    with pytest.raises(ValueError, match=r"term 'x': no field 'title', there are body, body_folded"):
        Term("title", "x")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"term 'x': weight -1 is below 0"):
        Term("body", "x", -1)


def test_an_extended_index_scores_like_one_made_at_once(tmp_path: Path, records: list[Record]) -> None:
    first = write(tmp_path / "first", records[:3])
    before = {path.name: path.read_bytes() for path in first.iterdir()}
    both = SparseIndex(write(tmp_path / "both", records[3:], base=first))
    terms = [Term("body", "đảng_viên"), Term("body_folded", "thieu"), Term("head", "kế")]
    expected = bm25(records, terms)
    assert dict(both.search(terms, 5)) == pytest.approx(expected, rel=1e-5)
    assert [key for key, _ in both.search(terms, 5)] == [key for key, _ in ranked(expected, 5)]
    assert {path.name: path.read_bytes() for path in first.iterdir()} == before
    assert both.keys().tolist() == [10, 11, 12, 13, 14]


def test_what_was_removed_is_not_found_and_stays_in_the_index_it_came_from(
    tmp_path: Path, records: list[Record]
) -> None:
    first = write(tmp_path / "first", records)
    without = SparseIndex(write(tmp_path / "without", [], base=first, remove=[12]))
    assert without.keys().tolist() == [10, 11]
    assert [key for key, _ in without.search([Term("body", "đảng_viên")], 5)] == [10]
    assert len(without) == 2
    assert SparseIndex(first).keys().tolist() == [10, 11, 12, 13, 14]


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    empty = SparseIndex(write(tmp_path / "sparse", []))
    assert (len(empty), empty.keys().tolist(), empty.search([Term("body", "a")], 3)) == (0, [], [])


def test_two_builds_answer_alike(tmp_path: Path) -> None:
    records = [(i, i, [f"t{i % 7}", f"t{i % 5}", "chung"], []) for i in range(3000)]
    terms = [Term("body", "t3"), Term("body", "t2", 0.5), Term("body", "chung")]
    one = SparseIndex(write(tmp_path / "one", records)).search(terms, 200)
    assert one == SparseIndex(write(tmp_path / "two", records)).search(terms, 200)
    assert [key for key, _ in one] == [key for key, _ in ranked(bm25(records, terms), 200)]


def test_a_block_left_by_an_error_commits_nothing(tmp_path: Path, records: list[Record]) -> None:
    folder = tmp_path / "sparse"
    folder.mkdir()

    def broken() -> None:
        with SparseWriter(folder) as writer:
            writer.add(*records[0])
            writer.add(9, 9, [None], [])  # type: ignore[list-item]

    with pytest.raises(TypeError, match="expected str instance"):
        broken()
    assert len(SparseIndex(folder)) == 0


@pytest.mark.parametrize("name", ["meta.json", "*.term", "*.fast", "*.idx"])
def test_a_lost_file_is_damage(tmp_path: Path, records: list[Record], name: str) -> None:
    folder = write(tmp_path / "sparse", records)
    next(folder.glob(name)).unlink()
    with pytest.raises(DamagedIndexError, match=r"sparse bị mất hoặc đã thay đổi"):
        SparseIndex(folder)


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(IndexWriteError, match=r"Không ghi được chỉ mục vào .*none"):
        SparseWriter(tmp_path / "none")


READ_ONLY = """
import os, sys, tantivy
from pathlib import Path
from index.sparse import SparseIndex, Term
if os.geteuid() == 0:  # the superuser may write anywhere, so search as nobody
    os.setuid(65534)
sparse = SparseIndex(Path(sys.argv[1]))
print([key for key, _ in sparse.search([Term("body", "đảng_viên")], 5)])
"""


@pytest.mark.skipif(os.name == "nt", reason="folders are not write-protected this way on Windows")
def test_a_read_only_folder_can_be_searched(tmp_path: Path, records: list[Record]) -> None:
    folder = write(tmp_path / "sparse", records)
    for lock in folder.glob("*.lock"):
        lock.unlink()
    folder.chmod(0o555)
    for parent in [tmp_path, *tmp_path.parents][:3]:
        parent.chmod(0o755)
    command = [sys.executable, "-c", READ_ONLY, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    folder.chmod(0o755)
    assert (done.stdout, done.stderr) == ("[12, 10, 14]\n", "")
    assert not list(folder.glob("*.lock"))
