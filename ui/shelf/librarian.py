"""The library while people change it: files are taken in, corrected, removed, restored.

    received -> read apart -> placed in the folder -> published (see `ui.shelf.publishing`)

One thread reads what was received, one file after another, which may take minutes.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.errors import AppError, DocumentError
from corpus.library.corrections import corrected_value
from corpus.library.files import KnownFile
from index.binned import Binned, binned, remove, replace, restore
from index.folder import read_whole
from index.keeping import Home, KeepingError
from ui.chat.desk import Desk
from ui.shelf.publishing import Publisher, WarmUp
from ui.shelf.receiving import Received, clean_up, left_over
from ui.theme import FAILED

log = logging.getLogger(__name__)

MOST_WAITING = 200  # files received and not yet searchable
_MOST_TOLD = 300  # files whose fate is remembered
_CLOSED = (
    "Chưa biết thư mục văn bản, hoặc trang chỉ để xem, nên chưa thêm bớt được tại đây",
    "Hãy chạy lại chương trình với --documents THƯ_MỤC và không có --read-only",
)


@dataclass(slots=True)
class Job:
    """A file that somebody sent, and what has become of it.

    Attributes:
        received: The file and what its sender said of it.
        state: "chờ" to be read, "đọc", "lập" into the index; then "xong", "trùng" or "lỗi".
        doc_id: The document it has become, or is a copy of.
        name: What the file is called in the library.
        problem, remedy: For people; also of what is done, where something is to be said.
    """

    received: Received
    state: str = "chờ"
    doc_id: str | None = None
    name: str | None = None
    problem: str = ""
    remedy: str = ""

    @property
    def ended(self) -> bool:
        return self.state in ("xong", "trùng", "lỗi")


@dataclass
class Librarian:
    """Changes the library of a desk; safe to share between threads."""

    desk: Desk
    _jobs: dict[str, Job] = field(default_factory=dict)
    _placed: dict[str, str] = field(default_factory=dict)  # sha256 -> name, until they are published
    _woken: threading.Condition = field(default_factory=threading.Condition)

    def __post_init__(self) -> None:
        self.home = self.desk.folder.home if self.desk.settings.changes else None
        self._publisher = Publisher(self.desk, self.home, self._published)

    def start(self, warm_up: WarmUp) -> None:
        """Begin to work, with what a server that was killed had received and not read."""
        if self.home is not None:
            clean_up(self.home)
            for received in left_over(self.home):
                self._jobs[received.key] = Job(received)
            threading.Thread(target=self._reading, daemon=True, name="reading").start()
        publish = self._publisher.run
        threading.Thread(target=publish, args=(warm_up,), daemon=True, name="publishing").start()

    # --- What people ask for ---

    def hold(self) -> Home:
        """Return where the library lies.

        Raises:
            KeepingError: It cannot be changed here.
        """
        if self.home is None:
            raise KeepingError(*_CLOSED)
        return self.home

    @property
    def trouble(self) -> AppError | None:
        """Why the last change is not in the index yet; None where it is."""
        return self._publisher.trouble

    def wait(self, change: int, seconds: float) -> bool:
        """Wait until answers know of a change; False where they do not yet."""
        return self._publisher.wait(change, seconds)

    def take(self, received: Received) -> Job:
        """Take a file that has been received whole into the queue.

        Raises:
            KeepingError: Too many are waiting; the file is let go of.
        """
        with self._woken:
            if sum(not job.ended for job in self._jobs.values()) >= MOST_WAITING:
                received.drop()
                raise KeepingError(
                    f"Đang có {MOST_WAITING} tệp chờ đọc", "Hãy đợi các tệp đó xong rồi gửi tiếp"
                )
            job = self._jobs[received.key] = Job(received)
            ended = [key for key, old in self._jobs.items() if old.ended]
            for key in ended[: max(len(self._jobs) - _MOST_TOLD, 0)]:
                del self._jobs[key]
            self._woken.notify_all()
        return job

    def jobs(self) -> list[Job]:
        """Return the files that were sent, the latest first."""
        with self._woken:
            return list(self._jobs.values())[::-1]

    def job(self, key: str) -> Job | None:
        """Return the file of that key; None where there is none."""
        return self._jobs.get(key)

    def binned(self) -> list[Binned]:
        """Return what was removed or replaced, the latest first."""
        return binned(self.home) if self.home is not None else []

    def file(self, doc_id: str) -> KnownFile:
        """Return the file of a document, or one that could not be read.

        Raises:
            KeepingError: There is none.
        """
        file = self.desk.folder.files.get(doc_id)
        if file is None:
            raise KeepingError(
                "Văn bản này không còn trong kho", "Có thể đã có người gỡ hoặc thay nó; hãy tải lại trang"
            )
        return file

    def correct(self, doc_id: str, typed: Mapping[str, str], as_read: Mapping[str, str | None]) -> int:
        """Keep what a person typed where it differs from what was read; return the change to wait for.

        Raises:
            CorrectionError: A value cannot be one of its field; the first of several.
            KeepingError, DamagedCorrectionsError: As they say.
        """
        home, file = self.hold(), self.file(doc_id)
        values = {name: corrected_value(name, value) for name, value in typed.items()}
        home.correct(file.sha256, file.name, {n: v for n, v in values.items() if v != as_read.get(n)})
        return self._publisher.changed()

    def remove(self, doc_id: str, shown: str) -> int:
        """Move a document's file into the bin; return the change to wait for."""
        remove(self.hold(), self.file(doc_id).name, shown)
        return self._publisher.changed()

    def restore(self, key: str) -> int:
        """Move a file back from the bin; return the change to wait for."""
        restore(self.hold(), key)
        return self._publisher.changed()

    # --- The thread that reads ---

    def _reading(self) -> None:
        while True:
            with self._woken:
                self._woken.wait_for(lambda: any(job.state == "chờ" for job in self._jobs.values()))
                job = next(job for job in self._jobs.values() if job.state == "chờ")
                job.state = "đọc"
            try:
                self._take_in(job, self.hold())
            except AppError as error:
                reason = error.reason if isinstance(error, DocumentError) else error.problem
                self._end(job, "lỗi", reason, error.remedy)
            except OSError as error:
                self._end(job, "lỗi", f"hệ thống báo lỗi: {error.strerror}", "Hãy gửi lại tệp")
            except Exception:
                log.exception("a file could not be taken in")  # its name is not logged
                self._end(job, "lỗi", FAILED)

    def _take_in(self, job: Job, home: Home) -> None:
        """Read a file and place it in the library; one that cannot be read is let go of."""
        received = job.received
        files = self.desk.folder.files.values()
        same = next((f for f in files if f.sha256 == received.sha256 and f.reason is None), None)
        name = same.name if same else self._placed.get(received.sha256)
        if name is not None:
            job.doc_id = same.doc_id if same else None
            self._end(job, "trùng", f"Nội dung tệp này đã có trong kho, tên tệp là {name}")
            return
        document = read_whole(received.path, received.key)
        former = self.file(received.replaces) if received.replaces is not None else None
        if former is None:
            job.name = home.place(received.path, received.name)
        else:
            job.name = replace(home, former.name, received.path, received.name, former.name)
        received.drop()
        self._placed[received.sha256] = job.name
        self._publisher.read[received.sha256] = document
        job.state = "lập"
        self._publisher.changed()

    def _end(self, job: Job, state: str, problem: str, remedy: str = "") -> None:
        job.received.drop()
        job.problem, job.remedy, job.state = problem, remedy, state

    def _published(self, files: Mapping[str, KnownFile]) -> None:
        """Say of the files that were placed what they have become."""
        for job in self.jobs():
            file = files.get(job.name or "")
            if job.state != "lập" or file is None or file.sha256 != job.received.sha256:
                continue
            self._placed.pop(file.sha256, None)
            job.doc_id = file.doc_id
            if file.reason is None:
                job.state = "xong"
            else:
                job.problem, job.remedy, job.state = file.reason, file.remedy or "", "lỗi"
