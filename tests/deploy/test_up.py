"""`make up` says what it lacks before it does anything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.up import write_secrets
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
    assert "Made BROKER_PASSWORD" in printed
    assert "Made" not in again
    assert (project / "deploy" / ".env").read_text() == secrets
    assert f"RUNBOOK_URL=file://{project}/deploy/runbook.md" in secrets


def test_what_a_release_adds_is_added_and_nothing_that_is_there_is_changed(tmp_path: Path):
    env = tmp_path / "env"
    everything = write_secrets(env)
    kept = [line for line in env.read_text().splitlines() if not line.startswith(("RUNBOOK_URL", "GONGHUI_HASH_KEY"))]
    env.write_text("\n".join(["# of this host", *kept]))

    assert write_secrets(env) == ["GONGHUI_HASH_KEY", "RUNBOOK_URL"]
    assert env.read_text().splitlines()[: len(kept) + 1] == ["# of this host", *kept]
    assert len(env.read_text().splitlines()) == len(everything) + 1
    assert write_secrets(env) == []
