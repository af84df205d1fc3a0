"""Collects all data that membership stores about a member, for the member (个人信息保护法 Art. 45)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.chassis.database.history import accesses_of, history_of
from services.chassis.database.transaction import Transaction
from services.contracts.membership.record import fields
from services.membership.consents.use_cases.wordings import given_by_member
from services.membership.family.use_cases.reading import people_of
from services.membership.honours.use_cases.records import honours_of
from services.membership.privacy.use_cases.consenting import own_member
from services.membership.record.use_cases import birthday_choices
from services.membership.record.use_cases.reading import note_look
from services.membership.record.use_cases.standing import member_of

_LATEST = 100
_HONOUR = ("title", "level", "category", "awarded_on", "document", "evidence", "source")


def my_record(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The own record in plain with all that stands beside it; the look is logged like any other."""
    member_id = own_member(tx)
    member = member_of(tx, member_id)
    note_look(tx, member_id, "own_copy", request["purpose"])
    sections = {
        "record": {name: getattr(member, name) for name in fields.BY_NAME},
        "birthday_calendar": birthday_choices.my_birthday_calendar(tx, {}),
        "honours": [{name: getattr(honour, name) for name in _HONOUR} for honour in honours_of(tx, member_id)],
        "family": people_of(tx, member_id),
        "consents": given_by_member(tx, member_id),
        "changes": _changes(tx, member_id),
        "accesses": _accesses(tx, member_id),
    }
    return {"sections": {name: _as_json(section) for name, section in sections.items()}}


def _changes(tx: Transaction, member_id: UUID) -> list[dict[str, Any]]:
    page = history_of(tx, f"member/{member_id}", limit=_LATEST)
    return [{"at": entry.changed_at, "changes": entry.changes, "reason": entry.reason} for entry in page.rows]


def _accesses(tx: Transaction, member_id: UUID) -> list[dict[str, Any]]:
    page = accesses_of(tx, f"member/{member_id}", limit=_LATEST)
    return [{"at": entry.seen_at, "field": entry.field, "purpose": entry.purpose} for entry in page.rows]


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _as_json(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_as_json(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
