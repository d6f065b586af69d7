from __future__ import annotations

from pathlib import Path

import pytest

from ui.settings import Settings


def test_the_page_stays_on_this_machine_unless_told_otherwise() -> None:
    assert Settings().host == "127.0.0.1"
    assert Settings().index_dir == Path("data/index")


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_cannot_be_is_refused(port: int) -> None:
    with pytest.raises(ValueError, match=f"port must be 1 to 65535, got {port}"):
        Settings(port=port)


def test_no_hits_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="hits must be at least 1, got 0"):
        Settings(hits=0)
