"""Decisions are stored with what they were made from, told to whom they concern, and come out the same again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from deploy import recomputing
from services.chassis import clock
from services.chassis.errors import NotAllowed, NotFound
from services.chassis.process import settings
from services.chassis.rules.refusal import Refusal, Verdict
from services.chassis.rules.rulebook import PolicyRule, rule_in_force
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.welfare.decisions import get_decision
from services.welfare.decisions.tables import DecisionBasis
from services.welfare.decisions.use_cases import deciders
from services.welfare.decisions.use_cases.deciding import Case, Decided, decide, decide_many
from services.welfare.decisions.use_cases.recomputing import Recomputation
from tests.component.welfare.harness import WelfareHarness
from tests.support.principals import auditor, chair_of, member_account, officer

KIND, SENSITIVE = "programmes.entitlement", "recuperation.eligibility"
CAP = "benefit.birthday.cap"


def within(inputs: Mapping[str, Any], figures: Mapping[str, Any]) -> Verdict:
    """Grant what is asked for, up to the cap."""
    if inputs["asked"] <= float(figures["cap"]):
        return Verdict(amount=inputs["asked"])
    return Verdict(Refusal("benefit.amount_is_within_cap", "Too much.", params={"amount": str(inputs["asked"])}))


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both kinds are decided by `within`, in version 1."""
    monkeypatch.setattr(deciders, "_DECIDERS", {KIND: {1: within}, SENSITIVE: {1: within}})


def made(welfare: WelfareHarness, member_id: UUID, *asked: int, kind: str = KIND) -> list[Decided]:
    with welfare.transaction() as tx:
        rules = {"cap": rule_in_force(tx, CAP, tx.today)}
        return decide_many(tx, kind, tx.today, rules, [Case(uuid4(), member_id, {"asked": sum_}) for sum_ in asked])


def differences(welfare: WelfareHarness, kind: str | None = None) -> list[tuple[str, str]]:
    run, found = Recomputation(kind), []
    while True:
        with welfare.transaction() as tx:
            part = run.part(tx, 2)
        if part is None:
            return [(one.stored, one.now) for one in found]
        found += part


