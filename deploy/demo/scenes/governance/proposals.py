"""Proposals in every state: of the congress with all its steps, and a unit's own campaign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from deploy.demo.union import DemoUnion
from services.chassis.clock import today
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.congress import delegates, terms
from services.contracts.governance.proposals import campaigns, departments
from services.contracts.governance.proposals import operations as contract
from services.contracts.governance.proposals.vocabulary import SWITCHES
from services.contracts.membership.record.operations import list_members

_TOPICS = (
    ("draft", "增设教师休息室", "teaching", "教学楼没有课间休息的地方", "在每栋教学楼设一间教师休息室"),
    ("seconding", "延长图书馆开放时间", "campus", "图书馆晚上十点闭馆，期末座位紧张", "期末两个月开放到十二点"),
    ("review", "校车增开晚间班次", "campus", "晚间下课后没有回家属区的校车", "每天晚上九点半增开一班校车"),
    ("submitted", "改善实验室通风", "health", "化学实验室的通风柜老旧", "分批更换实验室的通风设备"),
    ("review", "健全青年教师导师制", "teaching", "新入职教师缺少教学指导", "为每位新教师配备一名教学导师"),
    ("returned", "加强校园管理", "campus", "校园里外来车辆较多", "加强车辆进出的登记管理"),
    ("disputed", "建立教职工子女托管班", "welfare", "小学下午放学早，双职工无法接送", "利用附属小学的教室开办课后托管"),
    ("merged", "晚间增加回家属区的班车", "campus", "家属区离教学区远，晚间没有班车", "晚课结束后增加一班回家属区的车"),
    ("suggestion", "食堂增加清淡窗口", "welfare", "食堂菜品口味偏重", "每个食堂设一个少油少盐的窗口"),
    ("not_filed", "调整个人岗位津贴", "personnel", "本人岗位津贴与同事不同", "重新核定本人的岗位津贴标准"),
    ("withdrawn", "增加羽毛球场地", "culture", "羽毛球场地晚间预约困难", "在风雨操场增加四片羽毛球场地"),
    ("filed", "完善科研经费报销流程", "governance", "科研经费报销环节多、时间长", "推行网上审批，限时办结报销"),
    ("assigned", "家属区加装充电桩", "campus", "家属区电动汽车充电困难", "在家属区停车场分批加装充电桩"),
    ("in_progress", "优化门诊挂号", "health", "校医院上午挂号排队时间长", "开通网上预约挂号并分时段就诊"),
    ("co_signing", "教师公寓维修", "welfare", "教师公寓屋面渗漏多年", "今年暑期完成公寓屋面维修"),
    ("approving", "推进无纸化办公", "governance", "各类报表反复报送纸质材料", "统一使用网上办事大厅，取消重复报送"),
    ("inspecting", "增加哺乳室", "welfare", "哺乳期女教职工没有合适的场所", "在办公楼和图书馆各设一间哺乳室"),
    ("approved", "规范校内快递点", "campus", "快递点占用道路，存在隐患", "设立集中的快递服务中心"),
    ("replied", "延长体育馆开放", "culture", "体育馆周末只开放半天", "周末体育馆全天向教职工开放"),
    ("rated", "提高体检标准", "health", "体检项目多年没有变化", "按年龄段增加体检项目"),
    ("second_handling", "改造北门交通", "campus", "北门上下班时段拥堵", "在北门增设非机动车道和信号灯"),
    ("closed", "开办教职工午休室", "welfare", "住得远的教职工中午没有休息的地方", "利用闲置用房开设午休室"),
    ("archived", "设立教学创新基金", "teaching", "教学改革项目缺少经费支持", "每年安排专项经费支持教学创新"),
)  # fmt: skip
"""The state a proposal comes to, its title, kind, what is wrong and what is proposed."""
_MOST_WAITS = 150
_PROPOSER_AND_SECONDERS = 3
_REASON = "{}。教职工在座谈会和代表调研中多次反映，影响日常工作和生活，各单位情况相近，希望学校统筹研究并给出明确安排。"
_SUGGESTION = "{}。建议由相关部门牵头，本学期内拿出方案，明确责任人和完成时间，并向代表通报进展。"
_REPLY = "提案反映的情况属实。经与有关部门研究，方案已经确定，经费列入年度预算，按下列阶段目标推进，完成后向代表通报。"


class _Congress:
    """The people and departments of the scene, and the steps of a proposal."""

    def __init__(self, union: DemoUnion) -> None:
        self.union, self.officer = union, union.as_officer()
        self.delegates = _delegates(union)
        self.handler = _as(union.member_id(union.holder("handler")), "handler")
        self.other, self.inspector = (_as(one, "handler") for one in _people(union)[:2])
        self.leader = union.as_chair()
        self.lead = self.department("后勤管理处", self.handler)
        self.assisting = self.department("人事处", self.other)
        self.office = self.department("督查办公室", self.inspector)
        self.campaign = self.begin("六届四次教职工代表大会提案征集", "staff_congress", None, SWITCHES)

    def department(self, name: str, contact: Principal) -> str:
        values = {"name": name, "leader_id": self.leader.member_id, "contact_ids": [contact.member_id]}
        return str(self.union.ask(f"department-{name}", departments.add_department, values, self.officer)["id"])

    def begin(self, name: str, body: str, unit_id: Any, switches: tuple[str, ...]) -> str:
        deadline = datetime.combine(today() + timedelta(days=20), time(9), UTC)
        values = {
            "name": name, "body": body, "unit_id": unit_id, "opens_on": today() - timedelta(days=30),
            "deadline": deadline, "switches": list(switches), "session": "六届四次" if unit_id is None else None,
            "inspector_id": self.office if "inspection" in switches else None,
        }  # fmt: skip
        return str(self.union.ask(f"campaign-{body}", campaigns.add_proposal_campaign, values, self.officer)["id"])

    def ask(self, operation: Any, one: str, by: Principal, step: str = "", **values: Any) -> Any:
        return self.union.ask(f"proposal-{one}-{operation.name}{step}", operation, {"proposal_id": one, **values}, by)

    def drafted(self, place: int, topic: tuple[str, ...], campaign_id: str, delegates: list[Principal]) -> str:
        _, title, kind, reason, suggestion = topic
        values = {
            "campaign_id": campaign_id, "title": title, "kind": kind, "reason": _REASON.format(reason),
            "suggestion": _SUGGESTION.format(suggestion),
        }  # fmt: skip
        proposer = delegates[place % len(delegates)]
        return str(self.union.ask(f"proposal-{title}", contract.draft_proposal, values, proposer)["id"])

    def sought(self, one: str, place: int, delegates: list[Principal], seconders: int = 2) -> None:
        version = self.ask(contract.open_seconding, one, delegates[place % len(delegates)])["text_version"]
        for number in range(1, seconders + 1):
            by = delegates[(place + number) % len(delegates)]
            self.ask(contract.second_proposal, one, by, f"-{number}", text_version=version)

    def reviewed(self, one: str, proposer: Principal, state: str, into: str) -> None:
        verdicts: dict[str, dict[str, Any]] = {
            "review": {"verdict": "take_up"},
            "returned": {"verdict": "send_back", "why": "请写明要解决的具体问题，一案一事。"},
            "suggestion": {"verdict": "make_suggestion", "why": "内容具体可行，转后勤管理处参考。"},
            "not_filed": {"verdict": "not_file", "ground": "personal", "why": "属于个人诉求，请向人事处反映。"},
            "disputed": {"verdict": "not_file", "ground": "infeasible", "why": "目前没有可用的教室。"},
        }
        if state == "merged":
            self.ask(contract.merge_proposal, one, self.officer, into_id=into, why="两件提案内容相近，合并办理。")
        elif state in verdicts:
            self.ask(contract.review_proposal, one, self.officer, **verdicts[state])
        else:
            self.ask(contract.review_proposal, one, self.officer, verdict="file", why="符合立案条件。")
        if state == "disputed":
            self.ask(contract.dispute_filing, one, proposer, why="附属小学已表示可以提供教室，请主席团裁定。")

    def handled(self, one: str, people: list[Principal], until: str) -> None:
        """Take a filed proposal on until it comes to a state."""
        due = today() + timedelta(days=40)
        grade = "dissatisfied" if until == "second_handling" else "satisfied"
        assigned: dict[str, Any] = {"department_id": self.lead, "assisting_ids": [self.assisting], "due_on": due}
        stage: dict[str, Any] = {"milestone": "方案公示并完成采购", "due_on": due, "percent": 60}
        steps: tuple[tuple[str, Callable[[], Any]], ...] = (
            ("assigned", lambda: self.ask(contract.assign_proposal, one, self.officer, **assigned)),
            ("in_progress", lambda: self.ask(contract.accept_assignment, one, self.handler)),
            ("", lambda: self.ask(contract.contribute_to_reply, one, self.other, text="人员方面没有障碍。")),
            ("", lambda: self.ask(contract.add_milestone, one, self.handler, **stage)),
            ("co_signing", lambda: self.ask(contract.reply_to_proposal, one, self.handler, text=_REPLY, outcome=(
                "not_now" if until == "second_handling" else "solved"))),
            ("approving", lambda: self.ask(contract.co_sign_reply, one, self.other)),
            ("inspecting", lambda: self.ask(contract.approve_reply, one, self.leader)),
            ("approved", lambda: self.ask(contract.pass_inspection, one, self.inspector)),
            ("replied", lambda: self.ask(contract.publish_reply, one, self.officer)),
            ("rated", lambda: [self.ask(contract.rate_proposal, one, by, f"-{number}", grade=grade)
                               for number, by in enumerate(people)]),
            ("second_handling" if until == "second_handling" else "closed", lambda: self.finished(one, until)),
            ("archived", lambda: self.ask(contract.archive_proposal, one, self.officer)),
        )  # fmt: skip
        for state, do in steps if until != "filed" else ():
            do()
            if state == until:
                return

    def finished(self, one: str, until: str) -> None:
        if until == "second_handling":
            values: dict[str, Any] = {"why": "代表对答复不满意，请再次研究。", "due_on": today() + timedelta(days=60)}
            self.ask(contract.reopen_proposal, one, self.officer, **values)
            return
        stage = self.union.ask("", contract.get_proposal, {"proposal_id": one}, self.officer)["milestones"][0]["id"]
        self.ask(contract.reach_milestone, one, self.handler, milestone_id=stage)
        self.ask(contract.close_proposal, one, self.officer)
        self.ask(contract.praise_proposal, one, self.officer, excellent=True)


def play(union: DemoUnion) -> str:
    """Bring proposals to every state, and begin a unit's own campaign."""
    congress = _Congress(union)
    made: dict[str, str] = {}
    for place, topic in enumerate(_TOPICS):
        made[topic[1]] = _bring(congress, place, topic, made)
    unit = union.units[union.holder("chair")]
    own = _members(union, unit)
    if len(own) < _PROPOSER_AND_SECONDERS:
        return f"3 departments, a campaign, {len(made)} proposals"
    campaign = congress.begin("本单位教职工提案征集", "unit", str(unit), ("hand_back",))
    _await_members(congress, campaign, own[0])
    for place, topic in enumerate((("filed", *_TOPICS[4][1:]), ("seconding", *_TOPICS[0][1:]))):
        one = congress.drafted(place, topic, campaign, own)
        congress.sought(one, place, own, 2 if topic[0] == "filed" else 1)
        if topic[0] == "filed":
            congress.ask(contract.submit_proposal, one, own[place])
            congress.reviewed(one, own[place], "filed", "")
    return f"3 departments, 2 campaigns, {len(made) + 2} proposals"


