"""Serve the chat on this computer.

python -m ui
python -m ui --index-dir data/index --port 7860
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import AppError
from ui.settings import Settings

if TYPE_CHECKING:
    from search.engine import Engine
    from ui.chat.desk import Desk
    from ui.shelf.librarian import Librarian

_PORTS_TRIED = 20


class PortError(AppError):
    """No port could be opened."""


def parse_args(argv: Sequence[str] | None) -> Settings:
    default = Settings()
    parser = argparse.ArgumentParser(
        prog="python -m ui", description="Mở trang hỏi đáp trên kho văn bản công đoàn."
    )
    parser.add_argument(
        "--index-dir", type=Path, default=default.index_dir, metavar="DIR", help="thư mục chỉ mục"
    )
    parser.add_argument(
        "--documents", type=Path, metavar="DIR",
        help="thư mục văn bản đã lập chỉ mục, để tải được bản gốc (mặc định: thư mục `make run` đã nhớ)",
    )  # fmt: skip
    parser.add_argument(
        "--port", type=_port, default=default.port, help="cổng (mặc định 7860); bận thì lấy cổng sau"
    )
    parser.add_argument(
        "--host", default=default.host, help="địa chỉ lắng nghe (mặc định 127.0.0.1: chỉ máy này dùng được)"
    )
    parser.add_argument("--read-only", action="store_true", help="không cho thêm, sửa, gỡ văn bản trên trang")
    args = parser.parse_args(argv)
    documents = args.documents or _remembered(args.index_dir)
    return Settings(args.index_dir, documents, not args.read_only, args.host, args.port)


def _remembered(index_dir: Path) -> Path | None:
    """The folder that build_index.py wrote down beside the index; None where there is no such note."""
    try:
        noted = index_dir.with_name(f"{index_dir.name}.folder").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Path(noted) if noted else None


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"cổng phải là số từ 1 đến 65535, không phải {text!r}")
    return int(text)


def open_port(host: str, port: int) -> socket.socket:
    """A socket bound to `port`, or to the next free one of the twenty after it.

    It stays bound until it is served from, so that nobody can take the port in between.
    """
    try:
        family, _, _, _, _ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise PortError(
            f"Không có địa chỉ {host} trên máy này ({error.strerror})", "Thử --host 127.0.0.1"
        ) from None
    for candidate in range(port, min(port + _PORTS_TRIED, 65536)):
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, sys.platform != "win32")
        try:
            sock.bind((host, candidate))
            sock.listen(128)
        except OSError:
            sock.close()
        else:
            return sock
    raise PortError(
        f"Không mở được cổng nào từ {port} đến {min(port + _PORTS_TRIED, 65536) - 1} tại {host}",
        "Hãy chọn cổng khác bằng --port",
    )


def serve(desk: Desk, sock: socket.socket, librarian: Librarian | None = None) -> int:
    """Serve until asked to end; 0 after SIGTERM, 130 after Ctrl-C. Without a librarian nothing is changed."""
    from ui.app import build_app
    from ui.server import PoliteServer

    # uvicorn raises the signal once more when it has finished; by then there is nothing to do.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: None)
    server = PoliteServer(build_app(desk, librarian), desk)
    host, port = sock.getsockname()[:2]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    server.address = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    server.run(sockets=[sock])
    print("Đã dừng.", file=sys.stderr)
    return 130 if server.ended_by == signal.SIGINT else 0


def warm_up(engine: Engine) -> None:
    """Do once, beside serving, what the first visitor of each place would otherwise wait for."""
    from search.answering.compared import table_of
    from search.directing.graph import graph_of
    from ui.parts.cards import cards_of

    engine.ask("chỉ tiêu phát triển đoàn viên")
    cards_of(engine)
    graph_of(engine.bundle)
    table_of(engine)


def main(argv: Sequence[str] | None = None) -> int:
    """The address goes to stdout, the rest to stderr; 0 after SIGTERM, 1 the user can mend it, 130 Ctrl-C."""
    settings = parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        from search.answering.endpoint import SETTING
        from search.engine import Engine
        from search.generate import Writer
        from ui.chat.desk import Desk
        from ui.chat.live import Talk
        from ui.parts.folder import Folder
        from ui.shelf.librarian import Librarian

        engine = Engine.open(settings.index_dir)
        desk = Desk(engine, lambda: Talk(writer), settings)
        writer = Writer.from_setting(os.environ.get(SETTING), lambda doc_id: desk.library.document(doc_id))
        desk.folder = Folder.of_index(settings.index_dir, settings.documents)
        sock = open_port(settings.host, settings.port)
    except AppError as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Đã dừng.", file=sys.stderr)
        return 130
    if sock.getsockname()[1] != settings.port:
        print(f"Cổng {settings.port} đang bận, dùng cổng {sock.getsockname()[1]}.", file=sys.stderr)
    threading.Thread(target=warm_up, args=(engine,), daemon=True, name="warm-up").start()
    librarian = Librarian(desk)
    librarian.start(warm_up)
    return serve(desk, sock, librarian)


if __name__ == "__main__":
    sys.exit(main())