@pytest.mark.databases("postgresql", "sqlite")
def test_a_decision_tells_outcome_rule_document_and_inputs(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    granted, refused = made(welfare, member_id, 100, 900)
    told = welfare.ask(get_decision, decision_id=granted.id)
    assert (told["outcome"], told["reason"], told["amount"], told["inputs"]) == (
        "granted",
        None,
        "100.00",
        {"asked": 100},
    )
    (ground,) = told["grounds"]
    assert (ground["name"], ground["key"], ground["ruleset"], ground["value"]) == ("cap", CAP, "demo", "300.00")
    assert ground["document"]
    told = welfare.ask(get_decision, decision_id=refused.id)
    assert (told["outcome"], told["reason"]) == ("refused", "benefit.amount_is_within_cap")
    assert (told["params"], told["as_of"]) == ({"amount": "900"}, "2023-03-01")


def test_decisions_of_a_run_share_their_rules(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    made(welfare, member_id, *range(1, 700))
    made(welfare, member_id, 1)
    with welfare.transaction() as tx:
        assert tx.session.scalar(sa.select(sa.func.count()).select_from(DecisionBasis)) == 1
    assert len(welfare.stored("SELECT id FROM decision")) == 700


def test_inputs_are_not_readable_in_the_database(welfare: WelfareHarness) -> None:
    made(welfare, welfare.joined(), 123)
    ((stored,),) = welfare.stored("SELECT inputs FROM decision")
    assert "asked" not in stored


def test_the_member_officers_auditors_and_the_units_chair_see_a_decision(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    (one,) = made(welfare, member_id, 100)
    for who in (member_account(member_id), officer(), auditor(), welfare.chair):
        assert welfare.ask(get_decision, who, decision_id=one.id)["member_id"] == str(member_id)
    for who in (member_account(uuid4()), chair_of(uuid4())):
        assert isinstance(welfare.refused(get_decision, who, decision_id=one.id), NotAllowed)
    assert isinstance(welfare.refused(get_decision, decision_id=uuid4()), NotFound)


def test_a_chair_does_not_see_a_sensitive_one(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    (one,) = made(welfare, member_id, 100, kind=SENSITIVE)
    assert welfare.refused(get_decision, welfare.chair, decision_id=one.id).rule == "decisions.sensitive_is_for_few"
    assert welfare.ask(get_decision, member_account(member_id), decision_id=one.id)["outcome"] == "granted"


@pytest.mark.databases("postgresql", "sqlite")
def test_decisions_come_out_the_same_again(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    made(welfare, member_id, 100, 299, 301, 900, 5)
    with clock.frozen(clock.now().replace(year=2024)):
        assert differences(welfare) == []


def test_a_rule_changed_backwards_is_a_difference(welfare: WelfareHarness) -> None:
    made(welfare, welfare.joined(), 100, 250)
    with welfare.transaction() as tx:
        tx.session.execute(sa.update(PolicyRule).where(PolicyRule.key == CAP).values(value="200"))
    assert differences(welfare) == [("granted 250.00", "refused benefit.amount_is_within_cap")]
    assert differences(welfare, SENSITIVE) == []


def test_a_rule_that_is_gone_and_a_decider_that_is_gone_are_differences(
    welfare: WelfareHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(welfare, welfare.joined(), 100)
    with welfare.transaction() as tx:
        tx.session.execute(sa.delete(PolicyRule).where(PolicyRule.key == CAP))
    ((_, now),) = differences(welfare)
    assert "no rule in force" in now
    monkeypatch.setattr(deciders, "_DECIDERS", {KIND: {2: within}})
    ((_, now),) = differences(welfare)
    assert "version 1" in now


def test_a_later_version_decides_and_the_earlier_one_stays_for_what_it_decided(
    welfare: WelfareHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    member_id = welfare.joined()
    (first,) = made(welfare, member_id, 100)
    deciders.decider(KIND, 2)(lambda inputs, figures: Verdict(Refusal("benefit.has_a_rule", "No.")))
    (second,) = made(welfare, member_id, 100)
    assert (first.verdict.outcome, second.verdict.outcome) == ("granted", "refused")
    assert welfare.ask(get_decision, decision_id=second.id)["version"] == 2
    assert differences(welfare) == []


def test_a_decider_is_registered_once(welfare: WelfareHarness) -> None:
    with pytest.raises(ValueError, match="already"):
        deciders.decider(KIND, 1)(lambda inputs, figures: Verdict())
    with pytest.raises(ValueError, match="no kind"):
        deciders.decider("visits.nothing", 1)


def test_inputs_are_erased_with_the_member_and_the_outcome_stays(welfare: WelfareHarness) -> None:
    member_id = welfare.joined()
    gone, _ = made(welfare, member_id, 900, 100)
    (other,) = made(welfare, welfare.joined(), 900)
    welfare.receive("on_member_anonymised", welfare.example_message(MemberAnonymised, member_id=member_id))
    told = welfare.ask(get_decision, decision_id=gone.id)
    assert (told["inputs"], told["params"], told["outcome"]) == (None, {}, "refused")
    assert welfare.ask(get_decision, decision_id=other.id)["inputs"] == {"asked": 900}
    assert differences(welfare) == []


def test_one_is_decided_like_many(welfare: WelfareHarness) -> None:
    with welfare.transaction() as tx:
        rules = {"cap": rule_in_force(tx, CAP, tx.today)}
        assert decide(tx, KIND, tx.today, rules, Case(uuid4(), uuid4(), {"asked": 1})).verdict.outcome == "granted"


def test_the_command_lists_differences_and_fails_when_there_are_any(
    welfare: WelfareHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(welfare, welfare.joined(), 100, 250)
    url = welfare.database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("GONGHUI_WELFARE_DATABASE_URL", url)
    settings.reset()
    assert list(recomputing.recompute(None)) == ["2 decisions made again, 0 different, 0 with erased inputs left out"]
    with welfare.transaction() as tx:
        tx.session.execute(sa.update(PolicyRule).where(PolicyRule.key == CAP).values(value="200"))
    lines = recomputing.recompute(KIND)
    assert "granted 250.00; now refused" in next(lines)
    assert next(lines).startswith("2 decisions made again, 1 different")
    with pytest.raises(recomputing.Differing):
        next(lines)
    settings.reset()


@pytest.mark.databases("postgresql", "sqlite")
def test_a_rule_of_the_scope_that_was_asked_for_is_heard_of_later(welfare: WelfareHarness) -> None:
    case = Case(uuid4(), welfare.joined(), {"asked": 100})
    with welfare.transaction() as tx:
        general = rule_in_force(tx, CAP, tx.today, "agency")
        (one,) = decide_many(tx, KIND, tx.today, {"cap": general}, [case], {"cap": "agency"})
    assert welfare.ask(get_decision, decision_id=one.id)["grounds"][0]["scope"] is None
    assert differences(welfare) == []
    with welfare.transaction() as tx:
        stored = tx.session.scalars(sa.select(PolicyRule).where(PolicyRule.key == CAP)).first()
        assert stored is not None
        columns = ("ruleset", "key", "unit", "title", "number", "article", "valid_from", "valid_to", "basis")
        values = {name: getattr(stored, name) for name in columns}
        tx.session.add(PolicyRule(**values, scope="agency", value="50.00"))
    assert differences(welfare) == [("granted 100.00", "refused benefit.amount_is_within_cap")]
