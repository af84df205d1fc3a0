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
from services.membership.dues.use_cases import bases, charging, paying, reading
from tests.component.membership.dues_office import DuesOffice
from tests.component.membership.union import Union, account, chair_of

MONTH = "2026-03"


@pytest.fixture
def office(any_union: Union) -> DuesOffice:
    return DuesOffice(any_union)


def refusal_of(act: Callable[[], object]) -> str | None:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.rule


def test_a_month_is_charged_to_who_pays_and_has_a_base(office: DuesOffice):
    pays, poor = office.member(1), office.member(2, base=None)
    away, late = office.member(3), office.member(4, joined_on=date(2026, 4, 2), hired_on=date(2026, 4, 1))
    values = {"member_id": away, "reason": "unpaid_leave", "starts_on": date(2026, 1, 1)}
    office.ask(contract.exempt_from_dues, bases.exempt_from_dues, **values)
    retired = office.member(5)
    with office.union.acting(office.union.officer) as tx:
        tx.session.execute(sa.text("UPDATE member SET standing = 'retained' WHERE number = 'M000005'"))

    foreseen = office.preview(MONTH)
    job = office.charge(MONTH)

    assert (foreseen["to_charge"], foreseen["amount"]) == (1, "17.40")
    assert (foreseen["without_base"], foreseen["exempt"], foreseen["charged_already"]) == (1, 1, 0)
    assert (job.state, job.done, job.result) == ("done", 1, {"month": MONTH, "members": 1})
    assert office.charges(MONTH) == {pays: (Decimal("17.40"), Decimal("0.00"))}
    assert [event["members"] for event in office.union.events("dues_charged")] == [1]
    assert {poor, late, retired}.isdisjoint(office.charges(MONTH))


def test_charging_again_charges_only_who_is_new(office: DuesOffice):
    first = office.member(1)
    office.charge(MONTH)
    second = office.member(2, base="10000")

    assert office.preview(MONTH)["to_charge"] == 1
    assert office.charge(MONTH).done == 1
    assert office.charge(MONTH).done == 0
    assert office.charges(MONTH) == {first: (office.due, 0), second: (Decimal("50.00"), 0)}


def test_the_base_of_the_months_first_day_counts(office: DuesOffice):
    member = office.member(1, base="3000")
    office.base(member, "6000", date(2026, 4, 1))

    office.charge("2026-03")
    office.charge("2026-04")

    assert office.charges("2026-03")[member][0] == Decimal("15.00")
    assert office.charges("2026-04")[member][0] == Decimal("30.00")
    assert refusal_of(lambda: office.base(member, "7000", date(2026, 2, 1))) == "dues.base_follows_the_last"
    assert refusal_of(lambda: office.base(member, "7000", date(2026, 5, 2))) == "dues.base_begins_a_month"


def test_without_a_rule_nothing_is_charged(any_union: Union):
    office = DuesOffice(any_union)
    with any_union.acting(any_union.officer) as tx:
        tx.session.execute(sa.text("DELETE FROM policy_rule WHERE key = 'dues.percent'"))

    with pytest.raises(NoRuleInForce, match=r"dues\.percent"):
        office.charge(MONTH)


