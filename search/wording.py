"""Whether two subjects of chỉ tiêu are one, said in other words.

Two rows apart cost a reader a second look; two different subjects taken for one would make a false
comparison. So the words that tell subjects apart (whom, which level, which grade, every number) must
agree exactly, and of the other words most must.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.glossary import Glossary
from corpus.periods import find_periods
from corpus.places import find_places
from corpus.text import clean, fold
from search.matching import write_out

SAME = 0.6  # least share of words in common. Vectors add nothing: of 139 pairs judged the same, 2 lie below
_WHOLE = 10  # words that count in full; what follows is detail and counts half
_HEAD = 8  # words among which the people or bodies counted are named
_LEAST = 4  # syllables; a shorter subject ("đoàn viên") names nothing that could be found again

# One token for each way of saying the same; applied in order to lower-case words written out.
_EQUIVALENTS = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), f" {token} ")
    for pattern, token in (
        (
            r"giới thiệu(?: được| thêm)? (?:(?:số )?(?:quần chúng|đoàn viên)(?: công đoàn)?(?: ưu tú)? )?"
            r"(?:(?:cho|để|vào|với|sang) (?:tổ chức )?đảng(?: viên)?|đảng viên)"
            r"(?:,? (?:xem xét|bồi dưỡng|tập huấn|kết nạp|và))*",
            "giớithiệu đảngviên",
        ),
        (
            r"(?:cán bộ,? )?(?:(?:công nhân|công chức),? ){1,2}viên chức,?(?: và)?(?: người)? lao động",
            "cnvclđ",
        ),
        (r"cán bộ,? công chức,? viên chức", "cbccvc"),
        (r"(?:bản )?thỏa ước(?: lao động tập thể)?", "thỏaước"),
        (r"(?:công đoàn )?(?:cấp trên (?:trực tiếp )?cơ sở)", "cđcấptrên"),
        (r"(?:thành lập|lập)(?: mới| được)* (?:tổ chức )?(?:công đoàn(?: cơ sở)?)", "thànhlập cđcs"),
        (r"công đoàn cơ sở", "cđcs"),
        (r"tổ chức công đoàn(?: việt nam)?", "công đoàn"),
        (r"công đoàn việt nam", "công đoàn"),
        (r"người lao động", "nlđ"),
        (r"ủy ban kiểm tra", "ubkt"),
        (
            r"(?:kết nạp|phát triển)(?: thêm| mới| được)* (?:số )?đoàn viên(?: công đoàn)?(?: mới)?",
            "kếtnạp đoànviên",
        ),
        (r"đoàn viên(?: công đoàn)? (?:được )?(?:kết nạp|phát triển)(?: mới| thêm)?", "kếtnạp đoànviên"),
        (r"(?:gia nhập|vào|là đoàn viên(?: của)?) công đoàn", "gianhập công đoàn"),
        (r"đoàn viên(?: công đoàn)?", "đoànviên"),
        (r"doanh nghiệp", "doanhnghiệp"),
        (r"nghiệp đoàn(?: cơ sở)?", "nghiệpđoàn"),
        (r"cán bộ công đoàn", "cánbộcđ"),
        (r"(?:được )?(?:xếp loại|đạt loại|phân loại|đánh giá|xếp hạng)", "xếploại"),
        (r"(?:đạt danh hiệu|được công nhận|công nhận(?: danh hiệu)?|danh hiệu)", "danhhiệu"),
        (r"(?:bồi dưỡng|tập huấn|đào tạo)(?:(?:,| và) (?:bồi dưỡng|tập huấn|đào tạo))*", "tậphuấn"),
        (r"(?:quán triệt|học tập)(?:(?:,| và) (?:quán triệt|học tập))*", "họctập"),
        (r"(?:tuyên truyền|phổ biến)(?:(?:,| và) (?:tuyên truyền|phổ biến|giáo dục))*", "tuyêntruyền"),
        (r"(?:ủng hộ|đóng góp)", "ủnghộ"),
        (r"(?:ký kết|ký)(?: được)?", "kýkết"),
        (r"khói", "khối"),  # as OCR reads it
    )
)  # fmt: skip
_STOP = frozenset(
    """
    được có của các những số tỷ tỉ lệ tổng việc và cho để đã đang sẽ là tại ở về theo trong với do từ đến lên
    thực hiện tiến hành tổ chức mở họp hoạt động công tác triển khai nội dung một mỗi năm hằng hàng nhằm cả
    toàn tỉnh phấn đấu phần đầu vận đạt đó này khi thì mà trên dưới trở xuống hoặc hay bằng vào ra nay nơi
    tham gia hiện
    """.split()
)
# Words that tell two subjects apart, however much else they share.
_DECISIVE = re.compile(
    r"(?<!\w)(?:nữ|(?<!việt )nam|trẻ|(?:bán )?chuyên trách|trực tiếp|gián tiếp|cấp trên|cấp dưới|cùng cấp"
    r"|đồng cấp|ngoài (?:nhà nước|công lập|quốc doanh)|xuất sắc|vững mạnh|(?<!thực hiện )(?<!làm )tốt|khá"
    r"|trung bình|yếu|không|chưa|giảm|tăng(?! cường| thêm| gia| ca)|so với|bình quân|gia đình|tập thể"
    r"|cá nhân|học sinh|vi phạm|khiếu nại|tố cáo|thu(?! hút| nhập)|chi(?! bộ| nhánh| đoàn| hội)|nợ|khối \w+"
    r"|kinh phí|đoàn phí|cấp (?:huyện|tỉnh|xã|cơ sở)|số tiền|trị giá|đối thoại|tai nạn|hoàn thành"
    r"|thành lập|kiểm tra|giám sát"
    r"|loại [abcd]|định kỳ|đột xuất|lần đầu|đảng(?! viên| bộ| ủy)|tái ký|nước ngoài|nước|nhà)(?!\w)"
)
_WHO = frozenset("cnvclđ cđcấptrên cđcs nlđ ubkt đoànviên doanhnghiệp cánbộcđ nghiệpđoàn".split())
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:(?:cùng kỳ\s)?năm\s)?(?<![\d.,/])(?:19|20)\d\d(?![.,/]?\d)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r"[“”\"‘’]")
_WORD = re.compile(r"[^\W\d_]+")
# A piece of another row's subject: "trong đó kiểm tra cùng cấp", "cuộc, cấp dưới", "với số tiền".
_PIECE = re.compile(
    r"(?:trong đó|còn|riêng|với|ở|tại|qua|trên|gồm|tổng|số tiền|trị giá|mỗi(?! (?:năm|quý|tháng))|khối"
    r"|tăng|giảm|thấp hơn|cao hơn"
    r"|(?:cuộc|lần|lượt|suất|xuất|đơn|vụ|người|gian|lớp|buổi)(?:,|\strong đó))(?!\w)|.*\btrong đó\b",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"^(?:(?:phấn đấu|phần đầu|vận động|tiếp tục|duy trì|chỉ đạo|yêu cầu|bảo đảm|đảm bảo)\s)+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A subject's words in the form in which two of them are compared.

    Attributes:
        words: Folded content words, each once, in order.
        who: Which people or bodies its first words name.
        decisive: The words that must agree, numbers among them.
        tells: Whether the subject says enough to be recognised elsewhere.
    """

    words: tuple[str, ...]
    who: frozenset[str]
    decisive: frozenset[str]
    tells: bool = True

    @classmethod
    def of(cls, subject: str, glossary: Glossary) -> Wording:
        """Read a subject as documents write it; provinces and times named in it are left out."""
        line = _AIM.sub("", clean(subject).text)
        for start, end, _ in reversed(find_places(line)):
            line = line[:start] + line[end:]
        for period in reversed(find_periods(line)):
            line = line[: period.start] + line[period.end :]
        line = _YEAR.sub("", line)
        line = _QUOTED.sub("", write_out(_ASIDE.sub(" ", line), glossary)).lower()
        for pattern, token in _EQUIVALENTS:
            line = pattern.sub(token, line)
        line = " ".join(line.split())
        words = [w for w in _WORD.findall(line) if w not in _STOP]
        decisive = {m[0] for m in _DECISIVE.finditer(line)} | set(_NUMBER.findall(line))
        return cls(
            words=tuple(dict.fromkeys(map(fold, words))),
            who=frozenset(words[:_HEAD]) & _WHO,
            decisive=frozenset(decisive),
            tells=not _PIECE.match(subject) and sum(map(_syllables, set(words))) >= _LEAST,
        )

    def likeness(self, other: Wording) -> float:
        """Return the weighted share of words in common, in [0, 1]; 0 where a decisive word differs."""
        if self.who != other.who or self.decisive != other.decisive:
            return 0.0
        return self.overlap(other)

    def overlap(self, other: Wording) -> float:
        mine, theirs = self.weights(), other.weights()
        common = sum(min(weight, theirs[word]) for word, weight in mine.items() if word in theirs)
        union = sum(mine.values()) + sum(theirs.values()) - common
        return common / union if union else 0.0

    def weights(self) -> dict[str, float]:
        return {word: 1.0 if i < _WHOLE else 0.5 for i, word in enumerate(self.words)}


def _syllables(word: str) -> int:
    """Return how many syllables a word or joined token stands for: its runs of vowels.

    >>> _syllables("đoànviên"), _syllables("kếtnạp"), _syllables("lớp")
    (2, 2, 1)
    """
    return len(re.findall(r"[aeiouy]+", fold(word))) or len(word)
