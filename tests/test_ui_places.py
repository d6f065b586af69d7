"""The places made on the server, in a real Chromium: by mouse and keyboard, on a desk and on a phone."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import Visit

pytestmark = pytest.mark.browser
PLACES = {
    "Hỏi đáp": "/",
    "Tra cứu": "/tra-cuu",
    "Soạn thảo": "/soan-thao",
    "Chỉ đạo": "/chi-dao",
    "Chỉ tiêu": "/chi-tieu",
    "Kho văn bản": "/kho",
}
FOUND = "/tra-cuu?q=phát triển đoàn viên năm 2023"


def test_every_place_has_a_link_of_its_own_and_says_where_one_is(visit: Visit) -> None:
    visit.open("/kho")
    for name, path in PLACES.items():
        visit.page.locator(".noi a", has_text=name).click()
        visit.page.wait_for_url(visit.address + path)
        assert visit.page.locator(".noi a[aria-current=page]").inner_text() == name
    assert visit.page.locator("main h1").first.inner_text() == "Kho văn bản"


def test_results_stand_by_document_with_why_and_marked_words(desk_visit: Visit) -> None:
    desk_visit.open("/tra-cuu")
    desk_visit.page.locator("#q").fill("phát triển đoàn viên năm 2023")
    desk_visit.page.keyboard.press("Enter")
    first = desk_visit.page.locator(".van-ban-thay").first
    first.wait_for()
    assert "2023" in first.locator("h2").inner_text()
    assert "đúng năm 2023" in first.locator(".vi-sao").first.inner_text()
    marked = {text.lower() for text in desk_visit.page.locator(".doan-thay mark").all_inner_texts()}
    assert "phát triển đoàn viên" in marked
    first.locator(".viec a", has_text="Mở tại đoạn này").first.click()
    desk_visit.page.locator(".van-ban mark").first.wait_for()
    desk_visit.page.go_back()
    assert desk_visit.page.locator("#q").input_value() == "phát triển đoàn viên năm 2023"


def test_what_was_understood_can_be_taken_away_and_brought_back(desk_visit: Visit) -> None:
    desk_visit.open(FOUND)
    chip = desk_visit.page.locator(".da-hieu a.the", has_text="năm 2023")
    chip.click()
    desk_visit.page.locator(".the.da-bo").wait_for()
    assert "đúng năm" not in desk_visit.page.locator(".ket-qua").inner_text()
    desk_visit.page.locator(".the.da-bo").click()
    desk_visit.page.locator(".the:not(.da-bo)").wait_for()
    assert "đúng năm 2023" in desk_visit.page.locator(".ket-qua").inner_text()


def test_filters_act_at_once_and_stay_in_the_address(visit: Visit) -> None:
    visit.open(FOUND)
    if not visit.page.locator(".loc fieldset").first.is_visible():
        visit.page.locator(".loc summary").first.click()
    visit.page.locator(".loc .chon", has_text="Kế hoạch").click()
    visit.page.wait_for_url("**loai=K**")
    names = visit.page.locator(".van-ban-thay h2").all_inner_texts()
    assert names
    assert all(name.startswith("Kế hoạch") for name in names)
    visit.page.reload()
    assert visit.page.locator(".loc input[value='Kế hoạch']").is_checked()


def test_similar_passages_are_of_other_documents(desk_visit: Visit) -> None:
    desk_visit.open(FOUND)
    own = desk_visit.page.locator(".van-ban-thay h2").first.inner_text().split(" ngày")[0]
    desk_visit.page.locator(".viec a", has_text="Tương tự").first.click()
    desk_visit.page.locator(".dang-xem").wait_for()
    assert own in desk_visit.page.locator(".dang-xem").inner_text()
    others = desk_visit.page.locator(".van-ban-thay h2").all_inner_texts()
    assert others
    assert not [name for name in others if name.startswith(own)]


def test_directives_are_found_by_topic_and_followed_through_the_drawing(desk_visit: Visit) -> None:
    desk_visit.open("/chi-dao")
    desk_visit.page.locator("#q").fill("dân vận")
    desk_visit.page.keyboard.press("Enter")
    desk_visit.page.locator("h2", has_text="Văn bản chỉ đạo").wait_for()
    desk_visit.page.locator(".chi-dao a", has_text="27-CTr/TU").first.click()
    desk_visit.page.locator(".so-do svg").wait_for()
    assert "chưa có trong kho" in desk_visit.page.locator(".ket-qua").inner_text()
    desk_visit.page.locator(".so-do a", has_text="401/KH-LĐLĐ").click()
    desk_visit.page.locator("h2", has_text="401/KH-LĐLĐ").wait_for()
    desk_visit.page.locator(".viec .nut", has_text="Mở văn bản").click()
    desk_visit.page.locator(".van-ban").wait_for()
    assert "vb=ke-hoach-401" in desk_visit.page.url


def test_who_carries_out_a_number_is_told_with_the_words_that_say_so(desk_visit: Visit) -> None:
    desk_visit.open("/chi-dao?q=02-NQ/TW")
    carried = desk_visit.page.locator(".quan-he", has_text="Được triển khai bởi")
    assert "Quảng Trị" in carried.inner_text()
    carried.locator(".loi-van a").first.click()
    desk_visit.page.locator(".van-ban mark").first.wait_for()


def test_the_table_of_targets_opens_its_sources_and_is_saved(desk_visit: Visit) -> None:
    desk_visit.open("/chi-tieu?q=đoàn viên ưu tú&nam=2021")
    row = desk_visit.page.locator(".chi-tieu tbody tr", has_text="780")
    assert "năm 2021" in row.inner_text()
    with desk_visit.page.expect_download() as saved:
        desk_visit.page.locator("a", has_text="Tải bảng Excel").click()
    assert Path(saved.value.path()).read_bytes()[:2] == b"PK"
    row.locator("td[data-ten='Nguồn'] a").click()
    desk_visit.page.locator(".van-ban mark").first.wait_for()
    assert "780" in desk_visit.page.locator(".van-ban mark").first.inner_text()


def test_the_list_of_documents_tells_what_could_not_be_read_and_gives_originals(desk_visit: Visit) -> None:
    desk_visit.open("/kho")
    failed = desk_visit.page.locator(".khong-doc")
    failed.locator("summary").click()
    assert "hỏng.pdf" in failed.inner_text()
    assert "không phải PDF" in failed.inner_text()
    desk_visit.page.locator("#q").fill("ke hoach 234")
    desk_visit.page.keyboard.press("Enter")
    desk_visit.page.wait_for_url("**q=ke+hoach+234**")
    rows = desk_visit.page.locator(".bang tbody tr")
    assert rows.count() == 1
    assert "Kế hoạch 234/KH-LĐLĐ" in rows.first.inner_text()
    with desk_visit.page.expect_download() as saved:
        rows.first.locator("a[download]").click()
    assert saved.value.suggested_filename == "ke-hoach-234-2021-lai-chau.md"
    assert "780" in Path(saved.value.path()).read_text(encoding="utf-8")


def test_a_document_is_searched_inside_with_or_without_marks(visit: Visit) -> None:
    visit.open("/?vb=ke-hoach-401-2023-lai-chau")
    visit.page.locator("#tim").fill("dan van")
    visit.page.keyboard.press("Enter")
    visit.page.locator("mark.dang").wait_for()
    found = visit.page.locator("mark.thay")
    assert {text.lower() for text in found.all_inner_texts()} == {"dân vận"}
    visit.page.locator("a", has_text="Sau ›").click()
    assert f"Chỗ 2/{found.count()}" in visit.page.locator(".tim-trong .so-luong").inner_text()
    assert found.nth(1).evaluate(
        "m => { const r = m.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
    )


def test_a_pdf_opens_at_its_page_in_the_browsers_own_reader(desk_visit: Visit) -> None:
    desk_visit.open("/?vb=hai-trang")
    links = desk_visit.page.locator(".trang-so a")
    assert links.all_inner_texts() == ["Trang 1 bản gốc", "Trang 2 bản gốc"]
    links.nth(1).click()
    own_reader = desk_visit.page.locator("a", has_text="Mở bằng trình đọc PDF của máy")
    assert own_reader.get_attribute("href").endswith("#page=2")
    got = desk_visit.page.request.get(f"{desk_visit.address}/ban-goc?vb=hai-trang&xem=1")
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"].startswith("inline")
    assert got.body().startswith(b"%PDF")
    # What is no PDF is never shown by the browser, whatever is asked.
    other = desk_visit.page.request.get(f"{desk_visit.address}/ban-goc?vb=ke-hoach-234-2021-lai-chau&xem=1")
    assert other.headers["content-type"] == "application/octet-stream"
    assert other.headers["content-disposition"].startswith("attachment")


def test_light_and_dark_are_chosen_and_remembered(desk_visit: Visit) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    desk_visit.open("/kho")
    light = desk_visit.page.evaluate(ground)
    desk_visit.page.locator(".sang-toi").click()
    dark = desk_visit.page.evaluate(ground)
    assert dark != light
    desk_visit.open("/tra-cuu")
    assert desk_visit.page.evaluate(ground) == dark


def test_the_keyboard_reaches_the_content_first(desk_visit: Visit) -> None:
    desk_visit.open(FOUND)
    desk_visit.page.keyboard.press("Tab")
    assert desk_visit.page.evaluate("document.activeElement.className") == "nhay"
    desk_visit.page.keyboard.press("Enter")
    desk_visit.page.keyboard.press("Tab")
    assert desk_visit.page.evaluate("document.activeElement.id") == "q"


def test_no_place_sticks_out_sideways(visit: Visit) -> None:
    for path in (
        *list(PLACES.values())[1:],
        FOUND,
        "/chi-tieu?q=đoàn viên",
        "/?vb=ke-hoach-401-2023-lai-chau",
    ):
        visit.open(path)
        wide = visit.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, path


@pytest.mark.parametrize("width", [320, 700, 870, 1000, 1190])
def test_no_width_makes_a_page_stick_out(desk_visit: Visit, width: int) -> None:
    """Tablets, windows on half a screen, and letters made larger."""
    desk_visit.page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", "/kho", "/chi-tieu?q=đoàn viên", "/trang-goc?vb=hai-trang&tu=0&den=20"):
        desk_visit.open(path)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert desk_visit.page.evaluate(wide) <= 0, path


def test_the_page_can_be_installed(desk_visit: Visit) -> None:
    """As Chromium itself judges it: a manifest it can read, with name, icons and a start."""
    desk_visit.open("/kho")
    browser_side = desk_visit.page.context.new_cdp_session(desk_visit.page)
    found = browser_side.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{desk_visit.address}/tinh/manifest.webmanifest"
    manifest = json.loads(found["data"])
    assert manifest["lang"] == "vi"
    for icon in manifest["icons"]:
        side = int(icon["sizes"].split("x")[0])
        read = desk_visit.page.evaluate(
            "async src => { const i = new Image(); i.src = src; await i.decode(); return i.naturalWidth }",
            icon["src"],
        )
        assert read == side
    errors = browser_side.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # Each test has a window of its own, from which nothing is installed; that is all that may be wrong.
    assert {error["errorId"] for error in errors} <= {"in-incognito"}


FURTHER = (
    FOUND,
    "/?vb=ke-hoach-401-2023-lai-chau&tim=dân vận",
    "/?vb=khong-co",
    "/trang-goc?vb=hai-trang&trang=2&tu=0&den=80",
    "/chi-dao?q=02-NQ/TW",
    "/chi-tieu?q=đoàn viên",
    "/soan-thao?viec=de-cuong&loai=Kế hoạch&chu-de=nữ công&nam=2026",
    "/gop-y",
)


def _is_answered(visit: Visit) -> None:
    visit.ask("chỉ tiêu giới thiệu đảng viên năm 2021")
    visit.page.locator(".gop-y-o .che").click()
    visit.page.locator(".to-gop-y").wait_for()


def _is_judged(visit: Visit) -> None:
    visit.page.locator(".to-gop-y button.chinh").click()
    visit.page.locator(".da-gop-y").wait_for()


def _is_reviewed(visit: Visit) -> None:
    visit.page.locator("a", has_text="Xem và nhận").first.click()
    visit.page.locator(".xem-gop-y").wait_for()


def _is_drafted(visit: Visit) -> None:
    visit.page.locator("main textarea").fill(
        "Năm 2023 giới thiệu 900 đoàn viên ưu tú để Đảng xem xét, kết nạp."
    )
    visit.page.locator("button", has_text="Tìm tiền lệ").click()
    visit.page.locator(".doan-soan").first.wait_for()


def _is_checked(visit: Visit) -> None:
    visit.page.locator(".viec-soan a", has_text="Rà soát").click()
    visit.page.locator(".viec-soan a[aria-current]", has_text="Rà soát").wait_for()


# What is looked at on a page after it was opened: one step after the other.
FURTHER_IN = {
    "/": (_is_answered, _is_judged),
    "/gop-y": (_is_reviewed,),
    "/soan-thao": (_is_drafted, _is_checked),
}


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's source; where it is not installed (AXE names it), its test is skipped."""
    path = Path(os.environ.get("AXE", "no-such-file"))
    if not path.is_file():
        pytest.skip("axe-core is not here: npm install axe-core, then AXE=node_modules/axe-core/axe.min.js")
    return path.read_text(encoding="utf-8")


AXE_RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter(v => ['serious', 'critical'].includes(v.impact))
  .map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 160)).slice(0, 3).join(' | ')}`)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_people_out(browser: Any, address: str, axe: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 860}, color_scheme=scheme)
    visit = Visit(None, address)
    visit.page = visit.watch(context.new_page())
    found: dict[str, list[str]] = {}

    def look() -> None:
        visit.page.evaluate(axe)
        if violations := visit.page.evaluate(AXE_RUN):
            found[visit.page.url] = violations

    for path in (*PLACES.values(), *FURTHER):
        visit.open(path)
        look()
        for step in FURTHER_IN.get(path, ()):
            step(visit)
            look()
    context.close()
    assert found == {}
