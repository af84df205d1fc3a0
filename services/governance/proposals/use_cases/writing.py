"""Writing a proposal, having it seconded, submitting and withdrawing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.numbering import next_number_of_year
from services.chassis.database.transaction import Transaction
from services.chassis.errors import PreconditionFailed, refuse_first
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.security.principal import require_member
from services.contracts.governance.proposals.events import ProposalSubmitted
from services.governance.proposals import rules
from services.governance.proposals.tables import Proposal, Seconding
from services.governance.proposals.use_cases.delegates import is_delegate
from services.governance.proposals.use_cases.people import count_seconders, joined_proposals
from services.governance.proposals.use_cases.showing import detail
from services.governance.proposals.use_cases.similar import forget_grams, keep_grams
from services.governance.proposals.use_cases.store import Step, ids_of, load_campaign, note_step
from services.governance.proposals.workflow import SECONDABLE, UNSEEN

SECONDERS = "proposals.seconders_least"
REASON_LEAST, REASON_MOST = "proposals.reason_least", "proposals.reason_most"
SUGGESTION_LEAST = "proposals.suggestion_least"
MOST_DRAFTS = 20
_TEXT = ("title", "kind", "reason", "suggestion", "collective")


def draft_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Begin a draft; nothing is announced.

    Raises:
        NotAllowed: the caller is no member.
        Refused: the campaign takes nothing now, the caller is no delegate, or has too many drafts.
    """
    member_id = require_member(tx.principal, "Only a member proposes.", rule="proposals.caller_is_a_member")
    campaign = load_campaign(tx, request["campaign_id"])
    tx.lock(f"proposal-drafts-{member_id}")
    own = Proposal.proposer_id == member_id, Proposal.state.in_(UNSEEN)
    drafts = tx.session.scalar(sa.select(sa.func.count()).select_from(Proposal).where(*own)) or 0
    refuse_first(
        rules.campaign_is_open(campaign.opens_on, campaign.closed_at is not None, tx.today),
        rules.delegates_propose(is_delegate(tx, campaign, member_id)),
        rules.drafts_are_few(drafts, MOST_DRAFTS),
    )
    proposal = Proposal(
        **{name: request[name] for name in ("campaign_id", *_TEXT)}, proposer_id=member_id, unit_id=campaign.unit_id,
        text_version=1, state="draft", drafted_at=tx.now, reminded=False, overdue_told=False, round=1, percent=0,
        excellent=False, version=1,
    )  # fmt: skip
    tx.session.add(proposal)
    tx.session.flush()
    return detail(tx, proposal)


def revise_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Change the text; who seconded another text is asked again.

    Raises:
        PreconditionFailed: the text is not the one that was read.
        Refused: others have seen it, and the new text is too short or too long.
    """
    step = Step(tx, request["proposal_id"])
    step.require("revise")
    proposal = step.proposal
    if request["text_version"] != proposal.text_version:
        raise PreconditionFailed("Somebody changed this meanwhile; look at it again.", rule="version_is_current")
    changed = {name: request[name] for name in _TEXT if request[name] != getattr(proposal, name)}
    if not changed:
        return detail(tx, proposal)
    for name, value in changed.items():
        setattr(proposal, name, value)
    proposal.text_version += 1
    if proposal.state not in UNSEEN:
        _require_text(tx, proposal)
        keep_grams(tx, proposal)
    step.take("revise")
    return detail(tx, proposal)


def discard_draft(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Delete one's own draft without a trace."""
    step = Step(tx, request["proposal_id"])
    refuse_first(rules.draft_is_discarded(step.proposal.state))
    reply = {name: getattr(step.proposal, name) for name in ("id", "number", "title")}
    tx.session.delete(step.proposal)
    return reply


