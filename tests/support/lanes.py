"""Every test, in lanes that run side by side: the tests wait for servers and browsers more than they compute.

`python -m tests.support.lanes` runs a pytest of its own for each lane, prints their lines as they come, and fails when
one of them does. Each lane has its own servers. The browser's lane is alone for another reason too: see `green`.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

LANES = {
    "services": ("tests/architecture", "tests/unit", "tests/contract", "tests/component"),
    "stories": ("tests/e2e",),
    "browser": ("tests/browser",),
}


def run(name: str) -> int:
    """Run one lane to its end and return pytest's exit status."""
    command = [sys.executable, "-m", "pytest", "--durations=8", *LANES[name]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as lane:
        assert lane.stdout is not None
        for line in lane.stdout:
            print(f"{name:8} | {line}", end="", flush=True)
    return lane.returncode


def main() -> int:
    """Run all lanes; 0 when all of them passed."""
    with ThreadPoolExecutor(len(LANES)) as lanes:
        ended = dict(zip(LANES, lanes.map(run, LANES), strict=True))
    for name, status in ended.items():
        print(f"{name}: {'passed' if status == 0 else f'pytest ended with {status}'}")
    return max(ended.values())


if __name__ == "__main__":
    sys.exit(main())
