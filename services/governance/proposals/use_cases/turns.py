"""What the days bring: reminders, overdue days, replies published on their day, the self-check of December."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import count_or_none
from services.governance.proposals.tables import Campaign, Proposal, Reply
from services.governance.proposals.use_cases.handling import make_public
from services.governance.proposals.use_cases.store import announce
from services.governance.proposals.workflow import DUE_STATES, OPEN_STATES

REMINDER_DAYS = "proposals.reminder_days"
AT_ONCE = 50
_DECEMBER = 12


def remind(tx: Transaction) -> None:
    """Tell the departments whose last day comes near, as many days before as the rule says; without it nobody."""
    days = count_or_none(tx, REMINDER_DAYS)
    if days is None:
        return
    near = Proposal.due_on <= tx.today + timedelta(days=days), Proposal.due_on >= tx.today
    for proposal, campaign in _next(tx, *near, Proposal.state.in_(DUE_STATES), Proposal.reminded.is_(False)):
        proposal.reminded = True
        announce(tx, proposal, campaign, None)


def tell_overdue(tx: Transaction) -> None:
    """Tell the departments whose last day has passed, once."""
    late = Proposal.due_on < tx.today, Proposal.state.in_(DUE_STATES), Proposal.overdue_told.is_(False)
    for proposal, campaign in _next(tx, *late):
        proposal.overdue_told = True
        announce(tx, proposal, campaign, None)


def tell_again(tx: Transaction) -> None:
    """Tell what waits for departments whose leader or contacts changed."""
    for proposal, campaign in _next(tx, Proposal.retell):
        proposal.retell = False
        announce(tx, proposal, campaign, None)


def publish_scheduled(tx: Transaction) -> None:
    """Publish the replies whose day has come."""
    due = sa.select(Reply.proposal_id).where(Reply.publish_on <= tx.today, Reply.published_on.is_(None))
    for proposal, campaign in _next(tx, Proposal.id.in_(due), Proposal.state == "approved"):
        make_public(tx, proposal, campaign)


def ask_for_checks(tx: Transaction) -> None:
    """In December, ask the departments for the self-check of what is open, in campaigns that have it."""
    if tx.today.month != _DECEMBER:
        return
    campaigns = [one.id for one in tx.session.scalars(sa.select(Campaign)) if "self_check" in one.switches]
    year = tx.today.year
    unasked = sa.or_(Proposal.check_asked.is_(None), Proposal.check_asked < year)
    handled = Proposal.state.in_(OPEN_STATES), Proposal.department_id.is_not(None)
    for proposal, campaign in _next(tx, Proposal.campaign_id.in_(campaigns), *handled, unasked):
        proposal.check_asked = year
        announce(tx, proposal, campaign, None)


def _next(tx: Transaction, *conditions: Any) -> Sequence[tuple[Proposal, Campaign]]:
    """Return the next proposals with their campaigns, locked; those that somebody changes now come later."""
    found = sa.select(Proposal).where(*conditions).order_by(Proposal.id).limit(AT_ONCE)
    proposals = tx.session.scalars(found.with_for_update(skip_locked=True)).all()
    campaigns = sa.select(Campaign).where(Campaign.id.in_({one.campaign_id for one in proposals}))
    by_id = {one.id: one for one in tx.session.scalars(campaigns)}
    return [(one, by_id[one.campaign_id]) for one in proposals]
