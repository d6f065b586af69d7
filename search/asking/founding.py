"""Whose founding a date is of: a sentence of anniversaries names several bodies, each with its day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.text import fold
from corpus.words.places import PROVINCES, find_places

_DONE = r"(?:duoc |da |chinh thuc |thanh lap va |chia tach,? |tai lap,? |va )*(?:thanh lap|ra doi)\b"
_FOUNDS = r"(?:duoc |da |chinh thuc |thanh lap va )*(?:thanh lap|ra doi)\b"
_WHEN = r"(?:ngay|hom|thang|(?<!viet )nam|khi|luc|bao|thu)\b"
# "60 năm ngày thành lập": which of a body's days is asked for or told.
_JUBILEE = r"(?P<years>\d{1,3}) nam (?:ngay )?"
_JUBILEE_BEFORE = re.compile(rf"\b{_JUBILEE}(?:(?:chia tach|tai lap|tach|sap nhap)(?:,| va)* )*$")
_TO = re.compile(r"\s?(?:-|–|den)\s?(?:ngay )?")
_COURTESY = re.compile(r"^(?:(?:(?:cho|xin|em|minh|toi) )+(?:hoi|biet)|vay|the|con|a|da)\b[ ,:]*")
_ASKED = (
    re.compile(rf"^(?P<body>[^,:?]+?),? {_DONE} (?:vao |tu |hoi |nam |ngay )*{_WHEN}"),
    re.compile(
        rf"\b(?:ngay |{_JUBILEE})(?:ky niem )?(?:(?:chia tach|tai lap)(?:,| va) )?thanh lap (?:cua )?"
        rf"(?P<body>(?:(?!\b(?:truoc|phai|bao cao)\b)[^,:?])+?),? (?:la |vao )*{_WHEN}"
    ),
)
_ASKED_JUBILEE = re.compile(
    rf"\b{_JUBILEE}(?:(?:chia tach|tai lap|tach|sap nhap)(?:,| va)* )*(?:thanh lap|ra doi)\b"
)
_FOUNDED = re.compile(_FOUNDS)
# A province that was split, or set up once more, was founded long before.
_ANEW = re.compile(r"\b(?:chia tach|tai lap|tach|sap nhap)(?:,| va| )*$")
_ANEW_ASKED = re.compile(r"\b(?:chia tach|tai lap|tach|sap nhap)\b")
_PROVINCES = frozenset(map(fold, PROVINCES))
_LEANING = re.compile(r"^(?:(?:the|con|vay|thi|o)\b\s*)+|\s*\b(?:thi sao|thi the nao|thi|sao|the nao)$")
_WHAT = re.compile(r"\s*(?P<what>[^(),;.:\d]*)")
_TIME = re.compile(r"(?:^| )(?:vao|tu|hoi|ngay|thang|(?<!viet )nam|la|cua)$")
_ENDS = re.compile(r"\)|;|,\s|\.\s")


@lru_cache(256)
def whose_founding(question: str) -> str | None:
    """Return the body whose founding a question asks for, as `_name` writes it; None where it asks for none.

    >>> whose_founding("Công đoàn tỉnh Sơn La được thành lập ngày nào?"), whose_founding("Họp ngày nào?")
    ('cong doan tinh', None)
    """
    folded = _COURTESY.sub("", fold(question))
    match = next((m for pattern in _ASKED if (m := pattern.search(folded))), None)
    return _name(match["body"]) if match else None


def founding_question(words: str, carried: str) -> str:
    """Return the question whose founding is asked for: the words, or with what they lean on ("Còn Đảng bộ?").

    Args:
        carried: The words of the turn before, "" where the question stands by itself.
    """
    if not carried or whose_founding(words) or not whose_founding(carried):
        return words
    own = _LEANING.sub("", fold(words).strip(" ?.!"))
    alone = not own or re.sub(r"^(?:tinh|thanh pho) ", "", own) in _PROVINCES
    return carried if alone else f"{own} thanh lap ngay nao"


def founding_dates(question: str, text: str, dates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the `dates` (spans of `text`) of the founding a question asks for; all where it asks for none.

    "60 năm ngày thành lập Công đoàn tỉnh (5/6/1962 - 5/6/2022), ngày thành lập tỉnh (1/2/1950)": of each body
    the first day behind it, and where so many years of it are asked for, the day to which these run; that of
    a province split or set up anew only where it has no other. The province need not be said again, for a
    document's letterhead says it.
    """
    asked = whose_founding(question)
    if asked is None:
        return list(dates)
    folded, found, anew = fold(text), list[tuple[int, int]](), list[tuple[int, int]]()
    jubilee = _years_of(_ASKED_JUBILEE.search(fold(question)))
    for match in _FOUNDED.finditer(folded):
        what = _WHAT.match(folded, match.end())
        behind = what.end() if what else match.end()
        named = _name(what["what"]) if what else ""
        before = re.split(r"[;:()]|\.\s", folded[: match.start()])[-1]
        told = _years_of(_JUBILEE_BEFORE.search(folded[: match.start()]))
        if (named and named != asked) or (jubilee and told and jubilee != told):
            continue
        if not named and not _ends_with(before, asked):
            continue
        end = _ENDS.search(folded, behind)
        after = [s for s in dates if behind <= s[0] < (end.start() if end else len(folded))]
        ahead = [s for s in dates if match.start() - len(before) <= s[0] < match.start()]
        again = _ANEW.search(folded[: match.start()])
        runs_to = jubilee and after[1:2] and _TO.fullmatch(folded[after[0][1] : after[1][0]])
        (anew if again else found).extend(after[: 2 if runs_to else 1] or (ahead[-1:] if not named else []))
    return anew if _ANEW_ASKED.search(fold(question)) else found or anew


def _years_of(match: re.Match[str] | None) -> str:
    return match["years"] if match else ""


def _ends_with(before: str, asked: str) -> bool:
    """Whether words right before "được thành lập" name the body asked for."""
    words = before.split()
    return any(_name(" ".join(words[n:])) == asked for n in range(max(0, len(words) - 14), len(words)))


@lru_cache(4096)
def _name(words: str) -> str:
    """Return folded words as a body's name without its province: "cong doan tinh" for "LĐLĐ tỉnh Sơn La"."""
    name = " ".join(re.findall(r"\w+", words))
    while not _ends_in_a_place(name) and (shorter := _TIME.sub("", name)) != name:
        name = shorter
    name = re.sub(r"(?<!tong )\b(?:lien doan lao dong|ldld|cd)\b", "cong doan", name)
    name = re.sub(
        r"\bcdcs\b",
        "cong doan co so",
        re.sub(r"\btong (?:ldld|lien doan lao dong)\b", "tong cong doan", name),
    )
    if _ends_in_a_place(name):
        name = name[: find_places(name, folded=True)[-1][0]].strip() or "tinh"
        name += "" if re.search(r"\b(?:tinh|thanh pho)$", name) else " tinh"
    return name


def _ends_in_a_place(name: str) -> bool:
    places = find_places(name, folded=True)
    return bool(places) and places[-1][1] == len(name)
