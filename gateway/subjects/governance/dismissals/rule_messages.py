"""The rules of dismissal notices in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.dismissal": (_l("解除通知办理流程"), _l("这件通知现在的状态不能这样办理。")),
    "dismissals.caller_is_a_member": (_l("会员才能经办"), _l("这个账号还不是会员。")),
    "dismissals.are_for_few": (_l("各步骤由规定的人办理"), _l("这一步由通知中的其他人办理。")),
    "dismissals.a_notice_waits": (_l("有待接办的通知"), _l("没有您可以接办的通知。涉及本人的，由其他人接办。")),
    "dismissals.a_clerk_left": (_l("接替离任的经办人"), _l("没有您可以接替的通知：经办人都在任，或者通知涉及您本人。")),
    "dismissals.notice_is_before": (_l("解除前通知工会"), _l("单位单方解除劳动合同，应当事先通知工会；请填写今天以后的日期。")),
    "dismissals.clerk_is_not_concerned": (_l("不经办涉及本人的通知"), _l("涉及您本人的通知由其他人办理。")),
    "dismissals.answer_is_awaited": (
        _l("等待单位书面答复"), _l("拟解除日期前等待单位的书面答复；到期没有答复的，可以写明情况后办结。"),
    ),
    "dismissals.notice_stands": (_l("通知没有撤回"), _l("单位已经撤回这件通知，不需要申请调解。")),
    "dismissals.correction_says_why": (
        _l("要求纠正写明违反什么、为什么"), _l("请写明违反的法律、规章或合同条款，以及理由。"),
    ),
    "dismissals.paper_is_on_file": (_l("代为登记须有单位的书面材料"), _l("请先上传单位的书面通知或书面答复。")),
    "dismissals.notice_is_open": (_l("办结前上传材料、关联会员"), _l("这件通知已经办结。")),
    "dismissals.referred_once": (_l("申请调解一次"), _l("您已经申请调解。")),
}  # fmt: skip
