"""What a timetable must look like, and what an organiser may do with seats and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.activities.calendar import rules
from services.activities.calendar.rules import SeatChange, Timetable

START = datetime(2023, 9, 26, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
GOOD = Timetable(
    starts_at=START,
    ends_at=START + 3 * HOUR,
    registration_opens_at=START - timedelta(days=20),
    registration_closes_at=START - timedelta(days=5),
    cancel_until=START - timedelta(days=5),
    sessions=((START, START + HOUR), (START + HOUR, START + 2 * HOUR)),
)


def broken(**changes) -> list[str]:
    answers = [rule(replace(GOOD, **changes)) for rule in rules.TIMETABLE_RULES]
    return [answer.rule for answer in answers if answer]


def test_a_sensible_timetable_breaks_no_rule():
    assert broken() == []


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"ends_at": START, "sessions": (), "cancel_until": START}, "activity_ends_after_it_starts"),
        ({"ends_at": START + timedelta(days=401)}, "activity_is_not_endless"),
        ({"sessions": ((START, START),)}, "sessions_follow_each_other"),
        ({"sessions": ((START, START + 2 * HOUR), (START + HOUR, START + 3 * HOUR))}, "sessions_follow_each_other"),
        ({"sessions": ((START - HOUR, START + HOUR),)}, "sessions_lie_within_the_activity"),
        ({"sessions": ((START, START + 4 * HOUR),)}, "sessions_lie_within_the_activity"),
        ({"registration_opens_at": START - timedelta(days=5)}, "registration_opens_before_it_closes"),
        ({"registration_closes_at": START + 4 * HOUR}, "registration_closes_before_the_end"),
        ({"cancel_until": START + 4 * HOUR}, "cancelling_stops_before_the_end"),
    ],
)
def test_a_broken_timetable_is_refused_by_the_rule_it_breaks(changes, rule):
    assert broken(**changes) == [f"calendar.{rule}"]


def test_each_timetable_rule_names_itself_and_the_field():
    hopeless = Timetable(START, START - timedelta(days=1), START + HOUR, START, START + HOUR, ((START, START - HOUR),))
    for rule in rules.TIMETABLE_RULES:
        refusal = rule(hopeless)
        if refusal:
            assert refusal.rule == f"calendar.{rule.__name__}"
            assert refusal.field in Timetable.__dataclass_fields__


def test_fewer_seats_than_taken_need_the_officers_word():
    refusal = rules.seats_cover_those_who_have_one(SeatChange(5, 8, True, move_overflow=False))

    assert refusal is not None
    assert refusal.params == {"seats_taken": 8, "capacity": 5, "overflow": 3}
    assert "move_overflow" in refusal.detail
    assert rules.seats_cover_those_who_have_one(SeatChange(5, 8, True, move_overflow=True)) is None


def test_without_a_waiting_list_nobody_can_lose_a_seat():
    refusal = rules.seats_cover_those_who_have_one(SeatChange(5, 8, False, move_overflow=True))

    assert refusal is not None
    assert "no waiting list" in refusal.detail


def test_as_many_seats_as_are_taken_or_no_limit_are_enough():
    assert rules.seats_cover_those_who_have_one(SeatChange(8, 8, False, move_overflow=False)) is None
    assert rules.seats_cover_those_who_have_one(SeatChange(None, 8, False, move_overflow=False)) is None


def test_what_has_not_begun_was_not_held():
    assert rules.activity_has_started(START, START) is None
    assert rules.activity_has_started(START, START - timedelta(seconds=1)) is not None


@pytest.mark.parametrize(("day", "fits"), [(25, False), (26, True), (28, True), (29, False)])
def test_it_was_held_between_its_first_day_and_today(day, fits):
    refusal = rules.held_on_a_day_that_was(date(2023, 9, day), date(2023, 9, 26), date(2023, 9, 28))

    assert (refusal is None) is fits


UNITS = [UUID(int=number) for number in range(5)]
STEPS = st.lists(
    st.builds(
        rules.Inheritance,
        st.sampled_from(UNITS),
        st.sampled_from(UNITS),
        st.booleans(),
        st.integers(0, 6).map(lambda hour: datetime(2026, 9, 1, hour, tzinfo=UTC)),
    ),
    max_size=8,
)


NAMED_AT = datetime(2026, 9, 1, 2, tzinfo=UTC)


@given(STEPS, st.randoms())
def test_an_audience_is_the_same_in_any_order_and_grows_with_what_is_known(steps: list[rules.Inheritance], chance):
    whole = rules.with_heirs(UNITS[:2], NAMED_AT, steps)
    shuffled = [*steps, *steps[:2]]
    chance.shuffle(shuffled)

    assert rules.with_heirs(UNITS[:2], NAMED_AT, shuffled) == whole
    assert set(rules.with_heirs(UNITS[:2], NAMED_AT, steps[:-1])) <= set(whole)
    assert whole[:2] == UNITS[:2]
    assert len(whole) == len(set(whole))
    assert set(whole[2:]) <= {step.heir_id for step in steps}


def test_a_step_is_followed_forwards_in_time_only():
    def step(unit: int, heir: int, hour: int, closed: bool = False) -> rules.Inheritance:
        return rules.Inheritance(UNITS[unit], UNITS[heir], closed, datetime(2026, 9, 1, hour, tzinfo=UTC))

    known = [step(1, 2, 1), step(0, 1, 2), step(1, 3, 3), step(0, 4, 1)]
    assert rules.with_heirs(UNITS[:1], NAMED_AT, known) == [UNITS[0], UNITS[1], UNITS[3]]
    assert rules.with_heirs(UNITS[:1], NAMED_AT, [step(0, 4, 1, closed=True)]) == [UNITS[0], UNITS[4]]
