"""Rules of the union's own: set, followed by others, ended, withdrawn, announced; shipped ones brought again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.chassis.database.tables import OutboxEvent
from services.chassis.database.transaction import transaction
from services.chassis.errors import NotFound, Refused
from services.chassis.identifiers import uuid7
from services.chassis.rules.rulebook import PolicyRule, rule_in_force
from services.contracts.governance.funds import budget
from services.contracts.governance.funds import operations as funds
from services.contracts.governance.rulebook import operations as rulebook
from services.contracts.governance.rulebook.sets import list_rule_sets
from services.governance.rulebook.use_cases.shipping import bring_shipped_rules
from tests.component.governance.harness import TODAY, GovernanceHarness

CAP = "benefit.birth.cap"
OWN = {"key": CAP, "value": "800.00", "document": "本校慰问办法", "number": "校工〔2026〕3号", "article": "第五条"}


def own_cap(governance: GovernanceHarness, begins: str = "2026-03-01", **changes: Any) -> dict[str, Any]:
    return governance.ask(rulebook.set_rule, **{**OWN, "valid_from": begins, **changes})


def announced(governance: GovernanceHarness) -> list[tuple[str, str, str, str | None]]:
    """Return type, value and days of what was announced about rules, in order."""
    statement = sa.select(OutboxEvent).where(OutboxEvent.type.like("rule_%")).order_by(OutboxEvent.position)
    with governance.database.session() as session:
        rows = session.scalars(statement).all()
        return [(row.type, row.data["value"], row.data["valid_from"], row.data["valid_to"]) for row in rows]


def in_force(governance: GovernanceHarness, day: date, key: str = CAP) -> str:
    with transaction(governance.database) as tx:
        return str(rule_in_force(tx, key, day).value)


def brought(governance: GovernanceHarness) -> int:
    with transaction(governance.database) as tx:
        return bring_shipped_rules(tx)


def test_a_rule_that_is_set_is_announced_whole_and_once(governance: GovernanceHarness):
    made = own_cap(governance)

    assert own_cap(governance) == made, "setting the same again changes and announces nothing"
    assert (made["ruleset"], made["scope"], made["withdrawn"]) == ("own", None, False)
    with governance.database.session() as session:
        (event,) = session.scalars(sa.select(OutboxEvent).where(OutboxEvent.type == "rule_published"))
    assert event.subject == f"rule/{made['id']}"
    assert event.data == {
        "rule_id": made["id"], "key": CAP, "scope": None, "value": "800.00", "unit": "yuan", "ruleset": "own",
        "title": "本校慰问办法", "number": "校工〔2026〕3号", "article": "第五条", "valid_from": "2026-03-01",
        "valid_to": None, "basis": "per_occasion", "qualifiers": "", "certainty": None,
    }  # fmt: skip


def test_an_own_rule_begins_on_the_very_day_a_shipped_one_does(funded: GovernanceHarness):
    own_cap(funded, "2022-01-01")

    assert in_force(funded, date(2022, 1, 1)) == "800.00"


@pytest.mark.databases("postgresql", "sqlite")
def test_the_next_own_rule_ends_the_one_before_whichever_is_set_first(governance: GovernanceHarness):
    own_cap(governance, "2026-07-01", value="900.00")
    own_cap(governance, "2026-01-01")

    assert [in_force(governance, day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == ["800.00", "900.00"]
    own_cap(governance, "2026-04-01", value="850.00")
    assert in_force(governance, date(2026, 3, 31)) == "800.00"
    assert in_force(governance, date(2026, 4, 1)) == "850.00"
    assert announced(governance) == [
        ("rule_published", "900.00", "2026-07-01", None),
        ("rule_published", "800.00", "2026-01-01", "2026-06-30"),
        ("rule_published", "800.00", "2026-01-01", "2026-03-31"),
        ("rule_published", "850.00", "2026-04-01", "2026-06-30"),
    ]


def test_after_the_last_day_of_an_own_rule_the_shipped_one_decides_again(funded: GovernanceHarness):
    made = own_cap(funded)
    funded.ask(rulebook.end_rule, rule_id=made["id"], last_day="2026-03-31", reason="办法修订")

    assert [in_force(funded, day) for day in (date(2026, 3, 31), date(2026, 4, 1))] == ["800.00", "500.00"]
    assert announced(funded)[-1] == ("rule_published", "800.00", "2026-03-01", "2026-03-31")


def test_a_rule_does_not_end_so_far_back_that_past_decisions_lose_it(funded: GovernanceHarness):
    made = own_cap(funded)
    with pytest.raises(Refused) as refused:
        funded.ask(rulebook.end_rule, rule_id=made["id"], last_day="2026-03-09", reason="办法修订")

    assert refused.value.rule == "rulebook.last_day_can_be_set"
    funded.ask(rulebook.end_rule, rule_id=made["id"], last_day="2026-03-10", reason="办法修订")
    assert in_force(funded, TODAY) == "500.00"


def test_a_mistake_is_withdrawn_before_it_has_held_and_the_own_rule_before_goes_on(funded: GovernanceHarness):
    own_cap(funded)
    wrong = own_cap(funded, "2026-04-01", value="8000.00")
    taken_back = funded.ask(rulebook.withdraw_rule, rule_id=wrong["id"], reason="多写了一个零")

    assert taken_back["withdrawn"] is True
    assert in_force(funded, date(2026, 4, 1)) == "800.00"
    assert [one[0] for one in announced(funded)][-2:] == ["rule_withdrawn", "rule_published"]
    with pytest.raises(NotFound):
        funded.ask(rulebook.withdraw_rule, rule_id=wrong["id"], reason="再撤一次")
    assert [one["value"] for one in funded.ask(rulebook.list_rules, key=CAP)["items"]] == ["500.00", "800.00"]
    own_cap(funded, "2026-04-01", value="880.00")
    assert in_force(funded, date(2026, 4, 1)) == "880.00", "the day can be used again"


@pytest.mark.databases("postgresql", "sqlite")
def test_the_rule_before_a_withdrawn_one_goes_on_until_its_own_last_day(governance: GovernanceHarness):
    def last_days() -> list[str | None]:
        return [one["valid_to"] for one in governance.ask(rulebook.list_rules, key=CAP, ruleset="own")["items"]]

    def withdrawn(rule: dict) -> list[str | None]:
        drafted = governance.ask(rulebook.draft_rule_change, withdraw={"rule_id": rule["id"]})
        governance.ask(rulebook.withdraw_rule, rule_id=rule["id"], reason="写错了")
        assert [one["valid_to"] for one in drafted["rules"]] == last_days()
        return last_days()

    first = own_cap(governance)
    for_a_month = own_cap(governance, "2026-06-01", valid_to="2026-06-30", value="900.00")
    assert last_days() == ["2026-05-31", "2026-06-30"]
    assert withdrawn(for_a_month) == [None], "it had no last day before"
    governance.ask(rulebook.end_rule, rule_id=first["id"], last_day="2026-12-31", reason="到年底为止")
    assert withdrawn(own_cap(governance, "2026-06-01", value="900.00")) == ["2026-12-31"]
    later = own_cap(governance, "2026-09-01", value="950.00")
    assert withdrawn(own_cap(governance, "2026-06-01", value="900.00")) == ["2026-08-31", None]
    assert withdrawn(later) == ["2026-12-31"]
    assert withdrawn(own_cap(governance, "2027-01-01", value="990.00")) == ["2026-12-31"], "an officer ended it"


def test_a_rule_set_before_another_goes_on_until_the_day_that_was_asked_for(governance: GovernanceHarness):
    following = own_cap(governance, "2026-07-01", valid_to="2026-07-31")
    asked = {"valid_to": "2026-12-31", "value": "900.00"}
    assert own_cap(governance, "2026-03-01", **asked)["valid_to"] == "2026-06-30"
    assert own_cap(governance, "2026-03-01", **asked)["valid_to"] == "2026-06-30"
    governance.ask(rulebook.withdraw_rule, rule_id=following["id"], reason="写错了")
    (left,) = governance.ask(rulebook.list_rules, key=CAP, ruleset="own")["items"]
    assert left["valid_to"] == "2026-12-31"


def test_what_has_held_is_not_withdrawn_and_what_is_shipped_not_ended(funded: GovernanceHarness):
    held = own_cap(funded)
    (shipped,) = (one for one in funded.ask(rulebook.list_rules, key=CAP)["items"] if one["ruleset"] == "demo")
    with pytest.raises(Refused) as refused:
        funded.ask(rulebook.withdraw_rule, rule_id=held["id"], reason="不要了")
    assert refused.value.rule == "rulebook.rule_can_be_withdrawn"
    with pytest.raises(Refused) as refused:
        funded.ask(rulebook.end_rule, rule_id=shipped["id"], last_day="2026-12-31", reason="不要了")
    assert refused.value.rule == "rulebook.rule_is_own"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"key": "benefit.birth.colour"}, "rulebook.key_is_known"),
        ({"value": "plenty"}, "rulebook.value_fits_key"),
        ({"scope": "dispatched"}, "rulebook.scope_fits_key"),
        ({"valid_from": "1949-09-30"}, "rulebook.first_day_is_plausible"),
        ({"valid_from": "2070-01-01"}, "rulebook.first_day_is_plausible"),
        ({"valid_to": "2025-12-31"}, "rulebook.first_day_is_plausible"),
    ],
)
def test_a_rule_nobody_could_decide_by_is_refused_with_the_reason(
    governance: GovernanceHarness, changes: dict, rule: str
):
    with pytest.raises(Refused) as refused:
        governance.ask(rulebook.set_rule, **{**OWN, "valid_from": "2026-03-01", **changes})

    assert refused.value.rule == rule
    assert announced(governance) == []


def test_values_are_kept_as_whoever_decides_by_them_reads_them(governance: GovernanceHarness):
    for key, value, scope in (
        ("retention.contact", "6", None),
        ("entitlement.items", "birthday, holiday", "dispatched"),
        ("benefit.birth.forms", "goods，cash", None),
    ):
        governance.ask(
            rulebook.set_rule, key=key, value=value, scope=scope, document="本校办法", valid_from="2026-01-01"
        )

    with governance.database.session() as session:
        kept = {row.key: (row.value, row.scope, row.unit) for row in session.scalars(sa.select(PolicyRule))}
    assert kept["retention.contact"] == (6, "", "months")
    assert kept["entitlement.items"] == (["birthday", "holiday"], "dispatched", "benefit")
    assert kept["benefit.birth.forms"] == (["goods", "cash"], "", "form")


@pytest.mark.databases("postgresql", "sqlite")
def test_the_story_of_a_key_tells_what_it_takes_who_uses_it_and_what_changed(funded: GovernanceHarness):
    own_cap(funded)
    own_cap(funded, value="820.00")
    story = funded.ask(rulebook.get_rule, key=CAP)

    assert (story["kind"], story["used_by"]) == ("amount", ["welfare", "governance"])
    assert [(one["ruleset"], one["value"]) for one in story["items"]] == [("own", "820.00"), ("demo", "500.00")]
    assert [one["changes"]["value"] for one in story["changes"]] == [
        {"old": "800.00", "new": "820.00"},
        {"old": None, "new": "800.00"},
    ]
    with pytest.raises(NotFound):
        funded.ask(rulebook.get_rule, key="benefit.birth.colour")


@pytest.mark.databases("postgresql", "sqlite")
def test_bringing_what_ships_adds_what_is_missing_and_leaves_the_union_s_own(governance: GovernanceHarness):
    own_cap(governance)
    assert brought(governance) > 5
    assert brought(governance) == 0
    assert in_force(governance, TODAY) == "800.00"
    assert in_force(governance, TODAY, "benefit.birth.forms") == "['goods', 'voucher']"


def test_bringing_what_ships_mends_a_set_that_was_adopted_and_brings_no_other(funded: GovernanceHarness):
    with funded.database.session() as session:
        session.execute(sa.delete(PolicyRule).where(PolicyRule.key == CAP))
    assert brought(funded) == 1
    assert in_force(funded, TODAY) == "500.00"
    assert "benefit.outing.cap" not in {one["key"] for one in funded.ask(rulebook.list_rules, q="outing")["items"]}


def test_a_shipped_rule_that_a_release_before_ended_for_an_own_one_goes_on_when_that_ends(funded: GovernanceHarness):
    made = own_cap(funded)
    with funded.database.session() as session:
        shipped = sa.update(PolicyRule).where(PolicyRule.key == CAP, PolicyRule.ruleset == "demo")
        session.execute(shipped.values(valid_to=date(2026, 2, 28)))
    assert brought(funded) == 0, "replicas of that release take any rule that holds"
    funded.ask(rulebook.end_rule, rule_id=made["id"], last_day="2026-03-31", reason="办法修订")

    assert [in_force(funded, day) for day in (date(2026, 3, 31), date(2026, 4, 1))] == ["800.00", "500.00"]


def test_own_rules_of_a_release_that_announced_nothing_are_announced_with_the_next(funded: GovernanceHarness):
    own_cap(funded)
    with funded.database.session() as session:
        session.execute(sa.update(PolicyRule).values(sequence=None))
        session.execute(sa.delete(OutboxEvent))
    brought(funded)
    of_own = [one for one in announced(funded) if one[1:] == ("800.00", "2026-03-01", None)]
    assert of_own == [("rule_published", "800.00", "2026-03-01", None)]
    with funded.database.session() as session:
        stored = session.scalar(sa.select(sa.func.count()).select_from(PolicyRule))
    assert len(announced(funded)) == stored, "shipped rules are announced too"
    brought(funded)
    assert len(announced(funded)) == stored


def test_the_rules_of_a_province_are_announced_and_again_only_where_they_changed(governance: GovernanceHarness):
    governance.ask(rulebook.adopt_rule_set, ruleset="zhejiang")
    assert len(announced(governance)) == 4
    with governance.database.session() as session:
        session.execute(sa.update(PolicyRule).where(PolicyRule.key == "benefit.memento.cap").values(value="99.00"))
    governance.ask(rulebook.adopt_rule_set, ruleset="zhejiang")
    assert announced(governance)[4:] == [("rule_published", "100.00", "2023-01-18", None)]


def test_a_benefit_of_the_union_s_own_is_what_a_rule_gives_a_budget_line(funded: GovernanceHarness):
    visit = uuid7()
    funded.claim(visit, benefit_key="tea", form="goods", amount="100.00")
    assert last_refusal(funded) == ("benefit.tea.line", "benefit_unknown")
    day = {"document": "本校办法", "valid_from": "2026-01-01"}
    funded.ask(rulebook.set_rule, key="benefit.tea.line", value="care.birth", **day)
    funded.claim(visit, benefit_key="tea", form="goods", amount="100.00", claim=2)
    assert last_refusal(funded) == ("benefit.tea.cap", "no_rule_in_force")
    funded.ask(rulebook.set_rule, key="benefit.tea.cap", value="120.00", **day)
    funded.ask(rulebook.set_rule, key="benefit.tea.forms", value="goods", **day)
    funded.claim(visit, benefit_key="tea", form="goods", amount="100.00", claim=3)
    assert spent(funded, "care.birth") == "100.00"


def test_a_rule_moves_a_shipped_benefit_to_a_line_of_the_union_s_own_budget(funded: GovernanceHarness):
    day = {"document": "本校预算", "valid_from": "2026-01-01"}
    funded.ask(rulebook.set_rule, key="benefit.birth.line", value="care.wedding", **day)
    funded.claim(uuid7(), amount="500.00")

    assert (spent(funded, "care.wedding"), spent(funded, "care.birth")) == ("500.00", "0.00")


def last_refusal(governance: GovernanceHarness) -> tuple[str, str]:
    newest = governance.ask(funds.list_refusals, state="open")["items"][0]
    assert UUID(newest["id"])
    return newest["rule"], newest["reason_code"]


def spent(governance: GovernanceHarness, code: str) -> str:
    lines = governance.ask(budget.list_budget_lines, year=2026)["items"]
    return next(line["spent"] for line in lines if line["code"] == code)


def test_a_shipped_set_is_read_before_it_is_adopted(governance: GovernanceHarness):
    sets = {one["ruleset"]: one for one in governance.ask(list_rule_sets)["items"]}
    assert (sets["national"]["adopted"], sets["zhejiang"]["adopted"]) == (False, False)
    outing = next(one for one in sets["zhejiang"]["items"] if one["key"] == "benefit.outing.cap")
    assert (outing["value"], outing["basis"], outing["scope"]) == ("200.00", "per_person_day", None)

    governance.ask(rulebook.adopt_rule_set, ruleset="zhejiang")

    adopted = next(one for one in governance.ask(list_rule_sets)["items"] if one["ruleset"] == "zhejiang")
    assert adopted["adopted"]
    listed = governance.ask(rulebook.list_rules, ruleset="zhejiang", limit=100)["items"]
    assert {one["key"] for one in listed} == {one["key"] for one in adopted["items"]}
