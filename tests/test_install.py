"""What is installed: the locks say what pyproject.toml asks for, and nothing else."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
PLATFORMS = [("linux", "x86_64"), ("linux", "aarch64"), ("win32", "AMD64"), ("darwin", "arm64")]


def entries(lock: str) -> list[str]:
    """The requirements of `lock`, each with its hashes, continuation lines joined."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]


def requirement_of(entry: str) -> Requirement:
    return Requirement(entry.split(" --hash=")[0])


def locked(lock: str, python: str, platform: tuple[str, str]) -> dict[str, str]:
    """Name -> version of what `lock` installs on one kind of machine."""
    system, machine = platform
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": system,
        "platform_machine": machine,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    found: dict[str, str] = {}
    for requirement in map(requirement_of, entries(lock)):
        if requirement.marker is None or Marker(str(requirement.marker)).evaluate(environment):
            assert requirement.name not in found, f"{requirement.name} twice on {python} {platform}"
            found[canonicalize_name(requirement.name)] = str(requirement.specifier).removeprefix("==")
    return found


def asked(lock: str) -> list[Requirement]:
    direct = PYPROJECT["project"]["dependencies"]
    lines = direct if lock == "requirements.lock" else PYPROJECT["dependency-groups"]["dev"]
    return [requirement for requirement in map(Requirement, lines) if requirement.name != "torch"]


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS, ids=" ".join)
def test_the_lock_holds_what_is_asked_for(lock: str, python: str, platform: tuple[str, str]) -> None:
    versions = locked(lock, python, platform)
    lacking = [
        str(requirement)
        for requirement in asked(lock)
        if not requirement.specifier.contains(versions.get(canonicalize_name(requirement.name), "0"))
    ]
    assert lacking == [], "run `make lock`"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_exact_and_hashed(lock: str) -> None:
    bad = [
        entry.split(" ")[0]
        for entry in entries(lock)
        if not re.match(r"[\w.\-\[\],]+==\S+", entry) or "--hash=sha256:" not in entry
    ]
    assert bad == []


@pytest.mark.parametrize("python", PYTHONS)
def test_the_two_locks_agree(python: str) -> None:
    run, dev = (locked(lock, python, ("linux", "x86_64")) for lock in LOCKS)
    assert {name: dev[name] for name in run.keys() & dev.keys()} == {
        name: run[name] for name in run.keys() & dev.keys()
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_no_torch_and_no_cuda(lock: str) -> None:
    names = {requirement_of(entry).name for entry in entries(lock)}
    assert [name for name in sorted(names) if re.match(r"torch$|triton|nvidia|cuda", name)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"https?://\S+|--(?:extra-)?index-url.*|--find-links.*", text) == []


def test_make_takes_torch_from_pyproject() -> None:
    done = subprocess.run(
        ["make", "-n", "install", "VENV=no-such-folder", "TORCH_INDEX=file:///wheels"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    pinned = next(line for line in PYPROJECT["project"]["dependencies"] if line.startswith("torch"))
    assert re.fullmatch(r"torch==[\d.]+", pinned)
    installs = [line for line in done.stdout.splitlines() if "pip install" in line]
    assert installs == [
        f"no-such-folder/bin/python -m pip install --index-url file:///wheels {pinned}",
        "no-such-folder/bin/python -m pip install --no-deps --require-hashes -r requirements.lock",
    ]
