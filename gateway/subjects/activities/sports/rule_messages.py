"""The rules of tournaments in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.tournament": (_l("赛事办理流程"), _l("赛事现在的状态不能这样办理。")),
    "sports.version_is_the_one_that_stands": (_l("以最新内容为准"), _l("您打开之后，别人已经改过。请刷新后再修改。")),
    "sports.activity_stands": (_l("活动没有取消"), _l("活动已取消，赛事不再办理。")),
    "sports.is_prepared": (_l("编排前才能修改"), _l("赛程已经编排，赛制和参赛队不能再改。")),
    "sports.periods_are_sound": (_l("比赛时段合理"), _l("时段的结束须晚于开始，各时段不能重叠。")),
    "sports.courts_differ": (_l("场地名称不重复"), _l("有两块场地同名。")),
    "sports.name_is_free": (_l("队名不重复"), _l("已有同名的队。")),
    "sports.seed_is_free": (_l("种子序号不重复"), _l("这个种子序号已有队。")),
    "sports.teams_are_few": (_l("队数有上限"), _l("最多 %(most)s 队。")),
    "sports.contact_is_a_member": (_l("领队是会员"), _l("这不是会员。")),
    "sports.teams_fill_groups": (_l("队数够编组"), _l("现有 %(teams)s 队，至少要 %(least)s 队才能编排。")),
    "sports.slots_are_enough": (_l("场地和时段够用"), _l("场地和时段排不下 %(matches)s 场，请增加场地或时段，或缩短每场时间。")),
    "sports.groups_are_played": (_l("小组赛打完再编排淘汰赛"), _l("小组赛还有 %(matches)s 场没有打完。")),
    "sports.ranks_decide": (
        _l("出线名次分得出先后"), _l("第 %(group)s 组有并列名次，出线队定不下来；请加赛，并更正相关场次的比分。"),
    ),
    "sports.knock_out_is_to_come": (_l("每个阶段编排一次"), _l("赛程已全部编排。")),
    "sports.teams_are_known": (_l("两队确定才能登记结果"), _l("这一场的两队还没有确定，或是轮空。")),
    "sports.sets_are_of_a_match": (_l("比分完整"), _l("比分分不出胜负：先胜 %(sets_to_win)s 局者胜，每局不能打平，分出胜负后不再有下一局。")),
    "sports.result_is_given_one_way": (_l("比分或弃权二选一"), _l("请填各局比分，或者选弃权的队，不要两样都填。")),
    "sports.absent_team_plays": (_l("弃权的是场上的队"), _l("弃权的队不在这一场。")),
    "sports.correction_has_a_reason": (_l("更正结果写明原因"), _l("这一场已有结果，更正请写明原因。")),
    "sports.nothing_follows": (_l("后续比赛没有进行"), _l("后面的比赛已经编排或打完，这一场的结果不能再改。")),
    "sports.match_is_to_come": (_l("没打的比赛才能调整"), _l("这一场已有结果，不能再调整时间。")),
    "sports.time_and_court_go_together": (_l("时间和场地一起定"), _l("请同时填时间和场地；都不填就是延期待定。")),
    "sports.court_is_known": (_l("场地属于这个赛事"), _l("没有这块场地。")),
    "sports.court_is_free": (_l("一块场地同时一场"), _l("这块场地那时有比赛。")),
    "sports.teams_are_free": (_l("一队同时只赛一场"), _l("其中一队那时有另一场比赛。")),
}  # fmt: skip

INPUT_ERRORS = {
    "sports.periods_are_written": _l("第 %(line)s 行看不懂，请写成“2026-05-09 09:00-12:00”。"),
    "sports.sets_are_written": _l("请写成“21:15 18:21 15:11”，一局一组，队一在前。"),
}
