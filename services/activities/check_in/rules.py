"""Rules of check-in: when, who, by which code, companions, lists that were gone by without network. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from services.chassis.rules.refusal import Refusal

CODE_MINUTES = 10
"""For how long the code that a member shows is good; the page shows another in time."""
LIST_HOURS = 48
"""For how long a desk may hand in what it noted by a list."""
HAS_LEFT = frozenset({"withdrawn", "deemed_withdrawn", "expelled", "deceased"})
"""Standings of people who take part in nothing any more."""
TAKES_PART = frozenset({"active", "transferring"})
"""Standings of who can be let in without a registration."""
_ALLOWANCE = timedelta(minutes=2)
"""What the times of a list and of its scans may be apart, because ages are told in whole seconds."""

Flag = Literal["cancelled", "waiting"]


@dataclass(frozen=True)
class Window:
    """From when until when one can check in."""

    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True)
class Room:
    """The seats of an activity as a desk sees them: `walked_in` are who was let in without one, companions counted."""

    capacity: int | None
    seats_taken: int
    walked_in: int

    @property
    def left(self) -> int | None:
        """Seats that nobody has, None without limit."""
        return None if self.capacity is None else max(0, self.capacity - self.seats_taken - self.walked_in)


def window_of(starts_at: datetime, ends_at: datetime, opens_minutes: int, closes_minutes: int) -> Window:
    """Return when one can check in: some minutes before the start until some after the end."""
    return Window(starts_at - timedelta(minutes=opens_minutes), ends_at + timedelta(minutes=closes_minutes))


def activity_takes_place(state: str) -> Refusal | None:
    """Nobody checks in to a draft or to what was cancelled."""
    if state in ("scheduled", "held"):
        return None
    return Refusal("check_in.activity_takes_place", f"The activity is {state}.", "activity_id", {"state": state})


def check_in_is_open(window: Window, at: datetime) -> Refusal | None:
    """One checks in from some minutes before the start until some after the end."""
    if window.opens_at <= at <= window.closes_at:
        return None
    early = at < window.opens_at
    return Refusal(
        "check_in.check_in_is_open",
        "Check-in has not opened yet." if early else "Check-in has closed.",
        params={"opens_at": window.opens_at.isoformat(), "closes_at": window.closes_at.isoformat(), "early": early},
    )


def check_in_has_begun(window: Window, now: datetime) -> Refusal | None:
    """Who came and who did not is known once check-in has opened; who can't come may say so before."""
    if now >= window.opens_at:
        return None
    return Refusal(
        "check_in.check_in_has_begun", "Check-in has not opened yet.", params={"opens_at": window.opens_at.isoformat()}
    )


def list_is_open(closed_at: datetime | None) -> Refusal | None:
    """Nothing is recorded on a list that was closed."""
    if closed_at is None:
        return None
    return Refusal(
        "check_in.list_is_open", "The list of who attended was closed.", params={"closed_at": closed_at.isoformat()}
    )


def list_is_closed(closed_at: datetime | None) -> Refusal | None:
    """Only a closed list can be opened again."""
    return None if closed_at is not None else Refusal("check_in.list_is_closed", "The list is open.")


def code_belongs_here(ours: bool) -> Refusal | None:
    """A code of another activity says nothing about this one."""
    return None if ours else Refusal("check_in.code_belongs_here", "The code is of another activity.", "code")


def code_is_in_time(until: datetime, at: datetime) -> Refusal | None:
    """The code was good when it was scanned."""
    if at < until + _ALLOWANCE:
        return None
    return Refusal("check_in.code_is_in_time", "The code has ended; the member's page shows a new one.", "code")


def member_belongs(standing: str | None, registered: bool) -> Refusal | None:
    """Who left the union or died does not check in; without a registration only who takes part in the union's life.

    Args:
        standing: None for somebody this service does not know as a member.
        registered: whether there is a registration.
    """
    if standing in HAS_LEFT or standing is None:
        return Refusal(
            "check_in.member_belongs", "The membership has ended.", "member_id", {"standing": standing or "unknown"}
        )
    if registered or standing in TAKES_PART:
        return None
    return Refusal("check_in.member_belongs", "The membership is only retained.", "member_id", {"standing": standing})


def flag_of(registration_state: str) -> Flag | None:
    """Return as what an arrival stands out: a registration that ended, or one that has no seat for sure yet."""
    if registration_state == "confirmed":
        return None
    return "cancelled" if registration_state == "cancelled" else "waiting"


def registration_is_in_force(registration_state: str, let_in: bool) -> Refusal | None:
    """Who has no confirmed seat is let in only by a decision at the desk, and stands out on the list."""
    if registration_state == "confirmed" or let_in:
        return None
    return Refusal(
        "check_in.registration_is_in_force",
        f"The registration is {registration_state}.",
        params={"state": registration_state},
    )


def walk_ins_are_allowed(walk_ins: str) -> Refusal | None:
    """The organiser says whether others than the registered are let in."""
    if walk_ins != "no":
        return None
    return Refusal("check_in.walk_ins_are_allowed", "Only who registered is let in.", "member_id")


def walk_in_finds_a_seat(walk_ins: str, room: Room, party: int) -> Refusal | None:
    """Who comes without a registration gets a seat that nobody has, unless the organiser lets more in.

    Args:
        walk_ins: what the organiser allows.
        room: the seats.
        party: how many come, with companions.
    """
    if walk_ins != "seats" or room.left is None or party <= room.left:
        return None
    return Refusal(
        "check_in.walk_in_finds_a_seat",
        f"{room.left} of {room.capacity} seats are left.",
        params={
            "capacity": room.capacity, "seats_taken": room.seats_taken, "walked_in": room.walked_in, "left": room.left,
        },
    )  # fmt: skip


def companions_as_registered(companions: int, most: int) -> Refusal | None:
    """No more companions come in than a seat was taken for."""
    if companions <= most:
        return None
    return Refusal("check_in.companions_as_registered", f"At most {most} companions.", "companions", {"most": most})


def scan_follows_the_list(made_at: datetime, at: datetime) -> Refusal | None:
    """A scan without network was made after the list that the desk went by."""
    if at >= made_at - _ALLOWANCE:
        return None
    return Refusal("check_in.scan_follows_the_list", "The scan is older than the list.", "seconds_ago")


def not_taken_back_since(undone_at: datetime | None, at: datetime) -> Refusal | None:
    """A check-in that was taken back does not return with a scan that was made before."""
    if undone_at is None or at > undone_at:
        return None
    return Refusal(
        "check_in.not_taken_back_since",
        "The check-in was taken back after this scan.",
        params={"undone_at": undone_at.isoformat()},
    )


def person_is_named(code: str | None, member_id: object) -> Refusal | None:
    """A check-in is by a code or by a member, not both."""
    if (code is None) != (member_id is None):
        return None
    return Refusal("check_in.person_is_named", "Give a code or a member.", "code")


def cost_a_head(cost: Decimal | None, people: int) -> Decimal | None:
    """Return what one who came cost, to the fen; None where the cost is not known or nobody came."""
    if cost is None or people == 0:
        return None
    return (cost / people).quantize(Decimal("0.01"), ROUND_HALF_UP)
