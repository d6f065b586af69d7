"""How many of what: the figures of a line, and those that count what a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numbers import find_numbers
from corpus.text import fold
from corpus.words.tokens import find_dates
from search.asking.asks import COUNTED, QUESTION_WORDS
from search.query import Query

NUMBER = r"\d+(?:[.,]\d+)*(?:/\d+)?"
_FIGURE = re.compile(rf"(?<![\w/.\-]){NUMBER}\s?%?(?![\w/]*/[A-ZĐ])")
_NUMBER_OF = rf"số(?=\s(?:{'|'.join(COUNTED)})\b)"
_UNIT = re.compile(
    rf"\b(?:bao nhiêu|mấy|bao nhieu|may|số lượng|số lượt|tổng số|{_NUMBER_OF})\s((?:[^\W\d_]+\s?){{1,4}})"
)
_HOW_MANY = re.compile(rf"\b(?:bao nhiêu|mấy|bao nhieu|may|số lượng|số lượt|tổng số|{_NUMBER_OF})\b")
_PEOPLE = frozenset(("nguoi", "chau", "em", "ban", "be", "anh", "chi", "co", "bac"))  # whoever is counted
_IS_PERSON = re.compile(
    r"\s*(?:nguoi|em|chau|hoc sinh|doan vien|cong nhan|can bo|lao dong|nguoi lao dong|dong chi|d/c|chi em"
    r"|giao vien|nu|luot nguoi|nhan vien|vien chuc|dang vien|cnvcld|ccvcld|nld|cnld|ho\b)\b"
)
_MEASURED = re.compile(
    r"\s?(?:đ\b|d\b|(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s)?đồng\b(?!\s?(?:chí|bào))|m2\b|m²|km\b|kg\b)"
)
_OFFICES_HAVE = frozenset(("tinh", "huyen", "xa"))  # "LĐLĐ tỉnh có 40 cuộc" counts no tỉnh
# "Nghị quyết Trung ương 4", "giai đoạn 2": a figure that only names.
_LABELLED = re.compile(r"(?i:\b(?:trung ương|điều|khoản|chương|phụ lục|giai đoạn|khóa)\s|covid\s?[-–]\s?)$")
_NO_UNIT = frozenset("so trở trên dưới hơn theo".split())  # "vượt bao nhiêu so với kế hoạch"
_UNIT_SIGNS = {"met vuong": "m2", "phan tram": "%", "ki lo": "kg"}
_HOW_MANY_THERE_ARE = re.compile(
    r"\b(?:co|tong so|so luong|tat ca)\s(?:tat ca\s|tong cong\s)?(?:bao nhieu|may)\b"
    r"|^(?:cho (?:biet|hoi) |hoi )?(?:tong so|so luong)(?: luong)? (?!tien|vu|cuoc|luot|lan|suat)\w"
)
_THERE_ARE = re.compile(r"\b(?:co(?! tu\b)|gom|tong|la|so luong|quan ly)\b[^.;]*$")
_ITEM = re.compile(r"^(?:[-+•*]\s*)*\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[^\W\d_])")
# What may stand behind a figure of what is named before it: "Đoàn viên mới: 350 người". In "các đơn vị với
# trên 3 nghìn lượt" the figure has a noun of its own.
_COUNTS_NOTHING_ELSE = re.compile(
    r"\s*(?:nghin|trieu|ty)?\s*(?:$|[^a-z\s]|(?:nguoi|dong chi|tro|va|trong|dat|tang|giam|chiem|so voi|len"
    r"|vao|o|tai|nam|quy|thang|den)\b)"
)


def figure_spans(text: str) -> list[tuple[int, int]]:
    """Return the figures of `text` that are no dates, no years and no document numbers."""
    taken = [(a, b) for a, b, _ in find_dates(text)] + [(m.start, m.end) for m in find_numbers(text)]
    item = _ITEM.match(text)
    spans = []
    for match in _FIGURE.finditer(text, item.end() if item and "." in item[0] else 0):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        if re.fullmatch(r"(?:19|20)\d\d", match[0].strip()) or _only_names(text, *match.span()):
            continue
        spans.append((match.start(), match.start() + len(match[0].rstrip())))
    return spans


def _asking_words(query: Query) -> str:
    """Return the words that ask how many: the question's own, or those it leans on ("Thế Lai Châu?")."""
    return query.words if _HOW_MANY.search(query.words.lower()) else f"{query.words} {query.carried}"


