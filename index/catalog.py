"""What is neither vector nor posting: documents, passages, citations, targets, in SQLite.

A segment's catalog is written once and then only read; it is opened as immutable, so that
SQLite needs no locks and a read-only folder will do.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import DamagedIndexError, IndexWriteError
from corpus.records import Citation, Document, Footnote, Letterhead, Passage, Section, Target

_TABLES = (
    """CREATE TABLE documents (
        ordinal INTEGER PRIMARY KEY, doc_id TEXT NOT NULL, number TEXT, type TEXT, issuer TEXT, date TEXT,
        first_row INTEGER NOT NULL, n_passages INTEGER NOT NULL, text TEXT NOT NULL, record TEXT NOT NULL)""",
    """CREATE TABLE passages (
        row INTEGER PRIMARY KEY, document INTEGER NOT NULL, ordinal INTEGER NOT NULL,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, section TEXT NOT NULL,
        heading TEXT NOT NULL, page INTEGER)""",
    "CREATE TABLE citations (document INTEGER NOT NULL, position INTEGER NOT NULL, number TEXT, type TEXT)",
    """CREATE TABLE targets (
        document INTEGER NOT NULL, position INTEGER NOT NULL, kind TEXT NOT NULL, period TEXT,
        unit TEXT NOT NULL)""",
)
_INDICES = (
    "CREATE UNIQUE INDEX documents_by_id ON documents (doc_id)",
    "CREATE INDEX citations_by_number ON citations (number)",
    "CREATE INDEX targets_by_period ON targets (period)",
)
_PASSAGE = (
    "SELECT d.doc_id, p.ordinal, p.start, p.end, p.text, p.section, p.heading, p.page "
    "FROM passages p JOIN documents d ON d.ordinal = p.document"
)


def document_to_record(document: Document) -> dict[str, Any]:
    """Return everything of a document but its text, as JSON can hold it."""
    record = _fields(document)
    del record["text"]
    record["letterhead"] = _fields(document.letterhead)
    for part in ("sections", "citations", "targets", "footnotes"):
        record[part] = tuple(map(_fields, record[part]))
    return record


def _fields(record: Any) -> dict[str, Any]:
    """Return the fields of a record that holds no others: `asdict`, without copying what cannot change."""
    return {name: getattr(record, name) for name in record.__slots__}


def document_from_record(record: dict[str, Any], text: str) -> Document:
    """The inverse of `document_to_record`."""
    return Document(
        **{
            **record,
            "text": text,
            "letterhead": _letterhead(record["letterhead"]),
            "sections": tuple(Section(**section) for section in record["sections"]),
            "citations": tuple(Citation(**citation) for citation in record["citations"]),
            "targets": tuple(Target(**target) for target in record["targets"]),
            "footnotes": tuple(Footnote(**note) for note in record.get("footnotes", ())),
            "page_starts": tuple(record["page_starts"]),
            "warnings": tuple(record["warnings"]),
            "corrected": tuple(record.get("corrected", ())),
        }
    )


def _letterhead(record: dict[str, Any]) -> Letterhead:
    return Letterhead(
        **{
            **record,
            "recipients": tuple(record["recipients"]),
            "cosigners": tuple(map(tuple, record.get("cosigners", ()))),
        }
    )


class CatalogWriter:
    """Writes a new catalog; `finish` makes it whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.n_documents = self.n_passages = 0
        self._seen: set[str] = set()
        with _write_errors(path):
            self._db = sqlite3.connect(path, isolation_level=None)
            weakref.finalize(self, self._db.close)
            # Nobody reads the file before it is whole, and it is synced when it is sealed.
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.execute("BEGIN")
            for table in _TABLES:
                self._db.execute(table)

    def add(self, document: Document, passages: Sequence[Passage]) -> None:
        """Append a document and its passages, in order; its rows follow those before it."""
        if document.doc_id in self._seen:
            raise ValueError(f"document {document.doc_id!r} was added twice")
        self._seen.add(document.doc_id)
        ordinal, head = self.n_documents, document.letterhead
        record = json.dumps(document_to_record(document), ensure_ascii=False)
        with _write_errors(self._path):
            self._db.execute(
                "INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?)",
                (ordinal, document.doc_id, head.number, head.type, head.issuer, head.date,
                 self.n_passages, len(passages), document.text, record),
            )  # fmt: skip
            self._db.executemany(
                "INSERT INTO passages VALUES (?,?,?,?,?,?,?,?,?)",
                (
                    (self.n_passages + i, ordinal, p.ordinal, p.start, p.end, p.text, p.section,
                     json.dumps(p.heading, ensure_ascii=False), p.page)
                    for i, p in enumerate(passages)
                ),
            )  # fmt: skip
            self._db.executemany(
                "INSERT INTO citations VALUES (?,?,?,?)",
                ((ordinal, i, c.number, c.type) for i, c in enumerate(document.citations)),
            )
            self._db.executemany(
                "INSERT INTO targets VALUES (?,?,?,?,?)",
                ((ordinal, i, t.kind, t.period, t.unit) for i, t in enumerate(document.targets)),
            )
        self.n_documents += 1
        self.n_passages += len(passages)

    def finish(self) -> None:
        """Make the file whole and close it; without this call there is nothing in it."""
        with _write_errors(self._path):
            for statement in _INDICES:
                self._db.execute(statement)
            self._db.execute("COMMIT")
        self.close()

    def close(self) -> None:
        """Let go of the file, whole or not."""
        self._db.close()


