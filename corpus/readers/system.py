"""The programs of the system that some formats need: where they are, and how to get them."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

from corpus.errors import DocumentError

# Program -> the name staff know it by, its Debian packages, and where else it may lie.
_PROGRAMS = {
    "soffice": (
        "LibreOffice",
        "libreoffice-writer-nogui libreoffice-calc-nogui",
        (
            "/Applications/LibreOffice.app/Contents/MacOS/soffice",
            r"C:\Program Files\LibreOffice\program\soffice.com",
            r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
        ),
    ),
    "antiword": ("antiword", "antiword", ()),
    "tesseract": (
        "Tesseract",
        "tesseract-ocr tesseract-ocr-vie",
        ("/opt/homebrew/bin/tesseract", r"C:\Program Files\Tesseract-OCR\tesseract.exe"),
    ),
}


def find(program: str) -> Path | None:
    """Return where `program` ("soffice", "antiword", "tesseract") is; None where it is not installed."""
    if found := shutil.which(program):
        return Path(found)
    return next((Path(place) for place in _PROGRAMS[program][2] if Path(place).is_file()), None)


def require(program: str, path: Path, purpose: str) -> Path:
    """Return where `program` is.

    Raises:
        DocumentError: about `path`, where it is missing; the remedy names the packages.
    """
    found = find(program)
    if found is None:
        raise missing(program, path, purpose)
    return found


def missing(program: str, path: Path, purpose: str) -> DocumentError:
    """The error that `path` needs `program` for `purpose` ("đọc tệp .doc") and how to install it."""
    name, packages, _ = _PROGRAMS[program]
    return DocumentError(
        path,
        f"cần {name} để {purpose}",
        f"Hãy cài đặt: sudo apt-get install {packages} (Windows: cài {name})",
    )


@lru_cache(maxsize=1)
def has_vietnamese(tesseract: Path) -> bool:
    """Whether Tesseract's data for Vietnamese is installed."""
    try:
        listed = subprocess.run(
            [str(tesseract), "--list-langs"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "vie" in (listed.stdout + listed.stderr).split()


def quiet_environment(folder: Path) -> dict[str, str]:
    """The environment a program gets: no desktop, no proxy, everything it writes in `folder`."""
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TESSDATA_PREFIX") if name in os.environ
    }
    return (
        kept
        | dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(folder))
        | {
            "LC_ALL": "C.UTF-8",
            "OMP_THREAD_LIMIT": "1",
            "SAL_USE_VCLPLUGIN": "svp",
        }
    )
