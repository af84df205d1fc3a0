"""RabbitMQ for tests: a broker that gives out vhosts, and a private node of it on loopback."""

from __future__ import annotations

import base64
import http.client
import json
import os
import shutil
import socket
import tempfile
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

from tests.support.machine import Missing, Program, find_program, free_port, give_to_unprivileged
from tests.support.waiting import wait_until

DEBIAN_PACKAGES = ("rabbitmq-server",)

_CONFIGURATION = """\
listeners.tcp.default = 127.0.0.1:{amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = {management}
management_agent.disable_metrics_collector = true
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.absolute = 1GB
vm_memory_calculation_strategy = allocated
log.file.level = warning
"""


@dataclass
class Broker:
    """An AMQP server with its management API, through which vhosts come and go in milliseconds."""

    host: str
    port: int
    management_url: str
    user: str = "guest"
    password: str = "guest"
    scheme: str = "amqp"

    @classmethod
    def at(cls, amqp_url: str, management_url: str | None = None) -> Broker:
        """The broker at an AMQP URL whose vhost is ignored; management is looked for on port 15672 unless told."""
        parts = urlsplit(amqp_url)
        host = parts.hostname or "127.0.0.1"
        broker = cls(
            host=host,
            port=parts.port or 5672,
            management_url=(management_url or f"http://{host}:15672").rstrip("/"),
            user=parts.username or "guest",
            password=parts.password or "guest",
            scheme=parts.scheme or "amqp",
        )
        if not broker.answers():
            raise Missing(
                f"RabbitMQ's management API does not answer at {broker.management_url}: tests make their own vhosts "
                "through it; enable rabbitmq_management and set TEST_AMQP_MANAGEMENT_URL"
            )
        return broker

    def url(self, vhost: str = "/") -> str:
        """The AMQP URL of one vhost."""
        return f"{self.scheme}://{self.user}:{self.password}@{self.host}:{self.port}/{quote(vhost, safe='')}"

    def new_vhost(self, label: str = "test", queue_type: str | None = None) -> str:
        """Make an empty vhost and return its URL.

        Args:
            label: begins its name.
            queue_type: what queues are there that name no type; what TEST_QUEUE_TYPE says, or the broker's own
                default, when absent.
        """
        vhost = f"{label}-{uuid4().hex[:12]}"
        queue_type = queue_type or os.environ.get("TEST_QUEUE_TYPE")
        told = {"default_queue_type": queue_type, "defaultqueuetype": queue_type} if queue_type else None
        self.ask("PUT", f"/api/vhosts/{quote(vhost, safe='')}", told)
        self.ask(
            "PUT",
            f"/api/permissions/{quote(vhost, safe='')}/{quote(self.user)}",
            {"configure": ".*", "write": ".*", "read": ".*"},
        )
        return self.url(vhost)

    def drop_vhost(self, url: str) -> None:
        """Remove the vhost of `url` with all in it."""
        self.ask("DELETE", f"/api/vhosts{urlsplit(url).path}")

    def queues(self, url: str) -> list[dict]:
        """Name, type and arguments of every queue in the vhost of `url`."""
        answer = self.ask("GET", f"/api/queues{urlsplit(url).path}?disable_stats=true&enable_queue_totals=true")
        return answer if isinstance(answer, list) else answer["items"]

    def answers(self) -> bool:
        """Whether broker and management API are up."""
        try:
            self.ask("GET", "/api/whoami")
        except (OSError, http.client.HTTPException):
            return False
        return self.scheme != "amqp" or self._speaks_amqp()

    def _speaks_amqp(self) -> bool:
        """The AMQP listener opens last, when vhosts and queues are back; a proxy before it may listen all the time."""
        try:
            with socket.create_connection((self.host, self.port), timeout=5) as link:
                link.sendall(b"AMQP\x00\x00\x09\x01")
                return link.recv(1) == b"\x01"
        except OSError:
            return False

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """One call of the management API; returns the decoded answer, None where there is none."""
        request = urllib.request.Request(
            self.management_url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        credentials = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        request.add_header("Authorization", f"Basic {credentials}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None


def rabbitmq_root() -> Path:
    """The system that private nodes are part of: ours, or that in TEST_RABBITMQ_ROOT (see `tests.support.brokers`)."""
    return Path(os.environ.get("TEST_RABBITMQ_ROOT") or "/")


def find_rabbitmq() -> str | None:
    """The server's own start script: Debian's wrapper on PATH insists on root or on the user rabbitmq."""
    folders = ["/usr/lib/rabbitmq/bin", "/usr/lib/rabbitmq/lib/*/sbin"]
    return find_program("rabbitmq-server", folders=folders, root=rabbitmq_root())


class RabbitNode(Broker):
    """A private node with ports, data, cookie and port mapper (epmd) of its own; may be stopped and started again."""

    def __init__(self) -> None:
        self._root = rabbitmq_root()
        server = find_rabbitmq()
        mapper = find_program("epmd", folders=["/usr/lib/erlang/bin", "/usr/bin"], root=self._root)
        if not server or not mapper:
            raise Missing(f"no rabbitmq-server in {self._root}")
        super().__init__("127.0.0.1", free_port(), f"http://127.0.0.1:{free_port()}")
        self._server, self._mapper_command = server, mapper
        place = None if self._root == Path("/") else self._root / "tmp"
        self._folder = Path(tempfile.mkdtemp(prefix="gonghui-rabbitmq-", dir=place))
        self._mapper_port = free_port()
        self._env = self._prepare()
        self._mapper: Program | None = None
        self._program: Program | None = None

    def encrypt(self, certificate: bytes, key: bytes, authority: bytes) -> None:
        """Before the first start: speak AMQP over TLS on the port, and nothing else, with these PEM texts."""
        texts = {"certfile": certificate, "keyfile": key, "cacertfile": authority}
        lines = ["listeners.tcp = none", f"listeners.ssl.default = 127.0.0.1:{self.port}"]
        for name, text in texts.items():
            (self._folder / f"{name}.pem").write_bytes(text)
            lines.append(f"ssl_options.{name} = /{(self._folder / name).relative_to(self._root)}.pem")
        configuration = self._folder / "rabbitmq.conf"
        told = [line for line in configuration.read_text().splitlines() if not line.startswith("listeners.tcp")]
        configuration.write_text("\n".join([*told, *lines]) + "\n")
        give_to_unprivileged(self._folder)
        self.scheme = "amqps"

    def lose_patience(self, seconds: int) -> None:
        """Before the first start: close a channel on which a delivery waited so long; count messages often."""
        with (self._folder / "rabbitmq.conf").open("a") as configuration:
            configuration.write(f"consumer_timeout = {seconds * 1000}\n")
        advanced = self._folder / "advanced.config"
        told = advanced.read_text().replace(
            "[{kernel", "[{rabbit, [{channel_tick_interval, 1000}, {quorum_tick_interval, 500}]}, {kernel", 1
        )
        advanced.write_text(told)
        give_to_unprivileged(self._folder)

    def listen_also(self, address: str) -> None:
        """Before the first start: take connections to this address of ours too."""
        with (self._folder / "rabbitmq.conf").open("a") as configuration:
            configuration.write(f"listeners.tcp.also = {address}:{self.port}\nloopback_users = none\n")

    def start(self) -> RabbitNode:
        """Start the node and wait until it answers (5 to 15 seconds)."""
        self.launch()
        self.wait()
        return self

    def launch(self) -> None:
        """Start the node without waiting for it."""
        if self._mapper is None:
            command = [self._mapper_command, "-port", str(self._mapper_port), "-address", "127.0.0.1"]
            self._mapper = Program(command, env=self._env, log=self._folder / "epmd.log", root=self._root)
        self._program = Program([self._server], env=self._env, log=self._folder / "out.log", root=self._root)

    def wait(self) -> None:
        """Wait until the launched node answers."""
        assert self._program is not None
        wait_until(self.answers, what="RabbitMQ", failed=self._program.why_ended)

    def stop(self) -> None:
        """Shut the node down in good order; data stay."""
        if self._program:
            self._program.stop(seconds=60)

    def kill(self) -> None:
        """End the node at once, as a crash would; data stay as they are.

        A quorum queue that was declared less than a second ago may come back without a leader (seen on 3.10).
        """
        if self._program:
            self._program.kill()

    def remove(self) -> None:
        """Stop everything and remove the data."""
        self.kill()
        if self._mapper:
            self._mapper.stop(seconds=5)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _prepare(self) -> dict[str, str]:
        folder, name = self._folder, f"gonghui{self.port}@localhost"
        management_port = urlsplit(self.management_url).port
        for part in ("home", "mnesia", "log", "plugins"):
            (folder / part).mkdir()
        (folder / "rabbitmq.conf").write_text(_CONFIGURATION.format(amqp=self.port, management=management_port))
        (folder / "advanced.config").write_text("[{kernel, [{inet_dist_use_interface, {127,0,0,1}}]}].\n")
        (folder / "enabled_plugins").write_text("[rabbitmq_management].\n")
        cookie = folder / "home" / ".erlang.cookie"
        cookie.write_text(uuid4().hex)
        cookie.chmod(0o400)
        give_to_unprivileged(folder)
        seen = Path("/") / folder.relative_to(self._root)  # by the node
        return {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "LANG": "C.UTF-8",
            "HOME": str(seen / "home"),
            "ERL_EPMD_PORT": str(self._mapper_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": name,
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(seen / "mnesia"),
            "RABBITMQ_LOG_BASE": str(seen / "log"),
            "RABBITMQ_PLUGINS_EXPAND_DIR": str(seen / "plugins"),
            "RABBITMQ_CONFIG_FILE": str(seen / "rabbitmq.conf"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(seen / "advanced.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(seen / "enabled_plugins"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(seen),
            "RABBITMQ_PID_FILE": str(seen / "pid"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 2:2 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}",
        }
