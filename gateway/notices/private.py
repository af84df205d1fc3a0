"""Notices about what only few people may know of: the service that owns it says whom to tell, and nothing else.

Such notices come by RPC and not as events: an event is stored, published and repeated, and one that names a person
beside a subject that few people have tells who they are. The gateway keeps the recipient, the neutral sentence and the
time; the notice's id leads to nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from gateway.notices.recording import record_entries
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.process.runtime import Call
from services.contracts.governance.mediation.operations import list_private_notices, settle_private_notices

SECONDS = 60
"""Between two runs."""


def take_over(call: Call) -> None:
    """Store the notices that wait, then say so; a repeat stores none of them twice."""
    found = call.rpc(list_private_notices, {})["items"]
    if not found:
        return
    with call.transaction() as tx:
        record_entries(tx, [(_announced(one["id"], tx.now), _entry(one)) for one in found])
    call.rpc(settle_private_notices, {"ids": [one["id"] for one in found]})


def _entry(notice: dict[str, Any]) -> dict[str, Any]:
    """Return the entry of a notice: of a member, or of the officers where none is named."""
    named = notice["member_id"]
    if named is None:
        return {"kind": "private_matter_waits", "role": "officer", "subject_id": UUID(notice["id"]), "params": {}}
    member_id = UUID(named)
    recipient = {"member_id": member_id, "account_id": None}
    return {"kind": "private_matter", "subject_id": member_id, "params": {}, **recipient}


def _announced(notice_id: str, at: datetime) -> ReceivedEvent:
    """Return what stands for an event, so that the notice is stored once."""
    return ReceivedEvent(
        id=UUID(notice_id), source="governance", type="private_matter", time=at, subject="", sequence=0, raw={}, data={}
    )
