"""What the rules in force say of joining in a form of employment: who may, and which documents come with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.optional import rule_or_reason
from services.chassis.rules.refusal import Refusal, sourced
from services.chassis.rules.rulebook import RuleInForce
from services.contracts.vocabulary import EMPLOYMENTS
from services.membership.joining import rules
from services.membership.joining.tables import Application
from services.membership.joining.workflow import OPEN_STATES

ESTABLISHED = "established"
"""编制内: the university's own register proves the employment; the others bring a document."""


@dataclass
class Terms:
    """The terms of one form of employment on a day; what no rule speaks about stands in `missing`."""

    employment: str
    may_join: bool | None = None
    documents: tuple[str, ...] | None = None
    rules: list[RuleInForce] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    missing_rules: list[str] = field(default_factory=list)

    def refusal_to_join(self) -> Refusal | None:
        """Return why this form of employment may not join."""
        return sourced(rules.employment_may_join(self.employment, self.may_join), self._rule("joining.employments"))

    def refusal_of_documents(self, attached: Collection[str], *, seen: bool) -> Refusal | None:
        """Return why the attached documents do not suffice.

        Args:
            attached: kinds of them.
            seen: whether the unit has seen the originals.
        """
        refusal = rules.documents_are_attached(self.documents, attached, seen=seen)
        return sourced(refusal, self._rule(f"joining.documents.{self.employment}"))

    def _rule(self, key: str) -> RuleInForce | None:
        return next((rule for rule in self.rules if rule.key == key), None)


def terms_of(tx: Transaction, employment: str, on: date) -> Terms:
    """Return the terms in force; nothing is assumed in place of a rule that is missing."""
    terms = Terms(employment)
    listed = _look_up(tx, terms, "joining.employments", on)
    if listed is not None:
        terms.may_join = employment in listed.value
    if employment == ESTABLISHED:
        terms.documents = ()
        return terms
    needed = _look_up(tx, terms, f"joining.documents.{employment}", on)
    if needed is not None:
        terms.documents = tuple(needed.value)
    return terms


def employment_terms(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The terms of every form of employment."""
    on = request["on"] or tx.today
    return {"on": on, "items": [to_reply(terms_of(tx, employment, on)) for employment in EMPLOYMENTS]}


def open_applications(tx: Transaction, most: int) -> tuple[dict[UUID, str], bool]:
    """Return the form of employment of open applications, oldest first, and whether there are more."""
    wanted = sa.select(Application.id, Application.employment).where(Application.state.in_(OPEN_STATES))
    rows = tx.session.execute(wanted.order_by(Application.id).limit(most + 1)).all()
    return {row.id: row.employment for row in rows[:most] if row.employment}, len(rows) > most


def demanded_of(tx: Transaction, cases: Mapping[UUID, str], on: date) -> dict[UUID, tuple[str, ...] | None]:
    """Return, by the application, the documents that are demanded of it on a day; None where it can't be approved."""
    found = {employment: terms_of(tx, employment, on) for employment in sorted(set(cases.values()))}
    demanded = {name: terms.documents if terms.may_join else None for name, terms in found.items()}
    return {case: demanded[employment] for case, employment in cases.items()}


def to_reply(terms: Terms) -> dict[str, Any]:
    """Return terms as the contract's `EmploymentTerms` wants them."""
    return asdict(terms)


def _look_up(tx: Transaction, terms: Terms, key: str, on: date) -> RuleInForce | None:
    rule, missing = rule_or_reason(tx, key, on)
    if rule is not None:
        terms.rules.append(rule)
    elif missing is not None:
        terms.missing.append(missing.detail)
        terms.missing_rules.append(key)
    return rule
