"""build_index.py: one folder, one command, one line that says what was done."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import build_index
from corpus.errors import DocumentError
from corpus.records import Document
from index import encoder, folder
from index.bundle import Bundle
from index.files import lock
from index.manifest import read_manifest
from tests.fakes import HashEncoder

ROOT = Path(__file__).parent.parent
TEXT = "KẾ HOẠCH\n\nI. MỤC TIÊU\n\n1. Giới thiệu {} đoàn viên ưu tú.\n"


class Library:
    """A folder, an index directory, and the command between them."""

    def __init__(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.index = tmp_path / "văn bản", tmp_path / "index"
        self.folder.mkdir()
        self._capsys = capsys
        self.encoder = HashEncoder(name="fake")
        self.loaded: list[str | None] = []
        self.read: list[str] = []

    def write(self, **files: object) -> None:
        for name, content in files.items():
            path = self.folder / f"{name.replace('__', '/')}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else TEXT.format(content).encode())

    def load(self, name: str | None = None) -> HashEncoder:
        self.loaded.append(name)
        return self.encoder

    def run(self, *options: str, code: int = 0) -> dict[str, Any]:
        """Run with --json; the printed object, and what went to stderr under "stderr"."""
        self.read.clear()
        self.loaded.clear()
        returned = build_index.main([str(self.folder), "--index-dir", str(self.index), "--json", *options])
        out, err = self._capsys.readouterr()
        assert returned == code, err
        return {**(json.loads(out) if out else {}), "stderr": err}

    def say(self, *options: str, code: int = 0) -> tuple[str, str]:
        """Run as people do; what went to stdout and stderr."""
        assert build_index.main([str(self.folder), "--index-dir", str(self.index), *options]) == code
        out, err = self._capsys.readouterr()
        return out, err

    def held(self) -> list[str]:
        return sorted(Bundle.open(self.index, self.encoder).documents)


@pytest.fixture
def library(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Library:
    library = Library(tmp_path, capsys)
    real = folder.read_document

    def read(path: Path, doc_id: str) -> Document:
        library.read.append(doc_id)
        return real(path, doc_id)

    monkeypatch.setattr(folder, "read_document", read)
    monkeypatch.setattr(folder, "load_encoder", library.load)
    monkeypatch.setattr(encoder, "load_encoder", library.load)
    monkeypatch.setattr(folder, "is_current", lambda name: name == library.encoder.name)
    monkeypatch.setattr(folder, "reading_rules", lambda: [Path(__file__)])
    return library


COUNTS = ("added", "changed", "moved", "removed", "unchanged")


def counts(report: dict[str, Any]) -> tuple[int, ...]:
    return tuple(report[name] for name in COUNTS)


def test_a_folder_becomes_an_index(library: Library) -> None:
    library.write(a=45, sub__b=46)
    report = library.run()
    assert report.pop("stderr") == ""
    assert report == {
        "documents": 2, "passages": len(Bundle.open(library.index, library.encoder).passages), "failed": [],
        "added": 2, "changed": 0, "moved": 0, "removed": 0, "unchanged": 0, "published": True,
        "built_anew": None, "dry_run": False, "index_dir": str(library.index), "copies": [],
    }  # fmt: skip
    assert library.held() == ["a", "sub/b"]


def test_people_read_one_line(library: Library) -> None:
    library.write(a=45)
    out, err = library.say()
    n = len(Bundle.open(library.index, library.encoder).passages)
    told = (
        f"Đã lập chỉ mục 1 văn bản, {n} đoạn (thêm 1, đổi 0, chuyển 0, bỏ 0, giữ nguyên 0, không đọc được 0)"
    )
    assert (out, err) == (f"{told} -> {library.index}\n", "")
    out, err = library.say()
    assert (out, err) == (f"Không có gì thay đổi: 1 văn bản, {n} đoạn trong {library.index}\n", "")


def test_nothing_changed_is_told_without_reading_or_loading_anything(library: Library) -> None:
    library.write(a=45, b=46)
    library.run()
    before = {path: path.stat().st_mtime_ns for path in library.index.rglob("*") if path.name != "LOCK"}
    for path in library.folder.iterdir():
        os.utime(path, (1, 1))  # times mean nothing
    report = library.run()
    assert counts(report) == (0, 0, 0, 0, 2)
    assert (report["published"], report["documents"], library.read, library.loaded) == (False, 2, [], [])
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_only_what_is_new_or_changed_is_read(library: Library) -> None:
    library.write(a=45, b=46, c=47, d=48)
    library.run()
    stat = (library.folder / "b.txt").stat()
    library.write(b=64, e=49)
    os.utime(library.folder / "b.txt", ns=(stat.st_atime_ns, stat.st_mtime_ns))  # same time, same size
    (library.folder / "c.txt").unlink()
    (library.folder / "d.txt").rename(library.folder / "kế hoạch d.txt")
    report = library.run()
    assert counts(report) == (1, 1, 1, 1, 1)
    assert sorted(library.read) == ["b", "e"]
    assert library.held() == ["a", "b", "e", "kế hoạch d"]
    documents = Bundle.open(library.index, library.encoder).documents
    assert "64" in documents["b"].text
    assert (documents["kế hoạch d"].text, documents["kế hoạch d"].source) == (
        TEXT.format(48),
        "kế hoạch d.txt",
    )
    assert counts(library.run()) == (0, 0, 0, 0, 4)


def test_files_that_are_gone_leave_without_the_encoder(library: Library) -> None:
    library.write(a=45, b=46)
    library.run()
    (library.folder / "a.txt").unlink()
    report = library.run()
    assert (counts(report), library.loaded, library.held()) == ((0, 0, 0, 1, 1), [], ["b"])


def test_a_second_file_of_the_same_name_changes_the_id_but_is_not_read_again(library: Library) -> None:
    library.write(a=45)
    library.run()
    (library.folder / "a.md").write_text(TEXT.format(46), encoding="utf-8")
    report = library.run()
    assert (counts(report), library.read, library.held()) == ((1, 0, 1, 0, 0), ["a.md"], ["a.md", "a.txt"])


def test_one_bad_file_never_stops_the_others(library: Library) -> None:
    library.write(a=45, b=b"\x00\x01\x02" * 400, trống=b"", khoảng_trắng=b" \n\n ")
    (library.folder / "c.exe").write_bytes(b"MZ")
    report = library.run()
    failed = {entry["file"]: entry for entry in report["failed"]}
    assert set(failed) == {"b.txt", "trống.txt", "khoảng_trắng.txt", "c.exe"}
    assert all(entry["reason"] and entry["remedy"] for entry in failed.values())
    assert ".exe" in failed["c.exe"]["reason"]
    assert [line for name in failed for line in report["stderr"].splitlines() if name in line] != []
    assert report["stderr"].count("Không đọc được ") == 4
    assert (library.held(), report["added"]) == (["a"], 1)


def test_what_failed_is_tried_again_and_published_only_when_it_can_be_read(library: Library) -> None:
    library.write(a=45)
    (library.folder / "c.exe").write_bytes(TEXT.format(1).encode())
    library.run()
    report = library.run()
    assert (library.read, library.loaded, report["published"]) == (["c.exe"], [], False)
    assert [entry["file"] for entry in report["failed"]] == ["c.exe"]
    (library.folder / "c.exe").rename(library.folder / "c.txt")
    report = library.run()
    assert (report["failed"], library.held(), counts(report)) == ([], ["a", "c"], (1, 0, 0, 0, 1))


def test_a_program_that_was_missing_is_there_now(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.write(a=45, b=46)
    real, missing = folder.read_document, True

    def read(path: Path, doc_id: str) -> Document:
        if doc_id == "b" and missing:
            raise DocumentError(path, "thiếu LibreOffice", "Hãy cài LibreOffice")
        return real(path, doc_id)

    monkeypatch.setattr(folder, "read_document", read)
    assert library.run()["failed"] == [
        {"file": "b.txt", "reason": "thiếu LibreOffice", "remedy": "Hãy cài LibreOffice"}
    ]
    missing = False
    report = library.run()
    assert (report["published"], counts(report), library.held()) == (True, (1, 0, 0, 0, 1), ["a", "b"])
    assert counts(library.run()) == (0, 0, 0, 0, 2)


def test_what_can_no_longer_be_read_leaves_the_library_and_is_told(library: Library) -> None:
    library.write(a=45, b=46)
    library.run()
    library.write(b=b"")
    report = library.run()
    assert (counts(report), [entry["file"] for entry in report["failed"]]) == ((0, 0, 0, 1, 1), ["b.txt"])
    assert library.held() == ["a"]
    library.write(b=47)
    assert (counts(library.run()), library.held()) == ((1, 0, 0, 0, 1), ["a", "b"])


def test_what_cannot_be_opened_stays_as_it_was_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.write(a=45, b=46, c=47)
    library.run()
    real = folder.sha256_of

    def digest(path: Path) -> str:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(folder, "sha256_of", digest)
        library.write(c=48)
        report = library.run()
    assert [(entry["file"], entry["reason"]) for entry in report["failed"]] == [
        ("b.txt", "Permission denied")
    ]
    assert (counts(report), library.held()) == ((0, 1, 0, 0, 2), ["a", "b", "c"])
    assert counts(library.run()) == (0, 0, 0, 0, 3)


def test_a_folder_that_cannot_be_opened_keeps_its_documents(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.write(a=45, kín__b=46, kín__c=47)
    library.run()
    real = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "kín":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        library.write(a=48)
        report = library.run()
    assert [(entry["file"], entry["reason"]) for entry in report["failed"]] == [("kín", "Permission denied")]
    assert (counts(report), library.held()) == ((0, 1, 0, 0, 0), ["a", "kín/b", "kín/c"])
    assert counts(library.run()) == (0, 0, 0, 0, 3)


def test_a_bug_is_seen_and_not_taken_for_a_bad_file(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.write(a=45)

    def read(path: Path, doc_id: str) -> Document:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(folder, "read_document", read)
    with pytest.raises(ZeroDivisionError, match="a bug"):
        library.run()


Patch = pytest.MonkeyPatch


def other_rules(library: Library, patch: Patch) -> None:
    patch.setattr(folder, "reading_rules", list)


def other_encoder(library: Library, patch: Patch) -> None:
    library.encoder = HashEncoder(dim=9, name="new")


def damage(library: Library, patch: Patch) -> None:
    next(library.index.rglob("dense.faiss")).write_bytes(b"")


def lose_current(library: Library, patch: Patch) -> None:
    (library.index / "CURRENT").write_bytes(b"x")


def other_format(library: Library, patch: Patch) -> None:
    next(library.index.glob("manifest-*")).write_text('{"format_version": 0}')


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (None, "theo yêu cầu"),
        (other_rules, "quy tắc đọc văn bản"),
        (other_encoder, "trước đây: fake"),
        (damage, "dense.faiss"),
        (lose_current, "CURRENT"),
        (other_format, "định dạng 0"),
    ],
)
def test_everything_is_built_anew_when_it_must_be(
    library: Library, monkeypatch: Patch, change: Callable[[Library, Patch], None] | None, why: str
) -> None:
    library.write(a=45, b=46)
    library.run()
    if change is not None:
        change(library, monkeypatch)
    report = library.run(*([] if change else ["--rebuild"]))
    assert why in report["built_anew"]
    assert "Lập lại toàn bộ: " in report["stderr"]
    assert (sorted(library.read), library.held(), report["published"]) == (["a", "b"], ["a", "b"], True)
    assert library.run()["published"] is False


def test_a_folder_that_is_missing_empty_or_without_anything_readable(library: Library) -> None:
    assert "Không có tệp nào trong" in library.run(code=1)["stderr"]
    library.write(a=b"", b=b"")
    told = library.run(code=1)["stderr"]
    assert "Không đọc được văn bản nào trong 2 tệp đã tìm thấy (a.txt: " in told
    assert not (library.index / "CURRENT").exists()
    shutil.rmtree(library.folder)
    out, err = library.say(code=1)
    assert (out, err) == ("", f"Lỗi: {library.folder} không tồn tại. Hãy chỉ đúng thư mục chứa văn bản\n")


def test_an_emptied_folder_asks_first(library: Library) -> None:
    library.write(a=45, đĩa__b=46)
    library.run()
    (library.folder / "đĩa/b.txt").unlink()  # what a disk that is not mounted looks like
    for options in ([], ["--rebuild"], ["--dry-run"]):
        told = library.run(*options, code=1)["stderr"]
        assert f"Thư mục nay trống rỗng nhưng trước đây có văn bản: {library.folder / 'đĩa'}" in told
        assert "--allow-empty" in told
    assert library.held() == ["a", "đĩa/b"]
    assert (counts(library.run("--allow-empty")), library.held()) == ((0, 0, 0, 1, 1), ["a"])
    (library.folder / "a.txt").unlink()
    (library.folder / "đĩa").rmdir()
    assert "--allow-empty" in library.run(code=1)["stderr"]
    assert (library.run("--allow-empty")["documents"], library.held()) == (0, [])


def test_all_that_was_readable_gone_bad_leaves_the_old_index(library: Library) -> None:
    library.write(a=45)
    library.run()
    library.write(a=b"")
    assert "chỉ mục cũ, nếu có, vẫn còn nguyên" in library.run(code=1)["stderr"]
    assert library.held() == ["a"]


def test_a_dry_run_lists_and_writes_nothing(library: Library) -> None:
    library.write(a=45, b=46, c=47, d=48)
    (library.folder / "x.exe").write_bytes(b"x")
    library.run()
    library.write(b=64, e=49)
    (library.folder / "c.txt").unlink()
    (library.folder / "d.txt").rename(library.folder / "f.txt")
    generation = read_manifest(library.index).generation
    report = library.run("--dry-run")
    assert report["would"] == {
        "add": ["e.txt"], "change": ["b.txt"], "retry": ["x.exe"],
        "move": [{"from": "d", "to": "f.txt"}], "remove": ["c"],
    }  # fmt: skip
    assert (counts(report), report["dry_run"], report["published"]) == ((1, 1, 1, 1, 1), True, False)
    assert (read_manifest(library.index).generation, library.read) == (generation, [])
    out, _ = library.say("--dry-run")
    assert out.splitlines() == [
        "thêm: e.txt", "đổi: b.txt", "đọc lại: x.exe", "chuyển: d -> f.txt", "bỏ: c",
        "Chạy thử, chưa ghi gì: thêm 1, đổi 1, chuyển 1, bỏ 1, giữ nguyên 1, không đọc được 0",
    ]  # fmt: skip


def test_a_dry_run_makes_no_index(library: Library) -> None:
    library.write(a=45)
    assert library.run("--dry-run")["would"]["add"] == ["a.txt"]
    assert not library.index.exists()


def test_a_second_builder_is_told(library: Library) -> None:
    library.write(a=45)
    with lock(library.index):
        assert "Một lần tạo chỉ mục khác đang chạy" in library.run(code=1)["stderr"]


def test_names_that_would_act_on_a_terminal_are_shown_harmless(library: Library) -> None:
    library.write(a=45)
    (library.folder / "x\x1b[2J\n\u202ey.exe").write_bytes(b"x")
    out, err = library.say()
    assert "x\ufffd[2J\ufffd\ufffdy.exe" in err
    assert "\x1b" not in out + err


def test_the_index_may_lie_in_the_folder(library: Library) -> None:
    library.write(a=45)
    library.index = library.folder / "data" / "index"
    library.run()
    assert library.run()["published"] is False
    assert library.held() == ["a"]


def test_progress_is_shown_only_when_it_takes_long(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.write(a=45, b=46)
    seconds = iter([0.0, 1.5, 2.5, 4.0, 5.0, 13.0])
    monkeypatch.setattr(build_index, "monotonic", lambda: next(seconds, 14.0))
    assert library.run()["stderr"] == "Đang kiểm tra tệp: 1/2\nĐang đọc văn bản: 1/2\n"
    monkeypatch.setattr(build_index, "monotonic", lambda: 5.0)
    assert library.run("--rebuild")["stderr"] == "Lập lại toàn bộ: theo yêu cầu\n"


def test_ctrl_c_leaves_the_old_index(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.write(a=45)
    library.run()

    def read(path: Path, doc_id: str) -> Document:
        raise KeyboardInterrupt

    library.write(b=46)
    monkeypatch.setattr(folder, "read_document", read)
    told = library.run(code=130)["stderr"]
    assert told == "Đã dừng; chỉ mục cũ vẫn còn nguyên\n"
    assert library.held() == ["a"]


def command(*options: str) -> list[str]:
    return [sys.executable, "build_index.py", *options]


def test_wrong_usage_is_exit_2_and_help_names_the_options() -> None:
    done = subprocess.run(command("--no-such"), cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    done = subprocess.run(command("--help"), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    for option in ("--index-dir", "--rebuild", "--json", "--allow-empty", "--dry-run", "corpus/samples"):
        assert option in done.stdout


INTERRUPTED = """
import os, signal, sys
from pathlib import Path
import build_index
from index import folder
from tests.fakes import HashEncoder
folder.load_encoder = lambda name=None: HashEncoder()
real = folder.read_document
def read(path, doc_id):
    os.kill(os.getpid(), signal.SIGINT)
    return real(path, doc_id)
