"""Names of files that came from elsewhere, made safe for every file system in use."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

_LONGEST = 150  # bytes of UTF-8, the ending included: file systems take 255, and copies get " (2)"
# What Windows takes for devices, whatever their ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})  # files that systems make themselves
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_UNNAMED = "van-ban"


def safe_name(name: str) -> str:
    """Return the last part of `name` as a plain file name: NFC, visible, on every system the same.

    The result is never hidden, never an editor's lock or backup file, never empty, and names no
    folder; its ending is in lower case. Making a safe name safe changes nothing.

    >>> safe_name("../../Kế hoạch: năm 2021.DOCX")
    'Kế hoạch_ năm 2021.docx'
    >>> safe_name("C:\\\\temp\\\\~$con.pdf"), safe_name("..")
    ('_con.pdf', 'van-ban')
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in last if unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs", "Cn"))
    shown = _FORBIDDEN.sub("_", " ".join(shown.split()))
    path = PurePosixPath(shown.lstrip(".~$ ").rstrip("~. ") or _UNNAMED)
    while len(path.suffix.lower().encode()) > 12:  # no ending but the end of a sentence
        path = PurePosixPath(f"{path.stem}_{path.suffix[1:]}")
    stem, suffix = path.stem.rstrip("~. "), path.suffix.lower()
    if not stem or _DEVICES.match(stem) or stem.lower() + suffix in _SYSTEMS:
        stem = f"_{stem}" if stem else _UNNAMED
    while len((stem + suffix).encode()) > _LONGEST:
        stem = stem[:-1].rstrip("~. ")
    return unicodedata.normalize("NFC", stem + suffix)


def numbered(name: str, n: int) -> str:
    """Return `name` as the n-th of several alike.

    >>> numbered("a.b.docx", 2)
    'a.b (2).docx'
    """
    path = PurePosixPath(name)
    return f"{path.stem} ({n}){path.suffix}"
