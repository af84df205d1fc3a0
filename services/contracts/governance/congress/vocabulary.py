"""Vocabulary of the congress."""

from __future__ import annotations

from services.chassis.schema import Vocabulary

BODIES = Vocabulary("congress_body", staff_congress="教代会", union_congress="工代会")
"""双代会: two bodies in one meeting, each with its own delegates, quorum and votes."""

CONGRESS_STATES = Vocabulary("congress", preparing="筹备中", in_term="任期中", ended="已届满")

DELEGATE_STATES = Vocabulary("congress_delegate", serving="在任", ended="已终止")
DELEGATE_SOURCES = Vocabulary("delegate_source", ballot="系统投票选举", record="登记选举结果")
STAFF_KINDS = Vocabulary("delegate_staff_kind", teacher="教师", management="管理人员", support="教辅与工勤")
"""What a delegate works as, as the unit's record of the election says: teachers are at least three fifths."""
DELEGATE_ENDS = Vocabulary(
    "delegate_end", resigned="辞去代表职务", recalled="被撤换", moved="调离选举单位", left="离会", retired="退休",
    mistake="登记有误",
)  # fmt: skip
ENDS_BY_HAND = DELEGATE_ENDS.only("resigned", "recalled", "moved", "mistake")
DELEGATES_SHOWN = Vocabulary("delegates_shown", serving="在任", moved="已调离选举单位", ended="已终止", all="全部")
DELEGATE_ORDERS = Vocabulary(
    "delegate_order", {
        "unit_id": "按选举单位", "-starts_on": "任职日期，新的在前", "starts_on": "任职日期，早的在前",
    },
)  # fmt: skip
UNIT_ELECTION_STATES = Vocabulary(
    "unit_election", voting="投票选举中", round_due="等待再次选举", settled="已选出", ended="已结束，未选足",
)  # fmt: skip
SHARES = Vocabulary("congress_share", teachers="教师代表", women="女代表", young="青年代表")

CONGRESS_FIELDS = Vocabulary(
    "congress_field", number="届次", name="名称", starts_on="任期开始", ends_on="任期届满", years="任期（年）",
    state="状态", body="会议", bodies="召开的会议", seats="代表名额", least="每个单位至少", headcount="会员人数",
    filled="在任代表", vacant="空缺", unit_id="选举单位", member_id="代表", source="产生方式", elected_on="选举日期",
    candidates="候选人数", ballots_cast="投票人数", entitled="应到选举人数", document="选举记录", staff_kind="岗位",
    votes="得票", last_day="任职至", end_reason="终止原因", moved_on="调离日期", head_id="团长", deputy_id="副团长",
    unit_ids="包括的单位", reason="原因", show="范围", sort="排序", ballot_id="投票", delegation="代表团",
    document_reason="依据的文件或决定", secrecy="投票方式", opens_at="开始时间", closes_at="截止时间",
)  # fmt: skip

SESSION_STATES = Vocabulary(
    "congress_session", draft="拟定议程", convened="已召集", in_session="会议中", closed="已闭会",
)  # fmt: skip
SESSION_KINDS = Vocabulary("congress_session_kind", regular="例会", extra="临时会议")
SESSION_REQUESTS = Vocabulary("session_request", school="学校", union="工会", delegates="代表联名")
"""Who asks for an extra session; of the delegates as many as `congress.extra_share` says."""
AGENDA_KINDS = Vocabulary("agenda_kind", heard="听取", passed="讨论通过", reviewed="审议", assessed="评议")
"""Only what is to be passed is voted on."""
AGENDA_STATES = Vocabulary("agenda_item", planned="待议", open="正在进行", done="已完成")
SPEAKER_STATES = Vocabulary(
    "congress_speaker", waiting="等待发言", speaking="正在发言", spoke="已发言", withdrawn="已取消",
)  # fmt: skip
RESOLUTION_WAYS = Vocabulary("resolution_way", hands="举手表决", ballot="投票表决")
RESOLUTION_STATES = Vocabulary("resolution", voting="表决中", passed="通过", failed="未通过")
ATTENDANCE_SHOWN = Vocabulary("attendance_shown", all="全部", present="在场", away="不在场")

GUEST_KINDS = Vocabulary("congress_guest", attends="列席代表", special="特邀代表")
"""Neither votes, nor counts towards the quorum."""
ORGAN_KINDS = Vocabulary("congress_organ", presidium="主席团", executive="执行委员会", committee="专门委员会")
"""The presidium is one of a session, the others are those of the term."""
AUDIENCES = Vocabulary("congress_audience", delegates="代表和列席人员", members="全体会员", presidium="主席团")

SESSION_FIELDS = Vocabulary(
    "session_field", number="次", kind="类别", opens_on="开幕日期", closes_on="闭幕日期", place="会场", state="状态",
    title="议题", presenter="报告人", body="会议", note="记录", position="顺序", votes_for="赞成", against="反对",
    abstained="弃权", present="在场", delegates="代表总数", needed="需要", missing="还差", minutes="会议记录",
    member_id="代表", unit_id="选举单位", came_at="签到时间", left_at="离场时间", show="范围", way="表决方式",
    reason="原因", agenda_kind="处理方式", bodies="会议",
    guest_kind="身份", organ_kind="类别", name="名称", head_id="主任或召集人", member_ids="成员",
    requested_by="临时会议由谁提议", requesters="联名的代表人数", organ_id="由哪个机构报告",
    audience="发给谁", document="文件", item_id="议题", content="文件", text="会议记录", base="依据的稿次", at="时间",
    rating_id="民主评议", closed_on="闭会日期", manifest_sha256="清单校验值（SHA-256）", files="文件数",
    size="大小（字节）", made_at="制作时间",
)  # fmt: skip

RENEWAL_ITEMS = Vocabulary(
    "renewal_item", request="向同级党组织和上级工会提出换届请示", group="成立换届工作小组",
    plan="制定换届方案和代表名额分配方案",
    delegates="选举新一届代表", credentials="审查代表资格",
    candidates="酝酿提名委员会委员、主席、副主席和经费审查委员会委员候选人",
    candidates_agreed="候选人报同级党组织和上级工会同意", audit="审查本届经费收支",
    reports="起草工作报告、财务报告和经费审查报告",
    held="召开大会，差额选举新一届委员会", approved="选举结果报上级工会批准",
    handover="办理工作、财务和法定代表人变更移交",
)  # fmt: skip
"""What a renewal needs by 工会基层组织选举工作条例 (总工发〔2016〕27号): request, candidates, election, approval."""
RENEWAL_PARTS = {
    "request": 10, "group": 15, "plan": 25, "delegates": 45, "credentials": 55, "candidates": 60,
    "candidates_agreed": 70, "audit": 75, "reports": 80, "held": 90, "approved": 97, "handover": 100,
}  # fmt: skip
"""When each is due unless an officer says another day: so many percent of the time from the opening to the term's end.
The regulation gives their order and no days."""
RENEWAL_ITEM_STATES = Vocabulary("renewal_item_state", waiting="待办", late="已逾期", done="已办结")
RENEWAL_SHOWN = Vocabulary("renewal_shown", all="全部", waiting="未办结", late="已逾期", done="已办结")
RENEWAL_STEPS = Vocabulary(
    "renewal_step", tick="办结", untick="撤回办结", move="调整期限", add="增加", remove="删除",
)  # fmt: skip
RENEWAL_FIELDS = Vocabulary(
    "renewal_field", item="事项", own="本会增加", due_on="期限", state="状态", done_at="办结时间", done_by="办理人",
    note="说明", reason="原因", show="范围", step="办理", at="时间",
)  # fmt: skip
