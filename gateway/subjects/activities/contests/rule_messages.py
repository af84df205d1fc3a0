"""The rules of contests in words: the assertion of each, and the message of its refusal."""

from flask_babel import lazy_gettext as _l

RULES = {
    "workflow.contest": (_l("比赛办理流程"), _l("比赛现在的状态不能这样办理。")),
    "contests.caller_judges": (_l("评委才能评分"), _l("您不是这场比赛的评委。")),
    "contests.caller_is_a_member": (_l("会员才有比赛和评审"), _l("这个账号还不是会员。")),
    "contests.version_is_the_one_that_stands": (_l("以最新内容为准"), _l("您打开之后，别人已经改过。请刷新后再修改。")),
    "contests.weights_sum_to_100": (_l("权重合计 100"), _l("各项权重合计为 %(total)s，须正好为 100，每项大于 0。")),
    "contests.names_differ": (_l("名称不重复"), _l("“%(name)s”重复了。")),
    "contests.age_and_day_go_together": (_l("年龄上限写明截止日期"), _l("年龄上限和截止日期要么都填，要么都不填。")),
    "contests.activity_stands": (_l("活动没有取消"), _l("活动已取消，比赛不再办理。")),
    "contests.is_prepared": (_l("开始评分前才能修改办法"), _l("已经开始评分，评分办法不能再改。")),
    "contests.results_are_open": (_l("公布后不再改动"), _l("结果已公布；确需更正，请校工会先撤回结果并写明原因。")),
    "contests.group_is_empty": (_l("有人的组别不删除"), _l("组别“%(name)s”已有参赛者或评委，不能去掉。")),
    "contests.group_is_known": (_l("组别属于这场比赛"), _l("这场比赛没有这个组别。")),
    "contests.group_is_open": (_l("截止前才能登记和评分"), _l("这一组评分已截止。")),
    "contests.group_is_closed": (_l("截止后才需重开"), _l("这一组还没有截止。")),
    "contests.named_one_way": (_l("会员或名称二选一"), _l("请选一位会员，或者填写名称，不要两样都填。")),
    "contests.standing_takes_part": (_l("会籍在册才能参赛或评审"), _l("这不是在册会员。")),
    "contests.entered_once": (_l("同一参赛者只登记一次"), _l("这个参赛者已经登记。")),
    "contests.number_is_free": (_l("出场序号不重复"), _l("这个序号已有参赛者。")),
    "contests.age_is_known": (_l("年龄可以核对"), _l("现在查不到年龄，请先在会员档案补全出生日期。")),
    "contests.is_young_enough": (_l("符合参赛年龄"), _l("截至 %(age_on)s 已超过 %(most_age)s 周岁，不符合这场比赛的年龄要求。")),
    "contests.entry_takes_part": (_l("仍在参赛"), _l("这个参赛者已退赛。")),
    "contests.group_stands_while_judged": (_l("开始评分后不换组"), _l("已经开始评分，不能再换组。")),
    "contests.one_head": (_l("评委组长只有一位"), _l("已有评委组长。")),
    "contests.head_is_a_member": (_l("评委组长是会员"), _l("评委组长要在系统里更正评分表，须是会员。")),
    "contests.judge_is_named_once": (_l("评委不重复聘请"), _l("这位已经是评委。")),
    "contests.judge_has_no_sheets": (_l("交过评分表的评委不撤下"), _l("这位评委已交 %(count)s 份评分表，不能撤下。")),
    "contests.has_entries": (_l("有参赛者才能评分"), _l("还没有登记参赛者。")),
    "contests.groups_have_judges": (_l("每组都有评委"), _l("“%(name)s”还没有评委。")),
    "contests.judging_is_open": (_l("评分期间才能评分"), _l("现在不是评分时间。")),
    "contests.judges_entry": (_l("回避的不评分"), _l("您对这个参赛者回避，不能评分。")),
    "contests.judges_group": (_l("只评所聘组别"), _l("这位评委不评这个组别。")),
    "contests.sheet_is_open": (_l("评分表提交后锁定"), _l("评分表已提交，不能再改；有误请评委组长更正。")),
    "contests.sheet_is_handed_in": (_l("更正的是已交的评分表"), _l("这份评分表还没有提交。")),
    "contests.is_head": (_l("更正由评委组长办理"), _l("只有评委组长可以更正评分表。")),
    "contests.paper_is_of_a_guest": (_l("只代录校外评委的纸质评分表"), _l("会员评委须本人在系统里评分。")),
    "contests.has_enough_sheets": (
        _l("评分表交齐才能截止"), _l("第 %(number)s 号有 %(sheets)s 份评分表，需要 %(least)s 份；请催交，或登记评委回避。"),
    ),
    "contests.reason_is_given": (_l("写明原因"), _l("请写明原因。")),
    "contests.results_are_published": (_l("结果公布后可以查看"), _l("比赛结果还没有公布。")),
}  # fmt: skip

INPUT_ERRORS = {
    "contests.points_missing": _l("请打分。"),
    "contests.points_above": _l("分数须在 0 到 %(scale)s 之间。"),
    "contests.points_unknown": _l("没有这个评分项目，请刷新页面。"),
    "contests.lines_are_written": _l("第 %(line)s 行看不懂，请写成“名称 数字”，如“%(example)s”。"),
}
