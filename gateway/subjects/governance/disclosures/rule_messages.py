"""The rules of disclosures in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.disclosure": (_l("经费公开流程"), _l("这期经费公开现在的状态不能这样办理。")),
    "workflow.disclosure_question": (_l("提问办理流程"), _l("这个问题现在的状态不能这样办理。")),
    "disclosures.caller_is_a_member": (_l("会员提问"), _l("这个账号还不是会员。")),
    "disclosures.part_is_over": (_l("结束的时段才能公开"), _l("这个时段到 %(last_day)s 才结束。")),
    "disclosures.disclosed_once": (_l("一个时段公开一次"), _l("这个时段已有一期经费公开；有错的先撤下。")),
    "disclosures.months_are_closed": (_l("公开的月份已结账"), _l("请先结账：%(open)s。结账后账目不再变动，才能公开。")),
    "disclosures.another_approves": (_l("审核人不是提交人"), _l("这期是您提交的，请另一位经审委员审核。")),
    "disclosures.questions_are_few": (
        _l("待答复的提问不能太多"), _l("您有 %(most)s 个问题还没有答复，答复后可以继续提问。"),
    ),
}  # fmt: skip
