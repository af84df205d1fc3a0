"""The dated rules that membership decides by: which are in force, from which document, and what is missing."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import PUBLIC, Schema, query
from services.contracts.governance.rulebook.preview import RuleChangePreview, RuleEffects


class MembershipRule(Schema):
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


class ListMembershipRules(Schema):
    """Rules in force on a day, by default today."""

    on = fields.Date(load_default=None, allow_none=True)


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
