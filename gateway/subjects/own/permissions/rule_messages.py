"""The rules of roles in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "roles.role_is_held": (_l("只能切换到自己的身份"), _l("您现在没有这个身份。")),
}
