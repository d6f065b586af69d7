"""Word's automatic numbering: which label stands before a paragraph ("Điều 3.", "II.", "2.1.").

The label is nowhere in the text; it follows from word/numbering.xml and from counting. A
wrong number is worse than none, so this is a small model of what Word does:

    paragraph -> numId, level -> num (overrides) -> abstractNum -> level: start, format, text

Nums of one abstractNum share their counters; a num with a startOverride restarts at its
first paragraph. Source: ECMA-376 part 1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_BULLETS = re.compile("^[\ue000-\uf8ffo§Øüvq]$")
_LOST = {"?i?u": "Điều", "Ch??ng": "Chương", "M?c": "Mục", "Ph?n": "Phần", "Kho?n": "Khoản", "?i?m": "Điểm"}
_DASHES = ("\uf02d", "\uf0be")


@dataclass(frozen=True, slots=True)
class Level:
    """One of the nine levels of a list, as the file defines it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False  # write all numbers of the label as decimals
    restart: int | None = None  # the level (from 1) whose use restarts this one; 0 never
    style: str | None = None  # the paragraph style bound to this level


@dataclass(slots=True)
class _List:
    """A num: its levels, and the counters it shares with its siblings."""

    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)  # level -> startOverride


def _value(element: etree._Element | None, name: str, default: str = "") -> str:
    child = element.find(W + name) if element is not None else None
    return default if child is None else child.get(W + "val", default)


def _number(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else default


def _mend(text: str) -> str:
    """Put back the letters that LibreOffice loses from labels when it saves as RTF."""
    for lost, word in _LOST.items():
        text = text.replace(lost, word)
    return text


def _read_level(element: etree._Element) -> Level:
    restart = _value(element, "lvlRestart")
    legal = element.find(W + "isLgl")
    form = _value(element, "numFmt")
    if not form:  # Word 2010 wraps the formats it invented
        form = next((e.get(W + "val", "") for e in element.iter(W + "numFmt")), "decimal")
    return Level(
        start=_number(_value(element, "start"), 0),
        form=form or "decimal",
        text=_mend(_value(element, "lvlText")),
        suffix=_value(element, "suff", "tab"),
        legal=legal is not None and legal.get(W + "val", "1") not in ("0", "false", "off"),
        restart=_number(restart, 0) if restart else None,
        style=_value(element, "pStyle") or None,
    )


class Numbering:
    """The lists of one document and where each of them has counted to."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()  # (numId, level) whose startOverride was used
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        abstracts = {e.get(W + "abstractNumId", ""): e for e in root.iter(W + "abstractNum")}
        by_style = {
            _value(e, "styleLink"): e for e in abstracts.values() if e.find(W + "styleLink") is not None
        }
        for num in root.iter(W + "num"):
            abstract_id = _value(num, "abstractNumId")
            abstract = abstracts.get(abstract_id)
            if abstract is None:
                continue
            linked = by_style.get(_value(abstract, "numStyleLink"))
            if linked is not None:  # the definition lies in a list style; counters are the style's
                abstract, abstract_id = linked, linked.get(W + "abstractNumId", "")
            levels = {
                _number(e.get(W + "ilvl", ""), 0): _read_level(e) for e in abstract.iterchildren(W + "lvl")
            }
            restarts: dict[int, int] = {}
            for override in num.iterchildren(W + "lvlOverride"):
                ilvl = _number(override.get(W + "ilvl", ""), 0)
                if (own := override.find(W + "lvl")) is not None:
                    levels[ilvl] = _read_level(own)
                if (start := _value(override, "startOverride")) != "":
                    restarts[ilvl] = _number(start, 1)
                    levels[ilvl] = replace(levels.get(ilvl, Level()), start=restarts[ilvl])
            self._lists[num.get(W + "numId", "")] = _List(abstract_id, levels, restarts)

    def level_of_style(self, num_id: str, style: str) -> int | None:
        """The level bound to a paragraph style in the list `num_id`; None where none is."""
        levels = self._lists[num_id].levels if num_id in self._lists else {}
        return next((ilvl for ilvl, level in levels.items() if level.style == style), None)

    def count(self, num_id: str, ilvl: int) -> str:
        """Count one paragraph of a list; return its label and the space after it, or ""."""
        numbered = self._lists.get(num_id)
        if numbered is None or ilvl not in numbered.levels:
            return ""
        counts = self._counts.setdefault(numbered.abstract, [None] * _LEVELS)
        level = numbered.levels[ilvl]
        current = counts[ilvl]
        if ilvl in numbered.restarts and (num_id, ilvl) not in self._begun:
            current = None
        self._begun.add((num_id, ilvl))
        counts[ilvl] = level.start if current is None else current + 1
        # Levels above that were never used show, and from then on hold, their first number.
        for above in range(ilvl):
            if counts[above] is None and above in numbered.levels:
                counts[above] = numbered.levels[above].start
        for below in range(ilvl + 1, _LEVELS):
            restart = numbered.levels[below].restart if below in numbered.levels else None
            if restart is None or (restart != 0 and ilvl < restart):
                counts[below] = None
        label = self._label(numbered, level, counts)
        return label if level.suffix == "nothing" or not label else label + " "

    def _label(self, numbered: _List, level: Level, counts: list[int | None]) -> str:
        if level.form == "bullet":
            return "" if not level.text.strip() else _bullet(level.text.strip())

        def number(match: re.Match[str]) -> str:
            ilvl = int(match[1]) - 1
            other = numbered.levels.get(ilvl, Level())
            value = counts[ilvl]
            form = "decimal" if level.legal else other.form
            return format_number(other.start if value is None else value, form)

        return _PLACEHOLDER.sub(number, level.text)


def _bullet(text: str) -> str:
    """Symbol fonts hide their bullets in private letters, or letters that mean nothing elsewhere."""
    if text in _DASHES:
        return "-"
    return "•" if _BULLETS.match(text) else text


def format_number(value: int, form: str) -> str:
    """Write `value` in one of Word's number formats; unknown formats as decimals.

    >>> [format_number(4, form) for form in ("decimal", "upperRoman", "lowerLetter", "decimalZero")]
    ['4', 'IV', 'd', '04']
    """
    if form in ("none", "bullet"):
        return ""
    if form == "decimalZero":
        return f"{value:02d}"
    if form in ("upperRoman", "lowerRoman") and 0 < value < 4000:
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and value > 0:
        letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 30)
        return letter.upper() if form == "upperLetter" else letter
    return str(value)


def _roman(value: int) -> str:
    digits = [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]  # fmt: skip
    written = ""
    for worth, letters in digits:
        count, value = divmod(value, worth)
        written += letters * count
    return written
