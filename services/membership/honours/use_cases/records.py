"""Reading honours, and entering those of earlier years from papers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import is_among
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.security.principal import require_unit
from services.membership.honours import rules
from services.membership.honours.tables import Honour
from services.membership.record.use_cases import reading

_STATED = ("member_id", "title", "level", "category", "awarded_on", "document", "evidence")


def list_honours(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of honours of a member whom the caller may see, or of a unit in the caller's charge."""
    if request["member_id"] is not None:
        reading.visible_member(tx, request["member_id"])
        whose = Honour.member_id == request["member_id"]
    else:
        require_unit(tx.principal, request["unit_id"])
        whose = Honour.unit_id == request["unit_id"]
    statement = sa.select(Honour).where(whose, Honour.state == "stands")
    return page_of(tx, statement, request, [(Honour.awarded_on, "desc"), (Honour.id, "desc")]).reply()


def record_honour(tx: Transaction, request: Mapping[str, Any]) -> Honour:
    """Enter an honour of earlier years."""
    member = reading.visible_member(tx, request["member_id"])
    refuse_first(rules.awarded_on_is_possible(request["awarded_on"], member.birth_date, tx.today))
    honour = Honour(**{name: request[name] for name in _STATED}, source="papers", state="stands", noted_at=tx.now)
    honour.sequence = 0
    tx.session.add(honour)
    tx.session.flush()
    note_change(tx, f"member/{member.id}", {"honour": (None, honour.title)}, request["evidence"])
    return honour


def remove_honour(tx: Transaction, request: Mapping[str, Any]) -> Honour:
    """Delete an entered honour."""
    honour = tx.get(Honour, request["honour_id"], "There is no such honour.", field="honour_id", lock=True)
    refuse_first(rules.honour_was_typed_in(honour.source), rules.honour_stands(honour.state))
    honour.state = "revoked"
    note_change(tx, f"member/{honour.member_id}", {"honour": (honour.title, None)}, request["reason"])
    return honour


def honours_of(tx: Transaction, member_id: UUID) -> list[Honour]:
    """Return all standing honours of a member, newest first; a member has few."""
    whose = Honour.member_id == member_id, Honour.state == "stands"
    return list(tx.session.scalars(sa.select(Honour).where(*whose).order_by(Honour.awarded_on.desc(), Honour.id)))


def categories_by_member(tx: Transaction, member_ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return the categories of the standing honours of members, of those who have any, in one statement."""
    if not member_ids:
        return {}
    theirs = is_among(tx.session, [Honour.member_id], member_ids)
    statement = sa.select(Honour.member_id, Honour.category).where(theirs, Honour.state == "stands").distinct()
    found: dict[UUID, list[str]] = {}
    for row in tx.session.execute(statement.order_by(Honour.category)):
        found.setdefault(row.member_id, []).append(row.category)
    return found
