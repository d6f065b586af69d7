"""Catalog, vectors and postings as one thing: rows in, passages and scores out."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import (
    DamagedIndexError,
    EncoderMismatchError,
    MissingIndexError,
    StaleIndexError,
)
from corpus.passages import split_document
from corpus.records import Citation, Document
from index import bundle as bundle_module
from index.building import Update, apply_update
from index.bundle import Bundle
from index.fields import dense_text
from index.files import lock
from index.manifest import read_manifest
from index.sparse import Term
from tests.fakes import HashEncoder, make_document

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    make_document(
        "2021/kế hoạch",
        "KẾ HOẠCH\n\nI. MỤC TIÊU\n\n1. Giới thiệu 45 đoàn viên ưu tú cho Đảng.\n\n2. Vận động quỹ xã hội.\n",
        number="12/KH-LĐLĐ", type="Kế hoạch", title="Công tác năm 2021",
    ),
    make_document("báo cáo", "BÁO CÁO\n\nI. KẾT QUẢ\n\nThu chi tài chính công đoàn đạt 98 %.\n"),
    make_document("rỗng", "\n\n"),
    make_document(
        "thi đua", "PHONG TRÀO THI ĐUA\n\nĐoàn viên giới thiệu sáng kiến.\n\nCông đoàn khen thưởng.\n"
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("index")
    Bundle.build(root, DOCUMENTS, HashEncoder(dim=48))
    return root


@pytest.fixture(scope="module")
def bundle(root: Path) -> Bundle:
    return Bundle.open(root, HashEncoder(dim=48))


def test_documents_come_back_by_id_in_row_order(bundle: Bundle) -> None:
    assert list(bundle.documents) == [document.doc_id for document in DOCUMENTS]
    assert list(bundle.documents.values()) == DOCUMENTS
    assert (len(bundle.documents), "báo cáo" in bundle.documents, "x" in bundle.documents) == (4, True, False)
    with pytest.raises(KeyError, match="x"):
        bundle.documents["x"]


def test_passages_are_rows(bundle: Bundle) -> None:
    expected = [passage for document in DOCUMENTS for passage in split_document(document)]
    assert list(bundle.passages) == expected
    assert [bundle.passages[row] for row in range(len(expected))] == expected
    assert bundle.passages[-1] == expected[-1]
    assert bundle.passages[1:3] == expected[1:3]
    with pytest.raises(IndexError, match=f"no row {len(expected)} among {len(expected)} passages"):
        bundle.passages[len(expected)]
    for doc_id in bundle.documents:
        rows = bundle.rows_of(doc_id)
        assert [bundle.passages[row] for row in rows] == [p for p in expected if p.doc_id == doc_id]
    with pytest.raises(KeyError, match="x"):
        bundle.rows_of("x")


def test_dense_rows_are_those_of_brute_force(bundle: Bundle) -> None:
    encoder = HashEncoder(dim=48)
    texts = [dense_text(passage) for passage in bundle.passages]
    query = encoder.encode_queries(["đoàn viên giới thiệu"])[0]
    scores = encoder.encode_passages(texts) @ query
    found = bundle.dense(query, 50)
    assert [row for row, _ in found] == sorted(
        range(len(texts)), key=lambda r: (-round(float(scores[r]), 6), r)
    )
    np.testing.assert_allclose([score for _, score in found], np.sort(scores)[::-1], atol=1e-6)


def test_sparse_rows_hold_the_words(bundle: Bundle) -> None:
    rows = [row for row, _ in bundle.sparse([Term("body", "giới_thiệu")], 10)]
    assert sorted(rows) == [r for r, p in enumerate(bundle.passages) if "giới thiệu" in p.text.lower()]
    head = [row for row, _ in bundle.sparse([Term("head", "12/kh-lđlđ")], 10)]
    assert head == list(bundle.rows_of("2021/kế hoạch"))
    assert bundle.document_frequency("body_folded", "gioi_thieu") == len(rows) == 2


def test_only_allowed_documents_are_ranked(bundle: Bundle) -> None:
    query = bundle.encoder.encode_queries(["thu chi tài chính"])[0]
    terms = [Term("body", "công_đoàn"), Term("body", "đoàn")]
    for allowed in (frozenset(["thi đua"]), frozenset(["thi đua", "2021/kế hoạch", "rỗng", "không có"])):
        rows = {row for doc_id in allowed & set(bundle.documents) for row in bundle.rows_of(doc_id)}
        dense, sparse = bundle.dense(query, 50, allowed), bundle.sparse(terms, 50, allowed)
        assert {row for row, _ in dense} == rows
        assert {row for row, _ in sparse} == rows & {row for row, _ in bundle.sparse(terms, 50)}
        everywhere = dict(bundle.sparse(terms, 50))
        assert dict(sparse) == pytest.approx({row: everywhere[row] for row, _ in sparse}, rel=1e-6)
    assert bundle.dense(query, 5, frozenset()) == []
    assert bundle.sparse(terms, 5, frozenset()) == []
    assert bundle.sparse(terms, 5, frozenset(["rỗng"])) == []


def test_who_cites_a_number_deleted_documents_left_out(tmp_path: Path) -> None:
    citing = [
        replace(make_document(doc_id, "Căn cứ"), citations=(Citation("Mở đầu", 0, 6, "Nghị quyết", number),))
        for doc_id, number in [("a", "02-NQ/TW"), ("b", "02-NQ/TW"), ("c", "27-CTr/TU"), ("d", "02-NQ/TW")]
    ]
    old = Bundle.build(tmp_path, citing, HashEncoder())
    with lock(tmp_path):
        apply_update(tmp_path, old, None, Update([], frozenset("b")))
    bundle = Bundle.open(tmp_path, HashEncoder())
    assert bundle.citing("02-NQ/TW") == ["a", "d"]
    assert bundle.citing("1/KH-UBND") == []
    bundle.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        bundle.citing("02-NQ/TW")


def test_a_library_without_documents_answers_nothing(tmp_path: Path) -> None:
    manifest = Bundle.build(tmp_path, [], HashEncoder(dim=5))
    empty = Bundle.open(tmp_path, HashEncoder(dim=5))
    assert (manifest.n_documents, len(empty.passages), len(empty.documents)) == (0, 0, 0)
    assert empty.dense(empty.encoder.encode_queries(["a"])[0], 3) == []
    assert empty.sparse([Term("body", "a")], 3) == []


def test_a_second_build_replaces_the_first(tmp_path: Path) -> None:
    Bundle.build(tmp_path, DOCUMENTS, HashEncoder())
    old = Bundle.open(tmp_path, HashEncoder())
    manifest = Bundle.build(tmp_path, DOCUMENTS[:1], HashEncoder())
    assert list(Bundle.open(tmp_path, HashEncoder()).documents) == ["2021/kế hoạch"]
    assert (manifest.generation, manifest.n_documents) == (2, 1)
    # Whoever opened the old one goes on reading it, whole.
    assert list(old.documents.values()) == DOCUMENTS
    assert len(old.sparse([Term("body", "giới_thiệu")], 9)) == 2


def test_another_encoder_is_refused(root: Path) -> None:
    with pytest.raises(EncoderMismatchError, match=r"'hash-encoder'.*'other'.*--rebuild"):
        Bundle.open(root, HashEncoder(dim=48, name="other"))
    with pytest.raises(EncoderMismatchError, match=r"hash-encoder"):
        Bundle.open(root, HashEncoder(dim=47))


def test_the_encoder_named_in_the_manifest_is_loaded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def load(name: str) -> HashEncoder:
        asked.append(name)
        return HashEncoder(dim=48)

    monkeypatch.setattr(bundle_module, "load_encoder", load)
    assert Bundle.open(root).encoder.dim == 48
    assert asked == ["hash-encoder"]


def test_other_rules_of_words_are_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.fields.word_rules", lambda: "0123456789abcdef")
    with pytest.raises(
        StaleIndexError, match=r"quy tắc tách từ [0-9a-f]{16}, .* 0123456789abcdef.*--rebuild"
    ):
        Bundle.open(root, HashEncoder(dim=48))


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(MissingIndexError, match="Chưa có chỉ mục"):
        Bundle.open(tmp_path, HashEncoder())


def republish(root: Path, **changes: object) -> None:
    """Write the live manifest with other facts in it, digests and all."""
    import hashlib

    name = (root / "CURRENT").read_text().split()[0]
    body = json.dumps({**json.loads((root / name).read_text()), **changes}).encode()
    (root / name).write_bytes(body)
    (root / "CURRENT").write_text(f"{name} {hashlib.sha256(body).hexdigest()}\n")


def swap_part(root: Path, other: Path, kind: str) -> None:
    """Put a part of another index, whole in itself, in the place of this one's."""
    fields = json.loads((root / (root / "CURRENT").read_text().split()[0]).read_text())
    foreign = json.loads((other / (other / "CURRENT").read_text().split()[0]).read_text())
    part = foreign["sparse"] if kind == "sparse" else foreign["segments"][0]["part"]
    shutil.copytree(other / "parts" / part["name"], root / "parts" / part["name"])
    if kind == "sparse":
        republish(root, sparse=part)
    else:
        republish(root, segments=[{**fields["segments"][0], "part": part}])


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    shutil.copytree(root, tmp_path / "index")
    return tmp_path / "index"


