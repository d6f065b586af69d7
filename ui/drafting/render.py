"""Soạn thảo, drawn: a paragraph beside its precedents with the differences marked, and what a check found.

A difference is told by its line and its title as well as by its colour: words dotted, figures
double, years and dates boxed, what stands on one side only dashed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from corpus.records import Document
from corpus.text import collapse
from search.documents.sources import section_name
from search.drafting.differences import About, Difference, figures_in
from search.drafting.drafts import DRAFT_ID, Paragraph
from search.drafting.findings import FINDING_NAMES, SEVERITY_NAMES, Finding, Severity
from search.drafting.sectionkinds import KIND_NAMES
from search.hits import Quotation
from ui.parts.render import inert, lines, link_to, open_link

if TYPE_CHECKING:
    from search.precedents import ParagraphFound, Precedent

Side = Literal["ours", "theirs"]

NOTHING_NEAR = "Không tìm thấy tiền lệ gần"
_AROUND = 90  # characters of the draft shown before and after what a finding is about
_KINDS: dict[About, tuple[str, str]] = {
    "words": ("tu", "Lời khác"),
    "figure": ("so", "Số khác"),
    "year": ("nam", "Năm khác"),
    "date": ("nam", "Ngày khác"),
    "number": ("so", "Số ký hiệu khác"),
}
LEGEND = (
    '<p class="chu-thich-khac">Đánh dấu: <mark class="khac tu">lời khác</mark> '
    '<mark class="khac so">số khác</mark> <mark class="khac nam">năm, ngày khác</mark> '
    '<mark class="khac rieng">chỉ có ở một bên</mark></p>'
)


def side_html(pieces: Sequence[Difference], side: Side) -> str:
    """One side of two texts, what is different from the other side marked, each figure by itself."""
    html = ""
    for piece in pieces:
        words, other = (piece.ours, piece.theirs) if side == "ours" else (piece.theirs, piece.ours)
        if piece.op == "same":
            html += lines(words)
            continue
        at, alone = 0, piece.op != "changed"
        for start, end, token in figures_in(words) if piece.about != "words" else ():
            whole = words.strip() == words[start:end] and not alone
            html += _marked(words[at:start], "words", alone)
            html += _marked(words[start:end], token.about, alone, other if whole else "")
            at = end
        html += _marked(words[at:], "words", alone)
    return html.strip()


def _marked(words: str, about: About, alone: bool, other: str = "") -> str:
    """Words in a mark, the white space around them outside; `alone`: the other side has nothing there."""
    bare = words.strip()
    if not bare:
        return lines(words)
    start = words.index(bare)
    css, said = _KINDS[about]
    if alone:
        css, said = f"{css} rieng", "Bên kia không có"
    elif other.strip():
        said = f"{said}: bên kia ghi {' '.join(other.split())}"
    mark = f'<mark class="khac {css}" title="{inert(said)}">{lines(bare)}</mark>'
    return f"{lines(words[:start])}{mark}{lines(words[start + len(bare) :])}"


def paragraph_html(number: int, found: ParagraphFound) -> str:
    """A paragraph of the draft, counted from 0, and its precedents."""
    head = f'<article class="doan-soan" id="d{number + 1}">{_where(number, found.paragraph)}'
    if not found.precedents:
        alone = f'<div class="chu">{lines(found.paragraph.text.strip())}</div>'
        return f'{head}{alone}<p class="trong khong-gan">{NOTHING_NEAR}</p></article>'
    first, *others = map(_precedent_html, found.precedents)
    more = (
        f'<details class="them"><summary>Xem thêm {len(others)} tiền lệ</summary>{"".join(others)}</details>'
        if others
        else ""
    )
    return f"{head}{first}{more}</article>"


def waiting_html(number: int, paragraph: Paragraph) -> str:
    """A paragraph whose precedents are still to be looked for."""
    return (
        f'<article class="doan-soan cho-tim" id="d{number + 1}">{_where(number, paragraph)}'
        f'<div class="chu">{lines(paragraph.text.strip())}</div></article>'
    )


def _where(number: int, paragraph: Paragraph) -> str:
    own = collapse(paragraph.text)  # an item's own first words are no heading
    above = [inert(h) for h in paragraph.headings if h.removesuffix("…").strip() not in own]
    above = above or [inert(section_name(paragraph.section))]
    kind = "" if paragraph.kind == "other" else f' <span class="nhan">{KIND_NAMES[paragraph.kind]}</span>'
    return f'<h3 class="cap">Đoạn {number + 1}{kind}</h3><p class="de-muc">{" › ".join(above)}</p>'


def _precedent_html(one: Precedent) -> str:
    href = "./" + link_to(one.doc_id, one.quotation.section, one.start, one.end)
    labels = [f"giống {round(100 * one.likeness)}% lời văn"]
    labels += ["cùng loại văn bản"] if one.same_type else []
    labels += ["cùng loại mục"] if one.same_kind else []
    shown = "".join(f'<span class="nhan">{label}</span> ' for label in labels)
    also = "".join(f"<li>{quote_link(quote)}</li>" for quote in one.also)
    if also:
        title = f"Còn viết y như vậy ở {len(one.also)} chỗ"
        also = f'<details class="cung-loi"><summary>{title}</summary><ul>{also}</ul></details>'
    return (
        '<div class="tien-le"><div class="doi"><section><h4>Bản thảo</h4>'
        f'<div class="chu">{side_html(one.differences, "ours")}</div></section>'
        f'<section><h4>{inert(one.quotation.source)}</h4><div class="chu">'
        f'{side_html(one.differences, "theirs")}</div></section></div><p class="nhan-le">{shown}</p>'
        f'<p class="viec">{open_link(href, "Mở văn bản tại đoạn này")}'
        f'<button type="button" class="nut chep-le" data-chep="{inert(one.copied)}">Chép kèm nguồn</button>'
        f"</p>{also}</div>"
    )


def quote_link(quote: Quotation) -> str:
    """The source of a quotation, as a link to the place; of the draft itself no link."""
    if quote.doc_id == DRAFT_ID:
        return f"Bản thảo, {inert(section_name(quote.section))}"
    return open_link("./" + link_to(quote.doc_id, quote.section, quote.start, quote.end), inert(quote.source))


def findings_html(draft: Document, findings: Sequence[Finding]) -> str:
    """What the check of a draft reports, the gravest first."""
    if not findings:
        return (
            '<p class="trong">Chưa thấy điều gì cần sửa. Phần rà soát chỉ xem những gì kho văn bản biết.</p>'
        )
    html = ""
    for severity, name in SEVERITY_NAMES.items():
        chosen = [finding for finding in findings if finding.severity == severity]
        if chosen:
            listed = "".join(_finding_html(draft, finding, severity) for finding in chosen)
            title = name[0].upper() + name[1:]
            html += f'<h2>{title} ({len(chosen)})</h2><ul class="ra-soat">{listed}</ul>'
    return html


def _finding_html(draft: Document, finding: Finding, severity: Severity) -> str:
    section = draft.section_at(finding.start)
    where = f", {inert(section_name(section.address))}" if section and finding.start < finding.end else ""
    evidence = "".join(
        f'<blockquote class="loi-van">“{inert(" ".join(quote.quote.split()))}”<br>{quote_link(quote)}'
        "</blockquote>"
        for quote in finding.evidence
    )
    return (
        f'<li class="{severity}"><p class="ten-loi">{FINDING_NAMES[finding.kind]}'
        f'<span class="vi-sao">{where}</span></p><p>{inert(finding.message)}</p>'
        f"{_excerpt(draft.text, finding.start, finding.end)}{evidence}</li>"
    )


def _excerpt(text: str, start: int, end: int) -> str:
    """The words a finding is about, with those around them on the same line; nothing for what is missing."""
    if start >= end:
        return ""
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    last = text.find("\n", end)
    last = min(len(text) if last < 0 else last, end + _AROUND)
    before = "" if first == 0 or text[first - 1] == "\n" else "…"
    after = "" if last == len(text) or text[last] == "\n" else "…"
    return (
        f'<p class="chu trich">{before}{inert(text[first:start])}<mark>{inert(text[start:end])}</mark>'
        f"{inert(text[end:last])}{after}</p>"
    )
