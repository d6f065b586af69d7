"""What follows a document in its file: appendices, forms, another document with a letterhead of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.structure.closing import closing_cells, drop_digital, is_name, is_recipients, is_role, signs_for
from corpus.structure.headings import to_roman
from corpus.structure.lines import Line, split_cells
from corpus.text import fold

AFTERWARDS = "Sau chữ ký"

APPENDIX = re.compile(r"phu luc(?:\s+(?:so\s+)?([ivx]+|\d{1,2}|[a-z]))?\s*(?:[.:(–-].*)?")
# "Mẫu số 01", "Biểu mẫu 2/CĐ", "Phụ biểu 03:"; a bare "Mẫu" or "Biểu" is a word of the text.
_FORM = re.compile(
    r"(?P<kind>bieu mau|phu bieu|mau bieu|mau|bieu)(?:\s+so)?\s*:?\s+"
    r"(?P<number>\d{1,2}[a-d]?|[ivx]{1,4})(?!\w)"
    r"(?:\s?[/-]\s?[^\s.:(]{1,20})?\s*(?:[.:(–-].*)?"
)
_ATTACHED = re.compile(
    r"(?:phu luc|danh sach|danh muc|bieu|mau|bang|de cuong|quy che|quy dinh|dieu le|noi quy"
    r"|chuong trinh|ke hoach|de an"
    r"|phuong an|bao cao|huong dan|tong hop|thong ke|lich|don|phieu|giay|bien ban|quy trinh|thuyet minh)\b"
)
_SECOND_SIGNATURE = re.compile(
    r"(?:xac nhan|y kien|phe duyet|duyet|dai dien|nguoi|ben [ab]|chung thuc|cong doan cap tren)\b"
)
_ROOM = re.compile(r"[\s*|]*(?:[.…_]{6,}|…{2,})[.…_\s]*(?:\n|$)")
_NAME_BELOW = 6  # lines; further down no name belongs to an office
_FEW_WORDS = 80  # characters; less than that under a title is no attachment
_PROSE = 100  # characters; no line of a signature is that long


@dataclass(slots=True)
class Prefixes:
    """What addresses of the attachments begin with, each given once.

    Attributes:
        document: "VB2" within the second document of a file; "" within the first.
        current: The prefix of the attachment that is being read; `document` outside one.
        claimed: The numbers appendices of this file say themselves; none of them is made up.
    """

    claimed: frozenset[str]
    document: str = ""
    current: str = ""
    n_documents: int = 1
    used: set[str] = field(default_factory=set)

    def open_document(self) -> str:
        """Return the prefix of the next document in the file."""
        self.n_documents += 1
        self.document = self.current = f"VB{self.n_documents}"
        self.used.clear()
        return self.document

    def open(self, label: str) -> str:
        """Return the prefix of an attachment that calls itself `label`; "PL" for one without a number."""
        if label == "PL" and label in self.used:
            label = next(
                f"PL{n}"
                for n in range(2, 1000)
                if f"PL{n}" not in self.used and not {str(n), to_roman(n)} & self.claimed
            )
        elif label in self.used:  # the same number twice: the second "Phụ lục 1" is not the first
            label = next(label + letter for letter in "bcdeghiklmn*" if label + letter not in self.used)
        self.used.add(label)
        self.current = f"{self.document}.{label}" if self.document else label
        return self.current

    def address(self, part: str) -> str:
        """Return the address of an unnumbered part: "Ký", "PL1.Ký", "VB2.Nơi nhận"."""
        return f"{self.current}.{part}" if self.current else part


def claimed_numbers(lines: Sequence[Line]) -> frozenset[str]:
    """Return the numbers that lines like "PHỤ LỤC 2" give."""
    found = (APPENDIX.fullmatch(fold(line.text)) for line in lines if line.text[:1] in "Pp")
    return frozenset(match[1].upper() for match in found if match and match[1])


def printed_label(line: Line, *, known: bool) -> str | None:
    """Return what a line that opens an appendix or a form calls it ("PLII", "M01"); None for other lines.

    Args:
        known: True where the text has ended or attachments have begun: only then a line like
            "Mẫu số 1" or "Phụ lục về ..." is surely a title.
    """
    words = line.text
    if line.bullet or not (line.after_gap or (known and words.isupper())):
        return None
    if words[0] in "Pp" and (match := APPENDIX.fullmatch(fold(words))):
        sure = known or len(words) < 16 or words[:7].isupper()
        return f"PL{(match[1] or '').upper()}" if sure else None
    if known and words[0] in "MBP" and len(words) < 120 and (match := _FORM.fullmatch(fold(words))):
        letter = "B" if "bieu" in match["kind"] and "mau" not in match["kind"] else "M"
        return letter + match["number"].upper()
    return None


def leaves_room_for_name(text: str, end: int) -> bool:
    """True where dots for a name that is still to be written follow the line that ends at `end`."""
    return _ROOM.match(text, end) is not None


def is_attached_title(line: Line) -> bool:
    """True for a title in capitals that names a kind of attachment: "DANH SÁCH", "QUY CHẾ"."""
    return (
        line.after_gap
        and not line.bullet
        and line.text.isupper()
        and _ATTACHED.match(fold(line.text)) is not None
    )


def is_loose_title(text: str, lines: Sequence[Line], at: int) -> bool:
    """True for a line in capitals after the signature that can only be the title of something else."""
    line = lines[at]
    if not line.after_gap or line.bullet or not line.text.isupper() or len(line.text.split()) < 2:
        return False
    cells = closing_cells(text[line.start : line.end])
    closes = any(is_role(cell) or signs_for(cell) or is_name(cell) for cell in cells)
    if closes or not drop_digital([line.text]) or _SECOND_SIGNATURE.match(fold(line.text)):
        return False
    below = lines[at + 1 : at + 1 + _NAME_BELOW]
    if any(is_name(cell) for row in below for cell in split_cells(row.text)):
        return False
    return sum(len(row.text) for row in below) >= _FEW_WORDS


def is_afterwards(text: str, lines: Sequence[Line], at: int) -> bool:
    """True where a table or a paragraph begins that no signature and no list of recipients holds."""
    line = lines[at]
    if line.bullet or not line.after_gap or is_recipients(line.text) or not drop_digital([line.text]):
        return False
    raw = text[line.start : line.end]
    if raw.startswith("|") and at + 1 < len(lines) and text.startswith("|", lines[at + 1].start):
        cells = split_cells(raw)
        return len(cells) > 2 and not any(signs_for(c) or is_role(c) or is_name(c) for c in cells)
    return len(line.text) > _PROSE and not raw.startswith("|") and not line.text.isupper()
