"""The members' copy, whatever order its events come in, and the newcomers' invitation."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from uuid import UUID, uuid4

import pytest

from services.activities.participants.tables import Participant
from services.chassis import clock
from tests.component.activities.season import (
    OFFICER,
    OTHER_UNIT,
    UNIT,
    Season,
    at,
    joining,
    member_account,
)


def ceremony(season: Season, day: int = 10, **changes) -> UUID:
    return season.schedule(
        title="新教工入会仪式",
        kind="newcomers_ceremony",
        starts_at=at(days=day),
        ends_at=at(days=day, hours=2),
        **changes,
    )


def invited(season: Season) -> list[tuple[UUID, UUID]]:
    return [(UUID(event["activity_id"]), UUID(event["member_id"])) for event in season.events("member_invited")]


def known(season: Season, member_id: UUID) -> Participant:
    with season.database.session() as session:
        return session.get_one(Participant, member_id)


def test_a_newcomer_is_invited_to_the_next_ceremony_and_finds_the_invitation(season: Season):
    ceremony(season, day=40)
    next_one = ceremony(season, day=10)
    ceremony(season, day=-10)
    newcomer = uuid4()

    season.joined(newcomer)

    assert invited(season) == [(next_one, newcomer)]
    [invitation] = season.ask("my_invitations", member_account(newcomer))["items"]
    assert (invitation["activity_id"], invitation["registration_state"]) == (str(next_one), None)
    assert invitation["activity"]["title"] == "新教工入会仪式"
    assert season.ask("check_registration", member_account(newcomer), activity_id=next_one)["invited"] is True
    season.register(next_one, newcomer)
    assert season.ask("my_invitations", member_account(newcomer))["items"][0]["registration_state"] == "confirmed"


def test_a_newcomer_waits_until_a_ceremony_is_announced(season: Season):
    first, second = uuid4(), uuid4()
    season.joined(first)
    season.joined(second)
    assert invited(season) == []

    draft = ceremony(season, draft=True)
    assert invited(season) == []
    season.ask("announce_activity", OFFICER, activity_id=draft)

    assert sorted(invited(season)) == sorted([(draft, first), (draft, second)])
    ceremony(season, day=20)
    assert len(invited(season)) == 2


def test_events_tell_of_the_ceremony_before_its_invitations(season: Season):
    season.joined(uuid4())
    activity = ceremony(season)

    assert [event["type"] for event in season.events(activity_id=activity)] == ["event_scheduled", "member_invited"]


def test_newcomers_who_join_together_are_invited_together(season: Season):
    activity = ceremony(season)
    newcomers = [uuid4() for _ in range(60)]

    season.hear_all("member_joined", [(None, joining(one)) for one in newcomers])

    assert {member for _, member in invited(season)} == set(newcomers)
    assert {one for one, _ in invited(season)} == {activity}


def test_who_joined_long_ago_is_known_but_not_invited(season: Season):
    ceremony(season)
    member = uuid4()

    season.joined(member, joined_on=clock.today() - timedelta(days=4000))

    assert invited(season) == []
    assert known(season, member).awaits_ceremony is False


def test_a_newcomer_is_invited_only_to_a_ceremony_that_is_for_him(season: Season):
    theirs = ceremony(season, day=5, audience={"units": [OTHER_UNIT]})
    ours = ceremony(season, day=15, audience={"units": [UNIT]})
    newcomer, stranger = uuid4(), uuid4()

    season.joined(newcomer)
    season.joined(stranger, unit_id=uuid4())

    assert invited(season) == [(ours, newcomer)]
    assert known(season, stranger).awaits_ceremony is True
    season.ask("update_activity", OFFICER, activity_id=theirs, audience={"units": []})
    assert invited(season)[1:] == [(theirs, stranger)]


def test_when_the_ceremony_is_called_off_its_guests_wait_for_the_next(season: Season):
    activity = ceremony(season)
    newcomer = uuid4()
    season.joined(newcomer)

    season.ask("cancel_activity", OFFICER, activity_id=activity, reason="改期")
    assert season.ask("my_invitations", member_account(newcomer))["items"] == []
    again = ceremony(season, day=20)

    assert invited(season) == [(activity, newcomer), (again, newcomer)]


def test_when_another_ceremony_stands_the_guests_move_to_it_at_once(season: Season):
    activity, other = ceremony(season, day=5), ceremony(season, day=15)
    newcomer = uuid4()
    season.joined(newcomer)

    season.ask("cancel_activity", OFFICER, activity_id=activity, reason="改期")

    assert invited(season) == [(activity, newcomer), (other, newcomer)]


def test_a_repeated_event_invites_nobody_twice(season: Season):
    ceremony(season)
    newcomer = uuid4()

    season.joined(newcomer)
    season.joined(newcomer, sequence=1)

    assert len(invited(season)) == 1


def test_who_leaves_before_the_ceremony_is_announced_is_not_invited(season: Season):
    newcomer = uuid4()
    season.joined(newcomer)
    season.hear("member_updated", **updating(newcomer, standing="withdrawn"))

    ceremony(season)

    assert invited(season) == []


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_copy_is_the_same_whatever_order_the_events_come_in(season: Season, order):
    member = uuid4()
    told = [
        ("member_joined", 1, joining(member, unit_id=UNIT, employment="agency")),
        ("unit_changed", 2, {"member_id": member, "from_unit_id": UNIT, "to_unit_id": OTHER_UNIT, "on": clock.today()}),
        ("member_updated", 3, updating(member, unit_id=OTHER_UNIT, employment="established", standing="retained")),
    ]

    for place in order:
        event_type, sequence, data = told[place]
        season.hear(event_type, sequence, **data)

    copy = known(season, member)
    assert (copy.unit_id, copy.employment, copy.standing) == (OTHER_UNIT, "established", "retained")
    assert copy.joined_on == clock.today()


def test_a_member_who_moves_is_in_the_new_units_audience(season: Season):
    activity = season.schedule(audience={"units": [OTHER_UNIT]})
    member = uuid4()
    season.joined(member)
    assert season.refused("register", member_account(member), activity_id=activity).params == {"part": "unit"}

    season.hear("unit_changed", member_id=member, from_unit_id=UNIT, to_unit_id=OTHER_UNIT, on=clock.today())

    assert season.register(activity, member)["state"] == "confirmed"


def updating(member_id: UUID, **changes) -> dict:
    return {
        "member_id": member_id, "unit_id": UNIT, "employment": "contract", "standing": "active",
        "fields_changed": ["standing"], **changes,
    }  # fmt: skip
