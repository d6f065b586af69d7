"""Conversations: follow-up questions completed from the turns before; no Gradio in here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from search.answering.digest import asks_for_digest
from search.asking.asks import ask_key
from search.asking.removal import without
from search.documents.subject import Subject
from search.engine import Engine
from search.generate import Writer
from search.hits import Result
from search.query import Query

_LEANS = re.compile(
    r"^(?:the |vay |nhu vay |con |sang |the con |vay con )"
    r"|\b(?:do|nay|kia|tren|ay|vua roi|vua neu)\s?(?:la|thi|co|o|hay|bao|den|,|\?|$)"
    r"|\b(?:van ban|ke hoach|bao cao|chuong trinh|nghi quyet|muc|noi dung|tien|so|moc|nam|dip)\b"
    r"[a-z0-9 /]{0,12}\b(?:do|nay|kia|ay|tren)\b"
    r"|\bthi sao\b|\bthe nao nua\b|\bchi tiet\b"
)
# "Văn bản đó", "ở mốc ấy" point to a document or a time; "tiền đó", "chỉ tiêu này" to what was asked.
_SCOPE = re.compile(
    r"\b(?:van ban|ke hoach|bao cao|chuong trinh|nghi quyet|moc|nam|giai doan|quy|tinh|don vi)\b"
    r"[a-z0-9 ]{0,12}\b(?:do|nay|kia|ay|tren)\b"
)
_STARTS = re.compile(r"^(?:the|vay|con|sang)\s|\bthi sao\b")
_DOCUMENT = re.compile(
    r"\b(?:van ban|ke hoach|bao cao|chuong trinh|nghi quyet|quyet dinh|chi thi|huong dan|cong van)\b"
    r"(?: hanh dong| noi tren| vua neu)?\s(?:do|nay|kia|ay|tren)\b"
)
_DETAIL = re.compile(
    r"^(?:(?:xin |cho )?(?:xem|biet|neu|noi|trich|doc|giai thich|cho biet)\s)?(?:them\s)?"
    r"(?:chi tiet|cu the|ro|day du|nguyen van|toan van|doc tiep|xem them)(?:\shon|\sthem|\sva day du)*"
    r"(?:\s(?:cua\s)?(?:muc|doan|phan|noi dung|y|cho|dieu|khoan)(?:\s(?:do|nay|ay|tren))?)?"
    r"(?:\s(?:di|duoc khong|nhe|a|voi))*[ ?.!]*$"
)
_GENERIC = frozenset(
    "thế vậy sao mốc văn bản kế hoạch chương trình báo nghị quyết chi tiết mục nội dung tiền dịp".split()
)
# Words that say of what measure a figure is; alone they bring no subject ("Tỷ lệ ở Lai Châu?").
_OF_MEASURE = frozenset(
    "tổng số lượng tỷ tỉ lệ phần trăm kết quả chỉ mục tiêu hạn thời gian mức kinh phí cuộc".split()
)
_SUBJECT = 3  # words: "kiểm tra" alone may be of what was asked before
ABOUT = "đang hỏi về: "  # begins the label that says what a follow-up is about
_SHORT = 5  # words of its own: a shorter question leans on the one before
_ABOUT_DOCUMENT = ("signer", "issue_date", "recipients", "number", "about")


@dataclass
class Conversation:
    """A chat with memory of its subject.

    Attributes:
        writer: The language model that words answers; None where none is set.
        subject: What the next question may lean on; None at the start.
    """

    engine: Engine
    writer: Writer | None = None
    subject: Subject | None = None

    def ask(self, question: str, k: int = 10) -> Result:
        """Answer a question, completed from the turns before where it leans on them.

        Raises:
            QueryError: The question is empty or longer than 2,000 characters.
        """
        *_, answered = self.steps(question, k)
        return answered

    def steps(self, question: str, k: int = 10, removed: Sequence[str] = ()) -> Iterator[Result]:
        """Yield the answer in the documents' words at once; then, where a model is set, in its words.

        Args:
            removed: What of it was understood and is not to be; labels of `Query.understood`.

        Raises:
            QueryError: The question is empty or longer than 2,000 characters.
        """
        query = self.engine.understand(question)
        if self.subject is None or not leans(query):
            query = without(query, removed)
            result = self.engine.ask(question, k, query=query)
            self._remember(query, query.words, result)
            yield from self._worded(result, query)
            return
        if asks_for_detail(query) and self.subject.quoted:
            yield self.engine.detail(question, self.subject.quoted, k)
            return
        own = has_own_subject(query)
        completed = self.subject.complete(query, own=own, bare=not content_words(query))
        bound = None
        if self.subject.doc_id and (points_to_document(query) or _is_about_the_document(query)):
            bound = self.subject.doc_id
            # The words before were of the document, not of what is asked of it now.
            completed = replace(completed, document=bound, carried="" if own else completed.carried)
        completed = without(completed, removed)
        allowed = frozenset({bound}) if bound and points_to_document(query) else None
        result = self.engine.ask(question, k, query=completed, bound=bound, allowed=allowed)
        about = self.subject.words
        self._remember(completed, query.words if own else about, result)
        result = replace(result, understood=(f"{ABOUT}{about}", *result.understood))
        yield from self._worded(result, completed)

    def _worded(self, result: Result, query: Query) -> Iterator[Result]:
        yield result
        if self.writer:
            yield self.writer.word(result, query.search_text)

    def _remember(self, query: Query, words: str, result: Result) -> None:
        if result.answer.courtesy:
            return
        cited = result.answer.citations
        doc_id = cited[0].doc_id if cited else (self.subject.doc_id if self.subject else None)
        quoted = cited[0] if cited else (self.subject.quoted if self.subject else None)
        self.subject = Subject(words=words, query=query, doc_id=doc_id, quoted=quoted)


def _is_about_the_document(query: Query) -> bool:
    if asks_for_digest(query.text) and not (query.numbers or query.serials or query.places or query.types):
        return True
    return query.asks in _ABOUT_DOCUMENT and not (query.numbers or query.serials or query.places)


def content_words(query: Query) -> list[str]:
    """Return the words that bring a subject: no question words, years, places or kinds of document."""
    places = {s.lower() for place in query.places for s in place.split()}
    return [k for k in query.keywords if k not in _GENERIC and k not in places and not k.isdigit()]


def _key(query: Query) -> str:
    return ask_key(query.words if query.diacritics else query.text)


def leans(query: Query) -> bool:
    """Whether a question cannot be understood without the one before."""
    if query.numbers or query.dates:
        return False
    if query.serials and not _STARTS.search(_key(query)):
        return False
    return bool(_LEANS.search(_key(query))) or (len(content_words(query)) < _SHORT and not _is_whole(query))


def _is_whole(query: Query) -> bool:
    """Whether a short question says what, how much and where: "Tổng số CĐCS ở Lai Châu?"."""
    subject = [word for word in content_words(query) if word not in _OF_MEASURE]
    short = any(
        typed.lower() in subject for typed, _ in query.written_out
    )  # an abbreviation is several words
    return bool(query.places) and query.asks != "text" and (short or len(subject) >= _SUBJECT)


def has_own_subject(query: Query) -> bool:
    """Whether a leaning question brings its own subject and only points back: "Tỷ lệ ... ở mốc đó?"."""
    pointed = _SCOPE.search(_key(query)) is not None
    return pointed and query.asks != "text" and len(content_words(query)) >= 2


def points_to_document(query: Query) -> bool:
    """Whether a question points back to one document: "văn bản đó", "kế hoạch này"."""
    return not (query.numbers or query.serials) and bool(_DOCUMENT.search(_key(query)))


def asks_for_detail(query: Query) -> bool:
    """Whether a question wants more of the words just quoted: "Chi tiết mục đó", "Nói rõ hơn"."""
    return not (query.numbers or query.serials or query.places or query.years) and bool(
        _DETAIL.search(_key(query))
    )
