"""What kind of answer a question asks for, told by its question words.

Patterns run on the folded question ("bao nhieu phan tram"), so that a question typed
without diacritics is told the same way. Within a kind any pattern will do; between kinds
the first one listed wins, the more particular before the more general.
"""

from __future__ import annotations

import re
from typing import Literal

from corpus.text import fold
from search.asking.posts import with_posts_named

Asks = Literal[
    "signer", "recipients", "about", "number", "directives", "documents", "issue_date", "ordinal",
    "percent", "money", "frequency", "person", "date", "count", "place", "who", "reason", "target", "text",
]  # fmt: skip

KINDS = (
    "nghi quyet|chi thi|quyet dinh|quy dinh|ket luan|chuong trinh(?: hanh dong)?|huong dan|nghi dinh|de an"
    "|ke hoach|quy che|thong tu|luat|thong bao|cong van"
)
_KIND = rf"(?:{KINDS})"
# "... kế hoạch 234 trước ngày nào" asks for a day, and "gửi báo cáo cho ban nào" for a body.
_OF_WHAT = (
    "ngay", "hom", "thang", "nam", "luc", "khi", "han", "noi", "cho", "ai", "nguoi", "(?<!van )ban", "phong",
    "don vi", "co quan", "cap", "muc", "quy",
)  # fmt: skip
_WHICH = "".join(rf"(?<!{word} )" for word in _OF_WHAT) + r"(?:nao|gi)\b"
# Before "chỉ đạo về": what is directed is asked for, not by which directive.
_WHAT = ("tong hop", "liet ke", "tat ca", "cac", "nhung", "noi dung", "y kien")
_NOT_WHAT = "".join(rf"(?<!{word} )" for word in _WHAT)

_BODY = "(?:ban|phong|so|nganh|co|don|to)"  # "gửi về tỉnh qua ban nào" asks for no tỉnh
_POST = "(?:pho )?(?:chu tich|bi thu|truong ban|giam doc|chanh van phong)"

# Nouns that "số" counts: "số tin bài", while "số kế hoạch" asks for a document's number.
COUNTED = (
    "vụ", "ca", "cuộc", "người", "doanh nghiệp", "đơn vị", "công nhân", "đoàn viên", "đảng viên", "tin",
    "bài", "lớp", "buổi", "lượt", "suất", "đơn thư", "mô hình", "công trình", "sáng kiến", "cđcs",
    "công đoàn cơ sở", "nghiệp đoàn",
)  # fmt: skip

