"""Short ways to a proposal in a test: written, seconded, submitted, filed, assigned, answered, published."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from services.chassis.errors import Problem
from services.chassis.security.principal import Grant, Principal
from services.contracts.governance.proposals import campaigns, departments, operations
from services.contracts.governance.rulebook import operations as rulebook
from services.contracts.membership.joining.operations import MemberJoined
from tests.component.governance.harness import GovernanceHarness
from tests.support.principals import member_account

REASON = (
    "图书馆晚上十点闭馆，研究生和青年教师晚间没有安静的学习场所，"
    "期末尤其紧张，多次在座谈会上反映没有结果，希望学校重视并解决这个问题。"
)
SUGGESTION = "建议期末两个月把图书馆闭馆时间延长到晚上十二点，并增加夜间值班人员。"
TEXT = {"title": "延长图书馆开放时间", "kind": "campus", "reason": REASON, "suggestion": SUGGESTION}
REPLY = "经研究，自本月起图书馆期末两个月延长开放到晚上十二点。"
DUE = date(2026, 5, 11)
ALL = ("hand_back", "co_sign", "inspection", "outcome_class", "key_proposals", "self_check", "presidium")


def handler(member_id: UUID) -> Principal:
    """Return the account of a department's contact."""
    return Principal("account", uuid4(), member_id, (Grant("member"), Grant("handler")))


class Proposing:
    """A unit's campaign with a proposer, seconders, and two departments; an officer reviews."""

    def __init__(self, governance: GovernanceHarness, *switches: str) -> None:
        self.governance = governance
        for name in ("national", "demo"):
            governance.ask(rulebook.adopt_rule_set, ruleset=name)
        self.unit = uuid4()
        self.proposer, self.first, self.second, self.third = (self.member() for _ in range(4))
        self.contact, self.helper, self.inspector = (handler(uuid4()) for _ in range(3))
        self.leader = member_account()
        self.lead = self.department("后勤处", self.contact)
        self.assisting = self.department("财务处", self.helper)
        office = self.department("督查办公室", self.inspector)
        self.campaign = self.ask(
            campaigns.add_proposal_campaign, name="2026 年提案征集", body="unit", unit_id=self.unit,
            opens_on="2026-03-01", deadline="2026-03-20T10:00:00+00:00", switches=list(switches),
            inspector_id=office if "inspection" in switches else None,
        )["id"]  # fmt: skip

    def member(self) -> Principal:
        """Let somebody of the unit join."""
        member_id = uuid4()
        joined = self.governance.example_message(MemberJoined, 1, member_id=member_id, unit_id=self.unit)
        self.governance.receive("on_member_joined", joined)
        return member_account(member_id)

    def department(self, name: str, contact: Principal) -> str:
        values = {"name": name, "leader_id": self.leader.member_id, "contact_ids": [contact.member_id]}
        return str(self.ask(departments.add_department, **values)["id"])

    def ask(self, operation: Any, by: Principal | None = None, /, **request: Any) -> Any:
        return self.governance.ask(operation, by, **request)

    def act(self, operation: Any, proposal: Any, by: Principal | None = None, /, **request: Any) -> Any:
        return self.governance.ask(operation, by, proposal_id=_id(proposal), **request)

    def refused(self, operation: Any, proposal: Any, by: Principal | None = None, /, **request: Any) -> Problem:
        return self.governance.refused(operation, by, proposal_id=_id(proposal), **request)

    def look(self, proposal: Any, by: Principal | None = None) -> Any:
        return self.act(operations.get_proposal, proposal, by)

    def draft(self, by: Principal | None = None, /, **changes: Any) -> Any:
        values = {"campaign_id": self.campaign, **TEXT, **changes}
        return self.ask(operations.draft_proposal, by or self.proposer, **values)

    def open(self, by: Principal | None = None, /, **changes: Any) -> Any:
        by = by or self.proposer
        return self.act(operations.open_seconding, self.draft(by, **changes), by)

    def back(self, proposal: Any, *by: Principal) -> Any:
        """Let members second the present text."""
        for one in by:
            version = self.look(proposal, one)["text_version"]
            proposal = self.act(operations.second_proposal, proposal, one, text_version=version)
        return proposal

    def submitted(self, by: Principal | None = None, /, **changes: Any) -> Any:
        by = by or self.proposer
        opened = self.open(by, **changes)
        self.back(opened, *[one for one in (self.first, self.second, self.third) if one is not by][:2])
        return self.act(operations.submit_proposal, opened, by)

    def filed(self, by: Principal | None = None, /, **changes: Any) -> Any:
        return self.act(operations.review_proposal, self.submitted(by, **changes), verdict="file")

    def assigned(self, *assisting: str) -> Any:
        values = {"department_id": self.lead, "assisting_ids": list(assisting), "due_on": DUE}
        return self.act(operations.assign_proposal, self.filed(), **values)

    def accepted(self, *assisting: str) -> Any:
        return self.act(operations.accept_assignment, self.assigned(*assisting), self.contact)

    def replied(self, outcome: str | None = None) -> Any:
        """Return a proposal whose reply the leader approved and the office published; no switch but the outcome's."""
        found = self.accepted()
        return self.answer(found, outcome)

    def answer(self, proposal: Any, outcome: str | None = None) -> Any:
        self.act(operations.reply_to_proposal, proposal, self.contact, text=REPLY, outcome=outcome)
        self.act(operations.approve_reply, proposal, self.leader)
        return self.act(operations.publish_reply, proposal)

    def rated(self, grade: str, outcome: str | None = None) -> Any:
        found = self.replied(outcome)
        for one in (self.proposer, self.first, self.second):
            found = self.act(operations.rate_proposal, found, one, grade=grade)
        return found


def _id(proposal: Any) -> str:
    return str(proposal["id"] if isinstance(proposal, dict) else proposal)
