"""What staff said of answers, from the command line.

python -m search feedback                                the list: what was said, and whether it was looked at
python -m search feedback --json                         the same for programs
python -m search feedback --export JUDGED.jsonl          the accepted ones, as search.evaluate reads them
python -m search.evaluate JUDGED.jsonl DOCUMENTS --index-dir data/index
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.errors import AppError
from index.files import write_atomically
from search.following.feedback import REASONS, Feedback, export_lines
from search.following.feedbackbook import FeedbackBook

STATES = {"open": "chưa xem", "accepted": "đã nhận", "dismissed": "bỏ qua"}


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m search feedback",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--export", type=Path, metavar="JUDGED.jsonl", help="xuất góp ý đã nhận")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    parser.add_argument("--index-dir", type=Path, default=Path("data/index"), metavar="DIR")
    return parser.parse_args(argv)


def run(argv: Sequence[str] | None) -> str:
    """Do what was asked; return what goes to stdout.

    Raises:
        AppError: The book cannot be read, the file cannot be written, or nothing has been accepted.
    """
    args = parse_args(argv)
    book = FeedbackBook.beside(args.index_dir)
    entries = book.entries()
    if args.export:
        return _export(entries, args.export)
    if args.json:
        said = {"feedback": [asdict(entry) for entry in entries], "damaged": book.damaged}
        return json.dumps(said, ensure_ascii=False)
    lines = [_line(entry) for entry in entries]
    if book.damaged:
        lines.append(f"{book.damaged} dòng của {book.path} bị hỏng, đã bỏ qua")
    return "\n".join([*lines, f"{len(entries)} góp ý"])


def _export(entries: Sequence[Feedback], path: Path) -> str:
    accepted = sum(entry.judgement is not None for entry in entries)
    if not accepted:
        raise AppError(
            f"Chưa có góp ý nào được nhận trong {len(entries)} góp ý",
            "Hãy xem và nhận góp ý ở Kho văn bản, mục Góp ý",
        )
    try:
        write_atomically(path, export_lines(entries).encode())
    except OSError as error:
        raise AppError(f"Không ghi được {path}: {error.strerror}", "Hãy chọn nơi khác") from None
    return f"{accepted} câu hỏi đã đánh giá -> {path}"


def _line(entry: Feedback) -> str:
    said = ["đúng" if entry.good else "chưa đúng", *(REASONS[r].lower() for r in entry.reasons)]
    note = f" “{entry.note}”" if entry.note else ""
    return f"{entry.given[:10]}  [{STATES[entry.state]}] {', '.join(said)}{note}: {entry.question}"
