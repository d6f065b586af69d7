"""Read a file in a child process that can be killed: bounded in time, memory and output.

    parent                                   child (one per thread that reads, kept warm)
      path, one JSON line  ------------->      registry.READERS[...](path), or a page drawn
      "more 12.5"          <-------------      (OCR asks for time, page by page)
      length, JSON answer  <-------------      text, or the error to report

A child lives in its own session, so that killing its group takes LibreOffice and Tesseract
with it, in a temporary folder of its own, which goes when it does. It has no network where
the system lets it give that up. After any breach it is killed and the next file gets a new one.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import Any

from corpus.errors import DocumentError
from corpus.readers.base import ReadText

log = logging.getLogger(__name__)

_ROOT = Path(__file__).parents[2]
_RETIRE_AFTER = 500  # files; whatever a parser leaks goes with the child
_MORE, _DONE = b"more ", b"done "
_SPLIT = "Hãy chia nhỏ tệp hoặc lưu lại bằng Word, LibreOffice rồi thử lại"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    Attributes:
        seconds: Wall time; OCR is granted more page by page.
        seconds_in_all: Wall time with all that was granted.
        memory_bytes: Address space of the child (not on Windows and macOS; `limits_memory`).
        output_bytes: The text, encoded; and any one file the child may write.
        input_bytes: The file itself.
    """

    seconds: float = 30
    seconds_in_all: float = 3600
    memory_bytes: int = 1024**3
    output_bytes: int = 64 * 1024**2
    input_bytes: int = 512 * 1024**2


def read_apart(path: Path, limits: Limits | None = None) -> ReadText:
    """Read `path` with the reader its ending names, in a child process.

    Raises:
        DocumentError: what the reader reported, or that a limit was passed or the reader died.
    """
    answer = ask_apart(path, {}, limits or Limits(), _POOL)
    if "text" not in answer:
        raise DocumentError(path, answer["reason"], answer["remedy"])
    return ReadText(answer["text"], tuple(answer["page_starts"]), tuple(answer["warnings"]))


def ask_apart(path: Path, more: Mapping[str, int], limits: Limits, pool: _Pool) -> dict[str, Any]:
    """Send a child of `pool` a path and what is wanted of the file beyond its text; return its answer.

    Raises:
        DocumentError: A limit was passed or the child died.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DocumentError(
            path, f"hệ thống báo lỗi: {error.strerror}", "Hãy kiểm tra quyền đọc tệp"
        ) from error
    if size > limits.input_bytes:
        raise DocumentError(path, f"tệp quá lớn ({size // 2**20} MB)", "Hãy chia thành các tệp nhỏ hơn")
    with pool.turns:
        child = pool.take(limits)
        try:
            answer = child.ask(path.absolute(), more)
        except BaseException:  # KeyboardInterrupt too: a child in the middle of a file is of no more use
            child.kill()
            raise
        pool.give_back(child)
    return answer


class _Child:
    """A process that reads one file at a time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.owner = os.getpid()
        self.n_read = 0
        self._late = False
        self._folder = tempfile.mkdtemp(prefix="tracuu-")
        limits_memory()
        names = ("PATH", "SYSTEMROOT", "PROGRAMFILES", "PROGRAMFILES(X86)", "TESSDATA_PREFIX")
        environment = {name: os.environ[name] for name in names if name in os.environ}
        environment |= dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), self._folder)
        environment |= {"LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1", "PYTHONPATH": str(_ROOT)}
        bounds = (str(limits.memory_bytes), str(limits.output_bytes))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "corpus.readers.child", *bounds],
            cwd=self._folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, path: Path, more: Mapping[str, int]) -> dict[str, Any]:
        """Send a path and what is wanted; return the answer, or raise DocumentError: none came in time."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.n_read += 1
        watch = _Watch(self.limits, self._expire)
        try:
            with suppress(BrokenPipeError):
                self._process.stdin.write(json.dumps({"path": str(path), **more}).encode() + b"\n")
                self._process.stdin.flush()
            while (line := self._process.stdout.readline(100)).startswith(_MORE):
                watch.grant(float(line[len(_MORE) :]))
            size = int(line[len(_DONE) :]) if line.startswith(_DONE) and line.endswith(b"\n") else -1
            if size > self.limits.output_bytes:
                raise DocumentError(path, f"tệp cho ra quá nhiều chữ ({size // 2**20} MB)", _SPLIT)
            data = self._process.stdout.read(size) if size >= 0 else b""
        finally:
            watch.stop()
        if size < 0 or len(data) < size:
            raise self._why(path)
        answer: dict[str, Any] = json.loads(data)
        return answer

    def _expire(self) -> None:
        self._late = True
        self.kill_group()

    def _why(self, path: Path) -> DocumentError:
        if self._late:
            return DocumentError(path, "đọc quá lâu, đã dừng", _SPLIT)
        self.kill_group()
        log.debug("the child reading %s ended with %s", path, self._process.wait())
        return DocumentError(
            path, "chương trình đọc tệp dừng đột ngột (tệp hỏng hoặc cần quá nhiều bộ nhớ)", _SPLIT
        )

    def kill_group(self) -> None:
        """Kill the child and all it started; harmless where they are gone."""
        if hasattr(os, "killpg"):
            # The child leads its group, which keeps its number while any member lives.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            _kill_tree(self._process)

    def kill(self) -> None:
        """Kill the group, reap the child and remove its folder."""
        self.kill_group()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _kill_tree(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and, on Windows, what it started; elsewhere without groups it alone."""
    taskkill = shutil.which("taskkill")
    if taskkill is not None and process.poll() is None:
        with suppress(OSError, subprocess.TimeoutExpired):
            command = [taskkill, "/PID", str(process.pid), "/T", "/F"]
            subprocess.run(command, capture_output=True, timeout=20, check=False)
    process.kill()


