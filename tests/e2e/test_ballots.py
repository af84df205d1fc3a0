"""A ballot over HTTP: called, opened, voted once by each, closed; to-dos and messages follow."""

from __future__ import annotations

from uuid import uuid4

from tests.support.api import eventually

BALLOTS = "/governance/ballots"


def to_vote(member, ballot_id):
    """Return whether a to-do asks the member to vote."""
    found = member.get("/me/todos", kind="ballot_to_vote")["items"]
    return any(item["subject_id"] == ballot_id for item in found)


def test_a_ballot_is_called_voted_and_told(union, signed_in):
    officer, member, chair = signed_in("officer"), signed_in("member"), signed_in("chair")
    ids = [one.get("/me")["member_id"] for one in (officer, member, chair)]
    terms = {
        "title": "端到端表决", "kind": "yes_no", "secrecy": "named", "body": "committee", "electorate": "list",
        "member_ids": ids,
    }  # fmt: skip
    assert officer.post(f"{BALLOTS}/electorate-count", {"electorate": "list", "member_ids": ids})["count"] == 3
    ballot = officer.post(BALLOTS, terms, status=201)
    address = f"{BALLOTS}/{ballot['id']}"
    member.post(f"{address}/votes", {"choices": ["yes"]}, status=409)
    assert officer.post(f"{address}/open", {"expected": 3})["state"] == "open"
    eventually(lambda: to_vote(member, ballot["id"]))
    key = {"Idempotency-Key": str(uuid4())}
    first = member.post(f"{address}/votes", {"choices": ["yes"]}, status=201, headers=key)
    assert member.post(f"{address}/votes", {"choices": ["yes"]}, status=201, headers=key) == first
    eventually(lambda: not to_vote(member, ballot["id"]))
    other = chair.post(f"{address}/votes", {"choices": ["yes"]}, status=201)
    assert other["receipt"] != first["receipt"]
    result = officer.post(f"{address}/close")["result"]
    assert (result["outcome"], result["cast"], result["threshold"]) == ("passed", 2, 2)
    assert member.get(f"{address}/result")["outcome"] == "passed"
    assert len(member.get(f"{address}/votes")["items"]) == 2
    passed = ("voters_told", {"outcome": "passed"})
    eventually(lambda: passed in [(one["kind"], one["params"]) for one in member.get("/me/timeline")["items"]])
