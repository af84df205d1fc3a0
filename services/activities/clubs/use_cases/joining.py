"""Joining and leaving clubs, supporting those that are to be founded. A member's joinings come one after the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.calendar.use_cases.following import with_units_after
from services.activities.clubs import rules
from services.activities.clubs.tables import Club, ClubMembership
from services.activities.clubs.use_cases import store
from services.activities.clubs.workflow import CLUB_MEMBERSHIP
from services.activities.participants.use_cases.reading import Participant, participants_of
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.rules.optional import rule_or_none
from services.chassis.rules.refusal import Refusal, first_refusal, sourced
from services.chassis.security.principal import require_member
from services.contracts.activities.clubs.events import ClubJoined
from services.contracts.activities.clubs.vocabulary import LIVE

_TOLD = ("id", "club_id", "member_id", "unit_id", "state", "applied_at", "joined_on", "left_on", "cause", "note")
_SORTS: dict[str, list[Key]] = {
    "applied_at": [(ClubMembership.applied_at, "asc"), (ClubMembership.id, "asc")],
    "-applied_at": [(ClubMembership.applied_at, "desc"), (ClubMembership.id, "desc")],
}


def join_club(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Join an open club, ask the president of another, or support one that is to be founded.

    Raises:
        Refused: the club takes nobody, is full, is for others, or the member is in it or in too many.
    """
    member_id = require_member(tx.principal, "Only a member joins.", rule="clubs.caller_is_a_member")
    tx.lock(store.member_lock(member_id))
    club = store.club_of(tx, request["club_id"], lock=True)
    participant = participants_of(tx, [member_id]).get(member_id)
    live = store.live_membership(tx, club.id, member_id)
    refuse_first(
        rules.club_takes_members(club.state),
        rules.not_in_it_yet(live is not None),
        may_join(club, participant, units_of(tx, club)),
    )
    assert participant is not None
    _require_few(tx, participant)
    if club.state == "founded":
        refuse_first(rules.club_has_room(club.members, club.most_members))
    if club.state == "founded" and club.joining == "open":
        membership = _asked(tx, club, participant)
        _take(tx, club, membership, "join", approved=False)
    else:
        membership = _wait(tx, club, participant)
        store.announce(tx, club, "applicants")
    return reply(membership, club.name)