def _await_members(congress: _Congress, campaign_id: str, by: Principal) -> None:
    """Wait until governance knows the members of the unit, so that they may propose."""
    for _ in range(_MOST_WAITS):
        asked = {"mine": True, "limit": 20}
        found = congress.union.ask("", campaigns.list_proposal_campaigns, asked, by)["items"]
        if any(one["id"] == campaign_id for one in found):
            return
        congress.union.pause()


def _bring(congress: _Congress, place: int, topic: tuple[str, ...], made: dict[str, str]) -> str:
    state, delegates = topic[0], congress.delegates
    one = congress.drafted(place, topic, congress.campaign, delegates)
    proposer = delegates[place % len(delegates)]
    if state == "draft":
        return one
    congress.sought(one, place, delegates, 1 if state == "seconding" else 2)
    if state == "seconding":
        return one
    congress.ask(contract.submit_proposal, one, proposer)
    if state == "withdrawn":
        congress.ask(contract.withdraw_proposal, one, proposer)
    elif state != "submitted":
        congress.reviewed(one, proposer, state, made.get("校车增开晚间班次", ""))
    people = [delegates[(place + number) % len(delegates)] for number in range(3)]
    if state not in ("submitted", "withdrawn", "review", "returned", "disputed", "merged", "suggestion", "not_filed"):
        congress.handled(one, people, state)
    return one