def open_seconding(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Show a draft to the other delegates. Raises `Refused` where the text does not fit the rules."""
    step = Step(tx, request["proposal_id"])
    step.require("open_seconding")
    _require_open(tx, step)
    _require_text(tx, step.proposal)
    keep_grams(tx, step.proposal)
    step.proposal.why = None
    step.take("open_seconding")
    return detail(tx, step.proposal)


def second_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Second the text that was read, as another delegate.

    Raises:
        Refused: the caller proposes it or is no delegate, or the text was changed.
        NoRuleInForce: it is not set how many seconders a proposal needs.
    """
    member_id = require_member(tx.principal, "Only a member seconds.", rule="proposals.caller_is_a_member")
    step = Step(tx, request["proposal_id"])
    proposal = step.proposal
    refuse_first(rules.another_seconds(member_id == proposal.proposer_id))
    if proposal.state in SECONDABLE:
        refuse_first(rules.delegates_propose(is_delegate(tx, step.campaign, member_id)))
    step.require("second")
    refuse_first(rules.text_is_as_read(proposal.text_version, request["text_version"]))
    _keep_seconding(tx, proposal, member_id)
    least, count = rule_in_force(tx, SECONDERS, tx.today).count, count_seconders(tx, proposal)
    step.workflow.apply(proposal.state, "second", roles=step.roles)
    told = [proposal.proposer_id] if count == least else []
    note_step(tx, proposal, step.campaign, "second", None, proposal.state, told)
    return detail(tx, proposal)


def unsecond_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take one's seconding back; a submitted proposal keeps as many seconders as it needs."""
    step = Step(tx, request["proposal_id"])
    step.require("unsecond")
    proposal = step.proposal
    own = tx.session.get(Seconding, (proposal.id, tx.principal.member_id))
    if own is None:
        return detail(tx, proposal)
    tx.session.delete(own)
    tx.session.flush()
    if proposal.state == "submitted":
        _require_seconders(tx, proposal)
    step.take("unsecond")
    return detail(tx, proposal)


def submit_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Submit a proposal; after the deadline it becomes a suggestion, which needs no seconders."""
    step = Step(tx, request["proposal_id"])
    proposal, late = step.proposal, rules.is_late(step.campaign.deadline, tx.now)
    step.require("submit")
    _require_open(tx, step)
    if not late:
        _require_seconders(tx, proposal)
    if proposal.number is None:
        proposal.number = next_number_of_year(tx, Proposal.number, "proposal-number", 4)
    proposal.submitted_at = tx.now
    step.take("submit", late=late)
    tx.record(
        ProposalSubmitted(
            **ids_of(proposal, step.campaign), proposer_id=proposal.proposer_id,
            seconders=count_seconders(tx, proposal), in_time=not late,
        )
    )  # fmt: skip
    return detail(tx, proposal)


def withdraw_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Withdraw one's own proposal before it is filed."""
    step = Step(tx, request["proposal_id"])
    step.require("withdraw")
    refuse_first(rules.merger_comes_first(len(joined_proposals(tx, step.proposal))))
    forget_grams(tx, step.proposal)
    step.take("withdraw")
    return detail(tx, step.proposal)


def _require_open(tx: Transaction, step: Step) -> None:
    campaign = step.campaign
    refuse_first(
        rules.campaign_is_open(campaign.opens_on, campaign.closed_at is not None, tx.today),
        rules.delegates_propose(is_delegate(tx, campaign, step.proposal.proposer_id)),
    )


def _require_text(tx: Transaction, proposal: Proposal) -> None:
    found = {key: rule_in_force(tx, key, tx.today) for key in (REASON_LEAST, REASON_MOST, SUGGESTION_LEAST)}
    least, most = found[REASON_LEAST].count, found[REASON_MOST].count
    reason = rules.reason_fits(_characters(proposal.reason), least, most)
    suggestion = rules.suggestion_fits(_characters(proposal.suggestion), found[SUGGESTION_LEAST].count)
    refuse_first(sourced(reason, found[REASON_LEAST]), sourced(suggestion, found[SUGGESTION_LEAST]))


def _require_seconders(tx: Transaction, proposal: Proposal) -> None:
    least = rule_in_force(tx, SECONDERS, tx.today)
    refuse_first(sourced(rules.seconders_suffice(count_seconders(tx, proposal), least.count), least))


def _characters(text: str) -> int:
    return len("".join(text.split()))


def _keep_seconding(tx: Transaction, proposal: Proposal, member_id: UUID) -> None:
    row = tx.session.get(Seconding, (proposal.id, member_id))
    if row is None:
        row = Seconding(proposal_id=proposal.id, member_id=member_id, text_version=proposal.text_version, at=tx.now)
        tx.session.add(row)
    row.text_version, row.at = proposal.text_version, tx.now
    tx.session.flush()
