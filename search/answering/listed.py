"""Answers of several lines: one for each place, in its own words, with its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.numbers import find_numbers
from corpus.records import Document
from corpus.text import clean, fold
from search.answering.digest import asks_for_digest
from search.answering.lines import around, bare_line, embolden, telling_words
from search.answering.listing import LEAST_SHOWN, Group, Item
from search.asking.asks import ask_key
from search.asking.docnames import typed_serials
from search.directing.graph import DirectiveGraph
from search.documents.shelf import Shelf
from search.documents.sources import brief_source, quotation
from search.documents.subject import is_lookup
from search.hits import Answer, Quotation
from search.query import Query

MAY_BE_MORE = "(Đây là các đoạn gần nhất tìm được; danh sách có thể chưa đủ.)"
_MOST_ITEMS = 8  # documents or places listed in one answer
_WORDS = 110  # about how many words all lines together may have
_GROUPS: dict[Group, str] = {
    "issued_for": "Được ban hành để triển khai, thực hiện:",
    "carries_out": "Có nội dung triển khai, thực hiện:",
    "mentions": "Chỉ nhắc tới, không nói việc triển khai:",
}
_CARRIED_OUT = re.compile(r"\b(?:trien khai|thuc hien|cu the hoa|quan triet|thi hanh|huong dan)\b")

DocumentOf = Callable[[str], Document]


def listed(query: Query, items: Sequence[Item], document_of: DocumentOf, *, complete: bool = False) -> Answer:
    """One line a place, for questions that ask for several.

    Args:
        items: At least one.
        complete: Whether these are all the places there are.
    """
    lines: list[str] = []
    quotes: list[Quotation] = []
    shown = items[:_MOST_ITEMS]
    share = max(LEAST_SHOWN, _WORDS // max(len(shown), 1))
    for item in shown:
        document = document_of(item.doc_id)
        quoted = quotation(document, _start(item, document), item.end)
        if item.mention is None:
            words = embolden(query, _telling(query, item, document, quoted.end, share))
        else:
            words = _naming(query, document, quoted, item.mention, share)
        lines.append(f"- {words} ({brief_source(document, quoted)})")
        quotes.append(quoted)
    if complete and len(items) > len(shown):
        lines.append(f"(Còn {len(items) - len(shown)} nơi khác.)")
    elif not complete:
        lines.append(MAY_BE_MORE)
    return Answer(text="\n".join(lines), abstained=False, citations=tuple(quotes))


def citing_answer(query: Query, items: Sequence[Item], document_of: DocumentOf) -> Answer:
    """List who cites the document asked about; who carries it out apart, where the question asks for that.

    Args:
        items: At least one; all there are.
    """
    answer = listed(query, items, document_of, complete=True)
    if not _CARRIED_OUT.search(ask_key(query.words)):
        return answer
    named = ", ".join(query.numbers) or "văn bản này"
    if all(item.group == "mentions" for item in items):
        head = f"Chưa thấy văn bản nào trong kho nói việc triển khai {named}; các văn bản sau nhắc tới:"
        return _headed(head, answer)
    lines = answer.text.split("\n")
    grouped: list[str] = []
    for group, name in _GROUPS.items():
        of_group = [line for line, item in zip(lines, items, strict=False) if item.group == group]
        grouped += [name, *of_group] if of_group else []
    order = sorted(range(len(answer.citations)), key=lambda n: list(_GROUPS).index(items[n].group))
    rest = lines[len(answer.citations) :]
    quotes = tuple(answer.citations[n] for n in order)
    return Answer("\n".join([*grouped, *rest]), abstained=False, citations=quotes)


def asks_of_one_not_held(query: Query, shelf: Shelf) -> bool:
    """Whether a question asks what a document is that the library does not hold."""
    if not query.numbers or shelf.holds(query.numbers):
        return False
    asked = query.asks == "about" or bool(asks_for_digest(query.text))
    return asked or (query.asks != "issue_date" and is_lookup(query))


def in_full_number(query: Query, shelf: Shelf, graph_of: Callable[[], DirectiveGraph]) -> Query:
    """Return a question with the number that its type and bare serial stand for, where that is one alone.

    "Nghị quyết 25" is 25-NQ/TW in a library that holds no document of this serial and cites only that one.
    """
    asked = typed_serials(query.words)
    if query.numbers or len(asked) != 1 or shelf.named(query):
        return query
    kind, serial = asked[0]
    numbers = graph_of().numbers_of_serial(kind, serial)
    if len(numbers) != 1:
        return query
    text = re.sub(rf"(?<!\w){serial}(?!\w)", numbers[0], query.text, count=1)
    return replace(query, text=text, numbers=(numbers[0],), serials=())


def only_cited(query: Query, items: Sequence[Item], document_of: DocumentOf) -> Answer:
    """Say that the library lacks the document asked for, and where it is spoken of."""
    head = f"Kho không có văn bản {', '.join(query.numbers)}; các văn bản sau nhắc tới:"
    return _headed(head, listed(query, items, document_of, complete=True))


def _headed(head: str, answer: Answer) -> Answer:
    return Answer(f"{head}\n{answer.text}", abstained=False, citations=answer.citations)


def _start(item: Item, document: Document) -> int:
    """Return where to begin quoting: not before the part, or the footnote, that names the document."""
    section = document.section_at(item.mention[0]) if item.mention else None
    return max(item.start, section.start) if section else item.start


def _naming(query: Query, document: Document, quoted: Quotation, mention: tuple[int, int], most: int) -> str:
    """Return the words about a document's name; the name in bold where it is what was asked for."""
    before = bare_line(document.text[quoted.start : mention[0]])
    after = clean(document.text[mention[0] : max(quoted.end, mention[1])]).text
    number = next(iter(find_numbers(after)), None)
    if query.asks in ("directives", "number") and number and not re.search(r"\d", after[: number.start]):
        after = f"{after[: number.start]}**{after[number.start : number.end]}**{after[number.end :]}"
    return around(before, after, most)


def _telling(query: Query, item: Item, document: Document, end: int, most: int) -> str:
    """Return the words of a place that say most of the question."""
    return telling_words(bare_line(document.text[item.start : end]), {fold(k) for k in query.keywords}, most)
