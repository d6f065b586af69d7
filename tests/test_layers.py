"""The house rules that a machine can check: layers, length, and what nobody may write."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ["corpus", "index", "search", "ui"]
# The rooms of search/: each needs only those before it.
ROOMS = {
    "corpus": ["readers", "words", "structure", "figures", "citing", "library"],
    "search": [
        "asking", "ranking", "documents", "tables", "directing", "answering",
        "drafting", "following", "measuring", "training", "commands",
    ],
    "ui": ["parts", "chat", "reading", "shelf", "finding", "drafting", "feedback"],
}  # fmt: skip
MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))
SOURCES = [ROOT / "build_index.py", *MODULES]
AT_RUN_TIME = [path for path in SOURCES if "training" not in path.parts]
INITS = [path for path in MODULES if path.name == "__init__.py"]
MAX_LINES = 300

# Each takes a second or more to import; a command that only prints its options must not.
HEAVY = ["faiss", "gradio", "sentence_transformers", "tantivy", "torch", "transformers", "underthesea"]
HELP = [["build_index.py"], ["-m", "corpus"], ["-m", "index"], ["-m", "search"], ["-m", "ui"]]

# The one place where anything may go wrong, and has to end as a sentence: third-party parsers of files that
# may be hostile, in a child process of their own.
MAY_CATCH_ALL = {"corpus/readers/child.py"}

# Formats that run code when they are read; our files are JSON, SQLite, safetensors and arrays of numbers.
PICKLERS = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> list[tuple[int, str]]:
    """Every import in `tree`, at any depth: (line, dotted module); relative ones begin with a dot."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.lineno, "." * node.level + (node.module or "")))
    return found


def layers_of(source: str) -> set[str]:
    return {module.split(".")[0] for _, module in imported(ast.parse(source))} & set(LAYERS)


def dotted(node: ast.AST) -> str:
    """`a.b.c` for an attribute of an attribute of a name, "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{owner}.{node.attr}" if (owner := dotted(node.value)) else ""
    return ""


def banned_call(call: ast.Call) -> str | None:
    called = dotted(call.func)
    if called in {"eval", "exec", "os.system", "os.popen", "torch.load"}:
        return called
    for keyword in call.keywords:
        is_false = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        if keyword.arg in {"shell", "allow_pickle", "trust_remote_code"} and not is_false:
            return keyword.arg
    return None


def banned_handler(handler: ast.ExceptHandler, page: bool) -> str | None:
    """`except Exception` hides bugs: it may stand to clean up and raise again, and on the page to log the
    traceback, where the alternative is that staff see it."""
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = {"" if kind is None else dotted(kind) for kind in caught}
    last = handler.body[-1]
    reraised = isinstance(last, ast.Raise) and last.exc is None
    logged = page and any(
        dotted(n.func) == "log.exception" for n in ast.walk(handler) if isinstance(n, ast.Call)
    )
    too_wide = names & {"", "Exception", "BaseException"}
    return "except Exception" if too_wide and not (reraised or logged) else None


def violations(source: str, page: bool = False) -> list[str]:
    """What `source` does that no module may do, as "line: what"; `page`: it is a module of the page."""
    tree = ast.parse(source)
    found: list[tuple[int, str]] = []
    for line, module in imported(tree):
        if module.startswith("."):
            found.append((line, "relative import"))
        if module.split(".")[0] in PICKLERS:
            found.append((line, module))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (what := banned_call(node)):
            found.append((node.lineno, what))
        if isinstance(node, ast.ExceptHandler) and (what := banned_handler(node, page)):
            found.append((node.lineno, what))
    return [f"{line}: {what}" for line, what in sorted(found)]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_down(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0]
    allowed = set(LAYERS[: LAYERS.index(layer) + 1])
    assert layers_of(path.read_text(encoding="utf-8")) <= allowed


def test_an_import_that_points_up_is_seen() -> None:
    source = "def f():\n    from search.engine import Engine\nimport ui.app, json"
    assert layers_of(source) == {"search", "ui"}


def imported_at_run_time(source: str) -> set[str]:
    """Every module or name of a module imported when `source` runs, at any depth, as "a.b" or "a.b.name"."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and dotted(node.test) == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    names = {module for _, module in imported(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def rooms_needed(sources: Mapping[str, str]) -> dict[str, set[str]]:
    """The other rooms that each room's modules need, directly or through modules that stand in no room.

    Args:
        sources: The source of each module of a floor: "search.engine" stands in no room, "search.asking.asks"
            in the room "asking".
    """
    imports = {module: imported_at_run_time(source) & sources.keys() for module, source in sources.items()}
    rooms = {module: module.split(".")[1] if module.count(".") == 2 else "" for module in sources}
    needed: dict[str, set[str]] = {room: set() for room in rooms.values() if room}
    for room, reached in needed.items():
        seen = {module for module in sources if rooms[module] == room}
        todo = list(seen)
        while todo:
            new = imports[todo.pop()] - seen
            seen |= new
            todo += [module for module in new if not rooms[module]]
        reached |= {rooms[module] for module in seen} - {room, ""}
    return needed


