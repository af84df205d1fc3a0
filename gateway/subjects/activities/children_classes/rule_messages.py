"""The rules of children's classes in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.child_registration": (_l("托班报名流程"), _l("这份报名现在的状态不能这样办理。")),
    "children.caller_is_a_member": (_l("会员才能给孩子报名"), _l("这个账号还不是会员。")),
    "children.child_is_ones_own": (_l("只能办理自己孩子的报名"), _l("这是别人的孩子。")),
    "children.version_is_the_one_that_stands": (_l("以最新内容为准"), _l("您打开之后，别人已经改过。请刷新后再修改。")),
    "children.term_is_sound": (_l("学期起止合理"), _l("学期须在开始之后结束、不超过两年，报名须先开始后截止。")),
    "children.ages_are_in_order": (_l("年龄上限不小于下限"), _l("年龄上限小于下限。")),
    "children.places_hold_who_is_in": (_l("名额不少于已录取人数"), _l("已录取 %(count)s 人，名额不能更少。")),
    "children.registration_is_open": (_l("在报名时间内"), _l("现在不在报名时间内。")),
    "children.standing_may_register": (_l("会籍在册才能报名"), _l("您的会籍状态不能给孩子报名。")),
    "children.age_fits": (
        _l("孩子年龄符合班级"), _l("学期开始时孩子 %(age)s 岁，这个班面向 %(from)s 至 %(to)s 岁。"),
    ),
    "children.consent_is_given": (_l("监护人单独同意"), _l("处理不满十四周岁孩子的信息，须监护人阅读同意书并勾选同意。")),
    "children.consent_is_current": (_l("同意现行的同意书"), _l("同意书刚刚改过，请重新阅读后勾选。")),
    "children.child_is_not_in_it": (_l("孩子没有重复报名"), _l("这个孩子已经报了这个班（可能由另一位家长报名）。")),
    "children.classes_are_few": (_l("每学期参加的班有限"), _l("每个孩子每学期最多参加 %(most)s 个班（含候补）。")),
    "children.term_is_not_over": (_l("学期没有结束"), _l("这个学期已经结束。")),
    "children.reason_is_given": (_l("代为退出要写原因"), _l("请写明原因，监护人会看到。")),
    "children.day_is_of_the_term": (_l("日期在学期内"), _l("这一天不在学期内。")),
    "children.day_has_come": (_l("当天起才能登记出勤"), _l("这一天还没有到。")),
    "children.child_is_in_the_class": (_l("孩子在班级里"), _l("有孩子不在这个班，或已退出，请刷新名单。")),
}  # fmt: skip
