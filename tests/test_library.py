"""A folder of documents: which files count, what they are called, what changed."""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import NoDocumentsError
from corpus.library import files as library
from corpus.library.copies import Copies, Traits
from corpus.library.files import (
    KnownFile,
    LibraryFile,
    compare,
    dump_known,
    emptied_folders,
    load_known,
    scan_folder,
)
from corpus.rules import fingerprint_of, reading_rules


def fill(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name, encoding="utf-8")
    return root


def ids(root: Path) -> list[str]:
    return [file.doc_id for file in scan_folder(root)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(["b.txt", "a/x.md", "a/y.txt"], ["a/x", "a/y", "b"], id="folders"),
        pytest.param(["a.txt", "a.md", "b.txt"], ["a.md", "a.txt", "b"], id="ending-kept-where-shared"),
        pytest.param(["a.txt", "c/a.md"], ["a", "c/a"], id="shared-only-within-a-folder"),
        pytest.param(["a.txt", "a.exe"], ["a.exe", "a"], id="what-cannot-be-read-takes-no-name"),
        pytest.param(["a.txt", "a.TXT"], ["a.TXT", "a.txt"], id="endings-in-two-cases"),
        pytest.param(["a.txt.md", "a.txt"], ["a", "a.txt.md"], id="a-stem-that-is-another-file's-name"),
        pytest.param(["v1.2.txt", "v1.txt"], ["v1.2", "v1"], id="dots-in-names"),
        pytest.param(["không đuôi", "x.TXT"], ["không đuôi", "x"], id="no-ending"),
    ],
)
def test_ids(tmp_path: Path, names: list[str], expected: list[str]) -> None:
    assert ids(fill(tmp_path, *names)) == expected


def test_ids_are_composed_and_never_shared(tmp_path: Path) -> None:
    composed, decomposed = "kế hoạch.txt", unicodedata.normalize("NFD", "kế hoạch.txt")
    fill(tmp_path, decomposed)
    assert ids(tmp_path) == ["kế hoạch"]
    fill(tmp_path, composed)
    assert ids(tmp_path) == ["kế hoạch.txt", "kế hoạch.txt (2)"]
    paths = [file.path.name for file in scan_folder(tmp_path)]
    assert sorted(paths) == sorted([composed, decomposed])


NAMES = st.lists(
    st.sampled_from(["a", "b", "a.txt", "a.md", "b.txt", "a.txt.txt", "c/a.txt", "a.x"]), unique=True
)


@given(NAMES)
def test_no_two_files_share_an_id(names: list[str]) -> None:
    found = library._with_ids(sorted((name, Path(name)) for name in names))
    assert len({file.doc_id for file in found}) == len(names)
    assert all(file.name == file.doc_id or file.name.startswith(f"{file.doc_id}.") for file in found)


def test_what_is_no_document_is_left_out(tmp_path: Path) -> None:
    outside = fill(tmp_path / "outside", "secret.txt")
    root = fill(
        tmp_path / "root", "a.txt", ".b.txt", ".git/c.txt", "~$a.docx", "a.txt~", "Thumbs.db", "desktop.ini",
        ".~lock.a.odt#", "index/parts/x.json", "sub/d.txt",
    )  # fmt: skip
    (root / "link.txt").symlink_to(outside / "secret.txt")
    (root / "linked").symlink_to(outside)
    (root / "loop").symlink_to(root)
    (root / "inner.txt").symlink_to(root / "a.txt")
    (root / "broken.txt").symlink_to(root / "none.txt")
    if hasattr(os, "mkfifo"):
        os.mkfifo(root / "pipe.txt")
    found = scan_folder(root, skip=[root / "index"])
    assert [(file.name, file.doc_id) for file in found] == [("a.txt", "a"), ("sub/d.txt", "sub/d")]


