"""Góp ý: said below an answer, looked at in Kho văn bản, taken away as judged questions."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from search.evaluate import evaluate
from search.following.feedback import Feedback, FeedbackError, Place
from search.following.feedbackbook import FeedbackBook
from tests.browsing import Visit
from tests.fakes_ui import FakeEngine, FakeTalk
from ui.chat.desk import Desk
from ui.feedback.feedback import feedback_page
from ui.feedback.review import review_page, span_from, value_of
from ui.feedback.routes import from_elsewhere, judgement_from
from ui.frame import Asked
from ui.settings import Settings

if TYPE_CHECKING:
    from search.engine import Engine

QUESTION = "chỉ tiêu giới thiệu đảng viên năm 2021"


def entry(good: bool = True, note: str = "") -> Feedback:
    result = FakeEngine().ask("giới thiệu đoàn viên ưu tú cho Đảng")
    return Feedback.on("a1", result, good=good, reasons=["thieu"], note=note)


def desk() -> Desk:
    engine = FakeEngine()
    return Desk(engine, FakeTalk, Settings())


def asked(**fields: str | list[str]) -> Asked:
    return Asked({n.replace("_", "-"): [v] if isinstance(v, str) else v for n, v in fields.items()})


@pytest.mark.browser
def test_feedback_is_said_looked_at_and_exported(desk_visit: Visit, engine: Engine) -> None:
    page = desk_visit.page
    desk_visit.open().ask(QUESTION)
    page.locator(".gop-y-o .khen").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # "Chưa đúng", by keyboard alone
    page.locator(".to-gop-y input[value=thieu]").focus()
    page.keyboard.press("Space")
    page.locator(".to-gop-y input[name=loi]").fill("thiếu <b>số</b> bình quân")
    page.keyboard.press("Enter")
    page.locator(".da-gop-y").wait_for()
    desk_visit.ask("ai ký Kế hoạch 234/KH-LĐLĐ?")
    assert "Đã ghi: câu trả lời chưa đúng" in page.locator(".gop-y-o").first.inner_text()  # it stays

    desk_visit.open("/kho")
    page.locator("a", has_text="Góp ý về câu trả lời (").click()
    listed = page.locator("article", has_text="bình quân")  # others may have spoken before
    assert QUESTION in listed.inner_text()
    assert "Còn thiếu" in listed.inner_text()
    assert "“thiếu <b>số</b> bình quân”" in listed.inner_text()
    listed.locator("a", has_text="Xem và nhận").click()
    page.locator("button", has_text="Nhận làm câu hỏi kiểm tra").click()
    assert "Chưa chọn đoạn nào" in page.locator(".loi").inner_text()
    page.locator(".xem-gop-y .doan-thay", has_text="780").first.locator("input").check()
    page.locator("input[name=trich]").fill("giới thiệu 780 đoàn viên")
    page.locator("input[name=co]").fill("780; 01")
    page.locator("button", has_text="Nhận làm câu hỏi kiểm tra").click()
    with page.expect_download() as saved:
        page.locator("a", has_text="Xuất 1 câu hỏi").click()
    judged = [json.loads(line) for line in Path(saved.value.path()).read_text(encoding="utf-8").splitlines()]
    assert judged[0]["answer"] == ["780", "01"]
    assert judged[0]["gold"][0]["quote"] == "giới thiệu 780 đoàn viên"
    rows, short = evaluate(engine, judged)
    assert rows[-1].n == 1
    assert rows[-1].hit_1 == 1.0
    assert short == []

    page.on("dialog", lambda dialog: dialog.accept())
    listed.locator("button", has_text="Xóa").click()
    page.locator(".viec-soan a", has_text="Đã nhận (0)").wait_for()
    assert listed.count() == 0


@pytest.mark.browser
def test_what_was_not_found_can_be_told_to_be_there(visit: Visit) -> None:
    visit.open().ask("giá vé xem bóng đá hôm nay là bao nhiêu?")
    visit.page.locator(".gop-y-o .che").click()
    reason = visit.page.locator(".to-gop-y label", has_text="Báo không tìm thấy dù kho có")
    reason.wait_for()
    assert reason.evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth }"
    )
    visit.page.locator(".thoi").click()
    assert visit.page.locator(".gop-y-o button").all_inner_texts() == ["Đúng", "Chưa đúng"]


def test_a_right_answer_is_offered_with_its_own_passage_and_figures() -> None:
    document_of = FakeEngine().document
    html = review_page(entry(), (), document_of, asked(ma="a1"))
    assert html.count(" checked") == 1
    assert 'name="co" value="780"' in html
    assert review_page(entry(good=False), (), document_of, asked(ma="a1")).count(" checked") == 0


def test_a_passage_that_is_gone_is_not_offered() -> None:
    gone = Feedback(
        "a1", "2026-01-02T03:04:05+00:00", True, "?", "x", False, sources=(Place("xa", "I", "chữ"),)
    )
    assert 'name="doan"' not in review_page(gone, (), FakeEngine().document, asked(ma="a1"))
    assert "không còn trong kho" in feedback_page([gone], 0, FakeEngine().document, asked())


def test_an_empty_list_says_where_feedback_comes_from() -> None:
    assert "hai nút “Đúng” và “Chưa đúng”" in feedback_page([], 0, FakeEngine().document, asked())
    assert "2 dòng trong sổ góp ý bị hỏng" in feedback_page([], 2, FakeEngine().document, asked())


def test_long_lists_come_by_twenty() -> None:
    html = feedback_page([entry()] * 41, 0, FakeEngine().document, asked(trang="3"))
    assert html.count("<article") == 1
    assert "Trang 3/3" in html


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        pytest.param({}, "Chưa chọn đoạn nào", id="nothing"),
        pytest.param({"doan": "0-9-not-here"}, "Chưa chọn đoạn nào", id="a-document-that-is-not-there"),
        pytest.param({"doan": "0-99999-ke-hoach/12"}, "Chưa chọn đoạn nào", id="the-whole-library"),
        pytest.param({"doan": "0-20-ke-hoach/12", "khong_co": "1"}, "bỏ một trong hai", id="both"),
        pytest.param(
            {"doan": "0-20-ke-hoach/12", "trich": "chữ lạ"}, "không có nguyên văn", id="other-words"
        ),
    ],
)
def test_a_judgement_that_holds_nothing_is_refused(fields: dict[str, str], problem: str) -> None:
    with pytest.raises(FeedbackError, match=problem):
        judgement_from(desk(), entry(), asked(**fields))


def test_gold_is_what_the_library_says_at_that_place() -> None:
    judgement = judgement_from(desk(), entry(), asked(doan="0-18-ke-hoach/12", co=" 780 ;; 01 "))
    assert judgement.gold[0].quote == FakeEngine().document("ke-hoach/12").text[:18]
    assert judgement.gold[0].section == "Mở đầu"
    assert judgement.answer == ("780", "01")
    assert judgement_from(desk(), entry(), asked(khong_co="1")).gold == ()


@pytest.mark.parametrize("value", ["", "1-2", "-1-2-a", "1-x-a", "1234567890-1-a"])
def test_what_no_form_sends_is_no_passage(value: str) -> None:
    assert span_from(value) is None
    assert span_from(value_of(("a-b\n-c", 1, 20))) == ("a-b\n-c", 1, 20)


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        pytest.param({"sec-fetch-site": "same-origin"}, False, id="this-page"),
        pytest.param(
            {"sec-fetch-site": "cross-site", "origin": "http://a:1", "host": "a:1"}, True, id="other"
        ),
        pytest.param({"origin": "http://bad.example", "host": "127.0.0.1:7860"}, True, id="an-older-browser"),
        pytest.param(
            {"origin": "http://127.0.0.1:7860", "host": "127.0.0.1:7860"}, False, id="older-this-page"
        ),
        pytest.param({"host": "127.0.0.1:7860"}, False, id="no-browser"),
    ],
)
def test_other_sites_cannot_send(headers: dict[str, str], refused: bool) -> None:
    assert from_elsewhere(cast("Any", SimpleNamespace(headers=headers))) is refused


def test_the_book_lies_beside_the_index(tmp_path: Path) -> None:
    assert FeedbackBook.beside(tmp_path / "index").folder == tmp_path / "index.feedback"
