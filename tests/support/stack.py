"""The whole union as processes, for tests that look at it from outside: embedded in one, or a process per service.

Both are started by the `gonghui` command, as a user starts them, and answer on a loopback port of their own.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import requests
from cryptography.fernet import Fernet

from tests.support.machine import free_port
from tests.support.moving import moved_to
from tests.support.postgres import DatabaseServer
from tests.support.rabbitmq import Broker
from tests.support.waiting import PATIENCE, RUN, wait_until

PASSWORD = "demo-union-2023"
SERVICES = ("membership", "activities", "welfare", "governance", "scrutiny", "gateway")
GENEROUS = "100000 per minute"
UNHURRIED = {"GONGHUI_RPC_DEADLINE": "60", "GONGHUI_STATEMENT_TIMEOUT": "120", "GONGHUI_DRAIN_SECONDS": "120"}
"""Time limits of the product that no machine reaches while it still works."""
_COMMAND = (sys.executable, "-m", "deploy.cli")


class Process:
    """One process of the product, with its log in a file; `module` runs it in place of `gonghui`."""

    def __init__(self, *arguments: str, env: Mapping[str, str], log: Path, module: str = "deploy.cli") -> None:
        self.arguments = arguments
        self.command = (sys.executable, "-m", module)
        self.env = {**_clean_environment(), **env}
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, or start again after a stop or a kill."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*self.command, *self.arguments], env=self.env, stdout=output, stderr=subprocess.STDOUT
            )

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self.process is not None
        return self.process.pid

    def why_ended(self) -> str | None:
        """The end of the log when the process has ended, None while it runs."""
        if self.process is None or self.process.poll() is None:
            return None
        return f"{' '.join(self.arguments)} ended with {self.process.returncode}:\n{self.tail()}"

    def tail(self, characters: int = 3000) -> str:
        """The end of the log."""
        return self.log.read_text(errors="replace")[-characters:]

    def stop(self, number: int = signal.SIGTERM, seconds: float = PATIENCE) -> int:
        """End the process with a signal and return its exit status."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode

    def kill(self) -> None:
        """End the process as a crash would."""
        self.stop(signal.SIGKILL)


