"""Dues paid over what was owed (多缴): posted in full, kept as a credit, carried to other months or given back.

A credit is what stands paid above what is due for a month. It is no entry of its own, so it can't disagree with the
payments; carrying it moves money from month to month and nothing in or out, so that the ledger hears nothing.
"""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Money, Page, PageRequest, Schema, query
from services.contracts.membership.dues.vocabulary import Month

OVERPAID = ("leave", "credit")
"""What becomes of the rows of a payroll that say more than is owed: not posted, or posted in full as a credit."""


class PostDuesFile(Schema):
    """Post a checked file; `overpaid` says what becomes of rows with more than is owed."""

    file_id = fields.UUID(required=True)
    overpaid = Choice(OVERPAID, load_default="leave")


class Credit(Schema):
    """多缴会费 What a member has paid above what was due for a month, refunds asked for taken off."""

    member_id = fields.UUID(required=True)
    unit_id = fields.UUID(required=True)
    month = Month(required=True)
    amount = Money(required=True)


list_dues_credits = query(
    "membership", "list_dues_credits", request=PageRequest, reply=Page(Credit), allow=("officer", "auditor"),
    doc="Months for which more was paid than was due; carried when a month is charged, or refunded.",
)  # fmt: skip
