"""Chỉ đạo: which documents govern a matter, who carries out which, with the words that say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from corpus.citing.relations import Kind
from corpus.citing.works import Work
from corpus.errors import QueryError
from search.directing.drawing import draw
from search.directing.graph import SAID_AS, DirectiveGraph, Edge, graph_of
from search.directing.lineage import LEVELS, lineage_of
from search.directing.standing import Standing, standing_of, work_name
from search.directing.timeline import timeline_of
from search.directing.validity import changed_works, changes_to, said_of
from ui.finding.beside import quote_html
from ui.finding.watching import directive_button, search_button
from ui.frame import DIRECTIVES, Asked, document_link, page
from ui.parts.render import error_html, inert

if TYPE_CHECKING:
    from search.directing.cited import Governing
    from search.engine import Engine

_LISTED = 40  # works of the first page
_FOLDED, _FOLDED_OF_YEAR = 100, 30  # works in a list that is unfolded; a longer one is searched, not read
_DRAWN = 30  # works in one drawing; a fuller one cannot be read
_DRAWN_AT_ONCE = 6  # neighbours; a larger drawing is unfolded by those who want it
_BECAME: dict[Kind, str] = {
    "replaces": "đã được thay thế",
    "repeals": "đã bị bãi bỏ",
    "ends": "đã hết hiệu lực",
}
_FIELDS = {"type": "loại", "issuer": "cơ quan", "date": "ngày"}


def directives_page(engine: Engine, asked: Asked) -> str:
    """The page; fields: "q" (a topic, a number), "vb" (a work of the graph, by its id)."""
    from search.directives import find_directives

    graph = graph_of(engine.bundle)
    work = graph.register.works.get(asked.one("vb"))
    try:
        if work is not None:
            shown = _standing_html(engine, standing_of(graph, work))
        elif asked.one("q"):
            found = find_directives(engine, asked.one("q"))
            if found.kind == "number":
                shown = "".join(_standing_html(engine, standing_of(graph, g.work)) for g in found.directives)
            elif found.kind == "changed":
                shown = _changed_html(graph, found.directives)
            else:
                shown = _topic_html(graph, found.directives, found.documents)
                if shown:
                    follow = search_button(engine, DIRECTIVES, asked, asked.one("q"))
                    shown = f'<p class="viec">{follow}</p>{shown}'
            shown = shown or _nothing(asked.one("q"))
        else:
            shown = _overview_html(graph)
    except QueryError as error:
        shown = error_html(error)
    body = (
        f'<main id="noi-dung" class="tra-cuu"><h1>{DIRECTIVES.name}</h1>'
        f'<form class="o-tim" method="get" action="./{DIRECTIVES.path}" role="search" data-cho="Đang tìm…">'
        '<label class="an" for="q">Chủ đề hoặc số ký hiệu</label>'
        f'<input id="q" name="q" type="search" value="{inert(asked.one("q"))}" maxlength="2000" '
        'placeholder="Chủ đề, hoặc số ký hiệu văn bản" autocomplete="off">'
        f'<button class="nut chinh">Tìm</button></form><div class="ket-qua">{shown}</div></main>'
    )
    return page(DIRECTIVES.name, body, DIRECTIVES)


def lineage_svg(engine: Engine, asked: Asked) -> str | None:
    """The drawing of one work as a file of its own; None where there is no such work."""

    graph = graph_of(engine.bundle)
    work = graph.register.works.get(asked.one("vb"))
    return None if work is None else _drawing(graph, work)


def _drawing(graph: DirectiveGraph, work: Work) -> str:
    return draw(lineage_of(graph, work, steps=1, most=_DRAWN), f"Sơ đồ: {work_name(work)}")


def _topic_html(
    graph: DirectiveGraph, directives: Sequence[Governing], documents: Sequence[Governing]
) -> str:
    by_level: dict[str, list[Governing]] = {}
    for governing in directives:
        by_level.setdefault(governing.work.level, []).append(governing)
    html = "<h2>Văn bản chỉ đạo</h2>" if by_level else ""
    for level in LEVELS:
        if level in by_level:
            items = _governing_items(graph, by_level[level])
            html += f'<h3 class="cap">{level}</h3><ul class="chi-dao">{items}</ul>'
    if documents:
        items = _governing_items(graph, documents)
        html += f'<h2>Văn bản trong kho nói về việc này</h2><ul class="chi-dao">{items}</ul>'
    return html


def _governing_items(graph: DirectiveGraph, found: Iterable[Governing]) -> str:
    return "".join(
        f'<li>{_named(graph, g.work)}<p class="vi-sao">{inert(g.why)}</p>{quote_html(g.passages[:1])}</li>'
        for g in found
    )


def _standing_html(engine: Engine, standing: Standing) -> str:
    graph, work = graph_of(engine.bundle), standing.work
    held = work.held[0] if work.held else None
    if held is not None:
        where = f'<a class="nut" href="{document_link(held)}">Mở văn bản</a>'
    else:
        where = '<span class="nhan">chưa có trong kho</span>'
    parts = (
        ("Thực hiện, căn cứ", standing.implements, True),
        ("Được triển khai bởi", standing.implemented_by, False),
        ("Nhắc tới", standing.cites, True),
        ("Được nhắc tới trong", standing.cited_by, False),
        ("Thay đổi", standing.changes, True),
        ("Bị thay đổi bởi", standing.changed_by, False),
    )
    said = "".join(_edges_html(graph, name, edges, outward) for name, edges, outward in parts if edges)
    return (
        f'<article class="van-ban-thay"><h2>{inert(work_name(work))}</h2>'
        f'<p class="viec">{where}{directive_button(engine, work)}</p>'
        f"{_validity(graph, work)}{_differences(work)}{_figure(graph, standing)}{said}"
        f"{_doubts(standing)}</article>"
    )


def _validity(graph: DirectiveGraph, work: Work) -> str:
    """What the library's documents say has become of a work, before anything else is told of it."""
    said = "".join(
        f'<p class="hieu-luc{" het" if change.ends else ""}">Văn bản này {inert(said_of(graph, change))}.</p>'
        for change in changes_to(graph, work)
    )
    return f'<div role="note" aria-label="Hiệu lực">{said}</div>' if said else ""


