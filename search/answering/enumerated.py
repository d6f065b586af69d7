"""Lists within a sentence: what a question asks for several of is quoted to the end of the list.

"Trọng tâm là các phong trào: ...; ...; ..." is one sentence, and each semicolon a stop where a quotation may
end; whoever asks "các phong trào nào" asks for all of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.records import Document
from corpus.structure.sentences import split_paragraphs, split_sentences
from corpus.text import fold
from search.documents.sources import MAX_QUOTE
from search.ranking.evidence import Unit

Span = tuple[int, int]

LIST_GOES_ON = "(Danh sách còn tiếp; xin anh/chị mở văn bản để đọc đủ.)"
_MOST_QUOTED = 3  # quotations that a list is given in
# Words that end, or cannot stand in, the name of what is listed. With diacritics: folded, "thì" is "thi đua".
_NO_NAME = (
    r"(?:nào|gì|mà|có|của|trong|trên|ở|tại|là|gồm|bao gồm|những|các|phải|cần|được|sẽ|đã|đang|làm|gửi|nộp|báo"
    r"|trước|sau|về|cho|đến|từ|theo|do|để|thì|hay|và|năm|quý|tháng|ngày|nhân)\b"
)
_NAME = rf"(?: (?!{_NO_NAME})[^\W\d_]+){{1,6}}"
_SEVERAL = (
    re.compile(rf"\b(?:các|những|mấy)(?P<what>{_NAME}) (?:nào|gì)\b"),
    re.compile(rf"\b(?:liệt kê|kể tên|kể ra|nêu tên)(?: giúp| ra)?(?: các| những)(?P<what>{_NAME})"),
    re.compile(rf"^(?:các|những)(?P<what>{_NAME}) (?:là|gồm|bao gồm)(?: có)?(?: những| các)? gì\b"),
)
_STOP = re.compile(r"[;.,](?=\s)")
_PARTS = re.compile(r";|\.\s")  # what parts the items of a list within a sentence, or of one that goes on
_QUOTED_NEXT = re.compile(r"[”\"’]\s?[.,;]?\s+[“\"‘*]")  # a list of names in quotation marks, a slip between


@lru_cache(256)
def several_of(question: str) -> str:
    """Return what a question asks for several of, folded; "" where it asks for no list.

    Args:
        question: Its words, diacritics restored.

    >>> several_of("Công đoàn phát động các phong trào thi đua nào?"), several_of("Phong trào nào?")
    ('phong trao thi dua', '')
    """
    asked = question.lower()
    match = next((m for pattern in _SEVERAL if (m := pattern.search(asked))), None)
    return fold(match["what"].strip()) if match else ""


def names_it(what: str, text: str) -> bool:
    """Whether a text says all the words of `what` (folded)."""
    return set(what.split()) <= set(re.findall(r"\w+", fold(text)))


def in_runs(text: str, start: int, end: int, most: int) -> list[Span]:
    """Return a stretch of text as at most `most` spans of 400 characters, each ending at a stop if it can."""
    spans: list[Span] = []
    while start < end and len(spans) < most:
        upto = end
        if end - start > MAX_QUOTE:
            stops = list(_STOP.finditer(text, start, start + MAX_QUOTE))
            best = [m for m in stops if m[0] != ","] or stops
            upto = best[-1].end() if best else start + MAX_QUOTE
        spans.append((start, upto))
        start = upto + len(text[upto:end]) - len(text[upto:end].lstrip())
    return spans


def whole_list(document: Document, question: str, unit: Unit) -> list[Span]:
    """Return the list that `unit` is a part of, from the words that open it to its end; none where it is of
    none, or of something else than the question asks for several of.
    """
    what = several_of(question)
    sentence = _sentence_around(document.text, unit.start) if what else None
    if sentence is None:
        return []
    start, end = sentence
    if not _PARTS.search(document.text, start, end) or not names_it(what, document.text[start : unit.end]):
        return []
    colon = document.text.find(":", start, end)
    if names_it(what, document.text[unit.start : unit.end]) and not start <= colon < unit.start:
        start = unit.start  # what comes before it is another matter
    return in_runs(document.text, start, end, _MOST_QUOTED)


def _sentence_around(text: str, at: int) -> Span | None:
    """Return the sentence at an offset, with those behind it that go on with its list."""
    paragraph = next(((a, b) for a, b in split_paragraphs(text) if a <= at < b), None)
    if paragraph is None:
        return None
    first, last = paragraph
    found: Span | None = None
    for a, b in split_sentences(text[first:last]):
        if found is None and a <= at - first < b:
            found = (first + a, first + b)
        elif found is not None and _goes_on(text, found, first + a):
            found = (found[0], first + b)
        elif found is not None:
            break
    return found


def _goes_on(text: str, sentence: Span, following: int) -> bool:
    """Whether what follows a sentence goes on with its list: with another name in quotation marks, or as the
    first item behind its colon begins ("các chương trình: Chương trình số 5 ... . Chương trình số 7 ...").
    """
    if _QUOTED_NEXT.match(text, sentence[1] - 2):
        return True
    items = text[slice(*sentence)].partition(":")[2]
    first, then = (re.findall(r"\w+", words)[:2] for words in (items[:60], text[following : following + 60]))
    return len(first) == 2 and [*map(fold, first)] == [*map(fold, then)]
