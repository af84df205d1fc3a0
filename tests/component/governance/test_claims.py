"""Claims of visits and birthdays: recorded once, or refused with the rule; and what an officer can do about it."""

from __future__ import annotations

from typing import Any

import eventlet
import pytest
import sqlalchemy as sa

from services.chassis.errors import InvalidInput, Refused
from services.chassis.identifiers import uuid7
from services.contracts.activities.clubs.events import ClubGrantDecided
from services.contracts.governance.funds import bookkeeping, budget
from services.contracts.governance.funds import operations as funds
from services.contracts.governance.rulebook import operations as rulebook
from tests.component.governance.harness import TODAY, GovernanceHarness


def entries(governance: GovernanceHarness) -> list[dict[str, Any]]:
    return governance.ask(funds.list_fund_entries)["items"]


def refusals(governance: GovernanceHarness, **filters: Any) -> list[dict[str, Any]]:
    return governance.ask(funds.list_refusals, **filters)["items"]


def refused_for(governance: GovernanceHarness) -> str:
    """Return the reason of the one refusal there is, which must have been announced as it was kept."""
    (kept,) = refusals(governance)
    (announced,) = governance.events("expense_refused")
    assert (announced["refusal_id"], announced["rule"]) == (kept["id"], kept["rule"])
    assert announced["reason_code"] == kept["reason_code"]
    assert entries(governance) == []
    return kept["reason_code"]


def line(governance: GovernanceHarness, code: str) -> dict[str, Any]:
    return next(one for one in governance.ask(budget.list_budget_lines, year=2026)["items"] if one["code"] == code)


def test_a_visit_becomes_an_entry_with_its_rule_and_budget_line(funded: GovernanceHarness):
    visit = uuid7()
    funded.claim(visit)

    (listed,) = entries(funded)
    entry = funded.ask(funds.get_fund_entry, entry_id=listed["id"])
    assert (entry["source_type"], entry["source_id"], entry["amount"]) == ("visit", str(visit), "500.00")
    assert (entry["line_code"], entry["rule_key"]) == ("care.birth", "benefit.birth.cap")
    assert entry["rules"][0]["document"].startswith("Demonstration")
    assert line(funded, "care.birth")["spent"] == "500.00"
    (announced,) = funded.events("expense_recorded")
    assert (announced["source_id"], announced["entry_id"], announced["claim"]) == (str(visit), entry["id"], 1)
    (commitment,) = funded.ask(budget.list_commitments)["items"]
    assert (commitment["source_id"], commitment["state"]) == (str(visit), "settled")


def test_a_clubs_grant_is_posted_on_its_line_or_refused_with_the_reason(funded: GovernanceHarness):
    grant, other = uuid7(), uuid7()
    code = next(
        one["code"] for one in funded.ask(budget.list_budget_lines, year=2026)["items"]
        if one["funding_source"] == "union"
    )  # fmt: skip
    told = {"amount": "3000.00", "decided_on": TODAY, "line_code": code}
    message = funded.example_message(ClubGrantDecided, 1, grant_id=grant, **told)
    funded.receive("record_club_grants", message, message)
    strange = {**told, "grant_id": other, "line_code": "activity.unheard"}
    funded.receive("record_club_grants", funded.example_message(ClubGrantDecided, 1, **strange))

    (listed,) = entries(funded)
    entry = funded.ask(funds.get_fund_entry, entry_id=listed["id"])
    assert (entry["source_type"], entry["source_id"], entry["amount"]) == ("club", str(grant), "3000.00")
    assert (entry["line_code"], entry["funding_source"]) == (code, "union")
    (kept,) = refusals(funded)
    assert (kept["source_id"], kept["reason_code"]) == (str(other), "no_budget_line")


