"""After a member's death nothing is given but the condolence; what was before it stays. Whatever comes first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.chassis import clock
from services.chassis.errors import Refused
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused, ExpenseReversed
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.retirement import MemberRetired
from services.contracts.membership.standing.operations import MemberLeft, MemberReinstated
from services.contracts.welfare import birthdays, care
from services.contracts.welfare.visits import operations as visits
from tests.component.welfare import goods
from tests.component.welfare.harness import NOON, WelfareHarness

TODAY = date(2023, 3, 1)
DIED_ON = date(2023, 2, 27)


def left(
    welfare: WelfareHarness, member_id: UUID, on: date = DIED_ON, sequence: int = 3, standing: str = "deceased"
) -> None:
    data = {"member_id": member_id, "unit_id": welfare.unit, "standing": standing, "on": on}
    body = welfare.message(MemberLeft, sequence, **data)
    welfare.receive("on_member_left", body)


def updated(welfare: WelfareHarness, member_id: UUID, standing: str = "deceased", sequence: int = 2) -> None:
    data = {"member_id": member_id, "unit_id": welfare.unit, "employment": "contract", "standing": standing,
            "fields_changed": ["standing"]}  # fmt: skip
    body = welfare.message(MemberUpdated, sequence, **data)
    welfare.receive("on_member_updated", body)


def reinstated(welfare: WelfareHarness, member_id: UUID, sequence: int = 5) -> None:
    data = {"member_id": member_id, "unit_id": welfare.unit, "standing": "active", "on": TODAY}
    body = welfare.message(MemberReinstated, sequence, **data)
    welfare.receive("on_member_reinstated", body)
    updated(welfare, member_id, "active", sequence - 1)


def shown(welfare: WelfareHarness, visit_id: str) -> Any:
    return welfare.ask(visits.get_visit, visit_id=visit_id)


def withdrawn(welfare: WelfareHarness) -> list[tuple[str, int]]:
    return [(one["source_id"], one["claim"]) for one in welfare.events("claim_withdrawn")]


@pytest.mark.parametrize("updated_first", [True, False])
def test_what_happened_after_a_death_is_refused_but_the_condolence(
    welfare: WelfareHarness, updated_first: bool
) -> None:
    gone = welfare.joined()
    for hear in (updated, left) if updated_first else (left, updated):
        hear(welfare, gone)
    with pytest.raises(Refused) as refused:
        welfare.report(gone, "birth", happened_on=DIED_ON + timedelta(days=1))
    assert refused.value.rule == "visits.member_was_alive"
    condolence = welfare.report(gone, "member_death", by=welfare.officer, happened_on=DIED_ON)
    gift = {"form": "cash", "amount": "2000.00"}
    assert welfare.complete(condolence["visit_id"], welfare.officer, **gift)["claim_state"] == "pending"
    assert withdrawn(welfare) == []


def test_a_visit_after_the_death_is_refused_also_before_the_standing_is_heard_of(welfare: WelfareHarness) -> None:
    gone = welfare.joined()
    visit_id = welfare.report(gone, "birth", happened_on=DIED_ON - timedelta(days=3))["visit_id"]
    left(welfare, gone)
    with pytest.raises(Refused) as refused:
        welfare.complete(visit_id, visited_on=DIED_ON + timedelta(days=1))
    assert refused.value.rule == "visits.member_was_alive"
    assert welfare.events("visit_completed") == []


@pytest.mark.databases("postgresql", "sqlite")
def test_a_death_cancels_what_is_to_be_made_and_what_was_made_before_can_still_be_recorded(
    welfare: WelfareHarness,
) -> None:
    gone = welfare.joined()
    birth = welfare.report(gone, "birth", happened_on=DIED_ON - timedelta(days=3))["visit_id"]
    condolence = welfare.report(gone, "member_death", by=welfare.officer, happened_on=DIED_ON)["visit_id"]
    left(welfare, gone)
    cancelled = shown(welfare, birth)
    assert (cancelled["state"], cancelled["cancel_cause"]) == ("cancelled", "member_died")
    assert cancelled["actions"] == ["complete"]
    assert shown(welfare, condolence)["state"] == "required"
    assert [one["visit_id"] for one in welfare.events("visit_cancelled")] == [birth]
    made = welfare.complete(birth, visited_on=DIED_ON - timedelta(days=1))
    assert (made["state"], made["claim_state"], made["cancel_cause"]) == ("visited", "pending", None)


def test_a_visit_somebody_cancelled_is_not_completed_after_all(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined())["visit_id"]
    assert welfare.ask(visits.cancel_visit, visit_id=visit_id, reason="abroad")["actions"] == []
    with pytest.raises(Refused) as refused:
        welfare.complete(visit_id)
    assert refused.value.rule == "workflow.visit"


def test_the_claim_of_a_visit_after_the_death_is_withdrawn_and_not_put_again(welfare: WelfareHarness) -> None:
    gone, other = welfare.joined(), welfare.joined()
    late = welfare.report(gone, "birth", happened_on=DIED_ON + timedelta(days=1))["visit_id"]
    early = welfare.report(gone, "hospitalisation", happened_on=DIED_ON - timedelta(days=20))["visit_id"]
    theirs = welfare.report(other)["visit_id"]
    welfare.complete(late, visited_on=TODAY)
    welfare.complete(early, visited_on=DIED_ON, amount="300.00", form="cash")
    welfare.complete(theirs)
    left(welfare, gone)
    (event,) = welfare.events("claim_withdrawn")
    assert (event["source_type"], event["source_id"], event["claim"], event["reason_code"]) == (
        "visit", late, 1, "after_death")  # fmt: skip
    left(welfare, gone, sequence=3)
    assert withdrawn(welfare) == [(late, 1)]
    welfare.answered(ExpenseRefused, late, rule="visits.member_was_alive", reason_code="claim_withdrawn")
    with pytest.raises(Refused) as refused:
        welfare.ask(visits.claim_visit_again, visit_id=late, amount="500.00", form="goods", reason="again")
    assert refused.value.rule == "visits.member_was_alive"


def test_a_claim_in_the_ledger_already_is_withdrawn_too(welfare: WelfareHarness) -> None:
    gone = welfare.joined()
    late = welfare.report(gone, "birth", happened_on=DIED_ON + timedelta(days=1))["visit_id"]
    welfare.complete(late)
    welfare.answered(ExpenseRecorded, late)
    assert shown(welfare, late)["state"] == "closed"
    left(welfare, gone)
    assert withdrawn(welfare) == [(late, 1)]
    welfare.answered(ExpenseReversed, late)
    assert (shown(welfare, late)["state"], shown(welfare, late)["claim_state"]) == ("visited", "reversed")


def test_a_death_that_was_a_mistake_is_undone(welfare: WelfareHarness) -> None:
    alive = welfare.joined()
    helper = welfare.joined()
    birth = welfare.report(alive, "birth", happened_on=DIED_ON - timedelta(days=3))["visit_id"]
    illness = welfare.report(alive, "hospitalisation", happened_on=DIED_ON - timedelta(days=3))["visit_id"]
    welfare.ask(visits.assign_visit, welfare.chair, visit_id=illness, assignee_id=helper)
    left(welfare, alive)
    updated(welfare, alive)
    with clock.frozen(NOON + timedelta(days=9)):
        reinstated(welfare, alive)
        welfare.run_timer("watch_visit_deadlines")
    assert [shown(welfare, one)["state"] for one in (birth, illness)] == ["required", "assigned"]
    assert not shown(welfare, birth)["overdue"]
    assert [one["visit_id"] for one in welfare.events("visit_assigned")] == [illness, illness]
    assert welfare.complete(birth)["claim_state"] == "pending"


def test_an_older_death_that_comes_after_its_correction_counts_for_nothing(welfare: WelfareHarness) -> None:
    alive = welfare.joined()
    visit_id = welfare.report(alive)["visit_id"]
    reinstated(welfare, alive)
    left(welfare, alive, sequence=3)
    updated(welfare, alive, sequence=2)
    assert shown(welfare, visit_id)["state"] == "required"
    assert welfare.complete(visit_id)["state"] == "visited"


def test_who_withdrew_is_not_taken_for_dead(welfare: WelfareHarness) -> None:
    gone = welfare.joined()
    visit_id = welfare.report(gone)["visit_id"]
    left(welfare, gone, standing="withdrawn")
    assert shown(welfare, visit_id)["state"] == "required"


def listed(welfare: WelfareHarness, *days: int) -> list[dict[str, Any]]:
    """Let members be born on days of March, draw up the month and issue its vouchers; return their grants."""
    born = [{"member_id": str(welfare.joined()), "unit_id": str(welfare.unit), "day": day} for day in days]
    welfare.answers["membership.birthdays"] = lambda _: {"items": born, "next_cursor": None}
    welfare.ask(birthdays.draw_up_birthday_list, year=2023, month=3)
    return grants(welfare)


def grants(welfare: WelfareHarness) -> list[dict[str, Any]]:
    return welfare.ask(birthdays.list_birthday_grants, year=2023, month=3)["items"]


def issue(welfare: WelfareHarness) -> None:
    welfare.ask(birthdays.issue_birthday_vouchers, year=2023, month=3, amount="200.00", form="voucher", collect_by=None)


@pytest.mark.databases("postgresql", "sqlite")
def test_birthday_care_of_a_day_after_the_death_is_taken_back(welfare: WelfareHarness) -> None:
    (grant,) = listed(welfare, 20)
    gone = UUID(grant["member_id"])
    issue(welfare)
    left(welfare, gone)
    (after,) = grants(welfare)
    assert (after["state"], withdrawn(welfare)) == ("withdrawn", [(grant["id"], 1)])
    reinstated(welfare, gone)
    issue(welfare)
    assert [(one["state"], one["claim_state"]) for one in grants(welfare)] == [("issued", "pending")]
    assert [one["claim"] for one in welfare.events("benefit_granted")] == [1, 2]


def test_birthday_care_given_before_the_death_stays(welfare: WelfareHarness) -> None:
    (grant,) = listed(welfare, 20)
    issue(welfare)
    left(welfare, UUID(grant["member_id"]), on=TODAY)
    assert (grants(welfare)[0]["state"], withdrawn(welfare)) == ("issued", [])


def test_nobody_dead_gets_a_voucher_although_the_standing_was_not_heard_of(welfare: WelfareHarness) -> None:
    (grant, other) = listed(welfare, 20, 21)
    left(welfare, UUID(grant["member_id"]))
    issue(welfare)
    states = {one["member_id"]: one["state"] for one in grants(welfare)}
    assert states == {grant["member_id"]: "withdrawn", other["member_id"]: "issued"}


@pytest.mark.databases("postgresql", "sqlite")
def test_over_all_subjects_nothing_is_given_after_a_death_but_the_condolence(welfare: WelfareHarness) -> None:
    gone, other = welfare.joined(), welfare.joined()
    _, packages = goods.open_cycle(welfare)
    for member in (gone, other):
        goods.choose(welfare, member, packages[0])
    born = {"member_id": str(gone), "unit_id": str(welfare.unit), "day": 28}
    answer = {"items": [born], "next_cursor": None, "total": None}
    welfare.answers["membership.birthdays"] = lambda _: answer
    welfare.ask(birthdays.draw_up_birthday_list, year=2023, month=3)
    retirement = {"member_id": gone, "unit_id": welfare.unit, "retired_on": DIED_ON}
    welfare.receive("on_member_retired", welfare.message(MemberRetired, 1, **retirement))
    illness = welfare.report(gone, "hospitalisation", happened_on=DIED_ON - timedelta(days=3))["visit_id"]
    with goods.desk_open(welfare):
        codes = {member: goods.mine(welfare, member)["code"] for member in (gone, other)}
        goods.hand_out(welfare, codes[gone])
        left(welfare, gone)
        updated(welfare, gone)
        with pytest.raises(Refused):
            welfare.complete(illness)
        with pytest.raises(Refused):
            welfare.ask(birthdays.issue_birthday_vouchers, year=2023, month=3, amount="200.00")
        goods.hand_out(welfare, codes[other])
    (claim,) = welfare.events("claim_withdrawn")
    (fetched, _) = welfare.events("benefit_granted")
    assert (claim["source_type"], claim["source_id"], claim["benefit_key"]) == (
        "benefit", fetched["grant_id"], "holiday",
    )  # fmt: skip
    gifts = welfare.ask(care.list_care_gifts, year=2023, month=2)["items"]
    assert [(gift["kind"], gift["state"], gift["ended_by"]) for gift in gifts] == [
        ("retirement", "withdrawn", "member_died")
    ]
    assert shown(welfare, illness)["state"] == "cancelled"
    condolence = welfare.report(gone, "member_death", by=welfare.officer, happened_on=DIED_ON)
    assert welfare.complete(condolence["visit_id"], welfare.officer, form="cash")["claim_state"] == "pending"
