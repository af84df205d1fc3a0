"""Operations of care campaigns."""

from __future__ import annotations

from services.chassis.schema import Empty, Page, PageRequest, command, query
from services.contracts.files import FileContent
from services.contracts.welfare.care_campaigns import requests, shapes

_OFFICE = ("officer", "auditor")
_SCOPED = ("officer", "chair", "auditor")
_HANDS = ("officer", "chair", "member")

create_care_campaign = command(
    "welfare", "create_care_campaign", request=requests.CreateCareCampaign, reply=shapes.CareCampaignDetail,
    allow=("officer",), doc="Prepare a campaign: when, what each gets, with which evidence.", title="新建慰问活动",
)  # fmt: skip
list_care_campaigns = query(
    "welfare", "list_care_campaigns", request=requests.ListCareCampaigns, reply=Page(shapes.CareCampaign),
    allow=_SCOPED, doc="Care campaigns, newest first.", title="查看慰问活动", reach={"chair": "union"},
)  # fmt: skip
get_care_campaign = query(
    "welfare", "get_care_campaign", request=requests.CampaignRef, reply=shapes.CareCampaignDetail, allow=_SCOPED,
    doc="One campaign with how far each unit is; a chair sees the own unit.", title="查看一次慰问活动",
)  # fmt: skip
check_care_list = query(
    "welfare", "check_care_list", request=requests.CareNames, reply=shapes.CareListed, allow=("officer",),
    doc="What adding names to a list would do: the duplicates first, who can't be on it.", title="核对慰问名单",
)  # fmt: skip
add_to_care_list = command(
    "welfare", "add_to_care_list", request=requests.AddToCareList, reply=shapes.CareListed, allow=("officer",),
    doc="Add names to a list, nobody twice.", title="加入慰问名单",
)  # fmt: skip
remove_from_care_list = command(
    "welfare", "remove_from_care_list", request=requests.ItemRef, reply=Empty, allow=("officer",),
    doc="Take somebody off a list who had nothing yet.", title="移出慰问名单",
)  # fmt: skip
open_care_campaign = command(
    "welfare", "open_care_campaign", request=requests.CampaignRef, reply=shapes.CareCampaignDetail,
    allow=("officer",), doc="Begin a campaign: its money is reserved, and its list can be worked off.",
    title="开始慰问活动",
)  # fmt: skip
cancel_care_campaign = command(
    "welfare", "cancel_care_campaign", request=requests.CampaignRef, reply=shapes.CareCampaignDetail,
    allow=("officer",), doc="Cancel a campaign in which nothing was given.", title="取消慰问活动",
)  # fmt: skip
close_care_campaign = command(
    "welfare", "close_care_campaign", request=requests.CampaignRef, reply=shapes.CareCampaignDetail,
    allow=("officer",), doc="End a campaign; what was given is put to the funds, the rest is released.",
    title="结束慰问活动",
)  # fmt: skip
pay_care_again = command(
    "welfare", "pay_care_again", request=requests.CampaignRef, reply=shapes.CareCampaignDetail, allow=("officer",),
    doc="Put a refused or reversed payment of a campaign to the funds again.", title="重新申报慰问活动支出",
)  # fmt: skip
list_care_items = query(
    "welfare", "list_care_items", request=requests.ListCareItems, reply=Page(shapes.CareItem), allow=_SCOPED,
    doc="People of campaigns by unit; a chair's own unit.", title="查看慰问名单",
)  # fmt: skip
my_care_items = query(
    "welfare", "my_care_items", request=requests.MyCareItems, reply=Page(shapes.CareItem), allow=_HANDS,
    doc="Whom the caller is to visit.", title="查看交办的慰问", reach={"officer": "own", "chair": "own"},
)  # fmt: skip
get_care_item = query(
    "welfare", "get_care_item", request=requests.ItemRef, reply=shapes.CareItemDetail, allow=(*_SCOPED, "member"),
    doc="One person of a campaign with the evidence.", title="查看一人的慰问",
)  # fmt: skip
assign_care_items = command(
    "welfare", "assign_care_items", request=requests.AssignCareItems, reply=shapes.CareAssignment,
    allow=("officer", "chair"), doc="Give people of a list to a visitor.", title="指派慰问人",
)  # fmt: skip
hand_over_care_items = command(
    "welfare", "hand_over_care_items", request=requests.HandOverCareItems, reply=shapes.CareAssignment, allow=_HANDS,
    doc="Hand over a visitor's open people to another.", title="转交慰问",
)  # fmt: skip
complete_care_item = command(
    "welfare", "complete_care_item", request=requests.CompleteCareItem, reply=shapes.CareItemDetail, allow=_HANDS,
    doc="Something was given: when, how much, who signed.", title="登记慰问",
)  # fmt: skip
miss_care_item = command(
    "welfare", "miss_care_item", request=requests.MissCareItem, reply=shapes.CareItemDetail, allow=_HANDS,
    doc="Nothing was given, and why.", title="登记未慰问",
)  # fmt: skip
attach_care_evidence = command(
    "welfare", "attach_care_evidence", request=requests.AttachCareEvidence, reply=shapes.CareItemDetail, allow=_HANDS,
    doc="Attach a photo or signed sheet, also late.", title="上传慰问凭证",
)  # fmt: skip
open_care_evidence = command(
    "welfare", "open_care_evidence", request=requests.OpenCareEvidence, reply=FileContent,
    allow=(*_SCOPED, "member"), doc="The file of a photo or sheet; the look is logged.", title="打开慰问凭证",
)  # fmt: skip
remove_care_evidence = command(
    "welfare", "remove_care_evidence", request=requests.CarePieceRef, reply=shapes.CareItemDetail, allow=_HANDS,
    doc="Remove a file of one's own before the campaign ends; the member visited withdraws a photo at any time.",
    title="删除慰问凭证",
)  # fmt: skip
my_campaign_gifts = query(
    "welfare", "my_campaign_gifts", request=PageRequest, reply=Page(shapes.CampaignGift), allow=("member",),
    doc="What one was given in campaigns.", title="查看自己收到的慰问",
)  # fmt: skip
