"""Questions that a document's own structure answers: what a body has to do, what a part says, until when.

A heading or a line such as "Văn phòng:" governs what stands below it; all of that is the answer, not the
one sentence that has most words of the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.records import Document, Section
from corpus.text import collapse, fold
from corpus.words.glossary import Glossary
from corpus.words.tokens import find_dates
from search.answering import structure
from search.answering.below import LEAD, listed_below
from search.answering.details import overview
from search.answering.duties import body_named, opens_with, told_of
from search.answering.horizon import asks_for_goals, goals_by_year, of_its_year
from search.answering.lines import bare_line
from search.asking.asks import QUESTION_WORDS, ask_key
from search.asking.docnames import typed_serials
from search.asking.matching import Terms, without_places, write_out
from search.documents.meant import conflicts, meant_documents
from search.documents.shelf import Shelf
from search.documents.sources import brief_source, quotation
from search.hits import Answer, Quotation
from search.query import Query
from search.ranking.absent import names_in
from search.rerank import Candidate

_DUTIES = re.compile(
    r"\b(?:lam (?:nhung )?(?:viec )?gi|nhiem vu (?:gi|nao)|trach nhiem (?:gi|nao)"
    r"|giao (?:nhung |cac )?(?:nhiem vu |viec |cong viec )?(?:gi|nao))\b"
    r"|^(?:cac )?(?:nhiem vu|trach nhiem) cua\b"
)
_UNTIL = re.compile(r"\b(?:han|thoi han|han chot|cham nhat|truoc ngay|khi nao|bao gio|luc nao)\b")
_SENT = re.compile(
    r"\b(?:gui|nop|dong) (?P<what>(?!bao cao|ket qua|ho so|van ban|ke hoach|truoc|cham|khi|ngay|len|den|muon"
    r"|(?:ve|cho|o|la|vao|thi)\b)[a-z]+ [a-z]+)"
)
_REPORTS = re.compile(r"\b(?:gui|nop|bao cao)\b")
# Words about asking and about documents; what is left of a question names a body or a part.
_ASIDE = frozenset(
    "lam nhiem vu trach giao cho cua theo trong o tai ke hoach bao cao chuong trinh hanh dong nghi quyet"
    " van ban liet neu phai can duoc se chiu nhung cac gi nao tinh thanh pho nam so ve noi dung la phan"
    " cho biet thi gom nhom".split()
)
_KIND = re.compile(r"\b(?:giai phap|bien phap|muc tieu|chi tieu|ket qua|han che|phuong huong|nguyen nhan)\b")
# One chỉ tiêu asked for stands in a line of its own, all of them below a heading of no more than these words.
_OF_TARGETS = re.compile(r"^(?:các )?(?:chỉ|mục) tiêu(?: (?:cụ thể|chủ yếu|chính))?\W*$", re.IGNORECASE)
_ASKING = frozenset(fold(word) for word in QUESTION_WORDS)
_LONGER = 5  # words a heading may have beyond those asked for
_LOOKED_AT = 10  # candidates whose documents are looked at

Span = tuple[int, int]


def by_structure(
    query: Query,
    terms: Terms,
    ranked: Sequence[Candidate],
    shelf: Shelf,
    glossary: Glossary,
    allowed: frozenset[str] | None,
) -> Answer | None:
    """Return what a part of a document says, all of it; None where the question asks for no part.

    Args:
        ranked: The candidates, best first: where no document is named, theirs are looked at.
    """
    key = ask_key(query.search_text)
    duties = bool(_DUTIES.search(key))
    if query.asks not in ("text", "documents", "target") and not duties:
        return None
    if asks_for_goals(query):  # they are of a year to come: it is not the document's own
        anytime = replace(query, years=(), terms=())
        if goals := goals_by_year(query, _documents(anytime, terms, ranked, shelf, allowed)):
            return goals
    documents = _documents(query, terms, ranked, shelf, allowed)
    if duties:
        subject = _subject(query, glossary)
        by_name = [
            d for d in documents if any(_names_in_a_row(query.words, m[0]) for m in LEAD.finditer(d.text))
        ]
        documents = by_name or documents
        found = [(d, part) for d in documents if (part := _duties_of(query, subject, d, glossary))]
        return found[0][1] if len(found) == 1 else None
    for document in documents:
        section = _asked_section(query, document, glossary, named=len(documents) == 1)
        if section and (query.asks != "target" or _OF_TARGETS.search(section.heading or "")):
            dated, other_years = of_its_year(query, document, section)
            if dated or other_years:
                return dated
            # Of a part without parts an overview would show those beside it.
            whole = None if _has_parts(document, section) else _of_section(document, section)
            return whole or overview(document, section.start) or _of_section(document, section)
    return None


def _has_parts(document: Document, section: Section) -> bool:
    return any(s.address.startswith(f"{section.address}.") for s in document.sections)


def _documents(
    query: Query, terms: Terms, ranked: Sequence[Candidate], shelf: Shelf, allowed: frozenset[str] | None
) -> list[Document]:
    # A document that is named has passages among the candidates: no need to look at all there are.
    open_to = frozenset(c.view.passage.doc_id for c in ranked)
    open_to = open_to if allowed is None else open_to & allowed
    meant = [doc_id for doc_id, _ in meant_documents(query, terms, shelf, open_to)]
    if query.document:
        meant = [query.document]
    named = query.numbers or typed_serials(query.words)  # of another document nothing of these is told
    near = dict.fromkeys(c.view.passage.doc_id for c in ranked[:_LOOKED_AT] if c.named > 0 or not named)
    ids = meant[:1] or [d for d in near if not conflicts(query, shelf.profile(d))]
    return [shelf.document(doc_id) for doc_id in ids]


def _subject(query: Query, glossary: Glossary) -> frozenset[str]:
    """Return the folded words that name the body asked about."""
    words = without_places(query, query.words)
    # "Văn phòng phải làm gì để chuẩn bị hội nghị?" names the body before it asks for the duty.
    asked = _DUTIES.search(fold(words))
    own = (_words(words[: asked.start()], glossary) if asked else None) or _words(words, glossary)
    named = own or _words(without_places(query, query.carried), glossary)
    # "LĐLĐ tỉnh Lai Châu có nhiệm vụ gì" asks of the office that plans write "Liên đoàn Lao động tỉnh".
    return named or _words("Liên đoàn Lao động", glossary)


@lru_cache(4096)  # headings, which are compared with every question that comes near them
def _words(text: str, glossary: Glossary) -> frozenset[str]:
    line = re.sub(r"\b[\w-]+/[\w-]+\b", " ", write_out(collapse(text), glossary).lower())
    # As they are spelt: folded, "đảng" would be the "đang" of questions.
    found = {fold(w) for w in re.findall(r"[^\W_]+", line) if w not in QUESTION_WORDS}
    return frozenset(w for w in found if w not in _ASIDE and not w.isdigit())


def _duties_of(
    query: Query, subject: frozenset[str], document: Document, glossary: Glossary
) -> Answer | None:
    """Return what stands below the heading, or the line ending in ":", that names a body."""
    if not subject:
        return None

    # Of "Ban Nữ công" a heading must say both: "Công tác nữ công" names no body.
    named = [fold(pair) for _, pair, _ in names_in(query.words)]

    def names(heading: str, room: int) -> bool:
        said = _words(heading, glossary)
        if any(pair not in fold(heading) for pair in named):
            return False
        return subject <= said and len(said) <= len(subject) + room

    asked = _DUTIES.search(fold(query.words))
    body = "" if query.carried or not asked else body_named(query, asked.start(), glossary)

    def opens(heading: str) -> bool:
        return bool(body) and opens_with(body, bare_line(heading), glossary)

    # What opens with the body's name is surely its own; a heading may also say its words in between.
    own = _below_a_name(query, document, lambda heading, room: names(heading, room) and opens(heading))
    return own or told_of(body, document, glossary) or _below_a_name(query, document, names)


def _below_a_name(query: Query, document: Document, names: Callable[[str, int], bool]) -> Answer | None:
    """Return what stands below the first heading, or line ending in ":", that names the body."""
    # A turn that only names another body ("Thế còn Văn phòng?") asks for the line with its very name.
    for section in () if query.carried else document.sections:
        titled = section.level and section.heading and _is_title(section)
        if titled and names(section.heading, 3 * _LONGER) and (told := _of_section(document, section)):
            return told
    for section in document.sections:
        leads = list(LEAD.finditer(document.text, section.start, section.end))
        for n, lead in enumerate(leads):
            if _names_in_a_row(query.words, lead[0]) or (not query.carried and names(lead[0], _LONGER)):
                end = leads[n + 1].start() if n + 1 < len(leads) else section.end
                return listed_below(document, (lead.start(), lead.end()), (lead.end(), end))
    return None


def _names_in_a_row(question: str, lead: str) -> bool:
    """Whether a question has a lead's words in a row ("Ban Tài chính" of "- Ban Tài chính:")."""
    name, asked = (f" {' '.join(re.findall('[a-z0-9]+', fold(text)))} " for text in (lead, question))
    return " " in name.strip() and name in asked


