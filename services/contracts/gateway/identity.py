"""Signing in and out, the signed-in account, passwords and sessions. Answered by the gateway itself, without RPC."""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    ACCOUNT,
    PROGRAM,
    PUBLIC,
    Choice,
    Empty,
    Line,
    Operation,
    Schema,
    Timestamp,
    Vocabulary,
    label,
    labelled,
)  # fmt: skip
from services.contracts.files import FileContent
from services.contracts.membership.joining.applications import Application, SubmitApplication
from services.contracts.vocabulary import ROLE_NAMES

ACCOUNT_FIELDS = Vocabulary(
    "account_field", username="用户名", password="密码", current="现在的密码", new="新密码",
)  # fmt: skip
LANGUAGES = Vocabulary("language", zh="中文", en="English")
SECOND_FACTORS = Vocabulary(
    "second_factor", totp="验证器动态码", recovery="恢复码", passkey="通行密钥", provider="统一身份认证",
)  # fmt: skip
"""How the second factor was given."""
SESSION_KINDS = Vocabulary("session", browser="浏览器", program="程序")
_USERNAME = validate.Length(min=1, max=64)
_PASSWORD = validate.Length(min=1, max=200)


@labelled(ACCOUNT_FIELDS)
class Credentials(Schema):
    """A user name and its password."""

    username = fields.String(required=True, validate=_USERNAME)
    password = fields.String(required=True, validate=_PASSWORD, metadata={"format": "password"})


