"""A digest says what the document says: each line quotes its place, by the document's own structure."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.reading import read_document
from corpus.records import Document
from search.answering.digest import (
    SHORTENED,
    DigestLine,
    asks_for_digest,
    digest,
    digest_answer,
    target_lines,
)
from search.answering.figurekeys import unsupported
from search.documents.sources import quotation

PLAN = """LIÊN ĐOÀN LAO ĐỘNG TỈNH HÀ GIANG

Số: 77/KH-LĐLĐ

Hà Giang, ngày 05 tháng 02 năm 2024

KẾ HOẠCH
Phát triển đoàn viên năm 2024

Thực hiện Kế hoạch số 12/KH-TLĐ, ngày 10/01/2024 của Tổng Liên đoàn; Chỉ thị số 03-CT/TU, ngày 02/01/2024 của
Tỉnh ủy Hà Giang, LĐLĐ tỉnh ban hành kế hoạch này. Hội nghị có nhắc Quyết định số 09/QĐ-TLĐ.

I. MỤC ĐÍCH, YÊU CẦU

1. Đưa công đoàn tới gần người lao động ở vùng cao. Việc này do mọi cấp cùng làm.

2. Làm chắc từng bước, không chạy theo số lượng.

II. CHỈ TIÊU

Đến năm 2025:

- Kết nạp 1.200 đoàn viên.

- Lập 15 công đoàn cơ sở, trong đó trên 60% ở doanh nghiệp.

Đến năm 2030:

- Kết nạp thêm 3.000 đoàn viên.

III. NHIỆM VỤ, GIẢI PHÁP

1. Tuyên truyền

Các cấp công đoàn tuyên truyền bằng tiếng dân tộc.

2. Tập huấn cán bộ

Mở lớp ngắn ngày tại huyện.

IV. TỔ CHỨC THỰC HIỆN

Công đoàn các huyện báo cáo kết quả về LĐLĐ tỉnh trước ngày 15/11/2024.

Nơi nhận:
- Tổng Liên đoàn (b/c);
- Công đoàn các huyện;
- Lưu: VT.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Vương Thị Sen
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("plan") / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    return read_document(path, "ke-hoach")


def said(document: Document) -> list[tuple[str, str]]:
    return [(line.label, line.text) for line in digest(document)]


def test_a_plan_is_told_part_by_part(plan: Document) -> None:
    assert said(plan) == [
        ("Văn bản", "Kế hoạch: Phát triển đoàn viên năm 2024"),
        ("Số, ký hiệu", "77/KH-LĐLĐ"),
        ("Ngày ban hành", "5/2/2024"),
        ("Cơ quan ban hành", "LĐLĐ tỉnh Hà Giang"),
        ("Thực hiện, căn cứ", "Kế hoạch số 12/KH-TLĐ, ngày 10/01/2024 của Tổng Liên đoàn"),
        ("Thực hiện, căn cứ", "Chỉ thị số 03-CT/TU, ngày 02/01/2024 của Tỉnh ủy Hà Giang"),
        ("Mục đích, yêu cầu", "Đưa công đoàn tới gần người lao động ở vùng cao."),
        ("Mục đích, yêu cầu", "Làm chắc từng bước, không chạy theo số lượng."),
        ("Chỉ tiêu", "Đến năm 2025:"),
        ("Chỉ tiêu", "Kết nạp 1.200 đoàn viên."),
        ("Chỉ tiêu", "Lập 15 công đoàn cơ sở, trong đó trên 60% ở doanh nghiệp."),
        ("Chỉ tiêu", "Đến năm 2030:"),
        ("Chỉ tiêu", "Kết nạp thêm 3.000 đoàn viên."),
        ("Nhiệm vụ, giải pháp", "Tuyên truyền"),
        ("Nhiệm vụ, giải pháp", "Tập huấn cán bộ"),
        ("Thời hạn", "Công đoàn các huyện báo cáo kết quả về LĐLĐ tỉnh trước ngày 15/11/2024."),
        ("Người ký", "Vương Thị Sen (TM. Ban Thường vụ, Chủ tịch)"),
        ("Nơi nhận", "Tổng Liên đoàn (b/c); Công đoàn các huyện; Lưu: VT"),
    ]


def test_the_chi_tieu_alone_keep_the_line_that_dates_them(plan: Document) -> None:
    answer = digest_answer(plan, "targets")
    assert answer.text.split("\n")[0] == "- Chỉ tiêu: Đến năm 2025:"
    assert len(answer.text.split("\n")) == len(answer.citations) == 5
    assert [c.section for c in answer.citations] == ["II"] * 5


