"""The provinces of Vietnam: the 63 up to 30 June 2025, the 34 since 1 July 2025, found in text.

Source of the 23 mergers: Nghị quyết số 202/2025/QH15 of 12 June 2025 of the National Assembly, on
arranging the provincial units, Điều 1; in force for local authorities from 1 July 2025. Each of
the 23 was compared with two texts that do not depend on each other: the table of the resolution
at thuvienphapluat.vn (Danh sách 34 tỉnh thành theo Nghị quyết 202/2025/QH15) and that of the
state's map publisher (sapnhap.bando.com.vn, "trước sáp nhập"); both agree with places.csv in all.
Thừa Thiên Huế has been the city of Huế since 1 January 2025 (Nghị quyết số 175/2024/QH15); here
both are "Huế".
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from corpus.text import fold, normalize_text

_FILE = Path(__file__).with_name("places.csv")


@dataclass(frozen=True, slots=True)
class Province:
    """One of the 63 provinces.

    Attributes:
        name: Canonical ("Bắc Kạn").
        kind: "tỉnh" or "thành phố" (of central rank), before July 2025.
        today: The province it belongs to since 1 July 2025 ("Thái Nguyên"); its own name if it went on.
        aliases: Other spellings and short forms.
    """

    name: str
    kind: str
    today: str
    aliases: tuple[str, ...]


def _read() -> Mapping[str, Province]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    provinces = (
        Province(row["name"], row["kind"], row["today"], tuple(a for a in row["aliases"].split("|") if a))
        for row in rows
    )
    return MappingProxyType({province.name: province for province in provinces})


PROVINCES: Mapping[str, Province] = _read()
"""Canonical name -> province, of the 63."""


def today(province: str) -> str:
    """Return the name since July 2025 of the province that was called `province` before.

    Raises:
        KeyError: `province` is no canonical name.

    >>> today("Bắc Kạn"), today("Lai Châu")
    ('Thái Nguyên', 'Lai Châu')
    """
    return PROVINCES[province].today


def formerly(name: str) -> tuple[str, ...]:
    """Return the provinces of before July 2025 that make up `name` now, `name` itself among them.

    A province that went on unchanged has itself alone; a name no longer in use has none.

    >>> formerly("Quảng Trị"), formerly("Lai Châu"), formerly("Bắc Kạn")
    (('Quảng Bình', 'Quảng Trị'), ('Lai Châu',), ())
    """
    return tuple(province.name for province in PROVINCES.values() if province.today == name)


def merger_note(asked: Iterable[str], found: Iterable[str]) -> str:
    """Return a sentence that says which provinces asked for and found are one since July 2025.

    Of provinces found as they were asked for nothing is said, and nothing of those without a merger
    in common. True of documents of any year: it tells the present order, not what a document covers.

    Args:
        asked, found: Canonical names.

    >>> merger_note(["Thái Nguyên"], ["Bắc Kạn"]), merger_note(["Vĩnh Phúc"], ["Hòa Bình"])
    ('Bắc Kạn nay thuộc Thái Nguyên.', 'Hòa Bình, Vĩnh Phúc nay thuộc Phú Thọ.')
    """
    asked, found = set(asked), set(found)
    if asked & found:
        return ""
    parts = [
        f"{', '.join(sorted(those - {name}))} nay thuộc {name}"
        for name in sorted({today(place) for place in found})
        if (those := {p for p in asked | found if today(p) == name}) & asked
    ]
    return "; ".join(parts) + "." if parts else ""


# Names that are also words or parts of words in lower case ("hòa bình", "công nghệ an toàn",
# "Việt Nam định hướng"): there a name needs its capitals, or a word such as "tỉnh" before it.
_ALSO_WORDS = {
    "Hòa Bình", "Thái Bình", "Bình Định", "Cao Bằng", "Nghệ An", "Nam Định", "Hà Nam", "Hải Dương",
    "Vĩnh Phúc", "Phú Thọ", "Tiền Giang", "Hậu Giang", "Gia Lai", "Long An", "Thanh Hóa", "Bình Dương",
    "Bình Thuận", "Phú Yên", "Hải Phòng", "An Giang", "Huế", "Bình Phước", "Hưng Yên",
}  # fmt: skip
# Without diacritics many more are ("diễn biến", "đa năng", "căn thơ").
_ALSO_WORDS_FOLDED = _ALSO_WORDS | {
    "Điện Biên", "Đà Nẵng", "Cần Thơ", "Bến Tre", "Cà Mau", "Sơn La", "Lào Cai", "Hà Giang", "Đồng Tháp",
    "Trà Vinh", "Đồng Nai", "Hà Nội", "Khánh Hòa", "Tây Ninh", "Quảng Nam", "Vĩnh Long",
}  # fmt: skip
_LEAD = re.compile(
    r"(?:\b(?:tinh|thanh pho|tp|ldld|lien doan lao dong|ubnd|uy ban nhan dan|hdnd|cong doan|dang bo|thanh uy"
    r"|tinh uy|tinh doan|o|tai)[.,:]?\s+)(?:(?:tinh|thanh pho|tp)[.]?\s+)?$"
)
_TOWN_WORD = re.compile(r"\b(?:thanh pho|tp|thi xa|tx)\b")
_TOWN = re.compile(r"\b(thanh pho|tp|thi xa|tx)\.?\s*$")
_SURNAME = re.compile(
    r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Văn|Thị|Đinh|Lương|Trịnh)\s$"
)


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, frozenset[str]]]]:
    """Return the pattern of every folded spelling, and folded spelling -> (province, exact spellings)."""
    known: dict[str, tuple[str, set[str]]] = {}
    for province in PROVINCES.values():
        for spelling in (province.name, *province.aliases):
            known.setdefault(_key(fold(spelling)), (province.name, set()))[1].add(_key(spelling.lower()))
    spellings = sorted(known, key=len, reverse=True)
    pattern = "|".join(re.escape(spelling).replace(r"\ ", r"[\s.\-–]*") for spelling in spellings)
    return re.compile(rf"(?<![\w])(?:{pattern})(?!\w)"), {k: (n, frozenset(e)) for k, (n, e) in known.items()}


def _key(spelling: str) -> str:
    """Return a spelling with one space for whatever joins its words."""
    return " ".join(re.findall(r"[^\W_]+", spelling))


def find_places(text: str, *, folded: bool = False) -> list[tuple[int, int, str]]:
    """Return (start, end, province) of every province named in `text`, in order.

    Provinces have their canonical names of before July 2025; `today` gives the present one. The
    span is half-open, in characters of `text`, and does not hold "tỉnh" before the name.

    Args:
        text: NFC text, raw or typed.
        folded: True for text typed without diacritics ("ldld tinh lai chau").

    >>> find_places("LĐLĐ tỉnh Lai Châu chào mừng, vì hòa bình")
    [(10, 18, 'Lai Châu')]
    """
    pattern, known = _pattern()
    plain = fold(text)
    found: list[tuple[int, int, str]] = []
    for match in pattern.finditer(plain):
        name, spellings = known[_key_of(match[0], known)]
        words = text[match.start() : match.end()]
        led = _LEAD.search(plain[max(0, match.start() - 40) : match.start()]) is not None
        exact = _key(normalize_text(words).lower()) in spellings
        if not (exact or folded or (led and words[0].isupper())):
            continue
        if led or _stands_alone(text, match, name, exact):
            found.append((match.start(), match.end(), name))
    return found


def find_towns(text: str, *, folded: bool = False) -> tuple[str, ...]:
    """Return the cities and towns below a province that bear its name, each once: "thành phố Lai Châu".

    Args:
        text, folded: As of `find_places`.

    >>> find_towns("LĐLĐ TP. Lai Châu, thị xã Quảng Trị"), find_towns("thành phố Hà Nội, tỉnh Lai Châu")
    (('thành phố Lai Châu', 'thị xã Quảng Trị'), ())
    """
    towns: list[str] = []
    if not _TOWN_WORD.search(fold(text)):
        return ()
    for start, _, name in find_places(text, folded=folded):
        kind = _TOWN.search(fold(text[max(0, start - 12) : start]))
        if kind and PROVINCES[name].kind == "tỉnh":
            towns.append(f"{'thị xã' if kind[1] in ('thi xa', 'tx') else 'thành phố'} {name}")
    return tuple(dict.fromkeys(towns))


def _key_of(spelling: str, known: Mapping[str, object]) -> str:
    """Return the key of a spelling as it was matched: "tphcm" and "tp. hcm" have different ones."""
    key = _key(spelling)
    if key in known:
        return key
    close = key.replace(" ", "")
    return next(one for one in known if one.replace(" ", "") == close)


def _stands_alone(text: str, match: re.Match[str], name: str, exact: bool) -> bool:
    """True where capitals or the words themselves show that a name without "tỉnh" is meant."""
    words = re.findall(r"[^\W_]+", text[match.start() : match.end()])
    if name.startswith("Thành phố"):
        return exact  # its spellings hold the "thành phố" that tells it from the person
    capital = all(word[0].isupper() for word in words)
    if not capital:
        # Half of a capitalised name is another word ("Việt Nam định hướng").
        lower = all(word.islower() for word in words)
        return lower and name not in (_ALSO_WORDS if exact else _ALSO_WORDS_FOLDED)
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 12]
    if _SURNAME.search(before) or re.match(r"\s(?:Dương|DƯƠNG)\b", after):
        return False  # a person; Thái Bình Dương is an ocean
    if name in _ALSO_WORDS and any(len(word) > 1 and word.isupper() for word in words):
        # In a headline capitals show nothing; a name that begins its line does.
        return re.search(r"[^\W\d_][^\S\n]+$", before) is None
    return True