@cache
def limits_memory() -> bool:
    """Whether this system bounds the memory of a child; says once in the log where it does not."""
    limited = find_spec("resource") is not None and sys.platform != "darwin"
    if not limited:
        log.warning(
            "Hệ điều hành này không cho giới hạn bộ nhớ khi đọc tệp; thời gian và độ dài vẫn được giới hạn"
        )
    return limited


class _Watch:
    """Calls `expire` once the time is up; the time can be extended while it runs."""

    def __init__(self, limits: Limits, expire: Callable[[], None]) -> None:
        self._expire = expire
        now = monotonic()
        self._deadline, self._last = now + limits.seconds, now + limits.seconds_in_all
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while (left := self._deadline - monotonic()) > 0:
            if self._stopped.wait(left):
                return
        if not self._stopped.is_set():
            self._expire()

    def grant(self, seconds: float) -> None:
        """Move the end to `seconds` from now if that is later, but never past the limit in all."""
        self._deadline = min(self._last, max(self._deadline, monotonic() + seconds))

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()


class _Pool:
    """Children that wait for their next file, by their limits.

    Attributes:
        turns: Held while a file is read: more children at once than processors would only
            add up their memory.
    """

    def __init__(self) -> None:
        self.forget()

    def take(self, limits: Limits) -> _Child:
        with self._lock:
            for child in reversed(self._idle):
                if child.limits == limits:
                    self._idle.remove(child)
                    break
            else:
                child = None
        if child is not None and child.alive():
            return child
        if child is not None:
            child.kill()
        return _Child(limits)

    def give_back(self, child: _Child) -> None:
        if child.n_read >= _RETIRE_AFTER or not child.alive():
            child.kill()
            return
        with self._lock:
            self._idle.append(child)

    def forget(self) -> None:
        """Begin without children; in a forked process they belong to the parent."""
        self._idle: list[_Child] = []
        self._lock = threading.Lock()
        self.turns = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))

    def close(self) -> None:
        """Kill the children that wait."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.kill()


_POOL = _Pool()
DRAWERS = _Pool()  # of their own: nobody who looks at a page waits for files that are being read
for _pool in (_POOL, DRAWERS):
    atexit.register(_pool.close)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_pool.forget)