@pytest.mark.databases("postgresql")
def test_what_was_said_to_a_claims_source_is_found_by_the_key(funded: GovernanceHarness):
    """Nobody else may write while it is looked for, so it must not take longer the longer the ledger is."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT fund_") and "source_id IN" in statement:
            sent.append((statement, parameters))

    sa.event.listen(funded.database.engine, "before_cursor_execute", note)
    funded.claim(uuid7())
    sa.event.remove(funded.database.engine, "before_cursor_execute", note)
    assert len(sent) == 2
    with funded.database.engine.connect() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for statement, parameters in sent:
            plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars())
            used = next(line for line in plan.splitlines() if "Index Cond" in line)
            assert "source_type" in used, plan


@pytest.mark.databases("postgresql", "sqlite")
def test_a_claim_that_comes_twice_is_recorded_once(funded: GovernanceHarness):
    visit = uuid7()
    for _ in range(3):
        funded.claim(visit)

    assert len(entries(funded)) == 1
    assert len(funded.events("expense_recorded")) == 1


def test_a_refused_claim_that_comes_twice_is_refused_once(funded: GovernanceHarness):
    visit = uuid7()
    for _ in range(3):
        funded.claim(visit, amount="500.01")

    assert refused_for(funded) == "cap_exceeded"


@pytest.mark.databases("postgresql")
def test_the_same_claim_from_many_consumers_at_once_is_recorded_once(funded: GovernanceHarness):
    visit = uuid7()
    list(eventlet.GreenPool(10).imap(lambda _: funded.claim(visit), range(10)))

    assert len(entries(funded)) == 1


def test_a_visit_without_a_gift_costs_nothing_and_is_not_answered(funded: GovernanceHarness):
    funded.claim(uuid7(), amount="0.00", form=None, rule_key=None)

    assert entries(funded) == refusals(funded) == []
    assert funded.events("expense_recorded", "expense_refused") == []


def test_without_a_rule_in_force_the_claim_is_refused_and_names_it(funded: GovernanceHarness):
    funded.claim(uuid7(), benefit_key="hardship", form="cash")

    assert refused_for(funded) == "no_rule_in_force"
    (kept,) = refusals(funded)
    assert (kept["rule"], kept["overridable"]) == ("benefit.hardship.cap", True)
    assert kept["detail"] == "no rule in force for benefit.hardship.cap on 2026-03-11"


def test_the_rule_of_the_day_of_the_visit_counts(funded: GovernanceHarness):
    funded.claim(uuid7(), completed_on="2021-12-31")

    assert refused_for(funded) == "no_rule_in_force"


def test_zhejiang_alone_asks_for_its_missing_rules(governance: GovernanceHarness):
    adopted = governance.ask(rulebook.adopt_rule_set, ruleset="zhejiang")
    governance.ask(budget.open_budget, year=2026)
    governance.claim(uuid7())

    assert {"benefit.birth.cap", "benefit.holiday.year_cap"} <= set(adopted["absent"])
    assert refused_for(governance) == "no_rule_in_force"


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ({"amount": "500.01"}, "cap_exceeded"),
        ({"form": "cash"}, "form_not_allowed"),
        ({"benefit_key": "flying"}, "benefit_unknown"),
    ],
)
def test_a_claim_that_breaks_a_rule_is_refused_with_that_rule(
    funded: GovernanceHarness, claim: dict[str, Any], reason: str
):
    funded.claim(uuid7(), **claim)

    assert refused_for(funded) == reason


def test_an_exhausted_line_refuses(funded: GovernanceHarness):
    funded.ask(budget.set_budget_line, year=2026, code="care.birth", amount="900.00")
    funded.claim(uuid7())
    funded.claim(uuid7())

    assert len(entries(funded)) == 1
    assert [one["reason_code"] for one in refusals(funded)] == ["budget_exhausted"]


def test_a_year_without_budget_refuses(governance: GovernanceHarness):
    for name in ("national", "demo"):
        governance.ask(rulebook.adopt_rule_set, ruleset=name)
    governance.claim(uuid7())

    assert refused_for(governance) == "no_budget_line"


def grant(beneficiary: str, amount: str = "200.00", **fields: Any) -> dict[str, Any]:
    return {"grant_id": str(uuid7()), "beneficiary": beneficiary, "amount": amount, **fields}


@pytest.mark.databases("postgresql", "sqlite")
def test_birthdays_of_a_month_are_recorded_together(funded: GovernanceHarness):
    funded.grant(*(grant(f"{number:032x}") for number in range(30)))

    assert len(funded.ask(funds.list_fund_entries, source="birthday", limit=100)["items"]) == 30
    assert line(funded, "care.birthday")["spent"] == "6000.00"
    assert funded.ask(bookkeeping.verify_ledger)["intact"]


def test_a_person_has_at_most_the_years_cap_of_a_benefit(funded: GovernanceHarness):
    funded.grant(grant("a" * 32, "200.00"), grant("b" * 32, "200.00"))
    funded.grant(grant("a" * 32, "100.00"))
    funded.grant(grant("a" * 32, "0.01"))

    assert len(entries(funded)) == 3
    (refused,) = refusals(funded)
    assert (refused["reason_code"], refused["rule"]) == ("year_cap_exceeded", "benefit.birthday.year_cap")
    funded.grant(grant("a" * 32, "200.00", granted_on="2025-12-31"))
    assert len(entries(funded)) == 4


@pytest.mark.databases("postgresql", "sqlite")
def test_within_one_batch_too_each_is_recorded_once_and_the_years_cap_holds(funded: GovernanceHarness):
    twice = grant("a" * 32, "200.00")
    funded.grant(twice, twice, grant("a" * 32, "100.01"), grant("a" * 32, "100.00"), grant("a" * 32, "0.01"))

    assert sorted(one["amount"] for one in entries(funded)) == ["100.00", "200.00"]
    assert [one["reason_code"] for one in refusals(funded)] == ["year_cap_exceeded"] * 2


def test_a_claim_and_its_correction_in_one_batch_end_as_one_after_the_other(funded: GovernanceHarness):
    wrong = grant("a" * 32, "400.00")
    funded.grant(wrong, {**wrong, "amount": "300.00", "claim": 2}, {**wrong, "claim": 1})

    assert [one["state"] for one in refusals(funded)] == ["settled"]
    assert [(one["amount"], one["claim"]) for one in entries(funded)] == [("300.00", 2)]


def test_what_was_reversed_no_longer_counts_against_the_years_cap(funded: GovernanceHarness):
    funded.grant(grant("a" * 32, "300.00"))
    funded.ask(funds.reverse_entry, entry_id=entries(funded)[0]["id"], reason="not collected")
    funded.grant(grant("a" * 32, "300.00"))

    assert refusals(funded) == []


def test_a_corrected_claim_settles_the_refusal_before_it(funded: GovernanceHarness):
    visit = uuid7()
    funded.claim(visit, amount="600.00")
    funded.claim(visit, amount="500.00", claim=2)
    funded.claim(visit, amount="600.00", claim=1)

    assert [one["state"] for one in refusals(funded)] == ["settled"]
    (entry,) = entries(funded)
    assert (entry["amount"], entry["claim"]) == ("500.00", 2)


def test_claiming_anew_what_stands_already_is_answered_but_not_paid_twice(funded: GovernanceHarness):
    visit = uuid7()
    funded.claim(visit)
    funded.claim(visit, claim=2)

    assert len(entries(funded)) == 1
    assert [one["claim"] for one in funded.events("expense_recorded")] == [1, 2]


def test_a_reversed_claim_can_be_claimed_anew(funded: GovernanceHarness):
    visit = uuid7()
    funded.claim(visit)
    funded.ask(funds.reverse_entry, entry_id=entries(funded)[0]["id"], reason="the wrong unit")
    funded.claim(visit)
    assert len(entries(funded)) == 2

    funded.claim(visit, claim=2, amount="400.00")

    assert [one["amount"] for one in entries(funded)] == ["400.00", "500.00", "500.00"]
    assert line(funded, "care.birth")["spent"] == "400.00"


def test_once_the_budget_is_put_right_the_claim_is_recorded(funded: GovernanceHarness):
    funded.ask(budget.set_budget_line, year=2026, code="care.birth", amount="0.00")
    funded.claim(uuid7())
    (refusal,) = refusals(funded)
    assert funded.ask(funds.retry_refusal, refusal_id=refusal["id"])["outcome"] == "refused"
    funded.ask(budget.set_budget_line, year=2026, code="care.birth", amount="1000.00")

    outcome = funded.ask(funds.retry_refusal, refusal_id=refusal["id"])

    assert (outcome["outcome"], outcome["refusal"]["state"]) == ("recorded", "settled")
    assert outcome["refusal"]["entry_id"] == entries(funded)[0]["id"]
    with pytest.raises(Refused):
        funded.ask(funds.retry_refusal, refusal_id=refusal["id"])


def test_an_officer_decides_where_no_rule_speaks_and_says_why(funded: GovernanceHarness):
    funded.claim(uuid7(), benefit_key="hardship", form="cash", amount="3000.00")
    (refusal,) = refusals(funded)

    outcome = funded.ask(
        funds.override_refusal, refusal_id=refusal["id"], reason="flood, urgent", decision="Committee 2026-3"
    )

    entry = funded.ask(funds.get_fund_entry, entry_id=outcome["refusal"]["entry_id"])
    assert (entry["override_reason"], entry["decision"]) == ("flood, urgent", "Committee 2026-3")
    assert (entry["rules"], entry["line_code"]) == ([], "aid.hardship")


def test_an_officer_does_not_override_a_rule_that_speaks(funded: GovernanceHarness):
    funded.claim(uuid7(), amount="600.00")
    (refusal,) = refusals(funded)
    with pytest.raises(Refused) as refused:
        funded.ask(funds.override_refusal, refusal_id=refusal["id"], reason="because", decision="none")

    assert refused.value.rule == "fund.refusal_is_overridable"


def test_a_rule_that_speaks_still_holds_when_another_is_missing(funded: GovernanceHarness):
    funded.claim(uuid7(), benefit_key="retirement", form="cash", amount="100.00")
    (refusal,) = refusals(funded)

    outcome = funded.ask(funds.override_refusal, refusal_id=refusal["id"], reason="thirty years", decision="C 4")

    assert (outcome["outcome"], outcome["refusal"]["rule"]) == ("refused", "benefit.retirement.forms")


def test_the_unions_own_rule_fills_the_gap_from_its_first_day(funded: GovernanceHarness):
    funded.claim(uuid7(), benefit_key="retirement", form="goods", amount="100.00")
    (refusal,) = refusals(funded)
    funded.ask(
        rulebook.set_rule,
        key="benefit.retirement.cap",
        value="200.00",
        document="Our own rules",
        valid_from="2026-01-01",
    )

    assert funded.ask(funds.retry_refusal, refusal_id=refusal["id"])["outcome"] == "recorded"
    assert "benefit.retirement.cap" not in funded.ask(rulebook.list_missing_rules)["keys"]


def test_the_unions_own_rule_goes_before_the_shipped_one_and_adopting_again_leaves_it(funded: GovernanceHarness):
    own = {"key": "benefit.birth.cap", "value": "800.00", "document": "Our own rules", "valid_from": "2026-03-01"}
    funded.ask(rulebook.set_rule, **own)
    assert funded.ask(rulebook.adopt_rule_set, ruleset="demo")["changed"] == 0
    funded.claim(uuid7(), amount="800.00")
    funded.claim(uuid7(), amount="800.00", completed_on="2026-02-28")

    assert [one["reason_code"] for one in refusals(funded)] == ["cap_exceeded"]
    assert len(entries(funded)) == 1
    held = funded.ask(rulebook.list_rules, q="birth.cap")["items"]
    assert [(one["value"], one["ruleset"]) for one in held] == [("500.00", "demo"), ("800.00", "own")]


def test_a_rule_that_cannot_be_read_is_refused(funded: GovernanceHarness):
    own = {"key": "benefit.birth.cap", "document": "Our own rules", "valid_from": "2026-03-01"}
    with pytest.raises(Refused) as refused:
        funded.ask(rulebook.set_rule, value="plenty", **own)
    assert refused.value.field == "value"
    with pytest.raises(InvalidInput):
        funded.ask(rulebook.set_rule, value="1.00", **{**own, "key": "Birth Cap"})


SPENDING = {
    "line_code": "care.holiday", "amount": "1000.00", "description": "Rice for the festival", "decision": "Committee 8",
    "evidence_kinds": ["receipt", "signature"], "form": "goods", "benefit_key": "holiday",
}  # fmt: skip


def test_an_officers_expense_for_many_keeps_to_the_cap_a_head(funded: GovernanceHarness):
    entry = funded.ask(funds.record_expense, **{**SPENDING, "amount": "20000.00", "people": 10})
    assert entry["rule_key"] == "benefit.holiday.year_cap"
    with pytest.raises(Refused) as refused:
        funded.ask(funds.record_expense, **{**SPENDING, "amount": "20000.01", "people": 10})

    assert refused.value.rule == "benefit.holiday.year_cap"


@pytest.mark.parametrize("benefit", ["medical_examination", "recuperation"])
def test_the_unions_funds_pay_no_medical_examination_and_no_recuperation(funded: GovernanceHarness, benefit: str):
    line_code = {"medical_examination": "entrusted.examination", "recuperation": "entrusted.recuperation"}[benefit]
    asked = {**SPENDING, "line_code": line_code, "benefit_key": benefit, "form": "cash"}
    with pytest.raises(Refused) as refused:
        funded.ask(funds.record_expense, **asked)
    assert refused.value.rule == "fund.funding_source_is_right"

    entry = funded.ask(funds.record_expense, **asked, funding_source="administration")
    assert entry["lines"][1]["account"] == "liability.entrusted"


def test_an_expense_without_decision_or_evidence_is_no_request(funded: GovernanceHarness):
    for name in ("decision", "evidence_kinds"):
        with pytest.raises(InvalidInput) as refused:
            funded.ask(funds.record_expense, **{key: value for key, value in SPENDING.items() if key != name})
        assert refused.value.field == name


@pytest.mark.databases("postgresql", "sqlite")
def test_a_budget_line_is_set_adjusted_and_not_cut_below_what_is_spent(funded: GovernanceHarness):
    new = {"year": 2026, "code": "business.press", "name": "出版", "name_en": "Press", "amount": "10.00"}
    with pytest.raises(InvalidInput) as refused:
        funded.ask(budget.set_budget_line, **new, management_code="business")
    assert refused.value.field == "accounting_code"
    made = funded.ask(budget.set_budget_line, **new, management_code="business", accounting_code="other")
    assert (made["management_name"], made["accounting_name"]) == ("事业", "其他支出")

    funded.claim(uuid7())
    with pytest.raises(Refused) as cut:
        funded.ask(budget.set_budget_line, year=2026, code="care.birth", amount="499.99")
    assert cut.value.rule == "fund.budget_covers"
    with pytest.raises(InvalidInput):
        funded.ask(budget.set_budget_line, **{**new, "code": "x"}, management_code="nonsense")


def test_opening_a_budget_twice_leaves_adjusted_lines(funded: GovernanceHarness):
    funded.ask(budget.set_budget_line, year=2026, code="care.birth", amount="1.00")
    again = funded.ask(budget.open_budget, year=2026)

    assert len(again["items"]) == 21
    assert line(funded, "care.birth")["amount"] == "1.00"
    assert len(funded.ask(budget.open_budget, year=2031)["items"]) == 21


@pytest.mark.databases("postgresql", "sqlite")
def test_the_year_in_figures_adds_up(funded: GovernanceHarness):
    funded.claim(uuid7())
    funded.grant(grant("a" * 32))
    funded.ask(funds.record_income, kind="allocation", amount="1000.00", description="March")
    funded.claim(uuid7(), amount="501.00")

    summary = funded.ask(budget.get_fund_summary, year=2026)

    assert (summary["income"], summary["expense"], summary["refusals_open"]) == ("1000.00", "700.00", 1)
    assert [(one["code"], one["amount"]) for one in summary["by_month"]] == [("2026-03", "700.00")]
    spent = {one["code"]: one["amount"] for one in summary["by_category"]}
    assert spent["employee_activities"] == "700.00"


def test_nothing_announced_says_who_received_it(funded: GovernanceHarness):
    funded.claim(uuid7())
    funded.grant(grant("a" * 32))

    for data in funded.events("expense_recorded", "expense_refused"):
        assert "beneficiary" not in data
    assert all("beneficiary" not in one for one in entries(funded))


def test_a_budget_is_begun_with_the_lines_benefits_need_or_last_year_s(governance: GovernanceHarness):
    needed = governance.ask(budget.open_budget, year=2026, lines="benefits")
    assert {"care.birth", "care.birthday"} <= {line["code"] for line in needed["items"]}
    assert needed["amount"] == "0.00"
    governance.ask(budget.set_budget_line, year=2026, code="care.birth", amount="9000.00")
    copied = governance.ask(budget.open_budget, year=2027, lines="year", from_year=2026)
    assert [line["code"] for line in copied["items"]] == [line["code"] for line in needed["items"]]
    assert (copied["amount"], copied["spent"]) == ("9000.00", "0.00")
    with pytest.raises(InvalidInput) as nothing:
        governance.ask(budget.open_budget, year=2031, lines="year", from_year=2030)
    assert nothing.value.rule == "fund.year_has_lines"
