"""Operations of mutual aid."""

from __future__ import annotations

from services.chassis.schema import Page, PageRequest, command, query
from services.contracts.files import FileContent
from services.contracts.welfare.mutual_aid import requests, shapes

_CONSOLE = ("officer", "chair", "auditor")
_ALL = ("officer", "chair", "auditor", "member")
_LISTS = ("officer", "chair")
_UNION_FOR_ALL = {"member": "union", "chair": "union"}

add_mutual_aid_plan = command(
    "welfare", "add_mutual_aid_plan", request=requests.AddPlan, reply=shapes.Plan, allow=("officer",),
    doc="Add a plan of mutual aid with its terms.", title="新增互助保障计划",
)  # fmt: skip
end_mutual_aid_plan = command(
    "welfare", "end_mutual_aid_plan", request=requests.PlanRef, reply=shapes.Plan, allow=("officer",),
    doc="Offer a plan no more; covers and claims stay.", title="停用互助保障计划",
)  # fmt: skip
list_mutual_aid_plans = query(
    "welfare", "list_mutual_aid_plans", request=requests.ListPlans, reply=Page(shapes.Plan), allow=_ALL,
    doc="Plans of mutual aid, newest first.", title="查看互助保障计划", reach=_UNION_FOR_ALL,
)  # fmt: skip
get_mutual_aid_plan = query(
    "welfare", "get_mutual_aid_plan", request=requests.PlanRef, reply=shapes.Plan, allow=_ALL,
    doc="One plan of mutual aid.", title="查看一个互助保障计划", reach=_UNION_FOR_ALL,
)  # fmt: skip
open_cover_period = command(
    "welfare", "open_cover_period", request=requests.OpenPeriod, reply=shapes.CoverPeriod, allow=("officer",),
    doc="Open a cover period of a plan; no day of a plan belongs to two.", title="新建互助保障期",
)  # fmt: skip
list_cover_periods = query(
    "welfare", "list_cover_periods", request=requests.ListPeriods, reply=Page(shapes.CoverPeriod), allow=_CONSOLE,
    doc="Cover periods, latest first.", title="查看互助保障期", reach={"chair": "union"},
)  # fmt: skip
get_cover_period = query(
    "welfare", "get_cover_period", request=requests.PeriodRef, reply=shapes.CoverPeriod, allow=_CONSOLE,
    doc="One cover period.", title="查看一个互助保障期", reach={"chair": "union"},
)  # fmt: skip
cancel_cover_period = command(
    "welfare", "cancel_cover_period", request=requests.PeriodRef, reply=shapes.CoverPeriod, allow=("officer",),
    doc="Cancel a cover period before its list is closed; its covers are withdrawn.", title="取消互助保障期",
)  # fmt: skip
close_cover_list = command(
    "welfare", "close_cover_list", request=requests.CloseList, reply=shapes.CoverPeriod, allow=("officer",),
    doc="Close the list of a period; where the union or the administration pays, the payment is asked for.",
    title="确定互助保障参保名单",
)  # fmt: skip
ask_cover_payment_again = command(
    "welfare", "ask_cover_payment_again", request=requests.PeriodRef, reply=shapes.CoverPeriod, allow=("officer",),
    doc="Ask for the payment of a period again that was refused.", title="重新申报互助保障费用",
)  # fmt: skip
list_covers = query(
    "welfare", "list_covers", request=requests.ListCovers, reply=Page(shapes.Cover), allow=_CONSOLE,
    doc="Who is covered in a period, by unit.", title="查看互助保障参保名单",
)  # fmt: skip
list_cover_candidates = query(
    "welfare", "list_cover_candidates", request=requests.ListCandidates, reply=Page(shapes.Candidate),
    allow=_CONSOLE, doc="The members of units, and how each stands in a period.", title="查看可参保会员",
)  # fmt: skip
check_cover_list = command(
    "welfare", "check_cover_list", request=requests.EnrolmentList, reply=shapes.Enrolment, allow=_LISTS,
    doc="What would become of each member of a list: covered already, refused by which rule, new. Stores nothing.",
    title="核对参保名单",
)  # fmt: skip
enrol_members = command(
    "welfare", "enrol_members", request=requests.EnrolmentList, reply=shapes.Enrolment, allow=_LISTS,
    doc="Enrol members of a unit in a cover period, each once; refusals are recorded as decisions.",
    title="登记参保",
)  # fmt: skip
withdraw_cover = command(
    "welfare", "withdraw_cover", request=requests.CoverRef, reply=shapes.Cover, allow=_LISTS,
    doc="Take a member off the list of a period before it is closed.", title="移出参保名单",
)  # fmt: skip
note_cover_fees = command(
    "welfare", "note_cover_fees", request=requests.NoteFees, reply=shapes.FeesNoted, allow=_LISTS,
    doc="Note that members of a unit paid their own fees.", title="登记互助保障交费",
)  # fmt: skip
coverage_figures = query(
    "welfare", "coverage_figures", request=requests.PeriodRef, reply=shapes.CoverageFigures, allow=_CONSOLE,
    doc="Coverage of a period by unit, and claims by year; few claims are not told.", title="查看互助保障统计",
)  # fmt: skip
list_unit_covers = query(
    "welfare", "list_unit_covers", request=requests.ListUnitCovers, reply=Page(shapes.CoverByUnit), allow=_CONSOLE,
    doc="How many members of each unit are covered in a period; a chair: own unit.", title="查看各分工会参保率",
)  # fmt: skip
my_covers = query(
    "welfare", "my_covers", request=PageRequest, reply=Page(shapes.MyCover), allow=("member",),
    doc="One's own covers, latest first.", title="查看自己的互助保障",
)  # fmt: skip
submit_mutual_aid_claim = command(
    "welfare", "submit_mutual_aid_claim", request=requests.SubmitClaim, reply=shapes.ClaimDetail,
    allow=("member", "officer"), doc="File a claim; for one event and plan there is one.", title="提出互助保障申领",
    delegable=False,
)  # fmt: skip
my_mutual_aid_claims = query(
    "welfare", "my_mutual_aid_claims", request=PageRequest, reply=Page(shapes.ClaimDetail), allow=("member",),
    doc="One's own claims, newest first.", title="查看自己的互助保障申领",
)  # fmt: skip
list_mutual_aid_claims = query(
    "welfare", "list_mutual_aid_claims", request=requests.ListClaims, reply=Page(shapes.MutualAidClaim),
    allow=_CONSOLE, doc="Claims with state and deadline; a chair sees no plan and no sums.",
    title="查看互助保障申领",
)  # fmt: skip
get_mutual_aid_claim = query(
    "welfare", "get_mutual_aid_claim", request=requests.ClaimRef, reply=shapes.ClaimDetail, allow=_ALL,
    doc="One claim; its contents for the member and officers only.", title="查看一件互助保障申领",
)  # fmt: skip
forward_mutual_aid_claim = command(
    "welfare", "forward_mutual_aid_claim", request=requests.ClaimRef, reply=shapes.MutualAidClaim, allow=_LISTS,
    doc="Forward a claim with documents to the union, sealed.", title="转交互助保障申领",
)  # fmt: skip
send_on_mutual_aid_claim = command(
    "welfare", "send_on_mutual_aid_claim", request=requests.ClaimRef, reply=shapes.MutualAidClaim,
    allow=("officer",), doc="Note that a claim was sent on to the provider.", title="报送互助保障申领",
    delegable=False,
)  # fmt: skip
record_claim_paid = command(
    "welfare", "record_claim_paid", request=requests.RecordPaid, reply=shapes.MutualAidClaim, allow=("officer",),
    doc="Note what the provider paid.", title="登记互助保障赔付", delegable=False,
)  # fmt: skip
record_claim_refused = command(
    "welfare", "record_claim_refused", request=requests.RecordRefused, reply=shapes.MutualAidClaim,
    allow=("officer",), doc="Note that the provider does not pay, and why.", title="登记互助保障未获赔付",
    delegable=False,
)  # fmt: skip
withdraw_mutual_aid_claim = command(
    "welfare", "withdraw_mutual_aid_claim", request=requests.ClaimRef, reply=shapes.MutualAidClaim,
    allow=("member", "officer"), doc="Withdraw a claim that was not sent on; its documents are erased.",
    title="撤回互助保障申领", delegable=False,
)  # fmt: skip
attach_claim_document = command(
    "welfare", "attach_claim_document", request=requests.AttachClaimDocument, reply=shapes.ClaimDetail,
    allow=("member", "officer"), doc="Attach a document to a claim that was not sent on.",
    title="上传互助保障申领材料", delegable=False,
)  # fmt: skip
unmask_mutual_aid_claim = command(
    "welfare", "unmask_mutual_aid_claim", request=requests.UnmaskClaim, reply=shapes.ClaimText,
    allow=("member", "officer"), doc="What is written in a claim, for a purpose that is logged.",
    title="查看互助保障申领内容", delegable=False,
)  # fmt: skip
open_claim_document = command(
    "welfare", "open_claim_document", request=requests.OpenClaimDocument, reply=FileContent,
    allow=("member", "officer"), doc="The content of a claim's document; the look is logged.",
    title="打开互助保障申领材料", delegable=False,
)  # fmt: skip
remove_claim_document = command(
    "welfare", "remove_claim_document", request=requests.DocumentRef, reply=shapes.ClaimDetail,
    allow=("member", "officer"), doc="Remove a document of a claim that was not sent on.",
    title="删除互助保障申领材料", delegable=False,
)  # fmt: skip
list_claim_accesses = query(
    "welfare", "list_claim_accesses", request=requests.ListClaimAccesses, reply=Page(shapes.ClaimAccess),
    allow=("member", "officer", "auditor"), doc="Who looked at the documents of a claim, for what.",
    title="查看谁看过互助保障申领材料",
)  # fmt: skip
