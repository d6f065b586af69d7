"""Theo dõi: what is new of the searches and directives that this browser follows.

What is followed is kept in the browser alone (static/watching.js): the server has no accounts and
remembers nobody. It is asked for each thing followed what has come since it was last seen.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from corpus.citing.works import Work
from corpus.errors import QueryError
from search.asking.removal import without
from search.directing.standing import work_name
from search.documents.sources import vietnamese_date
from search.following.watch import KINDS, Kind, New, News, Watched, latest, news_of
from ui.finding.beside import quote_html
from ui.frame import DIRECTIVES, LOOKUP, WATCHING, Asked, Place, document_link, page
from ui.parts.cards import cards_of
from ui.parts.facets import chosen
from ui.parts.render import error_html, inert

if TYPE_CHECKING:
    from search.engine import Engine

_SHOWN = 12  # documents shown of one thing followed; the others are one click away
_LATEST_MOMENT = 10**11  # a number in an address above this is no moment


def watching_page(engine: Engine) -> str:
    """The page; the list itself is filled in by the browser."""
    body = (
        f'<main id="noi-dung" class="tra-cuu"><h1>{WATCHING.name}</h1>'
        '<p class="so-luong">Những nội dung tìm kiếm và văn bản chỉ đạo anh/chị theo dõi, và những gì mới có '
        "trong kho từ lần xem trước. Danh sách chỉ lưu trong trình duyệt của máy này.</p>"
        '<noscript><p class="trong">Trình duyệt cần bật JavaScript để giữ danh sách theo dõi.</p></noscript>'
        f'<div class="ket-qua" id="theo-doi" data-moc="{latest(engine.bundle.arrivals)}" aria-live="polite">'
        '</div><template id="chua-theo-doi"><p class="trong">Chưa theo dõi gì. Hãy '
        f'<a href="./{LOOKUP.path}">tìm một nội dung</a> hoặc mở một văn bản ở '
        f'<a href="./{DIRECTIVES.path}">Chỉ đạo</a> rồi bấm “Theo dõi”.</p>'
        f'</template><p class="viec">{library_button(engine)}</p></main>'
    )
    return page(WATCHING.name, body, WATCHING)


def library_button(engine: Engine) -> str:
    """The button that follows every document that comes."""
    return _button(engine, "library", "kho", Asked({}), "Mọi văn bản của kho", "Theo dõi cả kho văn bản")


def search_button(engine: Engine, place: Place, asked: Asked, name: str) -> str:
    """The button that follows what `asked` looks for at a place."""
    kept = Asked({field: asked.many(field) for field in ("q", "bo", "nam", "loai", "co-quan", "noi")})
    return _button(engine, "search", place.path, kept, name)


def directive_button(engine: Engine, work: Work) -> str:
    """The button that follows a directive, held or only cited."""
    asked = Asked({"vb": [work.work_id], "q": [work.number or ""]})
    return _button(engine, "directive", DIRECTIVES.path, asked, work_name(work))


def _button(engine: Engine, kind: Kind, path: str, asked: Asked, name: str, says: str = "Theo dõi") -> str:
    """A button that the browser shows when it can keep a list."""
    return (
        f'<button type="button" class="nut theo-doi" data-cach="{kind}" data-noi="{asked.address(path)}" '
        f'data-goi="{inert(name)}" data-moc="{latest(engine.bundle.arrivals)}" data-chua="{says}" hidden>'
        f"{says}</button>"
    )


def news_fragment(engine: Engine, asked: Asked) -> str:
    """What is new of one thing followed, as HTML for the page.

    Fields: "cach" (search, directive, library), "tu" (the moment seen last), "q" and the facets of a
    search, "vb" and "q" of a directive. The counts stand in data-so and the moment in data-moc.
    """
    kind = next((kind for kind in KINDS if kind == asked.one("cach")), None)
    if kind is None:
        return ""
    watched = Watched(kind, asked.one("q"), asked.count("tu", 0, _LATEST_MOMENT), asked.one("vb"))
    try:
        return _news_html(_asked_news(engine, watched, asked))
    except QueryError as error:
        return f'<div class="moi" data-so="0" data-moc="{watched.since}">{error_html(error)}</div>'


def _asked_news(engine: Engine, watched: Watched, asked: Asked) -> News:
    if watched.kind != "search":
        return news_of(engine, watched)
    understood = engine.understand(watched.text)
    removed = [label for label in asked.many("bo") if label in understood.understood]
    query = without(understood, removed) if removed else None
    return news_of(engine, watched, chosen(cards_of(engine), asked), query)


def _news_html(news: News) -> str:
    items = [_item(new) for new in news.items]
    shown, more = "".join(items[:_SHOWN]), "".join(items[_SHOWN:])
    if more:
        more = (
            f'<details class="them"><summary>Thêm {len(items) - _SHOWN} văn bản</summary>'
            f'<ul class="chi-dao">{more}</ul></details>'
        )
    anew = (
        '<p class="luu-y">Kho đã được lập lại toàn bộ, nên mọi văn bản được kể là mới.</p>'
        if news.made_anew and items
        else ""
    )
    listed = f'<ul class="chi-dao">{shown}</ul>{more}' if items else ""
    return (
        f'<div class="moi" data-so="{len(items)}" data-moc="{news.latest}">'
        f'<p class="so-luong">{_count(news)}</p>{anew}{listed}</div>'
    )


def _count(news: News) -> str:
    if not news.known:
        return "Hiện không có văn bản nào trong kho nhắc tới văn bản này."
    if not news.items:
        since = f" từ {_day(news.watched.since)}" if news.watched.since else ""
        return f"Không có gì mới{since}."
    changed = sum(new.changed for new in news.items)
    new = len(news.items) - changed
    said = (f"{new} văn bản mới" if new else "", f"{changed} văn bản có nội dung sửa đổi" if changed else "")
    return ", ".join(filter(None, said))


def _item(new: New) -> str:
    how = "có sửa" if new.changed else "mới"
    when = f"{'cập nhật' if new.changed else 'vào kho'} {_day(new.arrival.latest)}"
    why = inert("; ".join(filter(None, (when, new.why))))
    return (
        f'<li><a href="{document_link(new.doc_id)}">{inert(work_name(new.work))}</a> '
        f'<span class="nhan">{how}</span><p class="vi-sao">{why}</p>{quote_html(new.passages[:2])}</li>'
    )


def _day(moment: int) -> str:
    return vietnamese_date(datetime.fromtimestamp(moment).date().isoformat())
