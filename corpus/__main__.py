"""What was read out of one file, and the abbreviations that are known.

python -m corpus FILE [--json]
python -m corpus --glossary [FOLDER] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.errors import AppError
from corpus.library.corrections import FIELDS, correction_of
from corpus.library.files import printable
from corpus.library.review import glossary_json, glossary_lines, glossary_of
from corpus.passages import split_document
from corpus.reading import read_document, with_correction
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
            "cosigners": [{"signer": name, "signer_role": role or None} for name, role in head.cosigners],
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
        "footnotes": [
            {
                "number": n.label,
                "mark_start": n.mark_start,
                "mark_end": n.mark_end,
                "start": n.start,
                "end": n.end,
                "text": text[n.start : n.end],
            }
            for n in document.footnotes
        ],
        "restatement": document.restatement,
        "corrected": list(document.corrected),
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
        *(("Cùng ký", f"{name} ({role})" if role else name) for name, role in head.cosigners),
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
    if document.corrected:
        lines.append(f"Đã sửa bằng tay: {', '.join(FIELDS[name] for name in document.corrected)}")
    lines += [f"Lưu ý: {warning}" for warning in document.warnings]
    return lines


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m corpus",
        description="Cho biết đọc được gì từ một tệp, hoặc liệt kê các chữ viết tắt (--glossary).",
    )
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="TỆP",
        help="tệp văn bản cần đọc; với --glossary: thư mục văn bản để học chữ viết tắt (có thể bỏ trống)",
    )  # fmt: skip
    parser.add_argument(
        "--glossary", action="store_true", help="liệt kê chữ viết tắt có sẵn và học được, kèm nguồn"
    )
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    options = parser.parse_args(argv)
    if options.file is None and not options.glossary:
        parser.error("cần chỉ ra TỆP, hoặc dùng --glossary")
    return options


def main(argv: Sequence[str] | None = None) -> int:
    """Read one file and print what is known of it, or list the abbreviations.

    Exit codes: 0 done; 1 the file or folder cannot be read; 2 wrong usage.
    """
    options = parse_args(argv)
    try:
        if options.glossary:
            _print_glossary(options.file, as_json=options.json)
            return 0
        document = read_document(options.file)
        if correction := correction_of(options.file):
            document = with_correction(document, correction)
    except AppError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(to_json(document), ensure_ascii=False, indent=2))
    else:
        print("\n".join(to_lines(document)))
    return 0


def _print_glossary(folder: Path | None, *, as_json: bool) -> None:
    glossary, failed = glossary_of(folder)
    for file in failed:
        print(f"Không đọc được {printable(file.name)}: {file.reason}. {file.remedy}", file=sys.stderr)
    if as_json:
        print(json.dumps(glossary_json(glossary, failed), ensure_ascii=False, indent=2))
    else:
        print("\n".join(glossary_lines(glossary)))


if __name__ == "__main__":
    sys.exit(main())
