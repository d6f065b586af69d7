"""What a document cited by name only is called, so that two spellings of one name agree.

"Nghị quyết Đại hội XII Công đoàn Việt Nam" and "Nghị quyết Đại hội Công đoàn Việt Nam lần thứ XII"
are one; "Bộ luật Lao động 2019" is an edition of "Bộ luật Lao động".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.records import Citation
from corpus.text import fold
from corpus.words.places import find_places

LONG_TITLE = 6  # words; a title that long is one document's, whoever issued it
_ORDINALS = {
    word: n
    for n, word in enumerate("nhat hai ba tu nam sau bay tam chin muoi".split(), start=1)
} | {"bon": 4}  # fmt: skip
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_ORDINAL = re.compile(r"\b(?:lan thu |khoa )?([ivxl]{1,6}|\d{1,2})\b|\blan thu (\w+)")
_TERM = re.compile(r"\bkhoa ([ivxl]{1,6}|\d{1,2})\b")
_PLENUM = re.compile(r"\b(?:trung uong|tw) (\d{1,2})\b|\blan thu (\w+)\b")
_LAW_YEAR = re.compile(r"\s(?:nam )?((?:19|20)\d\d)$")
_LEADS = re.compile(r"^(?:ve|viec|v v|ban hanh|quy dinh|de an|chuong trinh|ke hoach) ")


@dataclass(frozen=True, slots=True)
class Name:
    """A document named without a number.

    Attributes:
        label: The same for all mentions of one document and of its other editions.
        edition: Which of them: the congress's or the term's ordinal, a law's year; None where not said.
        owner: Whose it is ("TW", "cong doan@Lai Châu"); None where it is not said.
        stated: Whether the mention itself says so.
        telling: Whether the label alone is one document's, whoever issued it.
    """

    label: str
    edition: int | None = None
    owner: str | None = None
    stated: bool = True
    telling: bool = False


def ordinal(word: str) -> int | None:
    """Return the number a folded ordinal means ("xii", "12", "tu"), or None.

    >>> ordinal("xii"), ordinal("tu"), ordinal("vien")
    (12, 4, None)
    """
    if word.isdigit():
        return int(word)
    if word in _ORDINALS:
        return _ORDINALS[word]
    if not word or set(word) - set(_ROMAN_VALUES):
        return None
    values = [_ROMAN_VALUES[char] for char in word]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


@lru_cache(maxsize=65536)
def title_key(title: str) -> str:
    """Return what two quotations of one title share: folded words, without "về việc" and marks.

    >>> title_key("về việc “Nâng cao chất lượng”") == title_key("Nâng cao chất lượng")
    True
    """
    words = " ".join(re.findall(r"[^\W_]+", fold(title)))
    while (bare := _LEADS.sub("", words)) != words and len(bare.split()) >= 3:
        words = bare
    return words


@lru_cache(maxsize=16384)
def congress_name(issuer: str, home: str | None) -> Name | None:
    """Return the name of a congress's resolution; None where `issuer` is no congress.

    Args:
        issuer: "Đại hội XII Công đoàn Việt Nam".
        home: Province of the citing document's issuer, which "Đại hội Đảng bộ tỉnh" means.
    """
    name = " ".join(re.findall(r"[^\W_]+", fold(issuer)))
    if not name.startswith("dai hoi"):
        return None
    found = [ordinal(a or b) for a, b in _ORDINAL.findall(name)]
    edition = next((n for n in found if n), None)
    body = "cong doan" if "cong doan" in name else "dang" if re.search(r"\bdang\b", name) else ""
    places = [place for _, _, place in find_places(issuer)]
    if "viet nam" in name or "toan quoc" in name or name.endswith("cua dang"):
        return Name("đại hội", edition, f"{body}@toàn quốc" if body else None)
    if body == "dang" and "dang bo" not in name:
        return Name("đại hội", edition, "dang@toàn quốc")
    if re.search(r"\b(?:huyen|quan|thi xa|nganh|co so)\b", name) or not body:
        return Name("đại hội", edition, None, stated=False)
    if places:
        return Name("đại hội", edition, f"{body}@{places[0]}")
    of_province = home if re.search(r"\b(?:tinh|thanh pho)\b", name) else None
    return Name("đại hội", edition, f"{body}@{of_province}" if of_province else None, stated=False)


@lru_cache(maxsize=16384)
def plenum_name(kind: str, issuer: str) -> Name | None:
    """Return the name of a plenum's resolution or conclusion ("Trung ương 4 khóa XII"), or None."""
    name = " ".join(re.findall(r"[^\W_]+", fold(issuer)))
    number = _PLENUM.search(name)
    if not number or not re.search(r"\b(?:trung uong|tw)\b", name):
        return None
    which = ordinal(number[1] or number[2])
    term = _TERM.search(name)
    return Name(f"hội nghị trung ương {which} {fold(kind)}", ordinal(term[1]) if term else None, "TW")


def law_name(title: str) -> Name:
    """Return the name of a law or code; its year is its edition.

    >>> law_name("Bộ luật Lao động năm 2019") == law_name("Bộ Luật Lao động 2019")
    True
    """
    name = " ".join(re.findall(r"[^\W_]+", fold(title)))
    year = _LAW_YEAR.search(name)
    name = re.sub(r"\ssua doi(?: bo sung)?$", "", _LAW_YEAR.sub("", name))
    return Name(f"luật {name}", int(year[1]) if year else None, "QH", telling=True)


def name_of(citation: Citation, owner: str | None, stated: bool, home: str | None) -> Name | None:
    """Return what a mention without a number names; None where it names no one document.

    Args:
        owner, stated: Of the stated issuer (corpus.citing.owners.owner_of).
        home: Province of the citing document's issuer.
    """
    kind = citation.type or ""
    if citation.issuer and (name := congress_name(citation.issuer, home)):
        return name
    if citation.issuer and not citation.title and (name := plenum_name(kind, citation.issuer)):
        return name
    if kind in ("Luật", "Bộ luật", "Pháp lệnh") and citation.title:
        return law_name(citation.title)
    if citation.issuer and (name := plenum_name(kind, citation.issuer)):
        return name
    if not citation.title:
        return None
    if kind in ("Điều lệ", "Hiến pháp"):
        return Name(title_label(kind, citation.title), None, "toàn quốc", telling=True)
    edition = int(citation.date[:4]) if citation.date else None
    telling = len(title_key(citation.title).split()) >= LONG_TITLE
    return Name(title_label(kind, citation.title), edition, owner, stated, telling)


@lru_cache(maxsize=65536)
def title_label(kind: str, title: str) -> str:
    """Return the label of a document known by type and title."""
    return f"{fold(kind)}: {title_key(title)}"
