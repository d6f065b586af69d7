"""Files that were removed from a library or replaced: kept whole, to be restored; never deleted.

    <home>/da-go/20250102-030405-1f9c2a/tin.json     where it was, when and why it went
    <home>/da-go/20250102-030405-1f9c2a/tep/<name>   the file itself

The note is written before the file is moved, so that a file in the bin is never without one.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from secrets import token_hex
from typing import Literal

from corpus.library.filenames import safe_name
from index.files import sha256_of, sync_folder, write_atomically
from index.keeping import Home, KeepingError, keep_also, keeping_errors, move, move_free

FORMAT_VERSION = 1
_NOTE, _FILE = "tin.json", "tep"

Why = Literal["gỡ", "thay"]


@dataclass(frozen=True, slots=True)
class Binned:
    """A file that is no longer in the library.

    Attributes:
        key: Its name in the bin.
        name: What it was called in the library.
        sha256: Of its content.
        when: ISO time.
        why: "gỡ": somebody removed it; "thay": another file took its place.
        shown: What people call the document.
    """

    key: str
    name: str
    sha256: str
    when: str
    why: Why
    shown: str


def binned(home: Home) -> list[Binned]:
    """Return what is in the bin, the latest first; what was never moved there is passed over."""
    found = []
    for note in home.bin.glob(f"*/{_NOTE}"):
        try:
            fields = json.loads(note.read_bytes())
            if fields.pop("format") == FORMAT_VERSION and _file_in(note.parent) is not None:
                found.append(Binned(key=note.parent.name, **fields))
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            continue
    return sorted(found, key=lambda one: one.key, reverse=True)


def remove(home: Home, name: str, shown: str) -> Binned:
    """Move a file of the library into the bin.

    Raises:
        KeepingError: It is not there, or cannot be moved; nothing has changed.
    """
    with home.changing():
        path = _path_of(home, name)
        with keeping_errors(path):
            entry, place = _note(home, path, name, "gỡ", shown)
            move(path, place)
    return entry


def replace(home: Home, name: str, received: Path, wanted: str, shown: str) -> str:
    """Put a received file in the place of one of the library, which goes into the bin; return its name.

    Under the same ending the name stays, and there is no moment without the document.
    """
    with home.changing():
        path = _path_of(home, name)
        with keeping_errors(path):
            _, place = _note(home, path, name, "thay", shown)
            folder = PurePosixPath(name).parent
            if path.suffix.lower() == PurePosixPath(safe_name(wanted)).suffix:
                keep_also(path, place)
                os.replace(received, path)
                sync_folder(path.parent)
                return name
            new = move_free(received, path.parent, safe_name(wanted))
            move(path, place)
            return str(folder / new)


def restore(home: Home, key: str) -> str:
    """Move a file out of the bin to where it was; return its name, another one where that is taken.

    Raises:
        KeepingError: There is no such file, or it cannot be moved; nothing has changed.
    """
    with home.changing():
        found = next((one for one in binned(home) if one.key == key), None)
        file = _file_in(home.bin / found.key) if found else None
        if found is None or file is None:
            raise KeepingError("Tệp này không còn ở mục đã gỡ", "Hãy tải lại trang để xem danh sách mới")
        folder = PurePosixPath(found.name).parent
        root = home.elsewhere.get(str(folder), home.folder / folder)
        with keeping_errors(root):
            root.mkdir(parents=True, exist_ok=True)
            name = str(folder / move_free(file, root, PurePosixPath(found.name).name))
            (home.bin / key / _NOTE).unlink()
            for left in (home.bin / key / _FILE, home.bin / key):
                left.rmdir()
    return name


def _note(home: Home, path: Path, name: str, why: Why, shown: str) -> tuple[Binned, Path]:
    """Write down what goes into the bin; return the note and where the file is to be moved."""
    now = datetime.now()
    key = f"{now:%Y%m%d-%H%M%S}-{token_hex(3)}"
    entry = Binned(key, name, sha256_of(path), now.isoformat(timespec="seconds"), why, shown)
    place = home.bin / key / _FILE
    place.mkdir(parents=True)
    fields = asdict(entry)
    del fields["key"]
    body = json.dumps({"format": FORMAT_VERSION, **fields}, ensure_ascii=False, indent=1)
    write_atomically(home.bin / key / _NOTE, body.encode())
    return entry, place / path.name


def _path_of(home: Home, name: str) -> Path:
    path = home.path_of(name)
    if path is None:
        raise KeepingError(
            f"Tệp {name} không còn trong thư mục văn bản", "Hãy tải lại trang để xem danh sách mới"
        )
    if home.beside and not path.is_relative_to(home.uploads.resolve()):
        raise KeepingError(
            f"Thư mục {home.folder} chỉ để đọc nên không gỡ hay thay tệp {path.name} tại đây được",
            "Hãy gỡ tệp ngay trong thư mục đó, hoặc chạy chương trình với một thư mục ghi được",
        )
    return path


def _file_in(entry: Path) -> Path | None:
    try:
        return next((entry / _FILE).iterdir(), None)
    except OSError:
        return None
