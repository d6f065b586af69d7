"""A part that a question names by its address: "mục II.1.7 của Kế hoạch 45"."""

from __future__ import annotations

import re

from search.answering.details import overview, section_answer
from search.asking.asks import ask_key, expected_answer
from search.asking.matching import Terms
from search.documents.meant import meant_documents
from search.documents.shelf import Shelf
from search.documents.sources import MAX_QUOTE, document_name, quotation
from search.hits import Answer
from search.query import Query

_ADDRESS = re.compile(r"\b[Mm]ục\s(?P<address>(?:[IVXL]+|\d{1,2})(?:\.(?:\d{1,2}|[a-zđ]))*)(?![\w.]*\w)")


def by_address(
    query: Query, terms: Terms, shelf: Shelf, allowed: frozenset[str] | None, bound: str | None
) -> Answer | None:
    """Return the part of the document meant that a question names by its address; None for other questions.

    Of a part that has parts the lines they open with. A question for something in it ("... bao nhiêu
    đoàn viên?") is answered by its words.

    Args:
        bound: Id of the document meant, where a conversation has settled it.
    """
    asked = _ADDRESS.search(query.text)
    # What the turn before asked for does not count: "mục II.2 nói gì?" asks anew.
    if not asked or expected_answer(ask_key(query.text)) not in ("text", "about", "documents"):
        return None
    doc_id = bound or query.document
    if doc_id is None:
        meant = meant_documents(query, terms, shelf, allowed)
        if not meant:
            return None
        doc_id = meant[0][0]
    document = shelf.document(doc_id)
    for section in document.sections:
        if section.level and section.address == asked["address"]:
            parts = any(s.address.startswith(f"{section.address}.") for s in document.sections)
            opening = quotation(document, section.start, min(section.end, section.start + MAX_QUOTE))
            return (parts and overview(document, section.start)) or section_answer(document, opening)
    if asked["address"][0].isdigit():  # counted within some other part
        return None
    name = document_name(document)
    text = f"Không tìm thấy. {name} không có mục {asked['address']}."
    return Answer(text, abstained=True, nearest=(name,))
