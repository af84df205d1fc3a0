"""What people of the office try with a draw and with places: each is refused, or found by the published file."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.draw_file import verify
from services.chassis.errors import InvalidInput, Refused
from services.chassis.security.principal import Grant, Principal
from services.contracts.welfare.recuperation import operations as contract
from tests.component.welfare.recuperation.rounds import DRAWN_ON, Round, on, refused
from tests.support.principals import officer


def _change(round_: Round, statement: str, **values: Any) -> None:
    """Change a row past the product, as who holds the database can."""
    with round_.welfare.transaction() as tx:
        tx.session.execute(sa.text(statement), values)


def test_the_entries_are_not_closed_before_the_last_day_that_was_published(round_: Round) -> None:
    round_.applicants(1, round_.trip())

    rule = refused(round_.welfare.ask, contract.close_trip_entries, round_id=round_.id)
    assert rule == "recuperation.last_day_has_come"
    assert round_.close()["state"] == "closed"


def test_nobody_gives_more_lots_to_the_own_application(round_: Round) -> None:
    member = round_.member()
    made = round_.apply(member, round_.trip())
    by = Principal("account", member.account_id, member.member_id, (Grant("officer"), Grant("member")))
    confirm = {"application_id": made["id"], "grounds": ["injured"]}

    assert refused(round_.welfare.ask, contract.confirm_priority_grounds, by, **confirm) == (
        "recuperation.grounds_are_confirmed_by_others"
    )
    assert round_.welfare.ask(contract.confirm_priority_grounds, **confirm)["lots"] == 3


@pytest.mark.parametrize("change", ["lots = 90", "persons = 2", "entered = false"])
def test_a_list_that_changed_after_it_was_closed_is_neither_committed_nor_drawn(round_: Round, change: str) -> None:
    trip = round_.trip()
    made = round_.applicants(3, trip)
    round_.commit()
    _change(round_, f"UPDATE trip_application SET {change} WHERE id = :id", id=made[0]["id"])

    with on(DRAWN_ON):
        round_.enter(trip)
        assert refused(round_.enter, trip, officer()) == "recuperation.list_is_unchanged"
    file = base64.b64decode(round_.welfare.ask(contract.draw_file, trip_id=trip)["content"])
    assert not all(finding.holds for finding in verify(file)), "the published hash stays, so that the change is found"


def test_a_quota_that_changed_after_closing_stops_the_commitment(round_: Round) -> None:
    trip = round_.trip()
    round_.applicants(3, trip)
    round_.close()
    _change(round_, "UPDATE trip SET places = 99")

    assert refused(round_.commit_only) == "recuperation.list_is_unchanged"


def test_the_draw_is_before_the_first_departure(round_: Round) -> None:
    round_.applicants(1, round_.trip())
    round_.close()

    assert refused(round_.commit_only, public_day=date(2026, 7, 10)) == "recuperation.draw_is_before_departure"


def test_a_program_is_no_person_who_enters_the_value(round_: Round) -> None:
    trip = round_.trip()
    round_.applicants(1, trip)
    round_.commit()
    with on(DRAWN_ON):
        program = Principal("program", None, None, (Grant("officer"),), "sync")
        assert refused(round_.enter, trip, program) == "recuperation.people_enter_the_value"


@pytest.mark.parametrize("value", ["3867.920", "03867.92", "3867.9", "3,867.92", "3867 92", "A867.92", "3867.92+"])
def test_a_value_written_otherwise_than_its_example_is_refused(round_: Round, value: str) -> None:
    """Two people who agree could else choose among many ways to write one value."""
    trip = round_.trip()
    round_.applicants(1, trip)
    round_.commit()

    with on(DRAWN_ON), pytest.raises((Refused, InvalidInput)):
        round_.enter(trip, None, value)
    file = json.loads(base64.b64decode(round_.welfare.ask(contract.draw_file, trip_id=trip)["content"]))
    assert file["commitment"]["public_example"] == "3912.05"
