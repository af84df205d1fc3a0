"""Finding proposals like a text: by pairs of characters, stored for every proposal that others may read."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.bulk import insert_rows
from services.chassis.database.transaction import Transaction
from services.chassis.grams import folded, grams_of
from services.contracts.governance.proposals.vocabulary import PUBLIC_STATES
from services.governance.proposals.rules import likeness
from services.governance.proposals.tables import Gram, Proposal
from services.governance.proposals.use_cases.campaigns import open_for
from services.governance.proposals.workflow import SECONDABLE

MOST_GRAMS = 300
"""Pairs of one text that are compared and stored."""
_SHOWN, _COMPARED, _LEAST = 5, 50, 20


def keep_grams(tx: Transaction, proposal: Proposal) -> None:
    """Store the pairs of a proposal's text."""
    forget_grams(tx, proposal)
    pairs = _pairs(f"{proposal.title} {proposal.suggestion}")
    insert_rows(tx.session, Gram.__table__, {"gram": pairs}, {"proposal_id": proposal.id})


def forget_grams(tx: Transaction, proposal: Proposal) -> None:
    """Let a proposal be found no more."""
    tx.session.execute(sa.delete(Gram).where(Gram.proposal_id == proposal.id))


def find_similar_proposals(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the proposals most like a text that others may read, at most five."""
    own = _pairs(f"{request['title']} {request['suggestion']}")
    if not own:
        return {"items": []}
    common = sa.func.count().label("common")
    alike = sa.select(Gram.proposal_id, common).where(Gram.gram.in_(own)).group_by(Gram.proposal_id)
    if request["proposal_id"] is not None:
        alike = alike.where(Gram.proposal_id != request["proposal_id"])
    most = {row.proposal_id: row.common for row in tx.session.execute(alike.order_by(common.desc()).limit(_COMPARED))}
    whole = sa.select(Gram.proposal_id, sa.func.count().label("whole")).where(Gram.proposal_id.in_(most))
    sizes = {row.proposal_id: row.whole for row in tx.session.execute(whole.group_by(Gram.proposal_id))}
    percents = {one: likeness(shared, len(own), sizes[one]) for one, shared in most.items()}
    names = ("id", "number", "title", "state")
    items = [
        {**{name: getattr(one, name) for name in names}, "percent": percents[one.id]}
        for one in tx.session.scalars(sa.select(Proposal).where(Proposal.id.in_(percents), *_readable(tx)))
        if percents[one.id] >= _LEAST
    ]
    return {"items": sorted(items, key=lambda one: (-one["percent"], str(one["id"])))[:_SHOWN]}


def _readable(tx: Transaction) -> list[Any]:
    """Return the conditions of what the caller may open: nobody is shown what leads to a refusal."""
    if tx.principal.has("officer"):
        return []
    seconded = sa.and_(Proposal.state.in_(SECONDABLE), Proposal.campaign_id.in_([one.id for one in open_for(tx)]))
    own_unit = Proposal.unit_id.in_(tx.principal.units("chair"))
    own = Proposal.proposer_id == tx.principal.member_id
    return [sa.or_(Proposal.state.in_(PUBLIC_STATES), seconded, own_unit, own)]


def _pairs(text: str) -> list[str]:
    """Return the pairs of a text, each once, at most `MOST_GRAMS`."""
    return sorted(gram for gram in grams_of(folded(text)) if len(gram) > 1)[:MOST_GRAMS]
