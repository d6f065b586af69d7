"""What staff corrected of a document by hand, beside what its text says."""

from __future__ import annotations

from corpus.library.corrections import FIELDS
from corpus.reading import with_correction
from corpus.records import Document
from search.documents.sources import vietnamese_date


def as_read(document: Document) -> dict[str, str | None]:
    """Return what the text itself says in each field that can be corrected."""
    head = with_correction(document, None).letterhead
    return {field: getattr(head, field) for field in FIELDS}


def shown_value(field: str, value: str | None) -> str:
    """A value as people write it; "" where there is none."""
    return vietnamese_date(value) if field == "date" and value else value or ""


def corrected_by_hand(document: Document) -> list[str]:
    """Each field that was corrected, with what the text says: "số ký hiệu (văn bản ghi: 45/KH-LĐLĐ)"."""
    read = as_read(document) if document.corrected else {}
    return [
        f"{FIELDS[field]} (văn bản ghi: {shown_value(field, read[field]) or 'không có'})"
        for field in document.corrected
    ]
