"""A line chart as SVG, made on the server: one line for each place and kind, figures written out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from search.tables.figures import amount_of, period_name, written
from search.tables.reported import Line
from ui.parts.render import inert

_WIDTH, _HEIGHT = 760, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 24, 24, 40, 56
_LETTERS = 17  # height of a figure with the space it needs
_COLOURS = 5  # classes d0 to d4 in places.css; dashes tell results from targets without colour


def chart_svg(lines: Sequence[Line], unit: str) -> str:
    """Return a chart of the lines; "" where fewer than two periods have a figure to draw.

    Words and ranges have no place on an axis and are left to the table.
    """
    drawn = [(line, points) for line in lines if (points := _points(line))]
    periods = sorted({period for _, points in drawn for period, _, _ in points}, key=_year)
    if len(periods) < 2:
        return ""
    highest = max(value for _, points in drawn for _, value, _ in points) or 1.0
    step = (_WIDTH - _LEFT - _RIGHT - 80) / (len(periods) - 1)
    across = {period: _LEFT + 40 + step * n for n, period in enumerate(periods)}
    base = _HEIGHT - _BOTTOM

    def height(value: float) -> float:
        return base - (base - _TOP) * value / highest

    parts = [f'<line class="truc" x1="{_LEFT}" y1="{base}" x2="{_WIDTH - _RIGHT}" y2="{base}"/>']
    parts += [
        f'<text class="moc" x="{x:.0f}" y="{base + 22}" text-anchor="middle">'
        f"{inert(period_name(period))}</text>"
        for period, x in across.items()
    ]
    legend, labels = [], defaultdict(list)
    places = list(dict.fromkeys(line.place for line, _ in drawn))
    for line, points in drawn:  # one colour for a place, dashes for its results
        colour = f"d{places.index(line.place) % _COLOURS}{' ket-qua-ve' if line.kind == 'result' else ''}"
        at = [(across[period], height(value), said) for period, value, said in points]
        if len(at) > 1:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in at)
            parts.append(f'<polyline class="duong {colour}" points="{path}"/>')
        for x, y, said in at:
            parts.append(f'<circle class="diem {colour}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
            labels[x].append((y, said))
        kind = "kết quả" if line.kind == "result" else "chỉ tiêu"
        legend.append(f'<span class="chu-giai {colour}">{inert(line.place or "không rõ nơi")}: {kind}</span>')
    parts += [
        f'<text class="so" x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{inert(said)}</text>'
        for x, column in labels.items()
        for y, said in _apart(column)
    ]
    if unit and not _is_short(unit):
        legend.append(f"<span>Đơn vị tính: {inert(unit)}</span>")
    title = f"Biểu đồ theo thời gian{f', đơn vị: {inert(unit)}' if unit else ''}"
    return (
        f'<figure class="bieu-do"><svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}">'
        f"{''.join(parts)}</svg><figcaption>{''.join(legend)}</figcaption></figure>"
    )


def _apart(column: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Return where the figures of one time are written: above their points, below them where that is taken.

    >>> _apart([(100.0, "a"), (104.0, "b"), (200.0, "c")])
    [(88.0, 'a'), (128.0, 'b'), (188.0, 'c')]
    """
    placed: list[tuple[float, str]] = []
    lowest: float = -_LETTERS
    for y, said in sorted(column):
        free = (at for at in (y - 12, y + 24) if at - lowest >= _LETTERS)
        lowest = next(free, lowest + _LETTERS)
        placed.append((lowest, said))
    return placed


def _is_short(unit: str) -> bool:
    return len(unit) <= 2


def _points(line: Line) -> list[tuple[str, float, str]]:
    """(period, height, the figure as written) of the rows that have one number."""
    points: list[tuple[str, float, str]] = []
    for period, row in line.points:
        amount = amount_of(row.target)
        bound = None if amount is None else amount.low if amount.low is not None else amount.high
        if bound is not None and bound >= 0:
            target = row.target if _is_short(row.target.unit) else replace(row.target, unit="")
            points.append((period, float(bound), written(target)))
    return points


def _year(period: str) -> tuple[str, str]:
    digits = "".join(char if char.isdigit() else " " for char in period).split()
    return (digits[-1] if digits[-1:] and len(digits[-1]) == 4 else (digits or [""])[0], period)
