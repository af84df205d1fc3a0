"""The pages of proposals that the walk through every page opens, and the things they are about."""

from __future__ import annotations

from tests.support.api import Api

MEMBER = [
    "/me/proposals", "/me/proposals/new/{proposal_campaign_id}", "/me/proposals/{own_proposal_id}/edit", "/proposals",
    "/proposals?kind=campus", "/proposals/{replied_proposal_id}",
]  # fmt: skip
OFFICER = [
    "/console/proposals", "/console/proposals?show=waiting&sort=due_on", "/proposals/{reviewed_proposal_id}",
    "/proposals/{filed_proposal_id}", "/proposals/{replied_proposal_id}", "/console/proposal-campaigns",
    "/console/proposal-campaigns/new", "/console/proposal-campaigns/{proposal_campaign_id}", "/console/departments",
    "/console/departments/new?q=M", "/console/departments/{department_id}", "/console/proposal-figures",
    "/console/proposal-figures?group=kind", "/console/proposals/{filed_proposal_id}/key-leader?q=M",
]  # fmt: skip


def proposal_things(officer: Api, member: Api) -> dict[str, str]:
    """One of everything a page of proposals can be about; the member has a draft in the own unit's campaign."""
    by_state = {one["state"]: one["id"] for one in officer.get("/governance/proposals", limit=100)["items"]}
    campaign = member.get("/governance/proposal-campaigns", mine="true")["items"][0]["id"]
    draft = {"campaign_id": campaign, "title": "增设无障碍坡道", "kind": "campus"}
    return {
        "proposal_campaign_id": campaign,
        "own_proposal_id": member.post("/governance/proposals", draft, status=201)["id"],
        "reviewed_proposal_id": by_state["review"],
        "filed_proposal_id": by_state["filed"],
        "replied_proposal_id": by_state["replied"],
        "department_id": officer.get("/governance/departments")["items"][0]["id"],
    }
