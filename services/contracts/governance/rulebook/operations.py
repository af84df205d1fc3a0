"""Operations of the dated rules: which are in force, from which document, and setting the union's own.

Changes are published (`rule_published`, `rule_withdrawn`); every service that uses the rules keeps a copy.
"""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import (
    ACCOUNT,
    SYSTEM,
    Choice,
    Line,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    command,
    invalid,
    label,
    labelled,
    query,
)
from services.contracts.days import Day
from services.contracts.eras import LIFETIME
from services.contracts.governance.funds.vocabulary import RuleExplained
from services.contracts.governance.rulebook.events import RulePublished, RuleWithdrawn
from services.contracts.governance.rulebook.fields import Key, Qualifiers
from services.contracts.governance.rulebook.preview import RuleChangePreview, RuleEffects
from services.contracts.governance.rulebook.vocabulary import (
    BASES,
    CERTAINTIES,
    QUALIFIER_NAMES,
    RULE_FIELDS,
    RULE_SETS,
    RULE_USES,
    SHIPPED_SETS,
)
from services.contracts.vocabulary import EMPLOYMENTS, SERVICES

__all__ = ["RulePublished", "RuleWithdrawn"]

MOST_NAMED = 100


def _Reason() -> fields.String:  # noqa: N802
    return Text(200, 2, required=True)


class ListRules(PageRequest):
    """Filters of the dated rules.

    `on`: in force on that day. `q`: part of the key, the document or its number. `named`: further keys that `q` finds,
    because people call them so. `key`: exactly this key. `topic`: what keys begin with. `service`: decides by the key.
    """

    on = fields.Date(load_default=None, allow_none=True, metadata=label("在此日施行"))
    q = Line(60, load_default=None, allow_none=True, metadata=label("查找"))
    named = fields.List(Key(), load_default=list, validate=validate.Length(max=MOST_NAMED))
    key = Key(load_default=None, allow_none=True)
    ruleset = Choice(RULE_SETS, load_default=None, allow_none=True, metadata=label("来源"))
    topic = fields.String(
        validate=validate.Regexp(r"\A[a-z]{2,30}\Z"), load_default=None, allow_none=True, metadata=label("范围")
    )
    service = Choice(
        SERVICES.only("membership", "welfare", "governance"), load_default=None, allow_none=True, metadata=label("用在")
    )


@labelled(RULE_FIELDS)
class DatedRule(RuleExplained):
    """A dated rule. `ruleset` is its source: `own` is the union's. `scope` is null when it applies to everyone.

    `withdrawn`: it was withdrawn before its first day, and is never in force. `decides`: of all rules of its key, scope
    and qualifiers it is the one that applies, on the day of the query or today. `used_by`: the services that decide by
    its key, empty while none does.
    """

    id = fields.UUID(required=True)
    key = fields.String(required=True, metadata=label("标准"))
    ruleset = Choice(RULE_SETS, allow_none=True, metadata=label("来源"))
    scope = Choice(EMPLOYMENTS, allow_none=True, required=True, metadata=label("只适用于"))
    basis = Choice(BASES, allow_none=True, metadata=label("计算单位"))
    qualifiers = fields.String(required=True, metadata=label("限定"))
    certainty = Choice(CERTAINTIES, allow_none=True, metadata=label("可靠程度"))
    withdrawn = fields.Boolean(required=True)
    decides = fields.Boolean(required=True)
    used_by = fields.List(Choice(SERVICES), required=True, metadata=label("用在"))


class AdoptRuleSet(Schema):
    """Load a shipped rule set and publish its rules to every service; loading it again changes nothing."""

    ruleset = Choice(SHIPPED_SETS, required=True)


class RuleSetAdopted(Schema):
    """The result of adopting; `absent` names the keys the funds may need that have no rule today."""

    ruleset = fields.String(required=True)
    changed = fields.Integer(required=True)
    absent = fields.List(fields.String(), required=True)


@labelled(RULE_FIELDS)
class SetRule(Schema):
    """A rule of the union's own, with the document it stands in.

    `value` is an amount (`800.00`), a number, a fraction (`1/3`), words with commas between (`goods, cash`), texts
    one a line, or a retirement curve as JSON, depending on the key (see `get_rule`). `unit` and `basis` are optional:
    the key has usual ones. Setting the same first day again changes the rule. With `version` (see `get_rule`) the rule
    is set only if nobody changed the key's own rules since.
    """

    key = Key(required=True)
    scope = Text(60, load_default=None, allow_none=True)
    qualifiers = Qualifiers(load_default="")
    value = Text(200, 1, required=True)
    unit = Line(30, load_default=None, allow_none=True)
    basis = Choice(BASES, load_default=None, allow_none=True)
    version = fields.Integer(load_default=None, allow_none=True)
    document = Line(200, 1, required=True)
    number = Line(80, load_default=None, allow_none=True)
    article = Line(80, load_default=None, allow_none=True)
    valid_from = Day(years_ahead=LIFETIME, required=True)
    valid_to = Day(years_ahead=LIFETIME, load_default=None, allow_none=True)


class EndRule(Schema):
    """The last day of a rule of the union's own, yesterday at the earliest; after it the shipped rule applies."""

    rule_id = fields.UUID(required=True)
    last_day = Day(years_ahead=LIFETIME, required=True)
    reason = _Reason()


class WithdrawRule(Schema):
    """Withdraw a rule of the union's own that begins today or later, because it was set by mistake."""

    rule_id = fields.UUID(required=True)
    reason = _Reason()


class RuleEnding(Schema):
    """A rule that would end, and its last day."""

    rule_id = fields.UUID(required=True)
    last_day = Day(years_ahead=LIFETIME, required=True)


