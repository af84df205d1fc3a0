"""Vocabulary of clubs."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

CLUB_STATES = Vocabulary(
    "club", applied="申请成立", founded="已成立", suspended="暂停活动", dissolved="已解散", refused="未获批准",
    withdrawn="已撤回",
)  # fmt: skip
SHOWN = ("founded", "suspended")
"""States of clubs that exist."""

CLUB_KINDS = Vocabulary(
    "club_kind", sports="体育健身", arts="文艺表演", fine_arts="书画摄影", reading="读书写作", outdoor="户外休闲",
    craft="手工生活", other="其他",
)  # fmt: skip

CLUB_JOINING = Vocabulary("club_joining", open="自由加入", approved="会长同意后加入")

CLUB_MEMBERSHIPS = Vocabulary(
    "club_membership", applied="等待同意", member="会员", refused="未获同意", left="已退出"
)  # fmt: skip
LIVE = ("applied", "member")
"""States of memberships that have not ended."""

CLUB_LEAVE_CAUSES = Vocabulary(
    "club_leave_cause", by_member="本人退出", refused="会长未同意", removed="被移出",
    no_member="会籍终止或不再符合对象",
    dissolved="协会解散", not_founded="协会没有成立",
)  # fmt: skip

CLUB_POSTS = Vocabulary(
    "club_post", president="会长", vice="副会长", secretary="秘书长", treasurer="财务", director="理事"
)  # fmt: skip
CLUB_CHOSEN = Vocabulary("club_chosen", founder="发起人", elected="会员选举", appointed="校工会聘任")
CLUB_OFFICE_ENDS = Vocabulary(
    "club_office_end", term_over="任期届满", resigned="本人辞任", replaced="改选或改聘", left_club="退出协会",
    dissolved="协会解散",
)  # fmt: skip

CLUB_GRANT_STATES = Vocabulary(
    "club_grant", asked="待入账", paid="已入账", refused="未予入账", reversed="已冲回"
)  # fmt: skip

CLUB_REVIEW_STATES = Vocabulary(
    "club_review", due="待提交", handed_in="已提交", returned="已退回", decided="已评议"
)  # fmt: skip
CLUB_VERDICTS = Vocabulary("club_verdict", excellent="优秀", passed="合格", warned="限期整改", failed="不合格")
GOOD_VERDICTS = ("excellent", "passed")

CLUB_CHANGES = Vocabulary(
    "club_change", applied="申请成立", founded="批准成立", refused="不予批准", withdrawn="撤回申请",
    suspended="暂停活动", resumed="恢复活动", dissolved="解散", edited="修改资料", officers="任职变动",
    applicants="入会申请变动", review_due="年度总结待提交", review_handed_in="提交年度总结",
    review_returned="退回年度总结", review_decided="评议年度总结", term_ending="任期将满",
)  # fmt: skip
"""What changed in a club, as its event tells."""

CLUB_STEPS = Vocabulary(
    "club_step", found="批准成立", refuse="不予批准", withdraw="撤回申请", suspend="暂停活动", resume="恢复活动",
    dissolve="解散",
)  # fmt: skip
CLUB_MEMBERSHIP_STEPS = Vocabulary(
    "club_membership_step", join="加入", apply="申请加入", approve="同意加入", refuse="不同意加入", leave="退出"
)
CLUB_REVIEW_STEPS = Vocabulary("club_review_step", {"hand_in": "提交总结", "return": "退回修改", "decide": "评议"})

CLUB_ORDERS = Vocabulary("club_order", {"name": "名称", "-name": "名称，倒序", "-members": "会员多的在前"})
CLUB_MEMBER_ORDERS = Vocabulary(
    "club_member_order", {"applied_at": "申请时间，早的在前", "-applied_at": "申请时间，晚的在前"}
)

CLUB_FIELDS = Vocabulary(
    "club_field", name="名称", name_en="英文名称", kind="类型", aim="宗旨", about="活动介绍", joining="加入方式",
    units="面向分工会", employments="面向用工形式", for_retained="退休会员也可以加入", most_members="会员人数上限",
    state="状态", applicant_id="发起人", applied_at="申请时间", founded_on="成立日期", ended_on="解散日期",
    members="会员数", waiting="待同意", president_id="会长", note="说明", reason="原因", member_id="会员",
    unit_id="分工会", joined_on="加入日期", left_on="退出日期", cause="退出原因", post="职务", chosen="产生方式",
    starts_on="任期开始", ends_on="任期届满", ended_on_day="离任日期", end="离任原因", year="年度", amount="金额（元）",
    line_code="预算项目", decision="决定文号或会议", decided_on="决定日期", report="年度总结", verdict="评议结果",
    activities_held="举办活动", attended="参加人次", due_on="提交期限", handed_in_at="提交时间", q="搜索名称",
    sort="排序", club_id="协会", club_name="协会", title="活动名称", starts_at="开始时间", ends_at="结束时间",
    place="地点", capacity="名额", summary="活动介绍", activity_id="活动", found="批准成立",
    refused_code="未予入账的原因",
)  # fmt: skip
