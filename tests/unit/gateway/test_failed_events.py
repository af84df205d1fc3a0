"""The gateway answers for its own inbox, and asks the others for theirs."""

from __future__ import annotations

from uuid import uuid4

from services.chassis import clock
from services.chassis.tables import InboxEvent


def test_an_operator_discards_an_event_of_the_gateway_itself(http, sign_in, database):
    event_id = uuid4()
    with database.session() as session:
        row = {"status": "dead", "attempts": 7, "received_at": clock.now(), "error": "ValueError", "body": "{}"}
        session.add(InboxEvent(consumer="gateway.on_member_joined", event_id=event_id, **row))
    ops, officer = sign_in("ops"), sign_in("officer")
    path = f"/api/v1/gateway/failed-events/gateway.on_member_joined/{event_id}"
    listed = http.get("/api/v1/gateway/failed-events", headers=officer.headers).get_json()
    assert [item["event_id"] for item in listed["items"]] == [str(event_id)]
    assert http.post(f"{path}/discard", json={"reason": "不再需要"}, headers=officer.headers).status_code == 403
    assert http.post(f"{path}/discard", json={}, headers=ops.headers).status_code == 422
    done = http.post(f"{path}/discard", json={"reason": "不再需要"}, headers=ops.headers)
    assert done.status_code == 200, done.get_json()
    assert done.get_json()["decisions"][0]["reason"] == "不再需要"
    assert http.post(f"{path}/replay", json={}, headers=ops.headers).status_code == 409


def test_the_others_are_asked(http, sign_in, services):
    services.answers["welfare.list_failed_events"] = {"items": [], "next_cursor": None, "total": None}
    answer = http.get("/api/v1/welfare/failed-events?state=dead", headers=sign_in("ops").headers)
    assert answer.status_code == 200, answer.get_json()
    assert services.asked[-1].operation == "welfare.list_failed_events"
    assert services.asked[-1].payload["state"] == "dead"
    assert http.get("/api/v1/welfare/failed-events", headers=sign_in("member").headers).status_code == 403
