"""Góp ý: what staff said of answers, looked at in Kho văn bản and made into judged questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from corpus.errors import AppError
from corpus.records import Document
from search.documents.sources import section_name, vietnamese_date
from search.following.feedback import LONGEST_NOTE, REASONS, Feedback, Place
from search.following.feedbackbook import FeedbackBook
from ui.frame import SHELF, Asked, page
from ui.frame import Place as Site
from ui.parts.render import DocumentOf, inert, link_to, open_link, with_figures, with_marks
from ui.shelf.shelf import pages_html

FEEDBACK = Site("gop-y", "Góp ý")
STATES = {"open": "Chưa xem", "accepted": "Đã nhận", "dismissed": "Bỏ qua"}
_PER_PAGE = 20

Span = tuple[str, int, int]
"""A document's id, and half-open characters of its text."""


def feedback_form(name: str) -> str:
    """What is asked of whoever says that the answer `name` is not right; a fragment."""
    boxes = "".join(
        f'<label class="chon"><input type="checkbox" name="ly-do" value="{key}"><span>{said}</span></label>'
        for key, said in REASONS.items()
    )
    return (
        f'<form class="to-gop-y"><input type="hidden" name="ma" value="{inert(name)}">'
        f"<fieldset><legend>Câu trả lời chưa đúng ở đâu?</legend>{boxes}</fieldset>"
        '<label class="ten-o">Nói thêm (không bắt buộc)'
        f'<input type="text" name="loi" maxlength="{LONGEST_NOTE}" autocomplete="off"></label>'
        '<p class="viec"><button class="nut chinh">Gửi góp ý</button>'
        '<button type="button" class="nut thoi">Thôi</button></p>'
        '<p class="ghi-chu">Câu hỏi, câu trả lời và góp ý được giữ trên máy đang chạy chương trình để người '
        "phụ trách xem; không gửi đi đâu khác.</p></form>"
    )


def thanks(*, good: bool) -> str:
    """What stands in the place of the buttons when something was said; a fragment."""
    what = "câu trả lời đúng" if good else "câu trả lời chưa đúng"
    return (
        f'<p class="da-gop-y" role="status">Đã ghi: {what}. Cảm ơn anh/chị. '
        '<button type="button" class="doi-y">Đổi ý</button></p>'
    )


def shelf_link(book: FeedbackBook) -> str:
    """The way from the list of documents to what was said of answers."""
    try:
        waiting = sum(entry.state == "open" for entry in book.entries())
    except AppError:  # said on the page it leads to
        waiting = 0
    count = f" ({waiting} chưa xem)" if waiting else ""
    return f'<a class="nut" href="./{FEEDBACK.path}">Góp ý về câu trả lời{count}</a>'


