"""Members and applications in figures: as many as their lists show, narrowed to the units one leads."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.chassis import clock
from services.chassis.clock import months_until
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import Principal
from services.contracts.membership.joining import operations as joining
from services.contracts.membership.joining.figures import application_figures
from services.contracts.membership.organisation import operations as organisation
from services.contracts.membership.record import operations as record
from services.contracts.membership.record.figures import member_figures
from tests.component.membership.harness import MembershipHarness
from tests.support.principals import auditor, chair_of

pytestmark = pytest.mark.databases("postgresql", "sqlite")


def months(membership: MembershipHarness, by: Principal | None = None, **asked: Any) -> dict[str, int]:
    found = membership.ask_typed(member_figures, by, **asked)["by_month"]
    return {one["month"]: one["joined"] for one in found}


def test_members_are_counted_as_their_list_does_and_by_the_month_they_joined(membership: MembershipHarness) -> None:
    this_month, before = months_until(clock.today(), 2)[::-1]
    membership.member(1, joined_on=this_month, hired_on=this_month)
    membership.member(2, joined_on=before, hired_on=before)
    membership.member(3, unit="02", joined_on=before, hired_on=before)
    membership.member(4)
    chair = chair_of(membership.units["01"])
    for by in (membership.officer, auditor(), chair):
        counted = membership.ask_typed(member_figures, by)["active"]
        shown = membership.ask_typed(record.list_members, by, standing="active", with_total=True)["total"]
        assert counted == shown
    everywhere, own = months(membership), months(membership, chair)
    assert list(everywhere) == [f"{one:%Y-%m}" for one in months_until(clock.today(), 12)]
    assert (everywhere[f"{this_month:%Y-%m}"], everywhere[f"{before:%Y-%m}"]) == (1, 2)
    assert (own[f"{this_month:%Y-%m}"], own[f"{before:%Y-%m}"]) == (1, 1)
    assert sum(months(membership, unit_id=membership.units["02"]).values()) == 1
    assert len(months(membership, months=3)) == 3


def test_what_waits_is_counted_as_the_lists_of_applications_do(membership: MembershipHarness) -> None:
    for order in (1, 2, 3):
        membership.apply(order)
    membership.apply(4, unit="02")
    membership.review(membership.apply(5)["id"])
    returned = membership.apply(6)["id"]
    membership.review(returned, "return")
    for by in (membership.officer, auditor(), chair_of(membership.units["01"])):
        figures = membership.ask_typed(application_figures, by)
        for state in ("submitted", "unit_reviewed"):
            shown = membership.ask_typed(joining.list_applications, by, state=state, with_total=True)["total"]
            assert figures[state] == shown
        new = membership.ask_typed(joining.list_unconfirmed, by, with_total=True)["total"]
        assert figures["unconfirmed"] == new
    own = membership.ask_typed(application_figures, chair_of(membership.units["01"]))
    assert own == {"submitted": 3, "unconfirmed": 3, "unit_reviewed": 1}


def test_figures_of_another_unit_are_refused(membership: MembershipHarness) -> None:
    for operation in (member_figures, application_figures):
        with pytest.raises(NotAllowed):
            membership.ask_typed(operation, chair_of(membership.units["02"]), unit_id=membership.units["01"])


def test_a_list_is_narrowed_to_ids_and_still_to_what_the_asker_may_see(membership: MembershipHarness) -> None:
    own, other, third = (membership.apply(order, unit=unit)["id"] for order, unit in ((1, "01"), (2, "02"), (3, "01")))

    def found(by: Principal | None = None, **asked: Any) -> set[Any]:
        listed = membership.ask_typed(joining.list_applications, by, **asked)["items"]
        return {one["id"] for one in listed}

    assert found(ids=[own, other]) == {own, other}
    assert found(chair_of(membership.units["01"]), ids=[own, other]) == {own}
    assert found(ids=[own, third], state="unit_reviewed") == set()


def test_posts_and_requests_are_found_by_their_ids(membership: MembershipHarness) -> None:
    today = clock.today()
    posts = [
        membership.seat("01", "women_member", membership.member(order), today - timedelta(days=1))["id"]
        for order in (1, 2)
    ]
    listed = membership.ask_typed(organisation.list_posts, ids=posts[:1])["items"]
    assert [one["id"] for one in listed] == posts[:1]
