"""The rules of hardship in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.aid_application": (_l("帮扶申请办理流程"), _l("这份申请现在的状态不能这样办理。")),
    "hardship.caller_is_a_member": (_l("会员才能申请"), _l("这个账号还不是会员。")),
    "hardship.application_is_ones_own": (_l("只办理自己的申请"), _l("这是别人的申请。")),
    "hardship.draft_is_private": (_l("草稿只有本人能看"), _l("这份申请还没有提交。")),
    "hardship.applicant_is_covered": (_l("会籍状态符合"), _l("按现行规定，您现在的会籍状态不能申请帮扶。")),
    "hardship.papers_are_attached": (_l("附有证明材料"), _l("请先上传至少一份证明材料。")),
    "hardship.one_application_at_a_time": (_l("一次办理一份申请"), _l("您还有一份申请正在办理。")),
    "hardship.draft_can_be_changed": (_l("提交前才能修改"), _l("申请已经提交；需要修改请先撤回，或由工会退回。")),
    "hardship.others_act_on_it": (_l("本人的申请由他人办理"), _l("这是您本人的申请，请其他干部办理。")),
    "hardship.committee_is_complete": (
        _l("到会人数符合规定"),
        _l("评审至少要 %(least)s 人到会，每人写一次；现在有 %(found)s 人。"),
    ),
    "hardship.applicant_was_not_present": (_l("申请人不参加评审"), _l("申请人不能是到会评审的人。")),
    "hardship.decided_by_today": (_l("评审日期合理"), _l("评审日期须在 %(earliest)s 至 %(latest)s 之间。")),
    "hardship.sum_is_named": (_l("批准时写明金额"), _l("批准要写金额，不批准不写金额。")),
    "hardship.committee_agrees": (_l("评审通过"), _l("评审小组没有批准这份申请。")),
    "hardship.applicant_lives": (_l("申请人健在"), _l("按现行规定，申请人去世后申请终止。")),
    "hardship.sum_is_within_cap": (
        _l("不超过每年上限"),
        _l("批准 %(granted)s 元超过每人每年上限 %(cap)s 元；今年已批准 %(given)s 元，还可批准 %(left)s 元。"),
    ),
    "hardship.payment_can_be_put_again": (_l("未予入账的才能重新申报"), _l("这笔帮扶金没有被拒绝，不用重新申报。")),
    "hardship.papers_are_for_few": (_l("证明材料只给少数人看"), _l("只有申请人和办理的校工会干部能打开证明材料。")),
    "hardship.member_is_not_on_record": (_l("一人一份档案"), _l("这位会员已经在档。")),
    "hardship.record_is_open": (_l("在档才能复核"), _l("这份档案已经退出。")),
    "hardship.since_has_come": (_l("建档日期合理"), _l("建档日期不能晚于今天。")),
    "hardship.others_review": (_l("本人的档案由他人办理"), _l("这是您本人的档案，请其他干部办理。")),
    "hardship.grade_fits_outcome": (_l("调整等级时写明新等级"), _l("调整等级要选一个不同的等级，其他结论不选。")),
}
