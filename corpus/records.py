"""The records that pass between the floors: what is known of a document and its parts.

Offsets everywhere are half-open, in characters of `Document.text`, so that
`document.text[start:end]` is what the record speaks of, to the letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issued a document, when, about what; None where the document does not say.

    Layouts: Nghị định 30/2020/NĐ-CP (state and unions), Hướng dẫn 36-HD/VPTW (Party).

    Attributes:
        number: Số/ký hiệu in canonical form, OCR slips repaired ("757/BC-LĐLĐ").
        number_as_read: The same as it stands in the text ("757/BC-LĐLD").
        type: "Kế hoạch", "Báo cáo", "Chương trình hành động"...; capitalised once.
        issuer: "Liên đoàn Lao động tỉnh Lai Châu".
        place: Where it was issued ("Lai Châu").
        date: ISO "2021-03-19".
        title: Trích yếu, white space collapsed, markup dropped.
        signer: "Nguyễn Thị Thiện".
        signer_role: "TM. Ban Thường vụ, Chủ tịch".
        cosigners: (name, role) of those who sign beside the signer, in the text's order.
        recipients: The lines under "Nơi nhận", without bullets.
    """

    number: str | None = None
    number_as_read: str | None = None
    type: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: str | None = None
    title: str | None = None
    signer: str | None = None
    signer_role: str | None = None
    cosigners: tuple[tuple[str, str], ...] = ()
    recipients: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of issue, or None."""
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, slots=True)
class Section:
    """One stretch of the text under one heading; a document's sections tile its text.

    Attributes:
        address: "II.1.4", or "Mở đầu", "Nơi nhận", "Ký", "Chú thích 1"; "PL1.2" in an appendix,
            "M01.2" in a form, "VB2.II.1" in the second document of a file.
        heading: The heading's own words, markup and number dropped; for an item that
            is a whole paragraph ("1.4. Giới thiệu ..."), its first words.
        level: 1 for "II", 2 for "II.1"...; 0 for unnumbered parts.
        start, end: Half-open; from the heading's first character to the next section's.
        continued: True where a section goes on after something that interrupts it
            (a footnote); the outline lists it once.
        bullets: How many "-" and "+" items stand directly in it.
    """

    address: str
    heading: str
    level: int
    start: int
    end: int
    continued: bool = False
    bullets: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"section {self.address!r}: span [{self.start}, {self.end}) is not a span")


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous piece of one document: the unit we index, rank and cite.

    Attributes:
        doc_id: The document it was cut from.
        ordinal: Its position in that document, counting from 0.
        start, end: `document.text[start:end] == passage.text` always holds.
        text: The words themselves; at least one non-space character, at most 900.
        section: Address of the nearest numbered heading above ("II.1.4").
        heading: The headings above it, outermost first, without their numbers.
        page: Page it begins on, from 1; None where the format has no pages.
    """

    doc_id: str
    ordinal: int
    start: int
    end: int
    text: str
    section: str = "Mở đầu"
    heading: tuple[str, ...] = ()
    page: int | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError(f"passage {self.passage_id} is empty")
        if self.end - self.start != len(self.text):
            raise ValueError(
                f"passage {self.passage_id}: span [{self.start}, {self.end}) is "
                f"{self.end - self.start} characters but the text has {len(self.text)}"
            )

    @property
    def passage_id(self) -> str:
        return f"{self.doc_id}#{self.ordinal}"


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of another document.

    Attributes:
        section: Address of the section the mention stands in.
        type: "Nghị quyết"; None when not said.
        number: Canonical ("02-NQ/TW", "27-CTr/TU", "145/2020/NĐ-CP"); None when only named.
        date: ISO, only as stated at this mention.
        issuer: "Bộ Chính trị", only as stated at this mention.
        title: What it is about, as stated at this mention.
        start, end: Span of the mention in `Document.text`.
    """

    section: str
    start: int
    end: int
    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A chỉ tiêu set, or a result reported.

    Attributes:
        section: Address of the section it stands in.
        kind: "target" or "result".
        subject: What is counted, in the document's words.
        comparator: ">", ">=", "<", "<=", "=", or "~" with a word as value ("hầu hết").
        value: Base units, dot decimals, no thousands separators ("4067150000", "8/10").
        unit: "%", "đoàn viên", "đồng"...; "" when none is said.
        period: "2021", "2023-Q3", "2018/2023", "../2025"; None when not known.
        start, end: Span of the words it came from in `Document.text`.
    """

    section: str
    kind: Literal["target", "result"]
    subject: str
    comparator: str
    value: str
    unit: str
    period: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote or endnote, and the mark in the text that points at it.

    Attributes:
        label: What mark and note bear: "1".
        mark_start, mark_end: Span of the mark in the body ("<sup>1</sup>", "[^1]").
        start, end: Span of the note, its own mark included; a note may have several marks.
    """

    label: str
    mark_start: int
    mark_end: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read: its text as the reader gave it, and all that is known of it.

    Attributes:
        doc_id: Path relative to the indexed folder, with "/", without its ending.
        source: The file's name with its ending, for people.
        text: Decoded, NFC, line ends "\\n", and nothing else changed.
        footnotes: One for each mark whose note is in the text, in the order of the marks.
        page_starts: Offset of each page's first character; empty without pages.
        restatement: True for a text that says in its first line that it restates another.
        warnings: What the reader could not make out, in Vietnamese, for people.
        corrected: The fields of `letterhead` that staff put right by hand; what they say need
            not stand in the text.
    """

    doc_id: str
    source: str
    text: str
    letterhead: Letterhead = field(default_factory=Letterhead)
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    targets: tuple[Target, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    page_starts: tuple[int, ...] = ()
    restatement: bool = False
    warnings: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year it was issued, or None."""
        return self.letterhead.year

    @property
    def body_start(self) -> int:
        """Offset past the line in which a restatement says what it is; 0 for all others."""
        if not self.restatement:
            return 0
        first = len(self.text) - len(self.text.lstrip())
        end = self.text.find("\n", first)
        return len(self.text) if end < 0 else end

    def section_at(self, offset: int) -> Section | None:
        """The section that holds `offset`; None where the text has no sections."""
        return next((s for s in self.sections if s.start <= offset < s.end), None)

    def page_at(self, offset: int) -> int | None:
        """The page that holds `offset`, from 1; None without pages."""
        pages = sum(start <= offset for start in self.page_starts)
        return pages or None
