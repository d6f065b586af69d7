"""The page over the fake engine, as a process of its own: python tests/serve_fake.py PORT SECONDS

Each answer takes SECONDS, so that a test can end the server while one is under way.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from search.hits import Result
from tests.fakes_ui import FakeEngine, FakeTalk
from ui.__main__ import open_port, serve
from ui.chat.desk import Desk
from ui.settings import Settings


class SlowEngine(FakeEngine):
    def ask(self, question: str, k: int = 10) -> Result:
        time.sleep(float(sys.argv[2]))
        return super().ask(question, k)


if __name__ == "__main__":
    engine = SlowEngine()
    settings = Settings(port=int(sys.argv[1]))
    sys.exit(serve(Desk(engine, FakeTalk, settings), open_port(settings.host, settings.port)))