class Stack:
    """A running union. `url` is where it answers."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = {
            "GONGHUI_PORT": str(self.port),
            "GONGHUI_DEMO_PASSWORD": PASSWORD,
            "GONGHUI_RATE_LIMIT": GENEROUS,
            "DATA": str(folder),
            **UNHURRIED,
            **env,
        }
        self.processes: dict[str, Process] = {}
        self.campus: Any = None

    def let_sign_on(self, providers: Sequence[Mapping[str, Any]]) -> None:
        """Use these identity providers; before the start."""
        self.env["GONGHUI_PUBLIC_URL"] = self.url
        self.env["GONGHUI_SIGN_ON_SECRET"] = "secret-of-the-union-at-its-provider"
        self.env["GONGHUI_SIGN_ON_PROVIDERS"] = json.dumps(list(providers))

    def send_mail_by(self, url: str) -> None:
        """Use this mail server; before the start."""
        self.env["GONGHUI_PUBLIC_URL"] = self.url
        self.env["GONGHUI_SMTP_URL"] = url
        self.env["GONGHUI_MAIL_FROM"] = "工会 <union@example.edu.cn>"

    def process(self, name: str, *arguments: str, **env: str) -> Process:
        """Make a process of this stack; not started yet."""
        return Process(*arguments, env={**self.env, **env}, log=self.folder / f"{name}.log")

    def start(self) -> None:
        """Start every process and wait until HTTP answers."""
        for process in self.processes.values():
            process.start()
        self.wait_for_http()

    def wait_for_http(self) -> None:
        """Wait until the gateway answers."""
        wait_until(self.answers, what="the gateway", moves=self._written, failed=self._why_ended)

    def answers(self) -> bool:
        """Whether HTTP is answered."""
        try:
            return requests.get(f"{self.url}/healthz", timeout=20).ok
        except requests.RequestException:
            return False

    def stop(self) -> None:
        """Stop every process, the gateway first."""
        for process in reversed(self.processes.values()):
            process.stop()

    def run(self, *arguments: str, seconds: float = RUN, **env: str) -> str:
        """Run a command of the product to its end and return what it printed.

        Raises:
            AssertionError: it failed.
        """
        done = self._done(*arguments, seconds=seconds, **env)
        assert done.returncode == 0, f"{' '.join(arguments)}:\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    def fails(self, *arguments: str, seconds: float = RUN, **env: str) -> str:
        """Run a command of the product that must fail with a sentence, and return the sentence.

        Raises:
            AssertionError: it succeeded, or ended in a traceback.
        """
        done = self._done(*arguments, seconds=seconds, **env)
        assert done.returncode == 1, f"{' '.join(arguments)}: {done.returncode}\n{done.stdout[-2000:]}"
        assert "Traceback" not in done.stderr, done.stderr[-3000:]
        return done.stderr

    def _done(self, *arguments: str, seconds: float, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*_COMMAND, *arguments],
            env={**_clean_environment(), **self.env, **env},
            capture_output=True,
            text=True,
            timeout=seconds,
        )

    def _why_ended(self) -> str | None:
        return next((why for process in self.processes.values() if (why := process.why_ended())), None)

    def _written(self) -> int:
        """How much the processes have logged."""
        return sum(process.log.stat().st_size for process in self.processes.values() if process.log.exists())

    def _told(self) -> str:
        """What the processes have logged and printed."""
        return "".join(process.tail(200_000) for process in self.processes.values())


class EmbeddedStack(Stack):
    """Everything in one process, as `make run` starts it."""

    def __init__(
        self, folder: Path, members: int = 120, providers: Sequence[Mapping[str, Any]] = (), mail_url: str = ""
    ) -> None:
        super().__init__(folder, {})
        if mail_url:
            self.send_mail_by(mail_url)
        if providers:
            self.let_sign_on(providers)
        arguments = ["run", "--members", str(members)] if members else ["run", "--no-demo"]
        self.processes["union"] = self.process("union", *arguments)

    def wait_for_demo(self) -> None:
        """Wait until the process says that the demo union can be signed in to.

        Nobody signs in to find out: too many failures would block the account.
        """
        wait_until(
            lambda: "Sign in at" in self._told(), what="the demo union", moves=self._written,
            failed=self._why_not_loaded, pause=0.5,
        )  # fmt: skip

    def _why_not_loaded(self) -> str | None:
        failed = "could not be loaded" in self._told()
        return self.processes["union"].tail() if failed else self._why_ended()


class RealStack(Stack):
    """A process per service, a broker's vhost and a database each."""

    def __init__(
        self,
        folder: Path,
        amqp_url: str,
        database_urls: Mapping[str, str],
        providers: Sequence[Mapping[str, Any]] = (),
        **env: str,
    ) -> None:
        keys = {
            "GONGHUI_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
            "GONGHUI_SCRUTINY_KEYS": Fernet.generate_key().decode(),
            **{f"GONGHUI_{name}_KEY": secrets.token_hex(16) for name in ("HASH", "SIGNING", "SECRET")},
        }
        urls = {f"GONGHUI_{service.upper()}_DATABASE_URL": url for service, url in database_urls.items()}
        super().__init__(folder, {"GONGHUI_AMQP_URL": amqp_url, **keys, **urls, **env})
        if providers:
            self.let_sign_on(providers)
        self.ops_ports = {service: free_port() for service in SERVICES}
        for service in SERVICES:
            port = str(self.ops_ports[service])
            self.processes[service] = self.process(service, "serve", service, GONGHUI_OPS_PORT=port)

    def start(self) -> None:
        """Prepare databases and broker, then start every process."""
        self.run("migrate")
        super().start()
        for service in SERVICES:
            wait_until(partial(self.is_ready, service), what=service, moves=self._written, failed=self._why_ended)

    def is_ready(self, service: str) -> bool:
        """Whether a service's ops port says that it is ready."""
        try:
            return requests.get(f"http://127.0.0.1:{self.ops_ports[service]}/readyz", timeout=20).ok
        except requests.RequestException:
            return False


@contextmanager
def embedded_stack(
    folder: Path,
    members: int = 120,
    loaded: Path | None = None,
    providers: Sequence[Mapping[str, Any]] = (),
    mail_url: str = "",
) -> Iterator[EmbeddedStack]:
    """Run an embedded union in `folder` while the block runs.

    Args:
        folder: for its data and logs.
        members: how many the demo union has; 0 loads none.
        loaded: a folder with a demo union of as many members, which is copied instead of loading one.
        providers: of identity, by which people sign on.
        mail_url: of a mail server; without one the union sends no e-mail.
    """
    if loaded is not None:
        shutil.copytree(loaded, folder, dirs_exist_ok=True)
    stack = EmbeddedStack(folder, members, providers, mail_url)
    try:
        stack.start()
        if members:
            stack.wait_for_demo()
        yield stack
    finally:
        stack.stop()


@contextmanager
def real_stack(
    folder: Path,
    broker: Broker,
    server: DatabaseServer,
    members: int = 0,
    accounts: int = 0,
    loaded: Path | None = None,
    providers: Sequence[Mapping[str, Any]] = (),
    **env: str,
) -> Iterator[RealStack]:
    """Run a real union with a vhost and databases of its own while the block runs.

    Args:
        folder: for logs.
        broker: gives the vhost.
        server: gives the databases.
        members: how many the demo union has that the running services load; 0 loads none.
        accounts: how many of them can sign in besides the demo accounts.
        loaded: a folder with a demo union, whose data the databases get instead.
        providers: of identity, by which people sign on.
        env: further environment of every process.
    """
    vhost = broker.new_vhost()
    urls = {service: server.new_database(service) for service in SERVICES}
    keys = moved_to(urls, loaded) if loaded else {}
    stack = RealStack(folder, vhost, urls, providers, **keys, **env)
    try:
        stack.start()
        if members:
            stack.run("demo", "--members", str(members), "--accounts", str(accounts))
        yield stack
    finally:
        stack.stop()
        broker.drop_vhost(vhost)
        for url in urls.values():
            server.drop_database(url)


def _clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("GONGHUI_") and name != "PORT"}
