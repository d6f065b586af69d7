"""Uploads, corrections and the bin beside a library: nothing is lost, whatever happens in between."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.folder as folder_module
from corpus.errors import NoDocumentsError
from corpus.library.corrections import DamagedCorrectionsError
from corpus.library.filenames import numbered, safe_name
from corpus.library.files import scan_folder
from index import keeping
from index.__main__ import main
from index.binned import binned, remove, replace, restore
from index.bundle import Bundle
from index.files import lock
from index.folder import update_from_folder
from index.keeping import Home, KeepingError
from index.reports import FolderOptions, FolderReport
from tests.fakes import HashEncoder

ROOT = Path(__file__).parent.parent
TEXT = """Số: {}/KH-LĐLĐ

Hà Giang, ngày 07 tháng 8 năm 2019

KẾ HOẠCH
Tổ chức hội thao công nhân lần thứ {}
"""

# --- Names ---


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        pytest.param("Kế hoạch 12.DOCX", "Kế hoạch 12.docx", id="plain"),
        pytest.param("../../etc/passwd", "passwd", id="up"),
        pytest.param("/etc/cron.d/x.txt", "x.txt", id="absolute"),
        pytest.param("C:\\Windows\\win.txt", "win.txt", id="windows-path"),
        pytest.param("..", "van-ban", id="dots"),
        pytest.param("", "van-ban", id="empty"),
        pytest.param(".htaccess.txt", "htaccess.txt", id="hidden"),
        pytest.param("~$khoa.docx", "khoa.docx", id="editors-lock"),
        pytest.param("a.txt\x00.exe", "a.txt.exe", id="nul"),
        pytest.param("hop dong\u202etxt.exe", "hop dongtxt.exe", id="bidi-override"),
        pytest.param("CON.txt", "_CON.txt", id="device"),
        pytest.param("a<b>|c?*.txt", "a_b__c__.txt", id="forbidden"),
        pytest.param("cuối. .txt. ", "cuối.txt", id="dots-and-spaces-at-ends"),
        pytest.param("thumbs.db", "_thumbs.db", id="the-systems-own"),
        pytest.param(unicodedata.normalize("NFD", "kế.txt"), "kế.txt", id="decomposed"),
        ("0.~", "0"),
        ("báo cáo.doc~", "báo cáo.doc"),
        ("Kế hoạch 1.2. Sửa đổi lần hai", "Kế hoạch 1_2_ Sửa đổi lần hai"),
    ],
)
def test_hostile_names_become_plain_ones(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=300) | st.text(alphabet="./\\~$ aế\u0301:\x00-CON", max_size=40))
def test_a_safe_name_is_one_file_of_its_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    safe = safe_name(name)
    assert safe_name(safe) == safe
    assert unicodedata.normalize("NFC", safe) == safe
    assert not set(safe) & set('/\\<>:"|?*\x00')
    assert 0 < len(numbered(safe, 99).encode()) < 200
    folder = tmp_path_factory.getbasetemp() / "names"
    folder.mkdir(exist_ok=True)
    path = folder / safe
    path.write_bytes(b"x")
    try:
        assert [file.name for file in scan_folder(folder)] == [safe]
    finally:
        path.unlink()


# --- A library, its home and its bin ---


class Kept:
    def __init__(self, tmp_path: Path) -> None:
        self.folder, self.index = tmp_path / "văn bản", tmp_path / "out" / "index"
        (self.folder / "2019").mkdir(parents=True)
        self.write("a.txt", 45)
        self.write("2019/b.txt", 46)

    @property
    def home(self) -> Home:
        return Home.of(self.folder, self.index)

    def write(self, name: str, n: int) -> Path:
        path = self.folder / name
        path.write_text(TEXT.format(n, n), encoding="utf-8")
        return path

    def received(self, n: int) -> Path:
        self.home.incoming.mkdir(parents=True, exist_ok=True)
        path = self.home.incoming / f"{n}.part"
        path.write_text(TEXT.format(n, n), encoding="utf-8")
        return path

    def update(self, **options: object) -> FolderReport:
        return update_from_folder(self.folder, self.index, FolderOptions(**options))  # type: ignore[arg-type]

    def numbers(self) -> dict[str, str | None]:
        documents = Bundle.open(self.index, HashEncoder()).documents
        return {doc_id: documents[doc_id].letterhead.number for doc_id in documents}

    def sha256(self, name: str) -> str:
        path = self.home.path_of(name)
        assert path is not None
        return keeping.sha256_of(path)

    def every_number(self) -> set[str]:
        """The numbers of all documents anywhere on the disk, in the library or in the bin."""
        return {
            path.read_text(encoding="utf-8").split()[1]
            for path in self.folder.rglob("*.txt")
            if path.is_file()
        }


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.setattr(folder_module, "load_encoder", lambda: HashEncoder())
    monkeypatch.setattr("index.encoder.load_encoder", lambda name: HashEncoder())
    monkeypatch.setattr(folder_module, "is_current", lambda name: True)
    monkeypatch.setattr(folder_module, "reading_rules", list)
    return Kept(tmp_path)


def test_an_upload_is_a_file_of_the_library(kept: Kept) -> None:
    assert kept.home.place(kept.received(47), "../Hội thao.TXT") == "tai-len/Hội thao.txt"
    assert kept.home.place(kept.received(48), "Hội thao.txt") == "tai-len/Hội thao (2).txt"
    # Another ending would change the id of the first.
    assert kept.home.place(kept.received(49), "HỘI THAO.md") == "tai-len/HỘI THAO (3).md"
    kept.update()
    assert kept.numbers()["tai-len/Hội thao"] == "47/KH-LĐLĐ"
    assert set(kept.numbers()) == {"a", "2019/b", *(f"tai-len/{n}" for n in (
        "Hội thao", "Hội thao (2)", "HỘI THAO (3)"
    ))}  # fmt: skip
    assert not list(kept.home.incoming.iterdir())


def test_what_is_removed_is_restored_under_its_name(kept: Kept) -> None:
    kept.update()
    gone = remove(kept.home, "2019/b.txt", "Kế hoạch 46")
    assert (gone.name, gone.why, gone.shown) == ("2019/b.txt", "gỡ", "Kế hoạch 46")
    assert binned(kept.home) == [gone]
    kept.update()
    assert set(kept.numbers()) == {"a"}
    kept.write("2019/b.txt", 99)  # another file of that name came meanwhile
    assert restore(kept.home, gone.key) == "2019/b (2).txt"
    assert binned(kept.home) == []
    kept.update()
    assert kept.numbers() == {"a": "45/KH-LĐLĐ", "2019/b": "99/KH-LĐLĐ", "2019/b (2)": "46/KH-LĐLĐ"}


def test_all_may_be_removed_but_an_empty_disk_is_not_believed(kept: Kept) -> None:
    kept.update()
    remove(kept.home, "2019/b.txt", "")
    kept.update()
    (kept.folder / "a.txt").rename(kept.folder.parent / "a.txt")
    with pytest.raises(NoDocumentsError, match=r"Không có tệp nào .*--allow-empty"):
        kept.update()
    (kept.folder.parent / "a.txt").rename(kept.folder / "a.txt")
    remove(kept.home, "a.txt", "")
    kept.update()
    assert kept.numbers() == {}
    for gone in binned(kept.home):
        restore(kept.home, gone.key)
    kept.update()
    assert set(kept.numbers()) == {"a", "2019/b"}


def test_a_replacement_keeps_the_name_and_the_former_file(kept: Kept) -> None:
    kept.update()
    assert replace(kept.home, "a.txt", kept.received(50), "khác.txt", "Kế hoạch 45") == "a.txt"
    kept.update()
    assert kept.numbers()["a"] == "50/KH-LĐLĐ"
    assert replace(kept.home, "a.txt", kept.received(51), "mới.md", "") == "mới.md"
    kept.update()
    assert kept.numbers() == {"mới": "51/KH-LĐLĐ", "2019/b": "46/KH-LĐLĐ"}
    assert {restore(kept.home, gone.key) for gone in binned(kept.home)} == {"a.txt", "a (2).txt"}


@pytest.mark.parametrize("key", ["..", "../../2019", "", "khong-co", "/"])
def test_only_what_is_in_the_bin_is_restored(kept: Kept, key: str) -> None:
    remove(kept.home, "a.txt", "")
    with pytest.raises(KeepingError, match="không còn ở mục đã gỡ"):
        restore(kept.home, key)


@pytest.mark.parametrize("name", ["../ngoài.txt", "{}/ngoài.txt", "2019", "lien-ket.txt", "không có.txt"])
def test_only_files_of_the_library_are_removed(kept: Kept, name: str) -> None:
    name = name.format(kept.folder.parent)  # an absolute path, of a file of this test alone
    (kept.folder.parent / "ngoài.txt").write_text("x")
    (kept.folder / "lien-ket.txt").symlink_to(kept.folder.parent / "ngoài.txt")
    with pytest.raises(KeepingError, match="không còn trong thư mục văn bản"):
        remove(kept.home, name, "")
    assert (kept.folder.parent / "ngoài.txt").read_text() == "x"


def test_without_links_files_are_copied(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, "other disk")

    monkeypatch.setattr(os, "link", refuse)
    gone = remove(kept.home, "a.txt", "")
    replace(kept.home, "2019/b.txt", kept.received(50), "b.txt", "")
    assert restore(kept.home, gone.key) == "a.txt"
    kept.update()
    assert kept.numbers() == {"a": "45/KH-LĐLĐ", "2019/b": "50/KH-LĐLĐ"}
    assert kept.every_number() == {"45/KH-LĐLĐ", "46/KH-LĐLĐ", "50/KH-LĐLĐ"}


# --- A disk that is full, a process that is killed ---

CHANGES: dict[str, Callable[[Kept], object]] = {
    "place": lambda kept: kept.home.place(kept.received(50), "c.txt"),
    "remove": lambda kept: remove(kept.home, "a.txt", ""),
    "replace": lambda kept: replace(kept.home, "a.txt", kept.received(50), "a.txt", ""),
    "replace-by-another-kind": lambda kept: replace(kept.home, "a.txt", kept.received(50), "c.md", ""),
    "restore": lambda kept: restore(kept.home, binned(kept.home)[0].key),
    "correct": lambda kept: kept.home.correct(kept.sha256("a.txt"), "a.txt", {"number": "7/KH-LĐLĐ"}),
}
STEPS = ["link", "replace", "fsync", "unlink"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("change", CHANGES)
def test_a_full_disk_loses_nothing(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, change: str, step: str
) -> None:
    remove(kept.home, "2019/b.txt", "")
    kept.home.correct("0" * 64, "x.txt", {"title": "Giữ lại"})
    received = kept.received(50)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, step, full)
        if step == "link":
            patch.setattr(keeping.shutil, "copyfile", full)
        if step == "unlink":
            patch.setattr(Path, "unlink", full)
        said = []
        try:
            CHANGES[change](kept)
        except KeepingError as error:
            said.append(str(error))
    assert all(s.startswith("Đĩa đã đầy, chưa lưu được. Hãy giải phóng chỗ") for s in said)
    assert said or step != "fsync"  # which every change needs
    assert kept.every_number() >= {"45/KH-LĐLĐ", "46/KH-LĐLĐ"}
    assert received.exists() or "50/KH-LĐLĐ" in kept.every_number()
    assert kept.home.corrections()["0" * 64].values == (("title", "Giữ lại"),)
    CHANGES["correct"](kept)  # and when there is room again, it goes on


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from index import binned, keeping
from index.keeping import Home
home = Home.of(Path({folder!r}), Path({index!r}))
left = [{after}]
def dying(real):
    def call(*args, **kwargs):
        done = real(*args, **kwargs)
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return call
for name in ("link", "replace", "fsync", "mkdir", "rename"):
    setattr(os, name, dying(getattr(os, name)))
received = home.incoming / "50.part"
if {change!r} == "remove":
    binned.remove(home, "a.txt", "")
elif {change!r} == "restore":
    binned.restore(home, binned.binned(home)[0].key)
elif {change!r} == "correct":
    home.correct("1" * 64, "a.txt", {{"number": "7/KH-LĐLĐ"}})
elif {change!r} == "place":
    home.place(received, "c.txt")
else:
    binned.replace(home, "a.txt", received, {{"same": "a.txt", "other": "c.md"}}[{change!r}], "")
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
@pytest.mark.parametrize("change", ["remove", "restore", "correct", "place", "same", "other"])
def test_a_process_killed_in_the_middle_loses_nothing(tmp_path: Path, change: str) -> None:
    for after in (1, 2, 3, 5):
        kept = Kept(tmp_path / f"{after}")
        remove(kept.home, "2019/b.txt", "")
        kept.home.correct("0" * 64, "x.txt", {"title": "Giữ lại"})
        kept.received(50)
        program = KILLED.format(
            root=str(ROOT), folder=str(kept.folder), index=str(kept.index), after=after, change=change
        )
        done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
        assert done.returncode in (0, -9), done.stderr.decode()
        assert kept.every_number() >= {"45/KH-LĐLĐ", "46/KH-LĐLĐ"}, after
        assert (kept.home.incoming / "50.part").exists() or "50/KH-LĐLĐ" in kept.every_number()
        assert kept.home.corrections()["0" * 64].file == "x.txt"
        assert {file.name for file in kept.home.scan()} | {one.name for one in binned(kept.home)} >= {
            "a.txt",
            "2019/b.txt",
        }
        kept.home.correct("2" * 64, "y.txt", {"title": "Đi tiếp"})  # the lock was let go of


# --- Corrections ---


def test_corrections_survive_a_rebuild_another_name_and_another_index(kept: Kept, tmp_path: Path) -> None:
    kept.update()
    kept.home.correct(kept.sha256("a.txt"), "a.txt", {"number": "7/KH-LĐLĐ", "title": None})
    report = kept.update()
    assert (report.counts()["changed"], report.counts()["unchanged"]) == (1, 1)
    assert kept.numbers() == {"a": "7/KH-LĐLĐ", "2019/b": "46/KH-LĐLĐ"}
    assert not kept.update().published
    assert not kept.update(rebuild=True).counts()["changed"]
    assert kept.numbers()["a"] == "7/KH-LĐLĐ"
    (kept.folder / "a.txt").rename(kept.folder / "c.txt")
    kept.update()
    assert kept.numbers()["c"] == "7/KH-LĐLĐ"
    kept.index = tmp_path / "another"
    kept.update()
    assert kept.numbers()["c"] == "7/KH-LĐLĐ"
    kept.write("c.txt", 52)  # other content: what was right of the former says nothing of it
    kept.update()
    assert kept.numbers()["c"] == "52/KH-LĐLĐ"


def test_a_correction_is_made_without_reading_the_file_again(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.update()
    kept.home.correct(kept.sha256("a.txt"), "a.txt", {"number": "7/KH-LĐLĐ"})

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(folder_module, "read_document", never)
    kept.update()
    assert kept.numbers()["a"] == "7/KH-LĐLĐ"
    kept.home.correct(kept.sha256("a.txt"), "a.txt", {})
    kept.update()
    assert kept.numbers()["a"] == "45/KH-LĐLĐ"


def test_damaged_corrections_stop_a_build_and_leave_the_old_index(kept: Kept) -> None:
    kept.home.correct(kept.sha256("a.txt"), "a.txt", {"number": "7/KH-LĐLĐ"})
    kept.update()
    kept.home.corrections_path.write_text("{", encoding="utf-8")
    with pytest.raises(DamagedCorrectionsError):
        kept.update()
    assert kept.numbers()["a"] == "7/KH-LĐLĐ"


def test_two_who_correct_at_once_are_both_heard(kept: Kept) -> None:
    def correct(n: int) -> None:
        kept.home.correct(f"{n:064}", f"{n}.txt", {"title": f"Việc số {n}"})

    threads = [threading.Thread(target=correct, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.file for one in kept.home.corrections().values()} == {f"{n}.txt" for n in range(8)}


def test_somebody_else_at_it_is_waited_for(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_PATIENCE_S", 0.1)
    with lock(kept.home.path), pytest.raises(KeepingError, match="Một người khác đang thay đổi kho"):
        remove(kept.home, "a.txt", "")
    assert (kept.folder / "a.txt").exists()


def test_what_failed_is_not_tried_at_every_upload(kept: Kept) -> None:
    (kept.folder / "hỏng.pdf").write_bytes(b"not a PDF")
    assert [file.name for file in kept.update().failed] == ["hỏng.pdf"]
    kept.home.place(kept.received(47), "c.txt")
    report = kept.update(retry=False)
    assert (report.counts()["added"], [file.name for file in report.failed]) == (1, ["hỏng.pdf"])
    report = kept.update(retry=False)
    assert (report.published, [file.name for file in report.failed]) == (False, ["hỏng.pdf"])


# --- A folder that is not to be written ---


def test_the_samples_are_never_written_to(tmp_path: Path) -> None:
    samples, index = ROOT / "corpus" / "samples", tmp_path / "index"
    home = Home.of(samples, index)
    assert home.beside
    assert home.path.parent == tmp_path / "index.kho"
    home.incoming.mkdir(parents=True)
    (home.incoming / "x").write_text(TEXT.format(50, 50), encoding="utf-8")
    assert home.place(home.incoming / "x", "c.txt") == "tai-len/c.txt"
    assert "tai-len/c.txt" in [file.name for file in home.scan()]
    assert home.path_of("tai-len/c.txt") == home.path.resolve() / "tai-len" / "c.txt"
    with pytest.raises(KeepingError, match="chỉ để đọc"):
        remove(home, "ke-hoach-234-2021-lai-chau.md", "")
    gone = remove(home, "tai-len/c.txt", "")
    assert restore(home, gone.key) == "tai-len/c.txt"
    assert not (samples / "tai-len").exists()
    assert not (samples / ".tra-cuu").exists()


# --- The command line ---


def test_corrections_and_the_bin_are_listed_and_taken_back(
    kept: Kept, capsys: pytest.CaptureFixture[str]
) -> None:
    where = [str(kept.folder), "--index-dir", str(kept.index)]
    assert main(where) == 0
    assert "Chưa sửa tay chỗ nào" in capsys.readouterr().out
    kept.home.correct(kept.sha256("a.txt"), "a.txt", {"number": "7/KH-LĐLĐ"})
    gone = remove(kept.home, "2019/b.txt", "Kế hoạch 46")
    assert main(where) == 0
    listed = capsys.readouterr().out
    assert "số ký hiệu: 7/KH-LĐLĐ" in listed
    assert f"2019/b.txt  [{gone.key}]  Kế hoạch 46" in listed
    assert main([*where, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["corrections"][0]["values"] == {"number": "7/KH-LĐLĐ"}
    assert found["removed"][0]["key"] == gone.key
    assert main([*where, "--undo", "a.txt"]) == 0
    assert main([*where, "--restore", gone.key]) == 0
    assert (kept.home.corrections(), binned(kept.home)) == ({}, [])
    assert (kept.folder / "2019" / "b.txt").exists()
    capsys.readouterr()
    assert main([*where, "--undo", "a.txt"]) == 1
    assert "Không có chỗ sửa tay nào của a.txt" in capsys.readouterr().err
    assert main([str(kept.folder / "none")]) == 1
