"""Birthday care: one list a month, one grant a year, one voucher each, handed over once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.clock import SHANGHAI
from services.chassis.errors import InvalidInput, NoRuleInForce, NotAllowed, NotFound, Refused, Unavailable
from services.chassis.security.principal import Principal
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.jobs import JOBS_OF
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.welfare import birthdays, entitlements
from services.welfare.birthdays.use_cases import issuing
from tests.component.welfare.harness import NOON, SYSTEM, WelfareHarness
from tests.support.at_once import at_once
from tests.support.principals import auditor, chair_of, member_account, officer

JOBS = JOBS_OF["welfare"]
MARCH = {"year": 2023, "month": 3}


def born(welfare: WelfareHarness, *people: tuple[UUID, UUID, int], page: int = 2) -> None:
    """Let membership answer with these members' days, a few a page."""

    def answer(payload: Mapping[str, Any]) -> dict[str, Any]:
        start = int(payload["cursor"] or 0)
        items = [
            {"member_id": str(member_id), "unit_id": str(unit_id), "day": day}
            for member_id, unit_id, day in people[start : start + page]
        ]
        more = start + page < len(people)
        return {"items": items, "next_cursor": str(start + page) if more else None, "total": None}

    welfare.answers["membership.birthdays"] = answer


def crowd(welfare: WelfareHarness, count: int) -> list[UUID]:
    members = [uuid4() for _ in range(count)]
    born(welfare, *((member_id, welfare.unit, 1 + order % 31) for order, member_id in enumerate(members)), page=1000)
    return members


def grants(welfare: WelfareHarness, **filters: Any) -> list[dict[str, Any]]:
    return welfare.ask(birthdays.list_birthday_grants, **{**MARCH, "limit": 100, **filters})["items"]