def test_a_charge_that_broke_off_goes_on_where_it_was(office: DuesOffice, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(charging, "CHARGED_AT_ONCE", 2)
    for order in range(1, 6):
        office.member(order)
    job_id = UUID(office.ask(contract.charge_dues, charging.charge_dues, month=MONTH)["job_id"])
    advance(office.union.database, job_id, charging.charge_part)
    calls = 0

    def breaks(tx, job):
        nonlocal calls
        calls += 1
        charging.charge_part(tx, job)
        raise KeyError("gone")

    advance(office.union.database, job_id, breaks)
    assert (calls, len(office.charges(MONTH))) == (1, 2)
    with office.union.database.session() as session:
        session.execute(sa.update(jobs.Job).values(attempts=0))
    job = office.run(job_id)

    assert (job.state, job.done, job.result) == ("done", 5, {"month": MONTH, "members": 5})
    assert len(office.charges(MONTH)) == 5
    assert len(office.union.events("dues_charged")) == 1


def test_two_runs_at_once_charge_everybody_once(union: Union, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(charging, "CHARGED_AT_ONCE", 10)
    office = DuesOffice(union)
    for order in range(1, 41):
        office.member(order)
    asked = [office.ask(contract.charge_dues, charging.charge_dues, month=MONTH)["job_id"] for _ in range(2)]

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(office.run, asked))

    assert [job.state for job in ended] == ["done", "done"]
    assert sum(job.done for job in ended) == 40
    assert set(office.charges(MONTH).values()) == {(office.due, Decimal("0.00"))}


def test_what_is_owed_is_corrected_with_a_reason_and_the_charge_stays(office: DuesOffice):
    member = office.member(1)
    office.charge(MONTH)

    waived = office.adjust(member, MONTH, "0")

    assert (waived["state"], waived["amount"], waived["due"]) == ("void", "17.40", "0.00")
    assert refusal_of(lambda: office.adjust(member, MONTH, "0")) == "dues.due_is_another"
    seen = office.ask(contract.get_member_dues, reading.get_member_dues, member_id=member)
    assert [(one["old_due"], one["new_due"], one["reason"]) for one in seen["adjustments"]] == [
        ("17.40", "0.00", "停薪留职")
    ]


def test_a_base_is_encrypted_masked_and_every_look_is_logged(office: DuesOffice):
    member = office.member(1)
    me = account(member)
    with office.union.database.session() as session:
        assert "3487" not in str(session.scalars(sa.text("SELECT base FROM dues_base")).all())
        assert "3487" not in str(session.scalars(sa.text("SELECT changes FROM change_history")).all())

    seen = office.ask(contract.get_member_dues, reading.get_member_dues, me, member_id=member)
    assert (seen["bases"][0]["base"], seen["bases"][0]["dues"]) == ("****", "17.40")
    values = {"base_id": seen["bases"][0]["id"], "purpose": "核对工资"}
    plain = office.ask(contract.unmask_dues_base, bases.unmask_dues_base, **values)

    assert plain["value"] == "3487.00"
    with office.union.database.session() as session:
        assert session.execute(sa.text("SELECT field, purpose FROM access_log")).all() == [("dues_base", "核对工资")]
    with pytest.raises(NotAllowed):
        office.ask(contract.unmask_dues_base, bases.unmask_dues_base, account(office.member(2)), **values)


def test_a_chair_sees_how_the_unit_stands_and_no_amount(office: DuesOffice):
    member, elsewhere = office.member(1), office.member(2, unit="02")
    office.charge(MONTH)
    chair = chair_of(office.union.units["01"])

    seen = office.ask(contract.get_member_dues, reading.get_member_dues, chair, member_id=member)
    units = office.ask(contract.dues_by_unit, reading.dues_by_unit, chair, month=MONTH)["items"]

    assert (seen["months"][0]["state"], seen["months_owed"]) == ("open", 1)
    assert (seen["bases"], seen["owed"], seen["months"][0]["due"]) == ([], None, None)
    assert [(one["members"], one["members_owing"], one["owed"]) for one in units] == [(1, 1, None)]
    with pytest.raises(NotAllowed):
        office.ask(contract.get_member_dues, reading.get_member_dues, chair, member_id=elsewhere)
    with pytest.raises(NotAllowed):
        office.ask(collecting.list_dues_payments, paying.list_dues_payments, chair, member_id=member)


def test_why_dues_are_waived_is_not_told_to_the_chair(office: DuesOffice):
    member = office.member(1)
    values = {"member_id": member, "reason": "long_sick_leave", "starts_on": date(2026, 3, 1)}
    office.ask(contract.exempt_from_dues, bases.exempt_from_dues, **values)

    def reasons(by: Principal) -> list[Any]:
        seen = office.ask(contract.get_member_dues, reading.get_member_dues, by, member_id=member)
        return [(one["reason"], one["starts_on"]) for one in seen["exemptions"]]

    assert reasons(chair_of(office.union.units["01"])) == [(None, "2026-03-01")]
    assert reasons(account(member)) == reasons(office.second) == [("long_sick_leave", "2026-03-01")]


def test_months_unpaid_are_counted_back_from_the_latest_charged(office: DuesOffice):
    behind, paid_late, new = office.member(1), office.member(2), office.member(3, base=None)
    for month in ("2026-01", "2026-02", "2026-03"):
        office.charge(month)
    office.pay(paid_late, "2026-02")

    with office.union.acting(office.union.officer) as tx:
        assert reading.months_unpaid(tx, [behind, paid_late, new]) == {behind: 3, paid_late: 1, new: 0}