_PATTERNS: dict[Asks, tuple[str, ...]] = {
    "signer": (
        r"\b(?:ai|nguoi nao|dong chi nao|lanh dao nao|vi nao)\b[^?]{0,70}\bky\b(?! ket)",
        r"\bnguoi ky\b|\bky boi\b|\bchu ky\b",
        r"^(?:[a-z]+ ){0,4}chuc (?:vu|danh|gi)\b(?: la gi| gi| nao)?[ ?.]*$",
    ),
    "recipients": (
        r"\bnoi nhan\b|\bduoc gui\b",
        r"\bgui (?:cac |nhung )?(?:dong chi|d/c) nao\b",
        r"\bgui (?:cho|den|toi)\b[^?]{0,40}\b(?:nao|ai|dau)\b",
        r"\bgui (?:di )?(?:cho )?(?:nhung |cac )?(?:noi nao|dau\b|ai\b)",
        r"\b(?:nao|ai) (?:duoc )?nhan\b[^?]{0,20}\b(?:van ban|ke hoach|bao cao|ban giay)",
    ),
    "about": (
        r"\b(?:noi dung|noi|ban hanh)? ?ve (?:gi|viec gi|van de gi)\b|\bnoi dung (?:la )?gi\b|\btrich yeu\b",
        rf"\bla (?:van ban|bao cao|{KINDS}) gi\b",
    ),
    "number": (
        r"\bso (?:may|bao nhieu|hieu)\b|\bso (?:nao|gi)\b",
        rf"^(?:cho (?:biet |hoi )?|xin )?so (?:hieu )?(?:cua )?(?:bao cao|van ban|to trinh|{_KIND})\b(?! \d)",
        r"\bxin so\b|\bso va ngay\b|\bso, ngay\b|\bso ky hieu\b",
    ),
    "directives": (
        rf"\b{_KIND}(?:[ ,]+(?:cong tac|va|{_KIND}))* {_WHICH}",
        r"\bvan ban chi dao\b|\bvan ban nao chi dao\b|\bchi dao nao\b",
        rf"{_NOT_WHAT}\bchi dao (?:ve|cua)\b",
        rf"\b(?:bang|theo|can cu|dua tren)\b[^?]{{0,25}}\b(?:van ban|{KINDS}) {_WHICH}",
    ),
    "documents": (
        r"\b(?:cac|nhung|liet ke|tat ca|bao nhieu)\b[^?]{0,40}"
        rf"\b(?:van ban|noi dung|{KINDS})\b[^?]{{0,40}}\b{_WHICH}",
        rf"\bvan ban {_WHICH}",
        # What is directed, wherever it is said, not which directive: "các chỉ đạo về tài chính".
        rf"\b(?:{'|'.join(_WHAT)}) chi dao (?:ve|cua|doi voi|lien quan)\b",
        r"^(?:hay |xin )*(?:tong hop|liet ke) (?:tat ca |cac |nhung )*"
        r"(?:nhiem vu|giai phap|bien phap|hoat dong|quy dinh|yeu cau|chu truong)\b",
        r"\b(?:liet ke|tim|tra cuu|cho biet)\b[^?]{0,25}\b(?:van ban|cho noi|cac cho|chi thi|nghi quyet)\b",
    ),
    "issue_date": (
        r"\b(?:ban hanh|ky|(?<!dien )(?<!xay )(?<!dua )(?<!de )ra|phat hanh)\b[^?]{0,15}"
        r"\b(?:ngay|hom|thang|nam|khi|luc)\b[^?]{0,12}"
        r"\b(?:nao|gi|may|bao gio)\b",
        r"\bngay (?:ban hanh|ky)\b|\bbao gio ban hanh\b|\bban hanh bao gio\b",
    ),
    "ordinal": (
        r"\b(?:lan thu|khoa|nhiem ky|lan|dot) (?:may|nao|bao nhieu)\b",
        r"\bgiai doan (?:nam )?nao\b|\bnam nao den nam nao\b",
    ),
    "percent": (r"\bbao nhieu (?:%|phan tram)|\bmay (?:%|phan tram)|\bt[yi] le\b",),
    "frequency": (
        r"\bbao lau (?:mot|1) lan\b|\bmay (?:lan|ban|thang|ky) (?:mot|1)\b",
        r"\b(?:moi|hang) (?:nam|quy|thang) (?:may|bao nhieu) (?:lan|ban|dot|ky)\b",
        r"\b(?:moi|hang) (?:nam|quy|thang)\b[^?]{0,90}\b(?:may|bao nhieu) (?:lan|dot|ban[ ?.]*$)",
        r"\bdinh ky\b[^?]{0,20}\b(?:nao|may|bao lau)\b|\bbao lau\b[^?]{0,40}\b(?:mot|1) lan\b",
        r"\bbao lau\b|\bmay (?:nam|thang|tuan|nhiem ky)\b",  # how long
    ),
    "money": (
        r"\bbao nhieu tien\b|\b(?:so|tong|tong so) tien\b",
        r"\b(?:het|ton|tri gia|gia tri|muc) (?:la )?bao nhieu\b",
        r"^(?:cho (?:biet|hoi) |xin hoi )?muc (?:ho tro|tro cap|thuong|chi|tien|qua)\b"
        r"(?!.*\b(?:(?:ngay|thang|nam|khi|ai|noi|quy dinh|don vi) nao|bao gio|o dau|do ai)\b)",
        r"\b(?:bao nhieu|may) (?:(?:mot |1 )suat|(?:mot |1 )?(?:dong|trieu|ty|tien))\b(?! chi\b)",
        r"\b(?:luong|thu nhap|tien|kinh phi)\b[^?]{0,60}\bbao nhieu\b",
        r"\b(?:kiem|linh|lanh)(?: duoc)?\b[^?]{0,25}\b(?:thang|ngay|nam)\b[^?]{0,12}\bbao nhieu\b",
    ),
    "date": (
        r"\b(?:ngay|hom|thang|han|thoi han|luc|thoi gian|khi)\s(?:chot |cuoi |gui |nop |bao cao )?"
        r"(?:nao|may|bao gio|la khi nao|gi)\b",
        r"\bbao gio\b|\bkhi nao\b|\bnam nao\b|\bhan (?:chot|bao cao|gui|nop)\b|\btruoc ngay\b(?! \d)",
        r"^(?:cho biet |xin )?thoi gian (?:to chuc|thuc hien|trien khai|hoan thanh|dien ra|hop|nop|gui"
        r"|bao cao|mo|khai mac|so ket|tong ket|dai hoi|hoi nghi|kiem tra|giam sat)\b",
    ),
    "count": (
        r"\bbao nhieu\b|\bso luong\b|\bso luot\b|\btong so\b",
        rf"^(?:cho biet |xin )?so (?:{'|'.join(map(fold, COUNTED))})\b",
    ),
    "place": (
        r"\bo dau\b|\btai dau\b|\bnoi nao\b|\bdia diem\b",
        # "Trường hợp nào", "tình hình nào", "xã hội nào" ask for no place.
        r"\b(?:khu|huyen|xa(?! hoi)|tinh(?! (?:hinh|trang|chat|nang|huong|than)\b)|dia ban|thanh pho"
        rf"|diem truong|truong(?! hop))(?: (?!{_BODY}\b)[a-z]+){{0,2}} nao\b",
    ),
    "person": (
        rf"\b{_POST}\b[^?]{{0,60}}\b(?:la ai|ten (?:la )?(?:gi|ai))\b",
        rf"\bai (?:(?:dang|hien|nay) )*(?:la|lam|giu) (?:chuc )?{_POST}\b",
    ),
    "who": (
        r"\b(?:gui|nop) (?:[a-z]+ ){0,4}ve (?:dau|cho nao|noi nao)\b",
        r"\b(?:co quan|don vi|ban|phong|phong ban|to chuc|nguoi|dong chi|cap|bo phan) nao\b",
        r"\bai\b",
    ),
    "reason": (r"\b(?:vi sao|tai sao|nguyen nhan|ly do)\b",),
    "target": (r"\bchi tieu\b(?!.*\b(?:the nao|ra sao|lam sao|giai phap|nhiem vu)\b)",),
}  # fmt: skip
# "Mấy" counts only where nothing else asks: "mấy khu ấy thì ai lo?" asks who, of several places.
_HOW_MANY = re.compile(
    r"\bmay\b(?!.*\b(?:the nao|(?:cho|diem|khau|mat) nao|ra sao|lam sao|thi sao|duoc khong|co khong"
    r"|hay khong|chua|gi)\b)"
)
_COMPILED = {kind: tuple(re.compile(p) for p in patterns) for kind, patterns in _PATTERNS.items()}


