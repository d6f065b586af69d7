"""How a place in a document is named for people: "Kế hoạch số 234/KH-LĐLĐ ..., mục II.1.4"."""

from __future__ import annotations

import re

from corpus.records import Document
from search.hits import Quotation

MAX_QUOTE = 400  # characters; longer is no quotation but a copy
_ATTACHED = re.compile(r"(PL|VB|M|B)([0-9IVXLC]+[a-z]?)(?:\.(.+))?$")
_KINDS = {"PL": "phụ lục", "VB": "văn bản thứ", "M": "mẫu", "B": "biểu"}
_TITLE_SHOWN = 90  # characters of a trích yếu shown where a document has no number


def vietnamese_date(iso: str) -> str:
    """Return an ISO date as offices write it in running text.

    >>> vietnamese_date("2021-03-19")
    '19/3/2021'
    """
    year, month, day = iso.split("-")
    return f"{int(day)}/{int(month)}/{year}"


def short_issuer(issuer: str) -> str:
    """Return the issuer with the union's own names abbreviated, as staff write them."""
    issuer = re.sub(r"Tổng Liên đoàn Lao động Việt Nam", "Tổng LĐLĐ Việt Nam", issuer, flags=re.IGNORECASE)
    return re.sub(r"Liên đoàn Lao động", "LĐLĐ", issuer, flags=re.IGNORECASE)


def single_quoted(words: str) -> str:
    """Return words to stand in quotation marks, with those inside them single.

    >>> single_quoted("Quỹ “Xã hội”"), single_quoted('Quỹ "Xã hội"')
    ('Quỹ ‘Xã hội’', 'Quỹ ‘Xã hội’')
    """
    return re.sub(r"[“\"]([^“”\"]*)[”\"]?", lambda m: f"‘{m[1]}’" if m[0][-1] in '”"' else f"‘{m[1]}", words)


def document_name(document: Document, *, brief: bool = False) -> str:
    """Return "Kế hoạch số 234/KH-LĐLĐ ngày 19/3/2021 của LĐLĐ tỉnh Lai Châu".

    Args:
        brief: Only type, number and issuer: a number alone names several documents.
    """
    head = document.letterhead
    kind = head.type or "Văn bản"
    issuer = f" của {short_issuer(head.issuer)}" if head.issuer else ""
    if brief and head.number:
        issuer = f", {short_issuer(head.issuer)}" if head.issuer else ""
        return f"{kind} {head.number}{issuer}"
    parts = [kind]
    if head.number:
        parts.append(f"số {head.number}")
    if head.date:
        parts.append(f"ngày {vietnamese_date(head.date)}")
    name = " ".join(parts) + issuer
    if not head.number and not brief and head.title:
        title = (
            head.title
            if len(head.title) <= _TITLE_SHOWN
            else head.title[:_TITLE_SHOWN].rsplit(" ", 1)[0] + "…"
        )
        name += f" “{single_quoted(title)}”"
    if name == "Văn bản":
        name = f"Văn bản “{document.source}”"
    return name


def section_name(section: str) -> str:
    """Return "mục II.1.4" for an address, "phần Nơi nhận" for a part without a number.

    What is attached to a document is named first.

    >>> section_name("II.1.4"), section_name("PL1.2"), section_name("VB2.Ký")
    ('mục II.1.4', 'phụ lục 1, mục 2', 'văn bản thứ 2 trong tệp, phần chữ ký')
    """
    if attached := _ATTACHED.match(section):
        kind, number, rest = attached.groups()
        outer = f"{_KINDS[kind]} {number}" + (" trong tệp" if kind == "VB" else "")
        return f"{outer}, {section_name(rest)}" if rest else outer
    if section.startswith("Chú thích"):
        return section.lower()
    if re.fullmatch(r"[0-9IVXLCa-zđA-Z]{1,6}(?:\.[0-9IVXLCa-zđA-Z]{1,6})*", section) and section != "Ký":
        return f"mục {section}"
    return {"Mở đầu": "phần mở đầu", "Ký": "phần chữ ký"}.get(section, f"phần {section}")


def place_name(document: Document, section: str, page: int | None, *, brief: bool = False) -> str:
    """Return the whole source line; a restatement says so, so that nobody takes it for the original."""
    line = f"{document_name(document, brief=brief)}, {section_name(section)}"
    if page is not None:
        line += f", trang {page}"
    return line + (" (bản viết lại)" if document.restatement else "")


def brief_source(document: Document, quoted: Quotation) -> str:
    """Return the source line an answer puts in brackets behind words it quotes."""
    return place_name(document, quoted.section, quoted.page, brief=True)


def quotation(document: Document, start: int, end: int) -> Quotation:
    """Quote `document.text[start:end]`, cut at a word where it is over 400 characters."""
    if end - start > MAX_QUOTE:
        cut = document.text.rfind(" ", start + 1, start + MAX_QUOTE)
        end = cut if cut > start else start + MAX_QUOTE
    while end > start and document.text[end - 1].isspace():
        end -= 1
    while start < end and document.text[start].isspace():
        start += 1
    section = document.section_at(start)
    address = section.address if section else "Mở đầu"
    page = document.page_at(start)
    return Quotation(
        doc_id=document.doc_id,
        number=document.letterhead.number,
        title=document.letterhead.title,
        section=address,
        page=page,
        quote=document.text[start:end],
        start=start,
        end=end,
        source=place_name(document, address, page),
    )
