"""What the union decides about a club: founding, refusing, suspending, going on, dissolving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.activities.clubs import rules
from services.activities.clubs.tables import Club, ClubMembership, ClubReview
from services.activities.clubs.use_cases import officers, store
from services.activities.clubs.use_cases.clubs import replies
from services.activities.clubs.use_cases.joining import take_supporters
from services.activities.clubs.workflow import CLUB
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.rules.optional import rule_or_none
from services.chassis.rules.refusal import sourced
from services.contracts.activities.clubs.events import ClubFounded
from services.contracts.activities.clubs.vocabulary import LIVE

Request = Mapping[str, Any]


def decide_club(tx: Transaction, request: Request) -> dict[str, Any]:
    """Found a club or refuse it.

    Raises:
        Refused: it was decided, the charter is missing, too few support it, or the applicant can't be its president.
    """
    club = store.club_of(tx, request["club_id"], lock=True)
    if request["found"]:
        _found(tx, club, request["note"])
        change = "founded"
    else:
        _move(tx, club, "refuse", request["note"])
        _end_all(tx, club, "not_founded")
        change = "refused"
    store.announce(tx, club, change)
    return replies(tx, [club])[0]


def withdraw_club(tx: Transaction, request: Request) -> dict[str, Any]:
    """Withdraw one's own application. Raises `NotAllowed` for others', `Refused` when it was decided."""
    club = store.club_of(tx, request["club_id"], lock=True)
    if club.applicant_id is None or club.applicant_id != tx.principal.member_id:
        raise NotAllowed("This is another member's application.", rule="clubs.application_is_ones_own")
    _move(tx, club, "withdraw", None)
    _end_all(tx, club, "not_founded")
    store.announce(tx, club, "withdrawn")
    return replies(tx, [club])[0]


def suspend_club(tx: Transaction, request: Request) -> dict[str, Any]:
    """Suspend a club. Raises `Refused` when it is not founded."""
    return _decide(tx, request, "suspend", "suspended")


def resume_club(tx: Transaction, request: Request) -> dict[str, Any]:
    """Let a suspended club go on. Raises `Refused` when it is not suspended."""
    return _decide(tx, request, "resume", "resumed")


def dissolve_club(tx: Transaction, request: Request) -> dict[str, Any]:
    """Dissolve a club; memberships, offices and reviews that are open end. Raises `Refused` when it does not exist."""
    club = store.club_of(tx, request["club_id"], lock=True)
    _move(tx, club, "dissolve", request["reason"])
    club.ended_on = tx.today
    store.end_offices(tx, club.id, None, "dissolved")
    _end_all(tx, club, "dissolved")
    tx.session.execute(sa.delete(ClubReview).where(ClubReview.club_id == club.id, ClubReview.state == "due"))
    store.announce(tx, club, "dissolved")
    return replies(tx, [club])[0]


def suspend(tx: Transaction, club: Club, note: str) -> None:
    """Suspend a club as what follows from a verdict; the club is locked."""
    _move(tx, club, "suspend", note)


def _found(tx: Transaction, club: Club, note: str) -> None:
    CLUB.apply(club.state, "found", roles=tx.principal.roles)
    least = rule_or_none(tx, "clubs.least_founders", tx.today)
    refuse_first(
        rules.charter_is_there(club.charter_id is not None),
        sourced(rules.founders_are_enough(club.waiting, least.count), least) if least is not None else None,
    )
    _move(tx, club, "found", note)
    club.founded_on = tx.today
    take_supporters(tx, club)
    applicant = club.applicant_id
    is_in = applicant is not None and store.live_membership(tx, club.id, applicant) is not None
    refuse_first(rules.officer_is_a_member(is_in))
    assert applicant is not None
    officers.install_founder(tx, club, applicant)
    tx.record(
        ClubFounded(club_id=club.id, president_id=applicant, members=club.members, founded_on=tx.today)
    )  # fmt: skip


def _decide(tx: Transaction, request: Request, action: str, change: str) -> dict[str, Any]:
    club = store.club_of(tx, request["club_id"], lock=True)
    _move(tx, club, action, request["reason"])
    store.announce(tx, club, change)
    return replies(tx, [club])[0]


def _move(tx: Transaction, club: Club, action: str, note: str | None) -> None:
    before = club.state
    club.state, club.note = CLUB.apply(before, action, roles=tx.principal.roles), note
    club.version += 1
    note_change(tx, store.subject_of(club.id), {"state": (before, club.state)}, note)


def _end_all(tx: Transaction, club: Club, cause: str) -> None:
    standing = sa.select(ClubMembership).where(ClubMembership.club_id == club.id, ClubMembership.state.in_(LIVE))
    for one in tx.session.scalars(standing.order_by(ClubMembership.id).with_for_update()).all():
        store.end_membership(tx, club, one, cause)
