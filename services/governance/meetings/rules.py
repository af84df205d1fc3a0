"""Rules of meetings. Pure: counts, states and times are arguments."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from services.chassis.rules.refusal import Refusal

_LONGEST = timedelta(hours=24)


def name_is_free(taken: bool) -> Refusal | None:
    """Two bodies have different names."""
    return Refusal("meetings.body_name_is_free", "Another body has this name.", field="name") if taken else None


def bodies_are_few(count: int, most: int) -> Refusal | None:
    """A union has at most some bodies."""
    if count < most:
        return None
    return Refusal("meetings.bodies_are_few", f"At most {most} bodies.", params={"most": most})


def chair_is_of_the_body(chair_kind: str, post_kinds: Collection[str]) -> Refusal | None:
    """Who presides is a member."""
    if chair_kind in post_kinds:
        return None
    return Refusal("meetings.chair_is_of_the_body", "Who presides holds one of the posts.", field="chair_kind")


def unit_body_has_its_unit(kind: str, has_unit: bool) -> Refusal | None:
    """A unit's body and a committee name the part of the union they belong to; a joint meeting reaches over all."""
    if has_unit or kind == "joint":
        return None
    return Refusal("meetings.body_has_its_unit", "Say which part of the union it belongs to.", field="unit_id")


def body_is_active(active: bool) -> Refusal | None:
    """Only a body in use meets and takes motions."""
    return None if active else Refusal("meetings.body_is_active", "This body meets no more.", field="body_id")


def body_has_members(count: int) -> Refusal | None:
    """A body that meets has members: somebody holds one of its posts on the day."""
    if count:
        return None
    return Refusal("meetings.body_has_members", "Nobody holds a post of this body on that day.", field="body_id")


def body_is_of_a_size(count: int, most: int) -> Refusal | None:
    """A body is small enough for a list of its members."""
    if count <= most:
        return None
    return Refusal("meetings.body_is_of_a_size", f"At most {most} members.", field="body_id", params={"most": most})


def times_fit(starts_at: datetime, ends_at: datetime, starts_on: date, today: date) -> Refusal | None:
    """A meeting is today or later, so that today's can still be entered, and ends within a day of its beginning."""
    if today <= starts_on and starts_at < ends_at <= starts_at + _LONGEST:
        return None
    return Refusal("meetings.times_fit", "A meeting is today or later and ends within a day.", field="starts_at")


def is_before(state: str, before: Collection[str]) -> Refusal | None:
    """A meeting is changed before it begins."""
    return None if state in before else Refusal("meetings.is_before", "The meeting has begun or was cancelled.")


def agenda_can_change(state: str) -> Refusal | None:
    """The agenda changes until the meeting ends."""
    if state in ("planned", "convened", "open"):
        return None
    return Refusal("meetings.agenda_can_change", "The meeting has ended or was cancelled.")


def is_open(state: str) -> Refusal | None:
    """Decisions are taken while the meeting is open."""
    return None if state == "open" else Refusal("meetings.is_open", "The meeting is not open.")


def is_held(state: str) -> Refusal | None:
    """Minutes and action items belong to a meeting that has begun."""
    return None if state in ("open", "ended") else Refusal("meetings.is_held", "The meeting has not begun.")


def has_ended(state: str) -> Refusal | None:
    """Minutes are sent out once the meeting has ended."""
    return None if state == "ended" else Refusal("meetings.has_ended", "The meeting has not ended.")


def attendance_can_change(state: str) -> Refusal | None:
    """Who is there is recorded from the call to the end of the meeting."""
    if state in ("convened", "open"):
        return None
    return Refusal("meetings.attendance_can_change", "Attendance is recorded between the call and the end.")


def members_have_seats(unknown: int) -> Refusal | None:
    """Only who has a seat is marked."""
    return Refusal("meetings.member_has_a_seat", "Somebody has no seat here.", field="marks") if unknown else None


