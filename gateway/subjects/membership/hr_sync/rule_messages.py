"""The rules of hr_sync in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "hr_sync.difference_is_open": (_l("差异只处理一次"), _l("这条差异已经处理。")),
    "hr_sync.member_is_unchanged": (_l("档案变动后重新核对"), _l("档案在此期间有变动，请重新核对。")),
    "hr_sync.unit_is_known": (_l("人事单位对应分工会"), _l("人事系统给出的单位没有对应的在用分工会。")),
    "hr_sync.record_is_complete": (_l("人事记录完整"), _l("人事记录缺少入会必需的内容。")),
    "hr_sync.record_can_be_applied": (_l("每条差异都可采用"), _l("这条差异无法采用，其他各条不受影响。")),
    "hr_sync.pull_is_configured": (_l("已配置人事接口"), _l("还没有配置人事系统的接口地址。")),
    "hr_sync.answer_is_read": (_l("人事接口应答可读"), _l("人事系统的应答无法识别，没有采用其中任何内容。")),
}
