"""The closing of a document: "Nơi nhận", the signature block, and what a signing program adds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.structure.issuers import UPPER
from corpus.structure.lines import split_cells
from corpus.text import fold
from corpus.words.casing import name_case

Signer = tuple[str | None, str | None]  # name, role

# "Nơi nhận", also as recognised without its marks; "Noi nhan:".
_RECIPIENTS = re.compile(r"n[oơ0]i\s?(?:nhan|gui)\s*(?:[:;.]|$)")
# Who signs for whom: thay mặt, ký thay, thừa lệnh, thừa ủy quyền, quyền.
_FOR = re.compile(
    r"(?P<for>T\s?[./]\s?M|K\s?[./]\s?T|T\s?[./]\s?L|T\s?/\s?UQ|(?:TM|KT|TL|TUQ)\s?[./]"
    r"|(?:TM|KT|TL)(?=\s(?:BAN|BCH|BTV|ĐOÀN|CHỦ|TRƯỞNG|GIÁM)\b))"
    r"[.\s]*(?=[^\W\d_]{2})"
)
_ROLES = (
    "chu tich", "bi thu", "truong ban", "chu nhiem", "chanh van phong", "giam doc", "vien truong",
    "vu truong", "cuc truong", "bo truong", "thu truong", "hieu truong", "to truong", "truong phong",
    "truong doan", "thu tuong", "vien truong", "chanh an", "chanh thanh tra", "thu truong don vi",
)  # fmt: skip
_ROLE = re.compile(
    rf"(?:q\. ?|quyen )?(?:pho |tong |pho tong )?(?:{'|'.join(_ROLES)})\b(?: thuong truc| thu nhat| phu trach"
    r"| cong doan| ldld| lien doan| tinh| huyen| thanh pho| co so| hoi dong| chuyen trach)*(?: .{0,40})?"
    r"|uy vien(?: ban)? thuong (?:vu|truc)|thuong truc(?: ban(?: bi thu)?)?|doan chu tich|chu toa|thu ky"
    r"|nguoi lap(?: bieu)?|ke toan truong|dai dien .{2,60}"
)
_DIGITAL_BEGINS = re.compile(
    r"(?:(?:da )?ky (?:boi|so boi|dien tu)|nguoi ky|chu ky so|digitally signed|signature|signed by)"
)
_SIGNED_BY = re.compile(r"(?:Người ký|Ký bởi|Ký số bởi)\s?:?\s?(.+)", re.IGNORECASE)
_DIGITAL = re.compile(r"(?:gio ky|ngay ky|thoi gian ky|co quan\s?:|email\s?:|chuc vu\s?:|date\s?:)")
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:|\d\d:\d\d:\d\d\s?[+-]\d\d:?\d\d")
_RIGHT_OFFICE = re.compile(
    rf"(?P<left>.*[;:,.)\w])\s+(?P<right>(?:T/?M|K/?T|T/?L|TUQ)\s?[./]\s?[{UPPER}][{UPPER}\s,.-]+)"
)
_RIGHT_ROLE = re.compile(rf"(?P<left>.*[;:,.)])\s+(?P<right>[{UPPER}]{{2,}}(?:\s[{UPPER}]+){{1,6}})")
_SIGNED = re.compile(r"\(?\s*(?:da ky|da ky va dong dau|ky,? (?:ghi ro )?ho ten|ky ten,? dong dau)\s*\)?")
_TITLE = re.compile(r"(?:(?:TS|ThS|Ths|PGS|GS|BS|KS|CN|Tiến sĩ|Thạc sĩ|Đ/c|Đồng chí|Ông|Bà)\b[.:\s]*)+")
# First words of offices and places, which also begin with capitals. With their marks: Phan, Lưu,
# Đặng and Tống are surnames.
_NOT_A_NAME = re.compile(
    r"(?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|ban|công đoàn|liên đoàn|tổng|sở|bộ|ủy ban|hội"
    r"|văn phòng"
    r"|nơi nhận|kính gửi|phụ lục|đảng|chủ tịch|phó (?:chủ|bí|trưởng|giám)|bí thư|việt nam|trung ương|chương"
    r"|điều|phần|mục|đại hội|đoàn chủ|cộng hòa)(?!\w)"
)
# In capitals a name looks like any other line, so its first word must be a family name.
_FAMILY = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý trương đinh đoàn đào mai "
    "tô trịnh cao tạ thái hà lưu tống quách kiều khổng nghiêm doãn phí tăng từ văn lương lâm châu "
    "thạch danh sơn kim phùng tôn vương lò lường vàng giàng sùng thào mùa cầm quàng tòng tẩn lù lỳ ma "
    "nông triệu bàn đàm long mông chu vi hứa mã chảo phàn tráng y a ksor rơ siu rah nay kpă niê hạng "
    "cháng thân trà la lại lục bạch ninh giáp cù cung chử".split()
)
_VOWEL = re.compile(r"[AEIOUYÀ-Ỹ]")
# Who signs beside the one whose document it is.
_ONLY_ASSISTS = re.compile(r"(?:thu ky|nguoi (?:lap|ghi|viet)|ke toan|xac nhan|phe duyet|y kien|chung kien)")
_OFFICE_WORDS = 3  # of an office's name tell its kind: "Liên đoàn Lao ...", "Ủy ban nhân ..."
_DEPUTY = re.compile(r"K\s?/?\s?T\b")  # "KT. CHỦ TỊCH" stands under the office it signs for
_MOST_ROLES = 4  # "TM. ..., KT. ..., PHÓ ...", and the office's name between them
_END_OF_BLOCK = 14  # lines; a signature block is not longer


def is_recipients(words: str) -> bool:
    """True for the line that opens "Nơi nhận"."""
    return words[:1] in ("N", "n") and _RECIPIENTS.match(fold(words[:40])) is not None


def signs_for(text: str) -> bool:
    """True for "TM. BAN THƯỜNG VỤ", "T/M BAN CHẤP HÀNH", "KT. CHỦ TỊCH"."""
    match = _FOR.match(text)
    return match is not None and len(text) < 120 and _mostly_upper(text[match.end() :])


def is_role(text: str) -> bool:
    """True for a line that is a signer's office and nothing else: "PHÓ CHỦ TỊCH"."""
    return len(text) < 80 and text.isupper() and _ROLE.fullmatch(fold(text.strip(" ."))) is not None


