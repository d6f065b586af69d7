"""Which reader reads which file; a reader is imported when its first file comes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers.base import ReadText

Reader = Callable[[Path], ReadText]


def _lazy(module: str) -> Reader:
    """Return the `read` of a module, imported at its first call."""

    def read(path: Path) -> ReadText:
        reader: Reader = import_module(f"corpus.readers.{module}").read
        return reader(path)

    return read


# Ending in lower case, with its dot -> reader.
READERS: dict[str, Reader] = {
    ".txt": _lazy("plain"),
    ".md": _lazy("plain"),
}


def supported_suffixes() -> tuple[str, ...]:
    """Return the endings that can be read, sorted (".md", ".txt")."""
    return tuple(sorted(READERS))


def read_text(path: Path) -> ReadText:
    """Read one file with the reader its ending names, in upper or lower case.

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
    return reader(path)
