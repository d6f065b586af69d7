"""The on-disk format: published whole or not at all, and checked to the byte."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import (
    BusyIndexError,
    DamagedIndexError,
    IndexWriteError,
    MissingIndexError,
    StaleIndexError,
)
from index.files import lock, sha256_of, write_atomically, write_errors
from index.manifest import (
    FORMAT_VERSION,
    FileDigest,
    Manifest,
    Part,
    SegmentEntry,
    check_parts,
    new_part,
    next_generation,
    publish,
    read_manifest,
    remove_leftovers,
    seal_part,
)

ROOT = Path(__file__).parent.parent


def make_part(root: Path, generation: int, **files: bytes) -> Part:
    folder = new_part(root, generation)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return seal_part(folder)


def make_manifest(root: Path, generation: int = 1, words: bytes = b"words") -> Manifest:
    segment = make_part(root, generation, catalog=b"documents", dense=b"vectors")
    return Manifest(
        generation=generation,
        encoder="tên/mô hình@1",
        dim=7,
        reading="r",
        words="w",
        next_key=12,
        segments=(SegmentEntry(segment, 3, 2, 9, deleted=("a", "thư mục/b")),),
        sparse=make_part(root, generation, words=words),
        sparse_dead=4,
        learnt=make_part(root, generation, learnt=b"what texts teach"),
        library=make_part(root, generation, files=b"[]") if generation % 2 else None,
        n_documents=1,
        n_passages=5,
    )


@pytest.mark.parametrize("generation", [1, 2])
def test_what_is_published_is_read_back(tmp_path: Path, generation: int) -> None:
    manifest = make_manifest(tmp_path, generation)
    publish(tmp_path, manifest)
    assert read_manifest(tmp_path) == manifest
    check_parts(tmp_path, manifest)
    assert next_generation(tmp_path) == generation + 1


def test_the_last_publication_is_live_and_the_one_before_is_kept_when_asked(tmp_path: Path) -> None:
    manifests = [make_manifest(tmp_path, generation) for generation in (1, 2, 3)]
    for manifest in manifests:
        publish(tmp_path, manifest)
    (tmp_path / "CURRENT.new").write_text("half")
    remove_leftovers(tmp_path, (manifests[2], manifests[1]))
    assert read_manifest(tmp_path) == manifests[2]
    check_parts(tmp_path, manifests[2])
    check_parts(tmp_path, manifests[1])
    with pytest.raises(DamagedIndexError, match="catalog"):
        check_parts(tmp_path, manifests[0])
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"CURRENT", "parts", "manifest-000002.json", "manifest-000003.json"}


def test_nothing_published_is_missing(tmp_path: Path) -> None:
    for root in (tmp_path, tmp_path / "none"):
        with pytest.raises(MissingIndexError, match=r"Chưa có chỉ mục tại .*python build_index\.py"):
            read_manifest(root)
    make_manifest(tmp_path)  # parts alone are no index
    with pytest.raises(MissingIndexError, match="Chưa có chỉ mục"):
        read_manifest(tmp_path)


def test_another_format_version_says_how_to_mend_it(tmp_path: Path) -> None:
    publish(tmp_path, make_manifest(tmp_path))
    path = tmp_path / "manifest-000001.json"
    body = json.dumps({"format_version": 99, "unheard of": []}).encode()
    path.write_bytes(body)
    current = f"{path.name} {hashlib.sha256(body).hexdigest()}\n"
    (tmp_path / "CURRENT").write_text(current)
    with pytest.raises(StaleIndexError, match=rf"định dạng 99.*đọc định dạng {FORMAT_VERSION}.*--rebuild"):
        read_manifest(tmp_path)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("index")
    publish(root, make_manifest(root))
    return root


@settings(deadline=None)
@given(st.data())
def test_a_flipped_bit_anywhere_is_found_before_use(published: Path, data: st.DataObject) -> None:
    paths = sorted(path for path in published.rglob("*") if path.is_file())
    path = data.draw(st.sampled_from(paths))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) * 8 - 1))
    flipped = bytearray(whole)
    flipped[at // 8] ^= 1 << at % 8
    try:
        path.write_bytes(flipped)
        with pytest.raises((DamagedIndexError, StaleIndexError), match=r"--rebuild"):
            check_parts(published, read_manifest(published))
    finally:
        path.write_bytes(whole)
    check_parts(published, read_manifest(published))


@pytest.mark.parametrize("name", ["CURRENT", "manifest-000001.json", "catalog", "dense", "words", "files"])
@pytest.mark.parametrize("keep", [0, 0.5, -1, None], ids=["empty", "half", "one-byte-short", "lost"])
def test_a_truncated_or_lost_file_is_named(tmp_path: Path, name: str, keep: float | None) -> None:
    publish(tmp_path, make_manifest(tmp_path))
    path = next(tmp_path.rglob(name))
    whole = path.read_bytes()
    if keep is None:
        path.unlink()
    else:
        path.write_bytes(whole[: int(len(whole) * keep) if keep >= 0 else -1])
    error = MissingIndexError if (name, keep) == ("CURRENT", None) else DamagedIndexError
    with pytest.raises(error, match=str(tmp_path) if error is MissingIndexError else name):
        check_parts(tmp_path, read_manifest(tmp_path))


def test_a_file_put_in_the_place_of_another_is_found(tmp_path: Path) -> None:
    manifest = make_manifest(tmp_path, words=b"swords")
    part = tmp_path / "parts" / manifest.sparse.name / "words"
    part.write_bytes(b"worsds")  # same length, same bytes, another order
    with pytest.raises(DamagedIndexError, match="words"):
        check_parts(tmp_path, manifest)


def test_a_seal_takes_over_digests_of_linked_files_only_by_name_and_size(tmp_path: Path) -> None:
    old = make_part(tmp_path, 1, same=b"same", grown=b"grow", **{"meta.json": b"{1}"})
    folder = new_part(tmp_path, 2)
    for name, content in {"same": b"same", "grown": b"grown", "meta.json": b"{2}", "new": b"new"}.items():
        (folder / name).write_bytes(content)
    (folder / ".writer.lock").touch()
    sealed = seal_part(folder, known=old)
    assert sealed.files == {
        name: FileDigest((folder / name).stat().st_size, sha256_of(folder / name))
        for name in ("same", "grown", "meta.json", "new")
    }


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="names of open files are read from /proc")
def test_everything_is_on_the_disk_before_the_name_that_makes_it_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(handle: int) -> None:
        events.append(f"sync {Path(os.readlink(f'/proc/self/fd/{handle}')).name}")
        real_fsync(handle)

    def rename(old: Path, new: Path) -> None:
        events.append(f"rename {new.name}")
        real_replace(old, new)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", rename)
    part = make_part(tmp_path, 1, catalog=b"documents")
    assert events == ["sync catalog", f"sync {part.name}", "sync parts"]
    events.clear()
    root = tmp_path.name
    publish(tmp_path, replace(make_manifest(tmp_path), generation=5))
    assert events[-6:] == [
        "sync manifest-000005.json.new", "rename manifest-000005.json", f"sync {root}",
        "sync CURRENT.new", "rename CURRENT", f"sync {root}",
    ]  # fmt: skip


def test_a_write_that_fails_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "CURRENT"
    write_atomically(path, b"old")

    def no_space(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with (
        pytest.raises(IndexWriteError, match=r"No space left on device.*Chỉ mục cũ, nếu có, vẫn còn nguyên"),
        write_errors(tmp_path),
    ):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"


HOLD = """
import sys, time
from pathlib import Path
from index.files import lock
with lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_builder_is_told_so_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyIndexError, match=r"đang chạy trên .*Hãy đợi"), lock(tmp_path):
            pass
        holder.kill()
    with lock(tmp_path), pytest.raises(BusyIndexError, match="đang chạy"), lock(tmp_path):
        pass
    with lock(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(IndexWriteError, match=r"file/index.*--index-dir"), lock(tmp_path / "file" / "index"):
        pass
