"""Organs of a congress: the presidium of a session, the executive committee of the term, its committees."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.governance.congress.people import MOST_ORGANS
from services.contracts.governance.congress.vocabulary import ORGAN_KINDS
from services.governance.congress import session_rules as rules
from services.governance.congress.session_tables import AgendaItem, CongressOrgan, CongressSession, OrganMember
from services.governance.congress.tables import Delegate
from services.governance.congress.use_cases.session_store import day_of, seen_session_of, session_of
from services.governance.congress.use_cases.store import SERVING, congress_of, open_congress_of


def list_organs(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return executive committee and committees of a term, and the presidium of a session, where one is named."""
    found = congress_of(tx, request["congress_id"])
    session = seen_session_of(tx, request["session_id"]) if request["session_id"] else None
    shown: sa.ColumnElement[bool] = CongressOrgan.session_id.is_(None)
    if session is not None:
        shown = sa.or_(shown, CongressOrgan.session_id == session.id)
    statement = sa.select(CongressOrgan).where(CongressOrgan.congress_id == found.id, shown)
    places = {kind: place for place, kind in enumerate(ORGAN_KINDS)}
    rows = sorted(tx.session.scalars(statement), key=lambda one: (places[one.organ_kind], one.name))
    return {"items": _replies(tx, rows, session)}


def form_organ(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Form an organ.

    Raises:
        Refused: members are no delegates, the head is none of them, or the term or session has such an organ.
    """
    found = open_congress_of(tx, request["congress_id"], alone=True)
    session_id = request["session_id"]
    if session_id is not None:
        session = session_of(tx, session_id)
        refuse_first(
            rules.session_is_of_congress(session.congress_id == found.id), rules.session_is_not_over(session.state)
        )
    known = _known(tx, found.id, session_id)
    refuse_first(
        rules.organs_are_few(len(known), MOST_ORGANS),
        rules.one_of_its_kind(request["organ_kind"], [one.organ_kind for one in known]),
    )
    made = CongressOrgan(congress_id=found.id, session_id=session_id, organ_kind=request["organ_kind"])
    return _settle(tx, made, request, known)


def change_organ(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Change an organ; the same rules hold."""
    one = _held(tx, request["organ_id"])
    return _settle(tx, one, request, [other for other in _known(tx, one.congress_id, one.session_id) if other != one])


def dissolve_organ(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Dissolve an organ. Raises `Refused` where an agenda has its report."""
    one = _held(tx, request["organ_id"])
    reports = sa.select(sa.func.count()).where(AgendaItem.organ_id == one.id)
    refuse_first(rules.organ_reports_nowhere(tx.session.scalar(reports) or 0))
    note_change(tx, f"congress_organ/{one.id}", {"name": (one.name, None)})
    _clear(tx, one)
    tx.session.delete(one)
    return {}


def is_of_presidium(tx: Transaction, session: CongressSession, member_id: UUID) -> bool:
    """Whether a member is in the presidium of a session."""
    found = (
        sa.select(OrganMember.member_id)
        .join(CongressOrgan, CongressOrgan.id == OrganMember.organ_id)
        .where(CongressOrgan.session_id == session.id, OrganMember.member_id == member_id)
    )
    return tx.session.scalar(found) is not None


def executive_of(tx: Transaction, congress_id: UUID) -> CongressOrgan | None:
    """Return the executive committee of a term."""
    found = CongressOrgan.congress_id == congress_id, CongressOrgan.organ_kind == "executive"
    return tx.session.scalar(sa.select(CongressOrgan).where(*found))


def organ_of(tx: Transaction, congress_id: UUID, organ_id: UUID) -> CongressOrgan:
    """Return an organ of a congress. Raises `NotFound`, or `Refused` for that of another."""
    one = tx.get(CongressOrgan, organ_id, "There is no such organ.", field="organ_id")
    refuse_first(rules.organ_is_of_congress(one.congress_id == congress_id))
    return one


def _settle(
    tx: Transaction, one: CongressOrgan, request: dict[str, Any], others: Collection[CongressOrgan]
) -> dict[str, Any]:
    members = sorted(set(request["member_ids"]))
    serving = sa.select(Delegate.member_id).where(
        Delegate.congress_id == one.congress_id, Delegate.member_id.in_(members), SERVING
    )
    strangers = set(members) - set(tx.session.scalars(serving))
    refuse_first(
        rules.organ_name_is_free(request["name"] in [other.name for other in others]),
        rules.organ_is_of_delegates(len(strangers)),
        rules.head_is_in_organ(request["head_id"] in members),
    )
    changes = {name: (getattr(one, name), request[name]) for name in ("name", "head_id")}
    one.name, one.head_id = request["name"], request["head_id"]
    tx.session.add(one)
    tx.session.flush()
    _clear(tx, one)
    tx.session.add_all(OrganMember(organ_id=one.id, member_id=member) for member in members)
    tx.session.flush()
    note_change(tx, f"congress_organ/{one.id}", changes)
    session = tx.session.get(CongressSession, one.session_id) if one.session_id else None
    (reply,) = _replies(tx, [one], session)
    return reply


def _held(tx: Transaction, organ_id: UUID) -> CongressOrgan:
    one = tx.get(CongressOrgan, organ_id, "There is no such organ.", field="organ_id")
    open_congress_of(tx, one.congress_id, alone=True)
    if one.session_id is not None:
        refuse_first(rules.session_is_not_over(session_of(tx, one.session_id).state))
    tx.session.refresh(one)
    return one


def _known(tx: Transaction, congress_id: UUID, session_id: UUID | None) -> list[CongressOrgan]:
    same = CongressOrgan.session_id.is_(None) if session_id is None else CongressOrgan.session_id == session_id
    return list(tx.session.scalars(sa.select(CongressOrgan).where(CongressOrgan.congress_id == congress_id, same)))


def _clear(tx: Transaction, one: CongressOrgan) -> None:
    gone = sa.delete(OrganMember).where(OrganMember.organ_id == one.id)
    tx.session.execute(gone.execution_options(synchronize_session="fetch"))


def _replies(tx: Transaction, rows: Sequence[CongressOrgan], session: CongressSession | None) -> list[dict[str, Any]]:
    """Return organs with those of their members who are delegates, on the last day of a session that is closed."""
    day = day_of(tx, session) if session is not None else tx.today
    serving = sa.select(Delegate.member_id).where(
        Delegate.congress_id.in_({one.congress_id for one in rows}), Delegate.starts_on <= day, Delegate.last_day >= day
    )
    members = sa.select(OrganMember.organ_id, OrganMember.member_id).where(
        OrganMember.organ_id.in_({one.id for one in rows}), OrganMember.member_id.in_(serving)
    )
    of: dict[UUID, list[UUID]] = {one.id: [] for one in rows}
    for organ_id, member_id in tx.session.execute(members.order_by(OrganMember.member_id)):
        of[organ_id].append(member_id)
    return [
        {
            **{name: getattr(one, name) for name in ("id", "session_id", "organ_kind", "name")},
            "head_id": one.head_id if one.head_id in of[one.id] else None, "member_ids": of[one.id],
        }
        for one in rows
    ]  # fmt: skip
