"""The dated rules that welfare decides by: which are in force, from which document, and what is missing."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import ACCOUNT, SYSTEM, Schema, query
from services.contracts.governance.rulebook.in_force import ListRulesInForce
from services.contracts.governance.rulebook.preview import RuleChangePreview, RuleEffects
from services.contracts.welfare.vocabulary import RuleInForceExplained


class ListWelfareRules(ListRulesInForce):
    """Rules in force on a day, by default today."""


class WelfareRules(Schema):
    """The rules in force by key, and the keys that work waits for because no rule is in force."""

    on = fields.Date(required=True)
    items = fields.List(fields.Nested(RuleInForceExplained), required=True)
    missing = fields.List(fields.String(), required=True)


list_welfare_rules = query(
    "welfare", "list_welfare_rules", request=ListWelfareRules, reply=WelfareRules, allow=(ACCOUNT, SYSTEM),
    doc="The dated rules of welfare with the documents they stand in, and what is missing.",
    title="查看福利规则", reach={ACCOUNT: "union"},
)  # fmt: skip
preview_rule_change = query(
    "welfare", "preview_rule_change", request=RuleChangePreview, reply=RuleEffects, allow=("officer",),
    doc="What welfare would decide differently with these rules.", title="预览规则变动的影响",
)  # fmt: skip
