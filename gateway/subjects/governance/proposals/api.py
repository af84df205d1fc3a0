"""Proposals over HTTP: departments, campaigns, and every step of a proposal."""

from gateway.http.routes import Route
from services.contracts.governance.proposals import campaigns, departments
from services.contracts.governance.proposals import operations as contract

_DEPARTMENT = "/governance/departments/<uuid:department_id>"
_CAMPAIGN = "/governance/proposal-campaigns/<uuid:campaign_id>"
_ALL = "/governance/proposals"
_ONE = f"{_ALL}/<uuid:proposal_id>"
_STAGE = f"{_ONE}/milestones/<uuid:milestone_id>"

ROUTES = (
    Route("GET", "/governance/departments", departments.list_departments),
    Route("POST", "/governance/departments", departments.add_department, 201, location="/governance/departments/{id}"),
    Route("GET", _DEPARTMENT, departments.get_department),
    Route("PUT", _DEPARTMENT, departments.change_department),
    Route("GET", "/governance/proposal-campaigns", campaigns.list_proposal_campaigns),
    Route(
        "POST", "/governance/proposal-campaigns", campaigns.add_proposal_campaign, 201,
        location="/governance/proposal-campaigns/{id}",
    ),
    Route("GET", _CAMPAIGN, campaigns.get_proposal_campaign),
    Route("PUT", _CAMPAIGN, campaigns.change_proposal_campaign),
    Route("POST", f"{_CAMPAIGN}/close", campaigns.close_proposal_campaign),
    Route("GET", _ALL, contract.list_proposals),
    Route("POST", _ALL, contract.draft_proposal, 201, location=f"{_ALL}/{{id}}"),
    Route("GET", "/governance/public-proposals", contract.list_public_proposals),
    Route("GET", "/governance/proposals-to-second", contract.list_proposals_to_second),
    Route("GET", "/governance/similar-proposals", contract.find_similar_proposals),
    Route("GET", "/governance/proposal-figures", contract.proposal_figures),
    Route("GET", "/me/proposals", contract.my_proposals),
    Route("GET", _ONE, contract.get_proposal),
    Route("PUT", _ONE, contract.revise_proposal),
    Route("DELETE", _ONE, contract.discard_draft),
    Route("POST", f"{_ONE}/open", contract.open_seconding),
    Route("POST", f"{_ONE}/second", contract.second_proposal),
    Route("POST", f"{_ONE}/unsecond", contract.unsecond_proposal),
    Route("POST", f"{_ONE}/submit", contract.submit_proposal),
    Route("POST", f"{_ONE}/withdraw", contract.withdraw_proposal),
    Route("POST", f"{_ONE}/dispute", contract.dispute_filing),
    Route("POST", f"{_ONE}/review", contract.review_proposal),
    Route("POST", f"{_ONE}/merge", contract.merge_proposal),
    Route("POST", f"{_ONE}/unmerge", contract.unmerge_proposal),
    Route("POST", f"{_ONE}/ruling", contract.rule_on_proposal),
    Route("PUT", f"{_ONE}/key-leader", contract.mark_key_proposal),
    Route("POST", f"{_ONE}/assign", contract.assign_proposal),
    Route("POST", f"{_ONE}/hand-back", contract.hand_back_proposal),
    Route("POST", f"{_ONE}/accept", contract.accept_assignment),
    Route("POST", f"{_ONE}/contribution", contract.contribute_to_reply),
    Route("POST", f"{_ONE}/reply", contract.reply_to_proposal),
    Route("POST", f"{_ONE}/co-sign", contract.co_sign_reply),
    Route("POST", f"{_ONE}/object", contract.object_to_reply),
    Route("POST", f"{_ONE}/approve", contract.approve_reply),
    Route("POST", f"{_ONE}/refuse-reply", contract.refuse_reply),
    Route("POST", f"{_ONE}/inspection", contract.pass_inspection),
    Route("POST", f"{_ONE}/publish", contract.publish_reply),
    Route("POST", f"{_ONE}/rate", contract.rate_proposal),
    Route("POST", f"{_ONE}/end-rating", contract.end_rating),
    Route("POST", f"{_ONE}/reopen", contract.reopen_proposal),
    Route("POST", f"{_ONE}/milestones", contract.add_milestone, 201),
    Route("POST", f"{_STAGE}/reach", contract.reach_milestone),
    Route("DELETE", _STAGE, contract.drop_milestone),
    Route("POST", f"{_ONE}/check", contract.check_proposal),
    Route("POST", f"{_ONE}/close", contract.close_proposal),
    Route("POST", f"{_ONE}/archive", contract.archive_proposal),
    Route("POST", f"{_ONE}/praise", contract.praise_proposal),
)  # fmt: skip
