"""Answers that are of what was asked: that place, that meeting, that month, that body, that follow-up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.asking.amounts import written_otherwise
from search.asking.asks import expected_answer
from search.asking.expect import expected_spans
from search.asking.howmany import figure_spans
from search.asking.matching import Words
from search.asking.shares import of_asked_share
from search.chat import Conversation
from search.engine import Engine
from search.hits import Answer
from search.query import understand
from search.ranking.governing import asked_verb
from search.ranking.ofwhat import is_of_something_else, is_the_manieth_of_another, tells_where
from tests.libraries import opened

_REPORT = """LIÊN ĐOÀN LAO ĐỘNG TỈNH HÀ GIANG

Số: 61/BC-LĐLĐ

Hà Giang, ngày 08 tháng 4 năm 2024

BÁO CÁO
Tình hình công nhân, viên chức, lao động và hoạt động công đoàn quý I, phương hướng công tác thời gian tới

I. TÌNH HÌNH

1. Thu nhập bình quân của công nhân khai khoáng là 7.200.000 đồng/người/tháng. Mức hỗ trợ 1.500.000 đồng cho
mỗi trường hợp ốm dài ngày được áp dụng từ ngày 15/01/2024.

2. Bình quân mỗi công đoàn cơ sở giới thiệu 02 đoàn viên ưu tú.

II. KẾT QUẢ

1. Thành lập các tổ tự quản ở những huyện có đông công nhân.

2. Khởi công 03 căn nhà Mái ấm tại xã Lũng Cú, huyện Đồng Văn.

3. Kiểm tra chấp hành Điều lệ Công đoàn Việt Nam 41 cuộc; kiểm tra tài chính đồng cấp 27 cuộc.

4. Tặng quà Tết cho 350 đoàn viên.

5. Quỹ trung ương phòng chống thiên tai hỗ trợ 12 hộ đoàn viên bị lũ quét.

6. Các cấp công đoàn học tập Nghị quyết Đại hội Công đoàn tỉnh lần thứ XVII.

III. TỔ CHỨC THỰC HIỆN

Gửi báo cáo sơ kết phong trào về LĐLĐ tỉnh trước ngày 05/6/2024.

Nơi nhận:

- Thường trực Tỉnh ủy;
- Ban Nữ công LĐLĐ tỉnh;
- Hội đồng nhân dân tỉnh;
- Lưu: VT.

TM. BAN THƯỜNG VỤ
PHÓ CHỦ TỊCH

Giàng Thị Dợ
"""
_PLAN = """LIÊN ĐOÀN LAO ĐỘNG TỈNH HÀ GIANG

Số: 62/KH-LĐLĐ

Hà Giang, ngày 09 tháng 4 năm 2024

KẾ HOẠCH
Công tác nữ công năm 2024

I. NHIỆM VỤ, GIẢI PHÁP TRỌNG TÂM

1. Chăm lo đời sống nữ đoàn viên

Vận động lập 08 câu lạc bộ nữ công.

2. Nâng cao năng lực cán bộ nữ

Tổ chức hội nghị sơ kết tại các cụm thi đua.

II. TỔ CHỨC THỰC HIỆN

Các đơn vị gửi danh sách về LĐLĐ tỉnh trước ngày 30/5/2024.

Nơi nhận:

- Ban Nữ công Tổng Liên đoàn;
- Các công đoàn cơ sở trực thuộc.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Lò Văn Pản
"""
_PROGRAMME = """CHƯƠNG TRÌNH HÀNH ĐỘNG

CỦA BAN THƯỜNG VỤ TỈNH ỦY CAO BẰNG

về nhà ở cho công nhân

I. MỤC TIÊU

* Đến năm 2025:

- Xây dựng 400 căn hộ cho công nhân thuê.

* Đến năm 2030:

- Xây dựng 900 căn hộ cho công nhân thuê.

II. NHIỆM VỤ

1. Các cấp ủy định hướng việc chăm lo nhà ở cho công nhân.

2. Từ ngày 01/7/2024 mức thuê mỗi căn hộ là 600.000 đồng/tháng.

3. Xếp loại tốt trở lên đối với 90% khu nhà ở công nhân.

