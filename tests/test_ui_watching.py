"""Theo dõi in a real Chromium: following, what is new, what has been seen; and its HTML without a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

from search.following.watch import latest
from tests.browsing import Visit
from tests.watched_library import RESOLUTION, Library, library, paper
from ui.finding.watching import news_fragment
from ui.frame import Asked

__all__ = ["library"]

ARRIVED_LATER = """() => {
  const kept = JSON.parse(localStorage.getItem("theo-doi"));
  kept.items.forEach((item) => { item.since = 0; item.counted = -1; });
  localStorage.setItem("theo-doi", JSON.stringify(kept));
}"""


def kept(visit: Visit) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(visit.page.evaluate("localStorage.getItem('theo-doi')"))["items"]
    return items


@pytest.mark.browser
def test_a_search_and_a_directive_are_followed_and_told_of(visit: Visit) -> None:
    page = visit.open("/tra-cuu?q=chăm lo đời sống đoàn viên&nam=2021").page
    page.get_by_role("button", name="Theo dõi", exact=True).click()
    page.get_by_role("button", name="Đang theo dõi", pressed=True).wait_for()
    visit.open("/chi-dao?q=02-NQ/TW")
    page.get_by_role("button", name="Theo dõi", exact=True).click()
    assert [item["kind"] for item in kept(visit)] == ["directive", "search"]
    assert page.locator(".chuong .dem").inner_text() == ""

    page.evaluate(ARRIVED_LATER)
    visit.open("/kho")  # any place counts what is new
    page.locator(".chuong .dem", has_text="2").wait_for()
    page.locator(".chuong").click()
    cards = page.locator("#theo-doi .van-ban-thay")
    resolution = cards.filter(has_text="Nghị quyết số 02-NQ/TW")
    resolution.locator(".chi-dao li").first.wait_for()
    assert "văn bản mới" in resolution.locator(".so-luong").inner_text()
    assert "02-NQ/TW" in resolution.locator(".loi-van").first.inner_text()
    searched = cards.filter(has=page.get_by_role("link", name="chăm lo đời sống đoàn viên", exact=True))
    searched.locator(".chi-dao li").first.wait_for()
    assert searched.locator("h2 a").get_attribute("href").endswith("&nam=2021")
    issued = {item.inner_text() for item in searched.locator("li > a").all()}
    assert issued
    assert all("2021" in name for name in issued)

    resolution.get_by_role("button", name="Đã xem").click()
    resolution.get_by_text("Không có gì mới").wait_for()
    page.locator(".chuong .dem", has_text="1").wait_for()
    searched.get_by_role("button", name="Thôi theo dõi").click()
    searched.wait_for(state="detached")
    assert [item["kind"] for item in kept(visit)] == ["directive"]
    visit.open("/chi-dao?q=02-NQ/TW")
    page.get_by_role("button", name="Đang theo dõi").click()
    assert kept(visit) == []


@pytest.mark.browser
def test_the_whole_library_is_followed_and_a_name_kept_is_only_text(desk_visit: Visit) -> None:
    page = desk_visit.open("/theo-doi").page
    page.get_by_text("Chưa theo dõi gì").wait_for()
    page.get_by_role("button", name="Theo dõi cả kho văn bản").click()
    page.get_by_text("Không có gì mới").wait_for()
    hostile = {
        "version": 1,
        "items": [
            {"kind": "search", "address": "javascript:alert(1)?q=x", "name": "<img src=x>", "since": 0}
        ],
    }
    page.evaluate(f"localStorage.setItem('theo-doi', JSON.stringify({json.dumps(hostile)}))")
    desk_visit.open("/theo-doi")
    link = page.locator("#theo-doi h2 a")
    link.wait_for()
    assert (link.inner_text(), link.get_attribute("href")) == ("<img src=x>", "./")
    page.locator("#theo-doi .so-luong").wait_for()


def test_the_news_of_one_thing_as_html(library: Library) -> None:
    engine = library.put(plan=paper("11/KH-LĐLĐ", "Công tác <b>", f"Thực hiện {RESOLUTION} về <i>việc</i>."))
    asked = Asked.of("cach=directive&q=07-NQ/TW&tu=5")
    html = news_fragment(engine, asked)
    assert f'data-so="1" data-moc="{latest(engine.bundle.arrivals)}"' in html
    assert "1 văn bản mới" in html
    assert "triển khai, thực hiện" in html
    assert "<i>" not in html
    seen = news_fragment(engine, Asked.of(f"cach=directive&q=07-NQ/TW&tu={latest(engine.bundle.arrivals)}"))
    assert 'data-so="0"' in seen
    assert "Không có gì mới từ " in seen
    assert "không có văn bản nào" in news_fragment(engine, Asked.of("cach=directive&q=99-NQ/TW&tu=5"))
    assert 'data-so="0" data-moc="7"' in news_fragment(engine, Asked.of("cach=search&q=&tu=7"))
    assert news_fragment(engine, Asked.of("cach=khac&q=a")) == ""
    narrowed = news_fragment(engine, Asked.of("cach=search&q=thực hiện nghị quyết&tu=5&nam=1999"))
    assert 'data-so="0"' in narrowed
