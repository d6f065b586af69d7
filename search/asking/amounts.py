"""One amount written two ways: "1,8 triệu" and "1.800.000"."""

from __future__ import annotations

import re

_WORTH = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_IN_WORDS = re.compile(rf"(?<![\d.,/])(\d{{1,3}}(?:,\d{{1,3}})?)\s({'|'.join(_WORTH)})\b", re.IGNORECASE)
_IN_FIGURES = re.compile(r"(?<![\d.,/])\d{1,3}(?:\.\d{3}){1,3}(?![\d,])(?!\.\d)")


def written_otherwise(text: str) -> list[tuple[tuple[str, ...], str]]:
    """Return (syllables of an amount as it stands in `text`, the same amount as it may be written elsewhere).

    >>> written_otherwise("lên 1,8 triệu đồng, hỗ trợ 650.000.000 đồng")
    [(('1,8', 'triệu'), '1800000'), (('650000000',), '650 triệu')]
    """
    found: list[tuple[tuple[str, ...], str]] = []
    for match in _IN_WORDS.finditer(text):
        figure, unit = match[1], match[2].lower()
        whole, _, part = figure.partition(",")
        value = int(whole + part) * _WORTH[unit]
        if value % 10 ** len(part) == 0:
            found.append(((figure, unit), str(value // 10 ** len(part))))
    for match in _IN_FIGURES.finditer(text):
        value = int(match[0].replace(".", ""))
        for unit in ("tỷ", "triệu", "nghìn"):
            hundredths, rest = divmod(value * 100, _WORTH[unit])
            if value >= _WORTH[unit] and not rest:
                figure = f"{hundredths / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
                found.append(((str(value),), f"{figure} {unit}"))
                break
    return found
