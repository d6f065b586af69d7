"""What Word's styles say about a paragraph or run: hidden or not, which font, which list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.readers.wordlists import W

_OFF = ("0", "false", "off", "none")
_DEEPEST = 20  # of styles based on styles; Word itself allows 11


@dataclass(frozen=True, slots=True)
class ListPlace:
    """The list and level a paragraph or style names; either may be left to its parents."""

    num_id: str | None = None
    ilvl: int | None = None


def switch(properties: etree._Element | None, name: str) -> bool | None:
    """Read an on/off property such as `w:vanish`; None where it is not there."""
    child = properties.find(W + name) if properties is not None else None
    return None if child is None else child.get(W + "val", "1").lower() not in _OFF


def list_place(properties: etree._Element | None) -> ListPlace:
    """Read the `w:numPr` of paragraph properties."""
    place = properties.find(W + "numPr") if properties is not None else None
    if place is None:
        return ListPlace()
    num_id, ilvl = place.find(W + "numId"), place.find(W + "ilvl")
    level = ilvl.get(W + "val", "") if ilvl is not None else ""
    return ListPlace(
        num_id.get(W + "val") if num_id is not None else None,
        min(int(level), 8) if level.isdigit() and len(level) < 4 else None,
    )


def run_font(properties: etree._Element | None) -> str | None:
    """The font of a run's Latin letters, where its properties name one."""
    fonts = properties.find(W + "rFonts") if properties is not None else None
    return None if fonts is None else (fonts.get(W + "hAnsi") or fonts.get(W + "ascii"))


class Styles:
    """word/styles.xml with its inheritance resolved on demand."""

    def __init__(self, root: etree._Element | None) -> None:
        found = () if root is None else root.iterchildren(W + "style")
        self._styles = {element.get(W + "styleId", ""): element for element in found}
        self._default = next(
            (
                style_id
                for style_id, element in self._styles.items()
                if element.get(W + "type") == "paragraph"
                and element.get(W + "default") in ("1", "true", "on")
            ),
            "",
        )
        self._defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._hidden: dict[str, bool | None] = {}
        self._fonts: dict[str, str | None] = {}
        self._places: dict[str, tuple[ListPlace, str]] = {}

    def of(self, properties: etree._Element | None, kind: str) -> str:
        """The style id that `w:pStyle` or `w:rStyle` (`kind`) names; for paragraphs, else the default."""
        child = properties.find(W + kind) if properties is not None else None
        if child is not None and (named := child.get(W + "val", "")) in self._styles:
            return str(named)
        return self._default if kind == "pStyle" else ""

    def name(self, style: str) -> str:
        """The style's name in lower case ("toc 1")."""
        element = self._styles.get(style)
        named = element.find(W + "name") if element is not None else None
        return "" if named is None else str(named.get(W + "val", "")).lower()

    def _line(self, style: str) -> Iterator[tuple[str, etree._Element]]:
        """Yield a style and those it is based on, nearest first."""
        for _ in range(_DEEPEST):
            element = self._styles.get(style)
            if element is None:
                return
            yield style, element
            based_on = element.find(W + "basedOn")
            style = "" if based_on is None else based_on.get(W + "val", "")

    def hides(self, style: str) -> bool | None:
        """Whether a style hides its text; None where neither it nor its parents say."""
        if style not in self._hidden:
            said = (switch(element.find(W + "rPr"), "vanish") for _, element in self._line(style))
            self._hidden[style] = next((value for value in said if value is not None), None)
        return self._hidden[style]

    def font(self, style: str) -> str | None:
        """The font a style gives; None where neither it nor its parents say."""
        if style not in self._fonts:
            said = (run_font(element.find(W + "rPr")) for _, element in self._line(style))
            self._fonts[style] = next((value for value in said if value), None)
        return self._fonts[style]

    def default_font(self) -> str | None:
        return run_font(self._defaults)

    def rules_tables(self, style: str) -> bool | None:
        """Whether a table style draws lines; None where neither it nor its parents say."""
        for _, element in self._line(style):
            if (borders := element.find(f"{W}tblPr/{W}tblBorders")) is not None:
                return any(edge.get(W + "val", "nil") not in ("nil", "none") for edge in borders)
        return None

    def place(self, style: str) -> tuple[ListPlace, str]:
        """The list a style puts its paragraphs in, and the id of the style that named the list."""
        if style not in self._places:
            num_id, ilvl, namer = None, None, ""
            for name, element in self._line(style):
                own = list_place(element.find(W + "pPr"))
                if ilvl is None:
                    ilvl = own.ilvl
                if own.num_id is not None:
                    num_id, namer = own.num_id, name
                    break
            self._places[style] = ListPlace(num_id, ilvl), namer
        return self._places[style]

    def run_is_hidden(self, run: etree._Element | None, paragraph_style: str) -> bool:
        """Whether Word hides a run: its own word first, then its style's, then its paragraph's."""
        own = switch(run, "vanish")
        if own is not None:
            return own
        # Toggle properties of a character and a paragraph style cancel each other (17.7.3).
        by_run, by_paragraph = self.hides(self.of(run, "rStyle")), self.hides(paragraph_style)
        return bool(by_run) != bool(by_paragraph) or (switch(self._defaults, "vanish") is True)
