"""Why a passage was found, in words for people."""

from __future__ import annotations

from search.query import Query
from search.rerank import Candidate


def reasons(query: Query, candidate: Candidate) -> tuple[str, ...]:
    """Return what matched: the document named, the year, the place, the words, the meaning."""
    why: list[str] = []
    if candidate.named > 0:
        why.append("đúng văn bản được nêu" if candidate.named >= 0.6 else "có nhắc văn bản được nêu")
    if query.years and candidate.year > 0:
        why.append("đúng năm " + ", ".join(map(str, query.years)))
    if query.places and candidate.place > 0:
        why.append(", ".join(query.places))
    if candidate.coverage >= 0.5:
        why.append("đúng lời câu hỏi")
    elif candidate.lanes.cosine >= 0.4:
        why.append("gần nghĩa")
    return tuple(why)
