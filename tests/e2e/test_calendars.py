"""A calendar program follows what a member registers for, and learns of a cancellation."""

from __future__ import annotations

import requests
import vobject

from tests.e2e.stories import activity
from tests.support.api import eventually


def states(address):
    """Return the state of each event of a calendar by its title, read without signing in."""
    answer = requests.get(address, timeout=30)
    answer.raise_for_status()
    calendar = vobject.readOne(answer.text)
    return {event.summary.value: event.status.value for event in getattr(calendar, "vevent_list", [])}


def test_a_calendar_program_follows_registrations_and_cancellations(union, signed_in):
    officer, member = signed_in("officer"), signed_in("member")
    opened = member.post("/me/calendar-addresses", status=200)["items"]
    own, _, of_union = (item["address"] for item in opened)
    title = "海棠诗会订阅"
    made = officer.post("/activities", activity(title=title), status=201)
    assert eventually(lambda: states(of_union).get(title)) == "CONFIRMED"
    assert title not in states(own)
    member.post(f"/activities/{made['id']}/registrations", status=201)
    assert eventually(lambda: states(own).get(title)) == "CONFIRMED"
    officer.post(f"/activities/{made['id']}/cancel", {"reason": "场地维修", "reason_code": "venue"})
    assert eventually(lambda: states(own).get(title) == states(of_union).get(title) == "CANCELLED")
    member.post("/me/calendar-addresses", status=200)
    assert requests.get(own, timeout=30).status_code == 410
