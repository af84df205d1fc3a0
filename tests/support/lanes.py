"""Every test, in lanes that run side by side: the tests wait for servers and browsers more than they compute.

`python -m tests.support.lanes` runs a pytest of its own for each lane, three at a time, prints their lines as they
come, and fails when one of them does. Each lane has its own servers. The browser's lane is alone for another reason
too: see `green`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

AT_ONCE = 3
LANES = {
    "browser": ("tests/browser",),
    "component": ("tests/component",),
    "chassis": ("tests/component/chassis",),
    "faults": (
        "tests/e2e/test_backup.py",
        "tests/e2e/test_faults_embedded.py",
        "tests/e2e/test_faults_real.py",
        "tests/e2e/test_watched.py",
    ),
    "stories": ("tests/e2e",),
    "units": ("tests/architecture", "tests/unit", "tests/contract"),
}
"""The longest first, so that the last to end is a short one. Files that start a union of their own are a lane too."""


def command(name: str) -> list[str]:
    """Return what runs one lane, without the files that are a lane of their own."""
    paths = LANES[name]
    elsewhere = [path for other in LANES for path in LANES[other] if other != name]
    ignored = [f"--ignore={path}" for path in elsewhere if path.startswith(tuple(f"{own}/" for own in paths))]
    return [sys.executable, "-m", "pytest", "--durations=8", *ignored, *paths]


def run(name: str) -> tuple[int, float]:
    """Run one lane to its end and return pytest's exit status and the minutes it took."""
    begun = time.monotonic()
    with subprocess.Popen(command(name), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as lane:
        assert lane.stdout is not None
        for line in lane.stdout:
            print(f"{name:9} | {line}", end="", flush=True)
    return lane.returncode, (time.monotonic() - begun) / 60


def main() -> int:
    """Run all lanes; 0 when all of them passed."""
    with ThreadPoolExecutor(AT_ONCE) as lanes:
        ended = dict(zip(LANES, lanes.map(run, LANES), strict=True))
    for name, (status, minutes) in ended.items():
        print(f"{name}: {'passed' if status == 0 else f'pytest ended with {status}'} after {minutes:.1f} minutes")
    return max(status for status, _ in ended.values())


if __name__ == "__main__":
    sys.exit(main())
