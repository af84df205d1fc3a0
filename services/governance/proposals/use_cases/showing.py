"""How a proposal is shown: its row in lists, and everything of it that the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import history_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.rules.optional import count_or_none
from services.contracts.governance.proposals.vocabulary import PUBLIC_STATES
from services.governance.proposals import rules
from services.governance.proposals.tables import Campaign, Check, Department, Milestone, Proposal, Reply, Seconding
from services.governance.proposals.use_cases.people import (
    Person,
    all_people,
    assignments_of,
    grades_of,
    is_dissatisfied,
    joined_proposals,
    roles_in,
)
from services.governance.proposals.use_cases.store import load_campaign, subject_of
from services.governance.proposals.workflow import (
    ASSISTING,
    DUE_STATES,
    INSPECTOR,
    LEAD,
    LEADER,
    OFFICE,
    PROPOSER,
    RATER,
    workflow_of,
)

_ROW = (
    "id", "number", "campaign_id", "unit_id", "title", "kind", "state", "proposer_id", "collective", "submitted_at",
    "filed_on", "department_id", "due_on", "outcome", "percent", "satisfaction", "excellent", "version",
)  # fmt: skip
_MORE = ("reason", "suggestion", "text_version", "ground", "key_leader_id", "round", "closed_on")
_HIDDEN_STEPS = ("contribute", "reply", "co_sign", "object", "approve", "refuse_reply", "pass_inspection", "hand_back")
"""Steps before the publication of a reply, shown to those who take part in them."""
_OPEN_REASONS = (
    "send_back",
    "not_file",
    "make_suggestion",
    "merge",
    "unmerge",
    "overturn",
    "uphold",
    "reopen",
    "close",
)
_MOST_STEPS = 100
_INSIDE = frozenset({OFFICE, LEAD, ASSISTING, LEADER, INSPECTOR})


def rows_of(tx: Transaction, proposals: Sequence[Proposal]) -> list[dict[str, Any]]:
    """Return proposals as lists have them."""
    ids = [one.id for one in proposals]
    current = (
        sa.select(Seconding.proposal_id, sa.func.count().label("seconders"))
        .join(Proposal, Proposal.id == Seconding.proposal_id)
        .where(Seconding.proposal_id.in_(ids), Seconding.text_version == Proposal.text_version)
        .group_by(Seconding.proposal_id)
    )
    counts = {row.proposal_id: row.seconders for row in tx.session.execute(current)}
    led = sa.select(Department.id, Department.name).where(Department.id.in_({one.department_id for one in proposals}))
    names = {row.id: row.name for row in tx.session.execute(led)}
    return [
        {
            **{name: getattr(one, name) for name in _ROW},
            "seconders": counts.get(one.id, 0),
            "department": names.get(one.department_id),
            "is_key": one.key_leader_id is not None,
            "overdue": one.state in DUE_STATES and one.due_on is not None and one.due_on < tx.today,
        }
        for one in proposals
    ]


def detail(tx: Transaction, proposal: Proposal) -> dict[str, Any]:
    """Return a proposal with everything that the caller may see of it. Raises `NotAllowed`."""
    tx.session.flush()
    campaign = load_campaign(tx, proposal.campaign_id)
    roles = roles_in(tx, proposal, campaign)
    into = tx.session.get(Proposal, proposal.merged_into) if proposal.merged_into else None
    _require_sight(tx, proposal, into, roles)
    inside = bool(roles & _INSIDE) or tx.principal.has("auditor")
    own = inside or bool(roles & {PROPOSER, RATER})
    people = all_people(tx, proposal)
    return {
        **rows_of(tx, [proposal])[0],
        **{name: getattr(proposal, name) for name in _MORE},
        "why": proposal.why if own or proposal.state in PUBLIC_STATES else None,
        **_of_campaign(tx, campaign),
        "people": _people(tx, proposal, people, inside),
        "parts": [_part(row, department, proposal, inside) for row, department in assignments_of(tx, proposal.id)],
        "replies": _replies(tx, proposal, inside),
        "milestones": _rows(
            tx, Milestone, proposal, Milestone.due_on, "id", "milestone", "due_on", "percent", "done_on"
        ),
        "checks": _rows(tx, Check, proposal, Check.year, "year", "percent", "why"),
        "merged": [_named(one) for one in joined_proposals(tx, proposal)],
        "into": _named(into) if into else None,
        "steps": _steps(tx, proposal, inside, own),
        "actions": _actions(tx, proposal, campaign, roles, people),
    }


def _require_sight(tx: Transaction, proposal: Proposal, into: Proposal | None, roles: frozenset[str]) -> None:
    public = proposal.state in PUBLIC_STATES or proposal.closed_on or (into is not None and into.state in PUBLIC_STATES)
    if not (roles or public or tx.principal.has("auditor")):
        raise NotAllowed("It is not filed yet, so only its people and the office see it.", rule="proposals.is_public")


def _of_campaign(tx: Transaction, campaign: Campaign) -> dict[str, Any]:
    least = count_or_none(tx, "proposals.seconders_least")
    return {
        "campaign": campaign.name, "body": campaign.body, "switches": campaign.switches, "deadline": campaign.deadline,
        "least": least,
    }  # fmt: skip


def _people(tx: Transaction, proposal: Proposal, people: Sequence[Person], inside: bool) -> list[dict[str, Any]]:
    rated = grades_of(tx, proposal)
    found = []
    for one in people:
        state = None if one.proposes else "seconded" if one.current else "outdated"
        rating = rated.get(one.member_id) if inside or one.member_id == tx.principal.member_id else None
        found.append(
            {
                "proposal_id": one.proposal_id, "member_id": one.member_id, "proposes": one.proposes, "state": state,
                "at": one.seconding.at if one.seconding else None, "grade": rating.grade if rating else None,
                "comment": rating.comment if rating else None,
            }
        )  # fmt: skip
    return found


def _part(row: Any, department: Department, proposal: Proposal, inside: bool) -> dict[str, Any]:
    return {
        "department_id": department.id, "department": department.name, "part": row.part,
        "text": row.text if inside else None, "signed": row.signed_round == proposal.round,
    }  # fmt: skip


def _replies(tx: Transaction, proposal: Proposal, inside: bool) -> list[dict[str, Any]]:
    replies = sa.select(Reply).where(Reply.proposal_id == proposal.id).order_by(Reply.round)
    names = ("round", "text", "outcome", "publish_on", "published_on")
    return [
        {name: getattr(one, name) for name in names}
        for one in tx.session.scalars(replies)
        if inside or one.published_on is not None
    ]


def _rows(tx: Transaction, table: Any, proposal: Proposal, order: Any, *names: str) -> list[dict[str, Any]]:
    rows = tx.session.scalars(sa.select(table).where(table.proposal_id == proposal.id).order_by(order))
    return [{name: getattr(one, name) for name in names} for one in rows]


def _named(proposal: Proposal) -> dict[str, Any]:
    return {name: getattr(proposal, name) for name in ("id", "number", "title")}


def _steps(tx: Transaction, proposal: Proposal, inside: bool, own: bool) -> list[dict[str, Any]]:
    page = history_of(tx, subject_of(proposal), limit=_MOST_STEPS)
    steps = [(change.changes["step"]["new"], change) for change in page.rows if "step" in change.changes]
    return [
        {
            "at": change.changed_at, "step": step,
            "why": change.reason if inside or (own and step in _OPEN_REASONS) else None,
        }
        for step, change in steps
        if inside or step not in _HIDDEN_STEPS
    ]  # fmt: skip


def _actions(
    tx: Transaction, proposal: Proposal, campaign: Campaign, roles: frozenset[str], people: Sequence[Person]
) -> list[str]:
    """Return what the caller may do now: actions of the workflow that nothing known here refuses."""
    own = [one for one in people if one.member_id == tx.principal.member_id]
    legal = list(workflow_of(campaign.switches).legal(proposal.state, roles))
    if proposal.state == "draft" and PROPOSER in roles:
        legal.append("discard")
    useless = {
        "second": any(one.current for one in own),
        "unsecond": not any(one.seconding for one in own),
        "rate": not any(one.current for one in own),
        "reopen": not is_dissatisfied(tx, proposal, people),
        "unmerge": proposal.state == "merged" and _is_filed(tx, proposal),
        "check": rules.check_is_in_december(tx.today, _is_checked(tx, proposal)) is not None,
    }
    return [one for one in legal if not useless.get(one, False)]


def _is_filed(tx: Transaction, proposal: Proposal) -> bool:
    return tx.session.get_one(Proposal, proposal.merged_into).filed_on is not None


def _is_checked(tx: Transaction, proposal: Proposal) -> bool:
    return tx.session.get(Check, (proposal.id, tx.today.year)) is not None
