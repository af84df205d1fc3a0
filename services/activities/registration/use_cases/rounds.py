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
    Choice,
    needs_of,
    party_fits,
    refusal_of_choice,
    stored,
)
from services.activities.questions.use_cases import reading as questions
from services.activities.registration import rules
from services.activities.registration.audience_rules import for_others
from services.activities.registration.deciding_rules import not_refused_before
from services.activities.registration.tables import Registration, RegistrationHold
from services.activities.registration.use_cases import basis
from services.activities.registration.use_cases.announcements import confirmed, pending, waitlisted
from services.activities.registration.use_cases.keys import Asked
from services.activities.registration.use_cases.room import ONE_SEAT, Room
from services.activities.registration.use_cases.seating import offer_of
from services.activities.registration.workflow import REGISTRATION
from services.chassis.database.transaction import Transaction
from services.chassis.identifiers import uuid7
from services.chassis.input_errors import coded_in
from services.chassis.rules.refusal import Refusal

ANSWERS_ARE_VALID = "questions.answers_are_valid"
"""The rule that refuses answers; its figures are the errors of each."""
FurtherRule = Callable[[rules.Applicant | None], Refusal | None]

NO_LIMIT = rules.Seats(None, 0, 0, waiting_list=True)
"""What stands against asking for a place that the organiser has to approve."""
_STEPS = {"confirmed": "take_seat", "waitlisted": "wait", "pending": "ask"}

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
    answers: list[dict[str, Any]] = field(default_factory=list)
    ended_holds: list[UUID] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)
    refused_before: Mapping[UUID, str] = field(default_factory=dict)
    """Why the organiser refused members before, who therefore don't ask again."""

    def __post_init__(self) -> None:
        self.offer, self.room = offer_of(self.activity), Room(self.tx, self.activity)
        self.claimed = self.room.claims(self.tx)
        self.questions = questions.questions_of(self.tx, self.activity)

    def decide(self, asked: Asked, applicant: rules.Applicant | None) -> dict[str, Any]:
        """Assign a place to the member or return the refusal; counts at once, writes later."""
        choice = asked.choice
        needs = ONE_SEAT if self.room.is_plain else needs_of(choice, self.room.form)
        seats = NO_LIMIT if self.must_be_approved else self.room.seats_for(needs, self.claimed, asked.member_id)
        refusal = not_refused_before(self.refused_before.get(asked.member_id))
        refusal = refusal or rules.refusal_of(rules.Asking(replace(self.offer, seats=seats), applicant, self.tx.now))
        refusal = refusal or refusal_of_choice(choice, self.room.form)
        refusal = refusal or party_fits(needs, self.room.sizes(), self.room.form)
        if refusal is None and self.further is not None:
            refusal = self.further(applicant)
        if refusal is not None:
            return self._refused(asked.member_id, refusal)
        return self._place(asked, applicant, needs, "pending" if self.must_be_approved else seats.next_place)

    def seat(self, asked: Asked, applicant: rules.Applicant | None) -> dict[str, Any]:
        """Give the member a seat that a colleague has just given back, or return what is wrong with the answers."""
        return self._place(asked, applicant, needs_of(asked.choice, self.room.form), "confirmed")

    @property
    def must_be_approved(self) -> bool:
        """Whether what members ask for waits for the organiser."""
        return self.activity.moderated and self.registered_by is None

    def _place(
        self, asked: Asked, applicant: rules.Applicant | None, needs: Mapping[int, int], place: str | None
    ) -> dict[str, Any]:
        answers = self._answers(asked)
        if isinstance(answers, Refusal):
            return self._refused(asked.member_id, answers)
        outcome = self._take_place(asked.member_id, applicant, asked.choice, needs, place)
        if answers:
            one = questions.stored(outcome["registration_id"], self.activity.id, asked.member_id, answers, self.tx.now)
            self.answers.append(one)
            self.answered.update(answers)
        return outcome

    def _refused(self, member_id: UUID, refusal: Refusal) -> dict[str, Any]:
        told = refusal if self.registered_by is None else for_others(refusal)
        said = {"rule": told.rule, "detail": told.detail, "params": told.params}
        return {**NOTHING, "member_id": member_id, "outcome": "refused", **said}

    def _answers(self, asked: Asked) -> Mapping[int, Any] | Refusal:
        """Return the answers to keep, or what is wrong with all of them."""
        if not self.questions and not asked.answers:
            return {}
        on_behalf = self.registered_by is not None
        checked = questions.check(self.questions, asked.answers, asked.choice.options, on_behalf=on_behalf)
        if not checked.wrong:
            return checked.answers
        detail = "Answers do not fit their questions."
        return Refusal(ANSWERS_ARE_VALID, detail, "answers", {"errors": coded_in(questions.errors_of(checked))})

    def store(self) -> None:
        """Write the new registrations in one statement; their events were recorded in order."""
        if self.new:
            self.tx.session.execute(sa.insert(Registration.__table__), self.new)
            self._end_holds()
            questions.keep(self.tx, self.activity.id, self.answers, self.answered)

    def _end_holds(self) -> None:
        """Delete the holds of those who registered."""
        if self.ended_holds:
            theirs = RegistrationHold.activity_id == self.activity.id
            ended = sa.delete(RegistrationHold).where(theirs, RegistrationHold.member_id.in_(self.ended_holds))
            self.tx.session.execute(ended)

    def _take_place(
        self, member_id: UUID, applicant: rules.Applicant | None, choice: Choice, needs: Mapping[int, int],
        place: str | None,
    ) -> dict[str, Any]:  # fmt: skip
        activity, now = self.activity, self.tx.now
        state = REGISTRATION.apply("asked", _STEPS[place or "waitlisted"], roles=None)
        activity.last_ticket += 1
        row = {
            "id": uuid7(),
            "activity_id": activity.id,
            "member_id": member_id,
            "unit_id": applicant.unit_id if applicant else None,
            "state": state,
            "ticket": activity.last_ticket,
            "rank": activity.last_ticket,
            "registered_at": now,
            "registered_by": self.registered_by,
            "confirmed_at": now if state == "confirmed" else None,
            "basis": basis.written(self.known.get(member_id)),
            "companions": choice.companions,
            "options": stored(choice.options),
        }
        self.new.append(row)
        if self.room.holds.pop(member_id, None):
            self.ended_holds.append(member_id)
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
        if row["state"] == "pending":
            activity.pending += 1
            self.tx.record(pending(activity, row["id"], row["member_id"]))
            return None
        activity.waiting += 1
        if not self.room.is_plain:
            self.room.claim(needs, self.claimed)
        self.tx.record(waitlisted(activity, row["id"], row["member_id"], position=activity.waiting, moved_back=False))
        return activity.waiting
