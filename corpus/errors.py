"""Every error a user can cause, and none that only a bug can.

    AppError                     caught only where a program meets its user
    ├── DocumentError            a file we were asked to read and could not
    ├── NoDocumentsError         a folder that is missing, or holds nothing we can read
    ├── MissingIndexError        nothing has been built yet
    ├── StaleIndexError          built by another version of the format
    ├── DamagedIndexError        a file is lost or does not match its digest
    ├── BusyIndexError           another build holds the lock
    ├── IndexWriteError          the disk is full, or the index directory cannot be written
    ├── EncoderMismatchError     built with one model, asked with another
    ├── EncoderError             the model cannot be loaded
    └── QueryError               an empty or over-long question

A bug raises ValueError, TypeError or AssertionError and is meant to be seen.
"""

from __future__ import annotations

from pathlib import Path


class AppError(Exception):
    """What went wrong, then what to do about it; both in Vietnamese, for staff read them.

    Attributes:
        problem: One sentence, no full stop, naming the value that was bad.
        remedy: The command or change that mends it; may be empty.
    """

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem}. {remedy}" if remedy else problem)
        self.problem = problem
        self.remedy = remedy


class DocumentError(AppError):
    """A file that could not be read; the rest of its folder goes on without it."""

    def __init__(self, path: Path, reason: str, remedy: str = "") -> None:
        super().__init__(f"Không đọc được {path.name}: {reason}", remedy)
        self.path, self.reason = path, reason


class NoDocumentsError(AppError):
    """There is nothing to build an index from."""


class MissingIndexError(AppError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Chưa có chỉ mục tại {path}", "Hãy tạo chỉ mục: python build_index.py THƯ_MỤC_VĂN_BẢN"
        )
        self.path = path


class DamagedIndexError(AppError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Chỉ mục bị hỏng: {path} bị mất hoặc đã thay đổi",
            "Hãy tạo lại: python build_index.py THƯ_MỤC_VĂN_BẢN --rebuild",
        )
        self.path = path


class StaleIndexError(AppError):
    """The index on disk was built by another version of the format, or by other rules."""

    def __init__(self, path: Path, found: int | str, expected: int | str, what: str = "định dạng") -> None:
        super().__init__(
            f"{path} là chỉ mục {what} {found}, chương trình này đọc {what} {expected}",
            "Hãy tạo lại: python build_index.py THƯ_MỤC_VĂN_BẢN --rebuild",
        )
        self.path, self.found, self.expected = path, found, expected


class BusyIndexError(AppError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Một lần tạo chỉ mục khác đang chạy trên {path}", "Hãy đợi lần đó xong rồi chạy lại"
        )
        self.path = path


class IndexWriteError(AppError):
    """A build could not write its files; what was published before is untouched."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Không ghi được chỉ mục vào {path} ({reason})",
            "Chỉ mục cũ, nếu có, vẫn còn nguyên. Hãy giải phóng chỗ trên đĩa hoặc chọn thư mục ghi được "
            "bằng --index-dir, rồi chạy lại",
        )
        self.path, self.reason = path, reason


class EncoderMismatchError(AppError):
    """The passages were encoded with one model and the question with another."""

    def __init__(self, built_with: str, asked_with: str) -> None:
        super().__init__(
            f"Chỉ mục được tạo bằng mô hình {built_with!r} nhưng chương trình đang đặt {asked_with!r}",
            f"Đặt TRACUU_ENCODER={built_with}, hoặc tạo lại chỉ mục với --rebuild",
        )
        self.built_with, self.asked_with = built_with, asked_with


class EncoderError(AppError):
    """The encoder's files are missing, half-copied or not a SentenceTransformer."""


class QueryError(AppError):
    """A question that cannot be asked: empty, or longer than we accept."""
