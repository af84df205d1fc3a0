"""Rules of requests and of counselling. Pure: days, counts and states are arguments."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from services.chassis.rules.refusal import Refusal


def type_is_offered(offered: bool) -> Refusal | None:
    """Only what is offered can be asked for."""
    return None if offered else Refusal("requests.type_is_offered", "This is not offered now.", field="type_id")


def types_are_few(count: int, most: int) -> Refusal | None:
    """A union has at most some types."""
    if count < most:
        return None
    return Refusal("requests.types_are_few", f"At most {most} types.", params={"most": most})


def name_is_free(taken: bool) -> Refusal | None:
    """Two types have different names."""
    return Refusal("requests.name_is_free", "Another type has this name.", field="name") if taken else None


def type_has_its_way(counted_only: bool, steps: int, documents: int) -> Refusal | None:
    """A type has steps; one of which only a count is kept has none, and asks for no documents."""
    if counted_only and (steps or documents):
        return Refusal(
            "requests.counted_only_has_appointments", "Counselling has neither steps nor documents.", field="steps"
        )
    if not counted_only and not steps:
        return Refusal("requests.type_has_steps", "State at least one step.", field="steps")
    return None


def counted_only_stays(before: bool, after: bool) -> Refusal | None:
    """Whether only a count is kept never changes: what was told to members holds."""
    if before == after:
        return None
    return Refusal("requests.counted_only_stays", "Add another type instead.", field="counted_only")


def type_takes_requests(counted_only: bool) -> Refusal | None:
    """What is done by appointment takes no written requests."""
    if not counted_only:
        return None
    return Refusal("requests.by_appointment_only", "Book an appointment; nothing is written down.", field="type_id")


def type_takes_appointments(counted_only: bool) -> Refusal | None:
    """Only counselling has appointments."""
    return None if counted_only else Refusal("requests.has_appointments", "This is no counselling.", field="type_id")


def documents_are_there(missing: Collection[str]) -> Refusal | None:
    """A request is accepted once every required document is there."""
    if not missing:
        return None
    return Refusal(
        "requests.documents_are_there", "Required documents are missing.", params={"missing": "、".join(missing)}
    )


def step_follows(step: int, steps: int) -> Refusal | None:
    """After the last step a request is ended, not advanced."""
    return None if step < steps else Refusal("requests.step_follows", "This is the last step; end the request.")


def last_step_is_reached(step: int, steps: int) -> Refusal | None:
    """A request is ended in its last step."""
    if step >= steps:
        return None
    return Refusal("requests.last_step_is_reached", "Steps are still to be done.", params={"steps": steps - step})


def document_is_asked(document: str, asked: Collection[str]) -> Refusal | None:
    """A document is one of those the type asks for."""
    if document in asked:
        return None
    return Refusal("requests.document_is_asked", "This document is not asked for.", field="document")


def slot_is_ahead(starts_at: datetime, ends_at: datetime, now: datetime) -> Refusal | None:
    """A slot begins in the future and ends after that, on the same day or the next."""
    if now < starts_at < ends_at <= starts_at + timedelta(hours=24):
        return None
    return Refusal("requests.slot_is_ahead", "A slot begins in the future and ends within a day.", field="starts_at")


def slot_has_not_begun(starts_at: datetime, now: datetime) -> Refusal | None:
    """Appointments are booked and cancelled before the slot begins."""
    return None if now < starts_at else Refusal("requests.slot_has_not_begun", "The slot has begun.", field="slot_id")


def one_appointment_at_a_time(others: int) -> Refusal | None:
    """Somebody has one appointment to come of a type, so that others get one too."""
    if others == 0:
        return None
    return Refusal("requests.one_appointment_at_a_time", "You have an appointment already.", field="slot_id")


def slot_is_empty(taken: int) -> Refusal | None:
    """A slot in which somebody has an appointment stays."""
    return Refusal("requests.slot_is_empty", "Somebody has an appointment.", field="slot_id") if taken else None
