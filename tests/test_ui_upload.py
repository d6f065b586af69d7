"""Adding documents: over HTTP with everything that goes wrong, and in a real Chromium as staff do it."""

from __future__ import annotations

import asyncio
import base64
import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from index.files import sha256_of
from index.keeping import Home, KeepingError
from tests.browsing import WIDTHS, Visit, chromium
from tests.uploading import PATIENCE_S, ROOT, Server, bomb, docx, plan
from ui.shelf import receiving
from ui.shelf.receiving import check_announced, left_over, receive

CAMP = docx(plan(46, "Tổ chức cắm trại hè", "Có 1.234 thiếu nhi dự cắm trại hè."))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("kho"))
    server.folder.mkdir()
    first = plan(45, "Tổ chức hội thao công nhân", "Vận động 350 đoàn viên dự hội thao.")
    (server.folder / "hoi-thao.txt").write_text(first, encoding="utf-8")
    server.build()
    yield server.start()
    server.stop()
    assert (server.work / "stderr.txt").read_text(encoding="utf-8").replace("Đã dừng.\n", "") == ""


# --- Over HTTP ---


def test_a_file_is_answered_from_without_a_restart(served: Server) -> None:
    assert "1.234" not in served.finds("thiếu nhi dự cắm trại hè")
    row = served.add("../../Cắm trại.DOCX", CAMP)
    assert "Đã vào kho, hỏi được ngay" in row
    for said in (
        "46/KH-LĐLĐ",
        "7/8/2019",
        "Liên đoàn Lao động tỉnh Hà Giang",
        "Kế hoạch",
        "Tổ chức cắm trại",
    ):
        assert said in row
    assert "1.234" in served.finds("thiếu nhi dự cắm trại hè")
    assert (served.folder / "tai-len" / "Cắm trại.docx").read_bytes() == CAMP
    again = served.add("bản khác.docx", CAMP)
    assert "đã có trong kho, tên tệp là tai-len/Cắm trại.docx" in again
    other = docx(plan(47, "Tổ chức cắm trại đông", "Có 88 thiếu nhi dự cắm trại đông."))
    assert "được lưu là tai-len/Cắm trại (2).docx" in served.add("Cắm trại.docx", other)
    assert (served.folder / "tai-len" / "Cắm trại.docx").read_bytes() == CAMP


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        pytest.param("x.exe", b"MZ", "Chưa đọc được loại tệp .exe", id="unknown-kind"),
        pytest.param("x.docx", b"", "Tệp rỗng (0 byte)", id="empty"),
        pytest.param("x.docx", b"PK\x03\x04rubbish", "Tệp hỏng", id="damaged"),
        pytest.param("x.txt", b" \n ", "hông có chữ nào", id="no-words"),
        pytest.param("x.docx", bomb(), "nén", id="zip-bomb"),
    ],
)
def test_what_cannot_be_taken_is_told_and_leaves_no_trace(
    served: Server, name: str, body: bytes, said: str
) -> None:
    before = served.files()
    sent = served.send(name, body)
    row = sent.get("loi") or served.fate(sent)
    assert said in row
    assert served.files() == before


