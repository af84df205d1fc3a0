"""RabbitMQ and PostgreSQL in containers, through testcontainers, for machines with a Docker engine.

The image names come from TEST_RABBITMQ_IMAGE and TEST_POSTGRES_IMAGE. Host ports are chosen here and fixed, so that a
server that was stopped and started again has the address it had.
"""

from __future__ import annotations

import functools
import os
import shutil

from testcontainers.core.config import testcontainers_config
from testcontainers.core.container import DockerContainer
from testcontainers.core.docker_client import DockerClient

from tests.support.machine import free_port
from tests.support.postgres import DatabaseServer
from tests.support.rabbitmq import Broker
from tests.support.waiting import wait_until

RABBITMQ_IMAGE = "rabbitmq:4.0-management"
POSTGRES_IMAGE = "postgres:16"


@functools.cache
def engine_answers() -> bool:
    """Whether a Docker engine answers where testcontainers would look for it."""
    if not os.environ.get("DOCKER_HOST") and not os.path.exists("/var/run/docker.sock") and not shutil.which("docker"):
        return False
    try:
        return bool(DockerClient().client.ping())
    except Exception:  # whatever the client raises, no engine is to be had
        return False


class _Contained:
    """Stop and start of one container; its data live as long as it does."""

    container: DockerContainer

    _started = False

    def stop(self) -> None:
        """Shut the server down in good order; data stay."""
        self.container.get_wrapped_container().stop(timeout=30)

    def kill(self) -> None:
        """End the server at once, as a crash would; data stay as they are."""
        self.container.get_wrapped_container().kill()

    def remove(self) -> None:
        """Stop the container and remove it with its data."""
        if self._started:
            self.container.stop()

    def _run(self) -> None:
        if self._started:
            self.container.get_wrapped_container().start()
        else:
            self.container.start()
            self._started = True

    def _why_ended(self) -> str | None:
        contained = self.container.get_wrapped_container()
        contained.reload()
        return None if contained.status in ("created", "running", "restarting") else contained.logs(tail=40).decode()


class RabbitContainer(_Contained, Broker):
    """A broker in a container."""

    def __init__(self) -> None:
        host = testcontainers_config.tc_host_override or DockerClient().host()
        super().__init__(host, free_port(), f"http://{host}:{free_port()}", user="gonghui", password="gonghui")
        self.container = (
            DockerContainer(os.environ.get("TEST_RABBITMQ_IMAGE", RABBITMQ_IMAGE))
            .with_env("RABBITMQ_DEFAULT_USER", self.user)
            .with_env("RABBITMQ_DEFAULT_PASS", self.password)
            .with_kwargs(hostname="gonghui-rabbitmq")
            .with_bind_ports(5672, self.port)
            .with_bind_ports(15672, int(self.management_url.rpartition(":")[2]))
        )

    def start(self) -> RabbitContainer:
        """Start the container and wait until the broker answers."""
        self._run()
        wait_until(self.answers, what="RabbitMQ in a container", failed=self._why_ended)
        return self


class PostgresContainer(_Contained, DatabaseServer):
    """A database server in a container."""

    def __init__(self) -> None:
        host, port = testcontainers_config.tc_host_override or DockerClient().host(), free_port()
        super().__init__(f"postgresql://gonghui:gonghui@{host}:{port}")
        self.container = (
            DockerContainer(os.environ.get("TEST_POSTGRES_IMAGE", POSTGRES_IMAGE))
            .with_env("POSTGRES_USER", "gonghui")
            .with_env("POSTGRES_PASSWORD", "gonghui")
            .with_env("POSTGRES_DB", self.maintenance)
            .with_command("postgres -c max_connections=400 -c fsync=off")
            .with_bind_ports(5432, port)
        )

    def start(self) -> PostgresContainer:
        """Start the container and wait until the database answers."""
        self._run()
        wait_until(self.answers, what="PostgreSQL in a container", failed=self._why_ended)
        return self
