"""The book of feedback beside the index, written by appending.

    data/index.feedback/feedback.jsonl
        {"feedback": 1}                    its format, first of all
        <digest> {"do": "given", ...}      somebody said what an answer was like
        <digest> {"do": "judged", ...}     somebody looked at it: accepted, dismissed or opened again

Each line carries the digest of what follows it, so a line cut by a power failure, or changed since, is
told from a whole one: it is passed over, counted, and left where it is. Only deleting writes the book
anew, in one rename. Nothing of it leaves the machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from threading import RLock
from typing import Any

from corpus.errors import BusyIndexError, IndexWriteError
from index.files import lock, write_atomically
from search.following.feedback import Feedback, FeedbackError, Judgement, Place

FORMAT_VERSION = 1
MOST_BYTES = 32 * 1024 * 1024  # about 4,000 answers
_DIGEST = 32  # hex digits
_PATIENCE_S, _PAUSE_S = 3.0, 0.05


@dataclass
class FeedbackBook:
    """The feedback kept in one folder; safe to share between threads and between programs.

    Attributes:
        most_bytes: How large the book may become.
    """

    folder: Path
    most_bytes: int = MOST_BYTES
    _guard: RLock = field(default_factory=RLock)
    _read_at: tuple[int, int] = (-1, -1)
    _entries: dict[str, Feedback] = field(default_factory=dict)
    _damaged: int = 0

    @classmethod
    def beside(cls, index_dir: Path) -> FeedbackBook:
        """The book of the index in `index_dir`; nothing is created before somebody says something."""
        return cls(index_dir.with_name(f"{index_dir.name}.feedback"))

    @property
    def path(self) -> Path:
        return self.folder / "feedback.jsonl"

    def entries(self) -> tuple[Feedback, ...]:
        """Return all feedback, the latest first.

        Raises:
            FeedbackError: The book is of another version, or cannot be read.
        """
        with self._guard:
            self._refresh()
            return tuple(reversed(self._entries.values()))

    def get(self, id_: str) -> Feedback | None:
        with self._guard:
            self._refresh()
            return self._entries.get(id_)

    @property
    def damaged(self) -> int:
        """How many lines were cut or changed, and are passed over."""
        with self._guard:
            self._refresh()
            return self._damaged

    def give(self, feedback: Feedback) -> None:
        """Write down feedback; on an answer that has some already, it takes its place."""
        said = {k: v for k, v in asdict(feedback).items() if k not in ("state", "judgement")}
        self._append({"do": "given", **said})

    def judge(self, id_: str, state: str, judgement: Judgement | None = None) -> None:
        """Accept with a judgement, dismiss, or open again.

        Raises:
            FeedbackError: There is none of that id any more.
        """
        if state not in ("open", "accepted", "dismissed") or (state == "accepted") != (judgement is not None):
            raise ValueError(f"cannot judge as {state!r} with {judgement!r}")
        if self.get(id_) is None:
            raise FeedbackError("Góp ý này không còn trong sổ", "Hãy tải lại danh sách")
        body = asdict(judgement) if judgement else None
        self._append({"do": "judged", "id": id_, "state": state, "judgement": body})

    def delete(self, id_: str) -> None:
        """Remove every word of it from the book; what is not there need not be removed."""
        with self._held():
            kept = [line for line in self._lines() if (e := _event(line)) is None or e["id"] != id_]
            write_atomically(self.path, b"".join([_HEADER, *kept]))

    def _append(self, event: Mapping[str, Any]) -> None:
        line = _line(event)
        with self._held():
            if not self.path.exists():
                write_atomically(self.path, _HEADER)
            self._lines()  # a book of another version is not written into
            size = self.path.stat().st_size
            if size + len(line) > self.most_bytes:
                raise FeedbackError(
                    f"Sổ góp ý đã đầy ({size // 2**20} MB)", "Hãy xuất ra rồi xóa bớt những góp ý đã xem"
                )
            with self.path.open("r+b") as file:
                file.seek(-1, os.SEEK_END)
                torn = file.read(1) != b"\n"  # the last writer was interrupted: its line stays a line
                file.write(b"\n" + line if torn else line)
                file.flush()
                os.fsync(file.fileno())

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Keep other threads and programs out while the book is written."""
        with self._guard, ExitStack() as stack:
            last = time.monotonic() + _PATIENCE_S
            while True:
                try:
                    stack.enter_context(lock(self.folder))
                    break
                except BusyIndexError:
                    if time.monotonic() > last:
                        raise FeedbackError("Sổ góp ý đang bận", "Hãy thử lại sau giây lát") from None
                    time.sleep(_PAUSE_S)
                except IndexWriteError as error:
                    raise self._unwritable(error.reason) from error
            try:
                yield
            except OSError as error:
                raise self._unwritable(error.strerror or str(error)) from error

    def _unwritable(self, reason: str) -> FeedbackError:
        return FeedbackError(
            f"Không ghi được góp ý vào {self.folder} ({reason})", "Hãy báo người quản trị trang"
        )

    def _lines(self) -> list[bytes]:
        """The lines after the first, whole or not, each with its line end."""
        first, *lines = self.path.read_bytes().splitlines(keepends=True) if self.path.exists() else [_HEADER]
        try:
            found = json.loads(first)["feedback"]
        except (ValueError, KeyError, TypeError):
            found = None
        if found != FORMAT_VERSION:
            raise FeedbackError(
                f"{self.path} không phải sổ góp ý phiên bản {FORMAT_VERSION}",
                "Hãy cất tệp đó đi nơi khác, hoặc dùng phiên bản chương trình đã ghi ra nó",
            )
        return lines

    def _refresh(self) -> None:
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            self._entries, self._damaged, self._read_at = {}, 0, (-1, -1)
            return
        at = (stat.st_mtime_ns, stat.st_size)
        if at == self._read_at:
            return
        entries: dict[str, Feedback] = {}
        damaged = 0
        for line in self._lines():
            event = _event(line)
            if event is None:
                damaged += bool(line.strip())
            elif event["do"] == "given":
                entries.pop(event["id"], None)  # said again: it is the latest now
                entries[event["id"]] = _feedback(event)
            elif event["id"] in entries:
                entries[event["id"]] = _judged(entries[event["id"]], event)
        self._entries, self._damaged, self._read_at = entries, damaged, at


_HEADER = (json.dumps({"feedback": FORMAT_VERSION}) + "\n").encode()


def _line(event: Mapping[str, Any]) -> bytes:
    body = json.dumps(event, ensure_ascii=True).encode("ascii")
    return hashlib.sha256(body).hexdigest()[:_DIGEST].encode() + b" " + body + b"\n"


def _event(line: bytes) -> dict[str, Any] | None:
    """What a line says; None where it is not whole."""
    digest, _, body = line.rstrip(b"\n").partition(b" ")
    if hashlib.sha256(body).hexdigest()[:_DIGEST].encode() != digest:
        return None
    event: dict[str, Any] = json.loads(body)
    return event


def _feedback(event: Mapping[str, Any]) -> Feedback:
    said = {name: value for name, value in event.items() if name != "do"}
    for name in ("sources", "found"):
        said[name] = tuple(Place(**place) for place in said[name])
    for name in ("reasons", "understood"):
        said[name] = tuple(said[name])
    return Feedback(**said)


def _judged(entry: Feedback, event: Mapping[str, Any]) -> Feedback:
    body = event["judgement"]
    judgement = (
        Judgement(body["question"], tuple(Place(**g) for g in body["gold"]), tuple(body["answer"]))
        if body
        else None
    )
    return replace(entry, state=event["state"], judgement=judgement)
