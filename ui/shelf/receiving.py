"""A file on its way in: written to the disk as it comes, whole or not at all.

<home>/dang-nhan/<key>.part     what is still coming
<home>/dang-nhan/<key>.docx     what has come, whole
<home>/dang-nhan/<key>.json     what its sender said of it, written before the file gets its name
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from secrets import token_hex

from corpus.library.filenames import safe_name
from corpus.readers.registry import supported_suffixes
from index.files import sync_folder, write_atomically
from index.keeping import Home, KeepingError, keeping_errors

MAX_FILE = 100 * 1024 * 1024
"""Longest file taken, in bytes."""
_ROOM = 64 * 1024 * 1024  # bytes that must stay free on the disk
_KEY = re.compile(r"[0-9]{20}-[0-9a-f]{8}")
_ABANDONED_S = 3600.0


@dataclass(frozen=True, slots=True)
class Received:
    """A file that has come whole.

    Attributes:
        key: Names it among those being received.
        path: Where it lies until it is placed.
        name: What its sender calls it; anything at all.
        sha256, size: Of its content; size in bytes.
        replaces: Id of the document whose place it is to take; None for a new one.
    """

    key: str
    path: Path
    name: str
    sha256: str
    size: int
    replaces: str | None = None

    @property
    def came(self) -> int:
        """When it began to come, in nanoseconds of Unix time."""
        return int(self.key[:20])

    def drop(self) -> None:
        """Let go of the file, where it has not been placed, and of the note beside it."""
        for path in (self.path, self.path.with_suffix(".json")):
            try:
                path.unlink(missing_ok=True)
            except OSError:  # the disk does not answer; what is left is cleaned up later
                return


def check_announced(home: Home, name: str, size: int) -> None:
    """Refuse a file before it travels.

    Raises:
        KeepingError: It is of a kind that cannot be read, too long, or there is no room for it.
    """
    suffix = PurePosixPath(safe_name(name)).suffix
    if suffix not in supported_suffixes():
        raise KeepingError(
            f"Chưa đọc được loại tệp {suffix or 'không có đuôi'}",
            f"Hãy chuyển sang một trong các loại: {', '.join(supported_suffixes())}",
        )
    if size > MAX_FILE:
        raise KeepingError(
            f"Tệp lớn hơn {MAX_FILE // 2**20} MB", "Hãy chia thành các tệp nhỏ hơn, hoặc giảm độ nét khi quét"
        )
    near = next(path for path in (home.path, *home.path.resolve().parents) if path.exists())
    if shutil.disk_usage(near).free < size + _ROOM:
        raise KeepingError("Đĩa sắp đầy, chưa nhận được tệp này", "Hãy giải phóng chỗ trên đĩa rồi gửi lại")


async def receive(home: Home, pieces: AsyncIterator[bytes], name: str, replaces: str | None) -> Received:
    """Write a file down as it comes.

    Raises:
        KeepingError: It is empty, too long, or cannot be written; nothing of it stays.
    """
    key = f"{time.time_ns():020}-{token_hex(4)}"
    part = home.incoming / f"{key}.part"
    whole = part.with_suffix(PurePosixPath(safe_name(name)).suffix)
    digest, size = hashlib.sha256(), 0
    with keeping_errors(home.incoming):
        try:
            home.incoming.mkdir(parents=True, exist_ok=True)
            with part.open("xb") as file:
                async for piece in pieces:
                    size += len(piece)
                    if size > MAX_FILE:
                        raise KeepingError(
                            f"Tệp lớn hơn {MAX_FILE // 2**20} MB", "Hãy chia thành các tệp nhỏ hơn"
                        )
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            if not size:
                raise KeepingError("Tệp rỗng (0 byte)", "Hãy chép hoặc tải lại tệp: lần trước chưa xong")
            received = Received(key, whole, name[:300], digest.hexdigest(), size, replaces)
            note = {"name": received.name, "sha256": received.sha256, "size": size, "replaces": replaces}
            write_atomically(whole.with_suffix(".json"), json.dumps(note, ensure_ascii=False).encode())
            os.replace(part, whole)
            sync_folder(whole.parent)
        except BaseException:
            part.unlink(missing_ok=True)
            whole.with_suffix(".json").unlink(missing_ok=True)
            raise
    return received


def left_over(home: Home) -> list[Received]:
    """Return the files that were received whole and never placed, in the order they came."""
    found = []
    for note in sorted(home.incoming.glob("*.json")):
        try:
            fields = json.loads(note.read_bytes())
            whole = note.with_suffix(PurePosixPath(safe_name(fields["name"])).suffix)
            if not _KEY.fullmatch(note.stem):
                continue
            if whole.is_file():
                found.append(Received(note.stem, whole, **fields))
            elif not note.with_suffix(".part").exists():
                note.unlink()  # its file was placed, and then the server was killed
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return found


def clean_up(home: Home) -> None:
    """Remove what a connection or a server that broke left of files an hour and more ago."""
    try:
        for path in [*home.incoming.glob("*.part"), *home.incoming.glob("*.new")]:
            if time.time() - path.stat().st_mtime > _ABANDONED_S:
                path.unlink(missing_ok=True)
    except OSError:  # somebody else is at it, or it is not ours to clean
        return
