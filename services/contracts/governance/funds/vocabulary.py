"""Codes and fields shared by the contracts of the funds."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import SYSTEM, Money, Operation, Schema, command, query
from services.contracts.days import Day
from services.contracts.eras import CHARGED_SINCE

FORMS = ("goods", "voucher", "cash")
SOURCE_TYPES = ("visit", "birthday", "benefit", "manual", "income", "dues")
"""Sources of entries: a visit, a birthday, another benefit granted, an officer's own record, members' dues."""
FUNDING_SOURCES = ("union", "administration")

READERS = ("officer", "auditor")
WRITERS = ("officer",)


def Period(**kwargs: Any) -> fields.String:  # noqa: N802
    """An accounting month, `2026-03`."""
    return fields.String(validate=validate.Regexp(r"\A20\d\d-(0[1-9]|1[0-2])\Z", re.ASCII), **kwargs)


def PostingDay(**kwargs: Any) -> fields.Date:  # noqa: N802
    """The posting day of an entry, not before the first possible accounting month."""
    return Day(CHARGED_SINCE, **kwargs)


def LineCode(**kwargs: Any) -> fields.String:  # noqa: N802
    """The code of a budget line or benefit: lower-case words joined by dots, hyphens or underscores."""
    checks = [validate.Length(max=60), validate.Regexp(r"\A[a-z][a-z0-9]*([._-][a-z0-9]+)*\Z")]
    return fields.String(validate=checks, **kwargs)


def Amount(**kwargs: Any) -> fields.Decimal:  # noqa: N802
    """A positive amount in yuan, at most a hundred million."""
    return Money(validate=validate.Range(min=0, min_inclusive=False, max=100_000_000), **kwargs)


class RuleExplained(Schema):
    """The dated rule that a decision used: its value and its document."""

    key = fields.String(required=True)
    value = fields.String(required=True)
    unit = fields.String(allow_none=True)
    ruleset = fields.String(allow_none=True)
    document = fields.String(allow_none=True)
    number = fields.String(allow_none=True)
    article = fields.String(allow_none=True)
    valid_from = fields.Date(allow_none=True)
    valid_to = fields.Date(allow_none=True)


def fund_query(name: str, request: type[Schema], reply: type[Schema], doc: str) -> Operation:
    """Declare a query of the funds, for roles that read the books and for services."""
    return query("governance", name, request=request, reply=reply, allow={*READERS, SYSTEM}, doc=doc)


def fund_command(name: str, request: type[Schema], reply: type[Schema], doc: str) -> Operation:
    """Declare a command of the funds, for roles that keep the books."""
    return command("governance", name, request=request, reply=reply, allow=WRITERS, doc=doc)
