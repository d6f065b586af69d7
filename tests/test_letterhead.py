"""Letterheads and closings in every layout; nothing is said that the document does not say."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Letterhead
from corpus.structure.closing import is_name, is_role, read_signers, signs_for, split_columns
from corpus.structure.doctitle import read_type
from corpus.structure.letterhead import letterhead_end, parse_letterhead
from corpus.words.casing import name_case

UNION = "Liên đoàn Lao động tỉnh"
LAYOUTS = {
    "quyet-dinh-tong-lien-doan.txt": Letterhead(
        number="4321/QĐ-TLĐ",
        number_as_read="4321/QĐ-TLĐ",
        type="Quyết định",
        issuer="Tổng Liên đoàn Lao động Việt Nam",
        place="Hà Nội",
        date="2022-03-05",
        title="Về việc ban hành Quy định về quản lý thư viện công đoàn",
        signer="Trần Thanh Mây",
        signer_role="TM. Đoàn Chủ tịch, KT. Chủ tịch, Phó Chủ tịch",
        recipients=("Như Điều 3", "Lưu: VT, TG"),
    ),
    "huong-dan-ban-dan-van.txt": Letterhead(
        number="15-HD/BDVTU",
        number_as_read="15-HD/BDVTU",
        type="Hướng dẫn",
        issuer="Ban Dân vận Tỉnh ủy Hà Giang",
        place="Hà Giang",
        date="2021-06-14",
        title="thực hiện công tác dân vận trong công nhân, viên chức năm 2021",
        signer="Phan Thị Lưu",
        signer_role="K/T Trưởng ban, Phó Trưởng ban",
        recipients=("Thường trực Tỉnh ủy (b/c)", "Ban Dân vận các huyện ủy", "Lưu Ban Dân vận"),
    ),
    "cong-van.txt": Letterhead(
        number="87/LĐLĐ-ToC",
        number_as_read="87/LĐLĐ-ToC",
        type="Công văn",
        issuer=f"{UNION} Sơn La",
        place="Sơn La",
        date="2022-06-02",
        title="V/v rà soát số lượng đoàn viên quý II năm 2022",
        signer="Lò Văn Đặng",
        signer_role="TL. Ban Thường vụ, Trưởng ban Tổ chức",
        recipients=("Như trên", "Thường trực LĐLĐ tỉnh", "Lưu: VT, ToC"),
    ),
    "to-trinh.txt": Letterhead(
        number="09/TTr-CĐN",
        number_as_read="09/TTr-CĐN",
        type="Tờ trình",
        issuer="Công đoàn ngành Giáo dục tỉnh Yên Bái",
        place="Yên Bái",
        date="2021-10-18",
        title="Về việc xin kinh phí tổ chức hội thi năm 2021",
        signer="Hoàng Thị Mỵ",
        signer_role="Chủ tịch",
        recipients=("Như kính gửi", "Lưu VP"),
    ),
    "quy-che-phoi-hop.txt": Letterhead(
        number="03/QCPH-UBND-LĐLĐ",
        number_as_read="03/QCPH-UBND-LĐLĐ",
        type="Quy chế phối hợp",
        issuer=f"Ủy ban nhân dân tỉnh Tuyên Quang - {UNION} Tuyên Quang",
        place="Tuyên Quang",
        date="2020-07-28",
        title="công tác giữa Ủy ban nhân dân tỉnh và Liên đoàn Lao động tỉnh",
        signer="Nguyễn Văn Bưởi",
        signer_role="TM. Ủy ban nhân dân tỉnh, Chủ tịch",
        cosigners=(("Phạm Thị Cam", "TM. Ban Thường vụ Liên đoàn Lao động tỉnh, Chủ tịch"),),
        recipients=("Văn phòng UBND tỉnh", "Lưu: VT"),
    ),
    "nghi-quyet-dai-hoi.txt": Letterhead(
        type="Nghị quyết",
        issuer="Công đoàn Viên chức tỉnh Lào Cai",
        place="Lào Cai",
        date="2018-03-15",
        title="ĐẠI HỘI CÔNG ĐOÀN VIÊN CHỨC TỈNH LÀO CAI LẦN THỨ V NHIỆM KỲ 2018 - 2023",
        signer="Vàng A Páo",
        signer_role="TM. Đoàn Chủ tịch Đại hội",
    ),
    "bao-cao-phan.txt": Letterhead(
        number="210/BC-LĐLĐ",
        number_as_read="210 /BC-LĐLĐ",
        type="Báo cáo",
        issuer=f"{UNION} Điện Biên",
        place="Điện Biên",
        date="2022-12-20",
        title="TỔNG KẾT HOẠT ĐỘNG CÔNG ĐOÀN NĂM 2022, PHƯƠNG HƯỚNG NĂM 2023",
        signer="Lường Văn Tỉnh",
        signer_role="TM. Ban Thường vụ, KT. Chủ tịch, Phó Chủ tịch Thường trực",
        recipients=("Tổng Liên đoàn", "Lưu: VT"),
    ),
    "chi-thi-ban-bi-thu.txt": Letterhead(
        number="99-CT/TW",
        number_as_read="99-CT/TW",
        type="Chỉ thị",
        issuer="Ban Bí thư",
        place="Hà Nội",
        date="2020-02-01",
        title="về việc đọc sách trong công nhân",
        signer="Đỗ Thế Gian",
        signer_role="T/M Ban Bí thư, Thường trực Ban Bí thư",
    ),
    "ke-hoach-chu-hoa.md": Letterhead(
        number="31/KH-CĐKKT",
        number_as_read="31/KH-CĐKKT",
        type="Kế hoạch",
        issuer="Công đoàn Khu kinh tế",
        place="Quảng Ninh",
        date="2023-08-11",
        title="TỔ CHỨC HỘI THAO",
        signer="Bùi Đình Nghị",
        signer_role="TM. Ban Thường vụ, Chủ tịch",
        recipients=("Các CĐCS", "Lưu: VT"),
    ),
    "pdf-xuong-dong.txt": Letterhead(
        number="12/NQ-BCH",
        number_as_read="12/NQ-BCH",
        type="Nghị quyết",
        issuer=f"Ban Chấp hành {UNION} Bắc Giang",
        place="Bắc Giang",
        date="2021-07-09",
        title="Về tăng cường công tác an toàn, vệ sinh lao động trong các doanh nghiệp giai đoạn 2021 - 2025",
        signer="Nguyễn Thị Tống",
        signer_role="TM. Ban Chấp hành, Chủ tịch",
        recipients=("Tổng Liên đoàn (b/c)", "Lưu: VT"),
    ),
    "du-thao.txt": Letterhead(
        type="Kế hoạch",
        number_as_read="",
        issuer=f"{UNION} Hòa Bình",
        place="Hòa Bình",
        title="Tổ chức Tháng Công nhân năm 2024",
    ),
    "ocr.txt": Letterhead(
        number="145/KH-LĐLĐ",
        number_as_read="145/KH-LĐLD",
        type="Kế hoạch",
        issuer=f"{UNION} Cao Bằng",
        place="Cao Bằng",
        date="2023-04-03",
        title="Phát động thi đua năm 2023",
        signer="Nông Thị Điều",
        signer_role="TM. Ban Thường vụ, Phó Chủ tịch",
        recipients=("Như trên", "Luu: VT"),
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts(name: str, layouts: Path) -> None:
    assert parse_letterhead((layouts / name).read_text(encoding="utf-8")) == LAYOUTS[name]


def head(lines: str) -> Letterhead:
    return parse_letterhead(lines + "\n\nI. NỘI DUNG\n\n1. Mở lớp.\n")


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ("Số: 56 /KH-LĐLĐ\n\nKẾ HOẠCH", "56/KH-LĐLĐ"),
        ("Số 27/CTr-TU\n\nCHƯƠNG TRÌNH", "27-CTr/TU"),
        ("Sô: 757/BC-LĐLD\n\nBÁO CÁO", "757/BC-LĐLĐ"),
        ("234/KH-LĐLĐ\n\nKẾ HOẠCH", "234/KH-LĐLĐ"),
        ("**Số: 12/2021/QĐ-UBND**\n\nQUYẾT ĐỊNH", "12/2021/QĐ-UBND"),
        ("Số:     /KH-LĐLĐ\n\nKẾ HOẠCH", None),
        ("KẾ HOẠCH\nThực hiện Nghị quyết số 02-NQ/TW", None),
        ("KẾ HOẠCH\n\nsố 02-NQ/TW ngày 12/6/2021", None),
    ],
)
def test_the_number_is_the_documents_own(lines: str, number: str | None) -> None:
    assert head(lines).number == number


@pytest.mark.parametrize(
    ("line", "place", "date"),
    [
        ("Lai Châu, ngày 09 tháng 01 năm 2023", "Lai Châu", "2023-01-09"),
        ("*TP. Hồ Chí Minh, ngày 5 tháng 11 năm 2020*", "TP. Hồ Chí Minh", "2020-11-05"),
        ("Hà Nội, ngày 5/11/2020", "Hà Nội", "2020-11-05"),
        ("Huế, ngày     tháng     năm 2025", "Huế", None),
        ("Huế, ngày 32 tháng 1 năm 2025", "Huế", None),
    ],
)
def test_place_and_date(line: str, place: str, date: str | None) -> None:
    found = head(f"Số: 1/KH-LĐLĐ\n{line}\n\nKẾ HOẠCH")
    assert (found.place, found.date) == (place, date)


@pytest.mark.parametrize(
    ("lines", "kind", "title"),
    [
        ("KẾ HOẠCH\nMở lớp năm 2021\n\nThực hiện chương trình năm, LĐLĐ tỉnh làm như sau:", "Kế hoạch",
         "Mở lớp năm 2021"),
        ("KẾ HOẠCH\n\nMở lớp\nnăm 2021\n\nCăn cứ chương trình;", "Kế hoạch", "Mở lớp năm 2021"),
        ("## **KẾ HOẠCH**\n\n### **Mở lớp**\n\n### **năm 2021**\n\nCác tổ chú ý:", "Kế hoạch",
         "Mở lớp năm 2021"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG\n\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\n\nvề mở lớp\n\nBan Thường vụ mở lớp:",
         "Chương trình hành động", "về mở lớp"),
        ("BÁO CÁO TỔNG KẾT NĂM 2021\n\nNăm 2021 các tổ đã làm tốt.", "Báo cáo", "TỔNG KẾT NĂM 2021"),
        ("QUYẾT ĐỊNH\nVề việc mở lớp\n\nBAN CHẤP HÀNH\n\nCăn cứ Điều lệ;\n\nQUYẾT ĐỊNH:", "Quyết định",
         "Về việc mở lớp"),
        ("## QUYẾT ĐỊNH\n\n### Về việc mở lớp\n\n### **BAN THƯỜNG VỤ LĐLĐ TỈNH**\n\n*Căn cứ Điều lệ;*",
         "Quyết định", "Về việc mở lớp"),
        ("THÔNG BÁO KẾT LUẬN\ncủa Thường trực tại cuộc họp\n-----\nNgày 2/3, các tổ đã họp.",
         "Thông báo", "KẾT LUẬN của Thường trực tại cuộc họp"),
        ("LỜI KÊU GỌI\nỦng hộ đồng bào vùng lũ\n\nThưa các bạn!", "Lời kêu gọi", "Ủng hộ đồng bào vùng lũ"),
        ("KẾ HOẠCH\n\nCăn cứ chương trình năm;", "Kế hoạch", None),
        ("Số: 3/LĐLĐ-VP\nV/v mở lớp\n\nKính gửi: Các tổ.", "Công văn", "V/v mở lớp"),
        ("Số: 3/BC-LĐLĐ\n\nMở lớp", "Báo cáo", None),
    ],
)  # fmt: skip
def test_type_and_title(lines: str, kind: str, title: str | None) -> None:
    found = head(lines)
    assert (found.type, found.title) == (kind, title)


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        ("Số: 1/KH-LĐLĐ\nLai Châu, ngày 1 tháng 2 năm 2021\nKẾ HOẠCH\nMở lớp\n\nLĐLĐ tỉnh ban hành kế hoạch.",
         f"{UNION} Lai Châu"),
        ("Số: 1/KH-LĐLĐ\nTam Đường, ngày 1 tháng 2 năm 2021\nKẾ HOẠCH\nMở lớp\n\n"
         "Theo LĐLĐ tỉnh, LĐLĐ huyện xây dựng kế hoạch.",
         "Liên đoàn Lao động huyện Tam Đường"),
        ("Số: 1/KH-LĐLĐ\nHải Phòng, ngày 1 tháng 2 năm 2021\nKẾ HOẠCH\nMở lớp",
         "Liên đoàn Lao động thành phố Hải Phòng"),
        ("Số: 1/QĐ-TLĐ\nHà Nội, ngày 1 tháng 2 năm 2021\nQUYẾT ĐỊNH", "Tổng Liên đoàn Lao động Việt Nam"),
        ("KẾ HOẠCH\nMở lớp\n\nThực hiện chương trình năm, Ban Thường vụ Huyện ủy Mường Tè ban hành kế hoạch:",
         "Ban Thường vụ Huyện ủy Mường Tè"),
        ("TỈNH ỦY QUẢNG TRỊ\n*\nSố 1-KH/TU\nKẾ HOẠCH\nMở lớp", "Tỉnh ủy Quảng Trị"),
        ("LĐLĐ TỈNH LAI CHÂU\nBAN CHẤP HÀNH\nSố: 1/NQ-BCH\nNGHỊ QUYẾT\nMở lớp",
         f"Ban Chấp hành {UNION} Lai Châu"),
        ("QUYẾT ĐỊNH\nVề việc mở lớp\n\nBAN THƯỜNG VỤ LIÊN ĐOÀN LAO ĐỘNG TỈNH LAI CHÂU\n\nCăn cứ Điều lệ;",
         f"Ban Thường vụ {UNION} Lai Châu"),
        ("KẾ HOẠCH\nMở lớp", None),
    ],
)  # fmt: skip
def test_the_issuer_is_named_or_derived(lines: str, issuer: str | None) -> None:
    assert head(lines).issuer == issuer


def test_a_restatements_first_line_says_nothing_of_the_letterhead() -> None:
    text = "**BẢN VIẾT LẠI** của Báo cáo số 9/BC-LĐLĐ\n\nSố: 1/KH-LĐLĐ\n\nKẾ HOẠCH\nMở lớp"
    assert (head(text).number, head(text).type, head(text).title) == ("1/KH-LĐLĐ", "Kế hoạch", "Mở lớp")


def test_the_letterhead_ends_with_its_title() -> None:
    text = "Số: 1/KH-LĐLĐ\n\nKẾ HOẠCH\n\n**Mở lớp**\n\nCác tổ mở lớp như sau:\n"
    assert text[: letterhead_end(text)].endswith("**Mở lớp**")
    assert letterhead_end("Các tổ mở lớp.") == 0


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Lê Văn Tám"], ("Lê Văn Tám", "TM. Ban Thường vụ, Chủ tịch")),
        (["T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Lê Tám"], ("Lê Tám", "T/M Ban Thường vụ, Bí thư")),
        (["KT.CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "TS. Y Thanh"],
         ("Y Thanh", "KT. Chủ tịch, Phó Chủ tịch")),
        (["TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "Đã ký", "LÊ VĂN TÁM"],
         ("Lê Văn Tám", "TM. Ban Chấp hành, Chủ tịch")),
        (["PHÓ CHỦ TỊCH Lê Văn Tám"], ("Lê Văn Tám", "Phó Chủ tịch")),
        (["TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH Lê Tám"], ("Lê Tám", "TM. Ban Thường vụ, Phó Chủ tịch")),
        (["TM. UBND TỈNH", "CHỦ TỊCH", "Lê A", "TM. LĐLĐ TỈNH", "CHỦ TỊCH", "Đỗ B"],
         ("Lê A", "TM. UBND tỉnh, Chủ tịch")),
        (["CHỦ TỊCH", "Ký bởi: Lê Văn Tám", "Thời gian ký: 9:18"], ("Lê Văn Tám", "Chủ tịch")),
        (["KT CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Tám"], ("Lê Tám", "KT. Chủ tịch, Phó Chủ tịch")),
        (["CHỦ TỊCH", "Ký bởi: LĐLĐ", "Tỉnh Lai Châu", "Giờ ký: 9:18:29", "H'Lim Niê"], ("H'Lim Niê",
         "Chủ tịch")),
        (["CHỦ TỊCH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Lê Văn Tám"], (None, "Chủ tịch")),
        (["TM. BAN CHẤP HÀNH", "NGƯỜI SỬ DỤNG LAO ĐỘNG"],
         (None, "TM. Ban Chấp hành, Người sử dụng lao động")),
        ([], (None, None)),
    ],
)  # fmt: skip
def test_signers(lines: list[str], expected: tuple[str | None, str | None]) -> None:
    assert read_signers(lines)[0] == expected


def test_names_and_roles_are_told_apart() -> None:
    names = ["Lê Văn Tám", "Phan Thị Lưu", "Đặng Thị Tống", "Sùng A Hồ", "K'Brôih Ha", "LÊ VĂN TÁM"]
    others = ["Tỉnh Lai Châu", "Ban Thường vụ", "Lưu VT", "CHỦ TỊCH", "Lê", "Lê Văn, Tám", "Lưu văn thư"]
    assert [is_name(name) or is_role(name) for name in names] == [True] * len(names)
    assert [name for name in others if is_name(name) and not is_role(name)] == []
    assert [is_role(role) for role in ("PHÓ CHỦ TỊCH", "Q. CHỦ TỊCH", "TRƯỞNG BAN", "MỞ LỚP")] == [
        True,
        True,
        True,
        False,
    ]
    assert [signs_for(line) for line in ("TM. BAN A", "K/T TRƯỞNG BAN", "T. M. BAN A", "TMC. ABC",
     "TM. các tổ")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_capitals_become_names() -> None:
    assert name_case("BAN CHẤP HÀNH LIÊN ĐOÀN LAO ĐỘNG THÀNH PHỐ CẦN THƠ") == (
        "Ban Chấp hành Liên đoàn Lao động thành phố Cần Thơ"
    )
    assert name_case("LĐLĐ HUYỆN MƯỜNG TÈ") == "LĐLĐ huyện Mường Tè"
    assert name_case("Công đoàn A") == "Công đoàn A"


def test_type_lines() -> None:
    assert read_type("KÉ HOẠCH", False) == ("Kế hoạch", "")
    assert read_type("Kế hoạch", False) == ("Kế hoạch", "")
    assert read_type("Kế hoạch mở lớp", True) is None
    assert read_type("KẾ HOẠCHH", False) is None


def test_columns_are_read_one_after_the_other() -> None:
    assert split_columns([]) == []
    assert split_columns([["A", "B"], ["C"]]) == [["A"], ["B", "C"]]


OFFICE = "LIÊN ĐOÀN LAO ĐỘNG TỈNH SƠN LA"
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
FREEDOM = "Độc lập - Tự do - Hạnh phúc"


@pytest.mark.parametrize(
    "lines",
    [
        # A date torn over two lines, in one column and beside another.
        f"{OFFICE}\nSố: 12/KH-LĐLĐ\n{MOTTO}\n{FREEDOM}\nSơn La, ngày 5\ntháng 3 năm 2024",
        f"{OFFICE}\nSố: 12/KH-LĐLĐ\n{MOTTO}\n{FREEDOM}\nSơn La, ngày 5 tháng 3\nnăm 2024",
        f"{OFFICE}\n{MOTTO}\n{FREEDOM}\nSơn La,\nngày 5 tháng 3 năm 2024\nSố: 12/KH-LĐLĐ",
        f"{OFFICE} {MOTTO}\n{FREEDOM}\nSố: 12/KH-LĐLĐ Sơn La, ngày 5\ntháng 3 năm 2024",
        f"| {OFFICE} | {MOTTO} |\n| | {FREEDOM} |\n"
        "| Số: 12/KH-LĐLĐ | Sơn La, ngày 05 |\n| | tháng 3 năm 2024 |",
        # Two columns on one line each, the left one first or the right one.
        f"{OFFICE}      {MOTTO}\nSố: 12/KH-LĐLĐ      {FREEDOM}\n      Sơn La, ngày 5 tháng 3 năm 2024",
        f"{MOTTO} {OFFICE}\n{FREEDOM} Số: 12/KH-LĐLĐ\nSơn La, ngày 5 tháng 3 năm 2024",
        f"{MOTTO}\n{FREEDOM}\nSơn La, ngày 5 tháng 3 năm 2024\n{OFFICE}\nSố: 12/KH-LĐLĐ",
        f"LIÊN ĐOÀN LAO ĐỘNG {MOTTO}\nTỈNH SƠN LA {FREEDOM}\nSố: 12/KH-LĐLĐ Sơn La, ngày 5 tháng 3 năm 2024",
        f"LIÊN ĐOÀN LAO ĐỘNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nTỈNH SƠN LA VIỆT NAM\nSố: 12/KH-LĐLĐ {FREEDOM}\n"
        "Sơn La, ngày 5 tháng 3 năm 2024",
        "LIÊN ĐOÀN LAO ĐỘNG Sơn La, ngày 5 tháng 3 năm 2024\nTỈNH SƠN LA\nSố: 12/KH-LĐLĐ",
    ],
)
def test_letterheads_that_lost_their_columns(lines: str) -> None:
    found = parse_letterhead(f"{lines}\n\nKẾ HOẠCH\nTổ chức hội thao\n\nI. MỤC ĐÍCH\n")
    assert (found.number, found.issuer, found.place, found.date, found.title) == (
        "12/KH-LĐLĐ",
        f"{UNION} Sơn La",
        "Sơn La",
        "2024-03-05",
        "Tổ chức hội thao",
    )


def test_a_date_without_a_place() -> None:
    found = parse_letterhead(f"{OFFICE}\nNgày 5 tháng 3 năm 2024\nKẾ HOẠCH\nTổ chức hội thao")
    assert (found.place, found.date) == (None, "2024-03-05")


@pytest.mark.parametrize(
    ("closing", "signer", "cosigner"),
    [
        # The office that the letterhead names signs, on whichever side.
        ("TM. LĐLĐ TỈNH          TM. UBND TỈNH\nCHỦ TỊCH          KT. CHỦ TỊCH\nLê Tám          Đỗ Chín",
         ("Lê Tám", "TM. LĐLĐ tỉnh, Chủ tịch"), ("Đỗ Chín", "TM. UBND tỉnh, KT. Chủ tịch")),
        ("TM. UBND TỈNH          TM. LĐLĐ TỈNH\nCHỦ TỊCH          CHỦ TỊCH\nĐỗ Chín          Lê Tám",
         ("Lê Tám", "TM. LĐLĐ tỉnh, Chủ tịch"), ("Đỗ Chín", "TM. UBND tỉnh, Chủ tịch")),
        # A table read cell by cell, row after row.
        ("TM. UBND TỈNH\n\nTM. LĐLĐ TỈNH\n\nCHỦ TỊCH\n\nCHỦ TỊCH\n\nĐỗ Chín\n\nLê Tám",
         ("Lê Tám", "TM. LĐLĐ tỉnh, Chủ tịch"), ("Đỗ Chín", "TM. UBND tỉnh, Chủ tịch")),
        # The same, one cell after the other, and with only the names still side by side.
        ("TM. UBND TỈNH\nCHỦ TỊCH\nTM. LĐLĐ TỈNH\nCHỦ TỊCH\nĐỗ Chín\nLê Tám",
         ("Lê Tám", "TM. LĐLĐ tỉnh, Chủ tịch"), ("Đỗ Chín", "TM. UBND tỉnh, Chủ tịch")),
        ("TM. UBND TỈNH\nCHỦ TỊCH\nTM. LĐLĐ TỈNH\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nĐỗ Chín\tLê Tám",
         ("Lê Tám", "TM. LĐLĐ tỉnh, KT. Chủ tịch, Phó Chủ tịch"), ("Đỗ Chín", "TM. UBND tỉnh, Chủ tịch")),
        # Where the letterhead does not tell: the right-hand one; the first of two under each other.
        ("TM. TỈNH ĐOÀN          TM. SỞ Y TẾ\nBÍ THƯ          GIÁM ĐỐC\nĐỗ Chín          Lê Tám",
         ("Lê Tám", "TM. Sở Y tế, Giám đốc"), ("Đỗ Chín", "TM. Tỉnh đoàn, Bí thư")),
        ("TM. TỈNH ĐOÀN\nBÍ THƯ\nĐỗ Chín\n\nTM. SỞ Y TẾ\nGIÁM ĐỐC\nLê Tám",
         ("Đỗ Chín", "TM. Tỉnh đoàn, Bí thư"), ("Lê Tám", "TM. Sở Y tế, Giám đốc")),
        # Who only writes or confirms does not sign for the office.
        ("CHỦ TỌA          THƯ KÝ\nLê Tám          Đỗ Chín", ("Lê Tám", "Chủ tọa"), ("Đỗ Chín", "Thư ký")),
    ],
)  # fmt: skip
def test_everyone_who_signs(closing: str, signer: tuple[str, str], cosigner: tuple[str, str]) -> None:
    head = f"{OFFICE}\nSố: 12/KH-LĐLĐ\n{MOTTO}\nKẾ HOẠCH\nHội thao\n\n1. Thi đấu./.\n\n"
    found = parse_letterhead(f"{head}{closing}\n")
    assert (found.signer, found.signer_role) == signer
    assert found.cosigners == (cosigner,)


def test_offices_that_cannot_be_told_apart_are_given_to_nobody() -> None:
    assert read_signers(["TM. BAN A", "TM. BAN B", "CHỦ TỊCH", "Lê Văn Tám", "Đỗ Thị Chín"]) == [
        ("Lê Văn Tám", None),
        ("Đỗ Thị Chín", None),
    ]


def test_a_closing_in_the_rows_of_a_table() -> None:
    found = parse_letterhead(
        "I. A\nMở lớp./.\n| Nơi nhận: | T/M BAN THƯỜNG VỤ |\n| - Các tổ, | PHÓ BÍ THƯ |\n| - Lưu VP. | |\n"
        "| | Đinh Thị Mây |\n"
    )
    assert (found.signer, found.signer_role) == ("Đinh Thị Mây", "T/M Ban Thường vụ, Phó Bí thư")
    assert found.recipients == ("Các tổ", "Lưu VP")


@given(st.text(max_size=400))
def test_any_text_has_some_letterhead(text: str) -> None:
    found = parse_letterhead(text)
    assert found.number_as_read is None or found.number_as_read in " ".join(text.split()) or found.number
    assert letterhead_end(text) <= len(text)


@pytest.mark.shared
def test_judged_letterheads(shared: Path) -> None:
    truth = (shared / "eval" / "metadata.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(truth):
        text = next((shared / "documents").glob(f"{row['doc']}_*")).read_text(encoding="utf-8")
        found = parse_letterhead(text)
        got = (
            found.number,
            found.type,
            found.issuer,
            found.place,
            found.date,
            found.title,
            found.signer,
            found.signer_role,
        )
        columns = ("number", "type", "issuer", "place", "issue_date", "title", "signer", "signer_role")
        assert got == tuple(row[column] or None for column in columns)
