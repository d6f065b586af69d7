"""What several test files share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import address, browser, desk_visit, visit

__all__ = [
    "address",
    "browser",
    "desk_visit",
    "visit",
]  # fixtures: one server and one browser for all tests of the page

if TYPE_CHECKING:
    from search.engine import Engine

SHARED = Path(__file__).parents[2] / "shared"
LAYOUTS = Path(__file__).parent / "data" / "layouts"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the project's shared judged data; the test is skipped where it is absent."""
    if not (SHARED / "documents").is_dir():
        pytest.skip(f"the judged documents are not here: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def layouts() -> Path:
    """Documents of our own writing, one for each layout that offices use."""
    return LAYOUTS


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample documents, built once by the program itself."""
    from build_index import main

    index_dir = tmp_path_factory.mktemp("samples") / "index"
    assert (
        main([str(Path(__file__).parent.parent / "corpus" / "samples"), "--index-dir", str(index_dir)]) == 0
    )
    return index_dir


@pytest.fixture(scope="session")
def engine(sample_index: Path) -> Engine:
    """The sample documents, ready to be asked."""
    from search.engine import Engine

    return Engine.open(sample_index)
