"""The gateway answers for its own inbox, and asks the others for theirs."""

from __future__ import annotations

from uuid import uuid4

import sqlalchemy as sa

from services.chassis import clock
from services.chassis.database.tables import InboxEvent, Reconciliation
from services.chassis.events import reconciliation


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


def test_how_far_the_gateway_is_compared_is_told_and_an_operator_asks_for_more(http, sign_in, database):
    with database.session() as session:
        reconciliation.note_consumers(session, ["gateway.on_member_joined"], clock.now())
        session.execute(sa.update(Reconciliation).values(asked_at=None, resent=3, resent_at=clock.now()))
    ops, officer, path = sign_in("ops"), sign_in("officer"), "/api/v1/gateway/event-reconciliation"
    (told,) = http.get(path, headers=officer.headers).get_json()["items"]
    assert (told["consumer"], told["resent"], told["asked_at"]) == ("gateway.on_member_joined", 3, None)
    assert http.post(path, json={}, headers=officer.headers).status_code == 403
    assert http.get(path, headers=sign_in("member").headers).status_code == 403
    assert http.post(path, json={"since": "1500-01-01T00:00:00Z"}, headers=ops.headers).status_code == 422
    asked = http.post(path, json={}, headers=ops.headers)
    assert asked.status_code == 200, asked.get_json()
    assert asked.get_json()["items"][0]["asked_at"] is not None


def test_the_outbox_of_a_service_has_no_address(http, sign_in):
    for path in ("published-events", "list-published-events"):
        assert http.get(f"/api/v1/membership/{path}", headers=sign_in("ops").headers).status_code == 404
