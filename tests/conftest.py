"""What several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest

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
