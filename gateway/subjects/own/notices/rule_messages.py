"""The rules of notices in words: the assertion of each, and the message of its refusal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

RULES = {
    "notices.email_is_offered": (_l("发送邮件已开通"), _l("工会还没有开通邮件通知，通知请在门户查看。")),
    "notices.address_takes_mail": (_l("邮箱能收信"), _l("这个邮箱拒收邮件，请核对后再填。")),
    "notices.code_is_valid": (_l("确认码在有效期内"), _l("确认码已失效，请重新发送。")),
    "notices.code_is_right": (_l("确认码正确"), _l("确认码不对，请核对邮件里的八位数字。")),
    "notices.delivery_is_open": (_l("只重发没有送达的通知"), _l("这条通知已送达、已收回或不再发送，不能重发。")),
    "notices.time_is_ahead": (_l("发送时间在一年之内"), _l("请选择今后一年之内的时间。")),
    "notices.audience_is_not_empty": (_l("公告有发送对象"), _l("没有符合条件的会员，请放宽发送对象。")),
    "notices.announcement_stands": (_l("公告只收回一次"), _l("这条公告已经收回。")),
    "notices.robot_address_is_known": (
        _l("群机器人地址有效"),
        _l("请填写企业微信或钉钉给出的群机器人地址，以 https:// 开头。"),
    ),
    "notices.settings_are_current": (_l("设置未被改动"), _l("通知设置刚刚有过改动，请核对后再保存。")),
    "notices.is_not_stopped": (_l("同一项只停发一次"), _l("已经停发。")),
    "notices.member_is_known": (_l("会员号存在"), _l("没有这个会员号。")),
}
INPUT_ERRORS = {
    "notices.stop_is_for_one": _l("会员号和类型请只填一项。"),
    "notices.quiet_hours_half": _l("免打扰时间要同时填写开始和结束。"),
}
