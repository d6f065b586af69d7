"""What is said of the things a question counts: "mấy dự án đang hoạt động" asks for those at work.

A report tells of several numbers of one noun ("cho vay 02 dự án ... hiện có 17 dự án hoạt động"); the one
whose own words say the same of it is the one asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.text import fold

Span = tuple[int, int]

# With diacritics: folded, "đã" is stone and "còn" a child.
_SAID_OF_THEM = re.compile(
    r"\b(?:bao nhiêu|mấy|số lượng|số lượt|tổng số)\s[^,;?.]*?\b(?:đang|được|đã|còn)\s(?:đang\s|được\s)?"
    r"(?P<said>[^\W\d_]+(?:\s[^\W\d_]+)?)"
)
# How a sentence opens that goes on about what the one before it named.
_GOES_ON = re.compile(
    r"^[-+•*\s]*(?:tính đến|đến nay|đến (?:hết|cuối|ngày|tháng)|hiện(?: nay| tại| có)?|trong đó|kết quả"
    r"|qua đó|từ đó|nhờ đó|đã|cũng|còn|có|được|tổng (?:số|cộng)|riêng|ngoài ra|trong (?:năm|quý|tháng|kỳ))\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b(?!Quý\b)[A-ZĐÂĂÊÔƠƯ][a-zà-ỹ]+")  # a name: the sentence is about whom it names
_NAMED_WITHIN = 60  # characters in which a sentence names whom it is about
_REACH = 45  # characters behind a figure in which its own noun phrase stands


@lru_cache(256)
def said_of_counted(question: str) -> str:
    """Return the folded words that tell which of the things counted are meant; "" for none.

    >>> said_of_counted("Quỹ quốc gia có mấy dự án đang hoạt động?"), said_of_counted("Có mấy dự án?")
    ('hoat dong', '')
    """
    match = _SAID_OF_THEM.search(question.lower())
    return fold(match["said"]) if match else ""


def is_said_of(question: str, text: str, spans: Sequence[Span]) -> bool:
    """Whether one of the figures of a text is of those things that a question says it counts.

    Args:
        spans: The figures that may answer, half-open.
    """
    said, folded = said_of_counted(question), fold(text)
    if not said:
        return False
    behind = (re.split(r"[;.,]", folded[end : end + _REACH])[0] for _, end in spans)
    return any(re.search(rf"\b{said}\b", words) for words in behind)


def goes_on(text: str) -> bool:
    """Whether a sentence opens as one that goes on about the subject of the one before it.

    >>> goes_on("Tính đến hết tháng 8 hiện có 17 dự án"), goes_on("Ngân hàng giải ngân 5 dự án")
    (True, False)
    """
    opens = _GOES_ON.match(text)
    return opens is not None and not _SOMEBODY.search(text, opens.end(), opens.end() + _NAMED_WITHIN)
