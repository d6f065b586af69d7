"""Older office files (.doc, .rtf, .odt, .xls, .ods): LibreOffice turns them into OOXML, which we read.

What the file really is decides, not its ending: a .doc may be RTF, a web page or a .docx in
disguise. LibreOffice gets a profile of its own that runs no macros, follows no links and knows
no network; whether it worked is told by the file it wrote, for its exit status is 0 either way.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers import patience, sheets, system, web, word
from corpus.readers.base import ReadText, agreed_form
from corpus.readers.ooxml import check_zip

_SECONDS = 60
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOKS = (".xls", ".ods")
_REMEDY = "Hãy mở tệp bằng Word hoặc LibreOffice rồi lưu lại dạng .docx hoặc .xlsx"
_PASSWORD = "Hãy mở tệp bằng mật khẩu rồi lưu lại bản không có mật khẩu"
_NO_NUMBERS = "Đọc bằng antiword: số thứ tự tự động (Điều, Khoản, mục) có thể bị thiếu"
_SETTINGS = {
    "/org.openoffice.Office.Common/Security/Scripting": (
        ("MacroSecurityLevel", "3"),
        ("DisableMacrosExecution", "true"),
        ("BlockUntrustedRefererLinks", "true"),
    ),
    "/org.openoffice.Office.Writer/Content/Update": (("Link", "2"),),  # never
    "/org.openoffice.Office.Calc/Content/Update": (("Link", "2"),),
    "/org.openoffice.Inet/Settings": (  # a proxy that does not answer
        ("ooInetProxyType", "1"),
        ("ooInetHTTPProxyName", "127.0.0.1"),
        ("ooInetHTTPProxyPort", "9"),
        ("ooInetHTTPSProxyName", "127.0.0.1"),
        ("ooInetHTTPSProxyPort", "9"),
    ),
}


def read(path: Path) -> ReadText:
    """Read an older office file.

    Raises:
        DocumentError: Damaged, encrypted, not what it says, or LibreOffice is missing.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise DocumentError(path, "tệp rỗng", "Hãy kiểm tra lại tệp gốc")
    if head.startswith(b"PK"):
        return _read_zip(path)
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ")
    if re.match(rb"<!doctype html|<html", start, re.IGNORECASE) or b"<html" in head.lower():
        return web.read(path)
    is_ole, is_rtf = head.startswith(_OLE_MAGIC), start.startswith(b"{\\rtf")
    is_xml = start.startswith(b"<?xml") and b"schemas.microsoft.com/office" in head
    if not (is_ole or is_rtf or is_xml):
        raise DocumentError(path, "nội dung không khớp với đuôi tệp", _REMEDY)
    if is_ole and _is_encrypted(path):
        raise DocumentError(path, "tệp có mật khẩu", _PASSWORD)
    return _read_converted(path, fall_back=is_ole and path.suffix.lower() not in _WORKBOOKS)


def _read_zip(path: Path) -> ReadText:
    """An OpenDocument file, or OOXML with an old ending."""
    check_zip(path)
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
    if "word/document.xml" in names:
        return word.read(path)
    if "xl/workbook.xml" in names:
        return sheets.read(path)
    if "content.xml" not in names:
        raise DocumentError(path, "nội dung không khớp với đuôi tệp", _REMEDY)
    return _read_converted(path, fall_back=False)


def _is_encrypted(path: Path) -> bool:
    """Whether an OLE file says it is encrypted: in its streams' names, or in Word's own header."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    # The stream "WordDocument" begins at a sector with this magic; bit 8 of its flags is fEncrypted.
    for at in range(512, min(len(data), 1 << 24) - 12, 512):
        if data[at : at + 2] == b"\xec\xa5":
            return bool(data[at + 11] & 0x01)
    return False


def _read_converted(path: Path, fall_back: bool) -> ReadText:
    soffice = system.find("soffice")
    with tempfile.TemporaryDirectory() as folder:
        converted = None if soffice is None else _convert(soffice, path, Path(folder))
        if converted is not None:
            return sheets.read(converted) if converted.suffix == ".xlsx" else word.read(converted)
        if fall_back and (antiword := system.find("antiword")) is not None:
            text = _antiword(antiword, path, Path(folder))
            if text:
                return ReadText(text, (), (_NO_NUMBERS,))
    if soffice is None:
        raise system.missing("soffice", path, f"đọc tệp {path.suffix.lower()}")
    raise DocumentError(path, "LibreOffice không mở được tệp (hỏng hoặc có mật khẩu)", _REMEDY)


def _convert(soffice: Path, path: Path, folder: Path) -> Path | None:
    """Return the OOXML file LibreOffice made of `path` in `folder`; None where it made none."""
    ending = "xlsx" if path.suffix.lower() in _WORKBOOKS else "docx"
    source = folder / f"input{path.suffix.lower()}"  # a name of our own: theirs may begin with "-"
    shutil.copyfile(path, source)
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
    command = [
        str(soffice),
        f"-env:UserInstallation={profile.parent.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", ending, "--outdir", str(folder / "out"), str(source)),
    ]
    patience.ask(_SECONDS + 15)
    _run(command, folder)
    made = folder / "out" / f"input.{ending}"
    return made if made.is_file() and made.stat().st_size > 0 else None


def _settings() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, pairs in _SETTINGS.items()
        for name, value in pairs
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>"
    )


def _antiword(antiword: Path, path: Path, folder: Path) -> str:
    """Return the text antiword finds, its tables' padding taken out; "" where it fails."""
    source = folder / "antiword.doc"
    shutil.copyfile(path, source)
    text = _run([str(antiword), "-m", "UTF-8.txt", "-w", "0", str(source)], folder)
    lines = [
        re.sub(r"\s*\|\s*", " | ", line).strip() if line.startswith("|") else line
        for line in text.split("\n")
    ]
    return agreed_form("\n".join(lines)).strip()


def _run(command: list[str], folder: Path) -> str:
    """Run a program in `folder`; return what it printed, "" where it failed or took too long."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=system.quiet_environment(folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if done.returncode else done.stdout.decode("utf-8", errors="replace")
