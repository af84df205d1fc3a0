"""What can be done with a proposal, as data: the operation of each action, its words, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.portal.forms import Field, Form
from gateway.portal.service_calls import part
from gateway.subjects.governance.proposals.list_pages import department_choices
from services.chassis.schema import Operation
from services.contracts.governance.proposals import operations as contract

Values = Mapping[str, Any]
_WHY = Field("why", control="textarea")


def _nothing(_found: Values) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Act:
    """One action.

    Args:
        operation: that carries it out.
        words: of its button.
        done: what is said afterwards.
        tone: of the button.
        fields: what it asks for.
        note: what is said before somebody confirms.
        fixed: returns values of the request that follow from the proposal as it was shown.
        values: returns what stands in the fields at first.
        needs: whether it is offered for a proposal.
    """

    operation: Operation
    words: Any
    done: Any
    tone: str = "plain"
    fields: tuple[Field | str, ...] = ()
    note: Any = None
    fixed: Callable[[Values], dict[str, Any]] = _nothing
    values: Callable[[Values], dict[str, Any]] = _nothing
    needs: Callable[[Values], bool] = field(default=lambda found: True)


def _verdict(verdict: str) -> Callable[[Values], dict[str, Any]]:
    return lambda found: {"verdict": verdict}


def _ruling(ruling: str) -> Callable[[Values], dict[str, Any]]:
    return lambda found: {"ruling": ruling}


def merge_choices(found: Values) -> dict[str, str]:
    """Return the other proposals of the campaign that are under review."""
    chosen: dict[str, str] = {}
    for state in ("submitted", "review"):
        asked = {"campaign_id": found["campaign_id"], "state": state, "limit": 100}
        for one in part(contract.list_proposals, asked).items:
            if one["id"] != found["id"]:
                chosen[one["id"]] = f"{one['number']} {one['title']}"
    return chosen


def _classed(found: Values) -> bool:
    return "outcome_class" in found["switches"]


_ASSISTING = Field("assisting_ids", control="checks", choices=department_choices)
_LEAD = Field("department_id", control="select", choices=department_choices, blank=_l("请选择"))

ACTS: Mapping[str, Act] = {
    "open_seconding": Act(contract.open_seconding, _l("征集附议"), _l("代表现在能附议，可以把页面地址发给他们。"),
                          "primary", note=_l("其他代表会看到内容；之后再改，附议人要重新确认。")),
    "submit": Act(contract.submit_proposal, _l("提交提案"), _l("已提交，等待审查。"), "primary",
                  note=_l("提交后内容不能再改；截止时间后提交的转为意见建议。")),
    "second": Act(contract.second_proposal, _l("我要附议"), _l("已附议，谢谢。"), "primary",
                  fixed=lambda found: {"text_version": found["text_version"]},
                  note=_l("附议的是现在的内容；提案人修改后会请您重新确认。")),
    "unsecond": Act(contract.unsecond_proposal, _l("撤回附议"), _l("已撤回附议。"), note=_l("审查开始前可以撤回。")),
    "rate": Act(contract.rate_proposal, _l("评价答复"), _l("评价已保存，评价结束前可以修改。"), "primary",
                (Field("grade", control="radios"), Field("comment", control="textarea"))),
    "dispute": Act(contract.dispute_filing, _l("提出异议"), _l("已提请主席团裁定。"), "plain", (_WHY,)),
    "withdraw": Act(contract.withdraw_proposal, _l("撤回提案"), _l("提案已撤回。"), "danger-plain",
                    note=_l("撤回后不再办理，附议也随之作废。")),
    "discard": Act(contract.discard_draft, _l("删除草稿"), _l("草稿已删除。"), "danger-plain",
                   note=_l("草稿删除后不能恢复。")),
    "take_up": Act(contract.review_proposal, _l("开始审查"), _l("已开始审查。"), fixed=_verdict("take_up"),
                   note=_l("标明正在审查，此后不再增减附议。")),
    "file": Act(contract.review_proposal, _l("立案"), _l("已立案，会员都能看到。"), "primary",
                (Field("why", _l("审查意见"), control="textarea"),), fixed=_verdict("file")),
    "merge": Act(contract.merge_proposal, _l("并案"), _l("已并案，双方的提案人和附议人都保留。"),
                 fields=(Field("into_id", control="select"), _WHY)),
    "make_suggestion": Act(contract.review_proposal, _l("转为意见建议"), _l("已转为意见建议。"), "plain", (_WHY,),
                           fixed=_verdict("make_suggestion")),
    "send_back": Act(contract.review_proposal, _l("退回修改"), _l("已退回提案人。"), "plain",
                     (Field("why", control="textarea", required=True),), fixed=_verdict("send_back")),
    "not_file": Act(contract.review_proposal, _l("不予立案"), _l("已告知提案人不予立案的理由。"), "danger-plain",
                    (Field("ground", required=True), Field("why", control="textarea", required=True)),
                    fixed=_verdict("not_file")),
    "unmerge": Act(contract.unmerge_proposal, _l("撤销并案"), _l("已撤销并案，恢复审查。"), "plain", (_WHY,)),
    "overturn": Act(contract.rule_on_proposal, _l("裁定立案"), _l("已按主席团裁定立案。"), "primary", (_WHY,),
                    fixed=_ruling("overturn")),
    "uphold": Act(contract.rule_on_proposal, _l("裁定维持"), _l("已登记主席团裁定。"), "plain", (_WHY,),
                  fixed=_ruling("uphold")),
    "assign": Act(contract.assign_proposal, _l("交办"), _l("已交办，承办部门会收到提醒。"), "primary",
                  (_LEAD, "due_on", _ASSISTING)),
    "accept": Act(contract.accept_assignment, _l("接受交办"), _l("已接受，请在期限前答复。"), "primary"),
    "hand_back": Act(contract.hand_back_proposal, _l("退回交办"), _l("已退回提案工作机构。"), "plain", (_WHY,)),
    "contribute": Act(contract.contribute_to_reply, _l("提出协办意见"), _l("协办意见已交主办部门。"), "primary",
                      (Field("text", _l("协办意见"), control="textarea"),)),
    "reply": Act(contract.reply_to_proposal, _l("拟定答复"), _l("答复已送审，公布前只有经办人员能看。"), "primary",
                 (Field("text", control="textarea", extra={"rows": "8"}), "outcome")),
    "co_sign": Act(contract.co_sign_reply, _l("会签"), _l("已会签。"), "primary"),
    "object": Act(contract.object_to_reply, _l("会签退回"), _l("已退回主办部门。"), "plain", (_WHY,)),
    "approve": Act(contract.approve_reply, _l("同意答复"), _l("已同意答复。"), "primary"),
    "pass_inspection": Act(contract.pass_inspection, _l("督查通过"), _l("督查已通过。"), "primary"),
    "refuse_reply": Act(contract.refuse_reply, _l("退回重拟"), _l("已退回主办部门。"), "plain", (_WHY,)),
    "publish": Act(contract.publish_reply, _l("公布答复"), _l("答复已公布或已定好公布日期。"), "primary",
                   (Field("publish_on", hint=_l("今天或不填为立即公布。")),)),
    "end_rating": Act(contract.end_rating, _l("结束评价"), _l("评价已结束。"),
                      note=_l("还没评价的不再等待。")),
    "reopen": Act(contract.reopen_proposal, _l("二次办理"), _l("已退回主办部门二次办理。"), "primary",
                  (_WHY, "due_on")),
    "report": Act(contract.add_milestone, _l("登记阶段目标"), _l("阶段目标已登记。"), "plain",
                  ("milestone", "due_on", Field("percent", _l("达到时完成（%）")))),
    "check": Act(contract.check_proposal, _l("年度自查"), _l("自查已登记。"), "primary", ("percent", _WHY)),
    "close": Act(contract.close_proposal, _l("办结"), _l("已办结。"), "primary",
                 (Field("why", _l("对提案人的说明"), control="textarea", hint=_l("意见建议或有不满意时必填。")),)),
    "archive": Act(contract.archive_proposal, _l("归档"), _l("已归档。")),
    "praise": Act(contract.praise_proposal, _l("评为优秀提案"), _l("已评为优秀提案。"),
                  fixed=lambda found: {"excellent": True}, needs=lambda found: not found["excellent"]),
    "unpraise": Act(contract.praise_proposal, _l("撤销优秀提案"), _l("已撤销优秀提案。"),
                    fixed=lambda found: {"excellent": False}, needs=lambda found: found["excellent"]),
}  # fmt: skip
"""By the action of the workflow, in the order of the buttons; `mark_key` and `revise` have pages of their own."""


def form_of(action: str, found: Values, posted: Any = None) -> Form:
    """Return the form of an action of a proposal."""
    act = ACTS[action]
    fields = [one for one in act.fields if one != "outcome" or _classed(found)]
    if action == "merge":
        choices = merge_choices(found)
        fields = [Field("into_id", control="select", choices=choices, blank=_l("请选择"), wide=True), _WHY]
    schema = type(act.operation.request_schema)
    return Form(schema, fields, values=act.values(found), posted=posted, prefix=f"{action}-")


def forms_of(found: Values, refused: Mapping[str, Form]) -> list[tuple[str, Act, Form]]:
    """Return what the caller can do with a proposal, each with its form; refused ones as they were filled in."""
    legal = {*found["actions"], *(("unpraise",) if "praise" in found["actions"] else ())}
    return [
        (action, act, refused.get(action) or form_of(action, found))
        for action, act in ACTS.items()
        if action in legal and act.needs(found)
    ]
