"""How a slow reader (OCR, conversion) asks the process that waits for it for more time."""

from __future__ import annotations

from collections.abc import Callable


def _nobody_waits(seconds: float) -> None:
    """In a process that no clock watches there is nothing to ask."""


# Set by the child process; a page of OCR calls `patience.ask(60)` before it begins.
ask: Callable[[float], None] = _nobody_waits
