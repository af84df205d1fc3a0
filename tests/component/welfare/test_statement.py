"""Statements: every benefit with its state, and a past day's statement as it was told on that day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.chassis import clock
from services.chassis.errors import NotAllowed, Refused
from services.contracts.governance.funds.events import ExpenseRecorded, ExpenseRefused, ExpenseReversed
from services.contracts.membership.record.operations import MemberUpdated
from services.contracts.membership.standing.operations import MemberLeft
from services.contracts.welfare import birthdays
from services.contracts.welfare.recuperation import operations as recuperation
from services.contracts.welfare.statement import my_statement, read_statement
from services.contracts.welfare.visits import operations as visits
from tests.component.welfare import goods as cycles
from tests.component.welfare.goods import on
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.recuperation.rounds import Round
from tests.support.principals import auditor, member_account

FIRST = date(2023, 3, 1)


def _told(welfare: WelfareHarness, member_id: UUID, as_of: date | None = None, **changes: Any) -> dict[str, Any]:
    return welfare.ask(my_statement, member_account(member_id), as_of=as_of, **changes)  # type: ignore[no-any-return]


def _lines(welfare: WelfareHarness, member_id: UUID, kind: str, as_of: date | None = None) -> list[dict[str, Any]]:
    return [line for line in _told(welfare, member_id, as_of)["lines"] if line["kind"] == kind]


def _states(welfare: WelfareHarness, member_id: UUID, kind: str, as_of: date | None = None) -> list[str]:
    return [line["state"] for line in _lines(welfare, member_id, kind, as_of)]


class Play:
    """What happens to a member on days of 2023, each day after the one before; the changes are made in order."""

    def __init__(self, welfare: WelfareHarness) -> None:
        self.welfare = welfare
        self.round = Round(welfare, title="2023 年疗休养", year=2023, period_from=2023, period_to=2023,
                           apply_from="2023-03-02", apply_until="2023-03-09")  # fmt: skip
        self.trip = self.round.trip(starts_on="2023-04-10")
        self.by = self.round.member()
        self.other = self.round.member()
        assert self.by.member_id is not None
        self.member_id = self.by.member_id

    def days(self) -> dict[date, Callable[[], Any]]:
        return {
            date(2023, 3, 2): lambda: self.round.apply(self.by, self.trip),
            date(2023, 3, 3): self._visited,
            date(2023, 3, 4): lambda: self.welfare.answered(ExpenseRefused, self.visit_id, claim=1),
            date(2023, 3, 5): self._claimed_again,
            date(2023, 3, 6): lambda: self.welfare.answered(ExpenseRecorded, self.visit_id, claim=2),
            date(2023, 3, 7): self._goods_approved,
            date(2023, 3, 8): lambda: cycles.choose(self.welfare, self.member_id, self.packages[1]),
            date(2023, 3, 12): self._handed_out,
            date(2023, 3, 13): self._withdrawn,
            date(2023, 3, 14): lambda: self.welfare.answered(ExpenseReversed, self.visit_id, claim=2),
            date(2023, 3, 15): self._birthday,
            date(2023, 3, 16): self._collected,
            date(2023, 3, 21): lambda: cycles.turn(self.welfare, "expire_goods"),
            date(2023, 3, 22): self._employed_otherwise,
        }

    def _visited(self) -> None:
        visit_id = self.welfare.report(self.member_id)["visit_id"]
        self.visit_id = visit_id
        self.welfare.complete(visit_id, amount="300.00")

    def _claimed_again(self) -> None:
        values = {"amount": "200.00", "form": "goods", "reason": "改为两百元的慰问品"}
        self.welfare.ask(visits.claim_visit_again, self.welfare.chair, visit_id=self.visit_id, **values)

    def _goods_approved(self) -> None:
        dates = {"as_of": date(2023, 3, 7)}
        self.cycle_id, self.packages = cycles.open_cycle(self.welfare, 100, 100, **dates)

    def _handed_out(self) -> None:
        cycles.turn(self.welfare, "choose_default_packages")
        cycles.hand_out(self.welfare, cycles.mine(self.welfare, self.member_id)["code"])

    def _withdrawn(self) -> None:
        (application,) = self.welfare.ask(recuperation.my_trip_applications, self.by)["items"]
        values = {"application_id": application["id"], "reason": "家里有事"}
        self.welfare.ask(recuperation.withdraw_trip_application, self.by, **values)

    def _birthday(self) -> None:
        born = [{"member_id": str(self.member_id), "unit_id": str(self.welfare.unit), "day": 20}]
        found = {"items": born, "next_cursor": None, "total": None}
        self.welfare.answers["membership.birthdays"] = lambda _: found
        self.welfare.ask(birthdays.draw_up_birthday_list, year=2023, month=3)
        values = {"year": 2023, "month": 3, "amount": "200.00", "form": "goods", "collect_by": "2023-03-18"}
        self.welfare.ask(birthdays.issue_birthday_vouchers, expected=1, **values)

    def _collected(self) -> None:
        (grant,) = self.welfare.ask(birthdays.my_birthday_grants, self.by)["items"]
        self.welfare.ask(birthdays.collect_birthday_voucher, code=grant["code"])

    def _employed_otherwise(self) -> None:
        data = {
            "member_id": self.member_id, "unit_id": self.welfare.unit, "employment": "dispatched",
            "standing": "active", "fields_changed": ["employment"],
        }  # fmt: skip
        self.welfare.receive("on_member_updated", self.welfare.message(MemberUpdated, 2, **data))


def test_a_past_days_statement_is_what_was_told_on_that_day(welfare: WelfareHarness):
    play = Play(welfare)
    told: dict[date, dict[str, Any]] = {FIRST: _told(welfare, play.member_id)}
    happens = play.days()
    for day in (FIRST + timedelta(days=passed) for passed in range(1, 24)):
        with on(day):
            happens.get(day, lambda: None)()
            told[day] = _told(welfare, play.member_id)

    with on(date(2023, 4, 1)):
        again = {day: _told(welfare, play.member_id, day) for day in told}

    assert again == told
    assert len({str(one["lines"]) for one in told.values()}) > 10


def test_goods_are_to_be_fetched_then_given_or_lapsed(welfare: WelfareHarness):
    fetches, stays_away = welfare.joined(), welfare.joined()
    with on(FIRST):
        cycles.open_cycle(welfare, 100)
    with cycles.desk_open(welfare):
        cycles.hand_out(welfare, cycles.mine(welfare, fetches)["code"])
    with on(date(2023, 3, 21)):
        cycles.turn(welfare, "expire_goods")

    with on(date(2023, 3, 21)):
        assert _states(welfare, fetches, "goods", FIRST) == ["expiring"]
        assert _states(welfare, fetches, "goods") == ["given"]
        assert _states(welfare, stays_away, "goods", date(2023, 3, 20)) == ["expiring"]
        (lapsed,) = _lines(welfare, stays_away, "goods")
    assert (lapsed["state"], lapsed["until"], lapsed["amount"]) == ("lapsed", "2023-03-20", "200.00")
    assert lapsed["decision_id"] is not None


def test_who_is_not_on_a_list_is_told_the_rule_and_the_decision(welfare: WelfareHarness):
    elsewhere = welfare.joined(welfare.other_unit)
    welfare.joined()
    audience = {"unit_ids": [str(welfare.unit)]}
    cycles.open_cycle(welfare, 100, audience=audience)

    (line,) = _lines(welfare, elsewhere, "goods")

    assert (line["state"], line["reason"]) == ("refused", "programmes.unit_is_served")
    assert line["decision_id"] is not None


def test_caps_of_the_year_show_what_is_left(welfare: WelfareHarness):
    member_id = welfare.joined()
    cycles.open_cycle(welfare, 100)

    holiday = next(line for line in _lines(welfare, member_id, "account") if line["params"]["benefit_key"] == "holiday")

    assert (holiday["state"], holiday["params"]["used"], holiday["amount"]) == ("remaining", "200.00", "1800.00")
    assert holiday["until"] == "2023-12-31"


def test_without_rules_the_statement_names_the_missing_one(welfare_without_rules: WelfareHarness):
    member_id = welfare_without_rules.joined()

    (line,) = _lines(welfare_without_rules, member_id, "account")

    assert line["reason"] == "entitlement.items"
    assert line["amount"] is None


def test_a_turn_lapses_with_its_period_unless_it_is_taken(welfare: WelfareHarness):
    play = Play(welfare)

    with on(date(2023, 3, 2)):
        (turn,) = _lines(welfare, play.member_id, "trip")
        play.round.apply(play.by, play.trip)
        (applied,) = _lines(welfare, play.member_id, "trip")

    assert (turn["state"], turn["until"]) == ("expiring", "2023-12-31")
    assert (applied["state"], applied["params"]["step"]) == ("pending", "applied")


def test_officers_and_auditors_read_it_for_a_purpose_that_is_kept(welfare: WelfareHarness):
    member_id = welfare.joined()
    asked = {"member_id": member_id, "purpose": "核对全年福利"}

    by_officer = welfare.ask(read_statement, **asked)
    by_auditor = welfare.ask(read_statement, auditor(), **asked)

    own = _told(welfare, member_id)
    assert by_officer["lines"] == by_auditor["lines"] == own["lines"]
    assert [look["purpose"] for look in own["looks"]] == ["核对全年福利", "核对全年福利"]
    assert by_officer["looks"] == []
    with pytest.raises(NotAllowed):
        welfare.ask(read_statement, welfare.chair, **asked)


def test_no_statement_of_a_day_to_come_or_of_too_many_years(welfare: WelfareHarness):
    member_id = welfare.joined()

    with pytest.raises(Refused) as to_come:
        _told(welfare, member_id, clock.today() + timedelta(days=1))
    with pytest.raises(Refused) as many:
        _told(welfare, member_id, year_from=2000)

    assert (to_come.value.rule, many.value.rule) == ("statement.day_has_come", "statement.years_are_few")


def test_a_voucher_withdrawn_after_a_death_stood_until_then(welfare: WelfareHarness):
    play = Play(welfare)
    with on(date(2023, 3, 15)):
        play._birthday()
        told = _told(welfare, play.member_id)
    with on(date(2023, 3, 17)):
        event = welfare.example_message(
            MemberLeft, None, member_id=play.member_id, unit_id=welfare.unit, standing="deceased", on=date(2023, 3, 10)
        )
        welfare.receive("on_member_left", event)
        assert _lines(welfare, play.member_id, "birthday") == []
        assert _told(welfare, play.member_id, date(2023, 3, 15)) == told
