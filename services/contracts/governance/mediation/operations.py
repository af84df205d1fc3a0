"""Operations of mediation. Roles open the door only: the case itself decides who may see and do what.

No office reaches a case in which it has no part: officers and auditors see counts. Looks are logged, so that reading
a case is a command.
"""

from __future__ import annotations

from services.chassis.schema import SYSTEM, Empty, Page, command, query
from services.contracts.files import FileContent
from services.contracts.governance.mediation import requests, shapes

_PEOPLE = ("member", "officer", "mediator")
_OWN = {"reach": {"officer": "own"}, "delegable": False}
_LEADS = ("officer", "mediator")

classify_matter = query(
    "governance", "classify_matter", request=requests.ClassifyMatter, reply=shapes.MatterClass, allow=_PEOPLE,
    doc="Whether a matter is mediated here, or where to go and by which document.", title="查询争议怎样处理",
)  # fmt: skip
apply_for_mediation = command(
    "governance", "apply_for_mediation", request=requests.ApplyForMediation, reply=shapes.Dispute, allow=("member",),
    doc="Apply for mediation in writing.", title="申请调解",
)  # fmt: skip
record_dispute = command(
    "governance", "record_dispute", request=requests.RecordDispute, reply=shapes.Dispute, allow=("officer",),
    doc="Take down an oral application, or propose mediation for the committee; the caller is the case's clerk.",
    title="记录口头申请或主动提出调解", **_OWN,
)  # fmt: skip
dispute_queue = query(
    "governance", "dispute_queue", request=Empty, reply=shapes.DisputeQueue, allow=("officer",),
    doc="How many applications wait for a clerk, and how many cases have a clerk who left office.",
    title="查看待接办的调解申请数",
)  # fmt: skip
take_over_dispute = command(
    "governance", "take_over_dispute", request=Empty, reply=shapes.Dispute, allow=("officer",),
    doc="Become the clerk of the oldest case whose clerk holds no office any more and which does not concern the "
    "caller.",
    title="接替离任的调解经办人", **_OWN,
)  # fmt: skip
take_dispute = command(
    "governance", "take_dispute", request=Empty, reply=shapes.Dispute, allow=("officer",),
    doc="Become the clerk of the oldest application that waits and in which the caller is no party.",
    title="接办调解申请", **_OWN,
)  # fmt: skip
release_dispute = command(
    "governance", "release_dispute", request=requests.ReleaseDispute, reply=Empty, allow=("officer",),
    doc="Give one's own case back to the queue, for another clerk.", title="退回调解案件", **_OWN,
)  # fmt: skip
list_disputes = query(
    "governance", "list_disputes", request=requests.ListDisputes, reply=Page(shapes.Dispute), allow=_PEOPLE,
    doc="The cases in which the caller has a part; no words, no names.", title="查看自己参与的调解", **_OWN,
)  # fmt: skip
open_dispute = command(
    "governance", "open_dispute", request=requests.DisputeRef, reply=shapes.DisputeDetail, allow=_PEOPLE,
    doc="One case whole, for those who have a part in it; the look is logged and shown to the parties.",
    title="打开一件调解", **_OWN,
)  # fmt: skip
move_dispute = command(
    "governance", "move_dispute", request=requests.MoveDispute, reply=shapes.Dispute, allow=_PEOPLE,
    doc="Take a case on by a step.", title="办理调解的一个步骤", **_OWN,
)  # fmt: skip
add_dispute_party = command(
    "governance", "add_dispute_party", request=requests.AddDisputeParty, reply=shapes.Dispute, allow=("officer",),
    doc="Add a party to one's own case before the parties are asked.", title="登记当事人", **_OWN,
)  # fmt: skip
link_dispute_party = command(
    "governance", "link_dispute_party", request=requests.LinkDisputeParty, reply=shapes.Dispute, allow=("officer",),
    doc="Name the member who is a party or acts for the department, who then sees the case.", title="关联当事人账号",
    **_OWN,
)  # fmt: skip
choose_representatives = command(
    "governance", "choose_representatives", request=requests.ChooseRepresentatives, reply=shapes.Dispute,
    allow=("officer",), doc="Record the representatives that many claimants chose.", title="登记推举的代表", **_OWN,
)  # fmt: skip
answer_consent = command(
    "governance", "answer_consent", request=requests.AnswerConsent, reply=shapes.Dispute, allow=("member",),
    doc="Answer for oneself whether mediation or an extension is agreed to.", title="答复是否同意调解或延期",
)  # fmt: skip
record_consent = command(
    "governance", "record_consent", request=requests.RecordConsent, reply=shapes.Dispute, allow=("officer",),
    doc="Record a party's answer from paper, which is among the files of the case.", title="登记当事人的书面意见",
    **_OWN,
)  # fmt: skip
assign_mediator = command(
    "governance", "assign_mediator", request=requests.AssignMediator, reply=shapes.Dispute, allow=("officer",),
    doc="Ask a mediator to take the case.", title="指定调解员", **_OWN,
)  # fmt: skip
answer_assignment = command(
    "governance", "answer_assignment", request=requests.AnswerAssignment, reply=shapes.Dispute, allow=("mediator",),
    doc="Serve without interest in the case, or step aside.", title="答复担任调解员或回避",
)  # fmt: skip
remove_mediator = command(
    "governance", "remove_mediator", request=requests.RemoveMediator, reply=shapes.Dispute, allow=("officer",),
    doc="Replace a mediator.", title="更换调解员", **_OWN,
)  # fmt: skip
propose_extension = command(
    "governance", "propose_extension", request=requests.ProposeExtension, reply=shapes.Dispute, allow=_LEADS,
    doc="Propose a later last day; it holds once both sides agree.", title="提出延长调解期限", **_OWN,
)  # fmt: skip
schedule_hearing = command(
    "governance", "schedule_hearing", request=requests.ScheduleHearing, reply=shapes.Dispute, allow=_LEADS,
    doc="Fix a meeting of the parties.", title="安排调解会", **_OWN,
)  # fmt: skip
record_hearing = command(
    "governance", "record_hearing", request=requests.RecordHearing, reply=shapes.Dispute, allow=_LEADS,
    doc="Write down a meeting of the parties.", title="登记调解记录", **_OWN,
)  # fmt: skip
write_agreement = command(
    "governance", "write_agreement", request=requests.WriteAgreement, reply=shapes.Dispute, allow=_LEADS,
    doc="Write the text of the agreement, to be signed.", title="拟定调解协议", **_OWN,
)  # fmt: skip
conclude_agreement = command(
    "governance", "conclude_agreement", request=requests.ConcludeAgreement, reply=shapes.Dispute, allow=_LEADS,
    doc="Record the signatures and seals by which the agreement is in force.", title="登记协议签名盖章", **_OWN,
)  # fmt: skip
attach_dispute_paper = command(
    "governance", "attach_dispute_paper", request=requests.AttachDisputePaper, reply=shapes.Dispute, allow=_PEOPLE,
    doc="Add a paper to a case in which the caller has a part; it is stored encrypted.", title="上传调解材料", **_OWN,
)  # fmt: skip
open_dispute_paper = command(
    "governance", "open_dispute_paper", request=requests.DisputePaperRef, reply=FileContent, allow=_PEOPLE,
    doc="A paper of a case; the look is logged and shown to the parties.", title="打开调解材料", **_OWN,
)  # fmt: skip
dispute_figures = query(
    "governance", "dispute_figures", request=requests.DisputeFiguresRequest, reply=shapes.DisputeFigures,
    allow=("officer", "auditor"), doc="Cases of a year in counts, small ones left out.", title="查看调解统计",
)  # fmt: skip
list_private_notices = query(
    "governance", "list_private_notices", request=Empty, reply=shapes.PrivateNotices, allow=(SYSTEM,),
    doc="Whom the gateway is to tell that there is something to do, without what.", title="读取待送达的保密提醒",
)  # fmt: skip
settle_private_notices = command(
    "governance", "settle_private_notices", request=requests.SettleNotices, reply=Empty, allow=(SYSTEM,),
    doc="Delete notices that the gateway took over.", title="确认保密提醒已送达",
)  # fmt: skip
