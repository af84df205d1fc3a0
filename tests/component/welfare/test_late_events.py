"""An event about a member that arrives after a newer one changes nothing, whatever it is about."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.chassis import clock
from services.contracts.membership.retirement import MemberRetired, RetirementUndone
from services.contracts.membership.standing.operations import MemberLeft, MemberReinstated
from services.contracts.welfare.charity import operations as charity
from services.contracts.welfare.requests import operations as requests
from tests.component.welfare.charity.drives import AUTUMN, Drive
from tests.component.welfare.examinations.campaigns import Campaign
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.mutual_aid.plans import SPRING, Plan
from tests.component.welfare.recuperation.rounds import Round
from tests.component.welfare.test_requests import a_type, submit
from tests.support.principals import member_account


def late_leaving(welfare: WelfareHarness, member_id: UUID, standing: str = "withdrawn") -> None:
    """Let a leaving arrive after the reinstatement that undid it."""
    known = {"member_id": member_id, "unit_id": welfare.unit}
    newer = welfare.message(MemberReinstated, 9, **{**MemberReinstated.example, **known})
    older = welfare.message(MemberLeft, 8, **{**MemberLeft.example, **known, "standing": standing})
    welfare.receive("on_member_reinstated", newer)
    welfare.receive("on_member_left", older)


@pytest.fixture
def noon() -> Any:
    """The clock stands at noon of 4 May 2026."""
    with clock.frozen(SPRING):
        yield


def test_a_trip_stays_applied_for(welfare: WelfareHarness) -> None:
    round_ = Round(welfare)
    member = round_.member()
    made = round_.apply(member, round_.trip())
    late_leaving(welfare, member.member_id)
    assert round_.states() == {made["id"]: "applied"}


def test_an_examination_stays_booked(welfare: WelfareHarness) -> None:
    campaign = Campaign(welfare)
    package, slot, member_id = campaign.package(), campaign.slot(), campaign.member()
    campaign.open()
    campaign.book(member_id, slot, package)
    late_leaving(welfare, member_id)
    assert campaign.mine(member_id)["state"] == "booked"


def test_a_request_stays_open(welfare: WelfareHarness) -> None:
    member = member_account(welfare.joined())
    made = submit(welfare, member, a_type(welfare)["id"])
    late_leaving(welfare, member.member_id)
    assert welfare.ask(requests.get_request, member, request_id=made["id"])["state"] == "submitted"


def test_a_consent_to_a_deduction_stands(welfare: WelfareHarness) -> None:
    with clock.frozen(AUTUMN):
        drive = Drive(welfare)
        giver = drive.member()
        drive.give(giver)
        late_leaving(welfare, giver.member_id)
        assert [one["state"] for one in welfare.ask(charity.my_gifts, giver)["items"]] == ["noted"]


@pytest.mark.parametrize("standing", ["withdrawn", "deceased"])
def test_a_cover_goes_on(welfare: WelfareHarness, standing: str) -> None:
    plan = Plan(welfare)
    member_id = plan.member()
    plan.enrol(member_id)
    late_leaving(welfare, member_id, standing)
    assert [one["state"] for one in plan.covers()] == ["covered"]


def test_a_cover_goes_on_after_a_retirement_that_was_undone_before_it_was_heard_of(welfare: WelfareHarness) -> None:
    plan = Plan(welfare, ends_with_retirement=True)
    member_id = plan.member()
    plan.enrol(member_id)
    known = {"member_id": member_id, "unit_id": welfare.unit}
    older = welfare.message(MemberRetired, 8, **known, retired_on=date(2026, 5, 1))
    welfare.receive("restore_covers_after_retirement", welfare.message(RetirementUndone, 9, **known))
    welfare.receive("end_covers_on_retirement", older)
    assert [one["state"] for one in plan.covers()] == ["covered"]
