"""Chỉ tiêu: every target and result that documents set down, each with its words; lines over the years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from search.indicators import Chosen, Indicator, IndicatorTable
from search.tables.figures import period_name, written
from search.tables.reported import VERDICTS, find_conflicts, match_results, series_of
from ui.frame import INDICATORS, Asked, page
from ui.parts.chart import chart_svg
from ui.parts.render import inert, link_to
from ui.shelf.shelf import pages_html

if TYPE_CHECKING:
    from search.engine import Engine

_PER_PAGE = 50
_FOLDED = 60  # comparisons in a list that is unfolded
_KINDS = {"target": "Chỉ tiêu", "result": "Kết quả"}


def indicators_page(engine: Engine, asked: Asked) -> str:
    """The table; fields: "q" (subject), "nam", "noi", "kieu" (kind), "nhom" (one subject), "trang"."""
    from search.answering.compared import table_of

    table = table_of(engine)
    rows = chosen_rows(table, asked)
    group = asked.one("nhom")
    last = max((len(rows) + _PER_PAGE - 1) // _PER_PAGE, 1)
    number = max(asked.count("trang", 1, last), 1)
    shown = rows[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    chart = _chart(rows) if group and rows else ""
    heading = f"<h2>{inert(rows[0].label)}</h2>" if group and rows else ""
    compared = _compared(rows) if group or asked.one("q") else ""
    save = (
        f'<p class="viec"><a href="{asked.address("chi-tieu.xlsx", trang="")}" download>Tải bảng Excel</a>'
        f'<a href="{asked.address("chi-tieu.csv", trang="")}" download>Tải CSV</a></p>'
        if rows
        else ""
    )
    count = f"{len(rows)} dòng" if rows else "Không có dòng nào"
    body = (
        f'<main id="noi-dung" class="kho"><h1>{INDICATORS.name}</h1>'
        f'<div class="hai-ben">{_form(table, asked)}<div class="ket-qua">{heading}{chart}{compared}'
        f'<p class="so-luong" role="status">{count}</p>{_table(table, shown) if rows else _nothing(table)}'
        f"{pages_html(number, last, asked, INDICATORS)}{save}</div></div></main>"
    )
    return page(INDICATORS.name, body, INDICATORS)


def chosen_rows(table: IndicatorTable, asked: Asked) -> list[Indicator]:
    """Return the rows a request asks for."""
    chosen = Chosen(
        subject=asked.one("q") or None,
        year=asked.count("nam", 0, 9999) or None,
        place=asked.one("noi") or None,
        kind=asked.one("kieu") if asked.one("kieu") in _KINDS else None,
    )
    group = asked.one("nhom")
    rows = table.choose(chosen)
    return [row for row in rows if row.group_id == group] if group else rows


def spreadsheet(engine: Engine, asked: Asked, suffix: str) -> bytes:
    """Return the rows a request asks for as a file of the office programs: ".xlsx" or ".csv"."""
    from search.answering.compared import table_of
    from search.commands.indicators import HEAD, cells
    from search.tables.spreadsheet import write_csv, write_xlsx

    rows = [cells(row) for row in chosen_rows(table_of(engine), asked)]
    with TemporaryDirectory(prefix="tracuu-") as folder:
        path = Path(folder) / f"chi-tieu{suffix}"
        (write_xlsx if suffix == ".xlsx" else write_csv)(path, HEAD, rows)
        return path.read_bytes()


def _table(table: IndicatorTable, rows: Iterable[Indicator]) -> str:
    listed = "".join(_row(table, row) for row in rows)
    return (
        '<table class="bang chi-tieu"><thead><tr><th scope="col">Nội dung</th><th scope="col">Con số</th>'
        '<th scope="col">Thời gian</th><th scope="col">Đơn vị</th><th scope="col">Nguồn</th></tr></thead>'
        f"<tbody>{listed}</tbody></table>"
    )


def _row(table: IndicatorTable, row: Indicator) -> str:
    target, quoted = row.target, row.quotation
    href = "./" + link_to(quoted.doc_id, quoted.section, quoted.start, quoted.end)
    together = len(table.group(row.group_id))
    same = ""
    if together > 1:
        address = Asked({"nhom": [row.group_id]}).address(INDICATORS.path)
        same = f'<a class="cung" href="{address}">So {together} số liệu cùng nội dung</a>'
    return (
        f'<tr><th scope="row">{inert(row.shown)}{same}</th>'
        f'<td data-ten="{_KINDS[target.kind]}"><strong>{inert(written(target))}</strong>'
        f'<span class="nhan">{_KINDS[target.kind].lower()}</span></td>'
        f'<td data-ten="Thời gian">{inert(period_name(target.period))}</td>'
        f'<td data-ten="Đơn vị">{inert(row.issuer or row.place or "—")}</td>'
        f'<td data-ten="Nguồn"><a href="{href}">{inert(_source(row))}</a></td></tr>'
    )


def _source(row: Indicator) -> str:
    """Number and section: issuer and time have columns of their own."""
    quoted = row.quotation
    restated = " (bản viết lại)" if quoted.source.endswith("(bản viết lại)") else ""
    return f"{quoted.number}, mục {quoted.section}{restated}" if quoted.number else quoted.source


def _compared(rows: Sequence[Indicator]) -> str:
    """Targets beside the results reported for them, and figures of two documents that cannot both hold."""
    judged = [
        f"{inert(m.target.label)}, {inert(m.target.place or m.target.issuer)}: "
        f"<strong>{VERDICTS[m.verdict]}</strong>; chỉ tiêu {_cited(m.target)}; kết quả {_cited(m.result)}"
        + (f" – {inert(m.reason)}" if m.reason else "")
        for m in match_results(rows)
    ]
    differing = [
        f"{inert(c.one.label)}, {inert(c.one.place or c.one.issuer)}: {_cited(c.one)}; {_cited(c.other)}"
        for c in find_conflicts(rows)
    ]
    return _folded("Chỉ tiêu và kết quả", judged) + _folded("Số liệu không khớp nhau", differing)


def _folded(name: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    listed = "".join(f"<li>{item}</li>" for item in items[:_FOLDED])
    if len(items) > _FOLDED:
        listed += f"<li>và {len(items) - _FOLDED} chỗ khác: hãy chọn năm, địa phương để thu hẹp</li>"
    return f'<details class="doi-chieu"><summary>{name} ({len(items)})</summary><ul>{listed}</ul></details>'


def _cited(row: Indicator) -> str:
    quoted = row.quotation
    href = "./" + link_to(quoted.doc_id, quoted.section, quoted.start, quoted.end)
    said = f"{written(row.target)}, {period_name(row.target.period)}"
    return f'<a href="{href}">{inert(said)} ({inert(_source(row))})</a>'


def _chart(rows: Sequence[Indicator]) -> str:
    return chart_svg(series_of(rows), rows[0].target.unit)


def _form(table: IndicatorTable, asked: Asked) -> str:
    years = sorted({year for row in table.rows for year in row.years}, reverse=True)
    places = sorted({row.place for row in table.rows if row.place})
    group = asked.one("nhom")
    kept = f'<input type="hidden" name="nhom" value="{inert(group)}">' if group else ""
    back = f'<p><a href="./{INDICATORS.path}">‹ Tất cả chỉ tiêu</a></p>' if group else ""
    return (
        f'<form class="loc" method="get" action="./{INDICATORS.path}" aria-label="Lọc chỉ tiêu" data-tu-gui>'
        f'{back}{kept}<label class="ten-o" for="q">Nội dung</label><input id="q" name="q" type="search" '
        f'value="{inert(asked.one("q"))}" maxlength="300" autocomplete="off">'
        "<details open><summary>Lọc</summary>"
        f"{_choice('nam', 'Năm', [(str(y), str(y)) for y in years], asked)}"
        f"{_choice('noi', 'Địa phương', [(p, p) for p in places], asked)}"
        f"{_choice('kieu', 'Loại', list(_KINDS.items()), asked)}</details>"
        '<button class="nut">Lọc</button></form>'
    )


def _choice(name: str, label: str, values: Iterable[tuple[str, str]], asked: Asked) -> str:
    options = "".join(
        f'<option value="{inert(value)}"{" selected" * (value == asked.one(name))}>{inert(shown)}</option>'
        for value, shown in values
    )
    return (
        f'<label class="ten-o" for="{name}">{label}</label><select id="{name}" name="{name}">'
        f'<option value="">Tất cả</option>{options}</select>'
    )


def _nothing(table: IndicatorTable) -> str:
    if not table.rows:
        return '<p class="trong">Chưa đọc được chỉ tiêu hay kết quả nào trong các văn bản của kho.</p>'
    all_rows = f'<a href="./{INDICATORS.path}">Xem tất cả</a>'
    return f'<p class="trong">Không có chỉ tiêu nào như đã chọn. {all_rows}, hoặc thử từ ngữ khác.</p>'
