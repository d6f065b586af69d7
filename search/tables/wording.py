"""Whether two subjects of chỉ tiêu are one, said in other words.

Two rows apart cost a reader a second look; two different subjects taken for one would make a false
comparison. So the words that tell subjects apart (whom, which level, which grade, every number) must
agree exactly, and of the other words most must.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.figures.periods import find_periods
from corpus.text import clean, fold
from corpus.words.glossary import Glossary
from corpus.words.places import find_places
from search.asking.matching import write_out

_REWORDED = 0.75  # the same where each says something the other does not
SAME = 0.6  # least share of words in common. Vectors add nothing: of 139 pairs judged the same, 2 lie below
_WHOLE = 10  # words that count in full; what follows is detail and counts half
_HEAD = 8  # words among which the people or bodies counted are named
_LEAST = 4  # syllables; a shorter subject ("đoàn viên") names nothing that could be found again

_CANDIDATES = r"(?:quần chúng|đoàn viên)(?: công đoàn)?(?: ưu tú)?"
_PARTY = r"(?:(?:tổ chức |cấp ủy )?đảng(?: viên| cộng sản việt nam)?|cấp ủy(?: đảng)?)"
_ADMIT = r"(?:(?:xem xét|bồi dưỡng|tập huấn|kết nạp|và)(?:,\s|\s)?)+(?<!\s)"
# Who does it, where that goes without saying: the deed names the subject.
_AGENT = re.compile(
    r"^(?:(?:toàn tỉnh|trong tỉnh|(?:các )?cấp công đoàn|công đoàn (?:các|hai) cấp|ban thường vụ"
    r"|(?:liên đoàn lao động|ldlđ|lđlđ)(?: tỉnh| các cấp| huyện)?|(?:ubkt|ủy ban kiểm tra)(?: công đoàn)?"
    r"(?: các cấp)?|công đoàn tỉnh),?\s+)+"
    r"(?:(?:đã|sẽ|phấn đấu|tiến hành|thực hiện|chủ động|phối hợp|tiếp tục|trong|năm)\s+)*"
    r"(?=(?:cuộc )?(?:kiểm tra|giám sát|giới thiệu|kết nạp|phát triển|thành lập|tổ chức|mở|hỗ trợ|trao|tặng"
    r"|thăm|tư vấn|tuyên truyền|tập huấn|bồi dưỡng|vận động|xây|cấp|giải quyết|tiếp nhận|khen thưởng)(?!\w))"
)

# One token for each way of saying the same; applied in order to lower-case words written out.
_EQUIVALENTS = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), f" {token} ")
    for pattern, token in (
        (rf"{_CANDIDATES} (?:được )?giới thiệu (?:cho|với|sang|tới|vào) {_PARTY}(?:,?(?: để)? {_ADMIT})*",
         "giớithiệu đảngviên"),
        (
            rf"giới thiệu(?: được| thêm)? (?:(?:số )?{_CANDIDATES} )?"
            rf"(?:(?:cho|để|vào|với|sang|tới) {_PARTY}|đảng viên|để {_ADMIT}(?: vào)? {_PARTY})"
            rf"(?:,?(?: để)? {_ADMIT})*",
            "giớithiệu đảngviên",
        ),
        (rf"(?:{_CANDIDATES} )?(?:được |đã )*(?:kết nạp|đứng)(?: vào)? (?:hàng ngũ (?:của )?)?{_PARTY}",
         "kếtnạp đảngviên"),
        (
            r"(?:cán bộ,? )?(?:(?:công nhân|công chức),? ){1,2}viên chức,?(?: và)?(?: người)? lao động",
            "cnvclđ",
        ),
        (r"cán bộ,? công chức,? viên chức", "cbccvc"),
        (r"(?:bản )?(?:thỏa ước(?: lao động tập thể)?|tưlđ ?tt|tưlđ tập thể|tưtt)", "thỏaước"),
        (r"(?:công đoàn )?(?:cấp trên (?:trực tiếp )?cơ sở)", "cđcấptrên"),
        (r"(?:thành lập|lập)(?: mới| được)* (?:tổ chức )?(?:công đoàn(?: cơ sở)?)", "thànhlập cđcs"),
        (r"công đoàn cơ sở", "cđcs"),
        (r"cđcs (?:được )?thành lập(?= mới|$)", "thànhlập cđcs"),
        (r"tổ chức công đoàn(?: việt nam)?", "công đoàn"),
        (r"công đoàn việt nam", "công đoàn"),
        (r"người lao động", "nlđ"),
        (r"ủy ban kiểm tra", "ubkt"),
        (
            r"(?:kết nạp|phát triển)(?: thêm| mới| được)* (?:số )?đoàn viên(?: công đoàn)?(?: mới)?",
            "kếtnạp đoànviên",
        ),
        (r"đoàn viên(?: công đoàn)? (?:được )?(?:kết nạp|phát triển)(?: mới| thêm)?", "kếtnạp đoànviên"),
        (r"(?:kết nạp|phát triển)(?: thêm| mới| được)* (?:số )?đảng viên(?: mới)?", "kếtnạp đảngviên"),
        (r"(?:gia nhập|vào|là đoàn viên(?: của)?) công đoàn", "gianhập công đoàn"),
        (r"đoàn viên(?: công đoàn)?", "đoànviên"),
        (r"doanh nghiệp", "doanhnghiệp"),
        (r"nghiệp đoàn(?: cơ sở)?", "nghiệpđoàn"),
        (r"(?:(?:căn|ngôi) )?(?:nhà )?mái ấm công đoàn", "máiấm"),
        (r"(?:có )?hoàn cảnh(?: đặc biệt)? khó khăn", "khó khăn"),
        (r"đồng cấp", "cùng cấp"),
        (r"cán bộ công đoàn", "cánbộcđ"),
        (r"(?:được )?(?:xếp loại|đạt loại|phân loại|đánh giá|xếp hạng)", "xếploại"),
        (r"(?:đạt chuẩn|đạt danh hiệu|được công nhận|công nhận(?: danh hiệu)?|danh hiệu)", "danhhiệu"),
        (r"xây(?: dựng)?(?: được)?", "xâydựng"),
        (r"(?:bồi dưỡng|tập huấn|đào tạo)(?:(?:,| và) (?:bồi dưỡng|tập huấn|đào tạo))*", "tậphuấn"),
        (r"(?:quán triệt|học tập)(?:(?:,| và) (?:quán triệt|học tập))*", "họctập"),
        (r"(?:tuyên truyền|phổ biến)(?:(?:,| và) (?:tuyên truyền|phổ biến|giáo dục))*", "tuyêntruyền"),
        (r"(?:vận động )?(?:ủng hộ|đóng góp|quyên góp)(?: được)?|vận động(?: được)?$", "ủnghộ"),
        (r"(?:ký kết|giao kết|ký)(?: được)?", "kýkết"),
        (r"(?:trao tặng|trao|tặng)(?: được)?", "traotặng"),
        (r"khói", "khối"),  # as OCR reads it
    )
)  # fmt: skip
_STOP = frozenset(
    """
    được có của các những số tỷ tỉ lệ tổng việc và cho để đã đang sẽ là tại ở về theo trong với do từ đến lên
    thực hiện tiến hành tổ chức mở họp hoạt động công tác triển khai nội dung một mỗi năm hằng hàng nhằm cả
    toàn tỉnh phấn đấu phần đầu vận đạt đó này khi thì mà trên dưới trở xuống hoặc hay bằng vào ra nay nơi
    tham gia hiện mới
    """.split()
)
# Words that tell two subjects apart, however much else they share.
_DECISIVE = re.compile(
    r"(?<!\w)(?:nữ|(?<!việt )nam|trẻ|(?:bán )?chuyên trách|trực tiếp|gián tiếp|cấp trên|cấp dưới|cùng cấp"
    r"|đồng cấp|ngoài (?:nhà nước|công lập|quốc doanh)|xuất sắc|vững mạnh|(?<!thực hiện )(?<!làm )tốt|khá"
    r"|trung bình|yếu|không|chưa|giảm|tăng(?! cường| thêm| gia| ca)|so với|bình quân|gia đình|tập thể"
    r"|cá nhân|học sinh|phó|ủy viên|tổ trưởng|bí thư"
    r"|vi phạm|khiếu nại|tố cáo|thu(?! hút| nhập)|chi(?! bộ| nhánh| đoàn| hội)|nợ|khối \w+"
    r"|kinh phí|đoàn phí|cấp (?:huyện|tỉnh|xã|cơ sở)|số tiền|trị giá|đối thoại|tai nạn|hoàn thành"
    r"|thành lập|kiểm tra|giám sát"
    r"|đại học|cao đẳng|trung cấp|sơ cấp|tiểu học|trung học (?:cơ sở|phổ thông)|bảo hiểm \w+ ?\w*"
    r"|loại [abcd]|định kỳ|đột xuất|lần đầu|đảng(?! viên| bộ| ủy)|tái ký|nước ngoài|nước|nhà)(?!\w)"
)
_WHO = frozenset("cnvclđ cđcấptrên cđcs nlđ ubkt đoànviên doanhnghiệp cánbộcđ nghiệpđoàn".split())
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:(?:cùng kỳ\s)?năm\s)?(?<![\d.,/])(?:19|20)\d\d(?![.,/]?\d)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*(?:\)|$)")
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
        exact: The same with their diacritics: "tay nghề" is not "văn nghệ".
        who: Which people or bodies its first words name.
        decisive: The words that must agree, numbers among them.
        tells: Whether the subject says enough to be recognised elsewhere.
    """

    words: tuple[str, ...]
    who: frozenset[str]
    decisive: frozenset[str]
    tells: bool = True
    exact: tuple[str, ...] = ()

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
        line = _AGENT.sub("", " ".join(line.split()))
        for pattern, token in _EQUIVALENTS:
            line = " ".join(pattern.sub(token, line).split())
        words = [w for w in _WORD.findall(line) if w not in _STOP]
        decisive = {m[0] for m in _DECISIVE.finditer(line)} | set(_NUMBER.findall(line))
        return cls(
            words=tuple(dict.fromkeys(map(fold, words))),
            who=frozenset(words[:_HEAD]) & _WHO,
            decisive=frozenset(decisive),
            exact=tuple(dict.fromkeys(words)),
            tells=not _PIECE.match(subject) and sum(map(_syllables, set(words))) >= _LEAST,
        )

    def likeness(self, other: Wording) -> float:
        """Return the weighted share of words in common, in [0, 1].

        0 where a decisive word differs, and where each has words of its own and too many of them:
        what one says in more words is likelier the same than what both say in other words.
        """
        if self.who != other.who or self.decisive != other.decisive:
            return 0.0
        mine, theirs = set(self.exact), set(other.exact)
        shared = self.overlap(other)
        return 0.0 if mine - theirs and theirs - mine and shared < _REWORDED else shared

    def overlap(self, other: Wording) -> float:
        mine, theirs = self.weights(), other.weights()
        common = sum(min(weight, theirs[word]) for word, weight in mine.items() if word in theirs)
        union = sum(mine.values()) + sum(theirs.values()) - common
        return common / union if union else 0.0

    def weights(self) -> dict[str, float]:
        return {word: 1.0 if i < _WHOLE else 0.5 for i, word in enumerate(self.exact)}


def _syllables(word: str) -> int:
    """Return how many syllables a word or joined token stands for: its runs of vowels.

    >>> _syllables("đoànviên"), _syllables("kếtnạp"), _syllables("lớp")
    (2, 2, 1)
    """
    return len(re.findall(r"[aeiouy]+", fold(word))) or len(word)
