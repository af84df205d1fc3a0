"""The broker's queues by name: renaming a handler makes a new queue and leaves the old one filling up for ever.

`topology.txt` is the list operators have on their brokers. A change of it goes into CHANGELOG.md, with what to delete.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from deploy.union import all_services
from services.chassis.process.runner import event_queues
from tests.contract.promises import consumers, events

GOLDEN = Path(__file__).with_name("topology.txt")


def topology():
    """One line per exchange and queue, as services declare them."""
    queues = [queue for service in all_services() for queue in event_queues(service)]
    lines = [f"exchange {event.source}.events topic" for event in events()]
    lines += [f"queue {q.name} <- {q.exchange.name} {q.routing_key}" for q in queues]
    return sorted(set(lines))


def test_services_declare_the_topology_operators_know():
    text = GOLDEN.read_text(encoding="utf-8")

    assert topology() == text.splitlines(), (
        "renaming a handler orphans its queue: change topology.txt and tell operators"
    )


def test_no_two_reactions_share_a_queue():
    queues = [queue.name for service in all_services() for queue in event_queues(service)]

    assert [name for name, count in Counter(queues).items() if count > 1] == []
    assert len(queues) == len(consumers())


def test_every_queue_is_durable_and_replicated():
    for service in all_services():
        for queue in event_queues(service):
            assert queue.durable, queue.name
            assert queue.queue_arguments == {"x-queue-type": "quorum"}, queue.name
            assert len(queue.name.encode()) <= 255
