"""Which figure of a long sentence answers: the one whose own clause says the question.

"... 02 phòng học với số tiền 650 triệu đồng; thăm hỏi 10 đoàn viên mắc bệnh với số tiền 31 triệu đồng":
each semicolon begins another matter with a figure of its own. Within a clause a comma and another deed do
("xây 6 nhà, sửa chữa 4 nhà"), "trong đó" tells of a part, and an amount is that of each or of all.
"""

from __future__ import annotations

import re

from corpus.text import fold
from search.asking.asks import QUESTION_WORDS
from search.asking.expect import answering_spans
from search.asking.shares import of_asked_share
from search.query import Query
from search.ranking.ofwhat import asks_for_each

# "...: 626 cuộc; trong đó kiểm tra cấp dưới: 5 cuộc" goes on with the same matter.
_END = re.compile(r"[;.](?=\s(?!trong đó|trong số đó|riêng|bao gồm)|$)")

# A deed and how many of it: "trao 1.250 suất quà", ", sửa chữa 04 nhà"; what only measures opens no deed.
_DEED = re.compile(
    r"(?:^|[;,.:]\s|\s(?:và|còn)\s)(?P<said>(?!(?:với|tổng|trị giá|số tiền|giá trị|kinh phí|mỗi|bình quân|mức"
    r"|trong|riêng|tương đương|đạt|tăng|giảm|hơn|gần|khoảng|trên|dưới|ngày|tháng|năm|quý|đến|từ|còn|có)\b)"
    r"[^\W\d_]+(?:\s[^\W\d_]+){0,5})\s(?=\d)"
)
_PART = re.compile(r"\b(?:trong đó|trong số đó|trong số này|riêng)\b")
_BESIDE = re.compile(r"[,;.()]|\s(?:và|còn)\s")  # ends the words about one figure of several
_EACH = re.compile(r"\b(?:mỗi|từng|bình quân|một (?:người|suất|em|hộ|nhà))\b[^,;]{0,40}$", re.IGNORECASE)
_PER_ONE = re.compile(r"/(?!tháng|năm|quý|tuần|ngày|giờ)[^\W\d_]")  # "60 triệu đồng/nhà"
_ASKS_ALL = re.compile(r"\b(?:tổng|tất cả|cả thảy|hết bao nhiêu|hết mấy)\b")

Span = tuple[int, int]


def figures_told_of(query: Query, text: str) -> list[Span]:
    """Return the spans of the kind asked for, without those whose clause says half as much as the best.

    Of several percentages these are the ones whose own noun phrase is asked for, of several numbers or
    amounts the ones of the deed, the part or the measure (each, all) asked for, where there are such.

    Args:
        text: One cleaned line.
    """
    spans = answering_spans(query, text)
    told = [words_told(query, text, span) for span in spans]
    most = max(told, default=0)
    kept = [span for span, n in zip(spans, told, strict=True) if 2 * n > most or not most]
    if query.asks in ("money", "count"):
        for of_asked in (_of_deeds, _of_part, _of_each_or_all):
            kept = of_asked(query, text, kept) or kept
    return (of_asked_share(query.words, text, kept) if query.asks == "percent" else []) or kept


def words_told(query: Query, text: str, span: Span) -> int:
    """Return how many of the question's words the clause around a span says."""
    ends = [m.end() for m in _END.finditer(text)]
    start = max((end for end in ends if end <= span[0]), default=0)
    end = min((end for end in ends if end >= span[1]), default=len(text))
    asked = {fold(k) for k in query.keywords}
    return len(asked & set(re.findall(r"\w+", fold(text[start:end]))))


def _of_deeds(query: Query, text: str, spans: list[Span]) -> list[Span]:
    """Return the figures behind a deed that the question names; none where it names none of the text's."""
    asked = _words_of(query.words)
    deeds = [(m.start("said"), fold(m["said"].split()[-1]) in asked) for m in _DEED.finditer(text)]
    named = [next((is_asked for start, is_asked in reversed(deeds) if start < a), False) for a, _ in spans]
    return [span for span, is_asked in zip(spans, named, strict=True) if is_asked]


def _of_part(query: Query, text: str, spans: list[Span]) -> list[Span]:
    """Return the figures of the part that the question names; those of no part where it names none.

    A part is named by the words that tell it from the whole: "trong đó kiểm tra cấp dưới 4 cuộc".
    """
    asked, whole, parts = _words_of(query.words), list[Span](), list[Span]()
    before = 0  # where the figure before ends
    for start, end in sorted(spans):
        clause = max((m.end() for m in _END.finditer(text, 0, start)), default=0)
        marks = list(_PART.finditer(text, clause, start))
        if marks:
            ahead = (
                _BESIDE.split(text[before:start])[-1]
                if before > marks[-1].end()
                else text[marks[-1].end() : start]
            )
            own = _words_of(f"{ahead} {_BESIDE.split(text[end:])[0]}")
            apart = own - _words_of(text[clause : marks[0].start()])
            parts += [(start, end)] if apart and apart <= asked else []
        else:
            whole.append((start, end))
        before = end
    return parts or whole


def _of_each_or_all(query: Query, text: str, spans: list[Span]) -> list[Span]:
    """Return the amounts of each where these are asked for, those of all where all is."""
    if query.asks != "money":
        return spans
    each = [(a, b) for a, b in spans if _PER_ONE.search(text[a : b + 6]) or _EACH.search(text[:a])]
    if asks_for_each(query.words):
        return each
    return [s for s in spans if s not in each] if _ASKS_ALL.search(query.words.lower()) else spans


def _words_of(text: str) -> set[str]:
    """Return the folded words of a text that carry its subject."""
    return {fold(w) for w in re.findall(r"[^\W\d_]+", text.lower()) if w not in QUESTION_WORDS}
