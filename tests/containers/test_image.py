"""The image, run as a cluster would run it: read-only, without capabilities, as nobody in particular."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest
import requests

from tests.containers.conftest import ROOT, run
from tests.support import servers
from tests.support.machine import free_port
from tests.support.stack import SERVICES
from tests.support.waiting import wait_until

HARDENED = ("--read-only", "--tmpfs=/tmp", "--cap-drop=ALL", "--security-opt=no-new-privileges")
SECRETS = {
    "GONGHUI_ENCRYPTION_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "GONGHUI_HASH_KEY": "hash-key-of-the-tests-32-bytes-long",
    "GONGHUI_SIGNING_KEY": "signing-key-of-the-tests-32-bytes",
    "GONGHUI_SECRET_KEY": "secret-key-of-the-tests-32-bytes!",
}


@pytest.fixture(scope="module")
def surroundings(image: str, no_other_servers: None) -> Iterator[dict[str, str]]:
    """Settings that name a broker and databases of this module, schema and queues in place."""
    with servers.amqp_server() as broker, servers.database_server() as server:
        databases = {f"GONGHUI_{name.upper()}_DATABASE_URL": server.new_database(name) for name in SERVICES}
        env = {**SECRETS, **databases, "GONGHUI_AMQP_URL": broker.new_vhost()}
        assert "queues declared" in run("docker", *_arguments(image, env, "migrate", options=["--rm"]))
        yield env


def test_nothing_in_it_builds_or_installs_software(image: str):
    look = (
        "for name in gcc cc g++ clang make ld pip pip3 git curl; do command -v $name; done; ls -d /src; "
        "for name in pip ensurepip setuptools; do python3 -c \"import $name; print('$name')\" 2> /dev/null; done; true"
    )

    assert run("docker", "run", "--rm", *HARDENED, "--entrypoint=sh", image, "-c", look).split() == []


def test_it_runs_as_a_high_user_and_says_what_it_is(image: str):
    facts = json.loads(run("docker", "image", "inspect", image))[0]
    config = facts["Config"]

    assert int(config["User"].partition(":")[0]) > 10_000
    assert {name.rpartition(".")[2] for name in config["Labels"]} >= {"title", "licenses", "version", "revision"}
    assert "GONGHUI_SIGNING_KEY" not in str(config["Env"])
    print(f"image size: {facts['Size'] / 1e6:.0f} MB")


def test_its_bill_of_materials_names_every_locked_package(image: str):
    text = run("docker", "run", "--rm", *HARDENED, "--entrypoint=cat", image, "/opt/gonghui/sbom.cdx.json")
    bill = json.loads(text)
    named = {(part["name"], part["version"]) for part in bill["components"] if "pkg:pypi" in part["purl"]}
    lock = (ROOT / "requirements" / "run.lock").read_text()
    locked = set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^\s\\]+)", lock, flags=re.MULTILINE))

    assert bill["bomFormat"] == "CycloneDX"
    assert {(name.replace("_", "-").replace(".", "-"), version) for name, version in named} == {
        (name.replace(".", "-"), version) for name, version in locked if name != "setuptools"
    }


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_starts_and_ends_in_order(image: str, surroundings: dict[str, str], service: str):
    ops, port = free_port(), free_port()
    env = {**surroundings, "GONGHUI_OPS_PORT": str(ops), "GONGHUI_PORT": str(port), "GONGHUI_OPS_HOST": "127.0.0.1"}
    begin = time.monotonic()
    name = run("docker", *_arguments(image, env, "serve", service, options=["--detach"])).strip()
    try:
        wait_until(_ready(ops), what=service, failed=lambda: _why_ended(name))
        started, worked = time.monotonic() - begin, _processor_seconds(name)
        run("docker", "stop", "--time=45", name)
        stopped = time.monotonic() - begin - started
        assert run("docker", "inspect", "--format={{.State.ExitCode}}", name).strip() == "0"
    finally:
        run("docker", "rm", "--force", name)

    print(f"{service}: ready after {started:.1f} s ({worked:.1f} s of processor), ended in {stopped:.1f} s")


def _processor_seconds(name: str) -> float:
    """What the container's first process has used so far: fields 14 and 15 of its line in /proc."""
    fields = run("docker", "exec", name, "cat", "/proc/1/stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _arguments(image: str, env: dict[str, str], *command: str, options: list[str]) -> list[str]:
    settings = [f"--env={name}={value}" for name, value in env.items()]
    return ["run", *options, "--network=host", *HARDENED, *settings, image, *command]


def _ready(port: int) -> Callable[[], bool]:
    def answers() -> bool:
        try:
            return requests.get(f"http://127.0.0.1:{port}/readyz", timeout=3).ok
        except requests.RequestException:
            return False

    return answers


def _why_ended(name: str) -> str | None:
    state = run("docker", "inspect", "--format={{.State.Running}}", name).strip()
    logs = subprocess.run(["docker", "logs", name], capture_output=True, text=True, check=False)
    return None if state == "true" else f"{logs.stdout}{logs.stderr}"[-2000:]
