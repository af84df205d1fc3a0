"""Guests of a session: invited without a vote; they are never counted among those who are there."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.governance.ballots.events import MEMBERS_OF_AN_EVENT
from services.contracts.governance.congress.people import MOST_GUESTS
from services.contracts.governance.congress.session_events import GuestsInvited
from services.governance.congress import session_rules as rules
from services.governance.congress.session_tables import CongressGuest, CongressSession
from services.governance.congress.tables import Congress
from services.governance.congress.use_cases.session_store import held_session_of, seats_at, session_of, tell

_ROW = ("id", "session_id", "member_id", "name", "guest_kind", "position", "came_at")


def list_guests(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the guests."""
    session = session_of(tx, request["session_id"])
    statement = sa.select(CongressGuest).where(CongressGuest.session_id == session.id)
    if request["guest_kind"] is not None:
        statement = statement.where(CongressGuest.guest_kind == request["guest_kind"])
    page = page_of(tx, statement, request, [(CongressGuest.id, "asc")])
    return page.reply([_reply(one) for one in page.rows])


def invite_guest(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Invite somebody; a member is told, now or when the session is convened.

    Raises:
        Refused: the session is closed, the member is a delegate of it or invited, or there are too many guests.
    """
    session = held_session_of(tx, request["session_id"])
    member_id = request["member_id"]
    counts = sa.select(sa.func.count(), sa.func.count(sa.case((CongressGuest.member_id == member_id, 1))))
    invited, same = tx.session.execute(counts.where(CongressGuest.session_id == session.id)).one()
    refuse_first(
        rules.session_is_not_over(session.state),
        rules.guests_are_few(invited, MOST_GUESTS),
        rules.guest_is_no_delegate(len(seats_at(tx, session, member_id)) if member_id else 0),
        rules.guest_is_invited_once(bool(member_id and same)),
    )
    made = CongressGuest(**{name: request[name] for name in _ROW if name in request})
    tx.session.add(made)
    tx.session.flush()
    if member_id and session.state != "draft":
        invite(tx, session, [member_id])
    tell(tx, session)
    return _reply(made)


def remove_guest(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take a guest who has not come off the list."""
    one, session = _guest_of(tx, request)
    refuse_first(rules.session_is_not_over(session.state), rules.guest_has_not_come(one.came_at is not None))
    note_change(tx, f"congress_session/{session.id}", {"guest": (str(one.member_id or one.id), None)})
    tx.session.delete(one)
    tx.session.flush()
    tell(tx, session)
    return {}


def note_guest(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Note that a guest came, or did not; repeating it changes nothing."""
    one, session = _guest_of(tx, request)
    refuse_first(rules.session_takes_people(session.state))
    one.came_at = (one.came_at or tx.now) if request["present"] else None
    tx.session.flush()
    tell(tx, session)
    return _reply(one)


def guest_with(tx: Transaction, session: CongressSession, member_id: UUID) -> CongressGuest | None:
    """Return the invitation of a member."""
    found = CongressGuest.session_id == session.id, CongressGuest.member_id == member_id
    return tx.session.scalar(sa.select(CongressGuest).where(*found))


def guests_of(tx: Transaction, session: CongressSession) -> tuple[int, int]:
    """Return how many guests are invited, and how many came."""
    counts = sa.select(sa.func.count(), sa.func.count(CongressGuest.came_at))
    invited, came = tx.session.execute(counts.where(CongressGuest.session_id == session.id)).one()
    return invited, came


def invite_all(tx: Transaction, session: CongressSession) -> None:
    """Tell all members who are invited; they are some hundreds at most."""
    members = sa.select(CongressGuest.member_id).where(
        CongressGuest.session_id == session.id, CongressGuest.member_id.is_not(None)
    )
    invite(tx, session, sorted(one for one in tx.session.scalars(members) if one is not None))


def invite(tx: Transaction, session: CongressSession, members: Collection[UUID]) -> None:
    """Tell members that they are invited."""
    told = {name: getattr(session, name) for name in ("congress_id", "number", "opens_on", "closes_on")}
    told["term"] = tx.session.get_one(Congress, session.congress_id).number
    listed = list(members)
    tx.record(
        *(
            GuestsInvited(session_id=session.id, **told, member_ids=listed[start : start + MEMBERS_OF_AN_EVENT])
            for start in range(0, len(listed), MEMBERS_OF_AN_EVENT)
        )
    )


def _guest_of(tx: Transaction, request: dict[str, Any]) -> tuple[CongressGuest, CongressSession]:
    one = tx.get(CongressGuest, request["guest_id"], "There is no such guest.", field="guest_id")
    session = held_session_of(tx, one.session_id)
    tx.session.refresh(one)
    return one, session


def _reply(one: CongressGuest) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _ROW}
