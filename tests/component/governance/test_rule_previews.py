"""Drafts and previews of changes of rules, bases and qualifiers, and two officers who set the same figure at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from services.chassis.errors import Conflict, InvalidInput, NotAllowed, Problem, Refused
from services.chassis.identifiers import uuid7
from services.contracts.governance.funds import operations as funds
from services.contracts.governance.rulebook import operations as rulebook
from tests.component.governance.harness import GovernanceHarness
from tests.support.principals import member_account

CAP = "benefit.birth.cap"
OWN = {"key": CAP, "value": "800.00", "document": "本校慰问办法", "valid_from": "2026-03-01"}


def draft(governance: GovernanceHarness, **change: Any) -> dict[str, Any]:
    return governance.ask(rulebook.draft_rule_change, **change)


def days(drafted: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(one["value"], one["valid_from"], one["valid_to"]) for one in drafted["rules"]]


def own(governance: GovernanceHarness, **changes: Any) -> dict[str, Any]:
    return governance.ask(rulebook.set_rule, **{**OWN, **changes})


def test_a_draft_says_what_a_change_would_leave_and_stores_nothing(funded: GovernanceHarness):
    first = own(funded)
    later = own(funded, value="900.00", valid_from="2026-06-01")
    before = funded.ask(rulebook.get_rule, key=CAP)

    drafted = draft(funded, set={**OWN, "value": "850.00", "valid_from": "2026-04-01"})
    assert days(drafted) == [
        ("800.00", "2026-03-01", "2026-03-31"),
        ("850.00", "2026-04-01", "2026-05-31"),
        ("900.00", "2026-06-01", None),
    ]
    ended = draft(funded, end={"rule_id": first["id"], "last_day": "2026-03-20"})
    assert days(ended)[0] == ("800.00", "2026-03-01", "2026-03-20")
    assert days(draft(funded, withdraw={"rule_id": later["id"]})) == [("800.00", "2026-03-01", None)]
    assert funded.ask(rulebook.get_rule, key=CAP) == before


def test_a_draft_is_refused_as_the_change_itself_would_be(funded: GovernanceHarness):
    with pytest.raises(Refused) as refused:
        draft(funded, set={**OWN, "value": "plenty"})
    assert (refused.value.rule, refused.value.field) == ("rulebook.value_fits_key", "value")
    with pytest.raises(Refused) as refused:
        draft(funded, set={**OWN, "valid_to": "2026-02-01"})
    assert (refused.value.rule, refused.value.field) == ("rulebook.first_day_is_plausible", "valid_to")
    for change in ({}, {"set": OWN, "withdraw": {"rule_id": uuid7()}}):
        with pytest.raises(InvalidInput, match=r"."):
            draft(funded, **change)


@pytest.mark.databases("postgresql", "sqlite")
def test_open_claims_that_a_higher_cap_would_allow_are_named(funded: GovernanceHarness):
    funded.claim(uuid7(), amount="700.00")
    funded.claim(uuid7(), amount="5000.00")
    drafted = draft(funded, set=OWN)

    found = funded.ask(rulebook.preview_rule_change, **drafted)["items"]
    (refusal,) = (one for one in funded.ask(funds.list_refusals, state="open")["items"] if one["amount"] == "700.00")
    assert found == [{"kind": "claims", "outcome": "allowed", "count": 1, "ids": [refusal["id"]], "at_least": False}]
    assert funded.ask(rulebook.preview_rule_change, **draft(funded, set={**OWN, "value": "501.00"}))["items"] == []
    own(funded)
    retried = funded.ask(funds.retry_refusal, refusal_id=refusal["id"])
    assert retried["outcome"] == "recorded", "what was foretold is what is decided"


def test_previews_are_for_officers(funded: GovernanceHarness):
    with pytest.raises(NotAllowed):
        funded.ask(rulebook.preview_rule_change, member_account(uuid7()), key=CAP, rules=[])


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"basis": "share_of_wages"}, "rulebook.basis_fits_key", "basis"),
        ({"qualifiers": "destination=paired_aid"}, "rulebook.qualifiers_fit_key", "qualifiers"),
        ({"key": "recuperation.days", "qualifiers": "destination=moon"}, "rulebook.qualifiers_fit_key", "qualifiers"),
        ({"key": "prize.winners_share", "value": "5/3"}, "rulebook.value_fits_key", "value"),
    ],
)  # fmt: skip
def test_a_basis_or_qualifier_that_no_decision_knows_is_refused(
    governance: GovernanceHarness, changes: dict, rule: str, field: str
):
    with pytest.raises(Refused) as refused:
        own(governance, **changes)

    assert (refused.value.rule, refused.value.field) == (rule, field)


@pytest.mark.parametrize(
    "changes", [{"basis": "by_the_dozen"}, {"qualifiers": "paired aid"}, {"value": ""}, {"valid_from": "soon"}]
)
def test_what_cannot_be_read_is_an_input_error_of_its_field(governance: GovernanceHarness, changes: dict):
    with pytest.raises(InvalidInput) as invalid:
        own(governance, **changes)

    assert list(invalid.value.errors) == list(changes)


def test_a_rule_keeps_its_basis_and_one_with_qualifiers_stands_beside_the_general_one(governance: GovernanceHarness):
    assert own(governance)["basis"] == "per_occasion", "the usual one of the key"
    assert own(governance, basis="per_member_year")["basis"] == "per_member_year"
    general = own(governance, key="recuperation.days", value="5")
    paired = own(governance, key="recuperation.days", value="9", qualifiers="destination=paired_aid")

    listed = governance.ask(rulebook.list_rules, topic="recuperation", ruleset="own", on="2026-03-11")["items"]
    assert [(one["value"], one["qualifiers"], one["decides"], one["valid_to"]) for one in listed] == [
        ("5", "", True, None),
        ("9", "destination=paired_aid", True, None),
    ]
    assert general["id"] != paired["id"]
    assert listed[0]["used_by"] == ["welfare"]


def test_rules_are_found_by_service_words_and_set(funded: GovernanceHarness):
    def keys(**filters: Any) -> set[str]:
        return {one["key"] for one in funded.ask(rulebook.list_rules, limit=100, **filters)["items"]}

    assert keys(service="welfare") >= {"entitlement.items", CAP}
    assert not {key for key in keys(service="welfare") if key.startswith(("dues.", "retention."))}
    assert keys(q="总工办发") >= {"benefit.birth.forms"}
    assert keys(q="生育", named=[CAP]) == {CAP}
    assert keys(ruleset="national", topic="dues") == {"dues.percent", "dues.base_step", "dues.paying_standings"}


def test_a_change_considered_before_somebody_elses_is_refused(funded: GovernanceHarness):
    seen = funded.ask(rulebook.get_rule, key=CAP)["version"]
    own(funded, version=seen)
    with pytest.raises(Conflict) as refused:
        own(funded, value="850.00", version=seen)

    assert refused.value.rule == "rulebook.nobody_changed_it_meanwhile"
    assert funded.ask(rulebook.get_rule, key=CAP)["items"][0]["value"] == "800.00"
    own(funded, value="850.00", version=funded.ask(rulebook.get_rule, key=CAP)["version"])


def test_of_two_officers_who_set_the_same_key_at_once_one_is_told(funded: GovernanceHarness):
    seen = funded.ask(rulebook.get_rule, key=CAP)["version"]
    begin, outcomes = threading.Barrier(2), []

    def sets(value: str) -> None:
        begin.wait()
        try:
            outcomes.append(own(funded, value=value, version=seen)["value"])
        except Problem as problem:
            outcomes.append(problem.rule)

    both = [threading.Thread(target=sets, args=(value,)) for value in ("810.00", "820.00")]
    for one in both:
        one.start()
    for one in both:
        one.join()

    told = "rulebook.nobody_changed_it_meanwhile"
    assert outcomes.count(told) == 1
    (value,) = (outcome for outcome in outcomes if outcome != told)
    kept = [one for one in funded.ask(rulebook.list_rules, key=CAP)["items"] if one["ruleset"] == "own"]
    assert [one["value"] for one in kept] == [value]


def test_a_cap_counted_by_member_and_year_counts_what_the_member_had_before(funded: GovernanceHarness):
    own(funded, basis="per_member_year", valid_from="2026-01-01")
    for _ in range(2):
        funded.claim(uuid7(), amount="500.00", beneficiary="a-member")

    (refused,) = funded.ask(funds.list_refusals, state="open")["items"]
    assert (refused["rule"], refused["reason_code"]) == (CAP, "year_cap_exceeded")
    own(funded, basis="per_occasion", valid_from="2026-01-01")
    assert funded.ask(funds.retry_refusal, refusal_id=refused["id"])["outcome"] == "recorded"


def test_without_a_basis_a_figure_is_counted_as_the_one_it_takes_precedence_over(funded: GovernanceHarness):
    assert own(funded, key="benefit.holiday.cap")["basis"] == "per_member_year"
    assert own(funded, key="benefit.hardship.cap")["basis"] == "per_occasion"
