"""A whole document in a few lines, by its own structure: what it is, whose, why, how much, until when.

Nothing is put in other words: each line is a label and words of the document, and quotes the place
they stand in. A line whose figures its quotation does not say is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.records import Document
from corpus.text import collapse, fold
from search.answering import structure
from search.answering.figurekeys import unsupported
from search.answering.lines import bare_line
from search.asking.asks import ask_key
from search.documents import facts
from search.documents.sources import document_name, quotation, short_issuer, vietnamese_date
from search.hits import Answer, Quotation

Wanted = Literal["digest", "targets"]

SHORTENED = "(Bản tóm tắt chỉ nêu những ý đầu của mỗi phần; xin anh/chị mở văn bản để xem đủ.)"
_SHOWN = 32  # words of a line; its quotation goes on
_MOST = 6  # lines of one kind in a digest; a list of chỉ tiêu alone has them all
_HEAD = 3000  # characters from the top in which the issuer is named

# Told on the folded question, look-alikes marked (search.asking.asks.ask_key).
_DOCUMENT = r"(?:van ban|ke hoach|bao cao|chuong trinh|nghi quyet|quyet dinh|huong dan|chi thi|cong van)"
_GOALS = r"(?:chi tieu|muc tieu|con so|ket qua)"
_SUMMARY = re.compile(
    r"\btom (?:tat|luoc|gon)\b|\b(?:noi dung chinh|y chinh|diem chinh|diem chu yeu|noi dung chu yeu)\b"
    rf"|\b{_DOCUMENT}(?: [a-z0-9/_-]+){{0,4}} (?:noi|gom|co) (?:nhung )?(?:gi|noi dung gi)$"
)
_TARGETS = re.compile(
    rf"\b{_DOCUMENT}\b.{{0,40}}\b(?:nhung|cac|co) {_GOALS}(?: cu the)?(?: nao| gi)?$"
    rf"|\b(?:liet ke|neu|cho biet|nhung|cac|tat ca)\b.{{0,12}}\b{_GOALS}\b.{{0,12}}\b{_DOCUMENT}\b"
)


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line of a digest.

    Attributes:
        label: "Mục đích", "Chỉ tiêu"; lines of one kind follow one another under one label.
        text: The document's words, one line, cut at a word where they are many.
        quoted: Where they stand; every figure of `text` stands in `quoted.quote`.
    """

    label: str
    text: str
    quoted: Quotation

    def __post_init__(self) -> None:
        if missing := unsupported(self.text, [self.quoted.quote]):
            raise ValueError(f"the quotation of {self.quoted.doc_id} does not say {', '.join(missing)}")


def asks_for_digest(question: str) -> Wanted | None:
    """Return what a question wants of a whole document; None where it wants something else.

    >>> asks_for_digest("Tóm tắt văn bản này"), asks_for_digest("Văn bản này có những chỉ tiêu gì?")
    ('digest', 'targets')
    >>> asks_for_digest("Chỉ tiêu giới thiệu đảng viên năm 2021 là bao nhiêu?")
    """
    key = ask_key(question).strip(" ?.!")
    if _SUMMARY.search(key):
        return "digest"
    return "targets" if _TARGETS.search(key) else None


def digest(document: Document) -> tuple[DigestLine, ...]:
    """Return what a document says of itself, in the order staff ask for it; empty where nothing is known."""
    return tuple(line for part in _parts(document) for line in part[:_MOST])


def target_lines(document: Document) -> tuple[DigestLine, ...]:
    """Return every chỉ tiêu a document sets, or every result of a report, a line for each sentence."""
    label = "Chỉ tiêu" if structure.kind_of_goals(document) == "target" else "Kết quả"
    lines: list[DigestLine] = []
    for span in structure.goals(document):  # whole: a figure that is cut off would be missed
        lines += _line(document, label, span, bare_line(quotation(document, *span).quote))
    return tuple(lines)


def digest_answer(document: Document, wanted: Wanted = "digest") -> Answer:
    """Return a digest, or the list of chỉ tiêu, as an Answer: a "- " line for each citation, in order.

    A digest that leaves lines out ends with a line in brackets that says so.
    """
    lines = digest(document) if wanted == "digest" else target_lines(document)
    if not lines:
        what = "chỉ tiêu hay kết quả bằng số" if wanted == "targets" else "nội dung có thể tóm tắt"
        name = document_name(document)
        return Answer(f"Không tìm thấy. {name} không có {what} đọc ra được.", abstained=True, nearest=(name,))
    said = [f"- {line.label}: {line.text}" for line in lines]
    if wanted == "digest" and any(len(part) > _MOST for part in _parts(document)):
        said.append(SHORTENED)
    return Answer("\n".join(said), abstained=False, citations=tuple(line.quoted for line in lines))


