"""Which subjects are one in other words and which are two, on pairs of our own writing."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words.glossary import Glossary
from search.tables.wording import SAME, Wording

GLOSSARY = Glossary.shipped()
# Each list is one subject as different offices write it; subjects of different lists differ.
SUBJECTS = (
    [
        "Kết nạp mới đoàn viên công đoàn",
        "Phát triển mới đoàn viên",
        "Số đoàn viên kết nạp mới",
        "kết nạp đoàn viên",
    ],
    ["Kết nạp mới đoàn viên nữ"],
    ["thành lập mới CĐCS", "Thành lập công đoàn cơ sở", "thành lập mới được tổ chức công đoàn"],
    ["doanh nghiệp có từ 10 lao động trở lên thành lập công đoàn cơ sở"],
    ["doanh nghiệp có từ 20 lao động trở lên thành lập công đoàn cơ sở"],
    [
        "doanh nghiệp có tổ chức công đoàn ký kết TƯLĐTT",
        "doanh nghiệp đã có công đoàn ký thỏa ước lao động tập thể",
    ],
    ["bản thỏa ước lao động tập thể xếp loại B trở lên"],
    [
        "Giới thiệu đoàn viên ưu tú cho Đảng",
        "giới thiệu được đoàn viên công đoàn ưu tú cho Đảng xem xét, kết nạp",
    ],
    ["đoàn viên ưu tú được kết nạp vào Đảng"],
    [
        "CĐCS xếp loại hoàn thành tốt nhiệm vụ trở lên",
        "công đoàn cơ sở được xếp loại hoàn thành tốt nhiệm vụ",
    ],
    ["CĐCS xếp loại hoàn thành xuất sắc nhiệm vụ"],
    ["công đoàn cấp trên trực tiếp cơ sở xếp loại hoàn thành tốt nhiệm vụ"],
    [
        "cán bộ công đoàn chuyên trách được tập huấn nghiệp vụ",
        "cán bộ công đoàn chuyên trách được bồi dưỡng nghiệp vụ",
    ],
    ["cán bộ công đoàn không chuyên trách được tập huấn nghiệp vụ"],
    ["cán bộ công đoàn cơ sở được tập huấn nghiệp vụ"],
    [
        "nữ CNVCLĐ được khám sức khỏe định kỳ",
        "nữ công nhân, viên chức, lao động được khám sức khỏe định kỳ",
    ],
    ["CNVCLĐ được khám sức khỏe định kỳ"],
    ["Thu kinh phí công đoàn khu vực sản xuất kinh doanh"],
    ["Thu đoàn phí công đoàn khu vực sản xuất kinh doanh"],
    ["cơ quan, đơn vị tổ chức hội nghị cán bộ, công chức, viên chức"],
    ["doanh nghiệp tổ chức hội nghị người lao động"],
    ["doanh nghiệp tổ chức đối thoại tại nơi làm việc"],
    ["Kết nạp mới đoàn viên so với kế hoạch"],
    ["Giảm số vụ tai nạn lao động", "giảm vụ tai nạn lao động"],
    ["Số vụ tai nạn lao động chết người"],
    ["Tư vấn pháp luật trực tiếp cho lượt người lao động"],
    ["Tư vấn pháp luật gián tiếp cho lượt người lao động"],
    ["CNVCLĐ được tuyên truyền Nghị quyết Đại hội Đảng"],
    ["CNVCLĐ được tuyên truyền Nghị quyết Đại hội Công đoàn"],
    ["gia đình CNVCLĐ đạt chuẩn văn hóa"],
    ["UBKT công đoàn kiểm tra tài chính cùng cấp", "Ủy ban kiểm tra công đoàn kiểm tra tài chính cùng cấp"],
    ["UBKT công đoàn kiểm tra tài chính cấp dưới"],
)  # fmt: skip


def likeness(one: str, other: str) -> float:
    return Wording.of(one, GLOSSARY).likeness(Wording.of(other, GLOSSARY))


@pytest.mark.parametrize("subjects", SUBJECTS, ids=lambda subjects: subjects[0][:40])
def test_the_same_subject_in_other_words(subjects: list[str]) -> None:
    assert [(a, b) for a, b in combinations(subjects, 2) if likeness(a, b) < SAME] == []


def test_no_two_subjects_are_taken_for_one() -> None:
    pairs = [(a, b) for one, other in combinations(SUBJECTS, 2) for a in one for b in other]
    assert [pair for pair in pairs if likeness(*pair) >= SAME] == []


@pytest.mark.parametrize(
    "piece", ["trong đó kiểm tra cùng cấp", "cuộc, cấp dưới", "với số tiền", "đoàn viên", "ở CĐCS", "nhà"]
)
def test_a_piece_of_a_sentence_tells_no_subject(piece: str) -> None:
    assert not Wording.of(piece, GLOSSARY).tells


def test_a_province_is_no_part_of_a_subject() -> None:
    assert likeness("LĐLĐ tỉnh Sơn La kết nạp đoàn viên", "LĐLĐ tỉnh Bến Tre kết nạp đoàn viên") == 1.0


@given(
    st.sampled_from([s for one in SUBJECTS for s in one]),
    st.sampled_from([s for one in SUBJECTS for s in one]),
)
def test_likeness_is_symmetric_and_whole_for_itself(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1.0
