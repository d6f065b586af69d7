"""Does a sentence hold the kind of thing that was asked for, and where?"""

from __future__ import annotations

import re

from corpus.numbers import find_numbers
from corpus.text import fold
from corpus.words.tokens import find_dates
from search.asking.asks import Asks
from search.asking.bodies import asked_actor, counted_level, done_by, figures_of
from search.asking.congresses import of_congress_asked
from search.asking.counted import is_said_of, said_of_counted
from search.asking.founding import founding_dates, founding_question
from search.asking.howmany import (
    NUMBER,
    asked_unit,
    asks_how_many_there_are,
    counting_figures,
    figure_spans,
    says_there_are,
)
from search.query import Query

_PERCENT = re.compile(rf"{NUMBER}\s?%")
_MONEY = re.compile(
    rf"{NUMBER}\s?(?:\^?[đd]\b|đồng\b|triệu\b|tỷ\b|tỉ\b|nghìn đồng|ngàn đồng)(?:\s?đồng)?(?:/\w+)*",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"(?:lần thứ|khóa|khoá|Đại hội|đại hội)\s+[IVXLC]+\b|(?:nhiệm kỳ|giai đoạn)\s+\d{4}\s?[-–]\s?\d{4}"
    r"|\d{4}\s?[-–]\s?\d{4}|\b[Ll]ần\s(?:thứ\s)?(?:\d{1,2}|nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\b"
)
_YEAR = re.compile(r"(?<![-–/])(?:năm\s)?\b(?<![-–/])(?:19|20)\d\d\b(?!\s?[-–/]\s?\d)")
_ASKS_YEAR = re.compile(r"\bnam (?:nao|may|bao nhieu)\b")
_ASKS_ORDINAL_OF = re.compile(r"(\w+ \w+) (?:den )?lan (?:thu )?(?:may|bao nhieu)\b")
_ASKS_DEADLINE = re.compile(r"\b(?:han|thoi han|cham nhat|muon nhat|truoc (?:ngay|thang)|den het)\b")
_DEADLINE = re.compile(
    r"(?:trước|chậm nhất|muộn nhất|hạn|đến hết|không quá|trong)\b[^.;:]{0,25}$", re.IGNORECASE
)
_MONTH = re.compile(
    r"(?:[Tt]háng\s)?\b\d{1,2}(?:-\d{1,2})?/\d{1,2}/\d{4}|[Tt]háng\s\d{1,2}(?:/\d{4})?"
    r"|[Qq]uý\s(?:IV|I{1,3}|[1-4])(?:/\d{4}|\snăm\s\d{4})?|ngày\s\d{1,2}/\d{1,2}"
)
_ASKS_DAY = re.compile(r"\b(?:ngay|hom|thang) (?:nao|may|gi)\b")
_FREQUENCY = re.compile(
    r"(?:định kỳ\s)?(?:hàng|hằng|mỗi)\s(?:tháng|quý|năm|tuần|ngày)"
    r"(?:,?\s(?:và\s)?(?:\d+|một)\s(?:tháng|năm))*"
    r"|(?:định kỳ\s)?\d+\s(?:tháng|lần|quý|năm)\b|một\s(?:năm|lần)\b"
    r"|(?:\d+|một|hai|ba|nửa)\s(?:nhiệm kỳ|năm|tháng|tuần|ngày)\b",
    re.IGNORECASE,
)
# "Nhiệm kỳ mấy năm" is not answered by "hằng năm".
_ASKS_HOW_LONG = re.compile(
    r"(?<!moi )(?<!hang )\bmay (?:nam|thang|tuan|ngay|gio)\b(?! (?:mot|1) (?:lan|ban))"
)
_DURATION = re.compile(r"\b(?:\d+|một|hai|ba|năm|nửa)\s(?:nhiệm kỳ|năm|tháng|tuần|ngày|giờ)\b", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:Ban|Văn phòng|Ủy ban|Hội đồng|Liên đoàn|Đảng đoàn|Tỉnh ủy|UBND|HĐND|LĐLĐ|UBKT|BCH|BTV|Công đoàn"
    r"|Các cấp|Thường trực|Sở|cơ quan|đồng chí)\b"
)
# A name after a form of address: without one, capitals are as likely an office.
_PERSON = re.compile(
    r"(?<!\w)(?:[Đđ]ồng chí|[Đđ]/c:?|[ÔôOo]ng|[Bb]à)\s+[A-ZĐÂĂÊÔƠƯ][^\W\d_]*(?:\s[A-ZĐÂĂÊÔƠƯ][^\W\d_]*){1,3}"
)
_WHERE = re.compile(r"(?:tại|ở|điểm|[Kk]hu|huyện|xã|thành phố|tỉnh)\s+[^,.;]{0,30}[A-ZĐÂĂÊÔƠƯ]\w+")
_LAW = re.compile(
    r"(?:Luật|Bộ luật|Pháp lệnh|Điều lệ|Hiến pháp)\s+[A-ZĐ]\w+|Nghị quyết\s+(?:Đại hội|Trung ương)"
)
_FROM_NUMBER_TO_DATE = 12  # characters: "02-NQ/TW, ngày 12/6/2021"
_OF_TARGETS = re.compile(r"\s*(?:các )?chỉ tiêu\b")


