"""Birthday care: one list a month, one grant a year, one voucher each, handed over once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.chassis.clock import SHANGHAI
from services.chassis.errors import InvalidInput, NoRuleInForce, NotAllowed, NotFound, Refused, Unavailable
from services.chassis.security.principal import Principal
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.jobs import JOBS_OF
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.welfare import birthdays, entitlements
from services.welfare.birthdays.use_cases import issuing
from tests.component.welfare.office import NOON, SYSTEM, Office, auditor, chair_of, member, officer
from tests.component.welfare.test_visit_clock import at_once

JOBS = JOBS_OF["welfare"]
MARCH = {"year": 2023, "month": 3}


def born(office: Office, *people: tuple[UUID, UUID, int], page: int = 2) -> None:
    """Let membership answer with these members' days, a few a page."""

    def answer(payload: Mapping[str, Any]) -> dict[str, Any]:
        start = int(payload["cursor"] or 0)
        items = [
            {"member_id": str(member_id), "unit_id": str(unit_id), "day": day}
            for member_id, unit_id, day in people[start : start + page]
        ]
        more = start + page < len(people)
        return {"items": items, "next_cursor": str(start + page) if more else None, "total": None}

    office.answers["membership.birthdays"] = answer


def crowd(office: Office, count: int) -> list[UUID]:
    members = [uuid4() for _ in range(count)]
    born(office, *((member_id, office.unit, 1 + order % 31) for order, member_id in enumerate(members)), page=1000)
    return members


def grants(office: Office, **filters: Any) -> list[dict[str, Any]]:
    return office.ask(birthdays.list_birthday_grants, **{**MARCH, "limit": 100, **filters})["items"]


def issue(office: Office, by: Principal | None = None, **changes: Any) -> dict[str, Any]:
    return office.ask(birthdays.issue_birthday_vouchers, by, **{**MARCH, "amount": "200.00", **changes})


def test_a_months_list_holds_everybody_once_by_day(any_office: Office) -> None:
    office = any_office
    first, second, third = office.joined(), office.joined(), office.joined(office.other_unit)
    born(office, (second, office.unit, 31), (first, office.unit, 1), (third, office.other_unit, 15))
    drawn = office.ask(birthdays.draw_up_birthday_list, **MARCH)
    assert (drawn["added"], drawn["listed"], drawn["cap"]) == (3, 3, "300.00")
    assert [(grant["member_id"], grant["celebrated_on"]) for grant in grants(office)] == [
        (str(first), "2023-03-01"),
        (str(third), "2023-03-15"),
        (str(second), "2023-03-31"),
    ]


def test_drawn_up_again_only_newcomers_are_added(any_office: Office) -> None:
    office = any_office
    first, second = office.joined(), office.joined()
    born(office, (first, office.unit, 1))
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    born(office, (first, office.unit, 1), (second, office.unit, 2))
    again = office.ask(birthdays.draw_up_birthday_list, **MARCH)
    assert (again["added"], again["listed"]) == (1, 2)


def test_drawn_up_by_several_at_once_everybody_stands_once(office: Office) -> None:
    crowd(office, 300)
    answers = at_once(6, lambda _: office.ask(birthdays.draw_up_birthday_list, **MARCH))
    assert sum(answer["added"] for answer in answers) == 300
    assert office.ask(birthdays.get_birthday_list, **MARCH)["listed"] == 300


def test_a_birthday_corrected_to_another_month_gives_no_second_one_that_year(office: Office) -> None:
    person = office.joined()
    born(office, (person, office.unit, 1))
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    added = office.ask(birthdays.draw_up_birthday_list, year=2023, month=4)["added"]
    assert added == 0
    assert len(office.stored("SELECT id FROM birthday_grant")) == 1


@pytest.mark.parametrize(("year", "celebrated"), [(2023, "2023-02-28"), (2024, "2024-02-29")])
def test_born_on_a_leap_day_one_is_celebrated_in_february(office: Office, year: int, celebrated: str) -> None:
    born(office, (office.joined(), office.unit, 29))
    with office.at(datetime(year, 1, 15, tzinfo=SHANGHAI)):
        office.ask(birthdays.draw_up_birthday_list, year=year, month=2)
        listed = office.ask(birthdays.list_birthday_grants, year=year, month=2)["items"]
    assert [grant["celebrated_on"] for grant in listed] == [celebrated]


def test_each_year_brings_a_new_one(office: Office) -> None:
    person = office.joined()
    born(office, (person, office.unit, 3))
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    with office.at(datetime(2024, 3, 1, tzinfo=SHANGHAI)):
        assert office.ask(birthdays.draw_up_birthday_list, year=2024, month=3)["added"] == 1
    mine = office.ask(birthdays.my_birthday_grants, member(person))["items"]
    assert [grant["year"] for grant in mine] == [2024, 2023]


