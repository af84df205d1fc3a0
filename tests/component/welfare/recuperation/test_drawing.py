"""The draw of a round and what follows: the published file, waiting list, trips that fail, settlement."""

from __future__ import annotations

import base64
import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from services.chassis.draw_file import verify
from services.chassis.errors import NoRuleInForce, NotAllowed, Problem
from services.chassis.security.principal import Principal
from services.contracts.welfare import entitlements
from services.contracts.welfare.recuperation import operations as contract
from tests.component.welfare.harness import WelfareHarness
from tests.component.welfare.recuperation.rounds import DRAWN_ON, LAST_DAY, VALUE, Round, on, refused
from tests.support.at_once import all_at_once
from tests.support.principals import member_account, officer


def file_of(round_: Round, trip_id: str, by: Principal | None = None) -> Any:
    file = round_.welfare.ask(contract.draw_file, by, trip_id=trip_id)
    text = base64.b64decode(file["content"])
    assert all(finding.holds for finding in verify(text))
    return json.loads(text)


def withdraw(round_: Round, application_id: str, by: Principal | None = None) -> dict[str, Any]:
    return round_.welfare.ask(contract.withdraw_trip_application, by, application_id=application_id)


@pytest.mark.databases("postgresql", "sqlite")
def test_a_round_is_drawn_once_and_everyone_can_verify_it(round_: Round) -> None:
    first, second = round_.trip(places=20), round_.trip(places=20, starts_on="2026-07-20")
    made = [*round_.applicants(24, first, second), *round_.applicants(24, second)]
    committed = round_.commit()
    assert committed["state"] == "committed"
    assert [finding.holds for finding in verify(json.dumps(file_of(round_, first)))] == [True] * 3

    with on(DRAWN_ON):
        assert round_.enter(first)["value_entered"] is True
        drawn = round_.enter(second, officer())
        assert (drawn["state"], drawn["placed"], drawn["waiting"]) == ("drawn", 40, 8)
        assert refused(round_.enter, first) == "recuperation.draw_goes_step_by_step"

    content = file_of(round_, second, member_account())
    assert content["drawn"]["public_value"] == VALUE
    assert content["entries_sha256"] == committed["entries_sha256"]
    stored = {one["id"]: one["trip_id"] for one in round_.applications()}
    assert stored == {one["id"]: one["offer"] for one in content["drawn"]["results"]}
    assert [one["id"] for one in round_.applications()] == [one["id"] for one in content["drawn"]["results"]]
    assert stored.keys() == {one["id"] for one in made}
    assert Counter(event["state"] for event in round_.welfare.events("trip_place_changed")) == {
        "drawn_in": 40, "waiting": 8,
    }  # fmt: skip
    (told,) = round_.welfare.events("draw_decided")
    assert (told["entries"], told["placed"], told["waiting"]) == (48, 40, 8)


def test_the_secret_is_told_with_the_result_only(round_: Round) -> None:
    trip = round_.trip()
    round_.applicants(1, trip)
    assert refused(round_.welfare.ask, contract.draw_file, trip_id=trip) == "recuperation.entries_are_closed"
    told = round_.commit()

    assert "secret" not in told
    assert "drawn" not in file_of(round_, trip)
    ((stored,),) = round_.welfare.stored("SELECT secret FROM recuperation_round")
    assert len(stored) > 64, "encrypted"


def test_the_public_value_is_of_a_later_day_and_entered_by_two_who_agree(round_: Round) -> None:
    trip = round_.trip()
    round_.applicants(1, trip)
    round_.close()
    assert refused(round_.close) == "recuperation.round_is_open"
    commit = {"round_id": round_.id, "public_source": "上证指数", "public_example": "3912.05", "public_day": LAST_DAY}
    with on(LAST_DAY):
        assert refused(round_.welfare.ask, contract.commit_draw, **commit) == "recuperation.public_day_is_ahead"
        round_.welfare.ask(contract.commit_draw, **{**commit, "public_day": DRAWN_ON})
    assert refused(round_.enter, trip) == "recuperation.public_value_can_exist"
    with on(DRAWN_ON):
        first, second = officer(), officer()
        round_.enter(trip, first, "3867.29")
        assert refused(round_.enter, trip, second) == "recuperation.values_agree"
        assert round_.enter(trip, first)["state"] == "committed", "one person alone draws nothing"
        assert round_.enter(trip, second)["state"] == "drawn"


def test_a_value_entered_wrongly_is_replaced_with_a_reason_and_two_still_agree(round_: Round) -> None:
    trip = round_.trip()
    round_.applicants(1, trip)
    round_.commit()
    with on(DRAWN_ON):
        first, second, third = officer(), officer(), officer()
        round_.enter(trip, first, "3867.29")
        corrected = {"trip_id": trip, "public_value": "3867.92", "replace_reason": "第一位录错两位数字"}
        assert round_.welfare.ask(contract.enter_public_value, second, **corrected)["state"] == "committed"
        assert round_.enter(trip, second, "3867.92")["state"] == "committed", "one person alone draws nothing"
        assert refused(round_.enter, trip, first, "3867.29") == "recuperation.values_agree"
        assert round_.enter(trip, third, "3867.92")["state"] == "drawn"
    assert round_.welfare.stored("SELECT count(*) FROM change_history WHERE reason IS NOT NULL") == [(1,)]


