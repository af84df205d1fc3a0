"""The ledger itself: balanced, numbered without gap under load, never changed, provable, closed by months."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import eventlet
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.chassis.database.transaction import transaction
from services.chassis.errors import Conflict, InvalidInput, NotFound, Problem, Refused, Unavailable
from services.chassis.identifiers import uuid7
from services.chassis.rpc.context import CallContext
from services.contracts.governance.funds import bookkeeping, budget
from services.contracts.governance.funds import ledger as found
from services.contracts.governance.funds import operations as funds
from services.governance.funds.tables import FundEntry, FundSide, LedgerIsImmutable
from services.governance.funds.use_cases import entries, ledger
from tests.component.governance.harness import GovernanceHarness
from tests.support.examples import costly

SPENDING = {
    "line_code": "operations.meetings", "amount": "120.50", "description": "Paper and tea", "decision": "Committee 7",
    "evidence_kinds": ["receipt"],
}  # fmt: skip


def spend(governance: GovernanceHarness, **fields: Any) -> dict[str, Any]:
    return governance.ask(funds.record_expense, **{**SPENDING, **fields})


def insist(governance: GovernanceHarness, **fields: Any) -> dict[str, Any]:
    """Spend as a client does that is told to try again: on a busy machine twenty in a row wait too long."""
    while True:
        try:
            return spend(governance, **fields)
        except Unavailable as told:
            if told.code != "busy":
                raise


def line(governance: GovernanceHarness, code: str = "operations.meetings", year: int = 2026) -> dict[str, Any]:
    lines = governance.ask(budget.list_budget_lines, year=year)["items"]
    return next(one for one in lines if one["code"] == code)


def tampered(governance: GovernanceHarness, statement: str, **values: Any) -> None:
    """Change the ledger as somebody with the database's own rights might, its guards taken off."""
    with governance.database.engine.begin() as connection:
        if governance.database.is_sqlite:
            for (name,) in connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        connection.execute(sa.text(statement), values)


def meddle(governance: GovernanceHarness, change: str) -> None:
    """Try to change an entry as a careless use case would."""
    with transaction(governance.database, CallContext()) as tx:
        entry = tx.session.scalars(sa.select(FundEntry)).one()
        if change == "amend":
            entry.amount = Decimal("1.00")
        else:
            tx.session.delete(entry)


@pytest.mark.databases("postgresql", "sqlite")
def test_an_expense_has_two_sides_a_number_its_rules_and_a_place_in_the_chain(funded: GovernanceHarness):
    entry = spend(funded)

    assert entry["number"] == "2026-000001"
    assert [(one["account"], one["debit"], one["credit"]) for one in entry["lines"]] == [
        ("expense.operations", "120.50", "0.00"), ("asset.bank", "0.00", "120.50")]  # fmt: skip
    assert (entry["decision"], entry["evidence_kinds"], entry["line_code"]) == (
        "Committee 7", ["receipt"], "operations.meetings")  # fmt: skip
    assert (line(funded)["spent"], line(funded)["available"]) == ("120.50", "99879.50")


def test_income_is_entered_too(funded: GovernanceHarness):
    entry = funded.ask(funds.record_income, kind="dues", amount="17.40", description="Dues of March")

    assert [one["account"] for one in entry["lines"]] == ["asset.bank", "income.dues"]
    assert funded.ask(budget.get_fund_summary, year=2026)["income"] == "17.40"


def test_a_reversal_mirrors_frees_the_line_and_happens_once(funded: GovernanceHarness):
    wrong = spend(funded)
    undone = funded.ask(funds.reverse_entry, entry_id=wrong["id"], reason="the wrong line")

    assert (undone["kind"], undone["reverses"], undone["number"]) == ("reversal", wrong["id"], "2026-000002")
    assert [(one["debit"], one["credit"]) for one in undone["lines"]] == [("0.00", "120.50"), ("120.50", "0.00")]
    assert funded.ask(funds.get_fund_entry, entry_id=wrong["id"])["reversed_by"] == undone["id"]
    assert line(funded)["spent"] == "0.00"
    for entry in (wrong, undone):
        with pytest.raises(Refused) as refused:
            funded.ask(funds.reverse_entry, entry_id=entry["id"], reason="once more")
        assert refused.value.rule == "fund.entry_is_reversible"
    assert funded.events("expense_reversed")[0]["reverses"] == wrong["id"]


