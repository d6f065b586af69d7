"""Old documents under the provinces' names of July 2025, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus.readers.base import ReadText
from corpus.reading import document_from
from corpus.words.glossary import Glossary
from corpus.words.places import formerly, merger_note
from index.bundle import Bundle
from search.engine import Engine
from search.query import merged_places, understand
from tests.fakes import HashEncoder

# Nghị quyết 202/2025/QH15, Điều 1, in the resolution's order: the 23 units it made and of what.
MERGERS = {
    "Tuyên Quang": ("Hà Giang", "Tuyên Quang"),
    "Lào Cai": ("Yên Bái", "Lào Cai"),
    "Thái Nguyên": ("Bắc Kạn", "Thái Nguyên"),
    "Phú Thọ": ("Vĩnh Phúc", "Hòa Bình", "Phú Thọ"),
    "Bắc Ninh": ("Bắc Giang", "Bắc Ninh"),
    "Hưng Yên": ("Thái Bình", "Hưng Yên"),
    "Hải Phòng": ("Hải Dương", "Hải Phòng"),
    "Ninh Bình": ("Hà Nam", "Nam Định", "Ninh Bình"),
    "Quảng Trị": ("Quảng Bình", "Quảng Trị"),
    "Đà Nẵng": ("Quảng Nam", "Đà Nẵng"),
    "Quảng Ngãi": ("Kon Tum", "Quảng Ngãi"),
    "Gia Lai": ("Bình Định", "Gia Lai"),
    "Khánh Hòa": ("Ninh Thuận", "Khánh Hòa"),
    "Lâm Đồng": ("Đắk Nông", "Bình Thuận", "Lâm Đồng"),
    "Đắk Lắk": ("Phú Yên", "Đắk Lắk"),
    "Thành phố Hồ Chí Minh": ("Bà Rịa - Vũng Tàu", "Bình Dương", "Thành phố Hồ Chí Minh"),
    "Đồng Nai": ("Bình Phước", "Đồng Nai"),
    "Tây Ninh": ("Long An", "Tây Ninh"),
    "Cần Thơ": ("Sóc Trăng", "Hậu Giang", "Cần Thơ"),
    "Vĩnh Long": ("Bến Tre", "Trà Vinh", "Vĩnh Long"),
    "Đồng Tháp": ("Tiền Giang", "Đồng Tháp"),
    "Cà Mau": ("Bạc Liêu", "Cà Mau"),
    "An Giang": ("Kiên Giang", "An Giang"),
}
OLD_AND_NEW = [(old, new) for new, parts in MERGERS.items() for old in parts if old != new]


def plan(province: str) -> str:
    return (
        f"LIÊN ĐOÀN LAO ĐỘNG {province.upper()}\nSố: 12/KH-LĐLĐ\n{province}, ngày 05 tháng 3 năm 2021\n\n"
        f"KẾ HOẠCH\nTrồng cây của công đoàn {province} năm 2021\n\nI. NỘI DUNG\n\n"
        f"1. Công đoàn trồng 300 cây bàng quanh nhà văn hóa.\n"
    )


def engine_over(provinces: Iterable[str], root: Path) -> Engine:
    texts = {name: plan(name) for name in provinces}
    documents = [document_from(ReadText(text), name, f"{name}.txt") for name, text in texts.items()]
    Bundle.build(root, documents, HashEncoder())
    return Engine(Bundle.open(root, HashEncoder()), Glossary.shipped())


@pytest.fixture(scope="module")
def old_library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A plan of each province that gave up its name."""
    return engine_over([old for old, _ in OLD_AND_NEW], tmp_path_factory.mktemp("old") / "index")


@pytest.fixture(scope="module")
def new_library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A plan of each province whose name the merged one took."""
    return engine_over(MERGERS, tmp_path_factory.mktemp("new") / "index")


def test_all_twenty_three_are_as_the_resolution_says() -> None:
    assert len(MERGERS) == 23
    assert len(OLD_AND_NEW) == 63 - 34
    for new, parts in MERGERS.items():
        assert set(formerly(new)) == set(parts)


@pytest.mark.parametrize(("old", "new"), OLD_AND_NEW)
def test_each_old_document_is_found_under_the_new_name(old_library: Engine, old: str, new: str) -> None:
    asked = f"Công đoàn {new} trồng bao nhiêu cây bàng?"
    answer = old_library.ask(asked).answer
    assert "**300**" in answer.text
    assert answer.citations[0].doc_id in {name for name, today in OLD_AND_NEW if today == new}
    assert answer.text.endswith(f"\nLưu ý: {answer.citations[0].doc_id} nay thuộc {new}.")
    assert any(hit.passage.doc_id == old for hit in old_library.ask(asked).hits[:8])


@pytest.mark.parametrize(("old", "new"), OLD_AND_NEW)
def test_each_document_of_the_new_name_is_found_under_the_old(
    new_library: Engine, old: str, new: str
) -> None:
    answer = new_library.ask(f"Công đoàn {old} trồng bao nhiêu cây bàng?").answer
    assert "**300**" in answer.text
    assert answer.citations[0].doc_id == new
    assert answer.text.endswith(f"\nLưu ý: {old} nay thuộc {new}.")


@pytest.mark.parametrize(
    ("asked", "found", "note"),
    [
        pytest.param(["Thái Nguyên"], ["Bắc Kạn"], "Bắc Kạn nay thuộc Thái Nguyên.", id="new-to-old"),
        pytest.param(["Bắc Kạn"], ["Thái Nguyên"], "Bắc Kạn nay thuộc Thái Nguyên.", id="old-to-new"),
        pytest.param(["Vĩnh Phúc"], ["Hòa Bình"], "Hòa Bình, Vĩnh Phúc nay thuộc Phú Thọ.", id="siblings"),
        # A province asked for beside it has no part in the merger.
        pytest.param(["Bắc Kạn", "Lai Châu"], ["Thái Nguyên"], "Bắc Kạn nay thuộc Thái Nguyên.", id="beside"),
        pytest.param(["Bắc Kạn"], ["Bắc Kạn"], "", id="same"),
        pytest.param(["Bắc Kạn"], ["Lai Châu"], "", id="no-merger"),
        pytest.param([], ["Bắc Kạn"], "", id="none-asked"),
        pytest.param(["Bắc Kạn"], [], "", id="none-found"),
    ],
)
def test_what_is_said_of_a_merger(asked: list[str], found: list[str], note: str) -> None:
    assert merger_note(asked, found) == note


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
