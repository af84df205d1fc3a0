"""The rules of teams in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.team": (_l("组队流程"), _l("参赛队现在的状态不能这样办理。")),
    "workflow.team_player": (_l("队员答复流程"), _l("现在的状态不能这样答复。")),
    "teams.activity_is_for_teams": (_l("活动按队参加"), _l("这次活动不按队参加。")),
    "teams.activity_is_to_come": (_l("活动还没有开始"), _l("活动没有发布、已经开始或已取消，不能再组队。")),
    "teams.line_up_is_open": (_l("名单没有锁定"), _l("名单已经锁定，要更换队员请联系组织者。")),
    "teams.change_has_a_reason": (_l("锁定后修改写明原因"), _l("名单已经锁定，请写明修改的原因。")),
    "teams.lock_precedes_start": (_l("名单在活动开始前锁定"), _l("名单锁定时间不能晚于活动开始。")),
    "teams.setting_fits_teams": (_l("已有参赛队时不改占名额的方式"), _l("已有 %(count)s 个队确认，不能再改是否占名额。")),
    "teams.name_is_free": (_l("队名不重复"), _l("已有同名的队，请换一个队名。")),
    "teams.plays_in_one_team": (_l("一人只在一个队"), _l("已经在这次活动的另一个队里。")),
    "teams.unit_has_a_team_left": (_l("分工会的队数没有超过"), _l("您所在的分工会最多 %(most)s 个队，已经满了。")),
    "teams.team_has_room": (_l("队员和替补不超过人数"), _l("人数已满：最多 %(most)s 人，待答复的也算在内。")),
    "teams.team_is_complete": (_l("队员达到最少人数"), _l("至少要有 %(least)s 名队员加入，现在 %(players)s 名。")),
    "teams.captain_stays": (_l("队长不退队"), _l("队长不能退出，可以解散参赛队。")),
    "teams.seat_is_left": (_l("有参赛名额"), _l("参赛名额已满。")),
    "teams.caller_is_captain": (_l("由队长或组织者办理"), _l("只有队长或组织者可以这样办理。")),
    "teams.caller_is_of_the_team": (_l("队员和组织者查看名单"), _l("只有这个队的队员和组织者可以查看名单。")),
    "teams.caller_is_asked": (_l("收到邀请才能加入"), _l("这个队没有邀请您，或已经取消。")),
    "teams.number_is_a_members": (_l("会员号有效"), _l("有的会员号没有对应的会员，请核对后重填。")),
    "teams.member_is_in_the_team": (_l("在队的名单上"), _l("对方不在这个队里。")),
}  # fmt: skip

INPUT_ERRORS = {
    "teams.least_is_not_above_most": _l("最少人数不能多于最多人数。"),
}