def test_two_at_once_and_those_who_search_meanwhile(served: Server) -> None:
    rows: dict[int, str] = {}
    answered: list[bool] = []
    over = threading.Event()

    def add(n: int) -> None:
        text = plan(n, f"Thi đua việc số {n}", f"Mỗi tổ {n} sáng kiến trong đợt thi đua việc số {n}.")
        rows[n] = served.add("thi đua.docx", docx(text))

    def search() -> None:
        while not over.is_set():
            status, page = served.call("/tra-cuu?q=h%E1%BB%99i+thao")
            answered.append(status == 200 and "hội thao" in page)

    searching = threading.Thread(target=search)
    searching.start()
    threads = [threading.Thread(target=add, args=(n,)) for n in (61, 62, 63)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    searching.join()
    assert all("hỏi được ngay" in row for row in rows.values()), rows
    assert len(answered) > 2
    assert all(answered)
    for n in (61, 62, 63):
        assert f"{n}/KH-LĐLĐ" in served.finds(f"kế hoạch {n}/KH-LĐLĐ")


def test_a_correction_holds_through_a_rebuild_by_another_process(served: Server) -> None:
    right = {"issuer": "Công đoàn Viên chức tỉnh", "type": "Kế hoạch", "title": "Tổ chức hội thao công nhân"}
    status, page = served.form("/kho-sua", vb="hoi-thao", number="sai", date="7/8/2019", **right)
    assert status == 400
    assert "không phải số ký hiệu" in page
    assert 'aria-describedby="sai-number ghi-number"' in page
    status, page = served.form("/kho-sua", vb="hoi-thao", number="9/kh-ldld", date="5/3/2020", **right)
    assert status == 200
    assert "Đã lưu chỗ sửa" in page
    for said in ("9/KH-LĐLĐ", "5/3/2020", "sửa tay"):
        assert said in page
    assert "9/KH-LĐLĐ" in served.finds("kế hoạch 9/KH-LĐLĐ")
    reader = unescape(served.call("/?vb=hoi-thao")[1])
    assert "Đã sửa bằng tay" in reader
    assert "số ký hiệu (văn bản ghi: 45/KH-LĐLĐ)" in reader
    # Another process rebuilds all and goes on watching; what is sent meanwhile is not lost.
    command = [sys.executable, "build_index.py", str(served.folder), "--index-dir", str(served.index)]
    watching = subprocess.Popen(
        [*command, "--rebuild", "--watch", "--interval", "0.2"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        text = plan(71, "Tổ chức hội xuân", "Gói 555 bánh chưng trong hội xuân.")
        assert "hỏi được ngay" in served.add("hội xuân.docx", docx(text))
        assert watching.stdout is not None
        assert "văn bản" in watching.stdout.readline()
    finally:
        watching.terminate()
        watching.communicate()
    assert "555" in served.finds("gói bánh chưng trong hội xuân")
    assert "9/KH-LĐLĐ" in served.finds("kế hoạch 9/KH-LĐLĐ")
    _, page = served.form("/kho-sua", vb="hoi-thao", number="9/KH-LĐLĐ", date="5/3/2020", theo="het", **right)
    assert "9/KH-LĐLĐ" not in page
    assert "45/KH-LĐLĐ" in served.finds("kế hoạch 45/KH-LĐLĐ")


def test_removed_restored_and_replaced(served: Server) -> None:
    first = docx(plan(81, "Tổ chức văn nghệ", "Dựng 17 tiết mục văn nghệ quần chúng."))
    row = served.add("văn nghệ.docx", first)
    doc_id = "tai-len/văn nghệ"
    assert "17" in row or "81/KH-LĐLĐ" in row
    _, page = served.form("/kho-go", vb=doc_id, ten="Kế hoạch văn nghệ")
    assert "Đã gỡ văn bản khỏi kho" in page
    assert "Dựng 17" not in served.finds("tiết mục văn nghệ quần chúng")
    key = page.partition('name="ma" value="')[2].partition('"')[0]
    status, page = served.form("/kho-go", vb=doc_id)
    assert status == 400
    assert "không còn trong kho" in page
    _, page = served.form("/kho-khoi-phuc", ma=key)
    assert "Đã khôi phục" in page
    assert "17" in served.finds("tiết mục văn nghệ quần chúng")
    second = docx(plan(81, "Tổ chức văn nghệ", "Dựng 19 tiết mục văn nghệ quần chúng."))
    assert "hỏi được ngay" in served.add("bản mới.docx", second, replaces=doc_id)
    found = served.finds("tiết mục văn nghệ quần chúng")
    assert "19" in found
    assert "Dựng <mark>17" not in found
    assert (served.folder / "tai-len" / "văn nghệ.docx").read_bytes() == second
    kept = [path for path in (served.folder / ".tra-cuu" / "da-go").glob("*/tep/*") if path.is_file()]
    assert first in [path.read_bytes() for path in kept]
    row = served.add("hỏng.docx", b"PK\x03\x04rubbish", replaces=doc_id)
    assert "Chưa đọc được" in row  # and what it was to replace stays
    assert (served.folder / "tai-len" / "văn nghệ.docx").read_bytes() == second


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"sec-fetch-site": "cross-site"}, id="another-site"),
        pytest.param({"sec-fetch-site": "same-site"}, id="another-port"),
        pytest.param({"origin": "http://bad.example"}, id="an-older-browser"),
        pytest.param({"origin": "null"}, id="a-file-or-sandbox"),
    ],
)
def test_no_other_page_can_make_a_browser_change_the_library(served: Server, headers: dict[str, str]) -> None:
    before = served.files()
    for path, body in [("/kho-go", b"vb=hoi-thao"), ("/kho-tep?ten=x.docx", CAMP + b"x")]:
        status, said = served.call(path, body, headers)
        assert (status, "đến từ một trang khác" in said) == (403, True)
    assert served.files() == before


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"sec-fetch-site": "same-origin", "host": "bad.example"}, id="newer"),
        pytest.param({"origin": "http://bad.example", "host": "bad.example"}, id="older"),
    ],
)
def test_a_name_that_somebody_points_at_this_machine_is_not_ours(
    served: Server, headers: dict[str, str]
) -> None:
    before = served.files()
    for path, body in [("/kho-go", b"vb=hoi-thao"), ("/kho-tep?ten=x.docx", CAMP + b"x")]:
        status, said = served.call(path, body, headers)
        assert (status, "TRACUU_HOSTS" in said) == (403, True)
    assert served.files() == before
    assert served.call("/kho", headers={"host": "127.0.0.1"})[0] == 200