@pytest.mark.databases("postgresql")
@settings(costly(), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["spend", "earn", "undo"]), st.decimals("0.01", "900", places=2)), max_size=8
    )
)
def test_whatever_is_recorded_and_reversed_the_ledger_balances_and_proves_whole(funded: GovernanceHarness, steps):
    recorded: list[str] = []
    for step, amount in steps:
        if step == "spend":
            recorded.append(spend(funded, amount=str(amount))["id"])
        elif step == "earn":
            funded.ask(funds.record_income, kind="other", amount=str(amount), description="Interest")
        elif recorded:
            funded.ask(funds.reverse_entry, entry_id=recorded.pop(), reason="generated")

    with funded.database.session() as session:
        debits, credits = session.execute(sa.select(sa.func.sum(FundSide.debit), sa.func.sum(FundSide.credit))).one()
        by_entry = session.execute(
            sa.select(FundSide.entry_id)
            .group_by(FundSide.entry_id)
            .having(sa.func.sum(FundSide.debit) != sa.func.sum(FundSide.credit))
        ).all()
    assert debits == credits
    assert by_entry == []
    assert funded.ask(bookkeeping.verify_ledger)["intact"]
    assert line(funded)["spent"] == funded.ask(budget.get_fund_summary, year=2026)["expense"]


@pytest.mark.databases("postgresql")
def test_forty_at_once_take_forty_numbers_in_a_row_and_one_chain(funded: GovernanceHarness):
    pool = eventlet.GreenPool(20)
    numbers = list(pool.imap(lambda _: insist(funded, amount="1.00")["number"], range(40)))

    assert sorted(numbers) == [f"2026-{place:06d}" for place in range(1, 41)]
    assert funded.ask(bookkeeping.verify_ledger) == funded.ask(bookkeeping.verify_ledger) | {
        "intact": True,
        "entries": 40,
    }
    assert line(funded)["spent"] == "40.00"


@pytest.mark.databases("postgresql")
def test_entries_added_while_the_ledger_is_proved_are_no_fault(
    funded: GovernanceHarness, monkeypatch: pytest.MonkeyPatch
):
    spend(funded)
    recorded = ledger.recorded

    def slowly(tx: Any) -> Any:
        yield from recorded(tx)
        spend(funded)

    monkeypatch.setattr(ledger, "recorded", slowly)
    proof = funded.ask(bookkeeping.verify_ledger)
    assert (proof["intact"], proof["finding"], proof["entries"]) == (True, None, 1)


@pytest.mark.databases("postgresql")
def test_a_line_is_not_overdrawn_by_many_at_once(funded: GovernanceHarness):
    funded.ask(budget.set_budget_line, year=2026, code="operations.meetings", amount="10.00")

    def attempt(_: int) -> str:
        try:
            return insist(funded, amount="1.00")["number"]
        except Problem as refused:
            return refused.rule or ""

    outcomes = list(eventlet.GreenPool(20).imap(attempt, range(25)))

    assert outcomes.count("fund.line_has_money") == 15
    assert line(funded)["available"] == "0.00"


def test_a_refused_expense_takes_no_number(funded: GovernanceHarness):
    with pytest.raises(Refused):
        spend(funded, amount="99999999.00")

    assert spend(funded)["number"] == "2026-000001"


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize("change", ["amend", "delete"])
def test_the_orm_refuses_to_change_an_entry(funded: GovernanceHarness, change: str):
    entry_id = spend(funded)["id"]
    with pytest.raises(LedgerIsImmutable):
        meddle(funded, change)

    assert funded.ask(funds.get_fund_entry, entry_id=entry_id)["amount"] == "120.50"


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fund_entry SET description = 'other'",
        "UPDATE fund_side SET account = 'asset.pocket'",
        "DELETE FROM fund_side",
        "DELETE FROM fund_entry",
    ],
)
def test_the_database_refuses_to_change_an_entry(funded: GovernanceHarness, statement: str):
    spend(funded)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), funded.database.session() as session:
        session.execute(sa.text(statement))

    assert funded.ask(bookkeeping.verify_ledger)["intact"]


