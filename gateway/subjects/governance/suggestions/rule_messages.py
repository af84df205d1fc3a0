"""The rules of suggestions in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.suggestion": (_l("建议办理流程"), _l("这件建议现在的状态不能这样办理。")),
    "suggestions.caller_is_a_member": (_l("会员署名提出建议"), _l("这个账号还不是会员。")),
    "suggestions.are_for_few": (_l("建议人和答复人才能查看"), _l("只有建议人和负责答复的人能查看这件建议。")),
    "suggestions.few_of_one_wait": (
        _l("待答复的建议不能太多"), _l("您有 %(most)s 件建议还没有答复，答复后可以继续提出。"),
    ),
    "suggestions.box_is_not_full": (
        _l("待答复的匿名建议不能太多"), _l("待答复的匿名建议已有 %(most)s 件，请署名提出，或过些时候再来。"),
    ),
    "suggestions.another_answers": (_l("转给别的单位"), _l("建议已经在那里，请选择别的单位。")),
    "suggestions.author_agreed": (_l("建议人同意才公开"), _l("建议人没有同意公开问题和答复。")),
    "suggestions.is_published": (_l("公开后才能取消"), _l("这件答复没有公开。")),
    "suggestions.code_is_known": (_l("查询码正确"), _l("没有建议使用这个查询码，请核对后再试。")),
}  # fmt: skip
