"""Which figure of a long sentence answers: the one whose own clause says the question.

"... 02 phòng học với số tiền 650 triệu đồng; thăm hỏi 10 đoàn viên mắc bệnh với số tiền 31 triệu đồng":
each semicolon begins another matter with a figure of its own.
"""

from __future__ import annotations

import re

from corpus.text import fold
from search.asking.expect import answering_spans
from search.asking.shares import of_asked_share
from search.query import Query

# "...: 626 cuộc; trong đó kiểm tra cấp dưới: 5 cuộc" goes on with the same matter.
_END = re.compile(r"[;.](?=\s(?!trong đó|trong số đó|riêng|bao gồm)|$)")

Span = tuple[int, int]


def figures_told_of(query: Query, text: str) -> list[Span]:
    """Return the spans of the kind asked for, without those whose clause says half as much as the best.

    Of several percentages these are the ones whose own noun phrase is asked for, where there are such.

    Args:
        text: One cleaned line.
    """
    spans = answering_spans(query, text)
    told = [words_told(query, text, span) for span in spans]
    most = max(told, default=0)
    kept = [span for span, n in zip(spans, told, strict=True) if 2 * n > most or not most]
    return (of_asked_share(query.words, text, kept) if query.asks == "percent" else []) or kept


def words_told(query: Query, text: str, span: Span) -> int:
    """Return how many of the question's words the clause around a span says."""
    ends = [m.end() for m in _END.finditer(text)]
    start = max((end for end in ends if end <= span[0]), default=0)
    end = min((end for end in ends if end >= span[1]), default=len(text))
    asked = {fold(k) for k in query.keywords}
    return len(asked & set(re.findall(r"\w+", fold(text[start:end]))))
