"""Vocabulary shared by welfare's contracts: occasions, forms, kinds of evidence, and rules with their source."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import Vocabulary
from services.contracts.governance.rulebook.in_force import RuleInForce

OCCASIONS = Vocabulary(
    "occasion", birth="生育", hospitalisation="生病住院", bereavement="直系亲属去世", member_death="会员去世",
    wedding="新婚", hardship="生活困难", grave_illness="患大病", retirement="退休", on_duty="寒暑假坚守岗位",
    accident="意外伤害",
)  # fmt: skip
"""Those that ship."""

RELATIONS = Vocabulary("relation", spouse="配偶", parent="父母", child="子女")
"""Immediate relatives (直系亲属)."""

VISIT_LEVELS = Vocabulary("level", unit="分工会走访", union="校工会走访")
"""Who visits: 分工会 or 校工会."""

EVIDENCE_KINDS = Vocabulary(
    "evidence", note="走访记录", signature="签收", photo="照片", receipt="票据", document="证明材料",
)  # fmt: skip

FILED_EVIDENCE_KINDS = EVIDENCE_KINDS.only("photo", "signature", "receipt", "document")
"""Evidence that can be a photo or a paper."""

PEOPLE_SHOWN = Vocabulary(
    "people_shown", none="没有可以认出的人", agreed="能认出的人都同意拍摄并由工会保存",
)  # fmt: skip
"""Who can be recognised in a photo of a visit: sensitive, with a consent of its own (个人信息保护法 Art. 29)."""

CLAIM_STATES = Vocabulary(
    "claim", none="未发放", pending="待入账", recorded="已入账", refused="未予入账", reversed="已冲销",
)  # fmt: skip
"""The answer of the funds: nothing was given, no answer yet, posted, refused with a rule, reversed."""

_WORD = r"\A[a-z][a-z0-9_]{1,29}\Z"


def OccasionKey(**kwargs: object) -> fields.String:  # noqa: N802  makes a field, and reads as such
    """The key of an occasion: a shipped one (`OCCASIONS`) or one of the union's own."""
    return fields.String(validate=validate.Regexp(_WORD), **kwargs)  # type: ignore[arg-type]


def BenefitKey(**kwargs: object) -> fields.String:  # noqa: N802
    """The key of a benefit, which also selects its figures and budget line (`benefit.<key>.cap`)."""
    return fields.String(validate=validate.Regexp(_WORD), **kwargs)  # type: ignore[arg-type]


class RuleInForceExplained(RuleInForce):
    """The dated rule of a figure: its value and its document. `ruleset` "demo" is for trying out."""
