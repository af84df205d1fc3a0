"""Operations on programmes of goods."""

from __future__ import annotations

from services.chassis.schema import Page, PageRequest, command, query
from services.contracts.codes import CodeReading, ReadToken
from services.contracts.welfare.programmes import requests, shapes

_OFFICE = ("officer", "auditor")
_SCOPED = ("officer", "auditor", "chair")
_DESK = ("officer", "chair")

create_programme = command(
    "welfare", "create_programme", request=requests.CreateProgramme, reply=shapes.Programme, allow=("officer",),
    doc="Begin a programme, such as the goods for a festival.", title="新建福利项目",
)  # fmt: skip
list_programmes = query(
    "welfare", "list_programmes", request=PageRequest, reply=Page(shapes.Programme), allow=_SCOPED,
    doc="Programmes, newest first.", title="查看福利项目", reach={"chair": "union"},
)  # fmt: skip
create_cycle = command(
    "welfare", "create_cycle", request=requests.CreateCycle, reply=shapes.CycleDetail, allow=("officer",),
    doc="Begin a year's cycle of a programme, one each year.", title="新建福利批次",
)  # fmt: skip
list_cycles = query(
    "welfare", "list_cycles", request=requests.ListCycles, reply=Page(shapes.Cycle), allow=_SCOPED,
    doc="Cycles, newest first.", title="查看福利批次", reach={"chair": "union"},
)  # fmt: skip
get_cycle = query(
    "welfare", "get_cycle", request=requests.CycleRef, reply=shapes.CycleDetail, allow=_SCOPED,
    doc="A cycle with packages, slots, and what its approval looks at.", title="查看一个福利批次",
    reach={"chair": "union"},
)  # fmt: skip
add_package = command(
    "welfare", "add_package", request=requests.AddPackage, reply=shapes.CycleDetail, allow=("officer",),
    doc="Add a package to a cycle that is not approved.", title="添加礼包",
)  # fmt: skip
set_package_stock = command(
    "welfare", "set_package_stock", request=requests.SetStock, reply=shapes.CycleDetail, allow=("officer",),
    doc="Set how many of a package there are, never fewer than were chosen.", title="调整礼包数量",
)  # fmt: skip
add_pick_up_slot = command(
    "welfare", "add_pick_up_slot", request=requests.AddSlot, reply=shapes.CycleDetail, allow=("officer",),
    doc="Add where and when goods can be fetched, by how many.", title="添加领取时段",
)  # fmt: skip
compute_cycle = command(
    "welfare", "compute_cycle", request=requests.CycleRef, reply=shapes.CycleDetail, allow=("officer",),
    doc="Compute who is entitled, in parts; again anew until it is approved.", title="生成福利名单",
)  # fmt: skip
approve_cycle = command(
    "welfare", "approve_cycle", request=requests.ApproveCycle, reply=shapes.CycleDetail, allow=("officer",),
    doc="Approve a computed cycle, after every check again.", title="批准福利批次", delegable=False,
)  # fmt: skip
cancel_cycle = command(
    "welfare", "cancel_cycle", request=requests.CancelCycle, reply=shapes.CycleDetail, allow=("officer",),
    doc="Cancel a cycle before it is approved.", title="取消福利批次",
)  # fmt: skip
list_goods_entitlements = query(
    "welfare", "list_goods_entitlements", request=requests.ListEntitlements, reply=Page(shapes.GoodsEntitlement),
    allow=_SCOPED, doc="Who is on a cycle's list, by number.", title="查看福利名单",
)  # fmt: skip
list_exclusions = query(
    "welfare", "list_exclusions", request=requests.ListExclusions, reply=Page(shapes.Exclusion), allow=_OFFICE,
    doc="Who is not on a cycle's list, each with the rule.", title="查看不在福利名单的会员",
)  # fmt: skip
my_goods = query(
    "welfare", "my_goods", request=PageRequest, reply=Page(shapes.MyGoods), allow=("member",),
    doc="One's own goods of all cycles that were approved, newest first.", title="查看本人的慰问品",
)  # fmt: skip
get_my_goods = query(
    "welfare", "get_my_goods", request=requests.EntitlementRef, reply=shapes.MyGoods, allow=("member",),
    doc="One's own goods, with packages and slots to choose from and the code.", title="查看本人的一份慰问品",
)  # fmt: skip
choose_package = command(
    "welfare", "choose_package", request=requests.ChoosePackage, reply=shapes.MyGoods, allow=("member",),
    doc="Choose a package until the deadline.", title="选择礼包",
)  # fmt: skip
name_proxy = command(
    "welfare", "name_proxy", request=requests.NameProxy, reply=shapes.MyGoods, allow=("member",),
    doc="Consent that somebody else fetches it, or withdraw that.", title="委托他人代领",
)  # fmt: skip
look_up_goods = query(
    "welfare", "look_up_goods", request=requests.GoodsCode, reply=shapes.GoodsAtDesk, allow=_DESK,
    doc="What the desk sees of a code before it hands out.", title="查验领取码",
)  # fmt: skip
record_hand_out = command(
    "welfare", "record_hand_out", request=requests.RecordHandOut, reply=shapes.HandOut, allow=_DESK,
    doc="Hand out by a code, once; the second hand is told when the first was.", title="发放慰问品",
)  # fmt: skip
sync_signed_list = command(
    "welfare", "sync_signed_list", request=requests.SyncSheet, reply=shapes.SheetResult, allow=_DESK,
    doc="Record lines that were signed on paper, each once.", title="登记纸质签收",
)  # fmt: skip
reconcile_cycle = query(
    "welfare", "reconcile_cycle", request=requests.CycleRef, reply=shapes.CycleReconciliation, allow=_OFFICE,
    doc="Stock, entitlements and hand-outs of a cycle beside each other.", title="核对福利批次",
)  # fmt: skip
reconcile_packages = query(
    "welfare", "reconcile_packages", request=requests.ListPackages, reply=Page(shapes.PackageReconciliation),
    allow=_OFFICE, doc="The packages of a cycle: stock, chosen, on the list, handed out, as a list.",
    title="核对福利批次的礼包",
)  # fmt: skip
claim_goods_again = command(
    "welfare", "claim_goods_again", request=requests.CycleRef, reply=shapes.CycleReconciliation, allow=("officer",),
    doc="Put claims of a cycle's goods that the funds refused or reversed again, up to 500 at once.",
    title="重新申报慰问品入账",
)  # fmt: skip
read_goods_code = query(
    "welfare", "read_goods_code", request=ReadToken, reply=CodeReading, allow=("officer", "chair", "member", "auditor"),
    doc="What a code of goods tells the scanner.", title="扫描领取码",
)  # fmt: skip
