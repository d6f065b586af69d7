"""One page of a PDF original: drawn on the server, with the words of a passage marked on it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.readers.pdfpage import DrawnPage
from corpus.records import Document
from search.documents.sources import document_name
from ui.frame import Asked, page
from ui.parts.render import inert, link_to, with_marks
from ui.reading.placing import Box, boxes_of

PAGE_VIEW = "trang-goc"
_ZOOMS = (75, 100, 125, 150, 200, 300)  # per cent of the window's width, or of a column on a wide one
_MOST_PAGES = 100_000
_UNPLACED = (
    "Trang này là ảnh quét: chưa biết chữ nằm ở chỗ nào trên trang. "
    "Đoạn cần xem được tô ở phần chữ đọc được bên dưới trang."
)
_UNMATCHED = (
    "Chữ in trên trang khác với chữ đã đọc, nên chưa tô được trên trang. "
    "Đoạn cần xem được tô ở phần chữ đọc được bên dưới trang."
)


def offers_pages(original: str | None) -> bool:
    """Whether an original of this name can be shown page by page."""
    return original is not None and original.lower().endswith(".pdf")


def page_link(doc_id: str, number: int, span: tuple[int, int] | None = None, zoom: str = "") -> str:
    """The address of a page, HTML-escaped, with [start, end) of the document's text marked."""
    fields = {"vb": [doc_id], "trang": [str(number)]}
    if span is not None:
        fields |= {"tu": [str(span[0])], "den": [str(span[1])]}
    if zoom:
        fields["co"] = [zoom]
    return Asked(fields).address(PAGE_VIEW)


def number_asked(document: Document | None, asked: Asked) -> int:
    """The page asked for; else the one where the passage begins; else the first."""
    if asked.one("trang"):
        return max(asked.count("trang", 1, _MOST_PAGES), 1)
    span = _span(document, asked) if document else None
    return (document.page_at(span[0]) if document and span else None) or 1


def _span(document: Document, asked: Asked) -> tuple[int, int] | None:
    start, end = (asked.count(name, 0, len(document.text)) for name in ("tu", "den"))
    return (start, end) if start < end else None


def page_view(document: Document, drawn: DrawnPage, number: int, asked: Asked) -> str:
    """The whole page; fields of `asked`: "tu" and "den" (characters of the document's text), "co" (zoom)."""
    span = _span(document, asked)
    first, last = _stretch(document, number, drawn.n_pages)
    text = document.text[first:last]
    here = (max(span[0], first) - first, min(span[1], last) - first) if span else (0, 0)
    on_page = here[0] < here[1]
    boxes = boxes_of(text, *here, drawn.words) if on_page else ()
    zoom = asked.count("co", 100, 1000)
    zoom = min(_ZOOMS, key=lambda z: abs(z - zoom))
    name = document_name(document)
    note = ""
    if on_page and not boxes:
        note = f'<p class="luu-y" role="status">{_UNMATCHED if drawn.words else _UNPLACED}</p>'
    elif span and not on_page:
        note = _elsewhere(document, span)
    back = link_to(document.doc_id, "", *span) if span else link_to(document.doc_id, "")
    marks = [here] if on_page else []
    body = (
        f'<main id="noi-dung" class="goc"><p class="ve"><a href="./{back}">‹ Phần chữ đã đọc</a></p>'
        f"<h1>{inert(name)}</h1>{_bar(document, number, drawn.n_pages, span, zoom)}"
        f"{note}{_sheet(document, number, drawn, boxes, zoom)}"
        f'<details class="chu-trang"{" open" if on_page and not boxes else ""}>'
        "<summary>Chữ đọc được của trang này</summary>"
        f'<div class="chu">{with_marks(text, marks) or "Không đọc được chữ nào."}</div></details></main>'
    )
    return page(f"Trang {number} · {name}", body, css="trang-xem-goc")


