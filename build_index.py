"""Lập hoặc cập nhật chỉ mục từ một thư mục văn bản; chỉ đọc những tệp mới và tệp đã thay đổi.

python build_index.py
python build_index.py /srv/van-ban --index-dir data/index
python build_index.py /srv/van-ban --rebuild --json
python build_index.py /srv/van-ban --watch
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from corpus.errors import AppError
from corpus.library.files import printable

if TYPE_CHECKING:
    from index.reports import FolderReport

_QUIET_SECONDS = 2.0  # nothing is said of work that is done sooner
_COPIES_SHOWN = 20  # groups; the whole list is in the JSON
_STAGES = {
    "check": "Đang kiểm tra tệp",
    "model": "Đang mở mô hình",
    "read": "Đang đọc văn bản",
    "index": "Đang lập chỉ mục đoạn",
}


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "documents", type=Path, nargs="?", default=Path("corpus/samples"), metavar="FOLDER",
        help="thư mục văn bản, kể cả thư mục con (mặc định: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--index-dir", type=Path, default=Path("data/index"), metavar="DIR",
        help="nơi để chỉ mục (mặc định: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--rebuild", action="store_true", help="đọc và lập lại tất cả từ đầu")
    parser.add_argument(
        "--allow-empty", action="store_true", help="cho phép bỏ văn bản của thư mục nay trống rỗng"
    )
    parser.add_argument("--dry-run", action="store_true", help="chỉ liệt kê việc sẽ làm, không ghi gì")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    parser.add_argument(
        "--watch",
        action="store_true",
        help="lập xong thì tiếp tục theo dõi thư mục, cập nhật khi có thay đổi",
    )
    parser.add_argument(
        "--interval", type=_seconds, default=5.0, metavar="GIÂY",
        help="với --watch: bao lâu xem lại thư mục một lần (mặc định: %(default)s)",
    )  # fmt: skip
    args = parser.parse_args(argv)
    if args.watch and args.dry_run:
        parser.error("--watch và --dry-run không dùng cùng nhau")
    return args


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} không phải số giây từ 0.1 đến 86400")
    return seconds


class ProgressLine:
    """One line on stderr that says how far the work has come, once it takes longer than two seconds."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._said: float | None = None
        self._on_screen = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = monotonic()
        pause = 0.2 if self._on_screen else 10.0
        if now - self._began < _QUIET_SECONDS or (self._said is not None and now - self._said < pause):
            return
        self._said = now
        count = f": {done}/{total}" if total else ""
        start, end = ("\r\x1b[K", "") if self._on_screen else ("", "\n")
        print(f"{start}{_STAGES[stage]}{count}", end=end, file=sys.stderr, flush=True)

    def restart(self) -> None:
        """Begin another piece of work."""
        self._began, self._said = monotonic(), None

    def close(self) -> None:
        if self._on_screen and self._said is not None:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def run(args: argparse.Namespace) -> FolderReport:
    """Bring the folder onto the index; see `update_from_folder` for what is raised."""
    from index.folder import update_from_folder
    from index.reports import FolderOptions

    progress = ProgressLine()
    options = FolderOptions(args.rebuild, args.allow_empty, args.dry_run)
    try:
        report = update_from_folder(args.documents, args.index_dir, options, progress)
    finally:
        progress.close()
    if not args.dry_run:
        remember(args.index_dir, args.documents)
    return report


def remember(index_dir: Path, documents: Path) -> None:
    """Write down beside an index which folder it is of: the page adds documents there, `make run` goes on.

    Without the note both still work on being told the folder, so that a full disk is no reason to fail here;
    and it would be a stray file in that folder, where the index lies within.
    """
    if index_dir.resolve().is_relative_to(documents.resolve()):
        return
    note = index_dir.with_name(f"{index_dir.name}.folder")
    with suppress(OSError):
        passing = note.with_name(f"{note.name}.{os.getpid()}")
        passing.write_text(f"{documents}\n", encoding="utf-8")
        os.replace(passing, note)


def to_json(report: FolderReport, args: argparse.Namespace) -> dict[str, Any]:
    """The stable form other programs read."""
    changes = report.changes
    found: dict[str, Any] = {
        "documents": report.n_documents,
        "passages": report.n_passages,
        "failed": [{"file": f.name, "reason": f.reason, "remedy": f.remedy} for f in report.failed],
        **report.counts(),
        "published": report.published,
        "built_anew": report.why_anew,
        "dry_run": args.dry_run,
        "index_dir": str(args.index_dir),
        "copies": [
            {"files": list(c.files), "kind": c.kind, "likeness": c.likeness, "drafts": list(c.drafts)}
            for c in report.copies
        ],
    }
    if args.dry_run:
        found["would"] = {
            "add": [file.name for file in changes.added],
            "change": [file.name for file in changes.changed],
            "retry": [file.name for file in changes.failed_before],
            "move": [{"from": former, "to": file.name} for file, former in changes.moved],
            "remove": list(changes.removed),
        }
    return found


