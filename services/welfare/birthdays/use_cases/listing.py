"""Drawing up a month's list, and its figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import ROWS_PER_STATEMENT
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.process.runtime import Call
from services.contracts.membership.birthdays import BIRTHDAY_CALENDARS
from services.contracts.membership.record import operations as membership
from services.welfare.birthdays import rules
from services.welfare.birthdays.tables import BirthdayGrant, BirthdayMonth
from services.welfare.members.use_cases.member_copies import standings_of
from services.welfare.rulebook.use_cases import rules_in_force as rulebook

BENEFIT = "birthday"
PAGE = 1_000
CELEBRATED = frozenset({"active", "transferring"})
"""Standings on the list. There is no rule for others, so they are left out."""


def draw_up_birthday_list(call: Call, request: dict[str, Any]) -> dict[str, Any]:
    """Put all members with a birthday in the month on the list, page by page; existing grants are not changed.

    Membership is called outside of transactions. After an interruption it can be repeated.
    """
    year, month = request["year"], request["month"]
    with call.transaction() as tx:
        refuse_first(rules.month_can_be_drawn_up(year, month, tx.today))
    added = sum(_list_by(call, calendar, year, month) for calendar in BIRTHDAY_CALENDARS)
    with call.transaction() as tx:
        _note_drawn_up(tx, year, month)
        return {**month_answer(tx, year, month), "added": added}


def _list_by(call: Call, calendar: str, year: int, month: int) -> int:
    """Put those on the list who celebrate by a calendar. Returns how many were added."""
    added, cursor = 0, None
    while True:
        asked = {"calendar": calendar, "year": year, "month": month, "cursor": cursor, "limit": PAGE}
        page = call.rpc(membership.birthdays, asked)
        with call.transaction() as tx:
            added += _put_on_list(tx, year, month, page["items"])
        cursor = page.get("next_cursor")
        if cursor is None:
            return added


def month_answer(tx: Transaction, year: int, month: int) -> dict[str, Any]:
    """Return the figures of a month, and what may be given by the rules of today."""
    grants = [BirthdayGrant.year == year, BirthdayGrant.month == month]
    counted = {name: BirthdayGrant.state == name for name in ("listed", "issued", "collected", "withdrawn")}
    counted["refused"] = BirthdayGrant.claim_state == "refused"
    figures = [sa.func.count().filter(condition).label(name) for name, condition in counted.items()]
    counts = tx.session.execute(sa.select(*figures).select_from(BirthdayGrant).where(*grants)).one()
    drawn_up = tx.session.get(BirthdayMonth, (year, month))
    gift = rulebook.what_may_be_given(tx, BENEFIT, tx.today)
    return {
        "year": year,
        "month": month,
        "drawn_up_at": drawn_up.drawn_up_at if drawn_up else None,
        "added": 0,
        **counts._mapping,
        "cap": gift.cap.amount if gift.cap else None,
        "forms": gift.forms.value if gift.forms else [],
        "rule": rulebook.explained(gift.cap) if gift.cap else None,
        **rulebook.why_not(gift.missing),
    }


def _put_on_list(tx: Transaction, year: int, month: int, born: Iterable[dict[str, Any]]) -> int:
    """Add those who are not on the year's list yet. Returns how many were added."""
    by_member = {UUID(person["member_id"]): person for person in born}
    known = standings_of(tx, by_member)
    rows = [
        {
            "id": uuid7(),
            "member_id": member_id,
            "unit_id": UUID(person["unit_id"]),
            "year": year,
            "month": month,
            "celebrated_on": rules.celebrated_on(year, month, person["day"]),
            "state": "listed",
            "claim_state": "none",
            "claim_sequence": 0,
        }
        for member_id, person in sorted(by_member.items())
        if known.get(member_id, "active") in CELEBRATED
    ]
    added = 0
    for start in range(0, len(rows), ROWS_PER_STATEMENT):
        part = rows[start : start + ROWS_PER_STATEMENT]
        statement = (
            upsert(tx.session, BirthdayGrant)
            .values(part)
            .on_conflict_do_nothing(index_elements=["member_id", "year"])
            .returning(BirthdayGrant.id)
        )
        added += len(tx.session.execute(statement).all())
    return added


def _note_drawn_up(tx: Transaction, year: int, month: int) -> None:
    values = {"drawn_up_at": tx.now, "drawn_up_by": tx.principal.account_id}
    statement = upsert(tx.session, BirthdayMonth).values(year=year, month=month, **values)
    tx.session.execute(statement.on_conflict_do_update(index_elements=["year", "month"], set_=values))
