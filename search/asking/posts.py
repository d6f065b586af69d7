"""Who heads a body, in the words of its own post: "người đứng đầu LĐLĐ tỉnh" is its Chủ tịch.

A party committee is headed by its secretary, a union, a people's committee or council by its chairman
(Điều lệ Đảng; Điều lệ Công đoàn Việt Nam; Luật Tổ chức chính quyền địa phương). Of other bodies the name
does not tell the post, and nothing is put in its place.
"""

from __future__ import annotations

import re

# On folded text, or that of `asks.ask_key`: the post at the head of a body, and what such bodies are called.
_HEADS = {
    "bi thu": r"(?:tinh|thanh|huyen|quan|thi|dang) uy\b|dang doan\b|dang bo\b|chi bo\b|ban can su\b",
    "chu tich": r"(?:tong )?(?:lien doan|ldld|cong doan)\b|tld\b|cdcs\b|nghiep doan\b"
    r"|uy ban nhan dan\b|ubnd\b|hoi dong nhan dan\b|hdnd\b|(?:uy ban )?(?:mat tran|mttq)\b"
    r"|hoi (?:lien hiep phu nu|nong dan|cuu chien binh)\b",
    "giam doc": r"so_? (?:noi vu|tai chinh|lao dong|y te|giao duc|xay dung|cong thuong|tu phap)\b",
    "chanh van phong": r"van phong\b",
}
_COMMITTEE = r"(?:(?:ban thuong vu|btv|ban chap hanh|bch|thuong truc) )?"
_OF_WHOM = "|".join(f"(?P<h{n}>{bodies})" for n, bodies in enumerate(_HEADS.values()))
_HEAD_OF = re.compile(
    r"\b(?P<is>la |lam )?(?:nguoi |dong chi |lanh dao )?(?:dung dau_?|lanh dao (?:cao nhat|cao cap nhat))"
    rf" (?:nhat )?(?:cua )?(?={_COMMITTEE}(?:{_OF_WHOM}))"
)
_WHO_BEFORE = re.compile(r"\b(?:ai|nguoi nao|dong chi nao|vi nao)(?: (?:dang|hien|nay))* $")


def with_posts_named(folded: str) -> str:
    """Return a folded question with whoever heads a body called by the post at its head.

    >>> with_posts_named("nguoi dung dau ldld tinh la ai"), with_posts_named("ai dung dau tinh uy")
    ('chu tich ldld tinh la ai', 'ai la bi thu tinh uy')
    >>> with_posts_named("nguoi dung dau doanh nghiep la ai")
    'nguoi dung dau doanh nghiep la ai'
    """

    def named(match: re.Match[str]) -> str:
        post = next(post for n, post in enumerate(_HEADS) if match[f"h{n}"])
        asks_who = match["is"] or _WHO_BEFORE.search(folded[: match.start()])
        return f"{'la ' if asks_who else ''}{post} "

    return _HEAD_OF.sub(named, folded)
