"""Where a document's parts stand, told by its own headings and words: purpose, chỉ tiêu, tasks, deadlines.

Everything returned is a half-open span in characters of `Document.text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.records import Citation, Document, Section, Target
from corpus.structure.sentences import split_clauses, split_sentences
from corpus.text import collapse, fold
from search.answering.lines import bare_line
from search.documents.sources import MAX_QUOTE

Span = tuple[int, int]

_LEAD = re.compile(r"[^\n]{2,80}:[\s*]*$")  # "Đến năm 2025:" governs the lines below it
_PURPOSE = re.compile(r"\bmuc (?:dich|tieu)\b")
_TASKS = re.compile(r"\b(?:nhiem vu|giai phap|noi dung|cong viec|phuong huong)\b")
_DONE = re.compile(r"\b(?:ket qua|tinh hinh|danh gia)\b")
_CARRIES_OUT = re.compile(r"\b(?:can cu|thuc hien|trien khai|quan triet|cu the hoa|thi hanh)\b")
_REPORTS = re.compile(r"\b(?:bao cao|gui|nop|tong hop|ket qua|hoan thanh)\b")
_UNTIL = re.compile(
    r"\btruoc (?:ngay|thang|\d)|\bcham nhat\b|\bhan (?:cuoi|chot)\b|\bthoi han\b|\bdinh ky\b"
    r"|\b(?:hang|moi) (?:thang|quy|6 thang)\b"
)
_TIME = re.compile(r"\d|\b(?:thang|quy|nam)\b")


def carried_out(document: Document) -> Iterator[tuple[Citation, Span]]:
    """Yield the mentions of documents that the opening says are carried out, each document once.

    The span begins with the sentence, whose verb says so, where that fits one quotation.
    """
    seen: set[str] = set()
    for section in document.sections:
        if section.address != "Mở đầu":
            continue
        for start, end in sentences_of(document, section):
            for mention in document.citations:
                name = mention.number or (f"{mention.type} {mention.title}" if mention.title else "")
                if not start <= mention.start < end or not name or name in seen:
                    continue
                if _CARRIES_OUT.search(fold(collapse(document.text[start : mention.start]))):
                    seen.add(name)
                    fits = mention.end - start <= MAX_QUOTE
                    yield mention, (start if fits else mention.start, mention.end)


def purposes(document: Document) -> list[Span]:
    """Return the first sentence of each item under "Mục đích"; chỉ tiêu speak for themselves."""
    heads = [s for s in document.sections if s.level]
    head = next((s for s in heads if _PURPOSE.search(fold(s.heading))), None)
    if head is None or "chi tieu" in fold(head.heading):
        return []
    inside = [s for s in heads if s.address.startswith(f"{head.address}.")] or [head]
    bodies = (
        [span for span in sentences_of(document, s) if not _is_heading(document, s, span)] for s in inside
    )
    return [body[0] for body in bodies if body]


def _is_heading(document: Document, section: Section, span: Span) -> bool:
    """Whether a sentence only names what follows it: "I. MỤC ĐÍCH", "Mục đích:"."""
    words = bare_line(document.text[slice(*span)])
    first = span[0] <= section.start + 3
    return words.endswith(":") or (first and (words.isupper() or len(words.split()) <= 6))


def goals(document: Document) -> list[Span]:
    """Return the sentences that set chỉ tiêu, or of a report and of what sets none, that give results.

    A line that governs those below it ("Đến năm 2025:") comes before them, once.
    """
    kind = kind_of_goals(document)
    spans: list[Span] = []
    led: Span | None = None
    end = -1
    for target in document.targets:
        if target.kind != kind or target.end <= end:
            continue
        span = _sentence_around(document, target)
        lead = _lead_above(document, span[0])
        spans += [lead, span] if lead and lead != led else [span]
        led, end = lead, span[1]
    return spans


def kind_of_goals(document: Document) -> str:
    """Return "target" or "result": what the document gives figures for."""
    kinds = {target.kind for target in document.targets}
    reports = document.letterhead.type == "Báo cáo" and "result" in kinds
    return "target" if "target" in kinds and not reports else "result"


def _sentence_around(document: Document, target: Target) -> Span:
    """Return the sentence a target stands in; its clause or its own words where that is too long."""
    section = document.section_at(target.start)
    if section is None:
        return target.start, target.end
    for split in (split_sentences, split_clauses):
        for start, end in split(document.text[section.start : section.end]):
            start, end = section.start + start, section.start + end
            if start <= target.start and target.end <= end and end - start <= MAX_QUOTE:
                return start, end
    return target.start, target.end


def _lead_above(document: Document, at: int) -> Span | None:
    section = document.section_at(at)
    if section is None:
        return None
    for match in reversed(list(re.finditer(r"[^\n]+", document.text[section.start : at]))):
        if _LEAD.fullmatch(match[0].strip()):
            return section.start + match.start(), section.start + match.end()
    return None


def tasks(document: Document) -> list[Span]:
    """Return the headings, or first sentences, of the items under "Nhiệm vụ và giải pháp"; empty without."""
    heads = _headings(document)
    head = next((s for s in heads if _names_tasks(s)), None)
    if head is None:
        return []
    # Of "II. Chỉ tiêu, nhiệm vụ" the part "2. Nhiệm vụ" alone.
    own = (s for s in _under(head, heads) if re.match(r"nhiem vu|giai phap", fold(s.heading)))
    return _first_sentences(document, _under(next(own, head), heads))


def main_parts(document: Document) -> list[Span]:
    """Return the headings of the first level."""
    return _first_sentences(document, [s for s in _headings(document) if s.level == 1])


def _headings(document: Document) -> list[Section]:
    return [s for s in document.sections if s.level and not s.continued]


def _under(head: Section, heads: Iterable[Section]) -> list[Section]:
    return [s for s in heads if s.level == head.level + 1 and s.address.startswith(f"{head.address}.")]


def _names_tasks(section: Section) -> bool:
    heading = fold(section.heading)
    paragraph = section.heading.endswith("…") or len(section.heading.split()) > 14
    return bool(_TASKS.search(heading)) and not _DONE.search(heading) and not paragraph


def _first_sentences(document: Document, sections: Iterable[Section]) -> list[Span]:
    found = (sentences_of(document, section) for section in sections)
    return [sentences[0] for sentences in found if sentences]


def deadlines(document: Document) -> Iterator[tuple[Span, str, int]]:
    """Yield the sentences that say until when, or how often, something is reported or done.

    Each comes with its words on one line and the offset there of "trước ngày", "định kỳ"...
    """
    for section in document.sections:
        if section.address in ("Nơi nhận", "Ký") or section.address.startswith("Chú thích"):
            continue
        for start, end in sentences_of(document, section):
            line = collapse(document.text[start:end])
            until = _UNTIL.search(fold(line))
            if until and _REPORTS.search(fold(line)) and _TIME.search(fold(line[until.start() :])):
                yield _with_its_end(document, start, end), line, until.start()


def _with_its_end(document: Document, start: int, end: int) -> Span:
    """Return a sentence's span, its beginning left out where it is too long to be quoted whole."""
    if end - start <= MAX_QUOTE:
        return start, end
    cut = document.text.find(" ", end - MAX_QUOTE)
    return (cut + 1 if 0 <= cut < end - 1 else end - MAX_QUOTE), end


def sentences_of(document: Document, section: Section) -> list[Span]:
    """Return the sentences of a section, without the line that says a text restates another."""
    at = max(section.start, document.body_start)
    return [(at + a, at + b) for a, b in split_sentences(document.text[at : section.end])]
