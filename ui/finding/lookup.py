"""Tra cứu: the passages that speak of something, by document, with filters; no answer is made up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from corpus.errors import QueryError
from corpus.records import Passage
from search.asking.removal import without
from search.documents.sources import section_name
from search.hits import Hit
from search.query import Query
from ui.finding.watching import search_button
from ui.frame import LOOKUP, Asked, document_link, page
from ui.parts.cards import Card, cards_of
from ui.parts.facets import FACETS, chosen, facets_html
from ui.parts.render import error_html, inert, link_to, trail, with_marks
from ui.parts.snippets import best_window, matched_words

if TYPE_CHECKING:
    from search.engine import Engine

_FETCHED = 40  # passages; further ones speak of something else
_PER_DOCUMENT = 3  # passages shown of one document at once
_HINTS = (
    "Gõ việc cần tìm như trong văn bản: “hỗ trợ nhà ở cho công nhân”, “phát triển đoàn viên năm 2023”.",
    "Gõ số, ký hiệu để tìm những chỗ nói đến một văn bản: “02-NQ/TW”.",
    "Gõ không dấu cũng được.",
)


def lookup_page(engine: Engine, asked: Asked) -> str:
    """The page of results; fields: "q", the facets, "bo" (understood, taken away), "giong" (a passage)."""
    like = _passage_named(engine, asked)
    question = asked.one("q")
    if like is None and not question:
        return _shown("Tra cứu", asked, _welcome())
    cards = cards_of(engine)
    try:
        if like is not None:
            return _shown("Đoạn tương tự", asked, _similar(engine, cards, like, asked))
        return _shown(question, asked, _found(engine, cards, question, asked))
    except QueryError as error:
        return _shown("Tra cứu", asked, f'<div class="ket-qua">{error_html(error)}</div>')


def _found(engine: Engine, cards: Mapping[str, Card], question: str, asked: Asked) -> str:
    understood = engine.understand(question)
    removed = [label for label in asked.many("bo") if label in understood.understood]
    query = without(understood, removed)
    everything = engine.ask(question, _FETCHED, query=query)
    allowed = chosen(cards, asked)
    filtered = any(asked.many(facet.field) for facet in FACETS)
    result = engine.ask(question, _FETCHED, query=query, allowed=allowed) if filtered else everything
    hits = result.hits if not filtered or allowed else ()
    chips = _chips(understood.understood, removed, asked)
    silent = "Không thấy đoạn nào nói đúng việc này; dưới đây là những đoạn gần nhất."
    note = f'<p class="luu-y">{silent}</p>' if hits and result.answer.abstained else ""
    ask = f'<a href="{Asked({"hoi": [question]}).address("")}">Hỏi câu này ở Hỏi đáp</a>'
    follow = search_button(engine, LOOKUP, asked, question)
    return _results(cards, hits, everything.hits, query, asked, f"{chips}{note}", f"{ask} {follow}")


def _similar(engine: Engine, cards: Mapping[str, Card], like: Passage, asked: Asked) -> str:
    others = frozenset(cards) - {like.doc_id}
    query = engine.understand(like.text)
    everything = engine.ask(like.text, _FETCHED, mode="precedent", allowed=others)
    allowed = chosen(cards, asked) & others
    filtered = any(asked.many(facet.field) for facet in FACETS)
    result = everything
    if filtered:
        result = engine.ask(like.text, _FETCHED, mode="precedent", allowed=allowed)
    hits = result.hits if allowed else ()
    quoted = (
        f'<section class="dang-xem" aria-label="Đoạn đang xem"><p class="nguon">{_place(cards, like)}</p>'
        f'<div class="chu">{with_marks(like.text, ())}</div></section>'
        "<h2>Các văn bản khác nói việc tương tự</h2>"
    )
    return _results(cards, hits, everything.hits, query, asked, quoted, "")


def _results(
    cards: Mapping[str, Card],
    hits: Sequence[Hit],
    unfiltered: Sequence[Hit],
    query: Query,
    asked: Asked,
    above: str,
    beside: str,
) -> str:
    listed = documents_html(cards, hits, query)
    count = (
        f"{len(hits)} đoạn trong {len({hit.passage.doc_id for hit in hits})} văn bản"
        if hits
        else "Không có kết quả"
    )
    if not hits:
        drop = asked.address(LOOKUP.path, **{facet.field: "" for facet in FACETS})
        listed = (
            '<p class="trong">Không có văn bản nào như đã chọn. '
            f'<a href="{drop}">Bỏ các lựa chọn lọc</a> hoặc tìm bằng từ ngữ khác.</p>'
        )
    found = [cards[d] for d in dict.fromkeys(hit.passage.doc_id for hit in unfiltered) if d in cards]
    return (
        f'<div class="hai-ben">{_facet_form(found, asked)}<div class="ket-qua">{above}'
        f'<p class="so-luong" role="status">{count}{" · " + beside if beside else ""}</p>{listed}</div></div>'
    )


def documents_html(cards: Mapping[str, Card], hits: Iterable[Hit], query: Query) -> str:
    """Passages found, by document; the document of the best passage first."""
    by_document: dict[str, list[Hit]] = {}
    for hit in hits:
        by_document.setdefault(hit.passage.doc_id, []).append(hit)
    return "".join(
        _document_html(cards[doc_id], same, query) for doc_id, same in by_document.items() if doc_id in cards
    )


def _document_html(card: Card, hits: Sequence[Hit], query: Query) -> str:
    shown = "".join(_hit_html(hit, query) for hit in hits[:_PER_DOCUMENT])
    more = "".join(_hit_html(hit, query) for hit in hits[_PER_DOCUMENT:])
    if more:
        count = len(hits) - _PER_DOCUMENT
        more = f'<details class="them"><summary>Thêm {count} đoạn của văn bản này</summary>{more}</details>'
    title = f'<p class="trich-yeu">{inert(card.title)}</p>' if card.title else ""
    restated = ' <span class="nhan">bản viết lại</span>' if card.restatement else ""
    name = f'<h2><a href="{document_link(card.doc_id)}">{inert(card.name)}</a>{restated}</h2>'
    return f'<article class="van-ban-thay">{name}{title}{shown}{more}</article>'


def _hit_html(hit: Hit, query: Query) -> str:
    passage = hit.passage
    spans = matched_words(passage.text, query.keywords, diacritics=query.diacritics)
    start, end = best_window(passage.text, spans)
    shown = with_marks(passage.text[start:end], [(a - start, b - start) for a, b in spans])
    before, after = "… " if start else "", " …" if end < len(passage.text) else ""
    page_said = f", trang {passage.page}" if passage.page else ""
    why = f'<span class="vi-sao">Khớp: {inert(", ".join(hit.why))}</span>' if hit.why else ""
    href = "./" + link_to(passage.doc_id, passage.section, passage.start, passage.end)
    place = {"giong": [passage.doc_id], "tu": [str(passage.start)], "den": [str(passage.end)]}
    alike = Asked(place).address(LOOKUP.path)
    return (
        f'<section class="doan-thay"><p class="nguon"><a href="{href}">{inert(section_name(passage.section))}'
        f'{page_said}</a>{why}</p>{trail(passage)}<div class="chu">{before}{shown}{after}</div>'
        f'<p class="viec"><a href="{href}">Mở tại đoạn này</a><a href="{alike}">Tương tự</a></p></section>'
    )


def _chips(understood: Sequence[str], removed: Sequence[str], asked: Asked) -> str:
    """What was understood; a click takes it away, another brings it back."""
    if not understood:
        return ""
    chips = []
    for label in understood:
        gone = label in removed
        rest = [r for r in removed if r != label] if gone else [*removed, label]
        says = f"Lại tính {label}" if gone else f"Bỏ {label}"
        chips.append(
            f'<a class="the{" da-bo" if gone else ""}" href="{asked.address(LOOKUP.path, bo=rest)}" '
            f'aria-label="{inert(says)}" title="{inert(says)}">{inert(label)}'
            f'<span aria-hidden="true">{"＋" if gone else "×"}</span></a>'
        )
    return f'<p class="da-hieu">Hiểu câu hỏi: {"".join(chips)}</p>'


def _facet_form(found: Iterable[Card], asked: Asked) -> str:
    boxes = facets_html(found, asked)
    if not boxes:
        return '<div class="loc"></div>'
    kept = "".join(
        f'<input type="hidden" name="{name}" value="{inert(value)}">'
        for name in ("q", "bo", "giong", "tu", "den")
        for value in asked.many(name)
    )
    return (
        f'<form class="loc" method="get" action="./{LOOKUP.path}" aria-label="Lọc kết quả" data-tu-gui>'
        f'<details open><summary>Lọc</summary>{kept}{boxes}<button class="nut">Lọc</button></details></form>'
    )


def _shown(title: str, asked: Asked, results: str) -> str:
    body = (
        '<main id="noi-dung" class="tra-cuu"><h1>Tra cứu</h1>'
        f'<form class="o-tim" method="get" action="./{LOOKUP.path}" role="search" data-cho="Đang tìm…">'
        '<label class="an" for="q">Cần tìm gì trong văn bản?</label>'
        f'<input id="q" name="q" type="search" value="{inert(asked.one("q"))}" maxlength="2000" '
        'placeholder="Cần tìm gì trong văn bản?" autocomplete="off">'
        f'<button class="nut chinh">Tìm</button></form>{results}</main>'
    )
    return page(title, body, LOOKUP)


def _welcome() -> str:
    hints = "".join(f"<li>{hint}</li>" for hint in _HINTS)
    return (
        f'<div class="trong"><p>Tìm những đoạn nói về một việc, trong mọi văn bản.</p><ul>{hints}</ul></div>'
    )


def _place(cards: Mapping[str, Card], passage: Passage) -> str:
    name = cards[passage.doc_id].name if passage.doc_id in cards else passage.doc_id
    href = "./" + link_to(passage.doc_id, passage.section, passage.start, passage.end)
    return f'<a href="{href}">{inert(f"{name}, {section_name(passage.section)}")}</a>'


def _passage_named(engine: Engine, asked: Asked) -> Passage | None:
    """The stretch of a document that "giong", "tu" and "den" name; None where there is none."""
    try:
        document = engine.document(asked.one("giong"))
    except KeyError:
        return None
    start, end = asked.count("tu", 0, len(document.text)), asked.count("den", 0, len(document.text))
    text = document.text[start:end]
    if not text.strip():
        return None
    section = document.section_at(start)
    return Passage(document.doc_id, 0, start, end, text, section.address if section else "Mở đầu")
