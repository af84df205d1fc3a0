"""Accounts of other systems: list, scopes, secrets. Answered by the gateway itself."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    Choice,
    Empty,
    Line,
    Operation,
    Page,
    PageRequest,
    Schema,
    Timestamp,
    Vocabulary,
    labelled,
)  # fmt: skip

PROGRAM_FIELDS = Vocabulary(
    "program_field", username="账号名", scopes="可以读取", days="密钥有效天数", secret_expires_at="密钥到期",
    last_used_at="最近使用", state="状态", q="查找",
    scope="可以读取", created_at="建立时间", role="用途",
)  # fmt: skip
PROGRAM_ROLES = Vocabulary("program_role", reader="读取数据", hr="推送人事数据")
SCOPE_TEXTS = Vocabulary(
    "scope", {
        "members.read": "会员编号、分工会、会籍和用工形式，不含姓名", "units.read": "分工会的编码和名称",
        "activities.read": "已公布的活动", "rules.read": "制度标准及其依据",
    },
)  # fmt: skip


PROGRAM_STATES = Vocabulary("program", open="可以使用", expired="密钥已到期", revoked="不再使用")
PROGRAM_CHANGES = Vocabulary(
    "program_change", created="建立账号", renewed="换发密钥", scopes_changed="修改可读范围", revoked="账号已停用",
)  # fmt: skip
LONGEST_DAYS = 730
_SCOPES = fields.List(
    Choice(SCOPE_TEXTS),
    required=True,
    validate=validate.Length(min=1, max=len(SCOPE_TEXTS)),
    metadata={"uniqueItems": True},
)
_DAYS = fields.Integer(load_default=365, strict=True, validate=validate.Range(min=1, max=LONGEST_DAYS))


@labelled(PROGRAM_FIELDS)
class ProgramRow(Schema):
    """Another system's account. `role` is `hr` or `reader`; a reader has scopes. `last_used_at` to the minute."""

    id = fields.UUID(required=True)
    username = fields.String(required=True)
    role = Choice(PROGRAM_ROLES, required=True)
    scopes = fields.List(Choice(SCOPE_TEXTS), required=True)
    state = Choice(PROGRAM_STATES, required=True)
    created_at = Timestamp(required=True)
    secret_expires_at = Timestamp(required=True, allow_none=True)
    last_used_at = Timestamp(required=True, allow_none=True)


@labelled(PROGRAM_FIELDS)
class ProgramFilter(PageRequest):
    """Which programs to list; `q` is a part of the name, `scope` one that they have."""

    q = Line(64, load_default=None, allow_none=True)
    state = Choice(PROGRAM_STATES, load_default=None, allow_none=True)
    scope = Choice(SCOPE_TEXTS, load_default=None, allow_none=True)


class ProgramSecret(ProgramRow):
    """The account with its secret, the password for signing in. It is shown only here and not stored."""

    secret = fields.String(required=True)


class ProgramChange(Schema):
    """A change of an account, when, and by whom: a user name, or the service or command that made it."""

    at = Timestamp(required=True)
    by = fields.String(required=True)
    what = Choice(PROGRAM_CHANGES, required=True)


class ProgramDetail(ProgramRow):
    """An account with its latest 50 changes, newest first."""

    history = fields.List(fields.Nested(ProgramChange), required=True)


@labelled(PROGRAM_FIELDS)
class CreateProgram(Schema):
    """An account that may call the operations of its scopes; the secret is valid for `days`."""

    username = Line(64, 3, required=True)
    scopes = _SCOPES
    days = _DAYS


class ProgramRef(Schema):
    """One program."""

    program_id = fields.UUID(required=True)


class RenewSecret(ProgramRef):
    """A new secret, valid for `days`; the old one and all sessions opened with it end."""

    days = _DAYS


_SEE, _DECIDE = frozenset({"ops", "officer"}), frozenset({"officer"})

list_programs = Operation(
    "gateway", "list_programs", ProgramFilter, Page(ProgramRow), _SEE, "query",
    "Accounts of other systems by name, with what they may read and when they last did.", title="查看系统账号",
)  # fmt: skip
get_program = Operation(
    "gateway", "get_program", ProgramRef, ProgramDetail, _SEE, "query",
    "One account of another system, with who did what to it and when.", title="查看一个系统账号",
)  # fmt: skip
create_program = Operation(
    "gateway", "create_program", CreateProgram, ProgramSecret, _DECIDE, "command",
    "Let another system read: its account, with the secret told once.", title="新建系统账号", delegable=False,
)  # fmt: skip
renew_program_secret = Operation(
    "gateway", "renew_program_secret", RenewSecret, ProgramSecret, _DECIDE, "command",
    "A new secret for another system, told once; the old one ends.", title="换发系统账号的密钥", delegable=False,
)  # fmt: skip
revoke_program = Operation(
    "gateway", "revoke_program", ProgramRef, Empty, _SEE, "command",
    "End another system's access at once and for good.", title="停用系统账号",
)  # fmt: skip
