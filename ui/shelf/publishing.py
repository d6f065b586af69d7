"""Whatever changed in the library, by whomever, comes onto the index, and a new engine takes over.

One thread does it, one publication after another: what changes meanwhile goes into the next. Those
who search go on with the engine that is there until the new one is open and warm.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from corpus.errors import AppError, BusyIndexError
from corpus.library.files import KnownFile
from corpus.records import Document
from index.folder import update_from_folder
from index.keeping import Home, KeepingError
from index.reports import FolderOptions
from index.watching import DigestCache
from ui.chat.desk import Desk
from ui.parts.folder import Folder
from ui.theme import FAILED

if TYPE_CHECKING:
    from search.engine import Engine

log = logging.getLogger(__name__)

_LOOK_S = 2.0  # between two looks whether somebody else has published
_BUSY_S, _MOST_BUSY_S = 0.3, 30.0
_LONGEST_BUILD_S = 3600.0  # what was touched while the index was built may be other than what it holds

WarmUp = Callable[["Engine"], None]


@dataclass
class Publisher:
    """Brings the library of a desk up to date; safe to share between threads.

    Attributes:
        home: Where the library lies; None where it is only followed, not changed.
        trouble: Why the last change is not in the index yet; None where it is.
        read: Documents that have been read already, by the sha256 of their files.
        published: Called with the files of the library, by name, when a change has been published.
    """

    desk: Desk
    home: Home | None
    published: Callable[[dict[str, KnownFile]], None] = lambda files: None
    trouble: AppError | None = None
    read: dict[str, Document] = field(default_factory=dict)
    _woken: threading.Condition = field(default_factory=threading.Condition)
    _wanted: int = 0  # changes made so far
    _done: int = 0  # changes that the engine knows of
    _digests: DigestCache = field(default_factory=DigestCache)
    _opened: str = ""

    def __post_init__(self) -> None:
        self._opened = self._live()

    def changed(self) -> int:
        """Say that something has changed; return the change to wait for."""
        with self._woken:
            self._wanted += 1
            self.trouble = None
            self._woken.notify_all()
            return self._wanted

    def wait(self, change: int, seconds: float) -> bool:
        """Wait until the engine knows of a change; False where it does not yet."""
        with self._woken:
            self._woken.wait_for(lambda: self._done >= change or self.trouble is not None, seconds)
            return self._done >= change

    def run(self, warm_up: WarmUp) -> None:
        """Work for ever."""
        if self.home is not None:
            self._look_around(self.home)
        patience = _BUSY_S
        while True:
            with self._woken:
                self._woken.wait_for(lambda: self._wanted > self._done, _LOOK_S)
            try:
                self._bring_up_to_date(warm_up)
                patience = _BUSY_S
            except BusyIndexError:  # somebody else builds, perhaps with our files
                time.sleep(_BUSY_S)
            except AppError as error:
                self._tell(error)
                time.sleep(patience)
                patience = min(2 * patience, _MOST_BUSY_S)
            except Exception:
                log.exception("the library could not be brought up to date")
                self._tell(KeepingError(FAILED))
                time.sleep(_MOST_BUSY_S)

    def _bring_up_to_date(self, warm_up: WarmUp) -> None:
        with self._woken:
            wanted, read = self._wanted, dict(self.read)
        if wanted > self._done and self.home is not None:
            options = FolderOptions(digest=self._digests, read=read, retry=False)
            update_from_folder(self.home.folder, self.home.index_dir, options)
        if (live := self._live()) != self._opened:
            self._renew(warm_up)
            self._opened = live
        if wanted > self._done:
            files = {file.name: file for file in self.desk.folder.files.values()}
            self.published(files)
            with self._woken:
                for sha256 in read:
                    if any(file.sha256 == sha256 for file in files.values()):
                        self.read.pop(sha256, None)
                self._done, self.trouble = wanted, None
                self._woken.notify_all()

    def _renew(self, warm_up: WarmUp) -> None:
        """Open what was published beside the engine that answers, then let it answer."""
        from search.engine import Engine

        index_dir = self.desk.settings.index_dir
        engine = Engine.open(index_dir, cast("Engine", self.desk.library))
        warm_up(engine)
        self.desk.renew(engine, Folder.of_index(index_dir, self.desk.settings.documents))
        # The former engine is a web of records that point at each other; several of them would pile up.
        gc.collect()

    def _tell(self, error: AppError) -> None:
        with self._woken:
            self.trouble = error
            self._woken.notify_all()

    def _live(self) -> str:
        """What names the index that is published."""
        try:
            return (self.desk.settings.index_dir / "CURRENT").read_text(encoding="utf-8")
        except OSError:
            return self._opened

    def _look_around(self, home: Home) -> None:
        """Find what a server that was killed did not publish; trust what has not been touched since.

        A digest is taken over where its file has not been touched since it was indexed.
        """
        try:
            built = (home.index_dir / "CURRENT").stat().st_mtime
        except OSError:
            return
        known = {file.name: file for file in self.desk.folder.files.values()}
        try:
            found, corrections = home.scan(), home.corrections()
        except AppError:  # the folder is gone; that is said when it is needed
            return
        for file in found:
            if file.name in known and known[file.name].sha256:
                self._digests.trust(file.path, known[file.name].sha256, built - _LONGEST_BUILD_S)
        stamps = {sha256: correction.stamp for sha256, correction in corrections.items()}
        late = any(f.correction != stamps.get(f.sha256, "") for f in known.values() if f.reason is None)
        if late or any(file.name not in known for file in found):
            self.changed()
