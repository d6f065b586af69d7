"""A Result becomes HTML; pure functions, no widgets.

Text of documents, questions and answers is data: whatever it holds (tags, Markdown, links
to pictures) comes out as inert characters. The HTML has no line breaks, so that a Markdown
renderer takes each piece as one block of HTML and interprets nothing in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlencode

from corpus.errors import AppError
from corpus.records import Document, Passage
from corpus.text import collapse
from search.documents.sources import place_name
from search.hits import Hit, Quotation, Result

DocumentOf = Callable[[str], Document]

# What HTML or Markdown could read as its own, as character references; what can hide or
# reorder text (control characters, direction overrides) is dropped.
_INERT: dict[int, str | None] = {ord(c): f"&#{ord(c)};" for c in "&<>\"'\\`*_[]!~$|#:@\n"}
_INERT |= dict.fromkeys([*range(0x0A), *range(0x0B, 0x20), 0x7F], "")
_INERT |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "") | {ord("\t"): " "}
_FIRST_WORDS = 160  # characters of a passage shown before it is unfolded; CSS cuts them to one line
_SHOWN_FURTHER = 4  # passages listed at once; the others are one click away
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_BLANK_LINES = re.compile(r"\n\s*\n")
# Marks of Markdown headings and emphasis: left in the text, but not shown to people.
_MARKUP = re.compile(
    r"^[ \t]*#{1,6}[ \t]+|(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])", re.MULTILINE
)
# The number of a footnote, as readers give it, after `inert`.
_RAISED = re.compile(r"&#60;sup&#62;(\w{1,4})&#60;/sup&#62;")


def inert(text: str) -> str:
    """`text` as characters that neither HTML nor Markdown reads as its own.

    >>> inert("<b> *a*")
    '&#60;b&#62; &#42;a&#42;'
    """
    return text.translate(_INERT)


def link_to(doc_id: str, section: str, start: int | None = None, end: int | None = None) -> str:
    """The address that opens a document at a section, with [start, end) highlighted.

    >>> link_to("kh-234", "II.1.4", 10, 20)
    '?vb=kh-234&amp;muc=II.1.4&amp;tu=10&amp;den=20'
    """
    query: dict[str, str | int] = {"vb": doc_id, "muc": section}
    if start is not None and end is not None:
        query |= {"tu": start, "den": end}
    return "?" + urlencode(query).replace("&", "&amp;")


def with_figures(text: str) -> str:
    """An answer's text, the figures it puts between ** and ** in bold."""
    pieces = _BOLD.split(text)
    return "".join(
        f"<strong>{inert(piece)}</strong>" if n % 2 else lines(piece) for n, piece in enumerate(pieces)
    )