def issue(welfare: WelfareHarness, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
    return welfare.ask(birthdays.issue_birthday_vouchers, by, **{**MARCH, "amount": "200.00", **changes})


@pytest.mark.databases("postgresql", "sqlite")
def test_a_months_list_holds_everybody_once_by_day(welfare: WelfareHarness) -> None:
    first, second, third = welfare.joined(), welfare.joined(), welfare.joined(welfare.other_unit)
    born(welfare, (second, welfare.unit, 31), (first, welfare.unit, 1), (third, welfare.other_unit, 15))
    drawn = welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    assert (drawn["added"], drawn["listed"], drawn["cap"]) == (3, 3, "300.00")
    assert [(grant["member_id"], grant["celebrated_on"]) for grant in grants(welfare)] == [
        (str(first), "2023-03-01"),
        (str(third), "2023-03-15"),
        (str(second), "2023-03-31"),
    ]


@pytest.mark.databases("postgresql", "sqlite")
def test_drawn_up_again_only_newcomers_are_added(welfare: WelfareHarness) -> None:
    first, second = welfare.joined(), welfare.joined()
    born(welfare, (first, welfare.unit, 1))
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    born(welfare, (first, welfare.unit, 1), (second, welfare.unit, 2))
    again = welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    assert (again["added"], again["listed"]) == (1, 2)


def test_drawn_up_by_several_at_once_everybody_stands_once(welfare: WelfareHarness) -> None:
    crowd(welfare, 300)
    answers = at_once(6, lambda _: welfare.ask(birthdays.draw_up_birthday_list, **MARCH))
    assert sum(answer["added"] for answer in answers) == 300
    assert welfare.ask(birthdays.get_birthday_list, **MARCH)["listed"] == 300


def test_a_birthday_corrected_to_another_month_gives_no_second_one_that_year(welfare: WelfareHarness) -> None:
    person = welfare.joined()
    born(welfare, (person, welfare.unit, 1))
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    added = welfare.ask(birthdays.draw_up_birthday_list, year=2023, month=4)["added"]
    assert added == 0
    assert len(welfare.stored("SELECT id FROM birthday_grant")) == 1


@pytest.mark.parametrize(("year", "celebrated"), [(2023, "2023-02-28"), (2024, "2024-02-29")])
def test_born_on_a_leap_day_one_is_celebrated_in_february(welfare: WelfareHarness, year: int, celebrated: str) -> None:
    born(welfare, (welfare.joined(), welfare.unit, 29))
    with clock.frozen(datetime(year, 1, 15, tzinfo=SHANGHAI)):
        welfare.ask(birthdays.draw_up_birthday_list, year=year, month=2)
        listed = welfare.ask(birthdays.list_birthday_grants, year=year, month=2)["items"]
    assert [grant["celebrated_on"] for grant in listed] == [celebrated]


def test_each_year_brings_a_new_one(welfare: WelfareHarness) -> None:
    person = welfare.joined()
    born(welfare, (person, welfare.unit, 3))
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    with clock.frozen(datetime(2024, 3, 1, tzinfo=SHANGHAI)):
        assert welfare.ask(birthdays.draw_up_birthday_list, year=2024, month=3)["added"] == 1
    mine = welfare.ask(birthdays.my_birthday_grants, member_account(person))["items"]
    assert [grant["year"] for grant in mine] == [2024, 2023]


def left(welfare: WelfareHarness, member_id: UUID, standing: str) -> None:
    data = {"member_id": member_id, "unit_id": welfare.unit, "employment": "contract", "standing": standing,
            "fields_changed": ["standing"]}  # fmt: skip
    welfare.receive("on_member_updated", welfare.message(MemberUpdated, **data))


@pytest.mark.parametrize(("standing", "vouchers"), [("deceased", 1), ("withdrawn", 1), ("retained", 2)])
def test_who_has_left_since_the_list_gets_no_voucher(welfare: WelfareHarness, standing: str, vouchers: int) -> None:
    stays, leaves = welfare.joined(), welfare.joined()
    born(welfare, (stays, welfare.unit, 1), (leaves, welfare.unit, 2))
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    left(welfare, leaves, standing)
    assert issue(welfare)["total"] == vouchers
    issued = {grant["member_id"] for grant in grants(welfare, state="issued")}
    assert (str(stays) in issued, len(issued)) == (True, vouchers)


def test_who_leaves_while_vouchers_are_issued_gets_none(
    welfare: WelfareHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issuing, "BATCH", 1)
    first, second, third = welfare.joined(), welfare.joined(), welfare.joined()
    born(welfare, (first, welfare.unit, 1), (second, welfare.unit, 2), (third, welfare.unit, 3), page=5)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    issue(welfare)
    waiting = [grant["member_id"] for grant in grants(welfare, state="listed")]
    left(welfare, UUID(waiting[0]), "expelled")
    for _ in range(4):
        welfare.work()
    assert [grant["member_id"] for grant in grants(welfare, state="listed")] == [waiting[0]]
    assert (len(grants(welfare, state="issued")), len(welfare.events("benefit_granted"))) == (2, 2)


def test_who_has_left_meanwhile_is_not_listed(welfare: WelfareHarness) -> None:
    gone = welfare.joined()
    left(welfare, gone, "withdrawn")
    born(welfare, (gone, welfare.unit, 3), (uuid4(), welfare.unit, 4))
    assert welfare.ask(birthdays.draw_up_birthday_list, **MARCH)["added"] == 1


@pytest.mark.parametrize(("year", "month"), [(2022, 12), (2024, 1), (2024, 3)])
def test_a_list_of_another_year_is_refused(welfare: WelfareHarness, year: int, month: int) -> None:
    with pytest.raises(Refused) as refused:
        welfare.ask(birthdays.draw_up_birthday_list, year=year, month=month)
    assert refused.value.rule == "birthdays.month_can_be_drawn_up"
    with pytest.raises(InvalidInput) as invalid:
        welfare.ask(birthdays.draw_up_birthday_list, year=2023, month=13)
    assert invalid.value.field == "month"


def test_when_membership_breaks_off_in_the_middle_it_is_simply_done_again(welfare: WelfareHarness) -> None:
    crowd(welfare, 5)
    whole = welfare.answers["membership.birthdays"]

    def broken(payload: Mapping[str, Any]) -> dict[str, Any]:
        if payload["cursor"]:
            raise Unavailable("membership is away")
        return {**whole(payload), "items": whole(payload)["items"][:2], "next_cursor": "2"}

    welfare.answers["membership.birthdays"] = broken
    with pytest.raises(Unavailable):
        welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    welfare.answers["membership.birthdays"] = whole
    assert welfare.ask(birthdays.draw_up_birthday_list, **MARCH)["listed"] == 5


@pytest.mark.databases("postgresql", "sqlite")
def test_vouchers_are_issued_in_batches_and_each_is_announced_once(welfare: WelfareHarness) -> None:
    crowd(welfare, 450)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(welfare, collect_by=date(2023, 4, 30))
    assert (run["state"], run["total"], run["done"], run["percent"]) == ("running", 450, 200, 44)
    assert run["rule"]["key"] == "benefit.birthday.cap"
    welfare.work()
    assert welfare.ask(birthdays.get_birthday_run, run_id=run["id"])["percent"] == 88
    for _ in range(3):
        welfare.work()
    done = welfare.ask(birthdays.get_birthday_run, run_id=run["id"])
    assert (done["state"], done["done"], done["percent"]) == ("done", 450, 100)
    told = welfare.events("benefit_granted")
    assert len({event["grant_id"] for event in told}) == len(told) == 450
    assert {(event["amount"], event["form"], event["rule_key"]) for event in told} == {
        ("200.00", "voucher", "benefit.birthday.cap")
    }
    assert len({event["beneficiary"] for event in told}) == 450


def test_two_issues_at_once_give_nobody_two_vouchers(welfare: WelfareHarness) -> None:
    crowd(welfare, 50)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    answers = at_once(5, lambda _: issue(welfare))
    assert sum(isinstance(answer, Refused) for answer in answers) == 4
    assert len(welfare.events("benefit_granted")) == 50


def test_only_those_named_get_a_voucher_and_the_rest_later(welfare: WelfareHarness) -> None:
    crowd(welfare, 3)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    chosen = grants(welfare)[0]["id"]
    assert issue(welfare, grant_ids=[chosen])["total"] == 1
    assert issue(welfare)["total"] == 2
    with pytest.raises(Refused) as refused:
        issue(welfare)
    assert refused.value.rule == "birthdays.somebody_is_listed"
    runs = welfare.ask(birthdays.list_birthday_runs, auditor(), **MARCH)["items"]
    assert [run["total"] for run in runs] == [2, 1]


def test_a_stopped_issue_leaves_the_rest_free(welfare: WelfareHarness) -> None:
    crowd(welfare, 250)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(welfare)
    stopped = welfare.ask(birthdays.stop_birthday_run, run_id=run["id"])
    assert (stopped["state"], stopped["done"]) == ("stopped", 200)
    welfare.work()
    assert len(welfare.events("benefit_granted")) == 200
    assert issue(welfare)["total"] == 50
    with pytest.raises(Refused) as refused:
        welfare.ask(birthdays.stop_birthday_run, run_id=run["id"])
    assert refused.value.rule == "birthdays.run_is_running"


def test_an_issue_is_long_work_in_the_task_centre(welfare: WelfareHarness) -> None:
    crowd(welfare, 250)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(welfare)
    (job,) = welfare.ask(JOBS.list)["items"]
    assert (job["kind"], job["state"], job["done"], job["total"]) == ("issue_birthday_vouchers", "waiting", 200, 250)
    assert welfare.work()
    assert welfare.ask(JOBS.get, job_id=job["id"])["state"] == "done"
    assert welfare.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "done"
    assert not welfare.work()


def test_an_issue_that_fits_one_batch_needs_no_job(welfare: WelfareHarness) -> None:
    crowd(welfare, 3)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(welfare)
    assert (run["state"], run["finished_at"] is not None) == ("done", True)
    assert welfare.ask(JOBS.list)["items"] == []


@pytest.mark.databases("postgresql", "sqlite")
def test_a_job_stopped_in_the_task_centre_stops_the_issue_and_goes_on_with_what_is_left(
    welfare: WelfareHarness,
) -> None:
    crowd(welfare, 450)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(welfare)
    (job,) = welfare.ask(JOBS.list)["items"]
    welfare.ask(JOBS.cancel, job_id=job["id"])
    assert welfare.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "stopped"
    welfare.work()
    stopped = welfare.ask(birthdays.list_birthday_runs, **MARCH)["items"][0]
    assert (stopped["state"], stopped["done"], stopped["finished_at"] is not None) == ("stopped", 200, True)
    waiting = grants(welfare, state="listed")
    withdrawn = welfare.ask(birthdays.withdraw_birthday_grant, grant_id=waiting[0]["id"], reason="wants none")
    assert withdrawn["state"] == "withdrawn"
    assert issue(welfare, grant_ids=[waiting[1]["id"]])["total"] == 1
    welfare.ask(JOBS.retry, job_id=job["id"])
    assert welfare.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "running"
    while welfare.work():
        pass
    assert welfare.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "done"
    told = [event["grant_id"] for event in welfare.events("benefit_granted")]
    assert len(set(told)) == len(told) == 449


def test_the_issue_of_a_dismissed_officer_ends_and_another_issue_takes_the_rest(welfare: WelfareHarness) -> None:
    crowd(welfare, 250)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(welfare)
    welfare.answers["membership.get_roles"] = lambda _: {"items": [{"role": "chair", "unit_id": str(welfare.unit)}]}
    welfare.work()
    (job,) = welfare.ask(JOBS.list)["items"]
    assert (job["state"], job["error"]["rule"]) == ("failed", "job.asker_may_still")
    assert welfare.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "stopped"
    assert issue(welfare, by=officer())["total"] == 50
    assert len(welfare.events("benefit_granted")) == 250


def test_while_membership_is_away_an_issue_waits(welfare: WelfareHarness) -> None:
    def away(_: Mapping[str, Any]) -> dict[str, Any]:
        raise Unavailable("membership is away")

    crowd(welfare, 250)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(welfare)
    roles, welfare.answers["membership.get_roles"] = welfare.answers["membership.get_roles"], away
    welfare.work()
    assert welfare.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "running"
    welfare.answers["membership.get_roles"] = roles
    with clock.frozen(NOON + timedelta(minutes=1)):
        assert welfare.work()
        assert welfare.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "done"


def test_an_issue_that_a_release_before_left_is_gone_on_with(welfare: WelfareHarness) -> None:
    crowd(welfare, 250)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(welfare)
    with welfare.database.session() as session:
        session.execute(sa.text("UPDATE birthday_run SET job_id = NULL"))
        session.execute(sa.text("DELETE FROM job"))
    assert welfare.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "running"
    welfare.run_timer("adopt_birthday_runs")
    assert welfare.work()
    assert welfare.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "done"
    assert len(welfare.events("benefit_granted")) == 250


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"amount": "300.01"}, "benefit.amount_is_within_cap"),
        ({"form": "cash"}, "benefit.form_is_allowed"),
        ({"collect_by": date(2023, 2, 28)}, "birthdays.collection_day_is_ahead"),
    ],
)
def test_an_issue_against_the_rules_is_refused_whole(
    welfare: WelfareHarness, changes: dict[str, Any], rule: str
) -> None:
    crowd(welfare, 3)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    with pytest.raises(Refused) as refused:
        issue(welfare, **changes)
    assert refused.value.rule == rule
    assert welfare.events("benefit_granted") == []
    assert {grant["state"] for grant in grants(welfare)} == {"listed"}


