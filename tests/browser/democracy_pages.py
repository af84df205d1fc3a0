"""The pages of ballots, congress, meetings, mediation and notices that the walk opens, and what they are about."""

from __future__ import annotations

from services.chassis.clock import today
from tests.support.api import Api

MEMBER = [
    "/me/ballots", "/ballots/{open_ballot_id}", "/ballots/{closed_ballot_id}/votes", "/me/congress",
    "/ballots/{secret_ballot_id}", "/ballot-box/{secret_ballot_id}", "/ballot-board/{counted_ballot_id}",
    "/secret-ballots/how", "/congresses/{congress_id}/delegates", "/me/disputes", "/me/disputes/new", "/me/meetings",
    "/me/decisions", "/me/filings", "/dismissals/{own_dismissal_id}", "/dismissals/{own_dismissal_id}/mediation",
    "/me/ratings", "/ratings/{open_rating_id}", "/ratings/{closed_rating_id}",
    "/me/suggestions", "/suggestions", "/suggestions/new", "/suggestions/anonymous", "/suggestions/follow",
    "/suggestions/{own_suggestion_id}", "/disclosures", "/disclosures/{disclosure_id}",
    "/disclosures/{disclosure_id}/lines",
]  # fmt: skip
OFFICER = [
    "/console/ballots", "/console/ballots/new", "/console/ballots/{open_ballot_id}",
    "/console/ballots/{closed_ballot_id}", "/console/ballots/{open_ballot_id}/voters",
    "/console/ballots/{closed_ballot_id}/votes", "/console/ballots/{prepared_ballot_id}/edit",
    "/console/ballots/{secret_ballot_id}", "/console/ballots/{counted_ballot_id}",
    "/console/ballots/{waiting_ballot_id}/scrutineers",
    "/console/congresses", "/console/congresses/new", "/console/congresses/{congress_id}",
    "/console/congresses/{congress_id}/change", "/console/congresses/{congress_id}/delegates",
    "/console/congresses/{congress_id}/delegations/new",
    "/console/congresses/{congress_id}/delegations/{delegation_id}",
    "/console/congresses/{congress_id}/seats", "/console/congresses/{congress_id}/elected?unit_id={unit_id}",
    "/console/delegates/{delegate_id}",
    "/disputes/{dispute_id}", "/console/disputes/{dispute_id}/party",
    "/console/disputes", "/console/disputes/new", "/console/dispute-figures",
    "/console/meetings", "/console/meeting-bodies", "/console/meeting-bodies/new", "/console/meeting-bodies/{body_id}",
    "/console/meeting-decisions", "/console/meeting-motions", "/console/action-items",
    "/console/meetings/{planned_meeting_id}/guests/new?q=M", "/meetings/{held_meeting_id}",
    "/meetings/{planned_meeting_id}/edit", "/meetings/{held_meeting_id}/minutes", "/meetings/new",
    "/meetings/decisions/{meeting_decision_id}",
    "/meetings/{voting_meeting_id}", "/meetings/{voting_meeting_id}/items/{free_item_id}/vote",
    "/motions/{motion_id}", "/motions/new",
    "/action-items/{action_item_id}",
    "/console/dismissals", "/console/dismissals/new", "/console/dismissals/new?q=M", "/console/dismissal-figures",
    "/dismissals/{dismissal_id}", "/dismissals/{dismissal_id}/opinion", "/dismissals/{dismissal_id}/member?q=M",
    "/console/filings", "/console/filing-comparison", "/filings/{filing_id}",
    "/console/ratings", "/console/ratings/new", "/console/ratings/new-assessment", "/console/ratings/{open_rating_id}",
    "/console/ratings/{closed_rating_id}", "/console/ratings/{closed_rating_id}/units",
    "/console/ratings/{closed_rating_id}/remarks", "/console/ratings/{prepared_rating_id}/edit",
    "/console/ratings/{open_rating_id}/papers/2", "/console/ratings/{open_rating_id}/papers/new?q=M",
    "/console/suggestions", "/console/suggestion-figures", "/suggestions/{suggestion_id}",
    "/console/disclosures", "/console/disclosures/new", "/console/disclosure-questions",
    "/console/disclosure-questions/{disclosure_question_id}",
]  # fmt: skip


