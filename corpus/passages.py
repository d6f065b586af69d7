"""Sections -> passages: the pieces that are indexed, ranked and quoted; nothing is lost.

A passage is one span of the raw text. It is cut at sections, then at list items and
paragraphs, then at sentences, and only where a sentence is longer than the limit within it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.records import Document, Passage, Section
from corpus.structure.letterhead import letterhead_end
from corpus.structure.outline import OPENING
from corpus.structure.sentences import Span, split_paragraphs, split_sentences


@dataclass(frozen=True, slots=True)
class SplitOptions:
    """How long passages are.

    Attributes:
        limit: No passage is longer, in characters; the contract says 900.
        target: Neighbouring items and sentences are put together up to this many. Measured on
            judged questions: from 300 to 900 no measure moves by more than two points.
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
    above: tuple[Section, ...] = ()  # the bare headings it begins with

    def section_of(self, end: int) -> Section:
        """The section that the last words of a piece which ends at `end` stand in."""
        return next((section for section in self.above if end <= section.end), self.section)


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
        for start, end in _pieces(text, block.start, block.end, block.section, options):
            section = block.section_of(end)
            depth = len(block.heading) - sum(
                bare.start >= section.end for bare in (*block.above, block.section)
            )
            passages.append(
                Passage(
                    document.doc_id,
                    len(passages),
                    start,
                    end,
                    text[start:end],
                    section.address,
                    block.heading if section is block.section else block.heading[:depth],
                    bisect_right(document.page_starts, start) or None,
                )
            )
    return tuple(passages)


def _blocks(document: Document) -> Iterator[_Block]:
    """Yield the stretches to cut: one per section, with the bare headings above it."""
    text = document.text
    sections = document.sections or (Section(OPENING, "", 0, 0, len(text)),)
    path: list[Section] = []
    above: list[Section] = []  # headings without words of their own, waiting for what follows
    for number, section in enumerate(sections):
        # The headings above: those of lower level that were opened last.
        if section.level:
            while path and path[-1].level >= section.level:
                path.pop()
            path.append(section)
        start = above[0].start if above else section.start
        following = sections[number + 1] if number + 1 < len(sections) else None
        bare = section.level and not text[section.start : section.end].strip().count("\n")
        if bare and following and following.level > section.level and section.end - start < 300:
            above.append(section)
            continue
        heading = tuple(s.heading for s in path if s.heading) if section.level else ()
        if section.address == OPENING and section.start == 0:
            cut = letterhead_end(text[: section.end])
            yield _Block(start, cut, section, heading)
            start = cut
        yield _Block(start, section.end, section, heading, tuple(above))
        above = []


def _pieces(text: str, start: int, end: int, section: Section, options: SplitOptions) -> list[Span]:
    """Return the spans a block is cut into."""
    start, end = _strip(text, start, end)
    if end - start <= options.limit and (end - start <= options.target or section.level == 0):
        return [(start, end)] if start < end else []
    packed: list[Span] = []
    waiting = [(a + start, b + start) for a, b in reversed(split_paragraphs(text[start:end]))]
    while waiting:
        first, last = waiting.pop()
        if last - first > options.limit:
            waiting += reversed(_fitting(text, first, last, options.limit))
        elif packed and _joins(packed[-1], (first, last), options):
            packed[-1] = (packed[-1][0], last)
        elif packed and _is_short(packed[-1], options) and len(parts := _sentences(text, first, last)) > 1:
            waiting += reversed(parts)  # a heading goes with the first sentences of a long paragraph
        else:
            packed.append((first, last))
    return _covering(text, start, end, packed, options.limit)


def _joins(before: Span, after: Span, options: SplitOptions) -> bool:
    """True where two neighbours make one passage: within the target, or within the limit if one is short."""
    short = _is_short(before, options) or _is_short(after, options)
    return after[1] - before[0] <= (options.limit if short else options.target)


def _is_short(span: Span, options: SplitOptions) -> bool:
    return span[1] - span[0] < options.target // 4


def _sentences(text: str, start: int, end: int) -> list[Span]:
    return [(a + start, b + start) for a, b in split_sentences(text[start:end])]


def _fitting(text: str, start: int, end: int, limit: int) -> list[Span]:
    """Return the sentences of a paragraph, those over `limit` cut at ";", ",", a space, or anywhere."""
    spans: list[Span] = []
    for first, last in _sentences(text, start, end):
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