def test_without_a_rule_in_force_no_voucher_is_issued(welfare_without_rules: WelfareHarness) -> None:
    welfare = welfare_without_rules
    crowd(welfare, 1)
    drawn = welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    assert drawn["why_not"] == "no rule in force for benefit.birthday.cap on 2023-03-01"
    with pytest.raises(NoRuleInForce, match=r"benefit\.birthday\.cap on 2023-03-01"):
        issue(welfare)


def issued_to(welfare: WelfareHarness, person: UUID, **changes: Any) -> dict[str, Any]:
    born(welfare, (person, welfare.unit, 8))
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    issue(welfare, **changes)
    (grant,) = welfare.ask(birthdays.my_birthday_grants, member_account(person))["items"]
    return grant


def test_the_member_shows_his_code_and_collects_once(welfare: WelfareHarness) -> None:
    grant = issued_to(welfare, welfare.joined())
    code = grant["code"]
    assert len(code) == 10
    assert code not in str(welfare.stored("SELECT * FROM birthday_grant"))
    collected = welfare.ask(birthdays.collect_birthday_voucher, welfare.chair, code=code.lower())
    assert (collected["state"], "code" in collected) == ("collected", False)
    with pytest.raises(Refused) as refused:
        welfare.ask(birthdays.collect_birthday_voucher, code=code)
    assert refused.value.rule == "birthdays.voucher_can_be_collected"