def _is_title(section: Section) -> bool:
    return len(section.heading.split()) <= 20 and section.heading[-1:] not in ".;"


def _asked_section(query: Query, document: Document, glossary: Glossary, *, named: bool) -> Section | None:
    """Return the part whose heading the question says: all of it, or all it asks of a named document."""
    asked = _words(query.search_text, glossary)
    head = document.letterhead
    named_by = _words(" ".join(filter(None, (head.title, head.place, head.issuer, head.type))), glossary)
    core = asked - named_by
    fitting: list[tuple[int, int, Section]] = []
    for section in document.sections:
        heading = _words(section.heading or "", glossary)
        if not section.level or not heading or not _is_title(section):
            continue
        told = heading | _kind_above(document, section)
        whole = len(heading) >= 3 and heading <= asked and len(asked - heading) <= 1
        part = (
            named
            and len(core & heading) > 1
            and core <= told
            and len(heading - named_by) <= len(core) + _LONGER
        )
        if whole or part:
            fitting.append((len(heading), section.start, section))
    return min(fitting)[2] if fitting else None


def _kind_above(document: Document, section: Section) -> frozenset[str]:
    """Return the words of the headings above a part that say of what kind it is: "Nhiệm vụ, giải pháp"."""
    above = (s.heading for s in document.sections if s.level and section.address.startswith(f"{s.address}."))
    return frozenset(
        word for heading in above for kind in _KIND.findall(fold(heading)) for word in kind.split()
    )


