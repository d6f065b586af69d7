"""Which document of the library a question is about, and what to ask back where several would do."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.text import fold
from search.asking.matching import Terms
from search.asking.offices import is_issued_by
from search.documents import facts
from search.documents.shelf import Shelf
from search.documents.sources import document_name
from search.hits import Answer, Quotation
from search.query import Query, merged_places
from search.ranking.period import conflicts_with
from search.ranking.profile import Profile

_CHOICES_SHOWN = 6
_OF_SUMMARIES = frozenset("tom tat luoc gon noi dung chinh diem y van ban giup lai ho nhanh ngan".split())


def meant_documents(
    query: Query, terms: Terms, shelf: Shelf, allowed: frozenset[str] | None = None, bound: str | None = None
) -> list[tuple[str, float]]:
    """Return (document id, how surely) of the documents a question names surely enough, surest first.

    Args:
        allowed: Ids of the documents that may be meant; None for all.
        bound: Id of the document meant, where a conversation has settled it; then it is the only one.
    """
    if bound is not None:
        held = [bound] if bound in shelf.profiles and (allowed is None or bound in allowed) else []
        return facts.named_documents(query, map(shelf.profile, held), shelf.told_by_names(terms, held))
    open_to = None if allowed is None else [doc_id for doc_id in allowed if doc_id in shelf.profiles]
    told = shelf.told_by_names(terms, open_to)
    least, numbered = facts.least_told(query), shelf.numbered(query)
    likely = [shelf.profile(d) for d, share in told.items() if share >= least or d in numbered]
    ranked = facts.named_documents(query, (p for p in likely if not conflicts(query, p)), told)
    return [x for x in ranked if facts.is_named(query, x[1], told[x[0]])]


def conflicts(query: Query, profile: Profile) -> bool:
    """Whether a document is of another year, quarter, term or place than the question says."""
    if query.years and profile.years and not any(profile.covers_year(y) for y in query.years):
        return True
    if conflicts_with(query, profile) or not is_issued_by(query.issuers, profile.office):
        return True
    asked = set(query.places) | merged_places(query)
    return bool(query.places and profile.places and not profile.places & asked)


def same_number(query: Query, shelf: Shelf, allowed: frozenset[str] | None = None) -> tuple[str, ...]:
    """Return the ids of the held documents that one number of the question fits alike, two at least; else ().

    A place, year, date or type in the question tells them apart; copies of one document are one.
    """
    if not (query.numbers or query.serials):
        return ()
    fitting = [
        p
        for p in shelf.named(query)
        if (allowed is None or p.doc_id in allowed)
        and (p.number in query.numbers or (not query.numbers and p.serial in query.serials))
        and not conflicts(query, p)
        and (not query.types or p.type in query.types)
        and (not query.dates or p.date in query.dates)
    ]
    each = {(p.number, p.type, p.date, shelf.document(p.doc_id).letterhead.issuer): p.doc_id for p in fitting}
    distinct = len({p.number for p in fitting}) < len(each) or len(query.numbers or query.serials) <= 1
    return tuple(sorted(each.values())) if len(each) > 1 and distinct else ()


def which_document(query: Query, shelf: Shelf, allowed: frozenset[str] | None = None) -> Answer | None:
    """Ask of which document a summary is wanted, where nothing in the question says; else None."""
    if any(fold(word) not in _OF_SUMMARIES for word in query.keywords):
        return None
    open_to = [doc_id for doc_id in shelf.profiles if allowed is None or doc_id in allowed]
    return _choices("Anh/chị muốn tóm tắt văn bản nào?", shelf, sorted(open_to))


def ask_back(query: Query, shelf: Shelf, doc_ids: Sequence[str]) -> Answer:
    """Ask which of several documents is meant, each named with the words of its letterhead."""
    asked = ", ".join((*query.numbers, *query.serials))
    return _choices(f"Có nhiều văn bản cùng số {asked}. Anh/chị hỏi văn bản nào?", shelf, doc_ids)


def _choices(question: str, shelf: Shelf, doc_ids: Sequence[str]) -> Answer:
    lines, quotes = [question], list[Quotation]()
    for doc_id in doc_ids[:_CHOICES_SHOWN]:
        document = shelf.document(doc_id)
        fact = facts.about(document)
        lines.append(f"- {fact.text if fact else document_name(document)}")
        quotes += fact.quotations if fact else ()
    chosen = tuple(doc_ids[:_CHOICES_SHOWN])
    return Answer("\n".join(lines), abstained=True, citations=tuple(quotes), choices=chosen)
