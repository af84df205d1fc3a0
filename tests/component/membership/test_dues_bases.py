"""Bases of dues: set one after the other, however many set them at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from services.chassis import clock
from services.chassis.errors import Refused
from services.contracts.membership.dues import operations as contract
from services.membership.dues.tables import DuesBase
from services.membership.dues.use_cases import bases
from tests.component.membership.dues_office import DuesOffice
from tests.component.membership.union import Union, asked

MONTH = "2026-03"


@pytest.fixture
def office(any_union: Union) -> DuesOffice:
    return DuesOffice(any_union)


@pytest.mark.parametrize("by_file", [True, False])
def test_a_base_set_while_another_is_being_set_waits_for_it(union: Union, by_file: bool):
    office = DuesOffice(union)
    member = office.member(1, base="3000")
    file = office.upload([(office.number(member), "4000")], MONTH, "bases")
    asked_for = {"member_id": member, "base": Decimal("5000"), "starts_on": date(2026, 2, 1), "reason": "人事核定"}

    def second() -> Any:
        return office.post(file["id"]) if by_file else office.base(member, "4000", date(2026, 3, 1))

    with ThreadPoolExecutor(1) as pool:
        with union.acting(union.officer) as tx:
            bases.set_dues_base(tx, asked(contract.set_dues_base, **asked_for))
            waiting = pool.submit(second)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
        waiting.result(timeout=20)

    assert stored_bases(union) == [
        (date(2025, 1, 1), date(2026, 1, 31), 3000),
        (date(2026, 2, 1), date(2026, 2, 28), 5000),
        (date(2026, 3, 1), None, 4000),
    ]


def stored_bases(union: Union) -> list[tuple[date, date | None, Decimal]]:
    with union.database.session() as session:
        stored = session.scalars(sa.select(DuesBase).order_by(DuesBase.starts_on)).all()
        return [(one.starts_on, one.ends_on, Decimal(one.base)) for one in stored]


def test_a_wrong_base_is_corrected_for_its_own_month_until_that_is_charged(office: DuesOffice):
    member = office.member(1, base="3000")
    office.base(member, "60000", date(2026, 3, 1))

    office.base(member, "6000", date(2026, 3, 1))

    assert stored_bases(office.union) == [(date(2025, 1, 1), date(2026, 2, 28), 3000), (date(2026, 3, 1), None, 6000)]
    office.charge(MONTH)
    assert office.charges(MONTH)[member] == (Decimal("30.00"), 0)
    with pytest.raises(Refused) as refused:
        office.base(member, "6100", date(2026, 3, 1))
    assert refused.value.rule == "dues.base_is_not_charged"
    office.base(member, "6100", date(2026, 4, 1))


def test_a_file_corrects_wrong_bases_of_its_month_until_they_are_charged(office: DuesOffice):
    first, second = office.member(1), office.member(2)
    rows = [(office.number(first), "34870"), (office.number(second), "34,870")]
    office.post(office.upload(rows, MONTH, "bases")["id"])
    office.charge(MONTH)
    office.post(office.upload(rows, "2026-04", "bases")["id"])
    corrected = [(office.number(first), "3,500"), (office.number(second), "3500.00")]

    assert office.upload(corrected, MONTH, "bases")["counts"] == {"late": 2}
    april = office.upload([(office.number(first), "3,600")], "2026-04", "bases")
    assert april["counts"] == {"exact": 1}
    office.post(april["id"])

    with office.union.database.session() as session:
        latest = {one.member_id: one.base for one in session.scalars(sa.select(DuesBase).order_by(DuesBase.starts_on))}
    assert latest == {first: "3600.00", second: "34870.00"}


def leave_open(office: DuesOffice, member: UUID) -> None:
    """Store another open base behind the use case's back."""
    with office.union.database.session() as session:
        set_by = {"source": "single", "set_at": clock.now(), "set_by": "x"}
        session.add(DuesBase(member_id=member, base="4000", starts_on=date(2026, 1, 1), ends_on=None, **set_by))


def test_the_database_holds_one_open_base_of_a_member(office: DuesOffice):
    member = office.member(1, base="3000")

    with pytest.raises(sa.exc.IntegrityError):
        leave_open(office, member)


def test_what_was_left_open_is_ended_by_the_migration(office: DuesOffice):
    member = office.member(1, base="3000")
    with office.union.database.engine.begin() as connection:
        connection.execute(sa.text("DROP INDEX uq_dues_base_open"))
    leave_open(office, member)

    with office.union.database.engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        import_module("services.membership.migrations.versions.0013_one_open_base").upgrade()

    assert stored_bases(office.union) == [
        (date(2025, 1, 1), date(2025, 12, 31), 3000),
        (date(2026, 1, 1), None, 4000),
    ]
