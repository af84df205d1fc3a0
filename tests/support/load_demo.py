"""A process that makes a union in an empty folder: `python -m tests.support.load_demo FOLDER MEMBERS`.

For tests whose own process does without eventlet's patches; see `in_process.load_demo`.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    from services.chassis.process import eventlet_setup

    eventlet_setup.patch()

    from tests.support.in_process import load_demo

    load_demo(Path(sys.argv[1]), int(sys.argv[2]))
