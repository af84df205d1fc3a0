"""Who may register and cancel, and what place the next to register gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.activities.registration import rules
from services.activities.registration.rules import Applicant, Asking, Offer, Seats

OPENS = datetime(2023, 9, 1, 0, 0, tzinfo=UTC)
CLOSES = datetime(2023, 9, 20, 10, 0, tzinfo=UTC)
ENDS = datetime(2023, 9, 26, 9, 0, tzinfo=UTC)
DURING = datetime(2023, 9, 10, 8, 0, tzinfo=UTC)
OUR_UNIT, OTHER_UNIT = UUID(int=1), UUID(int=2)


def asking(now: datetime = DURING, applicant: Applicant | None = None, seats: Seats | None = None, **offer) -> Asking:
    offered = {
        "state": "scheduled", "opens_at": OPENS, "closes_at": CLOSES, "cancel_until": CLOSES, "ends_at": ENDS,
        "units": frozenset(), "employments": frozenset(), "seats": seats or Seats(10, 0, 0, True), **offer,
    }  # fmt: skip
    return Asking(Offer(**offered), applicant or Applicant(OUR_UNIT, "contract", "active"), now)


def test_an_active_member_of_the_audience_may_register_while_registration_is_open():
    assert rules.refusal_of(asking()) is None
    assert rules.refusals_of(asking()) == []


@pytest.mark.parametrize("state", ["draft", "held", "cancelled"])
def test_only_a_scheduled_activity_takes_registrations(state):
    refusal = rules.activity_is_scheduled(asking(state=state))

    assert refusal is not None
    assert refusal.rule == "registration.activity_is_scheduled"
    assert refusal.params == {"state": state}


def test_registration_opens_at_its_moment_and_not_before():
    assert rules.registration_is_open(asking(now=OPENS)) is None

    refusal = rules.registration_is_open(asking(now=OPENS - timedelta(microseconds=1)))
    assert refusal is not None
    assert refusal.params["early"] is True


def test_registration_is_closed_from_the_closing_moment_on():
    assert rules.registration_is_open(asking(now=CLOSES - timedelta(microseconds=1))) is None

    refusal = rules.registration_is_open(asking(now=CLOSES))
    assert refusal is not None
    assert refusal.params["early"] is False


def test_who_is_no_member_is_told_so_and_nothing_else():
    stranger = replace(asking(units=frozenset({OTHER_UNIT})), applicant=None)

    assert [refusal.rule for refusal in rules.refusals_of(stranger)] == ["registration.applicant_is_a_member"]


@pytest.mark.parametrize("standing", ["retained", "withdrawn", "deemed_withdrawn", "expelled", "deceased"])
def test_a_membership_that_is_not_active_takes_no_seat(standing):
    refusal = rules.member_is_active(asking(applicant=Applicant(OUR_UNIT, "contract", standing)))

    assert refusal is not None
    assert refusal.rule == "registration.member_is_active"
    assert standing not in refusal.detail


def test_a_member_who_is_transferring_still_takes_part():
    assert rules.member_is_active(asking(applicant=Applicant(OUR_UNIT, "contract", "transferring"))) is None


def test_an_activity_for_other_units_refuses_by_unit():
    refusal = rules.member_is_in_audience(asking(units=frozenset({OTHER_UNIT})))

    assert refusal is not None
    assert refusal.params == {"part": "unit"}
    assert rules.member_is_in_audience(asking(units=frozenset({OTHER_UNIT, OUR_UNIT}))) is None


def test_an_activity_for_other_kinds_of_employment_refuses_by_employment():
    refusal = rules.member_is_in_audience(asking(employments=frozenset({"established"})))

    assert refusal is not None
    assert refusal.params == {"part": "employment"}
    assert rules.member_is_in_audience(asking(employments=frozenset({"contract"}))) is None


def test_a_member_whose_unit_is_unknown_is_in_no_units_audience():
    unknown = Applicant(None, None, "active")

    assert rules.member_is_in_audience(asking(applicant=unknown)) is None
    assert rules.member_is_in_audience(asking(applicant=unknown, units=frozenset({OUR_UNIT}))) is not None


def test_a_full_activity_without_a_waiting_list_refuses_with_its_figures():
    refusal = rules.seat_or_waiting_list_left(asking(seats=Seats(10, 10, 0, False)))

    assert refusal is not None
    assert refusal.rule == "registration.seat_or_waiting_list_left"
    assert refusal.params == {"capacity": 10, "seats_taken": 10}


def test_every_rule_that_says_no_is_told_and_the_first_one_decides():
    hopeless = asking(
        now=CLOSES, state="cancelled", units=frozenset({OTHER_UNIT}), seats=Seats(1, 1, 0, False),
        applicant=Applicant(OUR_UNIT, "contract", "retained"),
    )  # fmt: skip

    told = [refusal.rule for refusal in rules.refusals_of(hopeless)]
    assert told == [
        "registration.activity_is_scheduled",
        "registration.registration_is_open",
        "registration.member_is_active",
        "registration.member_is_in_audience",
        "registration.seat_or_waiting_list_left",
    ]
    first = rules.refusal_of(hopeless)
    assert first is not None
    assert first.rule == told[0]


def test_each_rule_names_itself_in_its_refusal():
    for rule in rules.REGISTRATION_RULES:
        refusals = [
            rule(replace(asking(), applicant=None)),
            rule(asking(now=CLOSES, state="held", units=frozenset({OTHER_UNIT}), seats=Seats(0, 0, 0, False))),
            rule(asking(applicant=Applicant(OUR_UNIT, "contract", "expelled"))),
        ]
        assert {refusal.rule for refusal in refusals if refusal} == {f"registration.{rule.__name__}"}


@pytest.mark.parametrize(
    ("seats", "place"),
    [
        (Seats(None, 5000, 0, False), "confirmed"),
        (Seats(2, 1, 0, False), "confirmed"),
        (Seats(2, 2, 0, True), "waitlisted"),
        (Seats(2, 2, 0, False), None),
        (Seats(2, 1, 1, True), "waitlisted"),
        (Seats(2, 1, 1, False), None),
        (Seats(None, 1, 1, True), "waitlisted"),
    ],
)
def test_the_next_gets_a_seat_only_when_one_is_free_and_nobody_waits(seats, place):
    assert seats.next_place == place


@given(st.integers(0, 50) | st.none(), st.integers(0, 60), st.integers(0, 60))
def test_never_more_move_up_than_wait_or_than_seats_are_free(capacity, taken, waiting):
    seats = Seats(capacity, taken, waiting, True)

    assert 0 <= seats.to_move_up <= waiting
    if capacity is not None:
        assert taken + seats.to_move_up <= max(capacity, taken)
        assert seats.to_move_up == waiting or taken + seats.to_move_up >= capacity


def test_a_member_cancels_until_the_deadline_and_not_at_it():
    offer = asking().offer

    assert rules.before_cancel_deadline(offer, CLOSES - timedelta(microseconds=1)) is None
    refusal = rules.before_cancel_deadline(offer, CLOSES)
    assert refusal is not None
    assert refusal.params == {"cancel_until": CLOSES.isoformat()}


@pytest.mark.parametrize(("state", "now"), [("held", DURING), ("cancelled", DURING), ("scheduled", ENDS)])
def test_what_is_over_keeps_its_registrations_and_its_waiting_list(state, now):
    offer = asking(state=state).offer

    assert rules.activity_is_not_over(offer, now) is not None
    assert not rules.waiting_list_still_moves(offer, now)


def test_the_waiting_list_moves_until_the_activity_ends():
    assert rules.waiting_list_still_moves(asking().offer, ENDS - timedelta(seconds=1))


def test_a_chair_acts_for_members_of_the_own_unit_only():
    assert rules.member_is_in_chairs_unit(OUR_UNIT, frozenset({OUR_UNIT})) is None
    assert rules.member_is_in_chairs_unit(OTHER_UNIT, frozenset({OUR_UNIT})) is not None
    assert rules.member_is_in_chairs_unit(None, frozenset({OUR_UNIT})) is not None


@pytest.mark.parametrize(
    ("standing", "given_up", "cause"),
    [
        ("active", set(), None),
        ("transferring", set(), None),
        ("retained", {"offered", "waitlisted", "pending"}, "takes_no_part"),
        ("withdrawn", {"confirmed", "offered", "waitlisted", "pending"}, "left_the_union"),
        ("deceased", {"confirmed", "offered", "waitlisted", "pending"}, "left_the_union"),
    ],
)
def test_a_standing_costs_places(standing, given_up, cause):
    assert rules.places_given_up(standing) == given_up
    assert rules.cause_of_standing(standing) == cause
    assert rules.cause_not_to_move_up(asking(applicant=Applicant(OUR_UNIT, "contract", standing))) == cause


def test_a_seat_that_comes_free_is_for_the_audience():
    assert rules.cause_not_to_move_up(asking(units=frozenset({OUR_UNIT}))) is None
    assert rules.cause_not_to_move_up(asking(units=frozenset({OTHER_UNIT}))) == "not_in_audience"
    assert rules.cause_not_to_move_up(asking(employments=frozenset({"tenured"}))) == "not_in_audience"
