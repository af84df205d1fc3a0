"""Who may propose and second in a campaign."""

from __future__ import annotations

from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.governance.members.use_cases.copies import voting_among
from services.governance.proposals.tables import Campaign


def is_delegate(tx: Transaction, campaign: Campaign, member_id: UUID) -> bool:
    """Whether the caller may propose and second: as a member of the campaign's unit, else by the post of a delegate."""
    if campaign.body == "unit":
        return voting_among(tx, [member_id]).get(member_id) == campaign.unit_id
    return tx.principal.has("delegate")