def is_name(text: str) -> bool:
    """True for two to six words that each begin with a capital: "Nguyễn Văn An", "TS. Lê Thị B".

    >>> is_name("Nguyễn Thị Bình"), is_name("Lưu Văn phòng"), is_name("Tỉnh Lai Châu")
    (True, False, False)
    """
    words = _TITLE.sub("", text, count=1).strip(" .").split()
    return (
        2 <= len(words) <= 6
        and all(word[0].isupper() and re.sub("['’]", "", word).isalpha() for word in words)
        and not (words[-1].isupper() and not _VOWEL.search(words[-1]))  # "Lưu VT"
        and (not text.isupper() or words[0].lower() in _FAMILY)
        and _NOT_A_NAME.match(" ".join(words).lower()) is None
    )


def closing_cells(raw: str) -> list[str]:
    """Return the cells of a line of the closing, whose right column may follow after one space.

    >>> closing_cells("- Tổng Liên đoàn (b/c); PHÓ CHỦ TỊCH")
    ['- Tổng Liên đoàn (b/c);', 'PHÓ CHỦ TỊCH']
    """
    cells: list[str] = []
    for cell in split_cells(raw):
        match = None if signs_for(cell) else _RIGHT_OFFICE.fullmatch(cell) or _RIGHT_ROLE.fullmatch(cell)
        if match and (signs_for(match["right"]) or is_role(match["right"])):
            cells += [match["left"], match["right"]]
        else:
            cells.append(cell)
    return cells