def left(office: Office, member_id: UUID, standing: str) -> None:
    data = {"member_id": member_id, "unit_id": office.unit, "employment": "contract", "standing": standing,
            "fields_changed": ["standing"]}  # fmt: skip
    office.hear("on_member_updated", MemberUpdated, office.body(MemberUpdated, f"member/{member_id}", **data))


@pytest.mark.parametrize(("standing", "vouchers"), [("deceased", 1), ("withdrawn", 1), ("retained", 2)])
def test_who_has_left_since_the_list_gets_no_voucher(any_office: Office, standing: str, vouchers: int) -> None:
    office = any_office
    stays, leaves = office.joined(), office.joined()
    born(office, (stays, office.unit, 1), (leaves, office.unit, 2))
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    left(office, leaves, standing)
    assert issue(office)["total"] == vouchers
    issued = {grant["member_id"] for grant in grants(office, state="issued")}
    assert (str(stays) in issued, len(issued)) == (True, vouchers)


def test_who_leaves_while_vouchers_are_issued_gets_none(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issuing, "BATCH", 1)
    first, second, third = office.joined(), office.joined(), office.joined()
    born(office, (first, office.unit, 1), (second, office.unit, 2), (third, office.unit, 3), page=5)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    issue(office)
    waiting = [grant["member_id"] for grant in grants(office, state="listed")]
    left(office, UUID(waiting[0]), "expelled")
    for _ in range(4):
        office.work()
    assert [grant["member_id"] for grant in grants(office, state="listed")] == [waiting[0]]
    assert (len(grants(office, state="issued")), len(office.events("benefit_granted"))) == (2, 2)


def test_who_has_left_meanwhile_is_not_listed(office: Office) -> None:
    gone = office.joined()
    left(office, gone, "withdrawn")
    born(office, (gone, office.unit, 3), (uuid4(), office.unit, 4))
    assert office.ask(birthdays.draw_up_birthday_list, **MARCH)["added"] == 1


@pytest.mark.parametrize(("year", "month"), [(2022, 12), (2024, 1), (2024, 3)])
def test_a_list_of_another_year_is_refused(office: Office, year: int, month: int) -> None:
    with pytest.raises(Refused) as refused:
        office.ask(birthdays.draw_up_birthday_list, year=year, month=month)
    assert refused.value.rule == "birthdays.month_can_be_drawn_up"
    with pytest.raises(InvalidInput) as invalid:
        office.ask(birthdays.draw_up_birthday_list, year=2023, month=13)
    assert invalid.value.field == "month"


def test_when_membership_breaks_off_in_the_middle_it_is_simply_done_again(office: Office) -> None:
    crowd(office, 5)
    whole = office.answers["membership.birthdays"]

    def broken(payload: Mapping[str, Any]) -> dict[str, Any]:
        if payload["cursor"]:
            raise Unavailable("membership is away")
        return {**whole(payload), "items": whole(payload)["items"][:2], "next_cursor": "2"}

    office.answers["membership.birthdays"] = broken
    with pytest.raises(Unavailable):
        office.ask(birthdays.draw_up_birthday_list, **MARCH)
    office.answers["membership.birthdays"] = whole
    assert office.ask(birthdays.draw_up_birthday_list, **MARCH)["listed"] == 5


def test_vouchers_are_issued_in_batches_and_each_is_announced_once(any_office: Office) -> None:
    office = any_office
    crowd(office, 450)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(office, collect_by=date(2023, 4, 30))
    assert (run["state"], run["total"], run["done"], run["percent"]) == ("running", 450, 200, 44)
    assert run["rule"]["key"] == "benefit.birthday.cap"
    office.work()
    assert office.ask(birthdays.get_birthday_run, run_id=run["id"])["percent"] == 88
    for _ in range(3):
        office.work()
    done = office.ask(birthdays.get_birthday_run, run_id=run["id"])
    assert (done["state"], done["done"], done["percent"]) == ("done", 450, 100)
    told = office.events("benefit_granted")
    assert len({event["grant_id"] for event in told}) == len(told) == 450
    assert {(event["amount"], event["form"], event["rule_key"]) for event in told} == {
        ("200.00", "voucher", "benefit.birthday.cap")
    }
    assert len({event["beneficiary"] for event in told}) == 450


def test_two_issues_at_once_give_nobody_two_vouchers(office: Office) -> None:
    crowd(office, 50)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    answers = at_once(5, lambda _: issue(office))
    assert sum(isinstance(answer, Refused) for answer in answers) == 4
    assert len(office.events("benefit_granted")) == 50


