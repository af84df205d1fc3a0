"""Results: sets, walk-overs, corrections, postponement, the way on in the bracket, fixtures and standings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.activities.sports import rules
from services.activities.sports.standing_rules import winner_of
from services.activities.sports.tables import Fixture, SportsTeam, Tournament
from services.activities.sports.use_cases import store
from services.activities.sports.use_cases.drawing import group_tables
from services.activities.sports.workflow import TOURNAMENT
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.activities.sports.vocabulary import DONE

_LINE = ("played", "won", "lost", "points", "sets_won", "sets_lost", "scored", "conceded")


def list_fixtures(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of fixtures by time; those without one, such as byes and postponed ones, stand last."""
    _, tournament = store.seen(tx, request["activity_id"])
    statement = sa.select(Fixture).where(Fixture.activity_id == tournament.activity_id)
    for name, column in (("stage", Fixture.stage), ("group", Fixture.group_number), ("state", Fixture.state)):
        if request[name] is not None:
            statement = statement.where(column == request[name])
    if request["team_id"] is not None:
        statement = statement.where(
            sa.or_(Fixture.home_id == request["team_id"], Fixture.away_id == request["team_id"])
        )
    direction = "desc" if request["sort"].startswith("-") else "asc"
    untimed = sa.case((Fixture.starts_at.is_(None), 1), else_=0)
    at = sa.func.coalesce(Fixture.starts_at, tournament.made_at)
    page = page_of(tx, statement, request, [(untimed, "asc"), (at, direction), (Fixture.number, direction)])
    names = {one.id: one.name for one in store.teams_of(tx, tournament)}
    return page.reply([store.fixture_reply(one, names) for one in page.rows])


def standings(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the standings of the groups."""
    _, tournament = store.seen(tx, request["activity_id"])
    by_id = {one.id: one for one in store.teams_of(tx, tournament)}
    return {
        "items": [
            {
                "group": group, "rank": rank, "team_id": line.team, "name": by_id[line.team].name,
                "unit_id": by_id[line.team].unit_id, **{name: getattr(line, name) for name in _LINE},
            }
            for group, table in group_tables(tx, tournament).items()
            for rank, line in table
        ]
    }  # fmt: skip


def record_result(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Record the sets of a match, or that a team did not play; the winner goes on in the bracket.

    Raises:
        Refused: the match has no two teams, the sets don't make a match, a correction has no reason, or matches that
            follow are drawn or played.
    """
    _, tournament = store.managed(tx, request["activity_id"])
    fixture = store.fixture_of(tx, tournament, request["fixture_id"])
    sets = [(one["home"], one["away"]) for one in request["sets"]]
    absent, corrects = request["absent_id"], fixture.state in DONE
    following = _next_of(tx, fixture)
    refuse_first(
        rules.teams_are_known(None not in (fixture.home_id, fixture.away_id)),
        rules.result_is_given_one_way(len(sets), absent is not None),
        rules.absent_team_plays(absent is None or absent in (fixture.home_id, fixture.away_id)),
        rules.correction_has_a_reason(corrects, request["reason"]),
        rules.nothing_follows(_follows(tournament, fixture, following)),
    )
    if absent is None:
        side = winner_of(sets, tournament.sets_to_win)
        refuse_first(rules.sets_are_of_a_match(side, tournament.sets_to_win))
        winner, state = (fixture.home_id if side == "home" else fixture.away_id), "played"
    else:
        winner, state = (fixture.away_id if absent == fixture.home_id else fixture.home_id), "walk_over"
    if corrects:
        told = {f"result/{fixture.number}": (f"{fixture.sets} {fixture.state}", f"{sets} {state}")}
        note_change(tx, store.subject_of(tournament.activity_id), told, request["reason"])
    fixture.sets, fixture.state, fixture.winner_id = [list(one) for one in sets], state, winner
    fixture.absent_id, fixture.reason = absent, request["reason"]
    if following is not None:
        setattr(following, "home_id" if fixture.position % 2 == 0 else "away_id", winner)
    tx.session.flush()
    _settle(tx, tournament)
    teams = store.teams_of(tx, tournament)
    store.changed(tx, fixture, teams, moved=False)
    return store.fixture_reply(fixture, {one.id: one.name for one in teams})


def move_fixture(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Postpone a match, or give it a time and court; the contacts of its teams are told.

    Raises:
        Refused: it was played, the court is unknown or taken, or a team plays another match then.
    """
    _, tournament = store.managed(tx, request["activity_id"])
    fixture = store.fixture_of(tx, tournament, request["fixture_id"])
    starts_at, court = request["starts_at"], request["court"]
    refuse_first(
        rules.match_is_to_come(fixture.state),
        rules.time_and_court_go_together(starts_at, court),
        rules.court_is_known(court is None or court in tournament.courts),
    )
    if starts_at is not None:
        minutes = timedelta(minutes=tournament.match_minutes)
        others = [
            one
            for one in store.fixtures_of(tx, tournament)
            if one.id != fixture.id and one.starts_at is not None and abs(one.starts_at - starts_at) < minutes
        ]
        own = {fixture.home_id, fixture.away_id} - {None}
        refuse_first(
            rules.court_is_free(any(one.court == court for one in others)),
            rules.teams_are_free(any(own & {one.home_id, one.away_id} for one in others)),
        )
    told = {f"time/{fixture.number}": (f"{fixture.starts_at} {fixture.court}", f"{starts_at} {court}")}
    note_change(tx, store.subject_of(tournament.activity_id), told, request["reason"])
    fixture.starts_at, fixture.court, fixture.reason = starts_at, court, request["reason"]
    fixture.state = "planned" if starts_at is not None else "postponed"
    tx.session.flush()
    teams: Sequence[SportsTeam] = store.teams_of(tx, tournament)
    store.changed(tx, fixture, teams, moved=True)
    return store.fixture_reply(fixture, {one.id: one.name for one in teams})


def _next_of(tx: Transaction, fixture: Fixture) -> Fixture | None:
    """Return the match that the winner of a knock-out match goes on to, None for the final and groups."""
    if fixture.stage != "knock_out":
        return None
    following = (
        Fixture.activity_id == fixture.activity_id, Fixture.stage == "knock_out", Fixture.round == fixture.round + 1,
        Fixture.position == fixture.position // 2,
    )  # fmt: skip
    return tx.session.scalar(sa.select(Fixture).where(*following))


def _follows(tournament: Tournament, fixture: Fixture, following: Fixture | None) -> bool:
    """Whether matches that follow from a result are drawn, or played."""
    if fixture.stage == "group":
        return tournament.knock_out_drawn
    return following is not None and following.state in DONE


def _settle(tx: Transaction, tournament: Tournament) -> None:
    """End the tournament with its last result."""
    waits = tournament.format == "groups_then_knock_out" and not tournament.knock_out_drawn
    over = not waits and all(one.state in DONE for one in store.fixtures_of(tx, tournament))
    if over and tournament.state == "playing":
        tournament.state = TOURNAMENT.apply(tournament.state, "finish", roles=None)
