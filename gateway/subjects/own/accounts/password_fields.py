"""The fields in which somebody chooses a new password, twice."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from gateway.portal.forms import Field

NEW_PASSWORD = (
    Field(
        "new",
        hint=_l("至少 10 个字符，不要与用户名相同，也不要用常见的密码。"),
        extra={"autocomplete": "new-password"},
        wide=True,
    ),
    Field(
        "again",
        _l("再输入一次新密码"),
        "password",
        extra={"autocomplete": "new-password", "maxlength": "200"},
        wide=True,
        required=True,
    ),
)
