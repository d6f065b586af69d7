"""Hỏi đáp in a real Chromium, used as staff use it, over an index of the sample documents."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import Visit
from ui import theme

pytestmark = pytest.mark.browser
QUESTION = "chỉ tiêu giới thiệu đảng viên năm 2021"


def test_the_first_question_is_answered_with_figure_address_and_marked_words(visit: Visit) -> None:
    said = visit.open().ask(QUESTION)
    assert "780" in said
    assert "mục II.1.4 (bản viết lại)" in said
    assert "năm 2021" in visit.page.locator(".the").all_inner_texts()
    assert visit.page.locator(".cau-tra-loi strong").first.inner_text() == "780"
    assert "780" in visit.page.locator("#can-cu .doan mark").first.inner_text()
    assert visit.page.locator("#can-cu .doan .nguon").first.inner_text().endswith("mục II.1.4 (bản viết lại)")
    assert visit.page.locator("#o-hoi textarea").input_value() == ""


def test_an_answer_is_read_from_its_beginning(visit: Visit) -> None:
    visit.open().ask(QUESTION)
    visit.ask("còn năm 2023 thì sao?")
    visit.page.locator(".hoi-them .hoi-tiep").first.wait_for()  # what comes later moves nothing
    for shown in (visit.page.locator(".cau-hoi").nth(1), visit.page.locator(".cau-tra-loi").nth(1)):
        visit.page.wait_for_function(
            "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight * 0.7 }",
            arg=shown.element_handle(),
        )


def test_further_passages_unfold(visit: Visit) -> None:
    visit.open().ask(QUESTION)
    passage = visit.page.locator("#can-cu .khac > details").first
    assert not passage.locator(".chu").is_visible()
    assert "(bản viết lại)" in passage.locator("summary").inner_text()
    passage.locator("summary").click()
    assert len(passage.locator(".chu").inner_text()) > 20


def test_a_document_opens_at_the_passage(visit: Visit) -> None:
    visit.open().ask(QUESTION)
    page = visit.opens(visit.page.locator("#can-cu .doan a.nut").first)
    mark = page.locator("mark").first
    assert "780" in mark.inner_text()
    assert mark.evaluate(
        "m => { const r = m.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
    )
    assert page.locator("[data-dich]").inner_text().startswith("1.4.")
    assert "Kế hoạch số 234/KH-LĐLĐ" in page.title()
    assert "bản viết lại" in page.locator(".luu-y").inner_text()
    address = page.url
    page.reload()  # the link is a place of its own: it can be kept and sent to a colleague
    assert page.url == address
    assert "780" in page.locator("mark").first.inner_text()


def test_the_outline_leads_to_its_sections(visit: Visit) -> None:
    visit.open("/?vb=ke-hoach-401-2023-lai-chau")
    last = visit.page.locator(".muc-luc a").last
    last.click()
    section = visit.page.locator(last.get_attribute("href"))
    assert section.evaluate("s => s.getBoundingClientRect().top < innerHeight")
    assert "vb=ke-hoach-401" in visit.page.url


def test_starter_questions_come_from_the_library_and_answer(visit: Visit) -> None:
    visit.open()
    starters = visit.page.locator("#hoi-dap button.example, #hoi-dap .example")
    offered = [text.strip() for text in starters.all_inner_texts()]
    assert "Chỉ tiêu giới thiệu đảng viên năm 2021" in offered
    assert len(offered) == 5
    starters.first.click()
    visit.page.locator(".tra-loi").wait_for()
    assert visit.page.locator(".cau-hoi").inner_text() == offered[0]
    assert "780" in visit.page.locator(".tra-loi").inner_text()


def test_a_follow_up_leans_on_the_turn_before_until_a_new_conversation(visit: Visit) -> None:
    visit.open().ask(QUESTION)
    assert "500" in visit.ask("còn năm 2023 thì sao?")
    visit.page.locator("#moi").click()
    visit.page.locator(".tra-loi").first.wait_for(state="detached")
    assert visit.page.locator("#can-cu mark").count() == 0
    assert "780" in visit.ask(QUESTION)
    assert visit.page.locator(".cau-hoi").count() == 1


def test_what_is_not_there_is_refused_politely_with_the_nearest(visit: Visit) -> None:
    said = visit.open().ask("giá vé xem bóng đá hôm nay là bao nhiêu?")
    assert "Không tìm thấy" in said
    assert "Văn bản gần nhất trong kho" in said
    assert visit.page.locator(".tra-loi li a").count() > 0
    assert "Các đoạn gần nhất" in visit.page.locator("#can-cu").inner_text()
    assert visit.page.locator("#can-cu mark").count() == 0


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("   ", "đang để trống", id="blank"),
        pytest.param("a" * 3000, "2.000 ký tự", id="long"),
        pytest.param("đ" * 60_000, "2.000 ký tự", id="very-long"),
    ],
)
def test_a_question_that_cannot_be_asked_gets_one_sentence(visit: Visit, question: str, said: str) -> None:
    answer = visit.open().ask(question, gets=".loi")
    assert said in answer
    assert len(answer) < 300
    left = visit.page.locator("#o-hoi textarea").input_value()
    assert left == question.strip()[:5_000]  # to be mended, not typed again
    assert "780" in visit.ask(QUESTION)
    assert visit.page.locator(".loi").count() == 0


def test_a_hostile_document_is_only_text(visit: Visit) -> None:
    visit.open().ask("Công đoàn cơ sở đã trồng bao nhiêu cây bàng vuông?")
    assert visit.page.title() == theme.TITLE
    shown = visit.page.locator("#can-cu .doan .chu").first.inner_text()
    assert '<script>document.title = "hỏng"</script>' in shown
    assert "![ảnh](http://bad.example/b.png)" in shown
    assert '<iframe src="http://bad.example/f"></iframe>' in shown
    assert visit.page.locator("#hoi-dap img[src*=bad], #can-cu img, iframe, #can-cu script").count() == 0
    page = visit.opens(visit.page.locator("#can-cu .doan a.nut").first)
    assert "99/BC-LĐLĐ" in page.title()
    assert '<iframe src="http://bad.example/f"></iframe>' in page.locator(".van-ban").inner_text()
    assert page.locator("img, iframe, .van-ban script, .van-ban style").count() == 0


def test_a_hostile_question_is_only_text(visit: Visit) -> None:
    question = "![x](http://bad.example/q.png) <img src=http://bad.example/r.png> **đậm** đảng viên năm 2021"
    visit.open().ask(question)
    assert visit.page.locator(".cau-hoi").inner_text() == question


# All that is read or spoken on the page.
SPOKEN = """() => [...document.querySelectorAll('body *')].flatMap(e => e.checkVisibility()
    ? [e.getAttribute('aria-label'), e.title, e.placeholder,
    ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data)] : [])
    .filter(t => t && t.trim())"""


def test_every_label_is_vietnamese(visit: Visit) -> None:
    visit.open()
    spoken = visit.page.evaluate(SPOKEN)
    visit.ask(QUESTION)
    visit.page.locator(".hoi-them .hoi-tiep").first.wait_for()
    assert visit.page.evaluate("document.documentElement.lang") == "vi"
    spoken += visit.page.evaluate(SPOKEN)
    english = re.compile(
        r"\b(?:the|chat|chatbot|message|bot|user|copy|clear|submit|send|retry|undo|like|settings|loading|"
        r"built|error|textbox|type|new|source|search|open|close|scroll|down|select|example)\b",
        re.IGNORECASE,
    )
    assert [text for text in spoken if english.search(text)] == []
    assert "Câu trả lời" in spoken


def test_gradios_own_words_are_overridden(visit: Visit) -> None:
    """Gradio has no Vietnamese: what the page passes under "en" must win over the built-in words."""
    visit.open()
    status, labels = visit.page.evaluate(
        "() => [window.gradio_config.i18n_translations?.en, Object.keys(window.gradio_config)]"
    )
    assert status["status.queue_position"].startswith("Đang chờ"), labels


def test_the_answer_is_copied_with_its_source(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=visit.address)
    visit.open().ask(QUESTION)
    visit.page.locator(".chep").click()
    visit.page.locator(".chep", has_text="Đã chép").wait_for()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert "780" in copied
    assert copied.endswith("mục II.1.4 (bản viết lại))")
    assert "(Nguồn: Kế hoạch số 234/KH-LĐLĐ" in copied


def test_every_line_of_a_list_is_copied_with_its_source(desk_visit: Visit) -> None:
    desk_visit.page.context.grant_permissions(
        ["clipboard-read", "clipboard-write"], origin=desk_visit.address
    )
    desk_visit.open().ask("Tóm tắt Kế hoạch 234/KH-LĐLĐ")
    desk_visit.page.locator(".chep").click()
    desk_visit.page.locator(".chep", has_text="Đã chép").wait_for()
    copied = desk_visit.page.evaluate("navigator.clipboard.readText()").splitlines()
    items = [n for n, line in enumerate(copied) if line.startswith("- ")]
    assert len(items) > 5
    assert all(copied[n + 1].startswith("(Nguồn: Kế hoạch số 234/KH-LĐLĐ") for n in items)


def test_nothing_sticks_out_sideways(visit: Visit) -> None:
    visit.open().ask(QUESTION)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert visit.page.evaluate(wide) <= 0
    visit.open("/?vb=ke-hoach-234-2021-lai-chau&muc=II.1.4")
    assert visit.page.evaluate(wide) <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_by_day_and_by_night(browser: Any, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    visit = Visit(None, address)
    visit.page = visit.watch(context.new_page())
    visit.open().ask(QUESTION)
    for selector in (
        ".cau-tra-loi",
        ".cau-tra-loi strong",
        ".tra-loi .nguon a",
        "#can-cu mark",
        ".khac summary",
        ".the",
    ):
        ratio = visit.page.locator(selector).first.evaluate(CONTRAST)
        assert ratio >= 4.5, (selector, ratio)
    context.close()


# Contrast of an element's text against the first opaque ground behind it.
# Source: WCAG 2.2, "relative luminance" and "contrast ratio", https://www.w3.org/TR/WCAG22/
CONTRAST = """element => {
  const rgb = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => rgb(c).slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  let ground = element;
  const clear = e => (rgb(getComputedStyle(e).backgroundColor)[3] ?? 1) === 0;
  while (clear(ground)) ground = ground.parentElement;
  const [a, b] = [light(getComputedStyle(element).color), light(getComputedStyle(ground).backgroundColor)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


def test_the_typeface_ships_with_the_program(visit: Visit) -> None:
    visit.open().ask(QUESTION)
    visit.page.evaluate("document.fonts.ready")
    fonts = [url for url in visit.requests if re.search(r"\.(?:woff2?|ttf|otf)(?:\?|$)", url)]
    assert fonts
    assert all(url.startswith(f"{visit.address}/tinh/fonts/be-vietnam-pro-") for url in fonts)
    answer = visit.page.locator(".cau-tra-loi").first
    assert answer.evaluate("e => getComputedStyle(e).fontFamily").startswith('"Be Vietnam Pro"')
    assert visit.page.evaluate("document.fonts.check('16px \\'Be Vietnam Pro\\'', 'Đoàn viên ưu tú ữ ặ ễ')")


def test_the_last_question_is_taken_back_to_be_mended_or_asked_again(desk_visit: Visit) -> None:
    desk_visit.open().ask(QUESTION)
    desk_visit.ask("còn năm 2023 thì sao?")
    desk_visit.page.locator("#sua").click()
    desk_visit.page.locator(".tra-loi").nth(1).wait_for(state="detached")
    assert desk_visit.page.locator("#o-hoi textarea").input_value() == "còn năm 2023 thì sao?"
    assert "500" in desk_visit.ask("còn năm 2023?")  # it still leans on the first
    desk_visit.page.locator("#hoi-lai").click()
    desk_visit.page.locator(".dang-tim").wait_for(state="detached")
    assert desk_visit.page.locator(".cau-hoi").all_inner_texts() == [QUESTION, "còn năm 2023?"]


def test_an_answer_is_saved_as_a_file_and_offers_further_questions(desk_visit: Visit) -> None:
    desk_visit.open().ask(QUESTION)
    with desk_visit.page.expect_download() as saved:
        desk_visit.page.locator("a.luu", has_text="Markdown").click()
    markdown = Path(saved.value.path()).read_text(encoding="utf-8")
    assert markdown.startswith("# KẾT QUẢ TRA CỨU VĂN BẢN\n")
    assert "**780**" in markdown
    assert f"](<{desk_visit.address}/?vb=ke-hoach-234" in markdown
    with desk_visit.page.expect_download() as saved:
        desk_visit.page.locator("a.luu", has_text="Word").click()
    with zipfile.ZipFile(saved.value.path()) as word:
        assert "780" in word.read("word/document.xml").decode("utf-8")
        links = word.read("word/_rels/document.xml.rels").decode("utf-8")
    assert f"{desk_visit.address}/?vb=ke-hoach-234" in links
    further = desk_visit.page.locator(".hoi-them .hoi-tiep").first
    question = further.inner_text()
    further.click()
    desk_visit.page.locator(".tra-loi").nth(1).wait_for()
    assert desk_visit.page.locator(".cau-hoi").nth(1).inner_text() == question
    assert (
        "Nguồn" in desk_visit.page.locator(".tra-loi").nth(1).inner_text()
    )  # none is offered without an answer


def test_what_was_understood_is_taken_away_and_brought_back_in_the_chat(visit: Visit) -> None:
    visit.open().ask(QUESTION)
    page = visit.page
    page.locator(".da-hieu .bo", has_text="năm 2021").click()
    page.locator(".da-hieu .da-bo", has_text="năm 2021").wait_for()
    assert page.locator(".cau-hoi").all_inner_texts() == [QUESTION]
    assert page.locator(".tra-loi").count() == 1
    page.locator(".da-hieu .da-bo", has_text="năm 2021").click()
    page.locator(".da-hieu .da-bo").wait_for(state="detached")
    page.locator(".da-hieu .bo", has_text="năm 2021").wait_for()
    assert "780" in page.locator(".tra-loi").inner_text()


def test_a_conversation_is_there_again_when_one_comes_back(desk_visit: Visit) -> None:
    page = desk_visit.open().page
    desk_visit.ask(QUESTION)
    desk_visit.ask("còn năm 2023 thì sao?")
    desk_visit.open("/chi-tieu")
    desk_visit.open()
    page.locator(".tra-loi").nth(1).wait_for()
    assert page.locator(".cau-hoi").all_inner_texts() == [QUESTION, "còn năm 2023 thì sao?"]
    assert "780" in page.locator(".tra-loi").nth(0).inner_text()
    assert "780" not in page.locator(".tra-loi").nth(1).inner_text()
    assert "780" in desk_visit.ask("thế còn năm 2021?")  # and it goes on
    page.locator("#moi").click()
    page.locator(".cau-hoi").first.wait_for(state="detached")
    page.wait_for_function("sessionStorage.getItem('hoi-thoai') === null")
    desk_visit.open()
    assert page.locator(".cau-hoi").count() == 0


def test_the_history_stays_in_the_browser_and_can_be_cleared_and_turned_off(desk_visit: Visit) -> None:
    desk_visit.open().ask(QUESTION)
    desk_visit.page.evaluate("sessionStorage.clear()")
    desk_visit.open()  # another day
    desk_visit.page.locator(".lich-su summary").click()
    desk_visit.page.locator(".lich-su li .hoi-tiep", has_text=QUESTION).click()
    desk_visit.page.locator(".tra-loi").wait_for()
    assert "780" in desk_visit.page.locator(".tra-loi").inner_text()
    desk_visit.page.locator(".lich-su summary").click()
    assert desk_visit.page.locator(".lich-su li").count() == 1
    desk_visit.page.locator(".xoa-lich-su").click()
    assert desk_visit.page.locator(".lich-su li").count() == 0
    desk_visit.page.locator(".luu-lich-su").uncheck()
    desk_visit.page.keyboard.press("Escape")
    desk_visit.ask("ai ký Kế hoạch 234/KH-LĐLĐ?")
    kept = desk_visit.page.evaluate("Object.entries(localStorage).filter(([, v]) => v.includes('234'))")
    assert kept == []


def test_a_question_comes_along_from_another_place(desk_visit: Visit) -> None:
    desk_visit.open("/tra-cuu?q=ai ký Kế hoạch 234/KH-LĐLĐ?")
    desk_visit.page.locator("a", has_text="Hỏi câu này ở Hỏi đáp").click()
    desk_visit.page.locator("#o-hoi textarea").wait_for()
    desk_visit.page.wait_for_function("document.querySelector('#o-hoi textarea').value.startsWith('ai ký')")
    assert desk_visit.page.url == f"{desk_visit.address}/"
