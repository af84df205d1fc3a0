"""What every service tells of the dated rules it decides by."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Schema


class RuleInForce(Schema):
    """A rule in force: its value and its document. `ruleset` "demo" is for trying the system out."""

    key = fields.String(required=True)
    value = fields.Raw(required=True)
    unit = fields.String(allow_none=True, load_default=None)
    scope = fields.String(allow_none=True, load_default=None)
    document = fields.String(required=True)
    number = fields.String(allow_none=True, load_default=None)
    article = fields.String(allow_none=True, load_default=None)
    ruleset = fields.String(required=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(allow_none=True, load_default=None)
    basis = fields.String(allow_none=True, load_default=None)
    qualifiers = fields.String(load_default="")


class ListRulesInForce(Schema):
    """Rules in force on a day, by default today."""

    on = fields.Date(load_default=None, allow_none=True)
