"""Đề cương: an outline of a type on a topic, put together from earlier documents, on the page and in Word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.errors import AppError, QueryError
from search.documents.sources import section_name
from ui.frame import DRAFTING, Asked
from ui.parts.cards import cards_of
from ui.parts.render import error_html, inert, link_to, open_link

if TYPE_CHECKING:
    from search.drafting.outlines import Borrowed, Outline
    from search.engine import Engine

_USUAL = ("Kế hoạch", "Báo cáo", "Hướng dẫn", "Chương trình", "Thông báo")
_DOTS = "……"


def outline_view(engine: Engine, asked: Asked) -> str:
    """The view; fields: "loai" (type), "chu-de" (topic), "co-quan" (issuer), "noi" (place), "nam" (year)."""
    shown = ""
    if asked.one("chu-de"):
        try:
            outline = asked_outline(engine, asked)
            fields = {name: [asked.one(name)] for name in ("loai", "chu-de", "co-quan", "noi", "nam")}
            shown = outline_html(outline, Asked(fields).address("de-cuong.docx"))
        except AppError as error:
            shown = error_html(error)
    return f'{_form(engine, asked)}<div class="ket-qua">{shown}</div>'


def asked_outline(engine: Engine, asked: Asked) -> Outline:
    """Make the outline that is asked for.

    Raises:
        QueryError: No topic, no known type, or a year that is none.
    """
    from search.drafting.outlines import make_outline

    year = asked.one("nam")
    if year and not (year.isascii() and year.isdecimal() and 1900 <= int(year[:5]) <= 2100):
        raise QueryError(f"“{year}” không phải là năm", "Hãy ghi năm bằng bốn chữ số, ví dụ 2026")
    type_ = asked.one("loai") or _USUAL[0]
    place = asked.one("noi") or None
    return make_outline(
        engine,
        type_,
        asked.one("chu-de"),
        issuer=asked.one("co-quan") or None,
        place=place,
        year=int(year) if year else None,
    )


def _form(engine: Engine, asked: Asked) -> str:
    held = {card.type for card in cards_of(engine).values() if card.type}
    types = sorted({*held, *_USUAL})
    chosen = asked.one("loai") or _USUAL[0]
    options = "".join(
        f"<option{' selected' if name == chosen else ''}>{inert(name)}</option>" for name in types
    )

    def box(name: str, label: str, hint: str, more: str = "") -> str:
        return (
            f'<p><label class="ten-o" for="{name}">{label}</label><input id="{name}" name="{name}" '
            f'type="search" value="{inert(asked.one(name))}" placeholder="{hint}" autocomplete="off"'
            f"{more}></p>"
        )

    return (
        f'<form class="o-soan" method="get" action="./{DRAFTING.path}" data-cho="Đang lập đề cương…">'
        f'<input type="hidden" name="viec" value="de-cuong">'
        + (f'<input type="hidden" name="ma" value="{inert(asked.one("ma"))}">' if asked.one("ma") else "")
        + '<div class="cac-o"><p><label class="ten-o" for="loai">Loại văn bản</label>'
        f'<select id="loai" name="loai">{options}</select></p>'
        + box("chu-de", "Chủ đề", "công tác nữ công", ' required maxlength="2000"')
        + box("co-quan", "Cơ quan ban hành (không bắt buộc)", "LĐLĐ tỉnh Lai Châu", ' maxlength="200"')
        + box("noi", "Địa danh (không bắt buộc)", "Lai Châu", ' maxlength="100"')
        + box("nam", "Năm (không bắt buộc)", "2026", ' inputmode="numeric" maxlength="4"')
        + '</div><div class="viec"><button class="nut chinh">Lập đề cương</button></div></form>'
    )


def outline_html(outline: Outline, saved_at: str) -> str:
    """An outline on the page; `saved_at` is the address of its Word file."""
    notes = "".join(f'<p class="luu-y">{inert(note)}</p>' for note in outline.notes)
    basis = _items(outline.basis) if outline.basis else f"<p>Căn cứ {_DOTS};</p>"
    parts = "".join(
        f"<h3>{inert(part.heading)}</h3>"
        + (_items(part.items) if part.items else f'<p>{_DOTS}</p><p class="trong">{inert(part.note)}</p>')
        for part in outline.parts
    )
    sources = "".join(f'<li id="n{n}">{inert(source)}</li>' for n, source in enumerate(outline.sources, 1))
    sources = f'<h3>Nguồn của các câu mượn</h3><ol class="nguon-muon">{sources}</ol>' if sources else ""
    return (
        f'<article class="van-ban-thay de-cuong"><h2>{inert(outline.type)}: {inert(outline.title)}</h2>'
        f'<p class="viec"><a class="nut" href="{saved_at}" download>Tải tệp Word (.docx)</a></p>'
        '<p class="so-luong">Câu trong đề cương là trích nguyên văn; chỗ <mark>tô và gạch chân</mark> là số '
        "liệu, thời gian, số văn bản, địa danh của văn bản được mượn, phải thay bằng của đơn vị mình.</p>"
        f"{notes}{basis}{parts}{sources}</article>"
    )


def _items(items: Sequence[Borrowed]) -> str:
    return f'<ul class="cau-muon">{"".join(_item(one) for one in items)}</ul>'


def _item(one: Borrowed) -> str:
    quoted, html, at = one.quotation, "", 0
    for start, end in one.to_replace:
        html += f"{inert(quoted.quote[at:start])}<mark>{inert(quoted.quote[start:end])}</mark>"
        at = end
    html += inert(quoted.quote[at:])
    href = "./" + link_to(quoted.doc_id, quoted.section, quoted.start, quoted.end)
    label = f'[{one.source}]<span class="an"> {inert(section_name(quoted.section))}</span>'
    return f"<li>{html} {open_link(href, label)}</li>"
