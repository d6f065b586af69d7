"""What the rules of reading are: a digest that differs when they do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint_of(paths: Iterable[Path]) -> str:
    """Return a digest of these files, the same however their lines end."""
    total = hashlib.sha256()
    for path in paths:
        content = path.read_bytes().replace(b"\r\n", b"\n")
        total.update(path.name.encode() + b"\0" + hashlib.sha256(content).digest())
    return total.hexdigest()[:16]


def reading_rules() -> list[Path]:
    """Return the code and the tables of this floor: the rules by which files become documents.

    An index is built anew when they change, for what was read before and what is read now would
    not agree. A version number raised by hand would be forgotten one day; the files themselves
    cannot be.
    """
    corpus = Path(__file__).parent
    return [path for path in sorted(corpus.rglob("*")) if path.is_file() and _is_rule(path, corpus)]


def _is_rule(path: Path, corpus: Path) -> bool:
    top = path.relative_to(corpus).parts[0]
    return top not in ("samples", "__main__.py") and "__pycache__" not in path.parts
