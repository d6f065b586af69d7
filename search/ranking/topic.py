"""Whether words say what a question is about: its compound words, one by one.

A word of two syllables names a thing; a passage that is near in meaning but lacks it speaks of another.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.text import fold, segment_words
from index.linestore import BODY, HEAD, TITLE
from search.asking.asks import QUESTION_WORDS, ask_key
from search.asking.matching import SPOKEN_CREDIT, Terms
from search.query import Query
from search.ranking.evidence import Said, Unit
from search.rerank import Candidate

_ASKS = re.compile(r"\b(?:gi|nao|sao|ai|dau|bao)\b|\?")
# What documents are made of: words of one kind answer where the question says another.
_KINDS_OF_WORDS = frozenset(
    "chỉ tiêu|mục tiêu|chủ trương|nhiệm vụ|giải pháp|biện pháp|quy định|yêu cầu|chỉ đạo|nội dung|kết quả"
    "|chính sách|quan điểm|phương hướng|trách nhiệm|hoạt động|công tác|kế hoạch|báo cáo|nghị quyết|văn bản"
    "|chương trình|vấn đề|nguyên tắc|quyền lợi|vai trò|ý kiến|cấp trên".split("|")
)
# Verbs that say only that something is done; one stands for another.
DOING = frozenset(
    "tổ chức|thực hiện|triển khai|tiến hành|áp dụng|quy định|yêu cầu|bắt buộc|phấn đấu|dự định|bảo đảm"
    "|đảm bảo|ban hành|xây dựng|diễn ra|hoàn thành|kỷ niệm|sử dụng|phải chăng|có phải|hiện nay".split("|")
)


def leaves_out_the_topic(query: Query, terms: Terms, best: Candidate) -> bool:
    """Whether the first compound word of a question is said nowhere in the passage or above it.

    Of words typed only to look something up, without asking, any may come first.
    """
    if not _ASKS.search(ask_key(query.words)):
        return False
    view, unit = best.view, best.unit
    lines = (BODY, HEAD, TITLE, *((unit.lead_line,) if unit else ()))
    said = Said(terms, [view]).credits(0, lines)
    credits = dict(zip((t.exact for t in terms.terms), said, strict=True))
    topic = next((pair for pair in _of_topic(query) if pair in credits), "")
    return bool(topic) and not credits[topic]


def leaves_out_every_word(query: Query, terms: Terms, best: Candidate) -> bool:
    """Whether the words and what governs them say no compound word of a question."""
    if best.unit is None:
        return False
    said = Said(terms, [best.view]).credits(0, (best.unit.line, best.unit.lead_line, HEAD))
    credits = dict(zip((t.exact for t in terms.terms), said, strict=True))
    told = [credits[pair] for pair in _of_topic(query) if pair in credits]
    return bool(told) and not any(told)


def _of_topic(query: Query) -> list[str]:
    """Return the pairs of the compound words of a question that are no kind of words."""
    return [pair for pair in _compounds(query.words) if pair.replace("_", " ") not in _KINDS_OF_WORDS]


def says_every_word(query: Query, terms: Terms, best: Candidate, unit: Unit) -> bool:
    """Whether the words and what stands above them hold each compound word of the question."""
    view = best.view
    told = Said(terms, [view]).credits(0, (unit.line, unit.lead_line, HEAD, TITLE))
    credits = dict(zip((t.exact for t in terms.terms), told, strict=True))
    said = _Pairs(" . ".join((*view.passage.heading, unit.lead, unit.text)))
    asked = [pair for pair in _compounds(query.words) if pair in credits]
    return all(credits[pair] == SPOKEN_CREDIT or (credits[pair] and said.holds(pair)) for pair in asked)


def _compounds(words: str) -> list[str]:
    """Return the pairs of syllables that make up the compound words of a question."""
    found = [word.split("_") for word in segment_words([words])[0].lower().split()]
    of_subject = [
        single
        for single in found
        if len(single) > 1 and not set(single) <= QUESTION_WORDS and " ".join(single) not in DOING
    ]
    return [f"{a}_{b}" for single in of_subject for a, b in pairwise(single)]


class _Pairs:
    """The pairs of syllables that a text says as words, not by chance neighbours.

    "Gia đình công nhân" and "gia đình CNVCLĐ" have the syllables of "đình công" side by side.
    """

    def __init__(self, text: str) -> None:
        words = [[fold(s) for s in word.split("_")] for word in segment_words([text])[0].split()]
        self._pairs = {f"{a}_{b}" for word in words for a, b in pairwise(word)}
        self._pairs |= {f"{a[-1]}_{b[0]}" for a, b in pairwise(words) if len(a) == 1 or len(b) == 1}
        self._abbreviations = [word for word in re.findall(r"\w+", text) if word.isupper() and len(word) > 1]

    def holds(self, pair: str) -> bool:
        initials = "".join(part[0] for part in pair.split("_")).upper()
        return fold(pair) in self._pairs or any(initials in word for word in self._abbreviations)
