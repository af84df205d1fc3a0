"""A month's gifts, how each kind stands, and a member's own gifts."""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import values_on
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import rule_or_reason
from services.chassis.security.principal import require_member
from services.chassis.security.unit_scope import in_seen_units
from services.contracts.welfare.care_words import CARE_KINDS
from services.welfare.care import rules
from services.welfare.care.tables import CareGift
from services.welfare.care.use_cases.store import KINDS, index_of_kind, subject_of
from services.welfare.members.use_cases.member_copies import known_to_have_left
from services.welfare.rulebook.use_cases import rules_in_force as rulebook

_COUNTS = ("pending", "recorded")
"""States of a claim whose gift counts in the account of the year."""


def list_care_gifts(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of a month's gifts, by day."""
    statement = sa.select(CareGift).where(*of_month(request["year"], request["month"]))
    if request["kind"] is not None:
        statement = statement.where(CareGift.kind_index == index_of_kind(request["kind"]))
    if request["state"] is not None:
        statement = statement.where(CareGift.state == request["state"])
    statement = in_seen_units(statement, CareGift.unit_id, tx.principal, request["unit_id"])
    return page_of(tx, statement, request, [(CareGift.due_on, "asc"), (CareGift.id, "asc")]).reply()


def my_care_gifts(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the caller's own gifts; those withdrawn are left out."""
    member_id = require_member(tx.principal, "Only a member has gifts.", rule="care.caller_is_a_member")
    statement = sa.select(CareGift).where(CareGift.member_id == member_id, CareGift.state != rules.WITHDRAWN)
    return page_of(tx, statement, request, [(CareGift.id, "desc")]).reply()


def care_figures(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return how each kind stands in a month, and what may be given by the rules of today."""
    kinds, missing = rule_or_reason(tx, KINDS, tx.today)
    counted = {
        "due": to_give(),
        "given": CareGift.state == rules.GIVEN,
        "refused": CareGift.claim_state.in_(rules.CAN_BE_CLAIMED_AGAIN),
    }
    figures = [sa.func.count().filter(condition).label(name) for name, condition in counted.items()]
    statement = sa.select(CareGift.kind_index, *figures).where(*of_month(request["year"], request["month"]))
    rows = {row.kind_index: row for row in tx.session.execute(statement.group_by(CareGift.kind_index))}
    items = []
    for kind in CARE_KINDS:
        gift, row = rulebook.what_may_be_given(tx, kind, tx.today), rows.get(index_of_kind(kind))
        items.append(
            {
                "kind": kind,
                "offered": kinds is not None and kind in kinds.value,
                **{name: getattr(row, name) if row else 0 for name in counted},
                "cap": gift.cap.amount if gift.cap else None,
                "forms": gift.forms.value if gift.forms else [],
                "rule": rulebook.explained(gift.cap) if gift.cap else None,
                **rulebook.why_not(gift.missing),
            }
        )
    return {"year": request["year"], "month": request["month"], "items": items, **rulebook.why_not(missing)}


def given_as_care(tx: Transaction, member_id: UUID, first: date, last: date) -> dict[str, Decimal]:
    """Return what a member was given as standing care in a span of days, by benefit; for the member and officers."""
    given = sa.select(CareGift).where(
        CareGift.member_id == member_id, CareGift.given_on.between(first, last), CareGift.claim_state.in_(_COUNTS)
    )
    sums: dict[str, Decimal] = {}
    for gift in tx.session.scalars(given):
        sums[gift.kind] = sums.get(gift.kind, Decimal("0.00")) + (gift.amount or Decimal("0.00"))
    return sums


def uses_as_care(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> dict[tuple[str, int], Decimal]:
    """Return what a member was given as standing care by benefit and year, as it was known at the end of a day."""
    given = CareGift.member_id == member_id, CareGift.given_on.between(date(year_from, 1, 1), as_of)
    gifts = {subject_of(gift): gift for gift in tx.session.scalars(sa.select(CareGift).where(*given))}
    claims = values_on(tx, {subject: gift.claim_state for subject, gift in gifts.items()}, "claim_state", as_of)
    amounts = values_on(tx, {subject: gift.amount for subject, gift in gifts.items()}, "amount", as_of)
    sums: dict[tuple[str, int], Decimal] = {}
    for subject, gift in gifts.items():
        if claims[subject] in _COUNTS and gift.given_on is not None:
            use = gift.kind, gift.given_on.year
            sums[use] = sums.get(use, Decimal("0.00")) + Decimal(amounts[subject] or 0)
    return sums


def of_month(year: int, month: int) -> list[sa.ColumnElement[bool]]:
    """Return the conditions that a gift is due in a month."""
    last = calendar.monthrange(year, month)[1]
    return [CareGift.due_on >= date(year, month, 1), CareGift.due_on <= date(year, month, last)]


def to_give() -> sa.ColumnElement[bool]:
    """Return the condition that a gift is to be given, or that its claim is to be put again."""
    again = sa.and_(CareGift.state == rules.GIVEN, CareGift.claim_state.in_(rules.CAN_BE_CLAIMED_AGAIN))
    return sa.and_(sa.or_(CareGift.state == rules.DUE, again), CareGift.member_id.not_in(known_to_have_left()))


def count_to_give(tx: Transaction, *wanted: sa.ColumnElement[bool]) -> int:
    """Return how many gifts there are to give among those wanted."""
    return int(tx.session.scalar(sa.select(sa.func.count()).select_from(CareGift).where(*wanted, to_give())) or 0)
