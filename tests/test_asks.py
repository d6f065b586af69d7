"""The kind of answer a question asks for."""

from __future__ import annotations

import pytest

from corpus.text import fold
from search.asking.asks import expected_answer


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        pytest.param("Ai ký kế hoạch này?", "signer", id="who-signed"),
        pytest.param("Lãnh đạo nào ký báo cáo quý I?", "signer", id="which-leader"),
        pytest.param("bao nhiêu đơn vị ký kết thỏa ước?", "count", id="signing-an-agreement-is-no-signature"),
        pytest.param("Báo cáo được gửi cho những cơ quan nào?", "recipients", id="recipients"),
        pytest.param("Văn bản nào nói về bữa ăn ca?", "documents", id="which-document"),
        pytest.param("là chỉ thị nào", "directives", id="which-directive"),
        pytest.param("Liệt kê các văn bản về dân vận", "documents", id="list-documents"),
        pytest.param("tìm chỉ đạo về phúc lợi", "directives", id="directives-on-a-topic"),
        pytest.param("Đó là nghị quyết số mấy?", "number", id="number"),
        pytest.param("12/KH-LĐLĐ là kế hoạch gì", "about", id="what-plan"),
        pytest.param("Kế hoạch ban hành ngày nào?", "issue_date", id="issued-when"),
        pytest.param("Đại hội lần thứ mấy?", "ordinal", id="ordinal"),
        pytest.param("bao nhiêu phần trăm công đoàn cơ sở", "percent", id="percent"),
        pytest.param("tỉ lệ đoàn viên nữ", "percent", id="share"),
        pytest.param("Bao lâu một lần phải báo cáo?", "frequency", id="frequency"),
        pytest.param("Mỗi năm Ban Thường vụ gặp công nhân ít nhất mấy bận?", "frequency", id="times-a-year"),
        pytest.param("Mỗi năm Ban Thường vụ lập mấy ban giúp việc?", "count", id="boards-a-year"),
        pytest.param("tổng số tiền hỗ trợ", "money", id="money"),
        pytest.param("Hạn báo cáo là khi nào?", "date", id="deadline"),
        pytest.param("Thời gian tổ chức hội nghị tổng kết", "date", id="time-of-a-meeting"),
        pytest.param("Thời gian qua công đoàn đã làm gì?", "text", id="lately"),
        pytest.param("mức hỗ trợ đoàn viên ốm đau", "money", id="rate-of-support"),
        pytest.param("mức độ hài lòng của đoàn viên", "text", id="degree"),
        pytest.param("số tin, bài đã đăng", "count", id="number-of-things"),
        pytest.param("số kế hoạch đó là gì", "number", id="number-of-a-document"),
        pytest.param("có mấy cuộc kiểm tra", "count", id="count"),
        pytest.param("mấy xã vùng cao ấy thì ai phụ trách?", "who", id="may-as-a-plural-before-who"),
        pytest.param("Gộp mấy tổ lại có được không?", "text", id="may-as-a-plural-in-yes-or-no"),
        pytest.param("Chủ tịch LĐLĐ tỉnh là ai?", "person", id="who-holds-an-office"),
        pytest.param("Xây ở đâu?", "place", id="where"),
        pytest.param("Trường nào được sửa?", "place", id="which-school"),
        pytest.param("Những trường hợp nào được hỗ trợ?", "text", id="which-cases"),
        pytest.param("Tình hình xã hội nào đáng chú ý?", "text", id="which-conditions"),
        pytest.param("Ban nào chủ trì?", "who", id="which-board"),
        pytest.param("Vì sao chưa đạt?", "reason", id="why"),
        pytest.param("Các đơn vị báo cáo kế hoạch 9 trước ngày nào?", "date", id="a-deadline-names-a-plan"),
        pytest.param("Tổng hợp các chỉ đạo về tài chính", "documents", id="what-is-directed"),
        pytest.param("Có văn bản nào chỉ đạo về nữ công?", "directives", id="which-directive-governs"),
        pytest.param("Gửi báo cáo qua ban nào?", "who", id="to-which-board"),
        pytest.param("Báo cáo gửi đồng chí nào ở Tổng Liên đoàn?", "recipients", id="sent-to-whom"),
        pytest.param("Kế hoạch gửi cho những đâu?", "recipients", id="sent-where-in-spoken-words"),
        pytest.param("gửi những nơi nào?", "recipients", id="sent-to-which-places"),
        pytest.param("ban hành hôm nào", "issue_date", id="issued-on-which-day"),
        pytest.param("chăm lo đời sống đoàn viên", "text", id="no-question-word"),
    ],
)
def test_expected_answer(question: str, kind: str) -> None:
    assert expected_answer(fold(question)) == kind
