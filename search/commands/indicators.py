"""The table of chỉ tiêu from the command line.

python -m search indicators "thỏa ước lao động tập thể" --year 2023
python -m search indicators --place "Lai Châu" --xlsx chi-tieu.xlsx
python -m search indicators --conflicts --json
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.errors import AppError
from corpus.words.glossary import Glossary
from search.indicators import Chosen, Indicator, IndicatorTable
from search.tables.figures import amount_of, period_name, written
from search.tables.reported import VERDICTS, Conflict, Line, Match, find_conflicts, match_results, series_of
from search.tables.spreadsheet import Value, write_csv, write_xlsx

HEAD = (
    "Nội dung", "Nhóm nội dung", "Loại", "So sánh", "Giá trị", "Giá trị (số)", "Đơn vị", "Thời gian",
    "Đơn vị ban hành", "Địa phương", "Văn bản", "Mục", "Trích nguyên văn", "Nguồn", "Mã nhóm",
)  # fmt: skip
_KINDS = {"target": "chỉ tiêu", "result": "kết quả"}


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m search indicators",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("subject", nargs="?", help="nội dung cần tìm; để trống là tất cả")
    parser.add_argument("--year", type=int, help="năm")
    parser.add_argument("--place", help="tỉnh, thành phố, hoặc 'Toàn quốc'")
    parser.add_argument("--issuer", help="cơ quan ban hành, ví dụ 'LĐLĐ tỉnh Lai Châu'")
    parser.add_argument("--unit", help="đơn vị tính, ví dụ '%%'")
    parser.add_argument("--kind", choices=("target", "result"), help="chỉ tiêu hay kết quả")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--matches", action="store_true", help="kết quả đặt cạnh chỉ tiêu")
    shown.add_argument("--conflicts", action="store_true", help="các số liệu mâu thuẫn nhau")
    out = parser.add_mutually_exclusive_group()
    out.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    out.add_argument("--csv", type=Path, metavar="FILE", help="ghi bảng ra tệp CSV")
    out.add_argument("--xlsx", type=Path, metavar="FILE", help="ghi bảng ra tệp Excel")
    parser.add_argument("--index-dir", type=Path, default=Path("data/index"), metavar="DIR")
    args = parser.parse_args(argv)
    if (args.matches or args.conflicts) and (args.csv or args.xlsx):
        parser.error("--csv và --xlsx ghi bảng; không dùng cùng --matches hay --conflicts")
    return args


def open_table(index_dir: Path) -> IndicatorTable:
    """Return the table of an index; needs neither encoder nor vectors.

    Raises:
        MissingIndexError, StaleIndexError, DamagedIndexError: see corpus.errors.
    """
    from index.bundle import Bundle
    from index.encoder import LazyEncoder
    from index.manifest import read_manifest

    manifest = read_manifest(index_dir)
    bundle = Bundle.open(index_dir, LazyEncoder(manifest.encoder, manifest.dim))
    documents = [bundle.documents[doc_id] for doc_id in sorted(bundle.documents)]
    glossary = Glossary.shipped().learn([document.text for document in documents])
    return IndicatorTable.of(documents, glossary)


def run(argv: Sequence[str] | None) -> str:
    """Do what was asked; return what goes to stdout."""
    args = parse_args(argv)
    table = open_table(args.index_dir)
    rows = table.choose(Chosen(args.subject, args.year, args.place, args.issuer, args.unit, args.kind))
    if args.csv or args.xlsx:
        if not rows:
            raise AppError("Không có dòng nào khớp điều kiện đã chọn", "Hãy bỏ bớt điều kiện rồi chạy lại")
        write = write_csv if args.csv else write_xlsx
        write(args.csv or args.xlsx, HEAD, [cells(row) for row in rows])
        return f"Đã ghi {len(rows)} dòng -> {args.csv or args.xlsx}"
    if args.json:
        return json.dumps(to_json(rows), ensure_ascii=False)
    if args.conflicts:
        return "\n".join(map(show_conflict, find_conflicts(rows))) or "Không thấy số liệu nào mâu thuẫn nhau."
    if args.matches:
        found = match_results(rows)
        return "\n".join(map(show_match, found)) or "Không có kết quả nào đặt cạnh được chỉ tiêu."
    return "\n".join(map(show, rows)) or "Không có dòng nào khớp điều kiện đã chọn."


def cells(row: Indicator) -> list[Value]:
    """Return a row's cells under `HEAD`; a figure that is one number is a number too."""
    target, quoted = row.target, row.quotation
    signs = {">": "trên", ">=": "từ ... trở lên", "<": "dưới", "<=": "không quá", "=": "", "~": "khoảng"}
    amount = amount_of(target) if "/" not in target.value and "-" not in target.value else None
    number = None if amount is None else amount.low if amount.low is not None else amount.high
    return [
        target.subject, row.label, _KINDS[target.kind], signs[target.comparator], target.value,
        None if number is None else _plain(number), target.unit, period_name(target.period), row.issuer,
        row.place, quoted.number or quoted.doc_id, quoted.section, quoted.quote, quoted.source, row.group_id,
    ]  # fmt: skip


