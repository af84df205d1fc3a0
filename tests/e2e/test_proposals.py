"""A proposal over HTTP, from the draft over a second handling to the archive: its people, department and office."""

from __future__ import annotations

from datetime import timedelta

from services.chassis.clock import today
from tests.e2e.stories import in_days
from tests.support.api import eventually

PROPOSALS = "/governance/proposals"
REASON = (
    "教学楼晚间没有开放的教师休息室，晚课之间无处备课和休息，住在外区的教师尤其不便，"
    "多次在座谈会上反映没有结果，希望学校重视并尽快解决。"
)
SUGGESTION = "建议在每栋教学楼各设一间教师休息室，配备桌椅、饮水和打印，晚课结束后关闭。"
TEXT = {"title": "增设教师休息室", "kind": "campus", "reason": REASON, "suggestion": SUGGESTION}
REPLY = "经研究，先在第一、第二教学楼各设一间教师休息室，下学期开放。"


def days(count):
    return (today() + timedelta(days=count)).isoformat()


def id_of(caller):
    return caller.get("/me")["member_id"]


def has_todo(caller, kind, subject_id):
    return any(one["subject_id"] == subject_id for one in caller.get("/me/todos", kind=kind)["items"])


def test_a_proposal_goes_from_the_draft_over_a_second_handling_to_the_archive(union, signed_in):
    officer, proposer, lead, leader = (signed_in(name) for name in ("officer", "delegate", "handler", "chair"))
    seconders = [signed_in(name) for name in ("mediator", "judge")]
    department = officer.post(
        "/governance/departments",
        {"name": "校园建设处", "leader_id": id_of(leader), "contact_ids": [id_of(lead)]}, status=201,
    )  # fmt: skip
    terms = {"name": "端到端提案征集", "body": "staff_congress", "opens_on": days(0), "deadline": in_days(20)}
    campaign = officer.post("/governance/proposal-campaigns", {**terms, "switches": ["outcome_class"]}, status=201)
    draft = proposer.post(PROPOSALS, {"campaign_id": campaign["id"], **TEXT}, status=201)
    address = f"{PROPOSALS}/{draft['id']}"

    # A draft is its proposer's alone; a new text asks who seconded the old one again.
    assert officer.send("GET", address).status_code in (403, 404)
    opened = proposer.post(f"{address}/open")
    seconders[0].post(f"{address}/second", {"text_version": opened["text_version"]})
    changed = {**TEXT, "suggestion": f"{SUGGESTION}请先试点。", "text_version": opened["text_version"]}
    version = proposer.ask("PUT", address, 200, json=changed)["text_version"]
    few = proposer.ask("POST", f"{address}/submit", 409, json={})
    assert few["rule"] == "proposals.seconders_suffice"
    for one in seconders:
        one.post(f"{address}/second", {"text_version": version})
    assert proposer.post(f"{address}/submit")["state"] == "submitted"

    assert officer.post(f"{address}/review", {"verdict": "file"})["state"] == "filed"
    wrong = officer.ask("POST", f"{address}/archive", 409, json={})
    assert (wrong["rule"], wrong["legal"]) == ("workflow.proposal", ["assign"])
    officer.post(f"{address}/assign", {"department_id": department["id"], "assisting_ids": [], "due_on": days(40)})
    eventually(lambda: has_todo(lead, "proposal_handle", draft["id"]))
    lead.post(f"{address}/accept")

    def answered(outcome):
        lead.post(f"{address}/reply", {"text": REPLY, "outcome": outcome})
        assert proposer.get(address)["replies"] == [] or outcome == "solved"
        leader.post(f"{address}/approve")
        return officer.post(f"{address}/publish")

    assert answered("not_now")["state"] == "replied"
    for one in (proposer, *seconders):
        rated = one.post(f"{address}/rate", {"grade": "dissatisfied"})
    assert (rated["state"], rated["satisfaction"]) == ("rated", "dissatisfied")
    again = officer.post(f"{address}/reopen", {"why": "代表不满意，请重新研究。", "due_on": days(60)})
    assert (again["state"], again["round"]) == ("second_handling", 2)
    answered("solved")
    for one in (proposer, *seconders):
        one.post(f"{address}/rate", {"grade": "satisfied"})
    assert officer.post(f"{address}/close")["state"] == "closed"
    officer.post(f"{address}/praise", {"excellent": True})
    archived = officer.post(f"{address}/archive")
    assert (archived["state"], archived["excellent"], len(archived["replies"])) == ("archived", True, 2)
    shown = proposer.get("/governance/public-proposals", q=TEXT["title"])["items"]
    assert draft["id"] in [one["id"] for one in shown]
