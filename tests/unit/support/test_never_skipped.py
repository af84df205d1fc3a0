"""A test that does not run is a test that failed; a test without its servers says what to install."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import chromium, containers, machine, postgres, provide, rabbitmq, servers

ROOT = Path(__file__).resolve().parents[3]


LAZY = {
    "test_calls": "import pytest\ndef test_one(): pytest.skip('no time to call')",
    "test_marks": "import pytest\n@pytest.mark.skip(reason='no time to mark')\ndef test_one(): pass",
    "test_module": "import pytest\npytest.skip('no time at all', allow_module_level=True)",
}


def test_a_skip_fails_the_run_and_names_its_reason(tmp_path: Path):
    for name, text in LAZY.items():
        (tmp_path / f"{name}.py").write_text(text)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-qc",
        "pyproject.toml",
        "-p",
        "tests.conftest",
        "--continue-on-collection-errors",
    ]

    done = subprocess.run([*command, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert "1 failed, 2 errors" in done.stdout
    for reason in ("to call", "to mark", "at all"):
        assert f"Nothing may be skipped here: Skipped: no time {reason}" in done.stdout


def test_who_may_not_install_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(machine.Missing, match="apt-get install rabbitmq-server"):
        machine.apt_install(rabbitmq.DEBIAN_PACKAGES, why="RabbitMQ for tests")


def test_only_what_no_address_and_no_program_gives_is_installed(monkeypatch: pytest.MonkeyPatch):
    for name in ("TEST_AMQP_URL", "TEST_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(containers, "engine_answers", lambda: False)
    for module, finder in ((rabbitmq, "find_rabbitmq"), (postgres, "find_postgres"), (chromium, "find_chromium")):
        monkeypatch.setattr(module, finder, lambda: None)
    assert provide.missing_packages() == ["rabbitmq-server", "postgresql", "chromium-headless-shell", "fonts-noto-cjk"]

    monkeypatch.setenv("TEST_AMQP_URL", "amqp://broker.example")
    monkeypatch.setattr(postgres, "find_postgres", lambda: "/usr/bin/postgres")
    assert provide.missing_packages() == ["chromium-headless-shell", "fonts-noto-cjk"]


@pytest.mark.parametrize(
    ("variable", "url", "server"),
    [
        ("TEST_AMQP_URL", "amqp://127.0.0.1:1", servers.amqp_server),
        ("TEST_DATABASE_URL", "postgresql://nobody@127.0.0.1:1", servers.database_server),
    ],
)
def test_an_address_that_does_not_answer_is_an_error_and_not_a_reason_for_another_server(
    monkeypatch: pytest.MonkeyPatch, variable: str, url: str, server
):
    monkeypatch.setenv(variable, url)
    monkeypatch.setenv("TEST_AMQP_MANAGEMENT_URL", "http://127.0.0.1:1")

    with pytest.raises(machine.Missing, match=variable.replace("AMQP", "AMQP(_MANAGEMENT)?")), server():
        pass