def _plain(number: Decimal) -> int | float:
    """A whole number without ".0", which a Vietnamese Excel would not read as a number in CSV."""
    return int(number) if number == number.to_integral_value() else float(number)


def row_json(row: Indicator) -> dict[str, Any]:
    target, quoted = row.target, row.quotation
    return {
        "subject": target.subject, "label": row.label, "group": row.group_id, "kind": target.kind,
        "comparator": target.comparator, "value": target.value, "unit": target.unit, "period": target.period,
        "issuer": row.issuer, "place": row.place, "comparable": row.sure, "doc": quoted.doc_id,
        "number": quoted.number, "section": quoted.section, "page": quoted.page, "quote": quoted.quote,
        "start": quoted.start, "end": quoted.end, "source": quoted.source,
    }  # fmt: skip


def to_json(rows: Sequence[Indicator]) -> dict[str, Any]:
    """Return rows, matches, conflicts and series; the last three name rows by their place in `rows`."""
    at = {id(row): i for i, row in enumerate(rows)}
    groups: dict[str, list[Indicator]] = {}
    for row in rows:
        groups.setdefault(row.group_id, []).append(row)
    return {
        "rows": [row_json(row) for row in rows],
        "matches": [_match_json(match, at) for match in match_results(rows)],
        "conflicts": [[at[id(c.one)], at[id(c.other)]] for c in find_conflicts(rows)],
        "series": [
            {"group": group, "label": together[0].label, "lines": [_line_json(line, at) for line in lines]}
            for group, together in groups.items()
            if len(together) > 1 and (lines := series_of(together))
        ],
    }


def _match_json(match: Match, at: dict[int, int]) -> dict[str, Any]:
    return {
        "target": at[id(match.target)],
        "result": at[id(match.result)],
        "verdict": match.verdict,
        "reason": match.reason,
    }


def _line_json(line: Line, at: dict[int, int]) -> dict[str, Any]:
    points = [[period, at[id(row)]] for period, row in line.points]
    return {"place": line.place, "kind": line.kind, "points": points}


def show(row: Indicator) -> str:
    return (
        f"{_KINDS[row.target.kind]:8} {period_name(row.target.period)}: {written(row.target)} "
        f"({row.target.subject})\n  — {row.quotation.source}"
    )


def show_match(match: Match) -> str:
    reason = f": {match.reason}" if match.reason else ""
    return "\n".join([f"{VERDICTS[match.verdict]}{reason}", _quoted(match.target), _quoted(match.result)])


def show_conflict(conflict: Conflict) -> str:
    head = f"mâu thuẫn, {period_name(conflict.one.target.period)}: {conflict.one.label}"
    return "\n".join([head, _quoted(conflict.one), _quoted(conflict.other)])


def _quoted(row: Indicator) -> str:
    quote = " ".join(row.quotation.quote.split())
    return f"  {_KINDS[row.target.kind]}: “{quote}” — {row.quotation.source}"
