"""Which documents a text says replace, amend or end others: only where it says so outright.

"Quyết định này thay thế Quyết định số 12/QĐ-TLĐ" does; "đề nghị thay thế", "nếu được sửa đổi" and
"các văn bản sửa đổi, bổ sung, thay thế" do not.
"""

from __future__ import annotations

import re
from typing import Literal

from corpus.structure.doctypes import TYPE

Validity = Literal["replaces", "amends", "repeals", "ends"]

# What unsays a statement, in the clause before it.
_NOT_SO = re.compile(
    r"\b(?:đề nghị|kiến nghị|đề xuất|dự kiến|dự thảo|nghiên cứu|xem xét|rà soát|tham mưu|chưa|không|sẽ|nếu"
    r"|trường hợp|khi|văn bản(?! này))\b",
    re.IGNORECASE,
)
_PART = (
    r"(?:\s(?:cho|toàn bộ|các|một số|nội dung|điều|khoản|điểm|mục|quy định|quy chế|ban hành|kèm theo|tại"
    r"|của|trong|\d+|và|,))*"
)
_ENDING: tuple[tuple[Validity, re.Pattern[str]], ...] = (
    ("amends", re.compile(rf"\b(?:sửa đổi|điều chỉnh)(?:,?\s(?:và\s)?bổ sung)?{_PART}\s?$", re.IGNORECASE)),
    ("amends", re.compile(rf"\bbổ sung{_PART}\s?$", re.IGNORECASE)),
    ("repeals", re.compile(rf"\b(?:bãi bỏ|hủy bỏ|huỷ bỏ){_PART}\s?$", re.IGNORECASE)),
    ("replaces", re.compile(rf"\b(?:thay thế|thay cho){_PART}\s?$", re.IGNORECASE)),
)
_CHANGE = re.compile(r"[Ss]ửa|[Đđ]iều chỉnh|[Bb]ổ sung|[Bb]ãi|[Hh](?:ủy|uỷ)|[Tt]hay")
_LOOKED_AT = 160  # characters before a mention that are searched
_PASSIVE = re.compile(r"[\s,(]*(?:nay là|(?:đã\s|nay\s)?(?:được|bị)\sthay thế\s(?:bằng|bởi))\s?")
_PASSIVE_AMENDED = re.compile(r"[\s,(]*(?:đã\s)?được\ssửa đổi(?:,\sbổ sung)?\s(?:bằng|bởi|theo|tại)\s?")
_SELF = re.compile(rf"{TYPE}\snày\b|^\W*(?i:bãi bỏ|thay thế|hủy bỏ|sửa đổi|bổ sung)\b")
_ENDS = re.compile(
    r"(?:[^.;:]{0,200}?\s|\s?)(?:(?:đã\s|sẽ\s)?hết hiệu lực|(?:đã\s)?bị bãi bỏ|không còn hiệu lực)\b",
    re.IGNORECASE,
)


def said_before(lead: str) -> Validity | None:
    """Return what the words before a mention do to the document mentioned; None where nothing.

    Args:
        lead: The sentence up to the mention, collapsed to one line.

    >>> said_before("Quyết định này thay thế "), said_before("đề nghị thay thế ")
    ('replaces', None)
    """
    lead = lead[-_LOOKED_AT:]
    if not _CHANGE.search(lead):
        return None
    for kind, pattern in _ENDING:
        if (match := pattern.search(lead)) and not _NOT_SO.search(
            lead[max(0, match.start() - 60) : match.start()]
        ):
            return kind
    return None


def speaks_of_itself(lead: str) -> bool:
    """Whether the sentence says what this very document does ("Quyết định này thay thế ...")."""
    return _SELF.search(lead) is not None


def said_between(words: str) -> tuple[Validity, bool] | None:
    """Return (what one mention does to the next, whether it is the next that does it); None for nothing.

    >>> said_between(" (nay là "), said_between(" thay thế "), said_between(" và ")
    (('replaces', True), ('replaces', False), None)
    """
    if _PASSIVE.fullmatch(words):
        return "replaces", True
    if _PASSIVE_AMENDED.fullmatch(words):
        return "amends", True
    kind = said_before(words) if len(words) <= 200 and not re.search(r"[.;:]", words) else None
    return (kind, False) if kind else None


def said_after(words: str) -> bool:
    """Whether the words after a mention say that it is no longer in force.

    >>> said_after(" hết hiệu lực kể từ ngày ký"), said_after(" còn hiệu lực")
    (True, False)
    """
    match = _ENDS.match(words)
    return match is not None and not _NOT_SO.search(match[0].replace("không còn", ""))
