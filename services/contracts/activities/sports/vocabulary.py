"""Vocabulary of tournaments."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

TOURNAMENT_STATES = Vocabulary("tournament", preparing="报名编组中", playing="比赛中", finished="已结束")

TOURNAMENT_FORMATS = Vocabulary(
    "tournament_format", round_robin="分组循环", knock_out="单败淘汰", groups_then_knock_out="先分组循环，再淘汰",
)  # fmt: skip

STAGES = Vocabulary("fixture_stage", group="小组赛", knock_out="淘汰赛")

FIXTURE_STATES = Vocabulary(
    "fixture", planned="未赛", played="已赛", walk_over="弃权", postponed="延期", bye="轮空",
)  # fmt: skip
DONE = ("played", "walk_over", "bye")
"""States of fixtures that have a winner."""

TIE_BREAKS = Vocabulary(
    "tie_break", head_to_head="相互间积分", wins="胜场", set_quotient="局数比（胜局/负局）",
    point_quotient="得失分比",
)  # fmt: skip
"""What decides between teams with the same points; always in the order that a tournament names."""

FIXTURE_ORDERS = Vocabulary("fixture_order", {"starts_at": "开赛时间，早的在前", "-starts_at": "开赛时间，晚的在前"})

TOURNAMENT_FIELDS = Vocabulary(
    "tournament_field", activity_id="活动", title="活动", state="状态", format="赛制", groups="小组数",
    advance="每组出线队数", sets_to_win="胜几局取胜", win_points="胜积分", loss_points="负积分",
    walk_over_points="弃权积分", tie_breaks="积分相同依次比较", courts="场地", match_minutes="每场分钟",
    periods="比赛时段", version="版本", name="队名", unit_id="单位", contact_id="领队", seed="种子序号", group="小组",
    stage="阶段", round="轮次", court="场地", starts_at="开赛时间", home_name="队一", away_name="队二", sets="各局比分",
    winner_name="胜队", reason="原因", rank="名次", played="场数", won="胜", lost="负", points="积分",
    sets_won="胜局", sets_lost="负局", scored="得分", conceded="失分", team_id="队", sort="排序", day="日期",
    home="队一得分", away="队二得分", q="搜索队名", ends_at="结束", absent_id="弃权的队",
)  # fmt: skip
