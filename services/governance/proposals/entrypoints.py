"""Operations of proposals, and their recurring work."""

from __future__ import annotations

from services.chassis.entrypoints import answers, every
from services.contracts.governance.proposals import campaigns as campaign_contract
from services.contracts.governance.proposals import departments as department_contract
from services.contracts.governance.proposals import operations as contract
from services.governance.proposals.use_cases import (
    campaigns,
    departments,
    figures,
    following,
    handling,
    rating,
    reading,
    reviewing,
    similar,
    turns,
    writing,
)


@answers(
    (department_contract.list_departments, departments.list_departments),
    (department_contract.get_department, departments.get_department),
    (department_contract.add_department, departments.add_department),
    (department_contract.change_department, departments.change_department),
    (campaign_contract.list_proposal_campaigns, campaigns.list_proposal_campaigns),
    (campaign_contract.get_proposal_campaign, campaigns.get_proposal_campaign),
    (campaign_contract.add_proposal_campaign, campaigns.add_proposal_campaign),
    (campaign_contract.change_proposal_campaign, campaigns.change_proposal_campaign),
    (campaign_contract.close_proposal_campaign, campaigns.close_proposal_campaign),
    (contract.draft_proposal, writing.draft_proposal),
    (contract.revise_proposal, writing.revise_proposal),
    (contract.discard_draft, writing.discard_draft),
    (contract.open_seconding, writing.open_seconding),
    (contract.second_proposal, writing.second_proposal),
    (contract.unsecond_proposal, writing.unsecond_proposal),
    (contract.submit_proposal, writing.submit_proposal),
    (contract.withdraw_proposal, writing.withdraw_proposal),
    (contract.dispute_filing, reviewing.dispute_filing),
    (contract.review_proposal, reviewing.review_proposal),
    (contract.merge_proposal, reviewing.merge_proposal),
    (contract.unmerge_proposal, reviewing.unmerge_proposal),
    (contract.rule_on_proposal, reviewing.rule_on_proposal),
    (contract.mark_key_proposal, reviewing.mark_key_proposal),
    (contract.assign_proposal, handling.assign_proposal),
    (contract.hand_back_proposal, handling.hand_back_proposal),
    (contract.accept_assignment, handling.accept_assignment),
    (contract.contribute_to_reply, handling.contribute_to_reply),
    (contract.reply_to_proposal, handling.reply_to_proposal),
    (contract.co_sign_reply, handling.co_sign_reply),
    (contract.object_to_reply, handling.object_to_reply),
    (contract.approve_reply, handling.approve_reply),
    (contract.refuse_reply, handling.refuse_reply),
    (contract.pass_inspection, handling.pass_inspection),
    (contract.publish_reply, handling.publish_reply),
    (contract.rate_proposal, rating.rate_proposal),
    (contract.end_rating, rating.end_rating),
    (contract.reopen_proposal, rating.reopen_proposal),
    (contract.add_milestone, following.add_milestone),
    (contract.reach_milestone, following.reach_milestone),
    (contract.drop_milestone, following.drop_milestone),
    (contract.check_proposal, following.check_proposal),
    (contract.close_proposal, rating.close_proposal),
    (contract.archive_proposal, rating.archive_proposal),
    (contract.praise_proposal, rating.praise_proposal),
    (contract.list_proposals, reading.list_proposals),
    (contract.list_public_proposals, reading.list_public_proposals),
    (contract.list_proposals_to_second, reading.list_proposals_to_second),
    (contract.my_proposals, reading.my_proposals),
    (contract.get_proposal, reading.get_proposal),
    (contract.find_similar_proposals, similar.find_similar_proposals),
    (contract.proposal_figures, figures.proposal_figures),
)
class ProposalEntrypoints:
    """Proposals over RPC."""

    remind_of_proposals = every(300, "proposals-remind", turns.remind)
    tell_overdue_proposals = every(300, "proposals-overdue", turns.tell_overdue)
    tell_new_contacts = every(30, "proposals-retell", turns.tell_again)
    publish_scheduled_replies = every(300, "proposals-publish", turns.publish_scheduled)
    ask_for_self_checks = every(300, "proposals-checks", turns.ask_for_checks)
