"""Who may propose and second in a campaign."""

from __future__ import annotations

from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.governance.congress.use_cases.delegates import delegate_of
from services.governance.congress.use_cases.terms import is_in_term
from services.governance.members.use_cases.copies import voting_among
from services.governance.proposals.tables import Campaign


def is_delegate(tx: Transaction, campaign: Campaign, member_id: UUID) -> bool:
    """Whether the caller may propose and second.

    In a unit's campaign its members may, in one of a congress those who hold a seat in that body today. Where the
    congress is not kept here, no term of the body goes on, and the post of a delegate decides.
    """
    if campaign.body == "unit":
        return voting_among(tx, [member_id]).get(member_id) == campaign.unit_id
    if delegate_of(tx, member_id, campaign.body, tx.today) is not None:
        return True
    return tx.principal.has("delegate") and not is_in_term(tx, campaign.body)
