"""Questions about the library itself: which documents it holds, and how many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.records import Document
from corpus.text import fold
from search.asking.asks import QUESTION_WORDS, ask_key
from search.documents import facts
from search.documents.sources import document_name
from search.hits import Answer, Quotation
from search.query import Query

SHOWN = 8  # documents named in one answer; all of them stand on the page's own list
_KIND = (
    "van ban|tai lieu|ke hoach|bao cao|nghi quyet|chi thi|quyet dinh|chuong trinh|huong dan|thong bao"
    "|cong van|quy che|quy dinh|ket luan|de an"
)
_LIBRARY = re.compile(r"\b(?:kho|thu vien|he thong|chuong trinh nay|co so du lieu|dang luu|da nap)\b")
_ASKED = re.compile(rf"\b(?:{_KIND})\b")
_LISTED = re.compile(rf"^(?:liet ke|danh sach|xem|cho (?:xem|biet)|co|cac|nhung|tat ca)\b.*\b(?:{_KIND})\b")
_ONLY_NAMED = re.compile(rf"^(?:{_KIND})\b(?!.*\b(?:gi|nao|ai|may|bao nhieu|khong|chua)\b)")
# What may stand beside a kind of document in a question about the library as a whole.
_ABOUT_THE_LIBRARY = frozenset(
    """
    kho thư viện cơ sở dữ liệu hệ thống trong danh sách mục lục liệt kê tất cả toàn bộ xem cho có gồm các
    những văn bản tài liệu đang được lưu giữ chứa nạp đọc mấy số lượng tổng cộng ban hành bao nhiêu gì nào
    kế hoạch báo cáo nghị quyết chỉ thị quyết định chương trình hành động hướng dẫn thông công quy chế kết
    luận loại đề án bạn đây lđlđ tỉnh của liên đoàn lao thành phố
    """.split()
)


_NEWEST = re.compile(r"\b(?:moi nhat|moi ban hanh|gan day nhat|co gi moi|nao moi)\b")
_OF_NEWNESS = frozenset("mới nhất gần vừa thêm tháng tuần quý hôm này qua".split())
_NEWEST_SHOWN = 5


def asks_for_newest(query: Query) -> bool:
    """Whether a question asks which documents of the library are the newest, and nothing else."""
    if query.numbers or query.serials or query.dates:
        return False
    if not _NEWEST.search(ask_key(query.words if query.diacritics else query.text)):
        return False
    known = {fold(w) for w in _ABOUT_THE_LIBRARY | QUESTION_WORDS | _OF_NEWNESS}
    places = {fold(s) for place in query.places for s in place.split()}
    return all(fold(k) in known | places for k in query.keywords)


def asks_for_holdings(query: Query) -> bool:
    """Whether a question asks which documents the library holds, not what they say.

    A place, a year or a type may narrow it ("Kho có những kế hoạch nào của Lai Châu năm 2023?").
    """
    if query.numbers or query.serials or query.dates or not query.words:
        return False
    if asks_for_newest(query):
        return True
    key = ask_key(query.words if query.diacritics else query.text)
    narrowed = bool(query.places or query.years) and (_LISTED.search(key) or _ONLY_NAMED.search(key))
    if not _ASKED.search(key) or not (_LIBRARY.search(key) or narrowed):
        return False
    known = {fold(w) for w in _ABOUT_THE_LIBRARY | QUESTION_WORDS}
    places = {fold(s) for place in query.places for s in place.split()}
    return all(fold(k) in known | places for k in query.keywords)


def holdings(query: Query, documents: Sequence[Document]) -> Answer:
    """Name the documents, newest first, each with its own words for what it is.

    Args:
        documents: Those of the years, places and types the question says.
    """
    narrowed = f" ({', '.join(query.conditions)})" if query.conditions else ""
    if not documents:
        return Answer(f"Không tìm thấy. Kho không có văn bản nào như vậy{narrowed}.", abstained=True)
    chosen = sorted(documents, key=lambda d: (d.letterhead.date or "", d.doc_id), reverse=True)
    lines = [f"Kho đang có {len(chosen)} văn bản{narrowed}:"]
    if asks_for_newest(query):
        chosen = chosen[:_NEWEST_SHOWN]
        lines = [f"Văn bản trong kho{narrowed}, ngày ban hành mới nhất trước:"]
    quotes: list[Quotation] = []
    for document in chosen[:SHOWN]:
        fact = facts.about(document)
        lines.append(f"- {fact.text if fact else document_name(document)}")
        quotes += fact.quotations if fact else ()
    if len(chosen) > SHOWN:
        lines.append(f"… và {len(chosen) - SHOWN} văn bản khác.")
    return Answer("\n".join(lines), abstained=not quotes, citations=tuple(quotes))
