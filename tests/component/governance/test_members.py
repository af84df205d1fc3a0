"""The copy of the members that votes and delegates are decided by: events in any order and twice, who votes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis.database.transaction import Transaction
from services.chassis.errors import Unavailable
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from services.contracts.membership.snapshot import snapshot_members
from services.governance.members.use_cases import copies
from tests.component.governance.harness import GovernanceHarness

FIRST, SECOND = uuid4(), uuid4()


def join(governance: GovernanceHarness, *members: UUID, unit: UUID = FIRST) -> None:
    bodies = [governance.example_message(MemberJoined, 1, member_id=one, unit_id=unit) for one in members]
    governance.receive("on_member_joined", *bodies)


def move(governance: GovernanceHarness, member: UUID, unit: UUID, sequence: int) -> None:
    told = {"member_id": member, "from_unit_id": FIRST, "to_unit_id": unit}
    governance.receive("on_unit_changed", governance.example_message(UnitChanged, sequence, **told))


def correct(governance: GovernanceHarness, member: UUID, standing: str, sequence: int, unit: UUID = FIRST) -> None:
    told = {"member_id": member, "unit_id": unit, "standing": standing}
    governance.receive("on_member_updated", governance.example_message(MemberUpdated, sequence, **told))


def voting(governance: GovernanceHarness, *units: UUID) -> list[tuple[UUID, UUID]]:
    with governance.transaction() as tx:
        return copies.voting_members(tx, units or None, None, 100)


@pytest.mark.databases("postgresql", "sqlite")
def test_the_newest_unit_and_standing_stay_in_whatever_order_events_come(governance: GovernanceHarness) -> None:
    member = uuid4()
    move(governance, member, SECOND, 3)
    join(governance, member)
    correct(governance, member, "active", 2)
    join(governance, member)

    assert voting(governance) == [(member, SECOND)]


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize("standing", ["retained", "withdrawn", "expelled", "deceased"])
def test_who_is_retired_or_left_does_not_vote_and_comes_back_by_a_later_event(
    governance: GovernanceHarness, standing: str
) -> None:
    member = uuid4()
    join(governance, member)
    correct(governance, member, standing, 2)
    assert voting(governance) == []

    correct(governance, member, "active", 3)
    assert voting(governance) == [(member, FIRST)]


def test_pages_go_through_all_voters_of_the_named_units_once(governance: GovernanceHarness) -> None:
    ours, theirs = sorted(uuid4() for _ in range(7)), [uuid4() for _ in range(3)]
    join(governance, *ours)
    join(governance, *theirs, unit=SECOND)

    with governance.transaction() as tx:
        read = _all_pages(tx)
        assert copies.headcounts(tx) == {FIRST: 7, SECOND: 3}
        assert copies.headcounts(tx, [SECOND]) == {SECOND: 3}
        assert copies.voting_among(tx, [ours[0], theirs[0], uuid4()]) == {ours[0]: FIRST, theirs[0]: SECOND}
    assert read == [(one, FIRST) for one in ours]


def snapshot(*pages: list[tuple[UUID, UUID, str]]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Return membership's answers: each page ends with a cursor that is its number."""

    def page(payload: Mapping[str, Any]) -> dict[str, Any]:
        number = int(payload["cursor"] or 0)
        items = [
            {
                "member_id": str(member),
                "unit_id": str(unit),
                "standing": standing,
                "employment": "contract",
                "sequence": 4,
            }
            for member, unit, standing in pages[number]
        ]
        last = number + 1 == len(pages)
        return {"items": items, "next_cursor": None if last else str(number + 1), "read_at": "2026-03-11T02:00:00Z"}

    return page


@pytest.mark.databases("postgresql", "sqlite")
def test_members_of_before_are_read_once_and_events_are_newer(governance: GovernanceHarness) -> None:
    here, moved, retired, left = (uuid4() for _ in range(4))
    move(governance, moved, SECOND, 5)
    governance.answers[snapshot_members.id] = snapshot(
        [(here, FIRST, "active"), (moved, FIRST, "active")], [(retired, FIRST, "retained"), (left, FIRST, "expelled")]
    )
    governance.run_timer("fill_member_copy")
    assert dict(voting(governance)) == {here: FIRST, moved: SECOND}

    del governance.answers[snapshot_members.id]
    governance.run_timer("fill_member_copy")
    assert dict(voting(governance)) == {here: FIRST, moved: SECOND}


def test_filling_goes_on_where_membership_stopped_answering(governance: GovernanceHarness) -> None:
    first, second, asked = uuid4(), uuid4(), []
    pages = snapshot([(first, FIRST, "active")], [(second, FIRST, "active")])

    def answer(payload: Mapping[str, Any]) -> dict[str, Any]:
        asked.append(payload["cursor"])
        if len(asked) == 2:
            raise Unavailable("Membership is away.")
        return pages(payload)

    governance.answers[snapshot_members.id] = answer
    governance.run_timer("fill_member_copy")
    assert dict(voting(governance)) == {first: FIRST}

    governance.run_timer("fill_member_copy")
    assert (dict(voting(governance)), asked) == ({first: FIRST, second: FIRST}, [None, "1", "1"])


def _all_pages(tx: Transaction) -> list[tuple[UUID, UUID]]:
    read: list[tuple[UUID, UUID]] = []
    while page := copies.voting_members(tx, [FIRST], read[-1][0] if read else None, 2):
        read += page
    return read
