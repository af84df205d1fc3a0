"""A retirement calls for its visit by itself, once; a mistaken one cancels it; who left has a closed account."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retirement import MemberRetired, RetirementUndone
from services.contracts.welfare import entitlements
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import member_account

RETIRED_ON = date(2023, 2, 28)


def test_a_retirement_requires_one_visit_and_undoing_cancels_it(welfare: WelfareHarness) -> None:
    retired = uuid4()
    welfare.receive("on_member_joined", welfare.joining(retired, welfare.unit))
    for _ in range(2):
        data = {"member_id": retired, "unit_id": welfare.unit, "retired_on": RETIRED_ON}
        welfare.receive("on_member_retired", welfare.message(MemberRetired, **data))
    (required,) = welfare.events("visit_required")
    assert (required["level"], "retire" in str(required)) == ("union", False)
    undone = welfare.message(RetirementUndone, member_id=retired, unit_id=welfare.unit)
    welfare.receive("on_retirement_undone", undone)
    assert [event["visit_id"] for event in welfare.events("visit_cancelled")] == [required["visit_id"]]


def updated(welfare: WelfareHarness, member_id: UUID, standing: str, sequence: int) -> None:
    data = {"member_id": member_id, "unit_id": welfare.unit, "employment": "contract", "standing": standing,
            "fields_changed": ["standing"]}  # fmt: skip
    body = welfare.message(MemberUpdated, sequence, **data)
    welfare.receive("on_member_updated", body)


@pytest.mark.parametrize(("standing", "visits"), [("active", 0), ("deceased", 0), ("retained", 1)])
def test_a_retirement_heard_of_after_it_was_undone_requires_no_visit(
    welfare: WelfareHarness, standing: str, visits: int
) -> None:
    retired = welfare.joined()
    data = {"member_id": retired, "unit_id": welfare.unit, "retired_on": RETIRED_ON}
    late = welfare.message(MemberRetired, 3, **data)
    updated(welfare, retired, "retained", 2)
    updated(welfare, retired, standing, 4)
    undone = welfare.message(RetirementUndone, 5, member_id=retired, unit_id=welfare.unit)
    if standing == "active":
        welfare.receive("on_retirement_undone", undone)
    welfare.receive("on_member_retired", late)
    assert len(welfare.events("visit_required")) == visits


def test_the_account_of_who_left_is_closed(welfare: WelfareHarness) -> None:
    gone = uuid4()
    welfare.receive("on_member_joined", welfare.joining(gone, welfare.unit))
    assert not welfare.ask(entitlements.entitlements_of, member_id=str(gone))["closed"]
    data = {
        "member_id": gone, "unit_id": welfare.unit, "employment": "contract", "standing": "withdrawn",
        "fields_changed": ["standing"],
    }  # fmt: skip
    welfare.receive("on_member_updated", welfare.message(MemberUpdated, **data))
    assert welfare.ask(entitlements.my_entitlements, member_account(gone))["closed"]
