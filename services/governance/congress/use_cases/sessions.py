"""Sessions: preparing, convening, opening, closing them; their minutes; reading."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import PreconditionFailed, refuse_first
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.governance.ballots.events import MEMBERS_OF_AN_EVENT
from services.contracts.governance.congress.session_events import CongressConvened, DelegatesConvened
from services.governance.congress import session_rules as rules
from services.governance.congress.session_tables import AgendaItem, Attendance, CongressSession, Resolution, Speaker
from services.governance.congress.tables import Congress
from services.governance.congress.use_cases.agenda import item_reply
from services.governance.congress.use_cases.delegates import entitled
from services.governance.congress.use_cases.documents import documents_for
from services.governance.congress.use_cases.guests import guest_with, guests_of, invite_all
from services.governance.congress.use_cases.organs import executive_of
from services.governance.congress.use_cases.quorum import quorum_now, require_quorum
from services.governance.congress.use_cases.resolving import resolution_reply
from services.governance.congress.use_cases.session_store import (
    held_session_of,
    seats_at,
    seen_session_of,
    sees_drafts,
    session_row,
    session_rows,
    tell,
)
from services.governance.congress.use_cases.store import bodies_of, congress_of
from services.governance.congress.workflow import SESSION


def list_sessions(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the sessions of a term, newest first."""
    found = congress_of(tx, request["congress_id"])
    statement = _shown(tx).where(CongressSession.congress_id == found.id)
    page = page_of(tx, statement, request, [(CongressSession.number, "desc")])
    return page.reply(session_rows(tx, page.rows))


