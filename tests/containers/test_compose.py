"""`deploy/compose.yaml`, brought up for real; then the stories of the foundation are told to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from scripts.up import write_secrets
from tests.containers.conftest import ROOT, run
from tests.support.api import Api
from tests.support.machine import free_port
from tests.support.stack import GENEROUS, PASSWORD, SERVICES
from tests.support.waiting import wait_until

STORIES = ("test_newcomer.py", "test_activity.py", "test_visit.py")
IMAGES = ("RABBITMQ", "POSTGRES", "PROMETHEUS")


class Composed:
    """The project as Compose runs it, with secrets, volumes and ports of its own."""

    def __init__(self, folder: Path, image: str) -> None:
        self.port, self.prometheus_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        write_secrets(folder / "env")
        self._command = (
            *_program(),
            f"--env-file={folder / 'env'}",
            "--file=deploy/compose.yaml",
            "--project-name=gonghui-test",
        )
        self._env = {
            "GONGHUI_IMAGE": image,
            "GONGHUI_DEMO_PASSWORD": PASSWORD,
            "GONGHUI_RATE_LIMIT": GENEROUS,
            "PORT": str(self.port),
            "PROMETHEUS_PORT": str(self.prometheus_port),
            **{f"{name}_IMAGE": given for name in IMAGES if (given := os.environ.get(f"TEST_{name}_IMAGE"))},
        }

    def __call__(self, *arguments: str, seconds: float = 600) -> str:
        """Run `docker compose` with these arguments and return what it printed."""
        return run(*self._command, *arguments, seconds=seconds, **self._env)


@pytest.fixture(scope="module")
def composed(image: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    """Everything up and healthy, the demo union in it."""
    compose = Composed(tmp_path_factory.mktemp("compose"), image)
    try:
        compose("up", "--detach", "--no-build", "--wait", "--wait-timeout=240")
        compose("run", "--rm", "-T", "tools", "demo", "--members=130", "--accounts=40", seconds=1800)
        yield compose
    finally:
        compose("down", "--volumes", "--timeout=20")


def test_the_stories_of_the_foundation_pass_against_it(composed: Composed):
    stories = [f"tests/e2e/{name}" for name in STORIES]
    env = {**os.environ, "TEST_UNION_URL": composed.url}
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", *stories], cwd=ROOT, env=env, check=False)

    assert done.returncode == 0


def test_prometheus_scrapes_every_process_and_the_broker(composed: Composed):
    wait_until(
        lambda: _series(composed, "up == 1", "instance") == {*SERVICES, "rabbitmq"},
        what="all targets scraped",
    )


def test_the_broker_shows_the_figures_of_its_alerts(composed: Composed):
    queues = "rabbitmq_detailed_queue_messages_unacked + rabbitmq_detailed_queue_messages_ready"
    wait_until(lambda: "rpc-membership" in _series(composed, queues, "queue"), what="figures of each queue")
    for name in ("memory_used", "free_disk_space"):
        assert _series(composed, f"rabbitmq_alarms_{name}_watermark == 0", "instance") == {"rabbitmq"}


def test_alerts_lead_to_an_absolute_address(composed: Composed):
    address = f"http://127.0.0.1:{composed.prometheus_port}/api/v1/status/config"
    told = requests.get(address, timeout=5).json()["data"]["yaml"]

    assert f"runbook: {(ROOT / 'deploy' / 'runbook.md').as_uri()}" in told


def _series(composed: Composed, expression: str, label: str) -> set[str]:
    address = f"http://127.0.0.1:{composed.prometheus_port}/api/v1/query"
    answer = requests.get(address, params={"query": expression}, timeout=5).json()
    return {series["metric"].get(label, "") for series in answer["data"]["result"]}


def test_a_service_may_not_do_what_another_does_on_the_broker(composed: Composed):
    told = composed("exec", "-T", "rabbitmq", "rabbitmqctl", "--silent", "list_user_permissions", "welfare")

    assert "welfare" in told
    assert "membership" not in told


def test_a_process_that_is_killed_comes_back_and_the_rest_stay_up(composed: Composed):
    composed("kill", "welfare")
    composed("up", "--detach", "--no-build", "--wait", "--wait-timeout=120")

    assert requests.get(f"{composed.url}/healthz", timeout=5).ok


def test_a_backup_is_made_and_brought_back_as_the_runbook_says(composed: Composed, tmp_path: Path):
    one_off = ("run", "--rm", "--no-deps", f"--user={os.getuid()}", f"--volume={tmp_path}:/backup", "tools")
    composed(*one_off, "backup", "/backup/")
    (archive,) = tmp_path.iterdir()
    composed("stop", *SERVICES)
    told = composed(*one_off, "restore", "--replace", f"/backup/{archive.name}")
    composed("up", "--detach", "--no-build", "--wait", "--wait-timeout=240")

    assert told.count("counts and digests as in the manifest") == len(SERVICES)
    found = Api(composed.url).sign_in("officer").get("/membership/members", limit=20)
    assert len(found["items"]) == 20


def _program() -> tuple[str, ...]:
    if shutil.which("docker") and subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0:
        return ("docker", "compose")
    return (shutil.which("docker-compose") or str(ROOT / ".venv-deploy" / "bin" / "docker-compose"),)
