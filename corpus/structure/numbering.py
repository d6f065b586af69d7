"""Which numbers at line beginnings are headings: those that fit among their neighbours.

A wrong number is worse than none, so a marker opens a section only where it continues the
list it belongs to, or begins one at "1", "I" or "a".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.structure.headings import Kind, Marker, letter_follows


@dataclass(slots=True)
class _Open:
    """A section that is open, and the decimal numbers begun directly under it."""

    kind: Kind
    label: str
    values: tuple[int, ...]
    address: str
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """The stack of open sections while a text is read line by line.

    Attributes:
        prefix: Put before every address: "PL1" within an appendix.
        used: Every address given so far.
    """

    prefix: str = ""
    used: set[str] = field(default_factory=set)
    _wanted: str = ""  # the prefix to take where a number would occur twice
    _stack: list[_Open] = field(default_factory=list)
    _shadow: Marker | None = None  # the last item of a list that is no part of the tree

    @property
    def depth(self) -> int:
        """How many sections are open."""
        return len(self._stack) + bool(self.prefix)

    def restart(self, prefix: str, *, only_if_needed: bool = False) -> None:
        """Forget all that is open: an appendix numbers its sections anew, under `prefix`.

        With `only_if_needed` the prefix is left out unless the first address was given before.
        """
        self.prefix = "" if only_if_needed else prefix
        self._wanted, self._stack, self._shadow = prefix, [], None

    def accept(self, markers: list[Marker]) -> tuple[str, Marker] | None:
        """Open the section that the first fitting marker names; return its address and the marker."""
        for marker in markers:
            depth = self._place(marker)
            if depth is None or self._continues_shadow(marker):
                continue
            del self._stack[depth:]
            self._shadow = None if marker.kind < Kind.PAREN else self._shadow
            if not self._stack and self._address(marker) in self.used:
                self.prefix = self._wanted
            address = self._address(marker)
            self.used.add(address)
            self._stack.append(_Open(marker.kind, marker.label, marker.values, address, marker.style))
            return address, marker
        # A list that begins anew inside an open one of its kind: its items are text.
        first = next((m for m in markers if m.values == (1,) or self._continues_shadow(m)), None)
        if first is not None:
            self._shadow = first
        return None

    def _continues_shadow(self, marker: Marker) -> bool:
        shadow = self._shadow
        return (
            shadow is not None
            and (marker.kind, marker.style, marker.strong) == (shadow.kind, shadow.style, shadow.strong)
            and marker.values[0] == shadow.values[0] + 1
        )

    def _place(self, marker: Marker) -> int | None:
        """Return how much of the stack stays open under `marker`, None where it does not fit."""
        if marker.kind is Kind.DECIMAL:
            return self._place_decimal(marker)
        for depth in range(len(self._stack) - 1, -1, -1):
            if self._stack[depth].kind is marker.kind:
                return depth if _follows(self._stack[depth], marker) else None
        if marker.values != (1,):
            return self._place_late(marker)
        if marker.kind >= Kind.PAREN:
            return len(self._stack)
        if marker.kind is Kind.UPPER and any(s.kind is Kind.ROMAN for s in self._stack):
            return self._depth_under(Kind.ROMAN)
        return self._depth_under(Kind(marker.kind - 1)) if marker.kind > Kind.PART else 0

    def _place_late(self, marker: Marker) -> int | None:
        """Place the first of a list that does not begin at 1: the file holds an extract.

        Articles run on from chapter to chapter; of other numbers only a strong heading that
        is the first of the whole text may begin late.
        """
        if marker.kind is Kind.ARTICLE and (marker.style or marker.strong):
            return self._depth_under(Kind.DIVISION)
        return None

    def _depth_under(self, kind: Kind) -> int:
        """Return the depth that keeps open all sections of `kind` and of those above it."""
        depth = 0
        while depth < len(self._stack) and self._stack[depth].kind <= kind:
            depth += 1
        return depth

    def _place_decimal(self, marker: Marker) -> int | None:
        *above, last = marker.values
        for depth in range(len(self._stack) - 1, -1, -1):
            section = self._stack[depth]
            if section.kind is Kind.DECIMAL and len(section.values) == len(marker.values):
                same = section.values[:-1] == marker.values[:-1]
                if same and 0 < last - section.values[-1] <= 2:
                    return depth
                # "2.1" after "1.4" where the line "2." was lost.
                if len(above) == 1 and last == 1 and above[0] == section.values[0] + 1:
                    orphan = depth == 0 or self._stack[depth - 1].kind is not Kind.ARABIC
                    return depth if orphan else None
                if same:
                    return None
            if last <= 2 and _numbers(section) == tuple(above):
                return depth + 1
            if last == 1 and section.kind in (Kind.ROMAN, Kind.ARTICLE) and section.values == tuple(above):
                return depth + 1
        if last == 1 and above == [1] and not any(s.kind >= Kind.ARABIC for s in self._stack):
            return self._depth_under(Kind.ROMAN)
        return None

    def _address(self, marker: Marker) -> str:
        parent = self._stack[-1] if self._stack else None
        above = parent.address if parent else self.prefix
        label = marker.label
        if marker.kind is Kind.DECIMAL and parent is not None:
            begins = parent.values if parent.kind is Kind.ARTICLE else _numbers(parent)
            roman = label[0] in "IVX"  # "II.1." says its whole address
            label = str(marker.values[-1]) if roman or begins == marker.values[:-1] else label
        return f"{above}.{label}" if above else label


def _numbers(section: _Open) -> tuple[int, ...]:
    """Return the digits a decimal number under `section` begins with; () where it has none."""
    return section.values if section.kind in (Kind.ARABIC, Kind.DECIMAL) else ()


def _follows(section: _Open, marker: Marker) -> bool:
    """True where `marker` is the next of its list; one lost number is forgiven where forms agree."""
    if marker.kind is Kind.LETTER:
        return letter_follows(section.label, marker.label)
    step = marker.values[0] - section.values[0]
    if step == 1:
        return True
    if step == 0:  # a number typed twice, seen only on lines that are headings beyond doubt
        return marker.kind is Kind.ROMAN and marker.rest.isupper()
    if step == 2:
        return marker.kind in (Kind.ROMAN, Kind.ARABIC, Kind.ARTICLE) and marker.style == section.style
    return marker.kind is Kind.ROMAN and step < 0 and marker.values == (1,) and marker.rest.isupper()