def _named(graph: DirectiveGraph, work: Work) -> str:
    """A link to a work, with a word beside it where it has ended or changed."""
    changes = changes_to(graph, work)
    if not changes:
        return _work_link(work)
    said = _BECAME.get(changes[0].edge.kind, "có sửa đổi") if changes[0].ends else "có sửa đổi"
    return f'{_work_link(work)} <span class="nhan het">{said}</span>'


def _changed_html(graph: DirectiveGraph, found: Sequence[Governing]) -> str:
    if not found:
        return (
            '<p class="trong">Chưa thấy văn bản nào trong kho nói rằng một văn bản đã được thay thế, bãi bỏ, '
            "sửa đổi hoặc hết hiệu lực.</p>"
        )
    return (
        "<h2>Văn bản đã được thay thế, bãi bỏ, sửa đổi hoặc hết hiệu lực</h2>"
        '<p class="so-luong">Theo lời các văn bản trong kho; văn bản không được nêu ở đây chưa chắc còn hiệu '
        f'lực.</p><ul class="chi-dao">{_governing_items(graph, found)}</ul>'
    )


def _differences(work: Work) -> str:
    return "".join(
        f'<p class="luu-y">Các văn bản ghi khác nhau về {_FIELDS[conflict.field]}: '
        + inert("; ".join(f"{value} ({len(mentions)} chỗ)" for value, mentions in conflict.values))
        + "</p>"
        for conflict in work.conflicts
    )


def _figure(graph: DirectiveGraph, standing: Standing) -> str:
    """The drawing, each box a link; nothing for a document that stands alone."""
    if not graph.out(standing.work) and not graph.into(standing.work):
        return ""
    drawn = _drawing(graph, standing.work)
    near = {e.source for e in graph.into(standing.work)} | {e.target for e in graph.out(standing.work)}
    for work_id in near:
        box = f'<g data-work="{escape(work_id)}">'  # as the drawing writes it
        before, found, after = drawn.partition(box)
        if found:
            inside, end, rest = after.partition("</g>")
            drawn = f'{before}<a href="{_address(work_id)}">{box}{inside}{end}</a>{rest}'
    drawn = drawn.replace('role="img"', 'role="group" aria-label="Sơ đồ quan hệ giữa các văn bản"', 1)
    save = Asked({"vb": [standing.work.work_id]}).address("chi-dao.svg")
    shown = " open" if len(near) <= _DRAWN_AT_ONCE else ""
    return (
        f'<details class="quan-he"{shown}><summary>Sơ đồ</summary>'
        f'<figure class="so-do" tabindex="0" role="region" aria-label="Sơ đồ, cuộn ngang để xem hết">{drawn}'
        f'</figure><p class="viec"><a href="{save}" download>Tải sơ đồ (SVG)</a></p></details>'
    )