@pytest.mark.databases("postgresql")
def test_postgresql_refuses_to_empty_the_ledger(funded: GovernanceHarness):
    spend(funded)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), funded.database.session() as session:
        session.execute(sa.text("TRUNCATE fund_entry CASCADE"))


@pytest.mark.databases("postgresql", "sqlite")
@pytest.mark.parametrize(
    ("statement", "broken_at", "finding"),
    [
        ("UPDATE fund_entry SET description = 'tea' WHERE sequence = 2", "2026-000002", "its content was changed"),
        ("UPDATE fund_side SET account = 'asset.x' WHERE place = 2", "2026-000001", "its content was changed"),
        ("UPDATE fund_entry SET number = '2026-000009' WHERE sequence = 2", "2026-000009", "2026-000002 is missing"),
        ("UPDATE fund_entry SET previous_hash = 'x' WHERE sequence = 3", "2026-000003", "does not follow"),
    ],
)
def test_what_was_tampered_with_is_found(funded: GovernanceHarness, statement: str, broken_at: str, finding: str):
    for _ in range(3):
        spend(funded)
    tampered(funded, statement)

    verdict = funded.ask(bookkeeping.verify_ledger)

    assert (verdict["intact"], verdict["broken_at"]) == (False, broken_at)
    assert finding in verdict["finding"]


def test_entries_cut_off_at_the_end_are_missed(funded: GovernanceHarness):
    for _ in range(3):
        spend(funded)
    tampered(funded, "DELETE FROM fund_side WHERE entry_id IN (SELECT id FROM fund_entry WHERE sequence = 3)")
    tampered(funded, "DELETE FROM fund_entry WHERE sequence = 3")

    verdict = funded.ask(bookkeeping.verify_ledger)

    assert (verdict["intact"], verdict["finding"]) == (False, "entries behind place 2 are missing")