class RoleHeld(Schema):
    """A role held today; `unit_id` when it applies to one unit only, `delegation_id` when held for a colleague."""

    role = fields.String(required=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    delegation_id = fields.UUID(required=True, allow_none=True)


class SwitchRole(Schema):
    """The one of the own roles to work in until the session ends; without a role, all of them again."""

    role = Choice(ROLE_NAMES, required=True, allow_none=True)
    unit_id = fields.UUID(load_default=None, allow_none=True)


class AccountSummary(Schema):
    """Who is signed in. `roles`: what this session works in, of the `held_roles` all, or the one it is `acting_as`.

    `must_enrol_second_factor`: a role requires a second factor that the account lacks; until one is enrolled,
    everything else is refused (`second_factor.is_enrolled_for_role`).
    """

    account_id = fields.UUID(required=True)
    username = fields.String(required=True)
    member_id = fields.UUID(required=True, allow_none=True)
    unit_id = fields.UUID(required=True, allow_none=True)
    roles = fields.List(fields.Nested(RoleHeld), required=True)
    held_roles = fields.List(fields.Nested(RoleHeld), required=True)
    acting_as = fields.Nested(RoleHeld, required=True, allow_none=True)
    language = Choice(LANGUAGES, required=True, allow_none=True)
    expires_at = Timestamp(required=True)
    must_change_password = fields.Boolean(required=True)
    must_enrol_second_factor = fields.Boolean(required=True)


class NewSession(Schema):
    """A new session. The token is shown only here; send it as `Authorization: Bearer …`.

    `must_change_password`: another person set the password; until it is changed, everything else is refused
    (`password.is_own`).
    """

    token = fields.String(required=True)
    expires_at = Timestamp(required=True)
    account_id = fields.UUID(required=True)
    must_change_password = fields.Boolean(required=True)


class OpenSession(Schema):
    """One of the own sessions.

    `provider` is the key of the identity provider that signed in, null for name and password or a passkey;
    `second_factor` how it was given, null without one; `address` the network address used last; `last_seen_at` is exact
    to ten minutes.
    """

    id = fields.UUID(required=True)
    kind = Choice(SESSION_KINDS, required=True)
    agent = fields.String(required=True, allow_none=True)
    provider = fields.String(required=True, allow_none=True)
    second_factor = Choice(SECOND_FACTORS, required=True, allow_none=True)
    address = fields.String(required=True, allow_none=True)
    started_at = Timestamp(required=True)
    last_seen_at = Timestamp(required=True)
    expires_at = Timestamp(required=True)
    current = fields.Boolean(required=True)


class OpenSessions(Schema):
    """The own open sessions, newest first."""

    items = fields.List(fields.Nested(OpenSession), required=True)


class EndedSessions(Schema):
    """How many sessions were ended."""

    ended = fields.Integer(required=True)


PROVIDER_KINDS = Vocabulary("provider_kind", oidc="OpenID Connect", cas="CAS 3")


class SignOnProvider(Schema):
    """An identity provider of the campus; a browser begins at `address`."""

    key = fields.String(required=True)
    kind = Choice(PROVIDER_KINDS, required=True)
    name = fields.String(required=True)
    name_en = fields.String(required=True)
    address = fields.String(required=True)


class SignOnProviders(Schema):
    """Every identity provider, in the order of the sign-in page."""

    items = fields.List(fields.Nested(SignOnProvider), required=True)


class LinkedIdentity(Schema):
    """One of the own identities; `subject` is the issuer's name of the person."""

    id = fields.UUID(required=True)
    provider = fields.String(required=True)
    issuer = fields.String(required=True)
    subject = fields.String(required=True)
    linked_at = Timestamp(required=True)
    last_used_at = Timestamp(required=True, allow_none=True)


class LinkedIdentities(Schema):
    """The own identities, by the time they were linked."""

    items = fields.List(fields.Nested(LinkedIdentity), required=True)


class UnlinkIdentity(Schema):
    """One of the own identities; the account's password is required."""

    identity_id = fields.UUID(required=True)
    password = fields.String(required=True, validate=_PASSWORD, metadata={"format": "password"})


class SessionRef(Schema):
    """One session by id."""

    session_id = fields.UUID(required=True)


@labelled(ACCOUNT_FIELDS)
class ChangePassword(Schema):
    """The current password and a new one, which must differ; every other session ends."""

    current = fields.String(required=True, validate=_PASSWORD, metadata={"format": "password"})
    new = fields.String(required=True, validate=_PASSWORD, metadata={"format": "password"})


class ChooseLanguage(Schema):
    """The language of pages."""

    language = Choice(LANGUAGES, required=True)


class DownloadMyData(Schema):
    """One's own data as one file; the password is required again, because the file contains everything."""

    password = fields.String(required=True, validate=_PASSWORD, metadata={"format": "password", **label("登录密码")})


@labelled(ACCOUNT_FIELDS)
class SubmitApplicationWithAccount(SubmitApplication):
    """An application to join; `username` and `password` also open an account to follow it."""

    username = Line(64, 3, load_default=None, allow_none=True)
    password = fields.String(load_default=None, allow_none=True, validate=_PASSWORD, metadata={"format": "password"})


_ANYBODY = (ACCOUNT, PROGRAM)


def _own(
    kind: str,
    name: str,
    request: type[Schema],
    reply: type[Schema],
    allow: str | tuple[str, ...],
    doc: str,
    *,
    title: str,
) -> Operation:
    """Declare an operation that exists over HTTP only: it is not in the registry of the services' operations."""
    allowed = frozenset({allow} if isinstance(allow, str) else allow)
    return Operation("gateway", name, request, reply, allowed, kind, doc, title)  # type: ignore[arg-type]


sign_in = _own(
    "command", "sign_in", Credentials, NewSession, PUBLIC,
    "Sign in: a token for programs. 401 with the rule second_factor.is_given: a second step is needed.",
    title="登录，换取程序使用的令牌",
)  # fmt: skip
sign_out = _own(
    "command", "sign_out", Empty, Empty, _ANYBODY,
    "Sign out: the session in use ends.", title="退出登录",
)  # fmt: skip
who_am_i = _own(
    "query", "who_am_i", Empty, AccountSummary, _ANYBODY,
    "Who is signed in, with the roles of today.", title="查看登录的账号和身份",
)  # fmt: skip
list_sessions = _own(
    "query", "list_sessions", Empty, OpenSessions, _ANYBODY,
    "The own open sessions.", title="查看登录的设备",
)  # fmt: skip
end_session = _own(
    "command", "end_session", SessionRef, Empty, _ANYBODY,
    "End one of the own sessions.", title="退出一个设备",
)  # fmt: skip
end_other_sessions = _own(
    "command", "end_other_sessions", Empty, EndedSessions, _ANYBODY,
    "End all own sessions except the one in use.", title="退出其他设备",
)  # fmt: skip
list_providers = _own(
    "query", "list_sign_on_providers", Empty, SignOnProviders, PUBLIC,
    "Identity providers by which people sign on.", title="查看可用的统一身份认证",
)  # fmt: skip
list_identities = _own(
    "query", "list_identities", Empty, LinkedIdentities, ACCOUNT,
    "Own identities at identity providers.", title="查看绑定的统一身份认证",
)  # fmt: skip
unlink_identity = _own(
    "command", "unlink_identity", UnlinkIdentity, Empty, ACCOUNT,
    "Unlink one of the own identities.", title="解除绑定的统一身份认证",
)  # fmt: skip
change_password = _own(
    "command", "change_password", ChangePassword, Empty, ACCOUNT,
    "Change the own password.", title="修改密码",
)  # fmt: skip
switch_role = _own(
    "command", "switch_role", SwitchRole, AccountSummary, ACCOUNT,
    "Work in one of my roles until the session ends, or in all again.", title="切换身份",
)  # fmt: skip
choose_language = _own(
    "command", "choose_language", ChooseLanguage, Empty, ACCOUNT,
    "Choose the language of pages.", title="选择语言",
)  # fmt: skip
download_my_data = _own(
    "command", "download_my_data", DownloadMyData, FileContent, "member",
    "Everything kept about oneself, as one zip.", title="下载本人数据",
)  # fmt: skip
apply_for_membership = Operation(
    "membership",
    "submit_application",
    SubmitApplicationWithAccount,
    Application,
    frozenset({PUBLIC}),
    "command",
    "Apply to join, or save a draft; with a user name an account is made along with it.",
    title="申请入会",
)