def _delegates(union: DemoUnion) -> list[Principal]:
    """Return delegates of the 教代会: the demo account `delegate`, and some whose accounts visitors do not use."""
    officer = union.as_officer()
    term = union.ask("", terms.list_congresses, {"state": "in_term", "limit": 1}, officer)["items"][0]["id"]
    asked = {"congress_id": term, "body": "staff_congress", "limit": 40}
    rows = union.ask("", delegates.list_delegates, asked, officer)["items"]
    first, used = union.member_id(union.holder("delegate")), {*_of_visitors(union), *_people(union)[:2]}
    others = [one for one in (UUID(row["member_id"]) for row in rows) if one not in used]
    return [_as(one) for one in (first, *others[:5])]


def _people(union: DemoUnion) -> list[UUID]:
    """Return members whose accounts visitors do not use."""
    wanted = {"standing": "active", "limit": 40}
    rows = union.ask("proposal-people", list_members, wanted, union.as_officer())["items"]
    used = _of_visitors(union)
    return [UUID(row["id"]) for row in rows if UUID(row["id"]) not in used]


def _of_visitors(union: DemoUnion) -> set[UUID]:
    return {union.member_id(union.holder(name)) for name in ("member", "officer", "chair", "handler", "delegate")}


def _members(union: DemoUnion, unit: UUID) -> list[Principal]:
    """Return members of a unit, first the one of the demo account `member`."""
    wanted = {"unit_id": str(unit), "standing": "active", "limit": 20}
    rows = union.ask("proposal-members", list_members, wanted, union.as_officer())["items"]
    first = union.member_id(union.holder("member"))
    chair = union.member_id(union.holder("chair"))
    others = [UUID(row["id"]) for row in rows if UUID(row["id"]) not in (first, chair)]
    return [_as(one) for one in (first, *others)]


def _as(member_id: UUID, *roles: str) -> Principal:
    return Principal("account", member_id, member_id, (Grant("member"), *(Grant(role) for role in roles)))