def with_marks(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with each half-open span in <mark>; overlapping spans are joined.

    Runs of blank lines come out as one small gap, and marks of Markdown headings and emphasis are
    left out, and so is white space at both ends; nothing else of the text changes.
    """
    html, at = [], len(text) - len(text.lstrip())
    for start, end in sorted((max(a, 0), min(b, len(text))) for a, b in spans):
        start = max(start, at)
        if start < end:
            html.append(lines(text[at:start]) + f"<mark>{lines(text[start:end])}</mark>")
            at = end
    return "".join(html) + lines(text[at:].rstrip())


def lines(text: str) -> str:
    """`text` without marks of Markdown, runs of blank lines as one small gap."""
    shown = inert(_MARKUP.sub("", _BLANK_LINES.sub("\n\n", text)))
    shown = _RAISED.sub(r"<sup>\1</sup>", shown)
    return shown.replace("&#10;&#10;", '<span class="cach"></span>')


def question_html(question: str) -> str:
    return f'<div class="cau-hoi">{inert(question.strip())}</div>'


def error_html(error: AppError) -> str:
    """What went wrong and what to do, as one paragraph each."""
    sentences = [text if text[-1] in ".?!…" else f"{text}." for text in (error.problem, error.remedy) if text]
    return f'<div class="loi" role="alert">{"".join(f"<p>{inert(s)}</p>" for s in sentences)}</div>'


def evidence_html(result: Result, document_of: DocumentOf) -> str:
    """What stands beside the conversation: the passages quoted, then the further ones.

    Args:
        document_of: Gives the Document of a doc_id; raises KeyError or AppError for one
            that is not there any more, which is then passed over.
    """
    quoted, used = [], set()
    for quotation in result.answer.citations:
        passage = _passage_of(quotation, result.hits, document_of)
        if passage is None or (passage.doc_id, passage.start) in used:
            continue
        used.add((passage.doc_id, passage.start))
        spans = [
            (q.start - passage.start, q.end - passage.start)
            for q in result.answer.citations
            if q.doc_id == passage.doc_id
        ]
        quoted.append(_quoted_passage(passage, quotation, spans))
    further = [h for h in result.hits if (h.passage.doc_id, h.passage.start) not in used]
    title = "Các đoạn gần nhất" if result.answer.abstained else "Các đoạn liên quan khác"
    html = f"<h2>Căn cứ</h2>{''.join(quoted)}" if quoted else ""
    if further:
        listed = [_further_passage(n, hit, document_of) for n, hit in enumerate(further, start=1)]
        shown, more = "".join(listed[:_SHOWN_FURTHER]), "".join(listed[_SHOWN_FURTHER:])
        if more:
            count = len(listed) - _SHOWN_FURTHER
            more = f'<details class="them"><summary>Xem thêm {count} đoạn</summary>{more}</details>'
        html += f'<h2>{title}</h2><div class="khac">{shown}{more}</div>'
    return f'<div class="can-cu">{html}</div>' if html else ""


def _passage_of(quotation: Quotation, hits: tuple[Hit, ...], document_of: DocumentOf) -> Passage | None:
    """The passage that holds the quotation: one of the hits, else the quoted section."""
    for hit in hits:
        passage = hit.passage
        if passage.doc_id == quotation.doc_id and passage.start <= quotation.start < passage.end:
            return passage
    try:
        document = document_of(quotation.doc_id)
    except (KeyError, AppError):
        return None
    section = document.section_at(quotation.start)
    start = max(section.start, quotation.start - 450) if section else quotation.start
    end = max(quotation.end, min(section.end, start + 900)) if section else quotation.end
    return Passage(quotation.doc_id, 0, start, end, document.text[start:end], quotation.section)


def _quoted_passage(passage: Passage, quotation: Quotation, spans: list[tuple[int, int]]) -> str:
    href = link_to(passage.doc_id, quotation.section, quotation.start, quotation.end)
    return (
        f'<div class="doan"><p class="nguon">{inert(quotation.source)}</p>{trail(passage)}'
        f'<div class="chu">{with_marks(passage.text, spans)}</div>'
        f"<p>{_open_button(href)}</p></div>"
    )


def _further_passage(number: int, hit: Hit, document_of: DocumentOf) -> str:
    passage = hit.passage
    href = link_to(passage.doc_id, passage.section, passage.start, passage.end)
    why = f'<p class="vi-sao">Khớp&#58; {inert(", ".join(hit.why))}</p>' if hit.why else ""
    first_words = inert(collapse(passage.text[:_FIRST_WORDS]))
    return (
        f"<details><summary>{number}. {inert(passage_source(passage, document_of))}"
        f'<span class="dau-doan">{first_words}</span></summary>'
        f'{trail(passage)}<div class="chu">{with_marks(passage.text, ())}</div>{why}'
        f"<p>{_open_button(href)}</p></details>"
    )


def open_link(href: str, label: str, css: str = "mo") -> str:
    """A link to a document, in a tab of its own so that the conversation stays; `label` is HTML."""
    return f'<a class="{css}" href="{href}" target="_blank" rel="noopener">{label}</a>'


def _open_button(href: str) -> str:
    return open_link(href, "Mở văn bản tại đoạn này", "nut mo")


def trail(passage: Passage) -> str:
    """The headings above a passage; an item's own first words, cut short, are no heading."""
    text = collapse(passage.text)
    headings = [h for h in passage.heading if h.removesuffix("…").strip() not in text]
    return f'<p class="de-muc">{" › ".join(inert(h) for h in headings)}</p>' if headings else ""


def passage_source(passage: Passage, document_of: DocumentOf) -> str:
    """The source line of a passage, in the form of `Quotation.source`."""
    try:
        document = document_of(passage.doc_id)
    except (KeyError, AppError):
        return passage.doc_id
    return place_name(document, passage.section, passage.page)
