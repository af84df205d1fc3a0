"""Campaigns: preparing, beginning, ending, and putting what was given to the funds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.optional import count_or_none
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.welfare.care_campaigns.events import CareCampaignEnded, CareCampaignOpened, CarePaymentRefused
from services.welfare.care_campaigns import rules
from services.welfare.care_campaigns.tables import CareCampaign, CareItem
from services.welfare.care_campaigns.use_cases import paying
from services.welfare.care_campaigns.use_cases.store import (
    campaign_detail,
    campaign_of,
    campaign_rows,
    figures_of,
    move_campaign,
    spent_of,
    tell_visitors,
)
from services.welfare.care_campaigns.workflow import TO_BE_GIVEN

REMINDER_DAYS = "campaign.reminder_days"
BATCH = 50


def create_care_campaign(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare a campaign that keeps the figures in force on its first day.

    Raises:
        NoRuleInForce: no rule says how much each may get, in which forms, or out of which budget line.
        Refused: the days are not in order, the amount is above the cap, the form is not allowed.
    """
    kind, on = request["kind"], request["starts_on"]
    refuse_first(rules.days_are_in_order(on, request["ends_on"], tx.today))
    cap, forms, line = (rule_in_force(tx, f"campaign.{kind}.{what}", on) for what in ("cap", "forms", "line"))
    refuse_first(
        sourced(rules.amount_is_within_cap(request["amount"], cap.amount), cap),
        sourced(rules.form_is_allowed(request["form"], forms.value), forms),
    )
    made = CareCampaign(**request, state="draft", line_code=line.value, claim_state="none", version=1)
    tx.session.add(made)
    tx.session.flush()
    note_change(tx, f"care_campaign/{made.id}", {"state": (None, "draft")})
    return campaign_detail(tx, made)


def list_care_campaigns(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List campaigns, newest first, with how far they are in the units that the caller sees."""
    statement = sa.select(CareCampaign)
    for name in ("kind", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(CareCampaign, name) == request[name])
    page = page_of(tx, statement, request, [(CareCampaign.id, "desc")])
    return page.reply(campaign_rows(tx, page.rows))


def get_care_campaign(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one campaign by unit."""
    return campaign_detail(tx, campaign_of(tx, request["campaign_id"]))


def open_care_campaign(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Begin a campaign: reserve its money, and tell those who were named as visitors."""
    campaign = campaign_of(tx, request["campaign_id"], lock=True)
    move_campaign(tx, campaign, "open")
    people = paying.reserve_for_list(tx, campaign)
    refuse_first(rules.somebody_is_listed(people))
    about = {name: getattr(campaign, name) for name in ("plan_item_id", "starts_on", "ends_on")}
    tx.record(CareCampaignOpened(campaign_id=campaign.id, people=people, **about))
    tell_visitors(tx, campaign, _visitors(tx, campaign))
    return campaign_detail(tx, campaign)


def cancel_care_campaign(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Cancel a campaign in which nothing was given; its list stays, with nothing given."""
    campaign = campaign_of(tx, request["campaign_id"], lock=True)
    given = CareItem.campaign_id == campaign.id, CareItem.state == "given"
    refuse_first(rules.nothing_was_given(tx.session.scalar(sa.select(sa.func.count()).where(*given)) or 0))
    was_open = campaign.state == "open"
    move_campaign(tx, campaign, "cancel")
    _end(tx, campaign)
    if was_open:
        paying.release(tx, campaign)
        _tell_end(tx, campaign, held=False)
    return campaign_detail(tx, campaign)


def close_care_campaign(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End a campaign: who had nothing had nothing; what was given is put to the funds, the rest is released."""
    campaign = campaign_of(tx, request["campaign_id"], lock=True)
    move_campaign(tx, campaign, "close")
    _end(tx, campaign)
    paying.put_to_the_funds(tx, campaign, spent_of(tx, campaign))
    _tell_end(tx, campaign, held=True)
    return campaign_detail(tx, campaign)


def pay_care_again(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put a payment that was refused or reversed to the funds again."""
    campaign = campaign_of(tx, request["campaign_id"], lock=True)
    refuse_first(rules.payment_can_be_put_again(campaign.claim_state))
    rule, code = campaign.refused_rule, campaign.refused_code
    move_campaign(tx, campaign, "pay_again")
    paying.put_to_the_funds(tx, campaign, spent_of(tx, campaign))
    told = CarePaymentRefused(campaign_id=campaign.id, rule=rule or "", reason_code=code or "", open=False)
    tx.record(told)
    return campaign_detail(tx, campaign)


def remind_visitors(tx: Transaction) -> None:
    """Tell, once for each campaign, the visitors who still have people to visit as many days ahead as a rule says."""
    days = count_or_none(tx, REMINDER_DAYS)
    if days is None:
        return
    due = (
        CareCampaign.state == "open",
        CareCampaign.reminded_on.is_(None),
        CareCampaign.ends_on <= tx.today + timedelta(days=days),
    )
    statement = sa.select(CareCampaign).where(*due).order_by(CareCampaign.id).limit(BATCH)
    for campaign in tx.session.scalars(statement.with_for_update(skip_locked=True)).all():
        campaign.reminded_on = tx.today
        tell_visitors(tx, campaign, _visitors(tx, campaign), reminder=True)


def _visitors(tx: Transaction, campaign: CareCampaign) -> list[Any]:
    assigned = CareItem.campaign_id == campaign.id, CareItem.state == "assigned"
    return list(tx.session.scalars(sa.select(CareItem.visitor_id).where(*assigned).distinct()))


def _end(tx: Transaction, campaign: CareCampaign) -> None:
    """Close the list: people who had nothing until now count as not visited."""
    visitors = _visitors(tx, campaign)
    campaign.closed_on = tx.today
    left = CareItem.campaign_id == campaign.id, CareItem.state.in_(TO_BE_GIVEN)
    values = {
        "state": "missed", "missed_cause": "closed", "recorded_on": tx.today, "version": CareItem.version + 1,
    }  # fmt: skip
    tx.session.execute(sa.update(CareItem).where(*left).values(values).execution_options(synchronize_session=False))
    tx.session.expire_all()
    tell_visitors(tx, campaign, visitors)


def _tell_end(tx: Transaction, campaign: CareCampaign, *, held: bool) -> None:
    units = figures_of(tx, [campaign.id]).get(campaign.id, [])
    given, missed = (sum(row[name] for row in units) for name in ("given", "missed"))
    tx.record(
        CareCampaignEnded(
            campaign_id=campaign.id, plan_item_id=campaign.plan_item_id, ended_on=tx.today, held=held and given > 0,
            given=given, missed=missed,
        )
    )  # fmt: skip
