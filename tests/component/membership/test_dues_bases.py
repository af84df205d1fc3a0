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
from tests.component.membership.dues_harness import DuesHarness
from tests.component.membership.harness import asked

MONTH = "2026-03"


@pytest.mark.parametrize("by_file", [True, False])
def test_a_base_set_while_another_is_being_set_waits_for_it(dues: DuesHarness, by_file: bool):
    member = dues.payer(1, base="3000")
    file = dues.upload([(dues.number(member), "4000")], MONTH, "bases")
    asked_for = {"member_id": member, "base": Decimal("5000"), "starts_on": date(2026, 2, 1), "reason": "人事核定"}

    def second() -> Any:
        return dues.post(file["id"]) if by_file else dues.base(member, "4000", date(2026, 3, 1))

    with ThreadPoolExecutor(1) as pool:
        with dues.transaction() as tx:
            bases.set_dues_base(tx, asked(contract.set_dues_base, **asked_for))
            waiting = pool.submit(second)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
        waiting.result(timeout=20)

    assert stored_bases(dues) == [
        (date(2025, 1, 1), date(2026, 1, 31), 3000),
        (date(2026, 2, 1), date(2026, 2, 28), 5000),
        (date(2026, 3, 1), None, 4000),
    ]


def stored_bases(dues: DuesHarness) -> list[tuple[date, date | None, Decimal]]:
    with dues.database.session() as session:
        stored = session.scalars(sa.select(DuesBase).order_by(DuesBase.starts_on)).all()
        return [(one.starts_on, one.ends_on, Decimal(one.base)) for one in stored]


def test_a_wrong_base_is_corrected_for_its_own_month_until_that_is_charged(dues: DuesHarness):
    member = dues.payer(1, base="3000")
    dues.base(member, "60000", date(2026, 3, 1))

    dues.base(member, "6000", date(2026, 3, 1))

    assert stored_bases(dues) == [
        (date(2025, 1, 1), date(2026, 2, 28), 3000),
        (date(2026, 3, 1), None, 6000),
    ]
    dues.charge(MONTH)
    assert dues.charges(MONTH)[member] == (Decimal("30.00"), 0)
    with pytest.raises(Refused) as refused:
        dues.base(member, "6100", date(2026, 3, 1))
    assert refused.value.rule == "dues.base_is_not_charged"
    dues.base(member, "6100", date(2026, 4, 1))


def test_a_file_corrects_wrong_bases_of_its_month_until_they_are_charged(dues: DuesHarness):
    first, second = dues.payer(1), dues.payer(2)
    rows = [(dues.number(first), "34870"), (dues.number(second), "34,870")]
    dues.post(dues.upload(rows, MONTH, "bases")["id"])
    dues.charge(MONTH)
    dues.post(dues.upload(rows, "2026-04", "bases")["id"])
    corrected = [(dues.number(first), "3,500"), (dues.number(second), "3500.00")]

    assert dues.upload(corrected, MONTH, "bases")["counts"] == {"late": 2}
    april = dues.upload([(dues.number(first), "3,600")], "2026-04", "bases")
    assert april["counts"] == {"exact": 1}
    dues.post(april["id"])

    with dues.database.session() as session:
        latest = {one.member_id: one.base for one in session.scalars(sa.select(DuesBase).order_by(DuesBase.starts_on))}
    assert latest == {first: "3600.00", second: "34870.00"}


def leave_open(dues: DuesHarness, member: UUID) -> None:
    """Store another open base behind the use case's back."""
    with dues.database.session() as session:
        set_by = {"source": "single", "set_at": clock.now(), "set_by": "x"}
        session.add(DuesBase(member_id=member, base="4000", starts_on=date(2026, 1, 1), ends_on=None, **set_by))


@pytest.mark.databases("postgresql", "sqlite")
def test_the_database_holds_one_open_base_of_a_member(dues: DuesHarness):
    member = dues.payer(1, base="3000")

    with pytest.raises(sa.exc.IntegrityError):
        leave_open(dues, member)


def test_what_was_left_open_is_ended_by_the_migration(dues: DuesHarness):
    member = dues.payer(1, base="3000")
    with dues.database.engine.begin() as connection:
        connection.execute(sa.text("DROP INDEX uq_dues_base_open"))
    leave_open(dues, member)

    with dues.database.engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        import_module("services.membership.migrations.versions.0013_one_open_base").upgrade()

    assert stored_bases(dues) == [
        (date(2025, 1, 1), date(2025, 12, 31), 3000),
        (date(2026, 1, 1), None, 4000),
    ]
