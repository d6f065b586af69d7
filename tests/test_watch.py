"""Watching: what is new of a search, a directive and the library, and the list on the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search.__main__ import main
from search.engine import Engine
from search.following.watch import News, Watched, latest, news_json, news_of
from search.following.watchlist import VERSION, WatchlistError, beside, read_watched, write_watched
from tests.watched_library import RESOLUTION, UNION, Library, library, paper

__all__ = ["library"]

HOUSING = "hỗ trợ nhà ở cho đoàn viên"
OLD = paper(
    "61/QĐ-TLĐ",
    "Ban hành Quy định về thư viện lưu động",
    "Mở thư viện lưu động.",
    kind="QUYẾT ĐỊNH",
    office=UNION,
)
PLAN = paper("11/KH-LĐLĐ", "Công tác năm 2023", f"Thực hiện {RESOLUTION}.", "Mở hội thao cho công nhân.")


def since(engine: Engine) -> int:
    return latest(engine.bundle.arrivals)


def about(engine: Engine, kind: Any, text: str, moment: int) -> News:
    return news_of(engine, Watched(kind, text, moment))


def told(news: News) -> dict[str, tuple[bool, str]]:
    return {new.doc_id: (new.changed, new.why) for new in news.items}


def test_nothing_is_new_of_what_was_there(library: Library) -> None:
    engine = library.put(old=OLD, plan=PLAN)
    for kind, text in (("search", "thư viện lưu động"), ("directive", "07-NQ/TW"), ("library", "")):
        assert about(engine, kind, text, since(engine)).items == ()


def test_a_search_tells_new_documents_that_speak_of_it_and_those_that_do_now(library: Library) -> None:
    moment = since(library.put(old=OLD, plan=PLAN))
    housing = paper(
        "12/KH-LĐLĐ", "Chăm lo đời sống", "Hỗ trợ nhà ở cho đoàn viên khó khăn, mỗi căn 40 triệu đồng."
    )
    other = paper("13/KH-LĐLĐ", "Hội diễn văn nghệ", "Mở hội diễn văn nghệ quần chúng ở các cụm thi đua.")
    more = PLAN.replace("Mở hội thao cho công nhân.", "Hỗ trợ nhà ở cho đoàn viên ở khu công nghiệp.")
    engine = library.put(housing=housing, other=other, plan=more)
    news = about(engine, "search", HOUSING, moment)
    assert {doc_id: changed for doc_id, (changed, _) in told(news).items()} == {
        "housing": False,
        "plan": True,
    }
    for new in news.items:
        for quote in new.passages:
            assert engine.document(quote.doc_id).text[quote.start : quote.end] == quote.quote
        assert "nhà ở" in new.passages[0].quote
    assert about(engine, "search", HOUSING, news.latest).items == ()
    narrowed = news_of(engine, Watched("search", HOUSING, moment), frozenset({"housing", "old"}))
    assert list(told(narrowed)) == ["housing"]


def test_what_speaks_less_of_it_than_what_was_there_is_no_news(library: Library) -> None:
    whole = paper("12/KH-LĐLĐ", "Chăm lo", "Hỗ trợ nhà ở cho đoàn viên khó khăn, mỗi căn 40 triệu đồng.")
    moment = since(library.put(old=OLD, whole=whole))
    engine = library.put(other=paper("13/KH-LĐLĐ", "Hội thao", "Mở hội thao cho đoàn viên."))
    assert about(engine, "search", HOUSING, moment).items == ()


def test_a_directive_tells_what_changes_it_carries_it_out_and_that_it_has_come(library: Library) -> None:
    moment = since(library.put(old=OLD, plan=PLAN))
    new = paper(
        "90/QĐ-TLĐ", "Ban hành Quy chế thư viện", "Căn cứ Điều lệ Công đoàn Việt Nam.",
        "Quyết định này có hiệu lực từ ngày ký và thay thế Quyết định số 61/QĐ-TLĐ ngày 12/01/2023 của "
        "Tổng Liên đoàn Lao động Việt Nam.", kind="QUYẾT ĐỊNH", office=UNION, date=(3, 3, 2024),
    )  # fmt: skip
    uses = paper(
        "15/KH-LĐLĐ", "Triển khai", "Thực hiện Quyết định số 61/QĐ-TLĐ ngày 12/01/2023 của Tổng Liên đoàn."
    )
    resolution = paper(
        "07-NQ/TW",
        "về việc làm của công nhân",
        "Các cấp ủy quán triệt.",
        kind="NGHỊ QUYẾT",
        office="BỘ CHÍNH TRỊ",
        date=(15, 5, 2022),
        place="Hà Nội",
    )
    engine = library.put(new=new, uses=uses, resolution=resolution)
    found = told(about(engine, "directive", "61/QĐ-TLĐ", moment))
    assert list(found) == ["new", "uses"]
    assert found["new"] == (False, "thay thế")
    arrived = about(engine, "directive", "07-NQ/TW", moment)
    assert told(arrived) == {"resolution": (False, "chính văn bản này; 1 văn bản trong kho nhắc tới")}
    assert arrived.known
    assert not about(engine, "directive", "999-NQ/TW", moment).known


def test_one_of_several_works_of_a_number_can_be_followed(library: Library) -> None:
    engine = library.put(
        son_la=PLAN,
        bac_kan=paper(
            "11/KH-LĐLĐ", "Công tác", "Việc khác.", office="LIÊN ĐOÀN LAO ĐỘNG TỈNH BẮC KẠN", place="Bắc Kạn"
        ),
    )
    moment = since(engine)
    engine = library.put(
        report=paper(
            "70/BC-LĐLĐ",
            "Kết quả",
            "Thực hiện Kế hoạch số 11/KH-LĐLĐ ngày 12/01/2023 của Liên đoàn Lao động tỉnh Bắc Kạn.",
            kind="BÁO CÁO",
        )
    )
    from search.directing.graph import graph_of

    works = {work.held[0]: work.work_id for work in graph_of(engine.bundle).find("11/KH-LĐLĐ")}
    assert set(works) == {"son_la", "bac_kan"}
    for doc_id, expected in (("bac_kan", ["report"]), ("son_la", [])):
        watched = Watched("directive", "11/KH-LĐLĐ", moment, works[doc_id])
        assert list(told(news_of(engine, watched))) == expected


def test_the_library_tells_all_and_says_when_it_was_made_anew(library: Library) -> None:
    moment = since(library.put(old=OLD))
    engine = library.put(plan=PLAN)
    assert told(about(engine, "library", "", moment)) == {"plan": (False, "")}
    again = about(engine, "library", "", 1)
    assert (set(told(again)), again.made_anew) == ({"plan", "old"}, False)
    for path in library.index.rglob("*"):
        if path.is_file():
            path.unlink()
    assert about(library.put(), "library", "", moment - 60).made_anew


def test_other_programs_read_it(library: Library) -> None:
    moment = since(library.put(old=OLD))
    news = about(library.put(plan=PLAN), "directive", "07-NQ/TW", moment)
    read = json.loads(json.dumps(news_json(news)))
    assert (read["latest"], read["since"], read["known"]) == (news.latest, moment, True)
    (document,) = read["documents"]
    assert (document["doc"], document["arrived"], document["changed"]) == ("plan", news.latest, None)
    assert "07-NQ/TW" in document["passages"][0]["quote"]


def test_the_list_is_a_small_versioned_file(tmp_path: Path) -> None:
    path = beside(tmp_path / "index")
    assert (path, read_watched(path)) == (tmp_path / "index.watched.json", ())
    watched = (Watched("search", "nhà ở", 5), Watched("directive", "07-NQ/TW", 7, "07|x"))
    write_watched(path, watched)
    assert read_watched(path) == watched
    assert json.loads(path.read_text())["version"] == VERSION
    with pytest.raises(WatchlistError, match="Đã theo dõi 200 mục"):
        write_watched(path, [replace(watched[0], text=str(n)) for n in range(201)])
    assert read_watched(path) == watched


def _entry(**changed: object) -> str:
    return json.dumps({"version": 1, "watched": [{"kind": "search", "text": "a", "since": 1, **changed}]})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("{", "Không đọc được", id="half"),
        pytest.param('{"version": 99, "watched": []}', "định dạng 99, .* đọc định dạng 1", id="newer"),
        pytest.param("[]", "định dạng None", id="no-version"),
        pytest.param('{"version": 1}', "không đúng định dạng", id="nothing"),
        pytest.param(_entry(kind="x"), "không hiểu mục", id="kind"),
        pytest.param(_entry(since="1"), "không hiểu mục", id="since"),
    ],
)
def test_a_list_that_is_no_list_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "w.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WatchlistError, match=said):
        read_watched(path)


def test_the_command_follows_lists_and_forgets(
    engine: Engine, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Engine, "open", lambda index_dir: engine)  # opened anew it would take seconds
    path = tmp_path / "theo-doi.json"

    def watch(*options: str, code: int = 0) -> str:
        assert main(["watch", "--file", str(path), *options]) == code
        out, err = capsys.readouterr()
        return out if code == 0 else err

    assert "Chưa theo dõi gì" in watch()
    watch("--add", "chăm lo đời sống đoàn viên")
    watch("--add", "Nghị quyết số 02-NQ/TW")
    watch("--add", "Nghị quyết số 02-NQ/TW")
    assert [w.kind for w in read_watched(path)] == ["search", "directive"]
    listed = watch()
    assert "1. Tìm “chăm lo đời sống đoàn viên”: không có gì mới" in listed
    assert "2. Nghị quyết số 02-NQ/TW ngày 12/6/2021 của Bộ Chính trị: không có gì mới" in listed
    write_watched(path, [replace(watched, since=0) for watched in read_watched(path)])
    found = json.loads(watch("--json", "--seen"))["watched"]
    assert all(entry["documents"] for entry in found)
    assert "có gì mới" in watch()
    assert "Không có mục thứ 3" in watch("--remove", "3", code=1)
    assert "Câu hỏi" in watch("--add", " ", code=1)
    watch("--remove", "1")
    assert [w.kind for w in read_watched(path)] == ["directive"]
