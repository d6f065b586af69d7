"""The main job from end to end, as a user runs it: index the samples, ask, open the page.

    python tests/main_job.py WORK_DIR        prints what happened as one line of JSON

A script of its own, so that `test_offline` can run it where there is no network at all.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
QUESTION = "chỉ tiêu giới thiệu đảng viên năm 2021"
TIMEOUT_S = 120  # far more than needed: it only keeps a hang from lasting


def command(*arguments: str) -> str:
    """Run one command of the program and return its stdout; its stderr is said if it fails."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIMEOUT_S,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"{arguments} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def open_page(index_dir: str) -> dict[str, Any]:
    """Start the chat, fetch its page, end it; the page's own requests are for the browser tests."""
    arguments = [sys.executable, "-m", "ui", "--index-dir", index_dir, "--port", "7870"]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stdout is not None
        address = re.search(r"http://\S+", server.stdout.readline())
        if address is None:
            server.kill()
            raise SystemExit("python -m ui printed no address")
        try:
            with urllib.request.urlopen(address[0], timeout=TIMEOUT_S) as response:
                page = response.read().decode("utf-8")
                status = response.status
        finally:
            server.terminate()
        return {"status": status, "page": page, "exit_code": server.wait(TIMEOUT_S)}


def main(work: Path) -> int:
    index_dir = str(work / "index")
    built = json.loads(command("build_index.py", "--index-dir", index_dir, "--json"))
    asked = json.loads(command("-m", "search", QUESTION, "--index-dir", index_dir, "--json"))
    print(json.dumps({"built": built, "asked": asked, "page": open_page(index_dir)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
