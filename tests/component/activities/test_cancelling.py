"""Giving a place back, and the waiting list that moves."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.activities.registration.use_cases import waiting_list
from services.chassis import clock
from tests.component.activities.season import AUDITOR, CHAIR, OFFICER, OTHER_UNIT, UNIT, Season, at, member_account


def test_the_first_who_waits_gets_the_seat_that_comes_free(season: Season):
    activity = season.schedule(capacity=2)
    members = season.members(4)
    season.register_batch(activity, members)

    answer = season.cancel(activity, members[0])

    assert (answer["state"], answer["cancel_cause"]) == ("cancelled", "withdrawn")
    assert (answer["seats_taken"], answer["seats_left"], answer["waiting"]) == (2, 0, 1)
    assert season.states(activity)[members[2]] == "confirmed"
    assert season.waiting(activity) == [members[3]]
    ended, moved = season.events(activity_id=activity)[-2:]
    assert (ended["type"], ended["cause"], ended["was"]) == ("registration_cancelled", "withdrawn", "confirmed")
    assert (ended["seats_taken"], ended["seats_left"], ended["waiting"]) == (1, 1, 2)
    assert (moved["type"], moved["moved_up"]) == ("registration_confirmed", True)
    assert (moved["seats_taken"], moved["seats_left"], moved["waiting"]) == (2, 0, 1)
    season.assert_sound(activity)


def test_who_leaves_the_waiting_list_moves_nobody_into_a_seat(season: Season):
    activity = season.schedule(capacity=1)
    members = season.members(3)
    season.register_batch(activity, members)

    season.cancel(activity, members[1])

    assert season.waiting(activity) == [members[2]]
    assert season.events(activity_id=activity)[-1]["was"] == "waitlisted"
    season.assert_sound(activity)


def test_cancelling_twice_answers_the_same_and_moves_nobody_twice(season: Season):
    activity = season.schedule(capacity=1)
    members = season.members(3)
    season.register_batch(activity, members)

    first, second = season.cancel(activity, members[0]), season.cancel(activity, members[0])

    assert first == second
    assert season.waiting(activity) == [members[2]]
    season.assert_sound(activity)


def test_who_registers_again_after_a_cancel_stands_at_the_end(season: Season):
    activity = season.schedule(capacity=1)
    members = season.members(3)
    season.register_batch(activity, members)
    season.cancel(activity, members[0])

    again = season.register(activity, members[0])

    assert (again["state"], again["position"], again["already"]) == ("waitlisted", 2, False)
    assert season.waiting(activity) == [members[2], members[0]]
    season.assert_sound(activity)


def test_after_the_deadline_only_the_organiser_cancels_and_says_why(season: Season):
    activity = season.schedule(cancel_until=at(hours=1))
    [member] = season.members(1)
    season.register(activity, member)

    with clock.frozen(at(hours=2)):
        late = season.refused("cancel_registration", member_account(member), activity_id=activity)
        silent = season.refused("cancel_registration", OFFICER, activity_id=activity, member_id=member)
        answer = season.ask("cancel_registration", OFFICER, activity_id=activity, member_id=member, reason="电话请假")

    assert (late.status, late.rule) == (409, "registration.before_cancel_deadline")
    assert (silent.status, silent.field) == (422, "reason")
    assert answer["cancel_cause"] == "by_organiser"
    season.assert_sound(activity)


def test_what_is_over_keeps_its_registrations(season: Season):
    activity = season.schedule()
    [member] = season.members(1)
    season.register(activity, member)

    with clock.frozen(at(days=11)):
        problem = season.refused(
            "cancel_registration", OFFICER, activity_id=activity, member_id=member, reason="too late"
        )

    assert problem.rule == "registration.activity_is_not_over"


def test_who_never_registered_has_nothing_to_cancel(season: Season):
    activity = season.schedule()
    [member] = season.members(1)

    problem = season.refused("cancel_registration", member_account(member), activity_id=activity)

    assert (problem.status, problem.rule) == (404, "registration.member_is_registered")
    assert season.refused("cancel_registration", member_account(member), activity_id=uuid4()).status == 404


def test_nobody_gives_back_the_place_of_another(season: Season):
    activity = season.schedule()
    [ours], [theirs] = season.members(1), season.members(1, unit=OTHER_UNIT)
    season.register_batch(activity, [ours, theirs])

    def cancel(principal, member):
        return season.answer(
            "cancel_registration", principal, activity_id=activity, member_id=member, reason="in their place"
        )

    assert cancel(member_account(), ours)["problem"]["class"] == "NotAllowed"
    assert cancel(AUDITOR, ours)["problem"]["class"] == "NotAllowed"
    assert cancel(CHAIR, theirs)["problem"]["class"] == "NotAllowed"
    assert cancel(CHAIR, ours)["ok"]["cancel_cause"] == "by_organiser"
    assert season.states(activity) == {ours: "cancelled", theirs: "confirmed"}
    season.assert_sound(activity)


@pytest.mark.parametrize("standing", ["withdrawn", "deceased"])
def test_who_leaves_the_union_frees_the_seats_of_what_is_to_come(season: Season, standing: str):
    activity, past = (
        season.schedule(capacity=1),
        season.schedule(capacity=1, starts_at=at(hours=1), ends_at=at(hours=2)),
    )
    leaver, next_one = season.members(2)
    season.register_batch(activity, [leaver, next_one])
    season.register(past, leaver)
    later = clock.now() + timedelta(days=1)
    data = {"member_id": leaver, "unit_id": uuid4(), "employment": "contract", "fields_changed": ["standing"]}

    with clock.frozen(later):
        season.hear("member_updated", 2, **data, standing=standing)

    assert season.states(activity) == {leaver: "cancelled", next_one: "confirmed"}
    assert season.states(past) == {leaver: "confirmed"}
    [ended] = season.events("registration_cancelled")
    assert ended["cause"] == "left_the_union"
    season.assert_sound(activity)


def retires(season: Season, member: UUID) -> None:
    season.hear(
        "member_updated", 2, member_id=member, unit_id=UNIT, employment="contract", standing="retained",
        fields_changed=["standing"],
    )  # fmt: skip


def test_who_retires_keeps_the_seats_he_has(season: Season):
    activity = season.schedule()
    [member] = season.members(1)
    season.register(activity, member)

    retires(season, member)

    assert season.states(activity) == {member: "confirmed"}
    assert season.events("registration_cancelled") == []


def test_who_retires_gives_his_waiting_place_up(season: Season):
    activity = season.schedule(capacity=1)
    seated, retired, next_one = season.members(3)
    season.register_batch(activity, [seated, retired, next_one])

    retires(season, retired)
    season.cancel(activity, seated)

    assert season.states(activity) == {seated: "cancelled", retired: "cancelled", next_one: "confirmed"}
    ended = season.events("registration_cancelled")[0]
    assert (ended["member_id"], ended["cause"], ended["was"]) == (str(retired), "takes_no_part", "waitlisted")
    season.assert_sound(activity)


def test_who_retired_and_lost_his_seat_to_fewer_seats_gets_no_other(season: Season):
    activity = season.schedule(capacity=2)
    first, retired, next_one = season.members(3)
    season.register_batch(activity, [first, retired, next_one])
    retires(season, retired)
    for capacity in (1, 2):
        season.ask(
            "update_activity", OFFICER, activity_id=activity, capacity=capacity, move_overflow=True,
            version=season.activity(activity)["version"],
        )  # fmt: skip

    assert season.states(activity) == {first: "confirmed", retired: "cancelled", next_one: "confirmed"}
    assert season.events("registration_cancelled")[0]["cause"] == "takes_no_part"
    season.assert_sound(activity)


def test_a_seat_that_comes_free_passes_over_who_is_no_longer_in_the_audience(
    season: Season, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(waiting_list, "MOVED_AT_ONCE", 2)
    activity = season.schedule(capacity=2, audience={"units": [UNIT]})
    seated, stays, *moved, fits, last = season.members(7)
    season.register_batch(activity, [seated, stays, *moved, fits, last])
    for member in (stays, *moved):
        moves = {"member_id": member, "from_unit_id": UNIT, "to_unit_id": OTHER_UNIT, "on": clock.today()}
        season.hear("unit_changed", 2, **moves)
    assert season.waiting(activity) == [*moved, fits, last], (
        "until the turn comes nothing is lost: a unit may be merged"
    )

    season.cancel(activity, seated)

    given_up = dict.fromkeys(moved, "cancelled")
    assert season.states(activity) == {
        seated: "cancelled",
        stays: "confirmed",
        **given_up,
        fits: "confirmed",
        last: "waitlisted",
    }
    passed = [one for one in season.events("registration_cancelled") if one["cause"] == "not_in_audience"]
    assert [one["member_id"] for one in passed] == [str(member) for member in moved]
    season.assert_sound(activity)
