"""An item of the plan is scheduled, people register past its seats, a cancellation moves the waiting list."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.clock import today
from tests.e2e.stories import activity, in_days, unit_of
from tests.support.api import eventually

PLAN = f"/governance/plan/{today().year}/items"


def scheduled_from_plan(officer, **changes):
    """Schedule an open item of the plan of this year with what the plan suggests."""
    items = officer.all(PLAN)
    item = next(item for item in items if item["state"] == "open" and item["measure"] == "activity")
    suggestion = officer.get(f"/governance/plan/items/{item['id']}")["suggestion"]
    del suggestion["duration_minutes"]
    body = {**suggestion, "registration_opens_at": in_days(-1), "plan_item_id": item["id"], **changes}
    return item, officer.post("/activities", body, status=201)


def test_members_register_past_the_seats_and_a_cancellation_moves_the_waiting_list(union, signed_in):
    officer = signed_in("officer")
    _, made = scheduled_from_plan(officer, capacity=2)
    path = f"/activities/{made['id']}/registrations"
    people = [signed_in(name) for name in ("member", "chair", "judge", "mediator")]
    answers = [person.post(path, status=201) for person in people]
    assert [answer["state"] for answer in answers] == ["confirmed", "confirmed", "waitlisted", "waitlisted"]
    assert [answer["position"] for answer in answers[2:]] == [1, 2]
    again = people[0].send("POST", path, json={})
    assert again.ok
    assert again.json()["state"] == "confirmed"

    people[0].delete(path)
    eventually(
        lambda: people[2].get(f"/activities/{made['id']}/registrations/check")["registration"]["state"] == "confirmed"
    )
    seen = eventually(lambda: (page := officer.get(f"/activities/{made['id']}")) and page["waiting"] == 1 and page)
    assert seen["seats_left"] == 0
    mine = people[2].get("/me/registrations")
    assert made["id"] in str(mine)


def test_the_plan_moves_when_an_activity_is_scheduled_held_or_cancelled(union, signed_in):
    officer = signed_in("officer")
    item, made = scheduled_from_plan(officer, starts_at=in_days(-1), ends_at=in_days(0),
                                     registration_opens_at=in_days(-9), registration_closes_at=in_days(-2),
                                     cancel_until=in_days(-2))  # fmt: skip
    path = f"/governance/plan/items/{item['id']}"
    eventually(lambda: officer.get(path)["state"] == "scheduled")
    officer.post(f"/activities/{made['id']}/hold", {"attended": 17})
    held = eventually(lambda: (found := officer.get(path)) and found["held"] == 1 and found)
    assert held["progress"] > item["progress"]
    other, planned = scheduled_from_plan(officer)
    eventually(lambda: officer.get(f"/governance/plan/items/{other['id']}")["scheduled"] == 1)
    officer.post(f"/activities/{planned['id']}/cancel", {"reason": "场地维修", "reason_code": "venue"})
    eventually(lambda: officer.get(f"/governance/plan/items/{other['id']}")["scheduled"] == 0)


def test_a_rush_sells_every_seat_once_and_answers_everybody(union, signed_in):
    officer = signed_in("officer")
    names = ("chair", "auditor", "delegate", "handler", "mediator", "judge", "ops", "member", "officer")
    callers = [signed_in(name) for name in names]
    made = officer.post("/activities", activity(capacity=5, waiting_list=False), status=201)
    path = f"/activities/{made['id']}/registrations"
    with ThreadPoolExecutor(len(callers)) as pool:
        answers = list(pool.map(lambda caller: caller.send("POST", path, json={}), callers))
    codes = sorted(answer.status_code for answer in answers)
    assert codes == [201] * 5 + [409] * 4
    refused = next(answer.json() for answer in answers if answer.status_code == 409)
    assert refused["rule"]
    assert refused["detail"]
    seen = eventually(lambda: (page := officer.get(f"/activities/{made['id']}")) and page["seats_taken"] == 5 and page)
    assert seen["seats_left"] == 0


@pytest.mark.parametrize("case", ["too early", "not in the audience"])
def test_every_refusal_says_which_rule_and_why(union, signed_in, case):
    officer, chair = signed_in("officer"), signed_in("chair")
    mine = unit_of(chair)
    others = [unit["id"] for unit in officer.all("/membership/units", kind="unit") if unit["id"] != mine]
    changes, rule = {
        "too early": ({"registration_opens_at": in_days(2)}, "registration"),
        "not in the audience": ({"audience": {"units": others[:2], "employments": []}}, "audience"),
    }[case]
    made = officer.post("/activities", activity(**changes), status=201)
    problem = chair.post(f"/activities/{made['id']}/registrations", status=409)
    assert rule in problem["rule"]
    check = chair.get(f"/activities/{made['id']}/registrations/check")
    assert not check["may_register"]
    assert problem["rule"] in {refusal["rule"] for refusal in check["register_refusals"]}


def test_a_cancelled_activity_frees_everybody(union, signed_in):
    officer, member = signed_in("officer"), signed_in("member")
    made = officer.post("/activities", activity(), status=201)
    member.post(f"/activities/{made['id']}/registrations", status=201)
    officer.post(f"/activities/{made['id']}/cancel", {"reason": "人数不足"})
    eventually(lambda: officer.get(f"/activities/{made['id']}")["state"] == "cancelled")
    problem = member.post(f"/activities/{made['id']}/registrations", status=409)
    assert problem["rule"]
