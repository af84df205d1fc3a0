"""Operations of charity drives."""

from __future__ import annotations

from services.chassis.schema import ACCOUNT, Page, PageRequest, command, query
from services.contracts.files import FileContent
from services.contracts.welfare.charity import requests, shapes

_OFFICE = ("officer", "auditor")
_LISTS = ("officer", "chair")
_LOOKS = ("officer", "chair", "auditor")

prepare_drive = command(
    "welfare", "prepare_drive", request=requests.PrepareDrive, reply=shapes.Drive, allow=("officer",),
    doc="Prepare a charity drive as a draft.", title="新建慈善捐赠活动",
)  # fmt: skip
change_drive = command(
    "welfare", "change_drive", request=requests.ChangeDrive, reply=shapes.Drive, allow=("officer",),
    doc="Change a drive that is not published yet.", title="修改未发布的慈善捐赠活动",
)  # fmt: skip
open_drive = command(
    "welfare", "open_drive", request=requests.DriveRef, reply=shapes.Drive, allow=("officer",),
    doc="Publish a drive that names a qualified charity.", title="发布慈善捐赠活动",
)  # fmt: skip
close_drive = command(
    "welfare", "close_drive", request=requests.DriveRef, reply=shapes.Drive, allow=("officer",),
    doc="Close a drive when everything noted is confirmed; its totals are fixed.", title="结束慈善捐赠活动",
)  # fmt: skip
cancel_drive = command(
    "welfare", "cancel_drive", request=requests.CancelDrive, reply=shapes.Drive, allow=("officer",),
    doc="Cancel a drive for which nothing was given.", title="取消慈善捐赠活动",
)  # fmt: skip
hand_over_drive = command(
    "welfare", "hand_over_drive", request=requests.HandOver, reply=shapes.Drive, allow=("officer",),
    doc="Record that the money went to the charity, with its receipt.", title="登记善款移交",
)  # fmt: skip
disclose_drive = command(
    "welfare", "disclose_drive", request=requests.Disclose, reply=shapes.Drive, allow=("officer",),
    doc="Disclose what the charity did with the money.", title="公开善款使用情况",
)  # fmt: skip
list_drives = query(
    "welfare", "list_drives", request=requests.ListDrives, reply=Page(shapes.Drive), allow=(ACCOUNT,),
    doc="Charity drives, newest first; drafts for officers and auditors only.", title="查看慈善捐赠活动",
    reach={"officer": "union", "auditor": "union"},
)  # fmt: skip
get_drive = query(
    "welfare", "get_drive", request=requests.DriveRef, reply=shapes.Drive, allow=(ACCOUNT,),
    doc="One charity drive with its totals, hand-over and disclosure.", title="查看一次慈善捐赠活动",
    reach={"officer": "union", "auditor": "union"},
)  # fmt: skip
drive_outstanding = query(
    "welfare", "drive_outstanding", request=requests.DriveRef, reply=shapes.DriveForOffice, allow=_OFFICE,
    doc="A drive with what keeps it from being closed, and what is to be handed over.", title="查看捐赠活动的待办事项",
)  # fmt: skip
charity_receipt = query(
    "welfare", "charity_receipt", request=requests.DriveRef, reply=FileContent, allow=(ACCOUNT,),
    doc="The charity's receipt of a disclosed drive; before that for officers and auditors.",
    title="下载慈善组织的收据", reach={"officer": "union", "auditor": "union"},
)  # fmt: skip
pledge_to_drive = command(
    "welfare", "pledge_to_drive", request=requests.Pledge, reply=shapes.MyPledge, allow=("member",),
    doc="Pledge to give, or change the pledge; it binds to nothing.", title="认捐",
)  # fmt: skip
my_pledge = query(
    "welfare", "my_pledge", request=requests.DriveRef, reply=shapes.MyPledge, allow=("member",),
    doc="One's own pledge.", title="查看自己的认捐",
)  # fmt: skip
my_pledges = query(
    "welfare", "my_pledges", request=PageRequest, reply=Page(shapes.OwnPledge), allow=("member",),
    doc="One's own pledges of drives that are not closed.", title="查看自己的全部认捐",
)  # fmt: skip
withdraw_pledge = command(
    "welfare", "withdraw_pledge", request=requests.DriveRef, reply=shapes.MyPledge, allow=("member",),
    doc="Withdraw one's pledge; nothing of it is kept.", title="撤回认捐",
)  # fmt: skip
give_to_drive = command(
    "welfare", "give_to_drive", request=requests.Give, reply=shapes.MyGift, allow=("member",),
    doc="Give by payroll with one's own consent, or record one's own transfer.", title="捐赠",
)  # fmt: skip
my_gifts = query(
    "welfare", "my_gifts", request=PageRequest, reply=Page(shapes.MyGift), allow=("member",),
    doc="One's own gifts, anonymous ones too, newest first.", title="查看自己的捐赠",
)  # fmt: skip
my_gift = query(
    "welfare", "my_gift", request=requests.GiftRef, reply=shapes.MyGift, allow=("member",),
    doc="One of one's own gifts.", title="查看自己的一笔捐赠",
)  # fmt: skip
claim_gift = command(
    "welfare", "claim_gift", request=requests.ClaimGift, reply=shapes.MyGift, allow=("member",),
    doc="Take an anonymous gift into one's own account by its code.", title="认领匿名捐赠",
)  # fmt: skip
withdraw_gift = command(
    "welfare", "withdraw_gift", request=requests.WithdrawGift, reply=shapes.GiftRow,
    allow=("officer", "chair", "member"),
    doc="Take back a gift that is not confirmed; also the consent to a deduction.", title="撤回捐赠",
)  # fmt: skip
ask_receipt = command(
    "welfare", "ask_receipt", request=requests.AskReceipt, reply=shapes.MyGift, allow=("member",),
    doc="Ask the charity for a receipt.", title="要求捐赠票据",
)  # fmt: skip
list_gifts = query(
    "welfare", "list_gifts", request=requests.ListGifts, reply=Page(shapes.GiftRow), allow=_LOOKS,
    doc="Gifts of a drive; a chair sees cash and goods of the own unit.", title="查看捐赠登记",
)  # fmt: skip
enter_gifts = command(
    "welfare", "enter_gifts", request=requests.EnterGifts, reply=shapes.Entered, allow=_LISTS,
    doc="Enter a unit's list of cash or goods; duplicates are shown first.", title="登记现金和物品捐赠",
)  # fmt: skip
confirm_gift = command(
    "welfare", "confirm_gift", request=requests.GiftRef, reply=shapes.GiftRow, allow=("officer",),
    doc="Confirm a transfer that the charity received, or goods that came.", title="确认转账和物品捐赠",
)  # fmt: skip
count_cash = command(
    "welfare", "count_cash", request=requests.CountCash, reply=shapes.CashCount, allow=_LOOKS,
    doc="Count a unit's cash; the second person who finds the sum of the list confirms its gifts.",
    title="清点现金捐赠", delegable=False,
)  # fmt: skip
list_cash_counts = query(
    "welfare", "list_cash_counts", request=requests.ListCashCounts, reply=Page(shapes.CashCount), allow=_LOOKS,
    doc="Counts of cash of a drive, newest first.", title="查看现金清点记录",
)  # fmt: skip
read_payroll_list = command(
    "welfare", "read_payroll_list", request=requests.ReadPayrollList, reply=shapes.PayrollList, allow=("officer",),
    doc="Who agreed to a deduction, for the payroll office; the look is logged.", title="导出工资代扣名单",
)  # fmt: skip
confirm_payroll = command(
    "welfare", "confirm_payroll", request=requests.ConfirmPayroll, reply=shapes.DriveForOffice, allow=("officer",),
    doc="Confirm what the payroll office deducted.", title="确认工资代扣",
)  # fmt: skip
read_receipt_list = command(
    "welfare", "read_receipt_list", request=requests.ReadReceiptList, reply=shapes.ReceiptList, allow=("officer",),
    doc="Receipts asked for with their titles, for the charity; the look is logged.", title="导出票据需求名单",
)  # fmt: skip
give_receipt = command(
    "welfare", "give_receipt", request=requests.GiveReceipt, reply=shapes.GiftRow, allow=("officer",),
    doc="Record that the charity's receipt was passed on.", title="登记捐赠票据",
)  # fmt: skip