4. Thực hiện Nghị quyết Trung ương 7 về xây dựng đội ngũ công nhân.

III. CHỈ TIÊU

1. 70% khu trọ có tổ tự quản.

2. Lắp 25 điểm sinh hoạt văn hóa tại các khu nhà trọ có đông công nhân thuê (nơi chủ nhà trọ đồng ý cho
đặt), bình quân mỗi khu ít nhất 01 điểm.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Nông Văn Thắng
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = opened(tmp_path_factory.mktemp("of_what"), report=_REPORT, plan=_PLAN, programme=_PROGRAMME)
    yield engine
    engine.bundle.close()


def _is_plain(answer: Answer) -> bool:
    return not (answer.abstained or answer.unsure)


def test_which_district_is_told_by_a_name_only(engine: Engine) -> None:
    named = engine.ask("Nhà Mái ấm được khởi công ở huyện nào?").answer
    assert _is_plain(named)
    assert "Đồng Văn" in named.text
    asked = "Huyện nào có đông công nhân nhất?"
    assert not tells_where(understand(asked), "Lập tổ tự quản ở những huyện có đông công nhân.")
    assert tells_where(understand(asked), "Đông công nhân nhất là huyện Vị Xuyên.")
    assert not _is_plain(engine.ask(asked).answer)


def test_what_is_earned_a_month_is_no_figure_of_another_kind(engine: Engine) -> None:
    answer = engine.ask("Công nhân khai khoáng kiếm được bình quân mỗi tháng bao nhiêu?").answer
    assert "**7.200.000 đồng/người/tháng**" in answer.text


def test_the_manieth_meeting_is_not_told_by_a_congress(engine: Engine) -> None:
    asked = "Hội nghị Ban Chấp hành công đoàn tỉnh lần thứ mấy học tập nghị quyết?"
    assert is_the_manieth_of_another(
        understand(asked), "học tập Nghị quyết Đại hội Công đoàn tỉnh lần thứ XVII"
    )
    assert not _is_plain(engine.ask(asked).answer)
    congress = engine.ask("Nghị quyết Đại hội Công đoàn tỉnh lần thứ mấy được học tập?").answer
    assert "**lần thứ XVII**" in congress.text


def test_an_amount_in_words_is_the_same_in_figures(engine: Engine) -> None:
    terms, _ = engine.candidates(engine.understand("Mức hỗ trợ 1,5 triệu"))
    assert terms.coverage(Words.of("mức hỗ trợ 1.500.000 đồng", engine.glossary)) > 0.8
    answer = engine.ask("Mức hỗ trợ 1,5 triệu áp dụng từ ngày nào?").answer
    assert _is_plain(answer)
    assert "**15/01/2024**" in answer.text


def test_amounts_that_are_not_round_stay_as_they_are() -> None:
    assert written_otherwise("67.820.500 đồng") == [(("67820500",), "67820,5 nghìn")]
    assert written_otherwise("12,5 triệu") == [(("12,5", "triệu"), "12500000")]
    assert written_otherwise("quý 3 năm 2024, 1.2.3 và 5 người") == []


def test_women_of_another_figure_are_no_share() -> None:
    line = "trên 95% công đoàn cơ sở tổ chức, với hơn 300 nữ công nhân dự"
    assert of_asked_share("tỷ lệ nữ trong ban chấp hành", line, [(5, 8)]) == []
    assert of_asked_share("tỷ lệ nữ trong ban chấp hành", "nữ cấp ủy chiếm 31%", [(15, 18)]) == [(15, 18)]


def test_what_is_checked_is_no_verb(engine: Engine) -> None:
    assert asked_verb("kiểm tra chấp hành điều lệ được bao nhiêu cuộc") == ""
    answer = engine.ask("Kiểm tra chấp hành Điều lệ được bao nhiêu cuộc?").answer
    assert _is_plain(answer)
    assert "**41**" in answer.text


def test_a_fund_may_be_called_by_a_shorter_name(engine: Engine) -> None:
    assert engine.absent("quỹ phòng chống thiên tai hỗ trợ mấy hộ") == ()
    assert "**12**" in engine.ask("Quỹ phòng chống thiên tai hỗ trợ bao nhiêu hộ?").answer.text
    assert engine.absent("quỹ bảo trợ hỗ trợ mấy hộ") == ("bảo trợ",)


