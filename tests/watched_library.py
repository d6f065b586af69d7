"""A small library that grows, with an encoder that needs no model: for the tests of watching."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.words.glossary import Glossary
from index import encoder, folder
from index.bundle import Bundle
from index.folder import update_from_folder
from search.engine import Engine
from tests.fakes import HashEncoder

FAKE = HashEncoder()
_TEXT = """{above}
{office}
-------
Số: {number}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
{place}, ngày {day} tháng {month} năm {year}

{kind}
{title}

I. NỘI DUNG

{lines}

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Nguyễn Văn Mẫu
"""
UNION = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"
RESOLUTION = "Nghị quyết số 07-NQ/TW ngày 15/5/2022 của Bộ Chính trị"


def paper(
    number: str,
    title: str,
    *lines: str,
    kind: str = "KẾ HOẠCH",
    office: str = "LIÊN ĐOÀN LAO ĐỘNG TỈNH SƠN LA",
    date: tuple[int, int, int] = (12, 1, 2023),
    place: str = "Sơn La",
) -> str:
    """Return the text of a document with a letterhead and numbered lines."""
    day, month, year = date
    body = "\n\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
    above = UNION if office != UNION else ""
    return _TEXT.format(
        above=above, office=office, number=number, place=place, day=day, month=month, year=year,
        kind=kind, title=title, lines=body,
    )  # fmt: skip


class Library:
    """A folder and its index."""

    def __init__(self, work: Path) -> None:
        self.folder, self.index = work / "documents", work / "index"
        self.folder.mkdir()

    def put(self, **texts: str) -> Engine:
        """Write these documents, bring them onto the index and open it."""
        for name, text in texts.items():
            (self.folder / f"{name}.txt").write_text(text, encoding="utf-8")
        update_from_folder(self.folder, self.index)
        return Engine(Bundle.open(self.index, FAKE), Glossary.shipped())


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    for module in (folder, encoder):
        monkeypatch.setattr(module, "load_encoder", lambda name=None: FAKE)
    monkeypatch.setattr(folder, "is_current", lambda name: name == FAKE.name)
    monkeypatch.setattr(folder, "reading_rules", lambda: [Path(__file__)])
    return Library(tmp_path)
