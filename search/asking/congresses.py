"""Of which congress a sentence tells a date: the Party and each level of the union hold their own."""

from __future__ import annotations

import re

from corpus.text import collapse
from search.asking.bodies import levels_named

_HOLDER = (
    r"(?:đảng\b(?! viên)|công đoàn (?:cấp trên|cấp cơ sở|cơ sở|ngành|tỉnh|huyện|việt nam|viên chức)\b"
    r"|(?:lđlđ|liên đoàn lao động) (?:tỉnh|các huyện|huyện)\b|cđcs\b|tổng liên đoàn\b)"
)
_CONGRESS = re.compile(
    r"\bđại hội(?: đại biểu)?(?: toàn quốc)?(?: lần thứ)?(?: [ivxlc]+\b| \d+\b)?,?"
    r"(?: (?:của|nhiệm kỳ \d{4} ?[-–] ?\d{4}),?)* "
    rf"(?P<of>{_HOLDER}(?:[^,;.()]{{0,25}}(?:,| và) {_HOLDER})*)"
)
_ALSO: dict[str, str] = {"party": "đảng", "central": "công đoàn việt nam", "base": "công đoàn cấp cơ sở"}

Span = tuple[int, int]


def of_congress_asked(question: str, text: str, dates: list[Span]) -> list[Span]:
    """Return the dates that are not of another level's congress than the question asks about.

    A date is of the congress named last before it, or else of the first that its sentence names.

    Args:
        question: The question's words, with diacritics.
        text: One cleaned line.
        dates: Half-open spans of its dates.

    >>> line = "Đại hội Công đoàn tỉnh: 5/6/2023; Đại hội Công đoàn Việt Nam: 1/12/2023"
    >>> of_congress_asked("Đại hội XIII Công đoàn Việt Nam ngày nào?", line, [(24, 32), (62, 71)])
    [(62, 71)]
    """
    said = text.lower()
    asked = _congresses(collapse(question).lower())
    told = _congresses(said) if asked and dates and len(said) == len(text) else []
    if not told:
        return dates
    wanted, kept = asked[0][1], list[Span]()
    for span in dates:
        before = [levels for end, levels in told if end <= span[0]]
        levels = before[-1] if before else told[0][1]
        if not (wanted and levels) or wanted & levels:
            kept.append(span)
    return kept


def _congresses(line: str) -> list[tuple[int, frozenset[str]]]:
    """Return where the name of each congress ends, and the levels of those who hold it."""
    return [(m.end("of"), _levels(m["of"])) for m in _CONGRESS.finditer(line)]


def _levels(holders: str) -> frozenset[str]:
    named: set[str] = {level for _, _, level in levels_named(holders)}
    named |= {level for level, name in _ALSO.items() if re.search(rf"\b{name}\b", holders)}
    return frozenset(named)