def test_a_disk_that_fills_up_is_told_and_gone_on_with_when_there_is_room(served: Server) -> None:
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("only Linux can limit a process that runs")
    assert served.process is not None
    pid, room = served.process.pid, resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE)
    body = docx(plan(85, "Tổ chức hội sách", "Bày 640 đầu sách trong hội sách."))
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (len(body) + 500, room[1]))
    try:
        big = served.send("lớn.docx", body + bytes(5000))
        assert "Không ghi được" in big["loi"]
        assert "vẫn còn nguyên" in big["loi"]
        sent = served.send("hội sách.docx", body)
        until = time.monotonic() + PATIENCE_S
        while "Không ghi được chỉ mục" not in (page := served.call("/kho")[1]):
            assert time.monotonic() < until, page
        assert "đang đưa vào kho" in page
        assert "hội thao" in served.finds("hội thao công nhân")  # those who search see nothing of it
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, room)
    assert "hỏi được ngay" in served.fate(sent)
    assert "640" in served.finds("bày bao nhiêu đầu sách trong hội sách")


def test_a_server_killed_while_it_takes_files_in_loses_none(served: Server) -> None:
    sent = []
    for n in range(91, 96):
        text = plan(n, f"Hội nghị chuyên đề {n}", f"Mời {n} đại biểu dự hội nghị chuyên đề {n}.")
        sent.append(served.send(f"hội nghị {n}.docx", docx(text)))
    assert all("ma" in said for said in sent)
    served.stop(kill=True)
    part = served.folder / ".tra-cuu" / "dang-nhan" / "00000000000000000001-00000000.part"
    part.write_bytes(b"half a file")
    os.utime(part, (1, 1))
    # As if it had been killed after it placed a file, and after it kept a correction.
    placed = plan(97, "Tổ chức hội trại", "Dựng 97 lều trại trong hội trại.")
    (served.folder / "tai-len" / "hội trại.txt").write_text(placed, encoding="utf-8")
    home = Home.of(served.folder, served.index)
    home.correct(sha256_of(served.folder / "hoi-thao.txt"), "hoi-thao.txt", {"number": "98/KH-LĐLĐ"})
    served.start()
    until = time.monotonic() + PATIENCE_S
    for number in (*range(91, 96), 97, 98):
        while f"Kế hoạch {number}/KH-LĐLĐ" not in served.call(f"/kho?q={number}")[1]:
            assert time.monotonic() < until, number
    assert "1.234" in served.finds("thiếu nhi dự cắm trại hè")
    assert not list((served.folder / ".tra-cuu" / "dang-nhan").iterdir())


