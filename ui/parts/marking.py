"""A stretch of a document's text with everything that is drawn into it: marks, links, page numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ui.parts.render import lines

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn into a text; offsets are half-open, in characters of the whole document.

    Attributes:
        marks: The words a link speaks of.
        found: The words searched for inside the document, in order.
        links: (start, end, address as HTML); they do not overlap.
        pages: (offset, HTML) put before the character there.
    """

    marks: tuple[Span, ...] = ()
    found: tuple[Span, ...] = ()
    links: tuple[tuple[int, int, str], ...] = ()
    pages: tuple[tuple[int, str], ...] = ()

    def touches(self, start: int, end: int) -> bool:
        """Whether any words between `start` and `end` are marked or found."""
        return any(a < end and start < b for a, b in (*self.marks, *self.found))


def drawn_text(text: str, start: int, end: int, drawn: Drawn) -> str:
    """Return `text[start:end]` as HTML, white space at its ends left out, with all that is drawn into it."""
    piece = text[start:end]
    if not piece.strip():
        return ""
    start, end = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
    pages = [(max(at, start), html) for at, html in drawn.pages if at < end and _first(at, text) >= start]
    spans = [*drawn.marks, *drawn.found, *((a, b) for a, b, _ in drawn.links)]
    cuts = {start, end, *(at for at, _ in pages)}
    cuts.update(at for span in spans for at in span if start < at < end)
    edges = sorted(cuts)
    html: list[str] = []
    link: tuple[int, int, str] | None = None
    for left, right in pairwise(edges):
        if link and left >= link[1]:
            html.append("</a>")
            link = None
        html.extend(number for at, number in pages if at == left)
        if link is None and (link := _covering(drawn.links, left)):
            html.append(f'<a class="vien-dan" href="{link[2]}">')
        html.append(_piece(lines(text[left:right]), left, drawn))
    return "".join(html) + ("</a>" if link else "")


def _first(at: int, text: str) -> int:
    """Where the first character that shows stands, from `at` on."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _piece(html: str, at: int, drawn: Drawn) -> str:
    number = _number_of(drawn.found, at)
    if number is not None:
        begins = drawn.found[number][0] == at
        html = f'<mark class="thay"{f" id=t{number + 1}" if begins else ""}>{html}</mark>'
    elif any(a <= at < b for a, b in drawn.marks):
        html = f"<mark>{html}</mark>"
    return html


def _number_of(spans: Sequence[Span], at: int) -> int | None:
    number = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return number if number >= 0 and at < spans[number][1] else None


def _covering(links: Sequence[tuple[int, int, str]], at: int) -> tuple[int, int, str] | None:
    return next((link for link in links if link[0] <= at < link[1]), None)
