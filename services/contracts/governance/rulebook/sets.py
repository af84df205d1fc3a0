"""The rule sets that ship with a release: what each says, and which are adopted."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import SYSTEM, Choice, Schema, labelled, query
from services.contracts.governance.funds.vocabulary import RuleExplained
from services.contracts.governance.rulebook.vocabulary import BASES, CERTAINTIES, RULE_FIELDS, SHIPPED_SETS
from services.contracts.vocabulary import EMPLOYMENTS


class ListRuleSets(Schema):
    """No filter: a release ships a few sets."""


@labelled(RULE_FIELDS)
class ShippedRule(RuleExplained):
    """A rule of a shipped set."""

    scope = Choice(EMPLOYMENTS, allow_none=True, required=True)
    basis = Choice(BASES, allow_none=True, required=True)
    qualifiers = fields.String(required=True)
    certainty = Choice(CERTAINTIES, allow_none=True, required=True)


class ShippedRuleSet(Schema):
    """A shipped set. `adopted`: its rules are loaded, and apply where no set before it has one."""

    ruleset = Choice(SHIPPED_SETS, required=True)
    adopted = fields.Boolean(required=True)
    items = fields.List(fields.Nested(ShippedRule), required=True)


class ShippedRuleSets(Schema):
    """The shipped sets."""

    items = fields.List(fields.Nested(ShippedRuleSet), required=True)


list_rule_sets = query(
    "governance", "list_rule_sets", request=ListRuleSets, reply=ShippedRuleSets, allow={"officer", "auditor", SYSTEM},
    doc="List the shipped rule sets with what each says, also those that are not adopted.",
    title="查看可采用的规则集",
)  # fmt: skip
