"""The drafting desk from the command line.

python -m search precedents DU-THAO.docx
python -m search precedents DU-THAO.docx --check --json
python -m search precedents --compare KE-HOACH-CU.docx KE-HOACH-MOI.docx
python -m search precedents --outline "Kế hoạch" "công tác nữ công" --year 2026 --out DE-CUONG.docx
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from search.directing.standing import quote_json
from search.drafting.differences import Difference
from search.drafting.drafts import Paragraph, read_draft
from search.drafting.findings import FINDING_NAMES, SEVERITY_NAMES, Finding
from search.drafting.sectionkinds import KIND_NAMES
from search.drafting.sidebyside import (
    Comparison,
    FigureChange,
    Heading,
    Part,
    Row,
    SectionRow,
    compare_documents,
)

if TYPE_CHECKING:
    from search.drafting.outlines import Borrowed, Outline
    from search.precedents import DraftFound, Precedent

_SHOWN = 160  # characters of a quotation on the screen; --json gives all
_SIGNS = {"same": " ", "changed": "~", "added": "+", "removed": "-"}


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m search precedents",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("draft", type=Path, nargs="?", help="bản thảo: .docx, .doc, .pdf, .txt...")
    job = parser.add_mutually_exclusive_group()
    job.add_argument("--check", action="store_true", help="rà soát bản thảo")
    job.add_argument("--compare", type=Path, nargs=2, metavar=("CŨ", "MỚI"), help="so hai văn bản")
    job.add_argument("--outline", nargs=2, metavar=("LOẠI", "CHỦ_ĐỀ"), help="lập đề cương")
    parser.add_argument("--out", type=Path, metavar="FILE.docx", help="ghi đề cương vào tệp Word")
    parser.add_argument("--issuer", help="cơ quan ban hành của đề cương; cấp ủy Đảng có thể thức riêng")
    parser.add_argument("--place", help="địa phương của đề cương")
    parser.add_argument("--year", type=int, help="năm của đề cương")
    parser.add_argument("--k", type=int, default=3, help="số tiền lệ cho mỗi đoạn (mặc định 3)")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    parser.add_argument("--index-dir", type=Path, default=Path("data/index"), metavar="DIR")
    args = parser.parse_args(argv)
    if (args.draft is None) == (args.compare is None and args.outline is None):
        parser.error("cần một bản thảo, hoặc --compare CŨ MỚI, hoặc --outline LOẠI CHỦ_ĐỀ")
    if args.k < 1:
        parser.error("--k phải là số từ 1 trở lên")
    if args.out and not args.outline:
        parser.error("--out chỉ dùng cùng --outline")
    return args


def run(argv: Sequence[str] | None) -> str:
    """Do what was asked; return what goes to stdout.

    Raises:
        AppError: No index, a file that cannot be read or written, an unknown type of document.
    """
    args = parse_args(argv)
    if args.compare:
        comparison = compare_documents(*map(read_draft, args.compare))
        return _written(args, comparison_json(comparison), show_comparison(comparison))
    draft = read_draft(args.draft) if args.draft else None
    from search.engine import Engine

    engine = Engine.open(args.index_dir)
    if draft is None:
        from search.drafting.outlinedocx import write_outline
        from search.drafting.outlines import make_outline

        outline = make_outline(engine, *args.outline, issuer=args.issuer, place=args.place, year=args.year)
        if args.out:
            write_outline(outline, args.out)
        return _written(args, outline_json(outline), show_outline(outline, args.out))
    if args.check:
        from search.drafting.draftcheck import check_draft

        found = check_draft(engine, draft)
        return _written(args, [finding_json(f) for f in found], show_findings(draft.text, found))
    from search.precedents import find_precedents

    precedents = find_precedents(engine, draft, args.k)
    return _written(args, found_json(precedents), show_found(precedents))


def _written(args: argparse.Namespace, made: object, shown: str) -> str:
    return json.dumps(made, ensure_ascii=False) if args.json else shown


def found_json(found: DraftFound) -> dict[str, Any]:
    """Return a draft's paragraphs with their precedents."""
    return {
        "type": found.draft.letterhead.type,
        "left_out": list(found.left_out),
        "paragraphs": [
            {
                **_paragraph_json(one.paragraph),
                "precedents": [_precedent_json(precedent) for precedent in one.precedents],
            }
            for one in found.paragraphs
        ],
    }


def _paragraph_json(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "start": paragraph.start, "end": paragraph.end, "text": paragraph.text, "section": paragraph.section,
        "headings": list(paragraph.headings), "kind": paragraph.kind,
    }  # fmt: skip


def _precedent_json(one: Precedent) -> dict[str, Any]:
    return {
        "doc": one.doc_id, "start": one.start, "end": one.end, "text": one.text, "kind": one.kind,
        "same_kind": one.same_kind, "same_type": one.same_type, "covered": round(one.covered, 4),
        "likeness": round(one.likeness, 4), "score": round(one.score, 6),
        "source": one.quotation.source, "quotation": quote_json(one.quotation),
        "differences": [difference_json(d) for d in one.differences],
        "also": [quote_json(quote) for quote in one.also],
    }  # fmt: skip


