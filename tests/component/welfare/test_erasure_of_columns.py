"""Every encrypted column of welfare is erased with a former member's data, or listed here with why it stays."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import pytest
import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.engine import UtcDateTime, Yuan
from services.chassis.security.encryption import EncryptedBytes, EncryptedText
from services.contracts.membership.retention import MemberAnonymised
from services.welfare import service  # noqa: F401  all tables are known once the service is
from services.welfare.base import Base
from tests.component.welfare.harness import WelfareHarness

WORD = "隐私"
STAYS = {
    "care_gift.kind": "which gift was given, as in the ledger",
    "care_gift.refused_rule": "which rule refused a gift, as in the ledger",
    "life_event.occasion": "what was visited, for the counts of visits by occasion",
    "payment_request.benefit_key": "of a source, whose event in the ledger names it too",
    "payment_request.refused_rule": "of a source, as in the ledger",
    "funding.benefit_key": "of a source, whose event in the ledger names it too",
    "funding.refused_rule": "of a source, as in the ledger",
    "recuperation_round.secret": "of a draw, of no person",
    "supplier.contact": "of a firm, not of a member",
    "supplier.phone": "of a firm, not of a member",
    "purchase.present": "who decided a purchase; part of its evidence",
    "visit.rule_key": "the benefit of a visit, as in the ledger",
    "visit.type_id": "what was visited, for the counts of visits by occasion",
    "visit.refused_rule": "which rule refused a visit's claim, as in the ledger",
    "visit_claim.refused_rule": "which rule refused a visit's claim, as in the ledger",
}
"""Encrypted columns that are kept, and why."""
SENTINELS = {"—", ""}


def encrypted() -> dict[str, sa.Column[Any]]:
    columns = (column for table in Base.metadata.sorted_tables for column in table.columns)
    return {f"{one.table.name}.{one.name}": one for one in columns if isinstance(one.type, EncryptedText)}


def test_the_list_names_columns_that_there_are() -> None:
    assert STAYS.keys() - encrypted().keys() == set()


@pytest.mark.databases("postgresql", "sqlite")
def test_every_other_encrypted_column_is_erased_with_the_members_data(welfare_without_rules: WelfareHarness) -> None:
    welfare = welfare_without_rules
    member_id = uuid4()
    with welfare.transaction() as tx:
        for table in Base.metadata.sorted_tables:
            if table.name in _wanted():
                tx.session.execute(table.insert().values(_row(table, member_id)))
    welfare.receive("on_member_anonymised", welfare.example_message(MemberAnonymised, None, member_id=member_id))

    left = []
    with welfare.transaction() as tx:
        for name, column in encrypted().items():
            values = tx.session.scalars(sa.select(column)).all()
            left += [name for value in values if value not in SENTINELS and value is not None]
    assert sorted(set(left) - STAYS.keys()) == []


def _wanted() -> set[str]:
    """Return the tables with encrypted columns, and those they point to."""
    names = {column.table.name for column in encrypted().values()}
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in names:
            names |= {key.column.table.name for key in table.foreign_keys}
    return names


def _row(table: sa.Table, member_id: UUID) -> dict[str, Any]:
    return {column.name: _value(column, member_id) for column in table.columns if column.autoincrement is not True}


def _value(column: sa.Column[Any], member_id: UUID) -> Any:
    if column.foreign_keys:
        return _value(next(iter(column.foreign_keys)).column, member_id)
    if isinstance(column.type, sa.Uuid):
        return member_id if column.name == "member_id" else uuid5(NAMESPACE_URL, _key(column))
    if isinstance(column.type, EncryptedText):
        return WORD
    return _plain(column)


def _key(column: sa.Column[Any]) -> str:
    return column.table.name if column.primary_key else f"{column.table.name}.{column.name}"


def _plain(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, Yuan | UtcDateTime | EncryptedBytes):
        return {Yuan: Decimal("1.00"), UtcDateTime: clock.now(), EncryptedBytes: b"x"}[type(column.type)]
    if isinstance(column.type, sa.JSON):
        return []
    kind = column.type.python_type
    if kind is str:
        return re.sub(r"\W", "", column.name)[: getattr(column.type, "length", None) or 8]
    return {
        bool: False,
        int: 1,
        date: date(2020, 1, 1),
    }[kind]
