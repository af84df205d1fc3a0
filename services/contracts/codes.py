"""What the service that issues a kind of codes answers about one, the same for all kinds.

Codes are signed and say what they are for (`services.chassis.security.codes`); the gateway finds by their kind whom to
ask. Only a code that is good, or whose subject has ended, tells of its subject, and only what who asks may see.
"""

from marshmallow import fields, validate

from services.chassis.schema import Choice, Schema, Timestamp, Vocabulary, label

CODE_STATES = Vocabulary(
    "code_state", good="有效", ended="已终止", expired="已过期", revoked="已作废", altered="不完整或被改动",
    foreign="不是本会的码", wrong_kind="用途不符", unverifiable="无法查验",
)  # fmt: skip
"""`ended`: the code is genuine and in force, what it is of is not. `unverifiable`: altered, expired or revoked, which
only accounts are told."""
TOLD_TO_ACCOUNTS = frozenset({"expired", "revoked", "altered"})


class ReadToken(Schema):
    """A code."""

    token = fields.String(required=True, validate=validate.Regexp(r"\A[A-Za-z0-9._-]{40,80}\Z"))


class CodeReading(Schema):
    """Whether a code is good now. Of its subject: a name, a number, the unit and the id, as far as one may see them."""

    state = Choice(CODE_STATES, required=True, metadata=label("状态"))
    subject_id = fields.UUID(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True, metadata=label("名称"))
    number = fields.String(required=True, allow_none=True, metadata=label("编号"))
    unit_id = fields.UUID(required=True, allow_none=True)
    expires_at = Timestamp(required=True, allow_none=True, metadata=label("有效期至"))
    checked_at = Timestamp(required=True, metadata=label("查验时间"))
