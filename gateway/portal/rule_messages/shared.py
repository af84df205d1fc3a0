"""Rules every service and the gateway share: who may ask, versions, accounts."""

from flask_babel import lazy_gettext as _l

RULES = {
    "text.is_not_blank": (_l("必填内容要有文字"), _l("必填的文字不能空着，也不能只填空格。")),
    "text.has_no_control_characters": (_l("文字里没有控制字符"), _l("含有不能保存的控制字符，请重新输入。")),
    "number.is_in_ascii": (_l("数字用 0 至 9 书写"), _l("请用半角数字 0 至 9 填写。")),
    "export.purpose_is_stated": (_l("导出个人信息要写用途"), _l("请写明用途，2 至 200 个字符。")),
    "export.list_is_short_enough": (_l("一次导出的行数有限"), _l("列表超过 %(most)s 行，请先用条件缩小范围。")),
    "events.was_seen": (_l("消息确实到过这里"), _l("这个处理方没有收到过这条消息。")),
    "events.is_open": (_l("只处理还未处理好的消息"), _l("这条消息已经处理或放弃，不能再改。")),
    "job.asker_may_still": (
        _l("任务按提出人现在的职务继续"),
        _l("提出任务的人已不再担任允许这样做的职务，任务已停止；已完成的部分保留。请由现任负责人决定是否继续。"),
    ),
    "job.step_comes_to_an_end": (
        _l("中断两次的任务不再自动重试"),
        _l("这一步两次让程序中断，任务已停下。请检查所用的文件，或与管理员联系后再继续。"),
    ),
    "holder_allows": (_l("由任职者本人办理"), _l("这一项须由任职者本人办理，代行职务的人不能办理。")),
    "role_allows": (_l("办理人有相应职务"), _l("您的职务不能办理这一项。")),
    "own_unit": (_l("只办理本分工会的事项"), _l("这是其他分工会的事项。")),
    "signed_in": (_l("先登录再办理"), _l("请先登录。")),
    "version_is_current": (_l("以最新内容为准"), _l("您打开之后，别人已经改过。请刷新后再修改。")),
    "many.number_is_as_seen": (
        _l("办理的数量与所见一致"),
        _l("名单有变化：确认时是 %(expected)s 个，现在是 %(found)s 个。请重新查看名单再办理。"),
    ),
    "idempotency_key_names_one_request": (_l("同一页面只提交一次"), _l("这个页面已经提交过别的内容，请重新打开再填。")),
    "csrf_token_is_valid": (_l("页面没有过期"), _l("页面已经过期，请刷新后再试。")),
    "rate_limit": (_l("操作次数有限"), _l("操作太频繁，请在 %(retry_after)s 秒后再试。")),
    "username.is_wellformed": (
        _l("用户名格式正确"),
        _l("用户名为 3 至 64 个小写字母、数字或 . _ @ -，以字母或数字开头。"),
    ),
    "username.is_free": (_l("用户名未被使用"), _l("这个用户名已有人使用。")),
    "password.is_new": (_l("新密码不同于现在的"), _l("新密码与现在的密码相同，请换一个。")),
    "password.is_own": (_l("先设置自己的密码"), _l("现在的密码是别人为您设置的，请先修改密码。")),
    "password.is_current": (_l("核对现在的密码"), _l("现在的密码不对。")),
    "password.is_long_enough": (_l("密码足够长"), _l("密码至少 10 个字符，最多 200 个。")),
    "password.is_no_name": (_l("密码不同于用户名"), _l("密码不能与用户名相同。")),
    "password.is_varied": (_l("密码不单调"), _l("密码重复的字符太多。")),
    "password.is_not_common": (
        _l("密码不易被猜中"),
        _l("这个密码太常见，猜密码的人最先试的就是它。请换一个更长、更少见的。"),
    ),
    "program.is_open": (_l("接口账号仍在使用"), _l("这个接口账号已停用，不能再发新密钥。请另建账号。")),
    "sign_in.matches": (_l("用户名与密码相符"), _l("用户名或密码不正确。")),
    "account.code_fits": (
        _l("会员号与开通码相符"),
        _l("会员号与开通码不符，或开通码已用过、作废、过期。请核对开通单，或找分工会换发。"),
    ),
    "account.slips_are_few": (
        _l("一次打印的开通单有限"),
        _l("共 %(total)s 张，一次最多 %(most)s 张，请按分工会分开打印。"),
    ),
    "account.somebody_needs_a_slip": (
        _l("有会员需要开通单"),
        _l("所选会员都已有账号或未用的开通单，没有开通单可打印。"),
    ),
    "sign_in.not_blocked": (_l("失败次数有限"), _l("登录失败次数太多，请在 %(retry_after)s 秒后再试。")),
    "sign_up.is_signed_out": (_l("一人一个账号"), _l("您已经登录，请用现在的账号申请。")),
}