folder.read_document = read
sys.exit(build_index.main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
def test_the_signal_itself_ends_with_130(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT.format(1), encoding="utf-8")
    arguments = [str(tmp_path), "--index-dir", str(tmp_path / "index")]
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "Đã dừng; chỉ mục cũ vẫn còn nguyên\n"
    assert {path.name for path in (tmp_path / "index").iterdir()} <= {"LOCK", "parts"}


def test_encoders_are_compared_without_loading_one(tmp_path: Path, monkeypatch: Patch) -> None:
    (tmp_path / "config.json").write_text("{}")
    built_with = f"{tmp_path}@{encoder.folder_digest(tmp_path)[:12]}"
    monkeypatch.setenv(encoder.ENCODER_VARIABLE, str(tmp_path))
    assert encoder.is_current(built_with)
    assert not encoder.is_current(f"{encoder.SHIPPED_NAME}@{encoder.folder_digest(tmp_path)[:12]}")
    (tmp_path / "config.json").write_text("{ }")
    assert not encoder.is_current(built_with)
    # Of a model on a hub only what is asked for can be compared.
    assert encoder.is_current("org/model@0a1b", "org/model")
    assert encoder.is_current("org/model@0a1b", "org/model@0a1b")
    assert not encoder.is_current("org/model@0a1b", "org/model@ffff")
    assert not encoder.is_current("org/model@0a1b", "org/other")


def test_a_lazy_encoder_loads_the_one_it_names_once(monkeypatch: Patch) -> None:
    asked: list[str] = []

    def load(name: str) -> HashEncoder:
        asked.append(name)
        return HashEncoder(dim=8)

    monkeypatch.setattr(encoder, "load_encoder", load)
    lazy = encoder.LazyEncoder("model@1", 8)
    assert (lazy.name, lazy.dim, asked) == ("model@1", 8, [])
    vectors = lazy.encode_passages(["đoàn viên"])
    assert vectors.tolist() == HashEncoder(dim=8).encode_passages(["đoàn viên"]).tolist()
    assert lazy.encode_queries(["đoàn viên"]).tolist() == vectors.tolist()
    assert asked == ["model@1"]


def test_the_folder_is_written_down_beside_its_index(tmp_path: Path) -> None:
    (tmp_path / "van ban").mkdir()
    (tmp_path / "van ban" / "a.txt").write_text("Kế hoạch công tác nữ công", encoding="utf-8")
    index = tmp_path / "index"
    assert build_index.main([str(tmp_path / "van ban"), "--index-dir", str(index), "--dry-run"]) == 0
    assert not (tmp_path / "index.folder").exists()
    assert build_index.main([str(tmp_path / "van ban"), "--index-dir", str(index)]) == 0
    assert (tmp_path / "index.folder").read_text(encoding="utf-8") == f"{tmp_path / 'van ban'}\n"
    assert build_index.main([str(tmp_path / "missing"), "--index-dir", str(index)]) == 1
    assert (tmp_path / "index.folder").read_text(encoding="utf-8") == f"{tmp_path / 'van ban'}\n"