@pytest.mark.parametrize("asked", ["báo cáo quý 1 gửi cho những nơi nào", "Nơi nhận báo cáo quý I năm 2024"])
def test_a_report_is_known_by_its_quarter(engine: Engine, asked: str) -> None:
    text = engine.ask(asked).answer.text
    assert "Thường trực Tỉnh ủy" in text
    assert "Ban Nữ công LĐLĐ tỉnh" in text
    assert "Hội đồng nhân dân tỉnh" in text


def test_the_report_of_another_quarter_is_not_meant(engine: Engine) -> None:
    assert not _is_plain(engine.ask("ai ký báo cáo quý III").answer)
    assert "Giàng Thị Dợ" in engine.ask("ai ký báo cáo quý I").answer.text


def test_words_of_a_title_do_not_choose_among_recipients(engine: Engine) -> None:
    text = engine.ask("kế hoạch nữ công gửi cho ai").answer.text
    assert "Ban Nữ công Tổng Liên đoàn; Các công đoàn cơ sở trực thuộc" in text


def test_a_day_in_the_question_names_no_other_document(engine: Engine) -> None:
    answer = engine.ask("Kế hoạch 62 gửi báo cáo sơ kết trước ngày 05/6/2024 đúng không?").answer
    assert not any(quoted.doc_id == "report" for quoted in answer.citations) or answer.unsure


def test_a_spoken_phrase_nobody_says_is_not_answered_with_somebody(engine: Engine) -> None:
    assert not _is_plain(engine.ask("Ai lo hậu cần cho hội nghị sơ kết ở các cụm thi đua?").answer)


def test_groups_of_tasks_are_the_parts_below_the_heading(engine: Engine) -> None:
    assert engine.absent("nhóm nhiệm vụ, nhóm giải pháp") == ()
    text = engine.ask("Kế hoạch nữ công có những nhóm nhiệm vụ, giải pháp trọng tâm nào?").answer.text
    assert "Chăm lo đời sống nữ đoàn viên" in text
    assert "Nâng cao năng lực cán bộ nữ" in text


def test_where_a_report_goes_is_told_by_what_is_sent(engine: Engine) -> None:
    assert expected_answer("bao cao so ket phong trao gui ve dau") == "who"
    assert "LĐLĐ tỉnh" in engine.ask("Báo cáo sơ kết phong trào gửi về đâu?").answer.text


def test_a_follow_up_is_answered_by_its_own_words_or_not_at_all(engine: Engine) -> None:
    talk = Conversation(engine)
    assert "**41**" in talk.ask("Kiểm tra chấp hành Điều lệ được bao nhiêu cuộc?").answer.text
    assert "**27**" in talk.ask("thế kiểm tra tài chính?").answer.text
    assert not _is_plain(talk.ask("thế thăm hỏi?").answer)


def test_the_answer_before_is_not_given_again_for_something_else(engine: Engine) -> None:
    talk = Conversation(engine)
    assert "350" in talk.ask("Tặng quà Tết cho bao nhiêu đoàn viên?").answer.text
    assert not _is_plain(talk.ask("thế khám sức khỏe?").answer)


@pytest.mark.parametrize(
    ("year", "said", "unsaid"), [(2025, "400 căn", "900 căn"), (2030, "900 căn", "400 căn")]
)
def test_the_aims_of_a_year_stand_below_its_line(engine: Engine, year: int, said: str, unsaid: str) -> None:
    text = engine.ask(f"Cao Bằng có mục tiêu gì đến năm {year}?").answer.text
    assert said in text
    assert unsaid not in text


def test_a_year_that_no_line_names_has_no_aims(engine: Engine) -> None:
    assert not _is_plain(engine.ask("Cao Bằng có mục tiêu gì đến năm 2040?").answer)
    assert not _is_plain(engine.ask("Cao Bằng định hướng chăm lo nhà ở cho công nhân năm 2040").answer)


def test_what_holds_since_a_day_did_not_before(engine: Engine) -> None:
    assert _is_plain(engine.ask("Mức thuê căn hộ từ ngày 1/7/2024 là bao nhiêu?").answer)
    assert not _is_plain(engine.ask("Mức thuê căn hộ trước ngày 1/7/2024 là bao nhiêu?").answer)


