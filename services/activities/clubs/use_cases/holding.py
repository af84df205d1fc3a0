"""Activities of clubs: planned by the president as a draft, linked by the union, listed on the club's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases import organising
from services.activities.calendar.use_cases.of_others import activities_among
from services.activities.calendar.use_cases.reading import find_activity, unknown_activity
from services.activities.clubs import rules
from services.activities.clubs.tables import Club, ClubActivity
from services.activities.clubs.use_cases import store
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.contracts.activities.clubs.vocabulary import SHOWN

Request = Mapping[str, Any]


def list_club_activities(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of a club's activities, the latest first; drafts to its president and the union only."""
    club = store.club_of(tx, request["club_id"])
    with_drafts = tx.principal.has("officer", "auditor") or store.is_president(tx, club.id)
    wanted = sa.select(ClubActivity.activity_id).where(ClubActivity.club_id == club.id)
    return activities_among(tx, wanted, request, with_drafts=with_drafts)


def club_of_activity(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return which club holds an activity; nulls where none does."""
    found = tx.session.execute(
        sa.select(Club.id, Club.name, Club.name_en)
        .join(ClubActivity, ClubActivity.club_id == Club.id)
        .where(ClubActivity.activity_id == request["activity_id"], Club.state.in_(SHOWN))
    ).first()
    if found is None:
        return {"club_id": None, "name": None, "name_en": None}
    return {"club_id": found.id, "name": found.name, "name_en": found.name_en}


def draft_club_activity(tx: Transaction, request: Request) -> Any:
    """Plan an activity of a club as a draft of the union's calendar.

    Raises:
        NotAllowed: the caller is not the president.
        Refused: the club is not active.
        InvalidInput: the times are not sound.
    """
    club = store.club_of(tx, request["club_id"], lock=True)
    store.require_president(tx, club)
    refuse_first(rules.club_is_active(club.state))
    activity = organising.draft_for_union(tx, {name: value for name, value in request.items() if name != "club_id"})
    _link(tx, club, activity.id)
    return activity


def link_club_activity(tx: Transaction, request: Request) -> Any:
    """Say that a club holds an activity; once more changes nothing.

    Raises:
        NotFound: there is no such activity.
        Refused: the club is not there, or the activity belongs to another one.
    """
    club = store.club_of(tx, request["club_id"], lock=True)
    activity = find_activity(tx, request["activity_id"])
    if activity is None:
        raise unknown_activity()
    tx.lock(f"club-activity/{activity.id}")
    linked = tx.session.get(ClubActivity, activity.id)
    refuse_first(
        rules.club_is_active("founded" if club.state in SHOWN else club.state),
        rules.activity_is_free(linked is not None and linked.club_id != club.id),
    )
    if linked is None:
        _link(tx, club, activity.id)
    return activity


def unlink_club_activity(tx: Transaction, request: Request) -> dict[str, Any]:
    """Say that a club does not hold an activity. Raises `NotFound` where it does not."""
    club = store.club_of(tx, request["club_id"], lock=True)
    linked = tx.session.get(ClubActivity, request["activity_id"])
    if linked is None or linked.club_id != club.id:
        raise NotFound("The club does not hold this activity.", rule="clubs.activity_is_of_the_club")
    tx.session.delete(linked)
    note_change(tx, store.subject_of(club.id), {"activity_id": (linked.activity_id, None)})
    return {"club_id": club.id, "activity_id": linked.activity_id}


def _link(tx: Transaction, club: Club, activity_id: UUID) -> None:
    tx.session.add(ClubActivity(activity_id=activity_id, club_id=club.id, linked_at=tx.now))
    note_change(tx, store.subject_of(club.id), {"activity_id": (None, activity_id)})
    tx.session.flush()
