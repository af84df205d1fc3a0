"""Handing a seat to a colleague: its member gets a code, who brings it and may take part has the seat."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity, lock_activity
from services.activities.facts.use_cases import keeping
from services.activities.options.use_cases.reading import chosen
from services.activities.participants.use_cases.reading import participants_of
from services.activities.registration import deciding_rules, rules
from services.activities.registration.tables import Handover, Registration
from services.activities.registration.use_cases import keys
from services.activities.registration.use_cases.announcements import handed_over
from services.activities.registration.use_cases.reading import (
    latest_of,
    live_registrations,
    own_member_id,
    standing_of,
    with_options,
)
from services.activities.registration.use_cases.rounds import Round
from services.activities.registration.use_cases.seating import applicant_of, offer_of
from services.activities.registration.workflow import REGISTRATION
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotFound, refuse_first
from services.chassis.security.encryption import fingerprint

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are taken for one another."""
_LENGTH = 12


def offer_hand_over(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a new code for a colleague; one that was told before is not valid any more.

    Raises:
        NotFound: no such activity, or the member never registered for it.
        Refused: seats are not handed over, the member has none, or the last moment to cancel has passed.
    """
    activity, row = _own(tx, request)
    asking = rules.Asking(offer_of(activity), None, tx.now)
    refuse_first(deciding_rules.seat_can_be_handed_over(activity.hand_over, row.state, asking))
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    tx.session.merge(Handover(registration_id=row.id, digest=_digest(activity, code), offered_at=tx.now))
    return {"activity_id": activity.id, "code": code, "until": activity.cancel_until}


def withdraw_hand_over(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Make the code for a colleague invalid. A repeat changes nothing.

    Raises:
        NotFound: no such activity, or the member never registered for it.
    """
    activity, row = _own(tx, request)
    tx.session.execute(sa.delete(Handover).where(Handover.registration_id == row.id))
    return {**with_options(tx, [row])[0], **standing_of(activity)}


def take_over(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Give the calling member the seat of the colleague who told the code, with the same options and companions.

    Raises:
        NotAllowed: the account belongs to no member.
        Refused: the code is not valid, the member has a place already, may not take part, or it is too late.
        InvalidInput: answers do not fit their questions; `errors` names each.
    """
    member_id = own_member_id(tx)
    activity = lock_activity(tx, get_activity(tx, request).id)
    seat = sa.select(Registration).join(Handover, Handover.registration_id == Registration.id)
    seat = seat.where(Handover.digest == _digest(activity, request["code"]), Registration.state == "confirmed")
    given = tx.session.scalar(seat.execution_options(populate_existing=True))
    mine = live_registrations(tx, activity.id, [member_id]).get(member_id)
    known = keeping.kept(tx, activity, [member_id])
    applicant = applicant_of(participants_of(tx, [member_id]).get(member_id), known.get(member_id))
    asking = rules.Asking(offer_of(activity), applicant, tx.now)
    refuse_first(
        deciding_rules.code_is_valid(given is not None and activity.hand_over),
        deciding_rules.not_registered_yet(mine.state if mine else None),
        deciding_rules.refusal_of_heir(asking),
    )
    assert given is not None
    asked = keys.Asked(member_id, chosen(given.companions, given.options), request["answers"])
    round_ = Round(tx, activity, None, known)
    _end(tx, round_, given, asked)
    outcome = round_.seat(asked, applicant)
    if outcome["outcome"] == "refused":
        raise InvalidInput(errors=keys.errors_of(outcome))
    round_.store()
    return keys.registered({**standing_of(activity)}, outcome)


def _end(tx: Transaction, round_: Round, given: Registration, asked: keys.Asked) -> None:
    given.state = REGISTRATION.apply(given.state, "hand_over", roles=None)
    given.cancelled_at, given.cancel_cause = tx.now, "handed_over"
    round_.room.count(round_.room.needs_of(given), -1)
    tx.record(handed_over(round_.activity, given.id, given.member_id, to_member_id=asked.member_id))
    note_change(tx, f"registration/{given.id}", {"state": ("confirmed", given.state)})
    tx.session.execute(sa.delete(Handover).where(Handover.registration_id == given.id))


def _own(tx: Transaction, request: Mapping[str, Any]) -> tuple[Activity, Registration]:
    activity = lock_activity(tx, get_activity(tx, request).id)
    row = latest_of(tx, activity.id, own_member_id(tx))
    if row is None:
        raise NotFound("The member is not registered for this activity.", rule="registration.member_is_registered")
    return activity, row


def _digest(activity: Activity, code: str) -> str:
    """Return what is kept of a code; blanks, hyphens and case don't matter."""
    plain = "".join(one for one in code.upper() if one.isalnum())
    return fingerprint(plain, f"hand-over/{activity.id}")
