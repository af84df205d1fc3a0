"""The money of a trip: reserved by who is on it, paid by the administration when it is settled, the rest given back."""

from __future__ import annotations

from datetime import date

import pytest

from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused
from services.contracts.welfare.payment_operations import get_money_of_source, pay_again
from services.contracts.welfare.recuperation import operations as contract
from tests.component.welfare.recuperation.rounds import Round, on


def _confirmed(round_: Round, people: int = 20, places: int = 20) -> str:
    trip = round_.trip(places=places)
    for _ in range(people):
        round_.apply(round_.member(), trip)
    round_.draw(trip)
    round_.welfare.ask(contract.decide_trip, trip_id=trip)
    return trip


def _reserved(round_: Round) -> list[tuple[int, str]]:
    return [(event["claim"], event["amount"]) for event in round_.welfare.events("funding_reserved")]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_confirmed_trip_reserves_the_administrations_money_for_who_is_on_it(round_: Round) -> None:
    trip = _confirmed(round_)
    (asked,) = round_.welfare.events("funding_reserved")
    assert (asked["source_type"], asked["source_id"], asked["year"]) == ("trip", trip, 2026)
    assert (asked["funding_source"], asked["benefit_key"], asked["amount"]) == (
        "administration", "recuperation", "60000.00")  # fmt: skip


def test_who_withdraws_needs_no_money_and_who_moves_up_does(round_: Round) -> None:
    _confirmed(round_, people=21)
    on_it, waiting = round_.applications(state="confirmed"), round_.applications(state="waiting")
    assert (len(on_it), len(waiting)) == (20, 1)
    round_.welfare.ask(contract.withdraw_trip_application, application_id=on_it[0]["id"])
    assert _reserved(round_) == [(1, "60000.00")], "the waiting one takes the place, so that nothing changes"
    round_.welfare.ask(contract.withdraw_trip_application, application_id=on_it[1]["id"])
    assert _reserved(round_) == [(1, "60000.00"), (2, "57000.00")]


def test_a_trip_that_fails_reserves_nothing(round_: Round) -> None:
    _confirmed(round_, people=5)
    assert _reserved(round_) == []


def test_a_settled_trip_is_paid_once_and_gives_back_the_rest_when_it_is_in_the_ledger(round_: Round) -> None:
    trip, welfare = _confirmed(round_), round_.welfare
    with on(date(2026, 7, 15)):
        welfare.ask(contract.note_travelled, trip_id=trip)
        welfare.ask(contract.settle_trip, trip_id=trip, cost="2800.00")
        (asked,) = welfare.events("payment_requested")
        assert (asked["source_type"], asked["source_id"], asked["claim"]) == ("trip", trip, 1)
        assert (asked["amount"], asked["people"], asked["funding_source"]) == ("56000.00", 20, "administration")
        assert welfare.events("funding_released") == [], "the payment may still be refused"
        welfare.answered(ExpenseRefused, trip, "trip", sequence=5, rule="fund.line_has_money")
        source = {"source_type": "trip", "source_id": trip}
        assert welfare.ask(get_money_of_source, **source)["payment"]["state"] == "refused"
        assert welfare.ask(pay_again, **source)["payment"]["claim"] == 2
        for sequence in (6, 7):
            welfare.answered(ExpenseRecorded, trip, "trip", sequence=sequence, claim=2)
    (released,) = welfare.events("funding_released")
    assert (released["source_type"], released["source_id"]) == ("trip", trip)


def test_a_trip_that_costs_nothing_gives_all_back(round_: Round) -> None:
    trip, welfare = _confirmed(round_), round_.welfare
    with on(date(2026, 7, 15)):
        welfare.ask(contract.note_travelled, trip_id=trip)
        welfare.ask(contract.settle_trip, trip_id=trip, cost="0.00")
    assert welfare.events("payment_requested") == []
    assert len(welfare.events("funding_released")) == 1
