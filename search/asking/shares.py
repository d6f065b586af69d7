"""Whose share a percentage is: of several in one sentence each has a noun phrase of its own.

"Tỷ lệ đoàn viên nữ đạt 52%, tỷ lệ nữ cán bộ chuyên trách 38%" names whose before the figure, "95% cơ quan và
98% gia đình đạt chuẩn" behind it; what all have in common stands behind the last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from corpus.text import fold, segment_words
from corpus.words.abbreviated import write_out
from corpus.words.glossary import Glossary

Span = tuple[int, int]

# What ends the noun phrase of a question: a verb, a place, a time, a word of asking. With diacritics, for
# "có" folds together with "cơ sở".
_ENDS = (
    r"(?:[?,;]|$|\b(?:ở|tại|của|trong|năm|đến|quý|là|đạt|chiếm|được|phải|tham gia|có|bao nhiêu|mấy|trên"
    r"|so với|hiện|cho|theo|vào|ra sao|thế nào|xếp loại|hoàn thành|phấn đấu)\b)"
)
_HOW_MUCH = r"(?:bao nhiêu|mấy)"
_WHOSE = (
    re.compile(rf"\bt[ỷỉ] lệ (?:tổng |số |các |phần trăm )*(?P<whose>[^\W\d_][^\d,;?]{{0,80}}?) ?{_ENDS}"),
    re.compile(
        rf"^(?:[^,]{{0,80}}, )?(?:số |các |riêng )*(?P<whose>[^\W\d_][^\d,;?]{{0,80}}?) "
        rf"(?:thì )?(?:chiếm|đạt) (?:tỷ lệ )?(?:là |khoảng )?{_HOW_MUCH}\b"
    ),
    re.compile(
        rf"\b{_HOW_MUCH} (?:%|phần trăm) (?:số |các |là )*(?P<whose>[^\W\d_][^\d,;?]{{0,80}}?) ?{_ENDS}"
    ),
)
_SEPARATES = re.compile(r"[;,.:]\s|\s(?:và|còn|trong đó)\s")
_AT_ONCE = re.compile(r"\s*(?:trở lên)?\s*(?:[;,.:)]|và\s|còn\s|$)")
_OF_THESE = re.compile(r"\btrong (?:số )?đó\b")


@lru_cache(256)
def whose_share(question: str) -> frozenset[str]:
    """Return the folded words, compounds whole, of the noun phrase whose share is asked for; empty for none.

    >>> sorted(whose_share("Tỷ lệ nữ đoàn viên ở Sơn La là bao nhiêu?"))
    ['doan vien', 'nu']
    """
    asked = _written_out(question).lower()
    match = next((m for pattern in _WHOSE if (m := pattern.search(asked))), None)
    if match is None:
        return frozenset()
    # "Nữ" stands before or behind whom it narrows, and belongs to no compound.
    women = frozenset({"nu"} & set(map(fold, match["whose"].split())))
    rest = " ".join(word for word in match["whose"].split() if word != "nữ")
    compounds = segment_words([rest])[0].split() if rest else []
    return women | {fold(word.replace("_", " ")) for word in compounds if re.search(r"\w", word)}


def own_phrases(text: str, spans: Sequence[Span]) -> list[str]:
    """Return the words that are each figure's own, of one cleaned line, in the order of `spans`.

    What stands between two figures is the first one's up to the last comma, semicolon or "và"; all of it is
    the second one's where such follows the first at once. "Trong đó nữ 54%" is of what was said before.
    """
    order = sorted(spans)
    starts = [0]
    for (_, end), (start, _) in pairwise(order):
        between = text[end:start]
        ends = [m.end() for m in _SEPARATES.finditer(between)]
        first = ends[:1] if _AT_ONCE.match(between) else ends[-1:]
        starts.append(end + (first[0] if first else 0))
    own: dict[Span, str] = {}
    before = ""
    for span, start, end in zip(order, starts, [*starts[1:], len(text)], strict=False):
        words = text[start:end]
        before = f"{before} {words}" if _OF_THESE.search(text[:start][-12:] + words[:14]) else words
        own[span] = before
    return [own[span] for span in spans]


def of_asked_share(question: str, text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the figures whose own phrase says all of the noun phrase asked for; none where no phrase does.

    All where the question names none.
    """
    whose = whose_share(question)
    if not whose:
        return list(spans)
    phrases = own_phrases(text, spans)
    if "nu" in whose:  # "95% CĐCS tổ chức cho 300 nữ công nhân": these women are another figure's
        phrases = [_to_next_figure(own) for own in phrases]
    return [span for span, own in zip(spans, phrases, strict=True) if _says_all(own, whose)]


def _to_next_figure(own: str) -> str:
    figures = list(re.finditer(r"\d[\d.,]*", own))
    return own[: figures[1].start()] if len(figures) > 1 else own


def _says_all(text: str, words: frozenset[str]) -> bool:
    said = " ".join(re.findall(r"\w+", fold(_written_out(text))))
    return all(f" {word} " in f" {said} " for word in words)


@lru_cache(4096)
def _written_out(text: str) -> str:
    return " ".join(write_out(text, Glossary.shipped(), typed=True).split())
