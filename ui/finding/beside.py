"""How passages are shown beside a directive."""

from __future__ import annotations

from collections.abc import Iterable

from search.hits import Quotation
from ui.parts.render import inert, link_to

_QUOTE_SHOWN = 260  # characters


def quote_html(quotes: Iterable[Quotation]) -> str:
    """Quotations, each with its place as a link; a long one is cut."""
    html = ""
    for quote in quotes:
        shown = " ".join(quote.quote.split())
        if len(shown) > _QUOTE_SHOWN:
            shown = shown[:_QUOTE_SHOWN].rsplit(" ", 1)[0] + "…"
        href = "./" + link_to(quote.doc_id, quote.section, quote.start, quote.end)
        html += (
            f'<blockquote class="loi-van">“{inert(shown)}”<br><a href="{href}">{inert(quote.source)}</a>'
            "</blockquote>"
        )
    return html
