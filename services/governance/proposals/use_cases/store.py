"""Loading proposals for a change, moving them on, and keeping each step with its history and event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.contracts.governance.proposals.events import ProposalMoved
from services.governance.proposals.tables import Campaign, Proposal
from services.governance.proposals.use_cases.people import all_people, roles_in
from services.governance.proposals.use_cases.tasks import tasks_of
from services.governance.proposals.workflow import DUE_STATES, UNSEEN, Facts, workflow_of

NO_PROPOSAL, NO_CAMPAIGN = "There is no such proposal.", "There is no such campaign."
_PEOPLE_ARE_TOLD = frozenset(
    {
        "send_back", "file", "not_file", "make_suggestion", "merge", "unmerge", "overturn", "uphold", "assign",
        "publish", "reopen", "close", "praise",
    }
)  # fmt: skip
"""Steps of which proposers and seconders are told."""


def load_campaign(tx: Transaction, campaign_id: UUID, *, lock: bool = False) -> Campaign:
    """Return a campaign. Raises `NotFound`."""
    return tx.get(Campaign, campaign_id, NO_CAMPAIGN, lock=lock, field="campaign_id")


def load_proposal(tx: Transaction, proposal_id: UUID, *, lock: bool = False) -> Proposal:
    """Return a proposal; another member's draft is not there. Raises `NotFound`."""
    proposal = tx.get(Proposal, proposal_id, NO_PROPOSAL, lock=lock, field="proposal_id")
    if proposal.state in UNSEEN and proposal.proposer_id != tx.principal.member_id:
        raise NotFound(NO_PROPOSAL, field="proposal_id")
    return proposal


def subject_of(proposal: Proposal) -> str:
    """Return the subject of a proposal's history."""
    return f"proposal/{proposal.id}"


class Step:
    """A step of one proposal, whose row is locked: what the caller may do, and how it ends.

    Args:
        tx: the transaction.
        proposal_id: which one.
    """

    def __init__(self, tx: Transaction, proposal_id: UUID) -> None:
        self.tx = tx
        self.proposal = load_proposal(tx, proposal_id, lock=True)
        self.campaign = load_campaign(tx, self.proposal.campaign_id)
        self.workflow = workflow_of(self.campaign.switches)
        self.roles = roles_in(tx, self.proposal, self.campaign)

    def require(self, action: str) -> None:
        """Raise `Refused` where the state forbids the action, `NotAllowed` where the caller's roles do."""
        self.workflow.apply(self.proposal.state, action, roles=self.roles, context=self.facts())

    def facts(self, **changes: Any) -> Facts:
        """Return what the workflow decides by, after this step."""
        return Facts(**{"round": self.proposal.round, **changes})

    def take(self, action: str, step: str | None = None, why: str | None = None, **facts: Any) -> None:
        """Move the proposal by an action, keep the step and announce it.

        Args:
            action: of the workflow.
            step: what the history calls it; None for the action's own name.
            why: the reason, as the history keeps it.
            facts: that the workflow decides by.
        """
        before = self.proposal.state
        context = self.facts(**facts)
        self.proposal.state = self.workflow.apply(before, action, roles=self.roles, context=context)
        note_step(self.tx, self.proposal, self.campaign, step or action, why, before)


def note_step(
    tx: Transaction, proposal: Proposal, campaign: Campaign, step: str, why: str | None, before: str,
    told: Iterable[UUID] = (),
) -> None:  # fmt: skip
    """Keep a step of a proposal and announce it; of a draft neither.

    Args:
        tx: the transaction.
        proposal: in its new state.
        campaign: its campaign.
        step: what was done.
        why: the reason.
        before: the state before.
        told: members who are told beside those whom such a step concerns.
    """
    proposal.version += 1
    if proposal.state not in DUE_STATES:
        proposal.reminded = proposal.overdue_told = False
    if proposal.state in UNSEEN:
        tx.session.flush()
        return
    note_change(tx, subject_of(proposal), {"step": (None, step), "state": (before, proposal.state)}, why)
    tx.session.flush()
    announce(tx, proposal, campaign, step, told)


def announce(
    tx: Transaction, proposal: Proposal, campaign: Campaign, step: str | None, told: Iterable[UUID] = ()
) -> None:
    """Tell what waits for whom now, and who is told of the step; not the one who took it."""
    people = all_people(tx, proposal)
    concerned = [one.member_id for one in people] if step in _PEOPLE_ARE_TOLD else []
    tx.record(
        ProposalMoved(
            **ids_of(proposal, campaign),
            step=step,
            state=proposal.state,
            tasks=tasks_of(tx, proposal, campaign, people),
            told=[one for one in dict.fromkeys([*concerned, *told]) if one != tx.principal.member_id],
        )
    )


def ids_of(proposal: Proposal, campaign: Campaign) -> dict[str, Any]:
    """Return the ids that every event of a proposal has."""
    return {"proposal_id": proposal.id, "campaign_id": proposal.campaign_id, "unit_id": campaign.unit_id}