def to_text(report: FolderReport, args: argparse.Namespace) -> str:
    """The same for people: one line, in a dry run one line for each file that would be touched."""
    changes = report.changes
    n = report.counts()
    counts = (
        f"thêm {n['added']}, đổi {n['changed']}, chuyển {n['moved']}, bỏ {n['removed']}, "
        f"giữ nguyên {n['unchanged']}, không đọc được {len(report.failed)}"
    )
    if args.dry_run:
        lines = [f"thêm: {printable(file.name)}" for file in changes.added]
        lines += [f"đổi: {printable(file.name)}" for file in changes.changed]
        lines += [f"đọc lại: {printable(file.name)}" for file in changes.failed_before]
        lines += [f"chuyển: {printable(former)} -> {printable(file.name)}" for file, former in changes.moved]
        lines += [f"bỏ: {printable(doc_id)}" for doc_id in changes.removed]
        return "\n".join([*lines, f"Chạy thử, chưa ghi gì: {counts}"])
    held = f"{report.n_documents} văn bản, {report.n_passages} đoạn"
    if not report.published:
        return f"Không có gì thay đổi: {held} trong {args.index_dir}"
    return f"Đã lập chỉ mục {held} ({counts}) -> {args.index_dir}"


def copies_text(report: FolderReport) -> str:
    """The files that are one document, a line a group, the first of them; "" where there are none."""
    if not report.published or not report.copies:
        return ""
    lines = [f"\nCác tệp là cùng một văn bản ({len(report.copies)} nhóm, tệp nào cũng được giữ):"]
    for group in report.copies[:_COPIES_SHOWN]:
        names = (printable(name) + (" (bản thảo)" if name in group.drafts else "") for name in group.files)
        lines.append(f"  {group.kind}, giống {_percent(group.likeness)}%: {'; '.join(names)}")
    if (more := len(report.copies) - _COPIES_SHOWN) > 0:
        lines.append(f"  và {more} nhóm nữa (xem bằng --json)")
    return "\n".join(lines)


def _percent(share: float) -> int:
    return int(100 * share)  # never "100%" for what is not the same


class Terminated(KeyboardInterrupt):
    """SIGTERM: an end somebody ordered, as Ctrl-C is, but no failure of the service that is stopped."""


def _terminate(number: int, frame: object) -> None:
    raise Terminated


def watch(args: argparse.Namespace) -> None:
    """Follow the folder until interrupted, a line on stdout each time something was published.

    Raises:
        AppError: The first time only; later ones are told on stderr and lived through.
    """
    signal.signal(signal.SIGTERM, _terminate)
    from index.reports import FolderOptions
    from index.watching import follow_folder

    line_of_progress = ProgressLine()

    def progress(stage: str, done: int, total: int) -> None:
        if (stage, done) == ("check", 0):
            line_of_progress.restart()
        line_of_progress(stage, done, total)

    options = FolderOptions(args.rebuild, args.allow_empty)
    told: set[tuple[str, str | None]] = set()
    following = False
    for report in follow_folder(args.documents, args.index_dir, options, args.interval, progress):
        line_of_progress.close()
        now = "" if args.json else f"[{time.strftime('%H:%M:%S')}] "
        if isinstance(report, AppError):
            print(f"{now}Tạm chưa cập nhật được, sẽ thử lại: {report}", file=sys.stderr, flush=True)
            continue
        tell_troubles(report, told)
        told = {(file.name, file.reason) for file in report.failed}
        line = json.dumps(to_json(report, args), ensure_ascii=False) if args.json else to_text(report, args)
        print(now + line, flush=True)
        if not following:
            print(f"Đang theo dõi {args.documents}; nhấn Ctrl-C để dừng", file=sys.stderr, flush=True)
            following = True


def tell_troubles(report: FolderReport, told: set[tuple[str, str | None]]) -> None:
    """Say on stderr why everything was built anew, and which files could not be read and were not `told`."""
    if report.why_anew:
        print(f"Lập lại toàn bộ: {report.why_anew}", file=sys.stderr)
    for file in report.failed:
        if (file.name, file.reason) not in told:
            print(f"Không đọc được {printable(file.name)}: {file.reason}. {file.remedy}", file=sys.stderr)


def main(argv: Sequence[str] | None = None) -> int:
    """Results go to stdout, progress and errors to stderr.

    Returns:
        0 done (files that could not be read are listed), or told to end while following a folder;
        1 the user can mend it; 2 wrong usage; 130 interrupted, the previous index is untouched.
    """
    args = parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        if args.watch:
            watch(args)
            return 0
        report = run(args)
    except AppError as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as stop:
        said = (
            "Đã ngừng theo dõi; chỉ mục vẫn nguyên vẹn"
            if args.watch
            else "Đã dừng; chỉ mục cũ vẫn còn nguyên"
        )
        print(said, file=sys.stderr)
        return 0 if isinstance(stop, Terminated) else 130
    tell_troubles(report, set())
    if args.json:
        print(json.dumps(to_json(report, args), ensure_ascii=False))
    else:
        print(to_text(report, args) + copies_text(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
