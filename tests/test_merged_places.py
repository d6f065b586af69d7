"""Old documents under the provinces' names of July 2025, and the other way round."""

from __future__ import annotations

from search.engine import Engine
from search.query import merged_places, understand


def test_merged_provinces_are_told_from_the_one_asked_for() -> None:
    assert merged_places(understand("LĐLĐ tỉnh Bắc Kạn")) == {"Thái Nguyên"}
    assert merged_places(understand("LĐLĐ tỉnh Thái Nguyên")) == {"Bắc Kạn"}
    assert merged_places(understand("LĐLĐ tỉnh Lai Châu")) == frozenset()


def test_an_old_document_is_found_under_the_new_name_and_the_answer_says_so(engine: Engine) -> None:
    answer = engine.ask("LĐLĐ tỉnh Thái Nguyên: hạn gửi báo cáo sơ kết giữa nhiệm kỳ là ngày nào?").answer
    assert answer.citations
    assert answer.citations[0].number == "56/KH-LĐLĐ"
    assert answer.text.endswith("Lưu ý: Bắc Kạn nay thuộc Thái Nguyên.")


def test_under_its_own_name_nothing_is_noted(engine: Engine) -> None:
    answer = engine.ask("LĐLĐ tỉnh Bắc Kạn: hạn gửi báo cáo sơ kết giữa nhiệm kỳ là ngày nào?").answer
    assert answer.citations
    assert answer.citations[0].number == "56/KH-LĐLĐ"
    assert "Lưu ý" not in answer.text