class Catalog:
    """Reads one segment's catalog. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            weakref.finalize(self, self._db.close)  # an index is let go of when nobody asks it any more
            self.spans: dict[str, range] = {
                doc_id: range(first, first + n)
                for doc_id, first, n in self._rows(
                    "SELECT doc_id, first_row, n_passages FROM documents ORDER BY ordinal"
                )
            }
            self.n_passages = int(self._rows("SELECT count(*) FROM passages")[0][0])
        except sqlite3.DatabaseError as error:
            raise DamagedIndexError(path) from error

    def close(self) -> None:
        self._db.close()

    def document(self, doc_id: str) -> Document:
        """Return a document; KeyError where there is none of that id."""
        found = self._rows("SELECT record, text FROM documents WHERE doc_id = ?", doc_id)
        if not found:
            raise KeyError(doc_id)
        record, text = found[0]
        return document_from_record(json.loads(record), text)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield (id, text) of every document, in row order."""
        yield from self._rows("SELECT doc_id, text FROM documents ORDER BY ordinal")

    def names(self) -> Iterator[tuple[str, str | None, str | None]]:
        """Yield (id, number, date of issue) of every document, in row order."""
        yield from self._rows("SELECT doc_id, number, date FROM documents ORDER BY ordinal")

    def letterheads(self) -> Iterator[tuple[str, Letterhead]]:
        """Yield (id, letterhead) of every document, in row order; several times as fast as `document`."""
        query = "SELECT doc_id, json_extract(record, '$.letterhead') FROM documents ORDER BY ordinal"
        for doc_id, letterhead in self._rows(query):
            yield doc_id, _letterhead(json.loads(letterhead))

    def passage(self, row: int) -> Passage:
        """Return the passage of a row of this segment; IndexError where there is none."""
        found = self._rows(f"{_PASSAGE} WHERE p.row = ?", row)
        if not found:
            raise IndexError(f"{self._path} has no row {row}")
        return _passage(found[0])

    def passages(self, rows: range) -> Iterator[Passage]:
        """Yield the passages of consecutive rows, a thousand read at a time."""
        for start in range(rows.start, rows.stop, 1000):
            stop = min(start + 1000, rows.stop)
            condition = "WHERE p.row >= ? AND p.row < ? ORDER BY p.row"
            for found in self._rows(f"{_PASSAGE} {condition}", start, stop):
                yield _passage(found)

    def citing(self, number: str) -> list[str]:
        """Return the ids of the documents that cite `number`, given in canonical form."""
        return [
            doc_id
            for (doc_id,) in self._rows(
                "SELECT DISTINCT d.doc_id FROM citations c JOIN documents d ON d.ordinal = c.document "
                "WHERE c.number = ? ORDER BY d.ordinal",
                number,
            )
        ]

    def with_targets(self, period: str) -> list[str]:
        """Return the ids of the documents that set or report a chỉ tiêu of `period` ("2021")."""
        return [
            doc_id
            for (doc_id,) in self._rows(
                "SELECT DISTINCT d.doc_id FROM targets t JOIN documents d ON d.ordinal = t.document "
                "WHERE t.period = ? ORDER BY d.ordinal",
                period,
            )
        ]

    def _rows(self, statement: str, *values: object) -> list[Any]:
        with self._lock:
            return self._db.execute(statement, values).fetchall()


def _passage(found: tuple[Any, ...]) -> Passage:
    doc_id, ordinal, start, end, text, section, heading, page = found
    return Passage(doc_id, ordinal, start, end, text, section, tuple(json.loads(heading)), page)


class _write_errors:
    """SQLite says "database or disk is full", "disk I/O error"; staff read what to do about it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.OperationalError):
            raise IndexWriteError(self._path, str(error)) from error
