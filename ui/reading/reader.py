"""One document as a page of its own: `/?vb=<doc_id>&muc=<address>`; pure functions.

Plain HTML made on the server: it opens at once, can be searched and printed by the browser,
and needs no script but the one that scrolls to the passage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.records import Document, Section
from search.documents.sources import document_name
from ui.frame import CHAT, DIRECTIVES, SHELF, Asked, document_link, message, page
from ui.parts.marking import Drawn, drawn_text
from ui.parts.render import inert
from ui.parts.snippets import phrase_spans
from ui.reading.corrected import corrected_by_hand
from ui.reading.pageview import offers_pages, page_link

_LONGEST_HEADING = 140  # characters; a longer first line is a paragraph, not a heading
_LONGEST_IN_OUTLINE = 80
_MOST_FOUND = 1000  # places of one phrase that are marked


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a document beyond its own text.

    Attributes:
        cited: (start, end, id) of the mentions that mean a document that is here; they do not overlap.
        original: Name of the file that can be downloaded; None where there is none.
        work: Its id among the directives; None where they are not known.
        copies: (file name, id or None, how alike) of the files that are the same document.
    """

    cited: tuple[tuple[int, int, str], ...] = ()
    original: str | None = None
    copies: tuple[tuple[str, str | None, str], ...] = ()
    work: str | None = None


def reader_page(document: Document, query: Mapping[str, str], around: Around | None = None) -> str:
    """The whole page of `document`; `query` may hold "muc", "tu", "den" (see `link_to`) and "tim"."""
    around = around or Around()
    span = _span(query, len(document.text))
    target = _section_asked(document, query.get("muc", ""), span)
    found = tuple(phrase_spans(document.text, query.get("tim", "").strip()[:200])[:_MOST_FOUND])
    links = tuple((start, end, document_link(doc_id)) for start, end, doc_id in around.cited)
    drawn = Drawn((span,) if span else (), found, links, _page_numbers(document, around, span))
    parts = [_section_html(document, s, n, target, drawn) for n, s in enumerate(_sections(document))]
    body = (
        f'<header class="van-ban-dau"><p class="ve"><a href="./{SHELF.path}">‹ Kho văn bản</a></p>'
        f"<h1>{inert(document_name(document))}</h1>{_title(document)}{_facts(document)}"
        f"{_ways(document, around, span)}{_notices(document, around)}</header>"
        f'<div class="doc-cot" id="noi-dung">{_outline(document)}<div class="doc-phai">'
        f"{_search_form(document, query.get('tim', ''), len(found), _on_original(document, around, span))}"
        f'<main class="van-ban">{"".join(parts)}</main></div></div>'
    )
    return page(document_name(document), body, css="trang-doc")


def missing_page(doc_id: str) -> str:
    """Shown when a link names a document that the library does not hold."""
    said = (
        f"<p>Không tìm thấy văn bản “{inert(doc_id[:200])}”. "
        "Có thể văn bản đã được đổi tên hoặc gỡ khỏi kho.</p>"
        f'<p><a class="nut" href="./{SHELF.path}">Xem kho văn bản</a> '
        f'<a class="nut" href="./{CHAT.path}">Về trang hỏi đáp</a></p>'
    )
    return message("Không có văn bản này trong kho", said)


def _search_form(document: Document, words: str, found: int, further: str) -> str:
    """The box that searches inside the document, and how many places it found; it stays in sight.

    `further` is HTML: what else should stay in sight.
    """
    said = ""
    if words.strip():
        most = f"hơn {found}" if found == _MOST_FOUND else str(found)
        said = f"{most} chỗ" if found else "Không có trong văn bản này"
        steps = (
            '<a class="nut" href="#t1" data-buoc="-1">‹ Trước</a>'
            '<a class="nut" href="#t1" data-buoc="1">Sau ›</a>'
        )
        said = f'<span class="so-luong" role="status">{said}</span>{steps if found else ""}'
    return (
        '<form class="tim-trong" method="get" action="./" role="search" aria-label="Tìm trong văn bản này">'
        f'<input type="hidden" name="vb" value="{inert(document.doc_id)}">'
        '<label class="an" for="tim">Tìm trong văn bản này</label>'
        f'<input id="tim" name="tim" type="search" value="{inert(words)}" maxlength="200" '
        'placeholder="Tìm trong văn bản này" autocomplete="off">'
        f'<button class="nut">Tìm</button>{said}{further}</form>'
    )


def _on_original(document: Document, around: Around, span: tuple[int, int] | None) -> str:
    """The way from a passage to its page in the original; "" where there is none."""
    if span is None or not offers_pages(around.original):
        return ""
    href = page_link(document.doc_id, document.page_at(span[0]) or 1, span)
    return f'<a class="nut" href="{href}">Xem trên bản gốc</a>'


def _page_numbers(
    document: Document, around: Around, span: tuple[int, int] | None
) -> tuple[tuple[int, str], ...]:
    """Where each page begins; of a PDF that is here, the page itself is one click away."""
    numbers: list[tuple[int, str]] = []
    asked = document.page_at(span[0]) if span else None
    for number, start in enumerate(document.page_starts, start=1):
        shown = f"Trang {number}"
        if offers_pages(around.original):
            href = page_link(document.doc_id, number, span if number == asked else None)
            shown = f'<a href="{href}">{shown} bản gốc</a>'
        numbers.append((start, f'<span class="trang-so">{shown}</span>'))
    return tuple(numbers)


