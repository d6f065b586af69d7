"""One document as a page of its own: `/?vb=<doc_id>&muc=<address>`; pure functions.

Plain HTML made on the server: it opens at once, can be searched and printed by the browser,
and needs no script but the one that scrolls to the passage.
"""

from __future__ import annotations

from collections.abc import Mapping

from corpus.records import Document, Section
from search.sources import document_name
from ui.render import inert, with_marks

_LONGEST_HEADING = 140  # characters; a longer first line is a paragraph, not a heading
_LONGEST_IN_OUTLINE = 80


def reader_page(document: Document, query: Mapping[str, str]) -> str:
    """The whole page of `document`; `query` may hold "muc", "tu" and "den" (see `link_to`)."""
    span = _span(query, len(document.text))
    target = _section_asked(document, query.get("muc", ""), span)
    parts = [_section_html(document, s, n, target, span) for n, s in enumerate(_sections(document))]
    body = (
        f'<header class="van-ban-dau"><p class="ve"><a href="./">‹ Tra cứu Công đoàn</a></p>'
        f"<h1>{inert(document_name(document))}</h1>{_title(document)}{_facts(document)}{_notices(document)}</header>"
        f'<div class="doc-cot">{_outline(document)}<main class="van-ban">{"".join(parts)}</main></div>'
    )
    return _page(document_name(document), body)


def missing_page(doc_id: str) -> str:
    """Shown when a link names a document that the library does not hold."""
    body = (
        '<main class="khong-co"><h1>Không có văn bản này trong kho</h1>'
        f"<p>Không tìm thấy văn bản “{inert(doc_id[:200])}”. "
        "Có thể văn bản đã được đổi tên hoặc gỡ khỏi kho.</p>"
        '<p><a class="nut" href="./">Về trang hỏi đáp</a></p></main>'
    )
    return _page("Không có văn bản này", body)


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{inert(title)} · Tra cứu Công đoàn</title></head>"
        f'<body class="trang-doc">{body}</body></html>\n'
    )


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
    document: Document, section: Section, number: int, target: Section | None, span: tuple[int, int] | None
) -> str:
    text = document.text[section.start : section.end].rstrip()
    spans = [(span[0] - section.start, span[1] - section.start)] if span else []
    line = _heading_line(section, text)
    if line and not any(start < line and end > 0 for start, end in spans):
        rest = [(start - line, end - line) for start, end in spans]
        shown = f"<strong>{with_marks(text[:line].strip(), ())}</strong>{with_marks(text[line:], rest)}"
    else:
        shown = with_marks(text, spans)
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


def _notices(document: Document) -> str:
    notices = [*document.warnings]
    if document.restatement:
        notices.insert(
            0, "Đây là bản viết lại để dùng thử chương trình, không phải nguyên văn của cơ quan ban hành."
        )
    return "".join(f'<p class="luu-y">{inert(notice)}</p>' for notice in notices)