def test_a_basis_is_quoted_with_the_verb_that_says_so(plan: Document) -> None:
    bases = [line.quoted.quote for line in digest(plan) if line.label == "Thực hiện, căn cứ"]
    assert all(quote.startswith("Thực hiện Kế hoạch số 12/KH-TLĐ") for quote in bases)


ROOT = Path(__file__).parent.parent
ALL = [
    *sorted(path for path in (ROOT / "corpus" / "samples").iterdir() if path.suffix in (".md", ".txt")),
    *sorted(
        path for path in (ROOT / "tests" / "data" / "layouts").iterdir() if path.suffix in (".md", ".txt")
    ),
]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_line_is_verbatim_and_says_no_figure_of_its_own(path: Path) -> None:
    document = read_document(path, path.stem)
    lines = [*digest(document), *target_lines(document)]
    assert lines
    for line in lines:
        quoted = line.quoted
        assert document.text[quoted.start : quoted.end] == quoted.quote
        assert quoted.start >= document.body_start
        assert unsupported(line.text, [quoted.quote]) == ()
    answer = digest_answer(document)
    shown = [text for text in answer.text.split("\n") if text.startswith("- ")]
    assert len(shown) == len(answer.citations) == len(digest(document))


def test_a_deadline_is_seen_at_the_end_of_a_long_sentence() -> None:
    document = read_document(ROOT / "corpus/samples/ke-hoach-234-2021-lai-chau.md", "kh")
    (line,) = [line for line in digest(document) if line.label == "Thời hạn"]
    assert line.text.startswith("…")
    assert "trước ngày 10/12/2021" in line.text
    assert "trước ngày 10/12/2021" in line.quoted.quote


def test_a_report_gives_results_and_its_tasks_are_those_to_come() -> None:
    document = read_document(ROOT / "corpus/samples/bao-cao-757-2023-lai-chau.txt", "bc")
    labels = {line.label for line in digest(document)}
    assert "Kết quả" in labels
    assert "Chỉ tiêu" not in labels
    assert {line.quoted.section[:4] for line in digest(document) if line.label.startswith("Nhiệm")} == {
        "III."
    }


def test_what_was_left_out_is_said() -> None:
    document = read_document(ROOT / "corpus/samples/ke-hoach-234-2021-lai-chau.md", "kh")
    assert digest_answer(document).text.endswith(f"\n{SHORTENED}")
    assert SHORTENED not in digest_answer(document, "targets").text
    assert len(target_lines(document)) > 6


def test_no_chi_tieu_is_said_to_be_none() -> None:
    document = read_document(ROOT / "corpus/samples/ke-hoach-56-2020-bac-kan.md", "kh")
    answer = digest_answer(document, "targets")
    assert answer.abstained
    assert answer.citations == ()
    assert answer.text.startswith("Không tìm thấy. Kế hoạch số 56/KH-LĐLĐ")


def test_a_document_nothing_is_known_of() -> None:
    assert digest(Document("a", "a.txt", "  \n")) == ()
    assert digest_answer(Document("a", "a.txt", "Trang này để trống.")).abstained


def test_a_line_cannot_say_what_its_quotation_does_not(plan: Document) -> None:
    quoted = quotation(plan, PLAN.index("Kết nạp 1.200"), PLAN.index("Kết nạp 1.200") + 23)
    assert DigestLine("Chỉ tiêu", "Kết nạp 1.200", quoted).text == "Kết nạp 1.200"
    with pytest.raises(ValueError, match=r"the quotation of ke-hoach does not say 1300"):
        DigestLine("Chỉ tiêu", "Kết nạp 1.300", quoted)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        pytest.param("Tóm tắt văn bản này", "digest", id="summary"),
        pytest.param("tom tat ke hoach 234/KH-LDLD", "digest", id="without-diacritics"),
        pytest.param("Nội dung chính của báo cáo đó là gì?", "digest", id="main-points"),
        pytest.param("Kế hoạch này nói gì?", "digest", id="what-does-it-say"),
        pytest.param("văn bản này có những chỉ tiêu gì", "targets", id="which-targets"),
        pytest.param("Văn bản này có chỉ tiêu gì?", "targets", id="which-without-nhung"),
        pytest.param("Kế hoạch 234/KH-LĐLĐ có những chỉ tiêu nào?", "targets", id="named"),
        pytest.param("Liệt kê các chỉ tiêu của kế hoạch này", "targets", id="list-them"),
        pytest.param("Chỉ tiêu giới thiệu đảng viên năm 2021 là bao nhiêu?", None, id="one-figure"),
        pytest.param("Ai ký văn bản này?", None, id="signer"),
        pytest.param("Các văn bản nào nói về thỏa ước?", None, id="list-of-documents"),
        pytest.param("", None, id="empty"),
    ],
)
def test_asks_for_digest(question: str, wanted: str | None) -> None:
    assert asks_for_digest(question) == wanted
