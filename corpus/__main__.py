"""python -m corpus FILE [--json]: what was read out of one file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.errors import AppError
from corpus.passages import split_document
from corpus.reading import read_document
from corpus.records import Document


def to_json(document: Document) -> dict[str, Any]:
    """Return the stable form other programs read; unknown is null, dates are ISO."""
    text, head = document.text, document.letterhead
    return {
        "doc": document.doc_id,
        "letterhead": {
            "number": head.number,
            "number_as_read": head.number_as_read,
            "type": head.type,
            "issuer": head.issuer,
            "place": head.place,
            "date": head.date,
            "title": head.title,
            "signer": head.signer,
            "signer_role": head.signer_role,
            "recipients": list(head.recipients),
        },
        "outline": [
            {"address": s.address, "heading": s.heading, "level": s.level}
            for s in document.sections
            if not s.continued
        ],
        "citations": [
            {
                "section": c.section,
                "type": c.type,
                "number": c.number,
                "date": c.date,
                "issuer": c.issuer,
                "title": c.title,
                "quote": text[c.start : c.end],
            }
            for c in document.citations
        ],
        "targets": [
            {
                "section": t.section,
                "kind": t.kind,
                "period": t.period,
                "subject": t.subject,
                "comparator": t.comparator,
                "value": t.value,
                "unit": t.unit,
                "quote": text[t.start : t.end],
            }
            for t in document.targets
        ],
        "passages": [
            {
                "passage": p.passage_id,
                "section": p.section,
                "page": p.page,
                "start": p.start,
                "end": p.end,
                "text": p.text,
            }
            for p in split_document(document)
        ],
        "restatement": document.restatement,
        "warnings": list(document.warnings),
    }


def to_lines(document: Document) -> list[str]:
    """Return the same for people, in Vietnamese: letterhead, outline, counts."""
    head = document.letterhead
    fields = (
        ("Số/ký hiệu", head.number),
        ("Loại", head.type),
        ("Cơ quan ban hành", head.issuer),
        ("Nơi ban hành", head.place),
        ("Ngày", head.date),
        ("Trích yếu", head.title),
        ("Người ký", head.signer),
        ("Chức vụ", head.signer_role),
        ("Nơi nhận", "; ".join(head.recipients) or None),
    )
    lines = [f"{document.source}{' (bản viết lại)' if document.restatement else ''}"]
    lines += [f"  {name}: {value or 'không rõ'}" for name, value in fields]
    lines.append("Đề mục:")
    for section in document.sections:
        if not section.continued:
            bullets = f" [{section.bullets} gạch đầu dòng]" if section.bullets else ""
            lines.append(f"{'  ' * max(1, section.level)}{section.address}  {section.heading}{bullets}")
    lines.append(
        f"{len(split_document(document))} đoạn, {len(document.citations)} lần viện dẫn văn bản khác, "
        f"{len(document.targets)} chỉ tiêu và kết quả"
    )
    lines += [f"Lưu ý: {warning}" for warning in document.warnings]
    return lines


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m corpus", description="Cho biết đọc được gì từ một tệp.")
    parser.add_argument("file", type=Path, metavar="TỆP", help="tệp văn bản cần đọc")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Read one file and print what is known of it.

    Exit codes: 0 done; 1 the file cannot be read; 2 wrong usage.
    """
    options = parse_args(argv)
    try:
        document = read_document(options.file)
    except AppError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(to_json(document), ensure_ascii=False, indent=2))
    else:
        print("\n".join(to_lines(document)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
