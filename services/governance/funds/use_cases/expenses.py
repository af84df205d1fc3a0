"""Turns a claim into a ledger entry or a refusal: read figures, check the rules, commit, enter, record the event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.rules.refusal import Refusal, sourced
from services.chassis.rules.rulebook import RuleInForce
from services.contracts.governance.funds.events import ExpenseRecorded
from services.governance.funds import rules
from services.governance.funds.entry_rules import expense_sides, period_of
from services.governance.funds.tables import BudgetLine, Commitment, FundEntry
from services.governance.funds.use_cases import catalogue, ledger
from services.governance.funds.use_cases.sitting import Claim, Sitting

OF_YEAR = "per_member_year"


@dataclass
class Decision:
    """The decision on a claim: the refusal, if there is one, and the dated rules that were used."""

    benefit: rules.Benefit | None
    line: BudgetLine | None
    refusal: Refusal | None
    asked: dict[str, RuleInForce]

    @property
    def explained(self) -> list[dict[str, Any]]:
        """The rules used, in the form stored with an entry or a refusal."""
        return [rule.explain() for rule in self.asked.values()]

    @property
    def rule_key(self) -> str | None:
        """The rule that limits the amount: the first that was used."""
        return next(iter(self.asked), None)


def decide(sitting: Sitting, claim: Claim, *, set_aside: Decimal = rules.NOTHING) -> Decision:
    """Check every rule for a claim, as of the day of the expense.

    Args:
        sitting: the locked ledger with cached look-ups.
        claim: the claim. With an `override_reason`, missing rules are ignored; existing ones apply.
        set_aside: the amount that an officer had already committed for it on the same line; what its source reserved
            there is added.
    """
    benefit = benefit_of(sitting, claim.benefit_key, claim.spent_on) if claim.benefit_key else None
    code = claim.line_code or (benefit.line_code if benefit else None)
    line = sitting.line(claim.posted_on.year, code) if code else None
    if claim.benefit_key and benefit is None:
        return Decision(None, line, rules.benefit_is_unknown(claim.benefit_key, claim.spent_on), {})
    keys = [benefit.rule_key(need) for need in benefit.needs] if benefit else []
    found = {key: sitting.rule(key, claim.spent_on) for key in keys}
    asked = {key: rule for key, rule in found.items() if rule is not None}
    absent = (key for key, rule in found.items() if rule is None)
    missing = next((key for key in absent if not _is_said_by_cap(benefit, key, asked)), None)
    if missing and not claim.override_reason:
        return Decision(benefit, line, rules.rule_is_missing(missing, claim.spent_on), asked)
    period = period_of(claim.posted_on)
    source = claim.funding_source or (benefit.funding_source if benefit else "union")
    refusal = rules.check_expense(
        rules.Expense(claim.amount, claim.form, source, claim.people),
        line_for_rules(line, set_aside + sitting.reserved.left(claim.reserved_by, line)) if line else None,
        year=claim.posted_on.year,
        period=period,
        closed=sitting.is_closed(period),
        benefit=benefit,
        figures=_figures(benefit, asked),
        spent_this_year=sitting.spent(claim) if _counts_the_year(benefit, asked) else rules.NOTHING,
    )
    return Decision(benefit, line, sourced(refusal, asked.get(refusal.rule) if refusal else None), asked)


def benefit_of(sitting: Sitting, key: str, on: date) -> rules.Benefit | None:
    """Return a benefit: a shipped one, or one of the union's own, for which a dated rule names a budget line.

    Such a rule (`benefit.KEY.line`) takes precedence over the line of a shipped benefit. A benefit of the union's own
    needs a cap and its forms, and is paid from the union's funds.
    """
    shipped, line = catalogue.benefits().get(key), sitting.rule(f"benefit.{key}.line", on)
    if line is None:
        return shipped
    if shipped is not None:
        return replace(shipped, line_code=line.value)
    return rules.Benefit(key, None, None, line.value, "union", ("cap", "forms"))


def enter(sitting: Sitting, claim: Claim, decision: Decision, commitment: Commitment | None = None) -> FundEntry:
    """Enter an allowed claim: entry, budget line, reservation or commitment, event."""
    line = decision.line
    if line is None:
        raise ValueError("an expense needs its budget line")
    reservation = sitting.reserved.of(claim.reserved_by)
    entry = sitting.books.add(_draft(claim, decision, line, reservation.id if reservation else None))
    is_reserved = sitting.reserved.use(claim.reserved_by, line, claim.amount)
    sitting.count(claim, line)
    if not is_reserved:
        _settle_commitment(sitting.tx, claim, line, entry.description, commitment)
    announce(sitting.tx, entry, claim.claim)
    return entry


def announce(tx: Transaction, entry: FundEntry, claim: int) -> None:
    """Record the event that a claim was posted."""
    tx.record(
        ExpenseRecorded(
            entry_id=entry.id,
            number=entry.number,
            source_type=entry.source_type,
            source_id=entry.source_id,
            claim=claim,
            unit_id=entry.unit_id,
            line_code=entry.line_code,
            amount=entry.amount,
            rule_key=entry.rule_key,
            posted_on=entry.posted_on,
        )
    )


def _draft(claim: Claim, decision: Decision, line: BudgetLine, reservation_id: UUID | None) -> ledger.Draft:
    benefit = decision.benefit
    name, name_en = (benefit.name, benefit.name_en) if benefit and benefit.name else (line.name, line.name_en)
    source = claim.funding_source or line.funding_source
    return ledger.Draft(
        kind="expense",
        amount=claim.amount,
        sides=expense_sides(catalogue.expense_account(line.accounting_code), claim.amount, source),
        description=claim.description or name,
        description_en=None if claim.description else name_en,
        posted_on=claim.posted_on,
        spent_on=claim.spent_on,
        funding_source=source,
        source_type=claim.source_type,
        source_id=claim.source_id,
        claim=claim.claim,
        line_id=line.id,
        line_code=line.code,
        unit_id=claim.unit_id,
        form=claim.form,
        benefit_key=claim.benefit_key,
        beneficiary=claim.beneficiary,
        people=claim.people,
        rule_key=decision.rule_key,
        rules=decision.explained,
        evidence_kinds=claim.evidence_kinds,
        decision=claim.decision,
        override_reason=claim.override_reason,
        reservation_id=reservation_id,
    )


def _settle_commitment(
    tx: Transaction, claim: Claim, line: BudgetLine, description: str, commitment: Commitment | None
) -> None:
    """Settle the commitment for it, or store one that is settled at once."""
    if commitment is not None:
        line.committed -= commitment.amount
        commitment.state, commitment.closed_at, commitment.paid = "settled", tx.now, commitment.amount
        return
    tx.session.add(
        Commitment(
            line_id=line.id,
            year=line.year,
            line_code=line.code,
            source_type=claim.source_type,
            source_id=claim.source_id,
            claim=claim.claim,
            amount=claim.amount,
            paid=claim.amount,
            state="settled",
            description=description,
            unit_id=claim.unit_id,
            created_at=tx.now,
            closed_at=tx.now,
        )
    )


def line_for_rules(line: BudgetLine, set_aside: Decimal) -> rules.Line:
    """Return what the rules ask of a line, where an amount that was set aside on it before is available."""
    return rules.Line(
        line.code,
        line.funding_source,
        line.available + set_aside,
        budget=line.amount,
        committed=line.committed - set_aside,
        spent=line.spent,
    )


def _figures(benefit: rules.Benefit | None, asked: dict[str, RuleInForce]) -> rules.Figures:
    if benefit is None:
        return rules.Figures()
    cap, year_cap, forms = (asked.get(benefit.rule_key(need)) for need in ("cap", "year_cap", "forms"))
    return rules.Figures(
        cap=cap.amount if cap else None,
        year_cap=year_cap.amount if year_cap else None,
        forms=frozenset(forms.value) if forms else None,
        cap_is_of_year=cap is not None and cap.basis == OF_YEAR,
    )


def _is_said_by_cap(benefit: rules.Benefit | None, key: str, asked: dict[str, RuleInForce]) -> bool:
    """Whether a key is the cap of a year, and the benefit's cap counts by the year already."""
    cap = asked.get(benefit.rule_key("cap")) if benefit and key == benefit.rule_key("year_cap") else None
    return cap is not None and cap.basis == OF_YEAR


def _counts_the_year(benefit: rules.Benefit | None, asked: dict[str, RuleInForce]) -> bool:
    """Whether a rule counts what the beneficiary had this year."""
    return benefit is not None and ("year_cap" in benefit.needs or any(one.basis == OF_YEAR for one in asked.values()))
