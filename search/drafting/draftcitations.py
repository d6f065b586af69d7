"""The citations of a draft: malformed, unknown, ambiguous, replaced, or unlike the document they name.

Which document a mention means is settled by the rules of corpus.citing.identity, with the draft read as one
more document of the library.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from corpus.citing.claims import Claim, claims_of, held_claim
from corpus.citing.identity import Register, settle
from corpus.citing.works import Said, Work
from corpus.numbers import NumberMention, find_numbers
from corpus.records import Citation, Document
from corpus.structure.doctypes import TYPE
from corpus.text import clean
from search.directing.graph import DirectiveGraph, graph_of
from search.directing.standing import work_name
from search.directing.validity import changes_to, said_of
from search.documents.sources import quotation, vietnamese_date
from search.drafting.drafts import DRAFT_ID
from search.drafting.findings import Finding, Severity
from search.hits import Quotation

if TYPE_CHECKING:
    from index.bundle import Bundle

_SHOWN = 3  # candidates named for one mention
# "Quyết định số QĐ-217/TLĐ": what stands where a số/ký hiệu should.
_AFTER_TYPE = re.compile(rf"(?<!\w){TYPE}\s(?i:số)\s?:?\s?(?P<read>[\w./–-]*\d[\w./–-]*)")
_GOES_ON = re.compile(r"(?:[\s,;&]|và|\d)*$")


@dataclass(frozen=True, slots=True)
class _Library:
    """What the documents of a library say of themselves and of others, kept for the next draft."""

    said: dict[str, Said]
    held: tuple[Claim, ...]
    claims: tuple[Claim, ...]


_READING = threading.Lock()
_READ: WeakKeyDictionary[Bundle, _Library] = WeakKeyDictionary()


def _library(bundle: Bundle) -> _Library:
    with _READING:
        if (library := _READ.get(bundle)) is None:
            documents = [bundle.documents[doc_id] for doc_id in bundle.documents]
            library = _READ[bundle] = _Library(
                {d.doc_id: Said(d.letterhead, d.citations) for d in documents},
                tuple(held_claim(d) for d in documents),
                tuple(claim for d in documents for claim in claims_of(d)),
            )
    return library


def check_citations(bundle: Bundle, draft: Document) -> Iterator[Finding]:
    """Yield what is to be said of the citations of a draft, a finding for each mention and fault."""
    yield from malformed(draft)
    library = _library(bundle)
    register = settle(
        library.said | {DRAFT_ID: Said(draft.letterhead, draft.citations)},
        (*library.held, held_claim(draft)),
        (*library.claims, *claims_of(draft)),
    )
    known = _Known(bundle, register, draft)
    told: set[tuple[str, str]] = set()  # what a draft cites again and again is told at its first place
    for position, citation in enumerate(draft.citations):
        link = register.links.get((DRAFT_ID, position))
        if link is None:
            continue
        key = (link.status, link.work_id or _words(draft, citation))
        if link.status == "ambiguous" and key not in told:
            works = [register.works[one] for one in link.candidates]
            names = "; ".join(work_name(work) for work in works[:_SHOWN])
            yield Finding(
                # A law is called by its name alone; its number would only be more exact.
                "citation-ambiguous", "warning" if citation.number else "info", citation.start, citation.end,
                f"“{_words(draft, citation)}” chưa rõ là văn bản nào: {link.why}. Có thể là: {names}. "
                "Nên ghi đủ số, ký hiệu, ngày tháng và cơ quan ban hành.",
                tuple(q for work in works[:_SHOWN] for q in known.quotes(work)[:1]),
            )  # fmt: skip
        elif link.work_id is not None and DRAFT_ID not in register.works[link.work_id].held:
            found = list(known.check(register.works[link.work_id], citation))
            yield from (f for f in found if f.kind != "citation-unknown" or key not in told)
        told.add(key)


def malformed(draft: Document) -> Iterator[Finding]:
    """Yield the số/ký hiệu of a draft that are not written as their office writes them."""
    line = clean(draft.text)
    found = list(find_numbers(line.text))
    for mention in found:
        read = line.text[mention.start : mention.end]
        start, end = line.span(mention.start, mention.end)
        if read != mention.number:
            why = f"Số, ký hiệu “{read}” nên ghi là “{mention.number}”."
            yield Finding("citation-malformed", "warning", start, end, why)
        elif re.match(r"[1-9](?!\d)", read):
            why = f"Số nhỏ hơn 10 ghi thêm số 0 phía trước: “0{read}” (Nghị định 30/2020/NĐ-CP, Phụ lục I)."
            yield Finding("citation-malformed", "info", start, end, why)
    for match in _AFTER_TYPE.finditer(line.text):
        first, last = match.start("read"), match.start("read") + len(match["read"].rstrip("./-–"))
        if not any(m.start < last and first < m.end for m in found) and not _shares(line.text, last, found):
            yield _incomplete(
                draft, match[0].rstrip("./-–"), match["read"].rstrip("./-–"), *line.span(first, last)
            )


def _shares(text: str, at: int, found: list[NumberMention]) -> bool:
    """Whether a bare number shares the rest of the next one ("Quyết định số 217, 218-QĐ/TW")."""
    following = next((m.start for m in found if m.start >= at), None)
    return (
        following is not None and _GOES_ON.fullmatch(text[at:following]) is not None and following - at < 30
    )


def _incomplete(draft: Document, words: str, read: str, start: int, end: int) -> Finding:
    """Return the finding for what stands where a số/ký hiệu should and is none."""
    known = next((c.number for c in draft.citations if c.start <= start < c.end and c.number), None)
    if known:
        message = f"“{words}” ghi thiếu ký hiệu; nên ghi đủ “{known}”."
        return Finding("citation-malformed", "warning", start, end, message)
    if read.isdigit():
        message = f"“{words}” thiếu ký hiệu (loại văn bản, cơ quan ban hành), chưa xác định được văn bản."
        return Finding("citation-malformed", "warning", start, end, message)
    message = (
        f"“{read}” không đúng thể thức số, ký hiệu văn bản (ví dụ: 12/KH-LĐLĐ, 02-NQ/TW, 145/2020/NĐ-CP)."
    )
    return Finding("citation-malformed", "error", start, end, message)


def changes_of(bundle: Bundle, quoted: Quotation) -> Iterator[str]:
    """Yield what the library says became of the documents that a quotation cites: replaced, repealed..."""
    graph = graph_of(bundle)
    for start, end, link in graph.links_in(quoted.doc_id):
        if quoted.start <= start and end <= quoted.end and link.work_id is not None:
            work = graph.work(link.work_id)
            for change in changes_to(graph, work):
                yield f"{work_name(work)} {said_of(graph, change)}."


class _Known:
    """What the library knows of the works a draft cites."""

    def __init__(self, bundle: Bundle, register: Register, draft: Document) -> None:
        self._bundle, self._register, self._draft = bundle, register, draft
        self._graph: DirectiveGraph = graph_of(bundle)
        # The draft itself may be in the library: what it says of others proves nothing of them.
        own = next((w.held for w in register.works.values() if DRAFT_ID in w.held), ())
        self._own = frozenset(own) | {DRAFT_ID}

    def check(self, work: Work, citation: Citation) -> Iterator[Finding]:
        """Yield what is to be said of one mention of a work."""
        before = self._in_graph(work)
        if before is None:
            if work.number:
                yield self._unknown(work, citation)
            return
        yield from self._changed(before, citation)
        if citation.date and before.date and citation.date != before.date:
            yield Finding(
                "citation-mismatch", "error" if before.held else "warning", citation.start, citation.end,
                f"Bản thảo ghi ngày {vietnamese_date(citation.date)}; trong kho, {work_name(before)}.",
                self.quotes(before),
            )  # fmt: skip

    def _in_graph(self, work: Work) -> Work | None:
        """Return the same work as the library knows it without the draft; None where it does not."""
        if work.held:
            return self._graph.register.of_document(work.held[0])
        for mention in work.mentions:
            link = self._graph.register.links.get(mention) if mention[0] not in self._own else None
            if link and link.work_id:
                return self._graph.work(link.work_id)
        return None

    def quotes(self, work: Work) -> tuple[Quotation, ...]:
        """Return where a work's number stands in its own letterhead, or else who names it."""
        for doc_id in work.held:
            if doc_id in self._own:
                continue
            document = self._bundle.documents[doc_id]
            at = document.text.find(document.letterhead.number_as_read or "\0")
            line = document.text.find("\n", max(at, 0))
            start, end = (
                (at, at + len(document.letterhead.number_as_read or "")) if at >= 0 else (0, max(line, 1))
            )
            if document.text[start:end].strip():
                return (quotation(document, start, end),)
        mentions = (m for m in work.mentions if m[0] not in self._own and m in self._graph.mentions)
        return tuple(self._graph.quote(self._graph.mentions[m]) for m in mentions)[:2]

    def _changed(self, work: Work, citation: Citation) -> Iterator[Finding]:
        for change in changes_to(self._graph, work):
            said = f"{work_name(work)} {said_of(self._graph, change)}."
            quoted = self._graph.quote(change.edge.statements[0])
            severity: Severity = "error" if change.ends else "info"
            yield Finding("citation-replaced", severity, citation.start, citation.end, said, (quoted,))

    def _unknown(self, work: Work, citation: Citation) -> Finding:
        near = self._near(work, citation)
        words = f"Kho chưa có văn bản số {work.number} và chưa văn bản nào trong kho nhắc tới"
        if not near:
            words += "; xin đối chiếu số, ký hiệu với bản gốc."
            return Finding("citation-unknown", "info", citation.start, citation.end, words)
        names = "; ".join(work_name(one) for one in near)
        dated = [one for one in near if one.number == work.number and one.date and citation.date]
        if dated and all(one.date != citation.date for one in dated):
            told = ", ".join(vietnamese_date(one.date) for one in dated if one.date)
            return Finding(
                "citation-mismatch", "warning", citation.start, citation.end,
                f"Bản thảo ghi văn bản số {work.number} ngày {vietnamese_date(citation.date or '')}; "
                f"trong kho văn bản này đề ngày {told}.",
                tuple(q for one in dated for q in self.quotes(one)[:1]),
            )  # fmt: skip
        return Finding(
            "citation-unknown", "warning", citation.start, citation.end,
            f"{words}. Gần giống trong kho: {names}.",
            tuple(q for one in near for q in self.quotes(one)[:1]),
        )  # fmt: skip

    def _near(self, work: Work, citation: Citation) -> list[Work]:
        """Return the works that a slip of the pen would make of this one: another year, office or serial."""
        same = self._graph.register.numbered(work.number or "")
        kind = re.sub(r"^\d+\w?", "", work.number or "")
        others = (
            one
            for one in self._graph.register.works.values()
            if one.number and one not in same and citation.date and one.date == citation.date
            and re.sub(r"^\d+\w?", "", one.number) == kind
        )  # fmt: skip
        return [one for one in (*same, *others) if self._is_known(one)][:_SHOWN]

    def _is_known(self, work: Work) -> bool:
        """Whether any document but the draft itself is or names a work."""
        return bool({*work.held, *(doc_id for doc_id, _ in work.mentions)} - self._own)


def _words(draft: Document, citation: Citation) -> str:
    words = " ".join(draft.text[citation.start : citation.end].split())
    return words if len(words) <= 120 else words[:120].rsplit(" ", 1)[0] + "…"
