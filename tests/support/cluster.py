"""A RabbitMQ cluster of three nodes on this machine, behind one address that leads to whichever node is alive."""

from __future__ import annotations

import http.client
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tests.support.machine import free_port, give_to_unprivileged
from tests.support.rabbitmq import Broker, RabbitNode
from tests.support.waiting import wait_until

NODES = 3


class ClusterNode(RabbitNode):
    """One of several nodes that know each other by name, cookie and port mapper."""

    @property
    def name(self) -> str:
        """As the others call it."""
        return self._env["RABBITMQ_NODENAME"]

    def join(self, nodes: list[ClusterNode]) -> None:
        """Prepare, before the first start, to be one of `nodes`; the first of them runs the port mapper."""
        first = nodes[0]
        peers = [
            f"cluster_formation.classic_config.nodes.{number} = {node.name}" for number, node in enumerate(nodes, 1)
        ]
        configuration = self._folder / "rabbitmq.conf"
        configuration.write_text(
            configuration.read_text()
            + "\n".join(["cluster_formation.peer_discovery_backend = classic_config", *peers])
            + "\ncluster_partition_handling = pause_minority\n"
        )
        if self is not first:
            cookie = Path("home/.erlang.cookie")
            (self._folder / cookie).unlink()
            (self._folder / cookie).write_text((first._folder / cookie).read_text())
            (self._folder / cookie).chmod(0o400)
            self._env["ERL_EPMD_PORT"] = first._env["ERL_EPMD_PORT"]
            self._mapper = first._mapper
        give_to_unprivileged(self._folder)


class Cluster(Broker):
    """Three nodes; `url` leads to whichever is alive, the management API is asked of one that answers."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1", free_port(), "")
        self.nodes = [ClusterNode() for _ in range(NODES)]
        self._forwarder: subprocess.Popen[bytes] | None = None

    def start(self) -> Cluster:
        """Start the nodes together (RabbitMQ 4 begins no cluster without a second), then the address before them."""
        for node in self.nodes:
            node.join(self.nodes)
            node.launch()
        for node in self.nodes:
            node.wait()
        wait_until(lambda: len(self.ask("GET", "/api/nodes")) == NODES, what="the cluster")
        ports = [str(node.port) for node in self.nodes]
        command = [sys.executable, "-m", "tests.support.forwarder", str(self.port), *ports]
        self._forwarder = subprocess.Popen(command)
        wait_until(self._speaks_amqp, what="the address of the cluster")
        return self

    def remove(self) -> None:
        """Stop everything and remove the data."""
        if self._forwarder is not None:
            self._forwarder.terminate()
            self._forwarder.wait()
        for node in reversed(self.nodes):
            node.remove()

    def new_vhost(self, label: str = "cluster", queue_type: str | None = "quorum") -> str:
        """Make a vhost in which every queue that lasts is replicated."""
        return super().new_vhost(label, queue_type)

    def drop_vhost(self, url: str) -> None:
        """Leave it: it goes with the cluster, and deleting its queues would wait for nodes that are dead."""

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """One call of the management API of the first node that answers."""
        last: Exception = RuntimeError("no node is alive")
        for node in self.nodes:
            try:
                return node.ask(method, path, body)
            except (ConnectionError, http.client.HTTPException) as error:
                last = error
            except OSError as error:
                if hasattr(error, "code"):  # it answered, and said no
                    raise
                last = error
        raise last

    def leader_of(self, url: str, queue: str) -> ClusterNode:
        """Return the node that leads a quorum queue."""
        found = self.ask("GET", f"/api/queues{urlsplit(url).path}/{quote(queue, safe='')}")
        name = found.get("leader") or found["node"]
        return next(node for node in self.nodes if node.name == name)