# Question words that fold together with content words: "mấy" with "máy", "ký" with "kỳ".
_SPELT = {
    "do": "đó", "nay": "này", "ay": "ấy", "tren": "trên", "con": "còn", "the": "thế", "vay": "vậy",
    "may": "mấy", "ky": "ký", "dau": "đâu", "ai": "ai", "nao": "nào", "so": "số", "lan": "lần", "han": "hạn",
}  # fmt: skip


def ask_key(words: str) -> str:
    """Return the folded question with look-alikes of question words marked, so that "nhà máy" asks nothing.

    >>> ask_key("Nhà máy có mấy tổ?")
    'nha may_ co may to?'
    """

    def key(match: re.Match[str]) -> str:
        word, bare = match[0].lower(), fold(match[0])
        other = bare in _SPELT and word not in (bare, _SPELT[bare])
        return bare + "_" if other else bare

    return re.sub(r"[^\W\d_]+", key, words.lower())


# Typed without diacritics these are always words of asking; a restorer of running text may differ.
_ASKING = (
    "bao nhiêu", "bao giờ", "bao lâu", "khi nào", "thế nào", "phần trăm", "vì sao", "tại sao", "ở đâu",
    "là ai", "do ai", "là gì", "lần thứ", "ngày nào", "năm nào", "tháng nào",
)  # fmt: skip


