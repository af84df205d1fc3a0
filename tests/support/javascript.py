"""Node.js and the packages of `tests/support/javascript`, for what only exists in JavaScript."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.machine import Missing, apt_install, find_program

DEBIAN_PACKAGES = ["nodejs", "npm"]
_WANTED = Path(__file__).parent / "javascript"
_HOME = Path(sys.prefix) / "javascript"


def find_node() -> str | None:
    """Path of Node.js, where npm is there too."""
    return find_program("node", "nodejs") if find_program("npm") else None


def packages() -> Path:
    """Return a folder in which Node.js finds the packages of the lock, installed there if they are not.

    Raises:
        Missing: Node.js or a package can't be had.
    """
    if not find_node():
        apt_install(DEBIAN_PACKAGES, why="Node.js for tests")
    lock = _WANTED / "package-lock.json"
    installed = _HOME / "installed.json"
    if installed.exists() and installed.read_bytes() == lock.read_bytes():
        return _HOME
    _HOME.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(_WANTED / name, _HOME)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=_HOME, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Missing(f"npm could not install {lock}:\n{done.stderr[-2000:]}")
    shutil.copy(lock, installed)
    return _HOME


def run(script: str, given: str) -> str:
    """Return what a script prints, which finds the packages and reads `given` from its standard input.

    Raises:
        AssertionError: the script failed; the message is what it wrote.
    """
    node = find_node()
    home = packages()
    command = [node or "node", "--input-type=commonjs", "--eval", script]
    done = subprocess.run(command, cwd=home, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