@pytest.mark.parametrize("layer", ROOMS)
def test_the_rooms_of_a_floor_have_one_direction(layer: str) -> None:
    rooms = ROOMS[layer]
    paths = [path for path in (ROOT / layer).rglob("*.py") if path.name != "__init__.py"]
    names = {path: name_of(path).removesuffix(".py").replace("/", ".") for path in paths}
    needed = rooms_needed({name: path.read_text(encoding="utf-8") for path, name in names.items()})
    assert set(needed) == set(rooms)
    assert {room: later for room in rooms if (later := needed[room] - set(rooms[: rooms.index(room)]))} == {}


def test_a_room_needed_through_a_module_in_no_room_is_seen() -> None:
    sources = {
        "search.asking.asks": "if TYPE_CHECKING:\n    from search.tables.figures import Figure\nimport re",
        "search.ranking.signs": "def f():\n    from search.engine import Engine",
        "search.engine": "from search.asking import asks\nimport search.tables.figures",
        "search.tables.figures": "import search.ranking.signs",
    }
    expected = {"asking": set(), "ranking": {"asking", "tables"}, "tables": {"ranking"}}
    assert rooms_needed(sources) == expected


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_modules_stay_short(path: Path) -> None:
    n_lines = len(path.read_text(encoding="utf-8").splitlines())
    assert n_lines < MAX_LINES


@pytest.mark.parametrize("path", INITS, ids=name_of)
def test_a_package_holds_one_docstring_and_no_code(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert [type(statement) for statement in body] == [ast.Expr]
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)
    assert isinstance(body[0].value.value, str)


def test_every_layer_is_a_package() -> None:
    assert {name_of(path) for path in INITS} >= {f"{layer}/__init__.py" for layer in LAYERS}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_banned(path: Path) -> None:
    found = violations(path.read_text(encoding="utf-8"), page=path.is_relative_to(ROOT / "ui"))
    if name_of(path) in MAY_CATCH_ALL:
        found = [what for what in found if not what.endswith("except Exception")]
    assert found == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("import pickle", ["1: pickle"], id="pickle"),
        pytest.param("def f():\n    from joblib import load", ["2: joblib"], id="joblib-inside"),
        pytest.param("eval('1')\nexec('x')", ["1: eval", "2: exec"], id="eval-exec"),
        pytest.param("model.eval()", [], id="a-method-called-eval"),
        pytest.param("subprocess.run('ls', shell=True)", ["1: shell"], id="shell"),
        pytest.param("subprocess.run(['ls'], shell=False)", [], id="no-shell"),
        pytest.param("run('ls', shell=flag)", ["1: shell"], id="shell-perhaps"),
        pytest.param("os.system('ls')", ["1: os.system"], id="os.system"),
        pytest.param("torch.load(path)", ["1: torch.load"], id="torch.load"),
        pytest.param("np.load(path, allow_pickle=True)", ["1: allow_pickle"], id="allow_pickle"),
        pytest.param("Model(name, trust_remote_code=True)", ["1: trust_remote_code"], id="remote-code"),
        pytest.param("try:\n    f()\nexcept Exception:\n    pass", ["3: except Exception"], id="except"),
        pytest.param("try:\n    f()\nexcept:\n    pass", ["3: except Exception"], id="bare-except"),
        pytest.param(
            "try:\n    f()\nexcept (OSError, Exception) as e:\n    pass", ["3: except Exception"], id="tuple"
        ),
        pytest.param("try:\n    f()\nexcept BaseException:\n    g()\n    raise", [], id="clean-up-and-raise"),
        pytest.param("try:\n    f()\nexcept OSError:\n    pass", [], id="a-named-error"),
        pytest.param("from .text import fold", ["1: relative import"], id="relative"),
        pytest.param("from corpus.text import fold", [], id="absolute"),
    ],
)
def test_what_is_banned_is_seen(source: str, expected: list[str]) -> None:
    assert violations(source) == expected


def test_only_the_page_may_log_a_bug_and_go_on() -> None:
    source = "try:\n    f()\nexcept Exception:\n    log.exception('f')\n    say_sorry()"
    assert violations(source) == ["3: except Exception"]
    assert violations(source, page=True) == []


@pytest.mark.parametrize("path", AT_RUN_TIME, ids=name_of)
def test_training_is_not_needed_at_run_time(path: Path) -> None:
    modules = [module for _, module in imported(ast.parse(path.read_text(encoding="utf-8")))]
    assert [module for module in modules if module.startswith("index.training")] == []


PRINT_LOADED = """
import json, runpy, sys
target, heavy = sys.argv[1:-1], json.loads(sys.argv[-1])
sys.argv = [target[-1], "--help"]
sys.path.insert(0, "")
try:
    if target[0] == "-m":
        runpy.run_module(target[1], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(target[0], run_name="__main__")
except SystemExit as end:
    print(json.dumps([end.code, [name for name in heavy if name in sys.modules]]))
"""


@pytest.mark.parametrize("command", HELP, ids=" ".join)
def test_help_loads_nothing_heavy(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRINT_LOADED, *command, json.dumps(HEAVY)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert "usage:" in done.stdout
    assert json.loads(done.stdout.splitlines()[-1]) == [0, []]
