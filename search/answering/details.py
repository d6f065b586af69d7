"""More of the words just quoted: the section they stand in, in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.records import Document, Section
from corpus.structure.sentences import split_sentences
from corpus.text import clean, collapse
from search.answering.lines import bare_line, first_words
from search.answering.listing import LEAST_SHOWN
from search.asking.matching import Terms
from search.documents.sources import MAX_QUOTE, brief_source, place_name, quotation
from search.hits import Answer, Quotation
from search.ranking.evidence import Said
from search.rerank import Candidate

MOST_WORDS = 300  # of a section in one answer; the rest is read in the document
_MOST_PARTS = 10  # below one heading
_LED_ON = 3  # sentences of a part, of which all but the last are titles or lead on
_MARKUP = 14  # characters of number and markup before and behind a heading
AND_MORE = "(Mục này còn tiếp; xin anh/chị mở văn bản để đọc đủ.)"


def section_answer(document: Document, quoted: Quotation) -> Answer:
    """Return the section around a quotation, sentence after sentence, each stretch quoted.

    Args:
        document: The document quoted.
        quoted: Words of it.
    """
    section = document.section_at(quoted.start)
    start, end = (section.start, section.end) if section else (quoted.start, quoted.end)
    spans: list[tuple[int, int]] = []
    for a, b in split_sentences(document.text[start:end]):
        a, b = start + a, start + b
        if spans and b - spans[-1][0] <= MAX_QUOTE:
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((a, b))
    quotes: list[Quotation] = []
    n_words = 0
    for a, b in spans:
        while n_words < MOST_WORDS and document.text[a:b].strip():
            quotes.append(quotation(document, a, b))  # of a longer sentence, as much as one may hold
            a = quotes[-1].end
            n_words += len(quotes[-1].quote.split())
    whole = not quotes or quotes[-1].end >= len(document.text[:end].rstrip())
    source = brief_source(document, quoted)
    lines = [clean(q.quote).text for q in quotes] + [f"({source})"] + ([] if whole else [AND_MORE])
    return Answer("\n".join(lines), abstained=False, citations=tuple(quotes))


def below_its_heading(
    terms: Terms, best: Candidate, ranked: Sequence[Candidate], document: Document
) -> Candidate:
    """Return what a section tells best of a question where its heading alone was found; else `best`.

    A heading names what is told below it, and tells nothing.
    """
    section = document.section_at(best.view.passage.start)
    if section is None or best.unit is None or not _is_heading(best, section, document):
        return best
    if below := [unit for unit in best.view.units if unit.start >= best.unit.end]:
        told = Said(terms, [best.view]).units(0)
        return replace(best, unit=max(below, key=lambda unit: told[unit.place]))
    return next((c for c in ranked if _is_below(c, section, document)), best)


def _is_below(candidate: Candidate, section: Section, document: Document) -> bool:
    passage = candidate.view.passage
    within = passage.doc_id == document.doc_id and section.start <= passage.start < section.end
    return within and candidate.unit is not None and not _is_heading(candidate, section, document)


def _is_heading(candidate: Candidate, section: Section, document: Document) -> bool:
    """Whether the words found are the heading of a section: its first line, which ends without a stop."""
    start = section.start + len(document.text[section.start :]) - len(document.text[section.start :].lstrip())
    line = collapse(document.text[start : document.text.find("\n", start, section.end)])
    said = candidate.unit.text if candidate.unit else ""
    return bool(said) and line.endswith(said) and len(line) <= len(said) + _MARKUP and said[-1] not in ".;,:"


def overview(document: Document, offset: int) -> Answer | None:
    """Return the parts of the section at `offset`, or of the one around it: the first words of each, quoted.

    None where nothing stands below it.
    """
    section = document.section_at(offset)
    parents = [s for s in document.sections if section and section.address.startswith(f"{s.address}.")]
    if (
        section is not None
        and parents
        and not any(s.address.startswith(f"{section.address}.") for s in document.sections)
    ):
        section = parents[-1]  # of a part without parts, those beside it are shown
    if section is None or not section.heading:
        return None
    below = [s for s in document.sections if s.address.startswith(f"{section.address}.")]
    direct = [s for s in below if s.address.count(".") == section.address.count(".") + 1][:_MOST_PARTS]
    told = [quotes for part in direct if (quotes := _opening(document, part))]
    if not told:
        return None
    lines = [
        "- " + ": ".join(first_words(bare_line(q.quote).rstrip(":"), LEAST_SHOWN) for q in quotes)
        for quotes in told
    ]
    source = place_name(document, section.address, document.page_at(offset), brief=True)
    heading = quotation(document, section.start, section.start + len(section.heading) + _MARKUP)
    return Answer(
        "\n".join([f"{section.heading}:", *lines, f"({source})"]),
        abstained=False,
        citations=tuple(dict.fromkeys((heading, *(q for quotes in told for q in quotes)))),
    )


def _opening(document: Document, part: Section) -> list[Quotation]:
    """Quote the first sentence of a part; where that is its title, or only leads on, those below it too."""
    spans = split_sentences(document.text[part.start : part.end])[:_LED_ON]
    quotes: list[Quotation] = []
    for start, end in spans:
        quotes.append(quotation(document, part.start + start, part.start + end))
        said = bare_line(quotes[-1].quote)
        if said[-1:] in tuple(".;") or len(said.split()) > LEAST_SHOWN:
            break
    return quotes