def test_a_code_is_taken_by_the_own_unit_in_time_and_if_it_exists(welfare: WelfareHarness) -> None:
    code = issued_to(welfare, welfare.joined(), collect_by=date(2023, 3, 31))["code"]
    with pytest.raises(NotAllowed, match="another unit"):
        welfare.ask(birthdays.collect_birthday_voucher, chair_of(welfare.other_unit), code=code)
    with pytest.raises(NotFound):
        welfare.ask(birthdays.collect_birthday_voucher, code="AAAAAAAAAA")
    with clock.frozen(NOON + timedelta(days=40)), pytest.raises(Refused, match="until 2023-03-31"):
        welfare.ask(birthdays.collect_birthday_voucher, code=code)


@pytest.mark.databases("postgresql", "sqlite")
def test_what_was_issued_counts_in_the_members_account(welfare: WelfareHarness) -> None:
    person = welfare.joined()
    issued_to(welfare, person)
    item = welfare.ask(entitlements.my_entitlements, member_account(person))["items"][0]
    assert (item["benefit_key"], item["used"], item["remaining"]) == ("birthday", "200.00", "100.00")
    day_before = welfare.ask(entitlements.my_entitlements, member_account(person), as_of=date(2023, 2, 28))["items"][0]
    assert day_before["used"] == "0.00"


