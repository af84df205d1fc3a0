"""The number series has no gap and no clash, and admitting a thousand costs as few statements as admitting one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.errors import InvalidInput, Refused
from services.contracts.membership.joining import operations as contract
from services.membership.joining.tables import Application
from services.membership.joining.use_cases import deciding
from services.membership.record.tables import Member
from tests.component.membership.harness import MembershipHarness, asked, roster_row
from tests.support.principals import applicant_account, chair_of
from tests.unit.membership.people import id_number

AT_ONCE = 30


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements that reach the database."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(database.engine, "before_cursor_execute", note)


def numbers(membership: MembershipHarness) -> list[str]:
    with membership.database.session() as session:
        return list(session.scalars(sa.select(Member.number).order_by(Member.number)))


def ready(membership: MembershipHarness, count: int) -> list[Any]:
    """Return applications the unit has accepted, put there as many at once."""
    ids = [membership.apply(order)["id"] for order in range(1, count + 1)]
    with membership.database.session() as session:
        session.execute(sa.update(Application).where(Application.id.in_(ids)).values(state="unit_reviewed"))
    return ids


def approve_all(membership: MembershipHarness, ids: list[Any]) -> dict[str, Any]:
    return membership.ask_typed(contract.approve_applications, application_ids=ids)


def test_thirty_approvals_at_once_take_thirty_numbers_in_a_row(membership: MembershipHarness) -> None:
    ids = ready(membership, AT_ONCE)
    pool = eventlet.GreenPool(AT_ONCE)
    approved = list(pool.imap(lambda one: membership.approve(one)["number"], ids))
    expected = [f"M{place:06d}" for place in range(1, AT_ONCE + 1)]
    assert sorted(approved) == expected
    assert numbers(membership) == expected
    assert len(membership.events("member_joined")) == AT_ONCE


def test_an_approval_that_fails_leaves_no_gap(membership: MembershipHarness) -> None:
    first, second = ready(membership, 2)

    def approve_and_fail() -> None:
        with membership.transaction() as tx:
            deciding.approve_application(tx, asked(contract.approve_application, application_id=first))
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        approve_and_fail()
    assert membership.approve(second)["number"] == "M000001"
    assert membership.approve(first)["number"] == "M000002"


def test_the_same_application_approved_by_many_at_once_makes_one_member(membership: MembershipHarness) -> None:
    (application,) = ready(membership, 1)

    def attempt(_: int) -> str:
        try:
            return str(membership.approve(application)["number"])
        except Refused as refused:
            return str(refused.rule)

    outcomes = list(eventlet.GreenPool(10).imap(attempt, range(10)))
    assert sorted(outcomes) == ["M000001", *["workflow.joining"] * 9]
    assert numbers(membership) == ["M000001"]


def test_the_same_person_submitted_many_times_at_once_applies_once(membership: MembershipHarness) -> None:
    def attempt(place: int) -> str:
        try:
            return str(membership.apply(1, unit="01" if place % 2 else "02", by=applicant_account())["state"])
        except Refused as refused:
            return str(refused.rule)

    outcomes = list(eventlet.GreenPool(10).imap(attempt, range(10)))
    assert sorted(outcomes) == [*["joining.person_has_no_open_application"] * 9, "submitted"]


@pytest.mark.databases("postgresql", "sqlite")
def test_many_are_approved_together_and_each_gets_an_answer(membership: MembershipHarness) -> None:
    ids = ready(membership, 6)
    membership.approve(ids[0])
    unreviewed, own = membership.apply(50)["id"], membership.apply(51, by=membership.officer)["id"]
    membership.review(own, by=chair_of(membership.units["01"]))
    unknown = membership.units["01"]
    reply = approve_all(membership, [*ids, unreviewed, own, unknown, ids[1]])
    outcomes = {item["application_id"]: item for item in reply["items"]}
    assert (reply["approved"], reply["refused"]) == (5, 4)
    assert [outcomes[one]["number"] for one in ids[1:]] == [f"M{place:06d}" for place in range(2, 7)]
    assert [outcomes[one]["rule"] for one in (ids[0], unreviewed, own, unknown)] == [
        "workflow.joining", "workflow.joining", "joining.decider_is_not_applicant", "application_exists",
    ]  # fmt: skip


def test_two_applications_of_one_person_never_make_two_members(membership: MembershipHarness) -> None:
    ids = ready(membership, 2)
    with membership.database.session() as session:
        one = session.get_one(Application, ids[0])
        session.execute(sa.update(Application).where(Application.id == ids[1]).values(state="draft"))
        values = {"id_number": one.id_number, "id_number_index": one.id_number_index}
        session.execute(sa.update(Application).where(Application.id == ids[1]).values(**values))
    membership.approve(ids[0])
    with membership.database.session() as session:
        session.execute(sa.update(Application).where(Application.id == ids[1]).values(state="unit_reviewed"))
    reply = approve_all(membership, [ids[1]])
    assert [item["rule"] for item in reply["items"]] == ["record.person_is_no_member"]
    assert numbers(membership) == ["M000001"]


def test_approving_a_thousand_takes_few_statements(membership: MembershipHarness) -> None:
    chair = chair_of(membership.units["01"])
    ids = ready(membership, 10)
    with counted(membership.database) as few:
        assert approve_all(membership, ids)["approved"] == 10
    with membership.transaction(chair) as tx:
        template = tx.session.get_one(Application, ids[0])
        rows = [_copy(template, membership, order) for order in range(100, 1100)]
        tx.session.execute(sa.insert(Application), rows)
    with counted(membership.database) as many:
        reply = approve_all(membership, [row["id"] for row in rows])
    assert reply["approved"] == 1000
    assert len(many) <= len(few) + 12
    assert numbers(membership)[-1] == "M001010"
    assert len(membership.events("member_joined")) == 1010


@pytest.mark.databases("postgresql", "sqlite")
def test_a_roster_of_a_thousand_is_admitted_whole_in_few_statements(membership: MembershipHarness) -> None:
    rows = [roster_row(membership.units["01"], order) for order in range(1, 1001)]
    with counted(membership.database) as seen:
        admitted = membership.admit(*rows)
    assert [number for _, number in admitted] == [f"M{place:06d}" for place in range(1, 1001)]
    assert len(seen) <= 25
    assert len(membership.events("member_joined")) == 1000


def test_a_roster_with_bad_rows_admits_nobody_and_names_each(membership: MembershipHarness) -> None:
    unit = membership.units["01"]
    membership.member(9)
    good, twice = roster_row(unit, 1), roster_row(unit, 1, name="李娜娜")
    bad_number = roster_row(unit, 2, id_number="110105194912310021")
    nowhere, known = roster_row(membership.units["00"], 3), roster_row(unit, 9)
    too_soon = roster_row(unit, 4, joined_on=date(1985, 1, 1))
    stray = roster_row(unit, 5, group_id=membership.units["02"])
    with pytest.raises(InvalidInput) as caught:
        membership.admit(good, twice, bad_number, nowhere, known, too_soon, stray)
    named = {place: sorted(fields) for place, fields in caught.value.errors["rows"].items()}
    assert named == {
        "1": ["id_number"], "2": ["birth_date", "id_number"], "3": ["unit_id"], "4": ["id_number"], "5": ["joined_on"],
        "6": ["group_id"],
    }  # fmt: skip
    assert numbers(membership) == ["M000001"]


def test_numbers_go_on_after_a_roster_that_was_refused(membership: MembershipHarness) -> None:
    membership.member(1)
    with pytest.raises(InvalidInput):
        membership.admit(roster_row(membership.units["01"], 1))
    membership.member(2)
    assert numbers(membership) == ["M000001", "M000002"]


def _copy(template: Application, membership: MembershipHarness, order: int) -> dict[str, Any]:
    from services.chassis.identifiers import uuid7
    from services.membership.person.use_cases.persons import index_of

    birth = date(1990 + order // 999, 7, 1)
    number = id_number(birth, order % 999)
    skipped = (
        "id",
        "id_number",
        "id_number_index",
        "birth_date",
        "account_id",
        "state",
        "phone",
        "email",
        "receipt_hash",
    )
    kept = [column.key for column in sa.inspect(Application).columns if column.key not in skipped]
    return {
        **{field: getattr(template, field) for field in kept},
        "id": uuid7(),
        "account_id": None,
        "state": "unit_reviewed",
        "birth_date": birth,
        "id_number": number,
        "id_number_index": index_of(number),
        "phone": f"1370000{order:04d}",
        "email": None,
        "receipt_hash": "",
    }
