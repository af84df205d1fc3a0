"""What happens by itself: reviews fall due, terms end, members leave the union, old names are erased."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.clubs import rules
from services.activities.clubs.tables import Club, ClubMembership, ClubOfficer, ClubReview
from services.activities.clubs.use_cases import store
from services.chassis.clock import months_until
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.rules.optional import count_or_none
from services.contracts.activities.clubs.vocabulary import LIVE

AT_ONCE = 200
_NOBODY = {"member_id": None, "unit_id": None, "note": None}


def ask_for_reviews(tx: Transaction) -> None:
    """Open the review of the year before for the next clubs that have none: due so many days after New Year.

    Nothing is asked for where no rule says within how many days (`clubs.review_days`).
    """
    days = count_or_none(tx, "clubs.review_days")
    if days is None or days < 1:
        return
    year = tx.today.year - 1
    due_on = date(tx.today.year, 1, 1) + timedelta(days=days - 1)
    reviewed = sa.select(ClubReview.club_id).where(ClubReview.year == year)
    wanted = sa.select(Club).where(
        Club.state == "founded", Club.founded_on <= date(year, 12, 31), Club.id.not_in(reviewed)
    )
    ordered = wanted.order_by(Club.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for club in tx.session.scalars(ordered).all():
        tx.session.add(ClubReview(club_id=club.id, year=year, state="due", due_on=due_on))
        store.announce(tx, club, "review_due")


def remind_of_terms(tx: Transaction) -> None:
    """Announce once that the term of an office ends in so many days as the rule `clubs.reminder_days` says."""
    days = count_or_none(tx, "clubs.reminder_days")
    if days is None:
        return
    near = sa.select(ClubOfficer.club_id).where(
        ClubOfficer.ended.is_(None), ClubOfficer.told.is_(False),
        ClubOfficer.ends_on <= tx.today + timedelta(days=days),
    )  # fmt: skip
    clubs = sa.select(Club).where(Club.id.in_(near)).order_by(Club.id).limit(AT_ONCE)
    for club in tx.session.scalars(clubs.with_for_update(skip_locked=True)).all():
        told = sa.update(ClubOfficer).where(
            ClubOfficer.club_id == club.id, ClubOfficer.ended.is_(None),
            ClubOfficer.ends_on <= tx.today + timedelta(days=days),
        )  # fmt: skip
        tx.session.execute(told.values(told=True).execution_options(synchronize_session=False))
        store.announce(tx, club, "term_ending")


def release_memberships(tx: Transaction, member_id: UUID, standing: str | None) -> None:
    """End the clubs of a member who may no longer be in them: left the union, or retired where they are not for it.

    Args:
        tx: the transaction in which the copy of the member got this standing.
        member_id: the member.
        standing: the member's.
    """
    if standing not in rules.TAKES_PART:
        _release(tx, member_id, standing)


def forget_memberships(tx: Transaction, event: ReceivedEvent) -> None:
    """Erase whose memberships and offices those of a former member were; they stay as figures."""
    member_id = event.data["member_id"]
    _release(tx, member_id, None)
    tx.session.flush()
    for table, values in ((ClubMembership, _NOBODY), (ClubOfficer, {"member_id": None})):
        mine = sa.update(table).where(table.member_id == member_id).values(**values)
        tx.session.execute(mine.execution_options(synchronize_session=False))
    applied = sa.update(Club).where(Club.applicant_id == member_id).values(applicant_id=None)
    tx.session.execute(applied.execution_options(synchronize_session=False))


def forget_old_memberships(tx: Transaction) -> None:
    """Erase whose the next memberships were that ended longer ago than the rule says; offices stay as history."""
    months = count_or_none(tx, "clubs.keep_months")
    if months is None:
        return
    before = months_until(tx.today, months + 1)[0]
    old = (
        sa.select(ClubMembership.id)
        .where(ClubMembership.member_id.is_not(None), ClubMembership.left_on < before)
        .order_by(ClubMembership.left_on)
        .limit(AT_ONCE * 5)
    )
    erased = sa.update(ClubMembership).where(ClubMembership.id.in_(old)).values(**_NOBODY)
    tx.session.execute(erased.execution_options(synchronize_session=False))


def _release(tx: Transaction, member_id: UUID, standing: str | None) -> None:
    tx.lock(store.member_lock(member_id))
    mine = sa.select(ClubMembership.club_id).where(
        ClubMembership.member_id == member_id, ClubMembership.state.in_(LIVE)
    )
    for club_id in sorted(tx.session.scalars(mine).all()):
        club: Any = tx.get(Club, club_id, store.NO_CLUB, lock=True)
        membership = store.live_membership(tx, club_id, member_id)
        if membership is None or rules.standing_may_join(standing, club.for_retained) is None:
            continue
        store.end_membership(tx, club, membership, "no_member")
        store.announce(tx, club, "officers")
