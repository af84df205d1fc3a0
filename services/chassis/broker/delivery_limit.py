"""Checks whether the broker drops events that were returned to it often, as RabbitMQ 4 does after 20 times by default.

AMQP has no way to ask which policies apply to a queue, so it is tried: a message in a test queue, named as event queues
are, is taken and returned by closing the channel, as happens when a consumer is killed.
"""

from __future__ import annotations

from time import monotonic
from typing import Any
from uuid import uuid4

import eventlet
from kombu import Connection, Exchange, Queue

from services.chassis.broker import publisher
from services.chassis.process import logs, metrics
from services.chassis.process.settings import settings

RETURNS = 25
"""How often the message is returned: more often than RabbitMQ 4.0 allows by default."""
LOOK_EVERY = 3600.0
PATIENCE = 5.0
"""Seconds within which a returned message must be available again; a cluster needs a moment."""
EXPIRES_MS = 60_000
"""Time after which the broker deletes the queue of a check that was interrupted."""

MEND = "set the policy of event queues that deploy/README.md names under Queues"

log = logs.get_logger(__name__)


def drops_returned(url: str, name: str) -> bool:
    """Whether a message that is returned often is lost to its queue. Takes up to a few seconds.

    Args:
        url: the broker's.
        name: of the service or tool that checks; its own rights suffice.

    Raises:
        Exception: the check failed: the broker can't be reached, or a right is missing.
    """
    with publisher.connection(url) as link:
        queue = Queue(
            f"{publisher.QUEUE_PREFIX}probe-{uuid4().hex[:12]}--{name}.probe",
            exchange=Exchange("nameko-rpc", type="topic", durable=True),  # the one all may publish to
            durable=True,
            queue_arguments={"x-queue-type": "quorum", "x-expires": EXPIRES_MS},
        )
        queue.routing_key = queue.name
        channel = link.channel()
        probe = queue(channel)
        probe.declare()
        try:
            _publish(channel, queue)
            return not all(_given_back(link, queue.name) for _ in range(RETURNS))
        finally:
            probe.delete()


def watch(name: str) -> None:
    """Check now and every hour, because the broker may be replaced; report the result in the log and as a metric."""
    while True:
        try:
            drops = drops_returned(settings().amqp_url, name)
        except Exception as error:
            log.info("delivery_limit_unknown", service=name, error=type(error).__name__)
        else:
            metrics.broker_drops_events(name, drops)
            if drops:
                log.error("broker_drops_events", service=name, after_returns=RETURNS, mend=MEND)
        eventlet.sleep(LOOK_EVERY)


def _publish(channel: Any, queue: Queue) -> None:
    channel.confirm_select()
    message = channel.prepare_message(b"probe", properties={"delivery_mode": 2})
    channel.basic_publish_confirm(message, exchange=queue.exchange.name, routing_key=queue.routing_key)


def _given_back(link: Connection, queue: str) -> bool:
    """Take the message and return it to the broker; False when it is gone."""
    channel = link.channel()
    try:
        end = monotonic() + PATIENCE
        while channel.basic_get(queue) is None:
            if monotonic() > end:
                return False
            eventlet.sleep(0.1)
        return True
    finally:
        channel.close()
