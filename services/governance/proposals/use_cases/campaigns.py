"""Campaigns: calling for proposals, with the steps that are used, until a deadline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import PreconditionFailed, refuse_first
from services.contracts.governance.proposals.vocabulary import SWITCHES
from services.governance.proposals import rules
from services.governance.proposals.tables import Campaign, Proposal
from services.governance.proposals.use_cases.delegates import is_delegate
from services.governance.proposals.use_cases.departments import load_department
from services.governance.proposals.use_cases.store import load_campaign

_TERMS = ("name", "session", "opens_on", "deadline", "switches", "inspector_id")
_MOST_OPEN = 100


def list_proposal_campaigns(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of campaigns, the newest first."""
    statement = sa.select(Campaign)
    for name in ("body", "unit_id"):
        if request[name] is not None:
            statement = statement.where(getattr(Campaign, name) == request[name])
    if request["ids"] is not None:
        statement = statement.where(Campaign.id.in_(request["ids"]))
    if request["mine"]:
        statement = statement.where(Campaign.id.in_([one.id for one in open_for(tx)]))
    page = page_of(tx, statement, request, [(Campaign.opens_on, "desc"), (Campaign.id, "desc")])
    return page.reply(_shown(tx, page.rows))


def open_for(tx: Transaction) -> list[Campaign]:
    """Return the campaigns in which the caller may propose and second now."""
    member_id = tx.principal.member_id
    if member_id is None:
        return []
    now_open = sa.select(Campaign).where(Campaign.closed_at.is_(None), Campaign.opens_on <= tx.today)
    newest = tx.session.scalars(now_open.order_by(Campaign.opens_on.desc()).limit(_MOST_OPEN))
    return [one for one in newest if is_delegate(tx, one, member_id)]


def get_proposal_campaign(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one campaign."""
    return _shown(tx, [load_campaign(tx, request["campaign_id"])])[0]


def add_proposal_campaign(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Call for proposals: an officer for a congress or a unit, a chair for the own unit."""
    _require_own(tx, request["unit_id"])
    _require_terms(tx, request)
    terms = {name: request[name] for name in _TERMS}
    campaign = Campaign(**terms, body=request["body"], unit_id=request["unit_id"], version=1)
    campaign.switches = _in_order(request["switches"])
    tx.session.add(campaign)
    tx.session.flush()
    note_change(tx, f"proposal_campaign/{campaign.id}", {"name": (None, campaign.name)})
    return _shown(tx, [campaign])[0]


def change_proposal_campaign(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Change a campaign; its steps stay once a proposal was submitted."""
    campaign = load_campaign(tx, request["campaign_id"], lock=True)
    _require_own(tx, campaign.unit_id)
    if campaign.version != request["version"]:
        raise PreconditionFailed("Somebody changed this meanwhile; look at it again.", rule="version_is_current")
    _require_terms(tx, request)
    submitted = _counts(tx, [campaign]).get(campaign.id, 0)
    refuse_first(rules.switches_stay(campaign.switches, request["switches"], submitted))
    values = {**{name: request[name] for name in _TERMS}, "switches": _in_order(request["switches"])}
    changes = {name: (getattr(campaign, name), value) for name, value in values.items()}
    for name, value in values.items():
        setattr(campaign, name, value)
    campaign.version += 1
    note_change(tx, f"proposal_campaign/{campaign.id}", changes)
    return _shown(tx, [campaign])[0]


def close_proposal_campaign(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Close a campaign: it takes nothing more; what was submitted is handled on."""
    campaign = load_campaign(tx, request["campaign_id"], lock=True)
    _require_own(tx, campaign.unit_id)
    if campaign.closed_at is None:
        campaign.closed_at = tx.now
        campaign.version += 1
        note_change(tx, f"proposal_campaign/{campaign.id}", {"closed_at": (None, tx.now)})
    return _shown(tx, [campaign])[0]


def _require_own(tx: Transaction, unit_id: Any) -> None:
    own = tx.principal.units("chair")
    refuse_first(rules.campaign_is_of_own_unit(unit_id, own, tx.principal.has("officer")))


def _require_terms(tx: Transaction, request: dict[str, Any]) -> None:
    refuse_first(rules.deadline_follows_opening(request["opens_on"], day_of(request["deadline"])))
    if request["inspector_id"] is not None:
        load_department(tx, request["inspector_id"])


def _in_order(switches: Sequence[str]) -> list[str]:
    return [one for one in SWITCHES if one in switches]


def _counts(tx: Transaction, campaigns: Sequence[Campaign]) -> dict[Any, int]:
    submitted = Proposal.campaign_id.in_([one.id for one in campaigns]), Proposal.submitted_at.is_not(None)
    counted = sa.select(Proposal.campaign_id, sa.func.count().label("proposals")).where(*submitted)
    return {row.campaign_id: row.proposals for row in tx.session.execute(counted.group_by(Proposal.campaign_id))}


def _shown(tx: Transaction, campaigns: Sequence[Campaign]) -> list[dict[str, Any]]:
    counts = _counts(tx, campaigns)
    names = ("id", *_TERMS, "body", "unit_id", "version")
    return [
        {
            **{name: getattr(one, name) for name in names},
            "state": _state(tx, one),
            "proposals": counts.get(one.id, 0),
        }
        for one in campaigns
    ]


def _state(tx: Transaction, campaign: Campaign) -> str:
    if campaign.closed_at is not None:
        return "closed"
    if campaign.opens_on > tx.today:
        return "coming"
    return "late" if rules.is_late(campaign.deadline, tx.now) else "open"
