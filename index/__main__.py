"""What staff corrected by hand or removed from a library: listed, taken back, restored.

python -m index /srv/van-ban
python -m index /srv/van-ban --undo "ke-hoach-12.docx"
python -m index /srv/van-ban --restore 20250102-030405-1f9c2a
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import AppError
from corpus.library.corrections import FIELDS
from corpus.library.files import printable
from index.binned import binned, restore
from index.keeping import Home, KeepingError

_THEN = "Chạy python build_index.py với thư mục này để chỉ mục theo kịp."


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m index",
        description="Liệt kê các chỗ sửa tay và các tệp đã gỡ của một kho; bỏ chỗ sửa, khôi phục tệp.",
    )
    parser.add_argument("documents", type=Path, metavar="FOLDER", help="thư mục văn bản")
    parser.add_argument(
        "--index-dir", type=Path, default=Path("data/index"), metavar="DIR",
        help="nơi để chỉ mục (mặc định: %(default)s)",
    )  # fmt: skip
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--undo", metavar="TỆP", help="bỏ những gì đã sửa tay của tệp này (tên hoặc mã sha256 như liệt kê)"
    )
    what.add_argument("--restore", metavar="MÃ", help="khôi phục tệp đã gỡ có mã này")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    return parser.parse_args(argv)


def run(args: argparse.Namespace) -> str:
    """Do what was asked; return what to print."""
    if not args.documents.is_dir():
        raise KeepingError(f"{args.documents} không phải là thư mục", "Hãy chỉ đúng thư mục chứa văn bản")
    home = Home.of(args.documents, args.index_dir)
    if args.undo is not None:
        return f"Đã bỏ chỗ sửa tay của {printable(_undo(home, args.undo))}. {_THEN}"
    if args.restore is not None:
        return f"Đã khôi phục {printable(restore(home, args.restore))}. {_THEN}"
    return _json(home) if args.json else _listed(home)


def _undo(home: Home, wanted: str) -> str:
    found = [(digest, one.file) for digest, one in home.corrections().items() if wanted in (digest, one.file)]
    if not found:
        raise KeepingError(
            f"Không có chỗ sửa tay nào của {wanted}", "Hãy xem danh sách bằng lệnh không có --undo"
        )
    if len(found) > 1:
        raise KeepingError(
            f"Có {len(found)} tệp đã sửa tay cùng tên {wanted}", "Hãy dùng mã sha256 như liệt kê với --json"
        )
    home.correct(found[0][0], found[0][1], {})
    return found[0][1]


def _json(home: Home) -> str:
    corrections = [
        {"sha256": digest, "file": one.file, "made": one.made, "values": dict(one.values)}
        for digest, one in home.corrections().items()
    ]
    removed = [
        {"key": one.key, "file": one.name, "when": one.when, "why": one.why, "document": one.shown}
        for one in binned(home)
    ]
    return json.dumps({"corrections": corrections, "removed": removed}, ensure_ascii=False, indent=1)


def _listed(home: Home) -> str:
    lines = [f"Nơi lưu: {home.path}"]
    for one in home.corrections().values():
        lines.append(f"Sửa tay {one.made}  {printable(one.file)}")
        lines += [f"  {FIELDS[name]}: {value or 'không có'}" for name, value in one.values]
    for gone in binned(home):
        did = "Đã gỡ" if gone.why == "gỡ" else "Đã thay"
        lines.append(f"{did} {gone.when}  {printable(gone.name)}  [{gone.key}]  {printable(gone.shown)}")
    return "\n".join(lines if len(lines) > 1 else [*lines, "Chưa sửa tay chỗ nào, chưa gỡ tệp nào."])


def main(argv: Sequence[str] | None = None) -> int:
    """Results go to stdout, errors to stderr; 0 done, 1 the user can mend it, 2 wrong usage."""
    args = parse_args(argv)
    try:
        print(run(args))
    except AppError as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
