"""Accounts of members who came by roster or from HR (会员账号): invitations with one-time codes, opening an account.

Answered by the gateway itself. Belongs here: slips with codes (开通单), lists of who has an account, opening one. Not:
signing in and the accounts of applicants (identity).
"""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    PUBLIC,
    Choice,
    Empty,
    Line,
    Operation,
    Page,
    PageRequest,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    label,
    labelled,
)  # fmt: skip
from services.contracts.files import FileContent
from services.contracts.gateway.identity import ACCOUNT_FIELDS
from services.contracts.jobs import Job
from services.contracts.membership.record.fields import MEMBER_FIELDS

CHANNELS = Vocabulary("channel", slip="开通单")
"""How a code reaches its member: on a printed slip."""
HOLDER_FIELDS = Vocabulary(
    "holder_field", member_id="姓名", number="会员号", unit_id="分工会", state="账号", issued_at="发单时间",
    expires_at="到期时间", opened_at="开通时间",
)  # fmt: skip
ACCOUNT_STATES = Vocabulary("account", account="已开通", slip="已发开通单", expired="开通单过期", none="未发开通单")
"""Has an account; has an unused slip; has an expired slip; has neither."""
MOST_AT_ONCE = 100
"""Slips that are printed within the request."""
MOST_IN_ONE_RUN = 5000
"""Slips of one job; more are printed unit by unit."""

_UNIT_OFFICE = frozenset({"officer", "chair"})


@labelled(HOLDER_FIELDS)
class ListHolders(PageRequest):
    """Filters: a unit, whether there is an account or a slip, the beginning of a member number, or a name.

    `q`: the beginning of a name, of its pinyin or of a member number; the first hundred that are found.
    """

    unit_id = fields.UUID(load_default=None, allow_none=True)
    state = Choice(ACCOUNT_STATES, load_default=None, allow_none=True)
    number = Line(32, 1, load_default=None, allow_none=True)
    q = Line(50, load_default=None, allow_none=True, metadata=label("姓名、拼音或会员号"))


@labelled(HOLDER_FIELDS)
class Holder(Schema):
    """A member and the state of the account. `expires_at` is of the valid slip, `opened_at` of the account."""

    member_id = fields.UUID(required=True)
    number = fields.String(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    state = Choice(ACCOUNT_STATES, required=True)
    channel = Choice(CHANNELS, required=True, allow_none=True)
    issued_at = Timestamp(required=True, allow_none=True)
    expires_at = Timestamp(required=True, allow_none=True)
    opened_at = Timestamp(required=True, allow_none=True)


class UnitFigures(Schema):
    """How many members of a unit have an account, an unused slip, an expired one, neither; `used` counts slips."""

    unit_id = fields.UUID(required=True, allow_none=True)
    members = fields.Integer(required=True)
    account = fields.Integer(required=True)
    slip = fields.Integer(required=True)
    expired = fields.Integer(required=True)
    none = fields.Integer(required=True)
    used = fields.Integer(required=True)


class AccountFigures(Schema):
    """The figures of every unit that the caller may see."""

    items = fields.List(fields.Nested(UnitFigures), required=True)


class FiguresFilter(Schema):
    """One unit; by default all that the caller may see."""

    unit_id = fields.UUID(load_default=None, allow_none=True)


class PrintSlips(Schema):
    """For whom: a unit, or single members. Without both: every member that the caller may see.

    Members with an account get none. `replace` makes new slips also for those who have an unused one, which becomes
    invalid.
    """

    unit_id = fields.UUID(load_default=None, allow_none=True)
    member_ids = fields.List(
        fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(1, MOST_AT_ONCE)
    )
    replace = fields.Boolean(load_default=False)


class RevokeSlips(Schema):
    """Whose unused slips: those of a unit, or of single members.

    `expected`: how many were seen on the list; another number is refused.
    """

    unit_id = fields.UUID(load_default=None, allow_none=True)
    member_ids = fields.List(
        fields.UUID(), load_default=None, allow_none=True, validate=validate.Length(1, MOST_AT_ONCE)
    )
    reason = Text(200, 2, required=True)
    expected = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=0))