def test_only_those_named_get_a_voucher_and_the_rest_later(office: Office) -> None:
    crowd(office, 3)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    chosen = grants(office)[0]["id"]
    assert issue(office, grant_ids=[chosen])["total"] == 1
    assert issue(office)["total"] == 2
    with pytest.raises(Refused) as refused:
        issue(office)
    assert refused.value.rule == "birthdays.somebody_is_listed"
    runs = office.ask(birthdays.list_birthday_runs, auditor(), **MARCH)["items"]
    assert [run["total"] for run in runs] == [2, 1]


def test_a_stopped_issue_leaves_the_rest_free(office: Office) -> None:
    crowd(office, 250)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(office)
    stopped = office.ask(birthdays.stop_birthday_run, run_id=run["id"])
    assert (stopped["state"], stopped["done"]) == ("stopped", 200)
    office.work()
    assert len(office.events("benefit_granted")) == 200
    assert issue(office)["total"] == 50
    with pytest.raises(Refused) as refused:
        office.ask(birthdays.stop_birthday_run, run_id=run["id"])
    assert refused.value.rule == "birthdays.run_is_running"


def test_an_issue_is_long_work_in_the_task_centre(office: Office) -> None:
    crowd(office, 250)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(office)
    (job,) = office.ask(JOBS.list)["items"]
    assert (job["kind"], job["state"], job["done"], job["total"]) == ("issue_birthday_vouchers", "waiting", 200, 250)
    assert office.work()
    assert office.ask(JOBS.get, job_id=job["id"])["state"] == "done"
    assert office.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "done"
    assert not office.work()


def test_an_issue_that_fits_one_batch_needs_no_job(office: Office) -> None:
    crowd(office, 3)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(office)
    assert (run["state"], run["finished_at"] is not None) == ("done", True)
    assert office.ask(JOBS.list)["items"] == []


def test_a_job_stopped_in_the_task_centre_stops_the_issue_and_goes_on_with_what_is_left(any_office: Office) -> None:
    office = any_office
    crowd(office, 450)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(office)
    (job,) = office.ask(JOBS.list)["items"]
    office.ask(JOBS.cancel, job_id=job["id"])
    assert office.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "stopped"
    office.work()
    stopped = office.ask(birthdays.list_birthday_runs, **MARCH)["items"][0]
    assert (stopped["state"], stopped["done"], stopped["finished_at"] is not None) == ("stopped", 200, True)
    waiting = grants(office, state="listed")
    withdrawn = office.ask(birthdays.withdraw_birthday_grant, grant_id=waiting[0]["id"], reason="wants none")
    assert withdrawn["state"] == "withdrawn"
    assert issue(office, grant_ids=[waiting[1]["id"]])["total"] == 1
    office.ask(JOBS.retry, job_id=job["id"])
    assert office.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "running"
    while office.work():
        pass
    assert office.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "done"
    told = [event["grant_id"] for event in office.events("benefit_granted")]
    assert len(set(told)) == len(told) == 449


def test_the_issue_of_a_dismissed_officer_ends_and_another_issue_takes_the_rest(office: Office) -> None:
    crowd(office, 250)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(office)
    office.answers["membership.get_roles"] = lambda _: {"items": [{"role": "chair", "unit_id": str(office.unit)}]}
    office.work()
    (job,) = office.ask(JOBS.list)["items"]
    assert (job["state"], job["error"]["rule"]) == ("failed", "job.asker_may_still")
    assert office.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "stopped"
    assert issue(office, by=officer())["total"] == 50
    assert len(office.events("benefit_granted")) == 250


def test_while_membership_is_away_an_issue_waits(office: Office) -> None:
    def away(_: Mapping[str, Any]) -> dict[str, Any]:
        raise Unavailable("membership is away")

    crowd(office, 250)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(office)
    roles, office.answers["membership.get_roles"] = office.answers["membership.get_roles"], away
    office.work()
    assert office.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "running"
    office.answers["membership.get_roles"] = roles
    with office.at(NOON + timedelta(minutes=1)):
        assert office.work()
        assert office.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "done"


def test_an_issue_that_a_release_before_left_is_gone_on_with(office: Office) -> None:
    crowd(office, 250)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    run = issue(office)
    with office.database.session() as session:
        session.execute(sa.text("UPDATE birthday_run SET job_id = NULL"))
        session.execute(sa.text("DELETE FROM job"))
    assert office.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "running"
    office.tick("adopt_birthday_runs")
    assert office.work()
    assert office.ask(birthdays.get_birthday_run, run_id=run["id"])["state"] == "done"
    assert len(office.events("benefit_granted")) == 250


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"amount": "300.01"}, "benefit.amount_is_within_cap"),
        ({"form": "cash"}, "benefit.form_is_allowed"),
        ({"collect_by": date(2023, 2, 28)}, "birthdays.collection_day_is_ahead"),
    ],
)
def test_an_issue_against_the_rules_is_refused_whole(office: Office, changes: dict[str, Any], rule: str) -> None:
    crowd(office, 3)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    with pytest.raises(Refused) as refused:
        issue(office, **changes)
    assert refused.value.rule == rule
    assert office.events("benefit_granted") == []
    assert {grant["state"] for grant in grants(office)} == {"listed"}


