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
from tests.component.activities.season import OFFICER, OTHER_UNIT, UNIT, Season, at, member_account
from tests.component.activities.test_newcomers import ceremony, invited

THIRD, FOURTH = UUID(int=3), UUID(int=4)
MORNING = clock.now() + timedelta(hours=1)


def for_units(*units: UUID) -> dict[str, Any]:
    return {"audience": {"units": [str(unit) for unit in units], "employments": []}}


def audience(season: Season, activity_id: UUID) -> set[UUID]:
    return {UUID(str(unit)) for unit in season.activity(activity_id)["audience"]["units"]}


def merged(season: Season, unit: UUID, into: UUID, hour: int = 0) -> None:
    season.told_at = MORNING + timedelta(hours=hour)
    day = clock.today()
    season.hear("unit_merged", unit_id=unit, into_unit_id=into, kind="unit", on=day, members=3)


def split(season: Season, unit: UUID, *new: UUID, closed: bool = False, hour: int = 0) -> None:
    season.told_at = MORNING + timedelta(hours=hour)
    season.hear("unit_split", unit_id=unit, new_unit_ids=list(new), closed=closed, on=clock.today(), members=3)


def test_members_of_the_successor_are_not_shut_out(season: Season):
    activity = season.schedule(**for_units(UNIT))
    everybody, others = season.schedule(), season.schedule(**for_units(THIRD))
    (successor,) = season.members(1, unit=OTHER_UNIT)
    assert season.refused("register", member_account(successor), activity_id=activity).params == {"part": "unit"}
    merged(season, UNIT, OTHER_UNIT)
    assert audience(season, activity) == {UNIT, OTHER_UNIT}
    assert season.register(activity, successor)["state"] == "confirmed"
    (told,) = season.events("event_rescheduled")
    assert (told["changed"], told["version"]) == (["audience"], season.activity(activity)["version"])
    assert (audience(season, everybody), audience(season, others)) == (set(), {THIRD})


def test_a_split_adds_the_new_units_and_a_repeat_changes_nothing(season: Season):
    activity = season.schedule(**for_units(UNIT), draft=True)
    split(season, UNIT, OTHER_UNIT, THIRD)
    version = season.activity(activity)["version"]
    split(season, UNIT, OTHER_UNIT, THIRD)
    assert audience(season, activity) == {UNIT, OTHER_UNIT, THIRD}
    assert season.activity(activity)["version"] == version
    assert season.events("event_rescheduled") == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_order_the_events_come_in_the_audience_is_the_same(season: Season, order: tuple[int, ...]):
    activity = season.schedule(**for_units(UNIT))
    told = [
        lambda: split(season, OTHER_UNIT, THIRD, hour=1),
        lambda: merged(season, UNIT, OTHER_UNIT, hour=2),
        lambda: merged(season, OTHER_UNIT, FOURTH, hour=3),
    ]
    for place in order:
        told[place]()
    assert audience(season, activity) == {UNIT, OTHER_UNIT, FOURTH}


def test_an_activity_for_a_closed_unit_is_for_its_heirs_and_a_standing_unit_is_taken_at_its_word(season: Season):
    original = season.schedule(**for_units(UNIT, THIRD))
    season.ask("cancel_activity", OFFICER, activity_id=original, reason="改期")
    merged(season, UNIT, OTHER_UNIT, hour=-2)
    split(season, THIRD, FOURTH, hour=-2)
    assert audience(season, original) == {UNIT, THIRD}
    copy = season.ask("clone_activity", OFFICER, activity_id=original, starts_at=[at(days=30)])["items"][0]
    assert audience(season, copy["id"]) == {UNIT, THIRD, OTHER_UNIT}
    season.ask("update_activity", OFFICER, activity_id=copy["id"], version=copy["version"], **for_units(THIRD))
    assert audience(season, copy["id"]) == {THIRD}


def test_newcomers_of_the_successor_who_wait_are_invited(season: Season):
    activity = ceremony(season, **for_units(UNIT))
    newcomer = uuid4()
    season.joined(newcomer, unit_id=OTHER_UNIT)
    assert invited(season) == []
    merged(season, UNIT, OTHER_UNIT)
    assert invited(season) == [(activity, newcomer)]


def chair_of(unit: UUID) -> Principal:
    return Principal("account", uuid4(), uuid4(), (Grant("chair", unit), Grant("member")))


def test_the_heirs_chair_acts_for_what_a_merged_unit_organised(season: Season):
    activity = season.schedule(organiser_unit_id=UNIT)
    heirs_chair = chair_of(THIRD)
    change = {"activity_id": activity, "title": "改名"}
    assert season.refused("update_activity", heirs_chair, **change).status == 403
    merged(season, OTHER_UNIT, THIRD, hour=2)
    merged(season, UNIT, OTHER_UNIT, hour=1)
    assert season.ask("update_activity", heirs_chair, **change)["organiser_unit_id"] == str(THIRD)
    told = season.events("event_rescheduled")
    assert told[0]["changed"] == ["organiser_unit_id"]
    assert season.refused("update_activity", chair_of(UNIT), **change).status == 403


def test_a_unit_that_only_gave_members_away_goes_on_organising(season: Season):
    activity = season.schedule(organiser_unit_id=UNIT)
    split(season, UNIT, OTHER_UNIT)
    assert season.activity(activity)["organiser_unit_id"] == str(UNIT)


def test_an_officer_says_who_organises_and_a_chair_gives_nothing_to_others(season: Season):
    activity = season.schedule(organiser_unit_id=UNIT)
    change = {"activity_id": activity, "organiser_unit_id": OTHER_UNIT}
    assert season.refused("update_activity", chair_of(UNIT), **change).status == 403
    assert season.ask("update_activity", OFFICER, **change)["organiser_unit_id"] == str(OTHER_UNIT)


def test_what_a_release_before_left_with_a_closed_unit_is_brought_in_line(season: Season):
    organised = season.schedule(organiser_unit_id=UNIT, **for_units(UNIT))
    called_off, others = season.schedule(organiser_unit_id=UNIT), season.schedule(organiser_unit_id=FOURTH)
    season.ask("cancel_activity", OFFICER, activity_id=called_off, reason="改期")
    heir = {"unit_id": UNIT, "heir_id": THIRD, "closed": True, "happened_at": MORNING}
    with season.database.session() as session:
        session.execute(sa.insert(UnitHeir), [heir])

    season.by_the_clock("follow_known_heirs")

    found = season.activity(organised)
    assert (found["organiser_unit_id"], audience(season, organised)) == (str(THIRD), {UNIT, THIRD})
    assert [season.activity(one)["organiser_unit_id"] for one in (called_off, others)] == [str(UNIT), str(FOURTH)]
    (told,) = season.events("event_rescheduled")
    assert told["changed"] == ["audience", "organiser_unit_id"]
    season.by_the_clock("follow_known_heirs")
    assert season.activity(organised)["version"] == found["version"]
