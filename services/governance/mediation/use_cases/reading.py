"""What people with a part in a case see of it: their list, and one case whole, whose every look is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import accesses_of, note_access
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.contracts.governance.mediation.vocabulary import CLOCKED
from services.governance.mediation import rules
from services.governance.mediation.tables import (
    DisputeCase,
    DisputeEntry,
    DisputeHearing,
    DisputeMediator,
    DisputePaper,
    DisputeParty,
)
from services.governance.mediation.use_cases.store import (
    ASKED,
    case_of,
    is_side,
    key_of,
    mediators_of,
    parties_of,
    subject_of,
)
from services.governance.mediation.workflow import DISPUTE

Request = Mapping[str, Any]
LOOKS_TOLD = 50
_ROW = ("id", "number", "matter", "origin", "state", "received_on", "due_on")
_WHOLE = ("claim", "facts", "recorded_at", "respondent_kind", "warnings", "extension_until", "clerk_id")
_AGREEMENT = (
    "perform_by", "applicant_mark", "respondent_mark", "mediator_signed_on", "sealed_on", "in_force_on",
    "confirmed_on", "document_number",
)  # fmt: skip
_NEVER = date(9999, 12, 31)
_ORDERS: dict[str, tuple[Any, str]] = {
    "-received_on": (DisputeCase.received_on, "desc"),
    "due_on": (sa.func.coalesce(DisputeCase.due_on, _NEVER), "asc"),
}
_WAITS_ON_CLERK = ("applied", "registered", "agreement", "confirmed")
_OF_WORK = {
    "accepted": ("assign",), "mediating": ("assign", "hearing", "draft"), "registered": ("assign", "party"),
    "applied": ("party",), "consent_check": ("assign",),
}  # fmt: skip
"""What else a clerk can do in a state; mediators only what belongs to a mediation that goes on."""


def row(tx: Transaction, case: DisputeCase) -> dict[str, Any]:
    """Return a case as it stands in a list: no words, no names."""
    return _rows(tx, [case])[0]


def list_disputes(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return a page of the cases in which the caller has a part."""
    me = tx.principal.member_id
    as_party = sa.select(DisputeParty.dispute_id).where(DisputeParty.member_key == (key_of(me) or ""))
    mine: list[sa.ColumnElement[bool]] = [DisputeCase.id.in_(as_party)]
    if tx.principal.has("mediator"):
        asked = DisputeMediator.member_id == me, DisputeMediator.state.in_(("asked", "serving"))
        mine.append(DisputeCase.id.in_(sa.select(DisputeMediator.dispute_id).where(*asked)))
    if tx.principal.has("officer"):
        mine.append(sa.and_(DisputeCase.clerk_id == me, DisputeCase.clerk_id.is_not(None)))
    statement = sa.select(DisputeCase).where(sa.or_(*mine))
    if request["state"] is not None:
        statement = statement.where(DisputeCase.state == request["state"])
    elif request["show"] == "open":
        statement = statement.where(DisputeCase.closed_on.is_(None))
    order, direction = _ORDERS[request["sort"]]
    page = page_of(tx, statement, request, [(order, direction), (DisputeCase.id, "desc")])
    return page.reply(_rows(tx, page.rows))


def open_dispute(tx: Transaction, request: Request) -> dict[str, Any]:
    """Return one case whole, and keep that the caller looked.

    A mediator who is asked sees who the parties are, to know of an interest, and nothing that was said.
    """
    case, held = case_of(tx, request["dispute_id"], lock=False, asked=True)
    note_access(tx, subject_of(case), "case", "mediator" if held == ASKED else min(held))
    tx.session.flush()
    if held == ASKED:
        return _names_only(tx, case)
    parties, mediators = parties_of(tx, case), mediators_of(tx, case)
    acts = rules.acting([(party.side, party.represents) for party in parties])
    me = key_of(tx.principal.member_id)
    asks = asked_of(case, [party for party, does in zip(parties, acts, strict=True) if does and party.member_key == me])
    agreement = {"text": case.agreement, **{name: getattr(case, name) for name in _AGREEMENT}}
    return {
        **row(tx, case),
        **{name: getattr(case, name) for name in _WHOLE},
        "known_on": date.fromisoformat(case.known_on) if case.known_on else None,
        "asks": asks,
        "parties": [_party(party, does, me) for party, does in zip(parties, acts, strict=True)],
        "mediators": [{name: getattr(one, name) for name in ("member_id", "state", "ground")} for one in mediators],
        "hearings": _listed(tx, case, DisputeHearing, ("id", "held_at", "place", "attended", "notes")),
        "agreement": agreement if case.agreement else None,
        "papers": _listed(tx, case, DisputePaper, ("id", "kind", "added_at")),
        "history": _listed(tx, case, DisputeEntry, ("action", "role", "note", "at")),
        "looks": _looks(tx, case),
        "actions": _actions(case, held),
    }


