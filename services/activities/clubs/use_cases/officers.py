"""Offices of clubs: naming, ending, the list with its history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.clubs import rules
from services.activities.clubs.tables import Club, ClubOfficer
from services.activities.clubs.use_cases import store
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.optional import count_or_none

_TOLD = ("id", "club_id", "member_id", "post", "chosen", "starts_on", "ends_on", "ended", "end")


def list_club_officers(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of a club's offices, those that stand first, then the latest."""
    club = store.club_of(tx, request["club_id"])
    statement = sa.select(ClubOfficer).where(ClubOfficer.club_id == club.id)
    keys = [(ClubOfficer.rank, "desc"), (ClubOfficer.starts_on, "desc"), (ClubOfficer.id, "desc")]
    page = page_of(tx, statement, request, keys)
    return page.reply([_reply(one) for one in page.rows])


def appoint_club_officer(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Give a member of a club an office; a new president takes the place of the one before.

    Raises:
        NotAllowed: the caller neither runs the club nor is an officer.
        Refused: the club is not active, the member is not in it or holds the office, the term is not sound, or the
            president names a president.
    """
    club = store.club_of(tx, request["club_id"], lock=True)
    by_union = store.require_runs(tx, club)
    membership = store.live_membership(tx, club.id, request["member_id"])
    ends_on = request["ends_on"] or _end_of_term(tx, request["starts_on"])
    refuse_first(
        rules.club_is_active(club.state), rules.president_is_named_by_the_union(request["post"], by_union),
        rules.officer_is_a_member(membership is not None and membership.state == "member"),
        rules.office_is_not_held(_holds(tx, club.id, request["member_id"], request["post"])),
        rules.term_has_an_end(ends_on),
    )  # fmt: skip
    assert ends_on is not None
    refuse_first(rules.term_is_sound(request["starts_on"], ends_on, tx.today))
    if request["post"] == "president":
        _end_president(tx, club.id)
    office = ClubOfficer(
        club_id=club.id, member_id=request["member_id"], post=request["post"], chosen=request["chosen"],
        starts_on=request["starts_on"], ends_on=ends_on, rank=1, told=False,
    )  # fmt: skip
    tx.session.add(office)
    tx.session.flush()
    note_change(tx, store.subject_of(club.id), {request["post"]: (None, office.id)})
    store.announce(tx, club, "officers")
    return _reply(office)


def end_club_office(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """End an office; a club without president is run by the union until one is named."""
    seen = tx.get(ClubOfficer, request["office_id"], "There is no such office.", field="office_id")
    club = store.club_of(tx, seen.club_id, lock=True)
    office = tx.get(ClubOfficer, seen.id, "There is no such office.", lock=True)
    if office.ended is None:
        office.ended, office.end, office.rank = tx.today, request["end"], 0
        note_change(tx, store.subject_of(club.id), {office.post: (office.id, None)})
        store.announce(tx, club, "officers")
    return _reply(office)


def install_founder(tx: Transaction, club: Club, member_id: UUID) -> None:
    """Make who applied for a club its first president; the term ends by the rule, or is open without one."""
    office = ClubOfficer(
        club_id=club.id, member_id=member_id, post="president", chosen="founder", starts_on=tx.today,
        ends_on=_end_of_term(tx, tx.today), rank=1, told=False,
    )  # fmt: skip
    tx.session.add(office)
    tx.session.flush()


def _end_of_term(tx: Transaction, starts_on: date) -> date | None:
    months = count_or_none(tx, "clubs.term_months")
    return None if months is None else rules.end_of_term(starts_on, months)


def _holds(tx: Transaction, club_id: UUID, member_id: UUID, post: str) -> bool:
    held = sa.select(ClubOfficer.id).where(
        ClubOfficer.club_id == club_id, ClubOfficer.member_id == member_id, ClubOfficer.post == post,
        ClubOfficer.ended.is_(None),
    )  # fmt: skip
    return tx.session.scalar(held) is not None


def _end_president(tx: Transaction, club_id: UUID) -> None:
    standing = sa.update(ClubOfficer).where(
        ClubOfficer.club_id == club_id, ClubOfficer.post == "president", ClubOfficer.ended.is_(None)
    )
    ended = standing.values(ended=tx.today, end="replaced", rank=0)
    tx.session.execute(ended.execution_options(synchronize_session="fetch"))


def _reply(office: ClubOfficer) -> dict[str, Any]:
    return {name: getattr(office, name) for name in _TOLD}
