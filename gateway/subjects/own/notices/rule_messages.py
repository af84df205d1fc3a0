"""The rules of notices in words: the assertion of each, and the message of its refusal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

RULES = {
    "notices.email_is_offered": (_l("发送邮件已开通"), _l("工会还没有开通邮件通知，通知请在门户查看。")),
    "notices.address_takes_mail": (_l("邮箱能收信"), _l("这个邮箱拒收邮件，请核对后再填。")),
    "notices.code_is_valid": (_l("确认码在有效期内"), _l("确认码已失效，请重新发送。")),
    "notices.code_is_right": (_l("确认码正确"), _l("确认码不对，请核对邮件里的八位数字。")),
    "notices.delivery_is_open": (_l("只重发没有送达的通知"), _l("这条通知已送达、已收回或不再发送，不能重发。")),
}
INPUT_ERRORS = {
    "notices.quiet_hours_half": _l("免打扰时间要同时填写开始和结束。"),
}
