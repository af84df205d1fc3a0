"""Turns, places and money of recuperation where people and rounds get in each other's way."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.chassis.errors import Problem
from services.contracts.membership.standing.operations import MemberLeft
from services.contracts.welfare.recuperation import operations as contract
from tests.component.welfare.recuperation.rounds import Round, on, refused
from tests.support.at_once import all_at_once


def _next_round(round_: Round) -> Round:
    other = Round(round_.welfare, title="秋季", apply_from="2026-05-01", apply_until="2026-08-01")
    other.joined_on = round_.joined_on
    return other


def test_who_waited_in_vain_applies_in_the_next_round_of_the_period(round_: Round) -> None:
    trip = round_.trip(places=20)
    people = {}
    for _ in range(21):
        member = round_.member()
        people[round_.apply(member, trip)["id"]] = member
    round_.draw(trip)
    (waiting,) = round_.applications(state="waiting")
    (placed, *_) = round_.applications(state="drawn_in")
    other = _next_round(round_)
    autumn = other.trip(starts_on="2026-09-01")
    assert refused(other.apply, people[waiting["id"]], autumn) == "recuperation.turn_is_unused", "may still move up"

    with on(date(2026, 7, 10)):
        assert other.apply(people[waiting["id"]], autumn)["state"] == "applied"
        assert refused(other.apply, people[placed["id"]], autumn) == "recuperation.turn_is_unused"


@pytest.mark.databases("postgresql")
def test_applying_in_two_rounds_at_once_uses_one_turn(round_: Round) -> None:
    other = _next_round(round_)
    first, second = round_.trip(), other.trip(starts_on="2026-09-01")
    for _ in range(6):
        member = round_.member()
        answers = all_at_once(lambda by=member: round_.apply(by, first), lambda by=member: other.apply(by, second))
        assert [isinstance(one, Problem) for one in answers].count(True) == 1


@pytest.mark.databases("postgresql")
def test_a_trip_is_either_published_or_cancelled(round_: Round) -> None:
    for _ in range(6):
        trip = round_.draft()
        answers = all_at_once(
            lambda one=trip: round_.welfare.ask(contract.publish_trip, trip_id=one),
            lambda one=trip: round_.welfare.ask(contract.cancel_trip, trip_id=one),
        )
        assert [isinstance(one, Problem) for one in answers].count(True) == 1


def test_after_the_departure_nobody_withdraws_or_is_moved(round_: Round) -> None:
    """Who travelled could else withdraw on the last day, and go again."""
    first, second = round_.trip(places=20), round_.trip(starts_on="2026-08-20")
    people = [round_.member() for _ in range(20)]
    made = [round_.apply(one, first, second) for one in people]
    round_.draw(first)
    round_.welfare.ask(contract.decide_trip, trip_id=first)
    with on(date(2026, 7, 10)):
        one = {"application_id": made[0]["id"]}
        assert refused(round_.welfare.ask, contract.withdraw_trip_application, people[0], **one) == (
            "recuperation.trip_has_not_begun"
        )
        move = {**one, "trip_id": second, "reason": "再去一次"}
        assert refused(round_.welfare.ask, contract.move_trip_application, **move) == "recuperation.trip_has_not_begun"
        left = round_.welfare.example_message(MemberLeft, member_id=people[1].member_id, standing="withdrawn")
        round_.welfare.receive("on_member_left", left)
        assert round_.states()[made[1]["id"]] == "confirmed", "on the way, and settled like all others"


def _on_the_way(round_: Round, **route: Any) -> tuple[str, list[dict[str, Any]]]:
    trip = round_.trip(round_.route(**route), places=24)
    people = [round_.member() for _ in range(22)]
    made = [round_.apply(one, trip, family=["张三"] if one is people[0] else []) for one in people]
    round_.draw(trip)
    round_.welfare.ask(contract.decide_trip, trip_id=trip)
    return trip, made


def test_the_loss_of_who_stayed_away_or_withdrew_late_is_their_own_and_is_never_left_out(round_: Round) -> None:
    trip, made = _on_the_way(round_)
    with on(date(2026, 7, 5)):
        round_.welfare.ask(contract.withdraw_trip_application, application_id=made[1]["id"])
    with on(date(2026, 7, 15)):
        round_.welfare.ask(contract.note_travelled, trip_id=trip, no_shows=[made[0]["id"]])
        settle = {"trip_id": trip, "cost": "2800.00"}
        assert refused(round_.welfare.ask, contract.settle_trip, **settle) == "recuperation.loss_is_named"
        round_.welfare.ask(contract.settle_trip, **settle, loss="500.00")

    by_id = {one["id"]: one for one in round_.applications()}
    told = {one["id"]: (one["state"], one["cost"], one["own_cost"]) for one in by_id.values()}
    assert told[made[0]["id"]] == ("no_show", "0.00", "1000.00"), "two persons"
    assert told[made[1]["id"]] == ("cancelled_late", "0.00", "500.00")
    assert told[made[2]["id"]] == ("settled", "2800.00", "0.00")


def test_without_losses_nothing_is_asked_about_them(round_: Round) -> None:
    trip, _ = _on_the_way(round_)
    with on(date(2026, 7, 15)):
        round_.welfare.ask(contract.note_travelled, trip_id=trip)
        assert round_.welfare.ask(contract.settle_trip, trip_id=trip, cost="2800.00")["state"] == "settled"


def test_no_more_is_paid_than_the_cap_of_a_person_day(round_: Round) -> None:
    trip, made = _on_the_way(round_, days=4, price="2400.00")
    with on(date(2026, 7, 15)):
        round_.welfare.ask(contract.note_travelled, trip_id=trip)
        round_.welfare.ask(contract.settle_trip, trip_id=trip, cost="2600.00")

    by_id = {one["id"]: one for one in round_.applications()}
    assert (by_id[made[1]["id"]]["cost"], by_id[made[1]["id"]]["own_cost"]) == ("2400.00", "200.00")
    assert (by_id[made[0]["id"]]["cost"], by_id[made[0]["id"]]["own_cost"]) == ("2400.00", "2800.00")


def test_a_unit_has_one_quota(round_: Round) -> None:
    unit = str(round_.welfare.unit)

    assert refused(round_.draft, quotas=[{"unit_id": unit, "most": 3}, {"unit_id": unit, "most": 9}]) == (
        "recuperation.quotas_are_of_different_units"
    )
