"""Files that survive a power cut, and a folder only one builder works in at a time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import BusyIndexError, IndexWriteError


def sha256_of(path: Path) -> str:
    """Return the hex digest of a file, read as a stream."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def write_errors(path: Path) -> Iterator[None]:
    """Turn what the operating system says about a full or read-only disk into one clear sentence."""
    try:
        yield
    except OSError as error:
        raise IndexWriteError(path, error.strerror or str(error)) from error


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut; Windows has no such call."""
    if os.name == "nt":  # pragma: no cover
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomically(path: Path, content: bytes) -> None:
    """Write under a temporary name, then rename: `path` holds the old bytes or the new, never half."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    sync_folder(path.parent)


@contextmanager
def lock(root: Path) -> Iterator[None]:
    """Hold the directory against other builders; readers need no lock.

    Raises:
        BusyIndexError: Another process builds here. A killed builder's lock frees itself.
        IndexWriteError: The directory cannot be written.
    """
    with write_errors(root):
        root.mkdir(parents=True, exist_ok=True)
        file = (root / "LOCK").open("a+b")
    with file:
        try:
            _take(file.fileno())
        except OSError:
            raise BusyIndexError(root) from None
        yield


if os.name == "nt":  # pragma: no cover

    def _take(handle: int) -> None:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:

    def _take(handle: int) -> None:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
