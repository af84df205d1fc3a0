"""What is answered about disclosures. Figures are those of the ledger: no persons, no single entries."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Money, Schema, Timestamp, labelled
from services.contracts.governance.disclosures.vocabulary import (
    DISCLOSURE_FIELDS,
    DISCLOSURE_PARTS,
    DISCLOSURE_STATES,
    DISCLOSURE_STEPS,
    QUESTION_STATES,
)
from services.contracts.governance.funds.vocabulary import FUNDING_SOURCES


@labelled(DISCLOSURE_FIELDS)
class Disclosure(Schema):
    """经费公开 A disclosure in a list: the sums of its months, minus reversals."""

    id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    part = Choice(DISCLOSURE_PARTS, required=True)
    state = Choice(DISCLOSURE_STATES, required=True)
    income = Money(required=True)
    expense = Money(required=True)
    entries = fields.Integer(required=True)
    prepared_on = fields.Date(required=True)
    approved_on = fields.Date(required=True, allow_none=True)
    published_on = fields.Date(required=True, allow_none=True)


@labelled(DISCLOSURE_FIELDS)
class DisclosedSum(Schema):
    """A sum by account or month; `code` is the account, or the month as `2026-03`."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    amount = Money(required=True)


@labelled(DISCLOSURE_FIELDS)
class DisclosureLine(Schema):
    """A budget line: what it has for the year, what was spent in the part and since the year began."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    funding_source = Choice(FUNDING_SOURCES, required=True)
    budget = Money(required=True)
    spent = Money(required=True)
    spent_year = Money(required=True)


@labelled(DISCLOSURE_FIELDS)
class DisclosureEntry(Schema):
    """What was done with a disclosure, when."""

    step = Choice(DISCLOSURE_STEPS, required=True)
    note = fields.String(required=True, allow_none=True)
    at = Timestamp(required=True)


@labelled(DISCLOSURE_FIELDS)
class DisclosureDetail(Disclosure):
    """One disclosure whole. `open_months`: months with entries that are not closed; `actions`: of the caller.

    `last_sequence` and `last_hash`: the last entry of the ledger when the figures were read, by which they can be
    computed again from an export.
    """

    note = fields.String(required=True, allow_none=True)
    computed_at = Timestamp(required=True)
    last_sequence = fields.Integer(required=True)
    last_hash = fields.String(required=True)
    open_months = fields.List(fields.String(), required=True)
    by_income = fields.List(fields.Nested(DisclosedSum), required=True)
    by_month = fields.List(fields.Nested(DisclosedSum), required=True)
    by_line = fields.List(fields.Nested(DisclosureLine), required=True)
    version = fields.Integer(required=True)
    history = fields.List(fields.Nested(DisclosureEntry), required=True)
    actions = fields.List(fields.String(), required=True)


@labelled(DISCLOSURE_FIELDS)
class DisclosureQuestion(Schema):
    """会员提问 A question about a disclosure; `reason` of one that is not shown is for its author and who answers."""

    id = fields.UUID(required=True)
    disclosure_id = fields.UUID(required=True)
    year = fields.Integer(required=True)
    part = Choice(DISCLOSURE_PARTS, required=True)
    text = fields.String(required=True)
    state = Choice(QUESTION_STATES, required=True)
    asked_on = fields.Date(required=True)
    answer = fields.String(required=True, allow_none=True)
    answered_on = fields.Date(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    own = fields.Boolean(required=True)
