"""Codes and fields shared by the contracts of the funds."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import fields, validate

from services.chassis.schema import SYSTEM, Money, Operation, Schema, Vocabulary, command, query
from services.contracts.days import Day
from services.contracts.eras import CHARGED_SINCE

ACCOUNTING_ITEMS = Vocabulary(
    "accounting", employee_activities="职工活动支出", activity_organising="职工活动组织支出",
    employee_services="职工服务支出", rights_protection="维权支出", operations="业务支出", administration="行政支出",
    capital="资本性支出", subsidies_to_lower="补助下级支出", affiliated="对附属单位的支出", other="其他支出",
)  # fmt: skip
EXPENSE_CATEGORIES = Vocabulary(
    "category", {
        "activities.education": "职工活动：教育", "activities.culture_sports": "职工活动：文体",
        "activities.publicity": "职工活动：宣传", "activities.collective_welfare": "职工活动：集体福利",
        "activities.other": "职工活动：其他", "rights.labour_relations": "维权：劳动关系协调",
        "rights.labour_protection": "维权：劳动保护", "rights.legal_aid": "维权：法律援助",
        "rights.hardship": "维权：困难帮扶", "rights.warmth": "维权：送温暖", "rights.other": "维权：其他",
        "operations": "业务", "capital": "资本性", "business": "事业", "other": "其他",
    },
)  # fmt: skip
PERIOD_STATES = Vocabulary("period", open="未结账", closed="已结账")


SOURCE_TYPES = Vocabulary(
    "source", visit="走访", birthday="生日慰问", benefit="其他慰问", manual="手工登记", income="收入",
    dues="会费收缴", goods="福利发放批次", trip="疗休养", purchase="采购", aid="困难帮扶", campaign="慰问活动",
    mutual_aid="互助保障", examination="体检", club="协会活动经费",
)  # fmt: skip
"""Sources of entries and commitments.

A visit, a birthday, another benefit granted, an officer's own record, members' dues; and of payments of welfare a cycle
of goods, a trip, a purchase, an application for aid, a care campaign, a plan of mutual aid, an
examination. A club stands for its yearly grant.
"""
FUNDING_SOURCES = Vocabulary("funding", union="工会经费", administration="行政福利费")

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


def fund_query(name: str, request: type[Schema], reply: type[Schema], doc: str, *, title: str = "") -> Operation:
    """Declare a query of the funds, for roles that read the books and for services."""
    return query("governance", name, request=request, reply=reply, allow={*READERS, SYSTEM}, doc=doc, title=title)


def fund_command(name: str, request: type[Schema], reply: type[Schema], doc: str, *, title: str) -> Operation:
    """Declare a command of the funds, for roles that keep the books."""
    return command("governance", name, request=request, reply=reply, allow=WRITERS, doc=doc, title=title)
