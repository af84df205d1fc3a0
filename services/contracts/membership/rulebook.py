"""The dated rules that membership decides by: which are in force, from which document, and what is missing."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import PUBLIC, Schema, query
from services.contracts.governance.rulebook.in_force import ListRulesInForce, RuleInForce
from services.contracts.governance.rulebook.preview import RuleChangePreview, RuleEffects


class MembershipRule(RuleInForce):
    """A rule in force: its value and its document. `ruleset` "demo" is for trying the system out."""


class ListMembershipRules(ListRulesInForce):
    """Rules in force on a day, by default today."""


class MembershipRules(Schema):
    """The rules in force by key and scope, and the needed keys that have no rule in force."""

    on = fields.Date(required=True)
    items = fields.List(fields.Nested(MembershipRule), required=True)
    missing = fields.List(fields.String(), required=True)


list_membership_rules = query(
    "membership", "list_membership_rules", request=ListMembershipRules, reply=MembershipRules, allow=(PUBLIC,),
    doc="The dated rules of membership with the documents they stand in, and what is missing.", title="查看会籍规则",
)  # fmt: skip
preview_rule_change = query(
    "membership", "preview_rule_change", request=RuleChangePreview, reply=RuleEffects, allow=("officer",),
    doc="What membership would decide differently with these rules.", title="预览规则变动的影响",
)  # fmt: skip
