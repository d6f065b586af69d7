"""Updates: what lives after them, and that a build may die at any moment."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import BusyIndexError, EncoderMismatchError, IndexWriteError, StaleIndexError
from corpus.records import Document
from index import building
from index.building import LIBRARY, Update, apply_update
from index.bundle import Bundle
from index.files import lock
from index.manifest import Manifest, check_parts, read_manifest
from index.sparse import Term
from tests.fakes import HashEncoder, make_document

ROOT = Path(__file__).parent.parent
ENCODER = HashEncoder()
KILL_ROUNDS = int(os.environ.get("TRACUU_KILL_ROUNDS", "6"))


def make(doc_id: str, version: int = 0) -> Document:
    lines = [f"I. MỤC {doc_id}", f"Văn bản {doc_id} lần {version} chung.", f"Đoạn hai nói về việc {doc_id}."]
    return make_document(doc_id, "\n\n".join(lines), title=f"Về {doc_id}")


def update(root: Path, *added: Document, removed: tuple[str, ...] = (), **options: object) -> Manifest:
    old = building.published(root)
    with lock(root):
        encoder = ENCODER if added or old is None else None
        return apply_update(root, old, encoder, Update(added, frozenset(removed), **options))  # type: ignore[arg-type]


def held(root: Path) -> dict[str, Document]:
    return dict(Bundle.open(root, ENCODER).documents)


def answers(root: Path) -> list[object]:
    """What the two lanes say, by passage text, so that two indexes can be compared."""
    bundle = Bundle.open(root, ENCODER)
    terms = [
        Term("body", "chung"),
        Term("body", "đoạn_hai"),
        Term("head", "mục", 2.0),
        Term("body_folded", "a"),
    ]
    dense = bundle.dense(ENCODER.encode_queries(["đoạn hai nói về việc b"])[0], 100)
    sparse = bundle.sparse(terms, 100)
    return [
        sorted((bundle.passages[row].text, round(score, 4)) for row, score in lane)
        for lane in (dense, sparse)
    ]


def test_documents_are_added_replaced_and_removed(tmp_path: Path) -> None:
    update(tmp_path, make("a"), make("b"), make("c"))
    update(tmp_path, make("d"))
    manifest = update(tmp_path, make("b", 1), removed=("a", "không có"))
    assert held(tmp_path) == {"c": make("c"), "d": make("d"), "b": make("b", 1)}
    assert (manifest.generation, manifest.n_documents) == (3, 3)
    bundle = Bundle.open(tmp_path, ENCODER)
    assert {p.doc_id for p in bundle.passages} == {"b", "c", "d"}
    for doc_id in bundle.documents:
        assert {bundle.passages[row].doc_id for row in bundle.rows_of(doc_id)} == {doc_id}
    found = {bundle.passages[row].doc_id for row, _ in bundle.sparse([Term("body", "chung")], 50)}
    assert found == {"b", "c", "d"}
    assert bundle.sparse([Term("body", "0")], 50, frozenset("b")) == []


IDS = st.sampled_from("abcdef")
ADDED = st.dictionaries(IDS, st.integers(0, 3), max_size=3)
OPERATIONS = st.lists(st.tuples(ADDED, st.sets(IDS, max_size=2)), min_size=1, max_size=5)


@settings(deadline=None, max_examples=12)
@given(OPERATIONS)
def test_any_updates_leave_what_a_dictionary_would_hold_and_answer_like_a_fresh_build(
    tmp_path_factory: pytest.TempPathFactory, operations: list[tuple[dict[str, int], set[str]]]
) -> None:
    root, fresh = tmp_path_factory.mktemp("updated"), tmp_path_factory.mktemp("fresh")
    expected: dict[str, Document] = {}
    for added, removed in operations:
        documents = {doc_id: make(doc_id, version) for doc_id, version in added.items()}
        update(root, *documents.values(), removed=tuple(removed))
        expected = {k: v for k, v in expected.items() if k not in removed} | documents
        assert held(root) == expected
    update(fresh, *(expected[doc_id] for doc_id in held(root)))
    assert answers(root) == answers(fresh)


def test_what_is_unchanged_is_neither_encoded_nor_written_again(tmp_path: Path) -> None:
    update(tmp_path, *(make(f"a{n}") for n in range(30)))
    before = read_manifest(tmp_path)
    files = {path: path.read_bytes() for path in (tmp_path / "parts").rglob("*") if path.is_file()}
    ENCODER.encoded.clear()
    after = update(tmp_path, make("b"))
    assert all("b" in text for text in ENCODER.encoded)
    assert after.segments[0] == before.segments[0]
    assert {path: path.read_bytes() for path in files} == files
    assert len(after.segments) == 2


def test_small_segments_are_merged_and_their_vectors_kept(tmp_path: Path) -> None:
    update(tmp_path, *(make(f"a{n}") for n in range(64)))
    ENCODER.encoded.clear()
    counts = [len(update(tmp_path, make(f"b{n}")).segments) for n in range(20)]
    assert max(counts) <= 4
    assert len(ENCODER.encoded) == sum(
        len(Bundle.open(tmp_path, ENCODER).rows_of(f"b{n}")) for n in range(20)
    )
    update(tmp_path / "fresh", *held(tmp_path).values())
    assert answers(tmp_path) == answers(tmp_path / "fresh")


def test_a_segment_that_is_mostly_deleted_is_written_anew(tmp_path: Path) -> None:
    update(tmp_path, *(make(f"a{n}") for n in range(10)))
    manifest = update(tmp_path, removed=tuple(f"a{n}" for n in range(4)))
    assert [segment.deleted for segment in manifest.segments] == [("a0", "a1", "a2", "a3")]
    manifest = update(tmp_path, removed=("a4", "a5"))
    assert [(segment.n_documents, segment.deleted) for segment in manifest.segments] == [(4, ())]
    manifest = update(tmp_path, removed=("a6", "a7", "a8", "a9"))
    assert (manifest.segments, manifest.n_documents, held(tmp_path)) == ((), 0, {})


def test_few_deletions_leave_the_lexical_index_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_DEAD_SHARE", 0.5)
    update(tmp_path, *(make(f"a{n}") for n in range(10)))
    manifest = update(tmp_path, make("a3", 1), removed=("a5",))
    assert manifest.sparse_dead == 2 * len(Bundle.open(tmp_path, ENCODER).rows_of("a3"))
    bundle = Bundle.open(tmp_path, ENCODER)
    found = [bundle.passages[row] for row, _ in bundle.sparse([Term("body", "chung")], 50)]
    assert {p.doc_id for p in found} == {f"a{n}" for n in range(10)} - {"a5"}
    assert ["lần 1" in p.text for p in found if p.doc_id == "a3"] == [True]


def test_what_is_known_of_the_files_travels_with_the_publication(tmp_path: Path) -> None:
    taken: list[str] = []

    def stream() -> Iterator[Document]:
        for doc_id in "ab":
            taken.append(doc_id)
            yield make(doc_id)

    with lock(tmp_path):
        manifest = apply_update(
            tmp_path, None, ENCODER, Update(stream(), library=lambda: "".join(taken).encode(), reading="r7")
        )
    assert manifest.library is not None
    assert (tmp_path / "parts" / manifest.library.name / LIBRARY).read_bytes() == b"ab"
    assert manifest.reading == "r7"


def test_two_kinds_of_vectors_or_words_never_meet_in_one_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = update(tmp_path, make("a"))
    with pytest.raises(EncoderMismatchError, match=r"'hash-encoder'.*'other'"):
        apply_update(tmp_path, old, HashEncoder(name="other"), Update([make("b")]))
    monkeypatch.setattr("index.fields.word_rules", lambda: "others")
    with pytest.raises(StaleIndexError, match=r"quy tắc tách từ .* others"):
        apply_update(tmp_path, old, ENCODER, Update([make("b")]))
    with pytest.raises(ValueError, match="a new index needs an encoder"):
        apply_update(tmp_path / "new", None, None, Update([]))
    monkeypatch.undo()
    with pytest.raises(ValueError, match="cannot be added without an encoder"):
        apply_update(tmp_path, old, None, Update([make("b")]))


def test_a_failure_at_any_call_leaves_the_old_index_whole_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(tmp_path, make("a"), make("b"))
    calls = 0

    def failing(real: object, at: int) -> object:
        def call(*arguments: object, **options: object) -> object:
            nonlocal calls
            calls += 1
            if calls == at:
                raise OSError(28, "No space left on device")
            return real(*arguments, **options)  # type: ignore[operator]

        return call

    at = 0
    while calls >= at:  # until a whole build makes fewer calls than that
        at, calls = at + 1, 0
        before, parts = held(tmp_path), {path.name for path in (tmp_path / "parts").iterdir()}
        with monkeypatch.context() as patch:
            for name in ("fsync", "replace", "mkdir", "link"):
                patch.setattr(os, name, failing(getattr(os, name), at))
            try:  # some calls may fail without harm: a link is a copy then
                update(tmp_path, make("c", at), removed=("a",))
            except IndexWriteError as error:
                assert "No space left on device" in str(error)  # noqa: PT017
                assert held(tmp_path) in (before, before | {"c": make("c", at)})
                live = {part.name for part in read_manifest(tmp_path).parts()}
                assert {path.name for path in (tmp_path / "parts").iterdir()} <= parts | live
            else:
                assert held(tmp_path) == {"b": make("b"), "c": make("c", at)}
    assert at > 12
    update(tmp_path, make("d"))
    live = {part.name for part in read_manifest(tmp_path).parts()}
    update(tmp_path, make("e"))
    live |= {part.name for part in read_manifest(tmp_path).parts()}
    assert {path.name for path in (tmp_path / "parts").iterdir()} == live


# Builds for ever: generation n holds documents whose version is n, and says so once published.
BUILDER = """
import sys
from pathlib import Path
from tests.test_building import building, make, update
root = Path(sys.argv[1])
old = building.published(root)
n = old.generation if old else 0
while True:
    n += 1
    manifest = update(root, *(make(f"d{i}", n) for i in range(n % 7, n % 7 + 4)), removed=(f"d{n % 5}",))
    print(manifest.generation, manifest.n_documents, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
def test_kill_at_any_moment_leaves_the_last_publication_and_the_next_build_succeeds(tmp_path: Path) -> None:
    dice = random.Random(7)
    for _ in range(KILL_ROUNDS):
        command = [sys.executable, "-c", BUILDER, str(tmp_path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as builder:
            assert builder.stdout is not None
            first = builder.stdout.readline()  # it has begun, and every restart publishes again
            sleep(dice.uniform(0, 0.25))
            builder.send_signal(signal.SIGKILL)
            said = [first, *builder.stdout.readlines()]
        generation, n_documents = (
            int(word) for word in [line for line in said if line.endswith("\n")][-1].split()
        )
        manifest = read_manifest(tmp_path)
        check_parts(tmp_path, manifest)
        assert manifest.generation >= generation  # what was acknowledged is there
        if manifest.generation == generation:
            assert manifest.n_documents == n_documents
        bundle = Bundle.open(tmp_path, ENCODER)
        assert len(bundle.documents) == manifest.n_documents
        versions = {
            doc_id: document.text.split("lần ")[1][:3] for doc_id, document in bundle.documents.items()
        }
        for passage in bundle.passages:
            assert "lần" not in passage.text or f"lần {versions[passage.doc_id]}" in passage.text
    update(tmp_path, make("z"))
    live = {part.name for part in read_manifest(tmp_path).parts()}
    update(tmp_path, make("y"))
    kept = live | {part.name for part in read_manifest(tmp_path).parts()}
    assert {path.name for path in (tmp_path / "parts").iterdir()} == kept


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from corpus.errors import IndexWriteError
from tests.test_building import make, update
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    update(Path(sys.argv[1]), *(make(f"d{i}", i) for i in range(200)))
except IndexWriteError as error:
    print(error)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="no limits on file size here")
@pytest.mark.parametrize("kilobytes", [1, 30, 70, 110])
def test_a_full_disk_is_said_and_the_old_index_stays(tmp_path: Path, kilobytes: int) -> None:
    update(tmp_path, make("a"))
    parts = {path.name for path in (tmp_path / "parts").iterdir()}
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path), str(kilobytes * 1000)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout[:27]) == (0, "Không ghi được chỉ mục vào "), done.stderr[-2000:]
    assert "Hãy giải phóng chỗ trên đĩa" in done.stdout
    assert held(tmp_path) == {"a": make("a")}
    assert {path.name for path in (tmp_path / "parts").iterdir()} == parts
    update(tmp_path, make("b"))
    assert set(held(tmp_path)) == {"a", "b"}


def test_a_builder_waits_for_nobody(tmp_path: Path) -> None:
    began = monotonic()
    with lock(tmp_path), pytest.raises(BusyIndexError, match="Một lần tạo chỉ mục khác đang chạy"):
        Bundle.build(tmp_path, [make("a")], ENCODER)
    assert monotonic() - began < 30
    assert building.published(tmp_path) is None