class RuleWithdrawal(Schema):
    """A rule that would be withdrawn."""

    rule_id = fields.UUID(required=True)


class DraftRuleChange(Schema):
    """A change that is only considered, one of three: what `set_rule`, `end_rule` or `withdraw_rule` would be told."""

    set = fields.Nested(SetRule, load_default=None, allow_none=True)
    end = fields.Nested(RuleEnding, load_default=None, allow_none=True)
    withdraw = fields.Nested(RuleWithdrawal, load_default=None, allow_none=True)

    @validates_schema
    def is_one_change(self, change: dict[str, Any], **_: Any) -> None:
        """Refuse none and several at once."""
        if sum(part is not None for part in change.values()) != 1:
            raise invalid("rules.one_change", "State one change: set, end or withdraw.")


class RuleOfKey(Schema):
    """Identifies a rule by its key."""

    key = Key(required=True)


class RuleChange(Schema):
    """A change of a rule: when, by which account, why, and the old values."""

    at = Timestamp(required=True)
    account_id = fields.UUID(allow_none=True, required=True)
    reason = fields.String(allow_none=True, required=True)
    rule_id = fields.UUID(required=True)
    changes = fields.Dict(required=True)


class RuleStory(Schema):
    """One key: its kind of value, the services that use it, every rule set here, newest first, and the changes.

    `words`: the words a value may contain, empty when all are allowed. `scopes`: what a rule may be restricted to.
    `bases`: what a value may be counted by, the usual one first. `qualifiers`: names of those a rule may have. `uses`:
    what is decided by it, empty while nothing is. `version` grows with each change of the union's own rules.
    """

    key = fields.String(required=True)
    kind = fields.String(required=True)
    unit = fields.String(required=True)
    used_by = fields.List(fields.String(), required=True)
    words = fields.List(fields.String(), required=True)
    scopes = fields.List(fields.String(), required=True)
    bases = fields.List(Choice(BASES), required=True)
    qualifiers = fields.List(Choice(QUALIFIER_NAMES), required=True)
    uses = fields.List(Choice(RULE_USES), required=True)
    version = fields.Integer(required=True)
    items = fields.List(fields.Nested(DatedRule), required=True)
    changes = fields.List(fields.Nested(RuleChange), required=True)


class RuleThatHolds(RuleExplained):
    """The rule that applies to a key and scope: of all in force, the one with the highest precedence."""

    scope = fields.String(allow_none=True, required=True)
    basis = Choice(BASES, allow_none=True)
    qualifiers = fields.String(load_default="")


class RulesThatHold(Schema):
    """The rules that apply on the day, by key and scope, and the keys the funds need that have no rule."""

    on = fields.Date(required=True)
    items = fields.List(fields.Nested(RuleThatHolds), required=True)
    missing = fields.List(fields.String(), required=True)


class MissingRules(Schema):
    """Keys the funds may need that have no rule in force."""

    on = fields.Date(load_default=None, allow_none=True)


class MissingRuleList(Schema):
    """The keys the funds may need that have no rule in force on the day."""

    on = fields.Date(required=True)
    keys = fields.List(fields.String(), required=True)


list_rules = query(
    "governance", "list_rules", request=ListRules, reply=Page(DatedRule), allow={ACCOUNT, SYSTEM},
    doc="List the dated rules of the union with the documents they stand in.",
    title="查看规则", reach={ACCOUNT: "union"},
)  # fmt: skip
list_rules_in_force = query(
    "governance", "list_rules_in_force", request=MissingRules, reply=RulesThatHold,
    allow={"officer", "auditor", SYSTEM}, doc="What decides on a day, by key and scope, and what is missing.",
    title="查看某日有效的规则",
)  # fmt: skip
get_rule = query(
    "governance", "get_rule", request=RuleOfKey, reply=RuleStory, allow={"officer", "auditor", SYSTEM},
    doc="What a rule's key takes, who decides by it, and what was set since when.", title="查看一项规则",
)  # fmt: skip
list_missing_rules = query(
    "governance", "list_missing_rules", request=MissingRules, reply=MissingRuleList, allow={"officer", "auditor"},
    doc="List what no rule in force speaks about.", title="查看缺少的规则",
)  # fmt: skip
adopt_rule_set = command(
    "governance", "adopt_rule_set", request=AdoptRuleSet, reply=RuleSetAdopted, allow={"officer", SYSTEM},
    doc="Load a shipped rule set.", title="采用规则集",
)  # fmt: skip
draft_rule_change = query(
    "governance", "draft_rule_change", request=DraftRuleChange, reply=RuleChangePreview, allow={"officer"},
    doc="What a change would leave of a key's own rules; nothing is stored. Services are asked for its effects.",
    title="起草规则变动",
)  # fmt: skip
preview_rule_change = query(
    "governance", "preview_rule_change", request=RuleChangePreview, reply=RuleEffects, allow={"officer"},
    doc="Which open claims would be decided differently with these rules.", title="预览规则变动的影响",
)  # fmt: skip
set_rule = command(
    "governance", "set_rule", request=SetRule, reply=DatedRule, allow={"officer"},
    doc="Put a rule of the union's own in force from a date.", title="设定规则",
)  # fmt: skip
end_rule = command(
    "governance", "end_rule", request=EndRule, reply=DatedRule, allow={"officer"},
    doc="Give a rule of the union's own its last day.", title="终止规则",
)  # fmt: skip
withdraw_rule = command(
    "governance", "withdraw_rule", request=WithdrawRule, reply=DatedRule, allow={"officer"},
    doc="Take back a rule of the union's own that was set by mistake.", title="撤回规则",
)  # fmt: skip
