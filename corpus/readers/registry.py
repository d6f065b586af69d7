"""Which reader reads which file; a reader is imported when its first file comes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers import legacy
from corpus.readers.base import ReadText
from corpus.readers.isolation import read_apart

Reader = Callable[[Path], ReadText]


def _lazy(module: str) -> Reader:
    """Return the `read` of a module, imported at its first call."""

    def read(path: Path) -> ReadText:
        reader: Reader = import_module(f"corpus.readers.{module}").read
        return reader(path)

    return read


_NO_TEXT = (
    "Hãy mở tệp để xem: nếu các trang trống, hãy xin lại tệp có nội dung; "
    "nếu chữ nằm trong hình vẽ, hãy in ra PDF hoặc lưu thành ảnh rồi thử lại"
)
# Module of this package -> the endings it reads, in lower case, with their dots.
_MODULES = {
    "plain": (".txt", ".md"),
    "word": (".docx", ".docm", ".dotx"),
    "sheets": (".xlsx", ".xlsm"),
    "slides": (".pptx",),
    "web": (".html", ".htm"),
    "convert": (".doc", ".dot", ".rtf", ".odt", ".xls", ".ods"),
    "pdf": (".pdf",),
    "ocr": (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"),
    "mail": (".eml",),
}
# Reads within this process; those of `_IN_PROCESS` only take time and memory in step with the file's size.
READERS: dict[str, Reader] = {end: _lazy(module) for module, ends in _MODULES.items() for end in ends}
_IN_PROCESS = _MODULES["plain"]


def supported_suffixes() -> tuple[str, ...]:
    """Return the endings that can be read, sorted (".md", ".txt")."""
    return tuple(sorted(READERS))


def read_text(path: Path) -> ReadText:
    """Read one file with the reader its ending names, in upper or lower case.

    All but plain text is parsed in a child process with limits; see `isolation`.

    Raises:
        DocumentError: The file is missing, of a kind we do not read, or cannot be read.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise DocumentError(
            path,
            f"chưa hỗ trợ loại tệp {path.suffix or 'không có đuôi'}",
            f"Hãy chuyển sang một trong các loại: {', '.join(supported_suffixes())}",
        )
    if not path.is_file():
        raise DocumentError(path, "không có tệp này", "Hãy kiểm tra lại đường dẫn")
    if path.stat().st_size == 0:
        raise DocumentError(path, "tệp rỗng (0 byte)", "Hãy chép hoặc tải lại tệp: lần trước chưa xong")
    read = reader(path) if path.suffix.lower() in _IN_PROCESS else read_apart(path)
    if not read.text.strip():
        raise DocumentError(path, "tệp không có chữ nào", _NO_TEXT)
    return legacy.repaired(read)
