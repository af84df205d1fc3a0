"""The dated rules money is checked against: what is in force, from which document, and how to add what is missing."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import ACCOUNT, SYSTEM, Choice, Page, PageRequest, Schema, Text, command, query
from services.contracts.governance.money import RuleExplained

RULE_SETS = ("national", "demo", "zhejiang")


class ListRules(PageRequest):
    """Rules of the fund; `on` keeps those in force on a date, `q` searches the key."""

    on = fields.Date(load_default=None, allow_none=True)
    q = Text(60, load_default=None, allow_none=True)


class AdoptRuleSet(Schema):
    """Load a shipped rule set; loading it again changes nothing."""

    ruleset = Choice(RULE_SETS, required=True)


class RuleSetAdopted(Schema):
    """What adopting did; `absent` names the keys the fund may need that no rule speaks about today."""

    ruleset = fields.String(required=True)
    changed = fields.Integer(required=True)
    absent = fields.List(fields.String(), required=True)


class SetRule(Schema):
    """A rule of the union's own, with the document it stands in."""

    key = fields.String(required=True, validate=validate.Regexp(r"\A[a-z0-9_]+(\.[a-z0-9_]+)+\Z"))
    value = Text(200, 1, required=True)
    unit = Text(40, load_default=None, allow_none=True)
    document = Text(200, 1, required=True)
    number = Text(80, load_default=None, allow_none=True)
    article = Text(80, load_default=None, allow_none=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(load_default=None, allow_none=True)


class MissingRules(Schema):
    """Keys the fund may need that no rule in force speaks about."""

    on = fields.Date(load_default=None, allow_none=True)


class MissingRuleList(Schema):
    """The keys the fund may need and no rule in force on the day speaks about."""

    on = fields.Date(required=True)
    keys = fields.List(fields.String(), required=True)


list_rules = query(
    "governance", "list_rules", request=ListRules, reply=Page(RuleExplained), allow={ACCOUNT, SYSTEM},
    doc="List the dated rules of the fund with the documents they stand in.",
)  # fmt: skip
list_missing_rules = query(
    "governance", "list_missing_rules", request=MissingRules, reply=MissingRuleList, allow={"officer", "auditor"},
    doc="List what no rule in force speaks about.",
)  # fmt: skip
adopt_rule_set = command(
    "governance", "adopt_rule_set", request=AdoptRuleSet, reply=RuleSetAdopted, allow={"officer", SYSTEM},
    doc="Load a shipped rule set.",
)  # fmt: skip
set_rule = command(
    "governance", "set_rule", request=SetRule, reply=RuleExplained, allow={"officer"},
    doc="Put a rule of the union's own in force from a date.",
)  # fmt: skip