def test_a_long_ledger_is_read_in_parts(funded: GovernanceHarness, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("services.governance.funds.use_cases.ledger.READ_AT_ONCE", 3)
    for _ in range(7):
        spend(funded, amount="1.00")

    verdict = funded.ask(bookkeeping.verify_ledger)

    assert (verdict["intact"], verdict["entries"]) == (True, 7)


def test_a_closed_month_takes_no_entries(funded: GovernanceHarness):
    spend(funded, posted_on="2026-02-11")
    closed = funded.ask(bookkeeping.close_fund_period, period="2026-02")
    assert (closed["state"], closed["entries"]) == ("closed", 1)

    with pytest.raises(Refused) as refused:
        spend(funded, posted_on="2026-02-27")
    assert refused.value.rule == "fund.period_is_open"
    with pytest.raises(Refused):
        funded.ask(funds.record_income, kind="dues", amount="1.00", description="Late", posted_on="2026-02-27")
    assert spend(funded)["period"] == "2026-03"


def test_months_close_once_when_over_and_in_order(funded: GovernanceHarness):
    spend(funded, posted_on="2026-01-20")
    for period, rule in (("2026-03", "fund.period_is_over"), ("2026-02", "fund.periods_close_in_order")):
        with pytest.raises(Refused) as refused:
            funded.ask(bookkeeping.close_fund_period, period=period)
        assert refused.value.rule == rule
    funded.ask(bookkeeping.close_fund_period, period="2026-01")
    with pytest.raises(Conflict):
        funded.ask(bookkeeping.close_fund_period, period="2026-01")
    states = {one["period"]: one["state"] for one in funded.ask(bookkeeping.list_fund_periods, year=2026)["items"]}

    assert (states["2026-01"], states["2026-02"]) == ("closed", "open")


def test_an_entry_of_a_closed_month_is_reversed_in_the_open_one(funded: GovernanceHarness):
    wrong = spend(funded, posted_on="2026-02-11")
    funded.ask(bookkeeping.close_fund_period, period="2026-02")

    assert funded.ask(funds.reverse_entry, entry_id=wrong["id"], reason="twice")["period"] == "2026-03"


def test_the_future_is_not_recorded(funded: GovernanceHarness):
    with pytest.raises(Refused) as refused:
        spend(funded, posted_on="2026-03-12")

    assert refused.value.rule == "fund.day_is_not_ahead"


@pytest.mark.parametrize("day", ["1964-11-25", "2100-01-01"])
def test_a_day_without_an_accounting_month_is_not_recorded(funded: GovernanceHarness, day: str):
    with pytest.raises(InvalidInput) as refused:
        funded.ask(funds.record_income, kind="dues", amount="1.00", description="Dues", posted_on=day)
    assert refused.value.field == "posted_on"


@pytest.mark.databases("postgresql", "sqlite")
def test_money_set_aside_is_spent_by_its_own_expense_only(funded: GovernanceHarness):
    funded.ask(budget.set_budget_line, year=2026, code="operations.meetings", amount="100.00")
    aside = funded.ask(
        budget.commit_funds, year=2026, line_code="operations.meetings", amount="80.00", description="The congress"
    )
    with pytest.raises(Refused) as refused:
        spend(funded, amount="30.00")
    assert refused.value.params["available"] == "20.00"

    spend(funded, amount="90.00", commitment_id=aside["id"])

    assert (line(funded)["spent"], line(funded)["committed"]) == ("90.00", "0.00")
    with pytest.raises(Refused):
        spend(funded, amount="1.00", commitment_id=aside["id"])
    states = [one["state"] for one in funded.ask(budget.list_commitments, year=2026)["items"]]
    assert states == ["settled"]


def test_money_set_aside_is_given_back_once(funded: GovernanceHarness):
    aside = funded.ask(
        budget.commit_funds, year=2026, line_code="operations.meetings", amount="80.00", description="The congress"
    )
    funded.ask(budget.release_commitment, commitment_id=aside["id"], reason="put off")

    assert line(funded)["committed"] == "0.00"
    with pytest.raises(Refused):
        funded.ask(budget.release_commitment, commitment_id=aside["id"], reason="again")
    with pytest.raises(NotFound):
        funded.ask(budget.release_commitment, commitment_id=str(uuid7()), reason="unknown")


@pytest.mark.databases("postgresql", "sqlite")
def test_the_ledger_is_listed_newest_first_by_page_and_filter(funded: GovernanceHarness):
    for _ in range(3):
        spend(funded)
    funded.ask(funds.record_income, kind="dues", amount="5.00", description="Dues")

    first = funded.ask(funds.list_fund_entries, year=2026, limit=2)
    second = funded.ask(funds.list_fund_entries, year=2026, limit=2, cursor=first["next_cursor"])

    numbers = [one["number"] for one in first["items"] + second["items"]]
    assert numbers == ["2026-000004", "2026-000003", "2026-000002", "2026-000001"]
    assert second["next_cursor"] is None
    assert len(funded.ask(funds.list_fund_entries, line="operations.meetings")["items"]) == 3
    assert len(funded.ask(funds.list_fund_entries, kind="income")["items"]) == 1
    assert funded.ask(funds.list_fund_entries, year=2025)["items"] == []


def proved(governance: GovernanceHarness) -> tuple[dict, int]:
    """Prove the ledger part by part, as the gateway's long work does; return the last part and how many there were."""
    part, parts = {}, 0
    while not part.get("ended"):
        goes_along = {name: part[name] for name in bookkeeping.VerifyLedgerPart().fields if name in part}
        part, parts = governance.ask(bookkeeping.verify_ledger_part, **goes_along), parts + 1
    return part, parts


@pytest.mark.databases("postgresql", "sqlite")
def test_a_ledger_of_any_length_is_proved_part_by_part(funded: GovernanceHarness, monkeypatch: pytest.MonkeyPatch):
    for _ in range(5):
        spend(funded)
    whole = funded.ask(bookkeeping.verify_ledger)
    monkeypatch.setattr(entries, "PROVED_AT_ONCE", 2)
    monkeypatch.setattr(entries, "PROVED_IN_ONE_GO", 4)

    part, parts = proved(funded)

    assert parts == 3
    assert {name: part[name] for name in whole} == whole
    assert (part["intact"], part["entries"], part["total"]) == (True, 5, 5)
    with pytest.raises(Refused, match="more than 4 are verified as long work"):
        funded.ask(bookkeeping.verify_ledger)


@pytest.mark.parametrize(
    ("statement", "broken_at", "finding"),
    [
        ("UPDATE fund_entry SET description = 'tea' WHERE sequence = 4", "2026-000004", "its content was changed"),
        ("UPDATE fund_entry SET number = '2026-000009' WHERE sequence = 3", "2026-000009", "2026-000003 is missing"),
        ("UPDATE fund_entry SET previous_hash = 'x' WHERE sequence = 5", "2026-000005", "does not follow"),
    ],
)
def test_a_break_between_two_parts_is_found(
    funded: GovernanceHarness, monkeypatch: pytest.MonkeyPatch, statement: str, broken_at: str, finding: str
):
    for _ in range(5):
        spend(funded)
    tampered(funded, statement)
    monkeypatch.setattr(entries, "PROVED_AT_ONCE", 2)

    part, _ = proved(funded)

    assert (part["intact"], part["broken_at"]) == (False, broken_at)
    assert finding in part["finding"]


def test_an_end_cut_off_while_parts_are_proved_is_missed(funded: GovernanceHarness, monkeypatch: pytest.MonkeyPatch):
    for _ in range(4):
        spend(funded)
    monkeypatch.setattr(entries, "PROVED_AT_ONCE", 2)
    tampered(funded, "DELETE FROM fund_side WHERE entry_id IN (SELECT id FROM fund_entry WHERE sequence = 4)")
    tampered(funded, "DELETE FROM fund_entry WHERE sequence = 4")

    part, _ = proved(funded)

    assert (part["intact"], part["finding"]) == (False, "entries behind place 3 are missing")


def totals(governance: GovernanceHarness, **filters: Any) -> tuple[int, str, str, str | None, str | None]:
    sums = governance.ask(found.get_fund_totals, **filters)
    return sums["entries"], sums["income"], sums["expense"], sums["opening"], sums["closing"]


@pytest.mark.databases("postgresql", "sqlite")
def test_entries_are_found_by_day_and_words_and_summed_with_the_balance(funded: GovernanceHarness):
    assert totals(funded) == (0, "0.00", "0.00", "0.00", "0.00")
    income = {"kind": "allocation", "description": "Allocation"}
    funded.ask(funds.record_income, **income, amount="1000.00", posted_on="2026-01-31")
    spend(funded, amount="200.00", posted_on="2026-02-01", description="Tea 100%")
    wrong = spend(funded, amount="50.00", posted_on="2026-02-28")
    funded.ask(funds.reverse_entry, entry_id=wrong["id"], reason="twice")
    examined = {"line_code": "entrusted.examination", "funding_source": "administration"}
    spend(funded, amount="5.00", posted_on="2026-03-01", **examined)

    assert totals(funded) == (5, "1000.00", "205.00", "0.00", "800.00")
    assert totals(funded, since="2026-02-01", until="2026-02-27") == (1, "0.00", "200.00", "1000.00", "800.00")
    assert totals(funded, period="2026-02")[3:] == ("1000.00", "750.00")
    assert totals(funded, year=2025) == (0, "0.00", "0.00", "0.00", "0.00")
    assert totals(funded, q="Tea 100%") == (1, "0.00", "200.00", None, None)
    assert totals(funded, q="100_")[0] == 0

    def numbers(**filters: Any) -> list[str]:
        return [one["number"] for one in funded.ask(funds.list_fund_entries, **filters)["items"]]

    assert numbers(q="2026-000002") == ["2026-000002"]
    assert numbers(until="2026-01-31") == ["2026-000001"]
    assert numbers(since="2026-03-02") == ["2026-000004"]
