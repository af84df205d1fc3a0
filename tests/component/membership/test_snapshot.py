"""Snapshots: pages by id, whose rows are never older than the sequence they carry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.chassis.database.tables import OutboxEvent
from services.chassis.events import outbox
from services.chassis.security.principal import Grant, Principal
from services.contracts.membership.record import operations as record
from services.contracts.membership.snapshot import snapshot_members as contract
from services.membership.organisation.use_cases.snapshots import snapshot_units
from services.membership.record.tables import Member
from services.membership.record.use_cases import changing
from services.membership.record.use_cases.reading import snapshot_members
from tests.component.membership.harness import MembershipHarness, asked

READER = Principal(kind="program", grants=(Grant("members.read"),))


def everybody(membership: MembershipHarness, limit: int = 2) -> dict[UUID, dict[str, Any]]:
    """The whole snapshot of members, page by page."""
    found: dict[UUID, dict[str, Any]] = {}
    cursor = None
    while True:
        with membership.transaction(READER) as tx:
            page = snapshot_members(tx, asked(contract, limit=limit, cursor=cursor))
        found |= {row["member_id"]: row for row in page["items"]}
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def move(membership: MembershipHarness, member_id: UUID, unit: str) -> None:
    with membership.transaction(membership.officer) as tx:
        version = tx.session.get_one(Member, member_id).version
        request = asked(
            record.change_unit, member_id=member_id, version=version, unit_id=membership.units[unit], reason="moved"
        )
        changing.change_unit(tx, request)


def last_sequences(membership: MembershipHarness) -> dict[str, int]:
    with membership.transaction() as tx:
        rows = tx.session.execute(
            sa.select(OutboxEvent.subject, sa.func.max(OutboxEvent.sequence)).group_by(OutboxEvent.subject)
        )
        return {row.subject: row[1] for row in rows}


@pytest.mark.databases("postgresql", "sqlite")
def test_every_member_stands_there_once_with_the_last_sequence(membership: MembershipHarness) -> None:
    ids = [membership.member(order, unit) for order, unit in enumerate(("01", "02", "01", "02", "01"), start=1)]
    move(membership, ids[0], "02")
    found = everybody(membership)
    told = last_sequences(membership)
    assert list(found) == sorted(ids)
    assert {one: row["sequence"] for one, row in found.items()} == {one: told[f"member/{one}"] for one in ids}
    assert found[ids[0]]["unit_id"] == membership.units["02"]
    assert set(found[ids[0]]) == {"member_id", "unit_id", "standing", "employment", "sequence"}


def test_units_carry_the_sequence_of_their_events(membership: MembershipHarness) -> None:
    with membership.transaction(READER) as tx:
        page = snapshot_units(tx, asked(contract, limit=1000))
    told = last_sequences(membership)
    assert {row["unit_id"] for row in page["items"]} == set(membership.units.values())
    assert all(row["sequence"] == told[f"unit/{row['unit_id']}"] for row in page["items"])


def test_a_change_while_a_page_is_read_leaves_no_row_older_than_its_sequence(
    membership: MembershipHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = membership.member()
    (before,) = everybody(membership).values()
    original = outbox.sequences_of

    def read_then_changed(session: Any, subjects: list[str]) -> dict[str, int]:
        found = original(session, subjects)
        move(membership, member, "02")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "sequences_of", read_then_changed)
        (row,) = everybody(membership).values()
    assert (row["sequence"], row["unit_id"]) == (before["sequence"], membership.units["02"])
    (after,) = everybody(membership).values()
    assert after["sequence"] == before["sequence"] + 1
