"""Prometheus and promtool on this machine: found, or installed where we are root on Debian."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests

from tests.support.machine import Program, apt_install, find_program, free_port, give_to_unprivileged
from tests.support.waiting import wait_until

DEBIAN_PACKAGES = ("prometheus",)


def find_prometheus() -> str | None:
    """Path of the server, None when there is none."""
    return find_program("prometheus")


def promtool(*arguments: str) -> str:
    """Run promtool and return what it printed.

    Raises:
        Missing: it is not there and cannot be installed.
        AssertionError: it found something; says what.
    """
    if not find_program("promtool"):
        apt_install(DEBIAN_PACKAGES, why="Checking alert rules")
    program = find_program("promtool")
    assert program, "no promtool"
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"promtool {' '.join(arguments)}:\n{done.stdout[-6000:]}{done.stderr[-6000:]}"
    return done.stdout


class Prometheus:
    """A private server that scrapes given targets every second and evaluates given rules."""

    def __init__(self, targets: Mapping[str, str], rules: Path) -> None:
        if not find_prometheus():
            apt_install(DEBIAN_PACKAGES, why="Scraping a stack")
        program = find_prometheus()
        assert program, "no prometheus"
        self.url = f"http://127.0.0.1:{free_port()}"
        folder = self._folder = Path(tempfile.mkdtemp(prefix="gonghui-prometheus-"))
        (folder / "alerts.yaml").write_bytes(rules.read_bytes())
        (folder / "prometheus.yaml").write_text(_configuration(targets, folder / "alerts.yaml"))
        give_to_unprivileged(folder)
        self._command = [
            program,
            f"--config.file={folder / 'prometheus.yaml'}",
            f"--storage.tsdb.path={folder / 'data'}",
            f"--web.listen-address={self.url.removeprefix('http://')}",
        ]
        self._log = folder / "prometheus.log"
        self._program: Program | None = None

    def start(self) -> Prometheus:
        """Start and wait until it answers."""
        program = self._program = Program(self._command, log=self._log)
        wait_until(self._answers, what="Prometheus", failed=program.why_ended)
        return self

    def stop(self) -> None:
        """End the server and remove its data."""
        if self._program is not None:
            self._program.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def query(self, expression: str) -> list[dict[str, Any]]:
        """Return the series an expression has now."""
        answer = requests.get(f"{self.url}/api/v1/query", params={"query": expression}, timeout=10)
        assert answer.ok, answer.text
        return list(answer.json()["data"]["result"])

    def rules(self) -> list[dict[str, Any]]:
        """Return the alert rules with how their last evaluation went."""
        groups = requests.get(f"{self.url}/api/v1/rules", timeout=10).json()["data"]["groups"]
        return [rule for group in groups for rule in group["rules"]]

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/-/ready", timeout=2).ok
        except requests.RequestException:
            return False


def _configuration(targets: Mapping[str, str], rules: Path) -> str:
    static = "".join(
        f"      - targets: ['{address}']\n        labels: {{instance: {name}}}\n" for name, address in targets.items()
    )
    return (
        "global: {scrape_interval: 1s, evaluation_interval: 1s}\n"
        f"rule_files: ['{rules}']\n"
        "scrape_configs:\n  - job_name: gonghui\n    static_configs:\n" + static
    )
