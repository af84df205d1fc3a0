"""Erases data of former members after their retention periods, class by class, by the rules in force.

The number, the unit and the days stay, for the ledger and for statistics. The keyed hash of the identity number stays
as long as `retention.re_joining` says, so that a person who joins again gets the former number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import rule_or_none
from services.contracts.membership.retention import ERASED_CLASSES, MemberAnonymised
from services.membership.privacy import rules
from services.membership.privacy.tables import Erasure
from services.membership.privacy.use_cases import erasers
from services.membership.record.use_cases.former import FORMER, Member

AT_ONCE = 200
"""Members of one class in one transaction."""


def list_retention_rules(tx: Transaction, _request: Mapping[str, Any]) -> dict[str, Any]:
    """Every class with its rule of today; what has none is kept."""
    items = []
    for data_class in ERASED_CLASSES:
        rule = rule_or_none(tx, f"retention.{data_class}", tx.today)
        told = {"months": rule.count, "document": rule.document, "ruleset": rule.ruleset} if rule else {"months": None}
        items.append({"data_class": data_class, **told})
    return {"items": items}


def preview_erasures(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of former members with the classes that fall due within so many days, earliest leavers first."""
    months = _months(tx)
    horizon = date.fromordinal(tx.today.toordinal() + request["within_days"])
    due = [_due(data_class, count, horizon) for data_class, count in months.items()]
    statement = sa.select(Member).where(sa.or_(sa.false(), *due), FORMER)
    page = page_of(tx, statement, request, [(Member.left_on, "asc"), (Member.id, "asc")])
    done = _done(tx, [member.id for member in page.rows])
    return page.reply([_preview(member, months, done, horizon) for member in page.rows])


def erase_due(tx: Transaction) -> int:
    """Erase what is due today, at most `AT_ONCE` members of each class; return how many erasures were made."""
    made = 0
    for data_class, count in _months(tx).items():
        statement = sa.select(Member).where(_due(data_class, count, tx.today), FORMER)
        # Members who are joining again at this moment are skipped; afterwards they are no former members.
        held = statement.order_by(Member.left_on, Member.id).limit(AT_ONCE).with_for_update(skip_locked=True)
        members = tx.session.scalars(held.execution_options(populate_existing=True)).all()
        if members:
            _erase(tx, data_class, members)
            made += len(members)
    return made


def births_erased(tx: Transaction, member_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Return of which of the members the day of birth was erased, so that only its year is known."""
    if not member_ids:
        return frozenset()
    done = sa.select(Erasure.member_id).where(Erasure.member_id.in_(member_ids), Erasure.data_class == "birth")
    return frozenset(tx.session.scalars(done))


def due_now(tx: Transaction, data_class: str, most: int) -> list[UUID]:
    """Return members whose data of a class are due to be erased today by the rule in force; none without a rule."""
    rule = rule_or_none(tx, f"retention.{data_class}", tx.today)
    if rule is None:
        return []
    due = sa.select(Member.id).where(_due(data_class, rule.count, tx.today))
    return list(tx.session.scalars(due.order_by(Member.left_on, Member.id).limit(most)))


def _erase(tx: Transaction, data_class: str, members: Sequence[Member]) -> None:
    erasers.ERASERS[data_class](tx, members)
    rows = [
        {"member_id": member.id, "data_class": data_class, "left_on": member.left_on, "erased_at": tx.now}
        for member in members
    ]
    tx.session.execute(sa.insert(Erasure), rows)
    if data_class == "identity":
        for member in members:
            member.anonymised_at = tx.now
            tx.record(MemberAnonymised(member_id=member.id))


def _months(tx: Transaction) -> dict[str, int]:
    found = {name: rule_or_none(tx, f"retention.{name}", tx.today) for name in ERASED_CLASSES}
    return {name: rule.count for name, rule in found.items() if rule is not None}


def _due(data_class: str, months: int, on: date) -> sa.ColumnElement[bool]:
    """Members who left long enough ago, and whose class has not been erased since."""
    erased = sa.exists().where(
        Erasure.member_id == Member.id, Erasure.data_class == data_class, Erasure.left_on == Member.left_on
    )
    return sa.and_(Member.left_on <= rules.latest_departure(on, months), ~erased)


def _done(tx: Transaction, member_ids: Sequence[UUID]) -> set[tuple[UUID, str, date]]:
    statement = sa.select(Erasure.member_id, Erasure.data_class, Erasure.left_on)
    found = tx.session.execute(statement.where(Erasure.member_id.in_(member_ids)))
    return {(row.member_id, row.data_class, row.left_on) for row in found}


def _preview(
    member: Member, months: Mapping[str, int], done: set[tuple[UUID, str, date]], horizon: date
) -> dict[str, Any]:
    left_on = member.left_on
    assert left_on is not None
    days = {
        name: rules.kept_until(left_on, count)
        for name, count in months.items()
        if (member.id, name, left_on) not in done
    }
    classes = [name for name, day in days.items() if day <= horizon]
    return {
        "member_id": member.id, "number": member.number, "unit_id": member.unit_id, "standing": member.standing,
        "left_on": left_on, "classes": classes, "due_on": min(days[name] for name in classes),
    }  # fmt: skip
