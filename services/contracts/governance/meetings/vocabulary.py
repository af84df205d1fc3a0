"""Vocabulary of meetings."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

BODY_KINDS = Vocabulary("meeting_body_kind", committee="委员会", joint="联席议事", unit="分工会")
"""Which rows of the rulebook a body's meetings keep: quorum, majority, what the majority is counted of."""
MEETING_STATES = Vocabulary(
    "meeting", planned="筹备中", convened="已通知", open="进行中", ended="已结束", cancelled="已取消",
)  # fmt: skip
MEETING_STAGES = MEETING_STATES.only("planned", "convened", "open", "ended")
MINUTES_STATES = Vocabulary(
    "meeting_minutes", none="未写纪要", draft="纪要起草中", circulated="纪要待审签", approved="纪要已审签",
)  # fmt: skip
SEAT_ROLES = Vocabulary("meeting_seat", chair="主持人", secretary="记录人", member="成员", guest="列席")
"""A guest has no vote and does not count for the quorum; a secretary need not be a member of the body."""
ATTENDANCES = Vocabulary(
    "meeting_attendance", expected="未签到", present="出席", excused="请假", absent="缺席", left="中途离席",
)  # fmt: skip
MOTION_STATES = Vocabulary(
    "meeting_motion", submitted="待安排", placed="已列入议程", declined="未采纳", withdrawn="已撤回", passed="已通过",
    rejected="未通过", postponed="暂缓再议",
)  # fmt: skip
OPEN_MOTIONS = ("submitted", "postponed")
"""States in which a motion waits for an agenda."""
ITEM_KINDS = Vocabulary("meeting_item", report="听取", discussion="讨论", vote="表决")
OUTCOMES = Vocabulary("meeting_outcome", passed="通过", rejected="未通过")
VOTE_WAYS = Vocabulary(
    "meeting_vote_way", hands="举手表决", named="记名表决", secret="无记名投票", consent="一致同意", open="公开计票",
)  # fmt: skip
"""How a vote was taken; `consent`: nobody spoke against it, all present are counted in favour; `open`: by a ballot on
the phones, with counts told and no names."""
RECORDED_WAYS = VOTE_WAYS.only("hands", "named", "secret", "consent")
"""Ways whose votes are counted in the room and recorded; a ballot is counted by itself."""
MEETING_VOTES = Vocabulary(
    "meeting_vote", voting="表决中", decided="已有决议", cancelled="已取消", invalid="参加人数不足，无效",
)  # fmt: skip
"""What became of a ballot that a meeting called."""
DECISION_STATES = Vocabulary("meeting_decision", standing="有效", voided="已作废", replaced="已被取代")
MEETING_STEPS = Vocabulary(
    "meeting_step", convene="发出通知", cancel="取消会议", open="宣布开会", end="宣布散会", resume="恢复会议",
)  # fmt: skip
MOTION_STEPS = Vocabulary(
    "meeting_motion_step", {
        "place": "列入议程", "decline": "不予采纳", "withdraw": "撤回", "take_off": "移出议程", "postpone": "暂缓",
        "pass": "登记通过", "reject": "登记未通过", "void": "作废决议",
    },
)  # fmt: skip
MEETING_VOTE_STEPS = Vocabulary("meeting_vote_step", count="结束表决", fail="登记无效", cancel="取消表决")
ACTION_STATES = Vocabulary("action_item", open="办理中", done="已完成", dropped="不再办理")
MEETINGS_SHOWN = Vocabulary("meetings_shown", coming="未结束", past="已结束", all="全部")
MEETING_ORDERS = Vocabulary("meeting_order", {"starts_at": "时间，近的在前", "-starts_at": "时间，新的在前"})
ACTIONS_SHOWN = Vocabulary("actions_shown", open="办理中", overdue="已逾期", all="全部")
ACTION_ORDERS = Vocabulary("action_order", {"due_on": "期限，近的在前", "-due_on": "期限，远的在前"})
MOTIONS_SHOWN = Vocabulary("motions_shown", open="待安排", all="全部")

MEETING_FIELDS = Vocabulary(
    "meeting_field", name="名称", kind="类别", unit_id="组织", post_kinds="由哪些职务组成", chair_kind="由哪个职务主持",
    active="在用", body_id="会议组织", body_name="会议组织", title="标题", text="内容", starts_at="开始时间",
    ends_at="结束时间", place="地点", state="状态", minutes_state="纪要", number="编号", proposer_id="提出人",
    submitted_at="提出时间", reason="原因", member_id="会员", role="身份", attendance="到会情况", present="到会人数",
    entitled="应到人数", quorum="法定到会人数", minutes="预计时长（分钟）", presenter_id="汇报人", motion_id="议题",
    votes_for="赞成", votes_against="反对", abstained="弃权", vote_way="表决方式", outcome="结果", decided_on="日期",
    published="已公开", replaces_id="取代的决议", owner_id="责任人", due_on="期限", percent="进度（%）", note="情况",
    overdue="逾期", done_on="完成日期", comparator="多数", base="计算基数", needed="通过所需票数", q="搜索",
    show="范围", sort="排序",
    secrecy="记名方式", scrutineers="监票人", shares_needed="开票所需人数", year="年份", document="文件名称", at="时间",
    secretary_id="记录人", notice="通知内容",
)  # fmt: skip
