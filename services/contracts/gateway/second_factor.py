"""Second factors of sign-in (第二步验证): authenticator app, recovery codes, passkeys. Answered by the gateway itself.

Signing in with user name and password answers 401 with the rule `second_factor.is_given` where the account has a second
factor; `params` has `attempt`, which is valid for ten minutes and for the second step only, and `methods`.
"""

from __future__ import annotations

from marshmallow import fields, validate

from services.chassis.schema import (
    ACCOUNT,
    PUBLIC,
    Empty,
    Line,
    Operation,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    label,
    labelled,
)  # fmt: skip
from services.contracts.gateway.identity import NewSession

FACTOR_FIELDS = Vocabulary(
    "factor_field", code="动态码或恢复码", password="密码", name="名称", username="用户名", reason="原因",
)  # fmt: skip
_LONGEST_CREDENTIAL = 20_000


@labelled(FACTOR_FIELDS)
class SecondStep(Schema):
    """A sign-in that waits, and a code of the authenticator app or a recovery code."""

    attempt = Text(100, 1, required=True, metadata=label("登录"))
    code = Text(40, 1, required=True)


class PasskeyOptions(Schema):
    """What `navigator.credentials` is asked with (`parse…OptionsFromJSON`), and the state to send back with its answer.

    Both are valid for ten minutes and one use.
    """

    state = fields.String(required=True)
    options = fields.Dict(keys=fields.String(), required=True)


class PasskeyPurpose(Schema):
    """The sign-in that waits for the passkey as its second factor; without it, the passkey alone signs in."""

    attempt = Text(100, 1, load_default=None, allow_none=True)


class PasskeyAnswer(Schema):
    """The answer of the authenticator: the JSON text of `PublicKeyCredential.toJSON()`."""

    state = Text(2000, 1, required=True, metadata=label("请求"))
    credential = Text(_LONGEST_CREDENTIAL, 1, required=True, metadata=label("通行密钥"))
    attempt = Text(100, 1, load_default=None, allow_none=True, metadata=label("登录"))


@labelled(FACTOR_FIELDS)
class OwnerProof(Schema):
    """Who is there: the password, or a code of the app, or a recovery code."""

    password = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=200), metadata={"format": "password"}
    )
    code = Text(40, 1, load_default=None, allow_none=True)


class TotpSecret(Schema):
    """The secret in base32, and the address that apps read from a QR code. Neither is shown again once confirmed."""

    secret = fields.String(required=True)
    address = fields.String(required=True)


class FirstCode(Schema):
    """The first code of the app."""

    code = Text(40, 1, required=True, metadata=label("动态码"))


class RecoveryCodes(Schema):
    """Codes that replace the second factor, each once. They are shown only here."""

    recovery_codes = fields.List(fields.String(), required=True)


