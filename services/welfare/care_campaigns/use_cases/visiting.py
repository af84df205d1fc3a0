"""Who visits whom, what was given, and what was not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.security.principal import require_member
from services.chassis.security.unit_scope import in_seen_units
from services.welfare.care_campaigns import rules
from services.welfare.care_campaigns.tables import CareCampaign, CareItem
from services.welfare.care_campaigns.use_cases.evidence import item_detail
from services.welfare.care_campaigns.use_cases.store import (
    campaign_of,
    evidence_of,
    item_of,
    require_hand,
    require_sight,
    tell_visitors,
)
from services.welfare.care_campaigns.workflow import ITEM, TO_BE_GIVEN
from services.welfare.members.use_cases.member_copies import member_of, standings_of


def get_care_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one person of a campaign."""
    _, item = item_of(tx, request["item_id"])
    require_sight(tx.principal, item)
    return item_detail(tx, item, plain=True)


def assign_care_items(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give people to a visitor: those named, all of a unit, or all whom nobody visits; never the visitor.

    Raises:
        NotAllowed: the unit is another's.
        Refused: the campaign has ended, or the visitor is no active member.
    """
    campaign = campaign_of(tx, request["campaign_id"], lock=True)
    refuse_first(rules.list_can_be_changed(campaign.state))
    visitor_id = _require_visitor(tx, request["visitor_id"], "visitor_id")
    statement = sa.select(CareItem).where(CareItem.campaign_id == campaign.id, CareItem.state.in_(TO_BE_GIVEN))
    if request["item_ids"] is not None:
        statement = statement.where(CareItem.id.in_(request["item_ids"]))
    else:
        statement = statement.where(CareItem.visitor_id.is_(None))
    statement = in_seen_units(statement, CareItem.unit_id, tx.principal, request["unit_id"])
    return _give(tx, campaign, tx.session.scalars(statement.order_by(CareItem.id).with_for_update()), visitor_id)


def hand_over_care_items(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Hand over a visitor's open people: one's own, or as officer or chair another's."""
    campaign = campaign_of(tx, request["campaign_id"], lock=True)
    refuse_first(rules.list_can_be_changed(campaign.state))
    member_id = tx.principal.member_id
    if request["visitor_id"] is None:
        member_id = require_member(tx.principal, "Only a member visits.", rule="campaigns.caller_is_a_member")
    from_id = request["visitor_id"] or member_id
    to_id = _require_visitor(tx, request["to_visitor_id"], "to_visitor_id")
    statement = sa.select(CareItem).where(
        CareItem.campaign_id == campaign.id, CareItem.visitor_id == from_id, CareItem.state == "assigned"
    )
    if from_id != member_id:
        if not tx.principal.has("officer", "chair"):
            raise NotAllowed("Somebody else visits these people.", rule="campaigns.visit_is_ours")
        statement = in_seen_units(statement, CareItem.unit_id, tx.principal, None)
    return _give(tx, campaign, tx.session.scalars(statement.order_by(CareItem.id).with_for_update()), to_id)


def complete_care_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep that something was given.

    Raises:
        Refused: evidence is missing, more was given than the campaign gives each, or the day does not fit.
    """
    campaign, item = item_of(tx, request["item_id"], version=request["version"], lock=True)
    state = ITEM.apply(item.state, "complete", roles=require_hand(tx.principal, item))
    value = campaign.amount if request["value"] is None else request["value"]
    kinds = {piece.kind for piece in evidence_of(tx, [item.id]).get(item.id, [])}
    refuse_first(
        rules.campaign_is_open(campaign.state),
        rules.visitor_is_not_the_visited(tx.principal.member_id, item.member_id),
        rules.member_is_served(standings_of(tx, [item.member_id]).get(item.member_id)),
        rules.day_fits(request["given_on"], campaign.starts_on, tx.today),
        rules.value_is_within_standard(value, campaign.amount),
        rules.evidence_is_given(campaign.evidence_needed, kinds, value, request["signed_by"] is not None),
    )
    item.given_on, item.value = request["given_on"], value
    item.signed_by, item.note = request["signed_by"], request["note"]
    item.visitor_id = item.visitor_id or tx.principal.member_id
    return _recorded(tx, campaign, item, state)


def miss_care_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep that nothing was given, and why."""
    campaign, item = item_of(tx, request["item_id"], lock=True)
    state = ITEM.apply(item.state, "miss", roles=require_hand(tx.principal, item))
    refuse_first(
        rules.campaign_is_open(campaign.state),
        rules.visitor_is_not_the_visited(tx.principal.member_id, item.member_id),
    )
    item.reason = request["reason"]
    return _recorded(tx, campaign, item, state)


def _recorded(tx: Transaction, campaign: CareCampaign, item: CareItem, state: str) -> dict[str, Any]:
    note_change(tx, f"care_item/{item.id}", {"state": (item.state, state)})
    item.state, item.recorded_on = state, tx.today
    item.version += 1
    tell_visitors(tx, campaign, [item.visitor_id])
    tx.session.flush()
    return item_detail(tx, item)


def _give(tx: Transaction, campaign: CareCampaign, items: Iterable[CareItem], visitor_id: UUID) -> dict[str, Any]:
    """Give people to a visitor; nobody is given to oneself, and visitors learn of it once the campaign has begun."""
    told: set[UUID | None] = set()
    assigned = 0
    for item in items:
        if item.member_id == visitor_id or item.visitor_id == visitor_id:
            continue
        told |= {item.visitor_id, visitor_id}
        item.visitor_id, item.state = visitor_id, "assigned"
        item.version += 1
        assigned += 1
    if campaign.state == "open":
        tell_visitors(tx, campaign, told)
    tx.session.flush()
    return {"campaign_id": campaign.id, "visitor_id": visitor_id, "assigned": assigned}


def _require_visitor(tx: Transaction, visitor_id: UUID, field: str) -> UUID:
    visitor = member_of(tx, visitor_id, field)
    standing = standings_of(tx, [visitor_id]).get(visitor_id, visitor.standing)
    refuse_first(rules.visitor_may_go(standing))
    return visitor_id
