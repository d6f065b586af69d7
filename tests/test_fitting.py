"""What stands near a question is no answer to it; and comparisons that no table joins."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.chat import Conversation
from search.engine import Engine
from tests.libraries import opened


def _plan(number: str, place: str, year: int, *body: str) -> str:
    items = "\n\n".join(f"{n}. {line}" for n, line in enumerate(body, 1))
    return (
        f"LIÊN ĐOÀN LAO ĐỘNG TỈNH {place.upper()}\n\nSố: {number}\n\n{place}, ngày 05 tháng 3 năm {year}\n\n"
        f"KẾ HOẠCH\nHoạt động công đoàn năm {year}\n\nI. CHỈ TIÊU\n\n{items}\n\n"
        "Nơi nhận:\n- Ban Dân vận Tỉnh ủy;\n- Lưu: VT.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\n\nTrần Văn An\n"
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("library")
    texts = {
        "a": _plan(
            "31/KH-LĐLĐ", "Cà Mau", 2022,
            "Kết nạp 900 đoàn viên công đoàn.",
            "Trên 96% gia đình CNVCLĐ trong các doanh nghiệp đạt chuẩn văn hóa.",
            "Hỗ trợ 12.000.000đ cho gia đình đoàn viên bị thiên tai.",
            "Đổi mới hoạt động nữ công ở các công đoàn cơ sở.",
            "Thu đủ đoàn phí công đoàn, chống thất thu; chi đúng quy định.",
            "Mở hội nghị tổng kết cùng với họp Ban Chấp hành mở rộng.",
            "Quỹ Mái ấm công đoàn tỉnh công khai thu, chi.",
            "Khen thưởng 40 học sinh con đoàn viên, tổng số tiền 20.000.000đ.",
            "Nộp báo cáo kết quả về LĐLĐ tỉnh trước ngày 10/12/2022.",
            "LĐLĐ tỉnh giám sát 60% công đoàn cấp trên cơ sở; công đoàn cấp trên cơ sở giám sát 20% CĐCS.",
            "Vận động được 95.000.000đ cho Quỹ Tấm lòng vàng của công đoàn tỉnh.",
            "Thực hiện quy chế phối hợp với cơ quan chuyên môn, hằng năm có đánh giá.",
            "Mức lương cơ sở của cán bộ cả vùng cao hiện nay là 1.490.000 đồng/tháng.",
            "LĐLĐ các huyện, thành phố xây dựng 15 mô hình tổ tự quản.",
        ),
        "b": _plan(
            "32/KH-LĐLĐ", "Hà Giang", 2023,
            "Giới thiệu 70 đoàn viên ưu tú để Đảng bồi dưỡng, kết nạp.",
            "Trên 80% công nhân các cụm công nghiệp trở thành đoàn viên công đoàn.",
        ),
    }  # fmt: skip
    return opened(folder, **texts)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Có doanh nghiệp nào ở Cà Mau đình công không?", id="neighbours-are-no-word"),
        pytest.param("Vì sao phải đổi mới hoạt động nữ công?", id="no-reason"),
        pytest.param("Hỗ trợ bao nhiêu gia đình bị thiên tai?", id="money-counts-nobody"),
        pytest.param("Ban Dân vận Tỉnh ủy làm gì?", id="recipients-tell-nothing"),
        pytest.param("Đổi mới hoạt động nữ công xong chưa?", id="nothing-done-yet"),
        pytest.param("Tỷ lệ nữ công nhân là đoàn viên công đoàn là bao nhiêu?", id="of-women-only"),
        pytest.param("Đoàn viên công đoàn có được nghỉ ngày 20/10 không?", id="a-day-nobody-names"),
        pytest.param("Kế hoạch năm 2030 của Cà Mau", id="no-plan-of-that-year"),
        pytest.param("Hà Giang có bao nhiêu đoàn viên ưu tú được kết nạp vào Đảng?", id="wanted-not-done"),
        pytest.param("Hà Giang đề ra kết nạp mới bao nhiêu đoàn viên?", id="introduced-not-admitted"),
        pytest.param("Bao nhiêu phần trăm công nhân các cụm công nghiệp là nữ?", id="a-part-at-the-end"),
        pytest.param("Bao nhiêu phần trăm công nhân chưa là đoàn viên công đoàn?", id="who-are-not"),
        pytest.param("Tổng số đoàn viên công đoàn của Cà Mau là bao nhiêu?", id="not-all-there-are"),
        pytest.param("Quỹ Mái ấm công đoàn tỉnh vận động được bao nhiêu tiền?", id="another-fund"),
        pytest.param("Ban Nữ công quần chúng của Cà Mau đổi mới thế nào?", id="a-body-nobody-names"),
        pytest.param("Tháng Công nhân ở Cà Mau có những hoạt động gì?", id="a-month-nobody-names"),
        pytest.param("Lãi suất hỗ trợ gia đình đoàn viên là bao nhiêu?", id="a-thing-nobody-says"),
        pytest.param("Khen thưởng mỗi học sinh bao nhiêu tiền?", id="all-together-is-not-each"),
        pytest.param("Hỗ trợ gia đình đoàn viên bị thiên tai tối đa bao nhiêu tiền?", id="no-upper-bound"),
        pytest.param("Hạn nộp kinh phí công đoàn của Cà Mau là ngày nào?", id="a-deadline-of-reports"),
        pytest.param("LĐLĐ huyện giám sát bao nhiêu % công đoàn cấp trên cơ sở?", id="another-does-it"),
        pytest.param("Bao nhiêu công nhân các cụm công nghiệp ở Hà Giang?", id="a-share-is-no-number"),
        pytest.param("Ai là Trưởng ban Chỉ đạo nữ công của Cà Mau?", id="nobody-is-named"),
        pytest.param(
            "Hỗ trợ gia đình đoàn viên vay lãi suất bao nhiêu?", id="a-thing-nobody-says-at-the-end"
        ),
        pytest.param("Mức đóng đoàn phí công đoàn", id="a-rate-without-a-figure"),
        pytest.param("Mức lương tối thiểu vùng là bao nhiêu?", id="another-kind-of-pay"),
        pytest.param("Thành phố Cà Mau kết nạp bao nhiêu đoàn viên công đoàn?", id="a-city-is-no-province"),
        pytest.param("Bao nhiêu % công nhân các cụm công nghiệp được tập huấn?", id="another-deed"),
        pytest.param(
            "Hội nghị Ban Thường vụ LĐLĐ tỉnh về kết quả họp trước ngày nào?", id="no-day-of-a-meeting"
        ),
        pytest.param("Hội nghị tổng kết của Cà Mau họp ở đâu?", id="no-place"),
        pytest.param(
            "Quy chế phối hợp với cơ quan chuyên môn có hiệu lực mấy năm?", id="yearly-is-no-duration"
        ),
    ],
)
def test_what_only_stands_near_is_no_plain_answer(library: Engine, question: str) -> None:
    answer = library.ask(question).answer
    assert answer.abstained or answer.unsure


def test_what_a_province_says_of_its_pay_and_its_cities_is_found(library: Engine) -> None:
    assert "**1.490.000" in library.ask("Mức lương cơ sở là bao nhiêu?").answer.text
    assert "**15**" in library.ask("Thành phố Cà Mau xây dựng bao nhiêu mô hình tổ tự quản?").answer.text
    missing = library.ask("Thành phố Hà Giang có bao nhiêu tổ tự quản?").answer
    assert missing.abstained or missing.unsure


def test_a_target_is_no_result_and_is_called_one(library: Engine) -> None:
    answer = library.ask("Cà Mau đã đạt chỉ tiêu kết nạp 900 đoàn viên chưa?").answer
    assert answer.text.startswith("Đây là chỉ tiêu đề ra, không phải kết quả")
    assert "900" in answer.citations[0].quote
    assert "không phải kết quả" in library.ask("Cà Mau đã kết nạp bao nhiêu đoàn viên?").answer.text
    assert "không phải kết quả" not in library.ask("Cà Mau kết nạp bao nhiêu đoàn viên?").answer.text


def test_a_result_asked_for_in_one_word_is_not_the_target(library: Engine) -> None:
    answer = library.ask("Kết quả kết nạp đoàn viên công đoàn của Cà Mau").answer
    assert answer.text.startswith("Đây là chỉ tiêu đề ra, không phải kết quả")


def test_a_result_is_no_target_and_is_called_one(tmp_path: Path) -> None:
    report = _plan(
        "33/BC-LĐLĐ", "Cà Mau", 2022, "Đã có 512 sáng kiến được công nhận, đạt 128% kế hoạch giao."
    )
    report = report.replace("KẾ HOẠCH", "BÁO CÁO").replace("CHỈ TIÊU", "KẾT QUẢ")
    engine = opened(tmp_path, a=report)
    said = engine.ask("Cà Mau được giao bao nhiêu sáng kiến?").answer.text
    assert said.startswith("Đây là kết quả đã đạt, không phải chỉ tiêu")
    assert "**512**" in said
    assert "không phải chỉ tiêu" not in engine.ask("Cà Mau đã có bao nhiêu sáng kiến?").answer.text


def test_words_that_say_why_come_among_the_nearest(tmp_path: Path) -> None:
    points = [f"Đoàn viên tham gia phong trào thi đua ở cơ sở số {n}, hăng hái và sôi nổi." for n in range(5)]
    body = "Nguyên nhân: phong trào ở cơ sở thiếu kinh phí nên gặp nhiều khó khăn."
    plan = _plan("34/BC-LĐLĐ", "Cà Mau", 2022, *points, body)
    asked = "Vì sao đoàn viên tham gia phong trào thi đua ở cơ sở còn chật vật ghê gớm?"
    answer = opened(tmp_path, a=plan).ask(asked).answer
    assert answer.unsure
    assert "thiếu kinh phí" in answer.text


def test_another_place_must_be_told_of_the_same_deed(library: Engine) -> None:
    chat = Conversation(library)
    assert "**900**" in chat.ask("Cà Mau kết nạp bao nhiêu đoàn viên công đoàn?").answer.text
    elsewhere = chat.ask("thế Hà Giang?").answer
    assert elsewhere.abstained or elsewhere.unsure


def test_parts_that_no_table_joins_are_set_side_by_side(library: Engine) -> None:
    answer = library.ask("So sánh chỉ tiêu đoàn viên công đoàn của Cà Mau và Hà Giang").answer
    lines = [line for line in answer.text.splitlines() if line.startswith("- ")]
    assert any("Cà Mau" in line.partition(":")[0] and "**900**" in line for line in lines)
    assert any(line.startswith("- Hà Giang: ") for line in lines)
    assert {c.doc_id for c in answer.citations} == {"a", "b"}
    assert "lời khác nhau" in answer.text


def test_two_documents_asked_for_by_number_are_not_asked_back(library: Engine) -> None:
    answer = library.ask("So sánh kế hoạch 31 và kế hoạch 32").answer
    assert not answer.abstained
    assert [c.doc_id for c in answer.citations][:1] == ["a"]
    assert "Soạn thảo" in answer.text


def test_question_words_typed_without_diacritics_are_read_as_such(library: Engine) -> None:
    assert library.understand("ca mau ket nap bao nhieu doan vien").words.split()[4:6] == ["bao", "nhiêu"]


def test_the_sentence_that_says_the_question_itself_is_quoted(tmp_path: Path) -> None:
    body = (
        "Công tác kiểm tra của các cấp công đoàn tiến tới Đại hội X Công đoàn tỉnh Cà Mau\n\n"
        "11 đơn vị kiểm tra tài chính đồng cấp trước khi báo cáo. Ủy ban kiểm tra các cấp kiểm tra việc "
        "chấp hành Điều lệ: 62 cuộc; trong đó kiểm tra cấp dưới: 5 cuộc. Kiểm tra tài chính công đoàn: "
        "70 cuộc; trong đó kiểm tra cấp dưới: 9 cuộc."
    )
    text = (
        _plan("31/BC-LĐLĐ", "Cà Mau", 2022, body)
        .replace("KẾ HOẠCH", "BÁO CÁO")
        .replace("CHỈ TIÊU", "KẾT QUẢ")
    )
    engine = opened(tmp_path, a=text)
    said = engine.ask("Số cuộc kiểm tra tài chính cấp dưới năm 2022").answer.text
    assert said.startswith("Kiểm tra tài chính công đoàn: 70 cuộc; trong đó kiểm tra cấp dưới: **9** cuộc")
    # The heading says of which congress, in words that a passage's own short heading leaves out.
    assert not engine.ask("Tiến tới Đại hội X, kiểm tra tài chính cấp dưới mấy cuộc?").answer.abstained


def test_a_reason_is_quoted_from_where_it_is_called_one(tmp_path: Path) -> None:
    body = (
        "Hạn chế và nguyên nhân\n\nHạn chế: Phong trào thi đua ở một số công đoàn cơ sở còn lúng túng.\n\n"
        "Nguyên nhân: Cán bộ kiêm nhiệm, ít kinh nghiệm."
    )
    text = _plan("31/BC-LĐLĐ", "Cà Mau", 2022, body).replace("KẾ HOẠCH", "BÁO CÁO")
    answer = (
        opened(tmp_path, a=text.replace("CHỈ TIÊU", "KẾT QUẢ"))
        .ask("Vì sao phong trào thi đua còn lúng túng?")
        .answer
    )
    assert "Cán bộ kiêm nhiệm" in answer.text
