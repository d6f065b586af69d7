"""A lineage as SVG: one file, no script, no font and no picture from elsewhere, readable when printed."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from search.directing.lineage import LEVELS, Lineage, Place
from search.directing.standing import work_name
from search.documents.sources import short_issuer, vietnamese_date

_WIDTH, _HEIGHT = 208, 104  # pixels of a box
_ACROSS, _DOWN = 28, 56  # between boxes
_LEFT, _TOP = 132, 64  # room for the names of the levels and for the title
_LINE = 27  # characters of one line of a box
# Fill and border by level; the text on each has a contrast of at least 7 : 1 (WCAG 2.2, AAA).
_COLOURS = {
    "Trung ương": ("#fdecec", "#a3161e"), "Tổng Liên đoàn": ("#e8f0fb", "#1c4f9c"),
    "Tỉnh": ("#eaf6ec", "#1d6b34"), "Ngành": ("#fdf5e2", "#8a5a00"), "Cơ sở": ("#f3ecf9", "#6b3a95"),
    "Chưa rõ": ("#f3f3f3", "#555555"),
}  # fmt: skip
# Colour, dashes and width of a line, so that it can be told without colour too.
_LINES = {
    "implements": ("#1f1f1f", "", 1.6), "basis": ("#1f1f1f", "", 1.6), "cites": ("#8c8c8c", "4 4", 1.0),
    "replaces": ("#b3261e", "10 3", 2.2), "repeals": ("#b3261e", "10 3", 2.2),
    "amends": ("#b3261e", "2 3", 2.2), "ends": ("#b3261e", "10 3", 2.2),
}  # fmt: skip
_LEGEND = (("implements", "triển khai, căn cứ"), ("cites", "nhắc tới"), ("replaces", "thay thế, bãi bỏ"),
           ("amends", "sửa đổi, bổ sung"))  # fmt: skip
Corner = tuple[int, int]  # top left, in pixels
_FIRST = 'font-size="13" font-weight="bold" fill="#1f1f1f"'
_OTHER = 'font-size="12" fill="#1f1f1f"'
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _xml(text: str) -> str:
    """Return `text` safe in XML; characters that XML forbids are dropped."""
    return escape(_NOT_XML.sub("", text))


def draw(lineage: Lineage, title: str = "Sơ đồ văn bản chỉ đạo") -> str:
    """Return a lineage as an SVG document; documents not held have a broken border.

    Args:
        title: The line above the drawing.
    """
    columns = max((place.column for place in lineage.places), default=0) + 1
    rows = max((place.row for place in lineage.places), default=0) + 1
    width = _LEFT + max(columns * (_WIDTH + _ACROSS), 560)
    height = _TOP + rows * (_HEIGHT + _DOWN) + 66
    where = _corners(lineage, columns)
    rows_of: dict[int, list[int]] = {}
    for x, y in sorted(where.values()):
        rows_of.setdefault(y, []).append(x)
    shown = title if len(title) <= width // 11 else title[: width // 11 - 1].rstrip() + "…"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" font-family="sans-serif">',
        f"<title>{_xml(title)}</title>",
        "<defs>",
        *(
            f'<marker id="m-{colour[1:]}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7"'
            f' markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="{colour}"/></marker>'
            for colour in sorted({colour for colour, _, _ in _LINES.values()})
        ),
        "</defs>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="30" font-size="18" font-weight="bold" fill="#1f1f1f">{_xml(shown)}</text>',
        *_bands(lineage, width),
        *(_line(where[e.source], where[e.target], e.kind, rows_of) for e in lineage.edges),
        *(_box(p, where[p.work.work_id], p.work.work_id == lineage.focus) for p in lineage.places),
        _legend(height - 40, lineage.left_out),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _corners(lineage: Lineage, columns: int) -> dict[str, Corner]:
    """Return the top left corner of each box, every row in the middle of the drawing."""
    filled = Counter(place.row for place in lineage.places)
    across, down = _WIDTH + _ACROSS, _HEIGHT + _DOWN
    return {
        place.work.work_id: (
            _LEFT + place.column * across + (columns - filled[place.row]) * across // 2,
            _TOP + place.row * down,
        )
        for place in lineage.places
    }


def _bands(lineage: Lineage, width: int) -> list[str]:
    """Return the name of each level that is drawn, and a thin line above it."""
    parts: list[str] = []
    for level in LEVELS:
        first = min((place.row for place in lineage.places if place.level == level), default=None)
        if first is not None:
            y = _TOP + first * (_HEIGHT + _DOWN)
            parts.append(
                f'<path d="M0 {y - _DOWN // 2}H{width}" stroke="#dddddd"/><text x="16" y="{y + 20}"'
                f' font-size="14" font-weight="bold" fill="{_COLOURS[level][1]}">{_xml(level)}</text>'
            )
    return parts


def _line(source: Corner, target: Corner, kind: str, rows: Mapping[int, Sequence[int]]) -> str:
    """Return a line from a document to the one it carries out: above it, or an arc to one beside it."""
    colour, dashes, thick = _LINES[kind]
    (x1, y1), (x2, y2) = source, target
    x1, x2 = x1 + _WIDTH // 2, x2 + _WIDTH // 2
    path = f"M{x1} {y1}"
    if y1 == y2:
        high = y1 - _DOWN // 2 - min(20, abs(x1 - x2) // 60)
        path += f"C{x1} {high} {x2} {high} {x2} {y2}"
    else:
        begin, end = (y1, y2 + _HEIGHT) if y1 > y2 else (y1 + _HEIGHT, y2)
        path, at = f"M{x1} {begin}", (x1, begin)
        for x, near, far in [*_lanes(source, target, rows), (x2, end, end)]:
            middle = (at[1] + near) // 2
            path += f"C{at[0]} {middle} {x} {middle} {x} {near}" + (f"V{far}" if far != near else "")
            at = (x, far)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{thick}"{dashed}'
        f' marker-end="url(#m-{colour[1:]})"/>'
    )


def _lanes(source: Corner, target: Corner, rows: Mapping[int, Sequence[int]]) -> list[tuple[int, int, int]]:
    """Return where a line crosses the rows between two boxes: (x, the edge it comes to, the edge it leaves).

    It keeps to the gaps: a line that ran behind a third box would seem to be of that one.

    Args:
        rows: Upper edge of a row -> the left edges of its boxes, ascending.
    """
    (x1, y1), (x2, y2) = source, target
    half, lanes = _ACROSS // 2, []
    for y in sorted((y for y in rows if min(y1, y2) < y < max(y1, y2)), reverse=y1 > y2):
        straight = _WIDTH // 2 + x1 + (x2 - x1) * (y - y1) // (y2 - y1)
        at = bisect(rows[y], straight)
        near = rows[y][max(at - 1, 0) : at + 1]
        x = straight
        if any(left - half < straight < left + _WIDTH + half for left in near):
            free = [edge for left in near for edge in (left - half, left + _WIDTH + half)]
            x = min(free, key=lambda lane: (abs(lane - straight), -lane))
        lanes.append((x, y + _HEIGHT, y) if y1 > y2 else (x, y, y + _HEIGHT))
    return lanes


def _box(place: Place, corner: Corner, focus: bool) -> str:
    """Return a box: number, type and date, issuer, the first words of the title; all of it on hovering."""
    work, (x, y) = place.work, corner
    fill, border = _COLOURS[place.level]
    dashed = "" if work.held else ' stroke-dasharray="6 4"'
    date = vietnamese_date(work.date) if work.date else ""
    heading = [work.number] if work.number else _wrapped(work_name(work), 2)
    lines = [
        *heading,
        " · ".join(filter(None, (date, work.type if work.number else ""))),
        short_issuer(work.issuer or "") if work.number else "",
        *(_wrapped(work.title or "", 2) if work.number else ()),
    ]
    text = "".join(
        f'<text x="{x + 10}" y="{y + 20 + 18 * i}" {_FIRST if i < len(heading) else _OTHER}>'
        f"{_xml(_short(line))}</text>"
        for i, line in enumerate(filter(None, lines))
    )
    held = "có trong kho" if work.held else "chưa có trong kho"
    return (
        f'<g data-work="{_xml(work.work_id)}"><title>{_xml(work_name(work))} ({held})'
        f"{_xml(chr(10) + work.title) if work.title else ''}</title>"
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="6" fill="{fill}" stroke="{border}"'
        f' stroke-width="{3.5 if focus else 1.5}"{dashed}/>{text}</g>'
    )


def _short(line: str) -> str:
    return line if len(line) <= _LINE else line[: _LINE - 1].rstrip() + "…"


def _wrapped(text: str, most: int) -> list[str]:
    """Return the first `most` lines of a text, cut between words; "…" where it goes on."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > _LINE and lines[-1]:
            if len(lines) == most:
                lines[-1] = lines[-1][: _LINE - 1] + "…"
                break
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _legend(y: int, left_out: int) -> str:
    parts: list[str] = []
    x = 16
    for kind, label in _LEGEND:
        colour, dashes, thick = _LINES[kind]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        parts.append(
            f'<path d="M{x} {y - 4}h34" stroke="{colour}" stroke-width="{thick}"{dashed}/>'
            f'<text x="{x + 40}" y="{y}" font-size="12" fill="#1f1f1f">{_xml(label)}</text>'
        )
        x += 56 + 7 * len(label)
    note = "khung nét đứt: chưa có trong kho" + (f"; còn {left_out} văn bản không vẽ" if left_out else "")
    parts.append(f'<text x="16" y="{y + 20}" font-size="12" fill="#1f1f1f">{_xml(note)}</text>')
    return "".join(parts)
