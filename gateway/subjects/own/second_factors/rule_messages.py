"""What the rules of second factors say."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

RULES = {
    "second_factor.is_given": (_l("登录的第二步"), _l("密码正确，还要输入第二步验证的动态码。")),
    "second_factor.is_under_way": (_l("登录还没有超时"), _l("这次登录已超过 10 分钟或已结束，请重新登录。")),
    "second_factor.matches": (
        _l("动态码正确、没有用过"),
        _l("动态码或恢复码不对、已过期，或已经用过。动态码每 30 秒更新，请等下一个；手机时间要自动校准。"),
    ),
    "second_factor.is_single": (_l("只设一个验证器"), _l("已经设置了验证器。换手机请先移除，再重新设置。")),
    "second_factor.was_started": (_l("先扫码再输入动态码"), _l("二维码已超过 1 小时或已用过，请重新开始设置。")),
    "second_factor.is_enrolled": (_l("已设置第二步验证"), _l("这个账号没有设置第二步验证。")),
    "second_factor.is_enrolled_for_role": (
        _l("职务要求第二步验证"),
        _l("您的职务要求登录时有第二步验证。请先设置，再继续使用。"),
    ),
    "second_factor.is_for_its_owner": (_l("再次确认是本人"), _l("请输入密码，或验证器上的动态码。")),
    "second_factor.is_of_another": (
        _l("不为自己重置"),
        _l("不能重置自己的第二步验证。请在“设置与登录”里移除，或用恢复码登录。"),
    ),
    "second_factor.has_account": (_l("有这个账号"), _l("没有这个用户名的账号，或账号已停用。")),
    "passkey.fits": (
        _l("通行密钥有效"),
        _l("通行密钥无效：不是在本网站登记的、已被移除，或账号已停用。请换一种方式登录。"),
    ),
    "passkey.is_in_time": (_l("在 10 分钟内完成"), _l("超过了 10 分钟，或已经用过。请刷新页面后再试。")),
    "passkey.is_offered": (
        _l("网站地址支持通行密钥"),
        _l("这里还不能用通行密钥：管理员须先设置网站的 https 地址。"),
    ),
    "passkey.is_one_of_few": (_l("通行密钥数量有限"), _l("每个账号最多登记 %(most)s 个通行密钥，请先移除不用的。")),
}