def test_without_a_rule_in_force_no_voucher_is_issued(office_without_rules: Office) -> None:
    office = office_without_rules
    crowd(office, 1)
    drawn = office.ask(birthdays.draw_up_birthday_list, **MARCH)
    assert drawn["why_not"] == "no rule in force for benefit.birthday.cap on 2023-03-01"
    with pytest.raises(NoRuleInForce, match=r"benefit\.birthday\.cap on 2023-03-01"):
        issue(office)


def issued_to(office: Office, person: UUID, **changes: Any) -> dict[str, Any]:
    born(office, (person, office.unit, 8))
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    issue(office, **changes)
    (grant,) = office.ask(birthdays.my_birthday_grants, member(person))["items"]
    return grant


def test_the_member_shows_his_code_and_collects_once(office: Office) -> None:
    grant = issued_to(office, office.joined())
    code = grant["code"]
    assert len(code) == 10
    assert code not in str(office.stored("SELECT * FROM birthday_grant"))
    collected = office.ask(birthdays.collect_birthday_voucher, office.chair, code=code.lower())
    assert (collected["state"], "code" in collected) == ("collected", False)
    with pytest.raises(Refused) as refused:
        office.ask(birthdays.collect_birthday_voucher, code=code)
    assert refused.value.rule == "birthdays.voucher_can_be_collected"


def test_a_code_is_taken_by_the_own_unit_in_time_and_if_it_exists(office: Office) -> None:
    code = issued_to(office, office.joined(), collect_by=date(2023, 3, 31))["code"]
    with pytest.raises(NotAllowed, match="another unit"):
        office.ask(birthdays.collect_birthday_voucher, chair_of(office.other_unit), code=code)
    with pytest.raises(NotFound):
        office.ask(birthdays.collect_birthday_voucher, code="AAAAAAAAAA")
    with office.at(NOON + timedelta(days=40)), pytest.raises(Refused, match="until 2023-03-31"):
        office.ask(birthdays.collect_birthday_voucher, code=code)


def test_what_was_issued_counts_in_the_members_account(office: Office) -> None:
    person = office.joined()
    issued_to(office, person)
    item = office.ask(entitlements.my_entitlements, member(person))["items"][0]
    assert (item["benefit_key"], item["used"], item["remaining"]) == ("birthday", "200.00", "100.00")
    day_before = office.ask(entitlements.my_entitlements, member(person), as_of=date(2023, 2, 28))["items"][0]
    assert day_before["used"] == "0.00"


def test_the_funds_answer_stands_with_the_grant(office: Office) -> None:
    grant = issued_to(office, office.joined())
    office.answered(ExpenseRefused, grant["id"], "birthday", rule="line.care.birthday", reason_code="budget_exhausted")
    assert [(row["claim_state"], row["refused_rule"]) for row in grants(office)] == [("refused", "line.care.birthday")]
    assert office.ask(birthdays.get_birthday_list, **MARCH)["refused"] == 1
    office.answered(ExpenseRecorded, grant["id"], "birthday")
    assert [(row["claim_state"], row["refused_rule"]) for row in grants(office)] == [("recorded", None)]


def test_who_wants_none_is_taken_off_and_stays_off(office: Office) -> None:
    crowd(office, 2)
    office.ask(birthdays.draw_up_birthday_list, **MARCH)
    grant = grants(office)[0]
    withdrawn = office.ask(birthdays.withdraw_birthday_grant, grant_id=grant["id"], reason="wants none")
    assert withdrawn["state"] == "withdrawn"
    assert office.ask(birthdays.draw_up_birthday_list, **MARCH)["added"] == 0
    assert issue(office)["total"] == 1
    with pytest.raises(Refused) as refused:
        office.ask(birthdays.withdraw_birthday_grant, grant_id=grants(office)[1]["id"], reason="too late")
    assert refused.value.rule == "birthdays.grant_can_be_withdrawn"


def test_a_chair_sees_his_units_birthdays_and_issues_none(office: Office) -> None:
    born(office, (uuid4(), office.unit, 1), (uuid4(), office.other_unit, 2))
    office.ask(birthdays.draw_up_birthday_list, SYSTEM, **MARCH)
    own = office.ask(birthdays.list_birthday_grants, office.chair, **MARCH)["items"]
    assert [grant["unit_id"] for grant in own] == [str(office.unit)]
    with pytest.raises(NotAllowed, match="another unit"):
        office.ask(birthdays.list_birthday_grants, office.chair, **MARCH, unit_id=office.other_unit)
    with pytest.raises(NotAllowed):
        office.ask(birthdays.issue_birthday_vouchers, office.chair, **MARCH, amount="1.00")
