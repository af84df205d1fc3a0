"""One round of registrations of a locked activity: decides in the order of the requests, writes in one statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity
from services.activities.facts.use_cases import keeping
from services.activities.options.use_cases.reading import (
    NO_CHOICE,
    Choice,
    needs_of,
    party_fits,
    refusal_of_choice,
    stored,
)
from services.activities.registration import rules
from services.activities.registration.audience_rules import for_others
from services.activities.registration.tables import Registration
from services.activities.registration.use_cases import basis
from services.activities.registration.use_cases.announcements import confirmed, waitlisted
from services.activities.registration.use_cases.room import ONE_SEAT, Room
from services.activities.registration.use_cases.seating import offer_of
from services.activities.registration.workflow import REGISTRATION
from services.chassis.database.transaction import Transaction
from services.chassis.identifiers import uuid7
from services.chassis.rules.refusal import Refusal

FurtherRule = Callable[[rules.Applicant | None], Refusal | None]

NOTHING: dict[str, Any] = dict.fromkeys(
    ("state", "registration_id", "position", "registered_at", "rule", "detail", "params")
)
"""An outcome that says nothing yet."""


@dataclass
class Round:
    """One round of assigning places of a locked activity."""

    tx: Transaction
    activity: Activity
    registered_by: str | None
    known: Mapping[UUID, keeping.Told] = field(default_factory=dict)
    further: FurtherRule | None = None
    offer: rules.Offer = field(init=False)
    room: Room = field(init=False)
    claimed: set[int] = field(init=False)
    new: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.offer, self.room = offer_of(self.activity), Room(self.tx, self.activity)
        self.claimed = self.room.claims(self.tx)

    def decide(self, member_id: UUID, applicant: rules.Applicant | None, choice: Choice = NO_CHOICE) -> dict[str, Any]:
        """Assign a place to the member or return the refusal; counts at once, writes later."""
        needs = ONE_SEAT if self.room.is_plain else needs_of(choice, self.room.form)
        seats = self.room.seats_for(needs, self.claimed)
        refusal = rules.refusal_of(rules.Asking(replace(self.offer, seats=seats), applicant, self.tx.now))
        refusal = refusal or refusal_of_choice(choice, self.room.form)
        refusal = refusal or party_fits(needs, self.room.sizes(), self.room.form)
        if refusal is None and self.further is not None:
            refusal = self.further(applicant)
        if refusal is not None:
            refusal = refusal if self.registered_by is None else for_others(refusal)
            said = {"rule": refusal.rule, "detail": refusal.detail, "params": refusal.params}
            return {**NOTHING, "member_id": member_id, "outcome": "refused", **said}
        return self._take_place(member_id, applicant, choice, needs, seats.next_place)

    def store(self) -> None:
        """Write the new registrations in one statement; their events were recorded in order."""
        if self.new:
            self.tx.session.execute(sa.insert(Registration.__table__), self.new)

    def _take_place(
        self, member_id: UUID, applicant: rules.Applicant | None, choice: Choice, needs: Mapping[int, int],
        place: str | None,
    ) -> dict[str, Any]:  # fmt: skip
        activity, now = self.activity, self.tx.now
        state = REGISTRATION.apply("asked", "take_seat" if place == "confirmed" else "wait", roles=None)
        activity.last_ticket += 1
        row = {
            "id": uuid7(),
            "activity_id": activity.id,
            "member_id": member_id,
            "unit_id": applicant.unit_id if applicant else None,
            "state": state,
            "ticket": activity.last_ticket,
            "registered_at": now,
            "registered_by": self.registered_by,
            "confirmed_at": now if state == "confirmed" else None,
            "basis": basis.written(self.known.get(member_id)),
            "companions": choice.companions,
            "options": stored(choice.options),
        }
        self.new.append(row)
        position = self._count_in(row, needs)
        place_taken = {"state": state, "registration_id": row["id"], "position": position, "registered_at": now}
        return {**NOTHING, "member_id": member_id, "outcome": state, **place_taken}

    def _count_in(self, row: dict[str, Any], needs: Mapping[int, int]) -> int | None:
        """Count the place and record its event with the figures after it."""
        activity = self.activity
        if row["state"] == "confirmed":
            self.room.count(needs, 1)
            self.tx.record(confirmed(activity, row["id"], row["member_id"], moved_up=False))
            return None
        activity.waiting += 1
        if not self.room.is_plain:
            self.room.claim(needs, self.claimed)
        self.tx.record(waitlisted(activity, row["id"], row["member_id"], position=activity.waiting, moved_back=False))
        return activity.waiting
