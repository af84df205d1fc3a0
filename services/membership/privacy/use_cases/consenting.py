"""The own consents: seen, given, withdrawn; and what a withdrawal ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.files.storage import erase_files
from services.chassis.security.principal import require_member
from services.contracts.membership.privacy import GIVEN_BY_MEMBERS, ConsentWithdrawn
from services.membership.consents.use_cases import consents
from services.membership.consents.use_cases.wordings import given_by_member
from services.membership.family.use_cases import stating
from services.membership.record.use_cases import roster
from services.membership.record.use_cases.standing import member_of
from services.membership.standing.use_cases import leaving


def my_consents(tx: Transaction) -> dict[str, Any]:
    """The own consents, and what may be agreed to now."""
    member_id = own_member(tx)
    standing = consents.standing_purposes(tx, member_id)
    return {
        "items": given_by_member(tx, member_id),
        "open_purposes": [purpose for purpose in GIVEN_BY_MEMBERS if purpose not in standing],
    }


def give_consent(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Agree to a purpose; agreeing twice changes nothing."""
    member_id = own_member(tx)
    tx.lock(f"consents-{member_id}")
    if request["purpose"] not in consents.standing_purposes(tx, member_id):
        consents.give(tx, member_id, request["purpose"], request["version"])
        note_change(tx, f"member/{member_id}", {"consent": (None, request["purpose"])})
    return my_consents(tx)


def withdraw_consent(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Withdraw a consent; what rested on it ends in the same transaction."""
    member_id, consent_id = own_member(tx), request["consent_id"]
    purpose = consents.standing_consent(tx, member_id, consent_id)
    consents.mark_withdrawn(tx, consent_id)
    caused = _CAUSES[purpose](tx, member_id, consent_id)
    note_change(tx, f"member/{member_id}", {"consent": (purpose, None)})
    tx.record(ConsentWithdrawn(consent_id=consent_id, member_id=member_id, purpose=purpose))
    return {"purpose": purpose, "caused": caused}


def own_member(tx: Transaction) -> UUID:
    """Return whose data it is. Raises `NotAllowed` for an account without a membership."""
    return require_member(tx.principal, "Only a member has data here.")


def _erase_photo(tx: Transaction, member_id: UUID, _consent_id: UUID) -> list[str]:
    return ["photo_erased"] if erase_files(tx, f"member/{member_id}", purpose="photo") else []


def _unpublish(_tx: Transaction, _member_id: UUID, _consent_id: UUID) -> list[str]:
    """The record itself publishes nothing; a service that publishes receives the event of the withdrawal."""
    return ["unpublished"]


def _erase_children(tx: Transaction, _member_id: UUID, consent_id: UUID) -> list[str]:
    return ["children_erased"] if stating.erase_covered_by(tx, consent_id) else []


def _ask_to_leave(tx: Transaction, member_id: UUID, _consent_id: UUID) -> list[str]:
    """A membership needs the processing of its data, so the withdrawal counts as a request to leave."""
    if not roster.stands(member_of(tx, member_id).standing):
        return []
    if leaving.open_request(tx, member_id) is None:
        leaving.request_leave(tx, {"reason": None})
    return ["leave_requested"]


_CAUSES: dict[str, Callable[[Transaction, UUID, UUID], list[str]]] = {
    "processing": _ask_to_leave,
    "sensitive": _ask_to_leave,
    "photo": _erase_photo,
    "publication": _unpublish,
    "guardian": _erase_children,
}