@pytest.mark.parametrize("kind", ["sparse", "segment"])
def test_parts_that_do_not_belong_together_are_refused(copy: Path, tmp_path: Path, kind: str) -> None:
    Bundle.build(tmp_path / "other", DOCUMENTS[:2], HashEncoder(dim=48))
    swap_part(copy, tmp_path / "other", kind)
    with pytest.raises(DamagedIndexError, match=r"bị mất hoặc đã thay đổi.*--rebuild"):
        Bundle.open(copy, HashEncoder(dim=48))


@pytest.mark.parametrize("fact", ["n_passages", "n_documents"])
def test_counts_that_differ_are_refused(copy: Path, fact: str) -> None:
    republish(copy, **{fact: 1})
    with pytest.raises(DamagedIndexError, match=r"parts bị mất hoặc đã thay đổi"):
        Bundle.open(copy, HashEncoder(dim=48))


@pytest.mark.parametrize("name", ["catalog.sqlite", "dense.faiss", "*.idx", "*.store", "meta.json"])
def test_a_damaged_file_is_named(copy: Path, name: str) -> None:
    path = next((copy / "parts").rglob(name))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(DamagedIndexError, match=path.name):
        Bundle.open(copy, HashEncoder(dim=48))


def test_an_index_that_is_moved_or_restored_from_a_copy_opens(copy: Path) -> None:
    assert list(Bundle.open(copy, HashEncoder(dim=48)).documents.values()) == DOCUMENTS


