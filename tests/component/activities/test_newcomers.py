"""The members' copy, whatever order its events come in, and the newcomers' invitation."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from uuid import UUID, uuid4

import pytest

from services.activities.participants.tables import Participant
from services.chassis import clock
from services.contracts.activities.calendar import operations as calendar
from services.contracts.activities.registration import operations as registration
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from tests.component.activities.harness import (
    OFFICER,
    OTHER_UNIT,
    UNIT,
    ActivitiesHarness,
    at,
    joining,
    member_account,
)


def ceremony(activities: ActivitiesHarness, day: int = 10, **changes) -> UUID:
    return activities.schedule(
        title="新教工入会仪式",
        kind="newcomers_ceremony",
        starts_at=at(days=day),
        ends_at=at(days=day, hours=2),
        **changes,
    )


def invited(activities: ActivitiesHarness) -> list[tuple[UUID, UUID]]:
    return [(UUID(event["activity_id"]), UUID(event["member_id"])) for event in activities.events("member_invited")]


def known(activities: ActivitiesHarness, member_id: UUID) -> Participant:
    with activities.database.session() as session:
        return session.get_one(Participant, member_id)


def test_a_newcomer_is_invited_to_the_next_ceremony_and_finds_the_invitation(activities: ActivitiesHarness):
    ceremony(activities, day=40)
    next_one = ceremony(activities, day=10)
    ceremony(activities, day=-10)
    newcomer = uuid4()

    activities.joined(newcomer)

    assert invited(activities) == [(next_one, newcomer)]
    [invitation] = activities.ask(registration.my_invitations, member_account(newcomer))["items"]
    assert (invitation["activity_id"], invitation["registration_state"]) == (str(next_one), None)
    assert invitation["activity"]["title"] == "新教工入会仪式"
    assert (
        activities.ask(registration.check_registration, member_account(newcomer), activity_id=next_one)["invited"]
        is True
    )
    activities.register(next_one, newcomer)
    assert (
        activities.ask(registration.my_invitations, member_account(newcomer))["items"][0]["registration_state"]
        == "confirmed"
    )


def test_a_newcomer_waits_until_a_ceremony_is_announced(activities: ActivitiesHarness):
    first, second = uuid4(), uuid4()
    activities.joined(first)
    activities.joined(second)
    assert invited(activities) == []

    draft = ceremony(activities, draft=True)
    assert invited(activities) == []
    activities.ask(calendar.announce_activity, OFFICER, activity_id=draft)

    assert sorted(invited(activities)) == sorted([(draft, first), (draft, second)])
    ceremony(activities, day=20)
    assert len(invited(activities)) == 2


def test_events_tell_of_the_ceremony_before_its_invitations(activities: ActivitiesHarness):
    activities.joined(uuid4())
    activity = ceremony(activities)

    assert [event["type"] for event in activities.events_of(activity)] == ["event_scheduled", "member_invited"]


@pytest.mark.databases("postgresql", "sqlite")
def test_newcomers_who_join_together_are_invited_together(activities: ActivitiesHarness):
    activity = ceremony(activities)
    newcomers = [uuid4() for _ in range(60)]

    activities.receive("on_member_joined", *(activities.message(MemberJoined, **joining(one)) for one in newcomers))

    assert {member for _, member in invited(activities)} == set(newcomers)
    assert {one for one, _ in invited(activities)} == {activity}


def test_who_joined_long_ago_is_known_but_not_invited(activities: ActivitiesHarness):
    ceremony(activities)
    member = uuid4()

    activities.joined(member, joined_on=clock.today() - timedelta(days=4000))

    assert invited(activities) == []
    assert known(activities, member).awaits_ceremony is False


def test_a_newcomer_is_invited_only_to_a_ceremony_that_is_for_him(activities: ActivitiesHarness):
    theirs = ceremony(activities, day=5, audience={"units": [OTHER_UNIT]})
    ours = ceremony(activities, day=15, audience={"units": [UNIT]})
    newcomer, stranger = uuid4(), uuid4()

    activities.joined(newcomer)
    activities.joined(stranger, unit_id=uuid4())

    assert invited(activities) == [(ours, newcomer)]
    assert known(activities, stranger).awaits_ceremony is True
    activities.ask(calendar.update_activity, OFFICER, activity_id=theirs, audience={"units": []})
    assert invited(activities)[1:] == [(theirs, stranger)]


def test_when_the_ceremony_is_called_off_its_guests_wait_for_the_next(activities: ActivitiesHarness):
    activity = ceremony(activities)
    newcomer = uuid4()
    activities.joined(newcomer)

    activities.ask(calendar.cancel_activity, OFFICER, activity_id=activity, reason="改期")
    assert activities.ask(registration.my_invitations, member_account(newcomer))["items"] == []
    again = ceremony(activities, day=20)

    assert invited(activities) == [(activity, newcomer), (again, newcomer)]


def test_when_another_ceremony_stands_the_guests_move_to_it_at_once(activities: ActivitiesHarness):
    activity, other = ceremony(activities, day=5), ceremony(activities, day=15)
    newcomer = uuid4()
    activities.joined(newcomer)

    activities.ask(calendar.cancel_activity, OFFICER, activity_id=activity, reason="改期")

    assert invited(activities) == [(activity, newcomer), (other, newcomer)]


def test_a_repeated_event_invites_nobody_twice(activities: ActivitiesHarness):
    ceremony(activities)
    newcomer = uuid4()

    activities.joined(newcomer)
    activities.joined(newcomer, sequence=1)

    assert len(invited(activities)) == 1


def test_who_leaves_before_the_ceremony_is_announced_is_not_invited(activities: ActivitiesHarness):
    newcomer = uuid4()
    activities.joined(newcomer)
    activities.tell(MemberUpdated, **updating(newcomer, standing="withdrawn"))

    ceremony(activities)

    assert invited(activities) == []


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_copy_is_the_same_whatever_order_the_events_come_in(activities: ActivitiesHarness, order):
    member = uuid4()
    told = [
        (MemberJoined, 1, joining(member, unit_id=UNIT, employment="agency")),
        (UnitChanged, 2, {"member_id": member, "from_unit_id": UNIT, "to_unit_id": OTHER_UNIT, "on": clock.today()}),
        (MemberUpdated, 3, updating(member, unit_id=OTHER_UNIT, employment="established", standing="retained")),
    ]

    for place in order:
        event, sequence, data = told[place]
        activities.tell(event, sequence, **data)

    copy = known(activities, member)
    assert (copy.unit_id, copy.employment, copy.standing) == (OTHER_UNIT, "established", "retained")
    assert copy.joined_on == clock.today()


def test_a_member_who_moves_is_in_the_new_units_audience(activities: ActivitiesHarness):
    activity = activities.schedule(audience={"units": [OTHER_UNIT]})
    member = uuid4()
    activities.joined(member)
    assert activities.refused(registration.register, member_account(member), activity_id=activity).params == {
        "part": "unit"
    }

    activities.tell(UnitChanged, member_id=member, from_unit_id=UNIT, to_unit_id=OTHER_UNIT, on=clock.today())

    assert activities.register(activity, member)["state"] == "confirmed"


def updating(member_id: UUID, **changes) -> dict:
    return {
        "member_id": member_id, "unit_id": UNIT, "employment": "contract", "standing": "active",
        "fields_changed": ["standing"], **changes,
    }  # fmt: skip
