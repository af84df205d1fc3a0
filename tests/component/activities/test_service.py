"""The whole service on a real broker and a real database: hears of members, gives out seats, announces it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import eventlet
import pytest
import sqlalchemy as sa
from kombu import Connection, Queue

from services.activities.participants.tables import Participant
from services.activities.service import Activities
from services.chassis.broker import publisher as broker
from services.chassis.database.engine import Database
from services.chassis.process import settings as settings_module
from services.chassis.process.runner import Containers, declare_topology
from services.chassis.rpc.context import CallContext
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.registration import operations as registration
from services.contracts.membership.joining.operations import MemberJoined
from tests.component.activities.harness import OFFICER, SYSTEM, ActivitiesHarness, at, joining, member_account
from tests.support.patience import PatientClient, calling

QUEUES = [
    "evt-governance-expense_recorded--activities.note_club_grant_paid",
    "evt-governance-expense_refused--activities.note_club_grant_refused",
    "evt-governance-expense_reversed--activities.note_club_grant_reversed",
    "evt-governance-rule_published--activities.on_rule_published",
    "evt-governance-rule_withdrawn--activities.on_rule_withdrawn",
    "evt-membership-member_anonymised--activities.forget_attendance",
    "evt-membership-member_anonymised--activities.forget_club_memberships",
    "evt-membership-member_anonymised--activities.forget_contacts",
    "evt-membership-member_anonymised--activities.forget_contests",
    "evt-membership-member_anonymised--activities.forget_guardian",
    "evt-membership-member_anonymised--activities.forget_place_bookings",
    "evt-membership-member_anonymised--activities.forget_survey_answers",
    "evt-membership-member_anonymised--activities.on_member_anonymised",
    "evt-membership-member_joined--activities.on_member_joined",
    "evt-membership-member_updated--activities.on_member_updated",
    "evt-membership-member_updated--activities.release_player",
    "evt-membership-unit_changed--activities.on_unit_changed",
    "evt-membership-unit_merged--activities.hand_over_surveys",
    "evt-membership-unit_merged--activities.on_unit_merged",
    "evt-membership-unit_split--activities.on_unit_split",
]
"""Names of durable queues: a method that is renamed leaves its queue behind, unread."""


@pytest.fixture
def real(amqp_url: str, migrated_url: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The service's database, with settings that point to it and to the broker."""
    url = migrated_url("activities")
    monkeypatch.setenv("GONGHUI_AMQP_URL", amqp_url)
    monkeypatch.setenv("GONGHUI_ACTIVITIES_DATABASE_URL", url)
    settings_module.reset()
    database = Database(url)
    yield database
    database.close()
    settings_module.reset()


@contextmanager
def running() -> Iterator[PatientClient]:
    containers = Containers([Activities])
    containers.start()
    try:
        with calling("visitor") as client:
            yield client
    finally:
        containers.stop()


@contextmanager
def listening() -> Iterator[list[dict]]:
    """Collect what the service announces, as an outsider would hear it."""
    heard: list[dict] = []
    queue = Queue(f"outsider-{uuid4()}", broker.events_exchange("activities"), "#", exclusive=True, auto_delete=True)

    def drain() -> None:
        def note(body, message) -> None:
            heard.append(json.loads(body) if isinstance(body, (str, bytes)) else body)
            message.ack()

        accept = ["application/cloudevents+json", "application/json"]
        with (
            Connection(settings_module.settings().amqp_url) as link,
            link.Consumer(queue, callbacks=[note], accept=accept),
        ):
            ready.send(None)
            while True:
                link.drain_events()

    ready = eventlet.event.Event()
    thread = eventlet.spawn(drain)
    ready.wait()
    yield heard
    thread.kill()


def wait_until(true: Callable[[], bool]) -> None:
    with eventlet.Timeout(30):
        while not true():
            eventlet.sleep(0.05)


def test_the_topology_is_the_one_that_was_agreed(real: Database):
    assert declare_topology([Activities]) == QUEUES


def test_members_heard_of_register_and_outsiders_hear_of_their_seats(real: Database):
    declare_topology([Activities])
    activities = ActivitiesHarness(real)
    members = [uuid4() for _ in range(30)]
    bodies = [activities.message(MemberJoined, **joining(member)) for member in members]
    publisher = broker.EventPublisher(settings_module.settings().amqp_url, "membership")

    with running() as client, listening() as heard:
        told = [*bodies, *bodies[:10]]
        publisher.publish([broker.Outgoing(n, "member_joined", body.encode()) for n, body in enumerate(told)])
        publisher.close()
        wait_until(lambda: known(real) == 30)
        activity = client.call(
            calendar.schedule_activity,
            {
                "title": "入会仪式", "kind": "newcomers_ceremony", "capacity": 20,
                "starts_at": at(days=3), "ends_at": at(days=3, hours=1),
            },
            CallContext(principal=OFFICER),
        )["id"]  # fmt: skip
        single = client.call(
            registration.register, {"activity_id": activity}, CallContext(principal=member_account(members[0]))
        )
        batch = client.call(
            registration.register_batch,
            {"activity_id": activity, "member_ids": members},
            CallContext(principal=SYSTEM),
        )
        wait_until(lambda: len(heard) >= 61)

    assert single["state"] == "confirmed"
    assert (batch["seats_taken"], batch["seats_left"], batch["waiting"]) == (20, 0, 10)
    assert [event["sequence"] for event in heard] == [f"{n:020d}" for n in range(1, 62)]
    kinds = [event["type"] for event in heard]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "event_scheduled": 1, "member_invited": 30, "registration_confirmed": 20, "registration_waitlisted": 10,
    }  # fmt: skip
    assert heard[-1]["data"]["waiting"] == 10
    activities.assert_sound(UUID(activity))


def known(database: Database) -> int:
    with database.session() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Participant)) or 0
