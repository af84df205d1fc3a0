"""Rules of teams: sizes, units, the lock of line-ups. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.chassis.rules.refusal import Refusal


@dataclass(frozen=True)
class Sizes:
    """How many play in a team."""

    least: int
    most: int
    most_substitutes: int


def activity_is_for_teams(found: bool) -> Refusal | None:
    """Teams are of activities that are for teams."""
    return None if found else Refusal("teams.activity_is_for_teams", "The activity is not for teams.", "activity_id")


def activity_is_to_come(state: str, starts_at: datetime, now: datetime) -> Refusal | None:
    """Teams form before an announced activity."""
    if state == "scheduled" and now < starts_at:
        return None
    return Refusal("teams.activity_is_to_come", "The activity is not announced, has begun or is over.", "activity_id")


def line_up_is_open(locks_at: datetime, now: datetime, organises: bool, reason: str | None) -> Refusal | None:
    """Line-ups change until they are locked; after that only organisers change them, with a reason."""
    if now < locks_at:
        return None
    told = {"locks_at": locks_at.isoformat()}
    if not organises:
        return Refusal("teams.line_up_is_open", "The line-ups are locked; ask the organiser.", params=told)
    if not reason:
        return Refusal("teams.change_has_a_reason", "The line-ups are locked: say why it changes.", "reason", told)
    return None


def lock_precedes_start(locks_at: datetime, starts_at: datetime) -> Refusal | None:
    """Line-ups are locked when the activity begins at the latest."""
    if locks_at <= starts_at:
        return None
    return Refusal("teams.lock_precedes_start", "Line-ups are locked before the activity begins.", "locks_at")


def setting_fits_teams(teams: int, changed: bool) -> Refusal | None:
    """Whether a team takes a seat does not change once teams are confirmed."""
    if not teams or not changed:
        return None
    return Refusal("teams.setting_fits_teams", "Teams are confirmed already.", "takes_seat", {"count": teams})


def name_is_free(taken: bool) -> Refusal | None:
    """Two teams of an activity have different names."""
    return Refusal("teams.name_is_free", "Another team has this name.", "name") if taken else None


def plays_in_one_team(others: int) -> Refusal | None:
    """Nobody plays in two teams of an activity."""
    return Refusal("teams.plays_in_one_team", "The member plays in another team.", "member_ids") if others else None


def unit_has_a_team_left(teams: int, most: int | None) -> Refusal | None:
    """A unit has no more teams than the organiser says."""
    if most is None or teams < most:
        return None
    return Refusal("teams.unit_has_a_team_left", "The unit has enough teams.", params={"most": most})


def team_has_room(role: str, count: int, sizes: Sizes) -> Refusal | None:
    """No more players, and no more substitutes, than a team may have; who is asked counts.

    Args:
        role: for which somebody is asked.
        count: of that role, with who is asked.
        sizes: what a team may have.
    """
    most = sizes.most if role == "player" else sizes.most_substitutes
    if count <= most:
        return None
    return Refusal("teams.team_has_room", "The team has enough of them.", "member_ids", {"role": role, "most": most})


def team_is_complete(players: int, sizes: Sizes) -> Refusal | None:
    """A team that takes part has enough players who joined."""
    if players >= sizes.least:
        return None
    return Refusal(
        "teams.team_is_complete",
        f"{sizes.least} players are needed.",
        params={"least": sizes.least, "players": players},
    )


def captain_stays(captain: bool) -> Refusal | None:
    """The captain does not leave the team; the captain ends it."""
    return Refusal("teams.captain_stays", "The captain can't leave; end the team.", "member_id") if captain else None


def seat_is_left(seats_left: int | None) -> Refusal | None:
    """A team that takes a seat finds one."""
    if seats_left is None or seats_left > 0:
        return None
    return Refusal("teams.seat_is_left", "All places for teams are taken.")