def test_a_publication_between_the_manifest_and_the_files_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Bundle.build(tmp_path, DOCUMENTS[:1], HashEncoder())
    real, calls = bundle_module.check_parts, []

    def late(root: Path, manifest: object) -> None:
        calls.append(manifest)
        if len(calls) == 1:  # two builds: the second removes what the first still kept
            Bundle.build(tmp_path, DOCUMENTS[1:2], HashEncoder())
            Bundle.build(tmp_path, DOCUMENTS[3:], HashEncoder())
        real(root, manifest)  # type: ignore[arg-type]

    monkeypatch.setattr(bundle_module, "check_parts", late)
    assert list(Bundle.open(tmp_path, HashEncoder()).documents) == ["thi đua"]


READ_ONLY = """
import os, sys, faiss, tantivy
from pathlib import Path
from index.bundle import Bundle
from index.sparse import Term
from tests.fakes import HashEncoder
if os.geteuid() == 0:  # the superuser may write anywhere, so read as nobody
    os.setuid(65534)
bundle = Bundle.open(Path(sys.argv[1]), HashEncoder(dim=48))
rows = [row for row, _ in bundle.sparse([Term("body", "đoàn")], 9)]
print(len(bundle.documents), bundle.documents["báo cáo"].doc_id, rows)
"""


@pytest.mark.skipif(os.name == "nt", reason="folders are not write-protected this way on Windows")
def test_a_read_only_index_can_be_served(bundle: Bundle, copy: Path) -> None:
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for parent in [copy.parent, *copy.parents][:4]:
        parent.chmod(0o755)
    command = [sys.executable, "-c", READ_ONLY, str(copy)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    for path in [copy, *copy.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    rows = [row for row, _ in bundle.sparse([Term("body", "đoàn")], 9)]
    assert (done.stdout, done.stderr) == (f"4 báo cáo {rows}\n", "")


def test_equal_passages_come_in_row_order(tmp_path: Path) -> None:
    same = [make_document(f"d{n:03}", "Nơi nhận: như trên; lưu văn phòng.") for n in range(200)]
    Bundle.build(tmp_path, same, HashEncoder())
    bundle = Bundle.open(tmp_path, HashEncoder())
    query = bundle.encoder.encode_queries(["nơi nhận"])[0]
    assert [row for row, _ in bundle.dense(query, 7)] == list(range(7))
    assert [row for row, _ in bundle.sparse([Term("body", "lưu"), Term("body_folded", "noi")], 7)] == list(
        range(7)
    )
    allowed = frozenset(f"d{n:03}" for n in range(50, 90))
    assert [row for row, _ in bundle.dense(query, 7, allowed)] == list(range(50, 57))
    assert [row for row, _ in bundle.sparse([Term("body", "lưu")], 7, allowed)] == list(range(50, 57))


def test_documents_may_come_one_after_another(tmp_path: Path) -> None:
    def stream() -> list[Document]:
        return [make_document(str(n), f"văn bản số {n}\n\nđoạn hai") for n in range(600)]

    encoder = HashEncoder()
    manifest = Bundle.build(tmp_path, iter(stream()), encoder)  # type: ignore[arg-type]
    bundle = Bundle.open(tmp_path, encoder)
    assert encoder.encoded == [dense_text(passage) for passage in bundle.passages]
    assert (manifest.n_documents, read_manifest(tmp_path)) == (600, manifest)


def test_products_take_one_thread_once_an_index_is_open(root: Path) -> None:
    from threadpoolctl import threadpool_info

    Bundle.open(root, HashEncoder(dim=48)).close()
    blas = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
    assert set(blas) <= {1}