def _parts(document: Document) -> list[Sequence[DigestLine]]:
    """Return all lines, kind by kind."""
    return [
        list(_name(document)),
        list(_basis(document)),
        list(_each(document, "Mục đích, yêu cầu", structure.purposes(document))),
        target_lines(document),
        list(_each(document, "Nhiệm vụ, giải pháp", structure.tasks(document)))
        or list(_each(document, "Các phần", structure.main_parts(document))),
        list(_deadlines(document)),
        list(_closing(document)),
    ]


def _each(document: Document, label: str, spans: Iterable[tuple[int, int]]) -> Iterator[DigestLine]:
    for span in spans:
        yield from _line(document, label, span)


def _line(document: Document, label: str, span: tuple[int, int], text: str = "") -> Iterator[DigestLine]:
    """Yield the line that quotes `span`; none where the quotation would not say all its figures.

    Args:
        text: What is shown; "" for the quotation's own words, shortened.
    """
    start, end = max(span[0], document.body_start), span[1]
    if not document.text[start:end].strip():
        return
    quoted = quotation(document, start, end)
    shown = text or _shortened(bare_line(quoted.quote))
    if shown and not unsupported(shown, [quoted.quote]):
        yield DigestLine(label, shown, quoted)


def _shortened(line: str) -> str:
    words = line.split()
    return " ".join(words[:_SHOWN]) + "…" if len(words) > _SHOWN else line


def _shown_around(line: str, at: int) -> str:
    """Return a long line's words about `at`: a deadline at the end of a sentence must be seen."""
    before, after = bare_line(line[:at]).split(), line[at:].split()
    if len(before) + len(after) <= _SHOWN:
        return bare_line(line)
    kept = before[-max(_SHOWN - len(after), _SHOWN // 2) :]
    opened = "…" if len(kept) < len(before) else ""
    return opened + " ".join([*kept, _shortened(" ".join(after))])


def _name(document: Document) -> Iterator[DigestLine]:
    """Yield what the document is, of what number and day, whose."""
    head = document.letterhead
    at = document.body_start
    if head.title and (span := facts.find_in(document, head.title, at, at + _HEAD)):
        kind = f"{head.type}: " if head.type and not fold(head.title).startswith(fold(head.type)) else ""
        yield from _line(document, "Văn bản", span, kind + _shortened(head.title))
    if (fact := facts.number(document)) and head.number:
        yield from _line(document, "Số, ký hiệu", _span(fact), head.number)
    if (fact := facts.issue_date(document)) and head.date:
        yield from _line(document, "Ngày ban hành", _span(fact), vietnamese_date(head.date))
    for name in (head.issuer, short_issuer(head.issuer)) if head.issuer else ():
        if span := facts.find_in(document, name, at, at + _HEAD):
            yield from _line(document, "Cơ quan ban hành", span, short_issuer(name))
            return


def _span(fact: facts.Fact) -> tuple[int, int]:
    return fact.quotations[0].start, fact.quotations[0].end


def _basis(document: Document) -> Iterator[DigestLine]:
    for mention, span in structure.carried_out(document):
        words = _shortened(collapse(document.text[mention.start : mention.end]))
        yield from _line(document, "Thực hiện, căn cứ", span, words)


def _deadlines(document: Document) -> Iterator[DigestLine]:
    for span, line, at in structure.deadlines(document):
        yield from _line(document, "Thời hạn", span, _shown_around(line, at))


def _closing(document: Document) -> Iterator[DigestLine]:
    """Yield who signed, and who receives it."""
    head = document.letterhead
    closing = facts.section_span(document, "Nơi nhận")
    if head.signer:
        role = f" ({head.signer_role})" if head.signer_role else ""
        fact = facts.signer(document)
        # Without a signature block of its own the name stands beside the recipients.
        span = _span(fact) if fact else closing and facts.find_in(document, head.signer, *closing)
        if span:
            yield from _line(document, "Người ký", span, head.signer + role)
    if closing:
        quoted = quotation(document, *closing)
        said = fold(collapse(quoted.quote))
        named = "; ".join(name for name in head.recipients if fold(collapse(name)) in said)
        if named:
            yield from _line(document, "Nơi nhận", closing, named + ("…" if quoted.end < closing[1] else ""))
