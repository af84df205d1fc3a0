"""Reading lists, collecting vouchers, taking somebody off the list, hearing the funds' answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.security.principal import require_member, require_unit
from services.chassis.security.unit_scope import in_seen_units
from services.welfare.birthdays import rules
from services.welfare.birthdays.tables import BirthdayGrant, BirthdayRun
from services.welfare.birthdays.use_cases.issuing import index_of
from services.welfare.birthdays.use_cases.runs import going_on


def list_birthday_grants(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of a month's birthday grants."""
    statement = sa.select(BirthdayGrant).where(
        BirthdayGrant.year == request["year"], BirthdayGrant.month == request["month"]
    )
    if request["state"] is not None:
        statement = statement.where(BirthdayGrant.state == request["state"])
    statement = in_seen_units(statement, BirthdayGrant.unit_id, tx.principal, request["unit_id"])
    return page_of(tx, statement, request, [(BirthdayGrant.celebrated_on, "asc"), (BirthdayGrant.id, "asc")]).reply()


def my_birthday_grants(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the caller's own birthday grants."""
    member_id = require_member(tx.principal, "Only a member has birthday care.", rule="birthdays.caller_is_a_member")
    statement = sa.select(BirthdayGrant).where(BirthdayGrant.member_id == member_id, BirthdayGrant.state != "withdrawn")
    return page_of(tx, statement, request, [(BirthdayGrant.year, "desc"), (BirthdayGrant.id, "desc")]).reply()


def collect_birthday_voucher(tx: Transaction, request: dict[str, Any]) -> BirthdayGrant:
    """Record once that a voucher was collected, by its code."""
    statement = sa.select(BirthdayGrant).where(BirthdayGrant.code_index == index_of(request["code"]))
    grant = tx.session.scalars(statement.with_for_update()).one_or_none()
    if grant is None:
        raise NotFound("No voucher has this code.", field="code")
    require_unit(tx.principal, grant.unit_id, also=("officer",))
    refuse_first(rules.voucher_can_be_collected(grant.state, grant.collect_by, tx.today))
    grant.state, grant.collected_at, grant.collected_by = "collected", tx.now, tx.principal.account_id
    return grant


def withdraw_birthday_grant(tx: Transaction, request: dict[str, Any]) -> BirthdayGrant:
    """Remove a member from the list before the voucher is issued; drawing up the list again does not add the member."""
    grant = _load(tx, request["grant_id"])
    if grant is None:
        raise NotFound("There is no such grant.", field="grant_id")
    being_issued = tx.session.scalar(sa.select(going_on().where(BirthdayRun.id == grant.run_id).exists()))
    refuse_first(rules.grant_can_be_withdrawn(grant.state, bool(being_issued)))
    note_change(tx, f"birthday_grant/{grant.id}", {"state": (grant.state, "withdrawn")})
    grant.state, grant.withdraw_reason = "withdrawn", request["reason"]
    return grant


def on_answer(tx: Transaction, event: ReceivedEvent, claim_state: str) -> None:
    """Store the funds' answer to a grant: recorded, refused or reversed; older answers that come late are ignored."""
    grant = _load(tx, event.data["source_id"])
    if grant is None or event.sequence <= grant.claim_sequence:
        return
    grant.claim_sequence = event.sequence
    grant.claim_state = claim_state
    grant.entry_id = event.data["entry_id"] if claim_state == "recorded" else None
    grant.refused_rule = event.data["rule"] if claim_state == "refused" else None


def _load(tx: Transaction, grant_id: UUID) -> BirthdayGrant | None:
    return tx.session.get(BirthdayGrant, grant_id, with_for_update=True, populate_existing=True)
