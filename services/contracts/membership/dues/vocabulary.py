"""Words shared by the contracts of the dues: months, states, kinds, references."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import Money, Schema, Text

CHARGE_STATES = ("open", "part", "paid", "over", "void")
"""未缴, 部分缴, 已缴, 多缴, 免缴, in this order."""
FILE_KINDS = ("payroll", "bases")
FILE_STATES = ("uploaded", "checking", "checked", "posting", "posted", "dropped", "failed")
VERDICTS = (
    "exact", "short", "over", "unknown", "conflict", "twice", "paid", "posted", "not_charged", "unchanged", "late",
    "beyond", "ambiguous", "bad",
)  # fmt: skip
"""What a row of a file turned out to be; the first two can be posted, `unchanged` and `late` are of files of bases.

`conflict`: number and identity number are two people's; `beyond`: cells stand beyond the headings; `ambiguous`: the
figure can be read two ways."""
PAYMENT_KINDS = ("payment", "reversal", "refund", "carry")
CHANNELS = ("payroll", "single")
"""Ways in which money comes in."""
PAYMENT_CHANNELS = (*CHANNELS, "credit")
"""`credit`: carried from a month that was paid over; no money came in or went out."""
REFUND_STATES = ("asked", "approved", "declined")

_BASE = validate.Range(min=0, min_inclusive=False, max=1_000_000)


def Month(**kwargs: object) -> fields.String:  # noqa: N802  makes a field, and reads as such
    """A month of dues, `2026-03`."""
    check = validate.Regexp(r"\A20\d\d-(0[1-9]|1[0-2])\Z", re.ASCII, error="A month as 2026-03.")
    return fields.String(validate=check, **kwargs)  # type: ignore[arg-type]


def BaseAmount(**kwargs: object) -> fields.Decimal:  # noqa: N802
    """A monthly base in yuan."""
    return Money(validate=_BASE, **kwargs)


def Reason(**kwargs: Any) -> fields.String:  # noqa: N802
    """Why, in the words of whoever does it."""
    return Text(200, 2, required=True, **kwargs)


class MonthRef(Schema):
    """Which month."""

    month = Month(required=True)


class DuesRule(Schema):
    """A dated figure of the dues and where it is written."""

    key = fields.String(required=True)
    value = fields.String(required=True)
    unit = fields.String(required=True)
    ruleset = fields.String(required=True)
    document = fields.String(required=True)
    number = fields.String(allow_none=True)
    article = fields.String(allow_none=True)
    valid_from = fields.Date(required=True)


class JobStarted(Schema):
    """The long work that was begun; its progress is at `get_job`."""

    job_id = fields.UUID(required=True)
