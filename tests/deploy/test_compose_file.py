"""`deploy/compose.yaml`: well-formed, hardened, in the right order; `make up` writes all it asks for."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from deploy import broker_users
from scripts.up import write_secrets
from services.chassis.process.settings import SERVICES
from tests.deploy.charts import DEPLOY, ROOT, TOOLS, tool

OURS = (*SERVICES, "broker-users", "migrate", "tools")


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The file as Compose understands it."""
    env = tmp_path_factory.mktemp("compose") / "env"
    write_secrets(env)
    assert env.stat().st_mode & 0o077 == 0
    given = (f"--env-file={env}", "--file=deploy/compose.yaml", "--profile=tools")
    text = tool("docker-compose", *given, "config", "--format=json")
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
        assert ("GONGHUI_PUBLIC_AMQP_URL" in services[name]["environment"]) == (name == "gateway")
        assert ("GONGHUI_SIGN_ON_PROVIDERS" in services[name]["environment"]) == (name == "gateway")
        assert ("GONGHUI_SIGN_ON_SECRET" in services[name]["environment"]) == (name == "gateway")
        assert ("GONGHUI_SMTP_URL" in services[name]["environment"]) == (name == "gateway")
        assert ("GONGHUI_CLAMD_URL" in services[name]["environment"]) == (name in ("membership", "welfare", "gateway"))
        assert ("GONGHUI_HR_TOKEN" in services[name]["environment"]) == (name == "membership")


def test_each_starts_when_what_it_needs_is_ready(services: dict[str, Any]):
    conditions = {
        name: {other: wait["condition"] for other, wait in services[name].get("depends_on", {}).items()}
        for name in services
    }

    assert conditions["broker-users"] == {"rabbitmq": "service_healthy"}
    assert conditions["migrate"] == {"broker-users": "service_completed_successfully", "postgres": "service_healthy"}
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


def test_each_process_is_a_broker_user_of_its_own_and_one_alone_knows_the_administrator(services: dict[str, Any]):
    environments = {name: service.get("environment", {}) for name, service in services.items()}
    users = {name: urlsplit(environments[name]["GONGHUI_AMQP_URL"]) for name in (*SERVICES, "migrate", "tools")}
    administrator = environments["rabbitmq"]["RABBITMQ_DEFAULT_PASS"]
    passwords = {
        name.removeprefix("BROKER_PASSWORD_").lower(): value
        for name, value in environments["broker-users"].items()
        if name.startswith("BROKER_PASSWORD_")
    }

    assert {name: url.username for name, url in users.items()} == {
        **{name: name for name in SERVICES},
        "migrate": "tools",
        "tools": "tools",
    }
    assert set(passwords) == set(broker_users.USERS)
    assert all(passwords[url.username] == url.password for url in users.values())
    assert len({*passwords.values(), administrator}) == len(passwords) + 1
    knowing = {name for name, told in environments.items() if any(administrator in str(one) for one in told.values())}
    assert knowing == {"rabbitmq", "broker-users"}


def test_what_containers_write_does_not_fill_the_host(services: dict[str, Any]):
    for name, service in services.items():
        assert service["logging"]["options"] == {"max-size": "10m", "max-file": "5"}, name


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
