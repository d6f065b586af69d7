"""Sentences as union plans and reports write them, with every row that must be read out of each."""

from __future__ import annotations

import pytest

from corpus.figures.targets import MAX_SPAN, find_targets
from corpus.records import Letterhead, Section

PLAN = Letterhead(type="Kế hoạch", date="2024-01-15", title="Hoạt động công đoàn năm 2024")
REPORT = Letterhead(type="Báo cáo", date="2024-12-10", title="Kết quả hoạt động công đoàn năm 2024")
GOALS, DEEDS = "II. CHỈ TIÊU\n\n", "III. NHIỆM VỤ\n\n"


def rows(text: str, letterhead: Letterhead, heading: str) -> list[tuple[str, str, str, str]]:
    """Return (comparator, value, unit, subject) of what is read out of `text` under a heading."""
    whole = heading + text
    address = heading.split(".")[0]
    sections = (Section(address, heading[len(address) + 2 :].strip(), 1, 0, len(whole)),) if heading else ()
    return [(t.comparator, t.value, t.unit, t.subject) for t in find_targets(whole, sections, letterhead)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Phấn đấu có từ 70% CĐCS khu vực ngoài nhà nước trở lên đạt vững mạnh.",
            [(">=", "70", "%", "CĐCS khu vực ngoài nhà nước đạt vững mạnh")],
        ),
        (
            "Kết nạp mới ít nhất 1.200 đoàn viên, thành lập mới từ 15 CĐCS trở lên.",
            [
                (">=", "1200", "đoàn viên", "Kết nạp mới đoàn viên"),
                (">=", "15", "CĐCS", "thành lập mới CĐCS"),
            ],
        ),
        (
            "Tối thiểu 60% số doanh nghiệp ký kết thỏa ước, trong đó 30% bản thỏa ước xếp loại B trở lên.",
            [
                (">=", "60", "%", "doanh nghiệp ký kết thỏa ước"),
                ("=", "30", "%", "bản thỏa ước xếp loại B trở lên"),
            ],
        ),
        (
            "Giảm 10% số vụ tai nạn lao động so với năm 2023.",
            [("=", "10", "%", "Giảm vụ tai nạn lao động so với năm 2023")],
        ),
        (
            "Thu kinh phí công đoàn đạt 98% trở lên, thu đoàn phí đạt 95% trở lên.",
            [(">=", "98", "%", "Thu kinh phí công đoàn"), (">=", "95", "%", "thu đoàn phí")],
        ),
        (
            "Xây dựng 05 nhà “Mái ấm Công đoàn”, mỗi nhà trị giá 60 triệu đồng.",
            [
                ("=", "5", "nhà", "Xây dựng nhà “Mái ấm Công đoàn”"),
                ("=", "60000000", "đồng/nhà", "nhà “Mái ấm Công đoàn”, mỗi nhà trị giá"),
            ],
        ),
        (
            "- Tỷ lệ cán bộ nữ tham gia ban chấp hành công đoàn các cấp: từ 30% trở lên.",
            [(">=", "30", "%", "Tỷ lệ cán bộ nữ tham gia ban chấp hành công đoàn các cấp")],
        ),
        ("- Số đoàn viên kết nạp mới: 2.500 người.", [("=", "2500", "người", "đoàn viên kết nạp mới")]),
        (
            "Vận động 2/3 số doanh nghiệp có đông lao động tổ chức bữa ăn ca.",
            [("=", "2/3", "doanh nghiệp", "doanh nghiệp có đông lao động tổ chức bữa ăn ca")],
        ),
        (
            "Bữa ăn ca của người lao động có giá trị từ 25.000 đồng đến 30.000 đồng/suất.",
            [("=", "25000-30000", "đồng/suất", "Bữa ăn ca của người lao động có giá trị")],
        ),
        ("Đến hết năm 2025, không còn doanh nghiệp nợ kinh phí công đoàn quá 02 năm.", []),
        ("Không để quá 3% đoàn viên vi phạm kỷ luật.", [("<=", "3", "%", "đoàn viên vi phạm kỷ luật")]),
        (
            "90% đến 95% nữ đoàn viên được khám sức khỏe định kỳ.",
            [("=", "90-95", "%", "nữ đoàn viên được khám sức khỏe định kỳ")],
        ),
        (
            "Hằng năm, có ít nhất 85% công đoàn cơ sở hoàn thành tốt nhiệm vụ.",
            [(">=", "85", "%", "công đoàn cơ sở hoàn thành tốt nhiệm vụ")],
        ),
        (
            "Mỗi công đoàn cấp trên trực tiếp cơ sở tổ chức tối thiểu 02 lớp tập huấn.",
            [(">=", "2", "lớp/công đoàn cấp trên trực tiếp cơ sở", "lớp tập huấn")],
        ),
        (
            "Phát triển mới 3.000 đoàn viên; thành lập 20 CĐCS; giới thiệu 150 đoàn viên ưu tú cho Đảng.",
            [
                ("=", "3000", "đoàn viên", "Phát triển mới đoàn viên"),
                ("=", "20", "CĐCS", "thành lập CĐCS"),
                ("=", "150", "đoàn viên", "giới thiệu đoàn viên ưu tú cho Đảng"),
            ],
        ),
        (
            "Có 100% đơn vị hành chính, sự nghiệp công lập và trên 70% doanh nghiệp tổ chức hội nghị.",
            [
                ("=", "100", "%", "đơn vị hành chính, sự nghiệp công lập tổ chức hội nghị"),
                (">", "70", "%", "doanh nghiệp tổ chức hội nghị"),
            ],
        ),
        (
            "Ít nhất một nửa số công đoàn cơ sở có góc đọc sách.",
            [(">=", "50", "%", "công đoàn cơ sở có góc đọc sách")],
        ),
        (
            "Phấn đấu trên 1,5 tỷ đồng cho Quỹ Mái ấm công đoàn.",
            [(">", "1500000000", "đồng", "cho Quỹ Mái ấm công đoàn")],
        ),
        (
            "Phấn đấu vận động Quỹ Mái ấm Công đoàn được trên 1,5 tỷ đồng.",
            [(">", "1500000000", "đồng", "Phấn đấu vận động Quỹ Mái ấm Công đoàn")],
        ),
        (
            "Xếp loại tốt trở lên: trên 95% ở công đoàn cấp trên, 85% ở CĐCS.",
            [
                (">", "95", "%", "Xếp loại tốt trở lên ở công đoàn cấp trên"),
                ("=", "85", "%", "Xếp loại tốt trở lên ở CĐCS"),
            ],
        ),
        (
            "100 % cán bộ công đoàn chuyên trách biết sử dụng phần mềm.",
            [("=", "100", "%", "cán bộ công đoàn chuyên trách biết sử dụng phần mềm")],
        ),
        (
            "100% nữ công nhân được tuyên truyền; 80% nữ CNVCLĐ “Giỏi việc nước”; 60% CĐCS có ban nữ công.",
            [
                ("=", "100", "%", "nữ công nhân được tuyên truyền"),
                ("=", "80", "%", "nữ CNVCLĐ “Giỏi việc nước”"),
                ("=", "60", "%", "CĐCS có ban nữ công"),
            ],
        ),
        ("1. Tuyên truyền đến trên 90% NLĐ.", [(">", "90", "%", "Tuyên truyền đến NLĐ")]),
        ("Duy trì 100% CĐCS có tủ thuốc.", [("=", "100", "%", "CĐCS có tủ thuốc")]),
        (
            "Tăng thêm 500 đoàn viên so với năm 2023.",
            [("=", "500", "đoàn viên", "Tăng thêm đoàn viên so với năm 2023")],
        ),
        (
            "Cán bộ công đoàn cơ sở: 80% được tập huấn.",
            [("=", "80", "%", "Cán bộ công đoàn cơ sở được tập huấn")],
        ),
        (
            "Có ≥ 75% CĐCS xây dựng kế hoạch; < 5% CĐCS yếu kém.",
            [(">=", "75", "%", "CĐCS xây dựng kế hoạch"), ("<", "5", "%", "CĐCS yếu kém")],
        ),
        (
            "Phấn đấu kết nạp trên dưới 500 đoàn viên.",
            [("~", "500", "đoàn viên", "Phấn đấu kết nạp đoàn viên")],
        ),
        (
            "Ước cả năm kết nạp khoảng 450 đoàn viên.",
            [("~", "450", "đoàn viên", "Ước cả năm kết nạp đoàn viên")],
        ),
        ("Từ 80 đến 85% CĐCS đạt chuẩn.", [("=", "80-85", "%", "CĐCS đạt chuẩn")]),
        (
            "Nâng tỷ lệ doanh nghiệp có thỏa ước từ 65% lên 70%.",
            [("=", "70", "%", "Nâng tỷ lệ doanh nghiệp có thỏa ước")],
        ),
    ],
)
def test_goals_of_a_plan(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert rows(text, PLAN, GOALS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tổ chức 03 lớp bồi dưỡng nghiệp vụ cho 180 cán bộ công đoàn cơ sở.",
            [
                ("=", "3", "lớp", "Tổ chức lớp bồi dưỡng nghiệp vụ"),
                ("=", "180", "cán bộ", "cán bộ công đoàn cơ sở"),
            ],
        ),
        (
            "Triển khai Nghị quyết số 02-NQ/TW ngày 12/6/2021 đến 100% cán bộ công đoàn.",
            [("=", "100", "%", "Triển khai Nghị quyết số 02-NQ/TW ngày 12/6/2021 đến cán bộ công đoàn")],
        ),
        ("Đại hội dự kiến triệu tập 250 đại biểu, họp trong 02 ngày.", []),
        ("Các đơn vị gửi báo cáo trước ngày 15/11/2024, tối đa 05 trang.", [("<=", "5", "trang", "trang")]),
    ],
)
def test_tasks_of_a_plan(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert rows(text, PLAN, DEEDS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Năm 2024, toàn tỉnh kết nạp mới 2.345/2.000 đoàn viên, đạt 117,25% chỉ tiêu giao.",
            [
                ("=", "2345/2000", "đoàn viên", "toàn tỉnh kết nạp mới đoàn viên"),
                ("=", "117.25", "%", "toàn tỉnh kết nạp mới đoàn viên so với chỉ tiêu giao"),
            ],
        ),
        (
            "Đã thành lập mới 18 CĐCS (đạt 120% kế hoạch), nâng tổng số CĐCS lên 650.",
            [
                ("=", "18", "CĐCS", "Đã thành lập mới CĐCS"),
                ("=", "120", "%", "Đã thành lập mới CĐCS so với kế hoạch"),
                ("=", "650", "", "nâng tổng số CĐCS lên"),
            ],
        ),
        (
            "Có 512/530 CĐCS (96,6%) xếp loại hoàn thành tốt nhiệm vụ trở lên.",
            [
                ("=", "512/530", "CĐCS", "CĐCS xếp loại hoàn thành tốt nhiệm vụ trở lên"),
                ("=", "96.6", "%", "CĐCS xếp loại hoàn thành tốt nhiệm vụ trở lên"),
            ],
        ),
        (
            "Thăm, tặng 1.250 suất quà cho đoàn viên, tổng trị giá 625 triệu đồng (mỗi suất 500.000 đồng).",
            [
                ("=", "1250", "suất quà", "Thăm, tặng suất quà cho đoàn viên"),
                ("=", "625000000", "đồng", "suất quà cho đoàn viên, tổng trị giá"),
                ("=", "500000", "đồng/suất", "mỗi suất"),
            ],
        ),
        (
            "Thu nhập bình quân của người lao động đạt 8,2 triệu đồng/người/tháng, tăng 5% so với cùng kỳ.",
            [
                ("=", "8200000", "đồng/người/tháng", "Thu nhập bình quân của người lao động"),
                ("=", "5", "%", "Thu nhập bình quân của người lao động so với cùng kỳ"),
            ],
        ),
        ("Tỷ lệ nữ cán bộ chủ chốt chiếm 42,5%.", [("=", "42.5", "%", "Tỷ lệ nữ cán bộ chủ chốt")]),
        (
            "Toàn ngành có 12 nghìn đoàn viên, trong đó nữ có hơn 7 nghìn người.",
            [
                ("=", "12000", "đoàn viên", "Toàn ngành có đoàn viên"),
                (">", "7000", "người", "trong đó nữ có người"),
            ],
        ),
        (
            "Tiếp nhận 35 đơn thư (15 đơn khiếu nại, 20 đơn kiến nghị), đã giải quyết xong 33 đơn.",
            [
                ("=", "35", "đơn thư", "Tiếp nhận đơn thư"),
                ("=", "15", "đơn", "đơn khiếu nại"),
                ("=", "20", "đơn", "đơn kiến nghị"),
                ("=", "33", "đơn", "đã giải quyết xong đơn"),
            ],
        ),
        (
            "Tổ chức tuyên truyền 45 buổi với 5.600 lượt người nghe.",
            [
                ("=", "45", "buổi", "Tổ chức tuyên truyền buổi"),
                ("=", "5600", "lượt người", "lượt người nghe"),
            ],
        ),
        (
            "Xảy ra 02 vụ tranh chấp lao động tập thể, giảm 03 vụ so với năm 2023.",
            [
                ("=", "2", "vụ", "Xảy ra vụ tranh chấp lao động tập thể"),
                ("=", "3", "vụ", "giảm vụ so với năm 2023"),
            ],
        ),
        (
            "Hỗ trợ vay vốn cho 95 hộ với số tiền 4 tỷ 750 triệu đồng.",
            [("=", "95", "hộ", "Hỗ trợ vay vốn cho hộ"), ("=", "4750000000", "đồng", "hộ với số tiền")],
        ),
        ("Gần 85 phần trăm đoàn viên dùng thẻ điện tử.", [("~", "85", "%", "đoàn viên dùng thẻ điện tử")]),
        (
            "Hơn 2/3 số công đoàn cơ sở đã có trang thông tin.",
            [(">", "2/3", "công đoàn cơ sở", "công đoàn cơ sở đã có trang thông tin")],
        ),
        (
            "Trong 6 tháng đầu năm, kiểm tra 24 cuộc; giám sát 12 cuộc.",
            [("=", "24", "cuộc", "kiểm tra cuộc"), ("=", "12", "cuộc", "giám sát cuộc")],
        ),
        ("Chi trả trợ cấp: 15.250.000 đồng.", [("=", "15250000", "đồng", "Chi trả trợ cấp")]),
        (
            "Kiểm tra tài chính 40 đơn vị, phát hiện sai phạm 0 đơn vị.",
            [
                ("=", "40", "đơn vị", "Kiểm tra tài chính đơn vị"),
                ("=", "0", "đơn vị", "phát hiện sai phạm đơn vị"),
            ],
        ),
        (
            "Tư vấn trực tiếp 30 lượt người, qua điện thoại 100 lượt người.",
            [
                ("=", "30", "lượt người", "Tư vấn trực tiếp lượt người"),
                ("=", "100", "lượt người", "qua điện thoại lượt người"),
            ],
        ),
        (
            "Tư vấn trực tiếp là 40 lượt người, 110 lượt người được tư vấn qua điện thoại.",
            [
                ("=", "40", "lượt người", "Tư vấn trực tiếp"),
                ("=", "110", "lượt người", "lượt người được tư vấn qua điện thoại"),
            ],
        ),
        (
            "Đạt 03 giải Nhất, 05 giải Nhì và 08 giải Ba tại hội thao.",
            [
                ("=", "3", "giải", "giải Nhất"),
                ("=", "5", "giải", "giải Nhì"),
                ("=", "8", "giải", "giải Ba tại hội thao"),
            ],
        ),
        (
            "Tổng thu tài chính công đoàn: 12.500 triệu đồng; tổng chi: 11,8 tỷ đồng.",
            [
                ("=", "12500000000", "đồng", "Tổng thu tài chính công đoàn"),
                ("=", "11800000000", "đồng", "tổng chi"),
            ],
        ),
        (
            "Giới thiệu 210 đoàn viên ưu tú, trong đó 165 đoàn viên được kết nạp Đảng.",
            [
                ("=", "210", "đoàn viên", "Giới thiệu đoàn viên ưu tú"),
                ("=", "165", "đoàn viên", "đoàn viên được kết nạp Đảng"),
            ],
        ),
        (
            "Bình quân mỗi đoàn viên đóng góp 120.000 đồng.",
            [("=", "120000", "đồng/đoàn viên", "Bình quân mỗi đoàn viên đóng góp")],
        ),
        (
            "Trồng mới 1.500 cây xanh trên diện tích 2,5 ha.",
            [("=", "1500", "cây", "Trồng mới cây xanh"), ("=", "2.5", "ha", "trên diện tích")],
        ),
        (
            "Công ty có 1.850 lao động, thu nhập từ 6 - 9 triệu đồng/tháng.",
            [
                ("=", "1850", "lao động", "Công ty có lao động"),
                ("=", "6000000-9000000", "đồng/tháng", "lao động, thu nhập"),
            ],
        ),
        (
            "Số vụ vi phạm pháp luật lao động là 07 vụ, thấp hơn năm trước 02 vụ.",
            [("=", "7", "vụ", "vụ vi phạm pháp luật lao động"), ("=", "2", "vụ", "thấp hơn năm trước vụ")],
        ),
        (
            "Hơn một nghìn lượt đoàn viên tham gia hiến máu, thu được 850 đơn vị máu.",
            [
                (">", "1000", "lượt đoàn viên", "lượt đoàn viên tham gia hiến máu"),
                ("=", "850", "đơn vị", "thu được đơn vị máu"),
            ],
        ),
    ],
)
def test_results_of_a_report(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert rows(text, REPORT, "") == expected


def test_a_quotation_cut_to_length_still_holds_its_figure() -> None:
    text = "Tỷ lệ " + "cán bộ công đoàn cơ sở khu vực ngoài nhà nước " * 12 + "được bồi dưỡng đạt 85%."
    (target,) = find_targets(text, (), REPORT)
    assert target.end - target.start <= MAX_SPAN
    assert text[target.start : target.end].endswith("85%")
