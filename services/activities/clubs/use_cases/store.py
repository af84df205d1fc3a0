"""Loading clubs, who may do what in one, what waits in it, and announcing that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.clubs.tables import Club, ClubMembership, ClubOfficer, ClubReview
from services.activities.clubs.workflow import CLUB_MEMBERSHIP
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound
from services.chassis.rules.optional import count_or_none
from services.contracts.activities.clubs.events import ClubChanged, ClubLeft
from services.contracts.activities.clubs.vocabulary import LIVE, SHOWN

NO_CLUB = "There is no such club."


def club_of(tx: Transaction, club_id: UUID, *, lock: bool = False) -> Club:
    """Return a club the caller may see. Raises `NotFound`."""
    club = tx.get(Club, club_id, NO_CLUB, field="club_id", lock=lock)
    seen = club.state in (*SHOWN, "applied") or tx.principal.kind == "service" or tx.principal.has("officer", "auditor")
    own = tx.principal.member_id is not None and tx.principal.member_id == club.applicant_id
    if not seen and not own and _membership(tx, club.id, tx.principal.member_id) is None:
        raise NotFound(NO_CLUB, field="club_id")
    return club


def subject_of(club_id: UUID) -> str:
    """Return the name under which the changes and the charter of a club are kept."""
    return f"club/{club_id}"


def member_lock(member_id: UUID) -> str:
    """Return the name of the lock under which a member's clubs are counted; taken before the lock of a club."""
    return f"club-member/{member_id}"


def presidents_of(tx: Transaction, club_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the presidents of clubs, by club."""
    standing = sa.select(ClubOfficer.club_id, ClubOfficer.member_id).where(
        ClubOfficer.club_id.in_(club_ids), ClubOfficer.post == "president", ClubOfficer.ended.is_(None)
    )
    return {row.club_id: row.member_id for row in tx.session.execute(standing) if row.member_id is not None}


def president_of(tx: Transaction, club_id: UUID) -> UUID | None:
    """Return the president of a club."""
    return presidents_of(tx, [club_id]).get(club_id)


def is_president(tx: Transaction, club_id: UUID) -> bool:
    """Whether the caller is the president of a club."""
    return tx.principal.member_id is not None and president_of(tx, club_id) == tx.principal.member_id


def require_runs(tx: Transaction, club: Club, *also: str) -> bool:
    """Return whether the caller has one of the union's roles; raise `NotAllowed` unless it has, or is the president."""
    of_union = tx.principal.has(*(also or ("officer",)))
    if not of_union and not is_president(tx, club.id):
        raise NotAllowed("The president of the club does this.", rule="clubs.president_runs_it")
    return of_union


def require_president(tx: Transaction, club: Club) -> UUID:
    """Return the caller's member id. Raises `NotAllowed` unless it is the president's."""
    member_id = tx.principal.member_id
    if member_id is None or not is_president(tx, club.id):
        raise NotAllowed("The president of the club does this.", rule="clubs.president_runs_it")
    return member_id


def require_own_club(tx: Transaction, club_id: UUID | None) -> None:
    """Raise `NotAllowed` unless the caller is the president of the club."""
    if club_id is None or not is_president(tx, club_id):
        raise NotAllowed("The president of the club sees this.", rule="clubs.president_runs_it")


def live_membership(tx: Transaction, club_id: UUID, member_id: UUID) -> ClubMembership | None:
    """Return a membership that has not ended; its club is locked."""
    found = sa.select(ClubMembership).where(
        ClubMembership.club_id == club_id, ClubMembership.member_id == member_id, ClubMembership.state.in_(LIVE)
    )
    return tx.session.scalars(found.with_for_update().execution_options(populate_existing=True)).first()


def locked_membership(tx: Transaction, membership_id: UUID) -> tuple[Club, ClubMembership]:
    """Return a membership with its club, both locked, the club first."""
    seen = tx.get(ClubMembership, membership_id, "There is no such membership.", field="membership_id")
    club = club_of(tx, seen.club_id, lock=True)
    return club, tx.get(ClubMembership, membership_id, "There is no such membership.", lock=True)


def end_membership(
    tx: Transaction, club: Club, membership: ClubMembership, cause: str, note: str | None = None
) -> None:
    """End a membership, or that somebody asked for one, with the offices, and announce it.

    Raises:
        Refused: it has ended.
    """
    waited = membership.state == "applied"
    action = "refuse" if cause == "refused" else "leave"
    membership.state = CLUB_MEMBERSHIP.apply(membership.state, action, roles=None)
    membership.left_on, membership.cause, membership.note = tx.today, cause, note
    if waited:
        club.waiting -= 1
    else:
        club.members -= 1
    if membership.member_id is None:
        return
    if not waited:
        end_offices(tx, club.id, membership.member_id)
    tx.record(ClubLeft(club_id=club.id, member_id=membership.member_id, cause=cause, waited=waited))


def end_offices(tx: Transaction, club_id: UUID, member_id: UUID | None, end: str = "left_club") -> None:
    """End the offices of a member in a club, of all members where none is named."""
    standing = sa.update(ClubOfficer).where(ClubOfficer.club_id == club_id, ClubOfficer.ended.is_(None))
    if member_id is not None:
        standing = standing.where(ClubOfficer.member_id == member_id)
    ended = standing.values(ended=tx.today, end=end, rank=0)
    tx.session.execute(ended.execution_options(synchronize_session="fetch"))


def announce(tx: Transaction, club: Club, change: str) -> None:
    """Announce how a club stands: what waits for its president and for the union."""
    tx.session.flush()
    review = tx.session.scalars(
        sa.select(ClubReview)
        .where(ClubReview.club_id == club.id, ClubReview.state != "decided")
        .order_by(ClubReview.year)
        .limit(1)
    ).first()
    tx.record(
        ClubChanged(
            club_id=club.id, change=change, state=club.state, applicant_id=club.applicant_id,
            president_id=president_of(tx, club.id), waiting=club.waiting,
            review_year=review.year if review else None, review_state=review.state if review else None,
            review_due_on=review.due_on if review else None, term_ends_on=_near_end(tx, club),
        )
    )  # fmt: skip


def names_of(tx: Transaction, club_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of clubs by id."""
    rows = tx.session.execute(sa.select(Club.id, Club.name).where(Club.id.in_(club_ids)))
    return {row.id: row.name for row in rows}


def _near_end(tx: Transaction, club: Club) -> Any:
    """Return the next end of a term in the days before which one is reminded; None where none is near."""
    days = count_or_none(tx, "clubs.reminder_days")
    if days is None or club.state not in SHOWN:
        return None
    return tx.session.scalar(
        sa.select(sa.func.min(ClubOfficer.ends_on)).where(
            ClubOfficer.club_id == club.id, ClubOfficer.ended.is_(None),
            ClubOfficer.ends_on <= tx.today + timedelta(days=days),
        )
    )  # fmt: skip


def _membership(tx: Transaction, club_id: UUID, member_id: UUID | None) -> UUID | None:
    if member_id is None:
        return None
    mine = sa.select(ClubMembership.id).where(ClubMembership.club_id == club_id, ClubMembership.member_id == member_id)
    return tx.session.scalar(mine.limit(1))
