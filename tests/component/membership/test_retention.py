"""The end of data's time: class after class, by dated rules, never without one; and the list for a breach notice."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from services.chassis import clock
from services.chassis.database.history import accesses_of, history_of
from services.chassis.errors import NotFound
from services.chassis.files.storage import file_of, files_of, store_file
from services.chassis.jobs.tables import Job
from services.contracts.membership import retention as contract
from services.contracts.membership.dues import operations as dues_contract
from services.contracts.membership.record import operations as record_contract
from services.contracts.membership.record.fields import FIELDS
from services.membership.dues.tables import DuesAdjustment, DuesBase, DuesExemption, DuesFileRow, DuesPayment
from services.membership.joining.tables import Application
from services.membership.privacy.tables import Erasure
from services.membership.privacy.use_cases import breach, erasing
from services.membership.record.tables import Member
from services.membership.record.use_cases import reading
from tests.component.membership.dues_harness import DuesHarness
from tests.component.membership.harness import MembershipHarness, roster_row
from tests.component.membership.test_field_visibility import FULL
from tests.support.shipped_rules import keep_shipped_rules

NEVER = date(2000, 1, 1)


def a_former_member(membership: MembershipHarness, months_ago: int, **changes: Any) -> UUID:
    """A member who left so many months ago."""
    member = membership.member(1, **FULL, **changes)
    left_on = clock.today() - timedelta(days=months_ago * 31)
    with membership.transaction(membership.officer) as tx:
        store_file(tx, name="a.jpg", media_type="image/jpeg", content=b"x", subject=f"member/{member}", purpose="photo")
        tx.session.execute(sa.update(Member).where(Member.id == member).values(standing="withdrawn", left_on=left_on))
    return member


def adopt(membership: MembershipHarness) -> None:
    keep_shipped_rules(membership, "demo")


def erase(membership: MembershipHarness) -> int:
    with membership.transaction() as tx:
        return erasing.erase_due(tx)


def row(membership: MembershipHarness, member: UUID) -> Member:
    with membership.transaction() as tx:
        found = tx.session.get(Member, member)
        assert found is not None
        return found


def test_without_a_rule_nothing_is_erased(membership: MembershipHarness) -> None:
    member = a_former_member(membership, 300)
    with membership.transaction() as tx:
        tx.session.execute(sa.text("DELETE FROM policy_rule WHERE key LIKE 'retention.%'"))
    assert erase(membership) == 0
    assert row(membership, member).name == "李娜"
    assert {one["months"] for one in membership.ask_typed(contract.list_retention_rules)["items"]} == {None}


def test_who_has_not_left_is_never_touched(membership: MembershipHarness) -> None:
    adopt(membership)
    member = membership.member(1, **FULL)
    assert erase(membership) == 0
    assert row(membership, member).address == FULL["address"]


@pytest.mark.databases("postgresql", "sqlite")
def test_each_class_goes_when_its_own_time_is_over(membership: MembershipHarness) -> None:
    adopt(membership)
    member = a_former_member(membership, 7)
    (due,) = membership.ask_typed(contract.preview_erasures, within_days=0)["items"]
    assert due["classes"] == ["contact", "private", "family"]
    erase(membership)
    found = row(membership, member)
    assert (found.phone, found.address, found.political_status, found.hobbies) == (None, None, None, None)
    assert (found.name, found.hr_id, found.anonymised_at) == ("李娜", FULL["hr_id"], None)
    assert membership.events("member_anonymised") == []
    assert erase(membership) == 0


@pytest.mark.databases("postgresql", "sqlite")
def test_in_the_end_nobody_can_tell_who_it_was_but_number_unit_and_days_stay(membership: MembershipHarness) -> None:
    adopt(membership)
    member = a_former_member(membership, 70)
    before = row(membership, member)
    erase(membership)
    found = row(membership, member)
    for field in FIELDS:
        if field.retention in ("contact", "career", "private"):
            assert getattr(found, field.name) is None, field.name
    assert (found.name, found.pinyin, found.id_number) == ("已匿名", "", "")
    assert (found.birth_date.month, found.birth_date.day, found.birth_date.year) == (1, 1, before.birth_date.year)
    assert (found.number, found.unit_id, found.joined_on, found.left_on) == (
        before.number, before.unit_id, before.joined_on, before.left_on)  # fmt: skip
    assert found.id_number_index == before.id_number_index
    assert [told["member_id"] for told in membership.events("member_anonymised")] == [str(member)]
    with membership.transaction(membership.officer) as tx:
        assert files_of(tx, f"member/{member}") == []
        assert history_of(tx, f"member/{member}").rows == []
        assert reading.get_member(tx, member)["name"] == "已匿名"


def test_the_hash_goes_last_and_then_even_the_person_is_not_recognised(membership: MembershipHarness) -> None:
    adopt(membership)
    member = a_former_member(membership, 130)
    before = row(membership, member).id_number_index
    erase(membership)
    assert row(membership, member).id_number_index != before


def test_who_is_joining_again_at_this_moment_is_left_alone(membership: MembershipHarness) -> None:
    adopt(membership)
    member = a_former_member(membership, 70)
    with membership.transaction(membership.officer) as tx:
        tx.session.execute(sa.update(Member).where(Member.id == member).values(standing="active", left_on=None))
        erase(membership)
    assert (row(membership, member).name, row(membership, member).phone is None) == ("李娜", False)


def test_what_was_earned_and_said_about_dues_goes_and_the_payments_stay(dues: DuesHarness) -> None:
    member = dues.payer(1)
    dues.charge("2026-03")
    dues.pay(member, "2026-03", "7.40", note="住院，家属代缴")
    dues.adjust(member, "2026-03", "9.00")
    rows = [(dues.number(member), "4000")]
    posted, waiting = dues.upload(rows, "2026-05", "bases"), dues.upload(rows, "2026-06", "bases")
    dues.post(posted["id"])
    dues.ask(dues_contract.exempt_from_dues, member_id=member, reason="long_sick_leave",
        starts_on=date(2026, 7, 1),
    )  # fmt: skip
    left_on = clock.today() - timedelta(days=70 * 31)
    with dues.transaction() as tx:
        tx.session.execute(sa.update(Member).where(Member.id == member).values(standing="withdrawn", left_on=left_on))
    erase(dues)
    with dues.database.session() as session:
        for table in (DuesBase, DuesExemption):
            assert session.scalars(sa.select(table)).all() == []
        told = {one.file_id: one.base for one in session.scalars(sa.select(DuesFileRow))}
        assert told == {UUID(posted["id"]): None, UUID(waiting["id"]): None}
        assert session.scalars(sa.select(DuesAdjustment.reason)).one() == "—"
        payment = session.scalars(sa.select(DuesPayment)).one()
        assert (payment.note, str(payment.amount)) == (None, "7.40")


def test_of_who_joined_twice_both_applications_are_forgotten(membership: MembershipHarness) -> None:
    adopt(membership)
    left_on = clock.today() - timedelta(days=70 * 31)
    for _ in range(2):
        application = membership.apply(1)["id"]
        membership.review(application)
        membership.approve(application)
        with membership.transaction() as tx:
            tx.session.execute(sa.update(Member).values(standing="withdrawn", left_on=left_on))
    erase(membership)
    with membership.database.session() as session:
        assert session.scalars(sa.select(Application.name)).all() == [None, None]


def test_who_joins_again_within_the_time_keeps_the_number(membership: MembershipHarness) -> None:
    adopt(membership)
    member = a_former_member(membership, 70)
    number = row(membership, member).number
    erase(membership)
    ((again, again_number),) = membership.admit(roster_row(membership.units["02"], 1, joined_on=clock.today()))
    assert (again, again_number) == (member, number)
    found = row(membership, member)
    assert (found.name, found.anonymised_at, found.left_on) == ("李娜", None, None)


def test_who_leaves_again_is_erased_again(membership: MembershipHarness) -> None:
    adopt(membership)
    member = a_former_member(membership, 70)
    erase(membership)
    membership.admit(roster_row(membership.units["02"], 1, joined_on=clock.today()))
    again = clock.today() - timedelta(days=240)
    with membership.transaction() as tx:
        tx.session.execute(sa.update(Member).where(Member.id == member).values(standing="withdrawn", left_on=again))
    erase(membership)
    assert row(membership, member).phone is None
    with membership.transaction() as tx:
        assert len({one.left_on for one in tx.session.scalars(sa.select(Erasure))}) == 2


def made(membership: MembershipHarness, **changes: Any) -> list[list[Any]]:
    values = {"fields_concerned": ["phone", "address"], "starts_on": NEVER, "ends_on": clock.today(), **changes}
    request = {"purpose": "breach of 1 May", **values}
    job_id = membership.ask_typed(contract.make_breach_list, **request)["job_id"]
    finished = False
    while not finished:
        with membership.transaction(membership.officer) as tx:
            job = tx.session.get(Job, job_id)
            assert job is not None
            finished = breach.list_part(tx, job)
    with membership.transaction(membership.officer) as tx:
        job = tx.session.get(Job, job_id)
        assert job is not None
        assert job.file_id is not None
        content = file_of(tx, job.file_id).content
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_breach_list_names_the_fields_stored_and_who_looked(membership: MembershipHarness, monkeypatch: Any) -> None:
    monkeypatch.setattr(breach, "_ROWS", 2)
    first = membership.member(1, **FULL)
    membership.member(2, phone=None)
    membership.member(3, unit="02")
    look = {"member_id": first, "field": "phone", "purpose": "call"}
    membership.ask_typed(record_contract.unmask_member, **look)
    _, *rows = made(membership)
    assert [line[0] for line in rows] == ["M000001", "M000003"]
    assert rows[0][4:] == ["有", "有", 1.0, str(membership.officer.account_id)]
    assert rows[1][4:7] == ["", "有", 0.0]
    assert FULL["address"] not in json.dumps(rows, ensure_ascii=False)
    _, *narrowed = made(membership, unit_ids=[membership.units["02"]])
    assert [line[0] for line in narrowed] == ["M000003"]
    with membership.transaction(membership.officer) as tx:
        assert [one.purpose for one in accesses_of(tx, "breach-list").rows] == ["breach of 1 May"] * 2


def test_files_of_the_way_are_erased(membership: MembershipHarness) -> None:
    membership.member(1)
    made(membership)
    with membership.transaction() as tx:
        job = tx.session.scalars(sa.select(Job).order_by(Job.id.desc())).first()
        assert job is not None
        assert [file.purpose for file in files_of(tx, f"job/{job.id}")] == ["result"]
        with pytest.raises(NotFound):
            file_of(tx, UUID(int=1))
