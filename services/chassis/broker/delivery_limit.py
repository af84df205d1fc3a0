"""Whether the broker drops events that were returned to it often, as RabbitMQ 4 does after 20 times by default.

AMQP can't say which policies hold for a queue, so it is tried: a message in a queue of its own, named as event queues
are, is taken and given back by closing the channel, as a consumer that is killed gives its messages back.
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
"""How often the message is given back: more often than RabbitMQ 4.0 allows by itself."""
LOOK_EVERY = 3600.0
PATIENCE = 5.0
"""Seconds in which a message that was given back must be there again; a cluster needs a moment."""
EXPIRES_MS = 60_000
"""After which the broker forgets the queue of a look that was broken off."""

MEND = "set the policy of event queues that deploy/README.md names under Queues"

log = logs.get_logger(__name__)


def drops_returned(url: str, name: str) -> bool:
    """Whether a message that is returned often is lost to its queue. Takes up to a few seconds.

    Args:
        url: the broker's.
        name: of the service or tool that looks; its rights suffice.

    Raises:
        Exception: it could not be found out: the broker is away, or a right is missing.
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
    """Look now and every hour, for ever: a broker may be replaced beneath. Says it in the log and as a figure."""
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
    """Take the message and give it back; False when it is not there any more."""
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