def _stretch(document: Document, number: int, n_pages: int) -> tuple[int, int]:
    """The characters of the text that were read on a page, half-open."""
    starts = document.page_starts
    if n_pages == 1:
        return 0, len(document.text)
    first = starts[number - 1] if number <= len(starts) else len(document.text)
    return first, starts[number] if number < len(starts) else len(document.text)


def _elsewhere(document: Document, span: tuple[int, int]) -> str:
    begins = document.page_at(span[0])
    if begins is None:
        return ""
    href = page_link(document.doc_id, begins, span)
    return f'<p class="luu-y">Đoạn cần xem ở <a href="{href}">trang {begins}</a>.</p>'


def _bar(document: Document, number: int, n_pages: int, span: tuple[int, int] | None, zoom: int) -> str:
    """The ways to other pages and sizes, and to the file itself."""

    def way(page_number: int, size: int, label: str, key: str) -> str:
        if not 1 <= page_number <= n_pages:
            return f'<span class="nut tat">{label}</span>'
        href = page_link(document.doc_id, page_number, span, str(size) if size != 100 else "")
        return f'<a class="nut" href="{href}" data-phim="{key}">{label}</a>'

    smaller = max((z for z in _ZOOMS if z < zoom), default=None)
    larger = min((z for z in _ZOOMS if z > zoom), default=None)
    sizes = (
        (way(number, smaller, "Nhỏ hơn", "-") if smaller else '<span class="nut tat">Nhỏ hơn</span>')
        + f'<span class="co">{zoom} %</span>'
        + (way(number, larger, "Lớn hơn", "+") if larger else '<span class="nut tat">Lớn hơn</span>')
    )
    kept = {"vb": document.doc_id, "co": str(zoom) if zoom != 100 else ""}
    if span:
        kept |= {"tu": str(span[0]), "den": str(span[1])}
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{inert(value)}">' for name, value in kept.items() if value
    )
    original = Asked({"vb": [document.doc_id]})
    whole = original.address("ban-goc")
    shown = original.address("ban-goc", xem="1") + f"#page={number}"
    return (
        '<nav class="thanh-trang" aria-label="Trang và cỡ chữ">'
        f"{way(number - 1, zoom, '‹ Trước', 'ArrowLeft')}"
        f'<form method="get" action="./{PAGE_VIEW}">{hidden}<label>Trang '
        f'<input type="number" name="trang" min="1" max="{n_pages}" value="{number}" required></label>'
        f'<span>/ {n_pages}</span><button class="nut">Đến</button></form>'
        f'{way(number + 1, zoom, "Sau ›", "ArrowRight")}<span class="co-chu">{sizes}</span>'
        f'<a class="nut" href="{whole}" download>Tải bản gốc (.pdf)</a>'
        f'<a href="{shown}" target="_blank" rel="noopener">Mở bằng trình đọc PDF của máy</a>'
        '<span class="phim">Phím ← → đổi trang, + − đổi cỡ</span></nav>'
    )


def _sheet(document: Document, number: int, drawn: DrawnPage, boxes: Sequence[Box], zoom: int) -> str:
    """The picture, the marks laid over it as shares of its size."""
    source = Asked({"vb": [document.doc_id], "trang": [str(number)]}).address(f"{PAGE_VIEW}.png")
    marks = "".join(
        f'<span class="to-chu" style="left:{100 * b.left:.3f}%;top:{100 * b.top:.3f}%;'
        f'width:{100 * (b.right - b.left):.3f}%;height:{100 * (b.bottom - b.top):.3f}%"></span>'
        for b in boxes
    )
    said = ", đoạn cần xem được tô nền" if boxes else ""
    return (
        f'<div class="to-giay" tabindex="0" role="region" aria-label="Trang {number} của bản gốc">'
        f'<div class="khung-trang" style="width:{zoom}%">'
        f'<img src="{source}" width="{drawn.width}" height="{drawn.height}" '
        f'alt="Trang {number} của bản gốc{said}; chữ của trang ở bên dưới">{marks}</div></div>'
    )
