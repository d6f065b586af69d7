"""What the README promises is true: its commands run or parse, its printed answer is what is printed."""

from __future__ import annotations

import importlib
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from corpus.readers.registry import supported_suffixes

ROOT = Path(__file__).parent.parent
SEARCH_COMMANDS = ("directives", "indicators", "precedents", "watch", "feedback")
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LANGUAGES = {"sh", "console", "powershell"}
MAX_LINES = 200


def blocks(language: str) -> list[str]:
    return [body for found, body in BLOCK.findall(README) if found == language]


def commands() -> list[str]:
    """Every command line, without its comment; of a console block, the lines after a `$`."""
    lines = [line for name in ("sh", "powershell") for body in blocks(name) for line in body.splitlines()]
    lines += re.findall(r"^\$ (.*)$", "\n".join(blocks("console")), re.MULTILINE)
    return [line.split(" # ")[0].strip() for line in lines if line.strip() and not line.startswith("#")]


def words_of(command: str) -> list[str]:
    return shlex.split(command.replace("\\", "/"))


def check_make(arguments: list[str]) -> None:
    """The target exists, and every variable named is one that the Makefile knows."""
    done = subprocess.run(
        ["make", "--dry-run", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    known = set(re.findall(r"^(\w+) \?=", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {word.split("=")[0] for word in arguments if "=" in word} <= known


def check_pip(arguments: list[str]) -> None:
    """The same two installations that `make install` does."""
    done = subprocess.run(
        ["make", "--dry-run", "install", "VENV=no-such-folder"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    installs = [line.split(" -m pip ")[1].split() for line in done.stdout.splitlines() if " -m pip " in line]
    assert len(installs) == 2
    assert arguments in installs


def check_packages(names: list[str]) -> None:
    """Only what CI installs too: what the README asks for is what the tests have run with."""
    assert set(names) <= set(re.findall(r"[\w.-]+", (ROOT / ".ci" / "run").read_text(encoding="utf-8")))


def check_python(arguments: list[str]) -> None:
    """A module of ours takes these options; `venv` and `pip` are not ours."""
    match arguments:
        case ["-m", "venv", ".venv"]:
            return
        case ["-m", "pip", *rest]:
            check_pip(rest)
            return
        case [
            "-m",
            "search",
            ("directives" | "indicators" | "precedents" | "watch" | "feedback") as command,
            *rest,
        ]:
            module = importlib.import_module(f"search.commands.{command}")
        case ["-m", name, *rest]:
            package = (ROOT / name.replace(".", "/")).is_dir()
            module = importlib.import_module(f"{name}.__main__" if package else name)
        case [script, *rest]:
            module = importlib.import_module(script.removesuffix(".py"))
        case _:
            pytest.fail("python alone says nothing")
    module.parse_args(rest)  # ends the test with SystemExit(2) where an option is unknown


def test_the_readme_is_short_and_starts_with_the_two_commands() -> None:
    assert len(README.splitlines()) < MAX_LINES
    assert [command.split("=")[0] for command in commands()][:2] == ["make run", "make test"]


def test_every_block_is_of_a_kind_that_is_tested() -> None:
    assert {name for name, _ in BLOCK.findall(README)} <= LANGUAGES
    assert README.count("```") == 2 * len(BLOCK.findall(README))


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_commands_parse(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    program, *arguments = words_of(command)
    if program == "make":
        if shutil.which("make") is None:
            pytest.skip("no make on this machine")
        check_make(arguments)
    elif re.fullmatch(r"(\.venv/(bin|Scripts)/)?(python|py)", program):
        check_python(arguments)
    else:
        assert words_of(command)[:3] == ["sudo", "apt", "install"]
        check_packages(arguments[2:])


@pytest.mark.parametrize("block", blocks("console"))
def test_printed_answers_are_what_is_printed(block: str, tmp_path: Path) -> None:
    """Each `$ command` of a console block, over the samples; a line "..." stands for the rest."""
    index_dir = ["--index-dir", str(tmp_path / "index")]
    build = [sys.executable, "build_index.py", *index_dir]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        program, *arguments = words_of(command)
        assert program in {"python", ".venv/bin/python"}
        done = subprocess.run(
            [sys.executable, *arguments, *index_dir],
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        shown, _, rest = expected.partition("...\n")
        assert rest == ""
        assert done.stdout.startswith(shown) if "...\n" in expected else done.stdout == shown


def test_it_names_every_format_that_is_read() -> None:
    listed = set(re.findall(r"`(\.\w+)`", README))
    assert listed >= set(supported_suffixes())


def test_the_map_shows_what_is_there() -> None:
    """Each path in the first column of the map exists, and no package of ours is left out."""
    first = "\n".join(re.findall(r"^\| (`[^|]+`) \|", README, re.MULTILINE))
    paths = re.findall(r"`([^`]+)`", first)
    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert {"build_index.py", "corpus/", "index/", "search/", "ui/"} <= {
        re.sub(r"(?<=/).*", "", path) for path in paths
    }


def test_every_file_it_links_to_is_there() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert [link for link in links if not (ROOT / link.split("#")[0]).exists()] == []


def test_the_python_it_asks_for_is_the_one_that_is_required() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    least = pyproject["project"]["requires-python"].removeprefix(">=")
    assert set(re.findall(r"Python (\d\.\d+)", README)) == {least}
