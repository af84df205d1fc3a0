"""Make `.venv` hold exactly one of the hashed locks and the project itself; standard library only.

`python3 scripts/environment.py run|test|dev` does nothing when the lock is installed already, by itself or within a
larger one. Any Python 3.11 to 3.13 found on PATH will do; the variable PYTHON names another.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
# Each lock contains those before it.
LOCKS = ("run", "test", "dev")
VERSIONS = ("3.13", "3.12", "3.11")


def main(wanted: str) -> None:
    """Install the lock `wanted` unless it, or a larger one, is in place."""
    larger = LOCKS[LOCKS.index(wanted) :]
    if any(_stamp(name).exists() and _stamp(name).read_text() == _fingerprint(name) for name in larger):
        return
    python = _make_environment()
    print(f"Installing requirements/{wanted}.lock into .venv ...", flush=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "-r", str(_lock(wanted))], check=True)
    subprocess.run([*pip, "--no-build-isolation", "--editable", str(ROOT)], check=True)
    _stamp(wanted).write_text(_fingerprint(wanted))


def _lock(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.lock"


def _stamp(name: str) -> Path:
    return HOME / f"installed-{name}"


def _fingerprint(name: str) -> str:
    contents = _lock(name).read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    return hashlib.sha256(contents).hexdigest()


def _make_environment() -> Path:
    python = HOME / "bin" / "python"
    if not _is_suitable(str(python)):
        base = _suitable_python()
        print(f"Making .venv with {base} ...", flush=True)
        if base == sys.executable:
            venv.create(HOME, clear=True, with_pip=True)
        else:
            subprocess.run([base, "-m", "venv", "--clear", str(HOME)], check=True)
    return python


def _suitable_python() -> str:
    names = [os.environ.get("PYTHON"), sys.executable, *(shutil.which(f"python{version}") for version in VERSIONS)]
    for name in names:
        if name and _is_suitable(name):
            return name
    raise SystemExit(
        f"Gonghui needs Python {VERSIONS[-1]} to {VERSIONS[0]} with its venv and ensurepip modules (on Debian: "
        "apt-get install python3 python3-venv); install one, or name one with PYTHON=/path/to/python."
    )


def _is_suitable(python: str) -> bool:
    question = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.strip() in VERSIONS


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        raise SystemExit(f"usage: environment.py {'|'.join(LOCKS)}")
    main(sys.argv[1])
