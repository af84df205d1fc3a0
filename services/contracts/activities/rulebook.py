"""The dated rules that activities decides by: which are in force, from which document, and what is missing."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import ACCOUNT, SYSTEM, Schema, query
from services.contracts.governance.rulebook.in_force import ListRulesInForce, RuleInForce


class ActivitiesRule(RuleInForce):
    """A rule in force: its value and its document. `ruleset` "demo" is for trying the system out."""


class ListActivitiesRules(ListRulesInForce):
    """Rules in force on a day, by default today."""


class ActivitiesRules(Schema):
    """The rules in force by key and scope, and the needed keys that have no rule in force."""

    on = fields.Date(required=True)
    items = fields.List(fields.Nested(ActivitiesRule), required=True)
    missing = fields.List(fields.String(), required=True)


list_activities_rules = query(
    "activities", "list_activities_rules", request=ListActivitiesRules, reply=ActivitiesRules, allow=(ACCOUNT, SYSTEM),
    doc="The dated rules of activities with the documents they stand in, and what is missing.", title="查看活动规则",
    reach={ACCOUNT: "union"},
)  # fmt: skip
