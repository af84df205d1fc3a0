"""`make up` says what it lacks before it does anything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.deploy.charts import ROOT


def _up(folder: Path, **programs: str) -> subprocess.CompletedProcess[str]:
    for name, text in programs.items():
        program = folder / name
        program.write_text(f"#!/bin/sh\n{text}\n")
        program.chmod(0o755)
    env = {**os.environ, "PATH": str(folder)}
    return subprocess.run(
        [sys.executable, "scripts/up.py"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def test_without_compose_it_says_what_to_install(tmp_path: Path):
    done = _up(tmp_path)

    assert done.returncode == 1
    assert "Docker with Compose 2" in done.stderr
    assert "make run" in done.stderr


def test_without_an_engine_it_says_so_and_makes_no_secrets(tmp_path: Path):
    before = (ROOT / "deploy" / ".env").exists()
    done = _up(tmp_path, docker='[ "$1" = compose ]')

    assert done.returncode == 1
    assert "no Docker engine answers" in done.stderr
    assert (ROOT / "deploy" / ".env").exists() == before