def difference_json(piece: Difference) -> dict[str, Any]:
    return {"op": piece.op, "ours": piece.ours, "theirs": piece.theirs, "about": piece.about}


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return two documents side by side."""
    return {
        "one": comparison.one.source,
        "other": comparison.other.source,
        "counts": {status: comparison.count(status) for status in ("same", "changed", "added", "removed")},
        "sections": [_section_json(section) for section in comparison.sections],
        "figures": [
            {name: getattr(f, name) for name in FigureChange.__slots__} for f in comparison.figures
        ],
    }  # fmt: skip


def _section_json(section: SectionRow) -> dict[str, Any]:
    return {
        "status": section.status,
        "kind": section.kind,
        "one": _heading_json(section.one),
        "other": _heading_json(section.other),
        "rows": [_row_json(row) for row in section.rows],
    }


def _heading_json(heading: Heading | None) -> dict[str, Any] | None:
    if heading is None:
        return None
    return {"address": heading.address, "name": heading.name, "heading": heading.heading}


def _row_json(row: Row) -> dict[str, Any]:
    def part(one: Part | None) -> dict[str, Any] | None:
        return None if one is None else {"start": one.start, "end": one.end, "text": one.text}

    return {
        "status": row.status,
        "one": part(row.one),
        "other": part(row.other),
        "differences": [difference_json(piece) for piece in row.differences],
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind, "severity": finding.severity, "start": finding.start, "end": finding.end,
        "message": finding.message, "evidence": [quote_json(quote) for quote in finding.evidence],
    }  # fmt: skip


def outline_json(outline: Outline) -> dict[str, Any]:
    """Return an outline; `to_replace` are spans in `quote`."""

    def borrowed(one: Borrowed) -> dict[str, Any]:
        quoted = quote_json(one.quotation)
        return {
            **quoted,
            "to_replace": [list(span) for span in one.to_replace],
            "number_of_source": one.source,
        }

    return {
        "type": outline.type, "topic": outline.topic, "title": outline.title,
        "issuer": outline.issuer, "place": outline.place,
        "year": outline.year, "basis": [borrowed(one) for one in outline.basis],
        "parts": [
            {"heading": p.heading, "kind": p.kind, "note": p.note, "items": list(map(borrowed, p.items))}
            for p in outline.parts
        ],
        "sources": list(outline.sources), "notes": list(outline.notes),
    }  # fmt: skip


def show_found(found: DraftFound) -> str:
    lines = (
        [f"Chính bản thảo đã có trong kho, không tính: {', '.join(found.left_out)}"] if found.left_out else []
    )
    for one in found.paragraphs:
        lines.append(
            f"[{one.paragraph.section}, {KIND_NAMES[one.paragraph.kind]}] {_short(one.paragraph.text)}"
        )
        if not one.precedents:
            lines.append("    Không tìm thấy tiền lệ gần.")
        for precedent in one.precedents:
            lines.append(
                f"    {precedent.likeness:4.0%} “{_short(precedent.text)}” — {precedent.quotation.source}"
            )
            changed = "; ".join(_changes(precedent.differences))
            if changed:
                lines.append(f"         {changed}")
    return "\n".join(lines) or "Bản thảo không có đoạn nào để tìm tiền lệ."


def _changes(pieces: Sequence[Difference]) -> Iterator[str]:
    """Yield the figures that differ, the draft's first."""
    for piece in pieces:
        if piece.about != "words":
            yield f"{_short(piece.ours) or '—'} / {_short(piece.theirs) or '—'}"


def show_findings(text: str, found: Sequence[Finding]) -> str:
    lines: list[str] = []
    for finding in found:
        line = text.count("\n", 0, finding.start) + 1
        kind = f"[{SEVERITY_NAMES[finding.severity]}] {FINDING_NAMES[finding.kind]}"
        lines.append(f"dòng {line}: {kind}: {finding.message}")
        lines += [f"    “{_short(quote.quote)}” — {quote.source}" for quote in finding.evidence]
    return "\n".join(lines) or "Không thấy điều gì phải sửa."


def show_comparison(comparison: Comparison) -> str:
    counts = [comparison.count(status) for status in ("same", "changed", "added", "removed")]
    lines = ["Giữ nguyên {} đoạn, sửa {}, thêm {}, bỏ {}.".format(*counts)]
    for section in comparison.sections:
        names = [h.name + (f" {h.heading}" if h.heading else "") for h in (section.one, section.other) if h]
        lines.append(f"{_SIGNS[section.status]} {' | '.join(dict.fromkeys(names))}")
        for row in section.rows:
            if row.status != "same":
                part = row.other or row.one
                lines.append(f"    {_SIGNS[row.status]} {_short(part.text if part else '')}")
    if comparison.figures:
        lines.append("Số liệu thay đổi:")
    for figure in comparison.figures:
        change = f"{figure.before or '(không có)'} -> {figure.after or '(không có)'}"
        lines.append(f"  {figure.section}: … {figure.words} {change} {figure.then}".rstrip())
    return "\n".join(lines)


def show_outline(outline: Outline, out: Path | None) -> str:
    lines = [f"{outline.type.upper()}: {outline.title}", *(f"({note})" for note in outline.notes)]
    lines += [f"  {_short(one.quotation.quote)} [{one.source}]" for one in outline.basis]
    for part in outline.parts:
        lines.append(part.heading)
        lines += [f"  - {_short(one.quotation.quote)} [{one.source}]" for one in part.items]
        lines += [f"  ({part.note})"] if part.note else []
    lines += [f"[{number}] {source}" for number, source in enumerate(outline.sources, 1)]
    return "\n".join(lines + ([f"-> {out}"] if out else []))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN].rsplit(" ", 1)[0] + "…"
