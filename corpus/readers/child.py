"""The child process of `isolation`: gives up what it does not need, then reads file after file.

Run as `python -m corpus.readers.child MEMORY_BYTES FILE_BYTES`; paths come on stdin.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from corpus.errors import DocumentError
from corpus.readers import patience

_REMEDY = "Hãy mở tệp bằng Word, LibreOffice hoặc phần mềm đã tạo ra nó rồi lưu lại"
_CPU_SECONDS = 4 * 3600  # a last resort where the parent died and no one watches the clock
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def bound(memory_bytes: int, file_bytes: int) -> None:
    """Set this process's limits; they hold for the programs it starts unless those set their own."""
    try:
        import resource
    except ImportError:  # Windows: only the clock and the pipe bound it
        return
    wanted = (
        (resource.RLIMIT_AS, memory_bytes, resource.RLIM_INFINITY),
        (resource.RLIMIT_FSIZE, file_bytes * 8, file_bytes * 8),
        (resource.RLIMIT_CPU, _CPU_SECONDS, _CPU_SECONDS),
        (resource.RLIMIT_CORE, 0, 0),
    )
    for what, soft, hard in wanted:
        with suppress(ValueError, OSError):
            allowed = resource.getrlimit(what)[1]
            if allowed != resource.RLIM_INFINITY:
                hard = allowed if hard == resource.RLIM_INFINITY else min(hard, allowed)
                soft = min(soft, hard)
            resource.setrlimit(what, (soft, hard))


def leave_network() -> None:
    """Move into a network name space with nothing in it, where Linux allows that."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    if libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return
    with suppress(OSError):  # stay who we were, so that files stay readable
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


def answer_for(path: Path, page: int | None = None) -> dict[str, object]:
    """Read one file, or draw one page of it; every way it can fail becomes a reason and a remedy."""
    try:
        return _read(path) if page is None else _drawn(path, page)
    except DocumentError as error:
        return {"reason": error.reason, "remedy": error.remedy}
    except MemoryError:
        return {"reason": "tệp cần quá nhiều bộ nhớ", "remedy": "Hãy chia nhỏ tệp rồi thử lại"}
    except RecursionError:
        return {"reason": "các phần của tệp lồng nhau quá sâu", "remedy": _REMEDY}
    except Exception as error:  # noqa: BLE001 - parsers of hostile files raise anything
        return {"reason": f"tệp hỏng hoặc không đúng định dạng ({type(error).__name__})", "remedy": _REMEDY}


def _drawn(path: Path, page: int) -> dict[str, object]:
    from corpus.readers.pdfpage import answer

    return answer(path, page)


def _read(path: Path) -> dict[str, object]:
    from corpus.readers.registry import READERS

    read = READERS[path.suffix.lower()](path)
    return {"text": read.text, "page_starts": read.page_starts, "warnings": read.warnings}


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the parent closes the pipe."""

    def ask_for_time(seconds: float) -> None:
        answers.write(f"more {seconds:.1f}\n".encode())
        answers.flush()

    patience.ask = ask_for_time
    for line in requests:
        wanted = json.loads(line)
        data = json.dumps(answer_for(Path(wanted["path"]), wanted.get("page"))).encode()
        answers.write(f"done {len(data)}\n".encode() + data)
        answers.flush()


def main() -> None:
    memory_bytes, file_bytes = map(int, sys.argv[1:3])
    # Whatever a parser prints must not mix with the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    leave_network()
    bound(memory_bytes, file_bytes)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
