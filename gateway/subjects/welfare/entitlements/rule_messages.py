"""The rules of entitlements in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

_MEMBER_ONLY = (_l("会员才能享受"), _l("这个账号还不是会员。"))

RULES = {
    "entitlements.caller_is_a_member": _MEMBER_ONLY,
}
