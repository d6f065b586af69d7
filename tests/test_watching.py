"""build_index.py --watch, as a real process: files come, change, move and go; the folder vanishes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO

import pytest

from corpus.errors import AppError, BusyIndexError
from index import folder as folder_module
from index import watching
from index.bundle import Bundle
from index.files import lock, sha256_of
from index.reports import FolderOptions, FolderReport
from index.watching import DigestCache, follow_folder, stamp_of
from tests.fakes import HashEncoder

ROOT = Path(__file__).parent.parent
TEXT = "KẾ HOẠCH\n\nI. MỤC TIÊU\n\n1. Mở {} lớp hội thảo.\n"
PATIENCE_S = 60  # far more than needed: it only keeps a failure from hanging
# The program itself, but for an encoder that needs no model.
PROGRAM = """
import sys
import build_index
from index import encoder, folder
from tests.fakes import HashEncoder
encoder.load_encoder = folder.load_encoder = lambda name=None: HashEncoder()
folder.is_current = lambda name: name == HashEncoder().name
sys.exit(build_index.main(sys.argv[1:]))
"""


class Follower:
    """The program following `folder`, and what it says."""

    def __init__(self, tmp_path: Path, *options: str) -> None:
        self.folder, self.index = tmp_path / "văn bản", tmp_path / "index"
        arguments = [str(self.folder), "--index-dir", str(self.index), "--watch", "--interval", "0.2"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments, *options],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.out, self.err = _lines(self.process.stdout), _lines(self.process.stderr)

    def write(self, name: str, n: int) -> None:
        (self.folder / name).write_text(TEXT.format(n), encoding="utf-8")

    def held(self) -> dict[str, str]:
        documents = Bundle.open(self.index, HashEncoder()).documents
        return {doc_id: documents[doc_id].text for doc_id in documents}

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)


def _lines(pipe: IO[str] | None) -> Queue[str]:
    """Read a pipe in the background, so that waiting for a line can have an end."""
    assert pipe is not None
    lines: Queue[str] = Queue()
    Thread(target=lambda: [lines.put(line.rstrip("\n")) for line in pipe], daemon=True).start()
    return lines


def said(lines: Queue[str]) -> str:
    return lines.get(timeout=PATIENCE_S)


@pytest.fixture
def follower(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Follower]:
    (tmp_path / "văn bản").mkdir()
    (tmp_path / "văn bản" / "a.txt").write_text(TEXT.format(45), encoding="utf-8")
    (tmp_path / "văn bản" / "b.txt").write_text(TEXT.format(46), encoding="utf-8")
    follower = Follower(tmp_path, *getattr(request, "param", ()))
    yield follower
    follower.process.kill()
    follower.process.wait()
    for pipe in (follower.process.stdout, follower.process.stderr):
        assert pipe is not None
        pipe.close()


pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")


def test_each_change_is_published_and_told_in_one_line(follower: Follower) -> None:
    assert "Đã lập chỉ mục 2 văn bản" in said(follower.out)
    assert said(follower.err) == f"Đang theo dõi {follower.folder}; nhấn Ctrl-C để dừng"
    follower.write("c.txt", 47)
    assert "(thêm 1, đổi 0, chuyển 0, bỏ 0, giữ nguyên 2, không đọc được 0)" in said(follower.out)
    assert set(follower.held()) == {"a", "b", "c"}
    follower.write("a.txt", 99)  # of the same length: only the times differ
    assert "(thêm 0, đổi 1, chuyển 0, bỏ 0, giữ nguyên 2," in said(follower.out)
    assert "99" in follower.held()["a"]
    (follower.folder / "b.txt").rename(follower.folder / "kế hoạch b.txt")
    assert "(thêm 0, đổi 0, chuyển 1, bỏ 0, giữ nguyên 2," in said(follower.out)
    (follower.folder / "c.txt").unlink()
    assert "(thêm 0, đổi 0, chuyển 0, bỏ 1, giữ nguyên 2," in said(follower.out)
    assert set(follower.held()) == {"a", "kế hoạch b"}
    assert follower.end(signal.SIGINT) == 130
    assert said(follower.err) == "Đã ngừng theo dõi; chỉ mục vẫn nguyên vẹn"
    assert follower.out.empty()
    assert follower.err.empty()


@pytest.mark.parametrize("follower", [("--json",)], indirect=True)
def test_a_folder_that_vanishes_for_a_while_loses_nothing(follower: Follower, tmp_path: Path) -> None:
    assert json.loads(said(follower.out))["documents"] == 2
    said(follower.err)
    follower.folder.rename(tmp_path / "rút ra")
    told = said(follower.err)
    assert told == (
        f"Tạm chưa cập nhật được, sẽ thử lại: {follower.folder} không tồn tại. "
        "Hãy chỉ đúng thư mục chứa văn bản"
    )
    follower.folder.mkdir()  # an empty mount point is no reason to forget either
    assert "Thư mục nay trống rỗng nhưng trước đây có văn bản" in said(follower.err)
    assert set(follower.held()) == {"a", "b"}
    follower.folder.rmdir()
    (tmp_path / "rút ra").rename(follower.folder)
    follower.write("d.txt", 48)
    while (report := json.loads(said(follower.out)))["added"] == 0:
        assert report["removed"] == 0
    assert (report["added"], report["removed"], report["documents"]) == (1, 0, 3)
    assert set(follower.held()) == {"a", "b", "d"}
    assert follower.end(signal.SIGTERM) == 0


def test_a_file_that_cannot_be_read_is_told_once(follower: Follower) -> None:
    said(follower.out), said(follower.err)
    (follower.folder / "x.exe").write_bytes(b"MZ")
    assert "không đọc được 1" in said(follower.out)
    assert said(follower.err).startswith("Không đọc được x.exe: ")
    follower.write("c.txt", 47)
    assert "(thêm 1," in said(follower.out)
    assert follower.end(signal.SIGTERM) == 0
    assert said(follower.err) == "Đã ngừng theo dõi; chỉ mục vẫn nguyên vẹn"


def test_a_folder_that_is_not_there_at_the_start_is_wrong(tmp_path: Path) -> None:
    follower = Follower(tmp_path)
    assert follower.process.wait(PATIENCE_S) == 1
    assert "không tồn tại" in said(follower.err)
    for pipe in (follower.process.stdout, follower.process.stderr):
        assert pipe is not None
        pipe.close()


@pytest.mark.parametrize("options", [["--watch", "--dry-run"], ["--watch", "--interval", "0"]])
def test_wrong_usage(options: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "build_index.py", *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")


# --- Without a process: what is read, how often, and what is lived through ---

INTERVAL_S = 5.0  # unlike the pause in which a change settles
Step = Callable[[], object]


class Followed:
    """A folder followed in this process; one step happens before each look."""

    def __init__(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(folder_module, "load_encoder", lambda: HashEncoder())
        monkeypatch.setattr("index.encoder.load_encoder", lambda name: HashEncoder())
        monkeypatch.setattr(folder_module, "is_current", lambda name: True)
        monkeypatch.setattr(watching.time, "time", lambda: 4e9)  # no file is fresh
        monkeypatch.setattr(watching, "sha256_of", self._digest)
        self.folder, self.index = tmp_path / "in", tmp_path / "out"
        self.folder.mkdir()
        self.read: list[str] = []
        self.waited: list[float] = []

    def _digest(self, path: Path) -> str:
        self.read.append(path.name)
        return sha256_of(path)

    def write(self, name: str, n: int) -> None:
        (self.folder / name).write_text(TEXT.format(n), encoding="utf-8")

    def follow(self, *steps: Step) -> list[FolderReport | AppError]:
        """Return what was yielded after the first report."""
        left = iter(steps)

        def wait(seconds: float) -> None:
            if seconds == watching._SETTLE_S:
                return
            self.waited.append(seconds)
            step = next(left, None)
            if step is None:
                raise KeyboardInterrupt
            step()

        found: list[FolderReport | AppError] = []
        with suppress(KeyboardInterrupt):  # the generator never ends by itself
            for report in follow_folder(self.folder, self.index, FolderOptions(), INTERVAL_S, wait=wait):
                if not found:
                    self.read.clear()
                found.append(report)
        return found[1:]


@pytest.fixture
def followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Followed:
    return Followed(tmp_path, monkeypatch)


def nothing() -> None:
    return None


def test_content_is_read_only_where_size_or_times_differ(followed: Followed) -> None:
    followed.write("a.txt", 45)
    followed.write("b.txt", 46)
    touched = followed.folder / "b.txt"
    assert followed.follow(nothing, nothing, lambda: os.utime(touched, (1, 1)), nothing) == []
    assert followed.read == ["b.txt"]
    (report,) = followed.follow(nothing, lambda: followed.write("a.txt", 54), nothing)
    assert isinstance(report, FolderReport)
    assert (report.counts()["changed"], followed.read) == (1, ["a.txt"])


def test_what_stands_in_the_way_is_told_once_and_tried_ever_less_often(followed: Followed) -> None:
    followed.write("a.txt", 45)
    held = lock(followed.index)

    def begin() -> None:
        held.__enter__()
        followed.write("b.txt", 46)

    error, report = followed.follow(begin, nothing, lambda: held.__exit__(None, None, None), nothing)
    assert isinstance(error, BusyIndexError)
    assert isinstance(report, FolderReport)
    assert (report.published, report.counts()["added"]) == (True, 1)
    assert followed.waited == [5.0, 10.0, 20.0, 5.0, 5.0]


def test_somebody_who_builds_at_the_start_is_waited_for(followed: Followed) -> None:
    followed.write("a.txt", 45)
    held = lock(followed.index)
    held.__enter__()
    reports = followed.follow(nothing, lambda: held.__exit__(None, None, None))
    assert [type(report).__name__ for report in reports] == ["FolderReport"]  # after the error, told once
    assert followed.waited == [5.0, 5.0, 5.0]


def test_a_folder_that_grows_is_taken_whole(followed: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    followed.write("a.txt", 45)
    real, names = watching.look, iter(["c.txt", "d.txt"])

    def look(folder: Path, root: Path) -> dict[str, watching.Stamp | None]:
        if (folder / "b.txt").exists() and (name := next(names, None)):
            followed.write(name, 1)
        return real(folder, root)

    monkeypatch.setattr(watching, "look", look)
    (report,) = followed.follow(lambda: followed.write("b.txt", 46), nothing)
    assert isinstance(report, FolderReport)
    assert report.counts()["added"] == 3


def test_a_file_written_a_moment_ago_is_not_trusted_to_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, digest = tmp_path / "a.txt", DigestCache()
    path.write_bytes(b"1")
    one, stamp = digest(path), stamp_of(path)
    path.write_bytes(b"2")
    monkeypatch.setattr(watching, "stamp_of", lambda path: stamp)  # a clock too coarse to tell
    assert digest(path) != one
    monkeypatch.setattr(watching.time, "time", lambda: 4e9)
    two = digest(path)
    path.unlink()
    assert digest(path) == two
