"""Names of offices and roles set in capitals, written as running text writes them.

The rule is Phụ lục II of Nghị định 30/2020/NĐ-CP: the first syllable of the kind of office and of
its field take a capital ("Liên đoàn Lao động"), the level does not ("tỉnh"), names of places do.
"""

from __future__ import annotations

import re

from corpus.text import fold

# Phrases some of whose syllables stay small; every syllable not listed takes a capital.
_PHRASES = (
    "Tổ chức", "Kiểm tra", "Tổng Liên đoàn", "Liên đoàn", "Lao động", "Công đoàn", "Nghiệp đoàn",
    "Công đoàn cơ sở", "cơ sở",
    "lâm thời", "bộ phận", "trực thuộc", "cấp trên trực tiếp cơ sở", "Ban Chấp hành", "Ban Thường vụ",
    "Ban Thường trực", "Đoàn Chủ tịch", "Đoàn đại biểu", "Ủy ban Kiểm tra", "Ủy ban nhân dân",
    "Hội đồng nhân dân", "Ủy ban Mặt trận Tổ quốc", "Mặt trận Tổ quốc", "Mặt trận", "Ban Tổ chức",
    "Ban Tuyên giáo", "Tuyên giáo", "Ban Dân vận", "Dân vận", "Ban Nội chính", "Nội chính", "Ban Nữ công",
    "Nữ công", "Ban Tài chính", "Tài chính", "Ban Kinh tế", "Kinh tế", "Chính sách", "Pháp luật",
    "Quan hệ lao động", "Chính sách - Pháp luật", "Văn phòng", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Thị ủy",
    "Quận ủy", "Đảng ủy", "Đảng đoàn", "Đảng bộ", "Chi bộ", "Ban cán sự đảng", "Bộ Chính trị", "Ban Bí thư",
    "Trung ương", "Trung ương Đảng", "Tỉnh đoàn", "Thành đoàn", "Huyện đoàn", "Hội Liên hiệp Phụ nữ",
    "Hội Nông dân", "Hội Cựu chiến binh", "Đoàn Thanh niên", "tỉnh", "thành phố", "huyện", "quận", "thị xã",
    "thị trấn", "xã", "phường", "đặc khu", "ngành", "khối", "cụm", "khóa", "lần thứ", "nhiệm kỳ", "các",
    "và", "của", "Chủ tịch", "Phó Chủ tịch", "Bí thư", "Phó Bí thư", "Bí thư thứ nhất", "Thường trực",
    "Tổng Bí thư", "Tổng Giám đốc", "Phó Tổng Giám đốc", "Trưởng ban", "Phó Trưởng ban", "Trưởng phòng",
    "Phó Trưởng phòng", "Chánh Văn phòng", "Phó Chánh Văn phòng", "Giám đốc", "Phó Giám đốc", "Chủ nhiệm",
    "Phó Chủ nhiệm", "Ủy viên", "Ủy viên Thường vụ", "Trưởng đoàn", "Thủ tướng", "Phó Thủ tướng",
    "Bộ trưởng", "Thứ trưởng", "Chính phủ", "Quốc hội", "Viên chức", "Giáo dục", "Giáo dục và Đào tạo",
    "Đào tạo", "Y tế", "Nội vụ", "Xây dựng", "Công thương", "Công nghiệp", "Nông nghiệp", "Nông thôn",
    "Phát triển nông thôn", "Nông nghiệp và Phát triển nông thôn", "Nông nghiệp và Môi trường",
    "Giao thông vận tải", "Khu kinh tế", "Khu công nghiệp", "Khu chế xuất", "các Khu công nghiệp",
    "Thương binh và Xã hội", "Bảo hiểm xã hội", "Ngân hàng Chính sách xã hội", "Công an", "Bộ đội",
    "Bộ Chỉ huy", "Quân sự", "Doanh nghiệp", "Công ty", "Công ty cổ phần", "Cổ phần", "Trách nhiệm hữu hạn",
    "Tập đoàn", "Tổng công ty", "Trường", "Tiểu học", "Trung học cơ sở", "Trung học phổ thông", "Mầm non",
    "Bệnh viện", "Bệnh viện đa khoa", "Ban Quản lý", "Quản lý", "Thanh tra", "Kiểm sát", "Tòa án nhân dân",
    "Viện kiểm sát nhân dân", "Hội đồng Thi đua - Khen thưởng", "Ban Chỉ đạo", "Ban Tổ chức Đại hội",
    "Đại hội", "Chủ tọa", "Thư ký", "Kế toán trưởng", "Người lập", "Thủ trưởng", "đơn vị", "cơ quan",
    "chuyên trách", "Đại diện", "Cộng hòa", "Người sử dụng lao động", "Người lao động", "tập thể",
    "phụ trách", "quyền",
)  # fmt: skip
# Phrases of several syllables are known without their marks too, which recognition loses.
_CASED = {tuple(phrase.lower().split()): phrase.split() for phrase in _PHRASES} | {
    tuple(fold(phrase).split()): phrase.split() for phrase in _PHRASES if " " in phrase
}
_LONGEST = max(map(len, _CASED))
_VOWELS = re.compile(r"[AEIOUYĂÂÊÔƠƯ\u00C0-\u1EF9]")
_ABBREVIATIONS = frozenset(
    "LĐLĐ LĐLD TLĐ CĐCS CĐN CĐVC UBND HĐND UBMTTQ MTTQ UBKT BCH BTV ĐUTT TNHH MTV CP TP TX TW BCHTW KCN KKT"
    " ĐH CĐ THCS THPT BHXH NHCSXH XHCN GDĐT VN DN".split()
)


def name_case(words: str) -> str:
    """Return a name in capitals as running text would write it; what is not in capitals stays.

    >>> name_case("LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU"), name_case("PHÓ CHỦ TỊCH THƯỜNG TRỰC")
    ('Liên đoàn Lao động tỉnh Lai Châu', 'Phó Chủ tịch Thường trực')
    """
    if not words.isupper():
        return words
    parts = words.split()
    cased: list[str] = []
    at = 0
    while at < len(parts):
        for length in range(min(_LONGEST, len(parts) - at), 0, -1):
            key = tuple(part.strip(",.;:()").lower() for part in parts[at : at + length])
            cased_key = key if key in _CASED else tuple(map(fold, key)) if length > 1 else key
            if cased_key in _CASED:
                for part, model in zip(parts[at : at + length], _CASED[cased_key], strict=True):
                    bare = part.strip(",.;:()")
                    cased.append(part.replace(bare, model) if bare else part)
                at += length
                break
        else:
            cased.append(_one_word(parts[at]))
            at += 1
    line = " ".join(cased)
    return line[:1].upper() + line[1:]


def _one_word(word: str) -> str:
    bare = word.strip(",.;:()")
    known = bare in _ABBREVIATIONS or not _VOWELS.search(bare) or any(char.isdigit() for char in bare)
    if known or re.fullmatch(r"[IVXLC]+", bare):
        return word
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))
