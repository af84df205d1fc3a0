"""Who visits whom: accidents by the unit, chairs by the union, by the type in force; reminders before the due time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.chassis import clock
from services.chassis.errors import NoRuleInForce, NotAllowed, Refused, Unavailable
from services.chassis.security.principal import Grant, Principal
from services.contracts.welfare.visits import operations as visits
from services.contracts.welfare.visits import types as visit_types
from tests.component.welfare.harness import NOON, WelfareHarness
from tests.support.at_once import at_once
from tests.support.principals import chair_of


def chair(welfare: WelfareHarness) -> UUID:
    """Return the member who chairs the unit."""
    member_id = welfare.joined()
    welfare.posts[str(member_id)] = ["unit_chair"]
    return member_id


def level_of(welfare: WelfareHarness, visit_id: str) -> str:
    level: str = welfare.ask(visits.get_visit, visit_id=visit_id)["level"]
    return level


@pytest.mark.databases("postgresql", "sqlite")
def test_after_an_accident_the_unit_visits_and_nothing_is_given_without_a_rule(welfare: WelfareHarness) -> None:
    visit_id = welfare.report(welfare.joined(), "accident")["visit_id"]

    assert level_of(welfare, visit_id) == "unit"
    made = welfare.complete(visit_id, amount=None, form=None)
    assert (made["state"], made["evidence_missing"]) == ("visited", ["document"])
    with pytest.raises(NoRuleInForce) as missing:
        welfare.complete(welfare.report(welfare.joined(), "accident")["visit_id"], welfare.officer)
    assert missing.value.rule == "benefit.accident.cap"


@pytest.mark.databases("postgresql", "sqlite")
def test_a_chair_is_visited_by_the_union_also_where_others_are_by_their_unit(welfare: WelfareHarness) -> None:
    of_chair = welfare.report(chair(welfare), "hospitalisation")["visit_id"]
    of_member = welfare.report(welfare.joined(), "hospitalisation")["visit_id"]

    assert (level_of(welfare, of_chair), level_of(welfare, of_member)) == ("union", "unit")
    levels = {event["visit_id"]: event["level"] for event in welfare.events("visit_required")}
    assert levels == {of_chair: "union", of_member: "unit"}
    with pytest.raises(NotAllowed) as refused:
        welfare.complete(of_chair, chair_of(welfare.unit))
    assert refused.value.rule == "visits.level_is_ours"


def test_which_posts_are_visited_by_the_union_is_data_of_the_type(welfare: WelfareHarness) -> None:
    birth = next(one for one in welfare.ask(visit_types.list_visit_types)["items"] if one["occasion"] == "birth")
    assert birth["union_posts"] == ["unit_chair"]
    terms = visit_types.SetVisitType().fields
    own = {name: value for name, value in birth.items() if name in terms and name != "valid_from"}
    welfare.ask(visit_types.set_visit_type, **{**own, "union_posts": []})

    assert level_of(welfare, welfare.report(chair(welfare))["visit_id"]) == "unit"


def test_membership_is_asked_only_where_the_type_decides_by_posts(welfare: WelfareHarness) -> None:
    asked: list[Any] = []
    welfare.answers["membership.facts_of_members"] = lambda request: asked.append(request) or {"items": []}
    welfare.report(welfare.joined(), "hardship", by=welfare.officer)
    assert asked == []
    welfare.report(welfare.joined())
    assert [(one["purpose"], one["facts"]) for one in asked] == [("visit_level", ["posts"])]


def test_while_membership_is_away_nothing_is_reported_by_guess(welfare: WelfareHarness) -> None:
    def away(_: Any) -> Any:
        raise Unavailable("membership does not answer")

    visited = welfare.joined()
    welfare.answers["membership.facts_of_members"] = away
    with pytest.raises(Unavailable):
        welfare.report(visited)
    assert welfare.events("visit_required", "life_event_reported") == []


def test_the_visited_chair_neither_sends_somebody_nor_calls_the_visit_off(welfare: WelfareHarness) -> None:
    visited, other = welfare.joined(), welfare.joined()
    visit_id = welfare.report(visited)["visit_id"]
    by_office = Principal("account", uuid4(), visited, (Grant("officer"), Grant("member")))
    for own in (chair_of(welfare.unit, member_id=visited), by_office):
        for operation, values in (
            (visits.assign_visit, {"assignee_id": other}),
            (visits.cancel_visit, {"reason": "not needed"}),
        ):
            with pytest.raises(Refused) as refused:
                welfare.ask(operation, own, visit_id=visit_id, **values)
            assert refused.value.rule == "visits.visited_does_not_direct"
    with pytest.raises(Refused) as refused:
        welfare.ask(visits.assign_visit, welfare.chair, visit_id=visit_id, assignee_id=visited)
    assert refused.value.rule == "visits.assignee_may_go"


@pytest.mark.databases("postgresql", "sqlite")
def test_a_reminder_goes_out_once_before_the_due_time_and_names_who_is_sent(welfare: WelfareHarness) -> None:
    waiting, sent = (welfare.report(welfare.joined())["visit_id"] for _ in range(2))
    helper = welfare.joined()
    welfare.ask(visits.assign_visit, welfare.chair, visit_id=sent, assignee_id=helper)
    with clock.frozen(NOON + timedelta(hours=35)):
        welfare.run_timer("watch_visit_deadlines")
        assert welfare.events("visit_due_soon") == []
    with clock.frozen(NOON + timedelta(hours=36)):
        at_once(4, lambda _: welfare.run_timer("watch_visit_deadlines"))
    found = {event["visit_id"]: event["assignee_member_id"] for event in welfare.events("visit_due_soon")}
    assert found == {waiting: None, sent: str(helper)}
    assert len(welfare.events("visit_due_soon")) == 2


def test_no_reminder_for_what_was_made_or_is_overdue(welfare: WelfareHarness) -> None:
    welfare.complete(welfare.report(welfare.joined())["visit_id"])
    welfare.report(welfare.joined())
    with clock.frozen(NOON + timedelta(days=3)):
        welfare.run_timer("watch_visit_deadlines")
    assert welfare.events("visit_due_soon") == []
    assert len(welfare.events("visit_overdue")) == 1
