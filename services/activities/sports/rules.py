"""Rules of tournaments: settings, teams, the draw, results. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from services.chassis.rules.refusal import Refusal


def activity_stands(state: str) -> Refusal | None:
    """The activity is not cancelled."""
    return Refusal("sports.activity_stands", "The activity is cancelled.") if state == "cancelled" else None


def is_prepared(state: str) -> Refusal | None:
    """Settings and teams change before the draw."""
    return None if state == "preparing" else Refusal("sports.is_prepared", "The fixtures are drawn.")


def periods_are_sound(periods: Sequence[tuple[datetime, datetime]]) -> Refusal | None:
    """Periods end after they begin and do not overlap."""
    ordered = sorted(periods)
    if any(ends_at <= starts_at for starts_at, ends_at in ordered) or any(
        later[0] < earlier[1] for earlier, later in pairwise(ordered)
    ):
        return Refusal("sports.periods_are_sound", "Periods end after they begin and do not overlap.", "periods")
    return None


def courts_differ(courts: Sequence[str]) -> Refusal | None:
    """Courts have different names."""
    if len(set(courts)) == len(courts):
        return None
    return Refusal("sports.courts_differ", "Two courts have one name.", "courts")


def name_is_free(taken: bool) -> Refusal | None:
    """Two teams have different names."""
    return Refusal("sports.name_is_free", "Another team has this name.", "name") if taken else None


def seed_is_free(taken: bool) -> Refusal | None:
    """Two teams have different seeds."""
    return Refusal("sports.seed_is_free", "Another team has this seed.", "seed") if taken else None


def teams_are_few(count: int, most: int) -> Refusal | None:
    """A tournament has so many teams at most."""
    if count < most:
        return None
    return Refusal("sports.teams_are_few", "There are enough teams.", params={"most": most})


def contact_is_a_member(known: bool) -> Refusal | None:
    """The contact of a team is a member."""
    return None if known else Refusal("sports.contact_is_a_member", "This is no member.", "contact_id")


def teams_fill_groups(teams: int, groups: int, advance: int | None) -> Refusal | None:
    """Every group has two teams at least, and more than go on.

    Args:
        teams: all.
        groups: how many; one for a bracket.
        advance: how many of each group go on; None where none does.
    """
    least = groups * (2 if advance is None else max(2, advance))
    if teams >= least:
        return None
    return Refusal("sports.teams_fill_groups", "There are too few teams.", params={"teams": teams, "least": least})


def slots_are_enough(enough: bool, matches: int) -> Refusal | None:
    """Courts and periods are enough for all matches."""
    if enough:
        return None
    return Refusal(
        "sports.slots_are_enough", "Courts and periods are too few.", "periods", {"matches": matches}
    )  # fmt: skip


def groups_are_played(left: int) -> Refusal | None:
    """The knock-out stage is drawn when the groups are played."""
    if not left:
        return None
    return Refusal("sports.groups_are_played", f"{left} matches of groups are left.", params={"matches": left})


def ranks_decide(clear: bool, group: int) -> Refusal | None:
    """Who goes on follows from the standings: no two teams share the rank that decides."""
    if clear:
        return None
    return Refusal("sports.ranks_decide", "Teams share the rank that decides.", params={"group": group})


def knock_out_is_to_come(to_come: bool) -> Refusal | None:
    """A stage is drawn once."""
    return None if to_come else Refusal("sports.knock_out_is_to_come", "All stages are drawn.")


def teams_are_known(known: bool) -> Refusal | None:
    """A match is played between two teams; a bye is none."""
    return None if known else Refusal("sports.teams_are_known", "This match has no two teams yet.")


def sets_are_of_a_match(winner: str | None, sets_to_win: int) -> Refusal | None:
    """The sets say who won; the match ends with the set that decides it."""
    if winner is not None:
        return None
    return Refusal(
        "sports.sets_are_of_a_match", "The sets don't make a match.", "sets", {"sets_to_win": sets_to_win}
    )  # fmt: skip


def result_is_given_one_way(sets: int, absent: bool) -> Refusal | None:
    """A result has sets, or a team that did not play."""
    if bool(sets) != absent:
        return None
    return Refusal("sports.result_is_given_one_way", "Give the sets, or who did not play.", "sets")


def absent_team_plays(plays: bool) -> Refusal | None:
    """The team that did not play is one of the two."""
    return None if plays else Refusal("sports.absent_team_plays", "This team does not play here.", "absent_id")


def correction_has_a_reason(corrects: bool, reason: str | None) -> Refusal | None:
    """A result that was recorded is corrected with a reason."""
    if not corrects or reason:
        return None
    return Refusal("sports.correction_has_a_reason", "State the reason.", "reason")


def nothing_follows(follows: bool) -> Refusal | None:
    """A result stands once the matches that follow from it are drawn or played."""
    return Refusal("sports.nothing_follows", "Matches follow from this result.") if follows else None


def match_is_to_come(state: str) -> Refusal | None:
    """Only a match that was not played is moved."""
    if state in ("planned", "postponed"):
        return None
    return Refusal("sports.match_is_to_come", "This match was played.")


def time_and_court_go_together(starts_at: datetime | None, court: str | None) -> Refusal | None:
    """A new time names its court; neither means that the match is postponed."""
    if (starts_at is None) == (court is None):
        return None
    return Refusal("sports.time_and_court_go_together", "Give time and court, or neither.", "starts_at")


def court_is_known(known: bool) -> Refusal | None:
    """A match is on a court of the tournament."""
    return None if known else Refusal("sports.court_is_known", "There is no such court.", "court")


def court_is_free(taken: bool) -> Refusal | None:
    """A court has one match at a time."""
    return Refusal("sports.court_is_free", "The court is taken then.", "starts_at") if taken else None


def teams_are_free(busy: bool) -> Refusal | None:
    """No team plays twice at one time."""
    return Refusal("sports.teams_are_free", "A team plays another match then.", "starts_at") if busy else None
