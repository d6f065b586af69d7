"""A line chart as SVG, made on the server: one line for each place and kind, figures written out."""

from __future__ import annotations

from collections.abc import Sequence

from search.figures import amount_of, period_name, written
from search.reported import Line
from ui.render import inert

_WIDTH, _HEIGHT = 760, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 24, 24, 40, 56
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
    legend = []
    for n, (line, points) in enumerate(drawn):
        colour = f"d{n % _COLOURS}{' ket-qua-ve' if line.kind == 'result' else ''}"
        at = [(across[period], height(value), said) for period, value, said in points]
        if len(at) > 1:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in at)
            parts.append(f'<polyline class="duong {colour}" points="{path}"/>')
        for x, y, said in at:
            parts.append(f'<circle class="diem {colour}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>')
            parts.append(
                f'<text class="so" x="{x:.1f}" y="{y - 12:.1f}" text-anchor="middle">{inert(said)}</text>'
            )
        kind = "kết quả" if line.kind == "result" else "chỉ tiêu"
        legend.append(f'<span class="chu-giai {colour}">{inert(line.place or "không rõ nơi")}: {kind}</span>')
    title = f"Biểu đồ theo thời gian{f', đơn vị: {inert(unit)}' if unit else ''}"
    return (
        f'<figure class="bieu-do"><svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}">'
        f"{''.join(parts)}</svg><figcaption>{''.join(legend)}</figcaption></figure>"
    )


def _points(line: Line) -> list[tuple[str, float, str]]:
    """(period, height, the figure as written) of the rows that have one number."""
    points: list[tuple[str, float, str]] = []
    for period, row in line.points:
        amount = amount_of(row.target)
        bound = None if amount is None else amount.low if amount.low is not None else amount.high
        if bound is not None and bound >= 0:
            points.append((period, float(bound), written(row.target)))
    return points


def _year(period: str) -> tuple[str, str]:
    digits = "".join(char if char.isdigit() else " " for char in period).split()
    return (digits[-1] if digits[-1:] and len(digits[-1]) == 4 else (digits or [""])[0], period)