def test_a_folder_reached_by_a_link_is_read(tmp_path: Path) -> None:
    fill(tmp_path / "real", "a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert ids(tmp_path / "link") == ["a"]


@pytest.mark.skipif(os.name == "nt", reason="names are bytes only on POSIX")
def test_a_name_that_is_no_text_is_shown_and_can_be_opened(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"k\xea.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system takes no such names")
    [file] = scan_folder(tmp_path)
    assert (file.name, file.doc_id, file.path.read_text()) == ("k\ufffd.txt", "k\ufffd", "x")
    assert file.name.encode()


def test_a_folder_that_is_missing_or_a_file(tmp_path: Path) -> None:
    with pytest.raises(NoDocumentsError, match=r"none không tồn tại.*Hãy chỉ đúng thư mục"):
        scan_folder(tmp_path / "none")
    fill(tmp_path, "a.txt")
    with pytest.raises(NoDocumentsError, match=r"a\.txt không phải là thư mục"):
        scan_folder(tmp_path / "a.txt")


def test_folders_that_cannot_be_opened_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.txt", "kín/b.txt")
    real = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == shut:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    closed: dict[str, str] = {}
    shut = "kín"
    assert [file.name for file in scan_folder(tmp_path, closed=closed)] == ["a.txt"]
    assert closed == {"kín": "Permission denied"}
    shut = tmp_path.name
    with pytest.raises(NoDocumentsError, match=r"Không mở được .*: Permission denied"):
        scan_folder(tmp_path)


def found(**digests: str) -> dict[LibraryFile, str]:
    names = {name.replace("__", "/"): digest for name, digest in digests.items()}
    return {LibraryFile(Path(f"{name}.txt"), f"{name}.txt", name): digest for name, digest in names.items()}


def known(*failed: str, **digests: str) -> list[KnownFile]:
    names = {name.replace("__", "/"): digest for name, digest in digests.items()}
    return [
        KnownFile(f"{name}.txt", name, digest, "hỏng" if name in failed else None)
        for name, digest in names.items()
    ]


def test_content_decides_what_changed() -> None:
    changes = compare(known(a="1", b="2", c="3", d="4", e="5"), found(a="1", b="22", f="3", g="6", e=""))
    assert [file.doc_id for file in changes.unchanged] == ["a", "e"]
    assert [file.doc_id for file in changes.changed] == ["b"]
    assert [(file.doc_id, former) for file, former in changes.moved] == [("f", "c")]
    assert [file.doc_id for file in changes.added] == ["g"]
    assert changes.removed == ("d",)
    assert [file.doc_id for file in changes.to_read()] == ["b", "g"]


def test_what_failed_is_tried_again_and_is_no_document_that_could_be_gone() -> None:
    changes = compare(known("a", "b", "c", a="1", b="2", c="3"), found(a="1", b="22"))
    assert [file.doc_id for file in changes.failed_before] == ["a"]
    assert [file.doc_id for file in changes.added] == ["b"]
    assert (changes.removed, changes.changed) == ((), ())


def test_two_files_that_swap_names_are_both_read_and_a_copy_is_new() -> None:
    changes = compare(known(a="1", b="2"), found(a="2", b="1"))
    assert [file.doc_id for file in changes.changed] == ["a", "b"]
    changes = compare(known(a="1"), found(a="1", b="1"))
    assert ([file.doc_id for file in changes.added], changes.moved) == (["b"], ())


def test_one_file_gone_and_two_copies_come() -> None:
    changes = compare(known(a="1"), found(b="1", c="1"))
    assert [(file.doc_id, former) for file, former in changes.moved] == [("b", "a")]
    assert [file.doc_id for file in changes.added] == ["c"]


def test_the_same_content_under_another_ending_is_read_anew() -> None:
    [file] = found(b="1")
    changes = compare(known(a="1"), {replace(file, name="b.md"): "1"})
    assert ([file.doc_id for file in changes.added], changes.moved, changes.removed) == (["b"], (), ("a",))


def test_what_lies_in_a_closed_folder_is_not_forgotten() -> None:
    changes = compare(known(a="1", kín__b="2", kínx="3"), found(a="1"), closed=["kín"])
    assert changes.removed == ("kínx",)


DIGESTS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["1", "2", "3", "4", ""]))


@given(DIGESTS, DIGESTS)
def test_every_file_is_in_one_place_and_every_document_accounted_for(
    before: dict[str, str], now: dict[str, str]
) -> None:
    before = {doc_id: digest or "0" for doc_id, digest in before.items()}
    changes = compare(known(**before), found(**now))
    files = [*changes.unchanged, *(file for file, _ in changes.moved), *changes.to_read()]
    assert sorted(file.doc_id for file in files) == sorted(now)
    gone = [*changes.removed, *(former for _, former in changes.moved)]
    assert sorted(gone) == sorted(set(before) - set(now))


def test_emptied_folders(tmp_path: Path) -> None:
    fill(tmp_path, "a/x.txt", "b/y.txt", "c/z/w.txt")
    files = known(a__x="1", b__y="2", c__z__w="3", d__v="4")
    assert emptied_folders(tmp_path, files) == []
    (tmp_path / "a/x.txt").unlink()
    (tmp_path / "c/z/w.txt").rename(tmp_path / "c/other.txt")
    assert emptied_folders(tmp_path, files) == ["a", "c/z"]
    fill(tmp_path, "a/.keep", "c/z/later.txt")
    assert emptied_folders(tmp_path, files) == ["a"]
    (tmp_path / "a/.keep").unlink()
    assert emptied_folders(tmp_path / "a", known(x="1")) == [""]
    assert emptied_folders(tmp_path / "a", known("x", x="1")) == []


def test_what_is_known_survives_being_written(tmp_path: Path) -> None:
    files = [*known("b", a__x="1", b="2"), KnownFile('tên "lạ"\n.txt', "tên", "", "lý do", "")]
    files.append(KnownFile("d.txt", "d", "3", traits=Traits("1/kh", signed=True, sketch="0123456789")))
    copies = [Copies(("a", "b"), "bản thảo và bản ký", 0.91, ("b",))]
    assert load_known(dump_known(files, copies)) == (files, copies)
    assert load_known(dump_known([])) == ([], [])
    assert dump_known(files, copies).count(b"\n") == 9
    before = json.dumps([{"name": "a.txt", "doc_id": "a", "sha256": "1", "reason": None, "remedy": None}])
    assert load_known(before.encode()) == ([KnownFile("a.txt", "a", "1")], [])


def test_the_fingerprint_sees_every_change_but_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x = 1\ny = 2\n")
    first = fingerprint_of([path])
    path.write_bytes(b"x = 1\r\ny = 2\r\n")
    assert fingerprint_of([path]) == first
    path.write_bytes(b"x = 1\ny = 3\n")
    assert fingerprint_of([path]) != first
    assert fingerprint_of([path, path]) != fingerprint_of([path])


def test_the_reading_rules_are_the_code_and_tables_of_the_corpus() -> None:
    corpus = Path(library.__file__).parent.parent
    names = {path.relative_to(corpus).as_posix() for path in reading_rules()}
    assert {"text.py", "structure/outline.py", "readers/plain.py", "library/files.py"} <= names
    assert not [name for name in names if "samples" in name or "__pycache__" in name]
