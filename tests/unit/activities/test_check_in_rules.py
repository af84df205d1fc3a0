"""Rules of check-in: times, codes, seats of walk-ins, lists without network, cost a head."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from services.activities.check_in import rules

START = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
END = START + timedelta(hours=2)
WINDOW = rules.window_of(START, END, 30, 15)


@pytest.mark.parametrize(("minutes", "early"), [(-31, True), (-30, None), (0, None), (135, None), (136, False)])
def test_check_in_opens_before_the_start_and_closes_after_the_end(minutes: int, early: bool | None):
    refusal = rules.check_in_is_open(WINDOW, START + timedelta(minutes=minutes))
    assert (refusal.params["early"] if refusal else None) is early


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_nobody_checks_in_to_what_does_not_take_place(state: str):
    assert rules.activity_takes_place(state).params == {"state": state}
    assert rules.activity_takes_place("scheduled") is None
    assert rules.activity_takes_place("held") is None


def test_a_code_is_judged_by_the_moment_of_its_scan():
    assert rules.code_is_in_time(START, START + timedelta(minutes=1)) is None
    assert rules.code_is_in_time(START, START + timedelta(minutes=3)).rule == "check_in.code_is_in_time"


@pytest.mark.parametrize(
    ("standing", "registered", "holds"),
    [
        ("active", False, True), ("transferring", False, True), ("retained", True, True), ("retained", False, False),
        ("deceased", True, False), ("withdrawn", True, False), ("expelled", True, False), (None, False, False),
    ],
)  # fmt: skip
def test_who_left_or_died_does_not_check_in(standing: str | None, registered: bool, holds: bool):
    assert (rules.member_belongs(standing, registered) is None) is holds


def test_who_has_no_confirmed_seat_is_let_in_by_decision_only_and_stands_out():
    assert rules.registration_is_in_force("confirmed", False) is None
    for state, flag in (("cancelled", "cancelled"), ("waitlisted", "waiting"), ("offered", "waiting")):
        assert rules.registration_is_in_force(state, False).params == {"state": state}
        assert rules.registration_is_in_force(state, True) is None
        assert rules.flag_of(state) == flag
    assert rules.flag_of("confirmed") is None


@pytest.mark.parametrize(
    ("walk_ins", "capacity", "taken", "walked", "party", "holds"),
    [
        ("seats", 10, 9, 0, 1, True), ("seats", 10, 9, 1, 1, False), ("seats", 10, 8, 0, 3, False),
        ("seats", None, 99, 9, 5, True), ("all", 10, 10, 5, 1, True),
    ],
)  # fmt: skip
def test_a_walk_in_gets_a_seat_that_nobody_has(
    walk_ins: str, capacity: int | None, taken: int, walked: int, party: int, holds: bool
):
    refusal = rules.walk_in_finds_a_seat(walk_ins, rules.Room(capacity, taken, walked), party)
    assert (refusal is None) is holds
    if refusal:
        assert refusal.params["capacity"] == capacity
    assert rules.walk_ins_are_allowed(walk_ins) is None
    assert rules.walk_ins_are_allowed("no") is not None


def test_a_scan_without_network_follows_its_list_and_does_not_bring_back_what_was_taken_back():
    assert rules.scan_follows_the_list(START, START - timedelta(minutes=3)) is not None
    assert rules.scan_follows_the_list(START, START - timedelta(minutes=1)) is None
    assert rules.not_taken_back_since(START, START) is not None
    assert rules.not_taken_back_since(START, START + timedelta(seconds=1)) is None
    assert rules.not_taken_back_since(None, START) is None


def test_a_check_in_names_one_person():
    assert rules.person_is_named("x", None) is None
    assert rules.person_is_named(None, 1) is None
    assert rules.person_is_named(None, None) is not None
    assert rules.person_is_named("x", 1) is not None


@pytest.mark.parametrize(
    ("cost", "people", "a_head"),
    [("1000.00", 3, "333.33"), ("0.05", 2, "0.03"), ("100.00", 0, None), (None, 9, None)],
)
def test_the_cost_a_head_is_rounded_to_the_fen(cost: str | None, people: int, a_head: str | None):
    found = rules.cost_a_head(Decimal(cost) if cost else None, people)
    assert found == (Decimal(a_head) if a_head else None)
