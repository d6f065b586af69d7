"""A folder that is suddenly empty: somebody removed its documents, or its disk is not there."""

from __future__ import annotations

from corpus.errors import NoDocumentsError
from corpus.library.files import KnownFile, LibraryFile, emptied_folders
from index.binned import binned
from index.keeping import Home


def refuse_emptied(home: Home, known: list[KnownFile], files: list[LibraryFile]) -> bool:
    """Refuse to forget documents because a disk is not mounted; and to build from nothing.

    What was moved into the bin went because somebody said so.

    Returns:
        Whether that is true of all that was held, so that nothing need be left.
    """
    removed = {(one.name, one.sha256) for one in binned(home)}
    held = [file for file in known if file.reason is None]
    expected = [file for file in known if (file.name, file.sha256) not in removed]
    again = "Nếu đúng là đã xóa hết, hãy thêm --allow-empty"
    if expected and (emptied := emptied_folders(home.folder, expected)):
        names = ", ".join(str(home.folder / name) for name in emptied[:5])
        raise NoDocumentsError(
            f"Thư mục nay trống rỗng nhưng trước đây có văn bản: {names}",
            f"Hãy kiểm tra ổ đĩa hay thư mục mạng đã được kết nối chưa. {again}",
        )
    on_purpose = bool(held) and not any(file in expected for file in held)
    if not files and not on_purpose:
        hint = again if held else "Hãy chép văn bản vào đó rồi chạy lại"
        raise NoDocumentsError(f"Không có tệp nào trong {home.folder}", hint)
    return on_purpose
