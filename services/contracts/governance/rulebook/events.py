"""What governance announces about the dated rules, so that services that decide by them keep a copy."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import fields

from services.chassis.schema import Event, Schema


class RuleData(Schema):
    """A dated rule whole: what it says, since when and until when, and the document it stands in.

    `value` is a text for an amount or a share, a number for a count of months, a list for a choice of words. `scope` is
    null where the rule holds for everybody. `ruleset` says whose rule it is: `own` is the union's. Both days are
    included; `valid_to` is null while no end is known.
    """

    rule_id = fields.UUID(required=True)
    key = fields.String(required=True)
    scope = fields.String(allow_none=True, load_default=None)
    value = fields.Raw(required=True)
    unit = fields.String(required=True)
    ruleset = fields.String(required=True)
    title = fields.String(required=True)
    number = fields.String(allow_none=True, load_default=None)
    article = fields.String(allow_none=True, load_default=None)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(allow_none=True, load_default=None)


class RulePublished(Event):
    """A dated rule was set, changed or given its last day; it says everything about the rule anew."""

    source: ClassVar[str] = "governance"
    type: ClassVar[str] = "rule_published"
    subject: ClassVar[str] = "rule/{rule_id}"
    data = RuleData
    example: ClassVar[dict[str, Any]] = {
        "rule_id": "0190d5a0-0000-7000-8000-000000000301", "key": "benefit.birth.cap", "scope": None,
        "value": "800.00", "unit": "yuan", "ruleset": "own", "title": "本校工会慰问办法", "number": "校工〔2026〕3号",
        "article": "第五条", "valid_from": "2026-01-01", "valid_to": None,
    }  # fmt: skip


class RuleWithdrawn(Event):
    """A rule that was set by mistake is taken back before it began to hold: no decision is ever taken by it."""

    source: ClassVar[str] = "governance"
    type: ClassVar[str] = "rule_withdrawn"
    subject: ClassVar[str] = "rule/{rule_id}"
    data = RuleData
    example: ClassVar[dict[str, Any]] = {**RulePublished.example, "valid_from": "2027-01-01"}
