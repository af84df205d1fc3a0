"""Registering and cancelling, for single members and batches alike.

Seats are assigned under the lock of the activity's row: lock, read existing registrations, decide in order of the
requests, write. The number of statements does not depend on the size of the batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.activities.calendar.use_cases.reading import Activity, get_activity, lock_activity, require_organiser
from services.activities.facts.use_cases import asking, keeping
from services.activities.participants.use_cases.reading import participants_of
from services.activities.registration import rules
from services.activities.registration.tables import Registration
from services.activities.registration.use_cases import keys, waiting_list
from services.activities.registration.use_cases.reading import (
    latest_of,
    live_registrations,
    own_member_id,
    positions_of,
    refused_among,
    standing_of,
    with_options,
)
from services.activities.registration.use_cases.room import Room
from services.activities.registration.use_cases.rounds import ANSWERS_ARE_VALID, NOTHING, FurtherRule, Round
from services.activities.registration.use_cases.seating import applicant_of, offer_of
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, NotFound, Refused, refuse_first
from services.chassis.process.runtime import Call
from services.chassis.rpc.idempotency import answers_before, keep_answers
from services.chassis.rules.refusal import Refusal
from services.chassis.security.principal import require_unit
from services.contracts.activities.registration import operations as contract


def prepare_own(call: Call, request: Mapping[str, Any]) -> None:
    """Make known what the audience needs of the calling member."""
    if call.principal.member_id is not None:
        asking.bring(call, request["activity_id"], [call.principal.member_id])


def prepare_named(call: Call, request: Mapping[str, Any]) -> None:
    """Make known what the audience needs of the members who are named."""
    asking.bring(call, request["activity_id"], request["member_ids"])


def register(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Register the calling member; a repeat gives the same answer.

    Raises:
        NotAllowed: the account belongs to no member.
        NotFound: no such activity.
        Refused: a rule of `REGISTRATION_RULES` refuses.
        InvalidInput: answers do not fit their questions; `errors` names each.
    """
    asked = [keys.asked_by(own_member_id(tx), request)]
    result = _decide(tx, request["activity_id"], asked, registered_by=None)
    mine = result["outcomes"][0]
    if mine["outcome"] == "refused" and mine["rule"] == ANSWERS_ARE_VALID:
        raise InvalidInput(errors=keys.errors_of(mine))
    if mine["outcome"] == "refused":
        raise Refused(mine["detail"], rule=mine["rule"], params=mine["params"])
    return keys.registered(result, mine)


def register_batch(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Register members who each asked for themselves; one outcome per member, in the order named.

    Keys work as in `register`: a repeated key gets the first answer, without another decision.
    """
    asked = keys.asked_of(request)
    before = answers_before(tx, contract.register, [one.keyed for one in asked if one.keyed])
    deciding = [one for one in asked if one.keyed is None or one.keyed not in before]
    result = _decide(tx, request["activity_id"], deciding, registered_by=None)
    keep_answers(tx, contract.register, keys.answers_of(result, deciding))
    return {**result, "repeated": keys.repeated(before)}


def register_members(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Register members on their behalf: officers any member, chairs members of their own unit."""
    units = tx.principal.units("chair")

    def own_unit(applicant: rules.Applicant | None) -> Refusal | None:
        return rules.member_is_in_chairs_unit(applicant.unit_id if applicant else None, units)

    further = None if tx.principal.has("officer") else own_unit
    asked = [keys.asked_by(member_id, request) for member_id in request["member_ids"]]
    return _decide(tx, request["activity_id"], asked, registered_by=tx.principal.actor, further=further)


def cancel_registration(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Cancel a registration; the first of the waiting list gets the seat. A repeat gives the same answer.

    Raises:
        NotFound: no such activity, or the member never registered for it.
        NotAllowed: another member's place, and the caller is neither its organiser nor the chair of the member's unit.
        InvalidInput: an organiser gave no reason.
        Refused: the deadline has passed (members), or the activity is over.
    """
    member_id = request["member_id"] or own_member_id(tx)
    on_behalf = member_id != tx.principal.member_id
    activity = lock_activity(tx, get_activity(tx, request).id)
    row = latest_of(tx, activity.id, member_id)
    if on_behalf:
        _require_may_act_for(tx, activity, row)
    if row is None:
        raise NotFound("The member is not registered for this activity.", rule="registration.member_is_registered")
    if on_behalf and not request["reason"]:
        raise InvalidInput("Say why, for the member and the record.", field="reason", rule="registration.reason_given")
    if row.state != "cancelled":
        _cancel(tx, activity, row, request["reason"], on_behalf=on_behalf)
    return {**with_options(tx, [row])[0], "position": None, **standing_of(activity)}


def _decide(
    tx: Transaction,
    activity_id: UUID,
    asked: Sequence[keys.Asked],
    *,
    registered_by: str | None,
    further: FurtherRule | None = None,
) -> dict[str, Any]:
    wanted = {one.member_id: one for one in reversed(asked)}
    member_ids = list(dict.fromkeys(one.member_id for one in asked))
    activity = lock_activity(tx, activity_id)
    if activity.scheduled_at is None:
        raise NotFound("There is no such activity.", field="activity_id")
    before = live_registrations(tx, activity.id, member_ids)
    positions = positions_of(tx, before.values())
    asking_now = [member_id for member_id in member_ids if member_id not in before]
    participants, known = participants_of(tx, asking_now), keeping.kept(tx, activity, asking_now)
    round_ = Round(tx, activity, registered_by, known, further)
    if activity.moderated and registered_by is None:
        round_.refused_before = refused_among(tx, activity.id, asking_now)
    outcomes = [
        _already(before[member_id], positions)
        if member_id in before
        else round_.decide(wanted[member_id], applicant_of(participants.get(member_id), known.get(member_id)))
        for member_id in member_ids
    ]
    round_.store()
    return {**standing_of(activity), "outcomes": outcomes}


def _already(row: Registration, positions: Mapping[UUID, int]) -> dict[str, Any]:
    stood = {"state": row.state, "registration_id": row.id, "registered_at": row.registered_at}
    position = positions.get(row.id)
    return {**NOTHING, "member_id": row.member_id, "outcome": "already", **stood, "position": position}


def _require_may_act_for(tx: Transaction, activity: Activity, row: Registration | None) -> None:
    try:
        require_organiser(tx.principal, activity.organiser_unit_id)
    except NotAllowed:
        if row is None or row.unit_id is None:
            raise
        require_unit(tx.principal, row.unit_id, also=("officer",))


def _cancel(tx: Transaction, activity: Activity, row: Registration, reason: str | None, *, on_behalf: bool) -> None:
    offer = offer_of(activity)
    refuse_first(rules.activity_is_not_over(offer, tx.now))
    if not on_behalf:
        refuse_first(rules.before_cancel_deadline(offer, tx.now))
    was = row.state
    room = Room(tx, activity)
    waiting_list.end(tx, room, row, cause="by_organiser" if on_behalf else "withdrawn")
    waiting_list.move_up(tx, activity, room)
    note_change(tx, f"registration/{row.id}", {"state": (was, row.state)}, reason)