def _span(query: Mapping[str, str], length: int) -> tuple[int, int] | None:
    """The characters to highlight, half-open; None where the link names none that exist."""
    start, end = query.get("tu", ""), query.get("den", "")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return None
    if len(start) > 12 or len(end) > 12:
        return None
    return (int(start), int(end)) if int(start) < int(end) <= length else None


def _sections(document: Document) -> tuple[Section, ...]:
    return document.sections or (Section("Toàn văn", "", 0, 0, len(document.text)),)


def _section_asked(document: Document, address: str, span: tuple[int, int] | None) -> Section | None:
    """The section a link speaks of: the one that holds the span, else the one so addressed."""
    if span and (held := document.section_at(span[0])):
        return held
    return next((s for s in document.sections if s.address == address), None)


def _section_html(
    document: Document, section: Section, number: int, target: Section | None, drawn: Drawn
) -> str:
    line = section.start + _heading_line(section, document.text[section.start : section.end].rstrip())
    shown = drawn_text(document.text, line, section.end, drawn)
    if line > section.start:
        heading = drawn_text(document.text, section.start, line, drawn)
        plain = drawn.touches(section.start, line)
        shown = f"{heading}&#10;{shown}" if plain else f"<strong>{heading}</strong>{shown}"
    asked = ' data-dich="1"' if section is target else ""
    return f'<div class="muc" id="s{number}"{asked}>{shown}</div>'


def _heading_line(section: Section, text: str) -> int:
    """Where the heading at the start of `text` ends; 0 where the first line is a paragraph."""
    end = text.find("\n", len(text) - len(text.lstrip()))
    end = len(text) if end < 0 else end
    first = text[:end].strip()
    is_heading = section.level > 0 and len(first) <= _LONGEST_HEADING and first[-1:] not in ".;,:"
    return end if is_heading else 0


def _outline(document: Document) -> str:
    entries = []
    for number, section in enumerate(document.sections):
        if section.continued:
            continue
        heading = section.heading
        if len(heading) > _LONGEST_IN_OUTLINE:
            heading = heading[:_LONGEST_IN_OUTLINE].rsplit(" ", 1)[0] + "…"
        label = f"{section.address}. {heading}" if section.level and heading else section.address
        level = min(section.level, 4)
        entries.append(f'<li class="bac-{level}"><a href="#s{number}">{inert(label)}</a></li>')
    if len(entries) < 2:
        return ""
    return (
        '<nav class="muc-luc" aria-label="Mục lục"><details open><summary>Mục lục</summary>'
        f"<ul>{''.join(entries)}</ul></details></nav>"
    )


def _title(document: Document) -> str:
    return f'<p class="trich-yeu">{inert(document.letterhead.title)}</p>' if document.letterhead.title else ""


def _facts(document: Document) -> str:
    head = document.letterhead
    signer = ", ".join(part for part in (head.signer, head.signer_role) if part)
    facts = [("Cơ quan ban hành", head.issuer), ("Người ký", signer), ("Tệp", document.source)]
    listed = "".join(f"<dt>{name}</dt><dd>{inert(value)}</dd>" for name, value in facts if value)
    return f"<dl>{listed}</dl>"


def _ways(document: Document, around: Around, span: tuple[int, int] | None) -> str:
    """What can be done with the document: its original, where it stands among others."""
    ways = []
    if around.original is not None:
        ending = inert(around.original.rpartition(".")[2].lower())
        href = Asked({"vb": [document.doc_id]}).address("ban-goc")
        ways.append(f'<a class="nut" href="{href}" download>Tải bản gốc (.{ending})</a>')
    if offers_pages(around.original):
        href = page_link(document.doc_id, (document.page_at(span[0]) if span else None) or 1, span)
        ways.append(f'<a class="nut" href="{href}">Xem bản gốc</a>')
    if around.work is not None:
        href = Asked({"vb": [around.work]}).address(DIRECTIVES.path)
        ways.append(f'<a class="nut" href="{href}">Văn bản liên quan</a>')
    return f'<p class="viec">{"".join(ways)}</p>' if ways else ""


def _notices(document: Document, around: Around) -> str:
    notices = [inert(warning) for warning in document.warnings]
    if document.corrected:
        notices.append(f"Đã sửa bằng tay: {inert('; '.join(corrected_by_hand(document)))}")
    if document.restatement:
        notices.insert(
            0, "Đây là bản viết lại để dùng thử chương trình, không phải nguyên văn của cơ quan ban hành."
        )
    for name, doc_id, kind in around.copies:
        href = document_link(doc_id) if doc_id else ""
        shown = f'<a href="{href}">{inert(name)}</a>' if doc_id else inert(name)
        notices.append(f"Có tệp khác của cùng văn bản này ({inert(kind)}): {shown}")
    return "".join(f'<p class="luu-y">{notice}</p>' for notice in notices)