def with_asking_words(words: str) -> str:
    """Return restored words with the phrases that ask something as they are spelt.

    >>> with_asking_words("Có báo nhiều công đoàn cơ sở?")
    'Có bao nhiêu công đoàn cơ sở?'
    """
    syllables = re.split(r"(\s+)", words)  # syllables and the white space between them
    bare = [fold(s).strip("?.,!:;") for s in syllables[::2]]
    for phrase in _ASKING:
        asked = phrase.split()
        for at in range(len(bare) - len(asked) + 1):
            if bare[at : at + len(asked)] == [fold(s) for s in asked]:
                for n, syllable in enumerate(asked):
                    typed = syllables[2 * (at + n)]
                    end = typed[len(typed.rstrip("?.,!:;")) :]
                    syllables[2 * (at + n)] = (
                        syllable.capitalize() if typed[:1].isupper() else syllable
                    ) + end
    return "".join(syllables)


# "Kế hoạch 45 triển khai chương trình số mấy?" asks for the number of another document than the one it names.
_OF_ANOTHER = re.compile(
    r"\d[^?]{0,40}\b(?:trien khai|thuc hien|cu the hoa|can cu|dua tren|theo|quan triet|thi hanh)\b[^?]{0,15}"
    rf"\b{_KIND}\b(?! (?:so )?\d)[^?]{{0,40}}\bso (?:may|bao nhieu|nao|gi|hieu)\b"
)


def expected_answer(folded: str) -> Asks:
    """Return the kind of answer a folded question asks for; "text" where no question word tells.

    >>> expected_answer("co bao nhieu doan vien"), expected_answer("ai ky ke hoach")
    ('count', 'signer')
    """
    folded = with_posts_named(folded)
    if _OF_ANOTHER.search(folded):
        return "directives"
    for kind, patterns in _COMPILED.items():
        if any(p.search(folded) for p in patterns):
            return kind
    return "count" if _HOW_MANY.search(folded) else "text"


_ASKED_KIND = re.compile(
    rf"\b(?P<kinds>(?:{_KIND}(?: (?!{_KIND}|va |hoac )[a-z]+){{0,4}}(?:[ ,]+(?:va |hoac )|, ))*{_KIND})"
    rf"(?: (?!{_KIND})[a-z]+){{0,2}} (?:nao|so (?:may|nao))\b"
)


def asked_kinds(folded: str) -> frozenset[str]:
    """Return the folded types of documents that a question asks which of: "theo đề án nào".

    >>> sorted(asked_kinds("theo quyet dinh giao chi tieu va ke hoach nao")), asked_kinds("van ban nao")
    (['ke hoach', 'quyet dinh'], frozenset())
    """
    match = _ASKED_KIND.search(folded)
    return frozenset(re.findall(_KIND, match["kinds"])) if match else frozenset()


_OF_LETTERHEADS: tuple[Asks, ...] = ("number", "issue_date", "signer", "recipients")
_ALSO_DATE = re.compile(r"\b(?:so|ky|nhan|dau|ai)\b.*\b(?:ngay (?:nao|thang|may)|khi nao|bao gio|hom nao)\b")


def letterhead_asks(folded: str) -> tuple[Asks, ...]:
    """Return all that a folded question asks of a letterhead: "số mấy, ai ký" asks for two things.

    >>> letterhead_asks("ke hoach 56 so may, ai ky, ngay nao")
    ('number', 'issue_date', 'signer')
    """
    found = [kind for kind in _OF_LETTERHEADS if any(p.search(folded) for p in _COMPILED[kind])]
    if found and "issue_date" not in found and _ALSO_DATE.search(folded):
        found.append("issue_date")
    return tuple(kind for kind in _OF_LETTERHEADS if kind in found)


# Words that carry a question but no subject; with their diacritics, for folded they would
# take content with them ("cơ sở", "chỉ tiêu", "bữa ăn ca").
QUESTION_WORDS = frozenset(
    """
    bao nhiêu là gì nào mấy ai sao thế đâu ạ à ơi vậy nhé nhỉ hả thì mà và của các những cho mình em tôi
    anh chị hỏi xin giúp tìm biết với được có ở tại trong đến từ theo này về đó kia đã đang sẽ phải bị
    bởi ra lên vào một hay cũng như khi nếu để rằng còn lại không hiện nay năm ngày tháng cần muốn vui
    lòng giùm dùm liệt kê chưa rồi dc đc k ko ntn j bn
    """.split()
)
