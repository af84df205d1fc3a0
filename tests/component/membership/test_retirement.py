"""Retirement: the explained month, HR's date wins, the roster of a year, confirming, undoing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis.clock import today
from services.chassis.errors import Problem, Refused
from services.chassis.jobs.jobs import Job
from services.chassis.rules.rulebook import PolicyRule
from services.contracts.membership import retirement as contract
from services.contracts.membership import transfer as transfer_contract
from services.membership.record.tables import Member
from services.membership.retirement.rules import plus_months
from services.membership.retirement.use_cases import confirming
from services.membership.transfer.tables import Transfer
from tests.component.membership.harness import MembershipHarness
from tests.support.principals import chair_of, member_account
from tests.unit.membership.people import id_number

THIS_MONTH = today().replace(day=1)


@pytest.fixture
def office(membership: MembershipHarness) -> MembershipHarness:
    return membership


def born(membership: MembershipHarness, order: int, birth: date, original_age: str | None, **changes: Any) -> UUID:
    return membership.member(
        order, birth_date=birth, id_number=id_number(birth, order), original_age=original_age, **changes
    )  # fmt: skip


def explained(membership: MembershipHarness, member: UUID, by: Any = None) -> dict[str, Any]:
    return membership.ask_typed(contract.member_retirement, by or membership.officer, member_id=member)


def approve(membership: MembershipHarness, member: UUID, month: date | None) -> dict[str, Any]:
    given = {"member_id": member, "approved_month": month, "reason": "人事处通知"}
    return membership.ask_typed(contract.set_approved_month, **given)


def confirm(membership: MembershipHarness, member: UUID, day: date | None = None) -> dict[str, Any]:
    return membership.ask_typed(contract.confirm_retirement, member_id=member, retired_on=day)  # fmt: skip


def on_roster(membership: MembershipHarness, year: int, by: Any = None, **filters: Any) -> list[tuple[UUID, str]]:
    page = membership.ask_typed(
        contract.retirement_roster, by or membership.officer, year=year, with_total=True, **filters
    )
    assert page["total"] == len(page["items"])
    return [(row["member_id"], f"{row['month']:%Y-%m}") for row in page["items"]]


def standing(membership: MembershipHarness, member: UUID) -> str:
    with membership.database.session() as session:
        return session.get_one(Member, member).standing


def test_the_month_is_explained_with_rule_article_and_figures(office: MembershipHarness) -> None:
    member = born(office, 1, date(1976, 9, 3), "M60")
    found = explained(office, member, member_account(member))
    assert (found["month"], found["counted_by"], found["delay_months"]) == (date(2039, 9, 1), "statutory_month", 36)
    assert found["rules"][0]["article"]
    assert found["rules"][0]["value"] == {"base": 60, "start": "1965-01", "step": 4, "max": 36}
    assert explained(office, born(office, 2, date(1976, 9, 3), None))["why_not"] == "retirement.class_is_known"


def test_without_the_rule_nothing_is_computed(membership: MembershipHarness) -> None:
    member = membership.member(1)
    with membership.database.session() as session:
        session.execute(sa.delete(PolicyRule).where(PolicyRule.key.startswith("retirement.")))
    assert explained(membership, member)["why_not"] == "retirement.f55"
    assert on_roster(membership, 2028) == []


def test_hrs_month_wins_within_the_laws_limits(office: MembershipHarness) -> None:
    member = born(office, 1, date(1976, 9, 3), "M60")
    assert approve(office, member, date(2037, 5, 20))["month"] == date(2037, 5, 1)
    assert on_roster(office, 2039) == []
    assert on_roster(office, 2037) == [(member, "2037-05")]
    for wrong in (date(2036, 8, 1), date(2042, 10, 1)):
        with pytest.raises(Refused):
            approve(office, member, wrong)
    assert approve(office, member, None)["counted_by"] == "statutory_month"


@pytest.mark.databases("postgresql", "sqlite")
def test_the_roster_of_a_year_lists_every_class_by_month(office: MembershipHarness) -> None:
    man = born(office, 1, date(1964, 12, 1), "M60")
    later = born(office, 2, date(1965, 1, 31), "M60")
    worker = born(office, 3, date(1975, 11, 30), "F50")
    cadre = born(office, 4, date(1971, 4, 1), "F55")
    gone = born(office, 5, date(1971, 4, 2), "F55")
    confirm(office, gone, date(2025, 3, 1))
    assert on_roster(office, 2024) == [(man, "2024-12")]
    assert on_roster(office, 2025) == [(later, "2025-02"), (gone, "2025-03")]
    assert on_roster(office, 2026) == [(worker, "2026-05"), (cadre, "2026-08")]
    assert on_roster(office, 2026, sort="-month") == [(cadre, "2026-08"), (worker, "2026-05")]
    assert on_roster(office, 2025, state="due") == [(later, "2025-02")]
    assert on_roster(office, 2025, state="retired") == [(gone, "2025-03")]
    assert on_roster(office, 2025, unit_id=office.units["02"]) == []
    assert on_roster(office, 2025, chair_of(office.units["02"])) == []
    assert len(on_roster(office, 2025, chair_of(office.units["01"]), q="李娜")) == 2
    file = office.ask_typed(contract.export_retirement_roster, year=2025)
    assert file["content"].startswith(b"PK")


def test_pages_of_the_roster_follow_each_other(office: MembershipHarness) -> None:
    everybody = [born(office, order, date(1964, 1 + order % 12, 3), "M60") for order in range(1, 8)]
    seen, cursor = [], None
    while True:
        page = office.ask_typed(contract.retirement_roster, year=2024, limit=3, cursor=cursor)
        seen += [row["member_id"] for row in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(everybody)


def test_confirming_retains_the_membership_and_ends_posts(office: MembershipHarness) -> None:
    member = born(office, 1, date(1964, 3, 3), "M60")
    office.seat("01", "unit_chair", member, plus_months(THIS_MONTH, -5))
    found = confirm(office, member)
    assert (found["standing"], found["counted_by"]) == ("retained", "retired_on")
    assert found["retired_on"] == date(2024, 3, 31)
    assert [event["member_id"] for event in office.events("member_retired")] == [str(member)]
    assert len(office.events("post_ended")) == 1
    for again in (member,):
        with pytest.raises(Refused) as refused:
            confirm(office, again)
        assert refused.value.rule == "retirement.member_may_retire"


def test_a_retirement_ahead_is_not_confirmed(office: MembershipHarness) -> None:
    with pytest.raises(Refused) as refused:
        confirm(office, born(office, 1, date(1976, 9, 3), "M60"))
    assert refused.value.rule == "retirement.day_has_come"


def test_a_wrong_retirement_is_undone_with_its_reason(office: MembershipHarness) -> None:
    member = born(office, 1, date(1964, 3, 3), "M60")
    confirm(office, member)
    found = office.ask_typed(contract.undo_retirement, member_id=member, reason="人事批准延迟")  # fmt: skip
    assert (found["standing"], found["retired_on"], found["counted_by"]) == ("active", None, "statutory_month")
    assert "人事批准延迟" not in str(office.events("retirement_undone", "member_updated"))


@pytest.mark.databases("postgresql", "sqlite")
def test_many_are_confirmed_as_long_work_and_the_refused_are_listed(office: MembershipHarness) -> None:
    ready = [born(office, order, date(1964, 3, 3), "M60") for order in range(1, 130)]
    ahead = born(office, 200, date(1976, 9, 3), "M60")
    given = {"member_ids": [*ready, ahead, uuid4()]}
    job_id = office.ask_typed(contract.confirm_retirements, **given)["id"]
    done = False
    while not done:
        with office.transaction(office.officer) as tx:
            done = confirming.confirm_some(tx, tx.session.get_one(Job, job_id))
    with office.database.session() as session:
        job = session.get_one(Job, job_id)
        assert (job.done, job.problems, job.result) == (131, 2, {"confirmed": 129})
        assert job.problem_file_id is not None
        counted = sa.select(Member.standing, sa.func.count()).group_by(Member.standing).order_by(Member.standing)
        assert [tuple(row) for row in session.execute(counted)] == [("active", 1), ("retained", 129)]
    assert len(office.events("member_retired")) == 129


def test_retiring_and_transferring_at_once_end_in_one_place(office: MembershipHarness) -> None:
    member = born(office, 1, date(1964, 3, 3), "M60")
    given = {"member_id": member, "to_unit_id": office.units["02"], "reason": "工作调动"}
    transfer = office.ask_typed(transfer_contract.request_transfer, **given)

    def move() -> None:
        for decision in ("release", "accept"):
            values = {"transfer_id": transfer["id"], "decision": decision}
            office.ask_typed(transfer_contract.decide_transfer, **values)

    def run(one: Any) -> str:
        try:
            one()
        except Problem as problem:
            return problem.rule or ""
        return "done"

    outcomes = list(eventlet.GreenPool(2).imap(run, [move, lambda: confirm(office, member)]))
    assert outcomes[1] == "done"
    with office.database.session() as session:
        found, state = session.get_one(Member, member), session.scalar(sa.select(Transfer.state))
        assert found.standing == "retained"
        assert (state == "effective") == (found.unit_id == office.units["02"])
        assert state in ("effective", "lapsed")
