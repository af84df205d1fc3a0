"""Operations on proposals."""

from __future__ import annotations

from typing import Any

from services.chassis.schema import Operation, Page, Schema, command, query
from services.contracts.governance.proposals import requests, shapes

_ALL = ("officer", "auditor", "chair", "handler", "member")
_OFFICES = ("officer", "chair")
_CONSOLE = ("officer", "auditor", "chair", "handler")


def _step(
    name: str, request: type[Schema], allow: tuple[str, ...], doc: str, title: str, *, delegable: bool = True
) -> Operation:
    return command(
        "governance", name, request=request, reply=shapes.ProposalDetail, allow=allow, doc=doc, title=title,
        delegable=delegable,
    )  # fmt: skip


def _list(name: str, request: type[Schema], allow: tuple[str, ...], doc: str, title: str, **more: Any) -> Operation:
    return query(
        "governance", name, request=request, reply=Page(shapes.Proposal), allow=allow, doc=doc, title=title, **more
    )  # fmt: skip


draft_proposal = _step(
    "draft_proposal", requests.DraftProposal, ("member",), "Begin a draft that only the proposer sees.", "起草提案"
)
revise_proposal = _step(
    "revise_proposal", requests.ReviseProposal, ("member",),
    "Change the text of one's own proposal before it is submitted; who seconded it is asked again.", "修改提案",
)  # fmt: skip
discard_draft = command(
    "governance", "discard_draft", request=requests.ProposalRef, reply=shapes.MergedProposal, allow=("member",),
    doc="Delete one's own draft.", title="删除提案草稿",
)  # fmt: skip
open_seconding = _step(
    "open_seconding", requests.ProposalRef, ("member",),
    "Show a draft to the delegates, so that they can second it.", "征集附议",
)  # fmt: skip
second_proposal = _step(
    "second_proposal", requests.SecondProposal, ("member",), "Second the text that was read.", "附议提案"
)
unsecond_proposal = _step(
    "unsecond_proposal", requests.ProposalRef, ("member",), "Take one's seconding back before the review.", "撤回附议"
)
submit_proposal = _step(
    "submit_proposal", requests.ProposalRef, ("member",),
    "Submit a seconded proposal; after the deadline it becomes a suggestion.", "提交提案",
)  # fmt: skip
withdraw_proposal = _step(
    "withdraw_proposal",
    requests.ProposalRef,
    ("member",),
    "Withdraw one's own proposal before it is filed.",
    "撤回提案",
)
dispute_filing = _step(
    "dispute_filing", requests.StepOfProposal, ("member",),
    "Dispute that the own proposal is not filed; the presidium rules.", "对不予立案提出异议",
)  # fmt: skip
rate_proposal = _step(
    "rate_proposal",
    requests.RateProposal,
    ("member",),
    "Rate the published reply as proposer or seconder.",
    "评价提案答复",
)

