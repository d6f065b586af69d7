"""Why the words found are not given as the answer, said to whoever asks; never more than is known."""

from __future__ import annotations

from collections.abc import Sequence

from search.query import Query
from search.ranking.fits import IN_A_SPAN
from search.rerank import Candidate


def never_said(words: Sequence[str]) -> str:
    """Return that no document says these words of a question; "" for none."""
    return "kho văn bản không nhắc tới " + ", ".join(f"“{w}”" for w in words) if words else ""


def not_of_these_offices(query: Query) -> str:
    """Return that no document of the offices asked for was found to speak of the matter."""
    return f"trong kho chưa thấy văn bản nào của {', '.join(query.issuers)} nói về nội dung này"


def of_a_span_only(query: Query, best: Candidate) -> bool:
    """Whether the year asked for stands only in a span of years, in a document of another year."""
    return bool(query.years) and best.year == IN_A_SPAN


def why_unsure(query: Query, best: Candidate, absent: Sequence[str], *, of_these_offices: bool) -> str:
    """Return the one reason that tells most; "" where none is known.

    Args:
        absent: Words of the question that no document says.
        of_these_offices: Whether what was found is of the offices asked for, where any are.
    """
    if not of_these_offices:
        return not_of_these_offices(query)
    if absent:
        return never_said(absent)
    if of_a_span_only(query, best):
        return f"chưa thấy nội dung này của riêng năm {query.years[0]}, chỉ thấy của giai đoạn có năm đó"
    return ""
