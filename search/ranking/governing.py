"""Whether a figure answers the question's own verb, or only stands near it.

"Kết nạp bao nhiêu đoàn viên?" is not answered by "giới thiệu 780 đoàn viên để Đảng kết nạp": the
figure belongs to another verb. In Vietnamese a verb stands before its object, or after it in
the passive ("780 đoàn viên được kết nạp").
"""

from __future__ import annotations

import re

from corpus.text import fold

_ASKED = re.compile(
    r"(?:^|\s)(?P<verb>[a-z]+(?: [a-z]+)?) (?:duoc |cho |khoang |it nhat |toi thieu |tren |them |moi )*"
    r"(?:bao nhieu|may)\b"
)
# "Bao nhiêu đoàn viên được kết nạp": what is counted is said before the verb it undergoes.
_UNDERGONE = re.compile(r"\b(?:bao nhieu|may)\b(?: [a-z]+){1,8}? duoc (?P<verb>[a-z]+ [a-z]+)")
_FOR = re.compile(r"\b(?:cho|de|nham|xem xet)\b")  # behind these stands what is wanted, not what is done
# Words before "bao nhiêu" that are no verb with an object of their own.
_NO_VERB = frozenset(
    "co la gom den toi khoang duoc bi con muc so tieu luong tri gia het ton thi phai dat cho voi hon it nhat"
    " trong nam thang quy tinh nay do ay nao moi hang thu hien nhau tren duoi ve o tai va".split()
)
_NOUNS = frozenset(
    phrase.strip()
    for phrase in "cong doan, doan vien, lao dong, doanh nghiep, don vi, can bo, trach nhiem, nghiep vu, "
    "chuyen mon, ky nang, trinh do, chat luong, dieu le, phap luat, quy che, quy dinh, thoa uoc, hop dong, "
    "nghi quyet, chi thi, sang kien, bao hiem, tai chinh, tai san, phan mem, chi tieu".split(",")
)
# Verbs that offices use for one another.
_ALIKE = (
    ("gop y", "dong gop y kien", "tham gia y kien", "tham gia gop y", "cho y kien"),
    ("giup do", "ho tro", "tro giup", "tro cap"),
    ("trao tang", "tang qua", "trao qua"),
    ("tap huan", "boi duong", "dao tao"),
    ("khen thuong", "bieu duong", "ton vinh"),
)
# What unions set and report figures of, each group one deed: a figure of one is none of another.
_DEEDS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        "thanh lap|phat trien",
        "ky ket|thuong luong|thoa uoc|tuldtt",
        "ket nap|gia nhap|tro thanh doan vien",
        "gioi thieu",
        "tap huan|boi duong|dao tao",
        "kiem tra|giam sat",
        "khen thuong|bieu duong|ton vinh",
        "doi thoai|hoi nghi",
        "xep loai",
        "cap nhat",
        "tu van",
    )
)
_CLAUSE = re.compile(r"[;:.](?:\s|$)")
_PASSIVE = re.compile(r"\b(?:duoc|da|bi)\b")
_LISTED = 40  # characters from a passive's marker to a verb further down its list


def asked_verb(question: str) -> str:
    """Return the folded verb right before "bao nhiêu" or "mấy"; "" where none stands there.

    Args:
        question: The question's words.

    >>> asked_verb("Công đoàn đã trao tặng bao nhiêu suất quà?"), asked_verb("Có bao nhiêu CĐCS?")
    ('trao tang', '')
    """
    match = _ASKED.search(re.sub(r"\s+", " ", fold(question)))
    if not match:
        return ""
    words = match["verb"].split()
    if words[-1] in _NO_VERB or match["verb"] in _NOUNS:
        return ""
    return " ".join(w for w in words if w not in _NO_VERB)


def undergone_verb(question: str) -> str:
    """Return the folded verb that what is counted undergoes; "" where the question says none.

    >>> undergone_verb("Bao nhiêu đoàn viên ưu tú được kết nạp Đảng?"), undergone_verb("Kết nạp bao nhiêu?")
    ('ket nap', '')
    """
    match = _UNDERGONE.search(re.sub(r"\s+", " ", fold(question)))
    return match["verb"] if match and match["verb"] not in _NOUNS else ""


def answers_another_verb(question: str, text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether `text` has the question's verb, but no figure of `spans` is its object.

    Args:
        question: The question's words.
        text: One cleaned line.
        spans: Half-open spans of the figures that may answer.
    """
    verb = asked_verb(question) or undergone_verb(question)
    folded = fold(text)
    if len(verb.split()) < 2 or not spans or not re.search(rf"\b{verb}\b", folded):
        return False
    alike = next((group for group in _ALIKE if verb in group), (verb,))
    return not any(_governs(said, folded, start, end) for said in alike for start, end in spans)


def tells_of_other_deeds(question: str, text: str, above: str) -> bool:
    """Whether words tell of deeds, and of none of those a question names.

    Args:
        question: The question's words.
        text: One cleaned line.
        above: The headings above it, which may name the deed.

    >>> tells_of_other_deeds("Bao nhiêu % doanh nghiệp thành lập công đoàn?", "80% ký kết thỏa ước", "")
    True
    """
    asked, said, heads = (
        {n for n, deed in enumerate(_DEEDS) if deed.search(fold(words))} for words in (question, text, above)
    )
    return bool(asked and said) and not asked & (said | heads)


def _governs(verb: str, folded: str, start: int, end: int) -> bool:
    """Whether the verb stands before the figure in its clause, or behind it in the passive."""
    opens = max((m.end() for m in _CLAUSE.finditer(folded, 0, start)), default=0)
    said = list(re.finditer(rf"\b{verb}\b", folded[opens:start]))
    if said:
        between = folded[opens + said[-1].end() : start]
        return between.count("(") <= between.count(")")  # what stands in brackets has a verb of its own
    closes = _CLAUSE.search(folded, end)
    behind = folded[end : closes.start() if closes else len(folded)]
    at = re.search(rf"\b{verb}\b", behind)
    if not at:
        return False
    # "Được tập huấn, bồi dưỡng" is done to them; "được giới thiệu để kết nạp" is not yet.
    marks = [m.end() for m in _PASSIVE.finditer(behind, max(0, at.start() - _LISTED), at.start())]
    return bool(marks and not _FOR.search(behind[marks[-1] : at.start()]))
