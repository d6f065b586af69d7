"""Soạn thảo: what is drawn, letter for letter; and the place itself in a real Chromium."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import AppError, DocumentError
from search.drafting.differences import differences
from search.drafting.drafts import DRAFT_ID, draft_from_text, paragraphs_of
from search.drafting.findings import Finding
from search.drafting.sidebyside import compare_documents
from search.hits import Quotation
from search.precedents import ParagraphFound
from tests.browsing import Visit
from ui.drafting.compare import comparison_html
from ui.drafting.kept import _MOST, Draft, KeptDrafts
from ui.drafting.precedents import MAX_FILE
from ui.drafting.render import findings_html, paragraph_html, side_html
from ui.drafting.routes import read_upload

MARK = re.compile(r'<mark class="khac ([\w ]+)" title="([^"]*)">(.*?)</mark>')
DRAFT = """KẾ HOẠCH
Phát triển đoàn viên năm 2024

I. CHỈ TIÊU

1. Phấn đấu giới thiệu 900 đoàn viên ưu tú cho Đảng xem xét, kết nạp trong năm 2024.

2. Quả bưởi hồng xứ lạ chín rộ giữa mùa đông băng giá.
"""


def marks(ours: str, theirs: str) -> list[tuple[str, str, str]]:
    shown = side_html(differences(ours, theirs), "ours")
    return [(css, html.unescape(said), html.unescape(words)) for css, said, words in MARK.findall(shown)]


def test_figures_years_and_words_are_marked_apart() -> None:
    assert marks("kết nạp 780 người", "kết nạp 500 người") == [("so", "Số khác: bên kia ghi 500", "780")]
    assert marks("năm 2024 này", "năm 2021 này") == [("nam", "Năm khác: bên kia ghi 2021", "2024")]
    assert marks("tổ chức hội nghị", "tổ chức hội thảo") == [("tu", "Lời khác", "nghị")]
    assert marks("giúp thêm người nghèo", "giúp người nghèo") == [("tu rieng", "Bên kia không có", "thêm")]


def test_a_figure_in_a_reworded_stretch_is_marked_by_itself() -> None:
    found = marks("vận động toàn thể 90 hộ dân", "vận động con em ở xa quê dân")
    assert ("so", "90") in [(css, words) for css, _, words in found]
    assert all("90" not in words for css, _, words in found if css == "tu")


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_becomes_markup(ours: str, theirs: str) -> None:
    shown = side_html(differences(ours, theirs), "theirs")
    left = re.sub(r'</?mark[^<>]*>|<span class="cach"></span>|</?sup>', "", shown)
    assert "<" not in left
    assert ">" not in left


def test_a_paragraph_without_precedents_says_so() -> None:
    paragraph = paragraphs_of(draft_from_text("Chào mừng <b>ngày hội</b> lớn của đoàn viên công đoàn."))[0]
    shown = paragraph_html(0, ParagraphFound(paragraph, ()))
    assert "Không tìm thấy tiền lệ gần" in shown
    assert "<b>" not in shown


def test_a_finding_shows_its_words_and_links_to_documents_only() -> None:
    draft = draft_from_text("Theo văn bản số 5 về việc này.")
    held = Quotation("a", None, None, "I", None, "số <5>", 3, 9, "Kế hoạch A, mục I")
    own = Quotation(DRAFT_ID, None, None, "I", None, "số 5", 14, 18, "Bản thảo")
    at = draft.text.index("số 5")
    shown = findings_html(draft, [Finding("figure", "warning", at, at + 4, "Khác <i>.", (held, own))])
    assert "Nên xem lại (1)" in shown
    assert "<mark>số 5</mark>" in shown
    assert shown.count("<a ") == 1
    assert "vb=a&amp;muc=I&amp;tu=3&amp;den=9" in shown
    assert "<i>" not in shown


def test_two_documents_are_compared_and_a_draft_has_no_links() -> None:
    one, other = draft_from_text(DRAFT), draft_from_text(DRAFT.replace("900", "780"))
    shown = comparison_html(compare_documents(one, other))
    assert "1 đoạn sửa đổi" in shown
    assert re.search(r'<mark class="khac so"[^>]*>780</mark>', shown)
    assert "<a " not in shown


def test_drafts_not_looked_at_go_first() -> None:
    kept, draft = KeptDrafts(), Draft(draft_from_text("Một hai ba bốn năm."), (), ())
    first, second = kept.keep(draft), kept.keep(draft)
    kept.get(first)
    for _ in range(_MOST - 1):
        kept.keep(draft)
    assert kept.get(first) is draft
    assert kept.get(second) is None


def test_a_file_is_read_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert read_upload(DRAFT.encode(), "../../bản nháp.TXT").source == "bản nháp.txt"
    with pytest.raises(DocumentError, match="hỏng"):
        read_upload(b"MZ", "hỏng.exe")
    with pytest.raises(AppError, match="lớn hơn 20 MB"):
        read_upload(b"x" * (MAX_FILE + 1), "to.txt")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
def test_a_draft_stands_beside_its_precedents(visit: Visit) -> None:
    visit.open("/soan-thao")
    visit.page.locator("#doan").fill(DRAFT)
    visit.page.get_by_role("button", name="Tìm tiền lệ").click()
    first = visit.page.locator(".doan-soan").first
    first.wait_for()
    assert first.locator(".doi").first.locator("mark.khac.so").first.inner_text() == "900"
    assert "Không tìm thấy tiền lệ gần" in visit.page.locator(".doan-soan").nth(1).inner_text()
    first.locator(".chep-le").first.click()
    first.locator("button", has_text=re.compile("chép")).first.wait_for()
    read = visit.opens(first.locator(".viec a").first)
    read.locator(".van-ban mark").first.wait_for()
    visit.page.locator(".viec-soan a", has_text="Rà soát").click()
    assert "Chưa có “Nơi nhận”" in visit.page.locator(".ra-soat").last.inner_text() + "".join(
        visit.page.locator(".ra-soat").all_inner_texts()
    )
    assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.browser
def test_a_long_draft_comes_from_a_file_in_pieces(desk_visit: Visit) -> None:
    desk_visit.open("/soan-thao")
    body = "\n\n".join(f"{n}. Giới thiệu {n} đoàn viên ưu tú cho Đảng xem xét." for n in range(1, 8))
    file = {"name": "nháp.txt", "mimeType": "text/plain", "buffer": body.encode()}
    desk_visit.page.locator("#tep").set_input_files([file])
    desk_visit.page.get_by_role("button", name="Tìm tiền lệ").click()
    desk_visit.page.locator(".tien-do", has_text="Đã tìm xong").wait_for()
    assert "7/7 đoạn" in desk_visit.page.locator(".tien-do").inner_text()
    assert desk_visit.page.locator(".cho-tim").count() == 0
    assert "nháp.txt" in desk_visit.page.locator(".ban-thao summary").inner_text()


@pytest.mark.browser
def test_what_cannot_be_read_is_told_in_the_page(desk_visit: Visit) -> None:
    desk_visit.open("/soan-thao")
    desk_visit.page.get_by_role("button", name="Tìm tiền lệ").click()
    assert "Bản thảo trống" in desk_visit.page.locator(".loi").inner_text()
    assert desk_visit.page.locator(".khung .ten").is_visible()
    desk_visit.open("/soan-thao?ma=khong-co")
    assert "không còn được giữ" in desk_visit.page.locator(".loi").inner_text()


@pytest.mark.browser
def test_two_documents_are_chosen_and_an_outline_is_saved(visit: Visit) -> None:
    visit.open("/soan-thao?viec=so-sanh")
    visit.page.locator("#mot").select_option("ke-hoach-234-2021-lai-chau")
    visit.page.locator("#hai").select_option("ke-hoach-401-2023-lai-chau")
    visit.page.get_by_role("button", name="So sánh").click()
    visit.page.locator(".muc-so").first.wait_for()
    visit.page.locator(".viec-soan a", has_text="Đề cương").click()
    visit.page.locator("#chu-de").fill("phát triển đoàn viên")
    visit.page.locator("#nam").fill("2026")
    visit.page.keyboard.press("Enter")
    with visit.page.expect_download() as saved:
        visit.page.locator("a", has_text="Tải tệp Word").click()
    assert Path(saved.value.path()).read_bytes()[:2] == b"PK"
    assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
