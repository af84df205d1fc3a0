"""Vocabulary of teams."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

TEAM_STATES = Vocabulary("team", forming="组队中", confirmed="已确认", withdrawn="已退出")
PLAYER_STATES = Vocabulary(
    "team_player", invited="待答复", accepted="已加入", declined="已谢绝", left="已退出",
)  # fmt: skip
PLAYER_ROLES = Vocabulary("team_role", player="队员", substitute="替补")
TEAM_END_CAUSES = Vocabulary(
    "team_end", by_captain="队长解散", by_organiser="主办方取消", not_confirmed="截止前没有确认", left="队长会籍终止",
    activity_cancelled="活动取消",
)  # fmt: skip
TEAM_ORDERS = Vocabulary("team_order", {"name": "队名", "unit": "分工会", "founded_at": "组队时间"})
TEAM_FIELDS = Vocabulary(
    "team_field", name="队名", unit_id="分工会", captain_id="队长", state="状态", players="队员人数",
    substitutes="替补人数", invited="待答复人数", founded_at="组队时间", confirmed_at="确认时间", member_id="姓名",
    role="身份", answered_at="答复时间", least="每队最少人数", most="每队最多人数", most_substitutes="最多替补",
    most_of_unit="每个分工会最多几队", locks_at="名单锁定时间", takes_seat="每队占一个名额", reason="原因",
    q="搜索队名",
    sort="排序",
)  # fmt: skip
