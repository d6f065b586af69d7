"""At which level of the union a body stands: nobody's duty or figure is that of another level.

"Công đoàn cấp trên trực tiếp cơ sở" holds the words of "cơ sở" and is no công đoàn cơ sở.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from corpus.text import fold

Level = Literal["central", "province", "upper", "base"]

# On folded text; the longer names first, for they hold the shorter ones.
_BODIES: dict[Level, str] = {
    "central": r"tong (?:ldld|lien doan)\b|\btld\b",
    "upper": r"\bcap tren (?:truc tiep )?co so\b|\b(?:cong doan|cd) cap tren\b"
    r"|\b(?:ldld|lien doan lao dong) (?:cac )?(?:huyen|quan|thi xa)\b"
    r"|\b(?:cong doan|cd) (?:cac )?(?:nganh|huyen|xa|phuong|dac khu|khu cong nghiep|kcn|vien chuc)\b"
    r"|\bcdn\b|\bcdvc\b|\bcac (?:huyen|xa)\b",
    "province": r"\b(?:ldld|lien doan lao dong|cong doan) tinh\b",
    "base": r"\b(?:cong doan co so|cdcs)\b",
}
_NAMED = re.compile("|".join(f"(?P<{level}>{names})" for level, names in _BODIES.items()))
# What may stand before the body that a question asks about: a time, a place, a document, "các".
_OPENING = re.compile(
    r"(?:(?:bao lau|bao gio|khi nao|hang nam|hang quy|moi|nam|quy|thang|thi|cac|nhung|o|tai|theo|ke hoach"
    r"|bao cao|chuong trinh|so|cho|hoi|em|minh|tinh|toan|trong|rieng|doi voi|con|the|cong doan|va"
    r"|hoi nghi|cuoc hop|(?:ban chap hanh|bch|ban thuong vu|btv|uy ban kiem tra|ubkt)(?: mo rong| cua)*"
    r"|[\d/,.-]+|[ivx]+|(?:o|tai|tinh)(?: [a-z]+){1,3}?)\b[\s,.:]*)*"
)
_HEADS = re.compile(r"(?:cac|doi voi|con|rieng|[\d.\-+*\s])*")
_EACH_OF_THESE = re.compile(r"(?:cac|moi|tung|binh quan|doi voi|con|rieng|[\d.,\-+*\s])*")
_COUNTS = re.compile(
    r"\b(?:bao nhieu|may|ty le|ti le)\s*(?:%|phan tram)?\s*(?:so |cac |tong so |trong so )*(?=[a-z])"
)
_SOME_OF_THESE = re.compile(r"\b(?:trong do|trong so do|rieng)\b[^.]{0,40}$")
_AFTER_FIGURE = re.compile(r"\s?%?\s*(?:(?:tro len|so|cac|tong so|trong so)\s+)*")


def levels_named(text: str) -> list[tuple[int, int, Level]]:
    """Return (start, end, level) of the bodies a text names, in order; spans half-open.

    >>> [level for _, _, level in levels_named("Công đoàn cấp trên trực tiếp cơ sở kiểm tra 15% CĐCS")]
    ['upper', 'base']
    """
    return [
        (m.start(), m.end(), level)
        for m in _NAMED.finditer(fold(text))
        for level in _BODIES
        if m.lastgroup == level
    ]


@lru_cache(256)
def asked_actor(question: str) -> Level | None:
    """Return the level of the body that a question opens with: whose doings it asks about.

    >>> asked_actor("Các LĐLĐ huyện báo cáo về LĐLĐ tỉnh bao lâu một lần?"), asked_actor("Ai ký?")
    ('upper', None)
    """
    return opening_level(question, _OPENING)


def opening_level(text: str, opening: re.Pattern[str] = _HEADS) -> Level | None:
    """Return the level of the body that a text opens with; None where it opens with anything else.

    Args:
        opening: What may stand before the body, on folded text.
    """
    named = levels_named(text)
    if not named:
        return None
    start, _, level = named[0]
    # "Công đoàn cấp trên": the pattern of the level begins after the first two words.
    before = re.sub(r"(?:cong doan|cd)\s*$", "", fold(text)[:start])
    return level if opening.fullmatch(before) else None


@lru_cache(256)
def counted_level(question: str) -> Level | None:
    """Return the level of the bodies that a question counts.

    >>> counted_level("Bao nhiêu phần trăm CĐCS xếp loại tốt?"), counted_level("Bao nhiêu đoàn viên?")
    ('base', None)
    """
    match = _COUNTS.search(fold(question))
    return opening_level(question[match.end() :]) if match else None


def figures_of(level: Level, text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the figures that do not count bodies of another level; where some count `level`, only these.

    A figure behind "trong đó" counts some of those before it: "95% ..., trong đó 20% xuất sắc".
    """
    folded = fold(text)
    counted: list[Level | None] = []
    for start, end in spans:
        found = opening_level(text[_behind(folded, end) :])
        if found is None and counted and _SOME_OF_THESE.search(folded[:start]):
            found = counted[-1]
        counted.append(found)
    pairs = list(zip(spans, counted, strict=True))
    own = [span for span, found in pairs if found == level]
    return own or [span for span, found in pairs if found is None]


def done_by(actor: Level, text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the figures in clauses that open with a body of `actor`; all where no clause opens with a body.

    "LĐLĐ tỉnh kiểm tra 50% ...; công đoàn cấp trên cơ sở kiểm tra 15% ...": each has a doer of its own, and
    so has what stands in brackets: "Giới thiệu 30 đoàn viên (mỗi CĐCS ít nhất 01)".
    """
    doers = [opening_level(text[_opens(text, start) : start], _EACH_OF_THESE) for start, _ in spans]
    if not any(doers):
        return spans
    own = [span for span, doer in zip(spans, doers, strict=True) if doer == actor]
    # Before the brackets it is nobody's but the whole's: a province's, in its own documents.
    whole = [s for s, d in zip(spans, doers, strict=True) if d is None and not _opens(text, s[0])]
    return own or (whole if actor == "province" else [])


def _opens(text: str, at: int) -> int:
    """Return where the clause around `at` begins: behind a semicolon, a bracket still open there, or a comma
    that a figure stands before and a body behind.
    """
    deep = 0
    for n in range(at - 1, -1, -1):
        if text[n] == ")":
            deep += 1
        elif text[n] == "(" and deep:
            deep -= 1
        elif text[n] == "(" or (text[n] == ";" and not deep):
            return n + 1
        elif text[n : n + 2] == ", " and not deep and opening_level(text[n + 1 : at], _EACH_OF_THESE):
            before = text[:n].rpartition(";")[2]
            if re.search(r"\d", before):
                return n + 1
    return 0


def _behind(folded: str, end: int) -> int:
    match = _AFTER_FIGURE.match(folded, end)
    return match.end() if match else end
