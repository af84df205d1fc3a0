"""`deploy/compose.yaml`: well-formed, hardened, in the right order; `make up` writes all it asks for."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scripts.up import write_secrets
from services.chassis.settings import SERVICES
from tests.deploy.charts import DEPLOY, ROOT, TOOLS, tool

OURS = (*SERVICES, "migrate")


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The file as Compose understands it."""
    env = tmp_path_factory.mktemp("compose") / "env"
    write_secrets(env)
    assert env.stat().st_mode & 0o077 == 0
    text = tool("docker-compose", f"--env-file={env}", "--file=deploy/compose.yaml", "config", "--format=json")
    return json.loads(text)["services"]


def test_without_secrets_it_says_who_makes_them(tmp_path: Path):
    (tmp_path / "empty").write_text("")
    command = [TOOLS / "docker-compose", f"--env-file={tmp_path}/empty", "--file=deploy/compose.yaml", "config"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert "make up" in done.stderr


def test_there_is_a_process_per_service_and_what_they_need(services: dict[str, Any]):
    assert set(services) == {*OURS, "rabbitmq", "postgres", "prometheus"}
    for name in SERVICES:
        assert services[name]["command"] == ["serve", name]
        assert services[name]["environment"]["OTEL_SERVICE_NAME"] == f"gonghui-{name}"
        assert "GONGHUI_PUBLIC_URL" in services[name]["environment"]
        assert ("GONGHUI_HR_TOKEN" in services[name]["environment"]) == (name == "membership")


def test_each_starts_when_what_it_needs_is_ready(services: dict[str, Any]):
    conditions = {
        name: {other: wait["condition"] for other, wait in services[name].get("depends_on", {}).items()}
        for name in services
    }

    assert conditions["migrate"] == {"rabbitmq": "service_healthy", "postgres": "service_healthy"}
    for name in SERVICES:
        assert conditions[name]["migrate"] == "service_completed_successfully"
    assert {name for name, how in conditions["gateway"].items() if how == "service_healthy"} == set(SERVICES[:-1])


def test_everything_of_ours_is_hardened(services: dict[str, Any]):
    for name in (*OURS, "prometheus"):
        assert services[name]["read_only"]
        assert services[name]["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in services[name]["security_opt"]
    for name, service in services.items():
        assert int(service["mem_limit"]) > 0, name


def test_only_this_host_reaches_it(services: dict[str, Any]):
    published = {name: port["host_ip"] for name, service in services.items() for port in service.get("ports", ())}

    assert published == {"gateway": "127.0.0.1", "prometheus": "127.0.0.1"}


def test_every_image_is_named_with_a_tag_and_can_be_pinned_by_its_digest():
    images = re.findall(r"image: (.+)", (DEPLOY / "compose.yaml").read_text())

    assert len(images) == 4
    for image in images:
        assert re.fullmatch(r"\$\{[A-Z]+_IMAGE:-[a-z./]+:[\w.-]+\}\$\{[A-Z]+_DIGEST:-\}", image)
        assert "latest" not in image


def test_databases_are_made_for_every_service():
    text = (DEPLOY / "compose" / "databases.sql").read_text()

    assert set(re.findall(r"CREATE DATABASE gonghui_(\w+);", text)) == set(SERVICES)
