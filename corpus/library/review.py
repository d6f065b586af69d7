"""All abbreviations the program knows, so that staff can look through them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.errors import AppError
from corpus.library.files import KnownFile, printable, scan_folder
from corpus.reading import read_document
from corpus.text import fold, normalize_text
from corpus.words.glossary import Entry, Glossary

_HOW = {"shipped": "có sẵn", "defined": "văn bản tự giải thích", "initials": "suy từ các chữ đầu"}
_ORDER = tuple(_HOW)
_LONGEST_QUOTE = 160  # characters shown to people; programs get the whole


def glossary_of(folder: Path | None) -> tuple[Glossary, list[KnownFile]]:
    """Return the shipped glossary, with what the documents of `folder` teach, and what could not be read.

    Raises:
        NoDocumentsError: The folder is missing, no folder, or cannot be opened.
    """
    if folder is None:
        return Glossary.shipped(), []
    texts: dict[str, str] = {}
    failed: list[KnownFile] = []
    for file in scan_folder(folder):
        try:
            texts[file.doc_id] = read_document(file.path, file.doc_id).text
        except AppError as error:
            reason = getattr(error, "reason", error.problem)
            failed.append(KnownFile(file.name, file.doc_id, "", reason, error.remedy))
        except OSError as error:
            failed.append(KnownFile(file.name, file.doc_id, "", error.strerror or str(error), ""))
    return Glossary.shipped().learn(texts), failed


def in_order(glossary: Glossary) -> list[Entry]:
    """Return the entries by abbreviation as a dictionary has them, then how learnt, expansion, source."""
    return sorted(
        glossary.entries,
        key=lambda e: (
            fold(e.abbreviation),
            e.abbreviation,
            _ORDER.index(e.how),
            _same(e),
            e.source,
            e.quote,
        ),
    )


def _same(entry: Entry) -> str:
    """Capitals and commas make no other expansion."""
    return " ".join(normalize_text(entry.expansion).lower().replace(",", " ").split())


def glossary_json(glossary: Glossary, failed: list[KnownFile]) -> dict[str, Any]:
    """Return the stable form other programs read: every entry with its source and quote."""
    return {
        "abbreviations": [asdict(entry) for entry in in_order(glossary)],
        "failed": [{"file": f.name, "reason": f.reason, "remedy": f.remedy} for f in failed],
    }


def glossary_lines(glossary: Glossary) -> list[str]:
    """Return the same for people: a line for each meaning, with one of the places it was learnt from."""
    meanings: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in in_order(glossary):
        meanings.setdefault((entry.abbreviation, entry.how, _same(entry)), []).append(entry)
    lines = [_line(entries) for entries in meanings.values()]
    learnt = sum(how != "shipped" for _, how, _ in meanings)
    return [*lines, f"{len(lines)} nghĩa viết tắt: {len(lines) - learnt} có sẵn, {learnt} học từ văn bản"]


def _line(entries: list[Entry]) -> str:
    first = entries[0]
    said = f"{first.abbreviation} = {first.expansion}  [{_HOW[first.how]}"
    if first.how == "shipped":
        return printable(f"{said}; {first.quote}]" if first.quote else f"{said}]")
    others = len({entry.source for entry in entries}) - 1
    more = f" và {others} văn bản khác" if others else ""
    quote = first.quote if len(first.quote) <= _LONGEST_QUOTE else first.quote[: _LONGEST_QUOTE - 1] + "…"
    return printable(f"{said}; {first.source}{more}: “{quote}”]")