# --- Receiving, without a server ---


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def take(home: Home, *parts: bytes, name: str = "a.txt") -> receiving.Received:
    with ThreadPoolExecutor(1) as pool:  # a browser test before this one leaves its loop in this thread
        return pool.submit(asyncio.run, receive(home, pieces(*parts), name, None)).result()


def test_a_full_disk_is_told_and_nothing_of_the_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home.of(tmp_path, tmp_path / "index")
    kept = take(home, b"mot", b"hai")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(KeepingError, match=r"Đĩa đã đầy.*giải phóng chỗ"):
            take(home, b"ba")
    assert [received.path.read_bytes() for received in left_over(home)] == [b"mothai"]
    assert {path.stem for path in home.incoming.iterdir()} == {kept.key}


def test_a_file_is_refused_before_it_travels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home.of(tmp_path, tmp_path / "index")
    check_announced(home, "a.docx", 1000)
    with pytest.raises(KeepingError, match="lớn hơn 100 MB"):
        check_announced(home, "a.docx", receiving.MAX_FILE + 1)
    with pytest.raises(KeepingError, match="không có đuôi"):
        check_announced(home, "a", 1)
    monkeypatch.setattr(receiving.shutil, "disk_usage", lambda path: _Usage())
    with pytest.raises(KeepingError, match="Đĩa sắp đầy"):
        check_announced(home, "a.docx", 1000)


class _Usage:
    free = 1000


def test_what_grows_past_the_limit_is_let_go_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MAX_FILE", 5)
    home = Home.of(tmp_path, tmp_path / "index")
    with pytest.raises(KeepingError, match="Tệp lớn hơn"):
        take(home, b"mot", b"hai")
    assert list(home.incoming.iterdir()) == []


# --- In a browser ---

DROP = """async ([name, body]) => {
    const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name));
    const target = document.querySelector(".tha-tep");
    for (const kind of ["dragenter", "dragover", "drop"]) {
        const init = { bubbles: true, cancelable: true, dataTransfer: transfer };
        target.dispatchEvent(new DragEvent(kind, init));
    }
}"""


@pytest.fixture(params=list(WIDTHS))
def shelf(request: pytest.FixtureRequest, browser: Any, served: Server) -> Iterator[Visit]:
    chromium()
    width, height = WIDTHS[request.param]
    scheme = "dark" if request.param == "phone" else "light"
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="vi-VN", color_scheme=scheme
    )
    made = Visit(None, served.address)
    made.page = made.watch(context.new_page())
    yield made.open("/kho")
    context.close()
    assert [url for url in made.requests if not url.startswith((served.address, "data:", "blob:"))] == []
    assert made.complaints == []


