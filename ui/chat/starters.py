"""Questions to start with, made from what the library itself holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, zip_longest

from corpus.records import Document
from corpus.text import fold

# What union plans set targets for year after year, and the words (folded) that a section about
# it holds; a question is offered only where a document of that year has such a section.
_TOPICS = {
    "giới thiệu đảng viên": ("gioi thieu", "doan vien", "dang", "ket nap"),
    "phát triển đoàn viên": ("phat trien", "doan vien moi"),
    "thành lập công đoàn cơ sở": ("thanh lap", "cong doan co so"),
    "tập huấn cán bộ công đoàn": ("tap huan", "can bo cong doan"),
    "tổ chức hội nghị người lao động": ("hoi nghi nguoi lao dong",),
    "kiểm tra tài chính công đoàn": ("kiem tra", "tai chinh"),
}


def starter_questions(documents: Sequence[Document], limit: int = 5) -> list[str]:
    """At most `limit` questions the library can answer; kinds and documents take turns.

    A question is offered only where a letterhead, or a section of targets, holds its answer;
    the answer itself is found by the engine, as for any other question.
    """
    kinds: list[Callable[[Document], str | None]] = [
        _about_target,
        _about_signer,
        _about_date,
        _about_subject,
    ]
    by_kind = []
    for place, kind in enumerate(kinds):
        # Each kind begins with another document, so that the first questions are not all about one.
        start = place % max(len(documents), 1)
        turned = [*documents[start:], *documents[:start]]
        by_kind.append([question for document in turned if (question := kind(document))])
    in_turn = chain.from_iterable(zip_longest(*by_kind))
    return list(dict.fromkeys(question for question in in_turn if question))[:limit]


def _about_target(document: Document) -> str | None:
    """ "Chỉ tiêu giới thiệu đảng viên năm 2021": the first topic that a section of targets speaks of."""
    under = [s.address for s in document.sections if s.level and "chi tieu" in fold(s.heading)]
    texts = [
        fold(document.text[s.start : s.end])
        for s in document.sections
        if any(s.address == a or s.address.startswith(f"{a}.") for a in under)
    ]
    for topic, words in _TOPICS.items():
        if document.year and any(all(word in text for word in words) for text in texts):
            return f"Chỉ tiêu {topic} năm {document.year}"
    return None


def _about_signer(document: Document) -> str | None:
    named = _named(document)
    return f"Ai ký {named}?" if named and document.letterhead.signer else None


def _about_date(document: Document) -> str | None:
    named = _named(document)
    return f"{named} ban hành ngày nào?" if named and document.letterhead.date else None


def _about_subject(document: Document) -> str | None:
    named = _named(document)
    return f"{named} nói về việc gì?" if named and document.letterhead.title else None


def _named(document: Document) -> str | None:
    head = document.letterhead
    return f"{head.type} {head.number}" if head.type and head.number else None