class OwnPasskey(Schema):
    """One of the own passkeys."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    created_at = Timestamp(required=True)
    last_used_at = Timestamp(required=True, allow_none=True)


class AddedPasskey(OwnPasskey):
    """The new passkey; recovery codes with the first second factor of the account, else none."""

    recovery_codes = fields.List(fields.String(), required=True)


class SecondFactors(Schema):
    """The own second factors. `required`: one of the own roles requires one.

    `since`: signing in asks for one. `totp_since`: an authenticator app is set up. `recovery_codes`: how many are left.
    """

    required = fields.Boolean(required=True)
    since = Timestamp(required=True, allow_none=True)
    totp_since = Timestamp(required=True, allow_none=True)
    recovery_codes = fields.Integer(required=True)
    passkeys = fields.List(fields.Nested(OwnPasskey), required=True)


@labelled(FACTOR_FIELDS)
class AddPasskey(Schema):
    """The answer of the authenticator to the options, and a name by which its owner knows the passkey."""

    state = Text(2000, 1, required=True, metadata=label("请求"))
    credential = Text(_LONGEST_CREDENTIAL, 1, required=True, metadata=label("通行密钥"))
    name = Line(60, 1, required=True)


@labelled(FACTOR_FIELDS)
class RenamePasskey(Schema):
    """One of the own passkeys, and its new name."""

    passkey_id = fields.UUID(required=True)
    name = Line(60, 1, required=True)


class RemovePasskey(OwnerProof):
    """One of the own passkeys; the password or a code is needed."""

    passkey_id = fields.UUID(required=True)


@labelled(FACTOR_FIELDS)
class ResetSecondFactor(Schema):
    """The account of somebody who lost the second factor, and why and how the person was recognised."""

    username = Line(64, 1, required=True)
    reason = Text(200, 2, required=True)


finish_sign_in = Operation(
    "gateway", "finish_sign_in", SecondStep, NewSession, frozenset({PUBLIC}), "command",
    "Second step of signing in, with a code. A code fits once; wrong ones are throttled.",
    title="用动态码完成登录",
)  # fmt: skip
begin_passkey_sign_in = Operation(
    "gateway", "begin_passkey_sign_in", PasskeyPurpose, PasskeyOptions, frozenset({PUBLIC}), "command",
    "Options for signing in with a passkey: alone and without user name, or as the second step.",
    title="开始用通行密钥登录",
)  # fmt: skip
sign_in_with_passkey = Operation(
    "gateway", "sign_in_with_passkey", PasskeyAnswer, NewSession, frozenset({PUBLIC}), "command",
    "Sign in with a passkey, or finish a sign-in that waits with one.",
    title="用通行密钥登录",
)  # fmt: skip
get_second_factor = Operation(
    "gateway", "get_second_factor", Empty, SecondFactors, frozenset({ACCOUNT}), "query",
    "The own second factors.", title="查看自己的第二因素",
)  # fmt: skip
start_totp = Operation(
    "gateway", "start_totp", OwnerProof, TotpSecret, frozenset({ACCOUNT}), "command",
    "Make a secret for an authenticator app. In the first 15 minutes of a session neither password nor code is needed.",
    title="开始绑定验证器",
)  # fmt: skip
confirm_totp = Operation(
    "gateway", "confirm_totp", FirstCode, RecoveryCodes, frozenset({ACCOUNT}), "command",
    "Use the authenticator app from now on; its first code is needed. Other sessions end with the first second factor.",
    title="确认绑定验证器",
)  # fmt: skip
remove_totp = Operation(
    "gateway", "remove_totp", OwnerProof, Empty, frozenset({ACCOUNT}), "command",
    "Remove the authenticator app.", title="解除验证器",
)  # fmt: skip
renew_recovery_codes = Operation(
    "gateway", "renew_recovery_codes", OwnerProof, RecoveryCodes, frozenset({ACCOUNT}), "command",
    "Make new recovery codes; the earlier ones end.",
    title="换发恢复码",
)  # fmt: skip
begin_passkey = Operation(
    "gateway", "begin_passkey", OwnerProof, PasskeyOptions, frozenset({ACCOUNT}), "command",
    "Options for a new passkey. In the first 15 minutes of a session neither password nor code is needed.",
    title="开始添加通行密钥",
)  # fmt: skip
add_passkey = Operation(
    "gateway", "add_passkey", AddPasskey, AddedPasskey, frozenset({ACCOUNT}), "command",
    "Add a passkey.", title="添加通行密钥",
)  # fmt: skip
rename_passkey = Operation(
    "gateway",
    "rename_passkey",
    RenamePasskey,
    Empty,
    frozenset({ACCOUNT}),
    "command",
    "Rename an own passkey.",
    title="重命名通行密钥",
)
remove_passkey = Operation(
    "gateway",
    "remove_passkey",
    RemovePasskey,
    Empty,
    frozenset({ACCOUNT}),
    "command",
    "Remove an own passkey.",
    title="删除通行密钥",
)
reset_second_factor = Operation(
    "gateway", "reset_second_factor", ResetSecondFactor, Empty, frozenset({"officer", "ops"}), "command",
    "Remove all second factors of another account after they were lost; its sessions end, its owner is told. Logged.",
    title="清除他人丢失的第二因素", delegable=False,
)  # fmt: skip
