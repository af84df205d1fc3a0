"""Audiences follow units that are merged or split, whatever order the events come in."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.activities.calendar.tables import UnitHeir
from services.chassis import clock
from services.chassis.security.principal import Grant, Principal
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.registration import operations as registration
from services.contracts.membership.organisation.unit_changes import UnitMerged, UnitSplit
from tests.component.activities.harness import OFFICER, OTHER_UNIT, UNIT, ActivitiesHarness, at, member_account
from tests.component.activities.test_newcomers import ceremony, invited

THIRD, FOURTH = UUID(int=3), UUID(int=4)
MORNING = clock.now() + timedelta(hours=1)


def for_units(*units: UUID) -> dict[str, Any]:
    return {"audience": {"units": [str(unit) for unit in units], "employments": []}}


def audience(activities: ActivitiesHarness, activity_id: UUID) -> set[UUID]:
    return {UUID(str(unit)) for unit in activities.activity(activity_id)["audience"]["units"]}


def merged(activities: ActivitiesHarness, unit: UUID, into: UUID, hour: int = 0) -> None:
    activities.announced_at = MORNING + timedelta(hours=hour)
    day = clock.today()
    activities.tell(UnitMerged, unit_id=unit, into_unit_id=into, kind="unit", on=day, members=3)


def split(activities: ActivitiesHarness, unit: UUID, *new: UUID, closed: bool = False, hour: int = 0) -> None:
    activities.announced_at = MORNING + timedelta(hours=hour)
    activities.tell(UnitSplit, unit_id=unit, new_unit_ids=list(new), closed=closed, on=clock.today(), members=3)


def test_members_of_the_successor_are_not_shut_out(activities: ActivitiesHarness):
    activity = activities.schedule(**for_units(UNIT))
    everybody, others = activities.schedule(), activities.schedule(**for_units(THIRD))
    (successor,) = activities.members(1, unit=OTHER_UNIT)
    assert activities.refused(registration.register, member_account(successor), activity_id=activity).params == {
        "part": "unit"
    }
    merged(activities, UNIT, OTHER_UNIT)
    assert audience(activities, activity) == {UNIT, OTHER_UNIT}
    assert activities.register(activity, successor)["state"] == "confirmed"
    (told,) = activities.events("event_rescheduled")
    assert (told["changed"], told["version"]) == (["audience"], activities.activity(activity)["version"])
    assert (audience(activities, everybody), audience(activities, others)) == (set(), {THIRD})


def test_a_split_adds_the_new_units_and_a_repeat_changes_nothing(activities: ActivitiesHarness):
    activity = activities.schedule(**for_units(UNIT), draft=True)
    split(activities, UNIT, OTHER_UNIT, THIRD)
    version = activities.activity(activity)["version"]
    split(activities, UNIT, OTHER_UNIT, THIRD)
    assert audience(activities, activity) == {UNIT, OTHER_UNIT, THIRD}
    assert activities.activity(activity)["version"] == version
    assert activities.events("event_rescheduled") == []


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_order_the_events_come_in_the_audience_is_the_same(
    activities: ActivitiesHarness, order: tuple[int, ...]
):
    activity = activities.schedule(**for_units(UNIT))
    told = [
        lambda: split(activities, OTHER_UNIT, THIRD, hour=1),
        lambda: merged(activities, UNIT, OTHER_UNIT, hour=2),
        lambda: merged(activities, OTHER_UNIT, FOURTH, hour=3),
    ]
    for place in order:
        told[place]()
    assert audience(activities, activity) == {UNIT, OTHER_UNIT, FOURTH}


def test_an_activity_for_a_closed_unit_is_for_its_heirs_and_a_standing_unit_is_taken_at_its_word(
    activities: ActivitiesHarness,
):
    original = activities.schedule(**for_units(UNIT, THIRD))
    activities.ask(calendar.cancel_activity, OFFICER, activity_id=original, reason="改期")
    merged(activities, UNIT, OTHER_UNIT, hour=-2)
    split(activities, THIRD, FOURTH, hour=-2)
    assert audience(activities, original) == {UNIT, THIRD}
    copy = activities.ask(calendar.clone_activity, OFFICER, activity_id=original, starts_at=[at(days=30)])["items"][0]
    assert audience(activities, copy["id"]) == {UNIT, THIRD, OTHER_UNIT}
    activities.ask(
        calendar.update_activity, OFFICER, activity_id=copy["id"], version=copy["version"], **for_units(THIRD)
    )
    assert audience(activities, copy["id"]) == {THIRD}


def test_newcomers_of_the_successor_who_wait_are_invited(activities: ActivitiesHarness):
    activity = ceremony(activities, **for_units(UNIT))
    newcomer = uuid4()
    activities.joined(newcomer, unit_id=OTHER_UNIT)
    assert invited(activities) == []
    merged(activities, UNIT, OTHER_UNIT)
    assert invited(activities) == [(activity, newcomer)]


def chair_of(unit: UUID) -> Principal:
    return Principal("account", uuid4(), uuid4(), (Grant("chair", unit), Grant("member")))


def test_the_heirs_chair_acts_for_what_a_merged_unit_organised(activities: ActivitiesHarness):
    activity = activities.schedule(organiser_unit_id=UNIT)
    heirs_chair = chair_of(THIRD)
    change = {"activity_id": activity, "title": "改名"}
    assert activities.refused(calendar.update_activity, heirs_chair, **change).status == 403
    merged(activities, OTHER_UNIT, THIRD, hour=2)
    merged(activities, UNIT, OTHER_UNIT, hour=1)
    assert activities.ask(calendar.update_activity, heirs_chair, **change)["organiser_unit_id"] == str(THIRD)
    told = activities.events("event_rescheduled")
    assert told[0]["changed"] == ["organiser_unit_id"]
    assert activities.refused(calendar.update_activity, chair_of(UNIT), **change).status == 403


def test_a_unit_that_only_gave_members_away_goes_on_organising(activities: ActivitiesHarness):
    activity = activities.schedule(organiser_unit_id=UNIT)
    split(activities, UNIT, OTHER_UNIT)
    assert activities.activity(activity)["organiser_unit_id"] == str(UNIT)


def test_an_officer_says_who_organises_and_a_chair_gives_nothing_to_others(activities: ActivitiesHarness):
    activity = activities.schedule(organiser_unit_id=UNIT)
    change = {"activity_id": activity, "organiser_unit_id": OTHER_UNIT}
    assert activities.refused(calendar.update_activity, chair_of(UNIT), **change).status == 403
    assert activities.ask(calendar.update_activity, OFFICER, **change)["organiser_unit_id"] == str(OTHER_UNIT)


@pytest.mark.databases("postgresql", "sqlite")
def test_what_a_release_before_left_with_a_closed_unit_is_brought_in_line(activities: ActivitiesHarness):
    organised = activities.schedule(organiser_unit_id=UNIT, **for_units(UNIT))
    called_off, others = activities.schedule(organiser_unit_id=UNIT), activities.schedule(organiser_unit_id=FOURTH)
    activities.ask(calendar.cancel_activity, OFFICER, activity_id=called_off, reason="改期")
    heir = {"unit_id": UNIT, "heir_id": THIRD, "closed": True, "happened_at": MORNING}
    with activities.database.session() as session:
        session.execute(sa.insert(UnitHeir), [heir])

    activities.run_timer("follow_known_heirs")

    found = activities.activity(organised)
    assert (found["organiser_unit_id"], audience(activities, organised)) == (str(THIRD), {UNIT, THIRD})
    assert [activities.activity(one)["organiser_unit_id"] for one in (called_off, others)] == [str(UNIT), str(FOURTH)]
    (told,) = activities.events("event_rescheduled")
    assert told["changed"] == ["audience", "organiser_unit_id"]
    activities.run_timer("follow_known_heirs")
    assert activities.activity(organised)["version"] == found["version"]
