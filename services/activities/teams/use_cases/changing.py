"""Founding a team, asking players, joining, leaving, confirming, ending. All change under the activity's lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity, lock_activity, lock_to_change
from services.activities.calendar.use_cases.reading import subject_of as activity_subject
from services.activities.facts.use_cases import asking
from services.activities.participants.use_cases.reading import participants_of
from services.activities.registration.use_cases import waiting_list
from services.activities.registration.use_cases.eligibility import not_eligible
from services.activities.registration.use_cases.reading import own_member_id
from services.activities.teams import rules
from services.activities.teams.tables import Team, TeamPlayer, TeamSetting
from services.activities.teams.use_cases import store
from services.activities.teams.use_cases.reading import setting_reply
from services.activities.teams.workflow import TEAM, TEAM_PLAYER
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.process.runtime import Call
from services.contracts.activities.teams.events import TeamAnswered, TeamConfirmed, TeamEnded, TeamInvited

LIVE = ("accepted", "invited")


def prepare_own(call: Call, request: Mapping[str, Any]) -> None:
    """Make known what the audience needs of the calling member."""
    if call.principal.member_id is not None:
        asking.bring(call, request["activity_id"], [call.principal.member_id])


def prepare_named(call: Call, request: Mapping[str, Any]) -> None:
    """Make known what the audience needs of the members who are named."""
    asking.bring(call, request["activity_id"], request["member_ids"])


def set_teams(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Say that an activity is for teams, or change what holds for them.

    Raises:
        Refused: line-ups would lock after the start, or whether a team takes a seat changes under confirmed teams.
    """
    activity = lock_to_change(tx, request)
    setting = tx.session.get(TeamSetting, activity.id)
    confirmed = sa.select(sa.func.count()).where(Team.activity_id == activity.id, Team.state == "confirmed")
    changed = setting is not None and setting.takes_seat != request["takes_seat"]
    refuse_first(
        rules.lock_precedes_start(request["locks_at"], activity.starts_at),
        rules.setting_fits_teams(tx.session.scalar(confirmed) or 0, changed),
    )
    before = {name: getattr(setting, name, None) for name in store.SETTING}
    if setting is None:
        setting = TeamSetting(activity_id=activity.id)
        tx.session.add(setting)
    for name in store.SETTING:
        setattr(setting, name, request[name])
    tx.session.flush()
    note_change(tx, activity_subject(activity.id), {name: (before[name], request[name]) for name in store.SETTING})
    return setting_reply(tx, activity)


