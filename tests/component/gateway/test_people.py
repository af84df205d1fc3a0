"""Members, posts, units and sessions: the copies that roles and names depend on."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from gateway.identity import sessions
from gateway.identity.grants import grants_of
from gateway.identity.tables import Account, KnownMember
from gateway.read_models import units
from gateway.read_models.tables import TimelineEntry
from gateway.rpc.calls import names_of
from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.transaction import transaction
from services.chassis.identifiers import uuid7
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.organisation.delegations import DelegationEnded, DelegationGiven
from services.contracts.membership.organisation.operations import PostAssigned, PostEnded, UnitCreated, UnitUpdated
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from tests.component.gateway.harness import GatewayHarness
from tests.unit.gateway.conftest import OTHER_UNIT, UNIT, FakeClient, Person

SignIn = Callable[..., Person]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_member_is_the_same_in_whatever_order_the_events_arrive(gateway: GatewayHarness, database: Database) -> None:
    for order in itertools.permutations(range(3)):
        ids = {"member_id": uuid7()}
        messages = [
            gateway.make(MemberJoined, 1, unit_id=UNIT, number="M000777", account_id=None, application_id=None, **ids),
            gateway.make(UnitChanged, 2, from_unit_id=UNIT, to_unit_id=OTHER_UNIT, **ids),
            gateway.make(MemberUpdated, 3, unit_id=OTHER_UNIT, standing="retained", **ids),
        ]
        gateway.deliver(*[messages[index] for index in order])
        with database.session() as session:
            known = session.get_one(KnownMember, ids["member_id"])
        assert (known.unit_id, known.standing, known.number) == (OTHER_UNIT, "retained", "M000777"), order
        assert known.joined_on is not None


def test_who_left_the_union_holds_no_role(gateway: GatewayHarness, database: Database) -> None:
    member_id = uuid7()
    today = clock.today()
    gateway.hear(MemberJoined, member_id=member_id, unit_id=UNIT, account_id=None, application_id=None)
    gateway.hear(
        PostAssigned, post_id=uuid7(), member_id=member_id, unit_id=UNIT, role="chair",
        starts_on=today, ends_on=today + timedelta(days=9),
    )  # fmt: skip
    with database.session() as session:
        assert {grant.role for grant in grants_of(session, [member_id], today)[member_id]} == {"member", "chair"}
    gateway.hear(MemberUpdated, member_id=member_id, unit_id=UNIT, standing="withdrawn")
    with database.session() as session:
        assert grants_of(session, [member_id], today)[member_id] == ()


@pytest.mark.databases("postgresql", "sqlite")
def test_a_post_ends_in_whatever_order_that_is_told(gateway: GatewayHarness, database: Database) -> None:
    today = clock.today()
    for order in ((0, 1), (1, 0)):
        ids = {"post_id": uuid7(), "member_id": uuid7(), "unit_id": UNIT, "role": "officer"}
        term = {"starts_on": today - timedelta(days=100), "ends_on": today + timedelta(days=100)}
        messages = [
            gateway.make(PostAssigned, 1, **ids, **term),
            gateway.make(PostEnded, 2, **ids, ended_on=today - timedelta(days=1)),
        ]
        gateway.deliver(*[messages[index] for index in order])
        with database.session() as session:
            grants = grants_of(session, [ids["member_id"]], today)  # type: ignore[list-item]
            before = grants_of(session, [ids["member_id"]], today - timedelta(days=2))  # type: ignore[list-item]
        assert [grant.role for grant in grants[ids["member_id"]]] == ["member"], order  # type: ignore[index]
        assert "officer" in [grant.role for grant in before[ids["member_id"]]], order  # type: ignore[index]


def test_the_account_that_applied_belongs_to_the_new_member_at_once(
    app: Flask, gateway: GatewayHarness, sign_in: SignIn, database: Database
) -> None:
    person = sign_in(member=False)
    http = app.test_client()
    roles = [role["role"] for role in http.get("/api/v1/me", headers=person.headers).get_json()["roles"]]
    assert roles == ["applicant"]
    member_id = uuid7()
    gateway.hear(MemberJoined, member_id=member_id, unit_id=UNIT, account_id=person.account_id)
    me = http.get("/api/v1/me", headers=person.headers).get_json()
    assert (me["member_id"], me["unit_id"]) == (str(member_id), str(UNIT))
    assert [role["role"] for role in me["roles"]] == ["member"]
    with database.session() as session:
        assert session.scalar(sa.select(Account.member_id)) == member_id


def test_a_unit_is_known_by_its_latest_name(gateway: GatewayHarness) -> None:
    ids = {"unit_id": UNIT}
    created = gateway.make(UnitCreated, 1, name="旧名", **ids)
    gateway.hear(UnitUpdated, 2, name="新名", **ids)
    gateway.deliver(created)
    assert units.by_id()[str(UNIT)]["name"] == "新名"


def test_names_are_asked_for_once_by_each_who_asks(app: Flask, sign_in: SignIn, services: FakeClient) -> None:
    people, wanted = [sign_in(), sign_in()], [uuid7() for _ in range(700)]
    for person in [*people, people[0]]:
        with app.test_request_context(headers=person.headers):
            app.preprocess_request()
            assert len(names_of(wanted)) == 700
    assert [len(asked.payload["ids"]) for asked in services.asked] == [500, 200, 500, 200]
    assert len({asked.context.principal.actor for asked in services.asked}) == 2


@pytest.mark.databases("postgresql", "sqlite")
def test_expired_sessions_are_deleted_a_day_later(database: Database, app: Flask, sign_in: SignIn) -> None:
    person = sign_in()
    for hours, expected in ((20, 401), (40, 401)):
        with clock.frozen(clock.now() + timedelta(hours=hours)), transaction(database) as tx:
            sessions.forget_expired(tx)
            left = tx.session.scalar(sa.select(sa.func.count()).select_from(sessions.SignedInSession))
        assert left == (1 if hours == 20 else 0)
        with clock.frozen(clock.now() + timedelta(hours=hours)):
            assert app.test_client().get("/api/v1/me", headers=person.headers).status_code == expected


@pytest.mark.databases("postgresql", "sqlite")
def test_a_look_up_of_many_sessions_is_one_question(app: Flask, database: Database, sign_in: SignIn) -> None:
    import eventlet

    people = [sign_in() for _ in range(50)]
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if " session" in statement:
            statements.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    threads = [eventlet.spawn(app.test_client().get, "/api/v1/me", headers=person.headers) for person in people]
    assert [thread.wait().status_code for thread in threads] == [200] * 50
    assert len(statements) <= 10


@pytest.mark.databases("postgresql", "sqlite")
def test_a_deputy_holds_the_role_in_whatever_order_that_is_told(gateway: GatewayHarness, database: Database) -> None:
    today = clock.today()
    term = {"starts_on": today - timedelta(days=9), "ends_on": today + timedelta(days=9)}
    for order in itertools.permutations(range(4)):
        post, deputy, ids = uuid7(), uuid7(), {"delegation_id": uuid7(), "kind": "unit_chair", "giver_id": uuid7()}
        given = {**ids, **term, "post_id": post, "deputy_id": deputy, "unit_id": UNIT, "role": "chair"}
        held = {"post_id": post, "member_id": ids["giver_id"], "unit_id": UNIT, "role": "chair"}
        messages = [
            gateway.make(PostAssigned, 1, **held, **term),
            gateway.make(DelegationGiven, 1, **given),
            gateway.make(DelegationEnded, 2, **given, ended_on=today - timedelta(days=3)),
            gateway.make(PostEnded, 2, **held, ended_on=today - timedelta(days=6)),
        ]
        gateway.deliver(*[messages[index] for index in order], messages[1])
        with database.session() as session:
            days = {ago: grants_of(session, [deputy], today - timedelta(days=ago))[deputy] for ago in (0, 4, 7)}
        assert [grant.role for grant in days[0]] == ["member"], order
        assert [grant.role for grant in days[4]] == ["member"], order
        assert {grant.delegation for grant in days[7] if grant.role == "chair"} == {ids["delegation_id"]}, order


def test_both_sides_are_told_of_a_delegation(gateway: GatewayHarness, database: Database) -> None:
    sides = {"giver_id": uuid7(), "deputy_id": uuid7()}
    gateway.hear(DelegationGiven, delegation_id=uuid7(), **sides)
    with database.session() as session:
        told = session.execute(sa.select(TimelineEntry.member_id, TimelineEntry.kind)).all()
    assert {tuple(row) for row in told} >= {(member_id, "delegation_given") for member_id in sides.values()}