def _edges_html(graph: DirectiveGraph, name: str, edges: Sequence[Edge], outward: bool) -> str:
    items = []
    for edge in edges:
        other = graph.work(edge.target if outward else edge.source)
        how = f'<span class="vi-sao">{SAID_AS[edge.kind]}</span>'
        quote = quote_html([graph.quote(edge.statements[0])])
        items.append(f"<li>{_named(graph, other)} {how}{quote}</li>")
    return (
        f'<details class="quan-he" open><summary>{name} ({len(edges)})</summary>'
        f'<ul class="chi-dao">{"".join(items)}</ul></details>'
    )


def _doubts(standing: Standing) -> str:
    if not standing.doubts:
        return ""
    items = "".join(
        f"<li>{quote_html([doubt.quote])}<p class='vi-sao'>{inert(doubt.link.why)}</p></li>"
        for doubt in standing.doubts
    )
    return (
        f'<details class="quan-he"><summary>Chỗ viện dẫn chưa rõ là văn bản nào ({len(standing.doubts)})'
        f'</summary><ul class="chi-dao">{items}</ul></details>'
    )


def _overview_html(graph: DirectiveGraph) -> str:
    """The documents most cited, those that are missing, and a timeline."""
    works = sorted(graph.register.works.values(), key=lambda w: (-len(w.cited_by), work_name(w)))
    cited = [work for work in works if work.cited_by]
    if not cited:
        return '<p class="trong">Chưa thấy văn bản nào trong kho viện dẫn văn bản khác.</p>'
    missing = [work for work in cited if not work.held]
    rows = "".join(
        f'<tr><th scope="row">{_named(graph, work)}</th><td data-ten="Cấp">{work.level}</td>'
        f'<td data-ten="Nhắc tới trong">{len(work.cited_by)} văn bản</td>'
        f'<td data-ten="Trong kho">{"có" if work.held else "chưa có"}</td></tr>'
        for work in cited[:_LISTED]
    )
    head = "".join(
        f'<th scope="col">{name}</th>' for name in ("Văn bản", "Cấp", "Nhắc tới trong", "Trong kho")
    )
    lacking = "".join(f"<li>{_work_link(work)}</li>" for work in missing[:_FOLDED])
    lacking += _and_more(len(missing) - _FOLDED)
    lacks = (
        f'<details class="quan-he"><summary>Được viện dẫn nhưng chưa có trong kho ({len(missing)})</summary>'
        f'<ul class="chi-dao">{lacking}</ul></details>'
        if missing
        else ""
    )
    hint = (
        '<p class="trong">Tìm theo chủ đề (“thực hiện dân chủ ở cơ sở”) để biết văn bản nào chỉ đạo; theo số '
        "ký hiệu (“02-NQ/TW”) để biết ai triển khai.</p>"
    )
    ended = changed_works(graph)
    if ended:
        address = Asked({"q": ["văn bản đã hết hiệu lực"]}).address(DIRECTIVES.path)
        hint += f'<p><a href="{address}">Văn bản đã được thay thế, bãi bỏ, sửa đổi ({len(ended)})</a></p>'
    return (
        f"{hint}"
        f'<h2>Được viện dẫn nhiều nhất</h2><table class="bang"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{lacks}{_timeline_html(graph)}"
    )


def _timeline_html(graph: DirectiveGraph) -> str:
    years: dict[str, list[str]] = {}
    for moment in timeline_of(graph):
        disputed = " (các văn bản ghi ngày khác nhau)" if moment.disputed else ""
        years.setdefault(moment.date[:4], []).append(f"<li>{_named(graph, moment.work)}{disputed}</li>")
    listed = "".join(
        f'<li><h3 class="cap">{year}</h3><ul class="chi-dao">{"".join(items[:_FOLDED_OF_YEAR])}'
        f"{_and_more(len(items) - _FOLDED_OF_YEAR)}</ul></li>"
        for year, items in sorted(years.items(), reverse=True)
    )
    return (
        '<details class="quan-he"><summary>Theo thời gian</summary>'
        f'<ol class="dong-thoi-gian">{listed}</ol></details>'
    )


def _and_more(count: int) -> str:
    return f"<li>và {count} văn bản khác: hãy tìm theo chủ đề hoặc số ký hiệu</li>" if count > 0 else ""


def _work_link(work: Work) -> str:
    return f'<a href="{_address(work.work_id)}">{inert(work_name(work))}</a>'


def _address(work_id: str) -> str:
    return Asked({"vb": [work_id]}).address(DIRECTIVES.path)


def _nothing(question: str) -> str:
    return (
        f'<p class="trong">Không thấy văn bản nào trong kho nói về hoặc viện dẫn “{inert(question)}”. '
        f'Hãy thử từ ngữ khác, hoặc <a href="./{DIRECTIVES.path}">xem các văn bản được viện dẫn</a>.</p>'
    )