def search_sessions(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of sessions with these words in place, items or resolutions, or with this name, newest first."""
    words = request["q"]
    items = sa.select(AgendaItem.session_id).where(AgendaItem.title.icontains(words, autoescape=True))
    resolved = sa.select(Resolution.session_id).where(Resolution.title.icontains(words, autoescape=True))
    named = [
        CongressSession.place.icontains(words, autoescape=True),
        CongressSession.id.in_(items),
        CongressSession.id.in_(resolved),
    ]
    called = rules.session_called(words)
    if called is not None:
        term, number = called
        named.append(
            sa.and_(
                CongressSession.congress_id.in_(sa.select(Congress.id).where(Congress.number == term)),
                sa.true() if number is None else CongressSession.number == number,
            )
        )
    page = page_of(tx, _shown(tx).where(sa.or_(*named)), request, [(CongressSession.id, "desc")])
    return page.reply(session_rows(tx, page.rows))


def add_session(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare a session of a term that has begun.

    Raises:
        NoRuleInForce: no rule says how many delegates ask for an extra session.
        Refused: the term does not go on, the number is taken, the days lie outside, or too few delegates ask.
    """
    tx.lock(f"congress-{request['congress_id']}")
    found = congress_of(tx, request["congress_id"])
    same = sa.select(CongressSession.id).where(
        CongressSession.congress_id == found.id, CongressSession.number == request["number"]
    )
    refuse_first(
        rules.congress_meets(found.state),
        rules.session_number_is_free(tx.session.scalar(same) is not None),
        rules.session_days_fit(request["opens_on"], request["closes_on"], found.starts_on, found.ends_on),
    )
    if request["requested_by"] == "delegates":
        _require_requesters(tx, found, request["requesters"])
    given = ("congress_id", "number", "kind", "opens_on", "closes_on", "place", "requested_by", "requesters")
    made = CongressSession(**{name: request[name] for name in given}, state=SESSION.initial, quorate=[], version=1)
    tx.session.add(made)
    tx.session.flush()
    note_change(tx, f"congress_session/{made.id}", {"state": (None, made.state)})
    return session_row(tx, made)


def change_session(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Change days or place of a session that has not been opened; who was called is told.

    Raises:
        PreconditionFailed: somebody changed it meanwhile.
        Refused: it was opened, or the days lie outside of the term.
    """
    session = held_session_of(tx, request["session_id"])
    if session.version != request["version"]:
        raise PreconditionFailed("Somebody changed this meanwhile; look at it again.", rule="version_is_current")
    found = congress_of(tx, session.congress_id)
    refuse_first(
        rules.session_has_not_begun(session.state),
        rules.session_days_fit(request["opens_on"], request["closes_on"], found.starts_on, found.ends_on),
    )
    changes = {name: (getattr(session, name), request[name]) for name in ("opens_on", "closes_on", "place")}
    for name, (_, new) in changes.items():
        setattr(session, name, new)
    note_change(tx, f"congress_session/{session.id}", changes)
    session.version += 1
    tx.session.flush()
    tell(tx, session)
    if session.state == "convened":
        _call_delegates(tx, session, moved=True)
    return session_row(tx, session)


def convene_session(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Convene a session. Raises `Refused` without an agenda."""
    session = held_session_of(tx, request["session_id"])
    state = SESSION.apply(session.state, "convene", roles=tx.principal.roles)
    items = sa.select(sa.func.count()).where(AgendaItem.session_id == session.id)
    executive = executive_of(tx, session.congress_id)
    reports = sa.select(AgendaItem.id).where(
        AgendaItem.session_id == session.id, AgendaItem.organ_id == (executive.id if executive else None)
    )
    refuse_first(
        rules.agenda_is_there(tx.session.scalar(items) or 0),
        rules.executive_reports(executive is not None, session.number, tx.session.scalar(reports.limit(1)) is not None),
    )
    tx.record(CongressConvened(**_called(tx, session)))
    _call_delegates(tx, session, moved=False)
    invite_all(tx, session)
    return _move(tx, session, state)


def open_session(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Open a session. Raises `Refused` while a body lacks its quorum, with how many are missing."""
    session = held_session_of(tx, request["session_id"])
    state = SESSION.apply(session.state, "open", roles=tx.principal.roles)
    session.opened_quorum = require_quorum(tx, session)
    return _move(tx, session, state)


def close_session(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Close a session. Raises `Refused` while items are left or votes go on."""
    session = held_session_of(tx, request["session_id"])
    state = SESSION.apply(session.state, "close", roles=tx.principal.roles)
    left = sa.select(sa.func.count()).where(AgendaItem.session_id == session.id, AgendaItem.state != "done")
    voting = sa.select(sa.func.count()).where(Resolution.session_id == session.id, Resolution.state == "voting")
    refuse_first(
        rules.agenda_is_done(tx.session.scalar(left) or 0), rules.votes_are_counted(tx.session.scalar(voting) or 0)
    )
    session.closed_quorum, session.closed_on = quorum_now(tx, session), tx.today
    return _move(tx, session, state)


def get_session(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one session whole. Minutes and speakers are read in one statement each."""
    session = seen_session_of(tx, request["session_id"])
    items = sa.select(AgendaItem).where(AgendaItem.session_id == session.id)
    agenda = tx.session.scalars(items.order_by(AgendaItem.position, AgendaItem.id)).all()
    speakers = sa.select(Speaker).where(Speaker.item_id.in_({one.id for one in agenda}), Speaker.state != "withdrawn")
    listed = tx.session.scalars(speakers.order_by(Speaker.position, Speaker.id)).all()
    resolved = sa.select(Resolution).where(Resolution.session_id == session.id).order_by(Resolution.id)
    told = sees_drafts(tx) or session.state == "closed"
    guests, came = guests_of(tx, session)
    return {
        **session_row(tx, session),
        "quorum": quorum_now(tx, session),
        "agenda": [item_reply(tx, one, [who for who in listed if who.item_id == one.id]) for one in agenda],
        "resolutions": [resolution_reply(one) for one in tx.session.scalars(resolved)],
        "minutes": session.minutes if told else None,
        "closed_on": session.closed_on,
        "actions": list(SESSION.legal(session.state, tx.principal.roles)),
        "documents": documents_for(tx, session),
        "guests": guests,
        "guests_present": came,
        **_own_place(tx, session),
    }


def _own_place(tx: Transaction, session: CongressSession) -> dict[str, bool]:
    """Return whether the caller is a delegate, is there, and is invited as a guest."""
    member_id = tx.principal.member_id
    if member_id is None:
        return {"seat": False, "present": False, "invited": False}
    found, guest = tx.session.get(Attendance, (session.id, member_id)), guest_with(tx, session, member_id)
    here = found is not None and found.left_at is None
    return {
        "seat": bool(seats_at(tx, session, member_id)),
        "present": here or (guest is not None and guest.came_at is not None),
        "invited": guest is not None,
    }


def _require_requesters(tx: Transaction, found: Congress, requesters: int) -> None:
    """Raise where too few delegates ask for an extra session, each counted once for all bodies."""
    rule = rule_in_force(tx, "congress.extra_share", tx.today)
    bodies = [one.body for one in bodies_of(tx, found.id)]
    delegates = len({one for body in bodies for one in entitled(tx, found.id, body)})
    refuse_first(sourced(rules.enough_ask(requesters, delegates, rule.share), rule))


def _shown(tx: Transaction) -> sa.Select[Any]:
    """Return the select of the sessions that the caller may read."""
    found = sa.select(CongressSession)
    return found if sees_drafts(tx) else found.where(CongressSession.state != SESSION.initial)


def _called(tx: Transaction, session: CongressSession) -> dict[str, Any]:
    told = {name: getattr(session, name) for name in ("congress_id", "number", "opens_on", "closes_on")}
    return {**told, "session_id": session.id, "term": tx.session.get_one(Congress, session.congress_id).number}


def _call_delegates(tx: Transaction, session: CongressSession, *, moved: bool) -> None:
    """Call the delegates of all bodies, each once."""
    members = sorted(
        {one for body in bodies_of(tx, session.congress_id) for one in entitled(tx, session.congress_id, body.body)}
    )
    told = _called(tx, session)
    tx.record(
        *(
            DelegatesConvened(**told, moved=moved, member_ids=members[start : start + MEMBERS_OF_AN_EVENT])
            for start in range(0, len(members), MEMBERS_OF_AN_EVENT)
        )
    )


def _move(tx: Transaction, session: CongressSession, state: str) -> dict[str, Any]:
    note_change(tx, f"congress_session/{session.id}", {"state": (session.state, state)})
    session.state = state
    session.version += 1
    tx.session.flush()
    tell(tx, session)
    return session_row(tx, session)
