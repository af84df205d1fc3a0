"""Vocabulary of ballots."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

BALLOT_KINDS = Vocabulary("ballot_kind", yes_no="表决", choose="选择", election="选举", ranking="排名计分")
"""Yes, no or abstain; at most k of n; more candidates than seats; points by place."""
BALLOT_SECRECIES = Vocabulary("ballot_secrecy", named="记名", open="公开计票", secret="无记名")
"""`named`: after the end the voters see who voted what. `open`: they see counts and who took part. `secret`: nobody
can join voter and ballot."""
BALLOT_BODIES = Vocabulary(
    "ballot_body", staff_congress="教职工代表大会", union_congress="工会会员代表大会", committee="委员会",
    unit="分工会", union="全体会员",
)  # fmt: skip
"""Whose decision it is; the rules of a ballot are those of its body."""
BALLOT_ORIGINS = Vocabulary(
    "ballot_origin", union="校工会", unit="分工会", session="代表大会会议", meeting="委员会会议"
)
"""Where a ballot comes from; `origin_id` is the id of the unit, the session or the meeting."""
OWN_ORIGINS = BALLOT_ORIGINS.only("union", "unit")
"""Origins of ballots that people create themselves; the others are called by congresses and meetings."""

BALLOT_BASES = Vocabulary("ballot_base", entitled="全体应到人数", present="到会人数", cast="投票人数")
"""What votes are compared with; `cast` counts abstentions too."""
BALLOT_COMPARATORS = Vocabulary(
    "ballot_comparator", over_half="过半数", at_least_half="半数以上（含半数）", two_thirds="三分之二以上",
    plurality="得票多的",
)  # fmt: skip
RULE_COMPARATORS = BALLOT_COMPARATORS.only("over_half", "at_least_half", "two_thirds")
"""Comparators a rule may ask for; `plurality` decides a run-off between candidates who have the votes."""
COUNTED_VOTES = Vocabulary("counted_vote", first="投出后不能改", last="结束前可以改，以最后一次为准")
ELECTORATES = Vocabulary(
    "electorate", all="全体会员", units="指定分工会", list="指定会员", called="会议名单", roll="上一轮名册",
)  # fmt: skip
OWN_ELECTORATES = ELECTORATES.only("all", "units", "list")

BALLOT_STATES = Vocabulary(
    "ballot", prepared="待开始", opening="正在建立名册", open="投票中", counting="等待开票",
    closed="已结束", cancelled="已取消",
)  # fmt: skip
BALLOT_STAGES = BALLOT_STATES.only("prepared", "opening", "open", "closed")
SECRET_BALLOT_STAGES = BALLOT_STATES.only("prepared", "opening", "open", "counting", "closed")
BALLOT_STEPS = Vocabulary(
    "ballot_step", BALLOT_STATES.texts, created="创建", changed="修改", presence="登记到会", proxies="登记委托",
)  # fmt: skip
"""What the history of a ballot tells."""
BALLOT_OUTCOMES = Vocabulary(
    "ballot_outcome", passed="通过", failed="未通过", decided="已有结果", elected="已选出", tied="票数相等，需再次投票",
    short="未选足", invalid="参加人数不足，无效",
)  # fmt: skip
ANSWERS = Vocabulary("ballot_answer", yes="赞成", no="反对", abstain="弃权")
ABSTAIN = "abstain"
VOTERS_SHOWN = Vocabulary("voters_shown", all="全部", voted="已投票", waiting="未投票")
BALLOT_ORDERS = Vocabulary(
    "ballot_order", {"-created_at": "创建时间，新的在前", "closes_at": "截止时间，近的在前"},
)  # fmt: skip
VOTE_OUTCOMES = Vocabulary("vote_outcome", cast="已投票", changed="已修改", already="此前已投", refused="未获准")

BALLOT_FIELDS = Vocabulary(
    "ballot_field", title="标题", about="说明", kind="方式", secrecy="记名方式", body="由谁表决", seats="应选人数",
    most_choices="最多选几项", opens_at="开始时间", closes_at="截止时间", opened_at="开始时间", closed_at="结束时间",
    created_at="创建时间", counts="投票次数", electorate="投票人", unit_ids="分工会", member_ids="会员",
    options="选项", state="状态", outcome="结果", origin_kind="发起", unit_id="分工会", member_id="会员",
    entitled="应投人数", cast="投票人数", present="到会人数", turnout="投票率", voted="是否投票", cast_at="投票时间",
    choices="所投内容", proxy_id="受托人", reason="原因", q="搜索标题", show="范围", sort="排序", abstained="弃权",
    receipt="凭条号", by_proxy="代投",
)  # fmt: skip
