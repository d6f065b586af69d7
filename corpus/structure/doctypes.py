"""The types of documents as running text names them, in full or shortened."""

from __future__ import annotations

import re

from corpus.numbers import TYPE_OF_CODE

# Spelled in lower case -> the type. Longer names first matters to the pattern below.
_TYPES = {
    name.lower(): name
    for name in (
        "Chương trình hành động", "Chương trình phối hợp", "Chương trình", "Nghị quyết liên tịch",
        "Nghị quyết",
        "Thông báo", "Quyết định", "Quy định", "Quy chế phối hợp", "Quy chế", "Chỉ thị", "Hướng dẫn",
        "Kế hoạch liên tịch", "Kế hoạch phối hợp", "Kế hoạch", "Báo cáo", "Kết luận", "Nghị định",
        "Thông tư liên tịch", "Thông tư", "Công văn", "Công điện", "Tờ trình", "Đề án", "Dự án", "Phương án",
        "Biên bản", "Pháp lệnh", "Bộ luật", "Luật", "Hiến pháp", "Điều lệ", "Thông tri", "Thông cáo",
        "Văn bản",
        "Lời kêu gọi",
    )
}  # fmt: skip
_TYPES["thông báo kết luận"] = "Thông báo"
_SHORTENED = {
    "CTHĐ": "Chương trình hành động", "CTHD": "Chương trình hành động", "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị", "KL": "Kết luận", "NĐ": "Nghị định", "TT": "Thông tư", "HD": "Hướng dẫn",
    "KH": "Kế hoạch",
    "TB": "Thông báo", "BC": "Báo cáo", "CV": "Công văn", "ĐA": "Đề án", "QC": "Quy chế",
    "CTr": "Chương trình",
}  # fmt: skip
# What a type is called in numbers where the table of codes, read backwards, would not say it.
_CODE_OF_TYPE = {name: code for code, name in TYPE_OF_CODE.items()} | {
    "Chương trình hành động": "CTr", "Chương trình phối hợp": "CTr", "Kế hoạch phối hợp": "KH",
    "Kế hoạch liên tịch": "KH", "Quy định": "QĐ", "Bộ luật": "L",
}  # fmt: skip
_FULL = "|".join(name.replace(" ", r"\s") for name in sorted(_TYPES, key=len, reverse=True))
TYPE = rf"(?:(?i:{_FULL})|{'|'.join(sorted(_SHORTENED, key=len, reverse=True))})"
"""Pattern of a type's name in any case, or shortened; to be matched in cleaned text."""
_CAPITAL = "|".join(
    f"[{name[0]}]" + re.escape(name[1:]).replace(r"\ ", r"\s")
    for name in sorted({*_TYPES.values()}, key=len, reverse=True)
)
CAPITAL_TYPE = rf"(?:{_CAPITAL})"
"""The same with a capital first letter, which sets a named document off from the common noun."""


def type_name(words: str) -> str:
    """Return the type that `words` name, as it is written in a letterhead.

    >>> type_name("NGHỊ  QUYẾT"), type_name("CTHĐ")
    ('Nghị quyết', 'Chương trình hành động')
    """
    return _SHORTENED.get(words) or _TYPES[" ".join(words.lower().split())]


def code_of_type(name: str) -> str | None:
    """Return the code of a type in numbers, or None where it has none."""
    return _CODE_OF_TYPE.get(name)


def known_types() -> tuple[str, ...]:
    """Return every type a document can be of, sorted.

    >>> known_types()[:2]
    ('Biên bản', 'Báo cáo')
    """
    return tuple(sorted({*_TYPES.values()} - {"Văn bản"}))
