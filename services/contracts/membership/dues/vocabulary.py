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
"""The result of checking a row; the first two can be posted, `unchanged` and `late` exist for files of bases only.

`conflict`: number and identity number belong to two people; `beyond`: cells in columns without heading; `ambiguous`:
the figure can be read in two ways."""
PAYMENT_KINDS = ("payment", "reversal", "refund", "carry")
CHANNELS = ("payroll", "single")
"""Ways of payment."""
PAYMENT_CHANNELS = (*CHANNELS, "credit")
"""`credit`: carried from a month that was overpaid; no money was received or paid."""
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
    """Why, in the words of the person who does it."""
    return Text(200, 2, required=True, **kwargs)


class MonthRef(Schema):
    """Which month."""

    month = Month(required=True)


class DuesRule(Schema):
    """A dated figure of the dues, and its document."""

    key = fields.String(required=True)
    value = fields.String(required=True)
    unit = fields.String(required=True)
    ruleset = fields.String(required=True)
    document = fields.String(required=True)
    number = fields.String(allow_none=True)
    article = fields.String(allow_none=True)
    valid_from = fields.Date(required=True)


class JobStarted(Schema):
    """The job that was started; `get_job` returns its progress."""

    job_id = fields.UUID(required=True)
