"""Lists, checks and figures, and who sees what of them."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.chassis import clock
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.registration import operations as registration
from tests.component.activities.harness import (
    AUDITOR,
    CHAIR,
    OFFICER,
    OTHER_UNIT,
    UNIT,
    ActivitiesHarness,
    at,
    member_account,
)

pytestmark = pytest.mark.databases("postgresql", "sqlite")


def titles(page) -> list[str]:
    return [item["title"] for item in page["items"]]


def test_activities_are_listed_by_start_page_by_page(activities: ActivitiesHarness):
    for day in (3, 1, 2, 5, 4):
        activities.schedule(title=f"第{day}天", starts_at=at(days=day), ends_at=at(days=day, hours=1))

    first = activities.ask(calendar.list_activities, member_account(), limit=3)
    rest = activities.ask(calendar.list_activities, member_account(), limit=3, cursor=first["next_cursor"])

    assert titles(first) + titles(rest) == [f"第{day}天" for day in (1, 2, 3, 4, 5)]
    assert rest["next_cursor"] is None
    assert titles(activities.ask(calendar.list_activities, member_account(), sort="-starts_at", limit=1)) == ["第5天"]
    assert activities.refused(calendar.list_activities, member_account(), cursor="forged").field == "cursor"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": "lecture"}, ["劳模讲座"]),
        ({"q": "讲座"}, ["劳模讲座"]),
        ({"q": "choir"}, ["大合唱"]),
        ({"q": "100%"}, []),
        ({"starts_from": at(days=4)}, ["大合唱"]),
        ({"starts_to": at(days=4)}, ["劳模讲座"]),
        ({"state": "cancelled"}, []),
        ({"organiser_unit_id": UNIT}, ["劳模讲座"]),
        ({"registration_open": True}, ["劳模讲座"]),
        ({"registration_open": False}, ["大合唱"]),
        ({"sort": "title"}, ["劳模讲座", "大合唱"]),
    ],
)
def test_activities_are_found_by_what_they_are(activities: ActivitiesHarness, wanted, found):
    activities.schedule(
        title="劳模讲座", kind="lecture", starts_at=at(days=2), ends_at=at(days=3), organiser_unit_id=UNIT
    )
    activities.schedule(
        title="大合唱", title_en="Choir", starts_at=at(days=5), ends_at=at(days=6), registration_opens_at=at(days=1)
    )

    assert sorted(titles(activities.ask(calendar.list_activities, member_account(), **wanted))) == sorted(found)


def test_a_member_learns_whether_he_may_register_and_every_reason_why_not(activities: ActivitiesHarness):
    activity = activities.schedule(
        capacity=1, waiting_list=False, registration_opens_at=at(days=1), audience={"units": [OTHER_UNIT]}
    )
    [member] = activities.members(1)

    check = activities.ask(registration.check_registration, member_account(member), activity_id=activity)

    assert (check["may_register"], check["would_be"], check["registration"]) == (False, None, None)
    assert [refusal["rule"] for refusal in check["register_refusals"]] == [
        "registration.registration_is_open", "registration.member_is_in_audience",
    ]  # fmt: skip
    assert check["may_cancel"] is False


def test_a_member_learns_which_place_he_would_get_and_until_when_he_may_cancel(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1, cancel_until=at(hours=1))
    seated, waiting, third = activities.members(3)

    def check(member):
        return activities.ask(registration.check_registration, member_account(member), activity_id=activity)

    assert check(seated)["would_be"] == "confirmed"
    activities.register_batch(activity, [seated, waiting])
    assert check(third)["would_be"] == "waitlisted"
    own = check(waiting)
    assert (own["registration"]["state"], own["registration"]["position"]) == ("waitlisted", 1)
    assert (own["may_register"], own["may_cancel"]) == (False, True)
    with clock.frozen(at(hours=2)):
        late = check(waiting)
    assert late["may_cancel"] is False
    assert [refusal["rule"] for refusal in late["cancel_refusals"]] == ["registration.before_cancel_deadline"]


def test_a_crowd_that_looks_together_is_told_what_each_would_be_told_alone(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=1, audience={"units": [UNIT]})
    seated, waiting, asking = activities.members(3)
    [stranger] = activities.members(1, unit=OTHER_UNIT)
    activities.register_batch(activity, [seated, waiting])
    crowd = [asking, waiting, stranger, seated]

    reply = activities.ask(registration.check_registrations, activity_id=activity, member_ids=[*crowd, asking])

    assert [item.pop("member_id") for item in reply["items"]] == [str(member) for member in crowd]
    alone = [
        activities.ask(registration.check_registration, member_account(member), activity_id=activity)
        for member in crowd
    ]
    assert reply["items"] == alone
    assert reply["activity"] == activities.ask(calendar.get_activity, activity_id=activity)


def test_a_crowd_learns_nothing_of_a_draft(activities: ActivitiesHarness):
    draft = activities.schedule(draft=True)
    [member] = activities.members(1)

    assert activities.refused(registration.check_registrations, activity_id=draft, member_ids=[member]).status == 404


def test_registrations_are_listed_seats_first_and_a_chair_sees_the_own_unit(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=2)
    ours, theirs = activities.members(2), activities.members(2, unit=OTHER_UNIT)
    activities.register_batch(activity, [ours[0], theirs[0], theirs[1], ours[1]])
    activities.cancel(activity, ours[0])

    def listed(principal, **wanted):
        pages, cursor = [], None
        while cursor is not None or not pages:
            page = activities.ask(
                registration.list_registrations, principal, activity_id=activity, limit=1, cursor=cursor, **wanted
            )
            pages += page["items"]
            cursor = page["next_cursor"]
        return [(UUID(item["member_id"]), item["state"], item["position"]) for item in pages]

    everything = [
        (theirs[0], "confirmed", None), (theirs[1], "confirmed", None), (ours[1], "waitlisted", 1),
        (ours[0], "cancelled", None),
    ]  # fmt: skip
    assert listed(OFFICER) == listed(AUDITOR) == everything
    assert listed(CHAIR) == everything[2:]
    assert listed(OFFICER, unit_id=OTHER_UNIT) == everything[:2]
    assert activities.refused(registration.list_registrations, member_account(), activity_id=activity).status == 403


def test_a_chair_sees_all_who_come_to_what_the_own_unit_organises(activities: ActivitiesHarness):
    activity = activities.schedule(CHAIR, organiser_unit_id=UNIT)
    activities.register_batch(activity, activities.members(2, unit=OTHER_UNIT))

    assert len(activities.ask(registration.list_registrations, CHAIR, activity_id=activity)["items"]) == 2


def test_the_turnout_counts_seats_and_waiting_places_by_unit(activities: ActivitiesHarness):
    activity = activities.schedule(capacity=2)
    activities.register_batch(activity, activities.members(1) + activities.members(2, unit=OTHER_UNIT))

    assert activities.ask(registration.turnout, OFFICER, activity_id=activity)["items"] == [
        {"unit_id": str(UNIT), "confirmed": 1, "waitlisted": 0},
        {"unit_id": str(OTHER_UNIT), "confirmed": 1, "waitlisted": 1},
    ]
    assert len(activities.ask(registration.turnout, CHAIR, activity_id=activity)["items"]) == 1


def test_ones_own_registrations_come_with_their_activities(activities: ActivitiesHarness):
    soon, late = (
        activities.schedule(title=title, starts_at=at(days=day), ends_at=at(days=day, hours=1))
        for title, day in (("先", 2), ("后", 20))
    )
    [member] = activities.members(1)
    for activity in (late, soon):
        activities.register(activity, member)

    def mine(**wanted):
        page = activities.ask(registration.my_registrations, member_account(member), **wanted)
        return [item["activity"]["title"] for item in page["items"]]

    assert mine(upcoming=True) == ["先", "后"]
    assert mine() == ["后", "先"]
    activities.cancel(late, member)
    assert mine(upcoming=True) == mine(state="confirmed") == ["先"]
    with clock.frozen(at(days=3)):
        assert mine(upcoming=True) == []
    assert mine() == ["后", "先"]
