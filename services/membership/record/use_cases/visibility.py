"""Who sees and changes which field of a record, computed from the one table of fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from services.chassis.security.encryption import mask_email, mask_id_number, mask_name, mask_phone
from services.chassis.security.principal import Principal
from services.contracts.membership.record import fields
from services.membership.record.rules import STANDS
from services.membership.record.tables import Member

_KEPT_OPEN = 3


def _mask_address(address: str) -> str:
    return f"{address[:_KEPT_OPEN]}****"


def _hide(_value: str) -> str:
    return "****"


_MASKS: dict[str, Callable[[str], str]] = {
    "id_number": mask_id_number,
    "phone": mask_phone,
    "email": mask_email,
    "name": mask_name,
    "address": _mask_address,
    "hidden": _hide,
}


def capacities(principal: Principal, member_id: UUID, unit_id: UUID) -> frozenset[str]:
    """Return what somebody is to a member's record; a service of the union sees what an officer sees."""
    held = set()
    if principal.kind == "service" or principal.has("officer"):
        held.add(fields.OFFICER)
    if principal.has("auditor"):
        held.add(fields.AUDITOR)
    if unit_id in principal.units("chair"):
        held.add(fields.CHAIR)
    if principal.member_id is not None and principal.member_id == member_id:
        held.add(fields.SELF)
    return frozenset(held)


def to_reply(principal: Principal, member: Member) -> dict[str, Any]:
    """Return a record as the caller may see it: masked, and null for fields the caller may not see."""
    held = capacities(principal, member.id, member.unit_id)
    seen = fields.seen_by(held)
    record = {name: masked(name, getattr(member, name)) if name in seen else None for name in fields.BY_NAME}
    changeable = fields.changed_by(held) if member.standing in STANDS else frozenset()
    return {
        **record,
        "id": member.id,
        "version": member.version,
        "updated_at": member.updated_at,
        "seen": in_order(seen),
        "changeable": in_order(changeable),
        "unmaskable": list(fields.shown_plain_to(held)),
    }


def masked(field: str, value: Any) -> Any:
    """Return a field's value as it may be shown, in answers and in the history alike."""
    mask = fields.BY_NAME[field].mask if field in fields.BY_NAME else None
    return value if value is None or mask is None else _MASKS[mask](value)


def visible_changes(changes: Mapping[str, Any], held: frozenset[str]) -> list[dict[str, Any]]:
    """Return the changes of an entry that somebody may see; a chair sees none in what is no field of the record."""
    seen, beyond = fields.seen_by(held), bool(held - {fields.CHAIR})
    return [
        {"field": name, **values}
        for name, values in changes.items()
        if (name in seen if name in fields.BY_NAME else beyond)
    ]


def in_order(names: frozenset[str]) -> list[str]:
    """Return fields in the order of the table."""
    return [name for name in fields.BY_NAME if name in names]
