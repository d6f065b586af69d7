"""A plan such as unions write, of our own words: numbered by Word, with tables, a footnote and signatures."""

from __future__ import annotations

from pathlib import Path

from tests.make_fixtures import docx, level, numbering, para, run, table

# What the reader must give: the labels are nowhere in the file's text.
EXPECTED = [
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Nâng cao nhận thức, trách nhiệm của cán bộ, đoàn viên và người lao động trong việc học tập, rèn luyện"
    " tay nghề, góp phần xây dựng giai cấp công nhân hiện đại, lớn mạnh.",
    "2. Việc tổ chức phải thiết thực, tiết kiệm, phù hợp với điều kiện của từng đơn vị; tránh phô trương,"
    " hình thức, không ảnh hưởng đến sản xuất, kinh doanh.",
    "II. CHỈ TIÊU",
    "1. Về phát triển đoàn viên",
    "1.1. Phấn đấu kết nạp mới ít nhất 1.250 đoàn viên, trong đó khu vực ngoài nhà nước đạt từ 60% trở lên.",
    "1.2. Thành lập 12 công đoàn cơ sở trong các doanh nghiệp có từ 25 lao động.",
    "2. Về chăm lo đời sống",
    "2.1. Có 95% công đoàn cơ sở thương lượng, ký kết được thỏa ước lao động tập thể với nhiều điều khoản"
    " có lợi hơn cho người lao động so với quy định của pháp luật.",
    "a) Hỗ trợ xây dựng, sửa chữa 15 căn nhà cho đoàn viên có hoàn cảnh khó khăn;",
    "b) Tặng quà cho người lao động nhân dịp tết Nguyên đán.",
    "2.2. Vận động mỗi đoàn viên ủng hộ một ngày lương vào quỹ tương trợ.",
    "III. TỔ CHỨC THỰC HIỆN",
    "Điều 1. Văn phòng theo dõi, đôn đốc và tổng hợp kết quả, báo cáo Ban Thường vụ trước ngày 15 tháng 12"
    " hằng năm.",
    "Điều 2. Các ban chuyên đề, công đoàn cấp trên trực tiếp cơ sở căn cứ kế hoạch này xây dựng kế hoạch"
    " cụ thể và tổ chức thực hiện nghiêm túc, hiệu quả.",
]
RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_LISTS = {
    1: level(0, "%1.", "upperRoman") + level(1, "%2.") + level(2, "%2.%3.") + level(3, "%4)", "lowerLetter"),
    2: level(0, "Điều %1."),
}
_PLACES = [
    (1, 0),
    (1, 1),
    (1, 1),
    (1, 0),
    (1, 1),
    (1, 2),
    (1, 2),
    (1, 1),
    (1, 2),
    (1, 3),
    (1, 3),
    (1, 2),
    (1, 0),
]
_PLACES += [(2, 0), (2, 0)]
LETTERHEAD = [
    ["LIÊN ĐOÀN LAO ĐỘNG TỈNH NAM SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["Số: 27/KH-LĐLĐ", "Nam Sơn, ngày 05 tháng 02 năm 2024"],
]
TABLE = [
    ["TT", "Đơn vị", "Đoàn viên mới"],
    ["1", "Công đoàn ngành Giáo dục", "320"],
    ["2", "Công đoàn các khu công nghiệp", "730"],
    ["3", "Liên đoàn Lao động thành phố", "200"],
]
INTRODUCTION = (
    "Thực hiện Nghị quyết của Ban Chấp hành về công tác phát triển đoàn viên, Ban Thường vụ Liên đoàn"
    " Lao động tỉnh xây dựng kế hoạch năm 2024 như sau:"
)


def plan(path: Path, font: str = "DejaVu Serif") -> Path:
    """Write the plan as a Word file whose numbers are all automatic."""
    face = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>'
    styles = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{face}<w:sz w:val='26'/></w:rPr></w:rPrDefault>"
        "<w:pPrDefault><w:pPr><w:spacing w:after='120'/></w:pPr></w:pPrDefault></w:docDefaults>"
    )
    mark = f"<w:r>{RAISED}<w:footnoteRef/></w:r>"
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1">{para(mark, " Kể cả nghiệp đoàn.")}</w:footnote>'
    )
    centred = "<w:jc w:val='center'/>"
    note = f"<w:r>{RAISED}<w:footnoteReference w:id='1'/></w:r>"
    items = []
    for text, place in zip(EXPECTED, _PLACES, strict=True):
        words = text.split(" ", 2 if text.startswith("Điều") else 1)[-1]
        marked = [words[:-1], note, "."] if "12 công đoàn cơ sở" in text else [words]
        items.append(para(*marked, num=place))
    return docx(
        path,
        table(*LETTERHEAD, borders=False),
        para(run("KẾ HOẠCH", "<w:b/>"), properties=centred),
        para("Phát triển đoàn viên năm 2024", properties=centred),
        INTRODUCTION,
        *items,
        table(*TABLE),
        para(""),
        table(
            [para("Nơi nhận:") + para("- Như Điều 2;") + para("- Lưu: VT."), "TM. BAN THƯỜNG VỤ"],
            borders=False,
        ),
        parts={"numbering": numbering(_LISTS), "styles": styles, "footnotes": notes},
    )
