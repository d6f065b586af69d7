"""One answer somebody spoke of, and the passages of which one may be the right one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.documents.sources import place_name
from search.following.feedback import Feedback, Place
from search.hits import Hit
from ui.feedback.feedback import FEEDBACK, Span, answered_html, document_or_none, said_html, span_of
from ui.frame import SHELF, Asked, page
from ui.parts.render import DocumentOf, inert, link_to, open_link, with_marks

_LONGEST_GOLD = 1000  # characters of a passage somebody may choose
_FIGURE = re.compile(r"\*\*(.+?)\*\*")


def value_of(span: Span) -> str:
    """A passage as a form sends it.

    >>> value_of(("kh-12", 3, 9)), span_from("3-9-kh-12")
    ('3-9-kh-12', ('kh-12', 3, 9))
    """
    return f"{span[1]}-{span[2]}-{span[0]}"


def span_from(value: str) -> Span | None:
    """Read what `value_of` made; None for anything else."""
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})-(.+)", value, re.ASCII | re.DOTALL)
    return (match[3], int(match[1]), int(match[2])) if match else None


def place_at(span: Span, document_of: DocumentOf) -> Place | None:
    """The words a span holds now, at most 1,000 characters; None where there are none."""
    document = document_or_none(span[0], document_of)
    quoted = document.text[span[1] : span[2]] if document and span[2] - span[1] <= _LONGEST_GOLD else ""
    if document is None or not quoted.strip():
        return None
    section = document.section_at(span[1])
    address = section.address if section else "Mở đầu"
    return Place(document.doc_id, address, quoted, place_name(document, address, document.page_at(span[1])))


def review_page(
    entry: Feedback, found: Sequence[Hit], document_of: DocumentOf, asked: Asked, error: str = ""
) -> str:
    """One answer, and the passages of which one may be the right one.

    Args:
        found: What the reviewer searched for by "q".
        asked: What the form held when it was sent back with `error` (HTML); else the address alone.
    """
    sent = bool(asked.one("viec"))
    judged = entry.judgement
    chosen = set(asked.many("doan")) if sent else {value_of(s) for s in _first_choice(entry, document_of)}
    boxes = "".join(_box(place, chosen, document_of) for place in _candidates(entry, found))
    words = asked.one("co") if sent else "; ".join(judged.answer if judged else _figures(entry))
    question = asked.one("cau") if sent else judged.question if judged else entry.question
    none = asked.one("khong-co") if sent else judged is not None and not judged.gold
    body = (
        f'<main id="noi-dung" class="kho gop-y"><p class="ve"><a href="./{FEEDBACK.path}">‹ Góp ý</a></p>'
        f"<h1>Xem một góp ý</h1>{error}"
        f'<article class="van-ban-thay">{said_html(entry)}<h2>{inert(entry.question)}</h2>'
        f"{answered_html(entry, document_of).replace('<details>', '<details open>', 1)}</article>"
        f"<h2>Đoạn nào trả lời đúng câu hỏi này?</h2>{_search(entry, asked)}"
        f'<form method="post" action="./{FEEDBACK.path}" class="xem-gop-y">'
        f'<input type="hidden" name="ma" value="{inert(entry.id)}">'
        f'<fieldset><legend class="an">Những đoạn có thể đúng</legend>{boxes}'
        '<label class="chon"><input type="checkbox" name="khong-co" value="1"'
        f"{' checked' if none else ''}><span>Kho không có câu trả lời cho câu hỏi này</span></label>"
        + "</fieldset>"
        + _field(
            "trich", "Chỉ lấy những chữ này (chép từ đoạn đã chọn; để trống: cả đoạn)", asked.one("trich")
        )
        + _field("co", "Câu trả lời đúng phải có (nhiều ý thì cách nhau bằng dấu chấm phẩy)", words)
        + _field("cau", "Câu hỏi, viết đủ ý để hiểu được khi đứng một mình", question)
        + '<p class="viec"><button class="nut chinh" name="viec" value="accepted">'
        "Nhận làm câu hỏi kiểm tra</button>"
        '<button class="nut" name="viec" value="dismissed">Bỏ qua</button></p></form></main>'
    )
    return page("Xem một góp ý", body, SHELF)


def _field(name: str, label: str, value: str) -> str:
    return (
        f'<label class="ten-o">{label}<input type="text" name="{name}" value="{inert(value)}" '
        'maxlength="2000" autocomplete="off"></label>'
    )


def _search(entry: Feedback, asked: Asked) -> str:
    words = asked.one("q") or entry.question
    return (
        f'<form class="o-tim" method="get" action="./{FEEDBACK.path}" role="search" data-cho="Đang tìm…">'
        f'<input type="hidden" name="ma" value="{inert(entry.id)}">'
        '<label class="an" for="q">Tìm đoạn khác</label>'
        f'<input id="q" name="q" type="search" value="{inert(words)}" maxlength="2000" autocomplete="off">'
        '<button class="nut">Tìm đoạn khác</button></form>'
    )


def _candidates(entry: Feedback, found: Sequence[Hit]) -> list[Place]:
    """What was searched for, what was judged before, what was quoted, what was found; each once."""
    searched = [Place(h.passage.doc_id, h.passage.section, h.passage.text) for h in found]
    judged = entry.judgement.gold if entry.judgement else ()
    places = [*searched, *judged, *entry.sources, *entry.found]
    return list({(place.doc, place.quote): place for place in reversed(places)}.values())[::-1]


def _first_choice(entry: Feedback, document_of: DocumentOf) -> list[Span]:
    """What is chosen before anybody chooses: what was judged before, or what a right answer quoted."""
    places = entry.judgement.gold if entry.judgement else entry.sources if entry.good else ()
    return [span for place in places if (span := span_of(place, document_of))]


def _figures(entry: Feedback) -> Sequence[str]:
    return _FIGURE.findall(entry.answer) if entry.good else ()


def _box(place: Place, chosen: set[str], document_of: DocumentOf) -> str:
    span = span_of(place, document_of)
    if span is None or (stands := place_at(span, document_of)) is None:
        return ""
    value, href = value_of(span), link_to(place.doc, place.section, *span[1:])
    ticked = " checked" if value in chosen else ""
    return (
        '<div class="doan-thay"><label class="chon">'
        f'<input type="checkbox" name="doan" value="{inert(value)}"{ticked}>'
        f"<span>{inert(stands.source)}</span></label>"
        f'<div class="chu">{with_marks(stands.quote, ())}</div>'
        f'<p class="viec">{open_link(f"./{href}", "Mở tại đoạn này")}</p></div>'
    )
