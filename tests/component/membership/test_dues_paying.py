"""Money that comes in and goes back: singly, by the payroll's file, refunded; what the ledger hears adds up."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.chassis import clock
from services.chassis.database.engine import Database
from services.chassis.database.tables import OutboxEvent
from services.chassis.errors import InvalidInput, NotAllowed, Refused
from services.chassis.files.csv_text import lines_of
from services.chassis.jobs import jobs
from services.chassis.jobs.runner import advance
from services.contracts.jobs import JOBS_OF
from services.contracts.membership.dues import collecting
from services.contracts.membership.dues import files as dues_files
from services.membership.dues.tables import DuesCharge
from services.membership.dues.use_cases import files, row_validation
from services.membership.record.tables import Member
from tests.component.membership.dues_harness import DuesHarness
from tests.support.examples import costly
from tests.support.principals import chair_of
from tests.unit.membership.people import id_number

TOMORROW, LONG_AGO = clock.today() + timedelta(days=1), date(2001, 1, 1)

MONTH, NEXT = "2026-03", "2026-04"


def refusal_of(act: Callable[[], Any]) -> str | None:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.rule


def charged(dues: DuesHarness, count: int, *months: str) -> list[UUID]:
    """Return members who were charged for the months."""
    members = [dues.payer(order) for order in range(1, count + 1)]
    for month in months or (MONTH,):
        dues.charge(month)
    return members


def test_a_payment_is_announced_by_month_and_sum_never_by_person(dues: DuesHarness):
    (member,) = charged(dues, 1)

    paid = dues.pay(member, MONTH, paid_on=date(2026, 3, 15))

    assert (paid["kind"], paid["amount"], paid["channel"]) == ("payment", "17.40", "single")
    (event,) = dues.events("dues_collected")
    assert (event["month"], event["amount"], event["payments"]) == (MONTH, "17.40", 1)
    assert event["units"] == [{"unit_id": None, "payments": 1, "amount": "17.40"}]
    assert str(member) not in str(event)
    assert refusal_of(lambda: dues.pay(member, MONTH)) == "dues.month_is_owed"


@pytest.mark.databases("postgresql", "sqlite")
def test_a_month_can_be_paid_in_parts_but_never_over(dues: DuesHarness):
    (member,) = charged(dues, 1)
    dues.pay(member, MONTH, "10")

    assert refusal_of(lambda: dues.pay(member, MONTH, "7.41")) == "dues.payment_fits"
    assert (
        refusal_of(lambda: dues.pay(member, MONTH, "7.40", paid_on=clock.today() + timedelta(days=1)))
        == "dues.day_is_not_ahead"
    )
    assert refusal_of(lambda: dues.pay(member, MONTH, "7.40", paid_on=date(2001, 1, 1))) == "dues.paid_near_its_month"
    dues.pay(member, MONTH, "7.40")
    assert dues.charges(MONTH)[member] == (dues.due, dues.due)


def test_a_mistake_is_reversed_once_and_both_records_stay(dues: DuesHarness):
    (member,) = charged(dues, 1)
    wrong = dues.pay(member, MONTH)

    dues.reverse(wrong["id"])

    assert dues.charges(MONTH)[member] == (dues.due, Decimal("0.00"))
    assert refusal_of(lambda: dues.reverse(wrong["id"])) == "dues.payment_is_reversible"
    assert dues.paid() == dues.announced() == 0
    assert [event["kind"] for event in dues.events("dues_refunded")] == ["reversal"]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_refund_needs_a_second_officer(dues: DuesHarness):
    (member,) = charged(dues, 1)
    dues.pay(member, MONTH)
    asked = dues.ask_refund(member, MONTH)

    assert refusal_of(lambda: dues.ask_refund(member, MONTH, "1")) == "dues.refund_is_covered"
    assert refusal_of(lambda: dues.decide(asked["id"], dues.officer)) == "dues.second_officer_decides"
    assert dues.decide(asked["id"], dues.second)["state"] == "approved"
    assert refusal_of(lambda: dues.decide(asked["id"], dues.second)) == "dues.refund_is_open"
    assert dues.charges(MONTH)[member][1] == 0
    assert dues.announced() == 0


def test_a_declined_refund_gives_nothing_back(dues: DuesHarness):
    (member,) = charged(dues, 1)
    dues.pay(member, MONTH)

    declined = dues.decide(dues.ask_refund(member, MONTH)["id"], dues.second, approve=False)

    assert declined["state"] == "declined"
    assert dues.charges(MONTH)[member][1] == dues.due


def test_every_row_of_a_payroll_is_named_before_anything_is_posted(dues: DuesHarness):
    members = charged(dues, 4)
    numbers = [dues.number(member) for member in members]
    dues.pay(members[3], MONTH)
    uncharged = dues.number(dues.payer(5, base=None))
    rows = [
        (numbers[0], "17.40"), (numbers[1], "10"), (numbers[2], "20"), (numbers[3], "17.40"), (numbers[0], "17.40"),
        ("M999999", "17.40"), (uncharged, "17.40"), (numbers[2], "十七"), ("", "1"),
    ]  # fmt: skip

    file = dues.upload(rows, MONTH)

    assert file["counts"] == {
        "exact": 1, "short": 1, "over": 1, "paid": 1, "twice": 1, "unknown": 1, "not_charged": 1, "bad": 2,
    }  # fmt: skip
    assert (file["state"], file["rows"], file["amount"]) == ("checked", 9, "27.40")
    assert dues.paid() == dues.due
    assert problem_rows(dues, file) == [
        ["行", "列", "值", "原因"], ["4", "金额", "20", "超过应缴金额"], ["5", "会员号", numbers[3], "该月已缴清"],
        ["6", "会员号", numbers[0], "文件中重复"], ["7", "会员号", "M999999", "查无此会员"],
        ["8", "会员号", uncharged, "该月未向其计收"], ["9", "金额", "十七", "不是有效的数值或缺少编号"],
        ["10", "会员号", "", "不是有效的数值或缺少编号"],
    ]  # fmt: skip

    job = dues.post(file["id"])

    assert (job.state, job.done, job.problems) == ("done", 2, 0)
    assert [dues.charges(MONTH)[member][1] for member in members] == [dues.due, 10, 0, dues.due]
    assert dues.announced() == dues.paid() == Decimal("44.80")
    assert refusal_of(lambda: dues.post(file["id"])) == "dues.file_is_ready"


def problem_rows(dues: DuesHarness, file: dict[str, Any]) -> list[list[str]]:
    content = dues.ask_typed(JOBS_OF["membership"].read_file, job_id=UUID(file["check_job_id"]), which="problems")[
        "content"
    ]
    return [list(cells) for _, cells in lines_of(content)]


def test_a_person_is_found_by_the_identity_number_and_no_name_is_stored(dues: DuesHarness):
    (member,) = charged(dues, 1)
    with dues.database.session() as session:
        birth = session.scalar(sa.text("SELECT birth_date FROM member"))
    number = id_number(birth if isinstance(birth, date) else date.fromisoformat(birth), 1)
    content = f"姓名,身份证号,实扣金额\n李娜,{number},17.40\n".encode("gb18030")

    values = {"kind": "payroll", "month": MONTH, "name": "工资.csv", "content": content}
    file = dues.ask(dues_files.upload_dues_file, **values)
    dues.run_job(file["check_job_id"])

    assert dues.file(file["id"])["counts"] == {"exact": 1}
    dues.post(file["id"])
    assert dues.charges(MONTH)[member][1] == dues.due
    with dues.database.session() as session:
        stored = [bytes(row) for row in session.scalars(sa.text("SELECT content FROM stored_file"))]
    assert not any("李娜".encode("gb18030") in content for content in stored)


def upload_text(dues: DuesHarness, text: str, kind: str = "payroll", month: str = MONTH) -> dict[str, Any]:
    """Upload a csv as it stands and check it where its headings say enough."""
    values = {"kind": kind, "month": month, "name": "文件.csv", "content": text.encode()}
    file = dues.ask(dues_files.upload_dues_file, **values)
    if file["check_job_id"] is not None:
        dues.run_job(file["check_job_id"])
    return dues.file(file["id"])


def test_a_file_whose_headings_say_too_little_waits_for_its_columns_and_they_are_remembered(dues: DuesHarness):
    (member,) = charged(dues, 1)
    number = dues.number(member)
    text = f"职工会员号,姓名,代扣\n{number},李娜,17.40\n"

    file = upload_text(dues, text)

    assert (file["state"], file["check_job_id"], file["headings"]) == ("uploaded", None, ["职工会员号", "姓名", "代扣"])
    assert refusal_of(lambda: dues.post(file["id"])) == "dues.file_is_ready"
    with pytest.raises(InvalidInput) as refused:
        dues.map(file["id"], 代扣="amount")
    assert (refused.value.rule, refused.value.params["missing"]) == ("dues.file_has_columns", ["number"])
    assert dues.map(file["id"], 职工会员号="number", 代扣="amount")["counts"] == {"exact": 1}
    dues.post(file["id"])
    assert dues.charges(MONTH)[member][1] == dues.due
    assert upload_text(dues, text)["state"] == "checked"
    assert refusal_of(lambda: dues.map(file["id"], 职工会员号="number", 代扣="amount")) == "dues.file_is_ready"


def test_a_checked_file_is_checked_anew_with_other_columns(dues: DuesHarness):
    first, second = charged(dues, 2)
    lines = [f"{dues.number(member)},{due},17.40" for member, due in ((first, "10"), (second, "20"))]
    file = upload_text(dues, "会员号,金额,应缴\n" + "\n".join(lines) + "\n")
    assert file["counts"] == {"short": 1, "over": 1}

    again = dues.map(file["id"], 会员号="number", 应缴="amount")

    assert (again["counts"], again["amount"], again["rows"]) == ({"exact": 2}, "34.80", 2)
    dues.post(file["id"])
    assert {paid for _, paid in dues.charges(MONTH).values()} == {dues.due}


def test_a_file_dropped_before_its_columns_are_named_is_gone(dues: DuesHarness):
    file = upload_text(dues, "甲,乙\n1,2\n")

    assert dues.ask(dues_files.drop_dues_file, file_id=file["id"])["state"] == "dropped"


def test_number_and_identity_number_of_two_people_are_a_conflict_that_names_both(dues: DuesHarness):
    members = charged(dues, 3)
    numbers = [dues.number(member) for member in members]
    people = identity_numbers(dues)
    text = (
        "会员号,身份证号,金额\n"
        f"{numbers[0]},{people[numbers[1]]},17.40\n{numbers[1]},{id_number(date(1955, 5, 5), 7)},17.40\n"
        f"{numbers[2]},{people[numbers[2]][:6]} {people[numbers[2]][6:].lower()},17.40\n"
        f"{numbers[0].lower()},,17.40\n"
    )

    file = upload_text(dues, text)

    assert file["counts"] == {"conflict": 2, "exact": 2}
    told = problem_rows(dues, file)
    assert [(row[0], row[1], row[3]) for row in told[1:]] == [
        ("2", "会员号 / 身份证号", f"会员号与身份证号不是同一人，身份证号属于 {numbers[1]}"),
        ("3", "会员号 / 身份证号", "会员号与身份证号不是同一人"),
    ]
    assert told[1][2].startswith(f"{numbers[0]} / ")
    assert all(person not in str(told) for person in people.values())
    dues.post(file["id"])
    assert [dues.charges(MONTH)[member][1] for member in members] == [dues.due, 0, dues.due]


def identity_numbers(dues: DuesHarness) -> dict[str, str]:
    with dues.database.session() as session:
        return {row.number: row.id_number for row in session.execute(sa.select(Member.number, Member.id_number))}


def test_cells_beyond_the_headings_and_figures_read_two_ways_are_never_posted(dues: DuesHarness):
    members = charged(dues, 3)
    numbers = [dues.number(member) for member in members]
    text = f'会员号,姓名,金额\n{numbers[0]},x,1,083.70\n{numbers[1]},y,"17,40"\n{numbers[2]},z,"17.40",,\n'

    file = upload_text(dues, text)

    assert file["counts"] == {"beyond": 1, "ambiguous": 1, "exact": 1}
    assert [row[:3] for row in problem_rows(dues, file)[1:]] == [["2", "(D)", "083.70"], ["3", "金额", "17,40"]]
    dues.post(file["id"])
    assert dues.paid() == dues.due


def test_a_base_of_12_345_67_in_two_cells_is_not_12(dues: DuesHarness):
    member = dues.payer(1)
    number = dues.number(member)

    assert upload_text(dues, f"会员号,基数\n{number},12,345.67\n", "bases")["counts"] == {"beyond": 1}
    assert upload_text(dues, f'会员号,基数\n{number},"3487,50"\n', "bases")["counts"] == {"ambiguous": 1}
    assert upload_text(dues, f'会员号,基数\n{number},"12,345.67"\n', "bases")["counts"] == {"exact": 1}


def test_a_title_two_rows_of_headings_and_tabs_are_read_as_in_rosters(dues: DuesHarness):
    (member,) = charged(dues, 1)
    text = f"2026年3月代扣\n序号\t会员号\t会费\t\n\t\t应扣\t实扣金额\n1\t{dues.number(member)}\t17.40\t17.40\n"

    file = upload_text(dues, text)

    assert file["mapping"] == {"序号": None, "会员号": "number", "会费 / 应扣": None, "会费 / 实扣金额": "amount"}
    assert file["counts"] == {"exact": 1}


def test_a_check_begun_by_an_older_version_goes_on_by_its_headings(dues: DuesHarness):
    (member,) = charged(dues, 1)
    values = {"kind": "payroll", "month": MONTH, "name": "工资.csv"}
    content = f"会员号,金额\n{dues.number(member)},17.40\n".encode()
    file = dues.ask(dues_files.upload_dues_file, **values, content=content)
    with dues.database.session() as session:
        session.execute(sa.text("UPDATE dues_file SET headings = NULL, mapping = NULL"))

    dues.run_job(file["check_job_id"])

    assert dues.file(file["id"])["counts"] == {"exact": 1}


def test_bases_come_by_file_and_replace_earlier_ones(dues: DuesHarness):
    old, new = dues.payer(1, base="3000"), dues.payer(2, base=None)
    same = dues.payer(3, base="5000")
    rows = [(dues.number(old), "4000"), (dues.number(new), "6000"), (dues.number(same), "5000")]

    file = dues.upload(rows, MONTH, "bases")
    dues.post(file["id"])
    dues.charge("2026-02")
    dues.charge(MONTH)

    assert file["counts"] == {"exact": 2, "unchanged": 1}
    assert dues.charges("2026-02")[old][0] == Decimal("15.00")
    assert [dues.charges(MONTH)[member][0] for member in (old, new, same)] == [20, 30, 25]


def test_a_posting_that_broke_off_goes_on_where_it_was(dues: DuesHarness, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(row_validation, "POSTED_AT_ONCE", 2)
    monkeypatch.setattr(row_validation, "JUDGED_AT_ONCE", 1)
    members = charged(dues, 5)
    file = dues.upload([(dues.number(member), "17.40") for member in members], MONTH)
    job_id = UUID(dues.ask(dues_files.post_dues_file, file_id=file["id"])["job_id"])
    advance(dues.database, job_id, files.post_part)

    def breaks(tx, job):
        files.post_part(tx, job)
        raise KeyError("gone")

    advance(dues.database, job_id, breaks)
    assert dues.paid() == dues.announced() == 2 * dues.due
    with dues.database.session() as session:
        session.execute(sa.update(jobs.Job).values(attempts=0))
    job = dues.run_job(job_id)

    assert (job.state, job.done) == ("done", 5)
    assert dues.paid() == dues.announced() == 5 * dues.due
    assert len(dues.events("dues_collected")) == 3


def test_the_same_file_twice_and_a_payment_meanwhile_never_pay_a_month_twice(dues: DuesHarness):
    members = charged(dues, 3)
    rows = [(dues.number(member), "17.40") for member in members]
    first, second = dues.upload(rows, MONTH), dues.upload(rows, MONTH)
    dues.pay(members[0], MONTH)

    assert (dues.post(first["id"]).done, dues.post(second["id"]).done) == (2, 0)
    assert set(dues.charges(MONTH).values()) == {(dues.due, dues.due)}
    assert dues.paid() == dues.announced() == 3 * dues.due


def test_the_same_file_twice_books_a_part_that_was_paid_once(dues: DuesHarness):
    part, rest = charged(dues, 2)
    rows = [(dues.number(part), "8.00"), (dues.number(rest), "17.40")]
    first, second = dues.upload(rows, MONTH), dues.upload(rows, MONTH)

    assert (dues.post(first["id"]).done, dues.post(second["id"]).done) == (2, 0)
    assert dues.charges(MONTH)[part] == (dues.due, Decimal("8.00"))
    assert dues.upload(rows, MONTH)["counts"] == {"posted": 1, "paid": 1}
    another = dues.upload([(dues.number(part), "9.40")], MONTH)
    assert dues.post(another["id"]).done == 1
    assert dues.charges(MONTH)[part] == (dues.due, dues.due)


def test_a_part_that_was_reversed_comes_in_by_the_same_file_again(dues: DuesHarness):
    (member,) = charged(dues, 1)
    rows = [(dues.number(member), "8.00")]
    dues.post(dues.upload(rows, MONTH)["id"])
    listed = dues.ask(collecting.list_dues_payments, member_id=member)
    dues.reverse(listed["items"][0]["id"])

    assert dues.post(dues.upload(rows, MONTH)["id"]).done == 1
    assert dues.charges(MONTH)[member] == (dues.due, Decimal("8.00"))


def test_the_same_file_posted_twice_at_once_books_a_part_once(dues: DuesHarness):
    rows = [(dues.number(member), "8.00") for member in charged(dues, 30)]
    uploaded = [dues.upload(rows, MONTH), dues.upload(rows, MONTH)]
    asked = [dues.ask(dues_files.post_dues_file, file_id=file["id"])["job_id"] for file in uploaded]

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(dues.run_job, asked))

    assert sum(job.done for job in ended) == 30
    assert dues.paid() == dues.announced() == 30 * Decimal("8.00")


def test_two_postings_at_once_pay_everybody_once(dues: DuesHarness):
    members = charged(dues, 30)
    rows = [(dues.number(member), "17.40") for member in members]
    uploaded = [dues.upload(rows, MONTH), dues.upload(list(reversed(rows)), MONTH)]
    asked = [dues.ask(dues_files.post_dues_file, file_id=file["id"])["job_id"] for file in uploaded]

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(dues.run_job, asked))

    assert [job.state for job in ended] == ["done", "done"]
    assert sum(job.done for job in ended) == 30
    assert dues.paid() == dues.announced() == 30 * dues.due


@pytest.mark.databases("postgresql", "sqlite")
def test_sums_of_a_unit_are_told_from_five_payers_on(dues: DuesHarness):
    big = [dues.payer(order) for order in range(1, 7)]
    small = [dues.payer(order, unit="02") for order in range(7, 9)]
    dues.charge(MONTH)
    file = dues.upload([(dues.number(member), "17.40") for member in big + small], MONTH)

    dues.post(file["id"])

    (event,) = dues.events("dues_collected")
    assert event["units"] == [
        {"unit_id": str(dues.units["01"]), "payments": 6, "amount": "104.40"},
        {"unit_id": None, "payments": 2, "amount": "34.80"},
    ]


def listed(dues: DuesHarness, by: Any = None, **filters: Any) -> dict[str, Any]:
    found: dict[str, Any] = dues.ask(collecting.list_arrears, by, **filters)
    return found


@pytest.mark.databases("postgresql", "sqlite")
def test_who_is_behind_is_listed_filtered_sorted_and_paged(dues: DuesHarness):
    first, second = charged(dues, 2, MONTH, NEXT)
    third = dues.payer(3, base="10000", unit="02")
    dues.charge(NEXT)
    dues.pay(second, MONTH)

    found = listed(dues, with_total=True)

    assert [(one["member_id"], one["months"], one["since"], one["owed"]) for one in found["items"]] == [
        (str(third), 1, NEXT, "50.00"), (str(first), 2, MONTH, "34.80"), (str(second), 1, NEXT, "17.40"),
    ]  # fmt: skip
    assert found["total"] == 3
    assert [one["member_id"] for one in listed(dues, months=2)["items"]] == [str(first)]
    assert [one["member_id"] for one in listed(dues, q=dues.number(third))["items"]] == [str(third)]
    assert [one["member_id"] for one in listed(dues, unit_id=dues.units["02"])["items"]] == [str(third)]
    for sort in ("-owed", "owed", "-months", "name", "number"):
        pages = [listed(dues, sort=sort, limit=1)]
        while pages[-1]["next_cursor"]:
            pages.append(listed(dues, sort=sort, limit=1, cursor=pages[-1]["next_cursor"]))
        assert len({page["items"][0]["member_id"] for page in pages}) == len(pages) == 3
    amounts = [Decimal(one["owed"]) for one in listed(dues, sort="owed")["items"]]
    assert all(low <= high for low, high in pairwise(amounts))


def test_a_chair_sees_who_is_behind_in_the_unit_without_amounts(dues: DuesHarness):
    charged(dues, 1)
    chair = chair_of(dues.units["02"])

    assert listed(dues, chair)["items"] == []
    (seen,) = listed(dues, chair_of(dues.units["01"]))["items"]
    assert (seen["months"], seen["owed"]) == (1, None)
    with pytest.raises(NotAllowed):
        listed(dues, chair, unit_id=dues.units["01"])


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_list_can_be_had_as_a_file_and_the_purpose_is_kept(dues: DuesHarness, ending: str):
    charged(dues, 2)
    values = {"format": ending, "purpose": "年终清缴"}
    job = dues.run_job(dues.ask(collecting.export_arrears, **values)["job_id"])

    assert (job.state, job.done) == ("done", 2)
    with dues.transaction(dues.officer) as tx:
        file = jobs.job_file(tx, job.id, "result")
        assert file.name.endswith(ending)
        assert len(file.content) > 50
        assert tx.session.scalars(sa.text("SELECT purpose FROM access_log")).all() == ["年终清缴"]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_reminder_stands_until_nothing_is_owed(dues: DuesHarness):
    behind, paid_up = charged(dues, 2, MONTH, NEXT)
    for month in (MONTH, NEXT):
        dues.pay(paid_up, month)

    job = dues.run_job(dues.ask(collecting.remind_of_dues, months=1)["job_id"])
    dues.pay(behind, MONTH)
    settled_early = dues.events("dues_settled")
    dues.pay(behind, NEXT)

    assert job.done == 1
    assert [event["member_id"] for event in dues.events("dues_reminded")] == [str(behind)]
    assert settled_early == []
    assert [event["member_id"] for event in dues.events("dues_settled")] == [str(behind)]


def test_nothing_leads_from_who_owes_nothing_any_more_to_what_was_paid(dues: DuesHarness):
    (behind,) = charged(dues, 1)
    dues.run_job(dues.ask(collecting.remind_of_dues, months=1)["job_id"])
    dues.pay(behind, MONTH)

    with dues.database.session() as session:
        rows = session.scalars(sa.select(OutboxEvent).where(OutboxEvent.type.in_(("dues_settled", "dues_collected"))))
        told = {row.type: (row.correlation_id, row.causation_id, row.traceparent) for row in rows}
    assert told["dues_settled"][1:] == (None, None)
    assert told["dues_settled"][0] != told["dues_collected"][0]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "reverse", "refund", "adjust", "file", "credit", "charge"]),
        st.integers(0, 2),
        st.integers(1, 1800),
    ),
    max_size=8,
)


@pytest.mark.databases("postgresql", "sqlite")
@settings(costly(), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_ledger_hears_of_exactly_what_was_paid_whatever_happens(
    dues: DuesHarness, restore: Callable[[Database], None], steps: list[tuple[str, int, int]]
):
    restore(dues.database)
    dues.establish()
    members = charged(dues, 3)
    payments: list[str] = []
    for what, who, fen in steps:
        member, amount = members[who], str(Decimal(fen) / 100)
        try:
            if what == "pay":
                payments.append(dues.pay(member, MONTH, amount)["id"])
            elif what == "reverse" and payments:
                dues.reverse(payments[fen % len(payments)])
            elif what == "refund":
                dues.decide(dues.ask_refund(member, MONTH, amount)["id"], dues.second)
            elif what == "adjust":
                dues.adjust(member, MONTH, amount)
            elif what == "file":
                dues.post(dues.upload([(dues.number(member), amount)], MONTH)["id"])
            elif what == "credit":
                dues.post(dues.upload([(dues.number(member), amount)], MONTH)["id"], "credit")
            elif what == "charge":
                dues.charge(("2026-04", "2026-05")[fen % 2])
        except Refused:
            pass
        assert dues.paid() == dues.announced()
        stands = [row for month in (MONTH, "2026-04", "2026-05") for row in dues.charges(month).values()]
        assert sum(paid for _, paid in stands) == dues.paid()
        assert all(paid >= 0 for _, paid in stands)


def test_every_payment_of_a_long_membership_is_listed_page_by_page(dues: DuesHarness):
    (member,) = charged(dues, 1)
    with dues.database.session() as session:
        session.execute(sa.update(DuesCharge).values(due=Decimal("999.00")))
    paid = [dues.pay(member, MONTH, "1.00")["id"] for _ in range(105)]

    pages, cursor = [], None
    while not pages or cursor:
        asked = {"member_id": member, "cursor": cursor}
        page = dues.ask(collecting.list_dues_payments, **asked)
        pages.append([one["id"] for one in page["items"]])
        cursor = page["next_cursor"]

    assert [len(page) for page in pages] == [100, 5]
    assert [one for page in pages for one in page] == paid[::-1]
