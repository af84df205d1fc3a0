"""The yearly review: what is due, the president's report with figures, the union's verdict and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.activities.calendar.use_cases.of_others import held_among
from services.activities.clubs import rules
from services.activities.clubs.tables import Club, ClubActivity, ClubReview
from services.activities.clubs.use_cases import deciding, store
from services.activities.clubs.workflow import CLUB_REVIEW
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.optional import count_or_none, rule_or_none
from services.chassis.rules.refusal import sourced
from services.contracts.activities.clubs.events import ClubReviewed

_TOLD = (
    "id", "club_id", "year", "state", "due_on", "handed_in_at", "report", "activities_held", "attended", "members",
    "verdict", "note", "decided_on",
)  # fmt: skip
_NO_REVIEW = "There is no such review."


def hand_in_club_review(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Hand in the report of a year; the figures are counted now.

    Raises:
        NotAllowed: the caller is not the president.
        Refused: the club does not exist, the year can't be told, or the report was handed in.
    """
    club = store.club_of(tx, request["club_id"], lock=True)
    store.require_president(tx, club)
    year = request["year"]
    refuse_first(rules.year_can_be_told(year, tx.today, club.founded_on))
    mine = sa.select(ClubReview).where(ClubReview.club_id == club.id, ClubReview.year == year)
    review = tx.session.scalars(mine.with_for_update()).first()
    if review is None:
        review = ClubReview(club_id=club.id, year=year, state=CLUB_REVIEW.initial)
        tx.session.add(review)
    review.state = CLUB_REVIEW.apply(review.state, "hand_in", roles=tx.principal.roles)
    held = held_among(tx, sa.select(ClubActivity.activity_id).where(ClubActivity.club_id == club.id), year)
    review.report, review.handed_in_at, review.note = request["report"], tx.now, None
    review.activities_held, review.attended, review.members = held.count, held.attended, club.members
    store.announce(tx, club, "review_handed_in")
    return reply(review, club.name)


def decide_club_review(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Judge a year, or return the report without a verdict.

    A club is suspended after as many failed years in a row as the rule `clubs.failed_most` says.

    Raises:
        Refused: no report waits, or too few activities were held for the verdict.
    """
    seen = tx.get(ClubReview, request["review_id"], _NO_REVIEW, field="review_id")
    club = store.club_of(tx, seen.club_id, lock=True)
    review = tx.get(ClubReview, seen.id, _NO_REVIEW, lock=True)
    verdict, before = request["verdict"], review.state
    action = "return" if verdict is None else "decide"
    review.state = CLUB_REVIEW.apply(before, action, roles=tx.principal.roles)
    review.note = request["note"]
    if verdict is None:
        store.announce(tx, club, "review_returned")
        return reply(review, club.name)
    held = review.activities_held or 0
    least = rule_or_none(tx, "clubs.least_activities", date(review.year, 12, 31))
    refuse_first(
        sourced(rules.verdict_fits_activities(verdict, held, least.count), least) if least is not None else None
    )
    review.verdict, review.decided_on = verdict, tx.today
    note_change(tx, store.subject_of(club.id), {"review": (None, f"{review.year} {verdict}")}, request["note"])
    tx.session.flush()
    suspended = club.state == "founded" and _suspends(tx, club)
    if suspended:
        deciding.suspend(tx, club, request["note"])
    tx.record(
        ClubReviewed(
            club_id=club.id, year=review.year, verdict=verdict, activities_held=held, suspended=suspended
        )
    )  # fmt: skip
    store.announce(tx, club, "review_decided")
    return reply(review, club.name)


def list_club_reviews(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of reviews, the latest year first. Raises `NotAllowed` for others' clubs to a member."""
    if not tx.principal.has("officer", "auditor"):
        store.require_own_club(tx, request["club_id"])
    statement = sa.select(ClubReview)
    for name in ("club_id", "year", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(ClubReview, name) == request[name])
    page = page_of(tx, statement, request, [(ClubReview.year, "desc"), (ClubReview.id, "desc")])
    names = store.names_of(tx, {one.club_id for one in page.rows})
    return page.reply([reply(one, names[one.club_id]) for one in page.rows])


def reply(review: ClubReview, club_name: str) -> dict[str, Any]:
    """Return a review as the contract has it."""
    return {**{name: getattr(review, name) for name in _TOLD}, "club_name": club_name}


def _suspends(tx: Transaction, club: Club) -> bool:
    most = count_or_none(tx, "clubs.failed_most")
    judged = sa.select(ClubReview.verdict).where(ClubReview.club_id == club.id, ClubReview.state == "decided")
    verdicts = tx.session.scalars(judged.order_by(ClubReview.year.desc()).limit(20)).all()
    return rules.is_suspended_after([one for one in verdicts if one is not None], most)
