"""The dated rules of welfare: which are in force, from which document, and loading a shipped set."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import ACCOUNT, SYSTEM, Choice, Schema, command, query
from services.contracts.governance.rulebook.keys import RULE_SETS_SHOWN
from services.contracts.welfare.vocabulary import RuleInForceExplained

RULE_SETS = RULE_SETS_SHOWN.only("national", "demo")


class ListWelfareRules(Schema):
    """Rules in force on a day, by default today."""

    on = fields.Date(load_default=None, allow_none=True)


class WelfareRules(Schema):
    """The rules in force by key, and the keys that benefits need and that have no rule in force."""

    on = fields.Date(required=True)
    items = fields.List(fields.Nested(RuleInForceExplained), required=True)
    missing = fields.List(fields.String(), required=True)


class LoadWelfareRules(Schema):
    """A shipped rule set; loading it again changes nothing."""

    ruleset = Choice(RULE_SETS, required=True)


class WelfareRulesLoaded(Schema):
    """How many rules and visit types were added or changed."""

    ruleset = fields.String(required=True)
    rules = fields.Integer(required=True)
    visit_types = fields.Integer(required=True)


list_welfare_rules = query(
    "welfare", "list_welfare_rules", request=ListWelfareRules, reply=WelfareRules, allow=(ACCOUNT, SYSTEM),
    doc="The dated rules of welfare with the documents they stand in, and what is missing.",
)  # fmt: skip
load_welfare_rules = command(
    "welfare", "load_welfare_rules", request=LoadWelfareRules, reply=WelfareRulesLoaded, allow=("officer", SYSTEM),
    doc="Load a shipped rule set with its visit types.",
)  # fmt: skip