def _of_section(document: Document, section: Section) -> Answer | None:
    head = document.text.find("\n", section.start, section.end)
    if head < 0:
        return None
    end = max((s.end for s in document.sections if s.address == section.address), default=section.end)
    return listed_below(document, (section.start, head), (head, max(end, section.end)))


def deadline_answer(
    query: Query, terms: Terms, ranked: Sequence[Candidate], shelf: Shelf, allowed: frozenset[str] | None
) -> Answer | None:
    """Return until when reports are due in the documents asked about; None for any other question."""
    key = ask_key(query.words)
    if query.asks != "date" or not (_UNTIL.search(key) and _REPORTS.search(key)):
        return None
    what = _SENT.search(key)  # "nộp kinh phí": of something else than reports only its own words tell
    lines: list[str] = []
    quotes: list[Quotation] = []
    for document in _documents(query, terms, ranked, shelf, allowed)[:3]:
        for span, line, at in structure.deadlines(document):
            dates = find_dates(line[at:])
            if not dates or (what and what["what"] not in fold(line)):
                continue
            start, end, _ = dates[0]
            quoted = quotation(document, *span)
            words = bare_line(quoted.quote)
            shown = line[at + start : at + end]
            lines.append(f"- {words.replace(shown, f'**{shown}**', 1)} ({brief_source(document, quoted)})")
            quotes.append(quoted)
    return Answer("\n".join(lines), abstained=False, citations=tuple(quotes)) if quotes else None