class Revoked(Schema):
    """How many slips became invalid."""

    revoked = fields.Integer(required=True)


@labelled(ACCOUNT_FIELDS)
class OpenAccount(Schema):
    """The data on the slip, and the chosen user name and password."""

    number = Line(32, 1, required=True, metadata=label(MEMBER_FIELDS.texts["number"]))
    code = Text(40, 1, required=True, metadata=label("开通码"))
    username = Line(64, 3, required=True)
    password = fields.String(required=True, validate=validate.Length(max=200), metadata={"format": "password"})


class OpenedAccount(Schema):
    """The account that was opened; sign in with it."""

    account_id = fields.UUID(required=True)
    username = fields.String(required=True)


class MemberOfAccount(Schema):
    """The member whose account it is."""

    member_id = fields.UUID(required=True)


class PasswordCode(Schema):
    """The account's user name and a one-time code for a new password. The code is shown only here."""

    username = fields.String(required=True)
    code = fields.String(required=True)
    expires_at = Timestamp(required=True)


@labelled(ACCOUNT_FIELDS)
class SetPasswordByCode(Schema):
    """The user name, the code handed over in person or mailed, and a new password."""

    username = fields.String(required=True, validate=validate.Length(1, 64))
    code = Text(40, 1, required=True, metadata=label("一次性码"))
    new = fields.String(required=True, validate=validate.Length(max=200), metadata={"format": "password"})


@labelled(ACCOUNT_FIELDS)
class AskForPasswordMail(Schema):
    """The user name of an account."""

    username = fields.String(required=True, validate=validate.Length(1, 64))


list_holders = Operation(
    "gateway", "list_account_holders", ListHolders, Page(Holder), _UNIT_OFFICE, "query",
    "Members with how signing in stands: account, unused slip, expired slip, neither. A chair: own unit.",
    title="查看账号开通情况",
)  # fmt: skip
account_figures = Operation(
    "gateway", "get_account_figures", FiguresFilter, AccountFigures, _UNIT_OFFICE, "query",
    "Accounts and slips counted by unit. A chair: own unit.", title="查看账号开通数",
)  # fmt: skip
print_slips = Operation(
    "gateway", "print_account_slips", PrintSlips, FileContent, _UNIT_OFFICE, "command",
    "Make slips with one-time codes as a PDF, up to a hundred; each replaces the member's one before. Logged.",
    title="打印开通单",
)  # fmt: skip
start_slips = Operation(
    "gateway", "start_account_slips", PrintSlips, Job, _UNIT_OFFICE, "command",
    "Make slips with one-time codes for many members as PDFs in one archive; long work, logged.",
    title="批量打印开通单",
)  # fmt: skip
revoke_slips = Operation(
    "gateway", "revoke_account_slips", RevokeSlips, Revoked, _UNIT_OFFICE, "command",
    "End unused slips, after a loss; logged with its reason.", title="作废开通单",
)  # fmt: skip
open_account = Operation(
    "gateway", "open_account", OpenAccount, OpenedAccount, frozenset({PUBLIC}), "command",
    "Open an account with the member number and the code of a slip. Any that don't fit get the same answer.",
    title="凭开通单开通账号",
)  # fmt: skip
make_password_code = Operation(
    "gateway", "make_password_code", MemberOfAccount, PasswordCode, _UNIT_OFFICE, "command",
    "Make a one-time code for a forgotten password, to hand over in person; its owner is told. A chair: own unit.",
    title="生成重设密码的一次性码", delegable=False,
)  # fmt: skip
set_password_by_code = Operation(
    "gateway", "set_password_by_code", SetPasswordByCode, Empty, frozenset({PUBLIC}), "command",
    "Set a new password with a code; all sessions end. Any that don't fit get the same answer.",
    title="凭一次性码设新密码",
)  # fmt: skip
ask_for_password_mail = Operation(
    "gateway", "ask_for_password_mail", AskForPasswordMail, Empty, frozenset({PUBLIC}), "command",
    "Ask for a one-time code by e-mail, to the address the owner confirmed. The answer is the same for every name.",
    title="索取重设密码的邮件",
)  # fmt: skip