def test_the_funds_answer_stands_with_the_grant(welfare: WelfareHarness) -> None:
    grant = issued_to(welfare, welfare.joined())
    welfare.answered(ExpenseRefused, grant["id"], "birthday", rule="line.care.birthday", reason_code="budget_exhausted")
    assert [(row["claim_state"], row["refused_rule"]) for row in grants(welfare)] == [("refused", "line.care.birthday")]
    assert welfare.ask(birthdays.get_birthday_list, **MARCH)["refused"] == 1
    welfare.answered(ExpenseRecorded, grant["id"], "birthday")
    assert [(row["claim_state"], row["refused_rule"]) for row in grants(welfare)] == [("recorded", None)]


def test_who_wants_none_is_taken_off_and_stays_off(welfare: WelfareHarness) -> None:
    crowd(welfare, 2)
    welfare.ask(birthdays.draw_up_birthday_list, **MARCH)
    grant = grants(welfare)[0]
    withdrawn = welfare.ask(birthdays.withdraw_birthday_grant, grant_id=grant["id"], reason="wants none")
    assert withdrawn["state"] == "withdrawn"
    assert welfare.ask(birthdays.draw_up_birthday_list, **MARCH)["added"] == 0
    assert issue(welfare)["total"] == 1
    with pytest.raises(Refused) as refused:
        welfare.ask(birthdays.withdraw_birthday_grant, grant_id=grants(welfare)[1]["id"], reason="too late")
    assert refused.value.rule == "birthdays.grant_can_be_withdrawn"


def test_a_chair_sees_his_units_birthdays_and_issues_none(welfare: WelfareHarness) -> None:
    born(welfare, (uuid4(), welfare.unit, 1), (uuid4(), welfare.other_unit, 2))
    welfare.ask(birthdays.draw_up_birthday_list, SYSTEM, **MARCH)
    own = welfare.ask(birthdays.list_birthday_grants, welfare.chair, **MARCH)["items"]
    assert [grant["unit_id"] for grant in own] == [str(welfare.unit)]
    with pytest.raises(NotAllowed, match="another unit"):
        welfare.ask(birthdays.list_birthday_grants, welfare.chair, **MARCH, unit_id=welfare.other_unit)
    with pytest.raises(NotAllowed):
        welfare.ask(birthdays.issue_birthday_vouchers, welfare.chair, **MARCH, amount="1.00")
