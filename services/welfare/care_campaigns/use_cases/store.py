"""Loading campaigns and their people, who may see and do what, and what is told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, PreconditionFailed
from services.chassis.security.principal import Principal, require_unit
from services.chassis.security.unit_scope import in_seen_units, sees_all_units
from services.contracts.welfare.care_campaigns.events import CareAssigned
from services.welfare.care_campaigns import rules
from services.welfare.care_campaigns.tables import CareCampaign, CareEvidence, CareItem
from services.welfare.care_campaigns.use_cases.paying import SOURCE
from services.welfare.care_campaigns.workflow import CAMPAIGN, ITEM, TO_BE_GIVEN, VISITOR
from services.welfare.payments.use_cases.reserving import fundings_of, show_funding

_CAMPAIGN = (
    "id", "kind", "title", "starts_on", "ends_on", "amount", "form", "evidence_needed", "plan_item_id", "state",
    "version",
)  # fmt: skip
_ITEM = (
    "id", "campaign_id", "member_id", "unit_id", "visitor_id", "state", "given_on", "value", "missed_cause", "version",
)  # fmt: skip
_FIGURES = ("people", "given", "missed", "open")


def campaign_of(tx: Transaction, campaign_id: UUID, *, lock: bool = False) -> CareCampaign:
    """Return a campaign. Raises `NotFound`."""
    return tx.get(CareCampaign, campaign_id, "There is no such campaign.", field="campaign_id", lock=lock)


def item_of(
    tx: Transaction, item_id: UUID, *, version: int | None = None, lock: bool = False
) -> tuple[CareCampaign, CareItem]:
    """Return one person of a campaign, and the campaign, which is locked first and shared with others.

    Raises:
        NotFound: there is none.
        PreconditionFailed: it was changed since the caller read it.
    """
    found = tx.get(CareItem, item_id, "There is no such person on a list.", field="item_id")
    if lock:
        held = sa.select(CareCampaign).where(CareCampaign.id == found.campaign_id).with_for_update(read=True)
        tx.session.scalars(held.execution_options(populate_existing=True)).one()
        found = tx.get(CareItem, item_id, "There is no such person on a list.", field="item_id", lock=True)
    if version is not None and version != found.version:
        raise PreconditionFailed("This was changed since you looked.", params={"version": found.version})
    return tx.session.get_one(CareCampaign, found.campaign_id), found


def move_campaign(tx: Transaction, campaign: CareCampaign, action: str) -> None:
    """Take a campaign on by an action, and keep the step."""
    state = CAMPAIGN.apply(campaign.state, action, roles=tx.principal.roles)
    note_change(tx, f"care_campaign/{campaign.id}", {"state": (campaign.state, state)})
    campaign.state = state
    campaign.version += 1
    tx.session.flush()


def roles_on(principal: Principal, item: CareItem) -> frozenset[str]:
    """Return the roles in which the caller acts on one person of a campaign."""
    roles = {"officer"} if principal.has("officer") else set()
    if item.unit_id in principal.units("chair"):
        roles.add("chair")
    if item.visitor_id is not None and item.visitor_id == principal.member_id:
        roles.add(VISITOR)
    return frozenset(roles)


def require_hand(principal: Principal, item: CareItem) -> frozenset[str]:
    """Return the roles on one person of a campaign. Raises `NotAllowed` where somebody else visits."""
    roles = roles_on(principal, item)
    if not roles:
        raise NotAllowed("Somebody else visits this person.", rule="campaigns.visit_is_ours")
    return roles


def require_sight(principal: Principal, item: CareItem) -> None:
    """Raise `NotAllowed` unless the item is in sight: an own visit, of one's unit, or about oneself."""
    if principal.member_id is not None and principal.member_id in (item.visitor_id, item.member_id):
        return
    require_unit(principal, item.unit_id)


def figures_of(tx: Transaction, campaign_ids: Collection[UUID]) -> dict[UUID, list[Any]]:
    """Return by campaign how far each unit is that the caller sees: unit, people, given, missed, open."""
    state = CareItem.state
    counted = (
        sa.func.count().label("people"),
        sa.func.count().filter(state == "given").label("given"),
        sa.func.count().filter(state == "missed").label("missed"),
        sa.func.count().filter(state.in_(TO_BE_GIVEN)).label("open"),
    )
    statement = (
        sa.select(CareItem.campaign_id, CareItem.unit_id, *counted)
        .where(CareItem.campaign_id.in_(campaign_ids))
        .group_by(CareItem.campaign_id, CareItem.unit_id)
        .order_by(CareItem.unit_id)
    )
    found: dict[UUID, list[Any]] = {}
    for row in tx.session.execute(in_seen_units(statement, CareItem.unit_id, tx.principal, None)):
        found.setdefault(row.campaign_id, []).append(row._mapping)
    return found


