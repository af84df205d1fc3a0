"""Rules of the union's money: whether an expense is allowed, reversals, budgets.

Pure: no database, no clock; figures of dated rules are arguments. Every refusal has a `reason_code` of the contract.
Sources: 工会法 Art. 43 and 45; 基层工会经费收支管理办法; the figures themselves are dated rules and not in the code.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal

from services.chassis.rules.refusal import Refusal, first_refusal

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Benefit:
    """福利项目: a benefit of one occasion, with budget line, funding source, and the rules it needs.

    One of the union's own has no name: its entries are named after their line.
    """

    key: str
    name: str | None
    name_en: str | None
    line_code: str
    funding_source: str
    needs: tuple[str, ...]

    def rule_key(self, need: str) -> str:
        """Return the key of the dated rule for a need: `cap`, `year_cap` or `forms`."""
        return f"benefit.{self.key}.{need}"


@dataclass(frozen=True)
class Expense:
    """An expense: amount in yuan for `people` persons, its form and its funding source."""

    amount: Decimal
    form: str | None
    funding_source: str
    people: int = 1

    @property
    def per_head(self) -> Decimal:
        """Amount for one person, unrounded."""
        return self.amount / self.people

    @property
    def shown_per_head(self) -> Decimal:
        """Amount for one person in a refusal: rounded up, so that it is never shown equal to the cap it exceeds."""
        return self.per_head.quantize(NOTHING, ROUND_UP)


@dataclass(frozen=True)
class Line:
    """The data of a budget line that the rules use."""

    code: str
    funding_source: str
    available: Decimal
    budget: Decimal = NOTHING
    committed: Decimal = NOTHING
    spent: Decimal = NOTHING


@dataclass(frozen=True)
class Figures:
    """The figures of dated rules on the day; None if the benefit needs no such rule, or an officer overrode it.

    `cap_is_of_year`: the cap is counted by member and year, so that what was spent before counts too.
    """

    cap: Decimal | None = None
    year_cap: Decimal | None = None
    forms: frozenset[str] | None = None
    cap_is_of_year: bool = False


def check_expense(
    expense: Expense,
    line: Line | None,
    *,
    year: int,
    period: str,
    closed: bool,
    benefit: Benefit | None = None,
    figures: Figures = Figures(),
    spent_this_year: Decimal = NOTHING,
) -> Refusal | None:
    """Check every rule in turn; return the first refusal, or None when the expense is allowed.

    Args:
        expense: the expense.
        line: the budget line it falls on, None when the year's budget has none.
        year: the budget year.
        period: accounting month of the posting, closed or not.
        closed: whether that month is closed.
        benefit: the benefit, if it is paid for one.
        figures: the dated rules' figures of that benefit.
        spent_this_year: the amount of the same benefit that the beneficiary had this year.
    """
    needed_source = benefit.funding_source if benefit else None
    return first_refusal(
        [
            period_is_open(period, closed),
            funding_source_is_right(expense.funding_source, needed_source, benefit.key if benefit else None),
            form_is_allowed(expense.form, figures.forms, benefit),
            amount_is_within_cap(expense, figures.cap, benefit),
            year_total_is_within_cap(expense, spent_this_year, figures.year_cap, benefit),
            year_total_is_within_cap(
                expense, spent_this_year, figures.cap if figures.cap_is_of_year else None, benefit, need="cap"
            ),
            line_is_in_budget(line, year, benefit.line_code if benefit else None),
            line_pays_from(line, expense.funding_source),
            line_has_money(line, expense.amount),
        ]
    )


def period_is_open(period: str, closed: bool) -> Refusal | None:
    """A closed accounting month accepts no entries."""
    if not closed:
        return None
    return _refuse("fund.period_is_open", "period_closed", f"The accounting month {period} is closed.", period=period)


def funding_source_is_right(given: str, needed: str | None, benefit_key: str | None) -> Refusal | None:
    """The administration pays medical examinations and recuperation, the union all other benefits."""
    if needed is None or given == needed:
        return None
    return _refuse(
        "fund.funding_source_is_right",
        "funding_source_wrong",
        f"This is paid from the {_whose(needed)}, not from the {_whose(given)}.",
        field="funding_source",
        benefit=benefit_key,
        needed=needed,
        given=given,
    )


def form_is_allowed(form: str | None, forms: Collection[str] | None, benefit: Benefit | None) -> Refusal | None:
    """Goods, voucher or cash: only the forms that the rule allows for the occasion."""
    if forms is None or form in forms or benefit is None:
        return None
    allowed = ", ".join(sorted(forms))
    return _refuse(
        benefit.rule_key("forms"),
        "form_not_allowed",
        f"Allowed for this occasion: {allowed}; given: {form or 'none'}.",
        field="form",
        allowed=sorted(forms),
        given=form,
    )


def amount_is_within_cap(expense: Expense, cap: Decimal | None, benefit: Benefit | None) -> Refusal | None:
    """One occasion costs at most the cap per person."""
    if cap is None or benefit is None or expense.per_head <= cap:
        return None
    return _refuse(
        benefit.rule_key("cap"),
        "cap_exceeded",
        f"At most {cap:.2f} yuan a head are allowed for this occasion; asked: {expense.shown_per_head} for each of "
        f"{expense.people}, {expense.amount:.2f} in all.",
        field="amount",
        cap=f"{cap:.2f}",
        asked=str(expense.shown_per_head),
        amount=f"{expense.amount:.2f}",
        people=expense.people,
    )


def year_total_is_within_cap(
    expense: Expense, spent: Decimal, cap: Decimal | None, benefit: Benefit | None, need: str = "year_cap"
) -> Refusal | None:
    """One person gets at most the yearly cap of a benefit within a calendar year."""
    if cap is None or benefit is None or spent + expense.per_head <= cap:
        return None
    left = max(cap - spent, NOTHING)
    return _refuse(
        benefit.rule_key(need),
        "year_cap_exceeded",
        f"At most {cap:.2f} yuan a head and year are allowed; {spent:.2f} were spent, {left:.2f} are left, "
        f"asked: {expense.shown_per_head}.",
        field="amount",
        cap=f"{cap:.2f}",
        spent=f"{spent:.2f}",
        left=f"{left:.2f}",
        asked=str(expense.shown_per_head),
    )


def line_is_in_budget(line: Line | None, year: int, wanted: str | None) -> Refusal | None:
    """An expense needs a line in the year's budget."""
    if line is not None:
        return None
    named = f" {wanted}" if wanted else ""
    detail = f"The budget of {year} has no line{named}."
    return _refuse("fund.line_is_in_budget", "no_budget_line", detail, field="line_code", year=year, line=wanted)


