"""Loading tournaments for those who organise them or follow them, and what is told of a fixture."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.reading import Activity, get_activity, require_organiser
from services.activities.sports import rules
from services.activities.sports.standing_rules import Played, Scoring
from services.activities.sports.tables import Fixture, SportsTeam, Tournament
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.contracts.activities.sports.events import FixtureChanged

TERMS = (
    "format", "groups", "advance", "sets_to_win", "win_points", "loss_points", "walk_over_points", "tie_breaks",
    "courts", "match_minutes",
)  # fmt: skip
_FIXTURE = (
    "id", "number", "stage", "round", "home_id", "away_id", "court", "starts_at", "state", "winner_id", "reason"
)  # fmt: skip


def subject_of(activity_id: UUID) -> str:
    """Return the name under which the changes of a tournament are kept."""
    return f"tournament/{activity_id}"


def seen(tx: Transaction, activity_id: UUID) -> tuple[Activity, Tournament]:
    """Return a tournament with its activity, which the caller may see. Raises `NotFound`."""
    activity = get_activity(tx, {"activity_id": activity_id})
    return activity, tx.get(Tournament, activity_id, "This activity has no tournament.", field="activity_id")


def managed(tx: Transaction, activity_id: UUID) -> tuple[Activity, Tournament]:
    """Return a tournament that the caller organises, locked; all that changes one takes this lock first.

    Raises:
        NotAllowed: the caller does not organise it.
        Refused: the activity is cancelled.
    """
    activity, _ = seen(tx, activity_id)
    require_organiser(tx.principal, activity.organiser_unit_id)
    refuse_first(rules.activity_stands(activity.state))
    return activity, tx.get(Tournament, activity_id, "This activity has no tournament.", lock=True)


def teams_of(tx: Transaction, tournament: Tournament) -> Sequence[SportsTeam]:
    """Return the teams: those with a seed first, in their order, then by name."""
    found = tx.session.scalars(sa.select(SportsTeam).where(SportsTeam.activity_id == tournament.activity_id)).all()
    return sorted(found, key=lambda one: (one.seed is None, one.seed or 0, one.name))


def fixtures_of(tx: Transaction, tournament: Tournament, stage: str | None = None) -> Sequence[Fixture]:
    """Return the fixtures of a stage, or all, by number."""
    statement = sa.select(Fixture).where(Fixture.activity_id == tournament.activity_id)
    if stage is not None:
        statement = statement.where(Fixture.stage == stage)
    return tx.session.scalars(statement.order_by(Fixture.number)).all()


def fixture_of(tx: Transaction, tournament: Tournament, fixture_id: UUID) -> Fixture:
    """Return a fixture of a tournament. Raises `NotFound`."""
    fixture = tx.session.get(Fixture, fixture_id)
    if fixture is None or fixture.activity_id != tournament.activity_id:
        raise NotFound("There is no such match.", field="fixture_id")
    return fixture


def scoring_of(tournament: Tournament) -> Scoring:
    """Return what matches of a tournament give."""
    return Scoring(
        tournament.win_points, tournament.loss_points, tournament.walk_over_points, tournament.sets_to_win,
        tuple(tournament.tie_breaks),
    )  # fmt: skip


def played(fixtures: Collection[Fixture]) -> list[Played]:
    """Return the matches that have a winner."""
    return [
        Played(one.home_id, one.away_id, one.winner_id, tuple((a, b) for a, b in one.sets), one.absent_id)
        for one in fixtures
        if one.home_id is not None and one.away_id is not None and one.winner_id is not None
    ]


def periods_of(tournament: Tournament) -> list[tuple[datetime, datetime]]:
    """Return the times in which the courts are there."""
    return [(datetime.fromisoformat(begins), datetime.fromisoformat(ends)) for begins, ends in tournament.periods]


def tournament_reply(activity: Activity, tournament: Tournament) -> dict[str, Any]:
    """Return a tournament as the contract has it."""
    return {
        "activity_id": activity.id,
        "title": activity.title,
        "starts_at": activity.starts_at,
        "organiser_unit_id": activity.organiser_unit_id,
        **{name: getattr(tournament, name) for name in ("state", "version", "knock_out_drawn", *TERMS)},
        "periods": [{"starts_at": begins, "ends_at": ends} for begins, ends in periods_of(tournament)],
    }


def fixture_reply(fixture: Fixture, names: dict[UUID, str]) -> dict[str, Any]:
    """Return a fixture as the contract has it."""
    return {
        **{name: getattr(fixture, name) for name in _FIXTURE},
        "group": fixture.group_number,
        "home_name": names.get(fixture.home_id) if fixture.home_id else None,
        "away_name": names.get(fixture.away_id) if fixture.away_id else None,
        "winner_name": names.get(fixture.winner_id) if fixture.winner_id else None,
        "sets": [{"home": home, "away": away} for home, away in fixture.sets],
    }


def changed(tx: Transaction, fixture: Fixture, teams: Collection[SportsTeam], *, moved: bool) -> None:
    """Announce a fixture as it is now."""
    of_match = (one for one in teams if one.id in (fixture.home_id, fixture.away_id))
    tx.record(
        FixtureChanged(
            activity_id=fixture.activity_id, fixture_id=fixture.id, state=fixture.state,
            starts_at=fixture.starts_at, moved=moved, contact_ids=contacts_of(of_match),
        )
    )  # fmt: skip


def contacts_of(teams: Any) -> list[UUID]:
    """Return the members who are contacts of teams, each once."""
    return sorted({one.contact_id for one in teams if one.contact_id is not None})
