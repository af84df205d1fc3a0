"""Who is on a campaign's list: loading names, nobody twice, the duplicates first; and reading the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import ROWS_PER_STATEMENT
from services.chassis.database.engine import upsert
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.rules.refusal import number_is_as_seen
from services.chassis.security.principal import require_member
from services.chassis.security.unit_scope import in_seen_units
from services.contracts.welfare.care_campaigns.requests import MOST_AT_ONCE
from services.welfare.care_campaigns import rules
from services.welfare.care_campaigns.tables import CareCampaign, CareEvidence, CareItem
from services.welfare.care_campaigns.use_cases import paying
from services.welfare.care_campaigns.use_cases.store import campaign_of, item_rows
from services.welfare.care_campaigns.workflow import TO_BE_GIVEN
from services.welfare.hardship.use_cases.records import members_on_record
from services.welfare.members.use_cases.member_copies import members_of_units, standings_of, units_of

MOST_SHOWN = 100


def check_care_list(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return what adding names would do; nothing is changed."""
    campaign = campaign_of(tx, request["campaign_id"])
    refuse_first(rules.list_can_be_changed(campaign.state))
    return _told(*_sorted(tx, campaign, request))


def add_to_care_list(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add names; the table has nobody twice, whatever is loaded twice or at once. Under way, more money is reserved.

    Raises:
        Refused: the campaign has ended, or other names are new than were seen.
    """
    campaign = campaign_of(tx, request["campaign_id"], lock=True)
    refuse_first(rules.list_can_be_changed(campaign.state))
    duplicates, refused, new = _sorted(tx, campaign, request)
    refuse_first(number_is_as_seen(len(new), request["expected"]))
    units = units_of(tx, new)
    rows = [
        {
            "id": uuid7(), "campaign_id": campaign.id, "member_id": one, "unit_id": units[one],
            "source": request["source"], "state": "listed", "version": 1,
        }
        for one in new
    ]  # fmt: skip
    for start in range(0, len(rows), ROWS_PER_STATEMENT):
        statement = upsert(tx.session, CareItem).values(rows[start : start + ROWS_PER_STATEMENT])
        tx.session.execute(statement.on_conflict_do_nothing(index_elements=["campaign_id", "member_id"]))
    note_change(tx, f"care_campaign/{campaign.id}", {"people added": (0, len(rows))})
    if rows and campaign.state == "open":
        paying.reserve_for_list(tx, campaign)
    return _told(duplicates, refused, new)


def remove_from_care_list(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take somebody off the list of a campaign that has not begun."""
    found = tx.get(CareItem, request["item_id"], "There is no such person on a list.", field="item_id")
    campaign = campaign_of(tx, found.campaign_id, lock=True)
    refuse_first(rules.list_is_not_in_work(campaign.state))
    tx.session.execute(sa.delete(CareEvidence).where(CareEvidence.item_id == found.id))
    tx.session.delete(found)
    note_change(tx, f"care_campaign/{campaign.id}", {"people removed": (0, 1)})
    tx.session.flush()
    return {}


def list_care_items(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List people of campaigns, in the order they were listed."""
    statement = sa.select(CareItem)
    for name in ("campaign_id", "visitor_id", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(CareItem, name) == request[name])
    statement = in_seen_units(statement, CareItem.unit_id, tx.principal, request["unit_id"])
    page = page_of(tx, statement, request, [(CareItem.id, "asc")])
    return page.reply(item_rows(tx, page.rows))


def my_care_items(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List whom the caller is to visit, or has visited, in campaigns that have begun."""
    member_id = require_member(tx.principal, "Only a member visits.", rule="campaigns.caller_is_a_member")
    statement = (
        sa.select(CareItem)
        .join(CareCampaign, CareCampaign.id == CareItem.campaign_id)
        .where(CareItem.visitor_id == member_id, CareCampaign.state != "draft")
    )
    if request["open"] is not None:
        is_open = CareItem.state.in_(TO_BE_GIVEN)
        statement = statement.where(is_open if request["open"] else sa.not_(is_open))
    if request["campaign_id"] is not None:
        statement = statement.where(CareItem.campaign_id == request["campaign_id"])
    page = page_of(tx, statement, request, [(CareItem.id, "desc")])
    return page.reply(item_rows(tx, page.rows))


def _sorted(
    tx: Transaction, campaign: CareCampaign, request: Mapping[str, Any]
) -> tuple[list[UUID], list[dict[str, Any]], list[UUID]]:
    """Return the names that are on the list already, those who can't be on it, and the new ones."""
    refuse_first(rules.names_are_given(request["source"], len(request["unit_ids"]), len(request["member_ids"])))
    named = _named(tx, request)
    refuse_first(rules.names_are_few(len(named), MOST_AT_ONCE))
    wanted = list(dict.fromkeys(named))
    on_list = CareItem.campaign_id == campaign.id, CareItem.member_id.in_(wanted)
    listed = set(tx.session.scalars(sa.select(CareItem.member_id).where(*on_list)))
    twice = {one for one in wanted if named.count(one) > 1} if len(named) > len(wanted) else set()
    standings = standings_of(tx, wanted)
    refused, new = [], []
    for one in wanted:
        refusal = rules.member_is_served(standings.get(one))
        if one in listed:
            continue
        if refusal is not None:
            refused.append({"member_id": one, "rule": refusal.rule, "params": refusal.params})
        else:
            new.append(one)
    return [one for one in wanted if one in listed or one in twice], refused, new


def _named(tx: Transaction, request: Mapping[str, Any]) -> list[UUID]:
    if request["source"] == "registry":
        return members_on_record(tx, MOST_AT_ONCE + 1)
    if request["source"] == "units":
        return members_of_units(tx, request["unit_ids"], MOST_AT_ONCE + 1)
    return list(request["member_ids"])


def _told(duplicates: list[UUID], refused: list[dict[str, Any]], new: list[UUID]) -> dict[str, Any]:
    return {"duplicates": duplicates, "refused": refused, "new": len(new), "new_ids": new[:MOST_SHOWN]}
