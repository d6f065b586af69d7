"""Word files: labels by counting, what is out, what is in, tables, pages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.readers import word
from tests.make_fixtures import docx, level, numbering, para, run, table, write_zip

STATE_LIST = {
    1: level(0, "Điều %1.") + level(1, "%2.") + level(2, "%3)", "lowerLetter"),
    2: level(0, "%1.", "upperRoman") + level(1, "%2.") + level(2, "%2.%3."),
    3: level(0, "-", "bullet"),
    4: level(0, "\uf0b7", "bullet"),
    5: level(0, "Chương %1", "upperRoman") + level(1, "%1.%2", more="<w:isLgl/>"),
    6: level(0, "(%1)", "lowerRoman", '<w:suff w:val="nothing"/>', start=4),
    7: level(0, "%1", "decimalZero", '<w:suff w:val="space"/>'),
}


def lines(path: Path) -> list[str]:
    return word.read(path).text.split("\n\n")


def numbered(
    folder: Path, *places: tuple[int, int], nums: dict[int, tuple[int, str]] | None = None
) -> list[str]:
    """The labels of paragraphs that stand at the given (numId, level)."""
    body = [para("x", num=place) for place in places]
    found = lines(docx(folder / "a.docx", *body, parts={"numbering": numbering(STATE_LIST, nums)}))
    return [line.removesuffix("x") for line in found]


@pytest.mark.parametrize(
    ("places", "labels"),
    [
        pytest.param([(1, 0), (1, 0), (1, 0)], ["Điều 1. ", "Điều 2. ", "Điều 3. "], id="dieu"),
        pytest.param(
            [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2), (1, 2)],
            ["Điều 1. ", "1. ", "2. ", "Điều 2. ", "1. ", "a) ", "b) "],
            id="deeper-levels-start-anew",
        ),
        pytest.param(
            [(2, 0), (2, 1), (2, 2), (2, 2), (2, 1), (2, 2), (2, 0), (2, 1)],
            ["I. ", "1. ", "1.1. ", "1.2. ", "2. ", "2.1. ", "II. ", "1. "],
            id="roman-and-compound",
        ),
        pytest.param([(3, 0), (4, 0)], ["- ", "• "], id="bullets"),
        pytest.param([(5, 0), (5, 0), (5, 1)], ["Chương I ", "Chương II ", "2.1 "], id="legal-numbering"),
        pytest.param([(6, 0), (6, 0)], ["(iv)", "(v)"], id="start-and-no-space"),
        pytest.param([(7, 0)], ["01 "], id="leading-zero"),
        pytest.param(
            [(1, 0), (2, 0), (1, 0), (2, 0)], ["Điều 1. ", "I. ", "Điều 2. ", "II. "], id="two-lists"
        ),
        pytest.param([(1, 1), (1, 2)], ["1. ", "a) "], id="begins-below-the-top"),
        pytest.param([(2, 2)], ["1.1. "], id="compound-without-its-parents"),
    ],
)
def test_labels(tmp_path: Path, places: list[tuple[int, int]], labels: list[str]) -> None:
    assert numbered(tmp_path, *places) == labels


def test_nums_of_one_list_share_their_counter_and_an_override_restarts_it(tmp_path: Path) -> None:
    nums = {
        1: (1, ""),
        8: (1, ""),
        9: (1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
    }
    labels = numbered(tmp_path, (1, 0), (8, 0), (9, 0), (9, 0), (1, 0), nums=nums)
    assert labels == ["Điều 1. ", "Điều 2. ", "Điều 1. ", "Điều 2. ", "Điều 3. "]


def test_an_override_may_redefine_a_level(tmp_path: Path) -> None:
    nums = {8: (1, f'<w:lvlOverride w:ilvl="0">{level(0, "Mục %1:", "upperLetter")}</w:lvlOverride>')}
    assert numbered(tmp_path, (8, 0), (8, 0), nums=nums) == ["Mục A: ", "Mục B: "]


def test_a_level_that_never_restarts(tmp_path: Path) -> None:
    lists = {1: level(0, "Chương %1", "upperRoman") + level(1, "Điều %2.", more='<w:lvlRestart w:val="0"/>')}
    body = [para("x", num=(1, ilvl)) for ilvl in (0, 1, 1, 0, 1)]
    path = docx(tmp_path / "a.docx", *body, parts={"numbering": numbering(lists)})
    assert lines(path) == ["Chương I x", "Điều 1. x", "Điều 2. x", "Chương II x", "Điều 3. x"]


def test_numbers_that_come_from_styles(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Điều"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Con"/><w:basedOn w:val="Dieu"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:name w:val="Khoản"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    lists = {
        1: level(0, "Điều %1.", more='<w:pStyle w:val="Dieu"/>')
        + level(1, "%2.", more='<w:pStyle w:val="Khoan"/>')
    }
    body = [
        para("x", properties=f'<w:pStyle w:val="{style}"/>') for style in ("Dieu", "Khoan", "Khoan", "Con")
    ]
    body.append(
        para(
            "x",
            properties='<w:pStyle w:val="Dieu"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>',
        )
    )
    path = docx(tmp_path / "a.docx", *body, parts={"numbering": numbering(lists), "styles": styles})
    assert lines(path) == ["Điều 1. x", "1. x", "2. x", "Điều 2. x", "x"]


def test_a_deleted_or_hidden_paragraph_is_not_counted(tmp_path: Path) -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>'
        "</w:pPr><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>"
    )
    unseen = para(run("ẩn", "<w:vanish/>"), properties="<w:rPr><w:vanish/></w:rPr>", num=(1, 0))
    body = [para("một", num=(1, 0)), gone, unseen, para("hai", num=(1, 0))]
    path = docx(tmp_path / "a.docx", *body, parts={"numbering": numbering(STATE_LIST)})
    assert lines(path) == ["Điều 1. một", "Điều 2. hai"]


BOX = "<w:txbxContent>" + para("TRONG KHUNG") + "</w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            [para("giữ ", "<w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>", "lại")],
            ["giữ lại"],
            id="deleted",
        ),
        pytest.param([para("<w:ins>" + run("thêm") + "</w:ins>")], ["thêm"], id="inserted"),
        pytest.param([para("<w:moveFrom>" + run("cũ") + "</w:moveFrom>", "ở lại")], ["ở lại"], id="moved"),
        pytest.param([para("<w:moveTo>" + run("mới") + "</w:moveTo>")], ["mới"], id="moved-here"),
        pytest.param([para(run("thấy ") + run("ẩn", "<w:vanish/>") + run("rõ"))], ["thấy rõ"], id="hidden"),
        pytest.param([para(run("hiện", '<w:vanish w:val="0"/>'))], ["hiện"], id="not-hidden"),
        pytest.param(
            [para("neo", f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>")],
            ["neo", "TRONG KHUNG"],
            id="box",
        ),
        pytest.param(
            [
                para(
                    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
                    f"{BOX}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback>"
                    "</mc:AlternateContent></w:r>"
                )
            ],
            ["TRONG KHUNG"],
            id="box-once",
        ),
        pytest.param(["<w:sdt><w:sdtContent>" + para("điền") + "</w:sdtContent></w:sdt>"], ["điền"], id="a"),
        pytest.param([para("<w:hyperlink>" + run("liên kết") + "</w:hyperlink>")], ["liên kết"], id="link"),
        pytest.param(
            [para('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>'
                  '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("7")
                  + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')],
            ["7"],
            id="field",
        ),
        pytest.param(
            ["<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
             "</w:sdtPr><w:sdtContent>" + para("I. MỤC ĐÍCH 3") + "</w:sdtContent></w:sdt>", "I. MỤC ĐÍCH"],
            ["I. MỤC ĐÍCH"],
            id="table-of-contents-out",
        ),
        pytest.param(
            [para("<w:r><w:t>91</w:t><w:noBreakHyphen/><w:t>KL</w:t><w:tab/><w:sym w:char='F0FE'/><w:br/>"
                  "<w:t>xuống</w:t></w:r>")],
            ["91-KL\t☒\nxuống"],
            id="special-characters",
        ),
        pytest.param([para("Lai Cha\u0302u")], ["Lai Châu"], id="decomposed"),
        pytest.param([para("Lai Cha", "\u0302u")], ["Lai Châu"], id="decomposed-across-runs"),
        pytest.param(
            [para("nối ", properties="<w:rPr><w:del/></w:rPr>"), para("liền")],
            ["nối liền"],
            id="paragraph-end-deleted",
        ),
    ],
)  # fmt: skip
def test_what_is_in_and_what_is_out(tmp_path: Path, body: list[str], expected: list[str]) -> None:
    assert lines(docx(tmp_path / "a.docx", *body)) == expected


def test_text_hidden_by_a_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="An"><w:name w:val="An"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="AnDoan"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = [
        para(run("rõ ") + run("ẩn", '<w:rStyle w:val="An"/>')),
        para("ẩn cả đoạn", properties='<w:pStyle w:val="AnDoan"/>'),
        "còn",
    ]
    assert lines(docx(tmp_path / "a.docx", *body, parts={"styles": styles})) == ["rõ", "còn"]


def test_footnotes_follow_their_paragraph_and_are_marked_in_it(tmp_path: Path) -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{para("")}</w:footnote>'
        f'<w:footnote w:id="2">{para(" Kết luận số 12.", "<w:r><w:footnoteRef/></w:r>")}</w:footnote>'
        f'<w:footnote w:id="5">{para("Hai dòng,")}{para("một chú thích.")}</w:footnote>'
    )
    body = [
        para("Đã kết luận", '<w:r><w:footnoteReference w:id="2"/></w:r>', " rồi."),
        para("Và", '<w:r><w:footnoteReference w:id="5"/></w:r>', " nữa."),
    ]
    assert lines(docx(tmp_path / "a.docx", *body, parts={"footnotes": notes})) == [
        "Đã kết luận<sup>1</sup> rồi.",
        "<sup>1</sup> Kết luận số 12.",
        "Và<sup>2</sup> nữa.",
        "<sup>2</sup> Hai dòng, một chú thích.",
    ]


def test_headers_and_footers_are_in_once_but_not_page_numbers(tmp_path: Path) -> None:
    parts = {
        "header1": para("DỰ THẢO LẦN 2"),
        "header2": para("DỰ THẢO LẦN 2"),
        "header3": para("- 3 -"),
        "footer1": para("Trang 1/5") + para("Tài liệu lưu hành nội bộ"),
    }
    path = docx(tmp_path / "a.docx", "Thân văn bản", parts=parts)
    assert lines(path) == ["DỰ THẢO LẦN 2", "Thân văn bản", "Tài liệu lưu hành nội bộ"]


def test_a_table_is_rows_with_its_header_first(tmp_path: Path) -> None:
    rows = [
        ["TT", "Chỉ tiêu", "Năm 2021"],
        ["1", "Kết nạp đoàn viên", "1.200"],
        ["2", "Công đoàn cơ sở", "15"],
    ]
    assert lines(docx(tmp_path / "a.docx", "Biểu 1", table(*rows))) == [
        "Biểu 1",
        "| TT | Chỉ tiêu | Năm 2021 |\n|---|---|---|\n| 1 | Kết nạp đoàn viên | 1.200 |\n"
        "| 2 | Công đoàn cơ sở | 15 |",
    ]


def test_merged_cells_are_said_once_and_cells_keep_their_column(tmp_path: Path) -> None:
    def cell(text: str, kind: str) -> str:
        return f"<w:tc><w:tcPr>{kind}</w:tcPr>{para(text)}</w:tc>"

    rows = [
        [cell("Đơn vị", '<w:vMerge w:val="restart"/>'), cell("Kết quả", '<w:gridSpan w:val="2"/>')],
        [cell("", "<w:vMerge/>"), "2020", "2021"],
        ["Than Uyên", "12", para("15") + para("(vượt)")],
    ]
    assert lines(docx(tmp_path / "a.docx", table(*rows))) == [
        "| Đơn vị | Kết quả |  |\n|---|---|---|\n|  | 2020 | 2021 |\n| Than Uyên | 12 | 15 (vượt) |"
    ]


def test_a_letterhead_table_is_not_a_table(tmp_path: Path) -> None:
    rows = [
        [para("LIÊN ĐOÀN LAO ĐỘNG") + para("TỈNH X"), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["Số: 12/KH-LĐLĐ", "X, ngày 02 tháng 3 năm 2021"],
    ]
    assert lines(docx(tmp_path / "a.docx", table(*rows, borders=False), "KẾ HOẠCH")) == [
        "LIÊN ĐOÀN LAO ĐỘNG",
        "TỈNH X",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 12/KH-LĐLĐ",
        "X, ngày 02 tháng 3 năm 2021",
        "KẾ HOẠCH",
    ]


def test_the_columns_of_a_closing_are_read_one_after_the_other(tmp_path: Path) -> None:
    closing = table(
        ["Nơi nhận:", "TM. BAN THƯỜNG VỤ"],
        ["- Các tổ;", "CHỦ TỊCH"],
        ["- Lưu: VT.", "Lê Văn Tám"],
        borders=False,
    )
    assert lines(docx(tmp_path / "a.docx", closing)) == [
        "Nơi nhận:", "- Các tổ;", "- Lưu: VT.", "TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "Lê Văn Tám",
    ]  # fmt: skip
    # Words and what they name stay together in every other layout.
    labels = table(["Thời gian:", "8 giờ"], ["Địa điểm:", "Hội trường"], borders=False)
    assert lines(docx(tmp_path / "b.docx", labels)) == ["Thời gian:", "8 giờ", "Địa điểm:", "Hội trường"]


def test_numbering_goes_on_through_tables(tmp_path: Path) -> None:
    body = [
        para("một", num=(1, 0)),
        table(["STT", "Nội dung"], [para("", num=(7, 0)), para("hai", num=(1, 0))]),
        para("ba", num=(1, 0)),
    ]
    path = docx(tmp_path / "a.docx", *body, parts={"numbering": numbering(STATE_LIST)})
    assert lines(path)[1] == "| STT | Nội dung |\n|---|---|\n| 01 | Điều 2. hai |"
    assert lines(path)[2] == "Điều 3. ba"


BREAK, RENDERED = '<w:r><w:br w:type="page"/></w:r>', "<w:r><w:lastRenderedPageBreak/></w:r>"


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        pytest.param(["một", "hai"], [], id="none"),
        pytest.param([para("một", BREAK), "hai"], ["một", "hai"], id="explicit"),
        pytest.param(["một", para(RENDERED, "hai")], ["một", "hai"], id="rendered"),
        pytest.param(
            [para("một", BREAK), para(RENDERED, "hai")], ["một", "hai"], id="rendered-after-explicit"
        ),
        pytest.param(
            ["một", para("hai", properties="<w:pageBreakBefore/>")], ["một", "hai"], id="break-before"
        ),
        pytest.param(["một", para(BREAK), para(BREAK), "ba"], ["một", "", "ba"], id="a-blank-page"),
        pytest.param([para("câu bị ", RENDERED, "ngắt")], ["câu bị ", "ngắt"], id="within-a-sentence"),
        pytest.param(
            [para("một", properties="<w:sectPr><w:type w:val='nextPage'/></w:sectPr>"), "hai"],
            ["một", "hai"],
            id="section",
        ),
        pytest.param(
            [para("một", properties="<w:sectPr><w:type w:val='continuous'/></w:sectPr>"), "hai"],
            [],
            id="continuous-section",
        ),
        pytest.param(
            [table(["A", "B"], [para("c", RENDERED, "d"), para("e", RENDERED, "f")])],
            ["| A | B |\n|---|---|\n| c", "d | ef |"],
            id="one-break-tears-a-row",
        ),
    ],
)
def test_pages(tmp_path: Path, body: list[str], pages: list[str]) -> None:
    read = word.read(docx(tmp_path / "a.docx", *body))
    found = [read.text[start:end] for start, end in pairwise((*read.page_starts, len(read.text)))]
    assert [page.rstrip("\n") for page in found] == pages


def test_a_label_stands_on_the_page_of_its_words(tmp_path: Path) -> None:
    body = [para("một", num=(1, 0)), para(RENDERED, "hai", num=(1, 0))]
    read = word.read(docx(tmp_path / "a.docx", *body, parts={"numbering": numbering(STATE_LIST)}))
    assert read.text[read.page_starts[1] :] == "Điều 2. hai"


def test_old_fonts_are_converted_run_by_run(tmp_path: Path) -> None:
    def font(name: str) -> str:
        return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'

    body = [
        para(run("liªn ®oµn lao ®éng", font(".VnTimeH"))),
        para(
            run("tØnh Lai Ch©u, ", font(".VnTime")),
            run("Coâng ño", font("VNI-Times")),
            run("aøn", font("VNI-Times")),
        ),
        para(run("café thường", font("Times New Roman"))),
        para(run("chữ Unicode thật", font(".VnTime"))),
    ]
    assert lines(docx(tmp_path / "a.docx", *body)) == [
        "LIÊN ĐOÀN LAO ĐỘNG",
        "tỉnh Lai Châu, Công đoàn",
        "café thường",
        "chữ Unicode thật",
    ]


def test_a_file_that_is_no_word_document(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.docx", {"bai.txt": "không phải Word"})
    with pytest.raises(DocumentError, match=r"a\.docx: tệp không phải là văn bản Word\. Hãy mở tệp"):
        word.read(path)
