"""What the rules of signing on say."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

RULES = {
    "sign_on.was_begun_here": (
        _l("在同一浏览器里完成登录"),
        _l("这次登录不是在本浏览器里开始的，或已超过 10 分钟、已用过。请重新登录。"),
    ),
    "sign_on.is_not_cancelled": (_l("确认登录"), _l("您取消了登录。")),
    "sign_on.provider_agrees": (_l("统一身份认证同意登录"), _l("统一身份认证没有同意登录，请联系学校信息中心。")),
    "sign_on.provider_answers": (
        _l("统一身份认证有应答"),
        _l("统一身份认证暂时没有应答，请稍后再试，或用用户名和密码登录。"),
    ),
    "sign_on.answer_is_valid": (
        _l("统一身份认证的应答有效"),
        _l("统一身份认证的应答无效，不能登录。请稍后再试，仍不行请告诉管理员。"),
    ),
    "sign_on.ticket_is_valid": (_l("登录凭据有效"), _l("登录凭据已失效，请重新登录。")),
    "sign_on.identity_is_own": (
        _l("校园身份属于本人账号"),
        _l("这个校园身份属于另一个账号或另一位会员。请先退出登录再用它登录，或请校工会核对工号。"),
    ),
    "sign_on.one_per_provider": (
        _l("每个认证系统绑定一个身份"),
        _l("您的账号已绑定这个认证系统的另一个身份，请先解除绑定。"),
    ),
    "password_code.fits": (
        _l("用户名与一次性码相符"),
        _l("用户名与一次性码不符，或码已用过、作废、过期。请核对，或找分工会重新领取。"),
    ),
    "password_mail.is_offered": (
        _l("门户能发邮件"),
        _l("门户没有设置邮件服务器，请带证件找分工会主席或校工会领取一次性码。"),
    ),
    "password_code.is_for_another": (_l("不为自己生成一次性码"), _l("不能为自己生成，请直接修改密码。")),
    "password_code.post_needs_officer": (
        _l("有职务的人由校工会办理"),
        _l("这位会员有职务，一次性码由校工会生成，请让本人联系校工会。"),
    ),
    "password.is_set": (_l("账号有密码"), _l("您的账号还没有密码，请先在“设置与登录”里设置密码。")),
    "password.is_set_after_sign_on": (
        _l("刚通过统一身份认证登录"),
        _l("为确认是您本人，请退出后重新用校园身份登录，并在 15 分钟内设置密码。"),
    ),
}