@pytest.mark.browser
def test_dropped_corrected_asked_removed_and_restored(shelf: Visit) -> None:
    page, width = shelf.page, shelf.page.viewport_size["width"]
    number, what = (201, "cờ vua") if width > 1000 else (202, "cờ tướng")
    body = docx(plan(number, f"Tổ chức giải {what}", f"Giải {what} có {number} kỳ thủ công nhân dự thi."))
    page.evaluate(DROP, [f"giải {what}.docx", base64.b64encode(body).decode()])
    row = page.locator(".tep-gui.tot", has_text=f"giải {what}.docx")
    row.wait_for()
    assert "Đã vào kho, hỏi được ngay" in row.inner_text()
    assert f"{number}/KH-LĐLĐ" in row.inner_text()
    page.locator(".ket-qua tbody tr", has_text=f"giải {what}.docx").wait_for()  # the list below knows it too
    row.get_by_role("link", name="Sửa, thay, gỡ").click()
    page.locator("#number").wait_for()
    page.locator("#date").fill("31/2/2020")
    page.get_by_role("button", name="Lưu chỗ sửa").click()
    page.locator(".sai").wait_for()
    assert "không phải là một ngày" in page.locator(".sai").inner_text()
    shelf.complaints[:] = [said for said in shelf.complaints if "400" not in said]
    assert page.locator("#date").get_attribute("aria-invalid") == "true"
    page.locator("#date").fill("9/9/2022")
    page.get_by_role("button", name="Lưu chỗ sửa").click()
    page.locator(".da-xong").wait_for()
    assert "9/9/2022" in page.locator(".ket-qua tbody tr", has_text=f"giải {what}.docx").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    shelf.open("/")
    assert str(number) in shelf.ask(f"giải {what} có bao nhiêu kỳ thủ công nhân dự thi?")
    shelf.open("/kho")
    page.locator(".ket-qua tbody tr", has_text=f"giải {what}.docx").get_by_role(
        "link", name="Sửa, gỡ"
    ).click()
    page.get_by_role("button", name="Gỡ khỏi kho").click()
    page.locator(".da-xong", has_text="Đã gỡ").wait_for()
    assert page.locator(".ket-qua tbody tr", has_text=f"giải {what}.docx").count() == 0
    page.locator(".da-go summary").click()
    page.locator(".da-go li", has_text=f"giải {what}").get_by_role("button", name="Khôi phục").click()
    page.locator(".da-xong", has_text="Đã khôi phục").wait_for()
    restored = page.locator(".ket-qua tbody tr", has_text=f"giải {what}.docx")
    assert "9/9/2022" in restored.inner_text()  # what was corrected belongs to the file's content


@pytest.mark.browser
def test_by_keyboard_and_what_is_refused_is_said(shelf: Visit, served: Server, tmp_path: Path) -> None:
    page = shelf.page
    bad = tmp_path / "bảng.exe"
    bad.write_bytes(b"MZ")
    page.bring_to_front()
    page.locator("#tep-moi").focus()
    assert page.evaluate("document.activeElement.matches('input:focus-visible')")
    with page.expect_file_chooser() as chosen:
        page.locator("#tep-moi").press("Space")
    chosen.value.set_files(str(bad))
    row = page.locator(".tep-gui.hong", has_text="bảng.exe")
    row.locator("p", has_text="Chưa đọc được loại tệp .exe").wait_for()
    shelf.complaints[:] = [said for said in shelf.complaints if "400" not in said]
    served.add("tab khác.txt", plan(301, "Tổ chức hội chợ", "Dựng 40 gian hàng hội chợ.").encode())
    other = shelf.watch(page.context.new_page())  # another tab sees what somebody sent elsewhere
    other.goto(shelf.address + "/kho")
    other.locator("main").wait_for()
    assert other.locator(".them-vb h2").inner_text() == "Thêm văn bản"
    assert other.get_by_role("list", name="Các tệp vừa gửi").count() == 1
    assert "tab khác.txt" in other.locator(".cac-tep").inner_text()


@pytest.mark.browser
def test_nothing_keeps_people_out(shelf: Visit) -> None:
    path = Path(os.environ.get("AXE", "node_modules/axe-core/axe.min.js"))
    if not path.is_file():
        pytest.skip("axe-core is not here: npm install axe-core, then AXE=node_modules/axe-core/axe.min.js")
    axe = path.read_text(encoding="utf-8")
    run = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
        .filter((v) => ['serious', 'critical'].includes(v.impact))
        .map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)"""
    for place in ("/kho", "/kho-van-ban?vb=hoi-thao"):
        shelf.open(place)
        shelf.page.evaluate(axe)
        assert shelf.page.evaluate(run) == []
        assert shelf.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
