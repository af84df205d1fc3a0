"""Updates the members' copy from membership's events, which may arrive in any order.

Every part of a row is updated only by newer events; `sequence` counts all events of one member.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.children_classes.use_cases.ending import release_children
from services.activities.clubs.use_cases.ending import release_memberships
from services.activities.facts.use_cases import keeping as facts
from services.activities.opening.use_cases import reminding
from services.activities.participants.tables import Participant
from services.activities.participants.use_cases import inviting
from services.activities.places.use_cases import ending
from services.activities.questions.use_cases import reading as questions
from services.activities.registration.use_cases import basis
from services.activities.registration.use_cases.waiting_list import forget_reasons, release_member
from services.chassis.database.copies import keep_newest
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent

_UNKNOWN: dict[str, Any] = {
    "unit_id": None,
    "unit_sequence": 0,
    "employment": None,
    "standing": "active",
    "standing_sequence": 0,
    "joined_on": None,
    "awaits_ceremony": False,
}
_PARTS = {"unit_sequence": ("unit_id",), "standing_sequence": ("employment", "standing")}


def on_member_joined(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store new members and invite the newcomers among them; members who join again are no newcomers."""
    inviting.take_turns(tx)
    rows = [
        {
            "member_id": event.data["member_id"],
            "unit_id": event.data["unit_id"],
            "unit_sequence": event.sequence,
            "employment": event.data["employment"],
            "standing": "active",
            "standing_sequence": event.sequence,
            "joined_on": event.data["joined_on"],
        }
        for event in events
    ]
    _keep(tx, rows)
    inviting.welcome(tx, [event.data["member_id"] for event in events if not event.data["rejoined"]])


def on_member_updated(tx: Transaction, event: ReceivedEvent) -> None:
    """Update unit, employment and standing; members who left or retired lose their places."""
    data = event.data
    row = {
        "member_id": data["member_id"],
        "unit_id": data["unit_id"],
        "unit_sequence": event.sequence,
        "employment": data["employment"],
        "standing": data["standing"],
        "standing_sequence": event.sequence,
    }
    _keep(tx, [row])
    facts.drop(tx, data["member_id"])
    _let_go(tx, data["member_id"])


def on_unit_changed(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store the units that members moved to."""
    rows = [
        {"member_id": event.data["member_id"], "unit_id": event.data["to_unit_id"], "unit_sequence": event.sequence}
        for event in sorted(events, key=lambda event: event.sequence)
    ]
    _keep(tx, rows)


def on_member_anonymised(tx: Transaction, event: ReceivedEvent) -> None:
    """Erase what is known of a former member, with reasons and answers; registrations stay as numbers."""
    member_id = event.data["member_id"]
    mine = sa.update(Participant).where(Participant.member_id == member_id)
    tx.session.execute(mine.values(employment=None, joined_on=None, awaits_ceremony=False))
    forget_reasons(tx, member_id)
    facts.forget(tx, member_id)
    basis.erase(tx, member_id)
    questions.erase(tx, member_id)
    reminding.forget(tx, member_id)


def _keep(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Store rows; parts that are older than the stored ones are dropped."""
    whole = [{**_UNKNOWN, **row} for row in _merged(rows)]
    keep_newest(tx.session, Participant, whole, "member_id", _PARTS, _kept_day)


def _kept_day(offered: Any) -> dict[str, Any]:
    # A copy without form of employment was erased: older events must not restore the day.
    is_news = sa.or_(offered.standing_sequence > Participant.standing_sequence, Participant.employment.is_not(None))
    known = sa.func.coalesce(offered.joined_on, Participant.joined_on)
    return {"joined_on": sa.case((is_news, known), else_=Participant.joined_on)}


def _merged(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per member, because a statement can't change a row twice; a member joins once, so the last is used."""
    return list({row["member_id"]: row for row in rows}.values())


def _let_go(tx: Transaction, member_id: UUID) -> None:
    participant = tx.session.get_one(Participant, member_id)
    if participant.standing != "active":
        participant.awaits_ceremony = False
    release_member(tx, member_id, participant.standing)
    ending.release(tx, member_id, participant.standing)
    release_memberships(tx, member_id, participant.standing)
    release_children(tx, member_id, participant.standing)
