"""Finding claims, who sees what of them, and keeping each step with its event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.files.storage import StoredFile, files_of_each
from services.chassis.security.principal import Principal, require_unit
from services.contracts.welfare.mutual_aid.events import MutualAidClaimChanged
from services.contracts.welfare.mutual_aid.vocabulary import CLAIM_TEXTS
from services.welfare.mutual_aid.tables import Claim, MutualAidPlan
from services.welfare.mutual_aid.workflow import CLAIM, CLAIMANT

DOCUMENTS = "mutual_aid_claim"
"""What the files of a claim are stored for."""
_OUTSIDE = ("id", "member_id", "unit_id", "state", "due_on", "submitted_at", "forwarded_at", "sent_on_at")
_INSIDE = ("plan_id", "event_on", "asked", "paid", "paid_on", "decision_id")


def claim_of(tx: Transaction, claim_id: UUID, *, lock: bool = False) -> Claim:
    """Return a claim. Raises `NotFound`."""
    return tx.get(Claim, claim_id, "There is no such claim.", field="claim_id", lock=lock)


def subject_of(claim: Claim) -> str:
    """Return the name under which changes, looks and files of a claim are kept."""
    return f"mutual_aid_claim/{claim.id}"


def is_own(principal: Principal, claim: Claim) -> bool:
    """Whether the claim is the caller's."""
    return principal.member_id is not None and principal.member_id == claim.member_id


def opens_documents(principal: Principal, claim: Claim) -> bool:
    """Whether the caller sees what the claim says and its documents: the member, and officers."""
    return is_own(principal, claim) or principal.has("officer")


def sees_sums(principal: Principal, claim: Claim) -> bool:
    """Whether the caller sees plan, event and sums: as above, and auditors."""
    return opens_documents(principal, claim) or principal.has("auditor") or principal.kind == "service"


def require_sight(principal: Principal, claim: Claim) -> None:
    """Raise `NotAllowed` unless the claim is one's own, or of a unit in sight."""
    if not is_own(principal, claim):
        require_unit(principal, claim.unit_id)


def require_documents(principal: Principal, claim: Claim) -> None:
    """Raise `NotAllowed` unless the caller sees what the claim says."""
    if not opens_documents(principal, claim):
        raise NotAllowed("What a claim says is for the member and officers.", rule="mutual_aid.claim_is_sealed")


def move(tx: Transaction, claim: Claim, action: str) -> None:
    """Take a claim on by an action, keep the step, announce it. Raises `Refused` where its state does not allow it."""
    roles = set(tx.principal.roles) | ({CLAIMANT} if is_own(tx.principal, claim) else set())
    state = CLAIM.apply(claim.state, action, roles=roles)
    note_change(tx, subject_of(claim), {"state": (claim.state, state)})
    claim.state = state
    announce(tx, claim)


def announce(tx: Transaction, claim: Claim) -> None:
    """Record how a claim stands."""
    tx.record(
        MutualAidClaimChanged(
            claim_id=claim.id, member_id=claim.member_id, unit_id=claim.unit_id, state=claim.state, due_on=claim.due_on
        )
    )


def claim_replies(tx: Transaction, claims: list[Claim]) -> list[dict[str, Any]]:
    """Return claims as the caller may see them."""
    shown = {one.plan_id for one in claims if sees_sums(tx.principal, one)}
    plans = tx.session.execute(sa.select(MutualAidPlan.id, MutualAidPlan.name).where(MutualAidPlan.id.in_(shown)))
    names = {row.id: row.name for row in plans} if shown else {}
    return [_reply(tx.principal, one, names) for one in claims]


def claim_reply(tx: Transaction, claim: Claim) -> dict[str, Any]:
    """Return a claim as the caller may see it."""
    return claim_replies(tx, [claim])[0]


def claim_detail(tx: Transaction, claim: Claim) -> dict[str, Any]:
    """Return a claim with its documents where the caller may open them, and what it says where it is the caller's."""
    return claim_details(tx, [claim])[0]


def claim_details(tx: Transaction, claims: list[Claim]) -> list[dict[str, Any]]:
    """Return claims as `claim_detail` does, with one question for all documents."""
    subjects = [subject_of(one) for one in claims if opens_documents(tx.principal, one)]
    files = files_of_each(tx, subjects, purpose=DOCUMENTS)
    return [
        {**told, **_inside(tx.principal, one, files.get(subject_of(one), []))}
        for told, one in zip(claim_replies(tx, claims), claims, strict=True)
    ]


def _inside(principal: Principal, claim: Claim, files: Sequence[StoredFile]) -> dict[str, Any]:
    """Return what a claim says to its member, and which texts there are to officers, who read them for a purpose."""
    if not opens_documents(principal, claim):
        return {"sealed": True}
    written = {name: getattr(claim, name) for name in CLAIM_TEXTS}
    own = is_own(principal, claim)
    return {
        **{name: text if own else None for name, text in written.items()},
        "texts": [name for name, text in written.items() if text is not None],
        "documents": [_document(file) for file in files],
        "documents_erased_on": claim.documents_erased_on,
        "sealed": False,
    }


def _document(file: StoredFile) -> dict[str, Any]:
    names = ("id", "media_type", "size", "stored_at")
    return {**{name: getattr(file, name) for name in names}, "kind": file.name.partition(".")[0]}


def _reply(principal: Principal, claim: Claim, plan_names: dict[UUID, str]) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(claim, name) for name in _OUTSIDE}
    if sees_sums(principal, claim):
        told |= {name: getattr(claim, name) for name in _INSIDE}
        told["plan_name"] = plan_names[claim.plan_id]
    return told
