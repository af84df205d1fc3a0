"""After a member's death nothing is given but the condolence; what was before it stays. Whatever comes first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.chassis.errors import Refused
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused, ExpenseReversed
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.standing.operations import MemberLeft, MemberReinstated
from services.contracts.welfare import birthdays, rulebook
from services.contracts.welfare.visits import operations as visits
from tests.component.welfare.office import NOON, SYSTEM, Office

TODAY = date(2023, 3, 1)
DIED_ON = date(2023, 2, 27)


@pytest.fixture
def office(any_office: Office) -> Office:
    any_office.ask(rulebook.load_welfare_rules, SYSTEM, ruleset="demo")
    return any_office


def left(office: Office, member_id: UUID, on: date = DIED_ON, sequence: int = 3, standing: str = "deceased") -> None:
    data = {"member_id": member_id, "unit_id": office.unit, "standing": standing, "on": on}
    body = office.body(MemberLeft, f"member/{member_id}", sequence=sequence, **data)
    office.hear("on_member_left", MemberLeft, body)


def updated(office: Office, member_id: UUID, standing: str = "deceased", sequence: int = 2) -> None:
    data = {"member_id": member_id, "unit_id": office.unit, "employment": "contract", "standing": standing,
            "fields_changed": ["standing"]}  # fmt: skip
    body = office.body(MemberUpdated, f"member/{member_id}", sequence=sequence, **data)
    office.hear("on_member_updated", MemberUpdated, body)


def reinstated(office: Office, member_id: UUID, sequence: int = 5) -> None:
    data = {"member_id": member_id, "unit_id": office.unit, "standing": "active", "on": TODAY}
    body = office.body(MemberReinstated, f"member/{member_id}", sequence=sequence, **data)
    office.hear("on_member_reinstated", MemberReinstated, body)
    updated(office, member_id, "active", sequence - 1)


def shown(office: Office, visit_id: str) -> Any:
    return office.ask(visits.get_visit, visit_id=visit_id)


def withdrawn(office: Office) -> list[tuple[str, int]]:
    return [(one["source_id"], one["claim"]) for one in office.events("claim_withdrawn")]


@pytest.mark.parametrize("updated_first", [True, False])
def test_what_happened_after_a_death_is_refused_but_the_condolence(office: Office, updated_first: bool) -> None:
    gone = office.joined()
    for hear in (updated, left) if updated_first else (left, updated):
        hear(office, gone)
    with pytest.raises(Refused) as refused:
        office.report(gone, "birth", happened_on=DIED_ON + timedelta(days=1))
    assert refused.value.rule == "visits.member_was_alive"
    condolence = office.report(gone, "member_death", by=office.officer, happened_on=DIED_ON)
    gift = {"form": "cash", "amount": "2000.00"}
    assert office.complete(condolence["visit_id"], office.officer, **gift)["claim_state"] == "pending"
    assert withdrawn(office) == []


def test_a_visit_after_the_death_is_refused_also_before_the_standing_is_heard_of(office: Office) -> None:
    gone = office.joined()
    visit_id = office.report(gone, "birth", happened_on=DIED_ON - timedelta(days=3))["visit_id"]
    left(office, gone)
    with pytest.raises(Refused) as refused:
        office.complete(visit_id, visited_on=DIED_ON + timedelta(days=1))
    assert refused.value.rule == "visits.member_was_alive"
    assert office.events("visit_completed") == []


def test_a_death_cancels_what_is_to_be_made_and_what_was_made_before_can_still_be_recorded(office: Office) -> None:
    gone = office.joined()
    birth = office.report(gone, "birth", happened_on=DIED_ON - timedelta(days=3))["visit_id"]
    condolence = office.report(gone, "member_death", by=office.officer, happened_on=DIED_ON)["visit_id"]
    left(office, gone)
    cancelled = shown(office, birth)
    assert (cancelled["state"], cancelled["cancel_cause"]) == ("cancelled", "member_died")
    assert cancelled["actions"] == ["complete"]
    assert shown(office, condolence)["state"] == "required"
    assert [one["visit_id"] for one in office.events("visit_cancelled")] == [birth]
    made = office.complete(birth, visited_on=DIED_ON - timedelta(days=1))
    assert (made["state"], made["claim_state"], made["cancel_cause"]) == ("visited", "pending", None)


def test_a_visit_somebody_cancelled_is_not_completed_after_all(office: Office) -> None:
    visit_id = office.report(office.joined())["visit_id"]
    assert office.ask(visits.cancel_visit, visit_id=visit_id, reason="abroad")["actions"] == []
    with pytest.raises(Refused) as refused:
        office.complete(visit_id)
    assert refused.value.rule == "workflow.visit"


def test_the_claim_of_a_visit_after_the_death_is_withdrawn_and_not_put_again(office: Office) -> None:
    gone, other = office.joined(), office.joined()
    late = office.report(gone, "birth", happened_on=DIED_ON + timedelta(days=1))["visit_id"]
    early = office.report(gone, "hospitalisation", happened_on=DIED_ON - timedelta(days=20))["visit_id"]
    theirs = office.report(other)["visit_id"]
    office.complete(late, visited_on=TODAY)
    office.complete(early, visited_on=DIED_ON, amount="300.00", form="cash")
    office.complete(theirs)
    left(office, gone)
    (event,) = office.events("claim_withdrawn")
    assert (event["source_type"], event["source_id"], event["claim"], event["reason_code"]) == (
        "visit", late, 1, "after_death")  # fmt: skip
    left(office, gone, sequence=3)
    assert withdrawn(office) == [(late, 1)]
    office.answered(ExpenseRefused, late, rule="visits.member_was_alive", reason_code="claim_withdrawn")
    with pytest.raises(Refused) as refused:
        office.ask(visits.claim_visit_again, visit_id=late, amount="500.00", form="goods", reason="again")
    assert refused.value.rule == "visits.member_was_alive"


def test_a_claim_in_the_ledger_already_is_withdrawn_too(office: Office) -> None:
    gone = office.joined()
    late = office.report(gone, "birth", happened_on=DIED_ON + timedelta(days=1))["visit_id"]
    office.complete(late)
    office.answered(ExpenseRecorded, late)
    assert shown(office, late)["state"] == "closed"
    left(office, gone)
    assert withdrawn(office) == [(late, 1)]
    office.answered(ExpenseReversed, late)
    assert (shown(office, late)["state"], shown(office, late)["claim_state"]) == ("visited", "reversed")


def test_a_death_that_was_a_mistake_is_undone(office: Office) -> None:
    alive = office.joined()
    helper = office.joined()
    birth = office.report(alive, "birth", happened_on=DIED_ON - timedelta(days=3))["visit_id"]
    illness = office.report(alive, "hospitalisation", happened_on=DIED_ON - timedelta(days=3))["visit_id"]
    office.ask(visits.assign_visit, office.chair, visit_id=illness, assignee_id=helper)
    left(office, alive)
    updated(office, alive)
    with office.at(NOON + timedelta(days=9)):
        reinstated(office, alive)
        office.tick("watch_visit_deadlines")
    assert [shown(office, one)["state"] for one in (birth, illness)] == ["required", "assigned"]
    assert not shown(office, birth)["overdue"]
    assert [one["visit_id"] for one in office.events("visit_assigned")] == [illness, illness]
    assert office.complete(birth)["claim_state"] == "pending"


def test_an_older_death_that_comes_after_its_correction_counts_for_nothing(office: Office) -> None:
    alive = office.joined()
    visit_id = office.report(alive)["visit_id"]
    reinstated(office, alive)
    left(office, alive, sequence=3)
    updated(office, alive, sequence=2)
    assert shown(office, visit_id)["state"] == "required"
    assert office.complete(visit_id)["state"] == "visited"


def test_who_withdrew_is_not_taken_for_dead(office: Office) -> None:
    gone = office.joined()
    visit_id = office.report(gone)["visit_id"]
    left(office, gone, standing="withdrawn")
    assert shown(office, visit_id)["state"] == "required"


def listed(office: Office, *days: int) -> list[dict[str, Any]]:
    """Let members be born on days of March, draw up the month and issue its vouchers; return their grants."""
    born = [{"member_id": str(office.joined()), "unit_id": str(office.unit), "day": day} for day in days]
    office.answers["membership.birthdays"] = lambda _: {"items": born, "next_cursor": None}
    office.ask(birthdays.draw_up_birthday_list, year=2023, month=3)
    return grants(office)


def grants(office: Office) -> list[dict[str, Any]]:
    return office.ask(birthdays.list_birthday_grants, year=2023, month=3)["items"]


def issue(office: Office) -> None:
    office.ask(birthdays.issue_birthday_vouchers, year=2023, month=3, amount="200.00", form="voucher", collect_by=None)


def test_birthday_care_of_a_day_after_the_death_is_taken_back(office: Office) -> None:
    (grant,) = listed(office, 20)
    gone = UUID(grant["member_id"])
    issue(office)
    left(office, gone)
    (after,) = grants(office)
    assert (after["state"], withdrawn(office)) == ("withdrawn", [(grant["id"], 1)])
    reinstated(office, gone)
    issue(office)
    assert [(one["state"], one["claim_state"]) for one in grants(office)] == [("issued", "pending")]
    assert [one["claim"] for one in office.events("benefit_granted")] == [1, 2]


def test_birthday_care_given_before_the_death_stays(office: Office) -> None:
    (grant,) = listed(office, 20)
    issue(office)
    left(office, UUID(grant["member_id"]), on=TODAY)
    assert (grants(office)[0]["state"], withdrawn(office)) == ("issued", [])


def test_nobody_dead_gets_a_voucher_although_the_standing_was_not_heard_of(office: Office) -> None:
    (grant, other) = listed(office, 20, 21)
    left(office, UUID(grant["member_id"]))
    issue(office)
    states = {one["member_id"]: one["state"] for one in grants(office)}
    assert states == {grant["member_id"]: "withdrawn", other["member_id"]: "issued"}
