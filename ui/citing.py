"""Which document of the library a citation speaks of, so that it can be opened from where it is cited."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping

from corpus.records import Citation
from corpus.text import fold
from search.sources import short_issuer
from ui.cards import Card

# Codes that only one body in the country uses; "KH-LĐLĐ" or "NQ/TU" are those of every province.
_ONE_BODY = re.compile(r"(?:[-/](?:TW|CP|TTg|QH\d*|TLĐ|UBTVQH\d*))$", re.IGNORECASE)


def cited_in(cards: Mapping[str, Card]) -> Callable[[Citation], str | None]:
    """Return what gives the id of the document a citation speaks of; None where that is not certain.

    A number names a document only together with its issuer: "56/KH-LĐLĐ" is a plan of every
    province. So the number must be that of exactly one document, and the date or the issuer said
    at the mention must be that document's, or the number one that only one body gives.
    """
    by_number: dict[str, list[Card]] = defaultdict(list)
    for card in cards.values():
        if card.number:
            by_number[card.number].append(card)

    def cited(citation: Citation) -> str | None:
        found = by_number.get(citation.number or "", [])
        if len(found) != 1:
            return None
        (card,) = found
        if citation.date and card.date:
            return card.doc_id if citation.date == card.date else None
        same_body = bool(
            citation.issuer and card.issuer and fold(short_issuer(citation.issuer)) == fold(card.issuer)
        )
        return card.doc_id if same_body or _ONE_BODY.search(citation.number or "") else None

    return cited
