"""Scheduling, changing, calling off, holding and copying activities."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import pytest

from services.chassis import clock
from services.contracts.activities.calendar import operations as calendar
from tests.component.activities.harness import (
    AUDITOR,
    CHAIR,
    OFFICER,
    OTHER_UNIT,
    SYSTEM,
    UNIT,
    ActivitiesHarness,
    at,
    member_account,
)


def test_scheduling_announces_the_activity_with_everything_others_keep(activities: ActivitiesHarness):
    plan_item = uuid4()
    sessions = [{"title": "初赛", "place": "体育馆", "starts_at": at(days=10), "ends_at": at(days=10, hours=1)}]
    activity = activities.schedule(
        title_en="Choir", summary="各分工会组队", place="音乐厅", fee="12.5", plan_item_id=plan_item, sessions=sessions,
        audience={"units": [UNIT], "employments": ["contract"]},
    )  # fmt: skip

    [event] = activities.events("event_scheduled")
    stored = activities.activity(activity)

    assert event["activity_id"] == str(activity)
    assert (event["fee"], event["seats_left"], event["version"]) == ("12.50", 3, 1)
    assert event["audience"] == {"units": [str(UNIT)], "employments": ["contract"]}
    shared = set(event) & set(stored)
    assert {name: event[name] for name in shared} == {name: stored[name] for name in shared}
    assert stored["state"] == "scheduled"
    assert stored["registration_closes_at"] == stored["starts_at"] == event["cancel_until"]


def test_what_is_left_out_is_filled_in(activities: ActivitiesHarness):
    stored = activities.activity(activities.schedule(starts_at=at(days=-40), ends_at=at(days=-39)))

    assert stored["registration_opens_at"] < stored["registration_closes_at"] == stored["starts_at"]
    assert stored["waiting_list"] is True
    assert stored["audience"] == {"units": [], "employments": []}


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"ends_at": at(days=9)}, "ends_at", "calendar.activity_ends_after_it_starts"),
        ({"cancel_until": at(days=30)}, "cancel_until", "calendar.cancelling_stops_before_the_end"),
        ({"capacity": 0}, "capacity", None),
        ({"capacity": "many"}, "capacity", None),
        ({"title": " \u3000"}, "title", "text.is_not_blank"),
        ({"title": "长" * 121}, "title", None),
        ({"kind": "party"}, "kind", None),
        ({"fee": "-1"}, "fee", None),
        ({"starts_at": "soon"}, "starts_at", None),
        ({"audience": {"units": ["x"]}}, "audience", None),
        ({"colour": "red"}, "colour", None),
    ],
)
def test_input_that_makes_no_sense_is_refused_by_field(activities: ActivitiesHarness, changes, field, rule):
    values = {"title": "讲座", "kind": "lecture", "starts_at": at(days=10), "ends_at": at(days=11), **changes}

    problem = activities.refused(calendar.schedule_activity, OFFICER, **values)

    assert (problem.status, problem.field) == (422, field)
    assert problem.rule == rule
    assert activities.events() == []


def test_a_chair_organises_for_the_own_unit_only(activities: ActivitiesHarness):
    own = activities.schedule(CHAIR, organiser_unit_id=UNIT)
    values = {"title": "沙龙", "kind": "salon", "starts_at": at(days=1), "ends_at": at(days=2)}

    assert activities.activity(own)["organiser_unit_id"] == str(UNIT)
    assert activities.refused(calendar.schedule_activity, CHAIR, **values, organiser_unit_id=OTHER_UNIT).status == 403
    assert activities.refused(calendar.schedule_activity, CHAIR, **values).rule == "calendar.own_unit"
    assert activities.refused(calendar.schedule_activity, member_account(), **values).status == 403
    theirs = activities.schedule(organiser_unit_id=OTHER_UNIT)
    assert activities.refused(calendar.update_activity, CHAIR, activity_id=theirs, title="我们的").status == 403
    assert activities.refused(calendar.cancel_activity, CHAIR, activity_id=theirs, reason="no reason").status == 403


def test_a_draft_is_seen_by_organisers_only_and_announced_later(activities: ActivitiesHarness):
    draft = activities.schedule(CHAIR, organiser_unit_id=UNIT, draft=True)
    activities.ask(calendar.update_activity, CHAIR, activity_id=draft, title="新标题")

    assert activities.events() == []
    for principal, seen in [(OFFICER, 1), (CHAIR, 1), (AUDITOR, 1), (SYSTEM, 1), (member_account(), 0)]:
        assert len(activities.ask(calendar.list_activities, principal)["items"]) == seen
        assert ("ok" in activities.answer(calendar.get_activity, principal, activity_id=draft)) is bool(seen)

    announced = activities.ask(calendar.announce_activity, CHAIR, activity_id=draft)

    assert (announced["state"], announced["version"]) == ("scheduled", 3)
    [event] = activities.events()
    assert (event["type"], event["title"], event["version"]) == ("event_scheduled", "新标题", 3)
    assert activities.refused(calendar.announce_activity, CHAIR, activity_id=draft).rule == "workflow.activity"


def test_a_draft_that_is_called_off_tells_nobody(activities: ActivitiesHarness):
    draft = activities.schedule(draft=True)

    assert (
        activities.ask(calendar.cancel_activity, OFFICER, activity_id=draft, reason="改期到明年")["state"]
        == "cancelled"
    )
    assert activities.events() == []


def test_a_change_is_announced_with_the_names_of_what_changed_and_kept_in_the_history(activities: ActivitiesHarness):
    activity = activities.schedule()
    later = at(days=12)

    changed = activities.ask(calendar.update_activity, OFFICER,
        activity_id=activity, version=1, starts_at=later, ends_at=at(days=12, hours=1),
        place="体育馆", title="大合唱", reason="场地冲突",
    )  # fmt: skip

    event = activities.events()[-1]
    assert (event["type"], event["changed"], event["version"]) == (
        "event_rescheduled", ["ends_at", "place", "starts_at"], 2,
    )  # fmt: skip
    assert changed["place"] == event["place"] == "体育馆"
    newest = activities.ask(calendar.activity_history, AUDITOR, activity_id=activity)["items"][0]
    assert (newest["reason"], newest["by"]) == ("场地冲突", str(OFFICER.account_id))
    assert {"field": "place", "before": None, "after": "体育馆"} in newest["changes"]
    assert activities.refused(calendar.activity_history, member_account(), activity_id=activity).status == 403


def test_a_change_that_changes_nothing_is_no_change(activities: ActivitiesHarness):
    activity = activities.schedule()

    assert activities.ask(calendar.update_activity, OFFICER, activity_id=activity, title="大合唱")["version"] == 1
    assert [event["type"] for event in activities.events()] == ["event_scheduled"]


def test_who_read_an_older_version_is_told_so(activities: ActivitiesHarness):
    activity = activities.schedule()
    activities.ask(calendar.update_activity, OFFICER, activity_id=activity, title="合唱节")

    problem = activities.refused(calendar.update_activity, OFFICER, activity_id=activity, version=1, title="合唱比赛")

    assert (problem.status, problem.params) == (412, {"version": 2})


def test_more_seats_let_the_first_who_wait_in(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1)
    members = activities.members(5)
    activities.register_batch(activity, members)

    activities.ask(calendar.update_activity, OFFICER, activity_id=activity, capacity=3)

    assert activities.waiting(activity) == members[3:]
    *_, first, second, rescheduled = activities.events_of(activity)
    assert [first["member_id"], second["member_id"]] == [str(members[1]), str(members[2])]
    assert first["moved_up"] is True
    assert (rescheduled["seats_taken"], rescheduled["seats_left"], rescheduled["waiting"]) == (3, 0, 2)
    activities.assert_sound(activity)


def test_without_a_limit_nobody_waits_any_more(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1)
    activities.register_batch(activity, activities.members(4))

    activities.ask(calendar.update_activity, OFFICER, activity_id=activity, capacity=None)

    assert activities.waiting(activity) == []
    activities.assert_sound(activity)


def test_fewer_seats_than_taken_are_refused_unless_the_last_are_moved_back(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=4)
    members = activities.members(5)
    activities.register_batch(activity, members)

    problem = activities.refused(calendar.update_activity, OFFICER, activity_id=activity, capacity=2)
    assert (problem.status, problem.rule) == (409, "calendar.seats_cover_those_who_have_one")
    assert problem.params["overflow"] == 2
    activities.ask(calendar.update_activity, OFFICER, activity_id=activity, capacity=2, move_overflow=True)

    assert activities.waiting(activity) == members[2:]
    *_, first, second, rescheduled = activities.events_of(activity)
    assert [first["member_id"], second["member_id"]] == [str(members[3]), str(members[2])]
    assert [(e["position"], e["moved_back"], e["seats_left"]) for e in (first, second)] == [(1, True, 0)] * 2
    assert (rescheduled["capacity"], rescheduled["seats_taken"], rescheduled["waiting"]) == (2, 2, 3)
    activities.assert_sound(activity)


@pytest.mark.databases("postgresql", "sqlite")
def test_an_activity_called_off_ends_all_its_registrations(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=2)
    members = activities.members(5)
    activities.register_batch(activity, members)
    activities.cancel(activity, members[4])

    called_off = activities.ask(
        calendar.cancel_activity, OFFICER, activity_id=activity, version=1, reason_code="weather", reason="台风预警"
    )

    assert (called_off["state"], called_off["cancel_note"]) == ("cancelled", "台风预警")
    assert (called_off["seats_taken"], called_off["waiting"]) == (0, 0)
    assert set(activities.states(activity).values()) == {"cancelled"}
    off, *ended = activities.events_of(activity)[-5:]
    assert (off["type"], off["reason_code"], off["registrations"]) == ("event_cancelled", "weather", 4)
    assert [event["cause"] for event in ended] == ["activity_cancelled"] * 4
    assert "台风预警" not in str(off)
    activities.assert_sound(activity)
    assert (
        activities.refused(calendar.cancel_activity, OFFICER, activity_id=activity, reason="again").rule
        == "workflow.activity"
    )
    assert (
        activities.refused(calendar.update_activity, OFFICER, activity_id=activity, title="again").rule
        == "workflow.activity"
    )


def test_a_held_activity_says_when_and_how_many_and_can_be_corrected(activities: ActivitiesHarness):
    activity = activities.schedule(plan_item_id=uuid4())
    early = activities.refused(calendar.hold_activity, OFFICER, activity_id=activity)
    assert early.rule == "calendar.activity_has_started"

    with clock.frozen(at(days=11)):
        held = activities.ask(calendar.hold_activity, OFFICER, activity_id=activity, attended=380)
        again = activities.ask(calendar.hold_activity, OFFICER, activity_id=activity, attended=380)
        activities.ask(calendar.hold_activity, OFFICER, activity_id=activity, attended=386)
        wrong = activities.refused(calendar.hold_activity, OFFICER, activity_id=activity, held_on="2012-01-01")

    assert (held["state"], held["attended"], held["held_on"]) == (
        "held", 380, clock.day_of(at(days=10)).isoformat(),
    )  # fmt: skip
    assert again == held
    assert [event["attended"] for event in activities.events("event_held")] == [380, 386]
    assert (wrong.status, wrong.field) == (422, "held_on")


@pytest.mark.databases("postgresql", "sqlite")
def test_copies_move_every_time_by_the_same_distance_and_form_a_series(activities: ActivitiesHarness):
    sessions = [{"starts_at": at(days=10), "ends_at": at(days=10, hours=1)}]
    activity = activities.schedule(sessions=sessions, registration_opens_at=at(days=-3))
    original = activities.activity(activity)
    activities.register(activity, activities.members(1)[0])

    copies = activities.ask(
        calendar.clone_activity,
        OFFICER,
        activity_id=activity,
        starts_at=[at(days=24), at(days=17)],
        draft=False,
        title="第二场",
    )["items"]

    assert [copy["state"] for copy in copies] == ["scheduled", "scheduled"]
    assert copies[0]["starts_at"] < copies[1]["starts_at"]
    assert {copy["series_id"] for copy in copies} == {activities.activity(activity)["series_id"]}
    assert {(copy["title"], copy["seats_taken"], copy["capacity"]) for copy in copies} == {("第二场", 0, 3)}

    def gap(item, late, early):
        return datetime.fromisoformat(item[late]) - datetime.fromisoformat(item[early])

    assert gap(copies[0], "starts_at", "registration_opens_at") == gap(original, "starts_at", "registration_opens_at")
    assert copies[0]["sessions"][0]["starts_at"] == copies[0]["starts_at"]
    assert len(activities.events("event_scheduled")) == 3
    drafts = activities.ask(
        calendar.clone_activity, OFFICER, activity_id=UUID(copies[0]["id"]), starts_at=[at(days=31)]
    )["items"]
    assert (drafts[0]["state"], drafts[0]["series_id"]) == ("draft", copies[0]["series_id"])
