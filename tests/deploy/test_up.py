"""`make up` says what it lacks before it does anything."""

from __future__ import annotations

import os
import shutil
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


def test_compose_takes_its_place_with_secrets_made_once(tmp_path: Path):
    project, programs = tmp_path / "project", tmp_path / "programs"
    for folder in (project / "deploy", project / "scripts", programs):
        folder.mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "up.py", project / "scripts")
    (programs / "docker").write_text('#!/bin/sh\ncase "$*" in *up*) echo "process $$: $*";; esac\n')
    (programs / "docker").chmod(0o755)

    def up() -> tuple[int, str]:
        command = [sys.executable, str(project / "scripts" / "up.py")]
        with subprocess.Popen(command, env={"PATH": str(programs)}, stdout=subprocess.PIPE, text=True) as running:
            return running.pid, running.communicate()[0]

    pid, printed = up()
    secrets = (project / "deploy" / ".env").read_text()
    again = up()[1]

    assert f"process {pid}: compose --file {project}/deploy/compose.yaml up --build" in printed
    assert "GONGHUI_DEMO_PASSWORD=demo-" in secrets
    assert "Made secrets" in printed
    assert "Made secrets" not in again
    assert (project / "deploy" / ".env").read_text() == secrets
