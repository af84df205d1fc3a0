"""Operations of dismissal notices. Roles open the door only: the notice itself decides who may see and do what.

No office reaches a notice in which it has no part. Looks are logged, so that reading a notice is a command.
"""

from __future__ import annotations

from services.chassis.schema import Empty, Page, command, query
from services.contracts.files import FileContent
from services.contracts.governance.dismissals import requests, shapes

_PEOPLE = ("member", "officer", "hr")
_OWN = {"reach": {"officer": "own", "hr": "own"}, "delegable": False}
_CLERK = {"reach": {"officer": "own"}, "delegable": False}

notify_dismissal = command(
    "governance", "notify_dismissal", request=requests.NotifyDismissal, reply=shapes.Dismissal, allow=("hr", "officer"),
    doc="Notify the union before a contract is ended: the HR system, or an officer from the employer's paper.",
    title="登记解除劳动合同通知", **_OWN,
)  # fmt: skip
dismissal_queue = query(
    "governance", "dismissal_queue", request=Empty, reply=shapes.DismissalQueue, allow=("officer",),
    doc="How many notices wait for a clerk, and how many have a clerk who left office.",
    title="查看待接办的解除通知数",
)  # fmt: skip
take_over_dismissal = command(
    "governance", "take_over_dismissal", request=Empty, reply=shapes.Dismissal, allow=("officer",),
    doc="Become the clerk of the notice with the nearest last day whose clerk holds no office any more.",
    title="接替离任的经办人", **_CLERK,
)  # fmt: skip
take_dismissal = command(
    "governance", "take_dismissal", request=Empty, reply=shapes.Dismissal, allow=("officer",),
    doc="Become the clerk of the oldest notice that waits and does not concern the caller.", title="接办解除通知",
    **_CLERK,
)  # fmt: skip
release_dismissal = command(
    "governance", "release_dismissal", request=requests.MoveDismissal, reply=Empty, allow=("officer",),
    doc="Give one's own notice back to the queue.", title="退回解除通知", **_CLERK,
)  # fmt: skip
list_dismissals = query(
    "governance", "list_dismissals", request=requests.ListDismissals, reply=Page(shapes.Dismissal), allow=_PEOPLE,
    doc="The notices in which the caller has a part; no words, no names.", title="查看自己有关的解除通知", **_OWN,
)  # fmt: skip
open_dismissal = command(
    "governance", "open_dismissal", request=requests.DismissalRef, reply=shapes.DismissalDetail, allow=_PEOPLE,
    doc="One notice whole, for those who have a part in it; the look is logged and shown.", title="打开一件解除通知",
    **_OWN,
)  # fmt: skip
link_dismissal = command(
    "governance", "link_dismissal", request=requests.LinkDismissal, reply=shapes.Dismissal, allow=("officer",),
    doc="Name the member whom the notice concerns, who then sees it.", title="关联解除通知涉及的会员", **_CLERK,
)  # fmt: skip
give_dismissal_opinion = command(
    "governance", "give_dismissal_opinion", request=requests.GiveOpinion, reply=shapes.Dismissal, allow=("officer",),
    doc="Give the union's opinion: none against it, or a request for correction with its reason.",
    title="出具工会意见", **_CLERK,
)  # fmt: skip
answer_dismissal = command(
    "governance", "answer_dismissal", request=requests.AnswerDismissal, reply=shapes.Dismissal, allow=("hr", "officer"),
    doc="The employer's answer to a request for correction; the clerk's stands on a paper of the notice.",
    title="登记单位书面答复", **_OWN,
)  # fmt: skip
withdraw_dismissal = command(
    "governance", "withdraw_dismissal", request=requests.MoveDismissal, reply=shapes.Dismissal,
    allow=("hr", "officer"), doc="The employer ends no contract after all.", title="撤回解除通知", **_OWN,
)  # fmt: skip
close_dismissal = command(
    "governance", "close_dismissal", request=requests.MoveDismissal, reply=shapes.Dismissal, allow=("officer",),
    doc="Close a notice with what came of it.", title="办结解除通知", **_CLERK,
)  # fmt: skip
refer_dismissal = command(
    "governance", "refer_dismissal", request=requests.ReferDismissal, reply=shapes.ReferredDismissal,
    allow=("member",), doc="Apply for mediation about the own dismissal.", title="就解除申请调解",
)  # fmt: skip
attach_dismissal_paper = command(
    "governance", "attach_dismissal_paper", request=requests.AttachDismissalPaper, reply=shapes.Dismissal,
    allow=("hr", "officer"), doc="Add a paper to a notice as its clerk or its employer; it is stored encrypted.",
    title="上传解除通知材料", **_OWN,
)  # fmt: skip
open_dismissal_paper = command(
    "governance", "open_dismissal_paper", request=requests.DismissalPaperRef, reply=FileContent, allow=_PEOPLE,
    doc="A paper of a notice; the look is logged and shown.", title="打开解除通知材料", **_OWN,
)  # fmt: skip
dismissal_figures = query(
    "governance", "dismissal_figures", request=requests.DismissalFiguresRequest, reply=shapes.DismissalFigures,
    allow=("officer", "auditor"), doc="Notices of a year in counts, small ones left out.", title="查看解除通知统计",
)  # fmt: skip
