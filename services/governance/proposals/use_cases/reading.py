"""Lists of proposals, and one proposal as far as the caller may see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.principal import require_member
from services.contracts.governance.proposals.vocabulary import PUBLIC_STATES
from services.governance.proposals.tables import Assignment, Campaign, Department, Proposal, Seconding
from services.governance.proposals.use_cases.campaigns import open_for
from services.governance.proposals.use_cases.people import own_departments
from services.governance.proposals.use_cases.showing import detail, rows_of
from services.governance.proposals.use_cases.store import load_proposal
from services.governance.proposals.workflow import DUE_STATES, HANDLED, UNFINISHED

_NEVER = date(9999, 12, 31)
_FOR_OFFICE = ("submitted", "review", "disputed", "filed", "approved", "rated", "suggestion")
_FOR_DEPARTMENTS = ("assigned", *HANDLED, "co_signing", "inspecting")
_ORDERS: dict[str, tuple[Any, str]] = {
    "-submitted_at": (Proposal.submitted_at, "desc"),
    "submitted_at": (Proposal.submitted_at, "asc"),
    "number": (Proposal.number, "asc"),
    "due_on": (sa.func.coalesce(Proposal.due_on, _NEVER), "asc"),
    "title": (Proposal.title, "asc"),
}


def list_proposals(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of submitted proposals: to the office and auditors all, to a chair those of the own unit's
    campaigns, to a department's contact those the department handles.
    """
    statement = sa.select(Proposal).where(Proposal.submitted_at.is_not(None), *_seen(tx))
    if request["ids"] is not None:
        statement = statement.where(Proposal.id.in_(request["ids"]))
    if request["unit_id"] is not None:
        statement = statement.where(Proposal.unit_id == request["unit_id"])
    return _page(tx, statement.where(*_shown(tx, request["show"])), request)


def list_public_proposals(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the proposals that every member may read."""
    return _page(tx, sa.select(Proposal).where(Proposal.state.in_(PUBLIC_STATES)), request)


def list_proposals_to_second(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of other members' proposals that the caller may second and has not seconded as they are now."""
    member_id = require_member(tx.principal, "Only a member seconds.", rule="proposals.caller_is_a_member")
    done = sa.exists().where(
        Seconding.proposal_id == Proposal.id, Seconding.member_id == member_id,
        Seconding.text_version == Proposal.text_version,
    )  # fmt: skip
    wanted = (
        Proposal.campaign_id.in_([one.id for one in open_for(tx)]),
        Proposal.state == "seconding",
        Proposal.proposer_id != member_id,
        ~done,
    )
    page = page_of(tx, sa.select(Proposal).where(*wanted), request, [(Proposal.id, "desc")])
    return page.reply(rows_of(tx, page.rows))


def my_proposals(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of what the caller proposed, seconded, or is to approve."""
    member_id = require_member(tx.principal, "Only a member proposes.", rule="proposals.caller_is_a_member")
    seconded = sa.select(Seconding.proposal_id).where(Seconding.member_id == member_id)
    led = sa.select(Department.id).where(Department.leader_id == member_id)
    approves = sa.or_(
        Proposal.key_leader_id == member_id,
        sa.and_(Proposal.key_leader_id.is_(None), Proposal.department_id.in_(led)),
    )
    own = sa.or_(
        Proposal.proposer_id == member_id, Proposal.id.in_(seconded), sa.and_(approves, Proposal.state == "approving")
    )
    statement = sa.select(Proposal).where(own)
    if request["ids"] is not None:
        statement = statement.where(Proposal.id.in_(request["ids"]))
    page = page_of(tx, statement, request, [(Proposal.id, "desc")])
    return page.reply(rows_of(tx, page.rows))


def get_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one proposal."""
    return detail(tx, load_proposal(tx, request["proposal_id"]))


def _seen(tx: Transaction) -> list[Any]:
    principal = tx.principal
    if principal.has("officer", "auditor"):
        return []
    seen: list[Any] = []
    if units := principal.units("chair"):
        seen.append(Proposal.unit_id.in_(units))
    if departments := own_departments(tx):
        seen.append(Proposal.id.in_(sa.select(Assignment.proposal_id).where(Assignment.department_id.in_(departments))))
        inspected = sa.select(Campaign.id).where(Campaign.inspector_id.in_(departments))
        seen.append(sa.and_(Proposal.campaign_id.in_(inspected), Proposal.department_id.is_not(None)))
    return [sa.or_(*seen)] if seen else [sa.false()]


def _shown(tx: Transaction, show: str) -> Sequence[Any]:
    shown: dict[str, Sequence[Any]] = {
        "waiting": [Proposal.state.in_(_FOR_OFFICE if tx.principal.has("officer", "chair") else _FOR_DEPARTMENTS)],
        "open": [Proposal.state.in_(UNFINISHED)],
        "overdue": [Proposal.state.in_(DUE_STATES), Proposal.due_on < tx.today],
        "key": [Proposal.key_leader_id.is_not(None)],
        "excellent": [Proposal.excellent],
    }
    return shown.get(show, [])


def _page(tx: Transaction, statement: sa.Select[Any], request: dict[str, Any]) -> dict[str, Any]:
    for name in ("campaign_id", "kind", "state", "department_id"):
        if request[name] is not None:
            statement = statement.where(getattr(Proposal, name) == request[name])
    if request["q"]:
        texts = (one.icontains(request["q"], autoescape=True) for one in (Proposal.title, Proposal.number))
        statement = statement.where(sa.or_(*texts))
    page = page_of(tx, statement, request, [_ORDERS[request["sort"]], (Proposal.id, "asc")])
    return page.reply(rows_of(tx, page.rows))