def found_team(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Found a team; the caller is its captain and plays in it.

    Raises:
        Refused: the activity is not for teams or begins, line-ups are locked, the name or all teams of the unit are
            taken, or the caller is not in the audience or plays in another team.
    """
    member_id = own_member_id(tx)
    activity, setting = _locked(tx, request)
    member = participants_of(tx, [member_id]).get(member_id)
    unit_id = member.unit_id if member else None
    same = Team.activity_id == activity.id, Team.state != "withdrawn"
    named = tx.session.scalar(sa.select(sa.func.count()).where(*same, Team.name == request["name"]))
    of_unit = tx.session.scalar(sa.select(sa.func.count()).where(*same, Team.unit_id == unit_id)) or 0
    refuse_first(
        rules.line_up_is_open(setting.locks_at, tx.now, False, None),
        not_eligible(tx, activity, [member_id], asked_by_other=False).get(member_id),
        rules.plays_in_one_team(len(_playing(tx, activity.id, [member_id]))),
        rules.name_is_free(bool(named)),
        rules.unit_has_a_team_left(of_unit, setting.most_of_unit),
    )
    team = Team(
        id=uuid7(), activity_id=activity.id, name=request["name"], unit_id=unit_id, captain_id=member_id,
        state=TEAM.initial, founded_at=tx.now,
    )  # fmt: skip
    tx.session.add(team)
    tx.session.flush()
    joined = TEAM_PLAYER.apply("asked", "join", roles=None)
    tx.session.add(_player(tx, team, member_id, unit_id, "player", joined, answered=True))
    note_change(tx, store.subject_of(team.id), {"state": (None, team.state)})
    return store.whole(tx, activity, team)


def invite_players(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Ask members to play; who is asked again after declining is asked anew.

    Raises:
        Refused: a member is not in the audience or plays in another team, the team has enough, or line-ups are locked.
    """
    activity, setting, team = _to_change(tx, request)
    players = {one.member_id: one for one in store.players_of(tx, team.id)}
    wanted = list(dict.fromkeys(request["member_ids"]))
    new = [one for one in wanted if one not in players or players[one].state not in LIVE]
    refused = not_eligible(tx, activity, new, asked_by_other=True)
    asked = store.count(players.values(), request["role"], *LIVE) + len(new)
    refuse_first(
        next(iter(refused.values()), None),
        rules.plays_in_one_team(len(_playing(tx, activity.id, new))),
        rules.team_has_room(request["role"], asked, store.sizes(setting)),
    )
    known = participants_of(tx, new)
    for member_id in new:
        row = players.get(member_id)
        state = TEAM_PLAYER.apply(row.state if row else "asked", "invite", roles=None)
        if row is None:
            tx.session.add(_player(tx, team, member_id, known[member_id].unit_id, request["role"], state))
        else:
            row.state, row.role, row.invited_at, row.answered_at = state, request["role"], tx.now, None
        tx.record(TeamInvited(activity_id=activity.id, team_id=team.id, member_id=member_id))
    note_change(tx, store.subject_of(team.id), {"invited": (0, len(new))}, request["reason"])
    return store.whole(tx, activity, team)


def answer_team_invitation(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Join the team, or decline; the captain is told.

    Raises:
        Refused: nobody asked, the caller is not in the audience now or plays in another team, or line-ups are locked.
    """
    member_id = own_member_id(tx)
    activity, setting = _locked(tx, request)
    team = store.team_of(tx, request)
    row = tx.session.get(TeamPlayer, (team.id, member_id), populate_existing=True)
    if row is None or team.state == "withdrawn":
        raise Refused("Nobody asked you to play in this team.", rule="teams.caller_is_asked")
    action = "accept" if request["accept"] else "decline"
    if request["accept"] and row.state != "accepted":
        # Who was asked by an organiser after the lock may still answer.
        late = tx.now >= setting.locks_at and row.invited_at < setting.locks_at
        refuse_first(
            rules.line_up_is_open(setting.locks_at, tx.now, False, None) if late else None,
            not_eligible(tx, activity, [member_id], asked_by_other=False).get(member_id),
            rules.plays_in_one_team(len(_playing(tx, activity.id, [member_id]))),
        )
    if row.state == "accepted" and request["accept"]:
        return store.whole(tx, activity, team)
    row.state, row.answered_at = TEAM_PLAYER.apply(row.state, action, roles=None), tx.now
    tx.session.flush()
    tx.record(_answered(team, member_id, joined=request["accept"]))
    return store.whole(tx, activity, team)


def remove_player(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take a player off the line-up, or leave; a confirmed team keeps its least number.

    Raises:
        Refused: it is the captain, the team would be too small, or line-ups are locked.
    """
    member_id = request["member_id"] or own_member_id(tx)
    if member_id == tx.principal.member_id:
        activity, setting = _locked(tx, request)
        team = store.team_of(tx, request)
        refuse_first(rules.line_up_is_open(setting.locks_at, tx.now, False, None))
    else:
        activity, setting, team = _to_change(tx, request)
    players = {one.member_id: one for one in store.players_of(tx, team.id)}
    row = players.get(member_id)
    if row is None:
        raise Refused("The member is not in this team.", rule="teams.member_is_in_the_team", field="member_id")
    refuse_first(rules.captain_stays(member_id == team.captain_id))
    was, row.state = row.state, TEAM_PLAYER.apply(row.state, "leave", roles=None)
    if team.state == "confirmed":
        refuse_first(rules.team_is_complete(store.count(players.values(), "player", "accepted"), store.sizes(setting)))
    row.answered_at = tx.now
    tx.session.flush()
    note_change(tx, store.subject_of(team.id), {"left": (was, row.state)}, request["reason"])
    tx.record(_answered(team, member_id, joined=False))
    return store.whole(tx, activity, team)


def confirm_team(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Confirm the line-up: the team takes part, and one of the activity's seats where teams do.

    Raises:
        Refused: too few have joined, one of them is no longer in the audience, no seat is left, or it is confirmed.
    """
    activity, setting, team = _to_change(tx, {"reason": None, **request})
    players = store.players_of(tx, team.id)
    joined = [one.member_id for one in players if one.state == "accepted"]
    was, team.state = team.state, TEAM.apply(team.state, "confirm", roles=None)
    refused = not_eligible(tx, activity, joined, asked_by_other=True)
    refuse_first(
        rules.team_is_complete(store.count(players, "player", "accepted"), store.sizes(setting)),
        next(iter(refused.values()), None),
        rules.seat_is_left(activity.seats_left) if setting.takes_seat else None,
    )
    if setting.takes_seat:
        activity.seats_taken += 1
    team.confirmed_at = tx.now
    tx.session.flush()
    note_change(tx, store.subject_of(team.id), {"state": (was, team.state)})
    numbers = {f"{role}s": store.count(players, role, "accepted") for role in ("player", "substitute")}
    tx.record(TeamConfirmed(**_figures(activity, team, joined), **numbers))
    return store.whole(tx, activity, team)


def end_team(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """End that a team takes part; its seat goes to who waits.

    Raises:
        Refused: it has ended, or line-ups are locked.
    """
    activity, setting, team = _to_change(tx, request)
    by_captain = tx.principal.member_id == team.captain_id
    end(tx, activity, setting, team, "by_captain" if by_captain else "by_organiser", request["reason"])
    return store.whole(tx, activity, team)


def end(
    tx: Transaction, activity: Activity, setting: TeamSetting, team: Team, cause: str, reason: str | None = None
) -> None:
    """End a team of a locked activity, and tell everybody in it."""
    was, team.state = team.state, TEAM.apply(team.state, "end", roles=None)
    asked = [one for one in store.players_of(tx, team.id) if one.state in LIVE]
    for one in asked:
        one.state = TEAM_PLAYER.apply(one.state, "leave", roles=None)
    if was == "confirmed" and setting.takes_seat:
        activity.seats_taken -= 1
    tx.session.flush()
    note_change(tx, store.subject_of(team.id), {"state": (was, team.state)}, reason)
    tx.record(TeamEnded(**_figures(activity, team, [one.member_id for one in asked]), cause=cause))
    waiting_list.move_up(tx, activity)


def _locked(tx: Transaction, request: Mapping[str, Any]) -> tuple[Activity, TeamSetting]:
    activity = lock_activity(tx, get_activity(tx, request).id)
    setting = store.setting_of(tx, activity.id)
    refuse_first(rules.activity_is_to_come(activity.state, activity.starts_at, tx.now))
    return activity, setting


def _to_change(tx: Transaction, request: Mapping[str, Any]) -> tuple[Activity, TeamSetting, Team]:
    """Return what the captain changes, or after the lock the organiser with a reason."""
    activity, setting = _locked(tx, request)
    team = store.team_of(tx, request)
    organises = store.require_captain(tx, activity, team)
    refuse_first(rules.line_up_is_open(setting.locks_at, tx.now, organises, request["reason"]))
    return activity, setting, team


def _playing(tx: Transaction, activity_id: UUID, member_ids: Sequence[UUID]) -> list[UUID]:
    """Return those of the members who play in a team of the activity."""
    accepted = TeamPlayer.activity_id == activity_id, TeamPlayer.state == "accepted"
    return list(
        tx.session.scalars(sa.select(TeamPlayer.member_id).where(*accepted, TeamPlayer.member_id.in_(member_ids)))
    )


def _player(
    tx: Transaction, team: Team, member_id: UUID, unit_id: UUID | None, role: str, state: str, answered: bool = False
) -> TeamPlayer:
    return TeamPlayer(
        team_id=team.id, member_id=member_id, activity_id=team.activity_id, unit_id=unit_id, role=role, state=state,
        invited_at=tx.now, answered_at=tx.now if answered else None,
    )  # fmt: skip


def _answered(team: Team, member_id: UUID, *, joined: bool) -> TeamAnswered:
    return TeamAnswered(
        activity_id=team.activity_id, team_id=team.id, member_id=member_id, captain_id=team.captain_id, joined=joined
    )


def _figures(activity: Activity, team: Team, member_ids: Sequence[UUID]) -> dict[str, Any]:
    return {
        "activity_id": activity.id, "team_id": team.id, "unit_id": team.unit_id, "member_ids": list(member_ids),
        "seats_taken": activity.seats_taken, "seats_left": activity.seats_left, "waiting": activity.waiting,
    }  # fmt: skip