def democracy_things(officer: Api, member: Api) -> dict[str, str]:
    """One of everything these pages can be about; the officer is the clerk of a case."""
    return {
        **_ballots(officer, member),
        **_congress(officer),
        **_meetings(officer),
        **_mediation(officer),
        **_dismissals(officer, member),
        **_filings(officer),
        **_ratings(officer),
        "disclosure_id": member.get("/governance/disclosures/published")["items"][0]["id"],
        "disclosure_question_id": officer.get("/governance/disclosure-questions", show="open")["items"][0]["id"],
        "suggestion_id": officer.get("/governance/suggestions")["items"][0]["id"],
        "own_suggestion_id": member.get("/me/suggestions")["items"][0]["id"],
    }


def _ballots(officer: Api, member: Api) -> dict[str, str]:
    mine = member.get("/me/ballots", limit=50)["items"]
    own = {one["state"]: one["id"] for one in mine if one["secrecy"] != "secret"}
    secret = {one["state"]: one["id"] for one in officer.get("/governance/ballots", secrecy="secret")["items"]}
    named = officer.get("/governance/ballots", state="closed", secrecy="named")["items"][0]["id"]
    prepared = officer.get("/governance/ballots", state="prepared", secrecy="open")["items"][0]["id"]
    return {
        "open_ballot_id": own["open"], "closed_ballot_id": named, "prepared_ballot_id": prepared,
        "secret_ballot_id": secret["open"], "counted_ballot_id": secret["closed"],
        "waiting_ballot_id": secret["prepared"],
    }  # fmt: skip


def _congress(officer: Api) -> dict[str, str]:
    congress_id = officer.get("/governance/congresses")["items"][0]["id"]
    address = f"/governance/congresses/{congress_id}"
    return {
        "congress_id": congress_id,
        "delegation_id": officer.get(f"{address}/delegations")["items"][0]["id"],
        "delegate_id": officer.get(f"{address}/delegates")["items"][0]["id"],
    }


def _meetings(officer: Api) -> dict[str, str]:
    decision = officer.get("/governance/decisions")["items"][-1]
    voting = officer.get("/governance/meetings", state="open")["items"][0]
    planned = officer.get("/governance/meetings", state="planned")["items"][0]
    return {
        "planned_meeting_id": planned["id"],
        "held_meeting_id": decision["meeting_id"],
        "meeting_decision_id": decision["id"],
        "voting_meeting_id": voting["id"],
        "free_item_id": officer.get(f"/governance/meetings/{voting['id']}")["items"][0]["id"],
        "body_id": officer.get("/governance/meeting-bodies")["items"][0]["id"],
        "motion_id": officer.get("/governance/motions")["items"][0]["id"],
        "action_item_id": officer.get("/governance/action-items")["items"][0]["id"],
    }


def _mediation(officer: Api) -> dict[str, str]:
    return {"dispute_id": officer.get("/governance/disputes")["items"][0]["id"]}


def _dismissals(officer: Api, member: Api) -> dict[str, str]:
    """A notice on which the officer is to give an opinion, and the member's own."""
    studied = officer.get("/governance/dismissals", state="in_review")["items"][0]["id"]
    own = member.get("/governance/dismissals", show="all")["items"][0]["id"]
    return {"dismissal_id": studied, "own_dismissal_id": own}


def _filings(officer: Api) -> dict[str, str]:
    waiting = officer.get("/governance/filings", show="unit", limit=100)["items"]
    return {
        "filing_id": officer.get("/governance/filings", show="review")["items"][0]["id"],
        "own_filing_id": next(one["id"] for one in waiting if one["open_guidance"]),
    }


def _ratings(officer: Api) -> dict[str, str]:
    """The members' rating that is open, the latest that is closed, and one that is not opened yet."""
    of_members = officer.get("/governance/ratings", kind="union", sort="-year")["items"]
    by_state = {one["state"]: one["id"] for one in reversed(of_members)}
    terms = {
        "title": "民主评议", "kind": "leaders", "year": today().year, "leaders": [{"name": "示例戊", "post": "副校长"}],
        "electorate": "list", "member_ids": [officer.get("/me")["member_id"]],
    }  # fmt: skip
    prepared = officer.post("/governance/ratings", terms, status=201)["id"]
    return {
        "open_rating_id": by_state["open"], "closed_rating_id": by_state["closed"], "prepared_rating_id": prepared,
    }  # fmt: skip
