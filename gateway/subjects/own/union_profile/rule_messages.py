"""The rules of the union's profile in words: the assertion of each, and the message of its refusal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

RULES = {
    "union_profile.version_is_current": (_l("形象未被他人改动"), _l("别人刚刚改过工会形象，请重新打开后再改。")),
    "union_profile.colour_is_readable": (
        _l("主色看得清（WCAG 2.2 第 1.4.3 条，对比度不低于 4.5:1）"),
        _l("这个颜色配白底或白字看不清，最接近的可用颜色是 %(nearest)s。"),
    ),
}