def split_columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the columns of rows of cells; a row of one cell belongs to the last column.

    >>> split_columns([["TM. BÊN A", "TM. BÊN B"], ["Lê Văn A", "Đỗ Thị B"]])
    [['TM. BÊN A', 'Lê Văn A'], ['TM. BÊN B', 'Đỗ Thị B']]
    """
    width = max((len(row) for row in rows), default=0)
    columns: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        for at, cell in enumerate(row):
            columns[at if len(row) > 1 else -1].append(cell)
    return columns


def drop_digital(lines: Sequence[str]) -> list[str]:
    """Return the lines without what a signing program wrote among them.

    >>> drop_digital(["CHỦ TỊCH", "Ký bởi Liên đoàn Lao động", "Tỉnh A", "Giờ ký: 9:18", "Lê B"])
    ['CHỦ TỊCH', 'Lê B']
    """
    folded = [fold(line) for line in lines]
    ends = [i for i, line in enumerate(folded) if _DIGITAL.match(line) or _ISO_TIME.search(lines[i])]
    dropped = set(ends)
    for i, line in enumerate(folded):
        if _DIGITAL_BEGINS.match(line):
            # What lies between "Ký bởi" and "Giờ ký" is the certificate's name.
            end = next((e for e in ends if i < e <= i + 6), i)
            dropped.update(range(i, end + 1))
    return [line for i, line in enumerate(lines) if i not in dropped]


def read_signers(lines: Sequence[str]) -> list[Signer]:
    """Return (name, role) of every signature of a closing given as lines of words, in their order.

    >>> read_signers(["TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH", "(Đã ký)", "Nguyễn Văn An"])
    [('Nguyễn Văn An', 'TM. Ban Thường vụ, Phó Chủ tịch')]
    >>> read_signers(["THƯ KÝ", "CHỦ TỌA", "Đào Thị Cúc", "Lê Văn An"])
    [('Đào Thị Cúc', 'Thư ký'), ('Lê Văn An', 'Chủ tọa')]
    """
    kept = [line for line in drop_digital(lines) if not _SIGNED.fullmatch(fold(line))]
    found: list[Signer] = []
    roles: list[str] = []
    names: list[str] = []
    length = 0  # of the block that is being read
    for line in kept:
        length += 1
        attached = fold(line).startswith("cong hoa xa hoi") or length > _END_OF_BLOCK
        if attached or (
            not names and not is_name(line) and len(roles) >= _MOST_ROLES * max(1, len(_begins(roles)))
        ):
            break  # a form that is attached begins
        split = _role_and_name(line)
        if split or signs_for(line) or is_role(line) or (roles and not names and _may_be_role(line)):
            if names:  # another signature, of another office, begins
                found += _blocks(roles, names)
                roles, names, length = [], [], 1
            roles.append(split[0] if split else line)
            names += [_person(split[1])] if split else []
        elif is_name(line):
            names.append(_person(line))
    if not names and not found:
        names = [
            _person(match[1]) for line in lines if (match := _SIGNED_BY.match(line)) and is_name(match[1])
        ]
    if not names and len(roles) > 1 and is_name(roles[-1]) and not is_role(roles[-1]):
        names.append(_person(roles.pop()))
    return found + (_blocks(roles, names) if names or not found else [])


def issuing_signer(signers: Sequence[Signer], issuer: str | None, columns: bool) -> int:
    """Return which of the signers signs for the office that issued the document.

    Who only writes the minutes, confirms or approves does not. Of several offices it is the one
    named first in the letterhead, which is in charge; where that does not tell, the right-hand
    signature, for there Nghị định 30/2020/NĐ-CP (Phụ lục I, ô 7) and Hướng dẫn 36-HD/VPTW put the
    signer, or the first of those that stand under each other.

    Args:
        signers: (name, role) in the order of the text, left before right; at least one.
        issuer: The issuing offices, parted by " - ".
        columns: True where the signatures stand side by side.
    """
    own = [i for i, (_, role) in enumerate(signers) if not _ONLY_ASSISTS.match(fold(role or ""))]
    own = own or list(range(len(signers)))
    key = " ".join(fold(issuer or "").split()[:_OFFICE_WORDS])
    named = [i for i in own if key and key in _spelt_out(signers[i][1] or "")]
    if len(named) == 1:
        return named[0]
    return own[-1 if columns else 0]


def _spelt_out(role: str) -> str:
    return fold(role).replace("ldld", "lien doan lao dong").replace("ubnd", "uy ban nhan dan")


def _begins(roles: Sequence[str]) -> list[int]:
    """Return where the offices of the single signatures begin among roles that were read in one go."""
    return [i for i, role in enumerate(roles) if signs_for(role) and not _DEPUTY.match(role)]


def _blocks(roles: list[str], names: list[str]) -> list[Signer]:
    """Return the signatures that roles and the names under them make: one, or several side by side."""
    many = len(names)
    begin = _begins(roles)
    if many > 1 and len(begin) == many and begin[0] == 0 and begin[-1] >= many:  # one column, then the next
        ends = [*begin[1:], len(roles)]
        return [(n, _roles_case(roles[a:b])) for n, a, b in zip(names, begin, ends, strict=True)]
    alike = many > 1 and len(roles) % many == 0 and len({signs_for(role) for role in roles[:many]}) == 1
    if alike and roles:
        return [(name, _roles_case(roles[i::many])) for i, name in enumerate(names)]
    if len(begin) > 1:  # whose office is whose is not known
        return [(name, None) for name in names] or [(None, None)]
    return [(names[0] if names else None, _roles_case(roles))]


def _roles_case(roles: Sequence[str]) -> str | None:
    return ", ".join(map(_role_case, roles)) or None


def _may_be_role(line: str) -> bool:
    """True for what can be a role under another: capitals, or "Thường trực Ban Bí thư"."""
    if line.isupper():
        return not is_name(line)
    return len(line) < 60 and line[:1].isupper() and _ROLE.fullmatch(fold(line)) is not None


def _person(line: str) -> str:
    """Return a person's name without titles, not in capitals."""
    name = _TITLE.sub("", line, count=1).strip(" .")
    return " ".join(word[:1] + word[1:].lower() for word in name.split()) if name.isupper() else name


def _role_and_name(line: str) -> tuple[str, str] | None:
    """Split "PHÓ CHỦ TỊCH Nguyễn Văn An", which a flattened table leaves."""
    match = re.match(rf"((?:[{UPPER}]{{2,}}[ .]+){{2,6}})(\S.*)", line)
    if match and is_role(match[1].strip()) and is_name(match[2]):
        return match[1].strip(), match[2]
    return None


def _role_case(role: str) -> str:
    match = _FOR.match(role)
    if match is None:
        return name_case(role)
    sign = re.sub(r"\s", "", match["for"])
    return f"{sign if sign.endswith('.') or '/' in sign else sign + '.'} {name_case(role[match.end() :])}"


def _mostly_upper(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and sum(char.isupper() for char in letters) >= 0.8 * len(letters)
