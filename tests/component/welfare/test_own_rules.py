"""Figures set in governance are heard and decide; visit types of the union's own, by date; what ships is brought."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.chassis import clock
from services.chassis.database.transaction import transaction
from services.chassis.errors import InvalidInput, NoRuleInForce, NotAllowed, Refused
from services.contracts.governance.rulebook.events import RulePublished, RuleWithdrawn
from services.contracts.welfare.visits import operations as visits
from services.contracts.welfare.visits import types as visit_types
from services.welfare.rulebook.use_cases.visit_types import bring_shipped_types
from tests.component.welfare.harness import NOON, WelfareHarness
from tests.support.principals import member_account

RULE = RulePublished.load(RulePublished.example)
TEA = {
    "occasion": "tea",
    "name": "送清凉",
    "name_en": "Cool drinks",
    "level": "unit",
    "due_within_hours": 24,
    "escalate_after_hours": 12,
    "evidence_needed": ["photo"],
    "benefit_key": "tea",
    "standings": ["active"],
}


def hear(welfare: WelfareHarness, *, withdrawn: bool = False, sequence: int | None = None, **changes: Any) -> None:
    """Let governance announce a figure of the union's own."""
    event, method = (RuleWithdrawn, "on_rule_withdrawn") if withdrawn else (RulePublished, "on_rule_published")
    data = {**RULE, "valid_from": clock.today(), **changes}
    welfare.receive(method, welfare.message(event, sequence, **data))


def own(welfare: WelfareHarness, key: str, value: Any, **changes: Any) -> None:
    hear(welfare, rule_id=uuid4(), key=key, value=value, **changes)


def reported(welfare: WelfareHarness, occasion: str = "birth", **changes: Any) -> str:
    return welfare.report(welfare.joined(), occasion, **changes)["visit_id"]


@pytest.mark.databases("postgresql", "sqlite")
def test_a_cap_of_800_set_in_governance_is_heard(welfare: WelfareHarness):
    visit = reported(welfare)
    with pytest.raises(Refused, match="cap of 500"):
        welfare.complete(visit, amount="700.00")
    hear(welfare)

    done = welfare.complete(visit, amount="700.00")
    assert (done["amount"], done["claim_state"]) == ("700.00", "pending")


def test_what_was_announced_before_and_comes_late_is_passed_over(welfare: WelfareHarness):
    hear(welfare, value="900.00", sequence=2)
    hear(welfare, value="800.00", sequence=1)

    assert welfare.complete(reported(welfare), amount="900.00")["amount"] == "900.00"


def test_a_withdrawn_figure_decides_no_more(welfare: WelfareHarness):
    hear(welfare)
    hear(welfare, withdrawn=True)

    with pytest.raises(Refused, match="cap of 500"):
        welfare.complete(reported(welfare), amount="700.00")


@pytest.fixture
def founded(welfare_without_rules: WelfareHarness) -> WelfareHarness:
    """Welfare as it is after founding: what ships was brought, nothing of the demonstration."""
    welfare_without_rules.rules("national")
    return welfare_without_rules


def test_a_founded_union_makes_a_visit_with_figures_of_its_own(founded: WelfareHarness):
    visit = reported(founded)
    with pytest.raises(NoRuleInForce, match=r"benefit of this visit on 2023-03-01"):
        founded.complete(visit)
    own(founded, "benefit.birth.cap", "800.00")

    assert founded.complete(visit, amount="700.00")["claim_state"] == "pending"


def test_every_shipped_occasion_can_be_reported_without_the_demonstration(founded: WelfareHarness):
    items = founded.ask(visit_types.list_visit_types)["items"]
    assert [one["occasion"] for one in items] == [
        "birth", "hospitalisation", "bereavement", "member_death", "wedding", "hardship", "grave_illness",
        "retirement", "on_duty", "accident",
    ]  # fmt: skip
    assert {one["ruleset"] for one in items} == {"national"}
    for one in items:
        relation = {"relation": "parent"} if one["relations"] else {}
        assert reported(founded, one["occasion"], by=founded.officer, **relation)


def test_bringing_what_ships_again_changes_nothing_and_leaves_own_types(founded: WelfareHarness):
    founded.ask(visit_types.set_visit_type, **{**TEA, "occasion": "birth", "due_within_hours": 12})
    with transaction(founded.database) as tx:
        assert bring_shipped_types(tx) == 0

    (birth,) = (one for one in founded.ask(visit_types.list_visit_types)["items"] if one["occasion"] == "birth")
    assert (birth["ruleset"], birth["due_within_hours"], birth["position"]) == ("own", 12, 1)