def voter_stays(votes: bool, role: str) -> Refusal | None:
    """A member of the body cannot be made a guest, which would take the vote away."""
    if votes and role == "guest":
        return Refusal("meetings.voter_stays", "A member of the body keeps the vote.", field="role")
    return None


def chair_votes(votes: bool, role: str) -> Refusal | None:
    """Who presides is a member of the body."""
    if role == "chair" and not votes:
        return Refusal("meetings.chair_votes", "Who presides is a member of the body.", field="role")
    return None


def agenda_is_there(items: int) -> Refusal | None:
    """A meeting is called with an agenda."""
    return None if items else Refusal("meetings.agenda_is_there", "Put something on the agenda first.")


def day_has_come(today: date, day: date) -> Refusal | None:
    """A meeting is opened on its day, or later where it was delayed."""
    if today >= day:
        return None
    return Refusal("meetings.day_has_come", "The day of the meeting has not come.", params={"day": day.isoformat()})


def items_are_few(count: int, most: int) -> Refusal | None:
    """An agenda has at most some items."""
    if count < most:
        return None
    return Refusal("meetings.items_are_few", f"At most {most} items.", params={"most": most})


def item_says_what(title: str | None, has_motion: bool) -> Refusal | None:
    """An item has a title, or comes from a motion."""
    if title or has_motion:
        return None
    return Refusal("meetings.item_says_what", "Give a title, or choose a motion.", field="title")


def motion_is_of_the_body(motion_body: UUID, body: UUID) -> Refusal | None:
    """A motion is put on the agenda of the body it was made to."""
    if motion_body == body:
        return None
    return Refusal("meetings.motion_is_of_the_body", "The motion was made to another body.", field="motion_id")


def order_is_whole(given: list[UUID], items: Collection[UUID]) -> Refusal | None:
    """A new order names every item of the agenda once."""
    if len(given) == len(set(given)) and set(given) == set(items):
        return None
    return Refusal("meetings.order_is_whole", "The agenda has changed; name every item once.", field="item_ids")


def item_is_undecided(decided: bool) -> Refusal | None:
    """An item that was decided stays on the agenda and is decided once."""
    return Refusal("meetings.item_is_undecided", "This item was decided.", field="item_id") if decided else None


def item_can_be_decided(kind: str, postponed: bool) -> Refusal | None:
    """A report is heard, not voted on; what was postponed is decided another time."""
    if kind == "report":
        return Refusal("meetings.report_is_heard", "A report is heard; nothing is decided on it.", field="item_id")
    return Refusal("meetings.item_is_postponed", "This item was postponed.", field="item_id") if postponed else None


def no_vote_goes_on(voting: bool) -> Refusal | None:
    """While a ballot on an item goes on, nothing else is done with it, and the meeting does not end."""
    return Refusal("meetings.no_vote_goes_on", "A vote goes on; count or cancel it first.") if voting else None


def proposer_belongs(allowed: bool) -> Refusal | None:
    """Officers, chairs of units and members of the body make motions to it."""
    if allowed:
        return None
    return Refusal(
        "meetings.proposer_belongs", "Officers, chairs of units and members of the body make motions.", field="body_id"
    )


def approver_did_not_write(wrote: bool) -> Refusal | None:
    """Minutes are approved by somebody else than who wrote them last."""
    if not wrote:
        return None
    return Refusal("meetings.approver_did_not_write", "Somebody else approves what you wrote.")


def member_is_known(known: bool, field: str) -> Refusal | None:
    """Who gets a seat or something to do is in the union."""
    return None if known else Refusal("meetings.member_is_known", "There is no such member.", field=field)


def due_day_is_ahead(due_on: date, today: date) -> Refusal | None:
    """An action item is due today or later."""
    if due_on >= today:
        return None
    return Refusal("meetings.due_day_is_ahead", "The day has passed.", field="due_on")


def action_items_are_few(count: int, most: int) -> Refusal | None:
    """A meeting gives at most some action items."""
    if count < most:
        return None
    return Refusal("meetings.action_items_are_few", f"At most {most} action items.", params={"most": most})
