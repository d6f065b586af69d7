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


def test_results_stand_by_document_with_why_and_marked_words(visit: Visit) -> None:
    visit.open("/tra-cuu")
    visit.page.locator("#q").fill("phát triển đoàn viên năm 2023")
    visit.page.keyboard.press("Enter")
    first = visit.page.locator(".van-ban-thay").first
    first.wait_for()
    assert "2023" in first.locator("h2").inner_text()
    assert "đúng năm 2023" in first.locator(".vi-sao").first.inner_text()
    marked = {text.lower() for text in visit.page.locator(".doan-thay mark").all_inner_texts()}
    assert "phát triển đoàn viên" in marked
    first.locator(".viec a", has_text="Mở tại đoạn này").first.click()
    visit.page.locator(".van-ban mark").first.wait_for()
    visit.page.go_back()
    assert visit.page.locator("#q").input_value() == "phát triển đoàn viên năm 2023"


def test_what_was_understood_can_be_taken_away_and_brought_back(visit: Visit) -> None:
    visit.open(FOUND)
    chip = visit.page.locator(".da-hieu a.the", has_text="năm 2023")
    chip.click()
    visit.page.locator(".the.da-bo").wait_for()
    assert "đúng năm" not in visit.page.locator(".ket-qua").inner_text()
    visit.page.locator(".the.da-bo").click()
    visit.page.locator(".the:not(.da-bo)").wait_for()
    assert "đúng năm 2023" in visit.page.locator(".ket-qua").inner_text()


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


def test_similar_passages_are_of_other_documents(visit: Visit) -> None:
    visit.open(FOUND)
    own = visit.page.locator(".van-ban-thay h2").first.inner_text().split(" ngày")[0]
    visit.page.locator(".viec a", has_text="Tương tự").first.click()
    visit.page.locator(".dang-xem").wait_for()
    assert own in visit.page.locator(".dang-xem").inner_text()
    others = visit.page.locator(".van-ban-thay h2").all_inner_texts()
    assert others
    assert not [name for name in others if name.startswith(own)]


def test_a_paragraph_of_a_draft_finds_its_precedents(visit: Visit) -> None:
    visit.open("/soan-thao")
    visit.page.locator("#doan").fill(
        "Phấn đấu giới thiệu đoàn viên ưu tú cho Đảng xem xét, kết nạp trong năm."
    )
    visit.page.locator("button", has_text="Tìm đoạn tương tự").click()
    visit.page.locator(".doan-thay").first.wait_for()
    assert "ưu tú" in visit.page.locator(".doan-thay .chu").first.inner_text()
    assert visit.page.locator("#doan").input_value().startswith("Phấn đấu giới thiệu")


def test_directives_are_found_by_topic_and_followed_through_the_drawing(visit: Visit) -> None:
    visit.open("/chi-dao")
    visit.page.locator("#q").fill("dân vận")
    visit.page.keyboard.press("Enter")
    visit.page.locator("h2", has_text="Văn bản chỉ đạo").wait_for()
    visit.page.locator(".chi-dao a", has_text="27-CTr/TU").first.click()
    visit.page.locator(".so-do svg").wait_for()
    assert "chưa có trong kho" in visit.page.locator(".ket-qua").inner_text()
    visit.page.locator(".so-do a", has_text="401/KH-LĐLĐ").click()
    visit.page.locator("h2", has_text="401/KH-LĐLĐ").wait_for()
    visit.page.locator(".viec .nut", has_text="Mở văn bản").click()
    visit.page.locator(".van-ban").wait_for()
    assert "vb=ke-hoach-401" in visit.page.url


def test_who_carries_out_a_number_is_told_with_the_words_that_say_so(visit: Visit) -> None:
    visit.open("/chi-dao?q=02-NQ/TW")
    carried = visit.page.locator(".quan-he", has_text="Được triển khai bởi")
    assert "Quảng Trị" in carried.inner_text()
    carried.locator(".loi-van a").first.click()
    visit.page.locator(".van-ban mark").first.wait_for()


def test_the_table_of_targets_opens_its_sources_and_is_saved(visit: Visit) -> None:
    visit.open("/chi-tieu?q=đoàn viên ưu tú&nam=2021")
    row = visit.page.locator(".chi-tieu tbody tr", has_text="780")
    assert "năm 2021" in row.inner_text()
    with visit.page.expect_download() as saved:
        visit.page.locator("a", has_text="Tải bảng Excel").click()
    assert Path(saved.value.path()).read_bytes()[:2] == b"PK"
    row.locator("td[data-ten='Nguồn'] a").click()
    visit.page.locator(".van-ban mark").first.wait_for()
    assert "780" in visit.page.locator(".van-ban mark").first.inner_text()


def test_the_list_of_documents_tells_what_could_not_be_read_and_gives_originals(visit: Visit) -> None:
    visit.open("/kho")
    failed = visit.page.locator(".khong-doc")
    failed.locator("summary").click()
    assert "hỏng.pdf" in failed.inner_text()
    assert "không phải PDF" in failed.inner_text()
    visit.page.locator("#q").fill("ke hoach 234")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**q=ke+hoach+234**")
    rows = visit.page.locator(".bang tbody tr")
    assert rows.count() == 1
    assert "Kế hoạch 234/KH-LĐLĐ" in rows.first.inner_text()
    with visit.page.expect_download() as saved:
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


def test_light_and_dark_are_chosen_and_remembered(visit: Visit) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    visit.open("/kho")
    light = visit.page.evaluate(ground)
    visit.page.locator(".sang-toi").click()
    dark = visit.page.evaluate(ground)
    assert dark != light
    visit.open("/tra-cuu")
    assert visit.page.evaluate(ground) == dark


def test_the_keyboard_reaches_the_content_first(visit: Visit) -> None:
    visit.open(FOUND)
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "nhay"
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.id") == "q"


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


def test_the_page_can_be_installed(visit: Visit) -> None:
    """As Chromium itself judges it: a manifest it can read, with name, icons and a start."""
    visit.open("/kho")
    browser_side = visit.page.context.new_cdp_session(visit.page)
    found = browser_side.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["url"] == f"{visit.address}/tinh/manifest.webmanifest"
    manifest = json.loads(found["data"])
    assert manifest["lang"] == "vi"
    for icon in manifest["icons"]:
        side = int(icon["sizes"].split("x")[0])
        read = visit.page.evaluate(
            "async src => { const i = new Image(); i.src = src; await i.decode(); return i.naturalWidth }",
            icon["src"],
        )
        assert read == side
    errors = browser_side.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # Each test has a window of its own, from which nothing is installed; that is all that may be wrong.
    assert {error["errorId"] for error in errors} <= {"in-incognito"}


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
    for path in (*PLACES.values(), FOUND, "/?vb=ke-hoach-401-2023-lai-chau&tim=dân vận", "/?vb=khong-co"):
        visit.open(path)
        if path == "/":
            visit.ask("chỉ tiêu giới thiệu đảng viên năm 2021")
        visit.page.evaluate(axe)
        if violations := visit.page.evaluate(AXE_RUN):
            found[path] = violations
    context.close()
    assert found == {}