def line_pays_from(line: Line | None, funding_source: str) -> Refusal | None:
    """A line of the union's budget is spent from the union's funds, an entrusted one from the administration's."""
    if line is None or line.funding_source == funding_source:
        return None
    return _refuse(
        "fund.line_pays_from",
        "funding_source_wrong",
        f"The line {line.code} is paid from the {_whose(line.funding_source)}.",
        field="funding_source",
        line=line.code,
    )


def line_has_money(line: Line | None, amount: Decimal) -> Refusal | None:
    """A line is never overdrawn; commitments count as spent."""
    if line is None or amount <= line.available:
        return None
    return _refuse(
        "fund.line_has_money",
        "budget_exhausted",
        f"The line {line.code} has {line.available:.2f} yuan left of {line.budget:.2f}, as {line.committed:.2f} are "
        f"set aside and {line.spent:.2f} spent; needed: {amount:.2f}.",
        field="amount",
        line=line.code,
        budget=f"{line.budget:.2f}",
        committed=f"{line.committed:.2f}",
        spent=f"{line.spent:.2f}",
        available=f"{line.available:.2f}",
        needed=f"{amount:.2f}",
    )


def rule_is_missing(key: str, on: date) -> Refusal:
    """Return the refusal for a missing dated rule; no default is assumed."""
    detail = f"no rule in force for {key} on {on.isoformat()}"
    return _refuse(key, "no_rule_in_force", detail, key=key, on=on.isoformat())


def benefit_is_unknown(key: str, on: date) -> Refusal:
    """Return the refusal for an unknown benefit: it is not shipped, and no rule names its budget line."""
    line = f"benefit.{key}.line"
    detail = f"no rule in force for {line} on {on.isoformat()}"
    return _refuse(line, "benefit_unknown", detail, benefit=key, key=line, on=on.isoformat())


def entry_is_reversible(kind: str, reversed_already: bool) -> Refusal | None:
    """An entry is reversed once, and a reversal is not reversed."""
    if kind != "reversal" and not reversed_already:
        return None
    detail = "This entry was reversed already." if reversed_already else "A reversal is not reversed; record anew."
    return Refusal("fund.entry_is_reversible", detail)


def dues_go_back_where_they_were_paid(source_type: str) -> Refusal | None:
    """Dues are reversed or refunded in membership, so that its books and the ledger agree."""
    if source_type != "dues":
        return None
    return Refusal("fund.dues_go_back_where_they_were_paid", "Undo or refund the payment under dues instead.")


def posting_day_is_plausible(posted_on: date, today: date) -> Refusal | None:
    """Expenses are not recorded in advance; late documents belong to this year or the previous one."""
    if posted_on > today:
        return Refusal("fund.day_is_not_ahead", "The day lies in the future.", field="posted_on")
    earliest = date(today.year - 1, 1, 1)
    if posted_on >= earliest:
        return None
    params = {"earliest": earliest.isoformat(), "latest": today.isoformat()}
    return Refusal("fund.day_is_near", f"The day lies from {earliest} to {today}.", "posted_on", params)


def budget_covers(amount: Decimal, committed: Decimal, spent: Decimal) -> Refusal | None:
    """A line's budget is not reduced below its commitments and expenses."""
    if amount >= committed + spent:
        return None
    return Refusal(
        "fund.budget_covers",
        f"{committed:.2f} yuan of this line are set aside and {spent:.2f} spent; {amount:.2f} do not cover them.",
        field="amount",
        params={"committed": f"{committed:.2f}", "spent": f"{spent:.2f}"},
    )


def _whose(funding_source: str) -> str:
    return "union's funds" if funding_source == "union" else "administration's welfare budget"


def _refuse(rule: str, reason_code: str, detail: str, *, field: str | None = None, **params: object) -> Refusal:
    return Refusal(rule, detail, field=field, params={"reason_code": reason_code, **params})
