"""Bases, exemptions, the monthly charge and who sees what of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.chassis.errors import NoRuleInForce, NotAllowed, Refused
from services.chassis.jobs import jobs
from services.chassis.jobs.runner import advance
from services.chassis.security.principal import Principal
from services.contracts.membership.dues import collecting
from services.contracts.membership.dues import operations as contract
from services.membership.dues.use_cases import charging, reading
from tests.component.membership.dues_harness import DuesHarness
from tests.support.principals import chair_of, member_account

MONTH = "2026-03"


def refusal_of(act: Callable[[], object]) -> str | None:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.rule


@pytest.mark.databases("postgresql", "sqlite")
def test_a_month_is_charged_to_who_pays_and_has_a_base(dues: DuesHarness):
    pays, poor = dues.payer(1), dues.payer(2, base=None)
    away, late = dues.payer(3), dues.payer(4, joined_on=date(2026, 4, 2), hired_on=date(2026, 4, 1))
    values = {"member_id": away, "reason": "unpaid_leave", "starts_on": date(2026, 1, 1)}
    dues.ask(contract.exempt_from_dues, **values)
    retired = dues.payer(5)
    brought = dues.payer(6, joined_on=date(2015, 9, 1), hired_on=date(2026, 4, 1))
    with dues.transaction(dues.officer) as tx:
        tx.session.execute(sa.text("UPDATE member SET standing = 'retained' WHERE number = 'M000005'"))

    foreseen = dues.preview(MONTH)
    job = dues.charge(MONTH)

    assert (foreseen["to_charge"], foreseen["amount"]) == (1, "17.40")
    assert (foreseen["without_base"], foreseen["exempt"], foreseen["charged_already"]) == (1, 1, 0)
    assert (job.state, job.done, job.result) == ("done", 1, {"month": MONTH, "members": 1})
    assert dues.charges(MONTH) == {pays: (Decimal("17.40"), Decimal("0.00"))}
    assert [event["members"] for event in dues.events("dues_charged")] == [1]
    assert {poor, late, retired, brought}.isdisjoint(dues.charges(MONTH))


@pytest.mark.databases("postgresql", "sqlite")
def test_charging_again_charges_only_who_is_new(dues: DuesHarness):
    first = dues.payer(1)
    dues.charge(MONTH)
    second = dues.payer(2, base="10000")

    assert dues.preview(MONTH)["to_charge"] == 1
    assert dues.charge(MONTH).done == 1
    assert dues.charge(MONTH).done == 0
    assert dues.charges(MONTH) == {first: (dues.due, 0), second: (Decimal("50.00"), 0)}


def test_the_base_of_the_months_first_day_counts(dues: DuesHarness):
    member = dues.payer(1, base="3000")
    dues.base(member, "6000", date(2026, 4, 1))

    dues.charge("2026-03")
    dues.charge("2026-04")

    assert dues.charges("2026-03")[member][0] == Decimal("15.00")
    assert dues.charges("2026-04")[member][0] == Decimal("30.00")
    assert refusal_of(lambda: dues.base(member, "7000", date(2026, 2, 1))) == "dues.base_follows_the_last"
    assert refusal_of(lambda: dues.base(member, "7000", date(2026, 5, 2))) == "dues.base_begins_a_month"


def test_without_a_rule_nothing_is_charged(dues: DuesHarness):
    with dues.transaction(dues.officer) as tx:
        tx.session.execute(sa.text("DELETE FROM policy_rule WHERE key = 'dues.percent'"))

    with pytest.raises(NoRuleInForce, match=r"dues\.percent"):
        dues.charge(MONTH)


def test_a_charge_that_broke_off_goes_on_where_it_was(dues: DuesHarness, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(charging, "CHARGED_AT_ONCE", 2)
    for order in range(1, 6):
        dues.payer(order)
    job_id = UUID(dues.ask(contract.charge_dues, month=MONTH)["job_id"])
    advance(dues.database, job_id, charging.charge_part)
    calls = 0

    def breaks(tx, job):
        nonlocal calls
        calls += 1
        charging.charge_part(tx, job)
        raise KeyError("gone")

    advance(dues.database, job_id, breaks)
    assert (calls, len(dues.charges(MONTH))) == (1, 2)
    with dues.database.session() as session:
        session.execute(sa.update(jobs.Job).values(attempts=0))
    job = dues.run_job(job_id)

    assert (job.state, job.done, job.result) == ("done", 5, {"month": MONTH, "members": 5})
    assert len(dues.charges(MONTH)) == 5
    assert len(dues.events("dues_charged")) == 1


def test_two_runs_at_once_charge_everybody_once(dues: DuesHarness, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(charging, "CHARGED_AT_ONCE", 10)
    for order in range(1, 41):
        dues.payer(order)
    asked = [dues.ask(contract.charge_dues, month=MONTH)["job_id"] for _ in range(2)]

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(dues.run_job, asked))

    assert [job.state for job in ended] == ["done", "done"]
    assert sum(job.done for job in ended) == 40
    assert set(dues.charges(MONTH).values()) == {(dues.due, Decimal("0.00"))}


def test_what_is_owed_is_corrected_with_a_reason_and_the_charge_stays(dues: DuesHarness):
    member = dues.payer(1)
    dues.charge(MONTH)

    waived = dues.adjust(member, MONTH, "0")

    assert (waived["state"], waived["amount"], waived["due"]) == ("void", "17.40", "0.00")
    assert refusal_of(lambda: dues.adjust(member, MONTH, "0")) == "dues.due_is_another"
    seen = dues.ask(contract.get_member_dues, member_id=member)
    assert [(one["old_due"], one["new_due"], one["reason"]) for one in seen["adjustments"]] == [
        ("17.40", "0.00", "停薪留职")
    ]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_base_is_encrypted_masked_and_every_look_is_logged(dues: DuesHarness):
    member = dues.payer(1)
    me = member_account(member)
    with dues.database.session() as session:
        assert "3487" not in str(session.scalars(sa.text("SELECT base FROM dues_base")).all())
        assert "3487" not in str(session.scalars(sa.text("SELECT changes FROM change_history")).all())

    seen = dues.ask(contract.get_member_dues, me, member_id=member)
    assert (seen["bases"][0]["base"], seen["bases"][0]["dues"]) == ("****", "17.40")
    values = {"base_id": seen["bases"][0]["id"], "purpose": "核对工资"}
    plain = dues.ask(contract.unmask_dues_base, **values)

    assert plain["value"] == "3487.00"
    with dues.database.session() as session:
        assert session.execute(sa.text("SELECT field, purpose FROM access_log")).all() == [("dues_base", "核对工资")]
    with pytest.raises(NotAllowed):
        dues.ask(contract.unmask_dues_base, member_account(dues.payer(2)), **values)


def test_a_chair_sees_how_the_unit_stands_and_no_amount(dues: DuesHarness):
    member, elsewhere = dues.payer(1), dues.payer(2, unit="02")
    dues.charge(MONTH)
    chair = chair_of(dues.units["01"])

    seen = dues.ask(contract.get_member_dues, chair, member_id=member)
    units = dues.ask(contract.dues_by_unit, chair, month=MONTH)["items"]

    assert (seen["months"][0]["state"], seen["months_owed"]) == ("open", 1)
    assert (seen["bases"], seen["owed"], seen["months"][0]["due"]) == ([], None, None)
    assert [(one["members"], one["members_owing"], one["owed"]) for one in units] == [(1, 1, None)]
    with pytest.raises(NotAllowed):
        dues.ask(contract.get_member_dues, chair, member_id=elsewhere)
    with pytest.raises(NotAllowed):
        dues.ask(collecting.list_dues_payments, chair, member_id=member)


def test_why_dues_are_waived_is_not_told_to_the_chair(dues: DuesHarness):
    member = dues.payer(1)
    values = {"member_id": member, "reason": "long_sick_leave", "starts_on": date(2026, 3, 1)}
    dues.ask(contract.exempt_from_dues, **values)

    def reasons(by: Principal) -> list[Any]:
        seen = dues.ask(contract.get_member_dues, by, member_id=member)
        return [(one["reason"], one["starts_on"]) for one in seen["exemptions"]]

    assert reasons(chair_of(dues.units["01"])) == [(None, "2026-03-01")]
    assert reasons(member_account(member)) == reasons(dues.second) == [("long_sick_leave", "2026-03-01")]


def test_months_unpaid_are_counted_back_from_the_latest_charged(dues: DuesHarness):
    behind, paid_late, new = dues.payer(1), dues.payer(2), dues.payer(3, base=None)
    for month in ("2026-01", "2026-02", "2026-03"):
        dues.charge(month)
    dues.pay(paid_late, "2026-02")

    with dues.transaction(dues.officer) as tx:
        assert reading.months_unpaid(tx, [behind, paid_late, new]) == {behind: 3, paid_late: 1, new: 0}
