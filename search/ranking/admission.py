"""Into what people are admitted: the union, or the Party, which chooses among the union's best.

"Kết nạp đoàn viên" is the union's own growth; "giới thiệu đoàn viên ưu tú cho Đảng xem xét, kết nạp" is the
Party's. Both are chỉ tiêu of the same plans, in nearly the same words, and a figure of one is none of the
other (Điều lệ Công đoàn Việt Nam, điều 3; Điều lệ Đảng, điều 4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from corpus.text import fold
from search.query import Query
from search.rerank import Candidate

Into = Literal["union", "party"]

_FIGURES = r"(?:(?:them|moi|duoc|it nhat|tren|tu|khoang|hon|so|bao nhieu|may|[\d.,]+)\s)*"
_BEST = r"(?:cong doan )?uu tu"
_PARTY = re.compile(
    rf"\b(?:ket nap|phat trien) {_FIGURES}(?:vao )?(?:hang ngu (?:cua )?)?dang\b"
    rf"|\b(?:cho|vao|voi|de|sang) (?:to chuc |chi bo |cap uy )?(?:dang|chi bo|cap uy)\b"
    rf"|\bdang vien\b|\bcam tinh dang\b|\bdoan vien {_BEST}\b"
)
_UNION = re.compile(
    rf"\b(?:ket nap|phat trien) {_FIGURES}doan vien\b(?! {_BEST})(?! (?:cho|vao) dang\b)"
    r"|\bdoan vien (?:cong doan )?(?:duoc )?(?:(?:ket nap|phat trien) )?moi\b"
    r"|\bdoan vien (?:cong doan )?(?:duoc )?(?:ket nap|phat trien)\b(?! (?:vao )?dang\b)"
    r"|\b(?:gia nhap|vao) (?:to chuc )?cong doan\b|\btro thanh doan vien\b"
)


def admits_into(folded: str) -> frozenset[Into]:
    """Return into what words speak of admitting people; empty where they speak of no admission.

    Args:
        folded: Words without diacritics, in lower case.

    >>> sorted(admits_into("gioi thieu 410 doan vien uu tu cho dang ket nap")), sorted(admits_into("ket nap"))
    (['party'], [])
    >>> sorted(admits_into("ket nap moi 900 doan vien cong doan"))
    ['union']
    """
    return frozenset(_found(folded))


def is_of_other_admission(query: Query, candidate: Candidate) -> bool:
    """Whether a question asks of admission to one of the two, and the words found tell only of the other.

    "Kết nạp bao nhiêu đoàn viên?" is not answered by "Giới thiệu 410 đoàn viên ưu tú cho Đảng kết nạp".
    """
    unit = candidate.unit
    asked = admits_into(fold(query.words))
    said = admits_into(fold(f"{unit.lead} {unit.text}")) if unit else frozenset()
    return bool(asked and said) and not asked & said


def _found(folded: str) -> Iterator[Into]:
    if _PARTY.search(folded):
        yield "party"
    if _UNION.search(folded):
        yield "union"
