"""What stands behind the name of a cited document: its date, its issuer, its title.

Works on marked text: cleaned (corpus.text.clean), with STOP for the space between two sentences,
so that no pattern runs from one into the next. Offsets here are offsets of that text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.structure.doctypes import CAPITAL_TYPE
from corpus.structure.issuers import ISSUER, match_issuer
from corpus.words.tokens import find_dates

STOP = "¶"
_BEFORE_DATE = re.compile(r"\s?,?\s?\(?(?:(?:ban hành|ký|ra)\s)?(?:ngày\s?)?$", re.IGNORECASE)
_BEFORE_ISSUER = re.compile(r"\s?\)?,?\s?(?:của|do)\s", re.IGNORECASE)
_TITLE_OPENS = re.compile(
    r"\s?[,:]?\s?(?P<about>(?:về(?:\sviệc|\sban hành)?|V/v|quy định|hướng dẫn|ban hành|phê duyệt|sửa đổi|giao"
    r"|thực hiện|tổ chức|công nhận|triển khai|tổng kết|sơ kết)\s?:?\s(?!(?:số\s)?\d))?(?P<quote>[“\"‘«])?",
    re.IGNORECASE,
)
_CLOSING = {"“": "”", '"': '"', "‘": "’", "«": "»"}
# Where a title without quotation marks ends before its sentence does.
_TITLE_ENDS = re.compile(
    r";|\.(?:\s|$)|\s\(|,?\s(?:gắn với|trong đó|trên cơ sở|đồng thời|nhằm|đảm bảo)\s"
    rf"|,\s(?={CAPITAL_TYPE}\s(?:số\s)?\d)"
    rf"|,\s(?={ISSUER}\s(?:đã|xây dựng|ban hành|tổ chức|yêu cầu|đề nghị|báo cáo|hướng dẫn|triển khai|chỉ đạo"
    r"|phối hợp)\b)"
)
_QUOTED_ENDS = re.compile(r"\.(?:\s|$)|,?\s(?:gắn với|trong đó)\s")  # where the closing mark was lost
_AND_ANOTHER = re.compile(rf"\svà\s(?={CAPITAL_TYPE}\s(?:(?:số\s)?\d|của\s))")
# A title that begins so speaks of carrying other documents out: their names belong to it.
_CARRIES_OUT = re.compile(r"về(?:\sviệc)?\s(?:tiếp tục\s|tổ chức\s|triển khai\s)*thực hiện\b", re.IGNORECASE)
_MAX_TITLE = 400  # characters
_MAX_SENTENCE = 2000  # characters that are searched for the end of one


@dataclass(frozen=True, slots=True)
class Draft:
    """A citation in the making; `start` and `end` are offsets in the cleaned text."""

    start: int
    end: int
    type: str | None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Tail:
    """What was read behind a name; `end` is where date and issuer end, the title not counted."""

    end: int
    date: str | None
    issuer: str | None
    title: str | None


def sentence_end(text: str, at: int) -> int:
    """Return where the sentence that holds `at` ends in marked text."""
    end = text.find(STOP, at, at + _MAX_SENTENCE)
    return end if end >= 0 else min(len(text), at + _MAX_SENTENCE)


def read_tail(text: str, at: int) -> Tail:
    """Read date, issuer and title, in whichever order the first two come, from `at` on."""
    limit = sentence_end(text, at)
    date = issuer = None
    end = at
    for _ in range(2):
        if date is None and (dated := _date_at(text, end, limit)):
            end, date = dated
        if issuer is None and (named := _issuer_at(text, end, limit)):
            end, issuer = named
    return Tail(end, date, issuer, read_title(text, end))


def _date_at(text: str, at: int, limit: int) -> tuple[int, str] | None:
    window = text[at : min(limit, at + 60)]
    for start, end, iso in find_dates(window)[:1]:
        if _BEFORE_DATE.fullmatch(window[:start]):
            return at + end, iso
    return None


def _issuer_at(text: str, at: int, limit: int) -> tuple[int, str] | None:
    lead = _BEFORE_ISSUER.match(text, at, limit)
    return match_issuer(text, lead.end()) if lead else None


def read_title(text: str, at: int) -> str | None:
    """Return the title that begins at `at` ("về ...", or in quotation marks), or None.

    Quotation marks and a "về" before them are left out; a "về" that opens a bare title stays.
    """
    limit = sentence_end(text, at)
    opening = _TITLE_OPENS.match(text, at, limit)
    if not opening or not (opening["about"] or opening["quote"]):
        return None
    if opening["quote"]:
        start = opening.end()
        close = _closing(text, start, opening["quote"], min(limit, start + 2 * _MAX_TITLE))
        return text[start : min(close, start + _MAX_TITLE)].strip(" .,;") or None
    start = opening.start("about")
    end = _title_end(text, start, min(limit, start + _MAX_TITLE))
    return text[start:end].strip(" .,;:/") or None


def _closing(text: str, start: int, mark: str, limit: int) -> int:
    """Return where the quotation that `mark` opened ends; quotations inside it are passed over."""
    end, depth = _CLOSING[mark], 0
    for found in re.finditer(f"[{mark}{end}]", text[start:limit]):
        if found[0] != end:
            depth += 1
        elif depth == 0:
            return start + found.start()
        else:
            depth -= 1
    lost = _QUOTED_ENDS.search(text, start, limit)
    return lost.start() if lost else limit


def _title_end(text: str, start: int, limit: int) -> int:
    for match in _TITLE_ENDS.finditer(text, start, limit):
        if text.count("“", start, match.start()) == text.count("”", start, match.start()):
            limit = match.start()
            break
    if not _CARRIES_OUT.match(text, start) and (another := _AND_ANOTHER.search(text, start, limit)):
        limit = another.start()
    return limit
