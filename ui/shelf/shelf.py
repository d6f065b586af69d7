"""Kho văn bản: every document with its attributes, and every file that could not be read, with why."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.text import fold
from search.documents.sources import vietnamese_date
from ui.frame import MANAGE, SHELF, Asked, Place, document_link, page
from ui.parts.cards import Card, cards_of
from ui.parts.facets import chosen, facets_html
from ui.parts.folder import Folder
from ui.parts.library import Library
from ui.parts.render import inert

_PER_PAGE = 50
_ORDERS = {
    "moi": "Mới ban hành trước",
    "cu": "Cũ trước",
    "ten": "Theo tên",
}
_STATES = {"luu-y": "Có điều cần lưu ý", "tot": "Đọc tốt"}


def shelf_page(library: Library, folder: Folder, asked: Asked, ways: str = "", above: str = "") -> str:
    """The list of documents; fields: "q" (words of the name), the facets, "tt" (state), "xep", "trang".

    `ways` is HTML: where one can go from here; `above` stands above the list.
    """
    cards = cards_of(library)
    found = [cards[doc_id] for doc_id in chosen(cards, asked)]
    words = fold(asked.one("q")).split()
    found = [card for card in found if all(word in card.key for word in words) and _in_state(card, asked)]
    _sort(found, asked.one("xep"))
    last = max((len(found) + _PER_PAGE - 1) // _PER_PAGE, 1)
    number = max(asked.count("trang", 1, last), 1)
    shown = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    rows = "".join(_row(card, folder) for card in shown)
    table = (
        '<table class="bang ds"><thead><tr><th scope="col">Văn bản</th><th scope="col">Ngày</th>'
        '<th scope="col">Cơ quan</th><th scope="col">Tình trạng</th>'
        f'<th scope="col"><span class="an">Bản gốc</span></th></tr></thead><tbody>{rows}</tbody></table>'
    )
    body = (
        f'<main id="noi-dung" class="kho"><h1>Kho văn bản</h1>'
        f'<p class="viec viec-kho">{ways}</p>{above}{_failed(folder)}'
        f'<div class="hai-ben">{_form(list(cards.values()), asked)}<div class="ket-qua">'
        f'<p class="so-luong" role="status">{_count(len(found), len(cards))}</p>'
        f"{table if shown else _nothing(len(cards))}{pages_html(number, last, asked, SHELF)}"
        "</div></div></main>"
    )
    return page(SHELF.name, body, SHELF)


def _in_state(card: Card, asked: Asked) -> bool:
    wanted = asked.many("tt")
    return not wanted or ("luu-y" if card.notices else "tot") in wanted


def _sort(cards: list[Card], by: str) -> None:
    """Put the newest first, or as chosen; documents without a date come last."""
    cards.sort(key=lambda card: card.name)
    if by == "cu":
        cards.sort(key=lambda card: card.date or "9999")
    elif by != "ten":
        cards.sort(key=lambda card: card.date or "", reverse=True)


def _count(found: int, total: int) -> str:
    return f"{total} văn bản" if found == total else f"{found} trong {total} văn bản"


def _nothing(total: int) -> str:
    if not total:
        todo = "Hãy chép văn bản vào thư mục rồi chạy lại chương trình."
        return f'<p class="trong">Kho chưa có văn bản nào. {todo}</p>'
    return f'<p class="trong">Không có văn bản nào như đã chọn. <a href="./{SHELF.path}">Xem tất cả</a>.</p>'


def _row(card: Card, folder: Folder) -> str:
    href = document_link(card.doc_id)
    title = f'<span class="trich-yeu">{inert(card.title)}</span>' if card.title else ""
    original = folder.offers(card.doc_id)
    download = ""
    if original is not None:
        ending = original.rpartition(".")[2].lower()
        address = Asked({"vb": [card.doc_id]}).address("ban-goc")
        whole = f'<span class="an"> bản gốc {inert(original)}</span>'
        download = f'<a href="{address}" download>Tải .{inert(ending)}{whole}</a> '
    download += _manage(card.doc_id, card.source, folder)
    date = vietnamese_date(card.date) if card.date else "—"
    return (
        f'<tr><th scope="row"><a href="{href}">{inert(_short_name(card))}</a>{title}'
        f'<span class="tep">{inert(card.source)}</span></th>'
        f'<td data-ten="Ngày">{date}</td><td data-ten="Cơ quan">{inert(card.issuer or "—")}</td>'
        f'<td data-ten="Tình trạng">{_state(card)}</td><td data-ten="Bản gốc">{download}</td></tr>'
    )


def _manage(doc_id: str, name: str, folder: Folder) -> str:
    """The way to where a document is corrected, replaced and removed."""
    if folder.home is None:
        return ""
    href = Asked({"vb": [doc_id]}).address(MANAGE)
    return f'<a class="quan-ly" href="{href}">Sửa, gỡ<span class="an"> {inert(name)}</span></a>'


def _short_name(card: Card) -> str:
    """Type and number: date and issuer have columns of their own."""
    if card.number:
        return f"{card.type or 'Văn bản'} {card.number}"
    return card.type or card.source


def _state(card: Card) -> str:
    restated = '<span class="nhan">bản viết lại</span>' if card.restatement else ""
    if card.corrected:
        restated += '<span class="nhan">sửa tay</span>'
    if not card.notices:
        return f'<span class="tot">Đọc tốt</span>{restated}'
    notices = "".join(f"<li>{inert(notice)}</li>" for notice in card.notices)
    many = f"Lưu ý ({len(card.notices)})"
    return f'<details class="luu-y-nho"><summary>{many}</summary><ul>{notices}</ul></details>{restated}'


def _failed(folder: Folder) -> str:
    if not folder.failed:
        return ""
    listed = "".join(
        f"<li><strong>{inert(file.name)}</strong>: {inert(file.reason or '')}."
        f"{f' {inert(file.remedy)}.' if file.remedy else ''} {_manage(file.doc_id, file.name, folder)}</li>"
        for file in folder.failed
    )
    return (
        f'<details class="khong-doc"><summary>{len(folder.failed)} tệp chưa đọc được</summary>'
        f"<ul>{listed}</ul></details>"
    )


def _form(cards: Sequence[Card], asked: Asked) -> str:
    states = "".join(
        f'<label class="chon"><input type="checkbox" name="tt" value="{value}"'
        f"{' checked' if value in asked.many('tt') else ''}><span>{name}</span>"
        f'<span class="dem">{sum(bool(c.notices) == (value == "luu-y") for c in cards)}</span></label>'
        for value, name in _STATES.items()
    )
    orders = "".join(
        f'<option value="{value}"{" selected" if value == asked.one("xep") else ""}>{name}</option>'
        for value, name in _ORDERS.items()
    )
    return (
        f'<form class="loc" method="get" action="./{SHELF.path}" aria-label="Lọc văn bản" data-tu-gui>'
        '<label class="ten-o" for="q">Số, tên hoặc trích yếu</label>'
        f'<input id="q" name="q" type="search" value="{inert(asked.one("q"))}" autocomplete="off">'
        f'<label class="ten-o" for="xep">Sắp xếp</label><select id="xep" name="xep">{orders}</select>'
        f"<details open><summary>Lọc</summary>{facets_html(cards, asked)}"
        f"<fieldset><legend>Tình trạng</legend>{states}</fieldset></details>"
        '<button class="nut">Lọc</button></form>'
    )


def pages_html(number: int, last: int, asked: Asked, place: Place) -> str:
    """The ways to the pages of a long list before and after this one."""
    if last == 1:
        return ""
    before = asked.address(place.path, trang=str(number - 1))
    after = asked.address(place.path, trang=str(number + 1))
    links = [f'<a class="nut" href="{before}" rel="prev">‹ Trước</a>'] if number > 1 else []
    links.append(f"<span>Trang {number}/{last}</span>")
    links += [f'<a class="nut" href="{after}" rel="next">Sau ›</a>'] if number < last else []
    return f'<nav class="so-trang" aria-label="Các trang của danh sách">{"".join(links)}</nav>'
