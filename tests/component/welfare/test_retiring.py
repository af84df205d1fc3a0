"""A retirement calls for its visit by itself, once; a mistaken one cancels it; who left has a closed account."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retirement import MemberRetired, RetirementUndone
from services.contracts.welfare import entitlements, rulebook
from tests.component.welfare.office import SYSTEM, Office, member

RETIRED_ON = date(2023, 2, 28)


@pytest.fixture
def office(any_office: Office) -> Office:
    any_office.ask(rulebook.load_welfare_rules, SYSTEM, ruleset="demo")
    return any_office


def test_a_retirement_requires_one_visit_and_undoing_cancels_it(office: Office) -> None:
    retired = uuid4()
    office.hear("on_member_joined", MemberJoined, office.joining(retired, office.unit))
    subject = f"member/{retired}"
    for _ in range(2):
        data = {"member_id": retired, "unit_id": office.unit, "retired_on": RETIRED_ON}
        office.hear("on_member_retired", MemberRetired, office.body(MemberRetired, subject, **data))
    (required,) = office.events("visit_required")
    assert (required["level"], "retire" in str(required)) == ("union", False)
    undone = office.body(RetirementUndone, subject, member_id=retired, unit_id=office.unit)
    office.hear("on_retirement_undone", RetirementUndone, undone)
    assert [event["visit_id"] for event in office.events("visit_cancelled")] == [required["visit_id"]]


def updated(office: Office, member_id: UUID, standing: str, sequence: int) -> None:
    data = {"member_id": member_id, "unit_id": office.unit, "employment": "contract", "standing": standing,
            "fields_changed": ["standing"]}  # fmt: skip
    body = office.body(MemberUpdated, f"member/{member_id}", sequence=sequence, **data)
    office.hear("on_member_updated", MemberUpdated, body)


@pytest.mark.parametrize(("standing", "visits"), [("active", 0), ("deceased", 0), ("retained", 1)])
def test_a_retirement_heard_of_after_it_was_undone_requires_no_visit(
    office: Office, standing: str, visits: int
) -> None:
    retired = office.joined()
    subject = f"member/{retired}"
    data = {"member_id": retired, "unit_id": office.unit, "retired_on": RETIRED_ON}
    late = office.body(MemberRetired, subject, sequence=3, **data)
    updated(office, retired, "retained", 2)
    updated(office, retired, standing, 4)
    undone = office.body(RetirementUndone, subject, sequence=5, member_id=retired, unit_id=office.unit)
    if standing == "active":
        office.hear("on_retirement_undone", RetirementUndone, undone)
    office.hear("on_member_retired", MemberRetired, late)
    assert len(office.events("visit_required")) == visits


def test_the_account_of_who_left_is_closed(office: Office) -> None:
    gone = uuid4()
    office.hear("on_member_joined", MemberJoined, office.joining(gone, office.unit))
    assert not office.ask(entitlements.entitlements_of, member_id=str(gone))["closed"]
    data = {
        "member_id": gone, "unit_id": office.unit, "employment": "contract", "standing": "withdrawn",
        "fields_changed": ["standing"],
    }  # fmt: skip
    office.hear("on_member_updated", MemberUpdated, office.body(MemberUpdated, f"member/{gone}", **data))
    assert office.ask(entitlements.my_entitlements, member(gone))["closed"]
