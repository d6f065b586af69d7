"""What is followed from the command line: a small file beside the index.

{"version": 1, "watched": [{"kind": "search", "text": "hỗ trợ nhà ở", "since": 1763740800, "work": ""}]}
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.errors import AppError
from index.files import write_atomically, write_errors
from search.following.watch import KINDS, Watched

VERSION = 1  # raise by one whenever an older reader would misread the file
MOST = 200  # things followed at once


class WatchlistError(AppError):
    """A list of followed things that cannot be read or written."""


def beside(index_dir: Path) -> Path:
    """Return where the list of an index lies: beside it, so that it outlives the index.

    >>> beside(Path("data/index")).as_posix()
    'data/index.watched.json'
    """
    return index_dir.with_name(f"{index_dir.name}.watched.json")


def read_watched(path: Path) -> tuple[Watched, ...]:
    """Return what is followed, in order; () where there is no such file.

    Raises:
        WatchlistError: The file cannot be read, or is of another version or form.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise WatchlistError(f"Không đọc được {path}: {error}", "Hãy xóa tệp đó rồi theo dõi lại") from None
    version = found.get("version") if isinstance(found, dict) else None
    if version != VERSION:
        raise WatchlistError(
            f"{path} theo định dạng {version}, chương trình này đọc định dạng {VERSION}",
            "Hãy dùng bản chương trình mới hơn, hoặc xóa tệp đó rồi theo dõi lại",
        )
    try:
        return tuple(_watched(fields) for fields in found["watched"])
    except (KeyError, TypeError, ValueError) as error:
        raise WatchlistError(
            f"{path} không đúng định dạng ({error})", "Hãy xóa tệp đó rồi theo dõi lại"
        ) from None


def _watched(fields: dict[str, Any]) -> Watched:
    watched = Watched(fields["kind"], fields["text"], fields["since"], fields.get("work", ""))
    sound = (
        watched.kind in KINDS
        and isinstance(watched.text, str)
        and isinstance(watched.work, str)
        and type(watched.since) is int
    )
    if not sound:
        raise ValueError(f"không hiểu mục {json.dumps(fields, ensure_ascii=False)[:80]}")
    return watched


def write_watched(path: Path, watched: Iterable[Watched]) -> None:
    """Replace the file as a whole.

    Raises:
        WatchlistError: More than 200 things.
        IndexWriteError: The disk is full or read-only.
    """
    listed = [asdict(entry) for entry in watched]
    if len(listed) > MOST:
        raise WatchlistError(f"Đã theo dõi {MOST} mục, không thêm được nữa", "Hãy bỏ bớt một mục")
    body = json.dumps({"version": VERSION, "watched": listed}, ensure_ascii=False, indent=1)
    with write_errors(path):
        write_atomically(path, body.encode() + b"\n")