def feedback_page(entries: Sequence[Feedback], damaged: int, document_of: DocumentOf, asked: Asked) -> str:
    """The list; fields: "tt" (state), "trang"."""
    state = asked.one("tt") if asked.one("tt") in STATES else "open"
    found = [entry for entry in entries if entry.state == state]
    last = max((len(found) + _PER_PAGE - 1) // _PER_PAGE, 1)
    number = max(asked.count("trang", 1, last), 1)
    shown = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    listed = "".join(_entry(entry, document_of) for entry in shown) or _nothing(len(entries), state)
    body = (
        f'<main id="noi-dung" class="kho gop-y"><p class="ve"><a href="./{SHELF.path}">‹ Kho văn bản</a></p>'
        f"<h1>Góp ý về câu trả lời</h1>{_damaged(damaged)}{_tabs(entries, state)}{_export(entries)}"
        f'<div class="ket-qua">{listed}{pages_html(number, last, asked, FEEDBACK)}</div></main>'
    )
    return page("Góp ý về câu trả lời", body, SHELF)


def _tabs(entries: Sequence[Feedback], chosen: str) -> str:
    links = []
    for state, name in STATES.items():
        count = sum(entry.state == state for entry in entries)
        here = " aria-current=page" if state == chosen else ""
        links.append(f'<a href="./{FEEDBACK.path}?tt={state}"{here}>{name} ({count})</a>')
    return f'<nav class="viec-soan" aria-label="Góp ý theo tình trạng">{"".join(links)}</nav>'


def _export(entries: Iterable[Feedback]) -> str:
    accepted = sum(entry.state == "accepted" for entry in entries)
    if not accepted:
        return ""
    return (
        f'<p class="viec"><a class="nut" href="./{FEEDBACK.path}.jsonl" download>'
        f"Xuất {accepted} câu hỏi đã đánh giá (.jsonl)</a></p>"
    )


def _damaged(count: int) -> str:
    if not count:
        return ""
    return f'<p class="luu-y">{count} dòng trong sổ góp ý bị hỏng (máy tắt giữa chừng?), đã bỏ qua.</p>'


def _nothing(total: int, state: str) -> str:
    if total and state == "open":
        return '<p class="trong">Mọi góp ý đều đã được xem.</p>'
    if total:
        return '<p class="trong">Chưa có góp ý nào ở mục này.</p>'
    return (
        '<p class="trong">Chưa ai góp ý. Dưới mỗi câu trả lời ở Hỏi đáp có hai nút “Đúng” và “Chưa đúng”; '
        "góp ý gửi từ đó hiện ở đây để xem, nhận thành câu hỏi kiểm tra hoặc bỏ qua.</p>"
    )


def _entry(entry: Feedback, document_of: DocumentOf) -> str:
    ways = [f'<a class="nut" href="./{FEEDBACK.path}?ma={quote(entry.id)}">Xem và nhận</a>']
    if entry.state != "open":
        ways.append(_button(entry, "open", "Đưa về chưa xem"))
    if entry.state != "dismissed":
        ways.append(_button(entry, "dismissed", "Bỏ qua"))
    ways.append(_button(entry, "deleted", "Xóa", "Xóa hẳn góp ý này? Không lấy lại được."))
    return (
        f'<article class="van-ban-thay">{said_html(entry)}<h2>{inert(entry.question)}</h2>'
        f"{answered_html(entry, document_of)}{_judged(entry, document_of)}"
        f'<div class="viec">{"".join(ways)}</div></article>'
    )


def said_html(entry: Feedback) -> str:
    thumb = "Đúng" if entry.good else "Chưa đúng"
    reasons = "".join(f'<span class="nhan">{REASONS[r]}</span>' for r in entry.reasons if r in REASONS)
    note = f'<p class="loi-gop-y">“{inert(entry.note)}”</p>' if entry.note else ""
    when = vietnamese_date(entry.given[:10])
    css = "tot" if entry.good else "xau"
    return f'<p class="nguon"><strong class="{css}">{thumb}</strong>{reasons}<span>{when}</span></p>{note}'


def answered_html(entry: Feedback, document_of: DocumentOf) -> str:
    understood = f'<p class="vi-sao">Hiểu câu hỏi: {inert(", ".join(entry.understood))}</p>'
    sources = "".join(f"<li>{place_link(place, document_of)}</li>" for place in entry.sources)
    listed = f"<ul>{sources}</ul>" if sources else ""
    return (
        f"<details><summary>Câu trả lời đã đưa ra</summary>{understood if entry.understood else ''}"
        f'<div class="chu">{with_figures(entry.answer)}</div>{listed}</details>'
    )


def _judged(entry: Feedback, document_of: DocumentOf) -> str:
    judged = entry.judgement
    if judged is None:
        return ""
    gold = "".join(
        f"<li>{place_link(place, document_of)}: “{with_marks(place.quote, ())}”</li>" for place in judged.gold
    )
    words = f"<p>Phải có: {inert('; '.join(judged.answer))}</p>" if judged.answer else ""
    asked = f"<p>Câu hỏi khi đo: {inert(judged.question)}</p>" if judged.question != entry.question else ""
    right = f"<p>Đoạn đúng:</p><ul>{gold}</ul>" if gold else "<p>Kho không có câu trả lời.</p>"
    return f'<div class="dang-xem">{asked}{right}{words}</div>'


def _button(entry: Feedback, job: str, label: str, sure: str = "") -> str:
    confirm = f' data-hoi-lai="{inert(sure)}"' if sure else ""
    return (
        f'<form method="post" action="./{FEEDBACK.path}"{confirm}>'
        f'<input type="hidden" name="ma" value="{inert(entry.id)}">'
        f'<button class="nut" name="viec" value="{job}">{label}</button></form>'
    )


def place_link(place: Place, document_of: DocumentOf) -> str:
    span = span_of(place, document_of)
    label = inert(place.source or f"{place.doc}, {section_name(place.section)}")
    if span is None:
        return f"{label} (không còn trong kho như lúc đó)"
    return open_link(f"./{link_to(place.doc, place.section, *span[1:])}", label)


def span_of(place: Place, document_of: DocumentOf) -> Span | None:
    """Where the words of a place stand now; None where the library does not hold them any more."""
    document = document_or_none(place.doc, document_of)
    at = document.text.find(place.quote) if document else -1
    return (place.doc, at, at + len(place.quote)) if at >= 0 else None


def document_or_none(doc_id: str, document_of: DocumentOf) -> Document | None:
    try:
        return document_of(doc_id)
    except (KeyError, AppError):
        return None
