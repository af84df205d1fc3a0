"""Vocabulary shared by welfare's contracts: occasions, forms, kinds of evidence, and rules with their source."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Schema

OCCASIONS = (
    "birth",
    "hospitalisation",
    "bereavement",
    "member_death",
    "wedding",
    "hardship",
    "grave_illness",
    "retirement",
    "on_duty",
)
"""What ships: 生育, 生病住院, 直系亲属去世, 会员去世, 新婚, 困难, 大病, 退休, 寒暑假坚守岗位, in this order."""

RELATIONS = ("spouse", "parent", "child")
"""Immediate relatives (直系亲属)."""

LEVELS = ("unit", "union")
"""Who visits: 分工会 or 校工会."""

FORMS = ("goods", "voucher", "cash")
EVIDENCE_KINDS = ("note", "signature", "photo", "receipt", "document")


_WORD = r"\A[a-z][a-z0-9_]{1,29}\Z"


def OccasionKey(**kwargs: object) -> fields.String:  # noqa: N802  makes a field, and reads as such
    """The key of an occasion: a shipped one (`OCCASIONS`) or one of the union's own."""
    return fields.String(validate=validate.Regexp(_WORD), **kwargs)  # type: ignore[arg-type]


def BenefitKey(**kwargs: object) -> fields.String:  # noqa: N802
    """The key of a benefit, which also selects its figures and budget line (`benefit.<key>.cap`)."""
    return fields.String(validate=validate.Regexp(_WORD), **kwargs)  # type: ignore[arg-type]


class RuleInForceExplained(Schema):
    """The dated rule of a figure: its value and its document. `ruleset` "demo" is for trying out."""

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