def test_nobody_applies_or_publishes_after_the_entries_are_closed(round_: Round) -> None:
    trip, draft = round_.trip(), round_.draft()
    round_.applicants(1, trip)
    round_.commit()

    assert refused(round_.apply, round_.member(), trip) == "recuperation.applications_are_taken"
    assert refused(round_.draft) == "recuperation.round_is_open"
    assert round_.look(draft)["state"] == "cancelled"


def test_an_empty_round_is_not_closed(round_: Round) -> None:
    round_.trip()

    assert refused(round_.close) == "recuperation.somebody_applied"


def test_a_quota_limits_a_unit_also_in_the_file(round_: Round) -> None:
    unit = round_.welfare.unit
    trip = round_.trip(places=20, quotas=[{"unit_id": str(unit), "most": 3}])
    round_.applicants(10, trip)
    round_.applicants(10, trip, unit_id=round_.welfare.other_unit)
    round_.draw(trip)

    placed = Counter(one["unit_id"] for one in round_.applications(state="drawn_in"))
    assert placed == {str(unit): 3, str(round_.welfare.other_unit): 10}
    assert file_of(round_, trip)["offers"][0]["quotas"] == {str(unit): 3}


def test_who_withdraws_between_closing_and_draw_stays_on_the_list_and_leaves_the_place(round_: Round) -> None:
    trip = round_.trip(places=20)
    made = round_.applicants(22, trip)
    round_.commit()
    withdraw(round_, made[0]["id"])
    withdraw(round_, made[1]["id"])
    with on(DRAWN_ON):
        round_.enter(trip)
        assert round_.enter(trip, officer())["placed"] == 20

    assert len(file_of(round_, trip)["drawn"]["results"]) == 22
    assert Counter(round_.states().values()) == {"drawn_in": 20, "withdrawn": 2}


def test_a_free_place_goes_to_who_waits_longest_and_fits(round_: Round) -> None:
    trip = round_.trip(places=20)
    singles = [round_.member() for _ in range(21)]
    for one in singles:
        round_.apply(one, trip)
    round_.draw(trip)
    placed, waiting = round_.applications(state="drawn_in"), round_.applications(state="waiting")
    withdraw(round_, placed[0]["id"])

    assert round_.states()[waiting[0]["id"]] == "drawn_in"
    assert round_.look(trip)["taken"] == 20


def test_withdrawing_is_for_the_applicant_and_officers(round_: Round) -> None:
    made = round_.apply(round_.member(), round_.trip())

    with pytest.raises(NotAllowed):
        withdraw(round_, made["id"], round_.member())


def test_a_trip_below_its_minimum_fails_and_its_people_go_by_their_choices(round_: Round) -> None:
    small, large = round_.trip(places=20), round_.trip(places=24, starts_on="2026-07-20")
    round_.applicants(22, large)
    movers = round_.applicants(4, small, large)
    round_.draw(small)
    told = round_.welfare.ask(contract.decide_trip, trip_id=small)

    assert (told["trip"]["state"], told["moved"], told["waiting"]) == ("failed", 2, 2)
    states = round_.states()
    assert Counter(states[one["id"]] for one in movers) == {"drawn_in": 2, "waiting": 2}
    confirmed = round_.welfare.ask(contract.decide_trip, trip_id=large)
    assert (confirmed["trip"]["state"], confirmed["trip"]["taken"]) == ("confirmed", 24)
    withdraw(round_, round_.applications(state="confirmed")[0]["id"])
    assert Counter(round_.states().values()) == {"confirmed": 24, "waiting": 1, "withdrawn": 1}


def test_an_application_is_moved_to_another_of_its_choices_with_room(round_: Round) -> None:
    first, second, third = (round_.trip(places=20) for _ in range(3))
    made = round_.apply(round_.member(), first, second)
    round_.draw(first)
    move = {"application_id": made["id"], "reason": "与家人同行"}

    assert round_.welfare.ask(contract.move_trip_application, trip_id=second, **move)["trip_id"] == second
    assert refused(round_.welfare.ask, contract.move_trip_application, trip_id=third, **move) == (
        "recuperation.trip_has_room"
    )


def _travelled(round_: Round, cost: str = "2800.00") -> tuple[str, list[dict[str, Any]], list[Principal]]:
    trip = round_.trip(places=24)
    people = [round_.member() for _ in range(20)]
    made = [round_.apply(one, trip, family=["张三"] if one is people[0] else []) for one in people]
    round_.draw(trip)
    round_.welfare.ask(contract.decide_trip, trip_id=trip)
    return trip, made, people