def test_a_type_of_the_union_s_own_is_reported_made_and_claimed(founded: WelfareHarness):
    with pytest.raises(NoRuleInForce, match=r"visit_type\.tea on 2023-03-01"):
        reported(founded, "tea")
    founded.ask(visit_types.set_visit_type, **TEA)
    visit = reported(founded, "tea")
    own(founded, "benefit.tea.cap", "100.00")
    own(founded, "benefit.tea.forms", ["goods"])
    shown = founded.ask(visits.get_visit, visit_id=visit)

    assert shown["due_at"] == "2023-03-02T04:00:00+00:00"
    assert shown["evidence_needed"] == ["photo"]
    evidence = [{"kind": "photo", "text": "Photo 7."}, {"kind": "signature", "text": "Signed."}]
    founded.complete(visit, amount="100.00", evidence=evidence)
    (event,) = founded.events("visit_completed")
    assert (event["benefit_key"], event["rule_key"]) == ("tea", "benefit.tea.cap")


def test_a_visit_keeps_the_type_it_was_begun_with(founded: WelfareHarness):
    founded.ask(visit_types.set_visit_type, **TEA)
    begun = reported(founded, "tea")
    founded.ask(
        visit_types.set_visit_type, **{**TEA, "evidence_needed": ["receipt", "photo"], "benefit_key": "lemonade"}
    )
    after = reported(founded, "tea")

    assert founded.ask(visits.get_visit, visit_id=begun)["evidence_needed"] == ["photo"]
    assert founded.ask(visits.get_visit, visit_id=after)["evidence_needed"] == ["receipt", "photo"]
    founded.complete(begun, amount=None, form=None, evidence=[{"kind": "photo", "text": "Photo 8."}])
    assert founded.events("visit_completed")[0]["benefit_key"] == "tea"


def test_a_change_from_a_later_day_on_waits_for_it(founded: WelfareHarness):
    founded.ask(visit_types.set_visit_type, **TEA)
    founded.ask(visit_types.set_visit_type, **{**TEA, "due_within_hours": 2, "valid_from": "2023-03-03"})

    def hours() -> int:
        return next(
            one["due_within_hours"]
            for one in founded.ask(visit_types.list_visit_types)["items"]
            if one["occasion"] == "tea"
        )

    assert hours() == 24
    with clock.frozen(NOON + timedelta(days=2)):
        assert hours() == 2
    known = founded.ask(visit_types.list_visit_types, occasion="tea")["items"]
    assert [(one["valid_from"], one["valid_to"]) for one in known] == [
        ("2023-03-03", None),
        ("2023-03-01", "2023-03-02"),
    ]


@pytest.mark.databases("postgresql", "sqlite")
def test_an_occasion_is_ended_and_visits_begun_go_on(founded: WelfareHarness):
    begun = reported(founded)
    founded.ask(visit_types.end_visit_type, occasion="birth", last_day="2023-03-01", reason="并入其他慰问")
    assert reported(founded)
    with clock.frozen(NOON + timedelta(days=1)):
        with pytest.raises(NoRuleInForce, match=r"visit_type\.birth on 2023-03-02"):
            reported(founded)
        assert "birth" not in {one["occasion"] for one in founded.ask(visit_types.list_visit_types)["items"]}
        assert founded.complete(begun, amount=None, form=None)["state"] == "closed"
        founded.ask(visit_types.set_visit_type, **{**TEA, "occasion": "birth"})
        assert reported(founded), "it can be taken up again"


def test_types_begin_and_end_by_rules_and_by_officers_only(founded: WelfareHarness):
    with pytest.raises(Refused) as refused:
        founded.ask(visit_types.set_visit_type, **{**TEA, "valid_from": "2023-02-28"})
    assert refused.value.rule == "visit_types.begins_today_or_later"
    with pytest.raises(Refused) as refused:
        founded.ask(visit_types.end_visit_type, occasion="birth", last_day="2023-02-27", reason="不再办理")
    assert refused.value.rule == "visit_types.ends_yesterday_at_the_earliest"
    for payload in ({**TEA, "occasion": "Tea time"}, {**TEA, "evidence_needed": []}, {**TEA, "due_within_hours": 0}):
        with pytest.raises(InvalidInput):
            founded.ask(visit_types.set_visit_type, **payload)
    for somebody in (founded.chair, member_account(uuid4())):
        with pytest.raises(NotAllowed):
            founded.ask(visit_types.set_visit_type, somebody, **TEA)


def test_nothing_readable_in_a_visit_tells_its_type(founded: WelfareHarness):
    reported(founded)
    ((type_id,),) = founded.stored("SELECT type_id FROM visit")
    known = {str(row[0]).replace("-", "") for row in founded.stored("SELECT id FROM dated_visit_type")}

    assert type_id
    assert str(type_id).replace("-", "") not in known


def test_a_visit_of_the_release_before_has_the_type_of_the_day_it_was_reported(founded: WelfareHarness):
    begun = reported(founded)
    founded.stored("UPDATE visit SET type_id = NULL RETURNING id")
    with clock.frozen(NOON + timedelta(days=1)):
        founded.ask(visit_types.set_visit_type, **{**TEA, "occasion": "birth"})
        shown = founded.ask(visits.get_visit, visit_id=begun)

    assert shown["evidence_needed"] == ["note", "signature"]
