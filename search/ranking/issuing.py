"""What documents of the offices asked for say of a matter, where others speak of it too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.records import Document
from search.asking.offices import is_issued_by, names_their_document, office_of
from search.query import Query
from search.ranking.ownplace import AS_WELL
from search.rerank import Candidate

# Share of what the best candidate says of a question, below which nothing is said of it; of words that only
# cite a document, for these rarely tell what it says, AS_WELL is wanted.
_MUCH = 0.5


def of_offices_asked(
    query: Query, ranked: Sequence[Candidate], document_of: Callable[[str], Document]
) -> list[Candidate]:
    """Return the candidates in documents of the offices asked for, or about a document of theirs.

    All where a question names no office; none where these say little of the matter, or speak of another
    place than the best does.

    Args:
        ranked: At least one, best first.
    """
    if not query.issuers:
        return list(ranked)
    best = ranked[0]
    own = [c for c in ranked if _is_theirs(query, c, document_of) or _cites_theirs(query, c)]
    if not own or own[0].place < 0 <= best.place:
        return []
    least = _MUCH if _is_theirs(query, own[0], document_of) else AS_WELL
    return own if own[0].unit_coverage >= least * best.unit_coverage else []


def _is_theirs(query: Query, candidate: Candidate, document_of: Callable[[str], Document]) -> bool:
    """Whether a passage stands in a document that may be of the offices asked for."""
    issuer = document_of(candidate.view.passage.doc_id).letterhead.issuer
    return is_issued_by(query.issuers, office_of(issuer) if issuer else None)


def _cites_theirs(query: Query, candidate: Candidate) -> bool:
    unit = candidate.unit
    return unit is not None and names_their_document(query.issuers, query.types, unit.text)
