"""Two at once never wait for each other for ever: who holds people and wants a unit, and who merges the unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import eventlet
import pytest
import sqlalchemy as sa
from eventlet.event import Event as Signal

from services.contracts.membership import hr
from services.contracts.membership.joining import operations as joining
from services.contracts.membership.organisation import unit_changes
from services.contracts.membership.record import operations as record
from services.membership.hr_sync.use_cases import applying as hr_applying
from services.membership.joining.use_cases import deciding
from services.membership.organisation.use_cases import directory
from services.membership.record.tables import Member
from services.membership.record.use_cases import changing
from tests.component.membership.harness import MembershipHarness, asked, roster_row
from tests.component.membership.test_hr_sync import push, said, the_one


def moves_a_member(membership: MembershipHarness) -> Callable[[Any], Any]:
    member = membership.member(1, "01")
    values = {"member_id": member, "unit_id": membership.units["03"], "version": 1, "reason": "a typing error"}
    return lambda tx: changing.change_unit(tx, asked(record.change_unit, **values))


def approves_an_application(membership: MembershipHarness) -> Callable[[Any], Any]:
    application = membership.apply(1)["id"]
    membership.review(application)
    values = {"application_id": application}
    return lambda tx: deciding.approve_application(tx, asked(joining.approve_application, **values))


def approves_many(membership: MembershipHarness) -> Callable[[Any], Any]:
    applications = [membership.apply(order)["id"] for order in (1, 2)]
    for one in applications:
        membership.review(one)
    values = {"application_ids": applications}
    return lambda tx: deciding.approve_applications(tx, asked(joining.approve_applications, **values))


def applies_what_hr_says(membership: MembershipHarness) -> Callable[[Any], Any]:
    membership.admit(roster_row(membership.units["01"], 1, hr_id="T0001"))
    push(membership, said(membership, 1, name="李娜娜", unit_code="03", sequence=2))
    found = the_one(membership)
    with membership.database.session() as session:
        seen = session.scalar(sa.select(Member.version))
    values = {"record_id": found, "version": 1, "member_version": seen}
    return lambda tx: hr_applying.apply_hr_difference(tx, asked(hr.apply_hr_difference, **values))


@pytest.mark.parametrize(
    "prepare",
    [
        moves_a_member,
        approves_an_application,
        approves_many,
        applies_what_hr_says,
    ],
)
def test_who_holds_people_and_wants_a_unit_does_not_wait_in_a_ring_with_who_merges_it(
    membership: MembershipHarness,
    prepare: Callable[[MembershipHarness], Callable[[Any], Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    membership.found("03")
    act = prepare(membership)
    holds_people, look_up = Signal(), directory.units_by_id

    def when_the_other_waits(tx: Any, ids: Any, **options: Any) -> Any:
        if options.get("lock") and not holds_people.ready():
            holds_people.send(None)
            with eventlet.Timeout(60):
                while not someone_waits(membership):
                    eventlet.sleep(0.02)
        return look_up(tx, ids, **options)

    monkeypatch.setattr(directory, "units_by_id", when_the_other_waits)

    def first() -> None:
        with membership.transaction(membership.officer) as tx:
            act(tx)

    def second() -> None:
        with eventlet.Timeout(120):
            holds_people.wait()
        values = {"into_unit_id": membership.units["03"], "version": 1, "reason": "both are small"}
        membership.ask_typed(unit_changes.merge_unit, unit_id=membership.units["01"], **values)

    for thread in [eventlet.spawn(first), eventlet.spawn(second)]:
        thread.wait()


def someone_waits(membership: MembershipHarness) -> bool:
    with membership.database.session() as session:
        return bool(
            session.scalar(
                sa.text(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
            )
        )