def test_one_degree_is_not_another() -> None:
    line = "Xếp loại tốt trở lên đối với 90% khu nhà ở công nhân."
    assert is_of_something_else(understand("Bao nhiêu % khu nhà ở xếp loại xuất sắc?"), line)
    assert not is_of_something_else(understand("Bao nhiêu % khu nhà ở xếp loại tốt?"), line)


def test_a_figure_that_only_names_counts_nothing() -> None:
    assert figure_spans("Nghị quyết Trung ương 7, giai đoạn 2, phòng dịch Covid - 19") == []
    assert figure_spans("Tổng số 40 cuộc, nhóm 3 người") == [(8, 10), (22, 23)]


def test_an_office_of_a_province_counts_no_provinces() -> None:
    query = understand("Cụm thi đua gồm mấy tỉnh?")
    assert expected_spans("count", query, "LĐLĐ tỉnh đã kiểm tra 41 cuộc") == []
    assert expected_spans("count", query, "Cụm thi đua có 7 tỉnh") == [(15, 16)]


def test_all_targets_of_a_document_named_are_listed(engine: Engine) -> None:
    text = engine.ask("chỉ tiêu của chương trình hành động tỉnh Cao Bằng").answer.text
    assert "70% khu trọ có tổ tự quản" in text
    assert "25 điểm sinh hoạt văn hóa" in text


def test_one_target_asked_for_is_told_alone(engine: Engine) -> None:
    text = engine.ask("Chỉ tiêu lắp điểm sinh hoạt văn hóa của Cao Bằng?").answer.text
    assert "**25** điểm sinh hoạt văn hóa" in text
    assert "tổ tự quản" not in text


def test_what_each_month_brings_is_no_sum_of_all() -> None:
    monthly = "17 mô hình có lãi, thu nhập tăng thêm từ 4 triệu đến 5 triệu đồng/tháng."
    assert is_of_something_else(understand("Tổng kinh phí cho vay là bao nhiêu?"), monthly)
    assert not is_of_something_else(understand("Thu nhập tăng thêm bao nhiêu tiền?"), monthly)
    total = "Cho vay 17 mô hình, mỗi mô hình 20 triệu đồng/lượt, tổng kinh phí 340 triệu đồng."
    assert not is_of_something_else(understand("Tổng kinh phí cho vay là bao nhiêu?"), total)


def test_a_part_named_by_its_address_is_told_whole(engine: Engine) -> None:
    answer = engine.ask("Mục II.4 của BC 61 nói gì?").answer
    assert answer.text.startswith("4. Tặng quà Tết cho 350 đoàn viên.")
    assert {quoted.section for quoted in answer.citations} == {"II.4"}
    assert "Chăm lo đời sống nữ đoàn viên" in engine.ask("KH 62 mục I").answer.text


def test_an_address_that_a_document_lacks_is_not_found(engine: Engine) -> None:
    answer = engine.ask("Mục V.3 của BC 61 nói gì?").answer
    assert answer.abstained
    assert "không có mục V.3" in answer.text


def test_a_figure_asked_of_a_part_is_still_told_alone(engine: Engine) -> None:
    assert "**350**" in engine.ask("BC 61 mục II.4 tặng quà cho bao nhiêu đoàn viên?").answer.text


def test_a_follow_up_may_name_a_part_of_the_document_spoken_of(engine: Engine) -> None:
    talk = Conversation(engine)
    talk.ask("Ai ký BC 61?")
    assert "Lũng Cú" in talk.ask("mục II.2 nói gì?").answer.text
    talk.ask("KH 62 hạn gửi danh sách ngày nào?")
    assert "Chăm lo đời sống nữ đoàn viên" in talk.ask("mục I nói gì?").answer.text


def test_a_figure_of_all_is_none_of_a_district_not_named(engine: Engine) -> None:
    assert _is_plain(engine.ask("Tặng quà Tết cho bao nhiêu đoàn viên?").answer)
    assert not _is_plain(engine.ask("Huyện Bắc Mê tặng quà Tết cho bao nhiêu đoàn viên?").answer)
