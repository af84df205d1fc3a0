"""`gonghui prepare`: what it writes, run by psql and rabbitmqctl on real servers, makes a union work."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.e2e import founding
from tests.support.machine import find_program, unprivileged
from tests.support.postgres import PostgresCluster
from tests.support.rabbitmq import RabbitNode
from tests.support.stack import SERVICES, RealStack
from tests.support.waiting import RUN


@pytest.fixture(scope="module")
def broker():
    """A node that rabbitmqctl of this machine can be asked to change."""
    node = RabbitNode()
    try:
        yield node.start()
    finally:
        node.remove()


@pytest.fixture(scope="module")
def database():
    """A server that asks for passwords."""
    server = PostgresCluster()
    try:
        server.ask_for_passwords()
        yield server.start()
    finally:
        server.remove()


def variables(path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in path.read_text().splitlines())


def test_what_is_written_makes_a_real_union_work(tmp_path, broker, database):
    folder = tmp_path / "setup"
    stack = RealStack(tmp_path, "", {})
    places = ("--database", f"127.0.0.1:{database.port}", "--broker", f"127.0.0.1:{broker.port}")
    stack.run("prepare", str(folder), *places)
    assert "already" in stack.fails("prepare", str(folder), *places)
    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())} == {0}

    for _ in range(2):  # both are safe to repeat
        psql = ["psql", "-q", "-v", "ON_ERROR_STOP=1", database.url("postgres")]
        subprocess.run(psql, input=(folder / "databases.sql").read_bytes(), check=True, capture_output=True)
        _import_definitions(folder / "broker.json", broker)

    stack.env |= variables(folder / "tools.env")
    for service in SERVICES:
        stack.processes[service].env = {
            **{name: value for name, value in stack.processes[service].env.items() if "_URL" not in name},
            **variables(folder / f"{service}.env"),
        }
    try:
        stack.start()
        founding.found(stack)
        officer = founding.officer_of(stack)
        founding.make_chair(stack, officer)
        assert founding.admit(stack, officer)["number"] == "M000002"
        told = stack.run("status")
        assert told.count("process answers") == len(SERVICES)
        assert "the ledger is whole" in stack.run("ledger", "verify")
        stack.processes["governance"].stop()
        assert "governance: process does not answer" in _status_of_trouble(stack)
    finally:
        stack.stop()


def _status_of_trouble(stack: RealStack) -> str:
    done = stack._done("status", seconds=RUN)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    return done.stdout


def _import_definitions(file: Path, broker: RabbitNode) -> None:
    """Import them as the user the node runs as, by the node's own rabbitmqctl and not Debian's wrapper."""
    control = find_program("rabbitmqctl", folders=["/usr/lib/rabbitmq/bin", "/usr/lib/rabbitmq/lib/*/sbin"])
    assert control
    options = {"env": broker._env, "cwd": "/", "input": file.read_text(), "capture_output": True, "text": True}
    done = subprocess.run([control, "import_definitions"], **options, **unprivileged())
    assert done.returncode == 0, done.stdout + done.stderr
