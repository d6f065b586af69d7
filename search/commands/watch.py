"""What is new since last time, from the command line.

python -m search watch --add "hỗ trợ nhà ở cho công nhân"
python -m search watch --add 02-NQ/TW
python -m search watch
python -m search watch --seen
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import AppError
from search.directing.cited import says_no_more
from search.directing.graph import graph_of
from search.directing.standing import work_name
from search.documents.sources import vietnamese_date
from search.following.watch import New, News, Watched, latest, news_json, news_of, works_of
from search.following.watchlist import beside, read_watched, write_watched
from search.query import check_question

if TYPE_CHECKING:
    from search.engine import Engine

_SHOWN = 160  # characters of a quotation on the screen; --json gives all


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m search watch",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    todo = parser.add_mutually_exclusive_group()
    todo.add_argument(
        "--add", metavar="TEXT", help="theo dõi một nội dung tìm kiếm, hoặc một văn bản theo số ký hiệu"
    )
    todo.add_argument("--add-library", action="store_true", help="theo dõi mọi văn bản mới của kho")
    todo.add_argument("--remove", type=int, metavar="N", help="thôi theo dõi mục thứ N")
    todo.add_argument("--seen", action="store_true", help="liệt kê rồi ghi nhận là đã xem")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    parser.add_argument(
        "--file", type=Path, metavar="FILE", help="nơi ghi những mục theo dõi (mặc định: cạnh chỉ mục)"
    )
    parser.add_argument("--index-dir", type=Path, default=Path("data/index"), metavar="DIR")
    return parser.parse_args(argv)


def run(argv: Sequence[str] | None) -> str:
    """Return what to print: what is new of everything followed.

    Raises:
        AppError: No index, an empty search, or the file cannot be read or written.
    """
    args = parse_args(argv)
    path = args.file or beside(args.index_dir)
    followed = read_watched(path)
    from search.engine import Engine

    engine = Engine.open(args.index_dir)
    if args.add is not None or args.add_library:
        followed = _added(engine, followed, args.add)
        write_watched(path, followed)
    elif args.remove is not None:
        followed = _without(followed, args.remove)
        write_watched(path, followed)
    news = [news_of(engine, watched) for watched in followed]
    if args.seen:
        write_watched(path, [replace(found.watched, since=found.latest) for found in news])
    if args.json:
        return json.dumps({"watched": [news_json(found) for found in news]}, ensure_ascii=False)
    if not news:
        return 'Chưa theo dõi gì. Thêm bằng: python -m search watch --add "nội dung hoặc số ký hiệu"'
    return "\n".join(line for n, found in enumerate(news, 1) for line in _shown(engine, n, found))


def _added(engine: Engine, followed: Sequence[Watched], text: str | None) -> tuple[Watched, ...]:
    """`followed` and one more, from now on; what is followed already stays as it is."""
    since = latest(engine.bundle.arrivals)
    if text is None:
        new = Watched("library", "", since)
    else:
        text = check_question(text)
        named = graph_of(engine.bundle).find(text) and says_no_more(text)
        new = Watched("directive" if named else "search", text, since)
    if any((old.kind, old.text) == (new.kind, new.text) for old in followed):
        return tuple(followed)
    return (*followed, new)


def _without(followed: Sequence[Watched], number: int) -> tuple[Watched, ...]:
    if not 1 <= number <= len(followed):
        raise AppError(f"Không có mục thứ {number}", f"Hãy chọn từ 1 đến {len(followed)}")
    return (*followed[: number - 1], *followed[number:])


def _shown(engine: Engine, number: int, news: News) -> Iterator[str]:
    yield f"{number}. {_name(engine, news.watched)}: {_count(news)}"
    if news.made_anew and news.items:
        yield "   Kho được lập lại toàn bộ, nên mọi văn bản được kể là mới."
    for new in news.items:
        why = "; ".join(filter(None, (_how(new), new.why)))
        yield f"   - {work_name(new.work)} ({why})"
        for quote in new.passages[:1]:
            line = " ".join(quote.quote.split())
            shown = line if len(line) <= _SHOWN else line[:_SHOWN].rsplit(" ", 1)[0] + "…"
            yield f"       “{shown}” — {quote.source}"


def _name(engine: Engine, watched: Watched) -> str:
    if watched.kind == "library":
        return "Cả kho văn bản"
    if watched.kind == "search":
        return f"Tìm “{watched.text}”"
    works = works_of(graph_of(engine.bundle), watched)
    return work_name(works[0]) if len(works) == 1 else f"Văn bản {watched.text}"


def _count(news: News) -> str:
    if not news.known:
        return "kho không còn văn bản nào nhắc tới"
    if not news.items:
        return "không có gì mới"
    changed = sum(new.changed for new in news.items)
    new = len(news.items) - changed
    said = (f"{new} văn bản mới" if new else "", f"{changed} văn bản đã sửa" if changed else "")
    return ", ".join(filter(None, said))


def _how(new: New) -> str:
    day = vietnamese_date(datetime.fromtimestamp(new.arrival.latest).date().isoformat())
    return f"đã sửa, cập nhật {day}" if new.changed else f"mới, vào kho {day}"