review_proposal = _step(
    "review_proposal", requests.ReviewProposal, _OFFICES,
    "File a proposal, make it a suggestion, refuse it with a reason, or send it back.", "审查提案",
)  # fmt: skip
merge_proposal = _step(
    "merge_proposal", requests.MergeProposal, _OFFICES,
    "Merge a proposal into another one; all proposers and seconders stay.", "并案",
)  # fmt: skip
unmerge_proposal = _step(
    "unmerge_proposal",
    requests.StepOfProposal,
    _OFFICES,
    "Undo a merger before the joint proposal is filed.",
    "撤销并案",
)
rule_on_proposal = _step(
    "rule_on_proposal", requests.RuleOnProposal, _OFFICES, "Record what the presidium ruled on a disputed filing.",
    "登记主席团裁定", delegable=False,
)  # fmt: skip
mark_key_proposal = _step(
    "mark_key_proposal",
    requests.MarkKeyProposal,
    _OFFICES,
    "Put a filed proposal under a school leader.",
    "列为重点提案",
)
assign_proposal = _step(
    "assign_proposal", requests.AssignProposal, _OFFICES,
    "Assign a filed proposal to a lead department and assisting ones, with the last day.", "交办提案",
)  # fmt: skip
hand_back_proposal = _step(
    "hand_back_proposal", requests.StepOfProposal, ("handler",), "Hand an assignment back with the reason.", "退回交办"
)
accept_assignment = _step(
    "accept_assignment", requests.ProposalRef, ("handler",), "Accept an assignment as lead department.", "接受交办"
)
contribute_to_reply = _step(
    "contribute_to_reply", requests.ContributeToReply, ("handler",),
    "Say as an assisting department what belongs in the reply.", "提出协办意见",
)  # fmt: skip
reply_to_proposal = _step(
    "reply_to_proposal", requests.ReplyToProposal, ("handler",),
    "Write the reply as lead department; it stays hidden until it is published.", "拟定提案答复",
)  # fmt: skip
co_sign_reply = _step(
    "co_sign_reply", requests.ProposalRef, ("handler",), "Co-sign the reply as an assisting department.", "会签提案答复"
)
object_to_reply = _step(
    "object_to_reply", requests.StepOfProposal, ("handler",),
    "Send the reply back as an assisting department, with the reason.", "会签退回",
)  # fmt: skip
approve_reply = _step(
    "approve_reply", requests.ProposalRef, ("member",),
    "Approve the reply as the leader in charge, of a key proposal as its school leader.", "审批提案答复",
)  # fmt: skip
refuse_reply = _step(
    "refuse_reply", requests.StepOfProposal, ("member",),
    "Send the reply back to be written anew: the leader in charge, or the inspecting office.", "退回提案答复",
)  # fmt: skip
pass_inspection = _step(
    "pass_inspection",
    requests.ProposalRef,
    ("handler",),
    "Let the reply pass as the inspecting office.",
    "督查提案答复",
)
publish_reply = _step(
    "publish_reply",
    requests.PublishReply,
    _OFFICES,
    "Publish the approved reply, today or on a later day.",
    "公布提案答复",
)
end_rating = _step(
    "end_rating", requests.ProposalRef, _OFFICES, "End the rating although some have not rated.", "结束提案评价"
)
reopen_proposal = _step(
    "reopen_proposal", requests.ReopenProposal, _OFFICES,
    "Have the department handle a proposal again whose reply does not satisfy.", "二次办理",
)  # fmt: skip
add_milestone = _step(
    "add_milestone", requests.AddMilestone, ("handler",), "Plan a stage of the implementation.", "登记阶段目标"
)
reach_milestone = _step(
    "reach_milestone", requests.MilestoneRef, ("handler",), "Report that a stage is reached.", "完成阶段目标"
)
drop_milestone = _step(
    "drop_milestone", requests.MilestoneRef, ("handler",), "Take a stage out that is not reached.", "删除阶段目标"
)
check_proposal = _step(
    "check_proposal", requests.CheckProposal, ("handler",), "The yearly self-check of an open proposal.", "提案年度自查"
)
close_proposal = _step(
    "close_proposal",
    requests.CloseProposal,
    _OFFICES,
    "End a proposal that is implemented, or a suggestion.",
    "提案办结",
)
archive_proposal = _step(
    "archive_proposal", requests.ProposalRef, _OFFICES, "Archive a proposal that is closed.", "提案归档"
)
praise_proposal = _step(
    "praise_proposal", requests.PraiseProposal, _OFFICES, "Award a proposal as excellent, or take that back.",
    "评选优秀提案",
)  # fmt: skip

list_proposals = _list(
    "list_proposals", requests.ListProposals, _CONSOLE,
    "Submitted proposals; a chair those of the own unit, a handler those of the own departments.", "查看提案",
)  # fmt: skip
list_public_proposals = _list(
    "list_public_proposals", requests.ListPublicProposals, _ALL, "Filed proposals and what became of them.",
    "查看公开的提案", reach={"chair": "union", "handler": "union", "member": "union"},
)  # fmt: skip
list_proposals_to_second = _list(
    "list_proposals_to_second", requests.ListSeconding, ("member",),
    "Proposals of others that the caller may second.", "查看征集附议的提案",
)  # fmt: skip
my_proposals = _list(
    "my_proposals",
    requests.ListMyProposals,
    ("member",),
    "What one proposed, seconded or is to approve, newest first.",
    "查看自己的提案",
)
get_proposal = query(
    "governance", "get_proposal", request=requests.ProposalRef, reply=shapes.ProposalDetail, allow=_ALL,
    doc="One proposal, as far as the caller may see it.", title="查看一件提案",
)  # fmt: skip
find_similar_proposals = query(
    "governance", "find_similar_proposals", request=requests.FindSimilar, reply=shapes.SimilarProposals,
    allow=("officer", "chair", "member"), doc="Proposals like the text that is written.", title="查找相似提案",
    reach={"chair": "union", "member": "union"},
)  # fmt: skip
proposal_figures = query(
    "governance", "proposal_figures", request=requests.ProposalFiguresAsked, reply=shapes.ProposalFigures,
    allow=("officer", "auditor", "chair"), doc="Figures of filed proposals.", title="查看提案统计",
)  # fmt: skip