def _names_only(tx: Transaction, case: DisputeCase) -> dict[str, Any]:
    parties = [{**_party(party, False, None), "contact": None, "consent": None} for party in parties_of(tx, case)]
    nothing: dict[str, Any] = {name: [] for name in ("mediators", "hearings", "papers", "history", "looks", "asks")}
    told: dict[str, Any] = {"respondent_kind": case.respondent_kind, "warnings": [], "clerk_id": case.clerk_id}
    return {**row(tx, case), **dict.fromkeys(_WHOLE), **told, **nothing, "parties": parties, "actions": ["serve"]}


def asked_of(case: DisputeCase, own: list[DisputeParty]) -> list[str]:
    """Return what the caller's own acting parties are still to answer."""
    asks = []
    if case.state == "consent_check" and any(party.consent is None for party in own):
        asks.append("mediation")
    if case.extension_until is not None and any(party.extension is None for party in own):
        asks.append("extension")
    return asks


def _rows(tx: Transaction, cases: list[DisputeCase]) -> list[dict[str, Any]]:
    me, ids = tx.principal.member_id, [case.id for case in cases]
    key = key_of(me)
    parties: dict[UUID, list[DisputeParty]] = {one: [] for one in ids}
    for party in tx.session.scalars(sa.select(DisputeParty).where(DisputeParty.dispute_id.in_(ids))):
        parties[party.dispute_id].append(party)
    served = sa.select(DisputeMediator).where(DisputeMediator.dispute_id.in_(ids), DisputeMediator.member_id == me)
    asked = {one.dispute_id: one.state for one in tx.session.scalars(served)} if me is not None else {}
    return [_row(case, parties[case.id], asked.get(case.id), me, key) for case in cases]


def _row(
    case: DisputeCase, parties: list[DisputeParty], mediates: str | None, me: UUID | None, key: str | None
) -> dict[str, Any]:
    acts = rules.acting([(party.side, party.represents) for party in parties])
    own = [(party, does) for party, does in zip(parties, acts, strict=True) if key and party.member_key == key]
    roles = {party.side for party, _ in own}
    if not roles and me is not None:
        roles |= {"clerk"} if case.clerk_id == me else set()
        roles |= {"mediator"} if mediates in ("asked", "serving") else set()
    waits = bool(asked_of(case, [party for party, does in own if does])) or mediates == "asked"
    waits = waits or ("clerk" in roles and case.state in _WAITS_ON_CLERK)
    return {**{name: getattr(case, name) for name in _ROW}, "roles": sorted(roles), "waits": waits}


def _party(party: DisputeParty, acts: bool, me: str | None) -> dict[str, Any]:
    told = ("id", "side", "name", "contact", "represents", "consent", "on_paper", "extension")
    return {
        **{name: getattr(party, name) for name in told}, "linked": party.member_key is not None,
        "own": me is not None and party.member_key == me, "acts": acts,
    }  # fmt: skip


def _listed(tx: Transaction, case: DisputeCase, table: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    found = tx.session.scalars(sa.select(table).where(table.dispute_id == case.id).order_by(table.id))
    return [{name: getattr(one, name) for name in names} for one in found]


def _looks(tx: Transaction, case: DisputeCase) -> list[dict[str, Any]]:
    looks = accesses_of(tx, subject_of(case), limit=LOOKS_TOLD).rows
    return [
        {"at": one.seen_at, "what": one.field, "role": one.purpose, "account_id": UUID(one.seen_by)} for one in looks
    ]


def _actions(case: DisputeCase, held: frozenset[str]) -> list[str]:
    """Return what the caller may do: steps of the workflow by their names, and what goes with the state."""
    moves = [one for one in DISPUTE.legal(case.state, held) if one not in ("accept", "decline", "agree")]
    if case.closed_on is not None:
        return []
    if "clerk" in held:
        moves += ["release", "link", *_OF_WORK.get(case.state, ())]
        moves += ["record_consent"] if case.state == "consent_check" or case.extension_until else []
    elif "mediator" in held:
        moves += [one for one in _OF_WORK.get(case.state, ()) if one in ("hearing", "draft")]
    if case.state == "mediating" and not is_side(held) and case.agreement:
        moves.append("conclude")
    if case.state in CLOCKED and case.due_on is not None and not is_side(held):
        moves.append("extension")
    return [*dict.fromkeys(moves), "attach"]