def test_a_trip_is_settled_against_the_cap_and_rated_by_who_went(round_: Round) -> None:
    trip, made, people = _travelled(round_)
    assert refused(round_.welfare.ask, contract.note_travelled, trip_id=trip) == "recuperation.trip_is_over"
    with on(date(2026, 7, 15)):
        round_.welfare.ask(contract.note_travelled, trip_id=trip, no_shows=[made[1]["id"]])
        settled = round_.welfare.ask(contract.settle_trip, trip_id=trip, cost="3200.00", loss="0")
        assert (settled["state"], settled["cost"]) == ("settled", "3200.00")
        by_id = {one["id"]: one for one in round_.applications()}
        first = by_id[made[0]["id"]]
        assert (first["state"], first["cost"], first["own_cost"]) == ("settled", "3000.00", "3400.00")
        assert by_id[made[1]["id"]]["state"] == "no_show"
        account = round_.welfare.ask(entitlements.my_entitlements, people[0])["items"]
        assert {one["benefit_key"]: one["used"] for one in account}["recuperation"] == "3000.00"
        rate = {"application_id": made[0]["id"], "rating": 4, "comment": "很好"}
        assert round_.welfare.ask(contract.rate_trip, people[0], **rate)["rating"] == 4
        assert refused(round_.welfare.ask, contract.rate_trip, people[1], **rate) == "recuperation.who_went_rates"
        assert round_.look(trip)["rating"] == 4.0


def test_a_no_show_uses_the_turn(round_: Round) -> None:
    trip, made, people = _travelled(round_)
    with on(date(2026, 7, 15)):
        round_.welfare.ask(contract.note_travelled, trip_id=trip, no_shows=[made[1]["id"]])
        other = Round(round_.welfare, title="秋季", apply_from="2026-07-01", apply_until="2026-08-01")
        other.joined_on = round_.joined_on
        assert refused(other.apply, people[1], other.trip(starts_on="2026-09-01")) == "recuperation.turn_is_unused"


def test_shortly_before_departure_withdrawing_is_late(round_: Round) -> None:
    _, made, _ = _travelled(round_)
    with on(date(2026, 7, 3)):
        assert withdraw(round_, made[2]["id"])["state"] == "withdrawn"
    with on(date(2026, 7, 4)):
        assert withdraw(round_, made[3]["id"])["state"] == "cancelled_late"


def test_without_the_rule_nobody_says_what_is_late(welfare: WelfareHarness) -> None:
    round_ = Round(welfare)
    trip = round_.trip(places=20)
    made = round_.apply(round_.member(), trip)
    round_.draw(trip)
    with welfare.transaction() as tx:
        tx.session.execute(sa.text("DELETE FROM policy_rule WHERE key = 'recuperation.late_days'"))
    with pytest.raises(NoRuleInForce):
        withdraw(round_, made["id"])


def test_the_list_for_agency_and_insurer_names_the_family_and_is_logged(round_: Round) -> None:
    trip, made, _ = _travelled(round_)
    people = round_.welfare.ask(contract.read_travellers, trip_id=trip, purpose="办理保险")["items"]

    assert len(people) == 20
    assert {one["application_id"]: one["family"] for one in people}[made[0]["id"]] == ["张三"]
    assert round_.welfare.stored("SELECT field, purpose FROM access_log") == [("family", "办理保险")]


@pytest.mark.databases("postgresql")
def test_applying_twice_at_once_makes_one_application(round_: Round) -> None:
    trip, member = round_.trip(), round_.member()
    answers = all_at_once(*(lambda: round_.apply(member, trip) for _ in range(4)))

    assert len({one["id"] for one in answers}) == 1
    assert len(round_.applications()) == 1


@pytest.mark.databases("postgresql")
def test_drawing_twice_at_once_draws_once(round_: Round) -> None:
    trip = round_.trip(places=20)
    round_.applicants(25, trip)
    round_.commit()
    with on(DRAWN_ON):
        round_.enter(trip)
        answers = all_at_once(*(lambda: round_.enter(trip, officer()) for _ in range(4)))

    assert Counter(isinstance(one, Problem) for one in answers) == {False: 1, True: 3}
    assert len(round_.welfare.events("draw_decided")) == 1
    assert len(round_.welfare.events("trip_place_changed")) == 25
    file_of(round_, trip)


@pytest.mark.databases("postgresql")
def test_withdrawing_during_the_draw_loses_no_place(round_: Round) -> None:
    trip = round_.trip(places=20)
    made = round_.applicants(24, trip)
    round_.commit()
    with on(DRAWN_ON):
        round_.enter(trip)
        acts = [
            lambda: round_.enter(trip, officer()),
            *(lambda one=one: withdraw(round_, one["id"]) for one in made[:4]),
        ]
        assert not [one for one in all_at_once(*acts) if isinstance(one, Problem)]

    assert Counter(round_.states().values()) == {"drawn_in": 20, "withdrawn": 4}
    assert round_.look(trip)["taken"] == 20