def expected_spans(asks: Asks, query: Query, text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of `text` (one cleaned line) that are of the kind asked for.

    An empty list means the sentence cannot answer; for kinds that any words can answer
    ("reason", "text") the list is empty too, and `needs_span` is False.
    """
    if asks == "percent":
        return _of_whom_asked(query, text, _spans(_PERCENT, text))
    if asks == "money":
        return _spans(_MONEY, text)
    if asks == "count":
        return _of_whom_asked(query, text, counting_figures(query, text))
    if asks == "target":  # "8/10 chỉ tiêu" counts the targets themselves
        counted = asked_unit(query).startswith("chi tieu")
        return [span for span in figure_spans(text) if counted or not _OF_TARGETS.match(text, span[1])]
    if asks in ("date", "issue_date"):
        whole = [(_from_first_day(text, a), b) for a, b, _ in find_dates(text)]
        due = asks_deadline(query)  # then the day of a document is none
        if (
            query.numbers
            and not due
            and (own := [s for s in whole if _is_of_an_asked_document(query, text, s[0])])
        ):
            return own
        parts = [s for s in _spans(_MONTH, text) if not any(s[0] < b and a < s[1] for a, b in whole)]
        if asks == "date":
            whole = [span for span in whole if not _is_of_a_cited_document(query, text, span[0], due=due)]
            if _ASKS_DAY.search(fold(query.words)):  # a quarter is neither a day nor a month
                parts = [s for s in parts if not fold(text[s[0] :]).startswith("quy")]
            if _ASKS_YEAR.search(fold(query.words)):
                parts += [s for s in _spans(_YEAR, text) if not any(s[0] < b and a < s[1] for a, b in whole)]
        whole = of_congress_asked(query.words, text, whole + parts)
        return founding_dates(founding_question(query.words, query.carried), text, whole)
    if asks == "person":
        return _spans(_PERSON, text)
    if asks == "ordinal":
        return _spans(_ORDINAL, text)
    if asks == "frequency":
        lasting = _ASKS_HOW_LONG.search(fold(query.words))
        return _spans(_DURATION if lasting else _FREQUENCY, text)
    if asks in ("number", "directives"):
        return [(m.start, m.end) for m in find_numbers(text)] + _spans(_LAW, text)
    if asks == "place":
        return _spans(_WHERE, text)
    if asks in ("who", "issuer", "recipients", "signer"):
        return _spans(_BODY, text)
    return []


def _of_whom_asked(query: Query, text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the figures that are not of another level's bodies, or doings, than the question asks for."""
    if not spans:
        return spans
    level, actor = counted_level(query.words), asked_actor(query.words)
    spans = figures_of(level, text, spans) if level else spans
    return done_by(actor, text, spans) if actor else spans


def asks_deadline(query: Query) -> bool:
    """Whether a question asks by when something is due."""
    return query.asks == "date" and bool(_ASKS_DEADLINE.search(fold(query.words)))


def meets_closely(query: Query, text: str) -> bool:
    """Whether what was asked for stands here in the very role asked: by when, how many of which.

    "Ban hành kế hoạch: tháng 9" tells a date, but not by when a report is due; "Đại hội lần thứ XIII"
    is no answer to "dự thảo lần thứ mấy".
    """
    asked = fold(query.words)
    if asks_deadline(query):
        return any(_DEADLINE.search(text[:start]) for start, _ in expected_spans("date", query, text))
    if query.asks == "ordinal" and (of_what := _ASKS_ORDINAL_OF.search(asked)):
        folded = fold(text)
        spans = expected_spans("ordinal", query, text)
        return any(of_what[1] in folded[max(0, start - 15) : start] for start, _ in spans)
    if query.asks == "count" and said_of_counted(query.words):
        return is_said_of(query.words, text, expected_spans("count", query, text))
    if query.asks == "count" and asks_how_many_there_are(query):
        return says_there_are(text, expected_spans("count", query, text))
    return False


def answering_spans(query: Query, text: str) -> list[tuple[int, int]]:
    """Return the spans of the kind asked for that may be marked as the answer.

    Where a deadline is asked for, these are the days something is due by, not the day of a document
    that the same sentence names.
    """
    spans = expected_spans(query.asks, query, text)
    if asks_deadline(query):
        return [s for s in spans if _DEADLINE.search(text[: s[0]])] or spans
    return spans


def needs_span(asks: Asks) -> bool:
    """Whether an answer of this kind must hold a span of its kind."""
    return asks in ("percent", "money", "count", "date", "ordinal", "frequency", "number", "person")


def _from_first_day(text: str, start: int) -> int:
    """Return where a date begins, the first of two days included: "12-13/10/2023"."""
    first = re.search(r"(?<![\d/])\d{1,2}\s?[-–]\s?$", text[max(0, start - 6) : start])
    return start - len(first[0]) if first else start


def _is_of_a_cited_document(query: Query, text: str, start: int, *, due: bool) -> bool:
    """Whether the date at `start` is that of a document named right before it and not in the question.

    Args:
        due: Whether a deadline is asked for, which is the date of no document.
    """
    before = [m for m in find_numbers(text[:start]) if start - m.end <= _FROM_NUMBER_TO_DATE]
    if not before or (before[-1].number in query.numbers and not due):
        return False
    if re.split(r"[/-]", before[-1].number)[0] in query.serials and not due:
        return False
    return not re.search(r"[.;:]|trước|đến|từ", text[before[-1].end : start])


def _is_of_an_asked_document(query: Query, text: str, start: int) -> bool:
    before = [m for m in find_numbers(text[:start]) if start - m.end <= _FROM_NUMBER_TO_DATE]
    return bool(before) and before[-1].number in query.numbers


def _spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [m.span() for m in pattern.finditer(text)]