def campaign_rows(tx: Transaction, campaigns: Sequence[CareCampaign]) -> list[dict[str, Any]]:
    """Return campaigns with their figures."""
    figures = figures_of(tx, [one.id for one in campaigns])
    return [{**_campaign(one), **_totals(figures.get(one.id, []))} for one in campaigns]


def campaign_detail(tx: Transaction, campaign: CareCampaign) -> dict[str, Any]:
    """Return a campaign by unit, with its money."""
    units = figures_of(tx, [campaign.id]).get(campaign.id, [])
    names = ("unit_id", *_FIGURES)
    legal = CAMPAIGN.legal(campaign.state, tx.principal.roles)
    office = sees_all_units(tx.principal)
    return {
        **_campaign(campaign),
        **_totals(units),
        "by_unit": [{name: row[name] for name in names} for row in units],
        "spent": spent_of(tx, campaign) if office else 0,
        "reserved": show_funding(fundings_of(tx, SOURCE, [campaign.id]).get(campaign.id)) if office else None,
        "claim_state": campaign.claim_state,
        "refused_rule": campaign.refused_rule if office else None,
        "refused_code": campaign.refused_code if office else None,
        "actions": [one for one in legal if one != "pay_again" or campaign.claim_state in rules.UNSETTLED],
    }


def spent_of(tx: Transaction, campaign: CareCampaign) -> Any:
    """Return what was given in a campaign, in yuan."""
    given = CareItem.campaign_id == campaign.id, CareItem.state == "given"
    return tx.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(CareItem.value), 0)).where(*given))


def _campaign(campaign: CareCampaign) -> dict[str, Any]:
    return {name: getattr(campaign, name) for name in _CAMPAIGN}


def _totals(units: Iterable[Any]) -> dict[str, int]:
    rows = list(units)
    return {name: sum(row[name] for row in rows) for name in _FIGURES}


def item_rows(tx: Transaction, items: Sequence[CareItem]) -> list[dict[str, Any]]:
    """Return people of campaigns as the caller may see them."""
    wanted = sa.select(CareCampaign).where(CareCampaign.id.in_({one.campaign_id for one in items}))
    campaigns = {one.id: one for one in tx.session.scalars(wanted)}
    files = evidence_of(tx, [one.id for one in items])
    office = sees_all_units(tx.principal)
    return [
        {
            **{name: getattr(one, name) for name in _ITEM},
            "campaign": campaigns[one.campaign_id].title,
            "due_on": campaigns[one.campaign_id].ends_on,
            "form": campaigns[one.campaign_id].form,
            "source": one.source if office else None,
            "signed": one.signed_by is not None,
            "files": len(files.get(one.id, [])),
            "actions": actions(tx.principal, campaigns[one.campaign_id], one),
        }
        for one in items
    ]


def actions(principal: Principal, campaign: CareCampaign, item: CareItem) -> list[str]:
    """Return what the caller can do with one person of a campaign now."""
    roles = roles_on(principal, item)
    if not roles or item.member_id == principal.member_id:
        return []
    if campaign.state == "draft":
        return ["remove"] if "officer" in roles else []
    legal = list(ITEM.legal(item.state, roles)) if campaign.state == "open" else []
    return [*legal, "attach"] if item.state != "missed" else legal


def evidence_of(tx: Transaction, item_ids: Collection[UUID]) -> dict[UUID, list[CareEvidence]]:
    """Return the files of people of campaigns, oldest first."""
    found: dict[UUID, list[CareEvidence]] = {}
    statement = sa.select(CareEvidence).where(CareEvidence.item_id.in_(item_ids)).order_by(CareEvidence.id)
    for piece in tx.session.scalars(statement):
        found.setdefault(piece.item_id, []).append(piece)
    return found


def tell_visitors(
    tx: Transaction, campaign: CareCampaign, visitors: Collection[UUID | None], *, reminder: bool = False
) -> None:
    """Record for visitors of a campaign how many people they are still to visit."""
    wanted = sorted(one for one in set(visitors) if one is not None)
    if not wanted:
        return
    tx.session.flush()
    left = (
        sa.select(CareItem.visitor_id, sa.func.count().label("people"))
        .where(CareItem.campaign_id == campaign.id, CareItem.visitor_id.in_(wanted), CareItem.state == "assigned")
        .group_by(CareItem.visitor_id)
    )
    people = {row.visitor_id: row.people for row in tx.session.execute(left)}
    tx.record(
        *(
            CareAssigned(
                assignment_id=uuid5(campaign.id, str(one)),
                campaign_id=campaign.id,
                visitor_member_id=one,
                people=people.get(one, 0),
                due_on=campaign.ends_on,
                reminder=reminder,
            )
            for one in wanted
        )
    )
