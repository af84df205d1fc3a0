"""A meeting over HTTP: a motion, a vote on the phones, the decision, something to do until it is done."""

from __future__ import annotations

from datetime import timedelta

from services.chassis.clock import now, today
from tests.support.api import eventually

MEETINGS = "/governance/meetings"


def has_todo(caller, kind, subject_id):
    return any(one["subject_id"] == subject_id for one in caller.get("/me/todos", kind=kind)["items"])


def test_a_motion_is_voted_on_by_phone_and_what_is_to_be_done_is_done(union, signed_in):
    officer, presider, voter = signed_in("officer"), signed_in("mediator"), signed_in("judge")
    stranger = signed_in("delegate")
    body = officer.post(
        "/governance/meeting-bodies",
        {"name": "端到端联席会", "kind": "joint", "post_kinds": ["mediator", "union_chair", "unit_chair"],
         "chair_kind": "mediator"}, status=201,
    )  # fmt: skip
    asked = {"body_id": body["id"], "title": "统一活动时间", "text": "建议各分工会统一在周三下午活动。"}
    motion = officer.post("/governance/motions", asked, status=201)
    starts = now() + timedelta(minutes=1)
    when = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=1)).isoformat(), "place": "301"}
    meeting = officer.post(MEETINGS, {"body_id": body["id"], "title": "端到端会议", **when}, status=201)
    address = f"{MEETINGS}/{meeting['id']}"
    officer.post(f"{address}/items", {"motion_id": motion["id"], "kind": "vote"}, status=201)
    called = officer.post(f"{address}/convene")
    there = [seat["member_id"] for seat in called["seats"]]
    me = {name: one.get("/me")["member_id"] for name, one in (("presider", presider), ("officer", officer))}
    assert set(me.values()) <= set(there)
    stranger.get(address, status=403)
    marks = [{"member_id": one, "attendance": "present"} for one in there]
    presider.post(f"{address}/attendance", {"marks": marks})
    item = presider.post(f"{address}/open")["items"][0]

    said = {"title": "统一活动时间", "text": "各分工会的活动统一安排在周三下午。", "secrecy": "named"}
    vote = presider.post(f"{address}/items/{item['id']}/vote", said, status=201)
    ballot = f"/governance/ballots/{vote['ballot_id']}"
    eventually(lambda: has_todo(presider, "ballot_to_vote", vote["ballot_id"]))
    assert presider.ask("POST", f"{address}/end", 409, json={})["rule"] == "meetings.no_vote_goes_on"
    for one in (presider, officer, signed_in("chair")):
        one.post(f"{ballot}/votes", {"choices": ["yes"]}, status=201)
    voter.post(f"{ballot}/votes", {"choices": ["no"]}, status=409)
    counted = presider.post(f"{address}/votes/{vote['ballot_id']}/count")
    decision = officer.get(f"/governance/decisions/{counted['decision_id']}")
    assert (decision["ballot_id"], decision["votes_for"], decision["vote_way"]) == (vote["ballot_id"], 3, "named")
    passed = decision["votes_for"] >= decision["needed"]
    assert decision["outcome"] == ("passed" if passed else "rejected")
    assert officer.get(f"/governance/motions/{motion['id']}")["state"] == decision["outcome"]

    due = (today() + timedelta(days=7)).isoformat()
    given = {"text": "拟定统一的活动时间表", "owner_id": me["presider"], "due_on": due, "item_id": item["id"]}
    action = presider.post(f"{address}/action-items", given, status=201)
    eventually(lambda: has_todo(presider, "action_item", action["id"]))
    presider.post(f"{address}/end")
    done = presider.post(f"/governance/action-items/{action['id']}/finish", {"note": "时间表已印发。"})
    assert (done["state"], done["percent"]) == ("done", 100)
    eventually(lambda: not has_todo(presider, "action_item", action["id"]))


def test_a_meeting_stands_in_the_calendar_of_who_is_called(union, signed_in):
    officer, presider = signed_in("officer"), signed_in("mediator")
    body = officer.post(
        "/governance/meeting-bodies",
        {"name": "端到端日历会", "kind": "joint", "post_kinds": ["mediator"], "chair_kind": "mediator"}, status=201,
    )  # fmt: skip
    starts = now() + timedelta(days=2)
    when = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(hours=1)).isoformat(), "place": "密室"}
    meeting = officer.post(MEETINGS, {"body_id": body["id"], "title": "不外传的标题", **when}, status=201)
    address = f"{MEETINGS}/{meeting['id']}"
    officer.post(f"{address}/items", {"title": "议程"}, status=201)
    own = presider.post("/me/calendar-addresses", status=200)["items"][0]["address"]
    officer.post(f"{address}/convene")

    def shown():
        text = presider.http.get(own, timeout=30).text
        found = [part for part in text.split("BEGIN:VEVENT") if f"meeting-{meeting['id']}@gonghui" in part]
        return found[0] if found else ""

    event = eventually(shown)
    assert "STATUS:CONFIRMED" in event
    assert "不外传" not in event
    assert "密室" not in event
    officer.post(f"{address}/cancel", {"reason": "并入下次会议"})
    eventually(lambda: "STATUS:CANCELLED" in shown())
