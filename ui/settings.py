"""How the page is served: addresses, limits, places; nothing is read or opened here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What `python -m ui` may change, and the limits that keep one visitor from harming others.

    Attributes:
        index_dir: Folder of the published index.
        documents: The folder the index was made from, for its originals; None: they are not offered.
        changes: Whether documents may be added, corrected and removed on the page.
        host: Address to listen on; 127.0.0.1 keeps the page on this computer.
        port: First port to try, 1 to 65535.
        hits: How many passages are fetched for a question.
        max_body: Longest request body accepted, in bytes; a question of 5,000 characters,
            which the page still sends in order to be told that it is too long, needs 40,000.
        concurrency: Questions answered at the same time; more wait in the queue.
        queue_size: Questions that may wait; the next is asked to come back later.
        grace_s: Seconds that answers under way are given when the program is asked to end.
    """

    index_dir: Path = Path("data/index")
    documents: Path | None = None
    changes: bool = True
    host: str = "127.0.0.1"
    port: int = 7860
    hits: int = 10
    max_body: int = 256 * 1024
    concurrency: int = 4
    queue_size: int = 64
    grace_s: float = 10.0

    def __post_init__(self) -> None:
        if not 1 <= self.port <= 65535:
            raise ValueError(f"port must be 1 to 65535, got {self.port}")
        if self.hits < 1:
            raise ValueError(f"hits must be at least 1, got {self.hits}")
