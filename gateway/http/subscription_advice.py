"""Advice for subscribers in the AsyncAPI document, with the arguments of their queues.

Sources: RabbitMQ's guides to quorum queues, queue length limits, time to live and dead letter exchanges, 3.10 to 4.
"""

from __future__ import annotations

from typing import Any

SYSTEM = "{system}"
"""Placeholder for the broker user's name in the names of its queue and exchange."""
DEAD = f"{SYSTEM}.dead"
_DAY = 24 * 3600 * 1000
PREFETCH = 50

QUEUE_ARGUMENTS: dict[str, Any] = {
    "x-queue-type": "quorum",
    "x-max-length": 100_000,
    "x-message-ttl": 7 * _DAY,
    "x-expires": 30 * _DAY,
    "x-delivery-limit": 10,
    "x-dead-letter-exchange": DEAD,
}
"""Arguments of a subscriber's queue. No `x-overflow`: with `reject-publish` a full queue would block our own events."""
DEAD_QUEUE_ARGUMENTS: dict[str, Any] = {
    "x-queue-type": "quorum",
    "x-max-length": 10_000,
    "x-message-ttl": 30 * _DAY,
    "x-expires": 60 * _DAY,
}
RIGHTS = {
    "configure": f"^{SYSTEM}(\\.dead)?$",
    "write": f"^{SYSTEM}(\\.dead)?$",
    "read": f"^({SYSTEM}(\\.dead)?|[a-z]+\\.events)$",
}
"""Rights of a subscriber's broker user, as RabbitMQ's regular expressions."""

ADVICE = """\
A queue of one's own, declared by the subscriber and bound to the exchanges of the services it wants to hear, with the
types as routing keys. The service's exchanges exist already: declare them passively.

- **User.** Each system has a broker user of its own, with the rights in `x-rights` and nothing else: it reads the
  union's exchanges, and owns the queue and the dead letter exchange and queue that bear its name.
- **TLS.** Across a network one does not own only by `amqps`, verifying the broker's certificate and its name.
- **Queue.** A durable quorum queue with the arguments in `x-arguments`; it survives the loss of a broker node.
- **Length.** `x-max-length` keeps a subscriber that is away from filling the broker's disk: past it the oldest messages
  leave the queue, to the dead letter exchange. Never set `x-overflow: reject-publish`: the broker would then refuse the
  union's own events as long as the queue is full.
- **Expiry.** `x-message-ttl` moves messages nobody took to the dead letter exchange, `x-expires` deletes a queue
  without consumer. Whoever was away longer than either begins again with a snapshot.
- **Prefetch and acknowledgement.** Take a bounded number unacknowledged (`x-prefetch`), acknowledge after your own
  commit. Where your database is away, wait with the messages unacknowledged (within the broker's `consumer_timeout`,
  30 minutes by default) or close the channel; don't return them in a loop.
- **Poison messages.** What can't be read, reject without requeueing: it goes to the dead letter exchange at once. What
  was returned more often than `x-delivery-limit` goes there too; without dead letter exchange it is lost (RabbitMQ 4
  sets a limit of 20 by itself). Watch the dead letter queue: a message in it means that your copy may be behind.
- **Repeats.** Delivery is at least once: remember `id`, in the transaction of your change, and do nothing for an id you
  have. `id` is the same for every delivery of an event.
- **Order.** `sequence` counts the events of one `subject`, whatever their type: compare it as a number and ignore what
  is not newer than what you have. Gaps are normal where not all types of a subject are bound. Across subjects there is
  no order.
- **Begin.** Bind the queue first, then read the snapshots over HTTP (`/api/v1/membership/members/snapshot`,
  `/api/v1/membership/units/snapshot`, `/api/v1/activities/snapshot`, `/api/v1/governance/rules/snapshot`), then take
  messages: drop an event whose `sequence` is not greater than that of the row of its `subject`. A subject without a row
  is new.
- **Growth.** Ignore fields and types you don't know. A break would be a new type.
"""


def queue_channel() -> dict[str, Any]:
    """Return the AsyncAPI channel of a subscriber's own queue."""
    return _channel(SYSTEM, "The queue of a system that listens", ADVICE, QUEUE_ARGUMENTS) | {
        "x-prefetch": PREFETCH,
        "x-rights": RIGHTS,
    }


def dead_letter_channel() -> dict[str, Any]:
    """Return the AsyncAPI channel of messages that a subscriber could not handle."""
    text = (
        "Bound to the fanout exchange of the same name: what expired, overflowed, was rejected or returned too often."
    )
    return _channel(DEAD, "The dead letters of a system that listens", text, DEAD_QUEUE_ARGUMENTS)


def _channel(name: str, title: str, description: str, arguments: dict[str, Any]) -> dict[str, Any]:
    queue = {"name": name, "durable": True, "exclusive": False, "autoDelete": False}
    return {
        "address": name,
        "title": title,
        "description": description,
        "parameters": {"system": {"description": "The name of the system, which is that of its broker user."}},
        "messages": {},
        "bindings": {"amqp": {"is": "queue", "queue": queue, "bindingVersion": "0.3.0"}},
        "x-arguments": arguments,
    }