def asked_unit(query: Query) -> str:
    """Return the folded words after "bao nhiêu" / "mấy": what is counted, two at most; "" where none is said.

    A place or a particle after the question word ("bao nhiêu ạ") counts nothing.
    """
    asking = _asking_words(query)
    found = [
        _words_counted(m[1]) for m in _UNIT.finditer(asking.lower()) if not m[0].startswith(("mấy", "may"))
    ]
    # "Mấy" makes a plural, too: "mấy bác lãnh đạo phải đối thoại mấy lần" counts times.
    found += [_words_counted(m[1]) for m in reversed(list(_UNIT.finditer(asking.lower())))]
    named = next((" ".join(unit) for unit in found if unit), "")
    return _UNIT_SIGNS.get(named, named)


def _words_counted(after: str) -> list[str]:
    unit: list[str] = []
    for word in after.split():
        if word in QUESTION_WORDS or word in _NO_UNIT or len(unit) == 2:
            break
        unit.append(fold(word))
    return unit


def asks_how_many_there_are(query: Query) -> bool:
    """Whether a question asks for the number of all there are: "Có bao nhiêu CĐCS?", "Tổng số đoàn viên"."""
    asked = (query.words,) if _HOW_MANY.search(query.words.lower()) else (query.words, query.carried)
    return any(_HOW_MANY_THERE_ARE.search(fold(words)) for words in asked)


def says_there_are(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the figures is said to be all there are: "hiện có 778", "gồm 12", "tổng số: 40"."""
    return any(_THERE_ARE.search(fold(text[max(0, start - 30) : start])) for start, _ in spans)


def counting_figures(query: Query, text: str) -> list[tuple[int, int]]:
    """Return the figures beside what is counted; all figures where the question does not name it.

    "Có bao nhiêu CĐCS" asks for a number of them: "100 % CĐCS tham gia" does not answer it.
    """
    spans = figure_spans(text)
    if not spans:
        return spans
    there_are = asks_how_many_there_are(query)
    if there_are:
        spans = [(start, end) for start, end in spans if "%" not in text[start : end + 2]]
    unit = asked_unit(query)
    if not unit or not spans:
        return spans
    if unit not in _UNIT_SIGNS.values():  # an amount of money or of ground counts nobody
        spans = [(start, end) for start, end in spans if not _MEASURED.match(text, end)]
    folded = fold(text)
    first, initials = unit.split()[0], "".join(word[0] for word in unit.split())
    beside: list[tuple[int, int]] = []
    near: list[tuple[int, int]] = []
    for start, end in spans:
        # No further than the clause: in a table's row each cell is one.
        after = folded[end : end + 45].partition(";")[0]
        before = folded[max(0, start - 45) : start].rpartition(";")[2]
        next_to = re.match(rf"\s*{re.escape(first)}\b", after)  # "34 cuộc" for "cuộc giám sát"
        abbreviated = re.match(rf"\s*{initials}[a-z]*\b", after) and text[end : end + 4].strip().isupper()
        written_out = _initials(after, len(first)) == first
        if next_to or abbreviated or written_out or (first in _PEOPLE and _IS_PERSON.match(after)):
            beside.append((start, end))
        elif unit in _OFFICES_HAVE or there_are:
            continue
        elif unit in after or (unit in before and _COUNTS_NOTHING_ELSE.match(after)):
            near.append((start, end))
    return beside or near


def _initials(words: str, n: int) -> str:
    """Return the initials of the first `n` words: "cnld" of "cong nhan, lao dong tro len"."""
    return "".join(word[0] for word in re.findall(r"[a-z]+", words)[:n]) if n > 1 else ""


def _only_names(text: str, start: int, end: int) -> bool:
    """Whether the figure is a day and month ("dịp 27/7"), or part of a name; told by the word before it."""
    before = text[max(0, start - 12) : start]
    day = re.fullmatch(r"\d{1,2}/\d{1,2}\s?", text[start:end])
    return bool(_LABELLED.search(before) or (day and re.search(r"(?:ngày|dịp|đến|từ)\s$", before)))