def leave_club(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Leave a club, or take back that one asked.

    Raises:
        NotFound: the caller is not in it.
        Refused: the caller is its president, or applied for it.
    """
    member_id = require_member(tx.principal, "Only a member leaves.", rule="clubs.caller_is_a_member")
    club = store.club_of(tx, request["club_id"], lock=True)
    membership = store.live_membership(tx, club.id, member_id)
    if membership is None:
        raise NotFound("You are not in this club.", rule="clubs.is_in_it")
    applies = club.state == "applied" and club.applicant_id == member_id
    refuse_first(rules.president_stays(applies or store.is_president(tx, club.id)))
    waited = membership.state == "applied"
    store.end_membership(tx, club, membership, "by_member")
    store.announce(tx, club, "applicants" if waited else "officers")
    return reply(membership, club.name)


def decide_club_member(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take somebody who asks to join, or refuse with a reason.

    Raises:
        NotAllowed: the caller neither runs the club nor is an officer.
        Refused: nobody asks any more, the club is full or not founded, or the member may no longer join.
    """
    club, membership = store.locked_membership(tx, request["membership_id"])
    store.require_runs(tx, club)
    refuse_first(rules.club_is_active(club.state))
    if not request["take"]:
        refuse_first(rules.reason_is_given(request["reason"]))
        CLUB_MEMBERSHIP.apply(membership.state, "refuse", roles=None)
        store.end_membership(tx, club, membership, "refused", request["reason"])
    else:
        CLUB_MEMBERSHIP.apply(membership.state, "approve", roles=None)
        known = participants_of(tx, [membership.member_id]) if membership.member_id else {}
        refuse_first(
            rules.club_has_room(club.members, club.most_members),
            may_join(club, known.get(membership.member_id) if membership.member_id else None, units_of(tx, club)),
        )
        club.waiting -= 1
        _take(tx, club, membership, "approve", approved=True)
    store.announce(tx, club, "applicants")
    return reply(membership, club.name)


def remove_club_member(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Remove a member with a reason.

    Raises:
        NotAllowed: the caller neither runs the club nor is an officer.
        Refused: the membership has ended, or is the president's.
    """
    club, membership = store.locked_membership(tx, request["membership_id"])
    store.require_runs(tx, club)
    refuse_first(rules.president_stays(membership.member_id == store.president_of(tx, club.id)))
    store.end_membership(tx, club, membership, "removed", request["reason"])
    store.announce(tx, club, "officers")
    return reply(membership, club.name)


def list_club_members(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of a club's memberships. Raises `NotAllowed` for others than its president and the union."""
    club = store.club_of(tx, request["club_id"])
    store.require_runs(tx, club, "officer", "auditor")
    statement = sa.select(ClubMembership).where(ClubMembership.club_id == club.id)
    states = LIVE if request["state"] is None else (request["state"],)
    statement = statement.where(ClubMembership.state.in_(states))
    if request["unit_id"] is not None:
        statement = statement.where(ClubMembership.unit_id == request["unit_id"])
    page = page_of(tx, statement, request, _SORTS[request["sort"]])
    return page.reply([reply(one, club.name) for one in page.rows])


def my_clubs(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the caller's memberships, the latest first."""
    member_id = require_member(tx.principal, "Only a member is in clubs.", rule="clubs.caller_is_a_member")
    mine = sa.select(ClubMembership).where(ClubMembership.member_id == member_id)
    page = page_of(tx, mine, request, _SORTS["-applied_at"])
    names = store.names_of(tx, {one.club_id for one in page.rows})
    return page.reply([reply(one, names[one.club_id]) for one in page.rows])


def units_of(tx: Transaction, club: Club) -> set[UUID]:
    """Return the units a club is for, with those their members moved to; none for all."""
    return with_units_after(tx, [UUID(one) for one in club.units])


def may_join(club: Club, participant: Participant | None, units: Collection[UUID]) -> Refusal | None:
    """Return why a member can't be in a club at all: standing, unit or form of employment; None where nothing does.

    Args:
        club: which one.
        participant: who; None for somebody this service does not know as a member.
        units: as `units_of` returns them.
    """
    if participant is None:
        return rules.standing_may_join(None, club.for_retained)
    return first_refusal(
        (
            rules.standing_may_join(participant.standing, club.for_retained),
            rules.member_is_in_audience(participant.unit_id, participant.employment, units, club.employments),
        )
    )


def add_founder(tx: Transaction, club: Club, participant: Participant | None) -> None:
    """Let the applicant support the club. Raises `Refused` where the member is in too many."""
    assert participant is not None
    _require_few(tx, participant)
    _wait(tx, club, participant)


def take_supporters(tx: Transaction, club: Club) -> None:
    """Make members of all who supported a club that is founded; who may no longer join is left out."""
    waiting = tx.session.scalars(
        sa.select(ClubMembership)
        .where(ClubMembership.club_id == club.id, ClubMembership.state == "applied")
        .order_by(ClubMembership.applied_at, ClubMembership.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    known = participants_of(tx, {one.member_id for one in waiting if one.member_id is not None})
    units = units_of(tx, club)
    for one in waiting:
        participant = known.get(one.member_id) if one.member_id is not None else None
        if may_join(club, participant, units) is not None:
            store.end_membership(tx, club, one, "no_member")
        else:
            club.waiting -= 1
            _take(tx, club, one, "approve", approved=one.member_id != club.applicant_id)


def reply(membership: ClubMembership, club_name: str) -> dict[str, Any]:
    """Return a membership as the contract has it."""
    return {**{name: getattr(membership, name) for name in _TOLD}, "club_name": club_name}


def _require_few(tx: Transaction, participant: Participant) -> None:
    rule = rule_or_none(tx, "clubs.joined_most", tx.today, participant.employment)
    if rule is None:
        return
    mine = sa.select(sa.func.count()).where(
        ClubMembership.member_id == participant.member_id, ClubMembership.state.in_(LIVE)
    )
    refuse_first(sourced(rules.clubs_are_few(tx.session.scalar(mine) or 0, rule.count), rule))


def _asked(tx: Transaction, club: Club, participant: Participant) -> ClubMembership:
    membership = ClubMembership(
        club_id=club.id, member_id=participant.member_id, unit_id=participant.unit_id,
        state=CLUB_MEMBERSHIP.initial, applied_at=tx.now,
    )  # fmt: skip
    tx.session.add(membership)
    return membership


def _wait(tx: Transaction, club: Club, participant: Participant) -> ClubMembership:
    membership = _asked(tx, club, participant)
    membership.state = CLUB_MEMBERSHIP.apply(membership.state, "apply", roles=None)
    club.waiting += 1
    tx.session.flush()
    return membership


def _take(tx: Transaction, club: Club, membership: ClubMembership, action: str, *, approved: bool) -> None:
    membership.state, membership.joined_on = CLUB_MEMBERSHIP.apply(membership.state, action, roles=None), tx.today
    club.members += 1
    tx.session.flush()
    if membership.member_id is not None:
        tx.record(ClubJoined(club_id=club.id, member_id=membership.member_id, approved=approved))
