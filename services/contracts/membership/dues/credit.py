"""Overpaid dues (多缴): posted in full, stored as a credit, carried to other months or refunded.

A credit is the difference between what was paid and what is due for a month. It is not stored, so it always agrees with
the payments. Carrying it moves money between months only, so the ledger gets no entry.
"""

from marshmallow import fields

from services.chassis.schema import Choice, Money, Page, PageRequest, Schema, Vocabulary, label, labelled, query
from services.contracts.membership.dues.vocabulary import Month
from services.contracts.membership.record.fields import MEMBER_FIELDS

OVERPAID = Vocabulary("overpaid", leave="不入账", credit="转为多缴")
"""What to do with payroll rows of more than is owed: don't post them, or post them in full, which gives a credit."""


class PostDuesFile(Schema):
    """Post a checked file; `overpaid`: what to do with rows of more than is owed."""

    file_id = fields.UUID(required=True)
    overpaid = Choice(OVERPAID, load_default="leave")


@labelled(MEMBER_FIELDS)
class Credit(Schema):
    """多缴会费 What a member has paid above what was due for a month, minus requested refunds."""

    member_id = fields.UUID(required=True, metadata=label("会员"))
    unit_id = fields.UUID(required=True)
    month = Month(required=True, metadata=label("月份"))
    amount = Money(required=True, metadata=label("多缴"))


list_dues_credits = query(
    "membership", "list_dues_credits", request=PageRequest, reply=Page(Credit), allow=("officer", "auditor"),
    doc="Months for which more was paid than was due; carried when a month is charged, or refunded.",
    title="查看多缴的会费",
)  # fmt: skip
