"""Activities and registrations as announced: the newest counts, whatever order it arrives in."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from gateway.read_models import activities, registrations, timeline
from gateway.tables import Base
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.errors import InvalidInput, NotFound
from services.chassis.identifiers import uuid7
from services.chassis.security.principal import Principal
from services.contracts.activities.calendar.events import EventCancelled, EventHeld, EventRescheduled, EventScheduled
from services.contracts.activities.calendar.shapes import Activity
from services.contracts.activities.registration.events import (
    RegistrationCancelled,
    RegistrationConfirmed,
    RegistrationWaitlisted,
)
from tests.component.gateway.harness import GatewayHarness
from tests.support.schema_check import differences
from tests.unit.gateway.conftest import Person

ACTIVITY = UUID("0190d5a0-0000-7000-8000-0000000000a1")
SOON = clock.now() + timedelta(days=5)


def schedule(gateway: GatewayHarness, **values: Any) -> UUID:
    activity_id = values.pop("activity_id", None) or uuid7()
    starts_at = values.pop("starts_at", SOON)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "registration_closes_at": starts_at}
    times |= {"registration_opens_at": starts_at - timedelta(days=30), "cancel_until": starts_at}
    gateway.hear(EventScheduled, **{"activity_id": activity_id, "sessions": [], **times, **values})
    return activity_id


def test_migrations_arrive_at_the_models(database_url: Callable[..., str]) -> None:
    assert differences("gateway", Base.metadata, database_url("gateway")) == []


def test_the_view_keeps_the_promise_of_the_resource(gateway: GatewayHarness) -> None:
    schedule(gateway, activity_id=ACTIVITY)
    resource = activities.get(ACTIVITY)
    assert Activity().validate(resource) == {}
    assert set(resource) == set(Activity().fields)


@pytest.mark.databases("postgresql", "sqlite")
def test_an_activity_is_the_same_in_whatever_order_its_events_arrive(app: Flask, database: Database) -> None:
    first: dict[str, Any] = {}
    for place, order in enumerate(itertools.permutations(range(4))):
        gateway = GatewayHarness(database)
        activity_id = uuid7()
        ids = {"activity_id": activity_id}
        messages = [
            gateway.make(EventScheduled, 1, **ids, title="Before", seats_taken=0, seats_left=400),
            gateway.make(RegistrationConfirmed, 2, **ids, seats_taken=1, seats_left=399, waiting=0),
            gateway.make(EventRescheduled, 3, **ids, title="After", seats_taken=1, seats_left=449, capacity=450),
            gateway.make(EventHeld, 4, **ids, held_on="2023-09-26", attended=1, version=3),
        ]
        gateway.deliver(*[messages[index] for index in order])
        resource = {name: value for name, value in activities.get(activity_id).items() if name != "id"}
        first = first or resource
        assert resource == first, (place, order)
    assert (first["title"], first["seats_left"], first["state"], first["version"]) == ("After", 449, "held", 3)


def test_an_event_told_twice_counts_once(gateway: GatewayHarness) -> None:
    schedule(gateway, activity_id=ACTIVITY)
    message = gateway.make(RegistrationConfirmed, activity_id=ACTIVITY, member_id=uuid7())
    gateway.deliver(message, message)
    gateway.deliver_together(message, message)
    member_id = UUID(member_of(message))
    found = timeline.of(Principal("account", uuid7(), member_id), limit=10)["items"]
    assert [item["kind"] for item in found] == ["registration_confirmed"]


def member_of(announced: Any) -> str:
    import json

    member_id: str = json.loads(announced.message)["data"]["member_id"]
    return member_id


def test_what_is_not_announced_is_not_found(gateway: GatewayHarness) -> None:
    gateway.hear(RegistrationConfirmed, activity_id=ACTIVITY)
    with pytest.raises(NotFound):
        activities.get(ACTIVITY)
    assert activities.page({})["items"] == []


@pytest.mark.databases("postgresql", "sqlite")
def test_the_list_is_filtered_sorted_and_paged(gateway: GatewayHarness) -> None:
    unit = uuid7()
    later = [
        schedule(gateway, starts_at=SOON + timedelta(days=day), title=f"{9 - day}", kind="lecture") for day in range(5)
    ]
    choir = schedule(gateway, starts_at=SOON + timedelta(days=9), title="大合唱", kind="choir", organiser_unit_id=unit)
    gateway.hear(EventCancelled, activity_id=later[0])

    def ids(**filters: Any) -> list[str]:
        return [item["id"] for item in activities.page(filters)["items"]]

    assert ids(limit=100) == [str(activity_id) for activity_id in [*later, choir]]
    assert ids(sort="-starts_at", limit=2) == [str(choir), str(later[4])]
    assert (
        ids(kind="choir")
        == ids(organiser_unit_id=unit)
        == ids(q="合唱")
        == ids(q="CHOIR", kind="choir")
        == [str(choir)]
    )
    assert ids(state="cancelled") == [str(later[0])]
    assert ids(q="100%") == []
    assert ids(starts_from=SOON + timedelta(days=3), starts_to=SOON + timedelta(days=4)) == [
        str(one) for one in later[3:]
    ]
    assert ids(registration_open=True, kind="lecture") == [str(one) for one in later[1:]]
    assert ids(registration_open=False) == [str(later[0])]
    assert ids(sort="title", kind="lecture") == [str(one) for one in reversed(later)]


@pytest.mark.databases("postgresql", "sqlite")
def test_pages_follow_each_other_and_a_cursor_of_another_sort_is_refused(gateway: GatewayHarness) -> None:
    expected = [str(schedule(gateway)) for _ in range(7)]
    seen: list[str] = []
    cursor = None
    while True:
        page = activities.page({"limit": 3, "cursor": cursor})
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == expected
    cursor = activities.page({"limit": 3})["next_cursor"]
    with pytest.raises(InvalidInput, match="another sort"):
        activities.page({"limit": 3, "cursor": cursor, "sort": "title"})
    with pytest.raises(InvalidInput, match="not one of ours"):
        activities.page({"limit": 3, "cursor": cursor[:-4] + "AAAA"})


def test_a_figure_that_changed_is_seen_at_once(gateway: GatewayHarness) -> None:
    schedule(gateway, activity_id=ACTIVITY)
    assert activities.get(ACTIVITY)["seats_left"] == 400
    gateway.hear(RegistrationConfirmed, activity_id=ACTIVITY, seats_taken=1, seats_left=399, waiting=0)
    assert activities.get(ACTIVITY)["seats_left"] == 399


def test_a_registration_follows_its_latest_event(gateway: GatewayHarness) -> None:
    member = uuid7()
    schedule(gateway, activity_id=ACTIVITY)
    ids = {"activity_id": ACTIVITY, "member_id": member}
    waiting = gateway.make(RegistrationWaitlisted, 2, **ids, position=3)
    confirmed = gateway.make(RegistrationConfirmed, 3, **ids, moved_up=True)
    gateway.deliver(confirmed, waiting)
    assert [(one["state"], one["activity"]["id"]) for one in registrations.of(member)] == [("confirmed", str(ACTIVITY))]
    gateway.hear(RegistrationCancelled, 4, **ids)
    assert registrations.of(member) == []
    assert registrations.mine(member, ACTIVITY)["state"] == "cancelled"  # type: ignore[index]
    gateway.hear(RegistrationConfirmed, 5, **ids, registration_id=uuid7())
    assert len(registrations.of(member)) == 1


def test_upcoming_leaves_out_what_is_over_or_cancelled(gateway: GatewayHarness) -> None:
    member = uuid7()
    past = schedule(gateway, starts_at=clock.now() - timedelta(days=1))
    off, on = schedule(gateway), schedule(gateway)
    for activity_id in (past, off, on):
        gateway.hear(RegistrationConfirmed, activity_id=activity_id, member_id=member)
    gateway.hear(EventCancelled, activity_id=off)
    assert {one["activity_id"] for one in registrations.of(member)} == {str(past), str(off), str(on)}
    assert [one["activity_id"] for one in registrations.of(member, upcoming=True)] == [str(on)]


def answer(member: UUID, state: str, **more: Any) -> dict[str, Any]:
    ids = {"registration_id": str(uuid7()), "activity_id": str(ACTIVITY), "member_id": str(member)}
    return {**ids, "state": state, "position": None, "already": False, **more}


def test_the_own_answer_shows_before_its_event_and_yields_to_what_follows(gateway: GatewayHarness) -> None:
    member = uuid7()
    schedule(gateway, activity_id=ACTIVITY)
    registrations.remember(answer(member, "waitlisted", position=1))
    assert [one["state"] for one in registrations.of(member)] == ["waitlisted"]
    gateway.announced_at = clock.now()
    gateway.hear(RegistrationWaitlisted, 2, activity_id=ACTIVITY, member_id=member)
    gateway.hear(RegistrationConfirmed, 3, activity_id=ACTIVITY, member_id=member, moved_up=True)
    registrations.remember(answer(member, "waitlisted", position=1, already=True))
    assert [one["state"] for one in registrations.of(member)] == ["confirmed"]
    registrations.remember_cancelled({**answer(member, "cancelled"), "id": str(uuid7())})
    assert registrations.of(member) == []


@pytest.mark.databases("postgresql", "sqlite")
def test_the_timeline_holds_what_happened_to_oneself_and_to_the_own_activities(
    gateway: GatewayHarness, sign_in: Callable[..., Person]
) -> None:
    mine, other = sign_in(), sign_in()
    schedule(gateway, activity_id=ACTIVITY)
    gateway.hear(RegistrationConfirmed, activity_id=ACTIVITY, member_id=mine.member_id)
    gateway.hear(RegistrationCancelled, activity_id=ACTIVITY, member_id=other.member_id)
    gateway.hear(EventRescheduled, activity_id=ACTIVITY, changed=["place"])

    def kinds(person: Person) -> list[str]:
        asker = Principal("account", person.account_id, person.member_id)
        return [item["kind"] for item in timeline.of(asker)["items"]]

    assert kinds(mine) == ["event_rescheduled", "registration_confirmed"]
    assert kinds(other) == ["registration_cancelled"]
    assert timeline.of(Principal())["items"] == []


@pytest.mark.databases("postgresql", "sqlite")
def test_a_batch_of_registrations_is_kept_whole(gateway: GatewayHarness) -> None:
    schedule(gateway, activity_id=ACTIVITY)
    members = [uuid7() for _ in range(100)]
    figures = [{"seats_taken": place, "seats_left": 400 - place, "waiting": 0} for place in range(1, 101)]
    gateway.deliver_together(
        *(
            gateway.make(RegistrationConfirmed, activity_id=ACTIVITY, member_id=member, **figure)
            for member, figure in zip(members, figures, strict=True)
        )
    )
    assert activities.get(ACTIVITY)["seats_left"] == 300
    assert all(registrations.mine(member, ACTIVITY) for member in members)
