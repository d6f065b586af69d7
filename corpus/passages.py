"""Sections -> passages: the pieces that are indexed, ranked and quoted; nothing is lost.

A passage is one span of the raw text. It is cut at sections, then at list items and
paragraphs, then at sentences, and only where a sentence is longer than the limit within it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.letterhead import letterhead_end
from corpus.outline import OPENING
from corpus.records import Document, Passage, Section
from corpus.sentences import Span, split_paragraphs, split_sentences


@dataclass(frozen=True, slots=True)
class SplitOptions:
    """How long passages are.

    Attributes:
        limit: No passage is longer, in characters; the contract says 900.
        target: Neighbouring items and sentences are put together up to this many.
    """

    limit: int = 900
    target: int = 600

    def __post_init__(self) -> None:
        if not 0 < self.target <= self.limit:
            raise ValueError(f"target {self.target} must lie in (0, {self.limit}]")


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch that shares one section: headings without words of their own go with what follows."""

    start: int
    end: int
    section: Section
    heading: tuple[str, ...]


def split_document(document: Document, options: SplitOptions | None = None) -> tuple[Passage, ...]:
    """Return the passages of a document, in the order of its text.

    They do not overlap, together hold every character that is not white space, and each is at
    most `options.limit` characters. A heading without words of its own stands at the beginning
    of the passage that follows, which bears the address its words stand under.
    """
    options = options or SplitOptions()
    text = document.text
    passages: list[Passage] = []
    for block in _blocks(document):
        for start, end in _pieces(text, block, options):
            passages.append(
                Passage(
                    document.doc_id,
                    len(passages),
                    start,
                    end,
                    text[start:end],
                    block.section.address,
                    block.heading,
                    bisect_right(document.page_starts, start) or None,
                )
            )
    return tuple(passages)


def _blocks(document: Document) -> Iterator[_Block]:
    """Yield the stretches to cut: one per section, with the bare headings above it."""
    text = document.text
    sections = document.sections or (Section(OPENING, "", 0, 0, len(text)),)
    path: list[Section] = []
    begun: int | None = None  # where headings without words of their own began
    for number, section in enumerate(sections):
        # The headings above: those of lower level that were opened last.
        if section.level:
            while path and path[-1].level >= section.level:
                path.pop()
            path.append(section)
        start = section.start if begun is None else begun
        following = sections[number + 1] if number + 1 < len(sections) else None
        bare = section.level and not text[section.start : section.end].strip().count("\n")
        if bare and following and following.level > section.level and section.end - start < 300:
            begun = start
            continue
        begun = None
        heading = tuple(s.heading for s in path if s.heading) if section.level else ()
        if section.address == OPENING and section.start == 0:
            cut = letterhead_end(text[: section.end])
            yield _Block(start, cut, section, heading)
            start = cut
        yield _Block(start, section.end, section, heading)


def _pieces(text: str, block: _Block, options: SplitOptions) -> list[Span]:
    """Return the spans a block is cut into."""
    start, end = _strip(text, block.start, block.end)
    if end - start <= options.limit and (end - start <= options.target or block.section.level == 0):
        return [(start, end)] if start < end else []
    pieces: list[Span] = []
    for first, last in split_paragraphs(text[start:end]):
        first, last = first + start, last + start
        if last - first > options.limit:
            parts = _pack(_fitting(text, first, last, options.limit), options)
        else:
            parts = [(first, last)]
        pieces += parts
    return _covering(text, start, end, _pack(pieces, options), options.limit)


def _fitting(text: str, start: int, end: int, limit: int) -> list[Span]:
    """Return the sentences of a paragraph, those over `limit` cut at ";", ",", a space, or anywhere."""
    spans: list[Span] = []
    for first, last in split_sentences(text[start:end]):
        first, last = first + start, last + start
        while last - first > limit:
            cut = _last_break(text, first, first + limit)
            spans.append(_strip(text, first, cut))
            first, _ = _strip(text, cut, last)
        if first < last:
            spans.append((first, last))
    return spans


def _last_break(text: str, start: int, end: int) -> int:
    """Return the best place to cut in the second half of [start, end)."""
    half = (start + end) // 2
    for sign in (";", ",", " ", "\n"):
        at = text.rfind(sign, half, end)
        if at >= half:
            return at + 1
    return end


def _pack(spans: list[Span], options: SplitOptions) -> list[Span]:
    """Join neighbours while they stay within the target; a short last one joins within the limit."""
    packed: list[Span] = []
    for start, end in spans:
        if packed:
            first, last = packed[-1]
            short = min(last - first, end - start) < options.target // 4
            if end - first <= (options.limit if short else options.target):
                packed[-1] = (first, end)
                continue
        packed.append((start, end))
    return packed


def _covering(text: str, start: int, end: int, spans: list[Span], limit: int) -> list[Span]:
    """Give what lies between spans (rules of tables, stray marks) to its neighbour, or its own span."""
    covered: list[Span] = []
    at = start
    for first, last in [*spans, (end, end)]:
        gap_start, gap_end = _strip(text, at, first)
        if gap_start < gap_end:
            if covered and gap_end - covered[-1][0] <= limit:
                covered[-1] = (covered[-1][0], gap_end)
            else:
                covered += _hard_cuts(gap_start, gap_end, limit)
        if first < last:
            covered.append((first, last))
        at = last
    return covered


def _hard_cuts(start: int, end: int, limit: int) -> list[Span]:
    return [(at, min(at + limit, end)) for at in range(start, end, limit)]


def _strip(text: str, start: int, end: int) -> Span:
    """Return the span without white space at its ends."""
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), max(end - (len(part) - len(part.rstrip())), start)
