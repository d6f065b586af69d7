"""A folder followed while it changes: looked at every few seconds, published when something is new.

Looking is cheap: names, sizes and times. Content is read only where those differ, and only
content decides whether anything is published.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.errors import AppError, BusyIndexError
from index.files import sha256_of
from index.folder import Progress, update_from_folder
from index.keeping import Home
from index.reports import FolderOptions, FolderReport

_FRESH_S = 2.0  # file systems keep times no finer than this: a younger file may change unseen
_SETTLE_S, _SETTLE_LOOKS = 1.0, 30
_MOST_PATIENT = 12  # times the interval between two attempts at what keeps failing

Stamp = tuple[int, int, int, int]


class DigestCache:
    """The digests of files, taken anew where size, times or identity of a file differ."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Stamp, str]] = {}

    def trust(self, path: Path, digest: str, until: float) -> None:
        """Take over a digest somebody else took, unless the file was touched after `until` (Unix time)."""
        try:
            stamp = stamp_of(path)
        except OSError:
            return
        if max(stamp[1], stamp[2]) / 1e9 < until:
            self._known[path] = (stamp, digest)

    def __call__(self, path: Path) -> str:
        """Return the hex sha256 of the content.

        Raises:
            OSError: The file cannot be read.
        """
        stamp = stamp_of(path)
        known = self._known.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        self._known.pop(path, None)
        now = time.time()
        digest = sha256_of(path)
        # A file being written, or written a moment ago, is not to be trusted to stay as it is.
        if stamp == stamp_of(path) and now - max(stamp[1], stamp[2]) / 1e9 > _FRESH_S:
            self._known[path] = (stamp, digest)
        return digest


def stamp_of(path: Path) -> Stamp:
    """Return what the file system says of a file: size, time of change, of its entry, and identity."""
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def look(folder: Path, root: Path) -> dict[str, Stamp | None]:
    """Return the stamp of every file of the library, and of its corrections; None where it has none.

    Raises:
        NoDocumentsError: The folder is missing, or cannot be opened.
    """
    closed: dict[str, str] = {}
    home = Home.of(folder, root)
    seen: dict[str, Stamp | None] = {}
    for name, path in [
        *((file.name, file.path) for file in home.scan(closed)),
        (str(home.corrections_path), home.corrections_path),
    ]:
        try:
            seen[name] = stamp_of(path)
        except OSError:  # vanished since, or not ours to look at
            seen[name] = None
    return seen | dict.fromkeys(closed)


def follow_folder(
    folder: Path,
    root: Path,
    options: FolderOptions,
    interval: float,
    progress: Progress = lambda stage, done, total: None,
    wait: Callable[[float], None] = time.sleep,
) -> Iterator[FolderReport | AppError]:
    """Bring the folder onto the index, then again whenever it changes; never ends by itself.

    Yields the first report; then one for each publication, an error when something new stands in
    the way (the folder is gone, the disk is full; nothing is deleted because of it), and a report
    when it no longer does.

    Args:
        options: For the first time; afterwards nothing is rebuilt and no emptied folder believed.
        interval: Seconds between two looks.

    Raises:
        AppError: The first time only, and not where somebody else builds; see `update_from_folder`.
    """
    digests = DigestCache()
    seen = look(folder, root)
    first = FolderOptions(options.rebuild, options.allow_empty, digest=digests)
    trouble, failures = "", 0
    while True:
        try:
            yield update_from_folder(folder, root, first, progress)
            break
        except BusyIndexError as error:  # a page that takes files in publishes within seconds
            if not trouble:
                trouble = str(error)
                yield error
            wait(interval)
    trouble = ""
    while True:
        wait(interval * min(_MOST_PATIENT, 2**failures))
        try:
            now = _settled(folder, root, seen, min(interval, _SETTLE_S), wait)
            if now == seen and not trouble:
                continue
            failures += 1  # until it has succeeded
            report = update_from_folder(folder, root, FolderOptions(digest=digests), progress)
        except AppError as error:
            if str(error) != trouble:
                trouble = str(error)
                yield error
            continue
        told, trouble, failures, seen = bool(trouble), "", 0, now
        if report.published or told:
            yield report


def _settled(
    folder: Path,
    root: Path,
    seen: dict[str, Stamp | None],
    pause: float,
    wait: Callable[[float], None],
) -> dict[str, Stamp | None]:
    """Look until two looks agree, so that a folder being copied is taken whole; not for ever."""
    now = look(folder, root)
    for _ in range(_SETTLE_LOOKS):
        if now == seen:
            break
        wait(pause)
        now, before = look(folder, root), now
        if now == before:
            break
    return now
