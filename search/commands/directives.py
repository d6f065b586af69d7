"""Directives from the command line.

python -m search directives "thực hiện dân chủ ở cơ sở"
python -m search directives 02-NQ/TW --json
python -m search directives 02-NQ/TW --svg so-do.svg
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import AppError
from search.directing.cited import Directives, Governing
from search.directing.graph import SAID_AS, DirectiveGraph, Edge, graph_of
from search.directing.standing import Standing, standing_of, work_name
from search.directing.validity import changes_to, said_of
from search.directives import find_directives, to_json

if TYPE_CHECKING:
    from search.engine import Engine

_SHOWN = 160  # characters of a quotation on the screen; --json gives all


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m search directives",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("query", help="chủ đề, số ký hiệu, hoặc mã văn bản trong kho")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="vẽ sơ đồ văn bản vào tệp SVG")
    parser.add_argument("--index-dir", type=Path, default=Path("data/index"), metavar="DIR")
    return parser.parse_args(argv)


def run(argv: Sequence[str] | None) -> str:
    """Return what to print.

    Raises:
        AppError: No index, an empty question, or the drawing cannot be written.
    """
    args = parse_args(argv)
    from search.engine import Engine

    engine = Engine.open(args.index_dir)
    found = find_directives(engine, args.query)
    if args.svg:
        write_svg(graph_of(engine.bundle), found, args.svg)
    return json.dumps(to_json(engine, found), ensure_ascii=False) if args.json else show(engine, found)


def write_svg(graph: DirectiveGraph, found: Directives, path: Path) -> None:
    """Draw the lineage of what was found: of the first directive, or of the first document."""
    from search.directing.drawing import draw
    from search.directing.lineage import lineage_of

    first = next(iter((*found.directives, *found.documents)), None)
    if first is None:
        raise AppError("Không tìm thấy văn bản nào để vẽ sơ đồ", "Thử chủ đề hoặc số ký hiệu khác")
    drawn = draw(lineage_of(graph, first.work), f"Sơ đồ: {work_name(first.work)}")
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(drawn, encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        raise AppError(
            f"Không ghi được {path}: {error}", "Chọn thư mục khác hoặc kiểm tra quyền ghi"
        ) from None


def show(engine: Engine, found: Directives) -> str:
    """Return the result for people: by level the directives, then the documents that speak of them."""
    if not found.documents and not found.directives:
        return f"Không tìm thấy văn bản nào trong kho nói về hoặc viện dẫn “{found.query}”."
    if found.kind == "number":
        graph = graph_of(engine.bundle)
        return "\n\n".join(_standing(graph, standing_of(graph, g.work)) for g in found.directives)
    if found.kind == "changed":
        return "\n".join(_listed(found.directives))
    lines = ["Văn bản chỉ đạo:"]
    for level in dict.fromkeys(g.work.level for g in found.directives):
        lines.append(f"  {level}")
        lines += _listed(g for g in found.directives if g.work.level == level)
    lines.append("Văn bản trong kho nói về nội dung này:")
    return "\n".join(lines + list(_listed(found.documents)))


def _listed(found: Iterable[Governing]) -> Iterable[str]:
    for governing in found:
        yield f"  - {work_name(governing.work)} ({governing.why})"
        for quote in governing.passages[:1]:
            yield f"      “{_short(quote.quote)}” — {quote.source}"


def _standing(graph: DirectiveGraph, standing: Standing) -> str:
    lines = [work_name(standing.work) + (" (có trong kho)" if standing.work.held else " (chưa có trong kho)")]
    lines += [f"  Hiệu lực: {said_of(graph, change)}" for change in changes_to(graph, standing.work)]
    for conflict in standing.work.conflicts:
        name = {"type": "loại", "issuer": "cơ quan", "date": "ngày"}[conflict.field]
        values = "; ".join(f"{value} ({len(said)} chỗ)" for value, said in conflict.values)
        lines.append(f"  Ghi khác nhau về {name}: {values}")
    parts = (
        ("Thực hiện, căn cứ", standing.implements, True),
        ("Được triển khai bởi", standing.implemented_by, False),
        ("Nhắc tới", standing.cites, True), ("Được nhắc tới trong", standing.cited_by, False),
        ("Thay đổi", standing.changes, True), ("Bị thay đổi bởi", standing.changed_by, False),
    )  # fmt: skip
    for heading, edges, outward in parts:
        if edges:
            lines.append(f"  {heading}:")
            lines += (line for edge in edges for line in _edge(graph, edge, outward))
    for doubt in standing.doubts:
        lines.append(f"  Chưa rõ: “{_short(doubt.quote.quote)}” — {doubt.quote.source} ({doubt.link.why})")
    return "\n".join(lines)


def _edge(graph: DirectiveGraph, edge: Edge, outward: bool) -> Iterable[str]:
    work = graph.work(edge.target if outward else edge.source)
    quote = graph.quote(edge.statements[0])
    yield f"    - {work_name(work)} ({SAID_AS[edge.kind]})"
    yield f"        “{_short(quote.quote)}” — {quote.source}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN].rsplit(" ", 1)[0] + "…"
