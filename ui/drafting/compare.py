"""So sánh hai văn bản: two documents of the library, or a draft and one of them, section by section."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus.errors import AppError, QueryError
from corpus.records import Document
from corpus.text import fold
from search.documents.sources import document_name
from search.drafting.drafts import DRAFT_ID
from search.drafting.sidebyside import (
    Comparison,
    FigureChange,
    Heading,
    Part,
    Row,
    SectionRow,
    Status,
    compare_documents,
)
from ui.drafting.kept import Draft
from ui.drafting.render import LEGEND, Side, side_html
from ui.frame import DRAFTING, Asked
from ui.parts.cards import Card, cards_of
from ui.parts.render import error_html, inert, lines, link_to, open_link

if TYPE_CHECKING:
    from search.engine import Engine

_LISTED = 400  # documents in a list; of a larger library, those the filter leaves
_FIGURES_AT_ONCE = 12  # a longer table is unfolded by those who want it
STATUS_NAMES: dict[Status, str] = {
    "same": "như nhau", "changed": "sửa đổi", "added": "thêm mới", "removed": "bỏ đi",
}  # fmt: skip


def compare_view(engine: Engine, draft: Draft | None, asked: Asked) -> str:
    """The view; fields: "mot", "hai" (ids, or the draft's), "loc" (words of a name), "ma" (a draft kept)."""
    one, other = asked.one("mot"), asked.one("hai")
    shown = ""
    if one and other:
        try:
            compared = compare_documents(_named(engine, draft, one), _named(engine, draft, other))
            shown = comparison_html(compared)
        except AppError as error:
            shown = error_html(error)
    elif one or other:
        shown = '<p class="trong">Anh/chị vui lòng chọn cả hai văn bản.</p>'
    return f'{_form(engine, draft, asked)}<div class="ket-qua">{shown}</div>'


def _named(engine: Engine, draft: Draft | None, doc_id: str) -> Document:
    if doc_id == DRAFT_ID and draft is not None:
        return draft.document
    try:
        return engine.document(doc_id)
    except KeyError:
        raise QueryError(
            f"Không có văn bản “{doc_id}” trong kho", "Hãy chọn văn bản khác trong danh sách"
        ) from None


def _form(engine: Engine, draft: Draft | None, asked: Asked) -> str:
    cards = list(cards_of(engine).values())
    words = fold(asked.one("loc")).split()
    named = {asked.one("mot"), asked.one("hai")}
    found = [c for c in cards if c.doc_id in named or all(word in c.key for word in words)]
    # What is chosen stays in the lists, whatever they are cut to.
    listed = sorted(found[:_LISTED] + [c for c in found[_LISTED:] if c.doc_id in named], key=lambda c: c.key)
    note = ""
    if len(found) > _LISTED:
        note = f'<p class="so-luong">Danh sách có {len(found)} văn bản, chỉ hiện {_LISTED}; hãy lọc bớt.</p>'
    loc = ""
    if len(cards) > _LISTED or words:
        loc = (
            '<label class="ten-o" for="loc">Lọc danh sách theo tên, số ký hiệu</label>'
            f'<input id="loc" name="loc" type="search" value="{inert(asked.one("loc"))}" autocomplete="off">'
        )
    hidden = f'<input type="hidden" name="ma" value="{inert(asked.one("ma"))}">' if draft else ""
    return (
        f'<form class="o-soan" method="get" action="./{DRAFTING.path}" data-cho="Đang so sánh…">'
        f'<input type="hidden" name="viec" value="so-sanh">{hidden}{loc}{note}'
        f"{_choice('mot', 'Văn bản trước', listed, draft, asked)}"
        f"{_choice('hai', 'Văn bản sau, hoặc bản thảo', listed, draft, asked)}"
        '<div class="viec"><button class="nut chinh">So sánh</button></div></form>'
    )


def _choice(name: str, label: str, cards: Iterable[Card], draft: Draft | None, asked: Asked) -> str:
    chosen = asked.one(name) or (DRAFT_ID if draft and name == "hai" else "")
    options = [(DRAFT_ID, f"Bản thảo: {draft.document.source}")] if draft else []
    options += [(card.doc_id, f"{card.name} – {card.title}" if card.title else card.name) for card in cards]
    html = "".join(
        f'<option value="{inert(value)}"{" selected" if value == chosen else ""}>{inert(shown)}</option>'
        for value, shown in options
    )
    return (
        f'<label class="ten-o" for="{name}">{label}</label>'
        f'<select id="{name}" name="{name}"><option value="">– chọn văn bản –</option>{html}</select>'
    )


def comparison_html(compared: Comparison) -> str:
    """Both documents side by side, the figures that changed first."""
    counts = ", ".join(f"{compared.count(status)} đoạn {name}" for status, name in STATUS_NAMES.items())
    titles = "".join(
        f"<th scope=col>{inert(_name(document))}</th>" for document in (compared.one, compared.other)
    )
    figures = "".join(_figure_html(compared, change) for change in compared.figures)
    unfolded = " open" if len(compared.figures) <= _FIGURES_AT_ONCE else ""
    table = (
        f'<details class="quan-he"{unfolded}><summary>Số liệu, năm, ngày, số ký hiệu khác nhau '
        f'({len(compared.figures)})</summary><table class="bang so-khac"><thead><tr>'
        f"<th scope=col>Ở đâu</th>{titles}</tr></thead><tbody>{figures}</tbody></table></details>"
        if figures
        else ""
    )
    sections = "".join(_section_html(compared, section) for section in compared.sections)
    return f'<h2>So sánh</h2><p class="so-luong" role="status">{counts}</p>{table}{LEGEND}{sections}'


def _name(document: Document) -> str:
    """Type, number, issuer and year; of a draft that it is one."""
    if document.doc_id == DRAFT_ID:
        return "Bản thảo"
    name = document_name(document, brief=True)
    return f"{name} ({document.year})" if document.year else name


def _figure_html(compared: Comparison, change: FigureChange) -> str:
    cells = ""
    for document, words, at in (
        (compared.one, change.before, change.before_at),
        (compared.other, change.after, change.after_at),
    ):
        shown = _opening(document, at, at + len(words), inert(words)) if at is not None else "không có"
        cells += f'<td data-ten="{inert(_name(document))}">{shown}</td>'
    around = f"{inert(f'{change.words} … {change.then}'.strip())} " if change.words or change.then else ""
    section = f'<span class="cung">{inert(change.section)}</span>'
    return f'<tr><th scope="row">{around}{section}</th>{cells}</tr>'


def _opening(document: Document, start: int, end: int, shown: str) -> str:
    """Words of a document as a link to their place; of a draft only the words. `shown` is HTML."""
    if document.doc_id == DRAFT_ID:
        return shown
    section = document.section_at(start)
    href = "./" + link_to(document.doc_id, section.address if section else "Mở đầu", start, end)
    return open_link(href, shown)


def _section_html(compared: Comparison, section: SectionRow) -> str:
    heading = section.other or section.one
    if heading is None or not section.rows:
        return ""
    rows = "".join(_row_html(compared, row) for row in section.rows)
    shown = "" if section.status == "same" else " open"
    return (
        f'<details class="muc-so quan-he"{shown}><summary>{_heading_html(heading)} '
        f'<span class="nhan">{STATUS_NAMES[section.status]}</span></summary>{rows}</details>'
    )


def _heading_html(heading: Heading) -> str:
    name, words = inert(heading.name), inert(" ".join(heading.heading.split()))
    return f"{name[:1].upper()}{name[1:]}{f': {words}' if words else ''}"


def _row_html(compared: Comparison, row: Row) -> str:
    if row.status == "same" and row.other is not None:
        return f'<div class="chu nhu-nhau">{lines(row.other.text.strip())}</div>'
    sides: tuple[tuple[Document, Part | None, Side], ...] = (
        (compared.one, row.one, "theirs"),
        (compared.other, row.other, "ours"),
    )
    html = "".join(
        f"<section><h4>{inert(_name(document))}</h4>{_part_html(document, part, row, side)}</section>"
        for document, part, side in sides
    )
    return f'<div class="doi {row.status}">{html}</div>'


def _part_html(document: Document, part: Part | None, row: Row, side: Side) -> str:
    if part is None:
        return '<p class="trong">không có đoạn này</p>'
    words = side_html(row.differences, side) if row.differences else lines(part.text.strip())
    html = f'<div class="chu">{words}</div>'
    if document.doc_id != DRAFT_ID:
        html += f'<p class="viec">{_opening(document, part.start, part.end, "Mở tại đoạn này")}</p>'
    return html
