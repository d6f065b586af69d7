"""Small libraries of our own writing, built by the program itself and opened: for the tests of answers."""

from __future__ import annotations

from pathlib import Path

from build_index import main as build
from search.engine import Engine


def opened(folder: Path, /, *, like: Engine | None = None, **texts: str) -> Engine:
    """Write documents into a folder as files of these names, index them, and open the index beside them.

    Args:
        like: An engine whose models are taken over.
    """
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    assert build([str(folder), "--index-dir", str(folder / "index")]) == 0
    return Engine.open(folder / "index", like)
