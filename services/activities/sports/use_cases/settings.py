"""How teams play, and which teams there are, before the draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity, require_organiser
from services.activities.participants.use_cases.reading import participants_of
from services.activities.sports import rules
from services.activities.sports.tables import SportsTeam, Tournament
from services.activities.sports.use_cases import store
from services.activities.sports.workflow import TOURNAMENT
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, PreconditionFailed, refuse_first
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.activities.sports.tournaments import MOST_TEAMS

_TEAM = ("id", "name", "unit_id", "contact_id", "seed")


def get_tournament(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tournament of an activity. Raises `NotFound`."""
    return store.tournament_reply(*store.seen(tx, request["activity_id"]))


def list_tournaments(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of tournaments, those made last first; of drafts only one's own."""
    statement = sa.select(Tournament, Activity).join(Activity, Activity.id == Tournament.activity_id)
    if request["state"] is not None:
        statement = statement.where(Tournament.state == request["state"])
    if not tx.principal.has("officer", "auditor"):
        own = Activity.organiser_unit_id.in_(tx.principal.units("chair"))
        statement = statement.where(Activity.scheduled_at.is_not(None) | own)
    page = page_of(tx, statement, request, [(Tournament.made_at, "desc"), (Tournament.activity_id, "desc")])
    return page.reply([store.tournament_reply(activity, tournament) for tournament, activity in page.rows])


def set_tournament(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Say how teams play, for the first time or anew until the fixtures are drawn.

    Raises:
        NotAllowed: the caller does not organise the activity.
        PreconditionFailed: somebody else changed it.
        Refused: the fixtures are drawn, or periods or courts are not sound.
    """
    activity = get_activity(tx, request)
    require_organiser(tx.principal, activity.organiser_unit_id)
    tx.lock(store.subject_of(activity.id))
    tournament = tx.session.get(Tournament, activity.id, with_for_update=True)
    if request["version"] != (tournament.version if tournament else 0):
        raise PreconditionFailed("Somebody else changed it.", rule="sports.version_is_the_one_that_stands")
    periods = [(one["starts_at"], one["ends_at"]) for one in request["periods"]]
    refuse_first(
        rules.activity_stands(activity.state),
        rules.is_prepared(tournament.state if tournament else TOURNAMENT.initial),
        rules.periods_are_sound(periods),
        rules.courts_differ(request["courts"]),
    )
    if tournament is None:
        tournament = Tournament(
            activity_id=activity.id, state=TOURNAMENT.initial, knock_out_drawn=False, version=0, made_at=tx.now
        )
        tx.session.add(tournament)
    terms = {name: request[name] for name in store.TERMS}
    note_change(
        tx, store.subject_of(activity.id),
        {name: (getattr(tournament, name) if tournament.version else None, value) for name, value in terms.items()},
    )  # fmt: skip
    for name, value in terms.items():
        setattr(tournament, name, value)
    tournament.periods = [[begins.isoformat(), ends.isoformat()] for begins, ends in sorted(periods)]
    tournament.version += 1
    tx.session.flush()
    return store.tournament_reply(activity, tournament)


def list_sports_teams(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the teams of a tournament."""
    _, tournament = store.seen(tx, request["activity_id"])
    return {"items": [_team(one) for one in store.teams_of(tx, tournament)]}


def add_sports_team(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Enter a team before the draw.

    Raises:
        Refused: the fixtures are drawn, name or seed are taken, or the contact is no member.
    """
    _, tournament = store.managed(tx, request["activity_id"])
    teams = store.teams_of(tx, tournament)
    contact = request["contact_id"]
    refuse_first(
        rules.is_prepared(tournament.state),
        rules.teams_are_few(len(teams), MOST_TEAMS),
        rules.name_is_free(any(one.name == request["name"] for one in teams)),
        rules.seed_is_free(request["seed"] is not None and any(one.seed == request["seed"] for one in teams)),
        rules.contact_is_a_member(contact is None or bool(participants_of(tx, [contact]))),
    )
    team = SportsTeam(
        activity_id=tournament.activity_id, name=request["name"], unit_id=request["unit_id"], contact_id=contact,
        seed=request["seed"],
    )  # fmt: skip
    tx.session.add(team)
    tx.session.flush()
    return _team(team)


def remove_sports_team(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take a team out before the draw."""
    _, tournament = store.managed(tx, request["activity_id"])
    refuse_first(rules.is_prepared(tournament.state))
    team = tx.session.get(SportsTeam, request["team_id"])
    if team is None or team.activity_id != tournament.activity_id:
        raise NotFound("There is no such team.", field="team_id")
    tx.session.delete(team)
    return {"team_id": request["team_id"]}


def forget_contacts(tx: Transaction, event: ReceivedEvent) -> None:
    """Erase a former member as the contact of teams."""
    mine = sa.update(SportsTeam).where(SportsTeam.contact_id == event.data["member_id"]).values(contact_id=None)
    tx.session.execute(mine.execution_options(synchronize_session=False))


def _team(team: SportsTeam) -> dict[str, Any]:
    return {**{name: getattr(team, name) for name in _TEAM}, "group": team.group_number}
