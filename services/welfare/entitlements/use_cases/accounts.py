"""Opening accounts, recording uses, and returning what is left by which rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.bulk import ROWS_PER_STATEMENT
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.identifiers import uuid7
from services.chassis.rules.optional import rule_or_reason
from services.chassis.security.principal import require_member, require_unit
from services.contracts.vocabulary import EMPLOYMENTS
from services.contracts.welfare.entitlements import EntitlementOpened
from services.welfare.care.use_cases.reading import given_as_care
from services.welfare.entitlements import rules
from services.welfare.entitlements.tables import EntitlementAccount, EntitlementUse
from services.welfare.entitlements.use_cases.dated_uses import keep_former
from services.welfare.members.use_cases import member_copies as members
from services.welfare.rulebook.use_cases import rules_in_force as rulebook
from services.welfare.visits.use_cases.access import sees_all
from services.welfare.visits.use_cases.given import given_at_visits

NOTHING = Decimal("0.00")
ACCOUNTS_A_TURN = 1_000


def open_on_joining(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Open the account of the year for new members, once each even if the event is repeated."""
    by_year: dict[int, set[UUID]] = defaultdict(set)
    for event in events:
        by_year[rules.year_of_account(event.data["joined_on"], day_of(event.time))].add(event.data["member_id"])
    for year, member_ids in sorted(by_year.items()):
        _open(tx, sorted(member_ids), year)


def open_new_year(tx: Transaction) -> int:
    """Open this year's account for some members without one. Returns how many were checked."""
    waiting = members.without_account(tx, tx.today.year, rules.HAS_ACCOUNT, ACCOUNTS_A_TURN)
    _open(tx, sorted(waiting), tx.today.year)
    return len(waiting)


def note_uses(tx: Transaction, uses: Iterable[dict[str, Any]]) -> None:
    """Store uses of accounts: member_id, benefit_key, amount, used_on, source_id; once for each source."""
    rows = [{"id": uuid7(), "year": use["used_on"].year, "recorded_on": tx.today, **use} for use in uses]
    for start in range(0, len(rows), ROWS_PER_STATEMENT):
        part = rows[start : start + ROWS_PER_STATEMENT]
        statement = upsert(tx.session, EntitlementUse).values(part)
        tx.session.execute(statement.on_conflict_do_nothing(index_elements=["source_id"]))


def drop_uses(tx: Transaction, source_ids: Collection[UUID]) -> None:
    """Delete uses whose source was withdrawn; that they stood until today is kept."""
    keep_former(tx, source_ids)
    tx.session.execute(sa.delete(EntitlementUse).where(EntitlementUse.source_id.in_(source_ids)))


def my_entitlements(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the caller's own entitlement account."""
    member_id = require_member(tx.principal, "Only a member has an account.", rule="entitlements.caller_is_a_member")
    return _account(tx, member_id, request["as_of"], whole=True)


def entitlements_of(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a member's entitlement account; to a chair without gifts at visits, which tell why they were made."""
    member = members.member_of(tx, request["member_id"])
    require_unit(tx.principal, member.unit_id)
    whole = sees_all(tx.principal) or tx.principal.member_id == member.member_id
    return _account(tx, member.member_id, request["as_of"], whole=whole)


def benefits_by_employment(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return which benefits each kind of employment has on a day."""
    on = request["on"] or tx.today
    items = []
    for employment in EMPLOYMENTS:
        listed, missing = rule_or_reason(tx, rulebook.ITEMS, on, employment)
        benefits = [_item(tx, key, NOTHING, on, employment) for key in (listed.value if listed else ())]
        rule = rulebook.explained(listed) if listed else None
        items.append({"employment": employment, "benefits": benefits, "rule": rule, **rulebook.why_not(missing)})
    return {"on": on, "items": items}


def _open(tx: Transaction, member_ids: Sequence[UUID], year: int) -> None:
    for start in range(0, len(member_ids), ROWS_PER_STATEMENT):
        part = member_ids[start : start + ROWS_PER_STATEMENT]
        rows = [{"id": uuid7(), "member_id": member_id, "year": year, "opened_on": tx.today} for member_id in part]
        statement = (
            upsert(tx.session, EntitlementAccount)
            .values(rows)
            .on_conflict_do_nothing(index_elements=["member_id", "year"])
            .returning(EntitlementAccount.id, EntitlementAccount.member_id)
        )
        opened = sorted((row.id, row.member_id) for row in tx.session.execute(statement))
        tx.record(*(EntitlementOpened(account_id=id, member_id=member_id, year=year) for id, member_id in opened))
        members.note_account_year(tx, part, year)


def _account(tx: Transaction, member_id: UUID, as_of: date | None, *, whole: bool) -> dict[str, Any]:
    on = as_of or tx.today
    account = tx.session.scalars(
        sa.select(EntitlementAccount).where(
            EntitlementAccount.member_id == member_id, EntitlementAccount.year == on.year
        )
    ).one_or_none()
    scope = members.employment_of(tx, member_id)
    listed, missing = rule_or_reason(tx, rulebook.ITEMS, on, scope)
    used = _used(tx, member_id, on, whole=whole)
    keys = [*(listed.value if listed else ()), *sorted(used)]
    return {
        "member_id": member_id,
        "account_id": account.id if account else None,
        "year": on.year,
        "as_of": on,
        "opened_on": account.opened_on if account else None,
        "closed": members.standings_of(tx, [member_id]).get(member_id) in rules.CLOSED_FOR,
        "items": [_item(tx, key, used.get(key, NOTHING), on, scope) for key in dict.fromkeys(keys)],
        **rulebook.why_not(missing),
    }


def _used(tx: Transaction, member_id: UUID, on: date, *, whole: bool) -> dict[str, Decimal]:
    statement = (
        sa.select(EntitlementUse.benefit_key, sa.func.sum(EntitlementUse.amount).label("used"))
        .where(EntitlementUse.member_id == member_id, EntitlementUse.year == on.year, EntitlementUse.used_on <= on)
        .group_by(EntitlementUse.benefit_key)
    )
    used: dict[str, Decimal] = {row.benefit_key: row.used for row in tx.session.execute(statement)}
    if whole:
        for given in (given_at_visits, given_as_care):
            for key, amount in given(tx, member_id, date(on.year, 1, 1), on).items():
                used[key] = used.get(key, NOTHING) + amount
    return used


def _item(tx: Transaction, key: str, used: Decimal, on: date, scope: str | None) -> dict[str, Any]:
    cap, missing = rule_or_reason(tx, f"benefit.{key}.cap", on, scope)
    return {
        "benefit_key": key,
        "cap": cap.amount if cap else None,
        "used": used,
        "remaining": rules.remaining(cap.amount, used, cap.basis) if cap else None,
        "rule": rulebook.explained(cap) if cap else None,
        **rulebook.why_not(missing),
    }
