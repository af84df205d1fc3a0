"""The home put together from views, and the calendar beside the year's plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from gateway.read_models import calendar
from services.chassis import clock
from services.chassis.errors import DeadlineExceeded
from services.chassis.identifiers import uuid7
from services.chassis.process.settings import settings
from services.contracts.activities.registration.events import MemberInvited, RegistrationConfirmed
from services.contracts.gateway.views import CalendarMonth, Home
from services.contracts.governance.plan.events import PlanItemProgressed, PlanItemUpdated, PlanPublished
from services.contracts.membership.joining.operations import ApplicationSubmitted, MemberJoined
from services.contracts.membership.organisation.operations import UnitCreated
from services.contracts.welfare.entitlements import EntitlementOpened
from services.contracts.welfare.visits.events import VisitRequired
from tests.component.gateway.harness import GatewayHarness
from tests.component.gateway.test_activity_views import SOON, schedule
from tests.unit.gateway.conftest import UNIT, FakeClient, Person

SignIn = Callable[..., Person]


def plan_item(item_id: UUID, **values: Any) -> dict[str, Any]:
    return {**PlanPublished.example["items"][0], "item_id": str(item_id), "month": 3, "month_to": None, **values}


@pytest.mark.databases("postgresql", "sqlite")
def test_the_plan_shows_in_the_months_its_items_span(gateway: GatewayHarness) -> None:
    spring, march = uuid7(), uuid7()
    gateway.hear(PlanPublished, items=[plan_item(spring, order=2, month_to=5), plan_item(march, order=1)], year=2023)
    assert [item["item_id"] for item in calendar.month(2023, 3)["plan_items"]] == [str(march), str(spring)]
    assert [item["item_id"] for item in calendar.month(2023, 5)["plan_items"]] == [str(spring)]
    assert calendar.month(2023, 6)["plan_items"] == calendar.month(2024, 3)["plan_items"] == []
    assert CalendarMonth().validate(calendar.month(2023, 3)) == {}


@pytest.mark.databases("postgresql", "sqlite")
def test_progress_told_before_the_item_is_not_lost(gateway: GatewayHarness) -> None:
    item_id = uuid7()
    published = gateway.make(PlanPublished, items=[plan_item(item_id)], year=2023)
    gateway.announced_at += timedelta(seconds=1)
    gateway.hear(PlanItemProgressed, item_id=item_id, year=2023, progress=50, state="in_progress")
    assert calendar.month(2023, 3)["plan_items"] == []
    gateway.deliver(published)
    (item,) = calendar.month(2023, 3)["plan_items"]
    assert (item["progress"], item["state"]) == (50, "in_progress")


def test_a_removed_item_is_gone_and_one_left_out_of_the_next_plan_too(gateway: GatewayHarness) -> None:
    removed, dropped, kept = uuid7(), uuid7(), uuid7()
    gateway.hear(PlanPublished, items=[plan_item(one) for one in (removed, dropped, kept)], year=2023)
    gateway.announced_at += timedelta(seconds=1)
    gateway.hear(PlanItemUpdated, **plan_item(removed), removed=True)
    gateway.hear(PlanPublished, items=[plan_item(kept, title="新题")], year=2023)
    assert [(item["item_id"], item["title"]) for item in calendar.month(2023, 3)["plan_items"]] == [(str(kept), "新题")]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_month_begins_and_ends_at_midnight_in_china(gateway: GatewayHarness) -> None:
    midnight = datetime(2026, 11, 30, 16, tzinfo=UTC)
    november = schedule(gateway, starts_at=midnight - timedelta(hours=4))
    december = schedule(gateway, starts_at=midnight)
    across = schedule(gateway, starts_at=midnight - timedelta(hours=1))

    def ids(year: int, month: int) -> list[str]:
        return [activity["id"] for activity in calendar.month(year, month)["activities"]]

    assert ids(2026, 11) == [str(november), str(across)]
    assert ids(2026, 12) == [str(across), str(december)]
    assert ids(2027, 1) == []


def home_of(app: Flask, person: Person) -> dict[str, Any]:
    response = app.test_client().get("/api/v1/me/home", headers=person.headers)
    assert response.status_code == 200
    home: dict[str, Any] = response.get_json()
    assert Home().validate(home) == {}
    return home


def test_a_newcomers_home_has_welcome_invitation_and_entitlement_account(
    app: Flask, gateway: GatewayHarness, sign_in: SignIn
) -> None:
    person = sign_in(member=False)
    ids = {"application_id": uuid7(), "unit_id": UNIT, "account_id": person.account_id}
    gateway.hear(UnitCreated, unit_id=UNIT, name="计算机学院分工会")
    gateway.hear(ApplicationSubmitted, **ids)
    before = home_of(app, person)
    assert before["application"]["state"] == "submitted"
    assert before["welcome"] is None
    member_id, account, ceremony = uuid7(), uuid7(), schedule(gateway, kind="newcomers_ceremony")
    gateway.hear(MemberJoined, member_id=member_id, joined_on=clock.today(), number="M000001", **ids)
    gateway.hear(EntitlementOpened, member_id=member_id, account_id=account, year=2026)
    gateway.hear(MemberInvited, member_id=member_id, activity_id=ceremony)
    home = home_of(app, person)
    welcome = home["welcome"]
    assert (welcome["name"], welcome["number"], welcome["is_newcomer"]) == ("王新", "M000001", True)
    assert welcome["unit"]["name"] == "计算机学院分工会"
    assert [invitation["activity"]["id"] for invitation in home["invitations"]] == [str(ceremony)]
    assert home["entitlement_account"]["account_id"] == str(account)
    assert [todo["kind"] for todo in home["todos"]] == ["invitation"]
    gateway.hear(RegistrationConfirmed, member_id=member_id, activity_id=ceremony)
    home = home_of(app, person)
    assert (home["invitations"], home["todo_count"]) == ([], 0)
    assert [one["activity_id"] for one in home["my_registrations"]] == [str(ceremony)]


def test_a_chairs_home_has_the_units_visits_beside_the_own_invitations(
    app: Flask, gateway: GatewayHarness, sign_in: SignIn
) -> None:
    chair = sign_in("chair")
    for _ in range(7):
        gateway.hear(VisitRequired, visit_id=uuid7(), unit_id=UNIT, level="unit", due_at=SOON)
    gateway.hear(MemberInvited, activity_id=schedule(gateway), member_id=chair.member_id)
    home = home_of(app, chair)
    assert home["todo_count"] == 8
    assert len(home["todos"]) == 5
    assert len(home["invitations"]) == 1


def test_many_homes_at_once_are_each_ones_own(app: Flask, gateway: GatewayHarness, sign_in: SignIn) -> None:
    import eventlet

    people = [sign_in() for _ in range(30)]
    activity_id = schedule(gateway)
    for person in people[::2]:
        gateway.hear(RegistrationConfirmed, activity_id=activity_id, member_id=person.member_id)
    threads = [eventlet.spawn(home_of, app, person) for person in people]
    homes = [thread.wait() for thread in threads]
    assert [home["welcome"]["member_id"] for home in homes] == [str(person.member_id) for person in people]
    assert [len(home["my_registrations"]) for home in homes] == [1, 0] * 15


def test_without_membership_the_home_stands_and_says_what_is_missing(
    app: Flask, gateway: GatewayHarness, sign_in: SignIn, services: FakeClient
) -> None:
    services.answers["membership.names_of"] = DeadlineExceeded("membership did not answer in time.")
    person = sign_in()
    schedule(gateway)
    home = home_of(app, person)
    assert home["unavailable"] == ["membership"]
    assert home["welcome"]["name"] is None
    assert len(home["next_activities"]) == 1
    assert home_of(app, person)["unavailable"] == ["membership"]
    asked = [one for one in services.asked if one.operation == "membership.names_of"]
    assert len(asked) == 1
    assert asked[0].deadline is not None
    assert asked[0].deadline < settings().rpc_deadline / 2
