"""The post of a delegate comes with a seat in the congress and ends with it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis.clock import today
from services.chassis.errors import Refused
from services.chassis.schema import Event
from services.chassis.security.principal import service_principal
from services.contracts.governance.congress.events import DelegateElected, DelegateEnded, DelegateTermChanged
from services.contracts.membership.organisation import operations as organisation
from tests.component.membership.harness import MembershipHarness

ENTRYPOINTS: dict[type[Event], str] = {
    DelegateElected: "give_delegate_post", DelegateTermChanged: "change_delegate_post",
    DelegateEnded: "end_delegate_post",
}  # fmt: skip
_MONTH = timedelta(days=30)


class Seat:
    """A seat of a member of the first unit, from a month ago, for a year."""

    def __init__(self, union: MembershipHarness, member_id: UUID) -> None:
        self.union = union
        self.facts: dict[str, Any] = {
            "delegate_id": uuid4(), "congress_id": uuid4(), "member_id": member_id, "unit_id": union.units["01"],
            "starts_on": today() - _MONTH, "ends_on": today() + 12 * _MONTH,
        }  # fmt: skip

    def tell(self, event: type[Event], sequence: int, **changed: Any) -> None:
        message = self.union.example_message(event, sequence, **{**self.facts, **changed})
        self.union.receive(ENTRYPOINTS[event], message)


def held(union: MembershipHarness, member_id: UUID) -> list[tuple[date, date]]:
    found = union.ask_typed(organisation.list_posts, member_id=member_id, kind="delegate")["items"]
    return [(one["starts_on"], one["ended_on"] or one["ends_on"]) for one in found]


def roles(union: MembershipHarness, member_id: UUID) -> set[str]:
    answer = union.ask(organisation.get_roles, service_principal("gateway"), member_id=member_id)
    return {one["role"] for one in answer["items"]}


def test_a_seat_gives_the_post_and_its_end_takes_it(membership: MembershipHarness):
    member = membership.member()
    seat = Seat(membership, member)

    seat.tell(DelegateElected, 1)
    assert held(membership, member) == [(today() - _MONTH, today() + 12 * _MONTH)]
    assert "delegate" in roles(membership, member)
    seat.tell(DelegateEnded, 2, ends_on=today() - timedelta(days=1), reason="resigned")

    assert held(membership, member) == [(today() - _MONTH, today() - timedelta(days=1))]
    assert "delegate" not in roles(membership, member)


def test_events_in_any_order_end_alike(membership: MembershipHarness):
    member = membership.member()
    seat = Seat(membership, member)

    seat.tell(DelegateEnded, 2, ends_on=today() - timedelta(days=1), reason="recalled")
    seat.tell(DelegateElected, 1)

    assert held(membership, member) == []


def test_a_longer_term_prolongs_the_post_and_a_shorter_one_ends_it(membership: MembershipHarness):
    member = membership.member()
    seat = Seat(membership, member)
    seat.tell(DelegateElected, 1)

    seat.tell(DelegateTermChanged, 2, ends_on=today() + 14 * _MONTH)
    assert max(end for _, end in held(membership, member)) == today() + 14 * _MONTH
    seat.tell(DelegateTermChanged, 3, ends_on=today())

    assert all(end <= today() for start, end in held(membership, member) if start <= today())
    assert "delegate" in roles(membership, member)


def test_two_seats_are_one_post_until_both_end(membership: MembershipHarness):
    member = membership.member()
    first, second = Seat(membership, member), Seat(membership, member)
    first.tell(DelegateElected, 1)
    second.tell(DelegateElected, 1)
    assert len(held(membership, member)) == 1

    first.tell(DelegateEnded, 2, ends_on=today() - timedelta(days=1), reason="resigned")
    assert "delegate" in roles(membership, member)
    second.tell(DelegateEnded, 2, ends_on=today() - timedelta(days=1), reason="resigned")
    assert "delegate" not in roles(membership, member)


def test_while_a_congress_serves_the_post_is_not_given_or_ended_by_hand(membership: MembershipHarness):
    member, other = membership.member(), membership.member(2)
    membership.seat("01", "delegate", other, today())
    Seat(membership, member).tell(DelegateElected, 1)

    with pytest.raises(Refused) as refused:
        membership.seat("02", "delegate", membership.member(3), today())
    assert refused.value.rule == "organisation.delegates_are_elected"
    (post,) = membership.ask_typed(organisation.list_posts, member_id=member, kind="delegate")["items"]
    with pytest.raises(Refused):
        membership.ask(organisation.end_post, post_id=post["id"], reason="误登记")
