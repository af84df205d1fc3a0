"""Who looks learns of changes without asking: seats, to-dos, the progress of long work; a session's end ends it."""

from __future__ import annotations

from tests.e2e.stories import activity, newcomer, unit_of
from tests.support.api import Api, eventually
from tests.support.live import LiveStream


def test_seats_are_told_as_they_are_taken(union, signed_in):
    officer, member = signed_in("officer"), signed_in("member")
    made = officer.post("/activities", activity(capacity=5), status=201)["id"]
    eventually(lambda: member.send("GET", f"/activities/{made}").ok)
    with LiveStream(signed_in("judge")) as stream:
        member.post(f"/activities/{made}/registrations", status=201)
        told = stream.until("seats", activity_id=made, seats_taken=1)
    assert told.data["seats_left"] == 4


def test_a_chair_is_told_of_an_application_and_others_are_not(union, signed_in):
    chair = signed_in("chair")
    open_before = chair.get("/me/todos")["total"]
    officer = signed_in("officer")
    made = officer.post("/activities", activity(capacity=5), status=201)["id"]
    with LiveStream(chair) as stream, LiveStream(signed_in("member")) as other:
        Api(union.url).post("/membership/applications", newcomer(unit_of(chair)), status=201)
        assert any(event.topic == "todos" and event.data["count"] > open_before for event in stream.events())
        # What comes after it reaches the member, and nothing of the chair's came before.
        eventually(lambda: officer.send("GET", f"/activities/{made}").ok)
        signed_in("member").post(f"/activities/{made}/registrations", status=201)
        topics = []
        for event in other.events():
            topics.append(event.topic)
            if event.topic == "seats" and event.data["activity_id"] == made and event.data["seats_taken"]:
                break
    assert "todos" not in topics


def test_the_progress_of_long_work_is_told_to_who_asked_for_it(union, signed_in):
    officer = signed_in("officer")
    job = officer.post("/membership/members/export-file", {"purpose": "核对名册"}, status=202)
    with LiveStream(officer, query=f"?jobs=membership:{job['id']}") as stream:
        assert stream.until("job", id=job["id"], state="done").data["service"] == "membership"


def test_a_stream_ends_with_its_session(union):
    member = Api(union.url).sign_in("judge")
    with LiveStream(member) as stream:
        member.delete("/sessions/current", status=204)
        officer = Api(union.url).sign_in("officer")
        officer.post("/activities", activity(capacity=5), status=201)
        assert stream.until("signed_out").data == {}
        assert list(stream.events()) == []
