"""The limit of every event: kombu alone, pipelined confirms on one side, consume and ack on the other, a quorum queue.

As a program it is one of the two sides, at the address it is given.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

from kombu import Connection, Exchange, Producer, Queue

WINDOW = 500
"""Messages in flight before their confirms are waited for; as many as the relay has."""
PREFETCH = 400
_EXCHANGE = Exchange("raw", type="topic", durable=True)
_QUEUE = Queue("raw", exchange=_EXCHANGE, routing_key="raw", durable=True, queue_arguments={"x-queue-type": "quorum"})


def raw_rate(url: str, count: int, size: int) -> float:
    """Return messages per second from the first publish to the last ack, both sides at work at once.

    Args:
        url: the broker's, with a vhost to use up.
        count: how many messages.
        size: bytes of each.
    """
    with Connection(url) as link:
        _QUEUE(link.channel()).declare()
    sides = [_side(side, url, count, size) for side in ("consume", "publish")]
    began = float(_result(sides[1])[0])
    ended = float(_result(sides[0])[1])
    return count / (ended - began)


def _side(name: str, url: str, count: int, size: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.load.raw_queue", name, url, str(count), str(size)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _result(side: subprocess.Popen[str]) -> list[str]:
    printed, _ = side.communicate(timeout=300)
    assert side.returncode == 0
    return printed.split()


def _publish(link: Connection, count: int, size: int) -> None:
    channel = link.channel()
    open_: set[int] = set()

    def on_ack(tag: int, multiple: bool) -> None:
        open_.difference_update([one for one in open_ if one <= tag] if multiple else [tag])

    channel.events["basic_ack"].add(on_ack)
    channel.confirm_select()
    producer = Producer(channel, exchange=_EXCHANGE)
    body = b"x" * size
    for tag in range(1, count + 1):
        open_.add(tag)
        producer.publish(body, routing_key="raw", content_type="text/plain", content_encoding="utf-8", delivery_mode=2)
        while len(open_) >= WINDOW or (tag == count and open_):
            link.drain_events(timeout=30)


def _consume(link: Connection, count: int) -> None:
    left = count

    def take(message: Any) -> None:
        nonlocal left
        message.ack()
        left -= 1

    channel = link.channel()
    consumer = link.Consumer(queues=[_QUEUE], channel=channel, on_message=take, prefetch_count=PREFETCH)
    with consumer:
        while left:
            link.drain_events(timeout=60)


if __name__ == "__main__":
    side, url, count, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    with Connection(url) as link:
        link.connect()
        began = time.time()
        if side == "publish":
            _publish(link, count, size)
        else:
            _consume(link, count)
        print(began, time.time())
