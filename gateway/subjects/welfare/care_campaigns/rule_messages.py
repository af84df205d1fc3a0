"""The rules of care campaigns in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.care_campaign": (_l("慰问活动办理流程"), _l("这次活动现在的状态不能这样办理。")),
    "workflow.care_item": (_l("慰问登记流程"), _l("这个人现在的状态不能这样登记。")),
    "campaigns.caller_is_a_member": (_l("会员才能办理"), _l("这个账号还不是会员。")),
    "campaigns.days_are_in_order": (_l("起止日期合理"), _l("结束日期不能早于开始日期，也不能早于今天。")),
    "campaigns.amount_is_within_cap": (_l("不超过每人上限"), _l("每人 %(amount)s 元超过现行上限 %(cap)s 元。")),
    "campaigns.form_is_allowed": (_l("发放形式符合规定"), _l("按现行规定不能以这种形式发放。")),
    "campaigns.list_can_be_changed": (_l("活动结束前才能改名单"), _l("这次活动已经结束。")),
    "campaigns.list_is_not_in_work": (_l("开始前才能移出名单"), _l("活动已经开始，没有慰问的请登记“未慰问”。")),
    "campaigns.somebody_is_listed": (_l("名单上有人才能开始"), _l("名单还是空的。")),
    "campaigns.names_are_given": (_l("写明加入谁"), _l("请选择分工会，或填写会员。")),
    "campaigns.names_are_few": (_l("一次加入不过多"), _l("一次最多加入 %(most)s 人，请分几次。")),
    "campaigns.member_is_served": (_l("在册会员才能慰问"), _l("已不是在册会员。")),
    "campaigns.campaign_is_open": (_l("活动进行中才能登记"), _l("这次活动现在不在进行中。")),
    "campaigns.nothing_was_given": (_l("没有发放过才能取消"), _l("已经慰问了 %(given)s 人，请结束活动，不能取消。")),
    "campaigns.visitor_may_go": (_l("慰问人合适"), _l("慰问人须是在册会员。")),
    "campaigns.visitor_is_not_the_visited": (_l("不登记对自己的慰问"), _l("对您本人的慰问须由别人登记。")),
    "campaigns.visit_is_ours": (_l("只登记交办给自己的"), _l("这些人由别人慰问。")),
    "campaigns.day_fits": (_l("慰问日期合理"), _l("慰问日期须在 %(earliest)s 至 %(latest)s 之间。")),
    "campaigns.value_is_within_standard": (_l("不超过本次标准"), _l("本次活动每人不超过 %(amount)s 元。")),
    "campaigns.evidence_is_given": (_l("凭证齐全"), _l("请先上传这次活动要求的凭证。")),
    "campaigns.gift_is_signed_for": (_l("发放须有签收"), _l("请写明签收人，或上传签收单。")),
    "campaigns.people_are_asked": (
        _l("照片里的人已同意"),
        _l("请选明照片里没有可以认出的人，或者能认出的人都已同意。"),
    ),
    "campaigns.evidence_can_be_added": (_l("活动开始后才能补凭证"), _l("现在不接收凭证。")),
    "campaigns.evidence_can_be_removed": (_l("登记前才能删除凭证"), _l("慰问已经登记，凭证随账保存。")),
    "campaigns.evidence_is_for_few": (
        _l("凭证文件只给少数人看"),
        _l("只有慰问人、校工会干部和经审人员能打开凭证；本人能看自己的照片。"),
    ),
    "campaigns.payment_can_be_put_again": (_l("未予入账的才能重新申报"), _l("这笔支出没有被拒绝，不用重新申报。")),
}

INPUT_ERRORS = {
    "campaigns.numbers_are_known": _l("没有找到会员号：%(unknown)s。请核对后再试。"),
    "campaigns.list_has_numbers": _l("表格里没有“会员号”这一列。"),
}
