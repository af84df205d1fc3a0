"""Entries always balance, and a ledger somebody meddled with never proves whole."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.governance.funds.entry_rules import (
    BEGINNING,
    End,
    Recorded,
    Side,
    Verdict,
    digest_of,
    entry_number,
    expense_sides,
    finding_at_the_end,
    income_sides,
    is_balanced,
    mirrored,
    verify,
)

amounts = st.decimals("0.01", "99999999.99", places=2)


def ledger(figures: list[Decimal], years: list[int]) -> list[Recorded]:
    entries, previous, places = [], BEGINNING, dict.fromkeys(years, 0)
    for sequence, amount in enumerate(figures, 1):
        year = years[(sequence - 1) % len(years)]
        places[year] += 1
        number = entry_number(year, places[year])
        content = {"number": number, "amount": str(amount)}
        digest = digest_of(content, previous)
        entries.append(Recorded(sequence, number, income_sides("income.dues", amount), content, previous, digest))
        previous = digest
    return entries


@given(amounts, st.sampled_from(["union", "administration"]))
def test_every_expense_balances_and_so_does_its_reversal(amount, source):
    sides = expense_sides("expense.operations", amount, source)

    assert is_balanced(sides)
    assert is_balanced(mirrored(sides))
    assert mirrored(mirrored(sides)) == sides


@given(amounts)
def test_an_entry_and_its_reversal_leave_nothing_on_any_account(amount):
    sides = income_sides("income.dues", amount)
    totals: dict[str, Decimal] = {}
    for side in (*sides, *mirrored(sides)):
        totals[side.account] = totals.get(side.account, Decimal(0)) + side.debit - side.credit

    assert set(totals.values()) == {Decimal("0.00")}


@given(amounts, st.decimals("0.01", "10", places=2))
def test_sides_that_differ_do_not_balance(amount, more):
    debit, credit = expense_sides("expense.other", amount, "union")

    assert not is_balanced((replace(debit, debit=amount + more), credit))
    assert not is_balanced((debit,))
    assert not is_balanced(())


def test_a_side_that_debits_and_credits_at_once_does_not_balance():
    both = Side("asset.bank", debit=Decimal("1.00"), credit=Decimal("1.00"))

    assert not is_balanced((both, both))


def test_an_empty_ledger_is_whole():
    assert verify([]) == verify(iter(()))
    assert verify([]).finding is None


ledgers = st.builds(ledger, st.lists(amounts, min_size=1, max_size=12), st.sampled_from([[2026], [2025, 2026]]))


@given(ledgers)
def test_a_ledger_nobody_touched_is_whole(entries):
    verdict = verify(entries)

    assert verdict.finding is None
    assert (verdict.entries, verdict.last) == (len(entries), entries[-1].digest)


@given(ledgers, st.data())
def test_changing_an_entry_is_found_at_that_entry(entries, data):
    place = data.draw(st.integers(0, len(entries) - 1))
    entries[place] = replace(entries[place], content={**entries[place].content, "amount": "0.03 more"})

    verdict = verify(entries)

    assert (verdict.broken_at, verdict.finding) == (entries[place].number, "its content was changed")


@given(st.lists(amounts, min_size=3, max_size=8), st.data())
def test_dropping_an_entry_is_found(figures, data):
    entries = ledger(figures, [2026])
    place = data.draw(st.integers(0, len(entries) - 2))
    del entries[place]

    assert verify(entries).finding is not None


@given(st.lists(amounts, min_size=3, max_size=8), st.data())
def test_an_entry_rewritten_with_a_fresh_digest_breaks_the_one_behind_it(figures, data):
    entries = ledger(figures, [2026])
    place = data.draw(st.integers(0, len(entries) - 2))
    forged = {**entries[place].content, "amount": "0.03 more"}
    entries[place] = replace(entries[place], content=forged, digest=digest_of(forged, entries[place].previous))

    assert verify(entries).broken_at == entries[place + 1].number


def test_sides_that_do_not_balance_are_found_in_the_ledger():
    entries = ledger([Decimal("5.00")], [2026])
    entries[0] = replace(
        entries[0], sides=(Side("asset.bank", debit=Decimal("5.00")), Side("x", credit=Decimal("4.00")))
    )

    assert verify(entries).finding == "debits and credits differ"


def test_the_end_of_a_ledger_others_write_to_is_whole_wherever_reading_stopped_between():
    began, ended = End(3, "c"), End(5, "e")
    for found in (Verdict(3, "c"), Verdict(4, "d"), Verdict(5, "e")):
        assert finding_at_the_end(found, began, ended) is None
    assert finding_at_the_end(Verdict(0, BEGINNING), End(), End()) is None
    assert finding_at_the_end(Verdict(2, "b"), began, ended) == "entries behind place 2 are missing"
    assert finding_at_the_end(Verdict(6, "f"), began, ended) == "entries behind place 5 were never entered"
    forged = finding_at_the_end(Verdict(5, "x"), ended, ended)
    assert forged == "the last entry is another than the one that was entered"
