"""Ask from the command line.

python -m search "chỉ tiêu giới thiệu đảng viên năm 2021"
python -m search --batch QUESTIONS.jsonl --json
python -m search --chat CONVERSATIONS.jsonl --json
python -m search indicators "thỏa ước lao động tập thể" --year 2023
python -m search directives "thực hiện dân chủ ở cơ sở"
python -m search precedents DU-THAO.docx --check
python -m search watch --add "hỗ trợ nhà ở cho công nhân"
python -m search feedback --export GOP-Y.jsonl
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import AppError, QueryError

if TYPE_CHECKING:
    from search.engine import Engine, Mode
    from search.hits import Result


def parse_args(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m search", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("question", nargs="?", help="câu hỏi")
    asked.add_argument("--batch", type=Path, metavar="QUESTIONS.jsonl", help='mỗi dòng {"id","question"}')
    asked.add_argument(
        "--chat", type=Path, metavar="CONVERSATIONS.jsonl", help='mỗi dòng {"id","turns":[{"user"}]}'
    )
    parser.add_argument("--index-dir", type=Path, default=Path("data/index"), metavar="DIR")
    parser.add_argument("--k", type=int, default=10, help="số đoạn tìm được (mặc định 10)")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    args = parser.parse_args(argv)
    if args.k < 1:
        parser.error("--k phải là số từ 1 trở lên")
    return args


def read_lines(path: Path, required: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects of a .jsonl file.

    Raises:
        AppError: The file cannot be read, or a line is no object with `required` in it.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AppError(f"Không đọc được {path}: {error}", "Kiểm tra lại đường dẫn và mã hóa UTF-8") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except json.JSONDecodeError:
            entry = None
        if not isinstance(entry, dict) or required not in entry:
            raise AppError(
                f'{path}, dòng {number}: cần một đối tượng JSON có "{required}"', "Sửa dòng đó rồi chạy lại"
            )
        yield entry


def show(result: Result) -> str:
    """Return a result for people: the answer, where it stands, the passages behind it."""
    lines = [result.answer.text]
    lines += [f"  — {c.source}" for c in result.answer.citations]
    lines.append("")
    for rank, hit in enumerate(result.hits, 1):
        text = " ".join(hit.passage.text.split())
        lines.append(f"{rank:2}. [{hit.passage.doc_id}, {hit.passage.section}] {text[:160]}")
    return "\n".join(lines)


def _write(result: dict[str, Any] | str) -> None:
    print(result if isinstance(result, str) else json.dumps(result, ensure_ascii=False), flush=True)


def refused(entry_id: str, question: str, error: QueryError) -> dict[str, Any]:
    """Return the result line of a question that cannot be asked, so that a batch keeps its order."""
    answer = {"text": str(error), "abstained": True, "citations": []}
    return {"id": entry_id, "question": question, "answer": answer, "hits": []}


def ask_one(engine: Engine, entry: Mapping[str, Any], k: int) -> Result:
    mode: Mode = "precedent" if entry.get("mode") == "precedent" else "ask"
    return replace(engine.ask(str(entry["question"]), k, mode=mode), id=str(entry.get("id", "")))


def run(args: argparse.Namespace) -> None:
    """Do what was asked; results go to stdout line by line."""
    batch = list(read_lines(args.batch, "question")) if args.batch else []
    chats = list(read_lines(args.chat, "turns")) if args.chat else []
    from search.answering.endpoint import SETTING
    from search.engine import Engine
    from search.generate import Writer

    engine = Engine.open(args.index_dir)
    writer = Writer.from_setting(os.environ.get(SETTING), engine.document)
    if args.question is not None:
        result = engine.ask(args.question, args.k)
        result = writer.word(result) if writer else result
        _write(result.to_json() if args.json else show(result))
    for entry in batch:
        try:
            result = ask_one(engine, entry, args.k)
        except QueryError as error:
            _write(refused(str(entry.get("id", "")), str(entry["question"]), error))
            continue
        _write(result.to_json() if args.json else f"## {result.question}\n{show(result)}\n")
    for entry in chats:
        _write(chat(engine, entry, args.k))


def chat(engine: Engine, entry: Mapping[str, Any], k: int) -> dict[str, Any]:
    """Run one conversation; each turn leans on those before it."""
    from search.chat import Conversation

    conversation = Conversation(engine)
    turns: list[dict[str, Any]] = []
    for turn in entry["turns"]:
        try:
            turns.append(conversation.ask(str(turn["user"]), k).to_json())
        except QueryError as error:
            turns.append(refused("", str(turn["user"]), error))
    return {"id": str(entry.get("id", "")), "turns": turns}


def main(argv: Sequence[str] | None = None) -> int:
    """Results on stdout, errors on stderr; 0 done, 1 the user can mend it, 2 wrong usage, 130 Ctrl-C."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        if words[:1] == ["indicators"]:
            from search.commands.indicators import run as run_indicators

            print(run_indicators(words[1:]))
        elif words[:1] == ["directives"]:
            from search.commands.directives import run as run_directives

            print(run_directives(words[1:]))
        elif words[:1] == ["precedents"]:
            from search.commands.precedents import run as run_precedents

            print(run_precedents(words[1:]))
        elif words[:1] == ["watch"]:
            from search.commands.watch import run as run_watch

            print(run_watch(words[1:]))
        elif words[:1] == ["feedback"]:
            from search.commands.feedback import run as run_feedback

            print(run_feedback(words[1:]))
        else:
            run(parse_args(words))
    except AppError as error:
        print(f"lỗi: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        return 0
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
