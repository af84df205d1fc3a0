"""Previews of a change of rules: each service that decides by the key says what it would decide differently.

`draft_rule_change` makes the request for `preview_rule_change`, which membership, welfare and governance answer alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, validate, validates_schema

from services.chassis.schema import Choice, Schema, Vocabulary, invalid
from services.contracts.governance.rulebook.fields import Key, Qualifiers
from services.contracts.governance.rulebook.keys import has_form_of, rule_key
from services.contracts.governance.rulebook.vocabulary import BASES

MOST_IDS = 20
"""Ids an answer names of what would be decided differently."""
MOST_LOOKED_AT = 500
"""Cases of a kind that are looked at; where there are more, the answer says so."""
_MOST_RULES = 100

EFFECT_KINDS = Vocabulary(
    "rule_effect", claims="待处理的报销", visits="办理中的走访", accounts="年度福利账户",
    applications="办理中的入会申请", charges="尚未计收的会费", erasures="到期要删除的信息",
)  # fmt: skip
EFFECT_OUTCOMES = Vocabulary(
    "effect_outcome", refused="将不能办理", allowed="将可以办理", changed="数额或要求将改变",
)  # fmt: skip


class SupposedRule(Schema):
    """A rule of the union's own as it would be; both days are inclusive."""

    value = fields.Raw(required=True)
    basis = Choice(BASES, load_default=None, allow_none=True)
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(load_default=None, allow_none=True)


class RuleChangePreview(Schema):
    """The union's own rules of a key, scope and qualifiers as they would be after a change; other rules stay."""

    key = Key(required=True)
    scope = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=60))
    qualifiers = Qualifiers(load_default="")
    rules = fields.List(fields.Nested(SupposedRule), required=True, validate=validate.Length(max=_MOST_RULES))

    @validates_schema(skip_on_field_errors=True)
    def values_fit_the_key(self, change: Mapping[str, Any], **_: Any) -> None:
        """Refuse values that no decision could read; `draft_rule_change` makes none."""
        known = rule_key(change["key"])
        if known is not None and not all(has_form_of(known.kind, rule["value"]) for rule in change["rules"]):
            raise invalid(
                "rulebook.value_fits_key", f"A rule of this key has a value of the kind {known.kind}.", field="rules"
            )


class RuleEffect(Schema):
    """How many cases of a kind would be decided differently, and in which way; `ids` names some of them.

    `at_least`: there are more cases than were looked at.
    """

    kind = Choice(EFFECT_KINDS, required=True)
    outcome = Choice(EFFECT_OUTCOMES, required=True)
    count = fields.Integer(required=True)
    ids = fields.List(fields.UUID(), required=True)
    at_least = fields.Boolean(load_default=False)


class RuleEffects(Schema):
    """What a service would decide differently; empty when nothing."""

    items = fields.List(fields.Nested(RuleEffect), required=True)
